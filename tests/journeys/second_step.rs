//! The second step at login, from setting it up to a lost phone.

use data_encoding::BASE32_NOPAD;
use jiff::SignedDuration;
use totp_rs::Builder;

use crate::browser::Browser;
use crate::browser_of;
use crate::support::App;
use crate::support::person::PASSWORD;

/// What an element of the page says or holds.
async fn read(browser: &Browser, css: &str) -> String {
    let script = "const e = document.querySelector(arguments[0]); return e.value ?? e.textContent";
    let found = browser.client.execute(script, vec![css.into()]).await.unwrap();
    found.as_str().unwrap().to_owned()
}

async fn looks_well(browser: &Browser, name: &str) {
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}");
        browser.picture(&format!("{name}-{scheme}")).await;
    }
    browser.size(320, 700).await;
    assert!(browser.overflow().await <= 0, "{name} at 320");
    browser.picture(&format!("{name}-320")).await;
    browser.size(1280, 900).await;
    browser.scheme("light").await;
}

async fn log_in(browser: &Browser, app: &App) {
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.fill("E-mail", &app.alice.email).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Log in").await;
    browser.see("Enter your code").await;
    app.pass(SignedDuration::from_secs(60));
}

#[tokio::test]
async fn a_second_step_is_set_up_used_and_survives_a_lost_phone() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/settings/security").await;
    browser.press("Set it up").await;
    browser.see("Any app for such codes will do").await;
    looks_well(&browser, "second-step-off").await;
    browser.press("Set it up").await;
    browser.see("Scan this with your authenticator app").await;
    looks_well(&browser, "second-step-secret").await;
    let secret = BASE32_NOPAD.decode(read(&browser, "#secret").await.replace(' ', "").as_bytes()).unwrap();
    let totp = Builder::new().with_secret(secret).with_step_duration(30).build_noncompliant();
    let shown = || totp.generate(u64::try_from(app.now().as_second()).unwrap()).to_string();
    browser.fill("Code", &shown()).await;
    browser.press("Turn it on").await;
    browser.see("The second step is on").await;
    looks_well(&browser, "recovery-codes").await;
    let codes: Vec<String> = read(&browser, "#recovery-codes").await.split_whitespace().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10);
    browser.press("I saved them").await;
    browser.see("10 recovery codes are left").await;
    looks_well(&browser, "second-step-on").await;

    log_in(&browser, &app).await;
    looks_well(&browser, "login-code").await;
    browser.fill("Code", "000000").await;
    browser.press("Log in").await;
    browser.see("That code isn't right").await;
    browser.fill("Code", &shown()).await;
    browser.press("Log in").await;
    browser.see("Getting started").await;

    log_in(&browser, &app).await;
    browser.press("Use a recovery code").await;
    browser.see("Each works once").await;
    looks_well(&browser, "login-recovery-code").await;
    browser.fill("Recovery code", &codes[0]).await;
    browser.press("Log in").await;
    browser.see("Getting started").await;
    browser.open("/settings/second-step").await;
    browser.see("9 recovery codes are left").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
