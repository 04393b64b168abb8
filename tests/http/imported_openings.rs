//! Jobs of LinkedIn's archive that become openings: chosen one by one, each once, and taken back with the import.

use crate::imports::{figure, undo};
use crate::linkedin_archives::{send, zipped};
use crate::support::sums::{Sums, sums_of};
use crate::support::{App, Page, Person};

const SAVED: &str = "Saved Date,Job Url,Job Title,Company Name\n\
    \"1/8/26, 6:14 PM\",https://www.linkedin.com/jobs/view/4012345678,Data analyst,Globex\n\
    \"1/31/26, 6:14 PM\",https://www.linkedin.com/jobs/view/4012345679,Director,Initech\n\
    \"2/1/26, 6:14 PM\",https://www.linkedin.com/jobs/view/4012345670,Ghost,Confidential\n";
const APPLIED: &str = "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n\
    \"1/20/26, 9:00 AM\",a@b.example,1,\"Globex, Inc.\",Data analyst,https://www.linkedin.com/jobs/view/4012345678/?x=1,cv.pdf,\"Q\nA\"\n";

/// Everything but the imports themselves.
async fn others(app: &App, person: &Person) -> Sums {
    let mut sums = sums_of(&app.db, person.id).await;
    sums.retain(|table, _| table != "imports" && table != "sessions");
    sums
}

async fn previewed(person: &Person) -> String {
    let zip = zipped(&[("Jobs/Saved Jobs.csv", SAVED.as_bytes()), ("Jobs/Job Applications.csv", APPLIED.as_bytes())]);
    send(person, &[("archive.zip", &zip)]).await.to()
}

async fn choose(person: &Person, path: &str, places: &[&str]) -> Page {
    let fields: Vec<(&str, &str)> = places.iter().map(|place| ("jobs", *place)).collect();
    let answer = person.post(&format!("{path}/confirmations"), &fields).await;
    person.follow(&answer).await
}

