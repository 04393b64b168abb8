//! What a person set for their search: roles, goals, intervals, limits. Kept in one column, read with every page.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::OpeningId;
use crate::playbook::away::Away;
use crate::playbook::cadence::Cadence;
use crate::playbook::due::Rules;
use crate::web::list::SavedView;

/// Everything a person may set about the search. A setting not yet stored has its default, so a new one needs no migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Job titles aimed at; they fill search links and messages.
    pub target_roles: Vec<String>,
    /// Places, or 'remote', that are acceptable.
    pub places: Vec<String>,
    /// Industries of interest.
    pub industries: Vec<String>,
    /// Schools attended: what may be shared with a stranger.
    pub schools: Vec<String>,
    /// Employers before: what may be shared with a stranger.
    pub former_employers: Vec<String>,
    /// One sentence on who is writing, for messages.
    pub about_me: String,
    /// Where the resume can be read; empty if nowhere.
    pub resume_url: String,
    /// What a good week and a long enough list are.
    pub goals: Goals,
    /// Intervals, weekend and holidays.
    pub cadence: Cadence,
    /// Characters a connection note may have (LinkedIn: 200 free, 300 paid).
    pub note_limit: u16,
    /// Most connection requests in a week.
    pub requests_a_week: u16,
    /// Most notes in a month (LinkedIn's own help says 5 for free accounts).
    pub notes_a_month: u16,
    /// Minutes a talk is asked for.
    pub talk_minutes: u16,
    /// Months without a touch after which a contact goes to the bin; never if none.
    pub let_go_after_months: Option<u16>,
    /// First steps the person skipped.
    pub skipped_first_steps: Vec<String>,
    /// When the person is away, in order; what is over is forgotten with the next change.
    pub aways: Vec<Away>,
    /// The day the search ended, if it has.
    pub search_ended_on: Option<Date>,
    /// The opening that ended it.
    pub search_ended_with: Option<OpeningId>,
    /// What ended it, as a sentence for the messages to everyone who helped.
    pub search_news: String,
    /// The day whose rest was put away until the next.
    pub done_for_today: Option<Date>,
    /// The Monday of the last week looked back on.
    pub week_reviewed: Option<Date>,
    /// Ways to look at a list, in the order they were saved.
    pub views: Vec<SavedView>,
}

impl Preferences {
    /// The user's school, where they went to one alone: which of several somebody shares is not known.
    pub fn only_school(&self) -> Option<&str> {
        only(&self.schools)
    }

    /// The user's former employer, where they had one alone.
    pub fn only_former_employer(&self) -> Option<&str> {
        only(&self.former_employers)
    }

    /// The stretch in which that day lies, if the person is away then.
    pub fn away_on(&self, day: Date) -> Option<&Away> {
        self.aways.iter().find(|away| away.contains(day))
    }

    /// Whether nothing is due to them: they are away, or done for the day.
    pub fn rests_on(&self, day: Date) -> bool {
        self.done_for_today == Some(day) || self.away_on(day).is_some()
    }

    /// The settings that decide what is due.
    pub fn due_rules(&self) -> Rules<'_> {
        Rules { cadence: &self.cadence, requests_a_week: self.requests_a_week }
    }

    /// Whether the search is over.
    pub fn is_search_over(&self) -> bool {
        self.search_ended_on.is_some()
    }
}

fn only(names: &[String]) -> Option<&str> {
    match names {
        [name] => Some(name),
        _ => None,
    }
}

/// Goals shown with their progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goals {
    /// Target companies on the list (the LAMP method asks for 40 to 50).
    pub companies: u16,
    /// Connection requests a week.
    pub requests_a_week: u16,
    /// Talks held a week.
    pub talks_a_week: u16,
}

impl Default for Goals {
    fn default() -> Self {
        Self { companies: 50, requests_a_week: 10, talks_a_week: 3 }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            target_roles: Vec::new(),
            places: Vec::new(),
            industries: Vec::new(),
            schools: Vec::new(),
            former_employers: Vec::new(),
            about_me: String::new(),
            resume_url: String::new(),
            goals: Goals::default(),
            cadence: Cadence::default(),
            note_limit: 200,
            requests_a_week: 100,
            notes_a_month: 5,
            talk_minutes: 15,
            let_go_after_months: None,
            skipped_first_steps: Vec::new(),
            aways: Vec::new(),
            search_ended_on: None,
            search_ended_with: None,
            search_news: String::new(),
            done_for_today: None,
            week_reviewed: None,
            views: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stored_has_its_default() {
        let read: Preferences =
            serde_json::from_str(r#"{"note_limit": 300, "goals": {"companies": 40}, "gone": 1}"#).unwrap();
        assert_eq!((read.note_limit, read.goals.companies, read.goals.talks_a_week), (300, 40, 3));
        assert_eq!(read.cadence, Cadence::default());
    }
}
