//! The bin: everything deleted in one place, and what goes for good.

use inroad::trash::purge::{clean, purge};
use jiff::SignedDuration;
use sqlx::AssertSqlSafe;

use crate::support::App;
use crate::support::sums::sums_of;

const TABLES: [&str; 5] = ["companies", "contacts", "informational_interviews", "openings", "referrals"];

async fn delete(app: &App, table: &str, id: impl std::fmt::Display) {
    let sql = format!("update {table} set deleted_at = $1 where id = '{id}'");
    sqlx::query(AssertSqlSafe(sql)).bind(inroad::database::At(app.now())).execute(&app.db).await.unwrap();
}

async fn count(app: &App, table: &str, id: impl std::fmt::Display) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table} where id = '{id}'")))
        .fetch_one(&app.db)
        .await
        .unwrap()
}

fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

#[tokio::test]
async fn everything_deleted_is_there_with_its_last_day_and_the_way_back() {
    let app = App::start().await;
    assert!(app.alice.get("/bin").await.is(200).page().says("The bin is empty"));
    let of = app.fill(&app.alice).await;
    app.fill(&app.charlie).await;
    delete(&app, "companies", of.company).await;
    delete(&app, "contacts", of.other_contact).await;
    delete(&app, "introductions", of.introduction).await;
    delete(&app, "informational_interviews", of.interview).await;
    delete(&app, "openings", of.opening).await;
    delete(&app, "referrals", of.referral).await;
    let page = app.alice.get("/bin").await.is(200).page();
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 6, "{rows:?}");
    for (path, id) in [
        ("companies", of.company.0),
        ("contacts", of.other_contact.0),
        ("interviews", of.interview.0),
        ("openings", of.opening.0),
        ("referrals", of.referral.0),
        ("introductions", of.introduction.0),
    ] {
        page.form_to(&format!("/{path}/{id}/restorations"));
    }
    assert!(page.says("Goes for good on 24 December"));
    assert!(
        page.says("Talk with Grace Hopper") && page.says("Referral by Grace Hopper") && page.says("Flight engineer")
    );
    assert!(app.charlie.get("/bin").await.page().says("The bin is empty"));
    let answer = page.form_to(&format!("/companies/{}/restorations", of.company)).submit(&app.alice).await;
    assert!(app.alice.follow(&answer).await.toast().ends_with("is back."));
    assert_eq!(app.alice.get("/bin").await.page().texts("tbody tr").len(), 5);
}

#[tokio::test]
async fn what_was_deleted_thirty_days_ago_goes_and_nothing_else() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let hers = app.fill(&app.charlie).await;
    for (table, id) in [("contacts", of.contact.0), ("companies", of.company.0), ("openings", of.opening.0)] {
        delete(&app, table, id).await;
    }
    // Others lean on what goes.
    let third = app.rows(&app.alice).contact("Joan Clarke", None).await;
    for sql in [
        format!(
            "update touchpoints set introduction_id = '{}' where contact_id = '{}'",
            of.introduction, of.other_contact
        ),
        format!(
            "insert into introductions (user_id, id, introducer_id, introduced_id, status, earlier_introducer_id, created_at)
             select user_id, gen_random_uuid(), introduced_id, '{third}', 'made', introducer_id, created_at
             from introductions where id = '{}'",
            of.introduction
        ),
        format!("update contacts set introduced_by = '{}' where id = '{}'", of.contact, of.other_contact),
        format!("update contacts set company_id = '{}' where id = '{}'", of.company, of.other_contact),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    let strangers = sums_of(&app.db, app.charlie.id).await;
    assert_eq!(purge(&app.pool, app.now() + days(6)).await.unwrap(), 0, "nothing is old");
    assert_eq!(purge(&app.pool, app.now() + days(29)).await.unwrap(), 2, "files never imported go after a week");
    assert_eq!(count(&app, "contacts", of.contact).await, 1);
    assert_eq!(purge(&app.pool, app.now() + days(31)).await.unwrap(), 3);
    for (table, id) in [
        ("contacts", of.contact.0),
        ("companies", of.company.0),
        ("openings", of.opening.0),
        ("referrals", of.referral.0),
        ("introductions", of.introduction.0),
    ] {
        assert_eq!(count(&app, table, id).await, 0, "{table}");
    }
    assert_eq!(count(&app, "contacts", of.other_contact).await, 1);
    let mut now = sums_of(&app.db, app.charlie.id).await;
    let mut then = strangers;
    for table in [
        "imports",
        "contact_changes",
        "kept_forms",
        "joins",
        "bulk_changes",
        "half_logins",
        "remembered_browsers",
        "idempotency_keys",
    ] {
        then.remove(table);
        now.remove(table);
    }
    assert_eq!(now, then);
    assert_eq!(count(&app, "contacts", hers.contact).await, 1);
}

