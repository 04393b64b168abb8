//! Goals, intervals, the weekend and the networks' limits, as typed and as meant.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::days_off::Stretch;
use crate::accounts::preferences::{Goals, Preferences};
use crate::accounts::settings::whole;
use crate::error::Result;
use crate::playbook::business_days::{Day, WeekStart, Weekend};
use crate::text::{Line, upper_first};
use crate::web::form::Errors;
use crate::web::words;

/// The form as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PaceForm {
    pub version: i32,
    pub goal_companies: String,
    pub goal_requests: String,
    pub goal_talks: String,
    pub second_person_days: String,
    pub other_way_days: String,
    pub follow_up_days: String,
    pub second_follow_up_days: String,
    pub moving_on_days: String,
    pub thank_you_days: String,
    pub referral_reminder_days: String,
    pub rhythm_days: String,
    pub week_begins: String,
    pub weekend: Vec<String>,
    pub note_limit: String,
    pub requests_a_week: String,
    pub notes_a_month: String,
}

impl PaceForm {
    /// The form that shows these preferences.
    pub fn of(preferences: &Preferences, version: i32) -> Self {
        let (goals, cadence) = (&preferences.goals, &preferences.cadence);
        Self {
            version,
            goal_companies: goals.companies.to_string(),
            goal_requests: goals.requests_a_week.to_string(),
            goal_talks: goals.talks_a_week.to_string(),
            second_person_days: cadence.second_person_days.to_string(),
            other_way_days: cadence.other_way_days.to_string(),
            follow_up_days: cadence.follow_up_days.to_string(),
            second_follow_up_days: cadence.second_follow_up_days.to_string(),
            moving_on_days: cadence.moving_on_days.to_string(),
            thank_you_days: cadence.thank_you_days.to_string(),
            referral_reminder_days: cadence.referral_reminder_days.to_string(),
            rhythm_days: cadence.rhythm_days.to_string(),
            week_begins: cadence.week_begins.to_string(),
            weekend: cadence.weekend.days().map(|day| day.to_string()).collect(),
            note_limit: preferences.note_limit.to_string(),
            requests_a_week: preferences.requests_a_week.to_string(),
            notes_a_month: preferences.notes_a_month.to_string(),
        }
    }

