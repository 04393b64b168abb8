//! Reasons to write, collected until one is needed: an article, advice that was acted on, news.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::contact::ReasonKind;
use super::forms::keeping::{ReasonForm, Typed};
use super::forms::touchpoint::Faults;
use super::queries::reasons::{self as queries, ReasonRow};
use super::show;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InsightId, ReasonId};
use crate::playbook::message::phrase::{ended, inside};
use crate::playbook::message::placeholder::Placeholder;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::{Id, Ids};

impl ReasonRow {
    /// The place of the message it fills, and with what. Advice in their words says not yet what came of it.
    pub fn fact(&self) -> Option<(Placeholder, String)> {
        let text = match self.kind {
            ReasonKind::Article | ReasonKind::AdviceActedOn | ReasonKind::NewsOfTheirs => inside(&self.text),
            ReasonKind::NewsOfMine | ReasonKind::Other => ended(&self.text),
        };
        let text = match &self.link {
            Some(link) if self.kind == ReasonKind::Article => format!("{text}, {link}"),
            Some(link) => format!("{text} {link}"),
            None => text,
        };
        match self.kind {
            ReasonKind::Article => Some((Placeholder::Article, text)),
            ReasonKind::AdviceActedOn if self.advice => None,
            ReasonKind::AdviceActedOn => Some((Placeholder::WhatIDid, text)),
            ReasonKind::NewsOfMine => Some((Placeholder::MyNews, text)),
            ReasonKind::NewsOfTheirs => Some((Placeholder::TheirNews, text)),
            ReasonKind::Other => Some((Placeholder::Reason, text)),
        }
    }
}

fn reason_id(typed: &str) -> Result<ReasonId> {
    match typed {
        "" => Ok(ReasonId::new()),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into())),
    }
}

/// The redirect after a reason was kept.
fn kept(contact: ContactId, id: ReasonId, added: bool) -> Done {
    let done = Done::to(format!("/contacts/{contact}"));
    match added {
        true => done.saying("Kept until you write to them.").undo(format!("/reasons/{id}/deletions")),
        false => done,
    }
}

/// `POST /contacts/{id}/reasons`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let id = reason_id(&form.id)?;
    let filled = match form.parse() {
        Ok(filled) => filled,
        Err(reason) => {
            let keeping = Typed { reason, reason_form: form, ..Typed::default() };
            return show::again(&mut visit, contact, Faults { keeping, ..Faults::default() }).await;
        }
    };
    let added = queries::insert(visit.db(), by, contact, &[(id, filled)], now).await? == 1;
    if !added && !queries::is_there(visit.db(), by, contact).await? {
        return Err(Error::NotFound);
    }
    Ok(kept(contact, id, added).into_response())
}

/// The id the reason will have.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActedOn {
    id: String,
}

/// `POST /contacts/{id}/advice/{insight}/reasons`: advice they gave was acted on.
pub async fn act_on(
    mut visit: Visit<Owner>,
    Ids(contact, advice): Ids<ContactId, InsightId>,
    Form(form): Form<ActedOn>,
) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let id = reason_id(&form.id)?;
    let added = queries::insert_acted_on(visit.db(), by, contact, id, advice, now).await?;
    if !added && !queries::is_there(visit.db(), by, contact).await? {
        return Err(Error::NotFound);
    }
    Ok(kept(contact, id, added))
}

/// `POST /reasons/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ReasonId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let contact = queries::delete(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/contacts/{contact}")).saying("Removed.").undo(format!("/reasons/{id}/restorations")))
}

/// `POST /reasons/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ReasonId>) -> Result<Done> {
    let by = visit.by;
    let contact = queries::restore(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(format!("/contacts/{contact}")).saying("It is back."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::message::built_in::{self, Moment};

    fn row(kind: ReasonKind, text: &str, link: Option<&str>, advice: bool) -> ReasonRow {
        ReasonRow { id: ReasonId::new(), kind, text: text.into(), link: link.map(str::to_owned), advice }
    }

    #[test]
    fn every_kind_has_a_template_with_the_place_it_fills() {
        for kind in ReasonKind::ALL {
            let template = built_in::find(kind.template()).unwrap();
            assert_eq!(template.moment, Moment::KeepInTouch, "{kind}");
            let (place, _) = row(*kind, "x", None, false).fact().unwrap();
            assert!(template.body.contains(&format!("{{{place}}}")), "{kind}");
        }
    }

    #[test]
    fn an_address_in_the_line_becomes_the_link() {
        let read = |text: &str| {
            let form = ReasonForm { kind: "article".into(), text: text.into(), ..ReasonForm::default() };
            form.parse()
                .map(|filled| (filled.text.as_str().to_owned(), filled.link.map(|link| link.as_str().to_owned())))
        };
        assert_eq!(
            read("A study, https://a.example/1").ok(),
            Some(("A study".into(), Some("https://a.example/1".into())))
        );
        assert_eq!(read("Her talk at the fair").ok(), Some(("Her talk at the fair".into(), None)));
        assert_eq!(read("See javascript:alert(1)").ok(), Some(("See javascript:alert(1)".into(), None)));
        let alone = read("https://a.example/1").err().unwrap();
        assert_eq!(alone.get("text"), Some("Say what it is in a few words, before the address"));
        assert!(read(" ").is_err());
    }

    #[test]
    fn a_reason_reads_as_the_message_needs_it() {
        let fact = |kind, text, link| row(kind, text, link, false).fact().unwrap().1;
        assert_eq!(
            fact(ReasonKind::Article, "A study of waiting.", Some("https://a.example/1")),
            "a study of waiting, https://a.example/1"
        );
        assert_eq!(fact(ReasonKind::NewsOfMine, "I start on Monday", None), "I start on Monday.");
        assert_eq!(fact(ReasonKind::NewsOfMine, "Guess what!", None), "Guess what!");
        assert_eq!(fact(ReasonKind::NewsOfTheirs, "Your new role", None), "your new role");
        assert!(row(ReasonKind::AdviceActedOn, "Use medians", None, true).fact().is_none());
    }
}
