use crate::interviews::scheduling::proposals::*;

const NOW: &str = "2026-11-24T09:00:00Z";

fn form() -> ProposalForm {
    ProposalForm {
        first: "2026-11-27T10:00".into(),
        second: "2026-11-26T16:00".into(),
        their_zone: "America/New_York".into(),
        length: "15".into(),
        way: "video".into(),
        ..ProposalForm::default()
    }
}

fn parse(form: ProposalForm) -> Result<Offer, Vec<&'static str>> {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    form.parse(&zone, NOW.parse().unwrap()).map_err(|errors| errors.iter().map(|(field, _)| field).collect())
}

#[test]
fn times_are_read_from_the_users_clock_and_put_in_order() {
    let offer = parse(form()).unwrap();
    let times: Vec<String> = offer.times.iter().map(Timestamp::to_string).collect();
    assert_eq!(times, ["2026-11-26T15:00:00Z", "2026-11-27T09:00:00Z"]);
    let twice = ProposalForm { third: "2026-11-26T16:00".into(), ..form() };
    assert_eq!(parse(twice).unwrap().times.len(), 2, "the same time is offered once");
}

#[test]
fn each_fault_is_told_at_its_field() {
    assert_eq!(parse(ProposalForm { first: String::new(), second: String::new(), ..form() }), Err(vec!["first"]));
    assert_eq!(parse(ProposalForm { first: "2026-11-24T09:59".into(), ..form() }), Err(vec!["first"]));
    assert_eq!(parse(ProposalForm { second: "soon".into(), ..form() }), Err(vec!["second"]));
    assert_eq!(parse(ProposalForm { third: "2027-03-28T02:30".into(), ..form() }), Err(vec!["third"]));
    assert_eq!(parse(ProposalForm { third: "2066-03-28T02:30".into(), ..form() }), Err(vec!["third"]));
    assert_eq!(parse(ProposalForm { third: "2027-10-31T02:30".into(), ..form() }), Err(vec!["third_which"]));
    assert_eq!(parse(ProposalForm { way: "in_writing".into(), ..form() }), Err(vec!["way"]));
    assert_eq!(parse(ProposalForm { length: "other".into(), ..form() }), Err(vec!["minutes"]));
    assert_eq!(parse(ProposalForm { their_zone: "Mars".into(), ..form() }), Err(vec!["their_zone"]));
}

#[test]
fn an_offer_drawn_again_is_the_same_offer() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let times: Vec<Timestamp> =
        ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T02:30:00Z"].map(|at| at.parse().unwrap()).into();
    let again = ProposalForm { length: "15".into(), way: "video".into(), ..ProposalForm::of(&times, &zone) };
    assert_eq!(again.parse(&zone, NOW.parse().unwrap()).unwrap().times, times);
}

#[test]
fn the_words_name_each_time_on_both_clocks() {
    let offer = parse(form()).unwrap();
    let kept = Kept {
        first_at: offer.times[0],
        second_at: Some(offer.times[1]),
        third_at: None,
        minutes: 15,
        way: Medium::Phone,
        place: Some("0151 123".into()),
        answered_at: None,
        version: 1,
    };
    let partner = Partner {
        id: ContactId::new(),
        name: "Katherine Johnson".into(),
        job_title: None,
        company_id: None,
        company: None,
        time_zone: Some("America/New_York".into()),
        stage: crate::playbook::stage::Stage::Asked,
    };
    let now: Timestamp = NOW.parse().unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let words = |now| message(&kept, &partner, &zone, jiff::civil::date(2026, 11, 24), now);
    assert_eq!(
        words(now),
        "Would one of these times suit you? 15 minutes, by phone (0151 123):\n\
         - Thursday 26 November at 10:00 your time (16:00 mine)\n- Friday 27 November at 04:00 your time (10:00 mine)\n\
         If none does, name one that would, and I will make it work."
    );
    let later = words(now + jiff::SignedDuration::from_hours(70));
    assert!(later.starts_with("Would this time suit you") && later.contains("Friday") && !later.contains("Thursday"));
    assert_eq!(words(now + jiff::SignedDuration::from_hours(240)), "");
    let unknown = Partner { time_zone: None, ..partner };
    let words = message(&kept, &unknown, &zone, jiff::civil::date(2026, 11, 24), now);
    assert!(words.contains("by phone (0151 123) (Berlin time):\n- Thursday 26 November at 16:00\n"), "{words}");
}

#[test]
fn times_at_night_are_named() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let told = |their_zone: &str, name| {
        let offer = parse(ProposalForm { their_zone: their_zone.into(), ..form() }).unwrap();
        nights(&offer, &zone, name, jiff::civil::date(2026, 11, 24))
    };
    assert_eq!(told("Tokyo", "Dr. Ken Mori"), ["Thursday 26 November, 16:00 is 00:00 for Ken."]);
    assert_eq!(told("New York", "Ken"), ["Friday 27 November, 10:00 is 04:00 for Ken."]);
    assert!(told("", "Ken").is_empty());
}
