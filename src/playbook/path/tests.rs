use super::*;
use jiff::civil::date;
use uuid::Uuid;

fn someone(n: u128, name: &str) -> Candidate {
    Candidate {
        id: ContactId(Uuid::from_u128(n)),
        name: name.into(),
        job_title: None,
        employer: None,
        stage: Stage::InTouch,
        last_touch: None,
        warmth: Warmth::Stranger,
        works_there: false,
        named_them: false,
        bridges: Vec::new(),
        led_to: Vec::new(),
        led: 0,
    }
}

fn bridge(name: &str, status: Status) -> Vec<Bridge> {
    vec![Bridge { id: IntroductionId(Uuid::from_u128(7)), name: name.into(), status }]
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

const KATE: ContactId = ContactId(Uuid::from_u128(99));
const ACME: Goal<'static> = Goal {
    person: None,
    company: Some("Acme"),
    company_id: None,
    school_mates: &[],
    former_colleagues: &[],
    schools: &[],
    former_employers: &[],
    is_former_employer: false,
};
const TO_KATE: Goal<'static> = Goal { person: Some((KATE, "Kate")), ..ACME };

fn reasons(goal: &Goal<'_>, candidate: Candidate) -> Vec<String> {
    ways(goal, &[candidate]).into_iter().next().map(|way| way.reasons).unwrap_or_default()
}

#[test]
fn every_tie_has_its_words() {
    let there = Candidate { works_there: true, ..someone(1, "Ann") };
    let bridged = Candidate { bridges: bridge("Kate", Status::Possible), ..someone(1, "Ann") };
    let named = Candidate { named_them: true, led: 1, ..someone(1, "Ann") };
    let led = Candidate { led_to: texts(&["Bea"]), led: 3, ..someone(1, "Ann") };
    for (goal, candidate, expected) in [
        (ACME, there.clone(), vec!["Works at Acme, and you are in contact"]),
        (TO_KATE, there, vec!["Works at Acme, like Kate"]),
        (TO_KATE, bridged, vec!["Could introduce you to Kate, as you noted"]),
        (TO_KATE, named, vec!["Kate is noted as someone they know"]),
        (ACME, led, vec!["Led you to Bea at Acme before", "Led you to 2 others as well"]),
        (ACME, someone(1, "Ann"), vec![]),
    ] {
        assert_eq!(reasons(&goal, candidate), expected);
    }
}

#[test]
fn a_past_in_common_is_named_where_there_is_only_one() {
    let (school, employers, mates) = (texts(&["MIT"]), texts(&["Mercury", "Gemini"]), texts(&["Kate", "Ann"]));
    let goal = Goal { schools: &school, school_mates: &mates, former_employers: &employers, ..TO_KATE };
    let school_mate = Candidate { warmth: Warmth::SameSchool, ..someone(1, "Ann") };
    assert_eq!(reasons(&goal, school_mate.clone()), ["Went to MIT, like Kate: they may know each other"]);
    assert!(reasons(&Goal { school_mates: &[], ..goal }, school_mate).is_empty(), "nobody wanted went there");
    let colleague = Candidate { warmth: Warmth::SameEmployer, ..someone(1, "Ann") };
    let goal = Goal { former_colleagues: &mates, ..goal };
    assert_eq!(
        reasons(&goal, colleague.clone()),
        ["Worked at a former employer of yours, like Kate: they may know each other"]
    );
    let former = Goal { is_former_employer: true, ..goal };
    assert_eq!(reasons(&former, colleague.clone()), ["A former colleague of yours, perhaps from there"]);
    let only = texts(&["Acme"]);
    let former = Goal { former_employers: &only, ..former };
    assert_eq!(reasons(&former, colleague), ["Worked at Acme like you"]);
}

#[test]
fn whoever_is_not_in_contact_is_no_introducer_but_may_be_a_way_in() {
    let school = texts(&["MIT"]);
    let goal = Goal { schools: &school, ..ACME };
    let known =
        Candidate { works_there: true, stage: Stage::Identified, warmth: Warmth::SameSchool, ..someone(1, "Ann") };
    let way = ways(&goal, std::slice::from_ref(&known)).remove(0);
    assert_eq!(way.reasons, ["Works at Acme, and went to MIT like you: write to them yourself"]);
    assert_eq!(way.ask, Ask::Directly);
    assert!(ways(&TO_KATE, std::slice::from_ref(&known)).is_empty());
    assert!(ways(&goal, &[Candidate { warmth: Warmth::Stranger, ..known }]).is_empty());
}

