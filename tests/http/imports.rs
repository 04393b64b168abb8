//! Imports: a file is looked over, written once, and taken back as a whole.

use inroad::database::Day;
use inroad::ids::UserId;
use jiff::civil::date;
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::support::sums::{Sums, sums_of};
use crate::support::{Answer, App, Page, Person};

const SAMPLE: &str = include_str!("../data/Connections.csv");
/// The first row of a list of connections.
pub(crate) const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

/// Sends a file of this name.
pub(crate) async fn upload(person: &Person, name: &str, content: impl Into<Vec<u8>>) -> Answer {
    let file = Part::bytes(content.into()).file_name(name.to_owned());
    let request = person.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
    person.send(request.multipart(Form::new().part("file", file))).await
}

/// Reads a file and returns the path of its preview.
pub(crate) async fn previewed(person: &Person, content: &str) -> String {
    upload(person, "Connections.csv", content).await.to()
}

/// Imports what was looked over; returns the report.
pub(crate) async fn confirm(person: &Person, path: &str) -> Page {
    let answer = person.post(&format!("{path}/confirmations"), &[]).await;
    assert_eq!(answer.to(), path);
    written(person, person.follow(&answer).await, path).await
}

/// This page, or the one after it where a large import is still being written.
pub(crate) async fn written(person: &Person, mut page: Page, path: &str) -> Page {
    let begun = std::time::Instant::now();
    while page.has("progress") {
        assert!(begun.elapsed() < std::time::Duration::from_secs(600), "the import does not end");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        page = person.get(path).await.is(200).page();
    }
    page
}

/// Reads a file and imports it; returns the report.
pub(crate) async fn import(person: &Person, content: &str) -> Page {
    let path = previewed(person, content).await;
    confirm(person, &path).await
}

/// Takes an import back; returns the page that follows.
pub(crate) async fn undo(person: &Person, path: &str) -> Page {
    let answer = person.post(&format!("{path}/undos"), &[]).await;
    person.follow(&answer).await
}

/// The figures of a preview or a report: what each is called, and the number.
pub(crate) fn figure(page: &Page, called: &str) -> i64 {
    let figures = page.texts(".figures > div");
    let found =
        figures.iter().find(|text| text.contains(called)).unwrap_or_else(|| panic!("no '{called}' in {figures:?}"));
    found.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

async fn contacts(app: &App, user: UserId) -> i64 {
    sqlx::query_scalar("select count(*) from contacts where user_id = $1").bind(user).fetch_one(&app.db).await.unwrap()
}

/// Everything but the imports themselves.
async fn other_tables(app: &App, user: UserId) -> Sums {
    let mut sums = sums_of(&app.db, user).await;
    sums.retain(|table, _| table != "imports" && table != "sessions");
    sums
}

async fn text_of(app: &App, column: &str, name: &str) -> Option<String> {
    let sql = format!("select {column}::text from contacts where name = $1 and deleted_at is null");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(name).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn the_sample_is_looked_over_and_then_imported_without_flooding_today() {
    let app = App::start().await;
    let start = app.alice.get("/import").await.is(200).page();
    assert!(start.says("Get a copy of your data"));
    let path = previewed(&app.alice, SAMPLE).await;
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "people who hide their profile")), (415, 5));
    assert!(preview.says("Nothing is imported yet"));
    assert_eq!(contacts(&app, app.alice.id).await, 0, "looking changes nothing");

    let answer = preview.form_to(&format!("{path}/confirmations")).press("Import 415 people", &app.alice).await;
    let report = app.alice.follow(&answer).await;
    assert_eq!(report.text("h1"), "Imported");
    assert_eq!((figure(&report, "new"), figure(&report, "people who hide their profile")), (415, 5));
    assert_eq!(contacts(&app, app.alice.id).await, 415);
    let (connected, due): (i64, i64) = sqlx::query_as(
        "select count(*) filter (where stage = 'connected'), count(next_due) from contacts where user_id = $1",
    )
    .bind(app.alice.id)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!((connected, due), (415, 0));
    assert!(app.alice.get("/import").await.page().says("415 new"));
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let app = App::start().await;
    import(&app.alice, SAMPLE).await;
    let before = other_tables(&app, app.alice.id).await;
    app.pass(jiff::SignedDuration::from_hours(30));
    let path = previewed(&app.alice, SAMPLE).await;
    let preview = app.alice.get(&path).await.page();
    assert!(preview.says("Everyone in this file is on your list already"));
    let report = confirm(&app.alice, &path).await;
    assert_eq!((figure(&report, "new"), figure(&report, "updated"), figure(&report, "the same")), (0, 0, 415));
    assert_eq!(other_tables(&app, app.alice.id).await, before);
}

