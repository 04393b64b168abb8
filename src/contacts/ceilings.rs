//! What is left of this week's requests and this month's notes, in words.

use jiff::civil::Date;

use crate::accounts::preferences::Preferences;
use crate::playbook::cadence::Cadence;
use crate::playbook::ceiling::Ceiling;
use crate::web::words;

/// Both ceilings with what was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceilings {
    /// Requests and pleas for an introduction, a week.
    pub requests: Ceiling,
    /// Those of them with a note, a month.
    pub notes: Ceiling,
}

impl Ceilings {
    /// The user's ceilings, given what was sent in the week and month of `today`.
    pub fn new(preferences: &Preferences, requests_this_week: i64, notes_this_month: i64, today: Date) -> Self {
        Self {
            requests: Ceiling::weekly(
                preferences.requests_a_week,
                requests_this_week,
                preferences.cadence.week_of(today),
            ),
            notes: Ceiling::monthly(preferences.notes_a_month, notes_this_month, today),
        }
    }

    /// What is worth saying of both: 'All 100 requests of this week are sent.', '3 of 5 notes this month are left.'
    pub fn lines(&self, cadence: &Cadence, today: Date) -> Vec<String> {
        [self.requests_line(cadence, today), self.notes_line(cadence, today)].into_iter().flatten().collect()
    }

    /// What is worth saying of the requests: when they are free again, or how many are left once it is nearly reached.
    pub fn requests_line(&self, cadence: &Cadence, today: Date) -> Option<String> {
        let most = self.requests.most();
        if self.requests.is_reached() {
            let again = self.requests.free_on(cadence, today)?;
            return Some(format!("{} The next is free {}.", all(most, "request", "week", "sent"), on(again, today)));
        }
        self.requests.is_worth_saying().then(|| left(self.requests, "request", "week"))
    }

    /// What is worth saying of the notes.
    pub fn notes_line(&self, cadence: &Cadence, today: Date) -> Option<String> {
        let most = self.notes.most();
        if self.notes.is_reached() {
            return Some(match self.notes.free_on(cadence, today) {
                Some(again) => format!("{} More are free {}.", all(most, "note", "month", "used"), on(again, today)),
                None => "Your settings allow no notes.".into(),
            });
        }
        self.notes.is_worth_saying().then(|| left(self.notes, "note", "month"))
    }
}

/// 'All 5 notes of this month are used.'
fn all(most: u16, what: &str, span: &str, done: &str) -> String {
    match most {
        1 => format!("The one {what} of this {span} is {done}."),
        most => format!("All {most} {what}s of this {span} are {done}."),
    }
}

/// '3 of 5 notes this month are left.'
fn left(ceiling: Ceiling, what: &str, span: &str) -> String {
    let verb = if ceiling.left() == 1 { "is" } else { "are" };
    let many = if ceiling.most() == 1 { "" } else { "s" };
    format!("{} of {} {what}{many} this {span} {verb} left.", ceiling.left(), ceiling.most())
}

/// 'tomorrow', 'on Monday', 'on 1 December'.
pub fn on(date: Date, today: Date) -> String {
    match words::days_between(today, date) {
        0..=1 => words::day(date, today),
        _ => format!("on {}", words::day(date, today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn lines(requests: i64, notes: i64) -> Vec<String> {
        let today = date(2026, 11, 24);
        Ceilings::new(&Preferences::default(), requests, notes, today).lines(&Cadence::default(), today)
    }

    #[test]
    fn few_notes_are_always_said_and_requests_from_four_fifths_on() {
        assert_eq!(lines(79, 2), ["3 of 5 notes this month are left."]);
        assert_eq!(lines(80, 4), ["20 of 100 requests this week are left.", "1 of 5 notes this month is left."]);
    }

    #[test]
    fn what_is_used_up_says_when_it_is_free_again() {
        assert_eq!(
            lines(100, 5),
            [
                "All 100 requests of this week are sent. The next is free on Monday.",
                "All 5 notes of this month are used. More are free on 1 December."
            ]
        );
    }

    #[test]
    fn no_notes_at_all_are_never_free() {
        let today = date(2026, 11, 24);
        let preferences = Preferences { notes_a_month: 0, requests_a_week: 1, ..Preferences::default() };
        let ceilings = Ceilings::new(&preferences, 1, 0, today);
        assert_eq!(
            ceilings.lines(&Cadence::default(), today),
            ["The one request of this week is sent. The next is free on Monday.", "Your settings allow no notes."]
        );
    }
}
