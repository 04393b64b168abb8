//! Talks: set on either clock, moved, prepared, held or not; the calendar file, the bin, the list, and what strangers get.

use inroad::ids::{ContactId, InterviewId};
use sqlx::Row;

use crate::support::{Answer, App, Page, Person};

/// Alice lives in Berlin, and knows someone at a company.
pub(crate) async fn start() -> (App, ContactId) {
    let app = App::start().await;
    sqlx::query("update users set time_zone = 'Europe/Berlin' where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    let company = app.alice.company("Orbit").await;
    let contact = app.rows(&app.alice).contact("Katherine Johnson", Some(company)).await;
    (app, contact)
}

async fn schedule(person: &Person, contact: ContactId, fields: &[(&str, &str)]) -> Answer {
    let page = person.get(&format!("/interviews/new?contact={contact}")).await.is(200).page();
    let mut form = page.form_to("/interviews").set("date", "2026-12-03").set("time", "14:30").set("length", "20");
    for (name, value) in fields {
        form = form.set(name, value);
    }
    form.submit(person).await
}

/// A talk set with her, on 3 December at 14:30.
pub(crate) async fn a_talk(app: &App, contact: ContactId) -> InterviewId {
    id_of(&schedule(&app.alice, contact, &[("their_zone", "America/New_York")]).await)
}

fn id_of(answer: &Answer) -> InterviewId {
    answer.to().trim_start_matches("/interviews/").split('/').next().unwrap().parse().unwrap()
}

/// Her stage, next step and its day.
pub(crate) async fn standing(app: &App, contact: ContactId) -> (String, Option<String>, Option<String>) {
    let row = sqlx::query("select stage, next_step, next_due::text from contacts where user_id = $1 and id = $2")
        .bind(app.alice.id)
        .bind(contact)
        .fetch_one(&app.db)
        .await
        .unwrap();
    (row.get(0), row.get(1), row.get(2))
}

/// The number a statement about Alice counts.
pub(crate) async fn count(app: &App, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).bind(app.alice.id).fetch_one(&app.db).await.unwrap()
}

async fn kinds(app: &App) -> Vec<String> {
    sqlx::query_scalar(
        "select kind from touchpoints t where user_id = $1 and kind <> 'undone' and interview_id is not null
             and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) order by happened_on, id",
    )
    .bind(app.alice.id)
    .fetch_all(&app.db)
    .await
    .unwrap()
}

