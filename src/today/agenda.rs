//! The day's list: every next step, promise and referral that is due, in the order in which they are worth doing.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::items::{Action, Item};
use super::promises::{PromiseRow, ReferralRow, TaskRow, promise_item, referral_item, task_item};
use crate::contacts::answers::Answers;
use crate::contacts::why::Why;
use crate::contacts::wording::occasion_in_words;
use crate::ids::{ContactId, InterviewId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::message::phrase::ended;
use crate::playbook::occasion::DateKind;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::web::words;

/// A contact whose next step is due.
#[derive(Debug, Deserialize)]
pub struct StepRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub employer: Option<String>,
    pub step: Step,
    pub due: Date,
    pub turns_on: Option<Date>,
    pub requested_on: Option<Date>,
    pub asked_on: Option<Date>,
    pub talk_on: Option<Date>,
    pub last_touch_on: Option<Date>,
    /// What made the step the next one, and when.
    pub after: Option<Kind>,
    pub after_on: Option<Date>,
    /// The talk is held in writing.
    pub in_writing: bool,
    /// Who can introduce them.
    pub introducer: Option<String>,
    #[serde(default)]
    pub days_late: i32,
    pub interview: Option<InterviewId>,
    /// When the talk that is scheduled ends.
    pub talk_ends: Option<Timestamp>,
    pub insights: i64,
    pub promises: i64,
    pub occasion_on: Option<Date>,
    pub occasion_kind: Option<DateKind>,
    pub occasion_word: Option<String>,
}

/// Puts the day's lines in order: the late ones first, and among them what loses most by waiting. `others` are lines made already.
pub fn agenda(
    steps: Vec<StepRow>,
    promises: Vec<PromiseRow>,
    referrals: Vec<ReferralRow>,
    tasks: Vec<TaskRow>,
    others: Vec<Item>,
    cadence: &Cadence,
    (now, today): (Timestamp, Date),
) -> Vec<Item> {
    let mut items: Vec<Item> = steps
        .into_iter()
        .map(|row| step_item(row, cadence, (now, today)))
        .chain(promises.into_iter().map(promise_item))
        .chain(referrals.into_iter().map(referral_item))
        .chain(tasks.into_iter().map(task_item))
        .chain(others)
        .collect();
    items.sort_by(|a, b| (b.is_late(), a.worth, a.due, &a.name).cmp(&(a.is_late(), b.worth, b.due, &b.name)));
    items
}

fn step_item(row: StepRow, cadence: &Cadence, (now, today): (Timestamp, Date)) -> Item {
    let next = Next { step: row.step, due: Some(row.due) }.on(row.turns_on, today);
    let due = next.due.unwrap_or(row.due);
    let talk = row.interview.map_or_else(|| format!("/contacts/{}", row.id), |id| format!("/interviews/{id}"));
    let contact = format!("/contacts/{}", row.id);
    let is_over = due < today || row.talk_ends.is_some_and(|ends| ends <= now);
    // Whoever would rather not introduce them is asked no more.
    let introducer = row.introducer.as_deref().filter(|_| row.after != Some(Kind::IntroductionDeclined));
    let (verb, go, href, minutes, worth) = match next.step {
        Step::Thank => ("Thank", "Read and send", contact, 5, 0),
        Step::Hold if row.in_writing && due < today => ("Did they answer:", "Say how", format!("{talk}/wrap-up"), 5, 1),
        Step::Hold if row.in_writing => ("Read the answers of", "Open", format!("{talk}/live"), 10, 1),
        Step::Prepare if row.in_writing => ("Send your questions to", "Prepare", format!("{talk}/prepare"), 10, 2),
        Step::Hold if is_over => ("How did it go with", "Say how", format!("{talk}/wrap-up"), 5, 1),
        Step::Hold => ("Talk with", "Open", format!("{talk}/live"), 20, 1),
        Step::Prepare => ("Prepare the talk with", "Prepare", format!("{talk}/prepare"), 10, 2),
        Step::SetTime => ("Agree on a time with", "Set", contact, 4, 3),
        Step::AskForTalk => ("Ask for a talk:", "Write", contact, 4, 4),
        Step::FollowUp => ("Follow up with", "Write", contact, 3, 5),
        Step::FollowUpAgain => ("Second follow-up to", "Write", contact, 3, 5),
        Step::SendMovingOnNote => ("Moving-on note to", "Write", contact, 2, 6),
        Step::Request if introducer.is_some() => ("Ask for an introduction to", "Write", contact, 4, 7),
        Step::Request => ("Send a request to", "Write", contact, 4, 7),
        Step::AskSecondPerson => ("Ask someone else besides", "See who", contact, 4, 7),
        Step::TryAnotherWay => ("Another way to", "Decide", contact, 3, 8),
        Step::Write => ("Write to", "Write", contact, 4, 9),
    };
    // A talk is held on its page, and a time is agreed on there: one press could not say how.
    let done_as = match next.step {
        Step::Hold | Step::SetTime | Step::TryAnotherWay => None,
        Step::Request if introducer.is_some() => None,
        step => step.done_as().map(|kind| kind.as_str()),
    };
    Item {
        verb,
        line: why(&row, next, introducer, today),
        name: row.name,
        href,
        go,
        due,
        days_late: row.days_late,
        minutes,
        action: Action::Contact {
            id: row.id,
            done_as,
            dismissable: next.step.is_dismissable(),
            answers: Answers::at(next.step, cadence, today),
        },
        worth,
    }
}

