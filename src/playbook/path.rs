//! Ways to a company or a person: who could introduce the user there, why, and whom to ask first.
//!
//! | tie, the strongest first | what is known |
//! |---|---|
//! | could introduce you | the user noted it |
//! | named them | the person wanted is noted as introduced by them |
//! | works there | in contact, and their employer is the company |
//! | led there before | someone at the company is noted as introduced by them |
//! | former colleague | the company is a former employer of the user's, and they share one |
//! | same school, same employer | they and the person wanted (or someone there) both share one with the user |
//! | led elsewhere before | others are noted as introduced by them |
//!
//! The first five come before the others; among each, those the user is in contact with, then by tie, then by how warm the
//! user stands with them (the further in the stages, the later the last touch). Whoever works there, shares something with the
//! user and is not in contact yet is a way of their own: write to them directly. Whoever would rather not is not asked again.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Deserialize;

use super::introduction::Status;
use super::stage::Stage;
use super::warmth::Warmth;
use crate::folding::folded;
use crate::ids::{CompanyId, ContactId, IntroductionId};

/// An introduction that is on the user's list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bridge {
    pub id: IntroductionId,
    /// To whom.
    pub name: String,
    pub status: Status,
}

/// What is known of someone who may open a door.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Candidate {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    /// Where they work, as it is called.
    pub employer: Option<String>,
    pub stage: Stage,
    pub last_touch: Option<Date>,
    pub warmth: Warmth,
    /// Their employer is the company.
    pub works_there: bool,
    /// The person wanted is noted as introduced by them.
    #[serde(default)]
    pub named_them: bool,
    /// Whom they could introduce the user to: the person wanted, or people at the company.
    pub bridges: Vec<Bridge>,
    /// People at the company who are noted as introduced by them.
    pub led_to: Vec<String>,
    /// How many people are noted as introduced by them, wherever they work.
    #[serde(default)]
    pub led: usize,
}

/// Where the user wants to get to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Goal<'a> {
    /// The person; nothing where anybody at the company will do.
    pub person: Option<(ContactId, &'a str)>,
    /// The company's name, and its id where it is on the list.
    pub company: Option<&'a str>,
    pub company_id: Option<CompanyId>,
    /// Who of those wanted went to a school of the user's.
    pub school_mates: &'a [String],
    /// Who of those wanted worked for a former employer of the user's.
    pub former_colleagues: &'a [String],
    pub schools: &'a [String],
    pub former_employers: &'a [String],
    /// The company is one the user worked for.
    pub is_former_employer: bool,
}

/// How to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The introduction is on the list: ask for it.
    Listed(IntroductionId),
    /// They were asked, and have not answered.
    Waiting(IntroductionId),
    /// Put the introduction to this person on the list, and ask.
    Person(ContactId),
    /// Choose whom at the company to be introduced to.
    Someone(Option<CompanyId>),
    /// They are the way in themselves: write to them.
    Directly,
}

/// A way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub employer: Option<String>,
    /// How the user stands with them.
    pub stage: Stage,
    pub last_touch: Option<Date>,
    /// Why them, in words, the strongest reason first.
    pub reasons: Vec<String>,
    pub ask: Ask,
    /// Nothing ties them to the goal: they led the user to others before, and may know someone who knows someone.
    pub asks_around: bool,
}

/// What ties someone to the goal, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Bridge,
    NamedThem,
    WorksThere,
    LedThere,
    FormerColleague,
    Shares,
    LedElsewhere,
}

impl Tie {
    fn is_weak(self) -> bool {
        matches!(self, Self::Shares | Self::LedElsewhere)
    }
}

