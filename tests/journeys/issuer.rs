//! Logging in by an issuer, in a real browser: to it, and back.

use crate::passkeys::at_localhost;
use crate::support::App;
use crate::support::issuer::{CLIENT, Issuer, SECRET};

#[tokio::test]
async fn an_account_is_linked_and_logged_in_to_by_an_issuer() {
    let issuer = Issuer::start().await;
    let app = App::start_with(|settings| {
        let port = settings.listen.as_deref().unwrap().rsplit(':').next().unwrap();
        settings.url = Some(format!("http://localhost:{port}"));
        settings.oidc_issuer = Some(issuer.address.clone());
        settings.oidc_client_id = Some(CLIENT.into());
        settings.oidc_client_secret = Some(SECRET.into());
        settings.oidc_name = Some("Work".into());
    })
    .await;
    let browser = at_localhost(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/settings/identity").await;
    browser.press("Link it").await;
    browser.see("Linked to").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.picture("identity").await;
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.press("Log in with Work").await;
    browser.see("Getting started").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
