//! The message that goes with the next step: a template chosen by step and warmth, filled with what is known.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::mail_links::{Mail, MailLink, mail_links};
use super::proposal;
use super::queries::reasons::ReasonRow;
use super::queries::show::{PromiseRow, TalkRow, Whole};
use crate::accounts::visit::Person;
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::playbook::message::advice::advice;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::{Channel, Limit};
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::message::template::{self, Template};
use crate::playbook::step::Step;
use crate::playbook::talk::{Status, Way};
use crate::playbook::warmth::Warmth;
use crate::text::lower_first;
use crate::web::words;

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

/// Drafts the message of a step; nothing where the step has none, or it goes to somebody else.
pub fn draft(step: Step, contact: &Whole, person: &Person, now: Timestamp, asked_for: AskedFor<'_>) -> Option<Draft> {
    if step == Step::AskSecondPerson {
        return None;
    }
    let note_limit = person.preferences.note_limit;
    let likely = match step {
        Step::Request if contact.profile_url.is_some() || contact.email.is_none() => Channel::LinkedinNote,
        _ => usual_channel(contact),
    };
    let templates = template::for_step(&contact.templates, step, contact.warmth, likely, note_limit);
    let own = templates.first().filter(|first| first.is_own);
    let best = own.map_or(preferred(step, contact), |own| &own.key);
    let offered = Offered { best, likely, asked_for };
    let known = |moment| facts(contact, person, now, moment);
    compose(&templates, offered, contact, note_limit, known, |moment| recorded_as(step, moment))
}

/// Drafts the reminder of something they offered.
pub fn remind(
    promise: &PromiseRow,
    contact: &Whole,
    person: &Person,
    now: Timestamp,
    asked_for: AskedFor<'_>,
) -> Option<Draft> {
    let note_limit = person.preferences.note_limit;
    let likely = usual_channel(contact);
    let templates = template::for_moment(&contact.templates, Moment::RemindPromise, contact.warmth, likely, note_limit);
    let promised = joined(std::slice::from_ref(&promise.text));
    let known = |moment| facts(contact, person, now, moment).with(Placeholder::TheirPromise, &promised);
    let offered = Offered { best: "", likely, asked_for };
    compose(&templates, offered, contact, note_limit, known, |_| Kind::Wrote)
}

/// Drafts the word of thanks at the end of the search; `best` is the key of the wording that fits what they did most.
pub fn thank_at_the_end(
    contact: &Whole,
    person: &Person,
    now: Timestamp,
    best: &str,
    asked_for: AskedFor<'_>,
) -> Option<Draft> {
    let note_limit = person.preferences.note_limit;
    let (likely, moment) = (usual_channel(contact), Moment::EndOfSearch);
    let templates = template::for_moment(&contact.templates, moment, contact.warmth, likely, note_limit);
    let known = |moment| facts(contact, person, now, moment).with(Placeholder::MyNews, &person.preferences.search_news);
    let step = contact.next_step.unwrap_or(Step::Write);
    let offered = Offered { best, likely, asked_for };
    compose(&templates, offered, contact, note_limit, known, |moment| recorded_as(step, moment))
}

/// By which way they are written to where nothing speaks for another.
fn usual_channel(contact: &Whole) -> Channel {
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
    contact: &Whole,
    note_limit: u16,
    facts: impl Fn(Moment) -> Facts,
    recorded_as: impl Fn(Moment) -> Kind,
) -> Option<Draft> {
    let named = |key: &str| templates.iter().find(|template| template.key == key);
    let chosen = named(offered.asked_for.template).or_else(|| named(offered.best)).or(templates.first())?;
    let fits = |channel: &Channel| chosen.channels.contains(channel);
    let channel = offered.asked_for.channel.parse().ok().filter(fits);
    let channel = channel.or(Some(offered.likely).filter(fits)).unwrap_or_else(|| chosen.first_channel());

    let facts = facts(chosen.moment);
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

/// The key of the template that fits what is known, where that decides.
fn preferred(step: Step, contact: &Whole) -> &'static str {
    if let (Step::Write, Some(reason)) = (step, contact.keeping.chosen()) {
        return reason.kind.template();
    }
    match (step, last_talk(contact)) {
        (Step::Write, _) if contact.keeping.occasion_on.is_some() => "their_day",
        (Step::Thank, _) if thanks_are_for_an_introduction(contact) => "thank_you_introduction",
        (Step::Thank, Some(talk)) if talk.way == Way::InWriting => "thank_you_in_writing",
        (Step::Thank, Some(talk)) if talk.theirs.is_empty() => "thank_you_short",
        (Step::Thank, Some(_)) => "thank_you",
        (Step::Thank, None) => "thank_you_in_writing",
        _ => "",
    }
}

/// Whether the latest thing thanks are due for is that they introduced somebody.
fn thanks_are_for_an_introduction(contact: &Whole) -> bool {
    let due_thanks = |kind| matches!(kind, Kind::Held | Kind::AnsweredInWriting | Kind::SentOn);
    let latest = contact.history.iter().find(|line| !line.undone && due_thanks(line.kind));
    latest.is_some_and(|line| line.kind == Kind::SentOn && line.introduction.is_some())
}

fn last_talk(contact: &Whole) -> Option<&TalkRow> {
    contact.talks.iter().find(|talk| talk.status == Status::Held)
}

