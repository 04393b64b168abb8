//! What is written for a talk, in it and after it: questions, findings, answers, promises, insights, the wrap-up.

use crate::interviews::{a_talk, count, page, standing, start};
use crate::support::Page;

fn questions(page: &Page) -> Vec<String> {
    page.texts("#questions ol > li > div:first-child > span")
}

#[tokio::test]
async fn questions_are_picked_ordered_written_and_taken_away() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let path = format!("/interviews/{id}/prepare");
    let first = page(&app.alice, path.clone()).await;
    first.form_to(&format!("/interviews/{id}/questions")).press("Start with seven questions", &app.alice).await.to();
    let seven = questions(&page(&app.alice, path.clone()).await);
    assert_eq!(seven.len(), 7);

    let own = page(&app.alice, path.clone()).await;
    let form = own.forms().into_iter().find(|form| form.fields.iter().any(|(name, _)| name == "own")).unwrap();
    let wrong = form.clone().fill("Your question", " ").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("Your question"), "Enter something here");
    form.fill("Your question", "What would you ask in my place?")
        .tick("Keep it in my question bank")
        .submit(&app.alice)
        .await
        .to();
    assert_eq!(count(&app, "select count(*) from questions where user_id = $1").await, 1);

    let now = page(&app.alice, path.clone()).await;
    assert_eq!(questions(&now).last().unwrap(), "What would you ask in my place?");
    let moves = now.all("#questions form[action$='/moves']").len();
    assert_eq!(moves, 8);
    let last = now.forms().into_iter().rfind(|form| form.action.ends_with("/moves")).unwrap();
    app.alice.post(&last.action, &[("to", "up")]).await.to();
    assert_eq!(questions(&page(&app.alice, path.clone()).await)[6], "What would you ask in my place?");
    app.alice.post(&last.action, &[("to", "down")]).await.to();
    assert_eq!(questions(&page(&app.alice, path.clone()).await)[7], "What would you ask in my place?");
    app.alice.post(&last.action, &[("to", "sideways")]).await.is(400);

    let reword = last.action.trim_end_matches("/moves").to_owned();
    app.alice.post(&reword, &[("text", "And what else?")]).await.to();
    let twice = app.alice.post(&reword, &[("text", &seven[0])]).await.is(422).page();
    assert!(twice.says("This question is on the list already"));
    let gone = app.alice.post(&format!("{reword}/deletions"), &[]).await;
    let shown = app.alice.follow(&gone).await;
    assert_eq!(questions(&shown), seven);
    shown.undo().submit(&app.alice).await.to();
    assert_eq!(questions(&page(&app.alice, path).await)[7], "And what else?");
}

#[tokio::test]
async fn the_opener_names_an_employer_only_where_both_were() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let run = async |sql: &'static str| sqlx::query(sql).execute(&app.db).await.map(|_| ()).unwrap();
    run(r#"update users set preferences = preferences || '{"former_employers": ["Globex", "Acme, Inc.", "Orbit"]}'"#)
        .await;
    run("update contacts set warmth = 'same_employer', company_id = null, employer = 'Initech', employer_key = 'initech'").await;
    run("update informational_interviews set company_id = null").await;
    let path = format!("/interviews/{id}/prepare");
    let opener = async || {
        let form = page(&app.alice, path.clone()).await.form_to(&format!("/interviews/{id}/findings"));
        form.value("opener").to_owned()
    };
    assert!(!opener().await.contains("We both worked"), "{}", opener().await);
    run("update contacts set notes = 'Was at ACME until 2020'").await;
    assert!(opener().await.contains("We both worked at Acme, Inc."), "{}", opener().await);
    run("update contacts set notes = null, said_employer = 'Globex GmbH'").await;
    assert!(opener().await.contains("We both worked at Globex."), "{}", opener().await);
    run("update contacts set said_employer = null, employer = 'orbit', employer_key = 'orbit'").await;
    assert!(opener().await.contains("We both worked at Orbit."), "{}", opener().await);
}

#[tokio::test]
async fn findings_and_opener_are_kept_and_two_tabs_keep_both() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let path = format!("/interviews/{id}/prepare");
    let tab = page(&app.alice, path.clone()).await.form_to(&format!("/interviews/{id}/findings"));
    let other = tab.clone();
    tab.set("text-news", "They moved house")
        .set("checked-news", "true")
        .set("opener", "I am Alice")
        .submit(&app.alice)
        .await
        .to();
    let saved = page(&app.alice, path.clone()).await;
    assert!(saved.says("1 of 7 checked"));
    let form = saved.form_to(&format!("/interviews/{id}/findings"));
    assert_eq!((form.value("text-news").trim(), form.value("opener").trim()), ("They moved house", "I am Alice"));

    other.set("text-news", "They hire").set("opener", "Call me Ally").submit(&app.alice).await.to();
    let form = page(&app.alice, path.clone()).await.form_to(&format!("/interviews/{id}/findings"));
    assert_eq!(form.value("text-news").trim(), "They hire\n\nFrom another tab:\nThey moved house");
    assert_eq!(form.value("opener").trim(), "Call me Ally\n\nFrom another tab:\nI am Alice");

    let wrong = form
        .set("text-news", &"x".repeat(20_001))
        .set("opener", &"y".repeat(4_001))
        .submit(&app.alice)
        .await
        .is(422)
        .page();
    assert!(wrong.error_of("News").contains("At most 20000"));
    assert!(wrong.error_of("Who I am, and why I asked").contains("At most 4000"));
}

