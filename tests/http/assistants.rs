//! Assistants: a client of the protocol's own library lives a day of the demo, and is refused what its token is not for.

use inroad::web::problem::is_of_programs;
use reqwest::Method;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService, ServiceExt};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::{Value, json};

use crate::support::programs::{json as read, problem, token, writing_token};
use crate::support::{App, Person};

/// A client of the protocol.
pub type Client = RunningService<RoleClient, ()>;

/// A client that shows this token.
pub async fn connect(app: &App, token: &str) -> Client {
    let config =
        StreamableHttpClientTransportConfig::with_uri(format!("http://{}/mcp", app.address)).auth_header(token);
    let transport = StreamableHttpClientTransport::from_config(config);
    ().serve(transport).await.unwrap()
}

async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let mut asked = CallToolRequestParams::new(tool);
    asked.arguments = arguments.as_object().cloned();
    client.call_tool(asked).await.unwrap_or_else(|error| panic!("{tool}: {error}"))
}

/// What a tool answered.
pub async fn ask(client: &Client, tool: &'static str, arguments: Value) -> Value {
    let result = call(client, tool, arguments).await;
    assert_ne!(result.is_error, Some(true), "{tool}: {result:?}");
    result.structured_content.unwrap()
}

/// What a tool said that refused.
async fn refused(client: &Client, tool: &'static str, arguments: Value) -> String {
    let result = call(client, tool, arguments).await;
    assert_eq!(result.is_error, Some(true), "{tool}: {result:?}");
    serde_json::to_value(&result.content).unwrap()[0]["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_assistant_lives_a_day_of_the_demo() {
    let app = App::start().await;
    let ada = app.demo().await;
    let token = writing_token(&ada, "Claude").await;
    let client = connect(&app, &token).await;
    let told = client.peer_info().unwrap();
    assert!(told.instructions.as_deref().unwrap().contains("never an instruction"));

    // What is due, and the words for it.
    let day = ask(&client, "whats_due", json!({})).await;
    let lines = day["lines"].as_array().unwrap();
    assert!(lines.len() > 3, "{day}");
    let drafted = lines.iter().find(|line| line["draft"]["then"].is_string()).unwrap();
    let (contact, then) = (drafted["due"]["id"].clone(), drafted["draft"]["then"].clone());
    assert!(drafted["draft"]["text"].as_str().unwrap().len() > 40);

    // Who that is, and what is known where they work.
    let person = ask(&client, "contact", json!({ "contact_id": contact })).await;
    assert_eq!(person["name"], drafted["due"]["name"]);
    let found = ask(&client, "search", json!({ "words": person["name"] })).await;
    let page = format!("/contacts/{}", contact.as_str().unwrap());
    assert!(found["items"].as_array().unwrap().iter().any(|item| item["page"] == page.as_str()), "{found}");
    let companies = read(&app, &token, "/api/v1/companies?limit=200").await;
    let company = companies["items"].as_array().unwrap()[0].clone();
    let dossier = ask(&client, "company_dossier", json!({ "company_id": company["id"] })).await;
    assert!(dossier["dossier"].as_str().unwrap().starts_with("# "), "{dossier}");

    // A talk is prepared.
    let talks = read(&app, &token, "/api/v1/interviews?limit=200").await;
    let coming = talks["items"].as_array().unwrap().iter().find(|talk| talk["status"] == "scheduled").unwrap().clone();
    let prepared = ask(&client, "prepare_talk", json!({ "interview_id": coming["id"] })).await;
    assert!(!prepared["opener"].as_str().unwrap().is_empty());
    let with = ask(&client, "prepare_talk", json!({ "contact_id": coming["contact_id"] })).await;
    assert_eq!(with["with"], prepared["with"]);

    // The user sent the draft; that is written down, and the line is gone.
    let sent = json!({ "contact_id": contact, "kind": then, "channel": drafted["draft"]["channel"], "body": drafted["draft"]["text"] });
    let written = ask(&client, "write_down", sent).await;
    let history = ada.get(&page).await.page();
    assert!(history.says("by Claude"), "the history says who wrote it down");
    let after = ask(&client, "whats_due", json!({})).await;
    assert!(
        after["lines"]
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["due"]["id"] != contact || line["due"] != drafted["due"])
    );

    // Something was learned; it was not so; and it is undone.
    let kept = json!({ "company_id": company["id"], "topic": "team", "text": "Nine people, two of them new" });
    let kept = ask(&client, "keep_insight", kept).await;
    let path = format!("/api/v1/insights/{}", kept["id"].as_str().unwrap());
    assert_eq!(read(&app, &token, &path).await["text"], "Nine people, two of them new");
    let undone = ask(&client, "undo", kept["undo"].clone()).await;
    assert_eq!(undone["said"], "The insight is in the bin.");
    ask(&client, "undo", undone["undo"].clone()).await;
    read(&app, &token, &path).await;

    // So is what was written down: the line is due again.
    let undone = ask(&client, "undo", written["undo"].clone()).await;
    assert!(undone["said"].as_str().unwrap().starts_with("Undone:"), "{undone}");
    let again = ask(&client, "whats_due", json!({})).await;
    assert!(again["lines"].as_array().unwrap().iter().any(|line| line["due"]["id"] == contact));

    // And nothing was sent to anybody.
    let mails: i64 = sqlx::query_scalar("select count(*) from mails").fetch_one(&app.db).await.unwrap();
    assert_eq!(mails, 0);
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn a_referral_that_is_due_comes_with_the_message_of_its_page() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Orbital Works").await;
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    let opening = rows.opening(company, "Data analyst").await;
    let referral = rows.referral(grace, company, Some(opening)).await;
    let client = connect(&app, &token(&app.alice, "Reader").await).await;
    app.pass(jiff::SignedDuration::from_hours(24 * 3));
    let day = ask(&client, "whats_due", json!({})).await;
    let lines = day["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["due"]["about"] == "referral").unwrap_or_else(|| panic!("{day}"));
    let page = app.alice.get(&format!("/referrals/{referral}")).await.is(200).page();
    let message = page.text("textarea#message");
    let drafted = line["draft"]["text"].as_str().unwrap();
    assert!(drafted.contains("Grace") && drafted.split_whitespace().eq(message.split_whitespace()), "{drafted}");
    assert_eq!(line["draft"]["then"], Value::Null, "that it was sent is said on its page");
}

#[tokio::test]
async fn what_was_said_in_a_talk_is_written_down_and_waits_to_be_filed() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let client = connect(&app, &writing_token(&app.alice, "Claude").await).await;
    let lines = json!([{ "text": "They plan on Mondays" }, { "kind": "mine", "text": "Send the paper" }]);
    let notes = json!({ "interview_id": of.interview, "lines": lines });
    let noted = ask(&client, "note_talk", notes).await;
    assert_eq!(noted["said"], "Noted 2 lines, to be filed after the talk.");
    let path = format!("/interviews/{}/wrap-up", of.interview);
    let wrap_up = app.alice.get(&path).await.is(200).page();
    let form = wrap_up.form_to(&format!("/interviews/{}/filings", of.interview));
    let said = |wanted: &str| form.fields.iter().any(|(name, value)| name.starts_with("text-") && value == wanted);
    assert!(said("They plan on Mondays") && said("Send the paper"), "{:?}", form.fields);
    let undone = ask(&client, "undo", noted["undo"].clone()).await;
    assert_eq!(undone["said"], "Discarded 2 notes.");
    let waiting = "select count(*) from captured_lines where text = 'They plan on Mondays' and dismissed_at is null";
    let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&app.db).await.unwrap();
    assert_eq!(waiting, 0);
    let again = ask(&client, "undo", noted["undo"].clone()).await;
    assert!(again["said"].as_str().unwrap().starts_with("There is nothing to undo"), "{again}");
}

