//! Programs of a person's own, as they call.

use reqwest::Method;
use serde_json::Value;

use super::app::App;
use super::person::{Answer, Person};

/// Where tokens are made.
pub const SETTINGS: &str = "/settings/programs";

/// A token for reading that somebody makes in their settings.
pub async fn token(person: &Person, label: &str) -> String {
    token_for(person, label, "Read only").await
}

/// A token for reading and writing that somebody makes in their settings.
pub async fn writing_token(person: &Person, label: &str) -> String {
    token_for(person, label, "Read and write").await
}

async fn token_for(person: &Person, label: &str, purpose: &str) -> String {
    let page = person.get(SETTINGS).await.is(200).page();
    let form = page.form_to(SETTINGS).fill("Which program is it for?", label).fill("It may", purpose);
    let made = form.submit(person).await.is(200).page();
    made.all("#token")[0].attr("value").unwrap().to_owned()
}

/// A call that reads.
pub async fn call(app: &App, token: &str, path: &str) -> Answer {
    let program = app.visitor();
    program.send(program.request(Method::GET, path).bearer_auth(token)).await
}

/// What is answered, as JSON.
pub async fn json(app: &App, token: &str, path: &str) -> Value {
    let answer = call(app, token, path).await.is(200);
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    serde_json::from_str(&answer.body).unwrap()
}

/// A refusal, and what it says.
pub async fn refused(app: &App, token: &str, path: &str, status: u16) -> String {
    problem(call(app, token, path).await, status)["detail"].as_str().unwrap().to_owned()
}

/// A call that writes, with these headers.
pub async fn send(
    app: &App,
    token: &str,
    method: Method,
    path: &str,
    body: &Value,
    headers: &[(&str, &str)],
) -> Answer {
    let program = app.visitor();
    let mut request = program.request(method, path).bearer_auth(token);
    if !body.is_null() {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    program.send(request).await
}

/// What is answered to something that is written.
pub async fn post(app: &App, token: &str, path: &str, body: Value) -> Value {
    let answer = send(app, token, Method::POST, path, &body, &[]).await;
    assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// Undoes what an answer says can be undone.
pub async fn undo(app: &App, token: &str, answered: &Value) -> Value {
    let undo = &answered["undo"];
    let method: Method = undo["method"].as_str().unwrap().parse().unwrap();
    let answer = if method == Method::PATCH {
        send(app, token, method, undo["path"].as_str().unwrap(), &undo["body"], &[("if-match", "*")]).await
    } else {
        send(app, token, method, undo["path"].as_str().unwrap(), &undo["body"], &[]).await
    };
    assert!(answer.status.is_success(), "{undo}: {} {}", answer.status, answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// A problem (RFC 9457) of that status.
pub fn problem(answer: Answer, status: u16) -> Value {
    let answer = answer.is(status);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], status);
    problem
}
