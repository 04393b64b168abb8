//! The next step in words: what to do, why now, and what may have happened instead.

use jiff::civil::Date;

use super::answers::awaited;
use super::dates::occasion_in_words;
use super::queries::show::Whole;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::text::lower_first;
use crate::web::words;

/// How many outcomes stand as buttons; the others are behind 'Add to the history'.
const BUTTONS: usize = 5;

/// 'today', '4 days ago', 'on Thursday', 'on 11 November'.
pub fn on_day(date: Date, today: Date) -> String {
    let said = words::day(date, today);
    match words::days_between(today, date) {
        -6..=1 => said,
        _ => format!("on {said}"),
    }
}

/// The stages of the stepper, and where among them a contact stands; resting ones stand nowhere.
pub fn steps(stage: Stage) -> (Vec<&'static str>, usize) {
    let shown: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| !stage.is_resting()).collect();
    let at = shown.iter().position(|shown| *shown == stage).unwrap_or_default();
    (shown.into_iter().map(Stage::label).collect(), at)
}

/// The tone and words of the tag beside the step.
pub fn due_tag(next: Next, cadence: &Cadence, today: Date) -> (&'static str, String) {
    match next.due {
        None => ("", "when you pick it".into()),
        Some(due) if next.is_late(cadence, today) => match words::days_between(due, today) {
            1 => ("late", "1 day late".into()),
            days => ("late", format!("{days} days late")),
        },
        Some(due) if due <= today => ("soon", "today".into()),
        Some(due) => ("", words::day(due, today)),
    }
}

/// Why this step, and why then.
pub fn why(next: Next, contact: &Whole, today: Date) -> String {
    let day = |date: Option<crate::database::Day>| date.map(|day| on_day(day.0, today)).unwrap_or_default();
    let there = contact.company.as_deref().unwrap_or("their company");
    let occasion = contact.keeping.occasion().or_else(|| contact.keeping.near(today));
    if let (Step::Write, Some((date, on))) = (next.step, occasion) {
        let what = occasion_in_words(date.kind, date.word.as_deref(), on, today);
        return format!("{what}. That is reason enough to write.");
    }
    let waits = next.due.filter(|due| *due > today).map(|due| words::full_day(due, today));
    match (next.step, waits) {
        (Step::Request, _) if next.due.is_none() => {
            "Found, and not asked yet. Pick them for this week, or write right away.".into()
        }
        (Step::Request, _) => match &contact.introducer {
            Some(introducer) => {
                format!("{introducer} can introduce you: a word from them counts for more than any note.")
            }
            None => "A short note that says what connects you is accepted more often than none.".into(),
        },
        (Step::AskSecondPerson, Some(until)) => {
            format!(
                "Requested {}. If there is no answer by {until}, ask somebody else at {there} too.",
                day(contact.requested_on)
            )
        }
        (Step::AskSecondPerson, None) => {
            format!(
                "Requested {}, no answer yet. That is common: ask a second person at {there} as well.",
                day(contact.requested_on)
            )
        }
        (Step::TryAnotherWay, Some(until)) => {
            format!("Requested {}. If there is no answer by {until}, try another way.", day(contact.requested_on))
        }
        (Step::TryAnotherWay, None) => {
            format!(
                "Requested {}, no answer. Not everybody looks there: try an e-mail or an introduction, or move on.",
                day(contact.requested_on)
            )
        }
        (Step::AskForTalk, _) if next.due.is_none() => {
            "You are connected. Pick them for this week, or ask right away.".into()
        }
        (Step::AskForTalk, Some(until)) => format!("They asked for some time. Ask again on {until}."),
        (Step::AskForTalk, None) => "You are connected. Asked the same day, people still know who you are.".into(),
        (Step::FollowUp | Step::FollowUpAgain | Step::SendMovingOnNote, Some(until)) => {
            let what = lower_first(next.step.label());
            format!("Asked {}. If there is no answer by {until}, {what}.", day(contact.asked_on))
        }
        (Step::FollowUp, None) => {
            format!("Asked {}, no answer yet. A second time to choose from helps.", day(contact.asked_on))
        }
        (Step::FollowUpAgain, None) => format!("Asked {}, no answer, offer it in writing.", day(contact.asked_on)),
        (Step::SendMovingOnNote, None) => {
            format!(
                "Asked {}, followed up twice, no answer. Close it kindly; the door stays open.",
                day(contact.asked_on)
            )
        }
        (Step::SetTime, _) => "They are willing to talk. Name two times, then put the talk into the calendar.".into(),
        (Step::Prepare, _) => {
            format!("You talk {}. Half an hour of reading makes it a good talk.", day(contact.talk_on))
        }
        (Step::Hold, _) => format!("You talk {}. Say how it went afterwards.", day(contact.talk_on)),
        (Step::Thank, _) if contact.last_touch_on.is_some() => {
            format!("They helped you {}. Thanks are best while it is fresh.", day(contact.last_touch_on))
        }
        (Step::Thank, _) => "Thanks are best while it is fresh.".into(),
        (Step::Write, _) if contact.last_touch_on.is_some() => {
            format!(
                "Last in contact {}. Write with a reason: advice you followed, news, something kept for them.",
                day(contact.last_touch_on)
            )
        }
        (Step::Write, _) => "Write with a reason: advice you followed, news, something kept for them.".into(),
    }
}

