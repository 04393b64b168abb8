//! An issuer that lies, changes its keys, or is away; and answers that belong to another browser, or come twice.

use jiff::SignedDuration;
use serde_json::json;

use crate::issuer::{leave, link, log_in_by, start};
use crate::sign_in::log_in;
use crate::support::issuer::{Answers, Issuer, Signs};
use crate::support::{Answer, App};

const NOT_BELIEVED: &str =
    "Inroad can't trust what Work answered. Try again; if this stays, tell the person who runs this Inroad.";
const AWAY: &str = "Work doesn't answer right now. Log in another way, or try again later.";

fn not_believed(answer: Answer, what: &str) {
    assert_eq!(answer.status, 422, "{what}: {}", answer.gist());
    assert_eq!(answer.page().text("[role=alert]"), NOT_BELIEVED, "{what}");
}

/// An installation whose alice is linked.
async fn linked() -> (App, Issuer) {
    let (app, issuer) = start(&[]).await;
    link(&app.alice, &issuer).await;
    (app, issuer)
}

#[tokio::test]
async fn no_lie_logs_anybody_in() {
    let (app, issuer) = linked().await;
    let now = app.now().as_second();
    let lies = [
        ("another issuer", json!({ "iss": "https://evil.example" })),
        ("an issuer that is nearly its name", json!({ "iss": format!("{}/", issuer.address) })),
        ("no issuer", json!({ "iss": null })),
        ("another audience", json!({ "aud": "someone else" })),
        ("one more audience", json!({ "aud": ["inroad", "someone else"] })),
        ("no audience", json!({ "aud": [] })),
        ("another party", json!({ "azp": "someone else" })),
        ("another nonce", json!({ "nonce": "of another login" })),
        ("no nonce", json!({ "nonce": null })),
        ("expired", json!({ "exp": now - 61 })),
        ("no end", json!({ "exp": null })),
        ("of the future", json!({ "iat": now + 120 })),
        ("nobody", json!({ "sub": "" })),
        ("no subject", json!({ "sub": null })),
        ("too long a subject", json!({ "sub": "x".repeat(256) })),
        ("a subject with a NUL", json!({ "sub": "grace\u{0}" })),
    ];
    for (what, claims) in lies {
        issuer.says().claims = claims;
        let browser = app.visitor();
        not_believed(log_in_by(&browser, &issuer).await, what);
        assert_ne!(browser.get("/companies").await.status, 200, "{what}");
    }
    issuer.says().claims = json!({});
    for signs in [Signs::None, Signs::Hs256, Signs::Unpublished, Signs::Tampered] {
        issuer.says().signs = signs;
        not_believed(log_in_by(&app.visitor(), &issuer).await, &format!("{signs:?}"));
    }
    for signs in [Signs::Rs256, Signs::EdDsa] {
        issuer.says().signs = signs;
        assert_eq!(log_in_by(&app.visitor(), &issuer).await.to(), "/companies", "{signs:?}");
    }
    issuer.says().claims = json!({ "exp": now - 30, "iat": now + 30 });
    assert_eq!(log_in_by(&app.visitor(), &issuer).await.to(), "/companies", "clocks differ a little");
}

#[tokio::test]
async fn new_keys_are_fetched_when_they_are_met_and_not_at_each_try() {
    let (app, issuer) = linked().await;
    issuer.says().signs = Signs::EdDsa;
    issuer.change_keys();
    not_believed(log_in_by(&app.visitor(), &issuer).await, "it was asked for its keys this minute");
    app.pass(SignedDuration::from_secs(61));
    issuer.says().now = app.now();
    assert_eq!(log_in_by(&app.visitor(), &issuer).await.to(), "/companies");
}

#[tokio::test]
async fn an_issuer_that_is_away_keeps_nobody_from_their_password() {
    for answers in [Answers::WithAnError, Answers::Hugely, Answers::Elsewhere, Answers::Slowly] {
        let (app, issuer) = start(&[]).await;
        issuer.says().answers = answers;
        let browser = app.browser_of(&app.alice);
        let form = browser.get("/login").await.is(200).page().form_to("/login/issuer");
        let page = form.submit(&browser).await.is(503).page();
        assert_eq!(page.text("[role=alert]"), AWAY, "{answers:?}");
        assert_eq!(log_in(&browser).await.to(), "/");
    }
    let (app, issuer) = start(&[]).await;
    drop(issuer);
    let page = app.visitor().post("/login/issuer", &[]).await.is(503).page();
    assert_eq!(page.text("[role=alert]"), AWAY, "nobody is there");
}

#[tokio::test]
async fn an_issuer_that_calls_itself_otherwise_is_not_asked() {
    let (app, issuer) = start(&[]).await;
    issuer.says().issuer = Some("https://evil.example".into());
    app.visitor().post("/login/issuer", &[]).await.is(503);
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_left_and_for_minutes() {
    let (app, issuer) = linked().await;
    let (browser, other) = (app.visitor(), app.visitor());
    let back = leave(&browser, &issuer).await;
    assert_eq!(other.get(&back).await.to(), "/login", "another browser's");
    let cookies = browser.cookies();
    let mixed = leave(&other, &issuer).await;
    not_believed(browser.get(&mixed).await, "the state of another login");
    assert_eq!(browser.get(&back).await.to(), "/login", "it was waited for once");
    let back = leave(&browser, &issuer).await;
    let kept = browser.cookies();
    assert_eq!(browser.get(&back).await.to(), "/companies");
    let thief = app.visitor();
    for cookie in [&cookies, &kept] {
        thief.keep_cookie(cookie.split("; ").find(|pair| pair.starts_with("ceremony=")).unwrap());
        assert_eq!(thief.get(&back).await.to(), "/login", "replayed");
    }
    let late = leave(&thief, &issuer).await;
    app.pass(SignedDuration::from_mins(5));
    assert_eq!(thief.get(&late).await.to(), "/login", "late");
    for wrong in ["", "?error=access_denied", "?code=made-up&state=made-up"] {
        let back = leave(&thief, &issuer).await;
        let state = back.split("state=").nth(1).unwrap().to_owned();
        let answer = match wrong {
            "?error=access_denied" => format!("/login/issuer/answer?error=access_denied&state={state}"),
            "" => format!("/login/issuer/answer?code=made-up&state={state}"),
            other => format!("/login/issuer/answer{other}"),
        };
        not_believed(thief.get(&answer).await, wrong);
    }
    let back = leave(&thief, &issuer).await;
    not_believed(thief.get(&format!("{back}&iss=https://evil.example")).await, "another issuer's answer");
}

#[tokio::test]
async fn what_someone_linked_is_theirs_and_logged_out_nothing_is_linked() {
    let (app, issuer) = start(&[]).await;
    let form = app.alice.get("/settings/identity").await.page().form_to("/settings/identity");
    let back = crate::issuer::sent_back(&issuer, form.submit(&app.alice).await).await;
    app.alice.post("/logout", &[]).await.to();
    assert_eq!(app.alice.get(&back).await.to(), "/login");
    let linked: i64 = sqlx::query_scalar("select count(*) from identities").fetch_one(&app.db).await.unwrap();
    assert_eq!(linked, 0);
}
