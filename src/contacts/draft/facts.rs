//! What is known for a message to one person.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::accounts::visit::Person;
use crate::companies::former::shared_with;
use crate::contacts::contact::ReasonKind;
use crate::contacts::proposal::{self, Times};
use crate::contacts::queries::reasons::ReasonRow;
use crate::contacts::queries::show::{ContactDetail, TalkRow};
use crate::playbook::business_days::monday_of;
use crate::playbook::event::Kind;
use crate::playbook::message::about_me::who_i_am;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::fill::{Facts, Parsed};
use crate::playbook::message::phrase::{action, inside, to_reader};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::name::first_name;
use crate::playbook::pronouns::Pronouns;
use crate::playbook::talk::{Medium, Status};
use crate::playbook::warmth::Warmth;
use crate::web::{dates, words};

/// For how many days after they accepted a message thanks for it.
const FRESH: i32 = 14;

/// The talk that was held last.
pub(super) fn last_talk(contact: &ContactDetail) -> Option<&TalkRow> {
    contact.talks.iter().find(|talk| talk.status == Status::Held)
}

/// The talk to come, if one has a date.
pub fn coming_talk(contact: &ContactDetail) -> Option<&TalkRow> {
    contact.talks.iter().rev().find(|talk| talk.status == Status::Scheduled)
}

/// Everything known that a message of that moment in these words may need.
pub fn facts(contact: &ContactDetail, person: &Person, now: Timestamp, moment: Moment, body: &str) -> Facts {
    let preferences = &person.preferences;
    let today = crate::clock::date_in(&person.zone, now);
    let theirs = contact.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let first = first_name(&contact.name);
    let to_them = moment != Moment::AskForIntroduction;
    // What was noted of them is said to them.
    let said = |note: &str| if to_them { to_reader(note, first, &contact.name) } else { note.to_owned() };
    let introducer = contact.introducer.as_deref().map(|name| if to_them { name } else { first_name(name) });
    let (coming, held) = (coming_talk(contact), last_talk(contact));
    let clocks = proposal::Clocks { mine: &person.zone, theirs: theirs.as_ref() };
    let in_writing = coming.is_some_and(|talk| talk.way == Medium::InWriting);
    let starts_on = coming.map(|talk| person.zone.to_datetime(talk.starts_at).date());
    let minutes =
        coming.filter(|_| !in_writing).map_or(i64::from(preferences.talk_minutes), |talk| talk.minutes.into());
    let school = preferences.only_school().filter(|_| contact.warmth == Warmth::SameSchool);
    let employer = shared_with(preferences, contact.company.as_deref(), contact.notes.as_deref())
        .filter(|_| contact.warmth == Warmth::SameEmployer);
    let role = preferences.target_roles.first();
    let promised =
        |promises: &[String]| words::list(&promises.iter().map(|promise| action(&said(promise))).collect::<Vec<_>>());
    let thanks = happened(contact, Kind::Accepted).filter(|on| words::days_between(*on, today) <= FRESH);
    let spoke = held.filter(|talk| talk.way != Medium::InWriting);
    let facts = Facts::new()
        .with(Placeholder::FirstName, first)
        .with(Placeholder::FullName, &contact.name)
        .with_some(Placeholder::Them, contact.pronouns.as_deref().and_then(Pronouns::read).map(Pronouns::object))
        .with_some(Placeholder::Company, contact.company.as_deref())
        .with(Placeholder::MyName, &person.name)
        .with_some(Placeholder::TargetRole, role)
        .with_some(Placeholder::WhyYou, contact.why.as_deref().map(said))
        .with(Placeholder::AboutMe, &preferences.about_me)
        .with_some(Placeholder::WhoIAm, who_i_am(&preferences.about_me, role.map(String::as_str)))
        .with(Placeholder::TalkMinutes, minutes.to_string())
        .with_some(Placeholder::TalkTime, coming.filter(|_| !in_writing).map(|talk| clocks.say(talk.starts_at, today)))
        .with_some(Placeholder::AnswerBy, starts_on.filter(|_| in_writing).map(|on| dates::to_others().full(on, today)))
        .with_some(Placeholder::Questions, coming.map(|talk| numbered(&talk.questions)))
        .with_some(Placeholder::WayToConnect, coming.and_then(|talk| talk.place.as_deref()))
        .with_some(Placeholder::IntroducedBy, introducer)
        .with_some(Placeholder::School, school)
        .with_some(Placeholder::FormerEmployer, employer)
        .with_some(Placeholder::ThanksForConnecting, thanks.map(|_| "Thank you for connecting."))
        .with_some(
            Placeholder::WhenWeSpoke,
            spoke.map(|talk| ago(person.zone.to_datetime(talk.starts_at).date(), today)),
        )
        .with_some(Placeholder::WhatILearned, held.and_then(|talk| what_i_learned(talk, said)))
        .with_some(Placeholder::WhatIWillDo, held.map(|talk| promised(&talk.mine)))
        .with_some(Placeholder::TheirPromise, held.map(|talk| promised(&talk.theirs)))
        .with_some(Placeholder::Opening, contact.openings.first().map(|opening| opening.title.as_str()))
        .with(Placeholder::ResumeLink, &preferences.resume_url);
    let times = proposal::times(&contact.proposed, &preferences.cadence, now, clocks);
    let facts = with_times(facts, &times, moment, body);
    match contact.keeping.chosen() {
        Some(reason) => with_reason(facts, reason, said),
        None => facts,
    }
}

