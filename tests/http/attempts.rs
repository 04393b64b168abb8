//! How guesses at passwords are limited, and whom that leaves alone.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use reqwest::Method;

use crate::sign_in::{log_in, log_in_with};
use crate::support::person::{PASSWORD, add_account};
use crate::support::{App, Person};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

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
        let fields = [("email", format!("someone{n}@example.org")), ("password", "wrong, wrong, wrong".into())];
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
        assert_eq!(guess(format!("someone{n}@example.org"), format!("198.51.100.{n}")).await, 422, "{n}");
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

/// A log-in from behind the listed proxy, by the address it writes.
async fn log_in_from(person: &Person, client: &str, email: &str, password: &str) -> u16 {
    let request = person.request(Method::POST, "/login").header("sec-fetch-site", "same-origin");
    let fields = [("email", email), ("password", password)];
    person.send(request.header("x-forwarded-for", client).form(&fields)).await.status.as_u16()
}

#[tokio::test]
async fn thirty_people_behind_one_address_log_in() {
    let app = App::start().await;
    for n in 0..30 {
        let person = Person::new(app.address, "Member", &format!("member{n}@example.org"));
        add_account(&app, &person, false).await;
        assert_eq!(log_in(&person).await.to(), "/", "{n}");
    }
}

#[tokio::test]
async fn the_addresses_of_one_network_are_one_client() {
    let app = App::start_with(|settings| settings.trusted_proxies = Some("127.0.0.1".into())).await;
    let visitor = app.visitor();
    let wrong = "wrong, wrong, wrong";
    let mut checked = 0;
    for n in 0..26 {
        let (client, email) = (format!("2001:db8:1:1::{n}"), format!("someone{n}@example.org"));
        checked += u32::from(log_in_from(&visitor, &client, &email, wrong).await == 422);
    }
    assert_eq!(checked, 20, "addresses of one /64");
    assert_eq!(log_in_from(&visitor, "[2001:db8:1:2::1]:5000", "other@example.org", wrong).await, 422, "another /64");
    for (n, client) in ["203.0.113.9:5000", "203.0.113.10:5000", "\"203.0.113.11\""].into_iter().enumerate() {
        for m in 0..20 {
            let email = format!("someone{n}.{m}@example.org");
            assert_eq!(log_in_from(&visitor, client, &email, wrong).await, 422, "{client} {m}");
        }
    }
    for n in 0..25 {
        let person = Person::new(app.address, "New", &format!("new{n}@example.org"));
        let fields = [("name", "New"), ("email", person.email.as_str()), ("password", PASSWORD)];
        let request = person.request(Method::POST, "/signup").header("sec-fetch-site", "same-origin");
        let client = format!("2001:db8:1:9::{n}");
        let status = person.send(request.header("x-forwarded-for", client).form(&fields)).await.status;
        assert_eq!(status, if n < 20 { 303 } else { 429 }, "{n}");
    }
}

#[tokio::test]
async fn a_stranger_keeps_nobody_out_of_a_browser_they_logged_in_on_before() {
    let app = App::start().await;
    let owner = Person::new(app.address, "Alice Adams", "alice@example.org");
    assert_eq!(log_in(&owner).await.to(), "/");
    owner.post("/logout", &[]).await.to();
    let stranger = app.visitor();
    for window in 0..3 {
        // From the very address of the owner, until nothing more is taken.
        while log_in_with(&stranger, "alice@example.org", "wrong, wrong, wrong").await.status == 422 {}
        log_in_with(&stranger, "alice@example.org", PASSWORD).await.is(429);
        assert_eq!(log_in(&owner).await.to(), "/", "window {window}");
        owner.post("/logout", &[]).await.to();
        log_in_with(&stranger, "alice@example.org", "wrong, wrong, wrong").await.is(429);
        app.pass(MINUTE * 16);
    }
    for _ in 0..10 {
        log_in_with(&owner, "alice@example.org", "wrong, wrong, wrong").await.is(422);
    }
    log_in(&owner).await.is(429);
}

#[tokio::test]
async fn a_known_browser_is_known_for_its_own_accounts_alone() {
    let app = App::start().await;
    let shared = app.visitor();
    for email in ["alice@example.org", "bob@example.org"] {
        assert_eq!(log_in_with(&shared, email, PASSWORD).await.to(), "/");
    }
    let known: i64 = sqlx::query_scalar("select count(*) from devices").fetch_one(&app.db).await.unwrap();
    assert_eq!(known, 2, "one browser, two people");
    let stranger = app.visitor();
    for email in ["alice@example.org", "charlie@example.org"] {
        for _ in 0..10 {
            log_in_with(&stranger, email, "wrong, wrong, wrong").await.is(422);
        }
        sqlx::query("delete from rate_limits where key like 'sign-in address%'").execute(&app.db).await.unwrap();
    }
    assert_eq!(log_in_with(&shared, "alice@example.org", PASSWORD).await.to(), "/");
    log_in_with(&shared, "charlie@example.org", PASSWORD).await.is(429);
    let rows: Vec<String> = sqlx::query_scalar("select d::text from devices d").fetch_all(&app.db).await.unwrap();
    let cookie = shared.cookies().split("; ").find_map(|it| it.strip_prefix("device=").map(str::to_owned)).unwrap();
    assert!(rows.iter().all(|row| !row.contains(&cookie)), "only its hash is kept");
    app.pass(DAY * 401);
    assert_eq!(log_in_with(&shared, "alice@example.org", PASSWORD).await.to(), "/");
    let known: i64 = sqlx::query_scalar("select count(*) from devices where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(known, 1);
}

#[tokio::test]
async fn a_proxy_that_is_not_listed_is_named_to_the_administrator() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example".into())).await;
    let noted = "select unlisted_proxy from settings";
    let visitor = app.visitor();
    visitor.get("/login").await.is(200);
    let request = visitor.request(Method::GET, "/login").header("x-forwarded-for", "203.0.113.7");
    visitor.send(request).await.is(200);
    let began = Instant::now();
    while sqlx::query_scalar::<_, Option<String>>(noted).fetch_one(&app.db).await.unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(10), "it is noted");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app.dora.keep_cookie(&format!("__Host-inroad={}", app.dora.token().unwrap()));
    let page = app.dora.get("/admin/installation").await.is(200).page();
    assert!(page.says("INROAD_TRUSTED_PROXIES=127.0.0.1"), "{}", page.text("main"));
}

#[tokio::test]
async fn limits_whose_time_is_over_are_forgotten_and_the_others_count_on() {
    use inroad::accounts::queries::attempts::{count, forget_old};
    let app = App::start().await;
    let now = app.now();
    let (soon, later) = (now + SignedDuration::from_mins(15), now + SignedDuration::from_mins(60));
    count(&app.db, "over soon", now, soon).await.unwrap();
    count(&app.db, "still counting", now, later).await.unwrap();
    forget_old(&app.db, now + SignedDuration::from_mins(30)).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("select key from rate_limits").fetch_all(&app.db).await.unwrap();
    assert_eq!(kept, ["still counting"]);
}
