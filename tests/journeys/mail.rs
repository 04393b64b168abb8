//! Mail in a real browser: from a forgotten password to being logged in again.

use crate::support::{App, Sink};
use crate::{Browser, visitor};

const NEW: &str = "seven quiet herons at dusk";

#[tokio::test]
async fn a_forgotten_password_leads_back_in() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    app.confirm_address(&app.alice).await;
    let browser: Browser = visitor(&app).await;
    browser.listen_for_complaints().await;
    browser.open("/login").await;
    browser.press("Forgot your password?").await;
    browser.see("A link for a new password comes by mail.").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.picture("forgotten-password").await;
    browser.fill("E-mail", "alice@example.org").await;
    browser.press("Send the link").await;
    browser.see("a mail with a link is on its way").await;
    app.send_mail().await;
    browser.open(&sink.one().link()).await;
    browser.see("Choose a new password").await;
    browser.fill("New password", NEW).await;
    browser.press("Set the password").await;
    browser.see("Your new password is set").await;
    browser.fill("E-mail", "alice@example.org").await;
    browser.fill("Password", NEW).await;
    browser.press("Log in").await;
    browser.see("Getting started").await;
    assert!(browser.complaints().await.is_empty(), "{:?}", browser.complaints().await);

    // The address is hers, and says so in her settings; Charlie's does not yet, and asks calmly.
    browser.open("/settings/profile").await;
    browser.see("You log in with alice@example.org").await;
    sqlx::query("update users set email_confirmed_at = null").execute(&app.db).await.unwrap();
    browser.open("/settings/profile").await;
    browser.see("It isn't confirmed yet").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.press("Send the mail to confirm it").await;
    browser.see("A mail to alice@example.org is on its way.").await;
    app.send_mail().await;
    let mail = sink.take().pop().unwrap();
    browser.open(&mail.link()).await;
    browser.see("Confirm your e-mail address").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.press("Confirm").await;
    browser.see("Your e-mail address is confirmed.").await;
}
