//! Notices on devices: which browsers show them, what comes there and that it comes once, and browsers that are gone.

use inroad::routes::{TABLE, Who};
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;

use super::reminders::{picked, wish};
use crate::support::person::PASSWORD;
use crate::support::push::{DEVICES, PushService, Subscriber};
use crate::support::{App, Page, Person};

const SETTINGS: &str = "/settings/reminders";

/// The program with a service of notices, and none of mail.
async fn start() -> (App, PushService) {
    let service = PushService::start().await;
    let app = App::start_with(|settings| service.set_up(settings)).await;
    (app, service)
}

/// Moves the clock there, and tells what is due.
async fn at(app: &App, instant: &str) -> usize {
    app.clock.set(instant.parse().unwrap());
    app.remind().await;
    app.send_notices().await
}

async fn count(app: &App, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&app.db).await.unwrap()
}

async fn devices_of(app: &App, person: &Person) -> i64 {
    let sql = "select count(*) from push_devices where owner_id = $1";
    sqlx::query_scalar(sql).bind(person.id).fetch_one(&app.db).await.unwrap()
}

async fn settings(person: &Person) -> Page {
    person.get(SETTINGS).await.is(200).page()
}

/// Alice's browser at that place of the service, and a daily notice at 8 with something to tell.
async fn notified(app: &App, service: &PushService) -> Subscriber {
    let browser = Subscriber::new("alices-phone");
    assert_eq!(browser.subscribe(&app.alice, &service.endpoint(browser.name)).await.to(), SETTINGS);
    wish(&app.alice, &[("digest", "8"), ("digest_by_notice", "true")]).await;
    picked(&app.alice, "Grace Hopper").await;
    browser
}

#[tokio::test]
async fn a_notice_says_what_is_due_names_no_one_and_is_read_by_that_browser_alone() {
    let (app, service) = start().await;
    let browser = notified(&app, &service).await;
    let key = settings(&app.alice).await.all("[data-notify]")[0].attr("data-notify").unwrap().to_owned();
    assert_eq!(at(&app, "2026-11-25T08:00:00Z").await, 1);
    let pushed = service.one();
    let said = browser.read(&pushed).unwrap();
    assert_eq!((said["title"].as_str(), said["address"].as_str()), (Some("Today: 1 thing to do"), Some("/")));
    assert!(!said.to_string().contains("Grace"), "{said}");
    assert!(Subscriber::new("another").read(&pushed).is_none());
    let claims = pushed.proven(&key);
    let now = app.now().as_second();
    assert_eq!(claims["aud"].as_str().unwrap(), format!("http://{}", service.address));
    assert!((now..=now + 24 * 3600).contains(&claims["exp"].as_i64().unwrap()), "{claims}");
    assert!(claims["sub"].as_str().unwrap().starts_with("mailto:"), "{claims}");
    assert_eq!((pushed.header("topic"), pushed.header("urgency"), pushed.header("ttl")), ("digest", "normal", "57600"));
    // Once a day, and the page says when.
    assert_eq!(at(&app, "2026-11-25T09:00:00Z").await, 0);
    assert!(settings(&app.alice).await.says("last notice today, 08:00"));
}

#[tokio::test]
async fn a_talk_is_told_of_until_it_begins_and_by_mail_too_where_that_is_wished_for() {
    let (app, service) = start().await;
    let browser = notified(&app, &service).await;
    let grace = picked(&app.alice, "Ada Byron").await;
    wish(&app.alice, &[("talk", "hour"), ("talk_by_notice", "true")]).await;
    app.pass(SignedDuration::from_mins(1));
    app.alice.post(&format!("/contacts/{grace}/touchpoints"), &[("kind", "accepted")]).await.to();
    let page = app.alice.get(&format!("/interviews/new?contact={grace}")).await.is(200).page();
    let to = page.form_to("/interviews").set("date", "2026-11-26").set("time", "14:00").submit(&app.alice).await.to();
    let talk = to.trim_start_matches("/interviews/").split('/').next().unwrap();
    assert_eq!(at(&app, "2026-11-26T13:00:00Z").await, 1);
    let pushed = service.one();
    let said = browser.read(&pushed).unwrap();
    assert_eq!(said["title"], "A talk at 14:00");
    assert_eq!(said["address"], format!("/interviews/{talk}"));
    assert!(!said.to_string().contains("Ada"), "{said}");
    assert_eq!((pushed.header("urgency"), pushed.header("ttl")), ("high", "3600"));
    assert_eq!(pushed.header("topic").len(), 32);
}

