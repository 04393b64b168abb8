use super::*;
use crate::database::Day;
use crate::ids::ContactId;
use crate::transfer::linkedin::Connections;
use jiff::civil::date;

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
    let Fate::Changed { news, accepted_on, .. } = &changed[0] else { panic!("{changed:?}") };
    assert_eq!(news.employer.as_ref().map(|e| e.as_str()), Some("Globex"));
    assert!(news.job_title.is_none() && news.email.is_none() && accepted_on.is_none());
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
        assert!(matches!(fates[0], Fate::Changed { accepted_on: Some(on), .. } if on == accepted), "{fates:?}");
    }
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
