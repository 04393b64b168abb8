//! The links of reminders: what one press does, for whom, and what a link that is old, changed or someone else's does: nothing.

use jiff::SignedDuration;
use reqwest::Method;

use super::mails::start;
use super::reminders::{at, picked, wish};
use crate::support::sums::sums;
use crate::support::{App, Person, Sink};

const ACTS: &str = "/reminders/acts";

/// The paths of a mail's links with that label, in order.
fn links(plain: &str, label: &str) -> Vec<String> {
    let starts = format!("{label}: http://");
    let found = plain.lines().filter_map(|line| line.trim().strip_prefix(&starts));
    found.map(|rest| format!("/{}", rest.split_once('/').unwrap().1)).collect()
}

/// The secret of a link.
fn secret(path: &str) -> &str {
    path.split_once("link=").unwrap().1
}

/// The daily mail of Wednesday, about Grace and Alan.
async fn mail() -> (App, Sink, String) {
    let (app, sink) = start().await;
    wish(&app.alice, &[("digest", "8")]).await;
    picked(&app.alice, "Grace Hopper").await;
    picked(&app.alice, "Alan Turing").await;
    let plain = at(&app, &sink, "2026-11-25T08:00:00Z").await.pop().unwrap().plain();
    (app, sink, plain)
}

