//! What stands on which day: row by row, and what holds of any rows.

use jiff::civil::date;
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::ids::CompanyId;
use crate::playbook::stage::Stage;
use crate::playbook::warmth::{Closeness, Warmth};

// A Tuesday.
const TODAY: Date = date(2026, 11, 24);

fn line(about: About, due: Date) -> DueLine {
    DueLine {
        about,
        id: Uuid::now_v7(),
        person: None,
        through: None,
        step: None,
        due: Some(due),
        not_before: None,
        turns_on: None,
        in_time_until: None,
    }
}

/// Someone at a company whose request is due, with the line that says so.
fn to_request(company: CompanyId, due: Date) -> (DueLine, Peer) {
    let id = ContactId::new();
    let person = Peer {
        id,
        name: "Kate Miller".into(),
        job_title: None,
        company: Some(company),
        stage: Stage::Identified,
        step: Some(Step::Request),
        due: Some(due),
        requested_on: None,
        asked_on: None,
        talk_on: None,
        last_touch_on: None,
        closeness: Closeness::Other,
        by_title: false,
        warmth: Warmth::Stranger,
        warmth_said: None,
        by_employer: false,
        live_profile: false,
        introduced_by: None,
        introducer: None,
    };
    (DueLine { id: id.0, person: Some(id), step: Some("request".into()), ..line(About::Contact, due) }, person)
}

fn rules(cadence: &Cadence) -> Rules<'_> {
    Rules { cadence, requests_a_week: 100 }
}

#[test]
fn each_kind_alone_stands_on_its_day_and_is_the_next_thing_until_then() {
    let (cadence, thursday) = (Cadence::default(), date(2026, 12, 3));
    for about in About::ALL {
        // Reminded of is what was asked for three business days before.
        let counted_from = if *about == About::RemindIntroduction { date(2026, 11, 30) } else { thursday };
        let due = Due { lines: vec![line(*about, counted_from)], ..Due::default() };
        let next = due.next_after(TODAY, rules(&cadence), |_| None);
        assert_eq!(next, Some(thursday), "{about}");
        assert_eq!(due.on(date(2026, 12, 2), rules(&cadence)).count(), 0, "{about}");
        assert_eq!(due.on(thursday, rules(&cadence)).count(), 1, "{about}");
    }
}

#[test]
fn careers_pages_and_offers_are_a_line_each_however_many_they_are() {
    let cadence = Cadence::default();
    let lines = [About::Careers, About::Careers, About::Offer, About::Offer, About::Promise, About::Promise];
    let due = Due { lines: lines.map(|about| line(about, TODAY)).to_vec(), ..Due::default() };
    assert_eq!(due.on(TODAY, rules(&cadence)).count(), 4);
    let saturday = date(2026, 11, 28);
    let never_looked_at = DueLine { due: None, ..line(About::Careers, TODAY) };
    let due = Due { lines: vec![never_looked_at], ..Due::default() };
    assert_eq!(due.on(saturday, rules(&cadence)).count(), 0, "a weekend");
    assert_eq!(due.next_after(saturday, rules(&cadence), |_| None), Some(date(2026, 11, 30)));
}

#[test]
fn one_at_a_time_at_a_company_and_the_other_is_the_next_thing_once_free() {
    let (cadence, acme) = (Cadence::default(), CompanyId::new());
    let ((first, one), (second, other)) = (to_request(acme, TODAY), to_request(acme, TODAY));
    let mut due = Due { lines: vec![first, second], people: vec![one, other], ..Due::default() };
    let on_day = due.on(TODAY, rules(&cadence));
    assert_eq!((on_day.count(), on_day.waiting.len()), (1, 1));
    // Once the first was asked, the second is free three business days later.
    due.lines.remove(0);
    let asked = &mut due.people[0];
    (asked.stage, asked.step, asked.requested_on) = (Stage::Requested, Some(Step::AskSecondPerson), Some(TODAY));
    assert_eq!(due.on(TODAY, rules(&cadence)).count(), 0);
    assert_eq!(due.next_after(TODAY, rules(&cadence), |_| None), Some(date(2026, 11, 27)));
}

#[test]
fn the_weeks_ceiling_holds_back_until_monday() {
    let cadence = Cadence::default();
    let (line, person) = to_request(CompanyId::new(), TODAY);
    let sent = vec![Sent { on: date(2026, 11, 23), times: 3 }, Sent { on: date(2026, 11, 22), times: 9 }];
    let due = Due { lines: vec![line], people: vec![person], sent };
    let rules = |requests_a_week| Rules { cadence: &cadence, requests_a_week };
    assert_eq!(due.on(TODAY, rules(4)).count(), 1);
    assert_eq!(due.on(TODAY, rules(3)).waiting[0].1, Wait::NoMore);
    assert_eq!(due.next_after(TODAY, rules(3), |_| None), Some(date(2026, 11, 30)));
    assert_eq!(due.next_after(TODAY, rules(0), |_| None), None, "no requests at all");
}

