use super::*;
use crate::database::Day;
use crate::ids::ContactId;
use crate::transfer::linkedin::Connections;
use jiff::civil::date;
use proptest::prelude::*;

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const TODAY: Date = date(2026, 11, 24);

fn rows(lines: &str) -> Vec<Connection> {
    Connections::parse(&format!("{HEADER}{lines}")).unwrap().rows
}

fn known(row: &Connection, stage: Stage) -> KnownPerson {
    KnownPerson {
        id: ContactId::new(),
        name: row.name.as_str().into(),
        profile_key: row.profile.as_ref().map(|p| p.key().into()),
        employer: row.employer.as_ref().map(|e| e.as_str().into()),
        employer_key: row.employer.as_ref().map(|e| e.key().as_str().into()),
        job_title: row.job_title.as_ref().map(|t| t.as_str().into()),
        email: row.email.as_ref().map(|e| e.as_str().into()),
        phone: None,
        connected_on: row.connected_on.map(Day),
        requested_on: None,
        added_on: Day(date(2026, 11, 1)),
        stage,
        in_bin: false,
        said_name: None,
        said_employer: None,
        said_job_title: None,
        said_email: None,
    }
}

#[test]
fn the_same_file_again_changes_nothing() {
    let rows = rows(
        "Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,Engineer,01 Feb 2020\n\
         John,Smith,,,IBM,Engineer,02 Feb 2020\n\
         John,Smith,,,IBM,Manager,03 Feb 2020\n\
         Grace,Hopper,,,,,04 Feb 2020\n",
    );
    let mut people: Vec<KnownPerson> = rows.iter().map(|row| known(row, Stage::Connected)).collect();
    people.reverse();
    let fates = fates(&rows, &people, TODAY);
    assert!(fates.iter().all(|fate| matches!(fate, Fate::Same(_))), "{fates:?}");
}

#[test]
fn one_name_in_two_spellings_is_one_person() {
    let before = rows("Zoë,O'Müller,,,Werk Nord,Engineer,01 Feb 2020\nÁlvaro,Núñez,,,Acme,,01 Feb 2020\n");
    let people: Vec<KnownPerson> = before.iter().map(|row| known(row, Stage::Connected)).collect();
    let after = rows(
        "Zoe\u{308},O’Mu\u{308}ller,,,Werk Nord,Engineer,01 Feb 2020\nALVARO,NUNEZ,,,\"Acme, Inc.\",,01 Feb 2020\n",
    );
    let fates = fates(&after, &people, TODAY);
    assert!(fates.iter().all(|fate| matches!(fate, Fate::Same(_))), "{fates:?}");
    let twice = rows("Zoë,Müller,,,Acme,,01 Feb 2020\nZoe\u{308},Mu\u{308}ller,,,Acme,,01 Feb 2020\n");
    assert_eq!(twice.len(), 1, "within one file");
}

#[test]
fn another_employer_is_a_change_of_jobs_and_an_empty_cell_is_none() {
    let before = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,a@b.example,\"Acme, Inc.\",Engineer,01 Feb 2020\n");
    let people = vec![known(&before[0], Stage::Connected)];
    let after = rows("Ada,Lovelace,https://www.linkedin.com/in/ADA/,,Globex,,01 Feb 2020\n");
    let changed = fates(&after, &people, TODAY);
    let Fate::Changed { news, joined, .. } = &changed[0] else { panic!("{changed:?}") };
    assert_eq!(news.employer.as_ref().map(|e| e.as_str()), Some("Globex"));
    assert!(news.job_title.is_none() && news.email.is_none() && joined.is_none());
    assert!(changed[0].is_job_change(&people));
    let spelled = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,,ACME inc,,01 Feb 2020\n");
    assert!(matches!(fates(&spelled, &people, TODAY)[0], Fate::Same(_)), "another spelling is no other job");
}

#[test]
fn whoever_was_asked_and_is_in_the_file_accepted() {
    let rows = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,Engineer,20 Nov 2026\n");
    let mut person = known(&rows[0], Stage::Requested);
    person.requested_on = Some(Day(date(2026, 11, 18)));
    for (requested, accepted) in [(date(2026, 11, 18), date(2026, 11, 20)), (date(2026, 11, 23), date(2026, 11, 23))] {
        person.requested_on = Some(Day(requested));
        let fates = fates(&rows, std::slice::from_ref(&person), TODAY);
        assert!(
            matches!(fates[0], Fate::Changed { joined: Some(Joined::Accepted(on)), .. } if on == accepted),
            "{fates:?}"
        );
    }
}

