//! The message that goes with the next step: a template chosen by step and warmth, filled with what is known.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::mail_links::{Mail, MailLink, mail_links};
use super::next_card::lower_first;
use super::proposal;
use super::queries::show::{TalkRow, Whole};
use crate::accounts::visit::Person;
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::playbook::message::advice::advice;
use crate::playbook::message::built_in::{self, BuiltIn, Moment};
use crate::playbook::message::channel::{Channel, Limit};
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::step::Step;
use crate::playbook::talk::{Status, Way};
use crate::playbook::warmth::Warmth;
use crate::web::words;

/// A message ready to be sent.
pub struct Draft {
    pub template: &'static BuiltIn,
    /// What is recorded once it is sent.
    pub kind: Kind,
    pub channel: Channel,
    pub subject: String,
    pub text: String,
    /// What is left to fill in, as it stands in the text.
    pub missing: Vec<String>,
    /// The most characters; 0 for no limit.
    pub limit: usize,
    pub others: Vec<&'static BuiltIn>,
    pub hints: Vec<String>,
    /// What the button says that copies it.
    pub copy: &'static str,
    /// Where that button leads.
    pub open: String,
    pub mail: Vec<MailLink>,
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
        Moment::ConfirmTalk
        | Moment::KeepInTouch
        | Moment::ReferralAsk
        | Moment::ReferralRemind
        | Moment::ReferralEase
        | Moment::ReferralTell => Kind::Wrote,
    }
}

/// Drafts the message of a step; nothing where the step has none, or it goes to somebody else.
/// `template` and `channel` are what was asked for, as words; what does not fit is passed over.
pub fn draft(
    step: Step,
    contact: &Whole,
    person: &Person,
    now: Timestamp,
    template: &str,
    channel: &str,
) -> Option<Draft> {
    if step == Step::AskSecondPerson {
        return None;
    }
    let note_limit = person.preferences.note_limit;
    let likely = match step {
        Step::Request if contact.profile_url.is_some() || contact.email.is_none() => Channel::LinkedinNote,
        _ if contact.profile_url.is_none() && contact.email.is_some() => Channel::Email,
        _ => Channel::LinkedinMessage,
    };
    let templates = built_in::for_step(step, contact.warmth, Some(likely), note_limit);
    let asked_for = templates.iter().find(|offered| offered.key == template);
    let chosen =
        *asked_for.or_else(|| templates.iter().find(|t| t.key == preferred(step, contact))).or(templates.first())?;
    let channel = channel.parse().ok().filter(|channel| chosen.channels.contains(channel));
    let channel = channel.unwrap_or_else(|| if chosen.channels.contains(&likely) { likely } else { first(chosen) });

    let facts = facts(contact, person, now, chosen.moment);
    let filled = fill(chosen.body, &facts);
    let subject = chosen.subject.filter(|_| channel == Channel::Email).map(|subject| fill(subject, &facts).text);
    let limit = match channel.limit(note_limit) {
        Limit::Characters(most) => most,
        Limit::Words(_) | Limit::None => 0,
    };
    // The points of the advice are those of a first message; what is missing says so itself.
    let is_request = matches!(chosen.moment, Moment::Request | Moment::AskForTalk | Moment::TryAnotherWay);
    let hints =
        if is_request && filled.missing.is_empty() { advice(&filled.text, channel, note_limit) } else { Vec::new() };
    let (copy, open, mail) =
        way_out(channel, contact, chosen.moment, subject.as_deref().unwrap_or_default(), &filled.text);
    Some(Draft {
        template: chosen,
        kind: recorded_as(step, chosen.moment),
        channel,
        subject: subject.unwrap_or_default(),
        missing: filled.missing.iter().map(|placeholder| format!("[{}]", placeholder.label())).collect(),
        text: filled.text,
        limit,
        others: templates.into_iter().filter(|other| other.key != chosen.key).collect(),
        hints,
        copy,
        open,
        mail,
    })
}

fn first(template: &BuiltIn) -> Channel {
    template.channels.first().copied().unwrap_or(Channel::Other)
}

/// The key of the template that fits what is known, where that decides.
fn preferred(step: Step, contact: &Whole) -> &'static str {
    match (step, last_talk(contact)) {
        (Step::Thank, Some(talk)) if talk.way == Way::InWriting => "thank_you_in_writing",
        (Step::Thank, Some(talk)) if talk.theirs.is_empty() => "thank_you_short",
        (Step::Thank, Some(_)) => "thank_you",
        (Step::Thank, None) => "thank_you_in_writing",
        _ => "",
    }
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
fn facts(contact: &Whole, person: &Person, now: Timestamp, moment: Moment) -> Facts {
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
    Facts::new()
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
fn clause(note: &str) -> String {
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

/// Where the words go: what the copying button says, where it leads, and the mail programs.
fn way_out(
    channel: Channel,
    contact: &Whole,
    moment: Moment,
    subject: &str,
    body: &str,
) -> (&'static str, String, Vec<MailLink>) {
    // A plea for an introduction goes to the person who can introduce them.
    let (name, profile, email, phone) = match (moment, &contact.introducer) {
        (Moment::AskForIntroduction, Some(name)) => {
            (name.as_str(), contact.introducer_profile.as_deref(), contact.introducer_email.as_deref(), None)
        }
        _ => {
            (contact.name.as_str(), contact.profile_url.as_deref(), contact.email.as_deref(), contact.phone.as_deref())
        }
    };
    match channel {
        Channel::LinkedinNote | Channel::LinkedinMessage => match profile {
            Some(profile) => ("Copy, open profile", profile.to_owned(), Vec::new()),
            None => {
                let words = [name, contact.company.as_deref().unwrap_or_default()].join(" ");
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
