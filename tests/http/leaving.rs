//! How long people are kept: a reminder on Today, thirty days later the bin, and nothing by surprise.

use inroad::ids::ContactId;
use inroad::trash::purge::purge;
use jiff::SignedDuration;

use crate::support::{App, Person};

fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

async fn set(app: &App, id: ContactId, sql: &'static str) {
    sqlx::query(sql).bind(id).execute(&app.db).await.unwrap();
}

async fn is_listed(app: &App, id: ContactId) -> bool {
    let sql = "select deleted_at is null from contacts where id = $1";
    sqlx::query_scalar(sql).bind(id).fetch_one(&app.db).await.unwrap()
}

async fn save(person: &Person, months: &str) -> String {
    let form = person.get("/settings/retention").await.is(200).page().form_to("/settings/retention");
    let answer = form.set("months", months).submit(person).await;
    person.follow(&answer).await.toast()
}

/// Someone whose day has come, and of whom Today says so.
async fn leaving(app: &App) -> ContactId {
    let id = app.rows(&app.alice).contact("Grace Hopper", None).await;
    set(app, id, "update contacts set retain_until = date '2026-11-24' where id = $1").await;
    purge(&app.pool, app.now()).await.unwrap();
    id
}

#[tokio::test]
async fn someones_day_is_said_on_today_and_they_go_to_the_bin_thirty_days_later() {
    let app = App::start().await;
    let id = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let other = app.rows(&app.alice).contact("Katherine Johnson", None).await;
    set(&app, id, "update contacts set retain_until = date '2026-11-26' where id = $1").await;
    purge(&app.pool, app.now()).await.unwrap();
    assert!(!app.alice.get("/").await.page().says("Kept long enough"));
    app.pass(days(2));
    purge(&app.pool, app.now()).await.unwrap();
    let today = app.alice.get("/").await.is(200).page();
    assert!(today.says("Kept long enough") && today.says("To the bin 26 December"), "{}", today.text("main"));
    app.pass(days(29));
    purge(&app.pool, app.now()).await.unwrap();
    assert!(is_listed(&app, id).await);
    app.pass(days(1));
    purge(&app.pool, app.now()).await.unwrap();
    assert_eq!((is_listed(&app, id).await, is_listed(&app, other).await), (false, true));
    // Brought back from the bin, they are spoken of anew before they go again.
    crate::support::person::sign_in_again(&app, &app.alice).await;
    let bin = app.alice.get("/bin").await.page();
    bin.form_to(&format!("/contacts/{id}/restorations")).submit(&app.alice).await.to();
    purge(&app.pool, app.now()).await.unwrap();
    assert!(is_listed(&app, id).await);
    assert!(app.alice.get("/").await.page().says("Kept long enough"));
}

#[tokio::test]
async fn a_program_that_was_off_for_long_takes_nobody_without_a_reminder() {
    let app = App::start().await;
    let id = app.rows(&app.alice).contact("Grace Hopper", None).await;
    set(&app, id, "update contacts set retain_until = date '2020-01-01' where id = $1").await;
    purge(&app.pool, app.now() + days(300)).await.unwrap();
    assert!(is_listed(&app, id).await);
}

#[tokio::test]
async fn each_choice_is_one_press_and_undone_by_one() {
    let app = App::start().await;
    let id = leaving(&app).await;
    let path = format!("/contacts/{id}/keepings");
    let answer =
        app.alice.get("/").await.page().form_to(&path).press("Keep a year longer: Grace Hopper", &app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert!(page.toast().starts_with("You keep Grace Hopper until"), "{}", page.toast());
    assert!(!page.says("Kept long enough"));
    page.undo().submit(&app.alice).await.to();
    let list = app.alice.get("/contacts/leaving").await.is(200).page();
    let answer = list.form_to(&path).press("Keep for good: Grace Hopper", &app.alice).await;
    assert!(app.alice.follow(&answer).await.says("No one has been kept too long"));
    purge(&app.pool, app.now() + days(500)).await.unwrap();
    assert!(is_listed(&app, id).await);
    assert!(app.alice.get(&format!("/contacts/{id}")).await.page().says("You keep them for good."));
    // Not somebody else's, and not by a coach's hand.
    app.charlie.post(&path, &[("how_long", "a_year")]).await.is(404);
    app.charlie.post(&format!("{path}/undos"), &[]).await.is(404);
}

#[tokio::test]
async fn another_day_on_their_form_ends_the_reminder() {
    let app = App::start().await;
    let id = leaving(&app).await;
    let form = app.alice.get(&format!("/contacts/{id}/edit")).await.page().form_to(&format!("/contacts/{id}"));
    form.fill("Keep until", "2027-06-01").submit(&app.alice).await.to();
    assert!(!app.alice.get("/").await.page().says("Kept long enough"));
    purge(&app.pool, app.now() + days(40)).await.unwrap();
    assert!(is_listed(&app, id).await);
}

#[tokio::test]
async fn the_setting_says_whom_it_concerns_and_leaves_out_who_was_in_touch() {
    let app = App::start().await;
    let old = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let recent = app.rows(&app.alice).contact("Katherine Johnson", None).await;
    for id in [old, recent] {
        set(&app, id, "update contacts set created_at = timestamptz '2024-01-01 10:00+00' where id = $1").await;
    }
    set(&app, recent, "update contacts set last_touch_on = date '2026-10-01' where id = $1").await;
    let page = app.alice.get("/settings/retention").await.is(200).page();
    assert!(page.says("12 months: 1 person") && page.says("36 months: 0 people"), "{}", page.text("main"));
    for wrong in ["5", "61", "twelve"] {
        let form = page.form_to("/settings/retention").set("months", wrong);
        assert!(form.submit(&app.alice).await.is(422).page().says("Write a whole number from 6 to 60"));
    }
    assert_eq!(save(&app.alice, "12").await, "Saved. 1 person reaches that time now: Today reminds you for 30 days.");
    assert!(app.alice.get("/").await.page().says("Kept long enough"));
    purge(&app.pool, app.now() + days(29)).await.unwrap();
    assert!(is_listed(&app, old).await, "the notice runs from the day it was set");
    assert_eq!(save(&app.alice, "").await, "Saved. No one reaches that time now.");
    assert!(!app.alice.get("/").await.page().says("Kept long enough"));
    save(&app.alice, "12").await;
    purge(&app.pool, app.now() + days(31)).await.unwrap();
    assert_eq!((is_listed(&app, old).await, is_listed(&app, recent).await), (false, true));
}
