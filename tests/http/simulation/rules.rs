//! What must hold of the stored rows, each evening and at the end.

use inroad::database::Day;
use inroad::ids::ContactId;
use jiff::civil::Date;
use sqlx::Row;

use super::calendar::{AWAY, AWAY_IS_SAID, HOLIDAYS, after, excused};
use super::scene::{NOTES_A_MONTH, REQUESTS_A_WEEK, Search};
use crate::replaying::{replayed, stored};
use crate::support::Page;

/// A touchpoint that stands: what was taken back is none.
#[derive(Debug, Clone)]
pub struct Touch {
    pub id: uuid::Uuid,
    pub contact: ContactId,
    pub kind: String,
    pub on: Date,
    pub until: Option<Date>,
}

/// Everything that happened, in the order in which it was written down.
pub async fn touches(search: &Search) -> Vec<Touch> {
    let sql =
        "select id, contact_id, kind, happened_on, until from touchpoints t where user_id = $1 and kind <> 'undone'
        and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) order by id";
    let rows = sqlx::query(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    let read = |row: sqlx::postgres::PgRow| Touch {
        id: row.get("id"),
        contact: row.get("contact_id"),
        kind: row.get("kind"),
        on: row.get::<Day, _>("happened_on").0,
        until: row.get::<Option<Day>, _>("until").map(|day| day.0),
    };
    rows.into_iter().map(read).collect()
}

