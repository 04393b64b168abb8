//! Today: what is due stands there, and each line is done, put off or dropped from the line.

use inroad::database::At;
use inroad::ids::ContactId;
use jiff::SignedDuration;

use crate::support::{App, Page, Person};

/// Adds a contact who is to be asked this week.
async fn picked(person: &Person, name: &str) -> ContactId {
    let form = person.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).tick("Pick for this week").submit(person).await.to();
    to.strip_prefix("/contacts/").unwrap().parse().unwrap()
}

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
}

/// Whom the day's lines are about.
fn lines(page: &Page) -> Vec<String> {
    page.texts("li[data-row] > div:first-child > a")
}

#[tokio::test]
async fn a_line_is_done_from_the_line_and_the_badge_counts_with_it() {
    let app = App::start().await;
    picked(&app.alice, "Grace Hopper").await;
    picked(&app.alice, "Alan Turing").await;
    let page = today(&app.alice).await;
    assert_eq!((page.text("h1").as_str(), lines(&page).len()), ("Two things today", 2));
    let grace = page.forms().into_iter().filter(|form| form.action.ends_with("/touchpoints")).nth(1).unwrap();
    assert_eq!(grace.press("Done", &app.alice).await.to(), "/");
    let page = today(&app.alice).await;
    assert_eq!(lines(&page), ["Alan Turing"]);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(lines(&today(&app.alice).await).len(), 2);
}

#[tokio::test]
async fn a_line_is_put_off_until_tomorrow_and_stands_there_then() {
    let app = App::start().await;
    let id = picked(&app.alice, "Grace Hopper").await;
    let page = today(&app.alice).await;
    page.form_to(&format!("/contacts/{id}/snoozes")).press("Snooze: tomorrow", &app.alice).await.to();
    assert!(lines(&today(&app.alice).await).is_empty());
    app.pass(SignedDuration::from_hours(24));
    assert_eq!(lines(&today(&app.alice).await), ["Grace Hopper"]);
}

#[tokio::test]
async fn a_line_is_dismissed_with_a_reason_and_goes() {
    let app = App::start().await;
    let id = picked(&app.alice, "Grace Hopper").await;
    let form = today(&app.alice).await.form_to(&format!("/contacts/{id}/dismissals"));
    form.fill("Skip, because", "She left the company").submit(&app.alice).await.to();
    assert!(lines(&today(&app.alice).await).is_empty());
}

#[tokio::test]
async fn promises_referrals_and_their_tasks_are_moved_from_their_lines() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    for (table, id) in [("action_items", of.action_item.0), ("referral_tasks", of.task)] {
        let sql = format!("update {table} set due_on = '2026-11-24' where id = '{id}'");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    let sql = "update referrals set status = 'agreed', way = 'link', next_step = 'remind_to_make', next_due = '2026-11-24' where id = $1";
    sqlx::query(sql).bind(of.referral).execute(&app.db).await.unwrap();
    let page = today(&app.alice).await;
    let task = page.form_to(&format!("/referral-tasks/{}/due-dates", of.task));
    task.press("Some time, off the list", &app.alice).await.to();
    page.form_to(&format!("/action-items/{}/done-marks", of.action_item)).submit(&app.alice).await.to();
    page.form_to(&format!("/referrals/{}/withdrawals", of.referral)).submit(&app.alice).await.to();
    let after = today(&app.alice).await;
    // The toast may offer to take the last one back.
    for form in after.forms().into_iter().filter(|form| !form.action.ends_with("/reopenings")) {
        let moved = [of.task.to_string(), of.action_item.to_string(), of.referral.to_string()];
        assert!(!moved.iter().any(|id| form.action.contains(id)), "{} is still there", form.action);
    }
    assert!(lines(&after).len() < lines(&page).len());
}

#[tokio::test]
async fn a_stranger_sees_none_of_it_and_a_coach_may_only_look() {
    let app = App::start().await;
    let id = picked(&app.alice, "Grace Hopper").await;
    assert!(lines(&today(&app.charlie).await).is_empty());
    assert_eq!(lines(&today(&app.bob).await), ["Grace Hopper"]);
    app.bob.post(&format!("/contacts/{id}/snoozes"), &[("until", "2026-11-25")]).await.is(403);
    app.bob.post("/first-steps/skips", &[("step", "role")]).await.is(403);
}

#[tokio::test]
async fn a_talk_that_was_told_of_twice_is_one() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let talk = app.rows(&app.alice).interview(contact, None).await;
    for (kind, direction) in [("answered_in_writing", "in"), ("held", "none")] {
        sqlx::query(
            "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at, interview_id)
             values ($1, gen_random_uuid(), $2, $3, $4, date '2026-11-24', $5, $5, $6)",
        )
        .bind(app.alice.id)
        .bind(contact)
        .bind(kind)
        .bind(direction)
        .bind(At(app.now()))
        .bind(talk)
        .execute(&app.db)
        .await
        .unwrap();
    }
    let page = today(&app.alice).await;
    let meters: Vec<_> =
        page.all("svg.bar").iter().filter_map(|bar| bar.attr("aria-label").map(str::to_owned)).collect();
    assert!(meters.iter().any(|meter| meter.starts_with("Talks held: 1 of ")), "{meters:?}");
    assert!(page.says("1 talk"), "{}", page.text("main"));
    // On a Tuesday it is the week before that is looked back on.
    sqlx::query("update touchpoints set happened_on = date '2026-11-17'").execute(&app.db).await.unwrap();
    let review = app.alice.get("/review").await.is(200).page();
    let row = review.texts("tr").into_iter().find(|row| row.starts_with("Talks held")).unwrap();
    assert!(row.starts_with("Talks held 1 "), "{row}");
}
