//! The calendar feed: read by its secret address alone, kept up to date, and over when it is ended.

use icalendar::{Calendar, Component};
use jiff::SignedDuration;
use reqwest::Method;

use crate::support::person::PASSWORD;
use crate::support::{Answer, App};

const SETTINGS: &str = "/settings/calendar";

/// The path of a feed just made.
pub async fn made(app: &App, fields: &[(&str, &str)]) -> String {
    let page = app.alice.post(SETTINGS, fields).await.is(200);
    let (_, shown) = page.body.split_once("id=\"feed-address\"").unwrap();
    let (address, _) = shown.split_once(" readonly").unwrap();
    let (_, path) = address.trim_end_matches('"').split_once("/calendar/").unwrap();
    format!("/calendar/{path}")
}

/// As a calendar asks: without a session.
async fn asked(app: &App, path: &str) -> Answer {
    app.visitor().get(path).await
}

fn unfolded(answer: &Answer) -> String {
    answer.body.replace("\r\n ", "")
}

#[tokio::test]
async fn a_calendar_reads_the_talks_by_the_secret_address_alone() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    app.fill(&app.charlie).await;
    assert!(app.alice.get(SETTINGS).await.is(200).page().says("Make the address"));
    let path = made(&app, &[("alarm", "30")]).await;
    let feed = asked(&app, &path).await.is(200);
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    let text = unfolded(&feed);
    assert!(text.contains(&format!("UID:{}@inroad", of.interview)), "{text}");
    for line in [
        "BEGIN:VALARM",
        "TRIGGER;RELATED=START:-PT1800S",
        "X-PUBLISHED-TTL:PT1H",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("ATTENDEE") && !text.contains("METHOD"), "{text}");
    assert!(!text.contains("contact-"), "what is due was not asked for");

    let tag = feed.header("etag").to_owned();
    let again = app.visitor();
    let again = again.send(again.request(Method::GET, &path).header("if-none-match", &tag)).await.is(304);
    assert_eq!((again.header("etag"), again.body.as_str()), (tag.as_str(), ""));
    assert!(app.alice.get(SETTINGS).await.page().says("Your calendar last asked"));

    let mut wrong = path.clone();
    wrong.replace_range(10..12, "zz");
    for path in [wrong.as_str(), "/calendar/x.ics", "/calendar/", path.trim_end_matches(".ics")] {
        asked(&app, path).await.is(404);
    }
    // Of the address only a hash is kept, and the page shows it once.
    let secret = path.trim_start_matches("/calendar/").trim_end_matches(".ics");
    let kept: bool = sqlx::query_scalar("select users::text like '%' || $1 || '%' from users where id = $2")
        .bind(secret)
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(!kept && !app.alice.get(SETTINGS).await.body.contains(secret));
}

#[tokio::test]
async fn what_is_due_comes_by_choice_and_on_its_day() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    sqlx::query("update contacts set next_step = 'thank', next_due = '2026-12-01', next_turns_on = null where id = $1")
        .bind(of.contact)
        .execute(&app.db)
        .await
        .unwrap();
    let path = made(&app, &[("alarm", "0")]).await;
    assert!(!asked(&app, &path).await.body.contains("VALARM"));
    let set = app.alice.post(&format!("{SETTINGS}/contents"), &[("alarm", "0"), ("steps", "true")]).await;
    assert!(app.alice.follow(&set).await.toast().starts_with("Saved."));
    let text = unfolded(&asked(&app, &path).await.is(200));
    for line in
        [format!("UID:contact-{}@inroad", of.contact), "DTSTART;VALUE=DATE:20261201".into(), ": thank them".into()]
    {
        assert!(text.contains(&line), "{line} in {text}");
    }
    let wrong = app.alice.post(&format!("{SETTINGS}/contents"), &[("alarm", "7")]).await.is(422).page();
    assert!(wrong.error_of("Remind me of talks").contains("Choose when"));

    // What other programs read: every entry has what the standard asks of it.
    let read: Calendar = text.parse().unwrap();
    assert!(read.events().count() >= 2);
    for event in read.events() {
        for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
            assert!(event.property_value(name).is_some(), "{name} in {event:?}");
        }
    }
}

#[tokio::test]
async fn a_cancelled_talk_stays_for_a_while_and_is_said_to_be_cancelled() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let path = made(&app, &[("alarm", "10")]).await;
    sqlx::query("update informational_interviews set status = 'cancelled' where id = $1")
        .bind(of.interview)
        .execute(&app.db)
        .await
        .unwrap();
    let text = unfolded(&asked(&app, &path).await.is(200));
    assert!(text.contains("STATUS:CANCELLED") && text.contains("SUMMARY:Cancelled: "), "{text}");
    app.pass(SignedDuration::from_hours(24 * 40));
    assert!(!asked(&app, &path).await.is(200).body.contains("VEVENT"));
}

#[tokio::test]
async fn the_address_is_over_once_it_is_ended_renewed_or_the_account_is_closed() {
    let app = App::start().await;
    let first = made(&app, &[("alarm", "0")]).await;
    let second = made(&app, &[("alarm", "0")]).await;
    asked(&app, &first).await.is(404);
    asked(&app, &second).await.is(200);
    let ended = app.alice.post(&format!("{SETTINGS}/ends"), &[]).await;
    assert!(app.alice.follow(&ended).await.toast().starts_with("The address is over."));
    asked(&app, &second).await.is(404);
    app.alice.post(&format!("{SETTINGS}/ends"), &[]).await.to();

    let third = made(&app, &[("alarm", "0")]).await;
    sqlx::query("update users set disabled_at = now() where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    asked(&app, &third).await.is(404);
    sqlx::query("update users set disabled_at = null where id = $1").bind(app.alice.id).execute(&app.db).await.unwrap();
    asked(&app, &third).await.is(200);
    let change = [("old_password", PASSWORD), ("new_password", "a wholly other one, 42")];
    app.alice.post("/settings/password", &change).await.to();
    asked(&app, &third).await.is(404);
}

#[tokio::test]
async fn making_an_address_asks_for_the_password_again() {
    let app = App::start().await;
    app.pass(SignedDuration::from_mins(11));
    let page = app.alice.post(SETTINGS, &[("alarm", "0")]).await.is(422).page();
    assert!(page.says("password"), "{}", page.text("main"));
}
