use super::*;
use jiff::civil::date;

const OLD: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n";
const MID: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n";
const NEW: &str = "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT PROFILE URLS\",\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\",\"IS MESSAGE DRAFT\"\n";
const IN: &str = "https://www.linkedin.com/in/";

fn read(file: &str) -> Letters {
    let mut letters = Letters::default();
    letters.read(file.as_bytes(), &TimeZone::UTC).unwrap();
    letters
}

fn seen(letters: &Letters) -> Vec<(String, Vec<Date>, Vec<Date>)> {
    let mut all: Vec<_> = letters
        .seen_by(None, None)
        .unwrap()
        .into_iter()
        .map(|one| {
            (one.person.name.as_str().to_owned(), one.sent.into_iter().collect(), one.received.into_iter().collect())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn before_2023_the_receiver_is_known_by_the_name_they_write_under() {
    let file = format!(
        "{OLD}c1,,Me M,{IN}me,Grace Hopper,2021-03-01 09:00:00 UTC,,Hello,INBOX\n\
         c1,,Grace Hopper,{IN}grace,Me M,2021-03-02 09:00:00 UTC,,\"Yes,\n\"\"gladly\"\"\",INBOX\n\
         c2,,Ada L,{IN}ada,Me M,2021-03-03 09:00:00 UTC,,Hi,ARCHIVE\n"
    );
    assert_eq!(
        seen(&read(&file)),
        [
            ("Ada L".to_owned(), vec![], vec![date(2021, 3, 3)]),
            ("Grace Hopper".to_owned(), vec![date(2021, 3, 1)], vec![date(2021, 3, 2)]),
        ]
    );
    let grace = &read(&file).seen_by(None, None).unwrap();
    assert!(grace.iter().all(|one| one.person.profile.is_some()));
}

#[test]
fn drafts_spam_advertisements_and_groups_are_no_ones() {
    let file = format!(
        "{NEW}\"c1\",\"\",\"Me M\",\"{IN}me\",\"Grace Hopper\",\"{IN}grace\",\"2026-11-03 09:00:00 UTC\",\"\",\"Two\nlines\",\"INBOX\",\"\",\"No\"\n\
         \"c1\",\"\",\"Me M\",\"{IN}me\",\"Grace Hopper\",\"{IN}grace\",\"2026-11-03 10:00:00 UTC\",\"\",\"Again\",\"INBOX\",\"\",\"No\"\n\
         \"c1\",\"\",\"Me M\",\"{IN}me\",\"Grace Hopper\",\"{IN}grace\",\"2026-11-04 09:00:00 UTC\",\"\",\"Not sent\",\"INBOX\",\"\",\"Yes\"\n\
         \"c2\",\"\",\"Shop\",\"\",\"Me M\",\"{IN}me\",\"2026-11-05 09:00:00 UTC\",\"\",\"<p class=\"\"spinmail-quill-editor__spin-break\"\">Buy\",\"INBOX\",\"\",\"No\"\n\
         \"c3\",\"\",\"Bad B\",\"{IN}bad\",\"Me M\",\"{IN}me\",\"2026-11-05 09:00:00 UTC\",\"\",\"Win\",\"SPAM\",\"\",\"No\"\n\
         \"c4\",\"Class\",\"Grace Hopper\",\"{IN}grace\",\"Me M, Ada L\",\"{IN}me,{IN}ada\",\"2026-11-06 09:00:00 UTC\",\"\",\"All\",\"INBOX\",\"\",\"No\"\n\
         \"c5\",\"\",\"Zed Z\",\"{IN}zed\",\"Me M\",\"{IN}me\",\"someday\",\"\",\"?\",\"INBOX\",\"\",\"No\"\n\
         \"c6\",\"\",\"Zoe Z\",\"{IN}zoe\",\"Me M\",\"{IN}me\",\"2026-11-07 09:00:00 UTC\",\"\",\"Hi\",\"INBOX\",\"\",\"No\"\n"
    );
    let letters = read(&file);
    assert_eq!((letters.count, letters.to_groups, letters.left_out), (3, 1, 4));
    assert_eq!(
        seen(&letters),
        [
            ("Grace Hopper".to_owned(), vec![date(2026, 11, 3)], vec![]),
            ("Zoe Z".to_owned(), vec![], vec![date(2026, 11, 7)]),
        ]
    );
}

#[test]
fn whose_archive_it_is_is_told_by_the_profile_the_name_or_the_most_messages() {
    let file = format!("{MID}c,,Me M,{IN}me,Grace H,{IN}grace,2026-11-03 09:00:00 UTC,,x,INBOX\n");
    let letters = read(&file);
    assert!(letters.seen_by(None, None).is_none(), "either could be");
    let me = ProfileAddress::parse(&format!("{IN}ME/")).unwrap();
    assert_eq!(letters.seen_by(Some(&me), None).unwrap()[0].person.name.as_str(), "Grace H");
    let grace = Line::parse("grace h").unwrap();
    assert_eq!(letters.seen_by(None, Some(&grace)).unwrap()[0].person.name.as_str(), "Me M");
    let elsewhere = ProfileAddress::parse(&format!("{IN}someone-else")).unwrap();
    assert!(letters.seen_by(Some(&elsewhere), None).is_none());
    let more = format!("{file}c2,,Ada L,{IN}ada,Me M,{IN}me,2026-11-03 09:00:00 UTC,,x,\n");
    assert_eq!(read(&more).seen_by(None, None).unwrap().len(), 2);
}

#[test]
fn days_are_those_of_the_zone() {
    assert_eq!(day("2026-11-03 23:30:00 UTC", &TimeZone::UTC), Some(date(2026, 11, 3)));
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(day("2026-11-03 23:30:00 UTC", &berlin), Some(date(2026, 11, 4)));
    assert_eq!(day("11/3/26 23:30", &berlin), Some(date(2026, 11, 3)));
    assert_eq!(day("", &berlin), None);
}

#[test]
fn what_is_no_such_file_is_said_with_its_place() {
    let fault = |file: &[u8]| Letters::default().read(file, &TimeZone::UTC).unwrap_err().to_string();
    for (file, says) in [
        (&b""[..], "empty"),
        (b"Hello", "Found 'Hello'; expected a row with conversationid"),
        (b"\x89PNG\r\n\x1a\n00", "picture"),
    ] {
        assert!(fault(file).contains(says), "{}", fault(file));
    }
    let unclosed = format!("{MID}c,,Me,{IN}me,Ada,{IN}ada,2026-11-03 09:00:00 UTC,,\"cut o");
    assert!(fault(unclosed.as_bytes()).contains("line 2 is never closed"), "{}", fault(unclosed.as_bytes()));
    let mut damaged = format!("{MID}c,,Zoë,{IN}me,Ada,{IN}ada,2026-11-03 09:00:00 UTC,,x,\n").into_bytes();
    damaged.extend(b"c,,\xff\xfe,,,,,,,\n");
    assert!(fault(&damaged).contains("Line 3 is damaged"), "{}", fault(&damaged));
    let wide = format!("{MID}{}\n", "x,".repeat(300));
    assert!(fault(wide.as_bytes()).contains("line 2 has more than 200 cells"), "{}", fault(wide.as_bytes()));
    let long = format!("{MID}c,{}\n", "x".repeat(1_100_000));
    assert!(fault(long.as_bytes()).contains("line 2 is too long"), "{}", fault(long.as_bytes()));
}