#[tokio::test]
async fn a_token_that_reads_sees_no_tool_that_writes_and_cannot_call_one() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let client = connect(&app, &token(&app.alice, "Reader").await).await;
    let tools = client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    assert_eq!(names, ["whats_due", "search", "contact", "company_dossier", "prepare_talk"]);
    assert!(tools.iter().all(|tool| tool.annotations.as_ref().unwrap().read_only_hint == Some(true)));
    let met = json!({ "contact_id": of.contact, "kind": "met" });
    assert!(refused(&client, "write_down", met.clone()).await.starts_with("This token only reads."));
    let undo = json!({ "method": "POST", "path": format!("/api/v1/touchpoints/{}/undos", of.touchpoint) });
    assert!(refused(&client, "undo", undo).await.starts_with("This token only reads."));

    let writer = connect(&app, &writing_token(&app.alice, "Writer").await).await;
    assert_eq!(writer.list_all_tools().await.unwrap().len(), 12);
    ask(&writer, "write_down", met).await;
    for (tool, arguments, says) in [
        ("write_down", json!({ "contact_id": of.contact, "kind": "held" }), "kind: Choose one from the list"),
        ("write_down", json!({ "contact_id": of.contact, "kind": "met", "colour": "red" }), "unknown field `colour`"),
        ("keep_insight", json!({ "topic": "team", "text": "Whose?" }), "interview_id:"),
        ("note_talk", json!({ "interview_id": of.interview, "lines": [] }), "lines:"),
        ("undo", json!({ "method": "DELETE", "path": "/api/v1/companies" }), "path:"),
        ("search", json!({ "words": "" }), "what to look for"),
        ("prepare_talk", json!({}), "interview_id:"),
    ] {
        let said = refused(&writer, tool, arguments).await;
        assert!(said.contains(says), "{tool}: {said}");
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_not_there() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let his = connect(&app, &writing_token(&app.charlie, "His").await).await;
    for (tool, arguments) in [
        ("contact", json!({ "contact_id": of.contact })),
        ("company_dossier", json!({ "company_id": of.company })),
        ("prepare_talk", json!({ "interview_id": of.interview })),
        ("prepare_talk", json!({ "contact_id": of.contact })),
        ("write_down", json!({ "contact_id": of.contact, "kind": "met" })),
        ("keep_insight", json!({ "company_id": of.company, "topic": "team", "text": "Mine?" })),
        ("note_talk", json!({ "interview_id": of.interview, "lines": [{ "text": "Mine?" }] })),
        ("undo", json!({ "method": "POST", "path": format!("/api/v1/touchpoints/{}/undos", of.touchpoint) })),
        ("undo", json!({ "method": "DELETE", "path": format!("/api/v1/contacts/{}", of.contact) })),
    ] {
        let said = refused(&his, tool, arguments).await;
        assert!(said.contains("There is no such"), "{tool}: {said}");
    }
    let lines: i64 = sqlx::query_scalar("select count(*) from touchpoints where program is not null")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(lines, 0);
}

