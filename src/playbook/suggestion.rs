//! Who to ask next: the people not asked yet, the most promising first, each with the reasons in words.
//!
//! # What counts, and how much
//!
//! | what | points |
//! |---|---|
//! | closeness to the target role | in the role 8, next to it 6, hiring manager 5, recruiter 2 |
//! | warmth | knows the user 8, can be introduced 6, same school 5, same former employer 4 |
//! | connected already | 6: no request is needed |
//! | a live profile | 2: the message will be seen |
//! | motivation for the company | 2 for each of its five steps |
//! | posting there | 1 for each of its three steps |
//! | others there who know the user | 1 each, 3 at most |
//! | coverage of the company | nobody asked yet 4, asked without a talk 3, talked 1, a referral 0 |
//!
//! The points only put people in order; the page says the reasons. More of anything never ranks lower, and no two people
//! rank the same: among equals whoever is known for longer comes first.
//!
//! # Where it comes from
//!
//! Motivation, posting and advocates are the LAMP list (Dalton, *The 2-Hour Job Search*), and so is asking people near the
//! role before recruiters. That shared schools and employers open doors is in the same book; that the less close of one's
//! acquaintances bring more jobs than the closest, in Rajkumar et al., *Science* 2022. The weights are our choice.

use std::cmp::Ordering;

use super::{
    approach::{Coverage, Peer},
    warmth::{Closeness, Warmth},
};

/// The motivation from which a company counts as one the user wants most.
const MUCH_WANTED: i16 = 4;

/// Said of whoever the user is connected with.
pub const CONNECTED: &str = "You are connected already";

/// Advocates beyond these make no difference.
const MOST_ADVOCATES: u16 = 3;

/// What is known of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Company<'a> {
    /// Its name.
    pub name: &'a str,
    /// How much the user wants to work there, 0 to 5.
    pub motivation: i16,
    /// How close its postings are to the role, 0 to 3.
    pub posting: i16,
    /// What was reached there.
    pub coverage: Coverage,
    /// How many others there know the user or share something with them.
    pub advocates: usize,
}

impl Company<'_> {
    fn points(&self) -> u16 {
        let within = |value: i16, most: i16| u16::try_from(value.clamp(0, most)).unwrap_or_default();
        let coverage = match self.coverage {
            Coverage::Nobody | Coverage::Found => 4,
            Coverage::Contacted => 3,
            Coverage::Talked => 1,
            Coverage::Referral => 0,
        };
        let advocates = u16::try_from(self.advocates).unwrap_or(MOST_ADVOCATES).min(MOST_ADVOCATES);
        2 * within(self.motivation, 5) + within(self.posting, 3) + advocates + coverage
    }
}

/// What the user may share with a stranger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shared<'a> {
    /// The user's school, where there is no other it could be.
    pub school: Option<&'a str>,
    /// The user's former employer, where there is no other it could be.
    pub employer: Option<&'a str>,
}

/// Someone who could be asked next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// Who.
    pub person: &'a Peer,
    /// Where they work, if that is a company on the list.
    pub company: Option<Company<'a>>,
}

impl Suggestion<'_> {
    /// The more, the sooner to be asked.
    pub fn points(&self) -> u16 {
        self.person.nearness().points() + self.company.map_or(0, |company| company.points())
    }

    /// Who is asked before whom: `Less` for the one to be asked first. `Equal` only for one and the same person.
    pub fn order(&self, other: &Self) -> Ordering {
        other.points().cmp(&self.points()).then_with(|| self.person.id.cmp(&other.person.id))
    }

    /// Why this person, in words, what speaks most for them first.
    pub fn reasons(&self, shared: Shared<'_>) -> Vec<String> {
        let mut reasons = Vec::new();
        let closeness = closeness_in_words(self.person.closeness);
        reasons.extend(closeness.map(|near| match self.person.by_title {
            true => format!("{near}, going by their title"),
            false => near.to_owned(),
        }));
        reasons.extend(match &self.company {
            Some(company) if self.person.by_employer => Some(format!("Works at {}, where you worked", company.name)),
            _ => warmth_in_words(self.person, shared),
        });
        if self.person.nearness().connected {
            reasons.push(CONNECTED.into());
        }
        if let Some(company) = &self.company {
            reasons.extend(company_in_words(company));
        }
        if self.person.live_profile {
            reasons.push("Their profile is active".into());
        }
        reasons
    }
}

/// How near their work is; nothing where it is not known to be near.
pub fn closeness_in_words(closeness: Closeness) -> Option<&'static str> {
    match closeness {
        Closeness::SameRole => Some("Does the work you want"),
        Closeness::Adjacent => Some("Works next to the role you want"),
        Closeness::HiringManager => Some("May lead the team you would join"),
        Closeness::Recruiter => Some("Looks for people there"),
        Closeness::NotNear | Closeness::Other => None,
    }
}

fn warmth_in_words(person: &Peer, shared: Shared<'_>) -> Option<String> {
    Some(match (person.warmth, shared) {
        (Warmth::KnowsMe, _) => "You know each other".into(),
        (Warmth::CanBeIntroduced, _) => {
            format!("{} can introduce you", person.introducer.as_deref().unwrap_or("Someone"))
        }
        (Warmth::SameSchool, Shared { school: Some(school), .. }) => format!("You both went to {school}"),
        (Warmth::SameSchool, _) => "You share a school".into(),
        (Warmth::SameEmployer, Shared { employer: Some(employer), .. }) => format!("You both worked at {employer}"),
        (Warmth::SameEmployer, _) => "You share a former employer".into(),
        (Warmth::Stranger, _) => return None,
    })
}

/// From so many on they are not counted: of a large company, not everybody is read.
const MANY: usize = 20;

fn company_in_words(company: &Company<'_>) -> Vec<String> {
    let name = company.name;
    let mut reasons = vec![match company.coverage {
        Coverage::Nobody | Coverage::Found => format!("You haven't asked anyone at {name} yet"),
        Coverage::Contacted => format!("No one at {name} has talked with you yet"),
        Coverage::Talked => format!("A second view of {name}, after the first talk"),
        Coverage::Referral => format!("You have a referral under way at {name}; one more friend there helps"),
    }];
    if company.motivation >= MUCH_WANTED {
        reasons.push("One of the companies you want most".into());
    }
    match company.posting {
        3 => reasons.push("The role is open there right now".into()),
        2 => reasons.push("The role was posted there before".into()),
        _ => {}
    }
    match company.advocates {
        0 => {}
        1 => reasons.push("You have a tie to someone else there".into()),
        n if n < MANY => reasons.push(format!("You have ties to {n} others there")),
        _ => reasons.push("You have ties to many others there".into()),
    }
    reasons
}