/// The times that are proposed: all of them where one place is there for them, else the first and the others.
fn with_times(facts: Facts, times: &Times, moment: Moment, body: &str) -> Facts {
    if mentions(body, Placeholder::OtherTime) {
        return facts.with(Placeholder::ProposedTime, times.first()).with_some(Placeholder::OtherTime, times.others());
    }
    // A first request leaves the time open; once the time itself is the matter, there is one to choose.
    let is_the_matter =
        matches!(moment, Moment::FollowUp | Moment::FollowUpAgain | Moment::SetTime | Moment::OfferAgain);
    facts.with(Placeholder::ProposedTime, if is_the_matter || times.are_kept { times.all() } else { times.first() })
}

fn with_reason(facts: Facts, reason: &ReasonRow, said: impl Fn(&str) -> String) -> Facts {
    let Some((placeholder, text)) = reason.fact() else { return facts };
    let text = said(&text);
    match reason.kind {
        ReasonKind::Article => facts
            .with(Placeholder::SomethingForThem, format!("I kept something for you: {text}"))
            .with(placeholder, text),
        _ => facts.with(placeholder, text),
    }
}

/// What the user ticked for the thank-you; else the first thing that was written down.
fn what_i_learned(talk: &TalkRow, said: impl Fn(&str) -> String) -> Option<String> {
    let clause = |text: &String| inside(&said(text));
    match talk.chosen.is_empty() {
        true => talk.learned.first().map(clause),
        false => Some(words::list(&talk.chosen.iter().map(clause).collect::<Vec<_>>())),
    }
}

/// Questions, one a line with its number.
pub fn numbered(questions: &[String]) -> String {
    let lines = questions.iter().enumerate().map(|(at, question)| format!("{}. {question}", at + 1));
    lines.collect::<Vec<_>>().join("\n")
}

/// When two people spoke, as it is said afterwards: 'today', 'yesterday', 'on Monday', 'last week', 'on 3 November'.
fn ago(on: Date, today: Date) -> String {
    match words::days_between(on, today) {
        ..=0 => "today".into(),
        1 => "yesterday".into(),
        2..=6 => format!("on {}", words::weekday(on)),
        _ if monday_of(on).saturating_add(7.days()) == monday_of(today) => "last week".into(),
        _ => format!("on {}", dates::to_others().long(on, today)),
    }
}

/// When something happened last.
pub fn happened(contact: &ContactDetail, kind: Kind) -> Option<Date> {
    contact.history.iter().find(|line| !line.undone && line.kind == kind).map(|line| line.on)
}

pub fn mentions(body: &str, placeholder: Placeholder) -> bool {
    Parsed::parse(body).placeholders().contains(&placeholder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_is_said_when_they_spoke() {
        let today = date(2026, 11, 27);
        for (on, said) in [
            (date(2026, 11, 27), "today"),
            (date(2026, 11, 26), "yesterday"),
            (date(2026, 11, 23), "on Monday"),
            (date(2026, 11, 21), "on Saturday"),
            (date(2026, 11, 20), "last week"),
            (date(2026, 11, 16), "last week"),
            (date(2026, 11, 13), "on 13 November"),
            (date(2025, 11, 13), "on 13 November 2025"),
        ] {
            assert_eq!(ago(on, today), said);
        }
    }
}
