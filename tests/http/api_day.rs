//! The day as programs and assistants read it: what Today shows, and nothing else.

use serde_json::{Value, json};

use crate::assistants::{ask, connect};
use crate::due::{DAY, Kind, Scene, lines, run, set_day, today};
use crate::support::programs::{json as read, post, token, undo, writing_token};
use crate::support::{App, Page};

/// The lines of Today by the name each has on the page.
fn shown(page: &Page) -> Vec<String> {
    let ids = page.all("li[data-row][id^=line-]").into_iter().filter_map(|row| row.attr("id"));
    ids.map(|id| id.trim_start_matches("line-").to_owned()).collect()
}

/// The same name of a line that was read.
fn name(line: &Value) -> String {
    let about = line["about"].as_str().unwrap();
    let Some(id) = line["id"].as_str() else { return about.to_owned() };
    let kind = if about.ends_with("introduction") { "i" } else { &about[..1] };
    format!("{kind}{id}")
}

fn names(day: &Value) -> Vec<String> {
    day["due"].as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn a_program_reads_the_lines_of_today_in_their_order() {
    let app = App::start().await;
    let ada = app.demo().await;
    let day = read(&app, &token(&ada, "Reader").await, "/api/v1/today").await;
    let page = today(&ada).await;
    assert_eq!(names(&day), shown(&page));
    assert!(day["due"].as_array().unwrap().len() > 3, "{day}");
    for (line, text) in day["due"].as_array().unwrap().iter().zip(lines(&page)) {
        assert!(text.contains(line["name"].as_str().unwrap()), "{line} beside {text}");
        ada.get(line["page"].as_str().unwrap()).await.is(200);
    }
}

#[tokio::test]
async fn each_kind_of_line_is_read_and_put_off_where_the_page_can() {
    let scene = Scene::set().await;
    let (app, alice) = (&scene.app, &scene.app.alice);
    let token = writing_token(alice, "My day").await;
    set_day(app, DAY);
    for Kind { name, sql, .. } in scene.kinds() {
        scene.clear().await;
        run(app, sql).await;
        let day = read(app, &token, "/api/v1/today").await;
        assert_eq!(names(&day), shown(&today(alice).await), "{name}");
        let line = day["due"][0].clone();
        // What a history says of contacts and referrals is put off in `api_writing`; these rows have none.
        if line["id"].is_null() || ["contact", "referral"].contains(&line["about"].as_str().unwrap()) {
            continue;
        }
        let body = json!({ "about": line["about"], "id": line["id"], "until": "2026-12-10" });
        let snoozed = post(app, &token, "/api/v1/today/snoozes", body).await;
        assert_eq!(names(&read(app, &token, "/api/v1/today").await), [""; 0], "{name}");
        let undone = undo(app, &token, &snoozed).await;
        assert_eq!(undone["said"], "It's due as before.", "{name}");
    }
}

#[tokio::test]
async fn whoever_is_better_not_asked_yet_waits_with_the_reason() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let acme = rows.company("Acme").await;
    let (grace, mary) =
        (rows.contact("Grace Hopper", Some(acme)).await, rows.contact("Mary Jackson", Some(acme)).await);
    let asked = json!({ "contact_id": grace, "kind": "requested" });
    let token = writing_token(&app.alice, "My day").await;
    post(&app, &token, "/api/v1/touchpoints", asked).await;
    run(&app, format!("update contacts set next_step = 'request', next_due = '2026-11-24' where id = '{mary}'")).await;
    let day = read(&app, &token, "/api/v1/today").await;
    assert!(names(&day).iter().all(|name| *name != format!("c{mary}")), "{day}");
    assert_eq!(day["waiting"][0]["contact_id"], mary.to_string(), "{day}");
    assert!(day["waiting"][0]["why"].as_str().unwrap().contains("Grace Hopper"), "{day}");
    let client = connect(&app, &token).await;
    let day = ask(&client, "whats_due", json!({})).await;
    assert_eq!(day["waiting"][0]["name"], "Mary Jackson", "{day}");
}

#[tokio::test]
async fn to_someone_who_is_done_for_the_day_the_day_says_so() {
    let app = App::start().await;
    let token = token(&app.alice, "Reader").await;
    assert_eq!(read(&app, &token, "/api/v1/today").await["rests"], false);
    run(&app, r#"update users set preferences = preferences || '{"done_for_today": "2026-11-24"}'"#).await;
    assert_eq!(read(&app, &token, "/api/v1/today").await["rests"], true);
}

#[tokio::test]
async fn an_introduction_comes_with_the_message_of_its_page() {
    let scene = Scene::set().await;
    let (app, alice) = (&scene.app, &scene.app.alice);
    let token = token(alice, "Reader").await;
    set_day(app, DAY);
    let client = connect(app, &token).await;
    for wanted in ["an introduction to ask for", "an introduction to remind of"] {
        scene.clear().await;
        let kind = scene.kinds().into_iter().find(|kind| kind.name == wanted).unwrap();
        run(app, kind.sql).await;
        let day = ask(&client, "whats_due", json!({})).await;
        let line = &day["lines"][0];
        let page = alice.get(line["due"]["page"].as_str().unwrap()).await.is(200).page();
        let (drafted, message) = (line["draft"]["text"].as_str().unwrap(), page.text("textarea[name=body]"));
        assert!(
            drafted.contains("Mary") && drafted.split_whitespace().eq(message.split_whitespace()),
            "{drafted}\n{message}"
        );
    }
}

#[tokio::test]
async fn what_a_program_kept_or_noted_is_marked_with_its_name() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let token = writing_token(&app.alice, "Claude <b>").await;
    let kept = json!({ "company_id": of.company, "topic": "team", "text": "Nine people, two of them new" });
    let kept = post(&app, &token, "/api/v1/insights", kept).await;
    assert_eq!(kept["item"]["program"], "Claude <b>");
    let heard = json!({ "interview_id": of.interview, "topic": "team", "text": "They plan on Mondays" });
    post(&app, &token, "/api/v1/insights", heard).await;
    let lines = json!({ "lines": [{ "text": "They ship on Fridays" }] });
    post(&app, &token, &format!("/api/v1/interviews/{}/notes", of.interview), lines).await;
    let marked = |page: &Page, around: &str, words: &str| {
        let lines = page.texts(around);
        let line = lines.iter().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {lines:?}"));
        assert!(line.contains("by Claude <b>"), "{line}");
    };
    let dossier = app.alice.get(&format!("/companies/{}/dossier", of.company)).await.is(200).page();
    marked(&dossier, ".voice", "Nine people");
    let talk = app.alice.get(&format!("/interviews/{}/wrap-up", of.interview)).await.is(200).page();
    marked(&talk, "li[data-row]", "They plan on Mondays");
    marked(&talk, "li.filing", "They ship on Fridays");
    // What the person wrote is not.
    let mine: i64 =
        sqlx::query_scalar("select count(*) from insights where program is null").fetch_one(&app.db).await.unwrap();
    assert!(mine > 0);
}
