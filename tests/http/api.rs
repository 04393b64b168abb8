//! The interface for programs: read by a token, one account at a time, as its description says. How it is written by is in
//! `api_writing`.

use inroad::api::openapi;
use inroad::routes::{TABLE, Verb, Who};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::Value;

use crate::support::person::PASSWORD;
use crate::support::programs::{SETTINGS, call, json, refused, token, writing_token};
use crate::support::{App, routes};

#[tokio::test]
async fn a_token_reads_its_own_account_and_no_other() {
    let app = App::start().await;
    let mine = app.fill(&app.alice).await;
    app.fill(&app.charlie).await;
    let (hers, his) = (token(&app.alice, "My sheet").await, token(&app.charlie, "His").await);
    let mut seen = 0;
    let one = |route: &&inroad::routes::Route| route.who == Who::Program && route.path.ends_with("/{id}");
    for route in TABLE.iter().filter(one) {
        let path = routes::path_of(route, &mine);
        let list = path.rsplit_once('/').unwrap().0.to_owned();
        let one = json(&app, &hers, &path).await;
        assert!(path.ends_with(one["id"].as_str().unwrap()), "{one}");
        let listed = json(&app, &hers, &list).await;
        assert!(listed["items"].as_array().unwrap().contains(&one), "{path}");
        let ids = |listed: &Value| -> Vec<String> {
            listed["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()).collect()
        };
        let theirs = ids(&json(&app, &his, &list).await);
        assert!(ids(&listed).iter().all(|id| !theirs.contains(id)), "{path}");
        refused(&app, &his, &path, 404).await;
        seen += 1;
    }
    assert_eq!(seen, 7);
}

#[tokio::test]
async fn only_a_token_that_holds_opens_anything() {
    let app = App::start().await;
    let good = token(&app.alice, "Good").await;
    let path = "/api/v1/today";
    json(&app, &good, path).await;
    let cookie = app.alice.get(path).await.is(401);
    let way_in = cookie.header("www-authenticate");
    assert!(
        way_in.starts_with("Bearer resource_metadata=\"http")
            && way_in.ends_with("/.well-known/oauth-protected-resource/api/v1\"")
    );
    for wrong in ["", "x", &good[1..], good.trim_start_matches("inroad_"), &format!("{good}x")] {
        refused(&app, wrong, path, 401).await;
    }
    // Of the token only a hash is kept, and it opens no page.
    let dump: String =
        sqlx::query_scalar("select string_agg(t::text, '') from access_tokens t").fetch_one(&app.db).await.unwrap();
    assert!(!dump.contains(good.trim_start_matches("inroad_")));
    assert!(call(&app, &good, "/companies").await.to().starts_with("/login"));

    app.pass(SignedDuration::from_hours(24 * 89));
    json(&app, &good, path).await;
    app.pass(SignedDuration::from_hours(48));
    refused(&app, &good, path, 401).await;
}

#[tokio::test]
async fn a_token_ends_with_a_press_with_a_new_password_and_with_the_account() {
    let app = App::start().await;
    let path = "/api/v1/companies";
    let form = app.alice.get(SETTINGS).await.page().form_to(SETTINGS).fill("Which program is it for?", "First");
    let made = form.clone().submit(&app.alice).await.is(200).page();
    let first = made.all("#token")[0].attr("value").unwrap().to_owned();
    let again = form.submit(&app.alice).await;
    assert!(app.alice.get(&again.to()).await.page().toast().contains("made already"), "one form makes one token");
    let page = app.alice.get(SETTINGS).await.page();
    assert!(page.says("First") && page.says("not used yet"));
    json(&app, &first, path).await;
    assert!(app.alice.get(SETTINGS).await.page().says("last used today"));
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap();
    form.submit(&app.alice).await.is(303);
    refused(&app, &first, path, 401).await;

    let second = token(&app.alice, "Second").await;
    let fields = [("old_password", PASSWORD), ("new_password", "four unrelated words here")];
    app.alice.post("/settings/password", &fields).await.is(303);
    refused(&app, &second, path, 401).await;

    let third = token(&app.alice, "Third").await;
    app.dora.post(&format!("/admin/accounts/{}", app.alice.id), &[("change", "disable")]).await.is(303);
    refused(&app, &third, path, 401).await;
}

#[tokio::test]
async fn lists_come_in_pages_and_are_not_sent_twice() {
    let app = App::start().await;
    let mut names = Vec::new();
    for n in 0..7 {
        names.push(format!("Company {n}"));
        app.alice.company(&names[n]).await;
    }
    let token = token(&app.alice, "Pages").await;
    let (mut path, mut seen, mut pages) = ("/api/v1/companies?limit=3".to_owned(), Vec::new(), 0);
    loop {
        let page = json(&app, &token, &path).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = page["next"].as_str() else { break };
        path = next.to_owned();
    }
    assert_eq!((pages, seen), (3, names));
    for wrong in ["?limit=0", "?limit=201", "?limit=x", "?after=x"] {
        refused(&app, &token, &format!("/api/v1/companies{wrong}"), 400).await;
    }
    refused(&app, &token, "/api/v1/companies/x", 404).await;
    refused(&app, &token, "/api/v1/nothing", 404).await;

    let answer = call(&app, &token, "/api/v1/companies").await;
    let program = app.visitor();
    let request = program.request(Method::GET, "/api/v1/companies").bearer_auth(&token);
    let again = program.send(request.header("if-none-match", answer.header("etag"))).await.is(304);
    assert!(again.body.is_empty());
    let put = program.request(Method::PUT, "/api/v1/companies").bearer_auth(&token);
    let put = program.send(put).await.is(405);
    assert_eq!(put.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn what_is_due_and_what_is_sought_read_as_on_the_pages() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let sql = "update contacts set name = 'Grace Hopper', name_folded = 'grace hopper', next_step = 'thank', next_due = '2026-11-20',
        next_turns_on = null where id = $1";
    sqlx::query(sql).bind(of.contact).execute(&app.db).await.unwrap();
    let token = token(&app.alice, "Day").await;
    let today = json(&app, &token, "/api/v1/today").await;
    let due = today["due"].as_array().unwrap();
    let thanks = due.iter().find(|due| due["id"] == of.contact.to_string()).unwrap();
    assert_eq!((&thanks["text"], &thanks["due"]), (&Value::from("Thank Grace Hopper"), &Value::from("2026-11-20")));
    let found = json(&app, &token, "/api/v1/search?q=grace").await;
    let page = format!("/contacts/{}", of.contact);
    assert!(found["items"].as_array().unwrap().iter().any(|item| item["page"] == page.as_str()), "{found}");
    refused(&app, &token, "/api/v1/search", 400).await;
    assert_eq!(json(&app, &token, "/api/v1/search?q=%1C").await["items"], Value::Array(Vec::new()), "no words");
}

#[tokio::test]
async fn a_program_that_asks_too_often_waits_and_one_account_has_twenty() {
    let app = App::start().await;
    let eager = token(&app.alice, "Eager").await;
    sqlx::query("update access_tokens set minute_began = $1, calls = 300")
        .bind(inroad::database::At(app.now()))
        .execute(&app.db)
        .await
        .unwrap();
    let answer = call(&app, &eager, "/api/v1/today").await.is(429);
    assert_eq!(answer.header("retry-after"), "60");
    app.pass(SignedDuration::from_secs(61));
    json(&app, &eager, "/api/v1/today").await;
    for n in 1..20 {
        token(&app.alice, &format!("Nr {n}")).await;
    }
    let page = app.alice.get(SETTINGS).await.page();
    let refused = page.form_to(SETTINGS).fill("Which program is it for?", "One more").submit(&app.alice).await;
    assert!(app.alice.get(&refused.to()).await.page().toast().contains("there are 20"));
}

#[tokio::test]
async fn the_description_has_each_address_and_only_those() {
    let app = App::start().await;
    let served: Value = serde_json::from_str(&app.visitor().get("/api/v1/openapi.json").await.is(200).body).unwrap();
    assert_eq!(served, openapi::document());
    let described = served["paths"].as_object().unwrap().iter();
    let mut described: Vec<(String, &str)> = described
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.as_str()))
        })
        .collect();
    let is_of_programs = |route: &&inroad::routes::Route| {
        matches!(route.who, Who::Program | Who::ProgramWriting) && route.path.starts_with("/api/")
    };
    let mut routes: Vec<(String, &str)> =
        TABLE.iter().filter(is_of_programs).map(|route| (Method::from(route.method).to_string(), route.path)).collect();
    described.sort_unstable();
    routes.sort_unstable();
    assert_eq!(described, routes);
    let writes = TABLE.iter().filter(|route| route.who == Who::ProgramWriting).all(|route| route.method != Verb::Get);
    assert!(writes, "whoever reads needs no token for writing");
}

#[tokio::test]
async fn a_token_is_made_for_reading_or_for_writing_too_and_the_list_says_which() {
    let app = App::start().await;
    token(&app.alice, "Reader").await;
    writing_token(&app.alice, "Writer").await;
    let page = app.alice.get(SETTINGS).await.page();
    assert!(page.says("Read only. Made today") && page.says("Read and write. Made today"));
    let scopes: Vec<(String, Vec<String>)> =
        sqlx::query_as("select label, scopes from access_tokens order by label").fetch_all(&app.db).await.unwrap();
    let words = |scopes: &[&str]| scopes.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(scopes, [("Reader".into(), words(&["read"])), ("Writer".into(), words(&["read", "write"]))]);
    // A form that was drawn before there was a choice makes a token that reads.
    let id = inroad::ids::AccessTokenId::new().to_string();
    let old = app.alice.post(SETTINGS, &[("id", id.as_str()), ("label", "Old form"), ("days", "90")]).await.is(200);
    assert!(old.page().says("and change nothing"));
    let odd = app.alice.post(SETTINGS, &[("label", "Odd"), ("days", "90"), ("purpose", "everything")]).await.is(422);
    assert!(odd.page().says("Choose one from the list"));
}
