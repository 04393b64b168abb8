use jiff::civil::date;
use proptest::prelude::*;
use sqlx::types::Json;

use crate::companies::search_links::prepare::Source;
use crate::ids::{ContactId, InterviewId, OpeningId};
use crate::insights::markdown::*;
use crate::insights::queries::{FindingRow, OpeningRow, PersonRow};
use crate::insights::summary::tests::{link, row};
use crate::insights::summary::{VoiceRow, whole};
use crate::insights::ties::Tie;
use crate::playbook::topic::{Topic, Weight};
use crate::playbook::{opening, stage::Stage};

const TODAY: Date = date(2026, 11, 24);

fn company(name: &str) -> Gathered {
    Gathered {
        name: name.into(),
        industry: Some("Health care".into()),
        place: None,
        voices: Json(Vec::new()),
        links: Json(Vec::new()),
        openings: Json(Vec::new()),
        people: Json(Vec::new()),
        people_there: 0,
        findings: Json(Vec::new()),
        coming: None,
        bank: Json(Vec::new()),
    }
}

fn rendered(company: &Gathered, rows: Vec<VoiceRow>) -> String {
    render(company, &whole(rows, &[], &TimeZone::UTC), &TimeZone::UTC, TODAY)
}

#[test]
fn a_dossier_reads_as_a_document() {
    let mut orbit = company("Orbit");
    orbit.openings.0.push(OpeningRow {
        id: OpeningId::new(),
        title: "Data analyst".into(),
        status: opening::Status::Watching,
        seen_on: date(2026, 11, 2),
        confirmed_by: Some("Person 1".into()),
        confirmed_on: Some(date(2026, 11, 20)),
    });
    orbit.people.0.push(PersonRow {
        id: ContactId::new(),
        name: "Person 1".into(),
        job_title: Some("Head of analytics".into()),
        stage: Stage::InTouch,
    });
    orbit.findings.0.push(FindingRow {
        source: Source::News,
        text: "They moved house.".into(),
        interview: InterviewId::new(),
        name: "Person 1".into(),
        at: "2026-11-10T09:00:00Z".parse().unwrap(),
    });
    let rows = vec![
        VoiceRow { weight: Some(Weight::Essential), ..row(1, 1, Topic::Requirements, "SQL joins") },
        VoiceRow { weight: Some(Weight::Essential), ..row(2, 2, Topic::Requirements, "Joins, in SQL") },
        row(3, 1, Topic::Culture, "All at home"),
        row(4, 2, Topic::Culture, "Tuesdays in the office"),
        row(5, 0, Topic::Trends, "Growing, says their report"),
    ];
    let links = [link(1, 2, Tie::Same), link(3, 4, Tie::Contrary)];
    let text = render(&orbit, &whole(rows, &links, &TimeZone::UTC), &TimeZone::UTC, TODAY);
    assert_eq!(text, include_str!("whole.md"));
}

#[test]
fn what_was_written_stays_text() {
    for (typed, written) in [
        ("*bold* _it_ `code` ~gone~", r"\*bold\* \_it\_ \`code\` \~gone\~"),
        ("[link](https://a.example) ![x](y) <b>", r"\[link\](https://a.example) \!\[x\](y) \<b\>"),
        ("# No heading", r"\# No heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("3) no list", r"3\) no list"),
        ("In 2026. Later", "In 2026. Later"),
        ("> no quote", r"\> no quote"),
        ("=== no heading", r"\=== no heading"),
        ("a | b &amp; c \\ d", r"a \| b \&amp; c \\ d"),
        ("a\tb", "a b"),
        ("    no code", "no code"),
    ] {
        assert_eq!(inline(typed), written);
    }
}

#[test]
fn lines_stay_lines_and_blank_ones_part_paragraphs() {
    assert_eq!(block("One\nTwo\n\n\n- Three\n"), "One\\\n  Two\n  \n  \\- Three");
    assert_eq!(block("\n One"), "One");
    assert_eq!(block(&"x".repeat(2_000)), "x".repeat(2_000), "long lines are not broken");
}

#[test]
fn text_from_right_to_left_is_set_apart() {
    assert_eq!(inline("שלום *עולם*"), "\u{2068}שלום \\*עולם\\*\u{2069}");
    assert_eq!(inline("Zoë"), "Zoë");
    let text = rendered(&company("شركة"), vec![row(1, 1, Topic::Team, "فريق صغير")]);
    assert!(text.starts_with("# \u{2068}شركة\u{2069}: dossier\n"), "{text}");
    assert!(text.contains("- \u{2068}فريق صغير\u{2069}\\\n  Person 1, "), "{text}");
}

#[test]
fn nothing_known_is_a_short_document() {
    assert_eq!(
        rendered(&company("Orbit"), Vec::new()),
        "# Orbit: dossier\n\nHealth care\n\nAs of Tuesday 24 November.\n"
    );
}

proptest! {
    #[test]
    fn no_text_makes_a_heading_a_list_or_a_link(text in "[-+=#>*_`\\[\\]()<>!|&~$0-9a. :\n\t]{1,60}") {
        let whole = rendered(&company("Orbit"), vec![row(1, 1, Topic::Team, &text)]);
        let (_, part) = whole.split_once("## Team and structure\n\n").unwrap();
        let ours = |line: &str| line.starts_with("- ") || line.starts_with("  ");
        prop_assert!(part.lines().all(ours), "{part:?}");
        // Without what is told to be a sign, none is left that Markdown would read.
        let bare = part.split('\\').enumerate().map(|(nr, piece)| if nr == 0 { piece } else { piece.get(1..).unwrap_or("") });
        let bare: String = bare.collect();
        prop_assert!(!bare.contains(['*', '_', '`', '[', ']', '<', '#', '~', '|', '&', '$']), "{part:?}");
    }
}
