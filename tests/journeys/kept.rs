//! Nothing typed is lost on a page with scripts: whatever the server answers, the words stay, and the page says what to do.

use fantoccini::Locator;
use inroad::ids::CompanyId;
use serde_json::json;

use crate::support::App;
use crate::support::person::PASSWORD;
use crate::{Browser, browser_of, visitor};

/// Alice at the form of a company, with something typed into it.
async fn typing(app: &App) -> (Browser, CompanyId) {
    let company = app.alice.company("Orbit").await;
    let browser = browser_of(app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open(&format!("/companies/{company}/edit")).await;
    browser.fill("Notes", "Mondays are planning.").await;
    (browser, company)
}

async fn notes(app: &App) -> Option<String> {
    sqlx::query_scalar("select notes from companies where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap()
}

async fn saved(browser: &Browser, app: &App) {
    for _ in 0..100 {
        if notes(app).await.as_deref() == Some("Mondays are planning.") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("not saved: {}", browser.text().await);
}

/// What stands in the box of the page, under whatever lies over it.
async fn still_there(browser: &Browser) {
    let there = "return document.querySelector('#f-notes').value === 'Mondays are planning.'";
    assert!(browser.until(there, json!(null)).await, "what was typed is gone");
}

async fn end_sessions(app: &App) {
    sqlx::query("delete from sessions").execute(&app.db).await.unwrap();
}

async fn log_in(browser: &Browser, email: &str) {
    browser.fill("E-mail", email).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Log in").await;
}

#[tokio::test]
async fn a_session_that_ends_while_typing_is_begun_again_in_place() {
    let app = App::start().await;
    let (browser, company) = typing(&app).await;
    end_sessions(&app).await;
    browser.press("Save").await;
    browser.see("You were logged out meanwhile").await;
    browser.picture("kept-log-in").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    still_there(&browser).await;
    // A wrong password, then someone else: neither gets in, and nothing is saved for anybody.
    browser.fill("E-mail", &app.alice.email).await;
    browser.fill("Password", "wrong, wrong, wrong").await;
    browser.press("Log in").await;
    browser.see("The e-mail or the password is not right").await;
    log_in(&browser, &app.charlie.email).await;
    browser.see("belongs to another account").await;
    still_there(&browser).await;
    let companies: i64 = sqlx::query_scalar("select count(*) from companies").fetch_one(&app.db).await.unwrap();
    assert_eq!((companies, notes(&app).await), (1, None));
    log_in(&browser, &app.alice.email).await;
    saved(&browser, &app).await;
    browser.see("Saved").await;
    assert_eq!(browser.path().await, format!("/companies/{company}"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_typed_into_something_deleted_stays_until_it_is_back() {
    let app = App::start().await;
    let (browser, company) = typing(&app).await;
    let deleted = app.alice.post(&format!("/companies/{company}/deletions"), &[]).await;
    deleted.to();
    browser.press("Save").await;
    browser.see("It may have been deleted").await;
    browser.see("What you typed is still on this page").await;
    browser.picture("kept-deleted").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    let link = browser.client.find(Locator::LinkText("Look in the bin")).await.unwrap();
    assert_eq!(link.attr("target").await.unwrap().as_deref(), Some("_blank"), "the words do not go with the page");
    still_there(&browser).await;
    app.alice.post(&format!("/companies/{company}/restorations"), &[]).await.to();
    browser.press("Close").await;
    browser.press("Save").await;
    // Deleting and restoring count as changes: both are shown, and what was typed is not lost.
    still_there(&browser).await;
}

#[tokio::test]
async fn what_could_not_be_sent_is_sent_again_by_one_press() {
    let app = App::start().await;
    let (browser, _) = typing(&app).await;
    // A network that fails every request, as the page sees it.
    let broken = async |script: &str| {
        browser.client.execute(script, vec![]).await.unwrap();
    };
    broken(
        "XMLHttpRequest.prototype.sent = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new ProgressEvent('error')) }",
    )
    .await;
    browser.press("Save").await;
    browser.see("Inroad cannot be reached").await;
    still_there(&browser).await;
    broken("XMLHttpRequest.prototype.send = XMLHttpRequest.prototype.sent").await;
    // The table is held as long as a statement may take: busy, and the way on stays.
    let mut held = app.db.begin().await.unwrap();
    sqlx::query("lock table companies in access exclusive mode").execute(&mut *held).await.unwrap();
    browser.press("Try again").await;
    browser.see("Busy for a moment").await;
    browser.picture("kept-busy").await;
    still_there(&browser).await;
    held.rollback().await.unwrap();
    browser.press("Try again").await;
    saved(&browser, &app).await;
}

#[tokio::test]
async fn somebody_else_who_signed_in_meanwhile_gets_none_of_it() {
    let app = App::start().await;
    let (browser, _) = typing(&app).await;
    browser.cookie("inroad", &app.charlie.token().unwrap()).await;
    browser.press("Save").await;
    browser.see("Someone else is logged in here now").await;
    still_there(&browser).await;
    assert_eq!(notes(&app).await, None);
    log_in(&browser, &app.alice.email).await;
    saved(&browser, &app).await;
}

#[tokio::test]
async fn logging_out_asks_once_about_what_is_not_sent_and_leaves_others_theirs() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/companies/new").await;
    let others = "localStorage.setItem('draft:someone-else:x', 'theirs'); return true";
    browser.client.execute(others, vec![]).await.unwrap();
    browser.fill("Companies", "Half a list of companies").await;
    browser.press("Log out").await;
    let asked = browser.client.get_alert_text().await.unwrap();
    assert!(asked.contains("Half a list of companies"), "{asked}");
    browser.client.dismiss_alert().await.unwrap();
    assert_eq!(browser.path().await, "/companies/new");
    let kept = "return Object.keys(localStorage).filter(k => k.startsWith('draft:')).length";
    assert_eq!(browser.client.execute(kept, vec![]).await.unwrap(), json!(2));
    browser.press("Log out").await;
    browser.client.accept_alert().await.unwrap();
    browser.see("You are logged out").await;
    let left = "return Object.keys(localStorage).join() === 'draft:someone-else:x' && sessionStorage.length === 0";
    assert!(browser.until(left, json!(null)).await, "own drafts go, others' stay");
}

/// What the cursor is in, by its id, label or name.
async fn cursor(browser: &Browser) -> String {
    let script = "const at = document.activeElement; return at.id || at.getAttribute('aria-label') || at.tagName";
    browser.client.execute(script, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
}

async fn keys(browser: &Browser, keys: &str) {
    browser.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

#[tokio::test]
async fn after_a_search_of_a_list_the_cursor_stays_in_its_field() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Halle Hal", None).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/contacts").await;
    browser.fill("Search contacts", "hal").await;
    keys(&browser, "\u{e007}").await;
    let found = "return location.search.includes('q=hal') && document.activeElement.type === 'search'";
    assert!(browser.until(found, json!(null)).await, "after Enter the cursor is in {}", cursor(&browser).await);
    browser.see("Halle Hal").await;
}

#[tokio::test]
async fn the_cursor_goes_to_the_first_field_that_is_wrong() {
    let app = App::start().await;
    let browser = visitor(&app).await;
    browser.open("/signup").await;
    browser.fill("Name", "Zelda").await;
    browser.fill("E-mail", "zelda@example.org").await;
    browser.press("Sign up").await;
    browser.see("Fix one thing").await;
    let wrong = "return document.activeElement.matches('[aria-invalid=true]')";
    assert!(browser.until(wrong, json!(null)).await, "the cursor is in {}", cursor(&browser).await);
}
