//! Logging in and out; what a session is good for.

use std::collections::HashSet;
use std::time::Instant;

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::person::{PASSWORD, add_account};
use crate::support::{Answer, App, Person};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub async fn log_in_with(person: &Person, email: &str, password: &str) -> Answer {
    let page = person.get("/login").await.is(200).page();
    page.form_to("/login").fill("E-mail", email).fill("Password", password).submit(person).await
}

pub async fn log_in(person: &Person) -> Answer {
    log_in_with(person, &person.email, PASSWORD).await
}

async fn is_signed_in(person: &Person) -> bool {
    person.get("/companies").await.status == 200
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_look_the_same() {
    let app = App::start().await;
    let visitor = app.visitor();
    let wrong = log_in_with(&visitor, "alice@example.org", "wrong, wrong, wrong").await.is(422);
    let unknown = log_in_with(&visitor, "zelda@example.org", "wrong, wrong, wrong").await.is(422);
    assert_eq!(wrong.body.replace("alice@", "zelda@"), unknown.body);
    assert_eq!(wrong.page().error_of("E-mail"), "The e-mail or the password is not right");
    assert_eq!(wrong.page().form_to("/login").filled("Password"), "");
    assert_eq!(wrong.page().link("Sign up"), visitor.get("/login").await.page().link("Sign up"));
}

#[tokio::test]
async fn an_unknown_address_takes_as_long_as_a_wrong_password() {
    let app = App::start().await;
    let visitor = app.visitor();
    let mut medians = Vec::new();
    for email in ["alice@example.org", "zelda@example.org"] {
        let mut times = Vec::new();
        for _ in 0..9 {
            let began = Instant::now();
            visitor.post("/login", &[("email", email), ("password", "wrong, wrong, wrong")]).await.is(422);
            times.push(began.elapsed());
            sqlx::query("delete from rate_limits").execute(&app.db).await.unwrap();
        }
        times.sort();
        medians.push(times[4]);
    }
    // Without the second hash the answer comes some ten times sooner; a busy machine never makes that of it.
    let (wrong, unknown) = (medians[0], medians[1]);
    assert!(unknown * 3 > wrong && wrong * 3 > unknown, "{wrong:?} and {unknown:?}");
}

#[tokio::test]
async fn signing_in_gives_a_new_session_whatever_the_browser_brought() {
    let app = App::start().await;
    let visitor = app.visitor();
    let planted = app.charlie.token().unwrap();
    visitor.keep_cookie(&format!("inroad={planted}"));
    let answer = log_in_with(&visitor, "alice@example.org", PASSWORD).await;
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
    let token = visitor.token().unwrap();
    assert_ne!(token, planted);
    assert!(visitor.get("/companies").await.page().text(".who").contains("Alice"));
    assert!(!is_signed_in(&app.charlie).await, "the session the browser had before has ended");
}

#[tokio::test]
async fn behind_https_the_cookie_is_bound_to_the_host() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example".into())).await;
    let visitor = app.visitor();
    let cookie = log_in_with(&visitor, "alice@example.org", PASSWORD).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-inroad=") && cookie.contains("; Secure"), "{cookie}");
    assert!(!is_signed_in(&app.alice).await, "the plain cookie counts for nothing there");
}

#[tokio::test]
async fn the_database_holds_no_token_that_could_be_used() {
    let app = App::start().await;
    let visitor = app.visitor();
    log_in_with(&visitor, "alice@example.org", PASSWORD).await.to();
    let token = visitor.token().unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
    assert_eq!(bytes.len(), 32);
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    let rows: Vec<String> = sqlx::query_scalar("select s::text from sessions s").fetch_all(&app.db).await.unwrap();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| !row.contains(&token) && !row.contains(&hex)));
}

#[tokio::test]
async fn a_session_ends_after_fourteen_days_unused() {
    let app = App::start().await;
    app.pass(DAY * 14 - MINUTE);
    assert!(is_signed_in(&app.alice).await);
    app.pass(DAY * 13);
    assert!(is_signed_in(&app.alice).await, "use keeps it alive");
    app.pass(DAY * 14 + MINUTE);
    assert!(!is_signed_in(&app.alice).await);
    assert!(!is_signed_in(&app.charlie).await);
}