/// What the user ticked for the thank-you; else the first thing that was written down.
fn what_i_learned(talk: &TalkRow) -> Option<String> {
    match talk.chosen.is_empty() {
        true => talk.learned.first().map(|text| clause(text)),
        false => Some(words::list(&talk.chosen.iter().map(|text| clause(text)).collect::<Vec<_>>())),
    }
}

/// The talk to come, if one has a date.
pub fn coming_talk(contact: &Whole) -> Option<&TalkRow> {
    contact.talks.iter().rev().find(|talk| talk.status == Status::Scheduled)
}

/// Everything known that a message may need.
pub fn facts(contact: &Whole, person: &Person, now: Timestamp, moment: Moment) -> Facts {
    let preferences = &person.preferences;
    let today = crate::clock::date_in(&person.zone, now);
    let theirs = contact.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let times = proposal::times(&contact.proposed, &preferences.cadence, now, &person.zone, theirs.as_ref());
    let introducer = contact.introducer.as_deref().map(|name| match moment {
        Moment::AskForIntroduction => first_name(name),
        _ => name,
    });
    let coming = coming_talk(contact);
    let held = last_talk(contact);
    let talk_time = coming.map(|talk| moment_of(talk.starts_at, person, theirs.as_ref(), today));
    let only = |warmth: Warmth, values: &[String]| values.first().filter(|_| contact.warmth == warmth).cloned();
    let facts = Facts::new()
        .with(Placeholder::FirstName, first_name(&contact.name))
        .with(Placeholder::FullName, &contact.name)
        .with_some(Placeholder::Company, contact.company.as_deref())
        .with(Placeholder::MyName, &person.name)
        .with_some(Placeholder::TargetRole, preferences.target_roles.first())
        .with_some(Placeholder::WhyYou, contact.why.as_deref().map(clause))
        .with(Placeholder::AboutMe, clause(&preferences.about_me))
        .with(Placeholder::ProposedTime, &times.first)
        .with_some(Placeholder::OtherTime, times.second.as_deref())
        .with(Placeholder::TalkMinutes, preferences.talk_minutes.to_string())
        .with_some(Placeholder::TalkTime, talk_time)
        .with_some(Placeholder::WayToConnect, coming.and_then(|talk| talk.place.as_deref()))
        .with_some(Placeholder::IntroducedBy, introducer)
        .with_some(Placeholder::School, only(Warmth::SameSchool, &preferences.schools))
        .with_some(Placeholder::FormerEmployer, only(Warmth::SameEmployer, &preferences.former_employers))
        .with_some(Placeholder::WhatILearned, held.and_then(what_i_learned))
        .with_some(Placeholder::WhatIWillDo, held.map(|talk| joined(&talk.mine)))
        .with_some(Placeholder::TheirPromise, held.map(|talk| joined(&talk.theirs)))
        .with_some(Placeholder::Opening, contact.openings.first().map(|opening| opening.title.as_str()))
        .with(Placeholder::ResumeLink, &preferences.resume_url);
    match contact.keeping.chosen().and_then(ReasonRow::fact) {
        Some((placeholder, text)) => facts.with(placeholder, text),
        None => facts,
    }
}

fn moment_of(at: Timestamp, person: &Person, theirs: Option<&TimeZone>, today: Date) -> String {
    let zone = theirs.unwrap_or(&person.zone);
    let local = zone.to_datetime(at);
    let yours = if local == person.zone.to_datetime(at) { "" } else { " your time" };
    format!("{} at {}{yours}", words::full_day(local.date(), today), local.strftime("%H:%M"))
}

/// The name a message greets with; titles before it are left out.
pub fn first_name(name: &str) -> &str {
    const TITLES: [&str; 9] = ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "dame"];
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    name.split_whitespace().find(|word| !is_title(word)).or(name.split_whitespace().next()).unwrap_or(name)
}

/// A note as it reads in the middle of a sentence: without its full stop, and in lower case where no name or abbreviation begins it.
pub(crate) fn clause(note: &str) -> String {
    let note = note.trim().trim_end_matches('.');
    let mut letters = note.chars();
    let is_word =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    let is_i = note.starts_with("I ") || note.starts_with("I'");
    const SENTENCE_STARTS: [&str; 22] = [
        "A", "An", "The", "They", "Their", "There", "That", "This", "It", "You", "Your", "We", "In", "To", "For",
        "How", "What", "Most", "Send", "Read", "Ask", "Write",
    ];
    let begins_plainly = note.split_whitespace().next().is_some_and(|word| SENTENCE_STARTS.contains(&word));
    if is_word && !is_i && begins_plainly { lower_first(note) } else { note.to_owned() }
}

/// Promises in one sentence; each begins with a verb, so its capital goes.
fn joined(promises: &[String]) -> String {
    let clauses: Vec<String> = promises
        .iter()
        .map(|promise| {
            let text = promise.trim().trim_end_matches('.');
            let second_is_lower = text.chars().nth(1).is_some_and(char::is_lowercase);
            if second_is_lower { lower_first(text) } else { text.to_owned() }
        })
        .collect();
    words::list(&clauses)
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

fn addressee(contact: &Whole, moment: Moment) -> Addressee<'_> {
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
