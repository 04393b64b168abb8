//! Who led you to each person, as a tree drawn from left to right. Pure.
//!
//! Each person without an introducer begins a branch. Leaves lie one below the other, and who led to several lies in the middle
//! of them: the people of a branch fill rows of their own, so nothing ever overlaps. The branch that brought most comes first.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::iter::Sum;
use std::ops::Add;

use crate::ids::ContactId;
use crate::playbook::stage::Stage;
use crate::web::words::count;

/// From one column to the next, in the picture's own units (pixels at full size).
pub const COLUMN: usize = 256;
/// From one row to the next.
pub const ROW: usize = 52;
/// The box of a person.
pub const BOX: (usize, usize) = (216, 42);

/// Someone who was introduced, or introduced someone.
#[derive(Debug, Clone)]
pub struct TreeNode {
    pub id: ContactId,
    pub name: String,
    pub introduced_by: Option<ContactId>,
    pub stage: Stage,
    /// Talks held with them.
    pub talks: i64,
    /// Referrals they made.
    pub referrals: i64,
    /// Openings they know to be real.
    pub openings: i64,
}

/// What came of someone, or of a branch. In the order in which branches are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    pub referrals: i64,
    pub openings: i64,
    pub talks: i64,
    /// Whom it led to.
    pub people: i64,
}

impl Add for Outcome {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            referrals: self.referrals + other.referrals,
            openings: self.openings + other.openings,
            talks: self.talks + other.talks,
            people: self.people + other.people,
        }
    }
}

impl Sum for Outcome {
    fn sum<I: Iterator<Item = Self>>(outcomes: I) -> Self {
        outcomes.fold(Self::default(), Add::add)
    }
}

impl Outcome {
    /// '6 people', '4 talks', '1 referral': what there is of each.
    pub fn parts(&self) -> Vec<String> {
        [
            (self.people, "person", "people"),
            (self.talks, "talk", "talks"),
            (self.referrals, "referral", "referrals"),
            (self.openings, "opening", "openings"),
        ]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| count(n, one, many))
        .collect()
    }
}

/// A person in the tree.
#[derive(Debug, Clone)]
pub struct Node {
    pub id: ContactId,
    pub name: String,
    pub stage: Stage,
    /// What came of this person.
    pub own: Outcome,
    /// What came of them and of everyone they led to.
    pub branch: Outcome,
    /// The node of whoever led to them.
    pub parent: Option<usize>,
    /// How many steps from the beginning of the branch.
    pub depth: usize,
    /// The upper edge of their box.
    pub y: usize,
}

/// One step of writing the tree down as nested lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    ListOpens,
    ItemOpens(usize),
    ItemCloses,
    ListCloses,
}

/// The tree of these people: everyone after whoever led to them, the best branch first. Who neither leads nor was led is left out.
pub fn grow(people: &[TreeNode]) -> Vec<Node> {
    let parents = parents(people);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); people.len()];
    let mut roots = Vec::new();
    for (child, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(child),
            None => roots.push(child),
        }
    }
    roots.retain(|root| !children[*root].is_empty());
    let branches = branches(people, &children, &roots);
    let best_first = |list: &mut Vec<usize>| list.sort_by_key(|&i| (Reverse(branches[i]), i));
    best_first(&mut roots);
    children.iter_mut().for_each(best_first);

    let mut nodes: Vec<Node> = Vec::new();
    let mut ahead: Vec<(usize, Option<usize>, usize)> = roots.iter().rev().map(|&root| (root, None, 0)).collect();
    while let Some((i, parent, depth)) = ahead.pop() {
        let at = nodes.len();
        let TreeNode { id, ref name, stage, .. } = people[i];
        nodes.push(Node {
            id,
            name: name.clone(),
            stage,
            own: own(&people[i]),
            branch: branches[i],
            parent,
            depth,
            y: 0,
        });
        ahead.extend(children[i].iter().rev().map(|&child| (child, Some(at), depth + 1)));
    }
    lay_out(&mut nodes);
    nodes
}

