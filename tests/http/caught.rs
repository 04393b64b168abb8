//! What is caught during a talk, and what it becomes; the clock, and who speaks.

use inroad::ids::InterviewId;

use crate::interviews::{a_talk, count, page, start};
use crate::support::proxy::Proxy;
use crate::support::{App, Form};

const LINES: &str =
    "select count(*) from captured_lines where user_id = $1 and filed_at is null and dismissed_at is null";

/// Sent as the page's script does.
async fn by_script(app: &App, path: &str, fields: &[(&str, &str)]) -> (u16, serde_json::Value) {
    let request = app.alice.request(reqwest::Method::POST, path);
    let request = request.header("sec-fetch-site", "same-origin").header("accept", "application/json");
    let answer = app.alice.send(request.form(fields)).await;
    (answer.status.as_u16(), serde_json::from_str(&answer.body).unwrap_or_default())
}

/// Catches lines as the buttons of the page do.
async fn catch(app: &App, talk: InterviewId, lines: &[(&str, &str)]) {
    for (line, kind) in lines {
        app.alice.post(&format!("/interviews/{talk}/captured-lines"), &[("line", line), ("kind", kind)]).await.to();
        app.pass(jiff::SignedDuration::from_secs(1));
    }
}

/// The form with all lines.
async fn filings(app: &App, talk: InterviewId) -> Form {
    let wrap_up = page(&app.alice, format!("/interviews/{talk}/wrap-up")).await;
    wrap_up.form_to(&format!("/interviews/{talk}/filings"))
}

/// The names of a field, one for each line.
fn names(form: &Form, field: &str) -> Vec<String> {
    let begins = format!("{field}-");
    form.fields.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with(&begins)).collect()
}

/// How many of everything a line can become there is.
async fn made(app: &App) -> [i64; 6] {
    let mut numbers = [0; 6];
    for (number, sql) in numbers.iter_mut().zip([
        "select count(*) from action_items where user_id = $1 and deleted_at is null",
        "select count(*) from insights where user_id = $1 and deleted_at is null",
        "select count(*) from contacts where user_id = $1 and deleted_at is null",
        "select count(*) from openings where user_id = $1 and deleted_at is null and source = 'inside'
             and confirmed_by is not null and confirmed_on = '2026-11-24'
             and exists (select from opening_changes c where c.opening_id = openings.id)",
        "select count(*) from reasons where user_id = $1 and deleted_at is null",
        LINES,
    ]) {
        *number = count(app, sql).await;
    }
    numbers
}

#[tokio::test]
async fn lines_are_caught_by_buttons_that_say_what_they_are() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    for (words, button) in [
        ("send the write-up", "I will 1"),
        ("introduce Tony Hoare", "They will 2"),
        ("A second analyst is budgeted", "Insight 3"),
        ("Tony Hoare", "Person 4"),
        ("Second analyst", "Opening 5"),
    ] {
        let live = page(&app.alice, format!("/interviews/{id}/live")).await;
        let form = live.form_to(&format!("/interviews/{id}/captured-lines"));
        form.fill("What was said", words).press(button, &app.alice).await.to();
        let empty = live.form_to(&format!("/interviews/{id}/captured-lines")).fill("What was said", " ");
        let empty = empty.press(button, &app.alice).await.is(422).page();
        assert_eq!(empty.error_of("What was said"), "Enter something here");
    }
    assert_eq!(made(&app).await, [0, 0, 1, 0, 0, 5]);
}

