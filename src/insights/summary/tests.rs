use proptest::prelude::*;
use uuid::Uuid;

use super::*;

/// A line: its number, who said it (nobody for 0), topic, words.
pub fn row(nr: u8, by: u8, topic: Topic, text: &str) -> VoiceRow {
    VoiceRow {
        id: InsightId(Uuid::from_u128(nr.into())),
        topic,
        weight: None,
        text: text.into(),
        at: Timestamp::from_second(1_790_000_000 + i64::from(nr) * 86_400).unwrap(),
        contact: (by > 0).then(|| ContactId(Uuid::from_u128(by.into()))),
        name: (by > 0).then(|| format!("Person {by}")),
        job_title: None,
        interview: (by > 0).then(|| InterviewId(Uuid::from_u128(by.into()))),
        company: None,
        company_name: None,
        hidden: false,
        program: None,
    }
}

/// What the user tied.
pub fn link(one: u8, other: u8, tie: Tie) -> Link {
    let id = |nr: u8| InsightId(Uuid::from_u128(nr.into()));
    Link {
        id: InsightLinkId(Uuid::from_u128(u128::from(one) * 256 + u128::from(other))),
        one: id(one),
        other: id(other),
        tie,
    }
}

fn put_together(rows: Vec<VoiceRow>, links: &[Link]) -> Summary {
    whole(rows, links, &TimeZone::UTC)
}

/// The first words of each line of each point of a section.
fn texts(whole: &Summary, section: Section) -> Vec<Vec<&str>> {
    let shelves = whole.part(section).into_iter().flat_map(|part| &part.shelves);
    let points = shelves.flat_map(|shelf| &shelf.points);
    points.map(|point| point.lines.iter().map(|line| line.first.row.text.as_str()).collect()).collect()
}

#[test]
fn agreeing_voices_are_one_line_and_counted_by_person() {
    let rows = vec![
        row(1, 1, Topic::Team, "Seven analysts"),
        row(2, 2, Topic::Team, "A team of seven"),
        row(3, 1, Topic::Team, "Seven, still"),
        row(4, 0, Topic::Team, "Seven on their page"),
    ];
    let links = [link(1, 2, Tie::Same), link(2, 3, Tie::Same), link(1, 4, Tie::Same)];
    let whole = put_together(rows, &links);
    let line = &whole.parts[0].shelves[0].points[0].lines[0];
    assert_eq!((line.count.people, line.others.len(), whole.people, whole.lines()), (2, 3, 2, 1));
    assert_eq!(line.agreement().as_deref(), Some("2 people said so, and your own research"));
    assert_eq!(line.first.who(), "Person 1");
    assert_eq!(line.others[2].who(), "Own research");
}

#[test]
fn contradicting_lines_stand_side_by_side() {
    let rows = vec![
        row(1, 1, Topic::Culture, "Everyone is at home"),
        row(2, 2, Topic::Culture, "All come in on Tuesdays"),
        row(3, 3, Topic::Culture, "Calm"),
        row(4, 4, Topic::Team, "Tuesdays in the office"),
    ];
    let whole = put_together(rows, &[link(1, 2, Tie::Contrary), link(2, 4, Tie::Same)]);
    assert_eq!(texts(&whole, Section::Culture), [vec!["Everyone is at home", "All come in on Tuesdays"], vec!["Calm"]]);
    let point = &whole.parts[0].shelves[0].points[0];
    assert!(point.is_disputed() && !point.untie().is_empty());
    assert!(whole.part(Section::Team).is_none(), "it stands with those who say the same");
}

#[test]
fn what_the_role_needs_stands_by_weight() {
    let weighed = |nr, by, weight| VoiceRow { weight, ..row(nr, by, Topic::Requirements, &format!("Skill {nr}")) };
    let rows = vec![
        weighed(1, 1, Some(Weight::NiceToHave)),
        weighed(2, 1, None),
        weighed(3, 1, Some(Weight::Essential)),
        weighed(4, 2, Some(Weight::Essential)),
    ];
    let whole = put_together(rows, &[link(3, 4, Tie::Same)]);
    let headings: Vec<_> = whole.parts[0].shelves.iter().filter_map(|shelf| shelf.heading).collect();
    assert_eq!(headings, ["Essential", "Nice to have", "Not sure yet"]);
    assert_eq!(whole.parts[0].shelves[0].points[0].lines[0].count.essential, 2);
}

#[test]
fn likeness_is_proposed_until_the_user_has_said_what_it_is() {
    let rows = vec![
        row(1, 1, Topic::Team, "Seven analysts in the team"),
        row(2, 2, Topic::Team, "Seven analysts, two wards each"),
    ];
    let proposed = |links: &[Link]| {
        let whole = put_together(rows.clone(), links);
        let lines = whole.parts[0].shelves.iter().flat_map(|shelf| &shelf.points).flat_map(|point| &point.lines);
        lines.filter_map(|line| line.alike.clone()).map(|alike| alike.who).collect::<Vec<_>>()
    };
    assert_eq!(proposed(&[]), ["Person 1"], "once for the two");
    for tie in Tie::ALL {
        assert!(proposed(&[link(1, 2, *tie)]).is_empty(), "{tie}");
    }
}

#[test]
fn hidden_lines_are_apart_and_count_for_nothing() {
    let hidden = VoiceRow { hidden: true, ..row(1, 1, Topic::Team, "Seven") };
    let whole = put_together(vec![hidden, row(2, 2, Topic::Team, "A team of seven")], &[link(1, 2, Tie::Same)]);
    assert_eq!((whole.people, whole.hidden.len(), whole.lines()), (1, 1, 1));
    assert_eq!(texts(&whole, Section::Team), [["A team of seven"]]);
}

fn ties() -> impl Strategy<Value = Vec<Link>> {
    let tie = prop::sample::select(Tie::ALL);
    prop::collection::vec((1..10_u8, 1..10_u8, tie), 0..20).prop_map(|all| {
        all.into_iter().filter(|(a, b, _)| a != b).map(|(a, b, tie)| link(a.min(b), a.max(b), tie)).collect()
    })
}

proptest! {
    #[test]
    fn every_voice_stands_once_whatever_was_tied(links in ties(), topics in prop::collection::vec(prop::sample::select(Topic::ALL), 9)) {
        let rows: Vec<VoiceRow> = (1..10_u8).zip(&topics).map(|(nr, topic)| row(nr, nr % 4, *topic, "Word")).collect();
        let whole = put_together(rows, &links);
        let points = whole.parts.iter().flat_map(|part| &part.shelves).flat_map(|shelf| &shelf.points);
        let mut seen: Vec<InsightId> = points.flat_map(|point| &point.lines).flat_map(InsightLine::voices).map(|voice| voice.row.id).collect();
        seen.sort();
        prop_assert_eq!(seen, (1..10_u8).map(|nr| InsightId(Uuid::from_u128(nr.into()))).collect::<Vec<_>>());
        prop_assert!(whole.people <= 3 && whole.parts.iter().all(|part| part.people <= 3));
    }
}
