//! What was found, by kind, in the order in which it stands.

use super::fit::{How, fit};
use super::sought::{Sought, Word};
use crate::folding::folded;
use crate::kinds::kinds;

/// What is shown of each kind.
pub const BEST: usize = 5;
/// Found more often than this, a kind is not counted to its end.
pub const COUNTED: i64 = 800;

kinds! {
    /// What can be found, in the order of kinds that fit alike.
    pub enum Kind {
        Person = "person", "People";
        Company = "company", "Companies";
        Opening = "opening", "Openings";
        Talk = "talk", "Talks";
        Referral = "referral", "Referrals";
        Insight = "insight", "Insights";
        Note = "note", "Notes";
        Template = "template", "Templates";
        Document = "document", "Documents";
        Action = "action", "Actions";
        Place = "place", "Pages";
    }
}

impl Kind {
    /// What is read first in its line is text, and its title says whose.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Insight | Self::Note)
    }

    /// Whether the search counts what its list shows for the same words. The lists of insights and templates look into more, and
    /// join what is alike.
    pub fn is_counted(self) -> bool {
        matches!(self, Self::Person | Self::Company | Self::Opening | Self::Talk | Self::Referral)
    }

    /// The list that can be searched for the same words, with everything on it.
    pub fn list(self) -> Option<&'static str> {
        match self {
            Self::Person => Some("/contacts"),
            Self::Company => Some("/companies?show=all"),
            Self::Opening => Some("/openings?show=all"),
            Self::Talk => Some("/interviews?show=all"),
            Self::Referral => Some("/referrals?view=list&show=all"),
            Self::Insight => Some("/insights"),
            Self::Template => Some("/library"),
            Self::Document | Self::Note | Self::Action | Self::Place => None,
        }
    }
}

/// One thing that was found, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub kind: Kind,
    /// Where it is.
    pub address: String,
    /// Its name, or whose text it is.
    pub title: String,
    /// What it is: a title at a company, a day.
    pub about: String,
    /// Some of its text, around what was found.
    pub text: String,
    /// How much is going on with it: due, lately, once, never.
    pub live: i32,
    /// Found by spellings that are alike: each word must fit something that is shown.
    pub near: bool,
}

/// Those of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub kind: Kind,
    /// The best few.
    pub hits: Vec<Hit>,
    /// How many there are; none where they were not counted to their end.
    pub all: Option<i64>,
    /// There are more than the best few.
    pub is_more: bool,
}

/// What a word is worth in what is shown first, in what is shown besides, and in text.
const WORTH: [[u32; 4]; 3] = [[100, 90, 70, 35], [60, 55, 45, 25], [40, 38, 25, 10]];
/// The worth of a word that the database found where it is not shown.
const UNSEEN: u32 = 20;

fn worth(word: &Word, part: usize, text: &str) -> u32 {
    fit(word, text).map_or(0, |fit| {
        let how = match fit.how {
            How::Whole => 0,
            How::Start => 1,
            How::Inside => 2,
            How::Nearly => 3,
        };
        WORTH[part][how]
    })
}

/// How well what was found fits; none where it does not.
fn score(sought: &Sought, hit: &Hit) -> Option<u32> {
    let first = usize::from(hit.kind.is_text());
    let mut sum = 0;
    for word in sought.words() {
        let parts = [(first, &hit.title), (1, &hit.about), (2, &hit.text)];
        let best = parts.into_iter().map(|(part, text)| worth(word, part, text)).max().unwrap_or_default();
        if best == 0 && hit.near {
            return None;
        }
        sum += best.max(UNSEEN);
    }
    let words = u32::try_from(sought.words().len()).unwrap_or(1).max(1);
    let name = folded(&hit.title);
    let begins = if hit.kind.is_text() || !name.starts_with(sought.whole()) {
        0
    } else if name == sought.whole() {
        30
    } else {
        20
    };
    Some(sum / words + begins)
}