async fn stages(app: &App) -> Vec<(String, String)> {
    let sql = "select name, stage from contacts where user_id = $1 order by name";
    sqlx::query_as(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

/// Presses the button of the page a link shows.
async fn pressed(by: &Person, link: &str) -> crate::support::Answer {
    by.get(link).await.is(200).page().form_to(ACTS).submit(by).await
}

#[tokio::test]
async fn looking_at_a_link_changes_nothing_and_its_button_does_what_it_says() {
    let (app, _sink, plain) = mail().await;
    let done = links(&plain, "Done");
    assert_eq!(done.len(), 2, "{plain}");
    let before = sums(&app.db).await;
    let phone = app.visitor();
    let page = phone.get(&done[0]).await.is(200).page();
    assert!(page.says("This marks as done: Send a request to Alan Turing."), "{}", page.text("main"));
    assert!(page.says("In the account of Alice Adams."));
    assert_eq!(sums(&app.db).await, before);
    let answer = page.form_to(ACTS).submit(&phone).await.is(200).page();
    assert!(answer.says("Done: Send a request to Alan Turing."), "{}", answer.text("main"));
    let stages_now = stages(&app).await;
    assert_eq!(stages_now[0], ("Alan Turing".into(), "requested".into()));
    assert_eq!(stages_now[1], ("Grace Hopper".into(), "identified".into()));

    // A second press, and the link shown again, do nothing and say so.
    let before = sums(&app.db).await;
    phone.get(&done[0]).await.is(409);
    let again = phone.post(ACTS, &[("link", secret(&done[0]))]).await.is(409).page();
    assert!(again.says("Nothing was changed"));
    assert_eq!(sums(&app.db).await, before);
    // The frame of Alice's pages counts it.
    assert_eq!(app.alice.get("/").await.page().text("h1"), "One thing today");
}

#[tokio::test]
async fn whoever_is_logged_in_can_undo_it() {
    let (app, _sink, plain) = mail().await;
    let answer = pressed(&app.alice, &links(&plain, "Done")[1]).await;
    assert_eq!(answer.to(), "/");
    let today = app.alice.follow(&answer).await;
    assert_eq!(today.toast(), "Done: Send a request to Grace Hopper.");
    today.undo().submit(&app.alice).await.to();
    assert!(stages(&app).await.iter().all(|(_, stage)| stage == "identified"));
    // Undone, it stands as it did: the link works again. Later is another day, and comes back, too.
    let answer = pressed(&app.alice, &links(&plain, "Snooze")[1]).await;
    let today = app.alice.follow(&answer).await;
    assert_eq!(today.toast(), "Snoozed to tomorrow: Send a request to Grace Hopper.");
    assert_eq!(today.text("h1"), "One thing today");
    today.undo().submit(&app.alice).await.to();
    assert_eq!(app.alice.get("/").await.page().text("h1"), "Two things today");
    // Someone else who is logged in is told as a stranger is.
    let theirs = pressed(&app.charlie, &links(&plain, "Done")[1]).await.is(200).page();
    assert!(theirs.says("Done: Send a request to Grace Hopper."));
}

#[tokio::test]
async fn every_kind_of_line_is_done_and_put_off_by_its_link() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    let ada = app.demo().await;
    app.confirm_address(&ada).await;
    wish(&ada, &[("digest", "8")]).await;
    let plain = at(&app, &sink, "2026-11-25T08:00:00Z").await.pop().unwrap().plain();
    let (done, later) = (links(&plain, "Done"), links(&plain, "Snooze"));
    assert!(done.len() > 4 && later.len() > 6, "{plain}");
    for link in &later {
        let answer = pressed(&ada, link).await;
        assert_eq!(answer.to(), "/", "{}", answer.gist());
        let today = ada.follow(&answer).await;
        assert!(today.toast().starts_with("Snoozed to "), "{}", today.toast());
        today.undo().submit(&ada).await.to();
    }
    for link in &done {
        let page = ada.get(link).await.page();
        if page.says("Nothing was changed") {
            // What was done before may have moved it.
            continue;
        }
        let answer = page.form_to(ACTS).submit(&ada).await;
        assert_eq!(answer.to(), "/", "{}", answer.gist());
        let undone = ada.follow(&answer).await.undo().submit(&ada).await;
        assert!(undone.status.as_u16() < 400, "{}", undone.gist());
    }
}

#[tokio::test]
async fn a_link_for_one_step_does_not_do_the_next() {
    let (app, _sink, plain) = mail().await;
    let link = links(&plain, "Done").remove(1);
    pressed(&app.visitor(), &link).await.is(200);
    let grace: String = sqlx::query_scalar("select id::text from contacts where name = 'Grace Hopper'")
        .fetch_one(&app.db)
        .await
        .unwrap();
    // She accepts: now a talk is to be asked for, on the same day.
    app.alice.post(&format!("/contacts/{grace}/touchpoints"), &[("kind", "accepted")]).await.to();
    let page = app.visitor().get(&link).await.is(409).page();
    assert!(page.says("Now it's this: Ask for a talk: Grace Hopper."), "{}", page.text("main"));
    app.visitor().post(ACTS, &[("link", secret(&link))]).await.is(409);
    assert_eq!(stages(&app).await[1].1, "connected");
}

#[tokio::test]
async fn links_that_are_old_cut_forged_or_of_before_a_new_password_do_nothing() {
    let (app, _sink, plain) = mail().await;
    let link = links(&plain, "Done").remove(0);
    let before = sums(&app.db).await;
    let visitor = app.visitor();
    let whole = secret(&link);
    let mut forged =
        vec![String::new(), "x".into(), whole[..whole.len() - 1].into(), format!("{whole}A"), whole.to_lowercase()];
    // Another act, account, line, state or time under the same signature.
    let bytes = data_encoding::BASE64URL_NOPAD.decode(whole.as_bytes()).unwrap();
    let said = String::from_utf8(bytes).unwrap();
    for (from, to) in [
        (".done.".to_owned(), ".later."),
        (app.alice.id.to_string(), &*app.charlie.id.to_string()),
        (said.rsplit('.').next().unwrap().to_owned(), "99999999999"),
    ] {
        let changed = said.replace(&from, to);
        assert_ne!(changed, said);
        forged.push(data_encoding::BASE64URL_NOPAD.encode(changed.as_bytes()));
    }
    // A link of another kind.
    forged.push(links(&plain, "Stop the daily mail").iter().map(|link| secret(link).to_owned()).next().unwrap());
    for secret in &forged {
        visitor.get(&format!("{ACTS}?link={secret}")).await.is(404);
        visitor.post(ACTS, &[("link", secret)]).await.is(404);
    }
    // From another site's page.
    let request = visitor.request(Method::POST, ACTS).header("sec-fetch-site", "cross-site").form(&[("link", whole)]);
    visitor.send(request).await.is(403);
    app.clock.set("2026-12-09T08:00:01Z".parse().unwrap());
    let page = visitor.get(&link).await.is(410).page();
    assert!(page.says("This link is over"));
    visitor.post(ACTS, &[("link", whole)]).await.is(410);
    app.clock.set("2026-11-25T08:00:00Z".parse().unwrap());
    assert_eq!(sums(&app.db).await, before);
    for change in ["password_hash = 'other'", "password_hash = users.password_hash, email = 'new@example.org'"] {
        let sql = format!("update users set {change} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(app.alice.id).execute(&app.db).await.unwrap();
        visitor.post(ACTS, &[("link", whole)]).await.is(404);
    }
    assert!(stages(&app).await.iter().all(|(_, stage)| stage == "identified"));
}

#[tokio::test]
async fn a_mail_is_ended_by_the_readers_program_or_by_a_press() {
    let (app, sink, plain) = mail().await;
    let end = links(&plain, "Stop the daily mail").remove(0);
    let visitor = app.visitor();
    let on = async || -> i64 { sqlx::query_scalar("select count(*) from reminders").fetch_one(&app.db).await.unwrap() };
    let page = visitor.get(&end).await.is(200).page();
    assert!(page.says("Stop the daily mail?") && page.says("alice@example.org"));
    assert_eq!(on().await, 1, "looking ends nothing");
    // Another site's page cannot, and a program cannot send anything else.
    let form = [("List-Unsubscribe", "One-Click")];
    let from = |site: &'static str| visitor.request(Method::POST, &end).header("sec-fetch-site", site).form(&form);
    visitor.send(from("cross-site")).await.is(403);
    let elsewhere = visitor.request(Method::POST, ACTS).form(&[("link", secret(&end))]);
    visitor.send(elsewhere).await.is(403);
    visitor.send(visitor.request(Method::POST, "/reminders/ends?link=x").form(&form)).await.is(404);
    assert_eq!(on().await, 1);
    // As RFC 8058 has it: no cookie, no origin, one field.
    let answer = visitor.send(visitor.request(Method::POST, &end).form(&form)).await.is(200).page();
    assert!(answer.says("No more of the daily mail will come to alice@example.org."));
    assert_eq!(on().await, 0);
    assert!(at(&app, &sink, "2026-11-26T08:00:00Z").await.is_empty());
    // Switched on again, an old link of months ago ends it, too: by its button.
    wish(&app.alice, &[("digest", "8"), ("talk", "quarter")]).await;
    app.pass(SignedDuration::from_hours(24 * 200));
    let answer = visitor.get(&end).await.is(200).page().form("form[method=post]").submit(&visitor).await.is(200);
    assert!(answer.page().says("Stopped"));
    assert_eq!(on().await, 1, "the other wish stays");
}