#[test]
fn an_introduction_stands_in_the_place_of_the_request_and_its_introducer_is_not_in_the_way() {
    let (cadence, acme) = (Cadence::default(), CompanyId::new());
    let ((request, kate), (_, mut mary)) = (to_request(acme, TODAY), to_request(acme, TODAY));
    (mary.stage, mary.step, mary.talk_on) = (Stage::Scheduled, Some(Step::Hold), Some(TODAY));
    let ask = DueLine { person: request.person, through: Some(mary.id), ..line(About::AskIntroduction, TODAY) };
    let due = Due { lines: vec![request, ask.clone()], people: vec![kate, mary], ..Due::default() };
    let on_day = due.on(TODAY, rules(&cadence));
    assert_eq!(on_day.lines.iter().map(|(line, _)| line.id).collect::<Vec<_>>(), [ask.id]);
    assert!(on_day.waiting.is_empty());
}

#[test]
fn what_is_late_is_counted_as_it_is_shown() {
    let cadence = Cadence::default();
    let monday = date(2026, 11, 23);
    let step = |step: Step| DueLine { step: Some(step.to_string()), ..line(About::Contact, monday) };
    let offer = |answer_by| DueLine { in_time_until: Some(answer_by), ..line(About::Offer, date(2026, 11, 20)) };
    let late = |lines: Vec<DueLine>, day: Date| {
        let due = Due { lines, ..Due::default() };
        due.on(day, rules(&cadence)).late(&cadence, day)
    };
    assert_eq!(late(vec![step(Step::FollowUp), step(Step::Thank)], TODAY), Late { lines: 1, thanks: 0 });
    let thursday = date(2026, 11, 26);
    assert_eq!(late(vec![step(Step::FollowUp), step(Step::Thank)], thursday), Late { lines: 2, thanks: 1 });
    // What is prepared on its day turns into holding it, which is late the day after.
    let turned = DueLine { turns_on: Some(TODAY), ..step(Step::Prepare) };
    assert_eq!(late(vec![turned.clone()], TODAY).lines, 0);
    assert_eq!(late(vec![turned], date(2026, 11, 25)).lines, 1);
    assert_eq!(late(vec![line(About::Careers, monday), line(About::AskIntroduction, monday)], thursday).lines, 0);
    // All offers are one line, and wait for no weekend.
    let saturday = date(2026, 11, 28);
    assert_eq!(late(vec![offer(thursday), offer(thursday), line(About::Promise, saturday)], saturday).lines, 1);
    // A promise of theirs was in time until the day before it is a line.
    let theirs = DueLine { in_time_until: Some(monday), ..line(About::Promise, TODAY) };
    assert_eq!(late(vec![theirs], TODAY).lines, 1);
}

#[test]
fn nothing_is_next_on_a_day_away() {
    let cadence = Cadence::default();
    let due = Due { lines: vec![line(About::Promise, date(2026, 12, 3))], ..Due::default() };
    let monday = date(2026, 12, 7);
    assert_eq!(due.next_after(TODAY, rules(&cadence), |day| (day < monday).then_some(monday)), Some(monday));
}

fn any_line() -> impl Strategy<Value = DueLine> {
    (prop::sample::select(About::ALL), prop::option::of(-9_i64..30), prop::option::of(-9_i64..30)).prop_map(
        |(about, due, not_before)| {
            let day = |days: i64| TODAY.saturating_add(days.days());
            let due = if about == About::Careers { due } else { due.or(Some(0)) };
            DueLine { due: due.map(day), not_before: not_before.map(day), ..line(about, TODAY) }
        },
    )
}

proptest! {
    #[test]
    fn until_the_next_thing_nothing_more_comes(lines in vec(any_line(), 0..8), at_one_company in vec(-3_i64..9, 0..4)) {
        let (cadence, acme) = (Cadence::default(), CompanyId::new());
        let requests = at_one_company.into_iter().map(|days| to_request(acme, TODAY.saturating_add(days.days())));
        let (to_request, people): (Vec<DueLine>, Vec<Peer>) = requests.unzip();
        let due = Due { lines: lines.into_iter().chain(to_request).collect(), people, ..Due::default() };
        if due.on(TODAY, rules(&cadence)).count() == 0 {
            let next = due.next_after(TODAY, rules(&cadence), |_| None);
            prop_assert_eq!(next.is_some(), !due.lines.is_empty());
            let last = next.unwrap_or(TODAY.saturating_add(60.days()));
            for day in TODAY.series(1.day()).take_while(|day| *day < last) {
                prop_assert_eq!(due.on(day, rules(&cadence)).count(), 0, "{}", day);
            }
            if let Some(next) = next {
                prop_assert!(due.on(next, rules(&cadence)).count() > 0);
            }
        }
    }
}
