use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

const SAMPLE: &str = include_str!("../../../tests/data/Connections.csv");
/// Enough of it to be broken many times.
static BEGINNING: LazyLock<String> = LazyLock::new(|| SAMPLE.split_inclusive('\n').take(40).collect());
const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn parse(rows: &str) -> Result<Connections, Unreadable> {
    Connections::parse(&format!("{HEADER}{rows}"))
}

fn message(file: &str) -> String {
    Connections::read(file.as_bytes()).unwrap_err().to_string()
}

/// The name, employer and date of each person.
fn summary(connections: &Connections) -> Vec<(&str, Option<&str>, Option<Date>)> {
    connections
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.employer.as_ref().map(CompanyName::as_str), row.connected_on))
        .collect()
}

#[test]
fn the_sample_archive_is_read_whole() {
    let connections = Connections::read(SAMPLE.as_bytes()).unwrap();
    assert_eq!((connections.rows.len(), connections.closed, connections.repeated), (415, 5, 0));
    assert_eq!((connections.left_out, connections.remarks), (vec![], vec![]));
    let first = &connections.rows[0];
    assert_eq!((first.line, first.name.as_str(), first.connected_on), (5, "Mary Hopper", Some(date(2019, 9, 19))));
    assert_eq!(first.profile.as_ref().map(ProfileAddress::key), Some("/in/person-42-0"));
    let last = connections.rows.last().unwrap();
    assert_eq!((last.line, last.name.as_str()), (424, "José Easley"));
    assert!(connections.rows.iter().all(|row| row.connected_on.is_some() && row.profile.is_some()));
    let longest =
        connections.rows.iter().filter_map(|row| row.employer.as_ref()).map(|e| e.as_str().chars().count()).max();
    assert_eq!(longest, Some(180));
    let titles: Vec<&str> =
        connections.rows.iter().filter_map(|row| row.job_title.as_ref()).map(Line::as_str).collect();
    assert!(titles.contains(&"Analyst II"));
}

#[test]
fn files_of_every_era_are_read() {
    let ada = date(2021, 4, 4);
    for file in [
        // Until mid-2021: no notes, no profile addresses.
        "First Name,Last Name,Email Address,Company,Position,Connected On\nAda,King,,Acme,Analyst,04 Apr 2021\n",
        // Until mid-2023: notes.
        "Notes:\n\"Some addresses, \"\"privacy\"\".\"\n\nFirst Name,Last Name,Email Address,Company,Position,Connected On\nAda,King,,Acme,Analyst,04 Apr 2021",
        // Since mid-2023, quoted notes, everything quoted.
        "\"Notes:\"\n\"Some.\"\n\n\"First Name\",\"Last Name\",\"URL\",\"Email Address\",\"Company\",\"Position\",\"Connected On\"\n\"Ada\",\"King\",\"\",\"\",\"Acme\",\"Analyst\",\"04 Apr 2021\"",
        // Saved again by spreadsheets: mark, CRLF, other dates, dropped and moved columns, semicolons, tabs.
        "\u{FEFF}First Name,Last Name,Company,Connected On\r\nAda,King,Acme,4-Apr-21\r\n,,,\r\n",
        "Notes:;;;\nSome;;;\n;;;\nConnected On;Company;Last Name;First Name\n04.04.2021;Acme;King;Ada\n",
        "sep=;\nfirst_name;LASTNAME;Company;connected on\nAda;King;Acme;2021-04-04\n",
        "First Name\tLast Name\tCompany\tConnected On\nAda\tKing\tAcme\t04/04/2021\n",
        // CR alone.
        "Notes:\r\rFirst Name,Last Name,Company,Connected On\rAda,King,Acme,04 Apr 2021\r",
        // Kinds of line ends mixed.
        "Notes:\r\n\rFirst Name,Last Name,Company,Connected On\r\nAda,King,Acme,04 Apr 2021\n\r",
    ] {
        let connections = Connections::read(file.as_bytes()).unwrap();
        assert_eq!(summary(&connections), [("Ada King", Some("Acme"), Some(ada))], "{file:?}");
        assert_eq!((connections.remarks, connections.closed), (vec![], 0), "{file:?}");
    }
    let utf_16: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(Connections::read(&utf_16), Connections::read(SAMPLE.as_bytes()));
    let windows = encoding_rs::WINDOWS_1252.encode("First Name,Connected On\nBjörn,04 Apr 2021").0.into_owned();
    assert_eq!(Connections::read(&windows).unwrap().rows[0].name.as_str(), "Björn");
}