/// When everything is done: nobody is left but those who wait for someone else at their company, or for next week's requests, and
/// Today says so; whoever has no next step has none on purpose; and every date that is planned is a working day, or
/// one that waits for no weekend.
pub async fn at_the_end_of_a_day(search: &Search, day: Date, today: &Page) {
    let at = format!("seed {}, {day}", search.seed);
    let waiting = today.texts("details.fold li");
    // Whom someone can introduce is asked for that way, once it is its day.
    let sql = "select name, stage from contacts k where user_id = $1 and deleted_at is null and next_due <= $2
        and not (next_step = 'request' and exists (select from introductions n where n.user_id = $1 and n.introduced_id = k.id
            and n.status = 'possible' and n.planned_on > $2))";
    for row in sqlx::query(sql).bind(search.alice.id).bind(Day(day)).fetch_all(&search.app.db).await.unwrap() {
        let (name, stage): (String, String) = (row.get("name"), row.get("stage"));
        let is_told = waiting.iter().any(|line| line.starts_with(&format!("{name}: ")));
        assert!(is_told && matches!(stage.as_str(), "identified" | "connected"), "{at}: {name} ({stage}) is overdue");
    }

    // Moved on, declined, or the user's own last word was to leave the step out, or to have done it in a way that has no next.
    let sql = "select name || ', ' || stage from contacts k where user_id = $1 and deleted_at is null
        and next_step is null and stage not in ('moved_on', 'declined')
        and (select kind from touchpoints t where t.user_id = $1 and t.contact_id = k.id and t.kind <> 'undone'
            and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
            order by happened_on desc, id desc limit 1) not in ('dismissed', 'done_otherwise')";
    let stuck: Vec<String> = sqlx::query_scalar(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    assert!(stuck.is_empty(), "{at}: no next step, and not on purpose: {stuck:?}");

    // Who was written to, or picked, has a day as well, unless there is no step on purpose; whoever was only asked to introduce
    // someone waits as before.
    let sql = "select name || ', ' || stage from contacts k where user_id = $1 and deleted_at is null
        and next_step is not null and next_due is null
        and exists (select from touchpoints t where t.user_id = $1 and t.contact_id = k.id
            and t.kind not in ('found', 'already_connected', 'undone') and not (t.kind in ('wrote', 'replied') and t.introduction_id is not null)
            and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id))";
    let dateless: Vec<String> = sqlx::query_scalar(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    assert!(dateless.is_empty(), "{at}: a next step without a day: {dateless:?}");

    // Thanks wait for no weekend, nor does a day that was named.
    let sql = "select name || ': ' || next_step || ' on ' || next_due from contacts k
        where user_id = $1 and deleted_at is null and next_due is distinct from talk_on
        and (extract(isodow from next_due) > 5 and next_step <> 'thank' and not exists (
                select from touchpoints t where t.user_id = $1 and t.contact_id = k.id and t.until = k.next_due)
            or next_due = any($2::text[]::date[]) or (next_due between $3 and $4 and $5))";
    let off: Vec<String> = sqlx::query_scalar(sql)
        .bind(search.alice.id)
        .bind(HOLIDAYS.map(|day| day.to_string()).to_vec())
        .bind(Day(AWAY.0))
        .bind(Day(AWAY.1))
        .bind(day >= AWAY_IS_SAID)
        .fetch_all(&search.app.db)
        .await
        .unwrap();
    assert!(off.is_empty(), "{at}: due on a day off: {off:?}");
}

/// Over the whole search: thanks in time, ceilings kept, rows that agree with their history, and enough of everything.
pub async fn at_the_end(search: &Search) {
    let touches = touches(search).await;
    thanks_are_in_time(search, &touches);
    ceilings_are_kept(search).await;
    let sql = "select id from contacts where user_id = $1";
    let all: Vec<ContactId> = sqlx::query_scalar(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    for id in all {
        assert_eq!(stored(&search.app, id).await, replayed(&search.app, id).await, "seed {}: {id}", search.seed);
    }
    // A search in which little happened would prove little.
    for (kind, least) in [
        ("requested", 30),
        ("accepted", 8),
        ("asked", 10),
        ("followed_up", 5),
        ("moving_on_note", 1),
        ("answered_yes", 3),
        ("scheduled", 3),
        ("held", 2),
        ("thanked", 3),
        ("wrote", 3),
        ("second_person_asked", 1),
        ("snoozed", 1),
        ("introduction_asked", 2),
        ("introduced", 1),
    ] {
        let times = touches.iter().filter(|touch| touch.kind == kind).count();
        assert!(times >= least, "seed {}: {kind} only {times} times", search.seed);
    }
    let sql = "select stage || ' ' || count(*) from contacts where user_id = $1 group by stage order by stage";
    let stages: Vec<String> = sqlx::query_scalar(sql).bind(search.alice.id).fetch_all(&search.app.db).await.unwrap();
    println!("{} touchpoints; {}", touches.len(), stages.join(", "));
}

/// Two working days after the talk, or the help, at the latest.
fn thanks_are_in_time(search: &Search, touches: &[Touch]) {
    for helped in touches.iter().filter(|t| matches!(t.kind.as_str(), "held" | "answered_in_writing" | "sent_on")) {
        let last = excused(helped.on, after(helped.on, 2));
        let is_settled = |t: &&Touch| {
            t.contact == helped.contact
                // A talk may be written down after thanks that came after it.
                && (t.id > helped.id || t.on > helped.on)
                && matches!(t.kind.as_str(), "thanked" | "answered_no" | "moved_on" | "moving_on_note")
        };
        let settled = touches.iter().find(is_settled).map(|thanks| thanks.on);
        let theirs = || touches.iter().filter(|t| t.contact == helped.contact).collect::<Vec<_>>();
        assert!(
            settled.unwrap_or(search.day) <= last,
            "seed {}: thanks for {helped:?} came {settled:?}: {:#?}",
            search.seed,
            theirs()
        );
    }
}

async fn ceilings_are_kept(search: &Search) {
    let sql = "select coalesce(max(n), 0) from (
            select count(*) as n from touchpoints t where user_id = $1 and kind in ('requested', 'introduction_asked')
                and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
            group by date_trunc('week', happened_on)) weeks";
    let requests: i64 = sqlx::query_scalar(sql).bind(search.alice.id).fetch_one(&search.app.db).await.unwrap();
    let sql = "select coalesce(max(n), 0) from (
            select count(*) as n from touchpoints t where user_id = $1 and kind in ('requested', 'introduction_asked')
                and channel = 'linkedin_note' and body is not null
                and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
            group by date_trunc('month', happened_on)) months";
    let notes: i64 = sqlx::query_scalar(sql).bind(search.alice.id).fetch_one(&search.app.db).await.unwrap();
    assert_eq!(
        (requests, notes),
        (REQUESTS_A_WEEK, NOTES_A_MONTH),
        "seed {}: the fullest week and month; they are to reach the ceilings, and not to pass them",
        search.seed
    );
}
