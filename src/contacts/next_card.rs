//! The next step in words: what to do, why now, and what may have happened instead.

use jiff::civil::Date;

use super::answers::awaited;
use super::queries::show::ContactDetail;
use super::why::Why;
use super::wording::occasion_in_words;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::path::Way;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::web::words;

/// How many outcomes stand as buttons; the others are behind 'Add to the history'.
const BUTTONS: usize = 5;

/// The stages of the stepper, and where among them a contact stands; resting ones stand nowhere.
pub fn steps(stage: Stage) -> (Vec<&'static str>, usize) {
    let shown: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| !stage.is_resting()).collect();
    let at = shown.iter().position(|shown| *shown == stage).unwrap_or_default();
    (shown.into_iter().map(Stage::label).collect(), at)
}

/// The tone and words of the tag beside the step. `free_on` is the day on which the product let it go, where it held it back.
pub fn due_tag(next: Next, free_on: Option<Date>, cadence: &Cadence, today: Date) -> (&'static str, String) {
    let Some(due) = next.due else { return ("", "when you pick it".into()) };
    match next.days_late(free_on, cadence, today) {
        0 if due < today => ("soon", "now".into()),
        0 if due == today => ("soon", "today".into()),
        0 => ("", words::day(due, today)),
        days => ("late", format!("{} late", words::count(days.into(), "day", "days"))),
    }
}

/// What the step is: a talk in writing is not talked.
pub fn step_in_words(step: Step, in_writing: bool) -> &'static str {
    match (step, in_writing) {
        (Step::Prepare, true) => "Send your questions",
        (Step::Hold, true) => "Read their answers",
        _ => step.label(),
    }
}

/// Why this step, and why then. `way_in` is who is to be asked for an introduction.
pub fn why(next: Next, contact: &ContactDetail, way_in: Option<&Way>, today: Date) -> String {
    let occasion = contact.keeping.occasion().or_else(|| contact.keeping.near(today));
    let why = Why {
        next,
        after: contact.after(),
        requested_on: contact.requested_on.map(|day| day.0),
        asked_on: contact.asked_on.map(|day| day.0),
        talk_on: contact.talk_on.map(|day| day.0),
        last_touch_on: contact.last_touch_on.map(|day| day.0),
        in_writing: contact.talks_in_writing(),
        there: contact.company.as_deref(),
        introducer: way_in.map(|way| way.name.as_str()),
        occasion: occasion.map(|(date, on)| occasion_in_words(date.kind, date.word.as_deref(), on, today)),
    };
    why.in_full(today)
}

/// Why there is nothing to do.
pub fn why_nothing(stage: Stage) -> &'static str {
    match stage {
        Stage::MovedOn => "You moved on and left the door open. If they write, or you find a reason, start again.",
        Stage::Declined => "They said no to this, not to you. You can start again later.",
        Stage::InTouch => "You chose no reminders for them. Write whenever there's a reason.",
        _ => "You skipped the step. Pick them for this week, or add what happened, and there's a next step again.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::forms::touchpoint::is_recordable;
    use crate::contacts::forms::touchpoint::recordable;
    use crate::contacts::wording::on_day;
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
        let tag = |step, due| due_tag(Next { step, due }, None, &cadence, today);
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
