//! What LinkedIn's archive says of the person whose it is: where they have been, and what they want; and what follows from it.

use inroad::accounts::preferences::Preferences;
use sqlx::types::Json;

use crate::imports::{HEADER, undo};
use crate::linkedin_archives::{connection, send, zipped};
use crate::support::{App, Page, Person};

const POSITIONS: &str = "Company Name,Title,Description,Location,Started On,Finished On\n\
    \"Acme, Inc.\",Head of analytics,\"Two\nlines\",Oslo,Jan 2024,\nGlobex,Analyst,,,2019,2023\nSelf-employed,,,,2018,2019\n";
const EDUCATION: &str = "School Name,Start Date,End Date,Notes,Degree Name,Activities\nUniversity of Oslo,2010,2014,,BSc,\nMIT,2014,2016,,MSc,\n";
const WANTED: &str = "Locations,Job Titles,Dream Companies\nOslo,\"Data analyst, Product manager\",\n";

async fn preferences(app: &App, person: &Person) -> Preferences {
    let sql = "select preferences from users where id = $1";
    let Json(found) = sqlx::query_scalar::<_, Json<Preferences>>(sql).bind(person.id).fetch_one(&app.db).await.unwrap();
    found
}

/// The archive's files with one connection who works at Acme; the path of its preview.
async fn archive(person: &Person) -> String {
    let connections = format!("{HEADER}{}", connection("ada", "ACME,Analyst"));
    let zip = zipped(&[
        ("Connections.csv", connections.as_bytes()),
        ("Positions.csv", POSITIONS.as_bytes()),
        ("Education.csv", EDUCATION.as_bytes()),
        ("Jobs/Job Seeker Preferences.csv", WANTED.as_bytes()),
    ]);
    send(person, &[("archive.zip", &zip)]).await.to()
}

async fn import(person: &Person, path: &str) -> Page {
    let form = person.get(path).await.is(200).page().form_to(&format!("{path}/confirmations"));
    person.follow(&form.press("Import 1 person", person).await).await
}

#[tokio::test]
async fn where_one_has_been_goes_to_the_settings_and_away_again() {
    let app = App::start().await;
    let before = preferences(&app, &app.alice).await;
    let path = archive(&app.alice).await;
    let preview = app.alice.get(&path).await.is(200).page();
    assert!(
        preview.text("#own").contains("Your 2 employers and 2 schools, and 2 roles you want."),
        "{}",
        preview.text("#own")
    );
    assert_eq!(
        preview.texts("#own label"),
        ["Acme, Inc.", "Globex", "University of Oslo", "MIT", "Data analyst", "Product manager"]
    );
    assert_eq!(preview.all("#own input[checked]").len(), 6);
    assert_eq!(preferences(&app, &app.alice).await, before, "looking changes nothing");

    let report = import(&app.alice, &path).await;
    assert!(report.text("#own").contains("University of Oslo and MIT"), "{}", report.text("#own"));
    let after = preferences(&app, &app.alice).await;
    assert_eq!(after.former_employers, ["Acme, Inc.", "Globex"]);
    assert_eq!(after.schools, ["University of Oslo", "MIT"]);
    assert_eq!(after.target_roles, ["Data analyst", "Product manager"]);

    let again = archive(&app.alice).await;
    assert!(!app.alice.get(&again).await.is(200).page().has("#own"), "a second time there is nothing to say");
    let settings = app.alice.get("/settings").await.is(200).page().form_to("/settings/search");
    settings.fill("Schools", "University of Oslo\nThe school of life").submit(&app.alice).await.to();
    undo(&app.alice, &path).await;
    let left = preferences(&app, &app.alice).await;
    assert_eq!(left, Preferences { schools: vec!["The school of life".into()], ..before });
}

#[tokio::test]
async fn only_what_is_ticked_is_kept() {
    let app = App::start().await;
    let path = archive(&app.alice).await;
    let fields = [("employers", "1"), ("employers", "2"), ("employers", "99"), ("roles", "0")];
    app.alice.post(&format!("{path}/confirmations"), &fields).await.to();
    let after = preferences(&app, &app.alice).await;
    assert_eq!((after.former_employers, after.schools.len()), (vec!["Globex".into()], 0));
    assert_eq!(after.target_roles, ["Data analyst"]);
}

#[tokio::test]
async fn who_works_where_one_worked_may_be_a_former_colleague() {
    let app = App::start().await;
    let company = app.alice.company("Acme").await;
    let path = archive(&app.alice).await;
    import(&app.alice, &path).await;
    assert!(app.alice.get(&format!("/companies/{company}")).await.is(200).page().says("You worked here"));
    let elsewhere = app.alice.company("Initech").await;
    assert!(!app.alice.get(&format!("/companies/{elsewhere}")).await.page().says("You worked here"));

    let ada: inroad::ids::ContactId =
        sqlx::query_scalar("select id from contacts where name = 'ada Person'").fetch_one(&app.db).await.unwrap();
    let page = format!("/contacts/{ada}");
    let guess = "You worked at Acme, Inc. too: perhaps a former colleague.";
    let main = async || app.alice.get(&page).await.is(200).page().text("main");
    assert!(main().await.contains(guess), "{}", main().await);
    let asks = app.alice.get("/contacts/suggestions").await.is(200).page().text("main");
    assert!(asks.contains("Works at Acme, where you worked"), "{asks}");

    let set = app.alice.post(&format!("{page}/warmths"), &[("warmth", "same_employer")]).await;
    let shown = app.alice.follow(&set).await;
    let text = shown.text("main");
    assert!(
        text.contains("You share a former employer")
            && text.contains("We both worked at Acme, Inc.")
            && !text.contains(guess),
        "{text}"
    );
    shown.undo().submit(&app.alice).await.to();
    assert!(main().await.contains(guess), "as before");

    // Who is no former colleague is none, also where people to ask are listed.
    app.alice.post(&format!("{page}/warmths"), &[("warmth", "stranger")]).await.to();
    assert!(!main().await.contains(guess));
    let asks = app.alice.get("/contacts/suggestions").await.page().text("main");
    assert!(!asks.contains("where you worked"), "{asks}");
    app.alice.post(&format!("{page}/warmths"), &[("warmth", "nonsense")]).await.is(400);
    app.charlie.post(&format!("{page}/warmths"), &[("warmth", "knows_me")]).await.is(404);
}
