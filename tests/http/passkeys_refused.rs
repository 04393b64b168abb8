//! Answers of passkeys that prove nothing: replayed, meant for another, copied, or of who may not log in.

use jiff::SignedDuration;
use serde_json::Value;

use crate::passkeys::{add, asked, log_in_by, start};
use crate::support::authenticator::Authenticator;
use crate::support::{App, Person};

const NOT_RIGHT: &str = "That didn't work. Try again, or log in another way";

/// Sends an answer, which is refused with these words, and logs nobody in.
async fn refused(person: &Person, answer: &str, words: &str) {
    let page = person.post("/login/passkey", &[("passkey", answer)]).await.is(422).page();
    assert_eq!(page.text("[role=alert]"), words);
    assert_ne!(person.get("/companies").await.status, 200);
}

async fn options(person: &Person) -> Value {
    asked(person, "/login/passkey-challenges").await
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_was_asked_and_for_minutes() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    let browser = app.visitor();
    let answer = device.answer(&options(&browser).await);
    let other = app.visitor();
    refused(&other, &answer, NOT_RIGHT).await;
    options(&other).await;
    refused(&other, &answer, NOT_RIGHT).await;
    let cookie = browser.cookies();
    assert_eq!(browser.post("/login/passkey", &[("passkey", &answer)]).await.to(), "/");
    other.keep_cookie(cookie.split("; ").find(|pair| pair.starts_with("ceremony=")).unwrap());
    refused(&other, &answer, NOT_RIGHT).await;
    let late = device.answer(&options(&other).await);
    app.pass(SignedDuration::from_mins(5));
    refused(&other, &late, NOT_RIGHT).await;
    for nothing in ["", "{}", "null", "[]", "\u{0}", &"x".repeat(5000)] {
        options(&other).await;
        refused(&other, nothing, NOT_RIGHT).await;
    }
}

/// What a device with a passkey of alice's answers once it was changed.
async fn changed(app: &App, device: &mut Authenticator, change: impl FnOnce(&mut Authenticator)) {
    let browser = app.visitor();
    let asked = options(&browser).await;
    change(device);
    refused(&browser, &device.answer(&asked), NOT_RIGHT).await;
}

#[tokio::test]
async fn an_answer_for_another_site_or_person_or_from_a_locked_device_is_refused() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    changed(&app, &mut device, |device| device.origin = "https://evil.example".into()).await;
    changed(&app, &mut device, |device| device.origin = "http://localhost:1".into()).await;
    device.origin = origin.clone();
    changed(&app, &mut device, |device| device.site = "evil.example".into()).await;
    device.site = "localhost".into();
    changed(&app, &mut device, |device| device.unlocked = false).await;
    device.unlocked = true;
    let own = device.user.clone();
    changed(&app, &mut device, |device| device.user = app.charlie.id.0.as_bytes().to_vec()).await;
    device.user = own;
    assert_eq!(log_in_by(&app.visitor(), &mut device).await.to(), "/companies", "it is right otherwise");
}

#[tokio::test]
async fn a_copy_of_a_passkey_is_refused_and_told() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Blue key").await;
    for _ in 0..3 {
        log_in_by(&app.visitor(), &mut device).await.to();
    }
    device.counter = 1;
    let browser = app.visitor();
    let answer = device.answer(&options(&browser).await);
    let words = "This passkey may have been copied, so it no longer counts. Remove it under Security";
    refused(&browser, &answer, words).await;
    let log = app.alice.get("/settings/activity").await.page();
    assert!(log.says("Passkey refused: it may have been copied") && log.says("Blue key"));
}

#[tokio::test]
async fn whoever_is_disabled_stays_out() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    app.dora.post(&format!("/admin/accounts/{}", app.alice.id), &[("change", "disable")]).await.to();
    let browser = app.visitor();
    let answer = device.answer(&options(&browser).await);
    refused(&browser, &answer, NOT_RIGHT).await;
}

#[tokio::test]
async fn a_new_passkey_is_made_for_who_asked_and_once() {
    let (app, origin) = start().await;
    let asked = asked(&app.alice, "/settings/passkeys/challenges").await;
    let (_, answer) = Authenticator::make(&origin, &asked);
    let fields = [("name", "Key"), ("passkey", answer.as_str())];
    app.charlie.post("/settings/passkeys", &fields).await.is(422);
    app.alice.post("/settings/passkeys", &fields).await.to();
    app.alice.post("/settings/passkeys", &fields).await.is(422);
    let (_, elsewhere) = Authenticator::make("https://evil.example", &asked);
    app.alice.post("/settings/passkeys", &[("name", "Key"), ("passkey", &elsewhere)]).await.is(422);
    app.pass(SignedDuration::from_mins(11));
    let answer = app.alice.post("/settings/passkeys/challenges", &[]).await.is(422);
    assert!(answer.body.contains("Password"), "the password is asked for first");
}