async fn calendar(app: &App, id: InterviewId) -> Vec<String> {
    let file = app.alice.get(&format!("/interviews/{id}/calendar.ics")).await.is(200);
    file.body.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// A page this person may see.
pub(crate) async fn page(person: &Person, path: String) -> Page {
    person.get(&path).await.is(200).page()
}

#[tokio::test]
async fn an_empty_list_teaches_and_a_talk_needs_somebody() {
    let app = App::start().await;
    let list = page(&app.alice, "/interviews".into()).await;
    assert!(list.says("No talk yet"));
    let choose = page(&app.alice, list.link("Schedule a talk")).await;
    assert!(choose.says("Add a contact first"));
    app.rows(&app.alice).contact("Katherine Johnson", None).await;
    app.rows(&app.alice).contact("Grace Hopper", None).await;
    assert_eq!(page(&app.alice, "/interviews/new?q=kath".into()).await.texts(".rows a"), ["Katherine Johnson"]);
}

#[tokio::test]
async fn a_talk_is_set_on_either_clock_and_both_are_shown() {
    let (app, contact) = start().await;
    let answer = schedule(&app.alice, contact, &[("clock", "mine"), ("their_zone", "new york")]).await;
    let shown = app.alice.follow(&answer).await;
    assert_eq!(shown.toast(), "The talk is set: Thursday 3 December, 14:30 (08:30 for Katherine).");
    assert!(shown.says("Thursday 3 December, 14:30 (08:30 for Katherine)"));
    assert_eq!(standing(&app, contact).await, ("scheduled".into(), Some("prepare".into()), Some("2026-12-02".into())));

    let answer = schedule(&app.alice, contact, &[("clock", "theirs"), ("their_zone", "America/New_York")]).await;
    assert!(app.alice.follow(&answer).await.says("Thursday 3 December, 20:30 (14:30 for Katherine)"));
    // In Kathmandu it is the next morning: the talk's day in the history is the user's.
    let answer =
        schedule(&app.alice, contact, &[("clock", "theirs"), ("their_zone", "Asia/Kathmandu"), ("time", "02:00")])
            .await;
    let shown = app.alice.follow(&answer).await;
    assert!(
        shown.says("Wednesday 2 December, 21:15 (Thursday 3 December, 02:00 for Katherine)"),
        "{}",
        shown.text("main")
    );
    let until: String =
        sqlx::query_scalar("select until::text from touchpoints where user_id = $1 order by id desc limit 1")
            .bind(app.alice.id)
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(until, "2026-12-02");
}

#[tokio::test]
async fn both_clocks_are_shown_before_anything_is_saved() {
    let (app, contact) = start().await;
    let form = page(&app.alice, format!("/interviews/new?contact={contact}")).await.form_to("/interviews");
    let form = form.set("date", "2026-12-03").set("time", "14:30").set("their_zone", "America/New_York");
    let looked = form.press("Show both clocks", &app.alice).await.is(200).page();
    assert!(looked.says("Thursday 3 December, 14:30 (08:30 for Katherine)"));
    assert_eq!(count(&app, "select count(*) from informational_interviews where user_id = $1").await, 0);
    let failed =
        schedule(&app.alice, contact, &[("their_zone", "America/New_York"), ("length", "other"), ("minutes", "3")])
            .await;
    let failed = failed.is(422).page();
    assert_eq!(failed.error_of("Minutes, if another length"), "A talk takes from 5 to 240 minutes");
    assert!(failed.says("Thursday 3 December, 14:30 (08:30 for Katherine)"));
}

#[tokio::test]
async fn hours_the_clocks_skip_or_repeat_are_told() {
    let (app, contact) = start().await;
    let gap = schedule(&app.alice, contact, &[("date", "2027-03-28"), ("time", "02:30")]).await.is(422).page();
    assert_eq!(
        gap.error_of("Time"),
        "There is no 02:30 on that day: the clocks go forward from 02:00 to 03:00. Choose another time"
    );
    let fold = schedule(&app.alice, contact, &[("date", "2027-10-31"), ("time", "02:30")]).await.is(422).page();
    assert!(fold.says("The clocks show that time twice that night. Which one?"));
    let chosen = fold.form_to("/interviews").set("which", "second").submit(&app.alice).await;
    let talk = chosen.to();
    let starts: String = sqlx::query_scalar(
        "select (starts_at at time zone 'UTC')::text from informational_interviews where user_id = $1",
    )
    .bind(app.alice.id)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(starts, "2027-10-31 01:30:00");
    // Whatever else is changed, it stays the second one.
    let edit = page(&app.alice, format!("{talk}/edit")).await;
    assert!(edit.says("Which one?"));
    let saved = edit.form_to(&talk).set("place", "https://meet.example/kate").submit(&app.alice).await;
    assert!(app.alice.follow(&saved).await.toast().starts_with("Saved: "));
    let unmoved =
        "select count(*) from informational_interviews where user_id = $1 and starts_at = '2027-10-31T01:30:00Z'";
    assert_eq!(count(&app, unmoved).await, 1);
    assert_eq!(count(&app, "select count(*) from touchpoints where user_id = $1 and kind = 'rescheduled'").await, 0);
    let first = edit.form_to(&talk).set("version", "2").set("which", "first").submit(&app.alice).await;
    assert!(app.alice.follow(&first).await.toast().starts_with("The talk is moved: "));
}

#[tokio::test]
async fn every_wrong_field_has_its_sentence_and_keeps_what_was_typed() {
    let (app, contact) = start().await;
    for (label, name, value) in [
        ("Date", "date", "3 December"),
        ("Date", "date", "2066-01-01"),
        ("Time", "time", "late"),
        ("Katherine's time zone", "their_zone", "Mars"),
        ("Link, number or address", "place", &"x".repeat(1001)),
    ] {
        let page = schedule(&app.alice, contact, &[(name, value)]).await.is(422).page();
        assert!(!page.error_of(label).is_empty(), "{name}={value}");
        assert_eq!(page.form_to("/interviews").value(name), value);
    }
    for (name, value) in [("clock", "sun"), ("way", "pigeon"), ("length", "x")] {
        schedule(&app.alice, contact, &[(name, value)]).await.is(422);
    }
    assert_eq!(count(&app, "select count(*) from informational_interviews where user_id = $1").await, 0);
}

#[tokio::test]
async fn a_form_sent_twice_sets_one_talk() {
    let (app, contact) = start().await;
    let form = page(&app.alice, format!("/interviews/new?contact={contact}")).await.form_to("/interviews");
    let form = form.set("date", "2026-12-03").set("time", "14:30");
    let once = form.clone().submit(&app.alice).await.to();
    assert_eq!(form.submit(&app.alice).await.to(), once);
    assert_eq!(count(&app, "select count(*) from informational_interviews where user_id = $1").await, 1);
    assert_eq!(kinds(&app).await, ["scheduled"]);
}

#[tokio::test]
async fn a_moved_talk_keeps_its_uid_and_raises_its_sequence() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let first = calendar(&app, id).await;
    assert!(first.contains(&"SEQUENCE:0".to_owned()) && first.contains(&"DTSTART:20261203T133000Z".to_owned()));
    let edit = page(&app.alice, format!("/interviews/{id}/edit")).await.form_to(&format!("/interviews/{id}"));
    assert_eq!((edit.value("date"), edit.value("time"), edit.value("length")), ("2026-12-03", "14:30", "20"));
    let answer = edit.clone().set("date", "2026-12-08").set("place", "https://meet.example/a").submit(&app.alice).await;
    assert!(app.alice.follow(&answer).await.toast().starts_with("The talk is moved: Tuesday 8 December, 14:30"));
    let second = calendar(&app, id).await;
    for line in [
        &format!("UID:{id}@inroad"),
        "SEQUENCE:1",
        "DTSTART:20261208T133000Z",
        "STATUS:CONFIRMED",
        "URL:https://meet.example/a",
    ] {
        assert!(second.iter().any(|written| written == line), "{line}");
    }
    assert_eq!(kinds(&app).await, ["scheduled", "rescheduled"]);
    assert_eq!(standing(&app, contact).await.2, Some("2026-12-07".into()));
    // The old form again: someone saved meanwhile.
    let conflict = edit.set("time", "15:00").submit(&app.alice).await.is(409).page();
    assert!(conflict.says("Saved meanwhile: Tuesday 8 December, 14:30"));
    let kept = conflict.form_to(&format!("/interviews/{id}"));
    assert_eq!(kept.value("time"), "15:00");
    kept.submit(&app.alice).await.to();
    // A place alone is no move.
    let edit = page(&app.alice, format!("/interviews/{id}/edit")).await.form_to(&format!("/interviews/{id}"));
    edit.set("place", "Room 5").submit(&app.alice).await.to();
    assert_eq!(kinds(&app).await, ["scheduled", "rescheduled", "rescheduled"]);
    assert!(calendar(&app, id).await.contains(&"SEQUENCE:3".to_owned()));
}

