//! The words of an opening.

use jiff::civil::Date;

use crate::address::WebAddress;
use crate::kinds::kinds;
use crate::playbook::opening::Status;
use crate::text::{Line, Text};

kinds! {
    /// How the user knows of an opening.
    pub enum Source {
        /// Anyone can read it.
        Posted = "posted", "Posted";
        /// Someone there told of it.
        Inside = "inside", "Known from inside";
    }
}

/// What a person writes down about an opening.
pub struct Described {
    pub title: Line<200>,
    pub source: Source,
    pub url: Option<WebAddress>,
    /// What the company calls it, as its own forms ask for it.
    pub role_number: Option<Line<100>>,
    pub place: Option<Line<200>>,
    pub salary: Option<Line<200>>,
    /// The posting as it stood: postings vanish.
    pub posting_text: Option<Text<50_000>>,
    /// The day the user first saw or heard of it.
    pub seen_on: Date,
    pub notes: Option<Text<20_000>>,
    pub applied_on: Option<Date>,
    pub applied_how: Option<Line<500>>,
}

/// The tone of a status where it is shown as a tag.
pub fn tone(status: Status) -> &'static str {
    match status {
        Status::Screening | Status::Interviewing | Status::Offer | Status::Accepted => "good",
        Status::Applied => "soon",
        Status::Watching | Status::Rejected | Status::Withdrawn | Status::Closed => "",
    }
}

/// The statuses an opening may move to from here, the likeliest first. Any may follow any, because people correct mistakes.
pub fn moves(from: Status) -> Vec<Status> {
    let place = |status: Status| Status::ALL.iter().position(|s| *s == status);
    let (later, earlier): (Vec<_>, Vec<_>) =
        Status::ALL.iter().filter(|status| **status != from).partition(|status| place(**status) > place(from));
    later.into_iter().chain(earlier.into_iter().rev()).collect()
}

/// A next step, and the day it is due on if it has one.
pub struct Next {
    pub step: Line<300>,
    pub on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_status_is_a_move_away_and_the_next_one_comes_first() {
        for status in Status::ALL {
            let moves = moves(*status);
            assert_eq!(moves.len(), Status::ALL.len() - 1);
            assert!(!moves.contains(status));
        }
        assert_eq!(moves(Status::Watching)[0], Status::Applied);
        assert_eq!(moves(Status::Screening)[0], Status::Interviewing);
        assert_eq!(moves(Status::Closed)[0], Status::Withdrawn);
    }
}
