//! A dossier put together, pure: rows and ties in, sections of lines out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use crate::ids::{CompanyId, ContactId, InsightId, InsightLinkId, InterviewId};
use crate::insights::sections::Section;
use crate::insights::ties;
use crate::insights::ties::{Count, Groups, Link, Said, Tie};
use crate::links::with_query;
use crate::playbook::likeness::{likeness, words};
use crate::playbook::topic::{Topic, Weight};

/// One thing someone said, or the user found, as the pages' statements gather it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VoiceRow {
    pub id: InsightId,
    pub topic: Topic,
    pub weight: Option<Weight>,
    pub text: String,
    /// When they talked; when it was written down, if that was earlier or without a talk.
    pub at: Timestamp,
    /// Who said it; nobody where it is the user's own research.
    pub contact: Option<ContactId>,
    pub name: Option<String>,
    pub job_title: Option<String>,
    pub interview: Option<InterviewId>,
    pub company: Option<CompanyId>,
    pub company_name: Option<String>,
    pub hidden: bool,
    /// The program that wrote it down; nothing where the user did.
    pub program: Option<String>,
}

/// One thing said, with its day where the user is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    pub row: VoiceRow,
    pub on: Date,
}

impl Voice {
    /// Who said it, in words.
    pub fn who(&self) -> &str {
        self.row.name.as_deref().unwrap_or("Own research")
    }

    /// The name of its menu.
    pub fn more(&self) -> String {
        format!("More for: {}", short(&self.row.text))
    }

    /// The address where it is changed, which leads back.
    pub fn edit(&self, back: &str) -> String {
        with_query(&format!("/insights/{}/edit", self.row.id), &[("back", back)])
    }

    /// The weights it could have instead: what a form sends, and the words of the button.
    pub fn other_weights(&self) -> Vec<(&'static str, &'static str)> {
        let all =
            [(Some(Weight::Essential), "Essential"), (Some(Weight::NiceToHave), "Nice to have"), (None, "Not sure")];
        let word = |weight: Option<Weight>| weight.map_or("", Weight::as_str);
        all.into_iter()
            .filter(|(weight, _)| *weight != self.row.weight)
            .map(|(weight, label)| (word(weight), label))
            .collect()
    }
}

/// The beginning of a text, for names of controls and proposals.
fn short(text: &str) -> String {
    const MOST: usize = 80;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// A line another one looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub id: InsightId,
    pub text: String,
    pub who: String,
}

impl Alike {
    /// The beginning of its words.
    pub fn short(&self) -> String {
        short(&self.text)
    }
}

/// A line: everyone who said it, the first of them first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsightLine {
    pub first: Voice,
    pub others: Vec<Voice>,
    pub count: Count,
    pub weight: Option<Weight>,
    /// The line it looks most like, where the user has not said what the two are to each other.
    pub alike: Option<Alike>,
}

impl InsightLine {
    fn new(first: Voice, others: Vec<Voice>) -> Self {
        let said: Vec<Said> = [&first]
            .into_iter()
            .chain(&others)
            .map(|voice| Said { by: voice.row.contact, company: voice.row.company, weight: voice.row.weight })
            .collect();
        Self { count: ties::count(&said), weight: ties::weight(&said), alike: None, first, others }
    }

    /// Everyone's words, the first first.
    pub fn voices(&self) -> impl Iterator<Item = &Voice> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The section of the words that lead.
    pub fn section(&self) -> Section {
        Section::of(self.first.row.topic)
    }

    /// The beginning of its words.
    pub fn short(&self) -> String {
        short(&self.first.row.text)
    }

    /// '3 people said so', where it is more than one.
    pub fn agreement(&self) -> Option<String> {
        let own = self.voices().any(|voice| voice.row.contact.is_none());
        match (self.count.people, own) {
            (0 | 1, false) | (0, true) => None,
            (1, true) => Some("1 person said so, and your own research".into()),
            (people, true) => Some(format!("{people} people said so, and your own research")),
            (people, false) => Some(format!("{people} people said so")),
        }
    }
}

/// One line, or several that contradict each other, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub lines: Vec<InsightLine>,
    /// The ties that set them against each other.
    pub contrary: Vec<InsightLinkId>,
}

impl Point {
    /// Whether it holds a contradiction.
    pub fn is_disputed(&self) -> bool {
        self.lines.len() > 1
    }

    /// The ties as a form sends them.
    pub fn untie(&self) -> String {
        self.contrary.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }
}

/// Points under one heading of a section; without a heading where there is only one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    pub heading: Option<&'static str>,
    pub points: Vec<Point>,
}

/// A section with what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub section: Section,
    pub shelves: Vec<Shelf>,
    /// People who spoke of it.
    pub people: usize,
}

impl Part {
    /// Lines in it.
    pub fn lines(&self) -> usize {
        self.shelves.iter().flat_map(|shelf| &shelf.points).map(|point| point.lines.len()).sum()
    }
}

/// Everything said, in sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The sections in which there is something, in their order.
    pub parts: Vec<Part>,
    /// What the user put out of sight.
    pub hidden: Vec<Voice>,
    /// People who said any of it.
    pub people: usize,
}

impl Summary {
    /// One section, if there is something in it.
    pub fn part(&self, section: Section) -> Option<&Part> {
        self.parts.iter().find(|part| part.section == section)
    }

