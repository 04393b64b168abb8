//! Referrals and openings, row by row.

use jiff::civil::Date;
use proptest::{option, prelude::*, sample::select};

use super::{histories, many, march, with_holidays};
use crate::playbook::{
    cadence::Cadence,
    opening,
    referral::{Dates, Mechanic, Next, ReferralStep, Status, Whose, next},
};

fn due(step: ReferralStep, day: i8) -> Option<Next> {
    Some(Next { step, due: Some(march(day)) })
}

#[test]
fn every_status_has_its_next_step() {
    let none = Dates::default();
    let asked = Dates { asked_on: Some(march(2)), ..none };
    let reminded = Dates { reminded_on: Some(march(9)), ..asked };
    let agreed = Dates { agreed_on: Some(march(11)), ..reminded };
    let reminded_twice = Dates { reminded_on: Some(march(18)), ..agreed };
    let made = Dates { made_on: Some(march(19)), ..reminded_twice };
    let told = Dates { told_on: Some(march(20)), ..made };
    let changed = Dates { opening_changed_on: Some(march(26)), ..told };
    let told_again = Dates { told_on: Some(march(26)), ..changed };
    let rows = [
        (Status::ToAsk, none, Some(Next { step: ReferralStep::Ask, due: None })),
        (Status::ToAsk, Dates { planned_on: Some(march(7)), ..none }, due(ReferralStep::Ask, 7)),
        (Status::Asked, asked, due(ReferralStep::Remind, 9)),
        (Status::Asked, reminded, None),
        (Status::Asked, none, Some(Next { step: ReferralStep::Remind, due: None })),
        (Status::Agreed, agreed, due(ReferralStep::RemindToMake, 18)),
        (Status::Agreed, Dates { reminded_on: Some(march(11)), ..agreed }, due(ReferralStep::RemindToMake, 18)),
        (Status::Agreed, Dates { reminded_on: None, ..agreed }, due(ReferralStep::RemindToMake, 18)),
        (Status::Agreed, reminded_twice, None),
        (
            Status::Agreed,
            Dates { tasks_done_on: Some(march(20)), ..reminded_twice },
            due(ReferralStep::ConfirmMade, 20),
        ),
        (Status::Agreed, Dates { opening: Some(opening::Status::Closed), ..agreed }, None),
        (Status::Made, made, due(ReferralStep::TellAndThank, 20)),
        (Status::Made, told, None),
        (Status::Made, changed, due(ReferralStep::TellAndThank, 27)),
        (Status::Made, told_again, None),
        (Status::Declined, asked, None),
        (Status::Withdrawn, made, None),
    ];
    for (status, dates, expected) in rows {
        assert_eq!(next(status, &dates, &Cadence::default()), expected, "{status} {dates:?}");
    }
}

#[test]
fn a_reminder_waits_for_business_days() {
    let dates = Dates { asked_on: Some(march(2)), ..Dates::default() };
    assert_eq!(next(Status::Asked, &dates, &with_holidays(&[march(5), march(9)])), due(ReferralStep::Remind, 11));
}

#[test]
fn every_way_unfolds_into_tasks_of_both_in_order() {
    for way in Mechanic::ALL {
        let tasks = way.tasks();
        assert!(tasks.is_sorted_by_key(|task| task.after_business_days), "{way}");
        assert_eq!(tasks[0].due(march(7), &Cadence::default()), march(9), "{way}: the work starts on Monday");
        for whose in Whose::ALL {
            assert!(tasks.iter().any(|task| task.whose == *whose), "{way} {whose}");
        }
    }
}

#[test]
fn an_opening_is_open_until_somebody_ends_it() {
    let open: Vec<_> = opening::Status::ALL.iter().filter(|status| status.is_open()).map(|s| s.as_str()).collect();
    assert_eq!(open, ["watching", "applied", "screening", "interviewing", "offer"]);
}

/// Dates of a referral in any order, as people type them.
fn dates() -> impl Strategy<Value = Dates> {
    let day = || option::weighted(0.7, histories::date());
    let opening = option::of(select(opening::Status::ALL));
    let days = (day(), day(), day(), day(), day(), day(), day(), day());
    (days, opening).prop_map(|(days, opening): ((Option<Date>, _, _, _, _, _, _, _), _)| Dates {
        planned_on: days.0,
        asked_on: days.1,
        agreed_on: days.2,
        reminded_on: days.3,
        made_on: days.4,
        opening_changed_on: days.5,
        told_on: days.6,
        tasks_done_on: days.7,
        opening,
    })
}

proptest! {
    #![proptest_config(many(1_500))]

    #[test]
    fn a_step_about_a_referral_is_due_on_a_working_or_chosen_day_and_never_before_its_reason(
        status in select(Status::ALL), dates in dates(), cadence in histories::cadence(),
    ) {
        let next = next(status, &dates, &cadence);
        let is_over = dates.opening.is_some_and(|status| !status.is_open());
        if matches!(status, Status::Declined | Status::Withdrawn) || is_over && status != Status::Made {
            prop_assert_eq!(next, None);
        }
        if let Some(Next { step, due: Some(due) }) = next {
            // A day the user chose stands, though it be a weekend.
            let is_chosen = dates.planned_on == Some(due) && !cadence.holidays.contains(due);
            prop_assert!(is_chosen || cadence.is_business_day(due));
            let reason = match step {
                ReferralStep::Ask => dates.planned_on,
                ReferralStep::Remind => dates.asked_on,
                ReferralStep::RemindToMake => dates.agreed_on,
                ReferralStep::ConfirmMade => dates.tasks_done_on,
                ReferralStep::TellAndThank => dates.made_on.max(dates.opening_changed_on),
            };
            prop_assert!(Some(due) >= reason && Some(due) >= dates.planned_on);
        }
    }
}
