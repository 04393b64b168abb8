//! How many requests a week and notes a month are sent at most, what is left of them, and when the next is free.
//!
//! Weeks begin on the day the user chose, months on their first. What was sent counts on the civil date it was sent on, whoever it went to;
//! what was taken back does not.
//!
//! | ceiling | default | source |
//! |---|---|---|
//! | requests a week | 100 | what LinkedIn is reported to allow; it names no figure |
//! | notes a month | 5 | LinkedIn's help, for accounts that do not pay |
//!
//! Both are settings. A ceiling is the network's, not ours: it is said in time, and nothing is blocked.

use jiff::{ToSpan, civil::Date};

use super::cadence::Cadence;

/// A ceiling of so few is always worth saying: one more or less matters.
const FEW: u16 = 10;

/// A ceiling with what was used of it in the present week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// The most.
    most: u16,
    /// What was sent.
    used: i64,
    /// The day on which the next week or month begins.
    renewed_on: Date,
}

impl Ceiling {
    /// A ceiling for each week; this one began on that day.
    pub fn weekly(most: u16, used: i64, began_on: Date) -> Self {
        Self { most, used: used.max(0), renewed_on: began_on.saturating_add(7.days()) }
    }

    /// A ceiling for each month.
    pub fn monthly(most: u16, used: i64, today: Date) -> Self {
        Self { most, used: used.max(0), renewed_on: today.first_of_month().saturating_add(1.month()) }
    }

    /// The most.
    pub fn most(self) -> u16 {
        self.most
    }

    /// What was sent.
    pub fn used(self) -> i64 {
        self.used
    }

    /// How many more there may be.
    pub fn left(self) -> i64 {
        (i64::from(self.most) - self.used).max(0)
    }

    /// Whether there is none left.
    pub fn is_reached(self) -> bool {
        self.left() == 0
    }

    /// Whether four fifths are used.
    pub fn is_near(self) -> bool {
        self.used * 5 >= i64::from(self.most) * 4
    }

    /// Whether it is worth saying what is left: when it is near, and always where there are few.
    pub fn is_worth_saying(self) -> bool {
        self.is_near() || self.most <= FEW
    }

    /// The first business day on which one more may be sent; none where there are none ever.
    pub fn free_on(self, cadence: &Cadence, today: Date) -> Option<Date> {
        match self.left() {
            0 => self.renewed_on(cadence),
            _ => Some(cadence.on_or_after(today)),
        }
    }

    /// The day from which one could be sent, where this week or month, or the one before it with `used_before`, had none left;
    /// none where there always was one.
    pub fn free_since(self, used_before: i64, began_on: Date, cadence: &Cadence) -> Option<Date> {
        match (self.is_reached(), used_before >= i64::from(self.most)) {
            (true, _) => self.renewed_on(cadence),
            (false, true) => Some(cadence.on_or_after(began_on)),
            (false, false) => None,
        }
    }

    /// The first business day of the next week or month; none where there are none ever.
    pub fn renewed_on(self, cadence: &Cadence) -> Option<Date> {
        (self.most > 0).then(|| cadence.on_or_after(self.renewed_on))
    }
}