    /// Lines altogether.
    pub fn lines(&self) -> usize {
        self.parts.iter().map(Part::lines).sum()
    }
}

/// The lines these rows make: those who say the same together, each known by what was said first.
pub fn lines(rows: impl IntoIterator<Item = VoiceRow>, groups: &Groups, zone: &TimeZone) -> Vec<InsightLine> {
    let mut by_lead: BTreeMap<InsightId, Vec<Voice>> = BTreeMap::new();
    for row in rows {
        let voice = Voice { on: zone.to_datetime(row.at).date(), row };
        by_lead.entry(groups.lead(voice.row.id)).or_default().push(voice);
    }
    let line = |mut voices: Vec<Voice>| {
        voices.sort_by_key(|voice| (voice.row.at, voice.row.id));
        let mut voices = voices.into_iter();
        voices.next().map(|first| InsightLine::new(first, voices.collect()))
    };
    by_lead.into_values().filter_map(line).collect()
}

/// Notes with some lines the one among all they look most like, each pair once: with the younger.
pub fn propose(some: &mut [InsightLine], all: &[InsightLine], groups: &Groups) {
    let told: Vec<BTreeSet<String>> = all.iter().map(|line| words(&line.first.row.text)).collect();
    for line in some {
        let mine = words(&line.first.row.text);
        let id = line.first.row.id;
        let open = all.iter().zip(&told).filter(|(other, _)| {
            let theirs = other.first.row.id;
            theirs < id
                && other.section() == line.section()
                && !groups.together(id, theirs)
                && [Tie::Contrary, Tie::Apart].iter().all(|tie| groups.links(*tie, id, theirs).is_empty())
        });
        let best = open
            .filter_map(|(other, theirs)| Some((likeness(&mine, theirs)?, other)))
            .max_by_key(|(alike, other)| (*alike, std::cmp::Reverse(other.first.row.id)));
        line.alike = best.map(|(_, other)| Alike {
            id: other.first.row.id,
            text: other.first.row.text.clone(),
            who: other.first.who().to_owned(),
        });
    }
}

/// The dossier of these rows.
pub fn whole(rows: Vec<VoiceRow>, links: &[Link], zone: &TimeZone) -> Summary {
    let groups = Groups::new(links);
    let (hidden, shown): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.hidden);
    let people: BTreeSet<ContactId> = shown.iter().filter_map(|row| row.contact).collect();
    let mut all = lines(shown, &groups, zone);
    let others = all.clone();
    propose(&mut all, &others, &groups);
    let points = points(all, &groups);
    let part = |&section: &Section| {
        let here: Vec<Point> = points.iter().filter(|point| section_of(point) == Some(section)).cloned().collect();
        let spoke = here.iter().flat_map(|point| &point.lines).flat_map(InsightLine::voices);
        let people: BTreeSet<ContactId> = spoke.filter_map(|voice| voice.row.contact).collect();
        (!here.is_empty()).then(|| Part { section, people: people.len(), shelves: shelves(section, here) })
    };
    let voice = |row: VoiceRow| Voice { on: zone.to_datetime(row.at).date(), row };
    Summary {
        parts: Section::ALL.iter().filter_map(part).collect(),
        hidden: hidden.into_iter().map(voice).collect(),
        people: people.len(),
    }
}

fn section_of(point: &Point) -> Option<Section> {
    point.lines.first().map(InsightLine::section)
}

/// Lines that contradict each other, also by way of a third, are one point.
fn points(lines: Vec<InsightLine>, groups: &Groups) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for line in lines {
        let id = line.first.row.id;
        let against = |point: &Point| -> Vec<InsightLinkId> {
            let ties = |other: &InsightLine| groups.links(Tie::Contrary, id, other.first.row.id);
            point.lines.iter().flat_map(ties).copied().collect()
        };
        let (met, apart): (Vec<_>, Vec<_>) =
            points.into_iter().map(|point| (against(&point), point)).partition(|(ties, _)| !ties.is_empty());
        points = apart.into_iter().map(|(_, point)| point).collect();
        let mut own = Point { lines: Vec::new(), contrary: Vec::new() };
        for (ties, point) in met {
            own.lines.extend(point.lines);
            own.contrary.extend(point.contrary);
            own.contrary.extend(ties);
        }
        own.lines.push(line);
        points.push(own);
    }
    points.sort_by_key(|point| {
        let most = point.lines.iter().map(|line| line.count.people).max();
        (std::cmp::Reverse(most), point.lines.first().map(|line| line.first.row.id))
    });
    points
}

/// What the role needs stands by weight; all else together.
fn shelves(section: Section, points: Vec<Point>) -> Vec<Shelf> {
    if section != Section::Requirements {
        return vec![Shelf { heading: None, points }];
    }
    let weights = [
        (Some(Weight::Essential), Weight::Essential.label()),
        (Some(Weight::NiceToHave), Weight::NiceToHave.label()),
        (None, "Not sure yet"),
    ];
    let of = |point: &Point| point.lines.first().and_then(|line| line.weight);
    let shelf = |(weight, label)| Shelf {
        heading: Some(label),
        points: points.iter().filter(|point| of(point) == weight).cloned().collect(),
    };
    weights.into_iter().map(shelf).filter(|shelf| !shelf.points.is_empty()).collect()
}

#[cfg(test)]
pub(super) mod tests;
