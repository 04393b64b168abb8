//! The message that goes with the next step: a template chosen by step and warmth, filled with what is known.

use jiff::Timestamp;

use super::mail_links::{Mail, MailLink, mail_links};
use super::queries::reasons::ReasonRow;
use super::queries::show::{ContactDetail, PromiseRow};
use crate::accounts::visit::Person;
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::playbook::message::advice::advice;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::{Channel, Limit};
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::phrase::{action, to_reader};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::message::template::{self, Template};
use crate::playbook::name::first_name;
use crate::playbook::step::Step;
use crate::playbook::talk::Medium;

mod facts;

use super::contact::ReasonKind;
pub use facts::{coming_talk, facts, numbered};
use facts::{happened, last_talk, mentions};

/// A message ready to be sent.
pub struct Draft {
    pub template: Template,
    /// What is recorded once it is sent.
    pub kind: Kind,
    pub channel: Channel,
    pub subject: String,
    pub text: String,
    /// The most characters; 0 for no limit.
    pub limit: usize,
    pub others: Vec<Template>,
    pub hints: Vec<String>,
    /// What the button says that copies it.
    pub copy: &'static str,
    /// Where that button leads.
    pub open: String,
    pub mail: Vec<MailLink>,
}

impl Draft {
    /// Whether its words have a place for a reason to write.
    pub fn tells(&self, reason: &ReasonRow) -> bool {
        let body = &self.template.body;
        let has_place = reason.fact().is_some_and(|(placeholder, _)| mentions(body, placeholder));
        has_place
            || self.template.key == reason.kind.template()
            || reason.kind == ReasonKind::Article && mentions(body, Placeholder::SomethingForThem)
    }
}

/// Which template and channel to draft with, as words; what does not fit is passed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskedFor<'a> {
    /// A template's key.
    pub template: &'a str,
    /// A channel.
    pub channel: &'a str,
}

/// What is recorded when a message of that moment was sent at that step.
pub fn recorded_as(step: Step, moment: Moment) -> Kind {
    match moment {
        Moment::Request => Kind::Requested,
        Moment::AskForIntroduction => Kind::IntroductionAsked,
        Moment::TryAnotherWay | Moment::AskForTalk => Kind::Asked,
        Moment::OfferAgain if step == Step::AskForTalk => Kind::Asked,
        // After a yes, a word on the time is a follow-up that keeps the yes.
        Moment::OfferAgain | Moment::SetTime | Moment::FollowUp | Moment::FollowUpAgain => Kind::FollowedUp,
        Moment::MovingOn => Kind::MovingOnNote,
        Moment::Thank => Kind::Thanked,
        Moment::EndOfSearch if step == Step::Thank => Kind::Thanked,
        Moment::ConfirmTalk
        | Moment::EndOfSearch
        | Moment::RemindPromise
        | Moment::KeepInTouch
        | Moment::ReferralAsk
        | Moment::ReferralRemind
        | Moment::ReferralEase
        | Moment::ReferralTell => Kind::Wrote,
    }
}

/// Drafts the message of a step; nothing where the step has none, or it goes to someone else.
pub fn draft(
    step: Step,
    contact: &ContactDetail,
    person: &Person,
    now: Timestamp,
    asked_for: AskedFor<'_>,
) -> Option<Draft> {
    if step == Step::AskSecondPerson {
        return None;
    }
    let note_limit = person.preferences.note_limit;
    let likely = match step {
        Step::Request if contact.profile_url.is_some() || contact.email.is_none() => Channel::LinkedinNote,
        _ => usual_channel(contact),
    };
    let mut templates = template::for_step(&contact.templates, step, contact.warmth, likely, note_limit);
    let fitting = fitting(step, contact);
    // What happened decides which moment it is; of its templates one of the user's own is the best, if it has a place for what is told.
    templates.sort_by_key(|template| fitting.moment.is_some_and(|moment| template.moment != moment));
    let tells = |template: &&Template| fitting.tells.is_none_or(|fact| mentions(&template.body, fact));
    let own = templates.first().filter(|first| first.is_own).filter(tells);
    let best = own.map_or(fitting.key, |own| &own.key);
    let offered = Offered { best, likely, asked_for };
    let known = |template: &Template| facts(contact, person, now, template.moment, &template.body);
    compose(&templates, offered, contact, note_limit, known, |moment| recorded_as(step, moment))
}

