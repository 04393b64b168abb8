//! Programs that are let in by a press: OAuth 2.1 with PKCE, from introducing itself to the end.

use inroad::accounts::oauth::request::challenge_of;
use inroad::trash::purge;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::support::person::PASSWORD;
use crate::support::{Answer, App, Person};

const BACK: &str = "https://assistant.example/callback";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// As programs send: without a cookie, and without saying where from.
async fn introduce(app: &App, said: Value) -> Answer {
    let program = app.visitor();
    program.send(program.request(Method::POST, "/oauth/register").json(&said)).await
}

async fn introduced(app: &App) -> String {
    let said = json!({ "client_name": "Assistant", "redirect_uris": [BACK], "token_endpoint_auth_method": "none" });
    read(&introduce(app, said).await.is(201))["client_id"].as_str().unwrap().to_owned()
}

async fn tokens(app: &App, fields: &[(&str, &str)]) -> Answer {
    let program = app.visitor();
    program.send(program.request(Method::POST, "/oauth/token").form(fields)).await
}

fn asking(client: &str, scope: &str) -> String {
    let challenge = challenge_of(VERIFIER);
    let mut url = Url::parse("http://x/oauth/authorize").unwrap();
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", client),
        ("redirect_uri", BACK),
        ("scope", scope),
        ("state", "a state & more"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    format!("{}?{}", url.path(), url.query().unwrap())
}

/// Where a page leads back to, and what it carries there.
fn led(answer: &Answer) -> (String, Vec<(String, String)>) {
    let to = answer.header("refresh").strip_prefix("0; url=").unwrap().to_owned();
    assert_eq!(answer.page().all("a.btn.go")[0].attr("href").unwrap(), to);
    let url = Url::parse(&to).unwrap();
    let carried = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    (url[..url::Position::AfterPath].to_owned(), carried)
}

fn carried<'a>(carried: &'a [(String, String)], name: &str) -> &'a str {
    carried.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Somebody presses 'Let it in'.
async fn let_in(person: &Person, client: &str, scope: &str) -> String {
    let page = person.get(&asking(client, scope)).await.is(200).page();
    let answer = page.form_to("/oauth/authorize").press("Let it in", person).await.is(200);
    let (to, parameters) = led(&answer);
    assert_eq!(to, BACK);
    assert_eq!(carried(&parameters, "state"), "a state & more");
    assert!(!carried(&parameters, "iss").is_empty());
    carried(&parameters, "code").to_owned()
}

async fn exchange(app: &App, client: &str, code: &str) -> Answer {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("client_id", client),
        ("code_verifier", VERIFIER),
    ];
    tokens(app, &fields).await
}

async fn renew(app: &App, client: &str, refresh: &str) -> Answer {
    tokens(app, &[("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", client)]).await
}