#[tokio::test]
async fn a_reminder_comes_once_though_two_programs_look_and_send_at_once() {
    let (app, service) = start().await;
    notified(&app, &service).await;
    app.clock.set("2026-11-25T08:00:00Z".parse().unwrap());
    let told = tokio::join!(app.remind(), app.remind());
    assert_eq!(told.0 + told.1, 1);
    assert_eq!(count(&app, "select count(*) from notices").await, 1);
    let sent = tokio::join!(app.send_notices(), app.send_notices());
    assert_eq!(sent.0 + sent.1, 1);
    service.one();
    assert_eq!(count(&app, "select count(*) from notices").await, 0);
}

#[tokio::test]
async fn a_service_that_is_away_is_asked_again_until_it_is_too_late() {
    let (app, service) = start().await;
    let browser = notified(&app, &service).await;
    service.refuse(browser.name, &[503, 429]);
    assert_eq!(at(&app, "2026-11-25T08:00:00Z").await, 1);
    assert_eq!(app.send_notices().await, 0, "not at once");
    for (seconds, taken) in [(10, 0), (30, 1)] {
        app.pass(SignedDuration::from_secs(seconds));
        assert_eq!(app.send_notices().await, 1);
        assert_eq!(service.take().len(), taken);
    }
    // The day is over before it comes back.
    service.refuse(browser.name, &[503; 40]);
    at(&app, "2026-11-26T08:00:00Z").await;
    for _ in 0..40 {
        app.pass(SignedDuration::from_hours(1));
        app.send_notices().await;
    }
    assert_eq!(count(&app, "select count(*) from notices").await, 0);
    assert!(service.take().is_empty());
    assert_eq!(devices_of(&app, &app.alice).await, 1);
}