async fn openings(app: &App) -> Vec<(String, String, String, Option<String>, String)> {
    let sql = "select c.name, o.title, o.status, o.applied_on::text, o.seen_on::text
         from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
         where o.deleted_at is null order by o.title";
    sqlx::query_as(sql).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn jobs_are_offered_become_openings_once_and_go_again() {
    let app = App::start().await;
    app.alice.company("Globex").await;
    let before = others(&app, &app.alice).await;
    let path = previewed(&app.alice).await;
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(
        preview.texts("#jobs label > span"),
        ["Data analyst Globex, you applied on 20 January", "Director Initech, you saved it on 31 January"]
    );
    assert_eq!(preview.all("#jobs input[checked]").len(), 0);
    let all = app.alice.get(&format!("{path}?jobs=all")).await.page();
    assert_eq!((all.all("#jobs input[checked]").len(), all.all("#companies input[checked]").len()), (2, 0));

    let report = choose(&app.alice, &path, &["0", "1", "2", "99"]).await;
    assert!(report.toast().contains("2 openings added"), "{}", report.toast());
    assert_eq!(figure(&report, "openings added"), 2);
    let said = |company: &str, title: &str, status: &str, applied: Option<&str>, seen: &str| {
        (company.to_owned(), title.to_owned(), status.to_owned(), applied.map(str::to_owned), seen.to_owned())
    };
    let expected = [
        said("Globex", "Data analyst", "applied", Some("2026-01-20"), "2026-01-08"),
        said("Initech", "Director", "watching", None, "2026-01-31"),
    ];
    assert_eq!(openings(&app).await, expected);
    let board = app.alice.get("/openings").await.is(200).page();
    let opening = app.alice.get(&board.link("Data analyst")).await.is(200).page();
    assert!(opening.says("Applied") && opening.has("a[href='https://www.linkedin.com/jobs/view/4012345678']"));

    let again = previewed(&app.alice).await;
    assert!(!app.alice.get(&again).await.is(200).page().has("#jobs"), "each is there already");
    choose(&app.alice, &again, &["0", "1"]).await;
    assert_eq!(openings(&app).await, expected);

    let page = undo(&app.alice, &path).await;
    assert_eq!((figure(&page, "openings gone again"), figure(&page, "company gone again")), (2, 1));
    assert_eq!(others(&app, &app.alice).await, before);
}

#[tokio::test]
async fn an_opening_one_went_on_with_stays_with_its_company() {
    let app = App::start().await;
    let path = previewed(&app.alice).await;
    choose(&app.alice, &path, &["0", "1"]).await;
    let director: inroad::ids::OpeningId =
        sqlx::query_scalar("select id from openings where title = 'Director'").fetch_one(&app.db).await.unwrap();
    app.alice.post(&format!("/openings/{director}/statuses"), &[("status", "applied")]).await.to();
    let before = app.alice.get(&path).await.is(200).page().text("#stays");
    assert!(before.contains("Director") && before.contains("Initech") && !before.contains("Data analyst"), "{before}");
    let page = undo(&app.alice, &path).await;
    assert_eq!((figure(&page, "opening gone again"), figure(&page, "stay")), (1, 2));
    let left: Vec<String> = openings(&app).await.into_iter().map(|(_, title, ..)| title).collect();
    assert_eq!(left, ["Director"]);
    // What was known and lies in the bin is not offered again.
    app.alice.post(&format!("/openings/{director}/deletions"), &[]).await.to();
    let again = previewed(&app.alice).await;
    let offered = app.alice.get(&again).await.page().texts("#jobs label bdi");
    assert_eq!(offered, ["Data analyst"]);
}

#[tokio::test]
async fn an_opening_written_down_without_its_page_is_known() {
    let app = App::start().await;
    let form = app.alice.get("/openings/new").await.is(200).page().form_to("/openings");
    form.fill("Company", "Globex").fill("Title", "data analyst").submit(&app.alice).await.to();
    let path = previewed(&app.alice).await;
    assert_eq!(app.alice.get(&path).await.is(200).page().texts("#jobs label bdi"), ["Director"]);
}

/// Writes an opening down that is watched, and gives its page.
async fn watch(person: &Person, company: &str, title: &str, url: &str) -> String {
    let form = person.get("/openings/new").await.is(200).page().form_to("/openings");
    let form = form.fill("Company", company).fill("Title", title).set("url", url);
    let there = form.submit(person).await.to();
    there.split(['?', '#']).next().unwrap().to_owned()
}

async fn status_of(app: &App, opening: &str) -> (String, Option<String>, i64) {
    let sql = "select o.status, o.applied_on::text, (select count(*) from opening_changes h where h.opening_id = o.id)
         from openings o where '/openings/' || o.id = $1";
    sqlx::query_as(sql).bind(opening).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn what_was_watched_and_applied_for_is_marked_as_applied_and_goes_back() {
    let app = App::start().await;
    let analyst =
        watch(&app.alice, "Globex", "Data analyst (m/f)", "https://de.linkedin.com/jobs/view/4012345678").await;
    let watching = ("watching".to_owned(), None, 1);
    let path = previewed(&app.alice).await;
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(figure(&preview, "opening you watched is marked as applied"), 1);
    let named = preview.text("#applied");
    assert!(named.contains("Data analyst (m/f)") && named.contains("you applied on 20 January"), "{named}");
    assert_eq!(preview.texts("#jobs label bdi"), ["Director"], "it is there already");
    assert_eq!(status_of(&app, &analyst).await, watching, "nothing is written yet");

    let report = choose(&app.alice, &path, &[]).await;
    assert!(report.toast().contains("1 opening marked as applied"), "{}", report.toast());
    assert_eq!(figure(&report, "opening you watched is marked as applied"), 1);
    let applied = ("applied".to_owned(), Some("2026-01-20".to_owned()), 2);
    assert_eq!(status_of(&app, &analyst).await, applied);
    let page = app.alice.get(&analyst).await.is(200).page();
    assert!(page.says("Applied") && page.says("On LinkedIn"));
    assert!(!report.has("#stays"));

    let again = previewed(&app.alice).await;
    assert!(!app.alice.get(&again).await.is(200).page().has("#applied"), "it is marked already");
    choose(&app.alice, &again, &[]).await;
    assert_eq!(status_of(&app, &analyst).await, applied);

    let page = undo(&app.alice, &path).await;
    assert_eq!(figure(&page, "opening watched again"), 1);
    assert_eq!(status_of(&app, &analyst).await, watching);
}

#[tokio::test]
async fn an_opening_that_is_further_on_stays_where_it_is() {
    let app = App::start().await;
    let page = "https://www.linkedin.com/jobs/view/4012345678";
    let analyst = watch(&app.alice, "Globex", "Data analyst", page).await;
    app.alice.post(&format!("{analyst}/statuses"), &[("status", "interviewing")]).await.to();
    let path = previewed(&app.alice).await;
    assert!(!app.alice.get(&path).await.is(200).page().has("#applied"));
    choose(&app.alice, &path, &[]).await;
    assert_eq!(status_of(&app, &analyst).await.0, "interviewing");
}

#[tokio::test]
async fn what_went_on_after_it_was_marked_stays_when_the_import_is_undone() {
    let app = App::start().await;
    let analyst = watch(&app.alice, "Globex", "Data analyst", "").await;
    let path = previewed(&app.alice).await;
    choose(&app.alice, &path, &[]).await;
    app.alice.post(&format!("{analyst}/statuses"), &[("status", "screening")]).await.to();
    let stays = app.alice.get(&path).await.is(200).page().text("#stays");
    assert!(stays.contains("Data analyst"), "{stays}");
    let page = undo(&app.alice, &path).await;
    assert_eq!(figure(&page, "stays"), 1);
    assert_eq!(status_of(&app, &analyst).await, ("screening".to_owned(), Some("2026-01-20".to_owned()), 3));
    // Nobody else's openings are touched.
    app.charlie.get(&analyst).await.is(404);
}
