//! What the frame of every page says is kept, not counted: as long as nothing changes, and no longer.

use inroad::routes::{Verb, Who};
use jiff::SignedDuration;
use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::due::rail;
use crate::imports::{HEADER, previewed, written};
use crate::support::App;
use crate::support::person::sign_in_again;
use crate::support::routes::{path_of, routes};

/// A number nobody would count.
const KEPT: i32 = 77;

/// Through the program's own connections: those for looking forget what is kept.
async fn run(app: &App, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&app.pool).await.unwrap();
}

async fn kept(app: &App) -> Option<i32> {
    let sql = "select due from rails where owner_id = $1";
    sqlx::query_scalar::<_, Option<i32>>(sql).bind(app.alice.id).fetch_optional(&app.pool).await.unwrap().flatten()
}

async fn cached(app: &App) -> Option<Value> {
    let sql = "select cache from rails where owner_id = $1";
    sqlx::query_scalar::<_, Option<Value>>(sql).bind(app.alice.id).fetch_optional(&app.pool).await.unwrap().flatten()
}

/// Nothing is kept any more.
const NOTHING: &str = "due = null, late = null, thanks_late = null, comments = null, due_on = null, due_on_utc = null";

/// Writes a number as if it had been counted today.
async fn keep(app: &App) {
    sqlx::query(
        "insert into rails as r (owner_id, stamp, writers, writing_until, due, late, thanks_late, comments, due_on, due_on_utc, cache)
         values ($1, gen_random_uuid(), 0, 'epoch', $2, 0, 0, 0, '2026-11-24', '2026-11-24', '{}')
         on conflict (owner_id) do update set stamp = excluded.stamp, writers = 0, writing_until = 'epoch', due = excluded.due,
             late = 0, thanks_late = 0, comments = 0, due_on = excluded.due_on, due_on_utc = excluded.due_on_utc,
             cache = excluded.cache",
    )
    .bind(app.alice.id)
    .bind(KEPT)
    .execute(&app.pool)
    .await
    .unwrap();
}

async fn shown(app: &App) -> usize {
    rail(&app.alice.get("/guide").await.is(200).page())
}

#[tokio::test]
async fn what_was_counted_is_said_until_the_day_is_over() {
    let app = App::start().await;
    let counted = shown(&app).await;
    assert_eq!(kept(&app).await, Some(counted as i32));
    keep(&app).await;
    assert_eq!(shown(&app).await, KEPT as usize);
    let to_her_coach = app.bob.get("/guide").await.is(200).page();
    assert_eq!(rail(&to_her_coach), KEPT as usize, "who looks at her search sees hers");
    app.pass(SignedDuration::from_hours(24));
    assert_eq!(shown(&app).await, counted, "on another day it is counted anew");
    assert_eq!(kept(&app).await, Some(counted as i32));
}

#[tokio::test]
async fn every_form_of_an_owner_forgets_it_before_it_does_anything() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    for route in routes(Verb::Post).filter(|route| route.who == Who::Owner) {
        sign_in_again(&app, &app.alice).await;
        keep(&app).await;
        app.alice.post(&path_of(route, &ids), &[]).await;
        assert_eq!((kept(&app).await, cached(&app).await), (None, None), "after {}", route.path);
    }
    keep(&app).await;
    app.bob.post("/today/snoozes", &[("all", "yes")]).await.is(403);
    assert_eq!(kept(&app).await, Some(KEPT), "who may change nothing forgets nothing");
}

#[tokio::test]
async fn nothing_is_kept_while_a_change_is_under_way_or_after_one_that_came_between() {
    let app = App::start().await;
    let counted = shown(&app).await;
    run(&app, &format!("update rails set {NOTHING}, writers = 1, writing_until = '2026-11-24T09:05Z'")).await;
    assert_eq!(shown(&app).await, counted);
    assert_eq!(kept(&app).await, None, "another request may be about to save");
    app.pass(SignedDuration::from_mins(6));
    assert_eq!(shown(&app).await, counted);
    assert_eq!(kept(&app).await, Some(counted as i32), "one that never said its end is over by now");

    run(&app, &format!("update rails set {NOTHING}, writers = 0")).await;
    let mut change = app.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table contacts in access exclusive mode").execute(&mut *change).await.unwrap();
    let other = async {
        let waits = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&app.pool).await.unwrap() {
            tokio::task::yield_now().await;
        }
        run(&app, "update rails set stamp = gen_random_uuid()").await;
        change.commit().await.unwrap();
    };
    let (said, ()) = tokio::join!(shown(&app), other);
    assert_eq!(said, counted);
    assert_eq!(kept(&app).await, None, "counted before the change began");
}