#[tokio::test]
async fn what_a_killed_program_held_another_sends() {
    let (app, service) = start().await;
    notified(&app, &service).await;
    app.clock.set("2026-11-25T08:00:00Z".parse().unwrap());
    app.remind().await;
    let until: Timestamp = app.now() + SignedDuration::from_mins(1);
    let held = inroad::notices::queries::claim(&app.db, app.now(), until).await.unwrap();
    assert!(held.is_some());
    assert_eq!(app.send_notices().await, 0, "it may still be sending");
    app.pass(SignedDuration::from_mins(1));
    assert_eq!(app.send_notices().await, 1);
    service.one();
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_what_is_refused_for_good_is_not_tried_again() {
    let (app, service) = start().await;
    let browser = notified(&app, &service).await;
    for (status, left) in [(400, 1), (301, 1), (410, 0)] {
        service.refuse(browser.name, &[status]);
        assert_eq!(
            at(&app, &format!("2026-11-{}T08:00:00Z", 25 + i32::from(status != 400) + i32::from(status == 410))).await,
            1
        );
        app.pass(SignedDuration::from_mins(10));
        assert_eq!(app.send_notices().await, 0, "{status}");
        assert_eq!(devices_of(&app, &app.alice).await, left, "{status}");
    }
    assert!(service.take().is_empty());
}

#[tokio::test]
async fn only_known_services_are_asked() {
    let (app, _service) = start().await;
    let browser = Subscriber::new("phone");
    for (endpoint, said) in [
        ("https://push.evil.example/x", "Notices for this browser go through push.evil.example"),
        ("https://169.254.169.254/latest", "Notices for this browser go through 169.254.169.254"),
        ("http://127.0.0.1:1/x", "Notices for this browser go through 127.0.0.1"),
        ("https://push.evil.example/x", "which isn't one this Inroad uses"),
        ("file:///etc/passwd", "Your browser didn't say how to reach it"),
        ("", "Your browser didn't say how to reach it"),
    ] {
        let answer = browser.subscribe(&app.alice, endpoint).await;
        assert!(app.alice.follow(&answer).await.toast().contains(said), "{endpoint}");
    }
    let key: Vec<(&str, &str)> = vec![("endpoint", "https://fcm.googleapis.com/x"), ("p256dh", "x"), ("auth", "x")];
    app.alice.post(DEVICES, &key).await.to();
    assert_eq!(count(&app, "select count(*) from push_devices").await, 0);
}

#[tokio::test]
async fn an_account_has_twenty_devices_and_a_browser_one_account() {
    let (app, service) = start().await;
    let browser = Subscriber::new("phone");
    for nr in 0..21 {
        let answer = browser.subscribe(&app.alice, &service.endpoint(&format!("phone-{nr}"))).await;
        let said = app.alice.follow(&answer).await.toast();
        let expected = if nr < 20 { "This device shows your notices now." } else { "There are 20 devices." };
        assert!(said.contains(expected), "{nr}: {said}");
    }
    // One that is there says itself anew; charlie's login on it makes it his.
    browser.subscribe(&app.alice, &service.endpoint("phone-3")).await.to();
    assert_eq!(devices_of(&app, &app.alice).await, 20);
    browser.subscribe(&app.charlie, &service.endpoint("phone-3")).await.to();
    assert_eq!((devices_of(&app, &app.alice).await, devices_of(&app, &app.charlie).await), (19, 1));
}

#[tokio::test]
async fn a_device_is_tried_and_stopped_by_its_owner_alone() {
    let (app, service) = start().await;
    let browser = Subscriber::new("phone");
    browser.subscribe(&app.alice, &service.endpoint(browser.name)).await.to();
    let page = settings(&app.alice).await;
    assert!(page.says("this device") && page.says("no notice yet"));
    let id: uuid::Uuid = sqlx::query_scalar("select id from push_devices").fetch_one(&app.db).await.unwrap();
    let path = format!("{DEVICES}/{id}");
    for deed in ["tests", "ends"] {
        app.charlie.post(&format!("{path}/{deed}"), &[]).await.is(404);
    }
    page.form_to(&format!("{path}/tests")).submit(&app.alice).await.to();
    assert_eq!(app.send_notices().await, 1);
    assert_eq!(browser.read(&service.one()).unwrap()["title"], "A test notice");
    page.form_to(&format!("{path}/ends")).submit(&app.alice).await.to();
    assert_eq!(devices_of(&app, &app.alice).await, 0);
    app.alice.post(&format!("{path}/tests"), &[]).await.is(404);
    assert!(TABLE.iter().filter(|row| row.path.starts_with(DEVICES)).all(|row| row.who == Who::Owner));
}

#[tokio::test]
async fn notices_end_with_the_login_they_were_asked_for_in() {
    let (app, service) = start().await;
    let browser = Subscriber::new("phone");
    let add = async |person: &Person, name: &str| {
        browser.subscribe(person, &service.endpoint(name)).await.to();
    };
    let other = app.another_browser(&app.alice).await;
    add(&app.alice, "desk").await;
    add(&other, "phone").await;
    other.post("/logout", &[]).await.to();
    assert_eq!(devices_of(&app, &app.alice).await, 1, "the one that stays logged in");
    let third = app.another_browser(&app.alice).await;
    add(&third, "phone").await;
    app.alice.post("/settings/sessions/ends", &[]).await.to();
    assert_eq!(devices_of(&app, &app.alice).await, 1);
    // Somebody else logs in where Alice still was: what came there was hers.
    app.alice.post("/login", &[("email", app.charlie.email.as_str()), ("password", PASSWORD)]).await.to();
    assert_eq!(devices_of(&app, &app.alice).await, 0);
}

#[tokio::test]
async fn a_browser_that_moves_is_followed_if_it_is_the_accounts() {
    let (app, service) = start().await;
    let browser = Subscriber::new("phone");
    browser.subscribe(&app.alice, &service.endpoint("before")).await.to();
    let fields = browser.fields(&service.endpoint("after"));
    let was = service.endpoint("before");
    let mut sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    sent.push(("was", &was));
    app.charlie.post(DEVICES, &sent).await.is(404);
    app.alice.post(DEVICES, &sent).await.to();
    app.alice.post(DEVICES, &sent).await.is(404);
    let there: Vec<String> = sqlx::query_scalar("select endpoint from push_devices").fetch_all(&app.db).await.unwrap();
    assert_eq!(there, [service.endpoint("after")]);
}

#[tokio::test]
async fn without_mail_notices_come_all_the_same_and_the_page_says_what_is_missing() {
    let (app, service) = start().await;
    let page = settings(&app.charlie).await;
    assert!(page.says("This Inroad sends no mail") && !page.has("input[name='digest_by_mail']"));
    assert_eq!(page.form_to(SETTINGS).value("digest_by_notice"), "true");
    page.form_to(SETTINGS).fill("What's due today", "8").submit(&app.charlie).await.to();
    assert!(settings(&app.charlie).await.says("No device shows notices yet"));
    let refused = app.charlie.post(SETTINGS, &[("talk", "hour"), ("talk_by_mail", "true")]).await.is(422).page();
    assert_eq!(refused.error_of("Before a talk"), "This Inroad sends no mail");
    let refused = app.charlie.post(SETTINGS, &[("talk", "hour")]).await.is(422).page();
    assert_eq!(refused.error_of("Before a talk"), "Tick how it comes: by mail, as a notice, or both");
    assert!(service.take().is_empty());
}