/// The ways to a goal, whom to ask first at the head.
pub fn ways(goal: &Goal<'_>, candidates: &[Candidate]) -> Vec<Way> {
    let mut ways: Vec<_> = candidates
        .iter()
        .filter_map(|candidate| {
            let ties = ties(goal, candidate);
            let strongest = ties.first()?.0;
            let in_contact = is_in_contact(candidate.stage);
            let order = (
                strongest.is_weak(),
                !in_contact,
                strongest,
                Reverse(nearness(candidate.stage)),
                Reverse(candidate.last_touch),
                folded(&candidate.name),
                candidate.id,
            );
            Some((order, way(goal, candidate, ties)))
        })
        .collect();
    ways.sort_by(|(one, _), (other, _)| one.cmp(other));
    ways.into_iter().map(|(_, way)| way).collect()
}

/// The best three who have a tie to the goal, each with its strongest reason: for a card beside other things.
pub fn best(goal: &Goal<'_>, candidates: &[Candidate]) -> Vec<Way> {
    let mut best = ways(goal, candidates);
    best.retain(|way| !way.asks_around);
    best.truncate(3);
    best.iter_mut().for_each(|way| way.reasons.truncate(1));
    best
}

/// Whom to ask for an introduction before anything else, because the user noted that they can bring the two together: an
/// introduction on the list comes before someone of whom it is only known.
pub fn noted(goal: &Goal<'_>, candidates: &[Candidate]) -> Option<Way> {
    let noted: Vec<Candidate> =
        candidates.iter().filter(|of| of.named_them || !of.bridges.is_empty()).cloned().collect();
    let ways = ways(goal, &noted).into_iter().filter(|way| matches!(way.ask, Ask::Listed(_) | Ask::Person(_)));
    ways.min_by_key(|way| !matches!(way.ask, Ask::Listed(_)))
}

fn way(goal: &Goal<'_>, of: &Candidate, ties: Vec<(Tie, String)>) -> Way {
    let open = |status| of.bridges.iter().find(|bridge| bridge.status == status).map(|bridge| bridge.id);
    let is_direct = of.works_there && !is_in_contact(of.stage) && ties.iter().all(|(tie, _)| *tie == Tie::WorksThere);
    let ask = match (open(Status::Possible), open(Status::Asked), goal.person) {
        _ if is_direct => Ask::Directly,
        (Some(id), ..) => Ask::Listed(id),
        (None, Some(id), _) => Ask::Waiting(id),
        (None, None, Some((person, _))) => Ask::Person(person),
        (None, None, None) => Ask::Someone(goal.company_id),
    };
    Way {
        id: of.id,
        name: of.name.clone(),
        job_title: of.job_title.clone(),
        employer: of.employer.clone(),
        stage: of.stage,
        last_touch: of.last_touch,
        asks_around: ties.iter().all(|(tie, _)| *tie == Tie::LedElsewhere),
        reasons: ties.into_iter().map(|(_, reason)| reason).collect(),
        ask,
    }
}

fn is_in_contact(stage: Stage) -> bool {
    matches!(stage, Stage::Connected | Stage::Asked | Stage::Scheduled | Stage::Spoke | Stage::InTouch)
}

/// The further in the stages, the better the two know each other; who rests comes after those in contact.
fn nearness(stage: Stage) -> u8 {
    match stage {
        Stage::InTouch | Stage::Spoke => 6,
        Stage::Scheduled => 5,
        Stage::Connected => 4,
        Stage::Asked => 3,
        Stage::MovedOn => 2,
        Stage::Requested => 1,
        Stage::Identified | Stage::Declined => 0,
    }
}

