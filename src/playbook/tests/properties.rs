//! What holds for every history, however odd.

use jiff::{ToSpan, civil::Date};
use proptest::{prelude::*, sample::Index};
use uuid::Uuid;

use super::histories::{self, Case};
use super::many;
use crate::playbook::{
    event::{Event, Kind},
    replay::{Replay, replay},
    stage::Stage,
    standing::{AskedThere, Beside, Next, Standing},
    step::Step,
};

fn steps_of(stage: Stage) -> &'static [Step] {
    match stage {
        Stage::Identified => &[Step::Request],
        Stage::Requested => &[Step::AskSecondPerson, Step::TryAnotherWay],
        Stage::Connected => &[Step::AskForTalk, Step::Thank],
        Stage::Asked => &[Step::FollowUp, Step::FollowUpAgain, Step::SendMovingOnNote, Step::SetTime, Step::Thank],
        Stage::Scheduled => &[Step::Prepare, Step::Hold, Step::Thank],
        Stage::Spoke => &[Step::Thank],
        Stage::InTouch => &[Step::Write],
        Stage::MovedOn | Stage::Declined => &[],
    }
}

/// Whether a step may be due on its date.
pub(super) fn is_well_due(case: &Case, standing: &Standing, next: Next) -> bool {
    match next.due {
        None => matches!(next.step, Step::Request | Step::AskForTalk),
        Some(due) if case.cadence.is_business_day(due) => true,
        Some(due) if matches!(next.step, Step::Prepare | Step::Hold) && standing.talk_on == Some(due) => true,
        // A weekend is due to nobody but those who chose it, or owe thanks; a day off to nobody at all.
        Some(due) => {
            let is_chosen = case.events.iter().any(|event| event.until == Some(due));
            !case.cadence.holidays.contains(due) && (is_chosen || next.step == Step::Thank)
        }
    }
}

/// Does what is proposed; a time is agreed on for the same day, and there is no other way in.
fn follow(replay: &mut Replay<'_>, next: Next, on: Date) {
    match next.step.done_as() {
        Some(kind) => replay.apply(kind, on, None),
        None if next.step == Step::SetTime => replay.apply(Kind::Scheduled, on, Some(on)),
        None => replay.apply(Kind::MovedOn, on, None),
    }
}

fn shuffled() -> impl Strategy<Value = (Case, Vec<Event>)> {
    histories::case().prop_flat_map(|case| (Just(case.clone()), Just(case.events).prop_shuffle()))
}