/// Drafts the reminder of something they offered.
pub fn remind(
    promise: &PromiseRow,
    contact: &ContactDetail,
    person: &Person,
    now: Timestamp,
    asked_for: AskedFor<'_>,
) -> Option<Draft> {
    let note_limit = person.preferences.note_limit;
    let likely = usual_channel(contact);
    let templates = template::for_moment(&contact.templates, Moment::RemindPromise, contact.warmth, likely, note_limit);
    let promised = to_reader(&promise.text, first_name(&contact.name), &contact.name);
    let known = |template: &Template| {
        facts(contact, person, now, template.moment, &template.body).with(Placeholder::TheirPromise, action(&promised))
    };
    let offered = Offered { best: "", likely, asked_for };
    compose(&templates, offered, contact, note_limit, known, |_| Kind::Wrote)
}

/// Drafts the word of thanks at the end of the search; `best` is the key of the wording that fits what they did most.
pub fn thank_at_the_end(
    contact: &ContactDetail,
    person: &Person,
    now: Timestamp,
    best: &str,
    asked_for: AskedFor<'_>,
) -> Option<Draft> {
    let note_limit = person.preferences.note_limit;
    let (likely, moment) = (usual_channel(contact), Moment::EndOfSearch);
    let templates = template::for_moment(&contact.templates, moment, contact.warmth, likely, note_limit);
    let known = |template: &Template| {
        facts(contact, person, now, template.moment, &template.body)
            .with(Placeholder::MyNews, &person.preferences.search_news)
    };
    let step = contact.next_step.unwrap_or(Step::Write);
    let offered = Offered { best, likely, asked_for };
    compose(&templates, offered, contact, note_limit, known, |moment| recorded_as(step, moment))
}

/// How they are written to where nothing speaks for another.
fn usual_channel(contact: &ContactDetail) -> Channel {
    match (&contact.profile_url, &contact.email) {
        (None, Some(_)) => Channel::Email,
        _ => Channel::LinkedinMessage,
    }
}

/// What decides among several templates.
struct Offered<'a> {
    /// The key of the one that fits best, unless another is asked for.
    best: &'a str,
    likely: Channel,
    asked_for: AskedFor<'a>,
}

fn compose(
    templates: &[Template],
    offered: Offered<'_>,
    contact: &ContactDetail,
    note_limit: u16,
    facts: impl Fn(&Template) -> Facts,
    recorded_as: impl Fn(Moment) -> Kind,
) -> Option<Draft> {
    let named = |key: &str| templates.iter().find(|template| template.key == key);
    let chosen = named(offered.asked_for.template).or_else(|| named(offered.best)).or(templates.first())?;
    let fits = |channel: &Channel| chosen.channels.contains(channel);
    let channel = offered.asked_for.channel.parse().ok().filter(fits);
    let channel = channel.or(Some(offered.likely).filter(fits)).unwrap_or_else(|| chosen.first_channel());

    let facts = facts(chosen);
    let filled = fill(&chosen.body, &facts);
    let subject = chosen.subject.as_deref().filter(|_| channel == Channel::Email);
    let subject = subject.map(|subject| fill(subject, &facts).text).unwrap_or_default();
    let limit = match channel.limit(note_limit) {
        Limit::Characters(most) => most,
        Limit::Words(_) | Limit::None => 0,
    };
    // What is missing says so itself.
    let hints = if chosen.moment.asks_first() && filled.missing.is_empty() {
        advice(&filled.text, channel, note_limit)
    } else {
        Vec::new()
    };
    let to = addressee(contact, chosen.moment);
    let (copy, open, mail) = way_out(channel, &to, &subject, &filled.text);
    Some(Draft {
        template: chosen.clone(),
        kind: recorded_as(chosen.moment),
        channel,
        subject,
        text: filled.text,
        limit,
        others: templates.iter().filter(|other| other.key != chosen.key).cloned().collect(),
        hints,
        copy,
        open,
        mail,
    })
}

/// What the message of a step should be, as far as what happened decides it.
struct Fitting {
    /// The key of the template that comes with Inroad; empty where nothing decides.
    key: &'static str,
    /// The moment it is, where it is another than the step's likeliest.
    moment: Option<Moment>,
    /// What the message is there to tell.
    tells: Option<Placeholder>,
}

