//! Signing up, in and out; what a session is good for; how guesses are limited.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use reqwest::Method;
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::person::{PASSWORD, add_account};
use crate::support::{Answer, App, Form, Person};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn sign_up_form(person: &Person, query: &str) -> Form {
    let page = person.get(&format!("/signup{query}")).await.is(200).page();
    page.form_to("/signup").fill("Name", &person.name).fill("E-mail", &person.email).fill("Password", PASSWORD)
}

async fn sign_up(person: &Person) -> Answer {
    sign_up_form(person, "").await.submit(person).await
}

async fn log_in_with(person: &Person, email: &str, password: &str) -> Answer {
    let page = person.get("/login").await.is(200).page();
    page.form_to("/login").fill("E-mail", email).fill("Password", password).submit(person).await
}

async fn log_in(person: &Person) -> Answer {
    log_in_with(person, &person.email, PASSWORD).await
}

async fn is_signed_in(person: &Person) -> bool {
    person.get("/companies").await.status == 200
}

async fn accounts(db: &PgPool) -> Vec<(String, bool)> {
    sqlx::query_as("select email, is_admin from users order by email").fetch_all(db).await.unwrap()
}

async fn count(db: &PgPool, what: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {what}"))).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn the_first_account_administers_and_is_signed_in() {
    let app = App::empty().await;
    assert_eq!(app.visitor().get("/login").await.to(), "/signup", "nobody can log in yet");
    let page = app.alice.get("/signup").await.page();
    assert!(page.says("This is the first account") && !page.has("[name=setup_token]"));
    assert_eq!(sign_up(&app.alice).await.to(), "/");
    assert!(is_signed_in(&app.alice).await);
    assert_eq!(accounts(&app.db).await, [("alice@example.org".to_owned(), true)]);
}

#[tokio::test]
async fn later_accounts_do_not_administer_and_log_in_themselves() {
    let app = App::empty().await;
    sign_up(&app.dora).await.to();
    let answer = sign_up(&app.alice).await;
    assert_eq!(answer.to(), "/login?email=alice%40example.org");
    let page = app.alice.follow(&answer).await;
    assert!(page.says("Now log in."));
    let form = page.form_to("/login");
    assert_eq!(form.filled("E-mail"), "alice@example.org");
    assert_eq!(form.fill("Password", PASSWORD).submit(&app.alice).await.to(), "/");
    assert!(is_signed_in(&app.alice).await);
    assert_eq!(accounts(&app.db).await[0], ("alice@example.org".to_owned(), false));
}

#[tokio::test]
async fn twenty_first_accounts_at_once_make_one_administrator() {
    let app = App::empty().await;
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..20 {
        let person = Person::new(app.address, "Somebody", &format!("somebody{n}@example.org"));
        tries.spawn(async move {
            let fields =
                [("name", "Somebody"), ("email", person.email.as_str()), ("password", PASSWORD), ("time_zone", "UTC")];
            person.post("/signup", &fields).await.status.as_u16()
        });
    }
    let statuses = tries.join_all().await;
    assert!(statuses.iter().all(|status| matches!(status, 303 | 503)), "{statuses:?}");
    assert_eq!(count(&app.db, "users where is_admin").await, 1);
    assert_eq!(count(&app.db, "users").await, statuses.iter().filter(|status| **status == 303).count() as i64);
}