/// For each person, who led to them. Where people lead to each other in a circle, it is cut at the first by name.
fn parents(people: &[TreeNode]) -> Vec<Option<usize>> {
    let index: HashMap<ContactId, usize> = people.iter().enumerate().map(|(i, person)| (person.id, i)).collect();
    let mut parents: Vec<Option<usize>> =
        people.iter().map(|person| person.introduced_by.and_then(|id| index.get(&id).copied())).collect();
    // 0: not looked at, otherwise the walk that came by first.
    let mut walked = vec![0; people.len()];
    for start in 0..people.len() {
        let mut at = Some(start);
        while let Some(i) = at {
            if walked[i] != 0 {
                if walked[i] == start + 1 {
                    let circle = std::iter::successors(parents[i], |&j| parents[j].filter(|_| j != i));
                    let first = circle.min().unwrap_or(i);
                    parents[first] = None;
                }
                break;
            }
            walked[i] = start + 1;
            at = parents[i];
        }
    }
    parents
}

fn own(person: &TreeNode) -> Outcome {
    Outcome { referrals: person.referrals, openings: person.openings, talks: person.talks, people: 0 }
}

/// What came of each person's branch.
fn branches(people: &[TreeNode], children: &[Vec<usize>], roots: &[usize]) -> Vec<Outcome> {
    let mut order: Vec<usize> = roots.to_vec();
    let mut at = 0;
    while at < order.len() {
        order.extend(&children[order[at]]);
        at += 1;
    }
    let mut branches: Vec<Outcome> = people.iter().map(own).collect();
    for &i in order.iter().rev() {
        let led_to = Outcome { people: i64::try_from(children[i].len()).unwrap_or_default(), ..Outcome::default() };
        branches[i] = branches[i] + led_to + children[i].iter().map(|&child| branches[child]).sum();
    }
    branches
}

/// Gives each leaf a row, and everyone else the middle of those they led to.
fn lay_out(nodes: &mut [Node]) {
    let mut spans: Vec<Option<(usize, usize)>> = vec![None; nodes.len()];
    let is_leaf = |&i: &usize| nodes.get(i + 1).is_none_or(|next| next.parent != Some(i));
    let leaves: Vec<usize> = (0..nodes.len()).filter(is_leaf).collect();
    for (row, leaf) in leaves.into_iter().enumerate() {
        nodes[leaf].y = row * ROW;
    }
    for i in (0..nodes.len()).rev() {
        if let Some((first, last)) = spans[i] {
            nodes[i].y = first.midpoint(last);
        }
        if let Some(parent) = nodes[i].parent {
            let (y, span) = (nodes[i].y, spans[parent]);
            spans[parent] = Some(span.map_or((y, y), |(_, last)| (y, last)));
        }
    }
}

/// Width and height of the picture.
pub fn size(nodes: &[Node]) -> (usize, usize) {
    let columns = nodes.iter().map(|node| node.depth).max().unwrap_or_default();
    let lowest = nodes.iter().map(|node| node.y).max().unwrap_or_default();
    (columns * COLUMN + BOX.0, lowest + BOX.1)
}

/// Whoever begins the branch that brought most, if any brought anything.
pub fn best(nodes: &[Node]) -> Option<&Node> {
    let brought = |node: &&Node| node.branch.referrals + node.branch.openings + node.branch.talks > 0;
    nodes.iter().find(|node| node.parent.is_none()).filter(brought)
}

/// The tree as nested lists.
pub fn as_lists(nodes: &[Node]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut open = 0;
    for (i, node) in nodes.iter().enumerate() {
        // A list for each step down; on the way up, items and lists end in turn.
        while open > node.depth + 1 {
            marks.extend([Mark::ItemCloses, Mark::ListCloses]);
            open -= 1;
        }
        if open == node.depth + 1 {
            marks.push(Mark::ItemCloses);
        } else {
            marks.push(Mark::ListOpens);
            open += 1;
        }
        marks.push(Mark::ItemOpens(i));
    }
    for _ in 0..open {
        marks.extend([Mark::ItemCloses, Mark::ListCloses]);
    }
    marks
}

/// A text that fits into a box, cut with an ellipsis where it does not. Letters of wide scripts count twice.
pub fn fit(text: &str, most: usize) -> String {
    let wide = |c: char| {
        usize::from(
            matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd),
        )
    };
    let width = |c: char| 1 + wide(c);
    if text.chars().map(width).sum::<usize>() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let kept: String = text
        .chars()
        .take_while(|&c| {
            let fits = width(c) <= left;
            left = left.saturating_sub(width(c));
            fits
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests;
