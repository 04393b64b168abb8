//! What is caught during a talk, and what it becomes; the clock, and who speaks.

use crate::interviews::{a_talk, count, page, start};
use crate::support::App;

const LINES: &str =
    "select count(*) from captured_lines where user_id = $1 and filed_at is null and dismissed_at is null";

/// Sent as the page's script does.
async fn by_script(app: &App, path: &str, fields: &[(&str, &str)]) -> (u16, serde_json::Value) {
    let request = app.alice.request(reqwest::Method::POST, path);
    let request = request.header("sec-fetch-site", "same-origin").header("accept", "application/json");
    let answer = app.alice.send(request.form(fields)).await;
    (answer.status.as_u16(), serde_json::from_str(&answer.body).unwrap_or_default())
}

#[tokio::test]
async fn each_line_becomes_what_it_is_and_every_filing_is_taken_back() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let live = page(&app.alice, format!("/interviews/{id}/live")).await;
    let form = live.form_to(&format!("/interviews/{id}/captured-lines"));
    for (words, button) in [
        ("send the write-up", "I will 1"),
        ("introduce Tony Hoare", "They will 2"),
        ("A second analyst is budgeted", "Insight 3"),
        ("Tony Hoare", "Person 4"),
        ("Second analyst", "Opening 5"),
    ] {
        let fresh = page(&app.alice, format!("/interviews/{id}/live")).await;
        let form = fresh.form_to(&format!("/interviews/{id}/captured-lines"));
        form.fill("What was said", words).press(button, &app.alice).await.to();
    }
    assert_eq!(count(&app, LINES).await, 5);
    let empty = form.fill("What was said", " ").press("Insight 3", &app.alice).await.is(422).page();
    assert_eq!(empty.error_of("What was said"), "Enter something here");

    let rows = "select (select count(*) from action_items where user_id = $1 and deleted_at is null)
        + 10 * (select count(*) from insights where user_id = $1 and deleted_at is null)
        + 100 * (select count(*) from contacts where user_id = $1 and deleted_at is null)
        + 1000 * (select count(*) from openings where user_id = $1 and deleted_at is null
            and source = 'inside' and confirmed_by is not null and confirmed_on = '2026-11-24')";
    let mut before = count(&app, rows).await;
    for more in [1, 1, 10, 100, 1000] {
        let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
        let form = wrap_up.form("form[action$='/filings']");
        let wrong = form.clone().set("text", "").submit(&app.alice).await.is(422).page();
        assert!(wrong.has("#caught [aria-invalid='true']"), "the fault stands at its line");
        let filed = form.clone().submit(&app.alice).await;
        assert_eq!(count(&app, rows).await, before + more);
        form.clone().submit(&app.alice).await.to();
        assert_eq!(count(&app, rows).await, before + more, "pressed twice, filed once");
        app.alice.follow(&filed).await.undo().submit(&app.alice).await.to();
        assert_eq!(count(&app, rows).await, before, "taken back");
        form.submit(&app.alice).await.to();
        before += more;
        assert_eq!(count(&app, rows).await, before);
    }
    assert_eq!(count(&app, LINES).await, 0);
    let due: Option<String> = sqlx::query_scalar(
        "select due_on::text from action_items where user_id = $1 and whose = 'mine' and deleted_at is null",
    )
    .bind(app.alice.id)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(due.as_deref(), Some("2026-12-01"), "a week is proposed for what I promised");
    let named: i64 = sqlx::query_scalar(
        "select count(*) from contacts where user_id = $1 and name = 'Tony Hoare' and introduced_by = $2 and deleted_at is null",
    )
    .bind(app.alice.id)
    .bind(contact)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(named, 1);
}

#[tokio::test]
async fn a_person_with_a_job_is_split() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let line = "Jonas Weber, leads analytics at Ada Health";
    app.alice.post(&format!("/interviews/{id}/captured-lines"), &[("line", line), ("kind", "person")]).await.to();
    let form = page(&app.alice, format!("/interviews/{id}/wrap-up")).await.form("form[action$='/filings']");
    let read = ["text", "job_title", "company"].map(|field| form.value(field));
    assert_eq!(read, ["Jonas Weber", "leads analytics", "Ada Health"]);
    let again = form.clone().set("text", line).submit(&app.alice).await.is(200).page();
    assert_eq!(again.form("form[action$='/filings']").value("text"), "Jonas Weber", "never a name");
    form.submit(&app.alice).await.to();
    let form = page(&app.alice, format!("/interviews/{id}/wrap-up")).await.form_to(&format!("/interviews/{id}/people"));
    let shown = form.set("name", "Tony Hoare (Fellow, Orbit)").submit(&app.alice).await.is(200).page();
    let form = shown.form_to(&format!("/interviews/{id}/people"));
    let said = ["name", "job_title", "company", "colleague"].map(|field| form.value(field));
    assert_eq!(said, ["Tony Hoare", "Fellow", "", "true"], "Orbit is where the talk is held");
    form.submit(&app.alice).await.to();
    let works_at: Vec<String> = sqlx::query_scalar(
        "select k.name || ' at ' || c.name from contacts k join companies c on c.id = k.company_id
         where k.user_id = $1 and k.introduced_by = $2 order by k.name",
    )
    .bind(app.alice.id)
    .bind(contact)
    .fetch_all(&app.db)
    .await
    .unwrap();
    assert_eq!(works_at, ["Jonas Weber at Ada Health", "Tony Hoare at Orbit"]);
}

