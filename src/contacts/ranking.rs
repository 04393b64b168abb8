//! The people who could be asked next, in their order, and who waits: of everyone known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::queries::suggestions::{Around, TargetRow};
use crate::accounts::preferences::Preferences;
use crate::companies::former::worked_at;
use crate::companies::whom_to_ask::Target;
use crate::ids::CompanyId;
use crate::playbook::approach::{Hold, Peer, held_back};
use crate::playbook::suggestion::Suggestion;

/// Everyone who could be asked.
pub struct Ranking<'a> {
    /// Who is free to be asked, the best first.
    pub suggestions: Vec<Suggestion<'a>>,
    /// Where it is better to wait: who holds the others back, and how many they are.
    pub waits: BTreeMap<CompanyId, (Hold<'a>, usize)>,
    /// The companies, by their id.
    pub targets: BTreeMap<CompanyId, &'a TargetRow>,
    /// The companies where nobody is known, the best first.
    pub empty: Vec<&'a TargetRow>,
}

/// Reads how the user may know those who work where the user worked.
pub fn read_by_employers(around: &mut Around, preferences: &Preferences) {
    let worked_there = |target: &&TargetRow| worked_at(preferences, &target.name).is_some();
    let there: BTreeSet<CompanyId> = around.targets.iter().filter(worked_there).map(|target| target.id).collect();
    if there.is_empty() {
        return;
    }
    let people = std::mem::take(&mut around.people.0);
    let read = |person: Peer| {
        let worked_there = person.company.is_some_and(|company| there.contains(&company));
        person.read_by_employer(worked_there)
    };
    around.people.0 = people.into_iter().map(read).collect();
}

/// Ranks the people of `around`.
pub fn rank<'a>(around: &'a Around, preferences: &Preferences, today: Date) -> Ranking<'a> {
    let targets: BTreeMap<CompanyId, &TargetRow> = around.targets.iter().map(|target| (target.id, target)).collect();
    let mut at: BTreeMap<CompanyId, Vec<&Peer>> = BTreeMap::new();
    for person in around.people.iter() {
        if let Some(company) = person.company {
            at.entry(company).or_default().push(person);
        }
    }
    let mut suggestions = Vec::new();
    let mut waits: BTreeMap<CompanyId, (Hold<'_>, usize)> = BTreeMap::new();
    for person in around.people.iter().filter(|person| person.is_first_approach() && person.due.is_none()) {
        let there = person.company.and_then(|id| at.get(&id)).map(Vec::as_slice).unwrap_or_default();
        let people = there.iter().copied();
        match (held_back(person, people.clone(), &preferences.cadence, today), person.company) {
            (Some(hold), Some(company)) => waits.entry(company).or_insert((hold, 0)).1 += 1,
            _ => {
                let target = person.company.and_then(|id| targets.get(&id)).map(|target| target_of(target));
                suggestions.push(Suggestion { person, company: target.map(|t| t.seen_by(person, people)) });
            }
        }
    }
    suggestions.sort_by(Suggestion::order);
    let empty = around.targets.iter().filter(|target| !at.contains_key(&target.id)).collect();
    Ranking { suggestions, waits, targets, empty }
}

fn target_of(row: &TargetRow) -> Target<'_> {
    Target { name: &row.name, motivation: row.motivation, posting: row.posting, has_referral: row.has_referral }
}
