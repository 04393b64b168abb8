//! `/ending/{id}`: the word of thanks to one who helped, ready to send.

use askama::Template;
use serde::Deserialize;

use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts::draft::{AskedFor, Draft, thank_at_the_end};
use crate::contacts::queries::ending as contacts;
use crate::contacts::queries::show::{self, ContactDetail};
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::ending::{Deed, Help};
use crate::playbook::event::Kind;
use crate::playbook::message::gaps::gaps;
use crate::playbook::message::pieces::bracketed;
use crate::playbook::referral::Status;
use crate::web::flash::Done;
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

const LIST: &str = "/ending";

/// Which wording to draft with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wording {
    template: String,
}

#[derive(Template)]
#[template(path = "search_end/thanks.html")]
struct ThanksPage {
    shell: Shell,
    contact: ContactDetail,
    help: String,
    letter: Draft,
    errors: Errors,
}

impl ThanksPage {
    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        self.letter.template.channels.iter().map(|channel| channel.choice()).collect()
    }

    /// What is left to fill in, as it stands in the text.
    fn missing(&self) -> Vec<String> {
        gaps(&self.letter.text).into_iter().map(bracketed).collect()
    }

    fn draft_name(&self) -> String {
        format!("ending-{}-{}", self.contact.id, self.letter.template.key)
    }
}

/// `GET /ending/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    Id(id): Id<ContactId>,
    Query(wording): Query<Wording>,
) -> Result<Page<impl Template>> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let begins = visit.person.preferences.cadence.week_begins;
    let contact = show::find(visit.db(), by, id, begins, today).await?.ok_or(Error::NotFound)?;
    let help = help(&contact);
    let asked_for = AskedFor { template: &wording.template, ..AskedFor::default() };
    let letter = thank_at_the_end(&contact, &visit.person, now, fitting(help.deed()), asked_for);
    let letter = letter.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Settings);
    Ok(Page::ok(ThanksPage { shell, contact, help: help.in_words(), letter, errors: Errors::default() }))
}

/// What someone did, read from their page.
fn help(contact: &ContactDetail) -> Help {
    let count = |kind: Kind| contact.history.iter().filter(|line| line.kind == kind && !line.undone).count() as i64;
    let referrals =
        |status: Status| contact.referrals.iter().filter(|referral| referral.status == status).count() as i64;
    Help {
        talks: count(Kind::Held),
        in_writing: count(Kind::AnsweredInWriting),
        sent_on: count(Kind::SentOn),
        introduced: contact.introduced.len() as i64,
        agreed: referrals(Status::Agreed),
        made: referrals(Status::Made),
        // For which opening it was decides the order of the list alone.
        decisive: false,
    }
}

/// The wording that fits what they did most.
const fn fitting(deed: Deed) -> &'static str {
    match deed {
        Deed::Referred => "search_ended_referral",
        Deed::Connected => "search_ended_introduction",
        Deed::Talked => "search_ended",
    }
}

/// `POST /ending/{id}/skips`: no word to them, on purpose.
pub async fn skip(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = contacts::set_skipped(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(LIST).saying(format!("{name} is left out.")).undo(format!("{LIST}/{id}/skips/undos")))
}

/// `POST /ending/{id}/skips/undos`
pub async fn undo_skip(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let by = visit.by;
    let name = contacts::set_skipped(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(LIST).saying(format!("{name} is on the list again.")))
}