#[tokio::test]
async fn the_calendar_file_is_a_file_and_nothing_else() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let file = app.alice.get(&format!("/interviews/{id}/calendar.ics")).await.is(200);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
    let name = "talk-with-katherine-johnson-2026-12-03.ics";
    let named = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
    assert_eq!(file.header("content-disposition"), named);
    assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let lines = calendar(&app, id).await;
    assert_eq!((lines.first().unwrap().as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    assert!(lines.contains(&"DTEND:20261203T135000Z".to_owned()) && lines.contains(&"METHOD:PUBLISH".to_owned()));
}

#[tokio::test]
async fn an_address_becomes_a_link_only_if_it_is_one_of_the_web() {
    let (app, contact) = start().await;
    let id = id_of(&schedule(&app.alice, contact, &[("place", "javascript:alert(1)")]).await);
    let shown = page(&app.alice, format!("/interviews/{id}")).await;
    assert!(
        shown.says("javascript:alert(1)") && !shown.links().iter().any(|(_, href)| href.starts_with("javascript:"))
    );
    let id = id_of(&schedule(&app.alice, contact, &[("place", "https://meet.example/x")]).await);
    assert_eq!(
        page(&app.alice, format!("/interviews/{id}")).await.link("https://meet.example/x"),
        "https://meet.example/x"
    );
}

#[tokio::test]
async fn outcomes_move_the_stage_and_can_be_taken_back() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let before = standing(&app, contact).await;
    for (outcome, stage, step, due) in [
        ("cancelled", "asked", "set_time", "2026-11-25"),
        ("no_show", "asked", "set_time", "2026-11-25"),
        ("held", "spoke", "thank", "2026-11-25"),
    ] {
        let answer = app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", outcome)]).await;
        assert_eq!(standing(&app, contact).await, (stage.into(), Some(step.into()), Some(due.into())), "{outcome}");
        let shown = app.alice.follow(&answer).await;
        shown.undo().submit(&app.alice).await.to();
        assert_eq!(standing(&app, contact).await, before, "{outcome} taken back");
    }
    let cancelled = app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "cancelled")]).await;
    cancelled.to();
    assert!(calendar(&app, id).await.contains(&"STATUS:CANCELLED".to_owned()));
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "gone")]).await.is(400);
}