proptest! {
    #![proptest_config(many(1_500))]

    #[test]
    fn every_standing_is_valid(case in histories::case(), today in histories::date()) {
        for moment in case.moments() {
            let Standing { stage, next, turns_on, talk_on, .. } = moment.after;
            prop_assert_eq!(talk_on.is_some(), stage == Stage::Scheduled);
            match next {
                None => {
                    let never = stage == Stage::InTouch && case.rhythm.days(&case.cadence).is_none();
                    prop_assert!(stage.is_resting() || never || !moment.as_proposed, "nothing to do at {}", stage);
                    prop_assert!(!matches!(stage, Stage::Scheduled | Stage::Spoke));
                    prop_assert_eq!(turns_on, None);
                }
                Some(next) => {
                    let shown = moment.after.on(today);
                    prop_assert!(shown.is_some());
                    for next in [Some(next), shown].into_iter().flatten() {
                        prop_assert!(steps_of(stage).contains(&next.step), "{:?} at {}", next, stage);
                        prop_assert!(is_well_due(&case, &moment.after, next), "{:?}", next);
                    }
                    prop_assert!(turns_on.is_none() || next.step.turns_into().is_some());
                    let button = next.step.done_as().filter(|kind| *kind != Kind::Held);
                    prop_assert!(button.is_none_or(|kind| Kind::offered(stage).contains(&kind)), "{:?} at {}", button, stage);
                }
            }
        }
    }

    #[test]
    fn nothing_is_newly_planned_for_the_past(case in histories::case()) {
        for moment in case.moments() {
            let on = moment.event.on;
            let shown = moment.before.on(on);
            // Once thanks are given, what waited behind them shows with the day it had.
            let waited = shown.is_some_and(|next| next.step == Step::Thank);
            if moment.after.next != shown && moment.after.next != moment.before.next && !waited {
                prop_assert!(moment.after.next.and_then(|next| next.due).is_none_or(|due| due >= on), "{:?}", moment.event);
            }
        }
    }

    #[test]
    fn putting_off_keeps_the_step_and_is_never_before_its_own_day(case in histories::case(), ahead in -30..90_i32) {
        for moment in case.moments() {
            let on = moment.event.on;
            let until = on.saturating_add(ahead.days());
            let mut replay = moment.replay.clone();
            replay.apply(Kind::Snoozed, on, Some(until));
            let (shown, put_off) = (moment.after.on(on), replay.standing().next);
            prop_assert_eq!(shown.map(|next| next.step), put_off.map(|next| next.step));
            if let Some(Next { step, due: Some(due) }) = put_off {
                prop_assert!(due >= on);
                prop_assert!(due >= until || step == Step::Prepare);
            }
        }
    }

    #[test]
    fn undo_restores_the_standing(case in histories::case(), extra in histories::case(), at in any::<Index>(), later in any::<Index>()) {
        if extra.events.is_empty() {
            return Ok(());
        }
        let standing = replay(&case.events, &case.cadence, case.rhythm);
        let id = Uuid::from_u128(u128::MAX - 1);
        let done = Event { id, undoes: None, ..*at.get(&extra.events) };
        let undo = Event {
            id: Uuid::from_u128(u128::MAX),
            kind: Kind::Undone,
            on: later.get(&extra.events).on,
            until: None,
            undoes: Some(id),
            in_writing: false,
        };
        let mut events = case.events.clone();
        events.insert(at.index(events.len() + 1), done);
        events.insert(later.index(events.len() + 1), undo);
        prop_assert_eq!(replay(&events, &case.cadence, case.rhythm), standing);
    }

    #[test]
    fn the_order_of_rows_does_not_matter((case, shuffled) in shuffled()) {
        let mut replay_in_order = Replay::new(&case.cadence, case.rhythm);
        case.moments().into_iter().for_each(|moment| replay_in_order = moment.replay);
        let standing = replay_in_order.standing();
        prop_assert_eq!(replay(&case.events, &case.cadence, case.rhythm), standing);
        prop_assert_eq!(replay(&shuffled, &case.cadence, case.rhythm), standing);
    }

    #[test]
    fn no_weaker_event_leads_back(case in histories::case()) {
        let weaker = |kind: Kind| {
            let of_a_referral = kind.as_str().starts_with("referral");
            of_a_referral || matches!(kind, Kind::Found | Kind::AlreadyConnected | Kind::Picked | Kind::Requested
                | Kind::IntroductionAsked | Kind::SecondPersonAsked | Kind::Accepted | Kind::Introduced | Kind::Replied
                | Kind::Met | Kind::Wrote | Kind::Commented | Kind::FollowedUp | Kind::Prepared | Kind::Thanked | Kind::Snoozed)
        };
        for moment in case.moments() {
            if weaker(moment.event.kind) && !moment.before.stage.is_resting() {
                prop_assert!(moment.after.stage >= moment.before.stage, "{:?}", moment.event);
            }
        }
    }

    #[test]
    fn whoever_follows_the_steps_gets_through(case in histories::case()) {
        let mut replay = Replay::new(&case.cadence, case.rhythm);
        case.events.iter().for_each(|event| replay.take(event));
        let mut today = case.events.last().map_or(Date::constant(2026, 1, 1), |event| event.on);
        for _ in 0..12 {
            let Some(next) = replay.standing().on(today) else { break };
            if next.step == Step::Write {
                break;
            }
            today = today.max(next.due.unwrap_or(today));
            let next = replay.standing().on(today).unwrap_or(next);
            follow(&mut replay, next, today);
        }
        let Standing { stage, next, .. } = replay.standing();
        prop_assert!(next.is_none_or(|next| next.step == Step::Write), "{:?} at {}", next, stage);
    }

    #[test]
    fn whoever_dismisses_everything_comes_to_rest(case in histories::case()) {
        let mut replay = Replay::new(&case.cadence, case.rhythm);
        case.events.iter().for_each(|event| replay.take(event));
        let today = case.events.last().map_or(Date::constant(2026, 1, 1), |event| event.on);
        (0..4).for_each(|_| replay.apply(Kind::Dismissed, today, None));
        let standing = replay.standing();
        prop_assert!(standing.next.is_none_or(|next| matches!(next.step, Step::Write | Step::Hold)), "{:?}", standing);
    }

    #[test]
    fn another_cadence_leaves_nothing_on_a_day_off(case in histories::case(), other in histories::cadence(), today in histories::date()) {
        let changed = Case { cadence: other, ..case };
        let standing = replay(&changed.events, &changed.cadence, changed.rhythm);
        for next in [standing.next, standing.on(today)].into_iter().flatten() {
            prop_assert!(is_well_due(&changed, &standing, next), "{:?}", next);
        }
    }

    #[test]
    fn nobody_else_is_to_be_asked_once_somebody_else_was(
        case in histories::case(), others in prop::collection::vec(histories::date(), 0..4), today in histories::date(),
    ) {
        let others: Vec<AskedThere> = others.into_iter().map(|on| AskedThere { on, id: Uuid::max() }).collect();
        let alone = replay(&case.events, &case.cadence, case.rhythm);
        let beside = Beside { rhythm: case.rhythm, asked_there: &others, ..Beside::default() };
        let among = replay(&case.events, &case.cadence, beside);
        // Whom else the user asked changes nothing but that one step.
        let same = Standing { next: alone.next, turns_on: alone.turns_on, after: alone.after, ..among };
        prop_assert_eq!(same, alone);
        if alone.stage != Stage::Requested {
            prop_assert_eq!(among, alone);
        }
        let since = among.requested_on.unwrap_or(Date::MAX);
        if others.iter().any(|other| other.on >= since) {
            prop_assert!(among.on(today).is_none_or(|next| next.step != Step::AskSecondPerson), "{:?}", among);
        }
        prop_assert_eq!(replay(&case.events, &case.cadence, Beside { rhythm: case.rhythm, ..Beside::default() }), alone);
    }

    #[test]
    fn lateness_grows_by_one_a_business_day(due in histories::date(), cadence in histories::cadence(), ahead in 0..60_i32) {
        let today = due.saturating_add(ahead.days());
        let next = Next { step: Step::FollowUp, due: Some(due) };
        let late = |day: Date| next.days_late(None, &cadence, day);
        let yesterday = today.yesterday().unwrap();
        prop_assert!(late(today) <= late(yesterday) + 1);
        prop_assert!(late(today) <= cadence.business_days_between(due, today).max(0));
        if !cadence.is_business_day(today) {
            prop_assert!(late(today) <= late(yesterday), "late for a day off");
        }
    }

    #[test]
    fn taking_any_event_back_is_the_history_without_it(case in histories::case(), at in any::<Index>(), later in 0..40_i32) {
        let is_undone = |event: &Event| case.events.iter().any(|other| other.kind == Kind::Undone && other.undoes == Some(event.id));
        let undoable: Vec<Event> =
            case.events.iter().filter(|event| event.kind != Kind::Undone && !is_undone(event)).copied().collect();
        if undoable.is_empty() {
            return Ok(());
        }
        let event = *at.get(&undoable);
        let last = case.events.last().map_or(event.on, |last| last.on);
        let undo = Event { id: Uuid::max(), kind: Kind::Undone, on: last.saturating_add(later.days()), until: None, undoes: Some(event.id), in_writing: false };
        let with: Vec<Event> = case.events.iter().copied().chain([undo]).collect();
        let without: Vec<Event> = case.events.iter().copied().filter(|other| other.id != event.id).collect();
        prop_assert_eq!(replay(&with, &case.cadence, case.rhythm), replay(&without, &case.cadence, case.rhythm));
    }
}