#[test]
fn cells_are_cleaned_and_what_is_lost_is_remarked() {
    let long = "é".repeat(220);
    let connections = parse(&format!(
        "\n\nAda,\"King, PhD\",linkedin.com/in/ada,ADA@Example.org,\"Acme, \"\"Inc\"\"\",\"Engineer\t\nII\0\",08 Feb 2026\n\
         Bob,\u{202E}Ross,javascript:alert(1),nowhere,{long},,8 févr. 2026\n"
    ))
    .unwrap();
    let ada = &connections.rows[0];
    assert_eq!((ada.line, ada.name.as_str()), (4, "Ada King, PhD"));
    assert_eq!(ada.email.as_ref().map(EmailAddress::as_str), Some("ada@example.org"));
    assert_eq!(ada.employer.as_ref().map(CompanyName::as_str), Some("Acme, \"Inc\""));
    assert_eq!(ada.job_title.as_ref().map(Line::as_str), Some("Engineer  II"));
    let bob = &connections.rows[1];
    assert_eq!((bob.line, bob.name.as_str(), &bob.profile, &bob.email), (6, "Bob Ross", &None, &None));
    assert_eq!(bob.employer.as_ref().map(|e| e.as_str().chars().count()), Some(200));
    let remarks: Vec<_> = connections.remarks.iter().map(|remark| (remark.line, remark.what.to_string())).collect();
    assert_eq!(
        remarks,
        [
            (
                6,
                "The profile address 'javascript:alert(1)' could not be read; the person is kept without it".to_owned()
            ),
            (6, "The e-mail address 'nowhere' could not be read; the person is kept without it".to_owned()),
            (6, "The company is longer than 200 characters; its beginning is kept".to_owned()),
            (6, "The date '8 févr. 2026' could not be read; the person is kept without it".to_owned()),
        ]
    );
}

#[test]
fn closed_repeated_and_nameless_rows_are_counted() {
    let connections = parse(
        "Ada,King,https://www.linkedin.com/in/ada,,Acme,,08 Feb 2026\n\
         ,,,,,,08 Feb 2026\n\
         Ada,King,https://de.linkedin.com/in/Ada/?x=1,,Other,,09 Feb 2026\n\
         Bob,Ross,,,Acme,,01 Feb 2026\n\
         Bob,Ross,,,Acme,,01 Feb 2026\n\
         Bob,Ross,,,Beta,,01 Feb 2026\n\
         ,,,,Acme,,01 Feb 2026\n\
         ,,,,,,\n",
    )
    .unwrap();
    assert_eq!(connections.rows.len(), 3);
    assert_eq!((connections.closed, connections.repeated), (1, 2));
    assert_eq!(connections.left_out, [LeftOut { line: 8, why: Why::NoName, of: None }]);
}

#[test]
fn the_dates_of_a_file_are_read_in_one_order() {
    let connections = parse("A,,,,,,05/06/2021\nB,,,,,,31/12/2021\nC,,,,,,40/40/2021\n").unwrap();
    let dates: Vec<_> = connections.rows.iter().map(|row| row.connected_on).collect();
    assert_eq!(dates, [Some(date(2021, 5, 6)), None, None]);
    assert_eq!(connections.remarks.len(), 2);
    let connections = parse("A,,,,,,05/06/2021\nB,,,,,,31/12/2021\n").unwrap();
    let dates: Vec<_> = connections.rows.iter().map(|row| row.connected_on).collect();
    assert_eq!(dates, [Some(date(2021, 6, 5)), Some(date(2021, 12, 31))]);
}

#[test]
fn what_is_no_connections_file_is_named() {
    for (file, words) in [
        ("", "The file is empty"),
        ("PK\u{3}\u{4}", "This is a ZIP archive; unpack it and choose the list of contacts in it"),
        (
            "From,To,Sent At,Message,Direction\n",
            "This is Invitations.csv from the LinkedIn archive, not a list of contacts",
        ),
        (
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n",
            "This is messages.csv from the LinkedIn archive, not a list of contacts",
        ),
        (
            "First Name,Middle Name,Last Name,Phonetic First Name\n",
            "This is a Google contacts file, not a list of contacts",
        ),
        ("Name,Given Name,Additional Name,Family Name\n", "This is a Google contacts file, not a list of contacts"),
        ("First Name;Last Name;Title;E-mail Address\n", "This is an Outlook contacts file, not a list of contacts"),
        ("BEGIN:VCARD\nVERSION:3.0\n", "This is a vCard file, not a list of contacts"),
        ("<!DOCTYPE html><p>Sign in</p>", "This is a web page, not a list of contacts"),
        (
            "\nDear diary,\nnothing today",
            "Found 'Dear diary,'; expected a row with First Name, Last Name, Company and Position among the first 20 lines",
        ),
        (
            HEADER,
            "There are no people in the file (rows of closed profiles: 0, rows without a name or with too many or too few cells: 0)",
        ),
    ] {
        assert_eq!(message(file), words);
    }
    let far = format!("{}{HEADER}Ada,King,,,,,\n", "\n".repeat(20));
    assert!(matches!(Connections::parse(&far), Err(Unreadable::Header { .. })));
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    for (rows, words) in [
        (
            "Ada,King,,,,,08 Feb 2026\nBob,\"Ross,,,,,08 Feb 2026\n",
            "The quotation mark that opens a cell on line 3 is never closed",
        ),
        ("Ada,King,,,,,08 Feb 2026\nBob,Ro\"ss,,,,,08 Feb 2026\n", "There is a stray quotation mark on line 3"),
    ] {
        let found = parse(rows).unwrap_err().to_string();
        assert_eq!(found, format!("{words}; nothing was imported. Download the file again, or save it again as CSV"));
    }
    assert_eq!(
        parse(",,,,,,08 Feb 2026\n,,,,Acme,,\n").unwrap_err().to_string(),
        "There are no people in the file (rows of closed profiles: 1, rows without a name or with too many or too few cells: 1)"
    );
}