#[tokio::test]
async fn a_session_ends_after_sixty_days_however_much_it_is_used() {
    let app = App::start().await;
    for _ in 0..5 {
        app.pass(DAY * 11);
        assert!(is_signed_in(&app.alice).await);
    }
    app.pass(DAY * 5 + MINUTE);
    assert!(!is_signed_in(&app.alice).await);
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let app = App::start().await;
    let token = app.alice.token().unwrap();
    let elsewhere = app.another_browser(&app.alice).await;
    let form = app.alice.get("/companies").await.page().form_to("/logout");
    let answer = form.submit(&app.alice).await;
    assert_eq!(answer.to(), "/login");
    let cleared = answer.header("clear-site-data");
    assert!(cleared.contains("cache") && !cleared.contains("storage"), "drafts of others are in it: {cleared}");
    assert_eq!(app.alice.token(), None, "the browser forgets it");
    assert!(app.alice.follow(&answer).await.says("You are logged out."));
    let thief = app.visitor();
    thief.keep_cookie(&format!("inroad={token}"));
    assert!(!is_signed_in(&thief).await, "a copy of the cookie is worth nothing");
    assert!(is_signed_in(&elsewhere).await, "other browsers stay");
    app.visitor().post("/logout", &[]).await.to();
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_stays_out() {
    let app = App::start().await;
    sqlx::query("update users set disabled_at = now() where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    assert!(!is_signed_in(&app.alice).await);
    log_in(&app.alice).await.is(422);
    let bob = app.bob.get("/companies").await.page();
    assert!(!bob.has("aside.banner"), "nobody looks at it any more");
}

#[tokio::test]
async fn an_old_hash_is_renewed_at_the_next_login() {
    let app = App::empty().await;
    add_account(&app, &app.alice, false).await;
    // The same password with one pass less.
    let old = "$argon2id$v=19$m=19456,t=1,p=1$HsxMH2CNSJE4yCdo1tb0ZQ$iM7CfMWD3o2Ls9bUkoMWRQdtYtekU7t2p9vph3N7s5c";
    sqlx::query("update users set password_hash = $1").bind(old).execute(&app.db).await.unwrap();
    assert_eq!(log_in(&app.alice).await.to(), "/");
    let new: String = sqlx::query_scalar("select password_hash from users").fetch_one(&app.db).await.unwrap();
    assert!(new.starts_with("$argon2id$v=19$m=19456,t=4,p=1$"), "{new}");
    assert_eq!(log_in(&app.alice).await.to(), "/");
}

#[tokio::test]
async fn two_hundred_logins_at_once_do_not_stop_the_pages() {
    let app = App::start_with(|settings| settings.trusted_proxies = Some("127.0.0.1".into())).await;
    let mut logins = tokio::task::JoinSet::new();
    for n in 0..200 {
        let person = Person::new(app.address, "Someone", &format!("someone{n}@example.org"));
        logins.spawn(async move {
            let fields = [("email", person.email.as_str()), ("password", "wrong, wrong, wrong")];
            let request = person.request(Method::POST, "/login").header("sec-fetch-site", "same-origin").form(&fields);
            person.send(request.header("x-forwarded-for", format!("198.51.100.{n}"))).await.status.as_u16()
        });
    }
    for _ in 0..10 {
        app.alice.get("/companies").await.is(200);
    }
    let statuses: HashSet<u16> = logins.join_all().await.into_iter().collect();
    assert!(statuses.is_subset(&HashSet::from([422, 503])) && statuses.contains(&422), "{statuses:?}");
}

#[tokio::test]
async fn a_page_that_wants_a_sign_in_is_shown_after_it() {
    let app = App::start().await;
    let visitor = app.visitor();
    let page = visitor.follow(&visitor.get("/companies?show=paused").await).await;
    assert_eq!(page.text("h1"), "Log in");
    let form = page.form_to("/login").fill("E-mail", "alice@example.org").fill("Password", PASSWORD);
    assert_eq!(form.submit(&visitor).await.to(), "/companies?show=paused");
}