#[tokio::test]
async fn a_change_of_jobs_is_news_and_what_the_user_wrote_stays() {
    let app = App::start().await;
    let line = "Ada,Lovelace,https://www.linkedin.com/in/ada,ada@example.org,Acme,Engineer,01 Feb 2020\n";
    import(&app.alice, &format!("{HEADER}{line}")).await;
    sqlx::query("update contacts set notes = 'Likes looms', closeness = 'same_role' where user_id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    let moved = "Ada,Lovelace,https://www.linkedin.com/in/ada,,Globex,Head of engines,01 Feb 2020\n";
    let path = previewed(&app.alice, &format!("{HEADER}{moved}")).await;
    let preview = app.alice.get(&path).await.page();
    assert!(preview.says("Engineer at Acme → Head of engines at Globex"));
    let report = confirm(&app.alice, &path).await;
    assert_eq!(figure(&report, "1 changed job"), 1);
    assert!(report.says("Engineer at Acme → Head of engines at Globex"));
    for (column, value) in [
        ("employer", "Globex"),
        ("employer_key", "globex"),
        ("job_title", "Head of engines"),
        ("email", "ada@example.org"),
        ("notes", "Likes looms"),
        ("closeness", "same_role"),
    ] {
        assert_eq!(text_of(&app, column, "Ada Lovelace").await.as_deref(), Some(value), "{column}");
    }
    assert!(undo(&app.alice, &path).await.says("Import undone"));
    assert_eq!(text_of(&app, "employer", "Ada Lovelace").await.as_deref(), Some("Acme"));
    assert_eq!(text_of(&app, "job_title", "Ada Lovelace").await.as_deref(), Some("Engineer"));
}

#[tokio::test]
async fn whoever_was_asked_and_is_in_the_file_has_accepted() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let asked = rows.contact("Grace Hopper", Some(company)).await;
    rows.touchpoint(asked, "requested", "out").await;
    sqlx::query("update contacts set stage = 'requested', next_step = 'ask_second_person', requested_on = $2 where user_id = $1")
        .bind(app.alice.id)
        .bind(Day(date(2026, 11, 24)))
        .execute(&app.db)
        .await
        .unwrap();
    let path = previewed(
        &app.alice,
        &format!("{HEADER}Grace,Hopper,https://www.linkedin.com/in/grace,,ACME Inc.,Engineer,24 Nov 2026\n"),
    )
    .await;
    let report = confirm(&app.alice, &path).await;
    assert_eq!(figure(&report, "1 accepted your request"), 1);
    assert_eq!(text_of(&app, "stage", "Grace Hopper").await.as_deref(), Some("connected"));
    assert_eq!(text_of(&app, "next_due", "Grace Hopper").await.as_deref(), Some("2026-11-24"));
    assert_eq!(text_of(&app, "connected_on", "Grace Hopper").await.as_deref(), Some("2026-11-24"));
    assert_eq!(text_of(&app, "company_id", "Grace Hopper").await, Some(company.to_string()));

    undo(&app.alice, &path).await;
    assert_eq!(text_of(&app, "stage", "Grace Hopper").await.as_deref(), Some("requested"));
    assert_eq!(text_of(&app, "connected_on", "Grace Hopper").await, None);
}

#[tokio::test]
async fn employers_are_matched_and_offered() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let people = "Ada,A,,,\"ACME, Inc.\",,01 Feb 2020\nBob,B,,,Acme,,01 Feb 2020\nCy,C,,,Globex,,01 Feb 2020\nDi,D,,,Globex,,01 Feb 2020\nEd,E,,,Initech,,01 Feb 2020\n";
    let path = previewed(&app.alice, &format!("{HEADER}{people}")).await;
    let preview = app.alice.get(&path).await.page();
    assert_eq!(preview.link("Acme"), format!("/companies/{acme}"));
    assert!(preview.says("you already know 2 people here"));
    assert_eq!(preview.texts("fieldset label bdi"), ["Globex", "Initech"]);
    let all = app.alice.get(&format!("{path}?choose=all")).await.page();
    assert_eq!((preview.all("fieldset input[checked]").len(), all.all("fieldset input[checked]").len()), (0, 2));

    let form = preview.form_to(&format!("{path}/confirmations"));
    let place = preview.all("fieldset input")[0].value().attr("value").unwrap().to_owned();
    let answer = app.alice.post(&form.action, &[("companies", place.as_str()), ("companies", "999")]).await;
    let report = app.alice.follow(&answer).await;
    assert!(report.toast().contains("1 company added"), "{}", report.toast());
    let globex = report.link("Globex");
    let page = app.alice.get(&globex).await.is(200).page();
    assert!(page.says("Cy C") && page.says("Di D") && !page.says("Ed E"));

    undo(&app.alice, &path).await;
    app.alice.get(&globex).await.is(404);
    app.alice.get(&format!("/companies/{acme}")).await.is(200);
}

