//! What an archive adds to histories: requests that were sent, and on which days who wrote to whom.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::whom::{Directory, Sought, Whom};
use crate::contacts::imports::queries::KnownPerson;
use crate::ids::{ForgottenId, TouchpointId};
use crate::playbook::event::{Direction, Kind};
use crate::playbook::stage::Stage;
use crate::text::Text;
use crate::transfer::archive::invitations::{Invitation, Way};
use crate::transfer::archive::{Archive, Person};
use crate::transfer::before::Before;

/// The most characters of someone's notes.
const NOTES_MAX: usize = 20_000;

/// A line to be added to someone's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Line {
    /// Whose.
    pub whom: Whom,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub on: Date,
}

/// The line of a history that words belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Belongs {
    /// One that is added.
    New(Line),
    /// One that an earlier import added without them.
    Known(TouchpointId),
}

/// What an archive adds to histories and notes.
#[derive(Debug, Default)]
pub struct Histories {
    /// Requests that wait for an answer, to contacts who were not asked yet.
    pub requests: Vec<Line>,
    /// Messages: one a day from each side at most.
    pub letters: Vec<Line>,
    /// Requests to people who are in no list, by their places in the archive, the latest first.
    pub offered: Vec<usize>,
    /// What was written, by the line it belongs to and its places in the archive.
    pub words: Vec<(Belongs, (usize, usize))>,
    /// How many people who are in no list asked the user.
    pub received: usize,
    /// How many people who are in no list the user wrote with.
    pub strangers: usize,
    /// How many people who were asked or asked were left out, as the user asked to forget them.
    pub forgotten: HashSet<ForgottenId>,
    /// How many notes are about people who are in no list, or about one of several of a name.
    pub unplaced: usize,
    /// The notes of people with something new in them, whole.
    pub notes: Vec<(Whom, Text<NOTES_MAX>)>,
}

impl Histories {
    /// Holds an archive against what is known, with what its sheets note of whom. `today` bounds what lies in the future.
    pub fn of<'n>(
        archive: &'n Archive,
        directory: &Directory<'_>,
        people: &[KnownPerson],
        before: &Before,
        notes: impl Iterator<Item = (Whom, Cow<'n, str>)>,
        today: Date,
    ) -> Self {
        let mut found = Self::default();
        let mut asked = HashSet::new();
        for (at, invitation) in archive.invitations.iter().enumerate() {
            let on = invitation.on.filter(|on| *on <= today);
            match (directory.find(&invitation.other), invitation.way) {
                (Sought::Found(Whom::Known(known)), Way::Sent) => {
                    let person = &people[known];
                    let was_requested = before.pasts.get(&person.id).is_some_and(|past| past.was_requested);
                    if let (Some(on), Stage::Identified, false) = (on, person.stage, was_requested)
                        && asked.insert(known)
                    {
                        found.requests.push(Line { whom: Whom::Known(known), kind: Kind::Requested, on });
                    }
                }
                (Sought::Nobody, Way::Sent) => found.offered.push(at),
                (Sought::Nobody, Way::Received) => found.received += 1,
                (Sought::Forgotten(mark), _) => {
                    found.forgotten.insert(mark);
                }
                _ => {}
            }
        }
        found.offered.sort_by_key(|at| std::cmp::Reverse(archive.invitations[*at].on));
        found.read_letters(archive, directory, people, before, today);
        let mut of_archive = Vec::new();
        for note in &archive.notes {
            match directory.find(&note.about) {
                Sought::Found(whom) => of_archive.push((whom, Cow::from(note.text.as_str()))),
                Sought::Nobody => found.unplaced += 1,
                Sought::InBin | Sought::Forgotten(_) => {}
            }
        }
        found.read_notes(of_archive.into_iter().chain(notes), people, before);
        found
    }