fn fitting(step: Step, contact: &ContactDetail) -> Fitting {
    let of = |key| Fitting { key, moment: None, tells: None };
    let in_writing = || coming_talk(contact).is_some_and(|talk| talk.way == Medium::InWriting);
    match (step, last_talk(contact)) {
        (Step::SetTime | Step::AskForTalk, _) if fell_through(contact).is_some() => {
            let missed = fell_through(contact) == Some(Kind::NoShow);
            let key = if missed { "offer_again" } else { "offer_again_cancelled" };
            Fitting { moment: Some(Moment::OfferAgain), ..of(key) }
        }
        (Step::AskForTalk, _) if contact.introducer.is_some() => {
            of(if happened(contact, Kind::Introduced).is_some() { "talk_introduced" } else { "talk_both_know" })
        }
        (Step::Prepare, _) if in_writing() => {
            Fitting { tells: Some(Placeholder::Questions), ..of("questions_in_writing") }
        }
        (Step::Write, _) if contact.keeping.chosen().is_some() => {
            let chosen = contact.keeping.chosen();
            let tells = chosen.and_then(ReasonRow::fact).map(|(placeholder, _)| placeholder);
            Fitting { tells, ..of(chosen.map_or("", |reason| reason.kind.template())) }
        }
        (Step::Write, _) if contact.keeping.occasion_on.is_some() => of("their_day"),
        (Step::Thank, _) if thanks_are_for_an_introduction(contact) => of("thank_you_introduction"),
        (Step::Thank, Some(talk)) if talk.way == Medium::InWriting => of("thank_you_in_writing"),
        (Step::Thank, Some(talk)) if talk.theirs.is_empty() => of("thank_you_short"),
        (Step::Thank, Some(_)) => of("thank_you"),
        (Step::Thank, None) => of("thank_you_in_writing"),
        _ => of(""),
    }
}

/// Whether the latest thing thanks are due for is that they introduced someone.
fn thanks_are_for_an_introduction(contact: &ContactDetail) -> bool {
    let due_thanks = |kind| matches!(kind, Kind::Held | Kind::AnsweredInWriting | Kind::SentOn);
    let latest = contact.history.iter().find(|line| !line.undone && due_thanks(line.kind));
    latest.is_some_and(|line| line.kind == Kind::SentOn && line.introduction.is_some())
}

/// How the talk fell through that was to be, while nothing was said about another time since.
fn fell_through(contact: &ContactDetail) -> Option<Kind> {
    let speaks_of_it = |kind| {
        matches!(
            kind,
            Kind::NoShow
                | Kind::Cancelled
                | Kind::Scheduled
                | Kind::Rescheduled
                | Kind::Held
                | Kind::Asked
                | Kind::FollowedUp
                | Kind::AnsweredYes
                | Kind::AnsweredInWriting
        )
    };
    let latest = contact.history.iter().find(|line| !line.undone && speaks_of_it(line.kind))?.kind;
    matches!(latest, Kind::NoShow | Kind::Cancelled).then_some(latest)
}

/// Whom a message goes to, as far as it takes to get it there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addressee<'a> {
    pub name: &'a str,
    pub company: Option<&'a str>,
    pub profile: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
}

fn addressee(contact: &ContactDetail, moment: Moment) -> Addressee<'_> {
    let company = contact.company.as_deref();
    match (moment, &contact.introducer) {
        // A plea for an introduction goes to the person who can introduce them.
        (Moment::AskForIntroduction, Some(name)) => Addressee {
            name,
            company,
            profile: contact.introducer_profile.as_deref(),
            email: contact.introducer_email.as_deref(),
            phone: None,
        },
        _ => Addressee {
            name: &contact.name,
            company,
            profile: contact.profile_url.as_deref(),
            email: contact.email.as_deref(),
            phone: contact.phone.as_deref(),
        },
    }
}

/// Where the words go: what the copying button says, where it leads, and the mail programs.
pub(crate) fn way_out(
    channel: Channel,
    to: &Addressee<'_>,
    subject: &str,
    body: &str,
) -> (&'static str, String, Vec<MailLink>) {
    let Addressee { name, company, profile, email, phone } = *to;
    match channel {
        Channel::LinkedinNote | Channel::LinkedinMessage => match profile {
            Some(profile) => ("Copy, open profile", profile.to_owned(), Vec::new()),
            None => {
                let words = [name, company.unwrap_or_default()].join(" ");
                let search =
                    with_query("https://www.linkedin.com/search/results/people/", &[("keywords", words.trim())]);
                ("Copy, find them on LinkedIn", search, Vec::new())
            }
        },
        Channel::Email => {
            let mut links = mail_links(&Mail { to: email.unwrap_or_default(), subject, body });
            let program = if links.is_empty() { String::new() } else { links.remove(0).address };
            ("Copy, open mail", program, links)
        }
        Channel::Text => match phone.map(digits).filter(|digits| !digits.is_empty()) {
            Some(digits) => ("Copy, open messages", format!("sms:{digits}"), Vec::new()),
            None => ("Copy", String::new(), Vec::new()),
        },
        _ => ("Copy", String::new(), Vec::new()),
    }
}

/// A telephone number as an address takes it.
pub fn digits(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests;
