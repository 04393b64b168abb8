//! Passkeys, with the authenticator Chromium plays itself: added, used to log in, and as the second step.

use fantoccini::Locator;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::json;

use crate::browser::Browser;
use crate::support::person::{PASSWORD, open_session};
use crate::support::{App, Person};

/// Adds a virtual authenticator to the browser (WebAuthn level 2, section 11).
#[derive(Debug)]
struct AddAuthenticator;

impl WebDriverCompatibleCommand for AddAuthenticator {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/webauthn/authenticator", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        (http::Method::POST, Some(device.to_string()))
    }
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

/// An installation at an address that can have passkeys, and a browser where one of the cast is signed in.
pub async fn at_localhost(app: &App, person: &Person) -> Browser {
    let browser = Browser::start(app.config.url.as_ref().unwrap().as_str().trim_end_matches('/')).await;
    open_session(app, person, None).await;
    browser.cookie("inroad", &person.token().unwrap()).await;
    browser
}

/// An installation whose address can have passkeys.
async fn start() -> App {
    App::start_with(|settings| {
        let port = settings.listen.as_deref().unwrap().rsplit(':').next().unwrap();
        settings.url = Some(format!("http://localhost:{port}"));
    })
    .await
}

/// How many passkeys were asked for of browsers that nobody is signed in to.
async fn asked(app: &App) -> i64 {
    let sql = "select count(*) from ceremonies where kind = 'passkey_login'";
    sqlx::query_scalar(sql).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn a_passkey_is_added_logs_in_and_is_the_second_step() {
    let app = start().await;
    let browser = at_localhost(&app, &app.alice).await;
    browser.client.issue_cmd(AddAuthenticator).await.unwrap();
    browser.listen_for_complaints().await;
    browser.open("/settings/passkeys").await;
    looks_well(&browser, "passkeys-none").await;
    browser.press("Add a passkey").await;
    browser.see("Your browser asks where to keep it").await;
    looks_well(&browser, "passkey-new").await;
    browser.fill("Name", "My laptop").await;
    browser.press("Add it").await;
    browser.see("Your passkey is added").await;
    looks_well(&browser, "passkeys").await;

    browser.press("Log out").await;
    browser.see("You are logged out").await;
    looks_well(&browser, "login-passkey").await;
    browser.press("Log in with a passkey").await;
    browser.see("Getting started").await;

    browser.open("/settings/passkeys").await;
    browser.see("last used").await;
    browser.press("Turn it on").await;
    browser.see("The second step is on").await;
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    // As in a browser that offers nothing at the field: this one's authenticator answers by itself.
    let offers_nothing = "PublicKeyCredential.isConditionalMediationAvailable = async () => false";
    browser.client.execute(offers_nothing, vec![]).await.unwrap();
    browser.fill("E-mail", &app.alice.email).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Log in").await;
    browser.see("Use your passkey").await;
    looks_well(&browser, "login-code-passkey").await;
    browser.press("Use a passkey").await;
    browser.see("Getting started").await;
    browser.open("/confirm?next=/settings/email").await;
    looks_well(&browser, "confirm-passkey").await;
    browser.press("Use a passkey").await;
    browser.see("You log in with it from then on").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_passkey_is_offered_where_the_address_is_typed_once_somebody_is_there() {
    let app = start().await;
    let browser = at_localhost(&app, &app.alice).await;
    browser.client.issue_cmd(AddAuthenticator).await.unwrap();
    browser.listen_for_complaints().await;
    browser.open("/settings/passkeys/new").await;
    browser.fill("Name", "My laptop").await;
    browser.press("Add it").await;
    browser.see("Your passkey is added").await;
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.open("/login?next=/settings/passkeys").await;
    let at_the_field = "return document.activeElement.matches('[autocomplete=\"username webauthn\"]')";
    assert!(browser.until(at_the_field, json!(null)).await, "the page opens at the field");
    assert_eq!(asked(&app).await, 0, "a page that is only opened asks for nothing");
    let field = browser.client.find(Locator::Css("[autocomplete~=webauthn]")).await.unwrap();
    field.click().await.unwrap();
    browser.see("last used").await;
    assert_eq!(browser.path().await, "/settings/passkeys");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_button_asks_plainly_whatever_was_offered() {
    let app = start().await;
    let browser = Browser::start(app.config.url.as_ref().unwrap().as_str().trim_end_matches('/')).await;
    browser.client.issue_cmd(AddAuthenticator).await.unwrap();
    browser.listen_for_complaints().await;
    browser.open("/login").await;
    let field = browser.client.find(Locator::Css("[autocomplete~=webauthn]")).await.unwrap();
    field.click().await.unwrap();
    let start = std::time::Instant::now();
    while asked(&app).await == 0 {
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "the browser is asked for what it has");
    }
    browser.press("Log in with a passkey").await;
    browser.see("No passkey was used.").await;
    assert_eq!(asked(&app).await, 2, "both were asked for, and the second is the button's");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