/// What ties them to the goal, each with its reason in words; nothing where they would rather not, or nothing is known.
fn ties(goal: &Goal<'_>, of: &Candidate) -> Vec<(Tie, String)> {
    let declined = of.bridges.iter().any(|bridge| bridge.status == Status::Declined);
    if of.stage == Stage::Declined || (goal.person.is_some() && declined) {
        return Vec::new();
    }
    let in_contact = is_in_contact(of.stage);
    let there = goal.company.unwrap_or("the same company");
    let mut ties = Vec::new();
    let names = |status| -> Vec<&str> {
        of.bridges.iter().filter(|bridge| bridge.status == status).map(|bridge| bridge.name.as_str()).collect()
    };
    let (possible, asked) = (names(Status::Possible), names(Status::Asked));
    if !possible.is_empty() {
        ties.push((Tie::Bridge, format!("Could introduce you to {}, as you noted", joined(&possible))));
    }
    if !asked.is_empty() {
        ties.push((Tie::Bridge, format!("You asked them to introduce you to {}; no answer yet", joined(&asked))));
    }
    if let (true, Some((_, name))) = (of.named_them, goal.person) {
        ties.push((Tie::NamedThem, format!("{name} is noted as someone they know")));
    }
    match (of.works_there, in_contact, goal.person) {
        (true, true, Some((_, name))) => ties.push((Tie::WorksThere, format!("Works at {there}, like {name}"))),
        (true, true, None) => ties.push((Tie::WorksThere, format!("Works at {there}, and you are in contact"))),
        (true, false, None) => ties.extend(
            shared_with_you(goal, of)
                .map(|shared| (Tie::WorksThere, format!("Works at {there}, and {shared}: write to them yourself"))),
        ),
        _ => {}
    }
    if !of.led_to.is_empty() {
        let led_to: Vec<&str> = of.led_to.iter().map(String::as_str).collect();
        ties.push((Tie::LedThere, format!("Led you to {} at {there} before", joined(&led_to))));
    }
    if in_contact {
        ties.extend(common_past(goal, of));
        let elsewhere = of.led.saturating_sub(of.led_to.len() + usize::from(of.named_them));
        if elsewhere > 0 {
            let said = match (elsewhere, of.led_to.is_empty() && !of.named_them) {
                (1, true) => "Led you to one person before".to_owned(),
                (1, false) => "Led you to one other person as well".to_owned(),
                (n, true) => format!("Led you to {n} people before"),
                (n, false) => format!("Led you to {n} others as well"),
            };
            ties.push((Tie::LedElsewhere, said));
        }
    }
    ties
}

/// What someone who is no contact yet shares with the user, to go on in a sentence.
fn shared_with_you(goal: &Goal<'_>, of: &Candidate) -> Option<String> {
    match of.warmth {
        Warmth::KnowsMe => Some("you know each other".into()),
        Warmth::SameSchool => Some(match goal.schools {
            [only] => format!("went to {only} like you"),
            _ => "went to a school of yours".into(),
        }),
        Warmth::SameEmployer => Some(match goal.former_employers {
            [only] => format!("worked at {only} like you"),
            _ => "worked for a former employer of yours".into(),
        }),
        Warmth::CanBeIntroduced | Warmth::Stranger => None,
    }
}

/// The school or employer that they, the user and the person wanted have in common, as far as that can be known.
fn common_past(goal: &Goal<'_>, of: &Candidate) -> Option<(Tie, String)> {
    let as_others = |people: &[String]| -> Option<String> {
        let others: Vec<&str> = people.iter().map(String::as_str).filter(|name| *name != of.name).collect();
        (!others.is_empty() && !of.works_there).then(|| joined(&others))
    };
    match of.warmth {
        Warmth::SameSchool => {
            let others = as_others(goal.school_mates)?;
            let school = match goal.schools {
                [only] => only.as_str(),
                _ => "a school of yours",
            };
            Some((Tie::Shares, format!("Went to {school}, like {others}: they may know each other")))
        }
        Warmth::SameEmployer => match (goal.is_former_employer && !of.works_there, goal.former_employers) {
            (true, [only]) => Some((Tie::FormerColleague, format!("Worked at {only} like you"))),
            (true, _) => Some((Tie::FormerColleague, "A former colleague of yours, perhaps from there".into())),
            (false, employers) => {
                let others = as_others(goal.former_colleagues)?;
                let employer = match employers {
                    [only] => only.as_str(),
                    _ => "a former employer of yours",
                };
                Some((Tie::Shares, format!("Worked at {employer}, like {others}: they may know each other")))
            }
        },
        Warmth::KnowsMe | Warmth::CanBeIntroduced | Warmth::Stranger => None,
    }
}

/// 'Ann', 'Ann and Bea', 'Ann, Bea and 3 others'.
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

#[cfg(test)]
mod tests;