#[tokio::test]
async fn two_tabs_during_a_talk_keep_both_texts() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.alice.post(&format!("/interviews/{id}/questions"), &[("pick", "team|Who is in it?")]).await.to();
    let path = format!("/interviews/{id}/live");
    let (mine, other) = (page(&app.alice, path.clone()).await, page(&app.alice, path.clone()).await);
    let form = |page: &Page| page.form("form[data-autosave]");
    let answer = form(&mine).controls.iter().find(|c| c.name.starts_with("answer-")).unwrap().name.clone();
    form(&mine).set("notes", "Mondays are planning").set(&answer, "Three people").submit(&app.alice).await.to();
    let merged = form(&other).set("notes", "Fridays are quiet").set(&answer, "Four").submit(&app.alice).await;
    assert!(app.alice.follow(&merged).await.toast().contains("both texts are kept"));
    let now = form(&page(&app.alice, path.clone()).await);
    assert_eq!(now.value("notes").trim(), "Fridays are quiet\n\nFrom another tab:\nMondays are planning");
    assert_eq!(now.value(&answer).trim(), "Four\n\nFrom another tab:\nThree people");
    // Empty boxes of a page that has seen nothing take nothing away.
    form(&other).set("notes", "").set(&answer, "").submit(&app.alice).await.to();
    assert_eq!(form(&page(&app.alice, path.clone()).await).value("notes"), now.value("notes"));
    // Who has seen it may change it.
    now.set("notes", "Short").submit(&app.alice).await.to();
    assert_eq!(form(&page(&app.alice, path).await).value("notes").trim(), "Short");
}

#[tokio::test]
async fn the_script_is_told_what_was_saved_and_a_lost_answer_does_no_harm() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let form = page(&app.alice, format!("/interviews/{id}/live")).await.form("form[data-autosave]");
    let base = form.value("base-notes").to_owned();
    let save = async |base: &str, notes: &str| {
        let request = app.alice.request(reqwest::Method::POST, &format!("/interviews/{id}/answers"));
        let request = request.header("sec-fetch-site", "same-origin").header("accept", "application/json");
        let answer = app.alice.send(request.form(&[("notes", notes), ("base-notes", base)])).await;
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        (answer.status.as_u16(), told)
    };
    let (status, told) = save(&base, "Half dashbords").await;
    assert_eq!((status, &told["fields"]["notes"]["text"]), (200, &serde_json::Value::Null));
    // The answer never arrived: the same tab saves on from what it knew.
    let (_, told) = save(&base, "Half dashboards").await;
    assert_eq!(told["fields"]["notes"]["text"], serde_json::Value::Null);
    let next = told["fields"]["notes"]["base"].as_str().unwrap();
    let (_, told) = save(next, "Half dashboards, half questions").await;
    assert_eq!(told["fields"]["notes"]["text"], serde_json::Value::Null);
    let (status, told) = save(next, &"x".repeat(100_001)).await;
    assert_eq!(status, 422);
    assert!(told["problems"]["notes"].as_str().unwrap().contains("At most 100000"));
    let long = "x".repeat(99_000);
    assert_eq!(save(next, &long).await.0, 200, "long notes are taken");
}

