//! What other sites, other people and the back button must not be able to do.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::App;
use crate::{browser_of, visitor};

#[tokio::test]
async fn another_sites_form_changes_nothing() {
    let app = App::start().await;
    let target = format!("http://{}/companies", app.address);
    let page = format!(
        "<!doctype html><form method=post action='{target}'><input name=companies value=Planted><input name=found_by value=own_idea>\
         </form><script>document.forms[0].submit()</script>"
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let evil = format!("http://{}/", listener.local_addr().unwrap());
    let site = Router::new().route("/", get(move || async move { Html(page) }));
    tokio::spawn(async move { axum::serve(listener, site).await });

    let browser = browser_of(&app, &app.alice).await;
    browser.client.goto(&evil).await.unwrap();
    browser.see("That came from somewhere else").await;
    browser.open("/companies").await;
    browser.see("Start with ten companies").await;
}

#[tokio::test]
async fn after_logging_out_the_back_button_shows_nothing() {
    let app = App::start().await;
    app.alice.company("Secret Orbit").await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/companies").await;
    browser.see("Secret Orbit").await;
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.client.back().await.unwrap();
    browser.see("Log in").await;
    assert!(!browser.text().await.contains("Secret Orbit"));
    let kept = "return Object.keys(localStorage).length === 0 && Object.keys(sessionStorage).length === 0";
    assert!(browser.until(kept, json!(null)).await, "something is left in the browser's storage");
}

#[tokio::test]
async fn what_people_type_is_shown_and_never_run() {
    let app = App::start().await;
    let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "</title><script>alert(1)</script>",
        "<svg/onload=alert(1)>",
        "{{constructor.constructor('alert(1)')()}}",
        "javascript:alert(1)//",
        "<a href=\"javascript:alert(1)\">x</a>",
    ];
    for payload in payloads {
        app.alice.company(payload).await;
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    for path in ["/companies", "/", "/companies?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/companies/new"] {
        browser.open(path).await;
        browser.see("Inroad").await;
        assert_eq!(browser.complaints().await, Vec::<String>::new(), "on {path}");
    }
    browser.open("/companies").await;
    for payload in payloads {
        browser.see(payload).await;
    }
}

#[tokio::test]
async fn a_stranger_is_asked_to_log_in_and_comes_back_to_the_page() {
    let app = App::start().await;
    let browser = visitor(&app).await;
    browser.open("/companies?show=all").await;
    browser.see("Log in").await;
    browser.fill("E-mail", &app.alice.email).await;
    browser.fill("Password", crate::support::person::PASSWORD).await;
    browser.press("Log in").await;
    browser.see("Start with ten companies").await;
    assert_eq!(browser.client.current_url().await.unwrap().query(), Some("show=all"));
}
