//! `/ending/{id}`: the word of thanks to one who helped, ready to send.

use askama::Template;
use serde::Deserialize;

use crate::access::{Owner, Viewer};
use crate::accounts::visit::{Person, Visit};
use crate::contacts::draft::{addressee, facts, recorded_as, way_out};
use crate::contacts::mail_links::MailLink;
use crate::contacts::queries::ending as contacts;
use crate::contacts::queries::show::{self, Whole};
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::ending::{Deed, Help};
use crate::playbook::event::Kind;
use crate::playbook::message::built_in::{self, BuiltIn, Moment};
use crate::playbook::message::channel::Channel;
use crate::playbook::message::fill::fill;
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::referral::Status;
use crate::playbook::step::Step;
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

/// The message, and where it goes.
struct Letter {
    template: &'static BuiltIn,
    others: Vec<&'static BuiltIn>,
    kind: Kind,
    channel: Channel,
    subject: String,
    text: String,
    missing: Vec<String>,
    copy: &'static str,
    open: String,
    mail: Vec<MailLink>,
}

#[derive(Template)]
#[template(path = "ending/thanks.html")]
struct ThanksPage {
    shell: Shell,
    contact: Whole,
    help: String,
    letter: Letter,
    errors: Errors,
}

impl ThanksPage {
    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        self.letter.template.channels.iter().map(|channel| (channel.as_str(), channel.label())).collect()
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
    let contact = show::find(visit.db(), by, id, today).await?.ok_or(Error::NotFound)?;
    let help = help(&contact);
    let letter = letter(&contact, &visit.person, now, help.deed(), &wording.template);
    let letter = letter.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Settings);
    Ok(Page::ok(ThanksPage { shell, contact, help: help.in_words(), letter, errors: Errors::default() }))
}

/// What somebody did, read from their page.
fn help(contact: &Whole) -> Help {
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

fn letter(contact: &Whole, person: &Person, now: jiff::Timestamp, deed: Deed, wanted: &str) -> Option<Letter> {
    let likely = match (&contact.profile_url, &contact.email) {
        (None, Some(_)) => Channel::Email,
        _ => Channel::LinkedinMessage,
    };
    let moment = Moment::EndOfSearch;
    let templates = built_in::for_moment(moment, contact.warmth, Some(likely), person.preferences.note_limit);
    let of = |key: &str| templates.iter().find(|template| template.key == key).copied();
    let template = of(wanted).or_else(|| of(fitting(deed))).or_else(|| templates.first().copied())?;
    let channel = if template.channels.contains(&likely) { likely } else { *template.channels.first()? };
    let facts = facts(contact, person, now, moment).with(Placeholder::MyNews, &person.preferences.search_news);
    let filled = fill(template.body, &facts);
    let subject = template.subject.filter(|_| channel == Channel::Email).map(|subject| fill(subject, &facts).text);
    let subject = subject.unwrap_or_default();
    let (copy, open, mail) = way_out(channel, &addressee(contact, moment), &subject, &filled.text);
    Some(Letter {
        template,
        others: templates.into_iter().filter(|other| other.key != template.key).collect(),
        kind: recorded_as(contact.next_step.unwrap_or(Step::Write), moment),
        channel,
        subject,
        missing: filled.missing.iter().map(|placeholder| format!("[{}]", placeholder.label())).collect(),
        text: filled.text,
        copy,
        open,
        mail,
    })
}

/// `POST /ending/{id}/skips`: no word to them, on purpose.
pub async fn skip(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = contacts::set_skipped(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(LIST).saying(format!("{name} is left out.")).undo(format!("{LIST}/{id}/skip-withdrawals")))
}

/// `POST /ending/{id}/skip-withdrawals`
pub async fn withdraw_skip(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let by = visit.by;
    let name = contacts::set_skipped(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(LIST).saying(format!("{name} is on the list again.")))
}