#[tokio::test]
async fn taken_back_everything_is_as_it_was_but_what_was_touched_since() {
    let app = App::start().await;
    let before = other_tables(&app, app.alice.id).await;
    let path = previewed(&app.alice, SAMPLE).await;
    confirm(&app.alice, &path).await;
    // A company added later ties people to it by itself: that is no touch.
    let employer: String =
        sqlx::query_scalar("select employer from contacts where employer is not null order by employer limit 1")
            .fetch_one(&app.db)
            .await
            .unwrap();
    app.pass(jiff::SignedDuration::from_mins(1));
    let company = app.alice.company(&employer).await;
    let page = undo(&app.alice, &path).await;
    assert!(page.says("Import undone"));
    assert_eq!(figure(&page, "contacts gone again"), 415);
    app.alice.post(&format!("/companies/{company}/deletions"), &[]).await.to();
    sqlx::query("delete from companies where id = $1").bind(company).execute(&app.db).await.unwrap();
    sqlx::query("delete from company_lists").execute(&app.db).await.unwrap();
    assert_eq!(other_tables(&app, app.alice.id).await, before);

    let path = previewed(&app.alice, SAMPLE).await;
    confirm(&app.alice, &path).await;
    let name: String = sqlx::query_scalar(
        "update contacts set notes = 'met in Oslo', version = version + 1
         where id = (select id from contacts order by id limit 1) returning name",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    let page = undo(&app.alice, &path).await;
    assert_eq!((figure(&page, "contacts gone again"), figure(&page, "stay")), (414, 1));
    assert!(page.says(&name));
    assert_eq!(contacts(&app, app.alice.id).await, 1);
    let again = undo(&app.alice, &path).await;
    assert_eq!(figure(&again, "contacts gone again"), 414, "taking back twice is taking back once");
}

#[tokio::test]
async fn somebody_in_the_bin_is_not_brought_back() {
    let app = App::start().await;
    import(&app.alice, &format!("{HEADER}Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,,01 Feb 2020\n")).await;
    sqlx::query("update contacts set deleted_at = now(), version = 2").execute(&app.db).await.unwrap();
    let file = format!(
        "{HEADER}Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,,01 Feb 2020\n,,https://www.linkedin.com/in/x,,Acme,,01 Feb 2020\n"
    );
    let path = previewed(&app.alice, &file).await;
    let preview = app.alice.get(&path).await.page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "left out")), (0, 2));
    assert!(preview.says("Line 2 Ada Lovelace is in your bin") && preview.says("Line 3 There is no name in this row"));
    confirm(&app.alice, &path).await;
    assert_eq!(contacts(&app, app.alice.id).await, 1);
}

