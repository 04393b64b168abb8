//! Companies that may be one: listed with the reason, joined with a choice for each field, told apart for good, and all of it
//! undone.

use inroad::ids::CompanyId;

use crate::support::sums::{Sums, sums_of};
use crate::support::{App, Person};

const PATH: &str = "/companies/duplicates";

async fn set(app: &App, id: CompanyId, sql: &'static str) {
    let sql = format!("update companies set {sql} where id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&app.db).await.unwrap();
}

/// Every row of Alice's, but for how often they were written and that somebody joined.
async fn rows(app: &App) -> Sums {
    sqlx::query("update companies set version = 1").execute(&app.db).await.unwrap();
    sqlx::query("update contacts set version = 1").execute(&app.db).await.unwrap();
    sums_of(&app.db, app.alice.id).await
}

async fn reasons(person: &Person) -> Vec<String> {
    person.get(PATH).await.is(200).page().texts("li[data-row] small.soft")
}

#[tokio::test]
async fn which_may_be_listed_twice_is_listed_with_the_reason_and_told_apart_for_good() {
    let app = App::start().await;
    assert!(app.alice.get(PATH).await.is(200).page().says("No company is listed twice"));
    let acme = app.alice.company("Acme").await;
    let robotics = app.alice.company("Acme Robotics").await;
    app.alice.company("Orbit").await;
    app.charlie.company("Acme").await;
    assert_eq!(reasons(&app.alice).await, ["One name begins with the other"]);
    for id in [acme, robotics] {
        set(&app, id, "website = 'https://acme.example/'").await;
    }
    assert_eq!(reasons(&app.alice).await, ["Same website"]);
    assert!(reasons(&app.charlie).await.is_empty());

    let page = app.alice.get(PATH).await.page();
    let part = page.forms().into_iter().find(|form| form.action.ends_with("/distinctions")).unwrap();
    let told = app.alice.follow(&part.clone().submit(&app.alice).await).await;
    assert!(reasons(&app.alice).await.is_empty());
    told.undo().submit(&app.alice).await.to();
    assert_eq!(reasons(&app.alice).await.len(), 1);
    let other = robotics.to_string();
    app.charlie.post(&format!("/companies/{acme}/distinctions"), &[("other", &other)]).await.is(404);
    app.alice.post(&format!("/companies/{acme}/distinctions"), &[("other", &acme.to_string())]).await.is(404);
}

#[tokio::test]
async fn names_and_websites_written_otherwise_are_asked_about_with_the_reason() {
    let app = App::start().await;
    for name in
        ["Müller GmbH", "Mueller GmbH & Co. KG", "Booking", "Booking.com", "Bosch", "Robert Bosch", "SpaceX", "Space-X"]
    {
        app.rows(&app.alice).company(name).await;
    }
    let (foo, bar) = (
        app.rows(&app.alice).company("Foo Stores").await,
        app.rows(&app.alice).company("Groceries Unlimited Kiosk").await,
    );
    set(&app, foo, "website = 'https://www.foo.co.uk/'").await;
    set(&app, bar, "website = 'https://careers.foo.co.uk/'").await;
    assert_eq!(
        reasons(&app.alice).await,
        [
            "Names that differ only in spaces or hyphens",
            "The same name in another spelling",
            "Names that differ only in an ending such as .com",
            "Websites of the same domain",
            "One name ends with the other",
        ]
    );
}

#[tokio::test]
async fn two_are_joined_field_by_field_and_parted_again_whole() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let robotics = app.alice.company("Acme Robotics").await;
    set(&app, acme, "industry = 'Robots', notes = 'Nice people', place = null").await;
    set(&app, robotics, "industry = 'Machines', place = 'Ohio', notes = 'Hard to reach'").await;
    let make = app.rows(&app.alice);
    let grace = make.contact("Grace Hopper", Some(robotics)).await;
    make.contact("Ada Lovelace", Some(acme)).await;
    let opening = make.opening(robotics, "Flight engineer").await;
    make.interview(grace, Some(robotics)).await;
    make.referral(grace, robotics, Some(opening)).await;
    let before = rows(&app).await;

    let page = app.alice.get(&format!("/companies/{robotics}/join?into={acme}")).await.is(200).page();
    assert_eq!(page.text("h1"), "Are these two one company?");
    let join = page.form_to(&format!("/companies/{robotics}/joins"));
    let told = join.set("chosen", "name").submit(&app.alice).await;
    let company = app.alice.follow(&told).await;
    assert_eq!(company.toast(), "Joined: everything of both is here now.");
    assert_eq!(company.text("h1"), "Acme Robotics");
    let kept: (String, String, String, String) =
        sqlx::query_as("select name_key, industry, place, notes from companies where id = $1")
            .bind(acme)
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(
        kept,
        (
            "acme robotics".into(),
            "Robots".into(),
            "Ohio".into(),
            "Nice people\n\nHard to reach\n\nBefore the two were joined: Name: Acme; Industry: Machines".into()
        )
    );
    assert_eq!(app.alice.get("/companies").await.page().texts("tr[data-row] th a"), ["Acme Robotics"]);
    let people = app.alice.get(&format!("/contacts?company={acme}")).await.page();
    assert_eq!(people.texts("tr[data-row] th a"), ["Ada Lovelace", "Grace Hopper"]);

    let told = app.alice.follow(&company.undo().submit(&app.alice).await).await;
    assert_eq!(told.toast(), "Undone: both are on your list again.");
    sqlx::query("delete from joins").execute(&app.db).await.unwrap();
    assert_eq!(rows(&app).await, before);
    app.charlie.get(&format!("/companies/{robotics}/join?into={acme}")).await.is(404);
}

#[tokio::test]
async fn one_whose_name_is_taken_meanwhile_stays_joined() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let robotics = app.alice.company("Acme Robotics").await;
    let page = app.alice.get(&format!("/companies/{robotics}/join?into={acme}")).await.page();
    let joined = page.form_to(&format!("/companies/{robotics}/joins")).submit(&app.alice).await;
    let company = app.alice.follow(&joined).await;
    app.alice.company("Acme Robotics").await;
    let told = app.alice.follow(&company.undo().submit(&app.alice).await).await;
    assert!(told.toast().starts_with("The two stay joined: another one on your list has a name"), "{}", told.toast());
    assert_eq!(app.alice.get("/companies").await.page().texts("tr[data-row] th a").len(), 2);
}
