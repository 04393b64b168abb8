//! Passkeys, with the authenticator Chromium plays itself: added, used to log in, and as the second step.

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

#[tokio::test]
async fn a_passkey_is_added_logs_in_and_is_the_second_step() {
    let app = App::start_with(|settings| {
        let port = settings.listen.as_deref().unwrap().rsplit(':').next().unwrap();
        settings.url = Some(format!("http://localhost:{port}"));
    })
    .await;
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