#[tokio::test]
async fn a_line_is_dropped_and_comes_back() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.alice.post(&format!("/interviews/{id}/captured-lines"), &[("line", "hm"), ("kind", "insight")]).await.to();
    let line: String = sqlx::query_scalar("select id::text from captured_lines where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let dropped = app.alice.post(&format!("/captured-lines/{line}/dismissals"), &[]).await;
    assert_eq!(count(&app, LINES).await, 0);
    app.alice.follow(&dropped).await.undo().submit(&app.alice).await.to();
    assert_eq!(count(&app, LINES).await, 1);
    for path in ["filings", "filings/undos", "dismissals", "restorations"] {
        app.charlie.post(&format!("/captured-lines/{line}/{path}"), &[("text", "x")]).await.is(404);
        app.bob.post(&format!("/captured-lines/{line}/{path}"), &[("text", "x")]).await.is(403);
    }
    for path in ["captured-lines", "speakers", "starts", "openings"] {
        let fields = [("line", "x"), ("title", "x"), ("company", "Orbit")];
        app.charlie.post(&format!("/interviews/{id}/{path}"), &fields).await.is(404);
        app.bob.post(&format!("/interviews/{id}/{path}"), &fields).await.is(403);
    }
    assert_eq!(count(&app, LINES).await, 1);
}

#[tokio::test]
async fn the_script_may_send_a_line_again_and_a_day_late() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let key = "01900000-0000-7000-8000-0000000000aa";
    let path = format!("/interviews/{id}/captured-lines");
    let fields = [("id", key), ("kind", "theirs"), ("line", "introduce Tony"), ("ago", "40")];
    for _ in 0..2 {
        let (status, told) = by_script(&app, &path, &fields).await;
        assert_eq!((status, told["id"].as_str()), (200, Some(key)));
    }
    assert_eq!(count(&app, LINES).await, 1);
    assert_eq!(by_script(&app, &path, &[("line", "")]).await.0, 422);
    app.alice.post(&format!("/interviews/{id}/deletions"), &[]).await.to();
    assert_eq!(by_script(&app, &path, &[("line", "late")]).await.0, 404);
}

#[tokio::test]
async fn the_clock_counts_from_the_press_and_shares_add_up() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.clock.set("2026-12-03T13:36:00Z".parse().unwrap());
    let live = page(&app.alice, format!("/interviews/{id}/live")).await;
    let ends = |page: &crate::support::Page| page.all("[data-clock]")[0].attr("data-ends").unwrap().to_owned();
    assert_eq!(ends(&live), "2026-12-03T13:50:00Z", "as it was agreed");
    live.form_to(&format!("/interviews/{id}/starts")).press("Begin now", &app.alice).await.to();
    let live = page(&app.alice, format!("/interviews/{id}/live")).await;
    assert_eq!(ends(&live), "2026-12-03T13:56:00Z", "from when it began, after a reload as well");

    let path = format!("/interviews/{id}/speakers");
    live.form_to(&path).press("They speak", &app.alice).await.to();
    app.pass(jiff::SignedDuration::from_secs(140));
    // Pressed half a minute ago, while there was no connection.
    let (status, told) = by_script(&app, &path, &[("speaker", "me"), ("ago", "20")]).await;
    assert_eq!((status, told["theirs"].as_i64(), told["mine"].as_i64()), (200, Some(120), Some(0)));
    app.pass(jiff::SignedDuration::from_secs(20));
    let paused = page(&app.alice, format!("/interviews/{id}/live")).await;
    assert_eq!(paused.text("[aria-pressed='true']"), "I speak");
    paused.form_to(&path).press("Pause", &app.alice).await.to();
    let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
    let form = wrap_up.form_to(&format!("/interviews/{id}/outcomes"));
    assert_eq!(form.value("their_share"), "75", "what was tapped is proposed");
    form.submit(&app.alice).await.to();
}
