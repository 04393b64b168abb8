//! Every sentence beside a next step, read as a proof-reader would, over what may have happened before it.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::*;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::{Direction, Event};
use crate::playbook::message::proofread::{Circumstances, proofread};
use crate::playbook::replay::replay;
use crate::playbook::standing::Beside;

/// A Monday.
const MONDAY: Date = date(2026, 11, 23);

/// Names that end in a mark, and one that does not.
const COMPANIES: [Option<&str>; 6] =
    [None, Some("Acme"), Some("Acme, Inc."), Some("Müller GmbH & Co. KG"), Some("Yahoo!"), Some("Bäckerei e.V.")];

/// What may happen one after the other, with the days between and, for kinds that take one, the days ahead of the date named.
const HISTORIES: &[&[(Kind, i64, i64)]] = &[
    &[],
    &[(Kind::Picked, 0, 0)],
    &[(Kind::AlreadyConnected, 0, 0)],
    &[(Kind::AlreadyConnected, 0, 0), (Kind::Picked, 0, 0)],
    &[(Kind::Requested, 0, 0)],
    &[(Kind::Requested, 0, 0), (Kind::SecondPersonAsked, 3, 0)],
    &[(Kind::IntroductionAsked, 0, 0)],
    &[(Kind::IntroductionAsked, 0, 0), (Kind::IntroductionDeclined, 1, 0)],
    &[(Kind::IntroductionAsked, 0, 0), (Kind::Introduced, 2, 0)],
    &[(Kind::Requested, 0, 0), (Kind::Accepted, 1, 0)],
    &[(Kind::Requested, 0, 0), (Kind::Accepted, 0, 0)],
    &[(Kind::Requested, 0, 0), (Kind::Replied, 2, 0)],
    &[(Kind::Met, 0, 0)],
    &[(Kind::MovedOn, 0, 0), (Kind::Reopened, 1, 0)],
    &[(Kind::Accepted, 0, 0), (Kind::MovedOn, 1, 0), (Kind::Reopened, 1, 0)],
    &[(Kind::Asked, 0, 0)],
    &[(Kind::Asked, 0, 0), (Kind::Replied, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::Met, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::FollowedUp, 3, 0)],
    &[(Kind::Asked, 0, 0), (Kind::Dismissed, 3, 0)],
    &[(Kind::Asked, 0, 0), (Kind::FollowedUp, 3, 0), (Kind::FollowedUp, 7, 0)],
    &[(Kind::Asked, 0, 0), (Kind::AnsweredYes, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::AnsweredYes, 1, 0), (Kind::FollowedUp, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::AnsweredYes, 1, 0), (Kind::DoneOtherwise, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::AnsweredLater, 1, 9)],
    &[(Kind::Asked, 0, 0), (Kind::Scheduled, 1, 4)],
    &[(Kind::Asked, 0, 0), (Kind::Scheduled, 1, 4), (Kind::Prepared, 0, 0)],
    &[(Kind::Asked, 0, 0), (Kind::Scheduled, 1, 4), (Kind::Cancelled, 1, 0)],
    &[(Kind::Asked, 0, 0), (Kind::Scheduled, 1, 4), (Kind::NoShow, 4, 0)],
    &[(Kind::Scheduled, 0, 0), (Kind::Held, 0, 0)],
    &[(Kind::AnsweredInWriting, 0, 0)],
    &[(Kind::Asked, 0, 0), (Kind::SentOn, 1, 0)],
    &[(Kind::SentOn, 0, 0), (Kind::Held, 0, 0)],
    &[(Kind::Held, 0, 0), (Kind::Thanked, 1, 0)],
    &[(Kind::Held, 0, 0), (Kind::Thanked, 1, 0), (Kind::Scheduled, 1, 3), (Kind::Cancelled, 1, 0)],
    &[(Kind::Held, 0, 0), (Kind::Thanked, 1, 0), (Kind::Scheduled, 1, 3), (Kind::NoShow, 3, 0)],
    &[(Kind::Held, 0, 0), (Kind::Thanked, 1, 0), (Kind::AnsweredLater, 9, 9)],
];

/// A step seen on a day, with the history that led to it.
struct Seen {
    history: Vec<Event>,
    why: Why<'static>,
    today: Date,
}

/// The histories begun on each day of a week, each seen on the day of the last event and on days after it.
fn seen() -> impl Iterator<Item = Seen> {
    let begun =
        (0..7_i64).flat_map(|ahead| HISTORIES.iter().map(move |told| (MONDAY.saturating_add(ahead.days()), *told)));
    begun.flat_map(|(began, told)| [false, true].into_iter().flat_map(move |in_writing| from(began, told, in_writing)))
}