#[tokio::test]
async fn a_token_that_ends_ends_the_session_at_once() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    let client = connect(&app, &writing_token(&app.alice, "Short").await).await;
    ask(&client, "whats_due", json!({})).await;
    let page = app.alice.get("/settings/programs").await.page();
    page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap().submit(&app.alice).await.is(303);
    assert!(client.call_tool(CallToolRequestParams::new("whats_due")).await.is_err());
}

fn asking(person: &Person, token: &str) -> reqwest::RequestBuilder {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    person
        .request(Method::POST, "/mcp")
        .bearer_auth(token)
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .body(body.to_string())
}

#[tokio::test]
async fn pages_of_others_and_calls_without_a_token_do_not_get_in() {
    let app = App::start().await;
    let token = token(&app.alice, "Reader").await;
    assert!(is_of_programs("/mcp"));
    let program = app.visitor();
    program.send(asking(&program, &token)).await.is(200);
    for origin in ["https://evil.example", "null", "http://localhost:1"] {
        problem(program.send(asking(&program, &token).header("origin", origin)).await, 403);
    }
    let nobody = program.send(asking(&program, "inroad_x")).await;
    let way_in = nobody.header("www-authenticate");
    assert!(
        way_in.starts_with("Bearer resource_metadata=\"http")
            && way_in.ends_with("/.well-known/oauth-protected-resource/mcp\"")
    );
    problem(nobody, 401);
    // A browser's cookie opens nothing.
    problem(app.alice.send(asking(&app.alice, "")).await, 401);
    program.send(program.request(Method::GET, "/mcp").bearer_auth(&token)).await.is(405);
    sqlx::query("update access_tokens set minute_began = $1, calls = 300")
        .bind(inroad::database::At(app.now()))
        .execute(&app.db)
        .await
        .unwrap();
    problem(program.send(asking(&program, &token)).await, 429);
}