#[test]
fn whoever_would_rather_not_is_not_asked_again() {
    let declined = Candidate { works_there: true, bridges: bridge("Kate", Status::Declined), ..someone(1, "Ann") };
    assert!(ways(&TO_KATE, std::slice::from_ref(&declined)).is_empty());
    assert_eq!(ways(&ACME, &[declined]).len(), 1, "there are others there");
    let gone = Candidate { works_there: true, stage: Stage::Declined, ..someone(1, "Ann") };
    assert!(ways(&ACME, &[gone]).is_empty());
}

#[test]
fn strong_ties_come_first_then_whom_one_talks_with_then_the_warmest() {
    let there = |n, name, stage, last_touch| Candidate { works_there: true, stage, last_touch, ..someone(n, name) };
    let candidates = [
        Candidate { led: 4, ..someone(1, "Led elsewhere") },
        there(2, "Connected", Stage::Connected, None),
        Candidate {
            stage: Stage::Identified,
            bridges: bridge("Bea", Status::Possible),
            ..someone(3, "Not in contact")
        },
        there(4, "In touch long ago", Stage::InTouch, Some(date(2026, 1, 1))),
        there(5, "In touch", Stage::InTouch, Some(date(2026, 3, 1))),
        Candidate { bridges: bridge("Bea", Status::Possible), ..someone(6, "Bridge") },
        Candidate { led_to: texts(&["Bea"]), led: 1, ..someone(7, "Led there") },
    ];
    let ways = ways(&ACME, &candidates);
    let around: Vec<&str> = ways.iter().filter(|way| way.asks_around).map(|way| way.name.as_str()).collect();
    assert_eq!(around, ["Led elsewhere"], "everyone else has a tie");
    assert!(best(&ACME, &candidates[..1]).is_empty(), "no way to Acme");
    let order: Vec<String> = ways.into_iter().map(|way| way.name).collect();
    assert_eq!(
        order,
        ["Bridge", "In touch", "In touch long ago", "Connected", "Led there", "Not in contact", "Led elsewhere"]
    );
}

#[test]
fn a_card_shows_the_best_three_with_one_reason_each() {
    let someone = |n| Candidate { works_there: true, led: 2, ..someone(n, &format!("Ann {n}")) };
    let best = best(&ACME, &[4, 3, 2, 1].map(someone));
    assert_eq!(best.iter().map(|way| way.name.as_str()).collect::<Vec<_>>(), ["Ann 1", "Ann 2", "Ann 3"]);
    assert!(best.iter().all(|way| way.reasons == ["Works at Acme, and you are in contact"]));
}

#[test]
fn the_way_to_begin_follows_from_what_is_on_the_list() {
    let ask = |goal: &Goal<'_>, bridges| {
        ways(goal, &[Candidate { works_there: true, bridges, ..someone(1, "Ann") }]).remove(0).ask
    };
    let id = IntroductionId(Uuid::from_u128(7));
    assert_eq!(ask(&TO_KATE, vec![]), Ask::Person(KATE));
    assert_eq!(ask(&TO_KATE, bridge("Kate", Status::Possible)), Ask::Listed(id));
    assert_eq!(ask(&TO_KATE, bridge("Kate", Status::Asked)), Ask::Waiting(id));
    assert_eq!(ask(&ACME, vec![]), Ask::Someone(None));
}

#[test]
fn what_the_user_noted_comes_before_what_may_be() {
    let colleague = Candidate { works_there: true, ..someone(1, "Ann") };
    let named = Candidate { named_them: true, ..someone(2, "Bea") };
    let listed = Candidate { bridges: bridge("Kate", Status::Possible), stage: Stage::Identified, ..someone(3, "Cay") };
    let asked = Candidate { bridges: bridge("Kate", Status::Asked), ..someone(4, "Dot") };
    let declined = Candidate { named_them: true, bridges: bridge("Kate", Status::Declined), ..someone(5, "Eve") };
    let gone = Candidate { stage: Stage::Declined, ..listed.clone() };
    let first = |candidates: &[&Candidate]| {
        let candidates: Vec<_> = candidates.iter().copied().cloned().collect();
        noted(&TO_KATE, &candidates).map(|way| way.name)
    };
    assert_eq!(first(&[&colleague, &named, &listed, &asked, &declined]).as_deref(), Some("Cay"));
    assert_eq!(first(&[&colleague, &named, &asked]).as_deref(), Some("Bea"));
    assert_eq!(first(&[&colleague, &asked, &declined, &gone]), None);
}

#[test]
fn many_names_are_cut_short() {
    for (names, said) in [
        (vec![], ""),
        (vec!["Ann"], "Ann"),
        (vec!["Ann", "Bea"], "Ann and Bea"),
        (vec!["Ann", "Bea", "Cay"], "Ann, Bea and Cay"),
        (vec!["Ann", "Bea", "Cay", "Dee"], "Ann, Bea and 2 others"),
    ] {
        assert_eq!(joined(&names), said);
    }
}