fn from(began: Date, told: &[(Kind, i64, i64)], in_writing: bool) -> Vec<Seen> {
    let mut on = began;
    let mut history = Vec::new();
    for (at, &(kind, after, ahead)) in told.iter().enumerate() {
        on = on.saturating_add(after.days());
        let until = kind.takes_date().then(|| on.saturating_add(ahead.days()));
        history.push(Event { id: uuid::Uuid::from_u128(at as u128), kind, on, until, undoes: None, in_writing });
    }
    let standing = replay(&history, &Cadence::default(), Beside::default());
    let days = [0, 1, 2, 3, 5, 8, 20, 40].map(|later: i64| on.saturating_add(later.days()));
    let of = |(at, today): (usize, Date)| {
        let next = standing.on(today)?;
        let why = Why {
            next,
            after: standing.after,
            requested_on: standing.requested_on,
            asked_on: standing.asked_on,
            talk_on: standing.talk_on,
            last_touch_on: standing.last_touch,
            in_writing,
            there: COMPANIES[at % COMPANIES.len()],
            introducer: (next.step == Step::Request && at % 2 == 0).then_some("Dr. Jean-Luc O'Neil, Ph.D."),
            occasion: None,
        };
        Some(Seen { history: history.clone(), why, today })
    };
    days.into_iter().enumerate().filter_map(of).collect()
}

#[test]
fn every_sentence_reads_well() {
    for Seen { history, why, today } in seen() {
        let days = [why.requested_on, why.asked_on, why.talk_on, why.last_touch_on, why.after.map(|(_, on)| on)];
        let about = Circumstances { is_today: days.contains(&Some(today)), ..Circumstances::default() };
        for text in [why.in_full(today), why.happened(today).unwrap_or_default()] {
            assert_eq!(proofread(&text, &about), [], "{text:?} on {today} after {history:?}");
        }
    }
}

#[test]
fn every_sentence_agrees_with_the_history() {
    for Seen { history, why, today } in seen() {
        let text = why.in_full(today);
        let has = |kind| history.iter().any(|event: &Event| event.kind == kind);
        let is_word = |kind: Kind| kind.direction() != Direction::None || kind == Kind::DoneOtherwise;
        let last = history.iter().rfind(|event| is_word(event.kind)).map(|event| event.kind);
        let because = || format!("{text:?} on {today} after {history:?}");
        for (words, kind) in [
            ("You spoke", Kind::Held),
            ("They asked for some time", Kind::AnsweredLater),
            ("They accepted", Kind::Accepted),
            ("They said yes", Kind::AnsweredYes),
            ("was cancelled", Kind::Cancelled),
            ("did not come", Kind::NoShow),
            ("named someone else", Kind::SentOn),
            ("sent a request", Kind::Requested),
        ] {
            assert!(!text.contains(words) || has(kind), "{}", because());
        }
        let theirs = last.is_some_and(|kind| kind.direction() == Direction::In);
        assert!(!(theirs && text.contains("no answer")), "{}", because());
        let waits = why.next.due.is_some_and(|due| due > today);
        assert!(!(waits && text.contains("no answer")), "too soon: {}", because());
        assert!(!text.contains("their turn") && !text.contains("willing to talk"), "{}", because());
        assert!(!(why.in_writing && text.contains("You talk")), "{}", because());
    }
}

fn one(told: &[(Kind, i64, i64)], began: Date, later: usize) -> String {
    let seen = &from(began, told, false)[later];
    seen.why.in_full(seen.today)
}

#[test]
fn an_acceptance_at_a_weekend_is_no_plea_for_time() {
    let saturday = date(2026, 11, 28);
    let accepted = [(Kind::Requested, 0, 0), (Kind::Accepted, 0, 0)];
    assert_eq!(one(&accepted, saturday, 0), "They accepted today. Ask while it's fresh, or on Monday.");
    assert_eq!(one(&accepted, saturday, 2), "They accepted 2 days ago. Ask while it's fresh.");
    let later = [(Kind::Asked, 0, 0), (Kind::AnsweredLater, 0, 9)];
    assert_eq!(one(&later, saturday, 0), "They asked for some time today. Ask again on Monday 7 December.");
}

#[test]
fn a_question_of_today_has_not_gone_unanswered() {
    let said = one(&[(Kind::Asked, 0, 0)], MONDAY, 0);
    assert_eq!(said, "You asked for a talk today. If you hear nothing by Thursday, follow up.");
}

#[test]
fn the_step_knows_how_the_talk_failed() {
    let talk = |failed| [(Kind::Scheduled, 0, 0), (failed, 0, 0)];
    let said = [Kind::Cancelled, Kind::NoShow].map(|failed| one(&talk(failed), MONDAY, 0));
    assert_eq!(said[0], "The talk was cancelled today. Offer two new times now, or tomorrow.");
    assert_eq!(said[1], "They didn't come to the talk today. Offer two new times now, or tomorrow.");
}

#[test]
fn answers_in_writing_are_awaited_and_not_talked() {
    let scheduled = from(MONDAY, &[(Kind::Scheduled, 0, 10)], true);
    let Seen { why, today, .. } = &scheduled[0];
    assert_eq!((why.next.step, why.next.due), (Step::Prepare, Some(MONDAY)));
    assert_eq!(
        why.in_full(*today),
        "They answer by 3 December. Send your questions soon, so that they have time for them."
    );
}

#[test]
fn one_mark_ends_a_sentence() {
    assert_eq!(ended("at Acme, Inc."), "at Acme, Inc.");
    assert_eq!(ended("at Yahoo! "), "at Yahoo!");
    assert_eq!(ended("at Acme"), "at Acme.");
}