#[tokio::test]
async fn pressed_twice_at_once_it_is_imported_once() {
    let app = App::start().await;
    let path = previewed(&app.alice, SAMPLE).await;
    let other = app.another_browser(&app.alice).await;
    let to = format!("{path}/confirmations");
    let (one, two) = tokio::join!(app.alice.post(&to, &[]), other.post(&to, &[]));
    assert_eq!((one.to(), two.to()), (path.clone(), path.clone()));
    assert_eq!(contacts(&app, app.alice.id).await, 415);
    assert_eq!(figure(&app.alice.get(&path).await.page(), "new"), 415);

    let old = SAMPLE.replace("https://www.linkedin.com/in/", "");
    let (first, second) = (previewed(&app.charlie, &old).await, previewed(&app.charlie, &old).await);
    let also = app.another_browser(&app.charlie).await;
    let (first, second) = (format!("{first}/confirmations"), format!("{second}/confirmations"));
    let (one, two) = tokio::join!(app.charlie.post(&first, &[]), also.post(&second, &[]));
    one.is(404);
    two.to();
    assert_eq!(contacts(&app, app.charlie.id).await, 415, "the second file took the place of the first");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_import() {
    let app = App::start().await;
    let id = app.alice.get("/import").await.page().form_to("/imports").value("id").to_owned();
    for _ in 0..2 {
        let file = Part::text(SAMPLE).file_name("Connections.csv");
        let request = app.alice.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
        let form = Form::new().text("id", id.clone()).part("file", file);
        assert_eq!(app.alice.send(request.multipart(form)).await.to(), format!("/imports/{id}"));
    }
    assert_eq!(app.alice.get("/import").await.page().texts("tbody tr").len(), 1);
}

#[tokio::test]
async fn a_stranger_sees_nothing_and_a_coach_changes_nothing() {
    let app = App::start().await;
    let path = previewed(&app.alice, SAMPLE).await;
    let before = other_tables(&app, app.alice.id).await;
    app.charlie.get(&path).await.is(404);
    app.bob.get(&path).await.is(200);
    for verb in ["confirmations", "undos"] {
        app.charlie.post(&format!("{path}/{verb}"), &[]).await.is(404);
        app.bob.post(&format!("{path}/{verb}"), &[]).await.is(403);
    }
    upload(&app.bob, "Connections.csv", SAMPLE).await.is(403);
    assert_eq!(other_tables(&app, app.alice.id).await, before);
    app.alice.post(&format!("{path}/undos"), &[]).await.to();
    assert_eq!(app.alice.get(&path).await.page().text("h1"), "Preview", "what was not done is not taken back");
}

#[tokio::test]
async fn imports_taken_back_the_newest_first_leave_nothing() {
    let app = App::start().await;
    let before = other_tables(&app, app.alice.id).await;
    let grace = |job: &str| format!("Grace,Hopper,https://www.linkedin.com/in/grace,,{job},01 Feb 2020\n");
    let gay = "Gay,Lussac,https://www.linkedin.com/in/gay,,Gas,Chemist,01 Feb 2020\n";
    let first = previewed(&app.alice, &format!("{HEADER}{}{gay}", grace("Navy,Officer"))).await;
    confirm(&app.alice, &first).await;
    let second = previewed(&app.alice, &format!("{HEADER}{}", grace("Yale,Professor"))).await;
    confirm(&app.alice, &second).await;
    let page = app.alice.get(&first).await.page();
    assert!(page.text("#stays").contains("A later file changed them: 1"), "{}", page.text("#stays"));

    undo(&app.alice, &second).await;
    assert_eq!(text_of(&app, "employer", "Grace Hopper").await.as_deref(), Some("Navy"));
    assert!(!app.alice.get(&first).await.page().has("#stays"), "nothing was done with them");
    let page = undo(&app.alice, &first).await;
    assert_eq!((figure(&page, "contacts gone again"), figure(&page, "you did something")), (2, 0));
    assert_eq!(other_tables(&app, app.alice.id).await, before);

    // A company that came with the second one ties people of the first to it and lets go of them.
    let list = format!("{HEADER}{}{gay}", grace("Navy,Officer"));
    let first = previewed(&app.alice, &list).await;
    confirm(&app.alice, &first).await;
    app.pass(jiff::SignedDuration::from_mins(1));
    let second = previewed(&app.alice, &list).await;
    app.alice.post(&format!("{second}/confirmations"), &[("companies", "0"), ("companies", "1")]).await.to();
    assert!(text_of(&app, "company_id", "Grace Hopper").await.is_some());
    undo(&app.alice, &second).await;
    assert_eq!(text_of(&app, "company_id", "Grace Hopper").await, None);
    assert_eq!(figure(&undo(&app.alice, &first).await, "contacts gone again"), 2);
    assert_eq!(other_tables(&app, app.alice.id).await, before);

    // What the user did between the two keeps them all the same.
    let first = previewed(&app.alice, &format!("{HEADER}{}{gay}", grace("Navy,Officer"))).await;
    confirm(&app.alice, &first).await;
    let second = previewed(&app.alice, &format!("{HEADER}{}", grace("Yale,Professor"))).await;
    confirm(&app.alice, &second).await;
    let id: inroad::ids::ContactId =
        sqlx::query_scalar("select id from contacts where name = 'Grace Hopper'").fetch_one(&app.db).await.unwrap();
    let form = app.alice.get(&format!("/contacts/{id}/edit")).await.is(200).page().form_to(&format!("/contacts/{id}"));
    form.fill("Job title", "Dean").submit(&app.alice).await.to();
    undo(&app.alice, &second).await;
    let page = undo(&app.alice, &first).await;
    assert_eq!((figure(&page, "contact gone again"), figure(&page, "you did something")), (1, 1));
    assert_eq!(text_of(&app, "job_title", "Grace Hopper").await.as_deref(), Some("Dean"));
}