    fn read_letters(
        &mut self,
        archive: &Archive,
        directory: &Directory<'_>,
        people: &[KnownPerson],
        before: &Before,
        today: Date,
    ) {
        let mut taken = HashSet::new();
        let mut worded = HashSet::new();
        for (place, correspondent) in archive.letters.iter().enumerate() {
            let Sought::Found(whom) = directory.find(&correspondent.person) else {
                self.strangers += usize::from(directory.find(&correspondent.person) == Sought::Nobody);
                continue;
            };
            let past = match whom {
                Whom::Known(known) => before.pasts.get(&people[known].id),
                Whom::Row(_) => None,
            };
            // Who came as connected was written with before: that moves nobody now.
            let from = past.filter(|past| past.begins_connected).map_or(Date::MIN, |past| past.begins);
            let sides = [(Kind::Wrote, &correspondent.sent), (Kind::Replied, &correspondent.received)];
            for (kind, on) in sides.into_iter().flat_map(|(kind, days)| days.iter().map(move |day| (kind, *day))) {
                let is_known = past.is_some_and(|past| past.touches.contains(&(on, kind.direction())));
                if on >= from && on <= today && !is_known && taken.insert((whom, kind, on)) {
                    self.letters.push(Line { whom, kind, on });
                }
            }
            for (at, words) in correspondent.words.iter().enumerate() {
                let kind = if words.is_sent { Kind::Wrote } else { Kind::Replied };
                let wordless = past.and_then(|past| past.wordless.get(&(words.on, kind.direction())));
                let belongs = match wordless {
                    Some(known) => Belongs::Known(*known),
                    None if taken.contains(&(whom, kind, words.on)) => Belongs::New(Line { whom, kind, on: words.on }),
                    None => continue,
                };
                if worded.insert(belongs) {
                    self.words.push((belongs, (place, at)));
                }
            }
        }
        // In the order in which they happened; within a day one is asked before one answers.
        self.letters.sort_by_key(|line| (line.on, line.kind.direction() == Direction::In));
    }

    fn read_notes<'n>(
        &mut self,
        said: impl Iterator<Item = (Whom, Cow<'n, str>)>,
        people: &[KnownPerson],
        before: &Before,
    ) {
        let mut whole: HashMap<Whom, String> = HashMap::new();
        let mut changed = Vec::new();
        let mut is_changed = HashSet::new();
        for (whom, text) in said {
            let notes = whole.entry(whom).or_insert_with(|| match whom {
                Whom::Known(known) => before.notes.get(&people[known].id).cloned().unwrap_or_default(),
                Whom::Row(_) => String::new(),
            });
            if notes.contains(&*text) {
                continue;
            }
            let longer = if notes.is_empty() { text.into_owned() } else { format!("{notes}\n\n{text}") };
            if longer.chars().count() <= NOTES_MAX {
                *notes = longer;
                if is_changed.insert(whom) {
                    changed.push(whom);
                }
            }
        }
        let notes = changed.into_iter().filter_map(|whom| Some((whom, Text::parse(whole.get(&whom)?).ok()?)));
        self.notes = notes.collect();
    }

    /// With how many people messages were exchanged that are news.
    pub fn written_with(&self) -> usize {
        self.letters.iter().map(|line| line.whom).collect::<HashSet<_>>().len()
    }

    /// The first day on which someone was written with.
    pub fn first_letters(&self) -> HashMap<Whom, Date> {
        let mut first = HashMap::new();
        for line in &self.letters {
            first.entry(line.whom).or_insert(line.on);
        }
        first
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.letters.is_empty() && self.notes.is_empty()
    }

    /// The requests that can be chosen, with their places.
    pub fn choices<'a>(&'a self, archive: &'a Archive) -> impl Iterator<Item = (usize, &'a Person, Option<Date>)> {
        let invitation = |at: usize| archive.invitations.get(at).map(|found: &Invitation| (at, &found.other, found.on));
        self.offered.iter().filter_map(move |at| invitation(*at))
    }
}

#[cfg(test)]
mod tests;
