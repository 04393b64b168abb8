//! Which lines say the same, and which contradict each other.
//!
//! What the user pressed is kept as pairs; groups follow from them. Saying the same is symmetric and transitive: whoever
//! says what another says, says what a third says who says the same. Pairs of one group form a tree, because a pair is
//! only added where it joins two groups; so taking one pair away undoes exactly the press that made it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Deserialize;

use crate::ids::{CompanyId, ContactId, InsightId, InsightLinkId};
use crate::kinds::kinds;
use crate::playbook::topic::Weight;

kinds! {
    /// What two lines are to each other.
    pub enum Tie {
        Same = "same", "Say the same";
        Contrary = "contrary", "Contradict each other";
        /// Alike in words alone: not to be proposed again.
        Apart = "apart", "Are different things";
    }
}

/// A pair the user tied; `one` is the older line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Link {
    pub id: InsightLinkId,
    pub one: InsightId,
    pub other: InsightId,
    pub tie: Tie,
}

/// Two lines, the older first.
pub type Pair = (InsightId, InsightId);

fn pair(a: InsightId, b: InsightId) -> Pair {
    if a < b { (a, b) } else { (b, a) }
}

/// Lines by group. A group is known by its oldest line.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Each line that is not alone, and one nearer to the oldest of its group; the oldest points at itself.
    nearer: HashMap<InsightId, InsightId>,
    /// Pairs of groups that are tied otherwise, with the links between them.
    between: BTreeMap<(Tie, Pair), Vec<InsightLinkId>>,
}

impl Groups {
    /// The groups these links make. A contradiction inside a group counts for nothing while its lines are together.
    pub fn new(links: &[Link]) -> Self {
        let mut groups = Self::default();
        for link in links.iter().filter(|link| link.tie == Tie::Same) {
            groups.join(link.one, link.other);
        }
        for link in links.iter().filter(|link| link.tie != Tie::Same) {
            let (one, other) = (groups.lead(link.one), groups.lead(link.other));
            if one != other {
                groups.between.entry((link.tie, pair(one, other))).or_default().push(link.id);
            }
        }
        groups
    }

    /// The oldest line that says the same.
    pub fn lead(&self, line: InsightId) -> InsightId {
        let mut at = line;
        while let Some(&nearer) = self.nearer.get(&at).filter(|nearer| **nearer != at) {
            at = nearer;
        }
        at
    }

    /// Whether two lines say the same.
    pub fn together(&self, a: InsightId, b: InsightId) -> bool {
        self.lead(a) == self.lead(b)
    }

    /// The links of this kind between the groups of two lines.
    pub fn links(&self, tie: Tie, a: InsightId, b: InsightId) -> &[InsightLinkId] {
        self.between.get(&(tie, pair(self.lead(a), self.lead(b)))).map_or(&[], Vec::as_slice)
    }

    /// The pairs that bring all these lines together: one fewer than there are groups among them.
    pub fn joins(&self, lines: &[InsightId]) -> Vec<Pair> {
        let mut groups = self.clone();
        lines.windows(2).filter(|two| groups.join(two[0], two[1])).map(|two| pair(two[0], two[1])).collect()
    }

    /// Brings two lines together; false where they were.
    fn join(&mut self, a: InsightId, b: InsightId) -> bool {
        let (old, new) = pair(self.lead(a), self.lead(b));
        self.nearer.insert(old, old);
        self.nearer.insert(new, old);
        old != new
    }
}

/// What takes one line out of its group and leaves the others together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TakenOut {
    /// Links that go.
    pub gone: Vec<InsightLinkId>,
    /// Pairs that hold the others together.
    pub held: Vec<Pair>,
    /// A line it said the same as; none where it stood alone.
    pub from: Option<InsightId>,
}

/// How a line is taken out.
pub fn take_out(links: &[Link], line: InsightId) -> TakenOut {
    let touching = links.iter().filter(|link| link.tie == Tie::Same && (link.one == line || link.other == line));
    let mut out = TakenOut::default();
    for link in touching {
        let neighbour = if link.one == line { link.other } else { link.one };
        match out.from {
            Some(first) => out.held.push(pair(first, neighbour)),
            None => out.from = Some(neighbour),
        }
        out.gone.push(link.id);
    }
    out
}

/// Who said a thing, of which company, and how much it weighs to them.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Nobody where it is the user's own research.
    pub by: Option<ContactId>,
    pub company: Option<CompanyId>,
    pub weight: Option<Weight>,
}

/// How many say a thing. A person counts once, however often they said it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub people: usize,
    pub companies: usize,
    /// People to whom it is essential.
    pub essential: usize,
    /// People to whom it is nice to have, and never was essential.
    pub nice: usize,
}

/// Counts voices.
pub fn count(said: &[Said]) -> Count {
    let people: HashSet<ContactId> = said.iter().filter_map(|said| said.by).collect();
    let weighing = |weight| -> BTreeSet<ContactId> {
        said.iter().filter(|said| said.weight == Some(weight)).filter_map(|said| said.by).collect()
    };
    let essential = weighing(Weight::Essential);
    Count {
        people: people.len(),
        companies: said.iter().filter_map(|said| said.company).collect::<HashSet<_>>().len(),
        nice: weighing(Weight::NiceToHave).difference(&essential).count(),
        essential: essential.len(),
    }
}

/// How much a thing weighs: what most people say; essential where as many say the one as the other, and what the user
/// noted where no person said it.
pub fn weight(said: &[Said]) -> Option<Weight> {
    let count = count(said);
    match (count.essential, count.nice) {
        (0, 0) => said.iter().find_map(|said| said.weight),
        (essential, nice) if essential >= nice => Some(Weight::Essential),
        _ => Some(Weight::NiceToHave),
    }
}

#[cfg(test)]
mod tests;
