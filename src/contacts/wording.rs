//! Sentences about a contact that several pages say.

use jiff::civil::Date;

use super::queries::dates::DateRow;
use crate::playbook::event::Kind;
use crate::playbook::message::gaps::gaps;
use crate::playbook::message::pieces::bracketed;
use crate::playbook::occasion::DateKind;
use crate::playbook::standing::{Next, Standing};
use crate::text::lower_first;
use crate::web::{dates, words};

/// 'today', '4 days ago', 'on Thursday', 'on 11 November'.
pub fn on_day(date: Date, today: Date) -> String {
    let said = words::day(date, today);
    match words::days_between(today, date) {
        -6..=1 => said,
        _ => format!("on {said}"),
    }
}

/// What a press of the button for this event says.
pub fn outcome(kind: Kind) -> &'static str {
    match kind {
        Kind::AlreadyConnected => "We are connected already",
        Kind::Accepted => "They accepted",
        Kind::Introduced => "We were introduced",
        Kind::Met => "We met",
        Kind::Replied => "They replied",
        Kind::AnsweredYes => "They said yes",
        Kind::AnsweredLater => "They said later",
        Kind::AnsweredInWriting => "They answered in writing",
        Kind::AnsweredNo => "They said no",
        Kind::SentOn => "They suggested someone else",
        Kind::MovedOn => "Move on",
        Kind::Reopened => "Start again",
        Kind::Picked => "Pick for this week",
        Kind::SecondPersonAsked => "I asked someone else",
        Kind::Prepared => "Prepared",
        other => other.label(),
    }
}

/// What was written down, as one sentence.
pub fn said(kind: Kind) -> String {
    match kind {
        kind if kind.is_outgoing_message() => "Marked as sent.".into(),
        Kind::Picked => "Picked for this week.".into(),
        Kind::MovedOn => "Moved on. The door stays open.".into(),
        Kind::Reopened => "Taken up again.".into(),
        Kind::DoneOtherwise => "Done differently.".into(),
        Kind::AnsweredNo => "Noted: they said no. A short thank-you is ready on their page.".into(),
        Kind::SecondPersonAsked => "Noted: you asked someone else there.".into(),
        kind => format!("Noted: {}.", lower_first(outcome(kind))),
    }
}

/// What the date is: 'Birthday', or the user's own word.
pub fn named(kind: DateKind, word: Option<&str>) -> String {
    word.unwrap_or(kind.label()).to_owned()
}

/// 'Birthday on Thursday', 'Her book came out today'.
pub fn occasion_in_words(kind: DateKind, word: Option<&str>, on: Date, today: Date) -> String {
    format!("{} {}", named(kind, word), on_day(on, today))
}

/// '14 March 1984, turns 43 on Sunday': the day, how many years it will be, and when, if that is soon.
pub fn day_in_words(row: &DateRow, today: Date) -> String {
    let Some(day) = row.stored.yearly() else { return String::new() };
    // 2000 has every day a year can have.
    let said = day.in_year(2000).or_else(|| day.in_year(2400));
    let text = said.map(|date| dates::shown().yearly(date, day.since())).unwrap_or_default();
    let next = day.in_year(today.year()).filter(|date| *date >= today).or_else(|| day.after(today));
    let Some(next) = next else { return text };
    let on = match words::days_between(today, next) {
        ..=6 => format!(" {}", on_day(next, today)),
        _ => String::new(),
    };
    match day.since().map(|year| next.year() - year) {
        Some(years) if years > 0 && row.kind == DateKind::Birthday => format!("{text}, turns {years}{on}"),
        Some(years) if years > 0 => format!("{text}, {}{on}", words::count(years.into(), "year", "years")),
        _ if (day.month(), day.day()) == (2, 29) => format!("{text}, in other years the 28th"),
        _ if on.is_empty() => text,
        _ => format!("{text},{on}"),
    }
}

/// The months, as a form lists them.
pub fn months() -> Vec<(i8, &'static str)> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    (1..).zip(NAMES).collect()
}

/// What a message lacks, in a sentence for its field.
pub fn still_to_fill_in(body: &str) -> String {
    let missing: Vec<String> = gaps(body).into_iter().map(bracketed).collect();
    format!("Still to fill in: {}. Fill it in, or send it as it is.", words::list(&missing))
}

/// 'Next: follow up on Friday 27 November.'
pub fn next_in_words(standing: &Standing, today: Date) -> String {
    match standing.on(today) {
        None => "There is no next step.".into(),
        Some(Next { step, due }) => {
            let what = lower_first(step.label());
            match due {
                None => format!("Next, when you pick them: {what}."),
                Some(due) if due <= today => format!("Next: {what}, today."),
                Some(due) => format!("Next: {what}, on {}.", words::full_day(due, today)),
            }
        }
    }
}