    /// Puts what the form means into the preferences; with errors, they stay as they were.
    ///
    /// # Errors
    /// By field.
    pub fn apply(&self, to: &mut Preferences) -> Result<(), Errors> {
        let mut errors = Errors::default();
        let mut changed = to.clone();
        let mut number = |field, typed: &str, range| errors.take(field, whole(typed, range)).unwrap_or_default();
        changed.goals = Goals {
            companies: number("goal_companies", &self.goal_companies, 1..=1000),
            requests_a_week: number("goal_requests", &self.goal_requests, 1..=200),
            talks_a_week: number("goal_talks", &self.goal_talks, 1..=50),
        };
        let cadence = &mut changed.cadence;
        for (field, typed, days) in [
            ("second_person_days", &self.second_person_days, &mut cadence.second_person_days),
            ("other_way_days", &self.other_way_days, &mut cadence.other_way_days),
            ("follow_up_days", &self.follow_up_days, &mut cadence.follow_up_days),
            ("second_follow_up_days", &self.second_follow_up_days, &mut cadence.second_follow_up_days),
            ("moving_on_days", &self.moving_on_days, &mut cadence.moving_on_days),
            ("thank_you_days", &self.thank_you_days, &mut cadence.thank_you_days),
            ("referral_reminder_days", &self.referral_reminder_days, &mut cadence.referral_reminder_days),
        ] {
            if let Some(parsed) = errors.take(field, typed.parse().map_err(in_words)) {
                *days = parsed;
            }
        }
        if cadence.other_way_days < cadence.second_person_days && errors.get("other_way_days").is_none() {
            errors.add("other_way_days", "Another way comes after asking someone else: at least as many days");
        }
        if let Some(rhythm) = errors.take("rhythm_days", self.rhythm_days.parse().map_err(in_words)) {
            cadence.rhythm_days = rhythm;
        }
        if let Some(begins) =
            errors.take("week_begins", self.week_begins.parse().map_err(|_| "Choose a day of the list"))
        {
            cadence.week_begins = begins;
        }
        let days: Result<Vec<Day>, _> = self.weekend.iter().map(|day| day.parse()).collect();
        let weekend = match days {
            Ok(days) => Weekend::new(days).map_err(in_words),
            Err(_) => Err("Choose days from the list".to_owned()),
        };
        if let Some(weekend) = errors.take("weekend", weekend) {
            cadence.weekend = weekend;
        }
        let mut number = |field, typed: &str, range| errors.take(field, whole(typed, range)).unwrap_or_default();
        changed.note_limit = number("note_limit", &self.note_limit, 50..=1000);
        changed.requests_a_week = number("requests_a_week", &self.requests_a_week, 1..=1000);
        changed.notes_a_month = number("notes_a_month", &self.notes_a_month, 0..=1000);
        if errors.is_empty() {
            *to = changed;
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// Every field's label and value, for two savings to be compared.
    pub fn texts(self) -> [(&'static str, String); 16] {
        let weekend: Vec<String> =
            self.weekend.iter().filter_map(|day| day.parse::<Day>().ok()).map(|day| day.label().to_owned()).collect();
        let begins: Option<WeekStart> = self.week_begins.parse().ok();
        let begins = begins.map_or(self.week_begins, |begins| begins.label().into());
        [
            ("Companies on the list", self.goal_companies),
            ("Requests a week", self.goal_requests),
            ("Talks a week", self.goal_talks),
            ("Ask someone else", self.second_person_days),
            ("Try another way", self.other_way_days),
            ("First follow-up", self.follow_up_days),
            ("Second follow-up", self.second_follow_up_days),
            ("Moving-on note", self.moving_on_days),
            ("Thank-you", self.thank_you_days),
            ("Referral reminder", self.referral_reminder_days),
            ("Stay in touch every", self.rhythm_days),
            ("Weeks begin on", begins),
            ("Weekend", words::list(&weekend)),
            ("Characters in a note", self.note_limit),
            ("Most requests in a week", self.requests_a_week),
            ("Most notes in a month", self.notes_a_month),
        ]
    }
}

/// A problem of the playbook as a sentence beside its field.
fn in_words(problem: impl ToString) -> String {
    upper_first(&problem.to_string())
}

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AwayForm {
    pub from: String,
    pub to: String,
    pub word: String,
}

impl AwayForm {
    /// An empty form.
    pub fn fresh(today: Date) -> Self {
        Self { from: today.tomorrow().unwrap_or(today).to_string(), ..Self::default() }
    }

    /// A stretch that begins on `earliest` or later.
    pub fn parse(&self, earliest: Date) -> Result<(Date, Date, String), Errors> {
        let mut errors = Errors::default();
        let from = errors.optional_date("from", &self.from);
        if from.is_none() && errors.get("from").is_none() {
            errors.add("from", "Choose your first day away");
        }
        if from.is_some_and(|from| from < earliest || from > earliest.saturating_add(3.years())) {
            errors.add("from", "A day from today on, within the next years");
        }
        let to = errors.optional_date("to", &self.to);
        if to.is_none() && errors.get("to").is_none() {
            errors.add("to", "Choose your last day away");
        }
        if let (Some(from), Some(to)) = (from, to)
            && Stretch::new(from, to, 1).is_err()
        {
            errors.add("to", "Not before the first day, and at most 400 days later");
        }
        let word = errors.take("word", Line::<200>::parse_optional(&self.word)).flatten();
        errors.give(|| Some((from?, to?, word.map(|word| word.as_str().to_owned()).unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> PaceForm {
        PaceForm::of(&Preferences::default(), 1)
    }

    fn faults(form: &PaceForm) -> Vec<&'static str> {
        let mut preferences = Preferences::default();
        let errors = form.apply(&mut preferences).unwrap_err();
        assert_eq!(preferences, Preferences::default(), "nothing is half changed");
        errors.iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn the_defaults_are_valid_and_stay_what_they_are() {
        let mut preferences = Preferences::default();
        form().apply(&mut preferences).unwrap();
        assert_eq!(preferences, Preferences::default());
    }

    #[test]
    fn each_field_has_its_range() {
        let zero = "0".to_owned();
        let wrong = PaceForm {
            goal_companies: zero.clone(),
            goal_requests: "-3".into(),
            goal_talks: "51".into(),
            follow_up_days: "61".into(),
            moving_on_days: "soon".into(),
            rhythm_days: zero,
            note_limit: "49".into(),
            notes_a_month: String::new(),
            ..form()
        };
        assert_eq!(
            faults(&wrong),
            [
                "goal_companies",
                "goal_requests",
                "goal_talks",
                "follow_up_days",
                "moving_on_days",
                "rhythm_days",
                "note_limit",
                "notes_a_month"
            ]
        );
    }

    #[test]
    fn weeks_begin_on_one_of_three_days() {
        let mut preferences = Preferences::default();
        PaceForm { week_begins: "sunday".into(), ..form() }.apply(&mut preferences).unwrap();
        assert_eq!(preferences.cadence.week_begins, WeekStart::Sunday);
        assert_eq!(faults(&PaceForm { week_begins: "tuesday".into(), ..form() }), ["week_begins"]);
    }

    #[test]
    fn a_week_keeps_a_working_day() {
        let week: Vec<String> = Day::ALL.iter().map(|day| day.to_string()).collect();
        assert_eq!(faults(&PaceForm { weekend: week, ..form() }), ["weekend"]);
        assert_eq!(faults(&PaceForm { weekend: vec!["someday".into()], ..form() }), ["weekend"]);
        let mut preferences = Preferences::default();
        PaceForm { weekend: Vec::new(), ..form() }.apply(&mut preferences).unwrap();
        assert_eq!(preferences.cadence.weekend.working_days(), 7);
    }

    #[test]
    fn another_way_does_not_come_before_the_second_person() {
        assert_eq!(faults(&PaceForm { second_person_days: "8".into(), ..form() }), ["other_way_days"]);
    }

    #[test]
    fn what_the_playbook_refuses_is_said_as_a_sentence() {
        let errors = PaceForm { thank_you_days: "0".into(), ..form() }.apply(&mut Preferences::default()).unwrap_err();
        assert_eq!(errors.get("thank_you_days"), Some("Between 1 and 60 days"));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_shown_as_it_was_typed(
            days in prop::collection::vec(0u16..70, 7), rhythm in 0u16..800, note in 0u16..1100, companies in 0u16..1100, week in 0u8..128,
        ) {
            let day = |at: usize| days[at].to_string();
            let weekend = Day::ALL.iter().enumerate().filter(|(at, _)| week & (1 << at) != 0).map(|(_, day)| day.to_string());
            let typed = PaceForm {
                second_person_days: day(0), other_way_days: day(1), follow_up_days: day(2), second_follow_up_days: day(3),
                moving_on_days: day(4), thank_you_days: day(5), referral_reminder_days: day(6), rhythm_days: rhythm.to_string(),
                note_limit: note.to_string(), goal_companies: companies.to_string(), weekend: weekend.collect(), ..form()
            };
            let mut preferences = Preferences::default();
            let possible = days.iter().all(|d| (1..=60).contains(d)) && days[1] >= days[0] && (1..=730).contains(&rhythm)
                && (50..=1000).contains(&note) && (1..=1000).contains(&companies) && week != 127;
            prop_assert_eq!(typed.apply(&mut preferences).is_ok(), possible);
            if possible {
                prop_assert_eq!(PaceForm::of(&preferences, 1), typed);
            }
        }
    }
}
