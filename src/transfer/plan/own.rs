//! What of an archive is new to the person's own settings, and how it goes there and away again.

use std::collections::HashSet;

use super::employed::is_employer;
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::MOST_LINES;
use crate::folding::folded;
use crate::text::Line;
use crate::transfer::archive::own::{Own, employer_key};
use crate::transfer::chosen::Confirmation;

/// Lines of an archive that the settings do not have yet, with their places in it; no more than the settings hold.
#[derive(Debug, Default)]
pub struct Offered {
    /// Where the person works, and worked before.
    pub employers: Vec<(usize, String)>,
    /// Their schools.
    pub schools: Vec<(usize, String)>,
    /// Job titles they want.
    pub roles: Vec<(usize, String)>,
}

impl Offered {
    /// What of it these settings do not have.
    pub fn of(own: &Own, preferences: &Preferences) -> Self {
        let is_one = |(_, name): &(usize, String)| is_employer(&employer_key(name));
        Self {
            employers: beyond(&own.employers, &preferences.former_employers, employer_key)
                .into_iter()
                .filter(is_one)
                .collect(),
            schools: beyond(&own.schools, &preferences.schools, folded),
            roles: beyond(&own.roles, &preferences.target_roles, folded),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.employers.is_empty() && self.schools.is_empty() && self.roles.is_empty()
    }
}

fn beyond(lines: &[Line<100>], kept: &[String], key: impl Fn(&str) -> String) -> Vec<(usize, String)> {
    let known: HashSet<String> = kept.iter().map(|line| key(line)).collect();
    let new = lines.iter().map(|line| line.as_str().to_owned()).enumerate();
    new.filter(|(_, line)| !known.contains(&key(line))).take(MOST_LINES.saturating_sub(kept.len())).collect()
}

/// Adds what was chosen to the settings, and tells what.
pub fn add(own: &Own, chosen: &Confirmation, to: &mut Preferences) -> Own {
    let offered = Offered::of(own, to);
    let mut added = Own::default();
    let lists = [
        (offered.employers, &chosen.employers, &mut to.former_employers, &mut added.employers),
        (offered.schools, &chosen.schools, &mut to.schools, &mut added.schools),
        (offered.roles, &chosen.roles, &mut to.target_roles, &mut added.roles),
    ];
    for (offered, places, kept, added) in lists {
        for (_, line) in offered.into_iter().filter(|(place, _)| places.contains(place)) {
            added.extend(Line::parse(&line).ok());
            kept.push(line);
        }
    }
    added
}

/// Takes what was added out of the settings again, as far as it is still there.
pub fn take_back(added: &Own, from: &mut Preferences) {
    let lists = [
        (&added.employers, &mut from.former_employers),
        (&added.schools, &mut from.schools),
        (&added.roles, &mut from.target_roles),
    ];
    for (added, kept) in lists {
        kept.retain(|line| !added.iter().any(|one| one.as_str() == line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<Line<100>> {
        texts.iter().map(|text| Line::parse(text).unwrap()).collect()
    }

    #[test]
    fn only_what_is_new_is_offered_and_only_what_was_added_goes_again() {
        let own = Own {
            employers: lines(&["Acme, Inc.", "Globex", "Self-employed"]),
            schools: lines(&["MIT"]),
            roles: lines(&["data analyst"]),
        };
        let mut preferences = Preferences {
            former_employers: vec!["acme".into()],
            target_roles: vec!["Data Analyst".into()],
            ..Preferences::default()
        };
        let before = preferences.clone();
        let offered = Offered::of(&own, &preferences);
        assert_eq!((offered.employers, offered.schools), (vec![(1, "Globex".into())], vec![(0, "MIT".into())]));
        assert!(offered.roles.is_empty());
        let chosen = Confirmation { employers: vec![0, 1, 2, 9], schools: vec![0], ..Confirmation::default() };
        let added = add(&own, &chosen, &mut preferences);
        assert_eq!(preferences.former_employers, ["acme", "Globex"]);
        assert_eq!((added.employers, added.schools.len()), (lines(&["Globex"]), 1));
        assert!(add(&own, &chosen, &mut preferences).is_empty(), "a second time adds nothing");
        take_back(
            &Own { employers: lines(&["Globex"]), schools: lines(&["MIT"]), roles: Vec::new() },
            &mut preferences,
        );
        assert_eq!(preferences, before);
    }

    #[test]
    fn the_settings_hold_no_more_than_they_can() {
        let own =
            Own { schools: (0..50).map(|n| Line::parse(&format!("School {n}")).unwrap()).collect(), ..Own::default() };
        let preferences = Preferences { schools: vec!["MIT".into(); MOST_LINES - 2], ..Preferences::default() };
        assert_eq!(Offered::of(&own, &preferences).schools.len(), 2);
    }
}