async fn opens(app: &App, token: &str) -> u16 {
    let program = app.visitor();
    let answer = program.send(program.request(Method::GET, "/api/v1/today").bearer_auth(token)).await;
    answer.status.as_u16()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[tokio::test]
async fn a_program_finds_its_way_in_is_let_in_renews_and_is_ended() {
    let app = App::start().await;
    let server = read(&app.visitor().get("/.well-known/oauth-authorization-server").await.is(200));
    let resource = read(&app.visitor().get("/.well-known/oauth-protected-resource/mcp").await.is(200));
    assert_eq!(resource["authorization_servers"][0], server["issuer"]);
    assert_eq!(server["code_challenge_methods_supported"], json!(["S256"]));
    for endpoint in ["authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"] {
        assert!(text(&server, endpoint).starts_with(text(&server, "issuer")), "{endpoint}");
    }
    let client = introduced(&app).await;
    let page = app.alice.get(&asking(&client, "read write")).await.is(200).page();
    assert!(page.says("Assistant") && page.says("assistant.example"), "{}", page.text("main"));

    let code = let_in(&app.alice, &client, "read write").await;
    let first = read(&exchange(&app, &client, &code).await.is(200));
    assert_eq!((text(&first, "token_type"), text(&first, "scope")), ("Bearer", "read write"));
    assert_eq!(opens(&app, text(&first, "access_token")).await, 200);
    let settings = app.alice.get("/settings/programs").await.is(200).page();
    assert!(settings.says("Assistant") && settings.says("Read and write"), "{}", settings.text("main"));

    app.pass(SignedDuration::from_mins(61));
    assert_eq!(opens(&app, text(&first, "access_token")).await, 401);
    let second = read(&renew(&app, &client, text(&first, "refresh_token")).await.is(200));
    assert_eq!(opens(&app, text(&second, "access_token")).await, 200);

    // Of all that only hashes are kept.
    let dump: String = sqlx::query_scalar(
        "select (select string_agg(t::text, '') from access_tokens t) || (select string_agg(c::text, '') from oauth_codes c)",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    for secret in [&code, text(&first, "access_token"), text(&second, "access_token"), text(&second, "refresh_token")] {
        assert!(!dump.contains(secret.trim_start_matches("inroad_")));
    }
    let form = app
        .alice
        .get("/settings/programs")
        .await
        .page()
        .forms()
        .into_iter()
        .find(|form| form.action.ends_with("/ends"));
    form.unwrap().submit(&app.alice).await.is(303);
    assert_eq!(opens(&app, text(&second, "access_token")).await, 401);
    assert_eq!(
        text(&read(&renew(&app, &client, text(&second, "refresh_token")).await.is(400)), "error"),
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_person_may_give_less_or_nothing() {
    let app = App::start().await;
    let client = introduced(&app).await;
    let page = app.alice.get(&asking(&client, "read write")).await.is(200).page();
    let form = page.form_to("/oauth/authorize");
    let refused = form.clone().press("Don't", &app.alice).await.is(200);
    let (_, said) = led(&refused);
    assert_eq!((carried(&said, "error"), carried(&said, "code")), ("access_denied", ""));
    let less = form.set("purpose", "read").press("Let it in", &app.alice).await.is(200);
    let (_, said) = led(&less);
    let token = read(&exchange(&app, &client, carried(&said, "code")).await.is(200));
    assert_eq!(text(&token, "scope"), "read");
    // One that asks to read gets no more, whatever the form says.
    let reading = app.alice.get(&asking(&client, "read")).await.is(200).page().form_to("/oauth/authorize");
    let more = reading.set("purpose", "read_and_write").press("Let it in", &app.alice).await.is(200);
    let (_, said) = led(&more);
    assert_eq!(text(&read(&exchange(&app, &client, carried(&said, "code")).await.is(200)), "scope"), "read");
}

#[tokio::test]
async fn a_code_counts_once_for_its_program_within_ten_minutes() {
    let app = App::start().await;
    let (client, other) = (introduced(&app).await, introduced(&app).await);
    let code = let_in(&app.alice, &client, "read").await;
    let token = read(&exchange(&app, &client, &code).await.is(200));
    assert_eq!(opens(&app, text(&token, "access_token")).await, 200);
    exchange(&app, &client, &code).await.is(400);
    assert_eq!(opens(&app, text(&token, "access_token")).await, 401, "whoever showed it again may have stolen it");

    let code = let_in(&app.alice, &client, "read").await;
    exchange(&app, &other, &code).await.is(400);
    exchange(&app, &client, &code).await.is(400);

    let code = let_in(&app.alice, &client, "read").await;
    let wrong = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", BACK),
        ("client_id", &*client),
        ("code_verifier", "another verifier of more than forty-three characters"),
    ];
    assert_eq!(text(&read(&tokens(&app, &wrong).await.is(400)), "error"), "invalid_grant");

    let code = let_in(&app.alice, &client, "read").await;
    app.pass(SignedDuration::from_mins(11));
    exchange(&app, &client, &code).await.is(400);
    let kept: i64 = sqlx::query_scalar("select count(*) from access_tokens").fetch_one(&app.db).await.unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_secret_for_renewing_counts_once_and_shown_again_it_ends_all() {
    let app = App::start().await;
    let client = introduced(&app).await;
    let code = let_in(&app.alice, &client, "read").await;
    let first = read(&exchange(&app, &client, &code).await.is(200));
    let second = read(&renew(&app, &client, text(&first, "refresh_token")).await.is(200));
    assert_eq!(opens(&app, text(&first, "access_token")).await, 401, "the one before is over");
    renew(&app, &client, text(&first, "refresh_token")).await.is(400);
    assert_eq!(opens(&app, text(&second, "access_token")).await, 401);
    renew(&app, &client, text(&second, "refresh_token")).await.is(400);

    // After ninety days the person is asked again.
    let code = let_in(&app.alice, &client, "read").await;
    let token = read(&exchange(&app, &client, &code).await.is(200));
    app.pass(SignedDuration::from_hours(24 * 90 + 1));
    renew(&app, &client, text(&token, "refresh_token")).await.is(400);
}

#[tokio::test]
async fn who_is_not_known_is_led_nowhere_and_what_is_wrong_is_told_where_it_may_be() {
    let app = App::start().await;
    let client = introduced(&app).await;
    for unknown in [
        asking("0193a000-0000-7000-8000-000000000000", "read"),
        asking("x", "read"),
        asking(&client, "read").replace("assistant.example", "evil.example"),
        asking(&client, "read").replace("callback", "callback%2F"),
    ] {
        let answer = app.alice.get(&unknown).await.is(400);
        assert!(answer.headers.get("refresh").is_none() && !answer.body.contains("evil.example"), "{unknown}");
    }
    for (from, to, error) in [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("S256", "plain", "invalid_request"),
        ("scope=read", "scope=everything", "invalid_scope"),
        ("scope=read", "scope=read&resource=https%3A%2F%2Fevil.example%2Fmcp", "invalid_target"),
    ] {
        let answer = app.alice.get(&asking(&client, "read").replace(from, to)).await.is(200);
        let (back, said) = led(&answer);
        assert_eq!((&*back, carried(&said, "error")), (BACK, error));
    }
    for (said, error) in [
        (json!({ "client_name": "A" }), "invalid_redirect_uri"),
        (json!({ "client_name": "A", "redirect_uris": ["http://evil.example/"] }), "invalid_redirect_uri"),
        (json!({ "client_name": "x".repeat(101), "redirect_uris": [BACK] }), "invalid_client_metadata"),
        (json!({ "client_name": 7, "redirect_uris": [BACK] }), "invalid_client_metadata"),
    ] {
        assert_eq!(text(&read(&introduce(&app, said).await.is(400)), "error"), error);
    }
    assert_eq!(text(&read(&tokens(&app, &[("client_id", "x")]).await.is(400)), "error"), "invalid_client");
    let password = [("client_id", client.as_str()), ("grant_type", "password")];
    assert_eq!(text(&read(&tokens(&app, &password).await.is(400)), "error"), "unsupported_grant_type");
}

#[tokio::test]
async fn letting_in_takes_the_password_of_the_last_minutes_and_only_ones_own_page() {
    let app = App::start().await;
    let client = introduced(&app).await;
    app.pass(SignedDuration::from_mins(11));
    let form = app.alice.get(&asking(&client, "read")).await.is(200).page().form_to("/oauth/authorize");
    let asked = form.submit(&app.alice).await.is(422);
    assert!(asked.headers.get("refresh").is_none());
    let confirm = asked.page().form_to("/confirm").fill("Password", PASSWORD).submit(&app.alice).await.is(307);
    assert_eq!(confirm.header("location"), "/oauth/authorize");
    let program = app.visitor();
    let elsewhere = program.request(Method::POST, "/oauth/token").header("origin", "https://evil.example");
    program.send(elsewhere.form(&[("grant_type", "refresh_token")])).await.is(403);
    // Nobody is let in for someone who is not logged in.
    let to_login = app.visitor().get(&asking(&client, "read")).await;
    assert!(to_login.to().starts_with("/login?next="));
}

#[tokio::test]
async fn a_token_is_given_back_and_everything_old_is_forgotten() {
    let app = App::start().await;
    let client = introduced(&app).await;
    let code = let_in(&app.alice, &client, "read").await;
    let token = read(&exchange(&app, &client, &code).await.is(200));
    tokens(&app, &[("client_id", &client)]).await.is(400);
    let program = app.visitor();
    for shown in ["nonsense", text(&token, "refresh_token")] {
        program.send(program.request(Method::POST, "/oauth/revoke").form(&[("token", shown)])).await.is(200);
    }
    assert_eq!(opens(&app, text(&token, "access_token")).await, 401);
    introduced(&app).await;
    let counts = async || -> Vec<i64> {
        sqlx::query_scalar("select count(*) from oauth_clients union all select count(*) from oauth_codes")
            .fetch_all(&app.db)
            .await
            .unwrap()
    };
    assert_eq!(counts().await, [2, 1]);
    purge::clean(&app.db, app.now() + SignedDuration::from_hours(25)).await.unwrap();
    assert_eq!(counts().await, [0, 0]);
    // Twenty an hour may introduce themselves from one place.
    for _ in 0..20 {
        introduced(&app).await;
    }
    let said = json!({ "client_name": "Assistant", "redirect_uris": [BACK] });
    introduce(&app, said).await.is(429);
}
