//! The words and numbers of a target company.

use super::name::CompanyName;
use crate::address::WebAddress;
use crate::kinds::kinds;
use crate::playbook::{opening, referral, stage::Stage, step::Step};
use crate::text::{Line, Text};

kinds! {
    /// Whether the user still aims at a company.
    pub enum Status {
        Active = "active", "Active";
        Paused = "paused", "Paused";
        RuledOut = "ruled_out", "Ruled out";
    }
}

kinds! {
    /// How a company came onto the list.
    pub enum FoundBy {
        OwnIdea = "own_idea", "My own idea";
        JobBoard = "job_board", "A job board: it posted the role at some time";
        Contacts = "contacts", "Someone I know works there";
        Competitor = "competitor", "A competitor of one on the list";
        Area = "area", "It is in the area, or hires remotely";
        Coach = "coach", "A coach suggested it";
        Import = "import", "An import";
    }
}

/// How much the user wants to work there, 0 to 5 (the M of LAMP).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Motivation(i16);

impl Motivation {
    /// Reads a digit from 0 to 5.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|n| (0..=5).contains(n)).map(Self)
    }

    /// The number.
    pub fn get(self) -> i16 {
        self.0
    }
}

/// How close the company's postings are to the role, 0 to 3 (the P of LAMP).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting(i16);

impl Posting {
    /// The values with their words.
    pub const WORDS: [(i16, &'static str); 4] = [(0, "none"), (1, "adjacent"), (2, "relevant"), (3, "right now")];

    /// Reads a digit from 0 to 3.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|n| (0..=3).contains(n)).map(Self)
    }

    /// The number.
    pub fn get(self) -> i16 {
        self.0
    }
}

/// What the user sets of a company in one press.
pub struct Set {
    pub motivation: Motivation,
    pub posting: Posting,
    pub status: Status,
    /// Why it is paused or ruled out.
    pub reason: Option<Line<500>>,
}

/// The words of a stored posting.
pub fn posting_words(posting: i16) -> &'static str {
    Posting::WORDS.iter().find(|(value, _)| *value == posting).map_or("none", |(_, words)| words)
}

/// What is known of a company when it is asked where things stand there.
#[derive(Debug, Default)]
pub struct Facts<'a> {
    /// Contacts there who know the user already.
    pub advocates: i64,
    /// The name and stage of the contact who is furthest.
    pub furthest: Option<(&'a str, Stage)>,
    /// What is next with that contact.
    pub next_step: Option<Step>,
    /// The referral there that is furthest, and by whom.
    pub referral: Option<(&'a str, referral::Status)>,
    /// The opening there that is furthest.
    pub opening: Option<opening::Status>,
}

/// Where things stand at a company: a tone for the tag, the tag, and with whom.
#[derive(Debug, PartialEq, Eq)]
pub struct WhereItStands {
    /// `good`, `soon` or nothing.
    pub tone: &'static str,
    /// Two or three words.
    pub tag: &'static str,
    /// The person it is about, or how many; nothing where there is nobody.
    pub who: String,
}

/// Says where things stand, the furthest first: an application under way, a referral, then the people.
pub fn where_it_stands(facts: &Facts<'_>) -> WhereItStands {
    let say = |tone, tag, who: &str| WhereItStands { tone, tag, who: who.into() };
    if let Some(opening) = facts.opening.filter(|opening| is_under_way(*opening)) {
        let who = match facts.referral {
            Some((name, referral::Status::Made)) => format!("referred by {name}"),
            _ => String::new(),
        };
        return WhereItStands { tone: "good", tag: opening.label(), who };
    }
    match facts.referral {
        Some((name, referral::Status::Made)) => return say("good", "Referred", name),
        Some((name, referral::Status::Agreed)) => return say("good", "Referral agreed", name),
        Some((name, referral::Status::Asked)) => return say("soon", "Referral asked for", name),
        _ => {}
    }
    let Some((name, stage)) = facts.furthest else {
        return say("", "Find someone", "");
    };
    match (stage, facts.next_step) {
        (Stage::Scheduled, _) => say("good", "Talk set", name),
        (Stage::Spoke, _) => say("soon", "Thank", name),
        (Stage::InTouch, _) => say("good", "In touch", name),
        (Stage::Asked, _) => say("soon", "Talk asked for", name),
        (Stage::Connected, _) if facts.advocates > 1 => {
            let who = format!("you know {} people", facts.advocates);
            WhereItStands { tone: "good", tag: "Ask for a talk", who }
        }
        (Stage::Connected, _) => say("good", "Ask for a talk", name),
        (Stage::Requested, Some(Step::AskSecondPerson | Step::TryAnotherWay)) | (Stage::Requested, None) => {
            say("soon", "Request waits", name)
        }
        (Stage::Requested, _) => say("", "Requested", name),
        (Stage::Identified, _) => say("", "Send a request", name),
        (Stage::MovedOn | Stage::Declined, _) => say("", "Find someone else", ""),
    }
}

fn is_under_way(opening: opening::Status) -> bool {
    use opening::Status::{Accepted, Interviewing, Offer, Screening};
    matches!(opening, Screening | Interviewing | Offer | Accepted)
}

/// What the form means.
pub struct Edited {
    pub name: CompanyName,
    pub website: Option<WebAddress>,
    pub careers_url: Option<WebAddress>,
    pub linkedin_id: Option<String>,
    pub industry: Option<Line<200>>,
    pub place: Option<Line<200>>,
    pub notes: Option<Text<20_000>>,
    pub found_by: FoundBy,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_outside_their_range_are_refused() {
        assert_eq!(Motivation::parse("5").map(Motivation::get), Some(5));
        assert_eq!(Motivation::parse("6"), None);
        assert_eq!(Motivation::parse("-1"), None);
        assert_eq!(Posting::parse("4"), None);
        assert_eq!(posting_words(3), "right now");
    }

    #[test]
    fn the_furthest_thing_is_said_first() {
        let nobody = where_it_stands(&Facts::default());
        assert_eq!((nobody.tag, nobody.tone), ("Find someone", ""), "which is no alarm");
        let referred = where_it_stands(&Facts {
            furthest: Some(("Radia Perlman", Stage::InTouch)),
            referral: Some(("Radia Perlman", referral::Status::Made)),
            opening: Some(opening::Status::Screening),
            ..Facts::default()
        });
        assert_eq!((referred.tag, referred.who.as_str()), ("Screening", "referred by Radia Perlman"));
    }
}
