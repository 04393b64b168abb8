//! What a change of settings moved to other days, and how it is told.

use jiff::civil::Date;

use super::replan::{Move, MoveRow, Of};
use crate::contacts::record as contacts;
use crate::interviews::queries::away as promises;
use crate::playbook::{referral, step::Step};
use crate::referrals::queries::away as tasks;
use crate::referrals::record as referrals;
use crate::web::flash::Done;
use crate::web::words;

impl Move {
    /// A contact's next step.
    pub fn of_step(moved: contacts::Replanned) -> Self {
        let step = moved.step.map(|step| step.as_str().to_owned());
        Self { of: Of::Contact, id: moved.contact.0, step, was: moved.was, now: moved.now }
    }

    /// A referral's next step.
    pub fn of_referral(moved: referrals::Replanned) -> Self {
        let step = Some(moved.step.as_str().to_owned());
        Self { of: Of::Referral, id: moved.referral.0, step, was: moved.was, now: moved.now }
    }

    /// A promise.
    pub fn of_promise(moved: promises::Moved) -> Self {
        let (was, now) = (moved.was.map(|day| day.0), moved.now.map(|day| day.0));
        Self { of: Of::Promise, id: moved.id.0, step: None, was, now }
    }

    /// A task.
    pub fn of_task(moved: tasks::Moved) -> Self {
        let (was, now) = (moved.was.map(|day| day.0), moved.now.map(|day| day.0));
        Self { of: Of::Task, id: moved.id.0, step: None, was, now }
    }
}

/// How much moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Next steps, promises and tasks.
    pub count: usize,
}

impl Moved {
    /// 'Saved. 3 next steps moved to other days.'
    pub fn said(self, saved: &str) -> String {
        match self.count {
            0 => saved.to_owned(),
            n => format!("{saved} {} moved to other days.", words::count(n as i64, "next step", "next steps")),
        }
    }

    /// To `here`, or to the page that names what moved.
    pub fn done(self, here: &str, saved: &str) -> Done {
        let to = if self.count == 0 { here } else { HERE };
        Done::to(to).saying(self.said(saved))
    }
}

impl MoveRow {
    /// The page where it is.
    pub fn href(&self) -> String {
        match self.referral {
            Some(id) => format!("/referrals/{id}"),
            None => format!("/contacts/{}", self.contact),
        }
    }

    /// 'follow up', 'you promised: send the article'.
    pub fn what(&self) -> String {
        let step = self.step.as_deref().unwrap_or_default();
        let label = match self.of {
            Of::Contact => step.parse::<Step>().map(Step::label).unwrap_or_default(),
            Of::Referral => {
                step.parse::<referral::ReferralStep>().map(referral::ReferralStep::label).unwrap_or_default()
            }
            Of::Promise => return format!("you promised: {}", self.text.as_deref().unwrap_or_default()),
            Of::Task => return format!("for the referral: {}", self.text.as_deref().unwrap_or_default()),
        };
        let mut letters = label.chars();
        letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
    }

    /// 'from Thursday to Friday'.
    pub fn days(&self, today: Date) -> String {
        // Both days are told alike: by name within the week, else by date.
        let near = |day: Date| (-1..=6).contains(&words::days_between(today, day));
        let both = [self.was, self.now].into_iter().flatten().all(near);
        let said = |day: Date| if both { words::day(day, today) } else { words::full_day(day, today) };
        match (self.was, self.now) {
            // A shorter wait, or an eve before leaving: the day has gone by, so the step is due at once.
            (Some(was), Some(now)) if now < today && was >= today => {
                format!("from {} to now: its day was {}", words::day(was, today), words::full_day(now, today))
            }
            (Some(was), Some(now)) => format!("from {} to {}", said(was), said(now)),
            (None, Some(now)) => format!("now on {}", words::full_day(now, today)),
            (Some(was), None) => format!("was due on {}, not planned now", words::full_day(was, today)),
            (None, None) => "not planned now".into(),
        }
    }
}

/// What moved, as a page tells it: the first ten, those behind a fold, and how many are not named.
#[derive(Debug, Default)]
pub struct Told {
    /// Shown at once.
    pub first: Vec<MoveRow>,
    /// Folded.
    pub rest: Vec<MoveRow>,
    /// Counted only.
    pub unnamed: i64,
}

impl Told {
    /// How many stand at once on the page.
    const AT_ONCE: usize = 10;

    /// Splits the rows; `moved` is how many there were.
    pub fn new(mut rows: Vec<MoveRow>, moved: i64) -> Self {
        let unnamed = (moved - rows.len() as i64).max(0);
        let rest = if rows.len() > Self::AT_ONCE { rows.split_off(Self::AT_ONCE) } else { Vec::new() };
        Self { first: rows, rest, unnamed }
    }
}

/// Where it is.
pub const HERE: &str = "/settings/changes";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContactId;
    use jiff::civil::date;

    fn row(was: Option<Date>, now: Option<Date>) -> MoveRow {
        let step = Some("follow_up".to_owned());
        let (contact, name) = (ContactId::new(), "Kate Novak".to_owned());
        MoveRow { of: Of::Contact, contact, referral: None, name, step, text: None, was, now }
    }

    #[test]
    fn a_move_is_told_by_both_days_alike() {
        let (today, day) = (date(2026, 11, 24), |day| Some(date(2026, 11, day)));
        assert_eq!(row(day(26), day(27)).what(), "follow up");
        for (was, now, said) in [
            (day(26), day(27), "from Thursday to Friday"),
            (day(24), day(25), "from today to tomorrow"),
            (day(27), Some(date(2026, 12, 8)), "from Friday 27 November to Tuesday 8 December"),
            (day(25), day(20), "from tomorrow to now: its day was Friday 20 November"),
            (day(19), day(20), "from Thursday 19 November to Friday 20 November"),
            (None, day(27), "now on Friday 27 November"),
            (day(27), None, "was due on Friday 27 November, not planned now"),
        ] {
            assert_eq!(row(was, now).days(today), said);
        }
    }

    #[test]
    fn ten_are_told_at_once_and_the_rest_is_folded_or_counted() {
        let rows = |n: usize| (0..n).map(|_| row(None, None)).collect::<Vec<_>>();
        let told = Told::new(rows(12), 15);
        assert_eq!((told.first.len(), told.rest.len(), told.unnamed), (10, 2, 3));
        let told = Told::new(rows(3), 3);
        assert_eq!((told.first.len(), told.rest.len(), told.unnamed), (3, 0, 0));
    }
}