#[test]
fn a_row_that_does_not_fit_is_left_out_with_its_line() {
    let connections = parse("Ada,King, PhD,,,,,08 Feb 2026\nEve,Moe,,,Acme,,08 Feb 2026\n\nBob,Ro\nZed\n").unwrap();
    assert_eq!(summary(&connections), [("Eve Moe", Some("Acme"), Some(date(2026, 2, 8)))]);
    let told: Vec<_> = connections.left_out.iter().map(|row| (row.line, row.why.to_string())).collect();
    let words = |cells: &str| format!("This row has {cells} where the header has 7, so which is which cannot be told");
    assert_eq!(told, [(2, words("8 cells")), (5, words("2 cells")), (6, words("1 cell"))]);
}

#[test]
fn a_row_that_a_spreadsheet_wrapped_is_unwrapped() {
    let wrapped = "\"Ana,Silva,https://www.linkedin.com/in/ana,,Acme,\"\"Coach, PMP\"\",22 Mar 2020\"";
    for row in [wrapped.to_owned(), format!("{wrapped},,,,,,"), format!("Eve,Moe,,,,,\n{wrapped}")] {
        let connections = parse(&row).unwrap();
        let ana = connections.rows.last().unwrap();
        assert_eq!((ana.name.as_str(), ana.connected_on), ("Ana Silva", Some(date(2020, 3, 22))), "{row}");
        assert_eq!(ana.job_title.as_ref().map(Line::as_str), Some("Coach, PMP"));
        assert_eq!((&connections.left_out[..], &connections.remarks[..]), (&[][..], &[][..]));
    }
    let semicolons = "First Name;Last Name;Company;Connected On\n\"Ana,Silva,Acme,22 Mar 2020\";;;\n";
    assert_eq!(
        summary(&Connections::parse(semicolons).unwrap()),
        [("Ana Silva", Some("Acme"), Some(date(2020, 3, 22)))]
    );
    // A name with a comma is no row.
    let closed = parse("\"King, Ada\",,,,,,\n").unwrap();
    assert_eq!(summary(&closed), [("King, Ada", None, None)]);
}

#[test]
fn exports_of_2016_to_2018_have_their_dates() {
    let file = "First Name,Last Name,Email Address,Company,Position,Connected On\nAda,Byron,,Acme,Engineer,\"12/3/17, 9:05 AM\"\n\
                Bob,Ross,,Acme,Painter,\"11/17/17, 9:40 PM\"\n";
    let connections = Connections::parse(file).unwrap();
    assert_eq!(
        summary(&connections),
        [("Ada Byron", Some("Acme"), Some(date(2017, 12, 3))), ("Bob Ross", Some("Acme"), Some(date(2017, 11, 17)))]
    );
    assert!(connections.remarks.is_empty());
}

#[test]
fn columns_are_found_by_other_names_and_told() {
    let file = "First Name,Last Name,URL,E-mail,Company,Position,Seniority,Blank\nAda,King,,ada@acme.example,Acme,Analyst,Senior,\n";
    let connections = Connections::parse(file).unwrap();
    let ada = &connections.rows[0];
    assert_eq!(ada.email.as_ref().map(EmailAddress::as_str), Some("ada@acme.example"));
    assert_eq!(ada.connected_on, None);
    assert_eq!(connections.columns.read, ["First Name", "Last Name", "URL", "Email Address", "Company", "Position"]);
    assert_eq!(connections.columns.missing, ["Connected On"]);
    assert_eq!(connections.columns.unread, ["Seniority"]);
    for name in ["Email", "e-mail address", "EMAIL_ADDRESS", "Mail"] {
        let file =
            format!("First Name,Last Name,Company,{name},Connected On\nAda,King,Acme,ada@acme.example,08 Feb 2026\n");
        assert!(Connections::parse(&file).unwrap().rows[0].email.is_some(), "{name}");
    }
}

