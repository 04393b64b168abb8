use std::collections::BTreeSet;

use super::*;
use crate::contacts::imports::queries::{KnownPerson, Past};
use crate::database::Day;
use crate::ids::ContactId;
use crate::transfer::archive::Correspondent;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 24);

fn known(name: &str, profile: Option<&str>) -> KnownPerson {
    KnownPerson {
        id: ContactId::new(),
        name: name.into(),
        profile_key: profile.map(str::to_owned),
        employer: None,
        employer_key: None,
        job_title: None,
        email: None,
        phone: None,
        connected_on: None,
        requested_on: None,
        added_on: Day(date(2026, 11, 1)),
        stage: Stage::Identified,
        in_bin: false,
        said_name: None,
        said_employer: None,
        said_job_title: None,
        said_email: None,
    }
}

fn wrote_with(name: &str, profile: &str, sent: &[Date], received: &[Date]) -> Correspondent {
    Correspondent {
        person: Person::read(name, profile).unwrap(),
        sent: sent.iter().copied().collect(),
        received: received.iter().copied().collect(),
        words: Vec::new(),
    }
}

fn past(begins: Date, begins_connected: bool, touches: &[(Date, Direction)]) -> Past {
    Past {
        begins,
        begins_connected,
        was_requested: false,
        touches: touches.iter().copied().collect(),
        wordless: HashMap::new(),
    }
}

fn plan(people: &[KnownPerson], archive: &Archive, before: &Before) -> Histories {
    Histories::of(archive, &Directory::of(people, std::iter::empty()), people, before, std::iter::empty(), TODAY)
}

#[test]
fn one_line_a_day_and_side_and_none_that_is_known_or_from_before_or_to_come() {
    let people = [known("Grace", Some("/in/grace"))];
    let days = [date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 6), date(2026, 12, 1)];
    let archive = Archive {
        letters: vec![
            wrote_with("Grace H", "https://www.linkedin.com/in/grace", &days, &[date(2026, 11, 6)]),
            wrote_with("Grace", "", &[date(2026, 11, 6)], &[]),
        ],
        ..Archive::default()
    };
    let told = |past: Past| {
        let before = Before { pasts: HashMap::from([(people[0].id, past)]), ..Before::default() };
        let lines = plan(&people, &archive, &before).letters;
        lines.into_iter().map(|line| (line.kind, line.on)).collect::<Vec<_>>()
    };
    let answered = (Kind::Replied, date(2026, 11, 6));
    assert_eq!(
        told(past(date(2026, 11, 1), true, &[(date(2026, 11, 5), Direction::Out)])),
        [(Kind::Wrote, date(2026, 11, 6)), answered]
    );
    assert_eq!(told(past(date(2026, 11, 1), false, &[])).len(), 4, "someone found by hand was written with before");
}

#[test]
fn a_name_that_two_bear_is_nobody_and_one_in_the_bin_is_not_brought_back() {
    let mut people = [known("Jo", None), known("Jo", None), known("Bin", Some("/in/bin"))];
    people[2].in_bin = true;
    let on = BTreeSet::from([date(2026, 11, 5)]);
    let letters =
        [("Jo", ""), ("Bin", "https://www.linkedin.com/in/bin"), ("Stranger", "https://www.linkedin.com/in/s")]
            .map(|(name, profile)| wrote_with(name, profile, &on.iter().copied().collect::<Vec<_>>(), &[]));
    let archive = Archive { letters: letters.into(), ..Archive::default() };
    let found = plan(&people, &archive, &Before::default());
    assert_eq!((found.letters.len(), found.strangers), (0, 2));
}

#[test]
fn notes_come_once() {
    let people = [known("Grace", Some("/in/grace"))];
    let note = |text: &str| crate::transfer::archive::notes::PersonNote {
        about: Person::read("Grace", "").unwrap(),
        text: Text::parse(text).unwrap(),
    };
    let archive = Archive { notes: vec![note("Tea"), note("Oslo"), note("Oslo")], ..Archive::default() };
    let before = Before { notes: HashMap::from([(people[0].id, "Likes Tea".to_owned())]), ..Before::default() };
    let notes = plan(&people, &archive, &before).notes;
    assert_eq!(notes.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["Likes Tea\n\nOslo"]);
}
