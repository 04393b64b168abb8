//! The demo account agrees with itself: whatever it says of anyone stands in a history, and the playbook reads it as it is stored.

use inroad::database::Day;
use inroad::ids::{ContactId, UserId};
use inroad::playbook::cadence::Cadence;
use inroad::playbook::opening;
use inroad::playbook::referral::{Dates, Status, next};
use jiff::SignedDuration;
use jiff::civil::Date;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Row};

use crate::replaying::{replayed, stored};
use crate::support::App;

/// Each day of a week: what the story counts in days falls on another weekday then.
const DAYS: i64 = 7;

/// Statements that find what nothing speaks of, and what each looks for.
const CLAIMS: &[(&str, &str)] = &[
    (
        "a talk that took place without its line in the history",
        "select k.name from informational_interviews i join contacts k on k.id = i.contact_id
         where i.user_id = $1 and i.status = 'held' and not exists (select from touchpoints t
             where t.interview_id = i.id and t.kind in ('held', 'answered_in_writing'))",
    ),
    (
        "a line about a talk that the talk does not know",
        "select k.name from touchpoints t join contacts k on k.id = t.contact_id
         left join informational_interviews i on i.id = t.interview_id
         where t.user_id = $1 and t.kind in ('held', 'answered_in_writing') and i.status is distinct from 'held'",
    ),
    (
        "a talk that is to come with someone who has none",
        "select k.name from informational_interviews i join contacts k on k.id = i.contact_id
         where i.user_id = $1 and i.status = 'scheduled' and k.stage <> 'scheduled'",
    ),
    (
        "an introduction asked for, made or declined that no history tells of",
        "select k.name from introductions n join contacts k on k.id = n.introduced_id
         where n.user_id = $1 and (n.asked_on is not null and not exists (select from touchpoints t
                 where t.introduction_id = n.id and t.kind = 'introduction_asked' and t.happened_on = n.asked_on)
             or n.status = 'made' and not exists (select from touchpoints t
                 where t.introduction_id = n.id and t.kind = 'introduced'))",
    ),
    (
        "a referral whose days no history tells of",
        "select k.name from referrals r join contacts k on k.id = r.contact_id
         cross join lateral (values ('referral_asked', r.asked_on), ('wrote', r.reminded_on), ('referral_agreed', r.agreed_on),
             ('referral_made', r.made_on), ('referral_told', r.told_on)) as said (kind, day)
         where r.user_id = $1 and said.day is distinct from (select max(t.happened_on) from touchpoints t
             where t.referral_id = r.id and t.kind = said.kind)",
    ),
    (
        "a referral in a status that its history does not lead to",
        "select k.name from referrals r join contacts k on k.id = r.contact_id
         where r.user_id = $1 and r.status <> case
             when r.status = 'withdrawn' then 'withdrawn'
             when exists (select from touchpoints t where t.referral_id = r.id and t.kind = 'referral_declined') then 'declined'
             when r.made_on is not null then 'made' when r.agreed_on is not null then 'agreed'
             when r.asked_on is not null then 'asked' else 'to_ask' end",
    ),
    (
        "a referral that ended, or that something came of, on no day",
        "select k.name from referrals r join contacts k on k.id = r.contact_id
         where r.user_id = $1 and (r.closed_on is null) = (r.status in ('declined', 'withdrawn') or r.outcome is not null)",
    ),
    (
        "tasks that are all done while the referral waits for more than 'Is it made?', or the other way round",
        "select k.name from referrals r join contacts k on k.id = r.contact_id
         where r.user_id = $1 and r.status = 'agreed' and (r.next_step = 'confirm_made') = exists (
             select from referral_tasks t where t.referral_id = r.id and t.done_at is null)",
    ),
    (
        "a referral that is made while they still have something to do for it",
        "select k.name from referrals r join contacts k on k.id = r.contact_id join referral_tasks t on t.referral_id = r.id
         where r.user_id = $1 and r.status = 'made' and t.whose = 'theirs' and t.done_at is null",
    ),
    (
        "an opening in a status without its change, or confirmed by someone elsewhere",
        "select o.title from openings o left join contacts k on k.id = o.confirmed_by
         where o.user_id = $1 and (k.company_id <> o.company_id or not exists (select from opening_changes h
             where h.opening_id = o.id and h.status = o.status and h.happened_on = o.status_since))",
    ),
    (
        "what is to come written down as past",
        "select k.name from touchpoints t join contacts k on k.id = t.contact_id
         where t.user_id = $1 and t.happened_at > $2",
    ),
];

async fn rows(app: &App, sql: &str, demo: UserId) -> Vec<PgRow> {
    sqlx::query(AssertSqlSafe(sql.to_owned())).bind(demo).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn whatever_it_claims_stands_in_a_history_on_whatever_day_it_is_made() {
    let app = App::start().await;
    for _ in 0..DAYS {
        let id = app.demo().await.id;
        for row in rows(&app, "select id, name from contacts where user_id = $1", id).await {
            let (contact, name): (ContactId, String) = (row.get("id"), row.get("name"));
            assert_eq!(stored(&app, contact).await, replayed(&app, contact).await, "{name}, on {}", app.now());
        }
        for (what, sql) in CLAIMS {
            let now = inroad::database::At(app.now());
            // The instant is asked for where it is used.
            let sql = sql.replace("$2", &format!("'{}'", now.0));
            let found: Vec<String> = rows(&app, &sql, id).await.iter().map(|row| row.get(0)).collect();
            assert_eq!(found, [""; 0], "{what}, on {}", app.now());
        }
        referrals_are_next_as_the_playbook_says(&app, id).await;
        sqlx::query("delete from users where id = $1").bind(id).execute(&app.db).await.unwrap();
        app.pass(SignedDuration::from_hours(24));
    }
}

async fn referrals_are_next_as_the_playbook_says(app: &App, demo: UserId) {
    let sql = "select k.name, r.status, r.planned_on, r.asked_on, r.agreed_on, r.tasks_done_on, r.reminded_on, r.made_on, r.told_on,
                   r.next_step, r.next_due, o.status as opening,
                   (select max(h.happened_on) from opening_changes h where h.opening_id = o.id and h.happened_on >= r.made_on) as changed_on
               from referrals r join contacts k on k.id = r.contact_id left join openings o on o.id = r.opening_id
               where r.user_id = $1";
    for row in rows(app, sql, demo).await {
        let day = |column: &str| row.get::<Option<Day>, _>(column).map(|day| day.0);
        let dates = Dates {
            planned_on: day("planned_on"),
            asked_on: day("asked_on"),
            agreed_on: day("agreed_on"),
            tasks_done_on: day("tasks_done_on"),
            reminded_on: day("reminded_on"),
            made_on: day("made_on"),
            opening_changed_on: day("changed_on"),
            told_on: day("told_on"),
            opening: row.get::<Option<String>, _>("opening").map(|status| status.parse::<opening::Status>().unwrap()),
        };
        let status: Status = row.get::<String, _>("status").parse().unwrap();
        let said: Option<(String, Option<Date>)> =
            row.get::<Option<String>, _>("next_step").map(|step| (step, day("next_due")));
        let wanted = next(status, &dates, &Cadence::default()).map(|next| (next.step.to_string(), next.due));
        assert_eq!(said, wanted, "{}, on {}", row.get::<String, _>("name"), app.now());
    }
}