#[tokio::test]
async fn an_import_behind_its_page_forgets_it_with_what_it_wrote() {
    let app = App::start().await;
    let row =
        |n| format!("Person,Number {n},https://www.linkedin.com/in/person-{n},,Company {n},Engineer,24 Nov 2026\n");
    let path = previewed(&app.alice, &format!("{HEADER}{}", (0..2_500).map(row).collect::<String>())).await;
    let mut held = app.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table contacts in share mode").execute(&mut *held).await.unwrap();
    let begun = app.alice.post(&format!("{path}/confirmations"), &[]).await;
    let page = app.alice.follow(&begun).await;
    assert!(page.has("progress"), "it is written behind the page");
    keep(&app).await;
    held.commit().await.unwrap();
    written(&app.alice, page, &path).await;
    assert_ne!(shown(&app).await, KEPT as usize, "counted again once all of it is there");
}

/// Many people in every stage, some of whose next step has turned into another, some with tags.
const CROWD: &str = "with people as (
        insert into contacts (user_id, id, name, name_folded, stage, next_step, next_due, next_turns_on, last_touch_on, created_at)
        select $1, gen_random_uuid(), 'Person ' || n, 'person ' || n, s.stage, s.step, date '2026-11-10' + n % 30,
            case when s.stage = 'requested' then date '2026-11-20' + n % 9 end,
            case when n % 4 = 0 then date '2026-10-01' + n % 40 end, now()
        from generate_series(1, 190) n
        join (values (0, 'identified', 'request'), (1, 'connected', 'ask_for_talk'), (2, 'requested', 'ask_second_person'))
            s (nr, stage, step) on s.nr = n % 3
        returning id, name
    ), tag as (
        insert into tags (user_id, id, name, name_folded, created_at) values ($1, gen_random_uuid(), 'Alumni', 'alumni', now())
        returning id
    )
    insert into contact_tags (user_id, id, contact_id, tag_id, created_at)
    select $1, gen_random_uuid(), people.id, tag.id, now() from people, tag where people.name like '%7%'";

#[tokio::test]
async fn a_list_says_the_same_whether_its_numbers_are_counted_or_kept() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    sqlx::query(CROWD).bind(app.alice.id).execute(&app.pool).await.unwrap();
    for show in ["everyone", "identified", "connected", "requested", "due"] {
        for sort in ["due", "name", "touch", "company"] {
            for columns in ["", "stage.due.tags"] {
                let path = format!("/contacts?show={show}&sort={sort}&cols={columns}");
                run(&app, "update rails set by_stage = null").await;
                let counted = app.alice.get(&path).await.is(200).page().text("main");
                let kept = app.alice.get(&path).await.is(200).page();
                assert_eq!(counted, kept.text("main"), "{path}");
                assert!(kept.says("Person"), "{path}");
                let tagged = kept.texts("tbody td").iter().any(|cell| cell == "Alumni");
                assert_eq!(tagged, columns.contains("tags"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn what_pages_compute_of_the_whole_search_is_computed_once_after_each_change() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    sqlx::query(
        "insert into contacts (user_id, id, name, name_folded, employer, employer_key, stage, created_at)
         select $1, gen_random_uuid(), 'Ann Twin', 'ann twin', 'Elsewhere', 'elsewhere', 'identified', now() from generate_series(1, 2)",
    )
    .bind(app.alice.id)
    .execute(&app.pool)
    .await
    .unwrap();
    run(&app, "delete from rails").await;
    for (path, says) in
        [("/companies/new", "Elsewhere"), ("/contacts/duplicates", "Same name and employer"), ("/export", "contacts")]
    {
        let computed = app.alice.get(path).await.is(200).page();
        assert!(computed.says(says), "{path}: {}", computed.text("main"));
        let again = app.alice.get(path).await.is(200).page();
        assert_eq!(again.text("main"), computed.text("main"), "{path}");
    }
    let held = cached(&app).await.unwrap();
    assert_eq!(held.as_object().unwrap().len(), 3, "{held}");
    run(
        &app,
        "update rails set cache = (select jsonb_object_agg(k, 'of another version') from jsonb_object_keys(cache) k)",
    )
    .await;
    assert!(app.alice.get("/contacts/duplicates").await.is(200).page().says("Ann Twin"));

    let before = app.alice.get("/export").await.is(200).page().text("main");
    app.alice.post("/contacts", &[("name", "Ben New")]).await.is(303);
    assert_eq!(cached(&app).await, None);
    assert_ne!(app.alice.get("/export").await.is(200).page().text("main"), before, "one more can go out");
}