#[tokio::test]
async fn one_press_makes_of_every_line_what_it_is_once_and_undo_takes_all_of_it_back() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    catch(
        &app,
        id,
        &[
            ("send the write-up", "mine"),
            ("introduce Tony Hoare", "theirs"),
            ("A second analyst is budgeted", "insight"),
            ("Tony Hoare", "person"),
            ("Second analyst", "opening"),
            ("They are moving to a new building", "insight"),
            ("hm", "insight"),
        ],
    )
    .await;
    let before = made(&app).await;
    assert_eq!(before, [0, 0, 1, 0, 0, 7]);
    let form = filings(&app, id).await;
    let becomes = names(&form, "becomes");
    assert_eq!(form.value(&names(&form, "topic")[2]), "openings", "guessed by its words");
    let form = form.set(&becomes[5], "reason").set(&becomes[6], "nothing");
    let saved = form.clone().submit(&app.alice).await;
    let after = made(&app).await;
    assert_eq!(after, [2, 1, 2, 1, 1, 0]);
    form.clone().submit(&app.alice).await.to();
    assert_eq!(made(&app).await, after, "sent twice, made once");

    let page = app.alice.follow(&saved).await;
    assert_eq!(
        page.toast(),
        "Saved 2 action items, 1 insight, 1 contact, 1 opening, 1 reason to write. Discarded 1 note."
    );
    assert!(!page.has("#caught"), "nothing waits any more");
    page.undo().submit(&app.alice).await.to();
    assert_eq!(made(&app).await, before);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(made(&app).await, before, "undone twice, undone once");
    form.submit(&app.alice).await.to();
    assert_eq!(made(&app).await, after, "and saved anew");

    let due: Option<String> = sqlx::query_scalar(
        "select due_on::text from action_items where user_id = $1 and whose = 'mine' and deleted_at is null",
    )
    .bind(app.alice.id)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(due.as_deref(), Some("2026-12-01"), "a week is proposed for what I promised");
    let named: i64 = sqlx::query_scalar(
        "select count(*) from contacts where user_id = $1 and name = 'Tony Hoare' and introduced_by = $2
             and company_id is not null and deleted_at is null",
    )
    .bind(app.alice.id)
    .bind(contact)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(named, 1);
}

#[tokio::test]
async fn a_fault_in_one_line_saves_none_and_loses_nothing() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    catch(&app, id, &[("send the write-up", "mine"), ("Tony Hoare", "person"), ("SQL first", "insight")]).await;
    let before = made(&app).await;
    let form = filings(&app, id).await;
    let (texts, becomes) = (names(&form, "text"), names(&form, "becomes"));
    let (titles, dates) = (names(&form, "job_title"), names(&form, "due_on"));
    let typed = form
        .set(&dates[0], "soon")
        .set(&texts[1], " ")
        .set(&titles[1], "Fellow")
        .set(&texts[2], "SQL first, then R")
        .set(&becomes[2], "opening");
    let page = typed.submit(&app.alice).await.is(422).page();
    assert_eq!(made(&app).await, before, "nothing by halves");
    let wrong: Vec<_> =
        page.all("[aria-invalid='true']").iter().map(|field| field.attr("name").unwrap().to_owned()).collect();
    assert_eq!(wrong, [dates[0].clone(), texts[1].clone()]);
    assert_eq!(page.text(".summary h2"), "Fix 2 things");
    let focused: Vec<_> = page.all("[autofocus]").iter().map(|field| field.attr("name").unwrap().to_owned()).collect();
    assert_eq!(focused, [dates[0].clone()], "the cursor goes to the first of them");
    let form = page.form_to(&format!("/interviews/{id}/filings"));
    let kept = [&dates[0], &titles[1], &texts[2], &becomes[2]].map(|name| form.value(name));
    assert_eq!(kept, ["soon", "Fellow", "SQL first, then R", "opening"]);
    let strange = form.clone().set(&becomes[0], "poem").submit(&app.alice).await.is(422).page();
    assert!(strange.says("Choose what this is"));
    form.set(&dates[0], "").set(&texts[1], "Tony Hoare").submit(&app.alice).await.to();
    assert_eq!(made(&app).await, [1, 0, 2, 1, 0, 0]);
}

