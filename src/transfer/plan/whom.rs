//! Whom a file means by a name or a profile.

use std::collections::HashMap;

use crate::contacts::forgotten::{Marks, Traits};
use crate::contacts::imports::queries::KnownPerson;
use crate::folding::folded;
use crate::ids::ForgottenId;
use crate::transfer::archive::Person;
use crate::transfer::linkedin::Connection;

/// Someone who is in the contacts, or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whom {
    /// A known person, by their place.
    Known(usize),
    /// A new one, by the place of their row in `Connections.csv`.
    Row(usize),
}

/// What looking for someone came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// One person.
    Found(Whom),
    /// Someone in the bin, who is not brought back.
    InBin,
    /// Someone the user asked to forget, who is not brought back.
    Forgotten(ForgottenId),
    /// Nobody, or several of that name.
    Nobody,
}

/// Everyone who is in the contacts, or will be, by profile and name.
pub struct Directory<'a> {
    profiles: HashMap<&'a str, Sought>,
    /// With whether they have a profile; several of one name are nobody.
    names: HashMap<String, Option<(Whom, bool)>>,
    forgotten: Option<&'a Marks>,
}

impl<'a> Directory<'a> {
    /// Of the known people, those in the bin last, and of the new ones with the places of their rows.
    pub fn of(people: &'a [KnownPerson], new: impl Iterator<Item = (usize, &'a Connection)>) -> Self {
        let mut directory = Self { profiles: HashMap::new(), names: HashMap::new(), forgotten: None };
        for (at, person) in people.iter().enumerate() {
            let sought = if person.in_bin { Sought::InBin } else { Sought::Found(Whom::Known(at)) };
            directory.add(&person.name, person.profile_key.as_deref(), sought);
            if let Some(said) = person.said_name.as_deref().filter(|said| folded(said) != folded(&person.name)) {
                directory.add(said, person.profile_key.as_deref(), sought);
            }
        }
        for (at, row) in new {
            let profile = row.profile.as_ref().map(|profile| profile.key());
            directory.add(row.name.as_str(), profile, Sought::Found(Whom::Row(at)));
        }
        directory
    }

    /// The same, without those the user asked to forget.
    pub fn without(self, forgotten: &'a Marks) -> Self {
        Self { forgotten: Some(forgotten), ..self }
    }

    fn add(&mut self, name: &str, profile: Option<&'a str>, sought: Sought) {
        if let Some(key) = profile {
            self.profiles.entry(key).or_insert(sought);
        }
        if let Sought::Found(whom) = sought {
            self.names.entry(folded(name)).and_modify(|one| *one = None).or_insert(Some((whom, profile.is_some())));
        }
    }

    fn mark_of(&self, person: &Person) -> Option<ForgottenId> {
        let profile = person.profile.as_ref().map(|profile| profile.key());
        let traits = Traits { name: person.name.as_str(), profile, ..Traits::default() };
        self.forgotten.and_then(|marks| marks.mark_of(&traits))
    }

    /// Whoever has that profile; where one side has none, whoever alone bears that name.
    pub fn find(&self, person: &Person) -> Sought {
        let by_profile = person.profile.as_ref().and_then(|profile| self.profiles.get(profile.key()));
        if let Some(sought) = by_profile {
            return *sought;
        }
        match self.names.get(&folded(person.name.as_str())) {
            Some(Some((whom, has_profile))) if person.profile.is_none() || !has_profile => Sought::Found(*whom),
            _ => self.mark_of(person).map_or(Sought::Nobody, Sought::Forgotten),
        }
    }
}