#[tokio::test]
async fn a_sign_up_says_at_each_field_what_is_wrong() {
    let app = App::start().await;
    let visitor = app.visitor();
    let form = visitor.get("/signup").await.page().form_to("/signup");
    let form = form.fill("Name", "").fill("E-mail", "nonsense").fill("Password", "short");
    let page = form.submit(&visitor).await.is(422).page();
    for label in ["Name", "E-mail", "Password"] {
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    let form = page.form_to("/signup");
    assert_eq!(form.filled("E-mail"), "nonsense", "what was typed stays");
    assert_eq!(form.filled("Password"), "", "but for the password");
    assert_eq!(count(&app.db, "users").await, 4);
}

#[tokio::test]
async fn a_taken_address_gets_the_same_answer_and_keeps_its_password() {
    let app = App::start().await;
    let (new, taken) = (app.visitor(), Person::new(app.address, "Mallory", "Alice@Example.org"));
    let (fresh, again) = (sign_up(&new).await, sign_up(&taken).await);
    assert_eq!(fresh.to().replace("nobody", "alice"), again.to());
    assert_eq!(fresh.header("set-cookie"), again.header("set-cookie"));
    assert_eq!(log_in_with(&taken, "alice@example.org", PASSWORD).await.to(), "/");
    let name: String = sqlx::query_scalar("select name from users where email = 'alice@example.org'")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(name, "Alice Adams");
}

#[tokio::test]
async fn a_closed_installation_takes_no_account() {
    let app = App::start_with(|settings| settings.signup = Some("closed".into())).await;
    let visitor = app.visitor();
    let page = visitor.get("/signup").await.is(200).page();
    assert!(page.says("takes no new accounts") && !page.has("form"));
    let (_, token) = app.invitation(&app.dora, None).await;
    for invitation in ["", &token] {
        let fields = [("name", "No"), ("email", "no@example.org"), ("password", PASSWORD), ("invitation", invitation)];
        visitor.post("/signup", &fields).await.is(422);
    }
    assert_eq!(count(&app.db, "users").await, 4);
}

#[tokio::test]
async fn an_invitation_opens_the_door_once() {
    let app = App::start_with(|settings| settings.signup = Some("invite".into())).await;
    let visitor = app.visitor();
    assert!(visitor.get("/signup").await.page().says("by invitation"));
    let fields = [("name", "No"), ("email", "no@example.org"), ("password", PASSWORD)];
    visitor.post("/signup", &fields).await.is(422);

    let (_, token) = app.invitation(&app.dora, None).await;
    let query = format!("?invitation={token}");
    assert!(sign_up_form(&visitor, &query).await.submit(&visitor).await.to().starts_with("/login"));
    let second = Person::new(app.address, "Second", "second@example.org");
    let page = sign_up_form(&second, &query).await.submit(&second).await.is(422).page();
    assert!(page.error_of("E-mail").contains("was used"));
    assert_eq!(count(&app.db, "users").await, 5);
}

#[tokio::test]
async fn an_invitation_holds_for_its_address_until_it_expires_or_is_taken_back() {
    let app = App::start_with(|settings| settings.signup = Some("invite".into())).await;
    let visitor = app.visitor();
    let (_, bound) = app.invitation(&app.dora, Some("somebody.else@example.org")).await;
    let (revoked_id, revoked) = app.invitation(&app.dora, None).await;
    sqlx::query("update invitations set revoked_at = now() where id = $1")
        .bind(revoked_id)
        .execute(&app.db)
        .await
        .unwrap();
    let (_, expired) = app.invitation(&app.dora, None).await;
    app.pass(DAY * 6);
    let (_, fresh) = app.invitation(&app.dora, Some("nobody@example.org")).await;
    app.pass(DAY + MINUTE);
    for (token, problem) in
        [(&bound, "expired"), (&revoked, "taken back"), (&expired, "expired"), (&"x".repeat(43), "ask for a new one")]
    {
        let form = sign_up_form(&visitor, &format!("?invitation={token}")).await;
        let page = form.submit(&visitor).await.is(422).page();
        assert!(page.error_of("E-mail").contains(problem), "{problem}: {}", page.error_of("E-mail"));
    }
    let other = Person::new(app.address, "Other", "other@example.org");
    let page = sign_up_form(&other, &format!("?invitation={fresh}")).await.submit(&other).await.is(422).page();
    assert!(page.error_of("E-mail").contains("another e-mail address"));
    sign_up_form(&visitor, &format!("?invitation={fresh}")).await.submit(&visitor).await.to();
}

#[tokio::test]
async fn beyond_loopback_the_first_account_shows_the_setup_token() {
    let app = App::empty_with(|settings| settings.listen = Some("0.0.0.0:3000".into())).await;
    let token = inroad::accounts::token::Token::new().unwrap();
    sqlx::query("update settings set setup_token_hash = $1").bind(token.hash()).execute(&app.db).await.unwrap();
    for wrong in ["", "guess", &"A".repeat(43)] {
        let page =
            sign_up_form(&app.alice, "").await.fill("Setup token", wrong).submit(&app.alice).await.is(422).page();
        assert!(page.error_of("Setup token").contains("not the token"));
    }
    assert_eq!(count(&app.db, "users").await, 0);
    let form = sign_up_form(&app.alice, "").await.fill("Setup token", &token.reveal());
    assert_eq!(form.submit(&app.alice).await.to(), "/");
    assert_eq!(count(&app.db, "settings where setup_token_hash is not null").await, 0, "it is forgotten once used");
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
async fn a_thousand_guesses_at_three_copies_of_the_program_reach_few_hashes() {
    let mut app = App::start().await;
    let mut addresses = vec![app.address];
    for _ in 0..2 {
        addresses.push(app.another_copy().await);
    }
    let mut guesses = tokio::task::JoinSet::new();
    for worker in 0..10 {
        let guesser = Person::new(addresses[worker % 3], "Mallory", "mallory@example.org");
        guesses.spawn(async move {
            let mut hashed = 0;
            for n in 0..100 {
                let password = format!("guess number {worker} {n}");
                let answer = guesser.post("/login", &[("email", "alice@example.org"), ("password", &password)]).await;
                match answer.status.as_u16() {
                    422 => hashed += 1,
                    429 => assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0),
                    other => panic!("{other}"),
                }
            }
            hashed
        });
    }
    let hashed: u32 = guesses.join_all().await.into_iter().sum();
    assert!((1..=10).contains(&hashed), "{hashed} guesses were checked");
    let owner = Person::new(app.address, "Alice Adams", "alice@example.org");
    log_in(&owner).await.is(429);
    app.pass(MINUTE * 16);
    assert_eq!(log_in(&owner).await.to(), "/", "the owner is never locked out for good");
}

#[tokio::test]
async fn many_addresses_tried_from_one_place_are_limited_whatever_it_claims_to_be() {
    let app = App::start().await;
    let visitor = app.visitor();
    let mut hashed = 0;
    for n in 0..40 {
        let fields = [("email", format!("somebody{n}@example.org")), ("password", "wrong, wrong, wrong".into())];
        let request = visitor.request(Method::POST, "/login").header("sec-fetch-site", "same-origin").form(&fields);
        let answer = visitor.send(request.header("x-forwarded-for", format!("198.51.100.{n}"))).await;
        hashed += u32::from(answer.status == 422);
    }
    assert_eq!(hashed, 20);
}

#[tokio::test]
async fn behind_a_listed_proxy_each_client_has_its_own_limit_and_the_account_still_one() {
    let app = App::start_with(|settings| settings.trusted_proxies = Some("127.0.0.1".into())).await;
    let visitor = app.visitor();
    let guess = async |email: String, client: String| {
        let fields = [("email", email.as_str()), ("password", "wrong, wrong, wrong")];
        let request = visitor.request(Method::POST, "/login").header("sec-fetch-site", "same-origin").form(&fields);
        visitor.send(request.header("x-forwarded-for", client)).await.status.as_u16()
    };
    for n in 0..21 {
        assert_eq!(guess(format!("somebody{n}@example.org"), format!("198.51.100.{n}")).await, 422, "{n}");
    }
    for n in 0..12 {
        let expected = if n < 10 { 422 } else { 429 };
        assert_eq!(guess("alice@example.org".into(), format!("203.0.113.{n}")).await, expected, "{n}");
    }
}

#[tokio::test]
async fn the_right_password_forgives_the_wrong_ones_before() {
    let app = App::start().await;
    let visitor = app.visitor();
    for _ in 0..2 {
        for _ in 0..8 {
            log_in_with(&visitor, "alice@example.org", "wrong, wrong, wrong").await.is(422);
        }
        assert_eq!(log_in_with(&visitor, " ALICE@example.org ", PASSWORD).await.to(), "/");
        sqlx::query("delete from rate_limits where key like 'sign-in address%'").execute(&app.db).await.unwrap();
    }
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
    assert!(app.charlie.get("/companies").await.page().text(".who").contains("Charlie"));
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
    assert!(answer.header("clear-site-data").contains("storage"));
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
async fn what_was_typed_into_an_ended_session_comes_back_after_logging_in() {
    let app = App::start().await;
    let form =
        app.alice.get("/companies/new").await.page().form_to("/companies").fill("Companies", "Acme \"&\" <Sons>");
    app.pass(DAY * 15);
    let page = form.submit(&app.alice).await.is(401).page();
    assert!(page.says("what you typed comes back"));
    let login = page.form_to("/login").fill("E-mail", "alice@example.org").fill("Password", PASSWORD);
    let wrong = login.clone().fill("Password", "wrong, wrong, wrong").submit(&app.alice).await.is(422).page();
    let login = wrong.form_to("/login").fill("Password", PASSWORD);
    let page = login.submit(&app.alice).await.is(200).page();
    assert!(page.says("Acme \"&\" <Sons>"), "{}", page.text("main"));
    let answer = page.form_to("/companies").press("Save it now", &app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.text("h1"), "Acme \"&\" <Sons>");
}

#[tokio::test]
async fn passwords_do_not_come_back_in_what_was_typed() {
    let app = App::start().await;
    let visitor = app.visitor();
    let fields = [("current_password", "secret words of mine"), ("companies", "Acme")];
    let answer = visitor.post("/companies", &fields).await.is(401);
    assert!(!answer.body.contains("secret"), "{}", answer.body);
    assert!(answer.page().form_to("/login").value("typed").contains("Acme"));
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
    assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
    assert_eq!(log_in(&app.alice).await.to(), "/");
}

#[tokio::test]
async fn two_hundred_logins_at_once_do_not_stop_the_pages() {
    let app = App::start_with(|settings| settings.trusted_proxies = Some("127.0.0.1".into())).await;
    let mut logins = tokio::task::JoinSet::new();
    for n in 0..200 {
        let person = Person::new(app.address, "Somebody", &format!("somebody{n}@example.org"));
        logins.spawn(async move {
            let fields = [("email", person.email.as_str()), ("password", "wrong, wrong, wrong")];
            let request = person.request(Method::POST, "/login").header("sec-fetch-site", "same-origin").form(&fields);
            person.send(request.header("x-forwarded-for", format!("198.51.100.{n}"))).await.status.as_u16()
        });
    }
    let began = Instant::now();
    for _ in 0..10 {
        app.alice.get("/companies").await.is(200);
    }
    assert!(began.elapsed() < Duration::from_secs(20), "pages are answered while hashes wait their turn");
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