#[tokio::test]
async fn thanks_are_due_the_day_after_the_talk_not_after_it_was_told() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.clock.set("2026-12-07T09:00:00Z".parse().unwrap());
    let list = page(&app.alice, "/interviews".into()).await;
    assert!(list.says("How did it go?"));
    let form = list.form_to(&format!("/interviews/{id}/outcomes"));
    assert_eq!(
        form.press("It took place: Katherine Johnson", &app.alice).await.to(),
        format!("/interviews/{id}/wrap-up")
    );
    assert_eq!(standing(&app, contact).await, ("spoke".into(), Some("thank".into()), Some("2026-12-04".into())));
}

#[tokio::test]
async fn prepared_means_hold_it_next() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let prepare = page(&app.alice, format!("/interviews/{id}/prepare")).await;
    let answer = prepare.form_to(&format!("/interviews/{id}/preparations")).press("Mark as prepared", &app.alice).await;
    assert_eq!(standing(&app, contact).await.1.as_deref(), Some("hold"));
    app.alice.post(&format!("/interviews/{id}/preparations"), &[]).await.to();
    assert_eq!(kinds(&app).await, ["scheduled", "prepared"], "once is enough");
    app.alice.follow(&answer).await.undo().submit(&app.alice).await.to();
    assert_eq!(standing(&app, contact).await.1.as_deref(), Some("prepare"));
}

#[tokio::test]
async fn a_deleted_talk_comes_back_exactly() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.alice.post(&format!("/interviews/{id}/preparations"), &[]).await.to();
    app.alice.post(&format!("/interviews/{id}/action-items"), &[("whose", "mine"), ("text", "Write")]).await.to();
    app.alice.post(&format!("/interviews/{id}/insights"), &[("topic", "team"), ("insight", "Three")]).await.to();
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "held")]).await.to();
    let state = async || {
        let lines: Vec<String> = sqlx::query_scalar(
            "select kind || ' ' || happened_on || ' ' || coalesce(until::text, '') from touchpoints t where user_id = $1
                 and kind <> 'undone' and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
             order by happened_on, id",
        )
        .bind(app.alice.id)
        .fetch_all(&app.db)
        .await
        .unwrap();
        (standing(&app, contact).await, lines, calendar(&app, id).await)
    };
    let before = state().await;
    for _ in 0..2 {
        let gone = app.alice.post(&format!("/interviews/{id}/deletions"), &[]).await;
        assert_eq!(gone.to(), "/interviews");
        assert_eq!(kinds(&app).await, Vec::<String>::new());
        assert_ne!(standing(&app, contact).await, before.0);
        let shown = app.alice.follow(&gone).await;
        app.alice.get(&format!("/interviews/{id}")).await.is(404);
        assert_eq!(count(&app, "select count(*) from action_items where user_id = $1 and deleted_at is null").await, 0);
        shown.undo().submit(&app.alice).await.to();
        assert_eq!(state().await, before);
        app.pass(jiff::SignedDuration::from_secs(60));
    }
    assert_eq!(count(&app, "select count(*) from action_items where user_id = $1 and deleted_at is null").await, 1);
    assert_eq!(count(&app, "select count(*) from insights where user_id = $1 and deleted_at is null").await, 1);
}

#[tokio::test]
async fn the_list_filters_and_finds() {
    let (app, contact) = start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let held = a_talk(&app, grace).await;
    app.alice.post(&format!("/interviews/{held}/outcomes"), &[("status", "held")]).await.to();
    a_talk(&app, contact).await;
    let names = async |query: &str| page(&app.alice, format!("/interviews{query}")).await.texts(".rows li b");
    assert_eq!(names("").await, ["Katherine Johnson"]);
    assert_eq!(names("?show=held").await, ["Grace Hopper"]);
    assert_eq!(names("?show=all").await.len(), 2);
    assert_eq!(names("?show=all&q=orbit").await, ["Katherine Johnson"]);
    assert_eq!(names("?show=all&q=%25").await.len(), 0, "signs are taken literally");
    assert!(page(&app.alice, "/interviews?show=held".into()).await.says("0 insights, 0 open action items"));
}

#[tokio::test]
async fn a_stranger_finds_nothing_and_a_coach_changes_nothing() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    for path in ["", "/edit", "/prepare", "/live", "/wrap-up", "/calendar.ics"] {
        app.charlie.get(&format!("/interviews/{id}{path}")).await.is(404);
        app.bob.get(&format!("/interviews/{id}{path}")).await.is(200);
    }
    app.charlie.get(&format!("/interviews/new?contact={contact}")).await.is(404);
    for path in ["outcomes", "answers", "findings", "deletions", "preparations"] {
        let fields = [("status", "held"), ("notes", "x")];
        app.charlie.post(&format!("/interviews/{id}/{path}"), &fields).await.is(404);
        app.bob.post(&format!("/interviews/{id}/{path}"), &fields).await.is(403);
    }
    assert_eq!(kinds(&app).await, ["scheduled"]);
}