/// Why the step is due, and who they are, in words.
fn why(row: &StepRow, next: Next, introducer: Option<&str>, today: Date) -> String {
    let occasion = row.occasion_on.zip(row.occasion_kind);
    let why = Why {
        next,
        after: row.after.zip(row.after_on),
        requested_on: row.requested_on,
        asked_on: row.asked_on,
        talk_on: row.talk_on,
        last_touch_on: row.last_touch_on,
        in_writing: row.in_writing,
        there: row.employer.as_deref(),
        introducer,
        occasion: occasion.map(|(on, kind)| occasion_in_words(kind, row.occasion_word.as_deref(), on, today)),
    };
    let draft = (next.step == Step::Thank && row.insights + row.promises > 0).then(|| {
        let insights = words::count(row.insights, "insight", "insights");
        let promises = words::count(row.promises, "action item", "action items");
        format!("The draft is made from {insights} and {promises}.")
    });
    let at = match (row.job_title.as_deref(), row.employer.as_deref()) {
        (Some(title), Some(employer)) => Some(format!("{title} at {employer}")),
        (Some(text), None) | (None, Some(text)) => Some(text.to_owned()),
        (None, None) => None,
    };
    let at = at.map(|at| ended(&at));
    [why.happened(today), draft, at].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use jiff::civil::date;

    /// Noon of a day.
    fn at(day: Date) -> (Timestamp, Date) {
        (day.at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp(), day)
    }

    fn step(name: &str, step: Step, due: Date) -> StepRow {
        StepRow {
            id: ContactId::new(),
            name: name.into(),
            job_title: Some("Analyst".into()),
            employer: Some("Acme".into()),
            step,
            due,
            turns_on: None,
            requested_on: None,
            asked_on: Some(date(2026, 11, 11)),
            talk_on: None,
            last_touch_on: None,
            after: None,
            after_on: None,
            in_writing: false,
            introducer: None,
            days_late: 0,
            interview: None,
            talk_ends: None,
            insights: 0,
            promises: 0,
            occasion_on: None,
            occasion_kind: None,
            occasion_word: None,
        }
    }

    #[test]
    fn late_lines_come_first_and_thanks_before_requests() {
        let today = date(2026, 11, 24);
        let rows = vec![
            step("due request", Step::Request, today),
            StepRow { days_late: 2, ..step("late request", Step::Request, date(2026, 11, 20)) },
            step("due thanks", Step::Thank, today),
            StepRow { days_late: 1, ..step("late thanks", Step::Thank, date(2026, 11, 19)) },
        ];
        let names: Vec<_> = agenda(rows, vec![], vec![], vec![], vec![], &Cadence::default(), at(today))
            .into_iter()
            .map(|item| item.name)
            .collect();
        assert_eq!(names, ["late thanks", "late request", "due thanks", "due request"]);
    }

    #[test]
    fn a_line_says_what_happened_and_who_it_is() {
        let today = date(2026, 11, 24);
        let item = step_item(step("Alan Turing", Step::FollowUpAgain, today), &Cadence::default(), at(today));
        assert_eq!(item.line, "You asked for a talk on 11 November, and there is no answer yet. Analyst at Acme.");
    }

    #[test]
    fn a_date_of_theirs_is_the_reason_to_write() {
        let today = date(2026, 11, 24);
        let birthday = StepRow {
            occasion_on: Some(date(2026, 11, 26)),
            occasion_kind: Some(DateKind::Birthday),
            ..step("Grace Hopper", Step::Write, today)
        };
        let item = step_item(birthday, &Cadence::default(), at(today));
        assert_eq!(item.line, "Birthday on Thursday. Analyst at Acme.");
        assert!(matches!(item.action, Action::Contact { answers: None, .. }));
        let asked = step_item(step("Alan Turing", Step::FollowUp, today), &Cadence::default(), at(today));
        assert!(matches!(asked.action, Action::Contact { answers: Some(_), .. }));
    }

    #[test]
    fn preparing_turns_into_holding_on_the_day_of_the_talk() {
        let today = date(2026, 11, 24);
        let row = StepRow { turns_on: Some(today), ..step("Grace Hopper", Step::Prepare, date(2026, 11, 23)) };
        let item = step_item(row, &Cadence::default(), at(today));
        assert_eq!((item.verb, item.is_late()), ("Talk with", false));
    }

    #[test]
    fn a_talk_that_is_over_is_asked_about_at_once() {
        let today = date(2026, 11, 24);
        let (noon, _) = at(today);
        for (ends, verb) in [(noon, "How did it go with"), (noon + SignedDuration::from_mins(1), "Talk with")] {
            let row = StepRow { talk_ends: Some(ends), ..step("Grace Hopper", Step::Hold, today) };
            let item = step_item(row, &Cadence::default(), at(today));
            assert_eq!((item.verb, item.is_late()), (verb, false));
        }
    }
}
