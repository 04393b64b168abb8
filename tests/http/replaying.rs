//! Whatever is pressed, in whatever order: what is stored of a contact is what the playbook makes of its stored history.

use inroad::accounts::preferences::Preferences;
use inroad::database::Day;
use inroad::ids::{ContactId, InterviewId, TouchpointId};
use inroad::playbook::event::{Event, Kind};
use inroad::playbook::occasion::YearlyDay;
use inroad::playbook::replay::replay;
use inroad::playbook::standing::{AskedThere, Beside, Rhythm, Standing};
use inroad::playbook::step::Step;
use jiff::SignedDuration;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sqlx::Row;
use sqlx::types::Json;

use crate::support::{App, Person};

/// One press.
#[derive(Debug, Clone)]
enum Press {
    /// Something happened, some days ago, and speaks of a day ahead.
    Happened(Kind, i64, i64),
    /// Something is noted and taken back at once.
    NotedByMistake(Kind),
    PutOff(i64),
    Dismiss,
    /// One of the lines there are is taken back.
    TakeBack(usize),
    Schedule(i64),
    Outcome(&'static str),
    /// A field of the intervals, by its name.
    Pace(&'static str, u8),
    Weekend(&'static str),
    Holidays(i64, i64),
    Away(i64, i64),
    BackEarly,
    Zone(&'static str),
    Rhythm(&'static str),
    /// A date of theirs, by month and day.
    TheirDay(u8, u8),
    EndSearch(&'static str),
    TakeUpAgain,
    /// Days go by.
    Wait(i64),
}

fn press() -> impl Strategy<Value = Press> {
    let intervals =
        ["second_person_days", "follow_up_days", "second_follow_up_days", "moving_on_days", "thank_you_days"];
    prop_oneof![
        12 => (select(Kind::ALL), 0..4_i64, 1..30_i64).prop_map(|(kind, ago, ahead)| Press::Happened(kind, ago, ahead)),
        3 => select(Kind::ALL).prop_map(Press::NotedByMistake),
        3 => (1..20_i64).prop_map(Press::PutOff),
        2 => Just(Press::Dismiss),
        3 => (0..50_usize).prop_map(Press::TakeBack),
        2 => (0..12_i64).prop_map(Press::Schedule),
        2 => select(vec!["held", "cancelled", "no_show"]).prop_map(Press::Outcome),
        1 => (select(intervals.to_vec()), 1..8_u8).prop_map(|(field, days)| Press::Pace(field, days)),
        1 => (8..12_u8).prop_map(|days| Press::Pace("other_way_days", days)),
        1 => select(vec!["monday", "friday", "saturday"]).prop_map(Press::Weekend),
        1 => (0..20_i64, 0..4_i64).prop_map(|(from, days)| Press::Holidays(from, days)),
        1 => (0..20_i64, 0..10_i64).prop_map(|(from, days)| Press::Away(from, days)),
        1 => Just(Press::BackEarly),
        1 => select(vec!["Pacific/Kiritimati", "Pacific/Apia", "America/Los_Angeles", "Europe/Berlin"]).prop_map(Press::Zone),
        1 => select(vec!["never", "own", "default"]).prop_map(Press::Rhythm),
        1 => (1..13_u8, 1..29_u8).prop_map(|(month, day)| Press::TheirDay(month, day)),
        1 => select(vec!["never", "every_90_days", "as_before"]).prop_map(Press::EndSearch),
        1 => Just(Press::TakeUpAgain),
        4 => (0..5_i64).prop_map(Press::Wait),
    ]
}

/// A contact as it is stored.
pub(crate) async fn stored(app: &App, id: ContactId) -> Standing {
    let sql = "select stage, next_step, next_due, next_turns_on, talk_on, last_touch_on, requested_on, asked_on, occasion_on, step_after, step_after_on from contacts where id = $1";
    let row = sqlx::query(sql).bind(id).fetch_one(&app.db).await.unwrap();
    let day = |column: &str| row.get::<Option<Day>, _>(column).map(|day| day.0);
    let step = row.get::<Option<String>, _>("next_step").map(|step| step.parse().unwrap());
    Standing {
        stage: row.get::<String, _>("stage").parse().unwrap(),
        next: step.map(|step| inroad::playbook::standing::Next { step, due: day("next_due") }),
        turns_on: day("next_turns_on"),
        talk_on: day("talk_on"),
        last_touch: day("last_touch_on"),
        requested_on: day("requested_on"),
        asked_on: day("asked_on"),
        occasion: day("occasion_on"),
        after: row
            .get::<Option<String>, _>("step_after")
            .map(|kind| (kind.parse().unwrap(), day("step_after_on").unwrap())),
    }
}

async fn preferences(app: &App) -> Preferences {
    let sql = "select preferences from users where id = $1";
    sqlx::query_scalar::<_, Json<Preferences>>(sql).bind(app.alice.id).fetch_one(&app.db).await.unwrap().0
}

/// What the playbook makes of the history that is stored.
pub(crate) async fn replayed(app: &App, id: ContactId) -> Standing {
    let sql = "select t.id, t.kind, t.happened_on, t.until, t.undoes, coalesce(i.way = 'in_writing', false) as in_writing
               from touchpoints t left join informational_interviews i on i.id = t.interview_id where t.contact_id = $1";
    let rows = sqlx::query(sql).bind(id).fetch_all(&app.db).await.unwrap();
    let event = |row: &sqlx::postgres::PgRow| Event {
        id: row.get("id"),
        kind: row.get::<String, _>("kind").parse().unwrap(),
        on: row.get::<Day, _>("happened_on").0,
        until: row.get::<Option<Day>, _>("until").map(|day| day.0),
        undoes: row.get("undoes"),
        in_writing: row.get("in_writing"),
    };
    let history: Vec<Event> = rows.iter().map(event).collect();
    let rhythm: Option<i16> =
        sqlx::query_scalar("select rhythm_days from contacts where id = $1").bind(id).fetch_one(&app.db).await.unwrap();
    let rhythm = Rhythm::try_from(rhythm).unwrap();
    let sql = "select month, day, year from contact_dates where contact_id = $1 and deleted_at is null";
    let dates = sqlx::query(sql).bind(id).fetch_all(&app.db).await.unwrap();
    let yearly = |row: &sqlx::postgres::PgRow| {
        let (month, day): (i16, i16) = (row.get("month"), row.get("day"));
        YearlyDay::new(month.try_into().unwrap(), day.try_into().unwrap(), row.get("year")).unwrap()
    };
    let dates: Vec<YearlyDay> = dates.iter().map(yearly).collect();
    let asked_there = asked_there(app, id).await;
    replay(&history, &preferences(app).await.cadence, Beside { rhythm, dates: &dates, asked_there: &asked_there })
}

/// Whom else the user asked at the company.
async fn asked_there(app: &App, id: ContactId) -> Vec<AskedThere> {
    let sql = "with others as (
                   select o.id, o.requested_on, o.asked_on from contacts o join contacts k on k.id = $1
                   where o.user_id = k.user_id and o.id <> k.id and o.deleted_at is null and o.company_id = k.company_id)
               select t.happened_on, t.id from touchpoints t
               where t.contact_id in (select id from others) and t.kind in ('requested', 'introduction_asked', 'asked')
                   and not exists (select from touchpoints u where u.undoes = t.id)
               union all select requested_on, 'ffffffff-ffff-ffff-ffff-ffffffffffff' from others where requested_on is not null
               union all select asked_on, 'ffffffff-ffff-ffff-ffff-ffffffffffff' from others where asked_on is not null";
    let rows = sqlx::query(sql).bind(id).fetch_all(&app.db).await.unwrap();
    rows.iter().map(|row| AskedThere { on: row.get::<Day, _>(0).0, id: row.get(1) }).collect()
}

/// Whether someone named this day for the contact's next step.
async fn is_chosen(app: &App, id: ContactId, day: Date) -> bool {
    let sql = "select exists (select from touchpoints where contact_id = $1 and until = $2)";
    sqlx::query_scalar(sql).bind(id).bind(Day(day)).fetch_one(&app.db).await.unwrap()
}

async fn today(app: &App) -> Date {
    let zone: String = sqlx::query_scalar("select time_zone from users where id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    inroad::clock::date_in(&jiff::tz::TimeZone::get(&zone).unwrap(), app.now())
}

async fn post(alice: &Person, path: &str, fields: &[(&str, &str)]) {
    let answer = alice.post(path, fields).await;
    assert!(answer.status.as_u16() < 500, "{path} {fields:?}: {}", answer.gist());
}

async fn perform(app: &App, alice: &Person, id: ContactId, press: &Press) {
    let today = today(app).await;
    let day = |ahead: i64| today.saturating_add(jiff::Span::new().days(ahead)).to_string();
    let touchpoints = format!("/contacts/{id}/touchpoints");
    match press {
        Press::Happened(kind, ago, ahead) => {
            let fields =
                [("kind", kind.as_str()), ("on", &day(-ago)), ("until", &day(*ahead)), ("note", "in the hall")];
            post(alice, &touchpoints, &fields).await;
        }
        Press::NotedByMistake(kind) => {
            let (before, touchpoint) = (stored(app, id).await, TouchpointId::new());
            post(alice, &touchpoints, &[("id", &touchpoint.to_string()), ("kind", kind.as_str()), ("note", "oh")])
                .await;
            post(alice, &format!("{touchpoints}/{touchpoint}/undos"), &[]).await;
            assert_eq!(stored(app, id).await, before, "taking back {kind} left a trace");
        }
        Press::PutOff(ahead) => post(alice, &format!("/contacts/{id}/snoozes"), &[("until", &day(*ahead))]).await,
        Press::Dismiss => post(alice, &format!("/contacts/{id}/dismissals"), &[("note", "not now")]).await,
        Press::TakeBack(nr) => {
            let sql = "select id from touchpoints where contact_id = $1 order by id";
            let lines: Vec<TouchpointId> = sqlx::query_scalar(sql).bind(id).fetch_all(&app.db).await.unwrap();
            post(alice, &format!("{touchpoints}/{}/undos", lines[nr % lines.len()]), &[]).await;
        }
        Press::Schedule(ahead) => {
            let page = alice.get(&format!("/interviews/new?contact={id}")).await;
            if page.status.as_u16() == 200 {
                let form = page.page().form_to("/interviews").fill("Date", &day(*ahead)).fill("Time", "10:00");
                assert!(form.submit(alice).await.status.as_u16() < 500);
            }
        }
        Press::Outcome(outcome) => {
            let sql = "select id from informational_interviews where contact_id = $1 order by id desc limit 1";
            let talk: Option<InterviewId> = sqlx::query_scalar(sql).bind(id).fetch_optional(&app.db).await.unwrap();
            if let Some(talk) = talk {
                post(alice, &format!("/interviews/{talk}/outcomes"), &[("status", outcome)]).await;
            }
        }
        Press::Pace(field, days) => {
            let form = alice.get("/settings/pace").await.page().form_to("/settings/pace");
            form.set(field, &days.to_string()).submit(alice).await;
        }
        Press::Weekend(day) => {
            let form = alice.get("/settings/pace").await.page().form_to("/settings/pace");
            form.set("weekend", day).submit(alice).await;
        }
        Press::Holidays(from, days) => {
            post(alice, "/settings/holidays", &[("days", &format!("{}..{}", day(*from), day(from + days)))]).await;
        }
        Press::Away(from, days) => post(alice, "/away", &[("from", &day(*from)), ("to", &day(from + days))]).await,
        Press::BackEarly => {
            if let Some(away) = preferences(app).await.aways.first() {
                post(alice, "/away/returns", &[("from", &away.from.to_string())]).await;
            }
        }
        Press::Zone(zone) => {
            let before = stored(app, id).await;
            let form = alice.get("/settings/profile").await.page().form_to("/settings/profile");
            form.set("time_zone", zone).submit(alice).await.to();
            assert_eq!(stored(app, id).await, before, "moving to {zone} moved a due date");
        }
        Press::Rhythm(word) => {
            let form = alice.get(&format!("/contacts/{id}/edit")).await.page().form_to(&format!("/contacts/{id}"));
            let answer = form.set("rhythm", word).set("rhythm_days", "45").submit(alice).await;
            assert!(answer.status.as_u16() < 500, "{}", answer.gist());
        }
        Press::TheirDay(month, day) => {
            let (month, day) = (month.to_string(), day.to_string());
            let fields = [("kind", "birthday"), ("month", month.as_str()), ("day", day.as_str())];
            post(alice, &format!("/contacts/{id}/dates"), &fields).await;
        }
        Press::EndSearch(keep_up) => post(alice, "/ending", &[("keep_up", keep_up)]).await,
        Press::TakeUpAgain => post(alice, "/ending/reopenings", &[]).await,
        Press::Wait(days) => app.pass(SignedDuration::from_hours(24 * days + 7)),
    }
}

#[tokio::test]
async fn what_is_stored_is_what_the_history_says_after_every_press() {
    let times = std::env::var("INROAD_HISTORIES").ok().and_then(|times| times.parse().ok()).unwrap_or(1_usize);
    let app = App::start().await;
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    for nr in 0..6 * times {
        // So much time goes by that a session ends.
        let alice = &app.another_browser(&app.alice).await;
        let form = alice.get("/contacts/new").await.page().form_to("/contacts");
        let to = form.fill("Name", &format!("Person {nr}")).submit(alice).await.to();
        let id: ContactId = to.strip_prefix("/contacts/").unwrap().parse().unwrap();
        let presses = prop::collection::vec(press(), 40).new_tree(&mut runner).unwrap().current();
        for (at, pressed) in presses.iter().enumerate() {
            perform(&app, alice, id, pressed).await;
            let (stored, replayed) = (stored(&app, id).await, replayed(&app, id).await);
            assert_eq!(stored, replayed, "person {nr} after {:#?}", &presses[..=at]);
            let cadence = preferences(&app).await.cadence;
            if let Some((step, due)) = stored.next.and_then(|next| Some((next.step, next.due?))) {
                let is_off = cadence.holidays.contains(due);
                let waits_for_no_weekend = step == Step::Thank || is_chosen(&app, id, due).await;
                let is_well = cadence.is_business_day(due) || (!is_off && waits_for_no_weekend);
                assert!(is_well || stored.talk_on == Some(due), "{due} is a day off: {stored:?}");
            }
        }
    }
    // Everyone's, not only the last one's: settings move all of them.
    let sql = "select id from contacts where user_id = $1";
    let all: Vec<ContactId> = sqlx::query_scalar(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap();
    for id in all {
        assert_eq!(stored(&app, id).await, replayed(&app, id).await);
    }
}