#[tokio::test]
async fn history_and_what_is_on_a_list_outlive_what_they_lean_on() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let held = app.rows(&app.alice).touchpoint(of.contact, "held", "none").await;
    for sql in [
        format!(
            "update touchpoints set interview_id = '{}', referral_id = '{}' where id = '{held}'",
            of.interview, of.referral
        ),
        format!(
            "update openings set confirmed_by = '{}', confirmed_on = '2026-11-24' where id = '{}'",
            of.other_contact, of.opening
        ),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    delete(&app, "companies", of.company).await;
    delete(&app, "contacts", of.other_contact).await;
    assert!(app.alice.get("/bin").await.page().says("Stays while something on your lists belongs to it"));
    purge(&app.pool, app.now() + days(31)).await.unwrap();
    assert_eq!(count(&app, "companies", of.company).await, 1, "an opening on the list is there");
    assert_eq!(count(&app, "openings", of.opening).await, 1);
    assert_eq!(count(&app, "contacts", of.other_contact).await, 0);
    for (table, id) in
        [("informational_interviews", of.interview.0), ("referrals", of.referral.0), ("openings", of.opening.0)]
    {
        delete(&app, table, id).await;
    }
    purge(&app.pool, app.now() + days(31)).await.unwrap();
    assert_eq!(count(&app, "touchpoints", held).await, 1, "the history stays");
    for table in TABLES {
        let left: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table} where deleted_at is not null")))
                .fetch_one(&app.db)
                .await
                .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[tokio::test]
async fn sessions_that_ended_by_themselves_are_forgotten() {
    let app = App::start().await;
    let count =
        async || -> i64 { sqlx::query_scalar("select count(*) from sessions").fetch_one(&app.db).await.unwrap() };
    let all = count().await;
    clean(&app.pool, app.now() + days(13)).await.unwrap();
    assert_eq!(count().await, all, "none has ended");
    sqlx::query("update sessions set seen_at = seen_at + interval '59 days' where user_id = $1")
        .bind(app.alice.id.0)
        .execute(&app.db)
        .await
        .unwrap();
    clean(&app.pool, app.now() + days(59)).await.unwrap();
    assert_eq!(count().await, 1, "only the one in use is left");
    clean(&app.pool, app.now() + days(60)).await.unwrap();
    assert_eq!(count().await, 0, "used or not, it ends after sixty days");
}

#[tokio::test]
async fn one_account_that_cannot_be_cleaned_keeps_no_other_from_it() {
    let app = App::start().await;
    for person in [&app.alice, &app.charlie] {
        let of = app.fill(person).await;
        delete(&app, "templates", of.template).await;
    }
    let refusing = format!(
        "create function refuse() returns trigger language plpgsql as $$ begin
             if old.user_id = '{}' then raise 'not this one'; end if;
             return old;
         end $$;
         create trigger refuse before delete on templates for each row execute function refuse()",
        app.alice.id
    );
    sqlx::raw_sql(AssertSqlSafe(refusing)).execute(&app.db).await.unwrap();
    let error = purge(&app.pool, app.now() + days(31)).await.unwrap_err();
    assert!(error.to_string().contains("not this one"), "{error}");
    let sql = "select user_id from templates where deleted_at is not null";
    let left: Vec<inroad::ids::UserId> = sqlx::query_scalar(sql).fetch_all(&app.db).await.unwrap();
    assert_eq!(left, [app.alice.id], "Charlie's is gone, in whichever order they are cleaned");
}