#[tokio::test]
async fn promises_are_noted_done_put_off_let_go_and_brought_back() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
    let form = wrap_up.form_to(&format!("/interviews/{id}/action-items"));
    let wrong = form.clone().fill("What", "").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("What"), "Enter something here");
    assert!(wrong.text("h1").starts_with("After the talk"), "on the page it came from");
    let form = form.fill("What", "Send the write-up").fill("By", "2026-12-04");
    assert_eq!(form.clone().submit(&app.alice).await.to(), format!("/interviews/{id}/wrap-up"));
    form.submit(&app.alice).await.to();
    assert_eq!(count(&app, "select count(*) from action_items where user_id = $1").await, 1, "sent twice, noted once");
    let item: String = sqlx::query_scalar("select id::text from action_items where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let due = async || -> Option<String> {
        sqlx::query_scalar("select due_on::text from action_items where user_id = $1")
            .bind(app.alice.id)
            .fetch_one(&app.db)
            .await
            .unwrap()
    };
    let open = "select count(*) from action_items where user_id = $1 and done_at is null and dismissed_at is null and deleted_at is null";

    let snoozed =
        app.alice.post(&format!("/action-items/{item}/snoozes"), &[("back", "/"), ("until", "2026-12-10")]).await;
    assert_eq!(snoozed.to(), "/");
    assert_eq!(due().await.as_deref(), Some("2026-12-10"));
    app.alice.get("/interviews").await.is(200).page().undo().submit(&app.alice).await.to();
    assert_eq!(due().await.as_deref(), Some("2026-12-04"));
    app.alice.post(&format!("/action-items/{item}/snoozes"), &[]).await.to();
    assert_eq!(due().await.as_deref(), Some("2026-11-25"), "the next business day");
    app.alice.post(&format!("/action-items/{item}/snoozes"), &[("until", "soon")]).await.is(400);
    for press in ["done-marks", "dismissals", "deletions"] {
        let answer = app.alice.post(&format!("/action-items/{item}/{press}"), &[("back", "//evil.example")]).await;
        assert_eq!(answer.to(), "/", "only paths of our own");
        assert_eq!(count(&app, open).await, 0, "{press}");
        app.alice.get("/interviews").await.is(200).page().undo().submit(&app.alice).await.to();
        assert_eq!(count(&app, open).await, 1, "{press} taken back");
    }

    let edit = page(&app.alice, format!("/action-items/{item}/edit")).await.form_to(&format!("/action-items/{item}"));
    edit.clone().fill("What", "Send both").fill("Who", "theirs").submit(&app.alice).await.to();
    let conflict = edit.clone().fill("What", "Send none").submit(&app.alice).await.is(409).page();
    assert!(conflict.says("Saved meanwhile: Send both"));
    assert_eq!(conflict.form_to(&format!("/action-items/{item}")).filled("What"), "Send none");
    edit.fill("By", "tomorrow").submit(&app.alice).await.is(422);
}

#[tokio::test]
async fn insights_are_kept_by_topic_and_come_back_from_the_bin() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let live = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
    let form = live.form_to(&format!("/interviews/{id}/insights"));
    let wrong =
        form.clone().fill("What you learned", "").set("topic", "weather").submit(&app.alice).await.is(422).page();
    assert!(wrong.text("h1").starts_with("After the talk"));
    assert!(!wrong.error_of("What you learned").is_empty() && !wrong.error_of("Topic").is_empty());
    let form = form.fill("What you learned", "SQL first").set("topic", "requirements").set("weight", "essential");
    form.clone().submit(&app.alice).await.to();
    form.submit(&app.alice).await.to();
    assert_eq!(
        count(
            &app,
            "select count(*) from insights where user_id = $1 and weight = 'essential' and company_id is not null"
        )
        .await,
        1
    );
    let shown = page(&app.alice, format!("/interviews/{id}")).await;
    assert!(shown.says("SQL first") && shown.says("essential"));
    let delete = shown
        .forms()
        .into_iter()
        .find(|form| form.action.starts_with("/insights/") && form.action.ends_with("/deletions"))
        .unwrap();
    let gone = app.alice.follow(&delete.submit(&app.alice).await).await;
    assert!(!gone.says("SQL first"));
    gone.undo().submit(&app.alice).await.to();
    assert!(page(&app.alice, format!("/interviews/{id}")).await.says("SQL first"));
}

#[tokio::test]
async fn the_wrap_up_keeps_how_it_went_and_people_become_contacts() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let path = format!("/interviews/{id}/wrap-up");
    let form = page(&app.alice, path.clone()).await.form_to(&format!("/interviews/{id}/outcomes"));
    let wrong = form.clone().set("their_share", "101").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("Their share of talking, in percent"), "A whole number from 0 to 100");
    assert_eq!(standing(&app, contact).await.0, "scheduled", "nothing by halves");
    let told = form
        .clone()
        .set("thanked", "true")
        .set("how_it_went", "4")
        .set("their_share", "70")
        .set("referral_talk", "will_ask");
    told.submit(&app.alice).await.to();
    assert_eq!(standing(&app, contact).await.0, "spoke");
    let conflict = form.set("how_it_went", "2").submit(&app.alice).await.is(409).page();
    assert!(conflict.says("This was saved elsewhere meanwhile"));
    let saved = page(&app.alice, path.clone()).await;
    let form = saved.form_to(&format!("/interviews/{id}/outcomes"));
    assert_eq!((form.value("how_it_went"), form.value("their_share")), ("4", "70"));
    assert_eq!(saved.link("Write the thank-you"), format!("/contacts/{contact}"));

    let person = saved.form_to(&format!("/interviews/{id}/people"));
    person.clone().fill("Name", "").submit(&app.alice).await.is(422);
    let answer = person.fill("Name", "Tony Hoare").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "Added Tony Hoare, suggested by Katherine.");
    let introduced: i64 = sqlx::query_scalar(
        "select count(*) from contacts where user_id = $1 and name = 'Tony Hoare' and introduced_by = $2 and company_id is not null",
    )
    .bind(app.alice.id)
    .bind(contact)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(introduced, 1);
}