#[test]
fn a_broken_header_loses_no_column() {
    let file = HEADER.replace("Position", "Po\"sition") + "Ada,King,,,,,08 Feb 2026\n";
    assert_eq!(Connections::parse(&file), Err(Unreadable::Quoting(quoting::Fault::Stray { line: 1 })));
}

#[test]
fn too_much_is_refused() {
    let rows = |count: usize| (0..count).map(|n| format!("A{n},,,,,,\n")).collect::<String>();
    assert_eq!(parse(&rows(ROWS_MAX)).unwrap().rows.len(), ROWS_MAX);
    assert_eq!(parse(&rows(ROWS_MAX + 1)), Err(Unreadable::TooManyRows { line: 30_002 }));
    let large = vec![b'a'; 60 * 1024 * 1024];
    assert_eq!(
        Connections::read(&large).unwrap_err().to_string(),
        "The file has 60 MB; Connections.csv has at most 16"
    );
}

/// A cell as people fill it, with the characters CSV has to quote.
fn cell() -> impl Strategy<Value = String> {
    "[a-zA-Zé]([a-zA-Zé ,;\"'\n]{0,12}[a-zA-Zé])?"
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        people in prop::collection::vec((cell(), cell(), cell(), cell()), 1..12),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        terminator in prop::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')]),
        notes in any::<bool>(),
    ) {
        let mut writer =
            csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
        writer.write_record(HEADER.trim_end().split(',')).unwrap();
        for (at, (first, last, company, position)) in people.iter().enumerate() {
            let url = format!("https://www.linkedin.com/in/p{at}");
            writer.write_record([first, last, &url, "", company, position, "08 Feb 2026"]).unwrap();
        }
        let mut bytes = if notes { b"Notes:\n\"Some, \"\"privacy\"\".\"\n\n".to_vec() } else { Vec::new() };
        bytes.extend(writer.into_inner().unwrap());
        let read = Connections::read(&bytes).unwrap();
        prop_assert_eq!(read.rows.len(), people.len());
        prop_assert!(read.remarks.is_empty() && read.left_out.is_empty());
        for (row, (first, last, company, position)) in read.rows.iter().zip(&people) {
            prop_assert_eq!(&row.name, &Line::parse(&format!("{first} {last}")).unwrap());
            prop_assert_eq!(row.employer.as_ref(), Some(&CompanyName::parse(company).unwrap()));
            prop_assert_eq!(row.job_title.as_ref(), Some(&Line::parse(position).unwrap()));
            prop_assert_eq!(row.connected_on, Some(date(2026, 2, 8)));
        }
    }

    #[test]
    fn a_stray_quotation_mark_is_never_read_over(at in any::<prop::sample::Index>()) {
        let header = BEGINNING.find("First Name").unwrap();
        let places: Vec<usize> = BEGINNING.char_indices().map(|(at, _)| at).filter(|at| *at >= header).collect();
        let mut broken = BEGINNING.clone();
        broken.insert(*at.get(&places), '"');
        prop_assert!(Connections::parse(&broken).is_err());
    }

    #[test]
    fn a_broken_off_file_gives_nobody_by_halves(at in any::<prop::sample::Index>()) {
        let whole = Connections::parse(&BEGINNING).unwrap();
        let places: Vec<usize> = BEGINNING.char_indices().map(|(at, _)| at).collect();
        if let Ok(read) = Connections::parse(&BEGINNING[..*at.get(&places)]) {
            prop_assert!(!read.rows.is_empty());
            for (row, full) in read.rows.iter().zip(&whole.rows) {
                prop_assert_eq!(row, &Connection { connected_on: row.connected_on, ..full.clone() });
                prop_assert!(row.connected_on.is_none() || row.connected_on == full.connected_on);
            }
        }
    }

    #[test]
    fn a_damaged_file_never_panics_and_never_reads_as_empty(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
    ) {
        let mut bytes = BEGINNING.as_bytes().to_vec();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        if let Ok(read) = Connections::read(&bytes) {
            prop_assert!(!read.rows.is_empty());
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Connections::read(&bytes);
        let _ = Connections::read(&[HEADER.as_bytes(), &bytes].concat());
        let _ = Connections::parse(&text);
        let _ = parse(&text);
    }
}