/// Why there is nothing to do.
pub fn why_nothing(stage: Stage) -> &'static str {
    match stage {
        Stage::MovedOn => {
            "You let it rest, with the door open. If they write, or you think of a reason, take it up again."
        }
        Stage::Declined => "They said no to this, not to you. You can take it up again later.",
        Stage::InTouch => "You chose no rhythm for them. Write whenever there is a reason.",
        _ => {
            "You set the step aside. Pick them for a week, or write down what happened, and there is a next step again."
        }
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
        Kind::SentOn => "They named somebody else",
        Kind::MovedOn => "Move on",
        Kind::Reopened => "Take it up again",
        Kind::Picked => "Pick for this week",
        Kind::SecondPersonAsked => "I asked a second person",
        Kind::Prepared => "Prepared",
        other => other.label(),
    }
}

/// What may have happened, the likeliest first: each is one press.
///
/// Not among them is what the card has a place of its own for: messages, picking, awaited answers, a date named for later, answers
/// in writing.
pub fn outcomes(stage: Stage, next: Option<Step>) -> Vec<Kind> {
    let own_place = |kind: Kind| {
        kind.is_outgoing_message()
            || next.is_some_and(|step| awaited(step).contains(&kind))
            || matches!(
                kind,
                Kind::Picked
                    | Kind::SentOn
                    | Kind::AnsweredLater
                    | Kind::AnsweredInWriting
                    | Kind::Commented
                    | Kind::SecondPersonAsked
            )
            || next.and_then(Step::done_as) == Some(kind)
    };
    let mut shown: Vec<Kind> = Kind::offered(stage).iter().copied().filter(|kind| !own_place(*kind)).collect();
    let rest = shown.iter().position(|kind| *kind == Kind::MovedOn).map(|at| shown.remove(at));
    shown.truncate(BUTTONS);
    shown.extend(rest);
    shown
}

/// Everything that may be recorded by hand, the likeliest for this stage first.
pub fn recordable(stage: Stage) -> Vec<Kind> {
    let mut kinds = Kind::offered(stage).to_vec();
    for kind in Kind::ALL {
        if !kinds.contains(kind) && is_recordable(*kind) {
            kinds.push(*kind);
        }
    }
    kinds
}

/// Whether a kind may be recorded by hand at some stage.
pub fn is_recordable(kind: Kind) -> bool {
    Stage::ALL.iter().any(|stage| Kind::offered(*stage).contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_read_well_after_a_verb() {
        let today = date(2026, 11, 24);
        assert_eq!(on_day(date(2026, 11, 24), today), "today");
        assert_eq!(on_day(date(2026, 11, 20), today), "4 days ago");
        assert_eq!(on_day(date(2026, 11, 11), today), "on 11 November");
        assert_eq!(on_day(date(2026, 11, 26), today), "on Thursday");
    }

    #[test]
    fn a_tag_says_how_late() {
        let (cadence, today) = (Cadence::default(), date(2026, 11, 24));
        let tag = |step, due| due_tag(Next { step, due }, &cadence, today);
        assert_eq!(tag(Step::FollowUp, Some(date(2026, 11, 23))), ("late", "1 day late".into()));
        assert_eq!(tag(Step::FollowUp, Some(today)), ("soon", "today".into()));
        assert_eq!(tag(Step::Thank, Some(date(2026, 11, 23))).0, "soon", "a thank-you has a day more");
        assert_eq!(tag(Step::Request, None), ("", "when you pick it".into()));
        assert_eq!(tag(Step::Write, Some(date(2026, 11, 26))), ("", "Thursday".into()));
    }

    #[test]
    fn outcomes_are_few_and_never_a_message() {
        for stage in Stage::ALL {
            let shown = outcomes(*stage, None);
            assert!(!shown.is_empty() && shown.len() <= BUTTONS + 1, "{stage}");
            assert!(shown.iter().all(|kind| !kind.is_outgoing_message() && is_recordable(*kind)), "{stage}");
        }
        assert_eq!(outcomes(Stage::Asked, None)[0], Kind::AnsweredYes);
        assert_eq!(outcomes(Stage::Requested, None)[0], Kind::Accepted);
        assert_eq!(outcomes(Stage::MovedOn, None)[0], Kind::Reopened);
    }

    #[test]
    fn what_has_a_page_of_its_own_is_not_recorded_by_hand() {
        for kind in
            [Kind::Found, Kind::Scheduled, Kind::Held, Kind::ReferralMade, Kind::Snoozed, Kind::Dismissed, Kind::Undone]
        {
            assert!(!is_recordable(kind), "{kind}");
        }
        assert!(recordable(Stage::Identified).contains(&Kind::Thanked));
    }

    #[test]
    fn the_stepper_leaves_out_resting_places() {
        let (labels, at) = steps(Stage::Connected);
        assert_eq!((labels.len(), labels[at]), (7, "Connected"));
    }
}