#[tokio::test]
async fn a_person_with_a_job_is_split() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let line = "Jonas Weber, leads analytics at Ada Health";
    catch(&app, id, &[(line, "person"), ("Ann Lee, data lead at Acme", "insight"), (line, "person")]).await;
    let form = filings(&app, id).await;
    let of = |form: &Form, line: usize| {
        ["text", "job_title", "company"].map(|field| form.value(&names(form, field)[line]).to_owned())
    };
    assert_eq!(of(&form, 0), ["Jonas Weber", "leads analytics", "Ada Health"]);
    // Chosen to be a person, a line is split as well; and what was split is whole again for anything else.
    let becomes = names(&form, "becomes");
    form.set(&becomes[1], "person").set(&becomes[2], "insight").submit(&app.alice).await.to();
    let whole =
        "select count(*) from insights where user_id = $1 and text = 'Jonas Weber, leads analytics at Ada Health'";
    assert_eq!(count(&app, whole).await, 1);

    let form = page(&app.alice, format!("/interviews/{id}/wrap-up")).await.form_to(&format!("/interviews/{id}/people"));
    assert_eq!(form.value("company"), "Orbit");
    let shown = form.set("name", "Tony Hoare (Fellow, Orbit)").submit(&app.alice).await.is(200).page();
    let form = shown.form_to(&format!("/interviews/{id}/people"));
    let said = ["name", "job_title", "company"].map(|field| form.value(field));
    assert_eq!(said, ["Tony Hoare", "Fellow", "Orbit"]);
    form.submit(&app.alice).await.to();
    let works_at: Vec<String> = sqlx::query_scalar(
        "select k.name || ', ' || k.job_title || ' at ' || c.name from contacts k join companies c on c.id = k.company_id
         where k.user_id = $1 and k.introduced_by = $2 order by k.name",
    )
    .bind(app.alice.id)
    .bind(contact)
    .fetch_all(&app.db)
    .await
    .unwrap();
    let expected =
        ["Ann Lee, data lead at Acme", "Jonas Weber, leads analytics at Ada Health", "Tony Hoare, Fellow at Orbit"];
    assert_eq!(works_at, expected);
    let orbit = count(&app, "select count(*) from companies where user_id = $1 and name_key = 'orbit'").await;
    assert_eq!(orbit, 1, "no second one of the talk's own company");
}

#[tokio::test]
async fn any_number_of_lines_takes_the_same_few_statements() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    let company = app.alice.company("Orbit").await;
    let contact = app.rows(&app.alice).contact("Katherine Johnson", Some(company)).await;
    let id = a_talk(&app, contact).await;
    let mut taken = Vec::new();
    for round in [1, 1, 12] {
        for number in 0..round {
            let person = format!("Person {} {number}", taken.len());
            catch(&app, id, &[("send it", "mine"), ("Calm", "insight"), (&person, "person"), ("Analyst", "opening")])
                .await;
        }
        let form = filings(&app, id).await;
        proxy.take_statements();
        form.submit(&app.alice).await.to();
        // Nobody waits for the frame's numbers to be counted again.
        let besides = ["SELECT pg_type", "select set_config(s.name", "update rails", "with due as materialized"];
        let asked = |sql: &String| !besides.iter().any(|start| sql.trim_start().starts_with(start));
        taken.push(proxy.take_statements().iter().filter(|sql| asked(sql)).count());
    }
    assert_eq!(taken[1], taken[2], "one line of each kind, and twelve");
    assert!(taken[2] <= 15, "{taken:?}");
}

#[tokio::test]
async fn lines_are_for_their_owner_alone() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    catch(&app, id, &[("hm", "insight")]).await;
    for path in ["captured-lines", "speakers", "starts", "openings", "filings", "filings/undos"] {
        let fields = [("line", "x"), ("title", "x"), ("company", "Orbit")];
        app.charlie.post(&format!("/interviews/{id}/{path}"), &fields).await.is(404);
        app.bob.post(&format!("/interviews/{id}/{path}"), &fields).await.is(403);
    }
    assert_eq!(count(&app, LINES).await, 1);
    // A form that speaks of no line changes nothing: the line was caught meanwhile.
    app.alice.post(&format!("/interviews/{id}/filings"), &[]).await.to();
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