/// The best few of each kind, the kind whose best fits best first. Of what fits alike, what more is going on with stands first.
/// `counts` says how many of a kind the database counted, of those that it counted to their end.
pub fn ranked(sought: &Sought, hits: Vec<Hit>, counts: &[(Kind, i64)]) -> Vec<Group> {
    let mut scored: Vec<(u32, Hit)> = hits.into_iter().filter_map(|hit| Some((score(sought, &hit)?, hit))).collect();
    // A kind that holds exactly what is meant needs no guesses beside it.
    let is_sure = |kind: Kind| scored.iter().any(|(_, hit)| hit.kind == kind && !hit.near);
    let sure: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| is_sure(*kind)).collect();
    scored.retain(|(_, hit)| !hit.near || !sure.contains(&hit.kind));
    scored.sort_by(|(a, one), (b, other)| {
        b.cmp(a)
            .then(other.live.cmp(&one.live))
            .then(one.kind.cmp(&other.kind))
            .then_with(|| one.title.cmp(&other.title))
    });
    let mut groups: Vec<Group> = Vec::new();
    let mut found: Vec<(Kind, i64)> = Vec::new();
    for (_, hit) in scored {
        let kind = hit.kind;
        match found.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, number)) => *number += 1,
            None => found.push((kind, 1)),
        }
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) if group.hits.len() < BEST => group.hits.push(hit),
            Some(_) => {}
            None => groups.push(Group { kind, hits: vec![hit], all: None, is_more: false }),
        }
    }
    for group in &mut groups {
        let of = |numbers: &[(Kind, i64)]| numbers.iter().find(|(kind, _)| *kind == group.kind).map(|(_, n)| *n);
        let (counted, found) = (of(counts), of(&found).unwrap_or_default());
        let all = counted.map(|counted| counted.max(found));
        group.is_more = usize::try_from(all.unwrap_or(found)).is_ok_and(|all| all > group.hits.len());
        group.all = all.filter(|all| *all < COUNTED);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(kind: Kind, title: &str, about: &str) -> Hit {
        let (title, about) = (title.to_owned(), about.to_owned());
        Hit { kind, address: String::new(), title, about, text: String::new(), live: 0, near: false }
    }

    fn titles(typed: &str, hits: Vec<Hit>) -> Vec<(Kind, String)> {
        let sought = Sought::parse(typed).unwrap().unwrap();
        let groups = ranked(&sought, hits, &[]);
        groups.into_iter().flat_map(|group| group.hits).map(|hit| (hit.kind, hit.title)).collect()
    }

    #[test]
    fn a_beginning_beats_an_inside_beats_a_slip_and_a_name_beats_a_note() {
        let near = Hit { near: true, ..hit(Kind::Company, "Hopre", "") };
        let found = titles(
            "hop",
            vec![
                hit(Kind::Note, "Grace Hopper", ""),
                hit(Kind::Person, "Anne Bishop", ""),
                hit(Kind::Person, "Grace Hopper", ""),
                hit(Kind::Company, "Workshop", ""),
                hit(Kind::Person, "Hope Brown", ""),
                near,
            ],
        );
        let person = |name: &str| (Kind::Person, name.to_owned());
        let people = ["Hope Brown", "Grace Hopper", "Anne Bishop"].map(person);
        assert_eq!(found[..3], people);
        assert_eq!(found[3..], [(Kind::Company, "Workshop".into()), (Kind::Note, "Grace Hopper".into())]);
    }

    #[test]
    fn words_fit_in_any_order_wherever_they_stand() {
        let grace = hit(Kind::Person, "Grace Hopper", "Analyst · Acme");
        let other = hit(Kind::Person, "Acme Grace", "");
        assert_eq!(titles("acme grace", vec![grace.clone()]).len(), 1);
        assert_eq!(titles("grace acme", vec![grace, other])[0].1, "Acme Grace");
    }

    #[test]
    fn of_what_fits_alike_the_one_that_is_due_comes_first() {
        let due = Hit { live: 3, ..hit(Kind::Person, "Grace Zuse", "") };
        let never = hit(Kind::Person, "Grace Adams", "");
        assert_eq!(titles("grace", vec![never, due])[0].1, "Grace Zuse");
    }

    #[test]
    fn a_guess_must_fit_what_is_shown() {
        let near = |title: &str| Hit { near: true, ..hit(Kind::Person, title, "") };
        assert_eq!(titles("garce", vec![near("Grace Hopper"), near("Linus Torvalds")]).len(), 1);
    }

    #[test]
    fn the_best_few_are_shown_and_all_are_counted() {
        let many = || (0..9).map(|n| hit(Kind::Person, &format!("Grace {n}"), "")).collect();
        let sought = Sought::parse("grace").unwrap().unwrap();
        let count = |counts: &[(Kind, i64)]| {
            let groups = ranked(&sought, many(), counts);
            (groups[0].hits.len(), groups[0].all, groups[0].is_more)
        };
        assert_eq!(count(&[]), (BEST, None, true), "more than is counted may hold it");
        assert_eq!(count(&[(Kind::Person, 137)]), (BEST, Some(137), true));
        assert_eq!(count(&[(Kind::Person, COUNTED)]), (BEST, None, true));
        let one = ranked(&sought, vec![hit(Kind::Person, "Grace", "")], &[]);
        assert_eq!((one[0].all, one[0].is_more), (None, false));
    }
}