#[test]
fn whoever_was_not_asked_is_connected_since_their_day() {
    let rows = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,Engineer,08 Feb 2019\n");
    let person = KnownPerson { connected_on: None, ..known(&rows[0], Stage::Identified) };
    let planned = |archive: &Archive| {
        let file = Connections { rows: rows.clone(), ..Connections::nobody() };
        Planned::of(archive, &file, std::slice::from_ref(&person), &Before::default(), TODAY)
    };
    let nobody_asked = planned(&Archive::default());
    assert!(
        matches!(nobody_asked.fates[0], Fate::Changed { joined: Some(Joined::Already(on)), .. } if on == date(2019, 2, 8)),
        "{:?}",
        nobody_asked.fates
    );
    assert_eq!(nobody_asked.report.accepted, 0);
    let other = crate::transfer::archive::Person::read("Ada Lovelace", "https://www.linkedin.com/in/ada").unwrap();
    let way = crate::transfer::archive::invitations::Way::Sent;
    let invitation = crate::transfer::archive::invitations::Invitation { other, way, on: Some(date(2026, 11, 3)) };
    let asked = planned(&Archive { invitations: vec![invitation], ..Archive::default() });
    assert_eq!(asked.report.accepted, 1, "{:?}", asked.fates);
}

#[test]
fn somebody_in_the_bin_stays_there_unless_they_were_added_again() {
    let rows = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,Engineer,20 Nov 2020\n");
    let binned = KnownPerson { in_bin: true, ..known(&rows[0], Stage::Connected) };
    assert!(matches!(fates(&rows, std::slice::from_ref(&binned), TODAY)[0], Fate::InBin));
    let again = [known(&rows[0], Stage::Connected), binned];
    assert!(matches!(fates(&rows, &again, TODAY)[0], Fate::Same(_)));
}

#[test]
fn a_contact_without_a_profile_is_found_by_name_and_employer_and_another_profile_is_another_person() {
    let rows = rows("Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,Engineer,20 Nov 2020\n");
    let by_hand = KnownPerson { profile_key: None, name: "ada lovelace".into(), ..known(&rows[0], Stage::Connected) };
    assert!(matches!(&fates(&rows, &[by_hand], TODAY)[0], Fate::Changed { news, .. } if news.profile.is_some()));
    let namesake =
        KnownPerson { profile_key: Some("linkedin.com/in/other".into()), ..known(&rows[0], Stage::Connected) };
    assert!(matches!(fates(&rows, &[namesake], TODAY)[0], Fate::New));
}

#[test]
fn employers_come_by_number_of_people_then_by_name() {
    let rows = rows(
        "A,A,,,Zeta,,20 Nov 2020\nB,B,,,Beta,,20 Nov 2020\nC,C,,,Acme Inc,,20 Nov 2020\nD,D,,,\"ACME, Inc.\",,20 Nov 2020\nE,E,,,Self-employed,,20 Nov 2020\n",
    );
    let named: Vec<(String, i64)> =
        employers(&rows, &[]).into_iter().map(|e| (e.name.as_str().into(), e.people)).collect();
    assert_eq!(named, [("Acme Inc".into(), 2), ("Beta".into(), 1), ("Zeta".into(), 1)]);
}

/// Someone of whom the list said this before.
fn listed(row: &Connection) -> KnownPerson {
    let person = known(row, Stage::Connected);
    KnownPerson {
        said_name: Some(person.name.clone()),
        said_employer: person.employer.clone(),
        said_job_title: person.job_title.clone(),
        said_email: person.email.clone(),
        ..person
    }
}

/// The list with one person, whose address, employer and position are one of a few, or missing.
fn one(email: &str, employer: &str, title: &str) -> Connection {
    rows(&format!("Ada,Lovelace,https://www.linkedin.com/in/ada,{email},{employer},{title},01 Feb 2020\n")).remove(0)
}

proptest! {
    #[test]
    fn whatever_was_corrected_the_same_list_says_nothing_new_and_another_employer_is_a_change_of_jobs(
        emails in prop::array::uniform2(prop::sample::select(vec!["", "a@x.example", "b@x.example"])),
        employers in prop::array::uniform3(prop::sample::select(vec!["", "Acme", "\"ACME, Inc.\"", "Globex", "Initech"])),
        titles in prop::array::uniform3(prop::sample::select(vec!["", "Analyst", "Director", "Engineer"])),
    ) {
        let said = one(emails[0], employers[0], titles[0]);
        let edited = known(&one(emails[1], employers[1], titles[1]), Stage::Connected);
        let person = KnownPerson {
            name: "Ada King".into(),
            employer: edited.employer,
            employer_key: edited.employer_key,
            job_title: edited.job_title,
            email: edited.email,
            ..listed(&said)
        };
        let people = [person];
        prop_assert!(matches!(fates(std::slice::from_ref(&said), &people, TODAY)[0], Fate::Same(0)));

        let next = one("", employers[2], titles[2]);
        let key = |row: &Connection| row.employer.as_ref().map(|employer| employer.key());
        let is_other = key(&next).is_some_and(|next| {
            Some(&next) != key(&said).as_ref() && people[0].employer_key.as_deref() != Some(next.as_str())
        });
        let fates = fates(std::slice::from_ref(&next), &people, TODAY);
        let news = match &fates[0] {
            Fate::Changed { news, .. } => news.employer.is_some(),
            _ => false,
        };
        prop_assert_eq!(news, is_other, "{:?}", fates);
        prop_assert!(!is_other || people[0].employer.is_none() || fates[0].is_job_change(&people));
    }
}
