//! Programs that write: as the pages do, once, and undone with what the answer says.

use std::collections::BTreeSet;

use inroad::routes::{TABLE, Verb, Who};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::programs::{json as read, post, problem, send, token, undo, writing_token};
use crate::support::sums::sums_of;
use crate::support::{App, routes};

/// What is sent to write one of each, and the field it is known by.
fn one_of_each(contact: &str, company: &str) -> [(&'static str, Value); 7] {
    [
        ("companies", json!({ "name": "Fresh Orbits", "industry": "Space", "place": "Turin" })),
        ("contacts", json!({ "name": "Mary Jackson", "company": "Fresh Orbits", "warmth": "knows_me" })),
        ("touchpoints", json!({ "contact_id": contact, "kind": "met", "note": "At the meetup" })),
        ("interviews", json!({ "contact_id": contact, "date": "2026-12-03", "time": "14:30", "way": "video" })),
        ("insights", json!({ "company_id": company, "topic": "team", "text": "Small teams" })),
        ("openings", json!({ "company": "Fresh Orbits", "title": "Analyst", "source": "posted" })),
        ("referrals", json!({ "contact_id": contact, "anyway": true })),
    ]
}

#[tokio::test]
async fn one_of_each_kind_is_written_read_and_undone() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let token = writing_token(&app.alice, "My script").await;
    let person = post(&app, &token, "/api/v1/contacts", json!({ "name": "Annie Easley", "company": "NACA" })).await;
    let (contact, company) = (person["item"]["id"].as_str().unwrap(), of.company.to_string());
    for (kind, body) in one_of_each(contact, &company) {
        let path = format!("/api/v1/{kind}");
        let answer = send(&app, &token, Method::POST, &path, &body, &[]).await;
        assert_eq!(answer.status, 201, "{kind}: {}", answer.body);
        let (location, etag) = (answer.header("location").to_owned(), answer.header("etag").to_owned());
        let written: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(read(&app, &token, &location).await, written["item"], "{kind}");
        assert_eq!(crate::support::programs::call(&app, &token, &location).await.header("etag"), etag, "{kind}");
        undo(&app, &token, &written).await;
        if kind != "touchpoints" {
            crate::support::programs::refused(&app, &token, &location, 404).await;
            let back = send(&app, &token, Method::POST, &format!("{location}/restorations"), &Value::Null, &[]).await;
            assert_eq!(back.status, 200, "{kind}: {}", back.body);
            read(&app, &token, &location).await;
        }
    }
}

#[tokio::test]
async fn what_a_program_writes_down_moves_the_stage_and_is_marked_with_its_name() {
    let app = App::start().await;
    let token = writing_token(&app.alice, "My assistant").await;
    let person = post(&app, &token, "/api/v1/contacts", json!({ "name": "Dorothy Vaughan" })).await;
    let contact = person["item"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/contacts/{contact}");
    let asked = json!({ "contact_id": contact, "kind": "requested", "channel": "linkedin_note", "body": "Hello" });
    let asked = post(&app, &token, "/api/v1/touchpoints", asked).await;
    assert_eq!(asked["item"]["program"], "My assistant");
    assert!(asked["said"].as_str().unwrap().starts_with("Marked as sent. Next:"), "{asked}");
    assert_eq!(read(&app, &token, &path).await["stage"], "requested");
    let page = app.alice.get(&format!("/contacts/{contact}")).await.page();
    assert!(page.says("by My assistant"), "the history tells who wrote it");

    // What a program wrote is undone on the page, and what is undone by a program is marked, too.
    let line = asked["item"]["id"].as_str().unwrap();
    app.alice.post(&format!("/contacts/{contact}/touchpoints/{line}/undos"), &[]).await.is(303);
    assert_eq!(read(&app, &token, &path).await["stage"], "identified");
    let by_hand = app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", "met")]).await.is(303);
    assert!(by_hand.to().starts_with("/contacts/"));
    let lines = read(&app, &token, "/api/v1/touchpoints").await;
    let met = lines["items"].as_array().unwrap().iter().find(|line| line["kind"] == "met").unwrap().clone();
    assert_eq!(met["program"], Value::Null, "the user did that");
    let undone =
        post(&app, &token, &format!("/api/v1/touchpoints/{}/undos", met["id"].as_str().unwrap()), json!({})).await;
    assert!(undone["said"].as_str().unwrap().starts_with("Undone: met."), "{undone}");

    // The name stays in the history when the token is gone.
    let page = app.alice.get("/settings/programs").await.page();
    page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap().submit(&app.alice).await.is(303);
    assert!(app.alice.get(&format!("/contacts/{contact}")).await.page().says("by My assistant"));
}

#[tokio::test]
async fn what_is_wrong_is_said_by_field_and_nothing_unknown_is_taken() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let token = writing_token(&app.alice, "Careless").await;
    let before = sums_of(&app.db, app.alice.id).await;
    let contact = of.contact.to_string();
    let notes = format!("interviews/{}/notes", of.interview);
    for (path, body, fields) in [
        ("companies", json!({ "name": " ", "website": "javascript:x" }), &["name", "website"][..]),
        (
            "contacts",
            json!({ "name": "", "profile_url": "javascript:x", "rhythm": "own" }),
            &["name", "profile_url", "rhythm_days"],
        ),
        ("touchpoints", json!({ "contact_id": contact, "kind": "held" }), &["kind"]),
        ("touchpoints", json!({ "contact_id": contact, "kind": "met", "on": "2199-01-01" }), &["on"]),
        ("interviews", json!({ "contact_id": contact, "date": "2026-12-03", "time": "noon" }), &["time"]),
        (&notes[..], json!({ "lines": [] }), &["lines"]),
        (&notes[..], json!({ "lines": [{ "text": "Fine" }, { "text": " " }] }), &["lines"]),
        ("insights", json!({ "topic": "team", "text": "Whose?" }), &["interview_id"]),
        ("insights", json!({ "topic": "team", "text": " ", "company_id": of.company }), &["text"]),
        ("openings", json!({ "company": "", "title": "" }), &["company", "title"]),
        ("referrals", json!({}), &["contact_id"]),
        ("today/snoozes", json!({ "about": "contact", "id": contact, "until": "2020-01-01" }), &["until"]),
    ] {
        let answer = send(&app, &token, Method::POST, &format!("/api/v1/{path}"), &body, &[]).await;
        let problem = problem(answer, 422);
        let told: BTreeSet<&str> = problem["errors"].as_object().unwrap().keys().map(String::as_str).collect();
        let wanted: BTreeSet<&str> = fields.iter().copied().collect();
        assert_eq!(told, wanted, "{path} {body}: {problem}");
    }
    for (body, status, says) in [
        ("{\"name\": \"A\", \"colour\": \"red\"}", 422, "unknown field `colour`"),
        ("{\"name\": 7}", 422, "invalid type"),
        ("{\"name\": ", 400, "cannot be read"),
        ("[]", 422, "cannot be read"),
    ] {
        let program = app.visitor();
        let request = program.request(Method::POST, "/api/v1/companies").bearer_auth(&token);
        let answer = program.send(request.header("content-type", "application/json").body(body)).await;
        assert!(problem(answer, status)["detail"].as_str().unwrap().contains(says), "{body}");
    }
    let program = app.visitor();
    let form = program.request(Method::POST, "/api/v1/companies").bearer_auth(&token).form(&[("name", "Acme")]);
    problem(program.send(form).await, 415);
    assert_eq!(sums_without_tokens(sums_of(&app.db, app.alice.id).await), sums_without_tokens(before));
}

/// That a token was used is noted, whatever it did.
fn sums_without_tokens(mut sums: crate::support::sums::Sums) -> crate::support::sums::Sums {
    sums.remove("access_tokens");
    sums
}

#[tokio::test]
async fn a_change_needs_the_version_it_is_made_of_and_loses_nobodys() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let token = writing_token(&app.alice, "Editor").await;
    let changes: [(&str, String, Value); 5] = [
        ("companies", of.company.to_string(), json!({ "place": "Turin", "notes": null })),
        (
            "contacts",
            of.contact.to_string(),
            json!({ "job_title": "Head of Orbits", "rhythm": "own", "rhythm_days": 45 }),
        ),
        ("interviews", of.interview.to_string(), json!({ "minutes": 35, "place": "Room 3" })),
        ("insights", of.insight.to_string(), json!({ "text": "Said otherwise" })),
        ("openings", of.opening.to_string(), json!({ "salary": "Enough" })),
    ];
    for (kind, id, change) in changes {
        let path = format!("/api/v1/{kind}/{id}");
        let before = crate::support::programs::call(&app, &token, &path).await.is(200);
        let etag = before.header("etag").to_owned();
        problem(send(&app, &token, Method::PATCH, &path, &change, &[]).await, 428);
        problem(send(&app, &token, Method::PATCH, &path, &change, &[("if-match", "\"old\"")]).await, 412);
        let saved = send(&app, &token, Method::PATCH, &path, &change, &[("if-match", &etag)]).await;
        assert_eq!(saved.status, 200, "{kind}: {}", saved.body);
        let after: Value = serde_json::from_str(&saved.body).unwrap();
        for (field, value) in change.as_object().unwrap().iter().filter(|(field, _)| *field != "rhythm") {
            assert_eq!(&after["item"][field], value, "{kind}");
        }
        problem(send(&app, &token, Method::PATCH, &path, &change, &[("if-match", &etag)]).await, 412);
        undo(&app, &token, &after).await;
        let again: Value = serde_json::from_str(&before.body).unwrap();
        let now = read(&app, &token, &path).await;
        for field in change.as_object().unwrap().keys().filter(|field| *field != "rhythm") {
            assert_eq!(now[field], again[field], "{kind}: {field} is as before");
        }
    }
}

#[tokio::test]
async fn what_is_sent_again_with_its_key_is_written_once() {
    let app = App::start().await;
    let (token, his) = (writing_token(&app.alice, "Retries").await, writing_token(&app.charlie, "His").await);
    let key = [("idempotency-key", "3f2b")];
    let body = json!({ "name": "Katherine Johnson" });
    let first = send(&app, &token, Method::POST, "/api/v1/contacts", &body, &key).await.is(201);
    let again = send(&app, &token, Method::POST, "/api/v1/contacts", &body, &key).await.is(201);
    assert_eq!((again.body, again.headers.get("location")), (first.body.clone(), first.headers.get("location")));
    assert_eq!(again.headers.get("etag"), first.headers.get("etag"));
    let other = json!({ "name": "Somebody else" });
    problem(send(&app, &token, Method::POST, "/api/v1/contacts", &other, &key).await, 422);
    problem(send(&app, &token, Method::POST, "/api/v1/companies", &body, &key).await, 422);
    send(&app, &his, Method::POST, "/api/v1/contacts", &other, &key).await.is(201);
    let count = |name: &'static str| {
        let db = app.db.clone();
        async move {
            let sql = "select count(*) from contacts where name = $1";
            sqlx::query_scalar::<_, i64>(sql).bind(name).fetch_one(&db).await.unwrap()
        }
    };
    assert_eq!(
        (count("Katherine Johnson").await, count("Somebody else").await),
        (1, 1),
        "each account has its own keys"
    );

    // What failed is no answer to keep: the same key does it once it can be done.
    let key = [("idempotency-key", "\"later\"")];
    problem(send(&app, &token, Method::POST, "/api/v1/contacts", &json!({ "name": "" }), &key).await, 422);
    send(&app, &token, Method::POST, "/api/v1/contacts", &json!({ "name": "Now" }), &key).await.is(201);

    // After a day the key is free, and the daily job forgets it.
    app.pass(SignedDuration::from_hours(25));
    inroad::trash::purge::clean(&app.db, app.now()).await.unwrap();
    let kept: i64 = sqlx::query_scalar("select count(*) from idempotency_keys").fetch_one(&app.db).await.unwrap();
    assert_eq!(kept, 0);
    send(&app, &token, Method::POST, "/api/v1/contacts", &body, &[("idempotency-key", "3f2b")]).await.is(201);
    assert_eq!(count("Katherine Johnson").await, 2);
}

#[tokio::test]
async fn one_key_at_once_writes_once() {
    let app = App::start().await;
    let token = writing_token(&app.alice, "Eager").await;
    let body = json!({ "name": "Mary Golda Ross" });
    let key = [("idempotency-key", "at-once")];
    let sending = (0..8).map(|_| send(&app, &token, Method::POST, "/api/v1/contacts", &body, &key));
    for answer in futures_util::future::join_all(sending).await {
        assert!(matches!(answer.status.as_u16(), 201 | 409), "{} {}", answer.status, answer.body);
    }
    let sql = "select count(*) from contacts where name = 'Mary Golda Ross'";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&app.db).await.unwrap(), 1);

    // Somebody has the key, and is not done with it.
    let mut under_way = app.db.begin().await.unwrap();
    // It is a request of the program's, which holds nothing of the account's frame meanwhile.
    sqlx::query("set local application_name = 'inroad'").execute(&mut *under_way).await.unwrap();
    let sql =
        "insert into idempotency_keys (user_id, id, request_hash, made_at) select user_id, $2, request_hash, made_at
        from idempotency_keys where user_id = $1";
    let id = uuid::Uuid::from_slice(&sha("busy")[..16]).unwrap();
    sqlx::query(sql).bind(app.alice.id).bind(id).execute(&mut *under_way).await.unwrap();
    problem(send(&app, &token, Method::POST, "/api/v1/contacts", &body, &[("idempotency-key", "busy")]).await, 409);
    under_way.rollback().await.unwrap();
    send(&app, &token, Method::POST, "/api/v1/contacts", &body, &[("idempotency-key", "busy")]).await.is(201);
}

fn sha(text: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).to_vec()
}

#[tokio::test]
async fn every_call_asks_for_a_token_of_its_scope_that_holds() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let (reads, writes) = (token(&app.alice, "Reads").await, writing_token(&app.alice, "Writes").await);
    let (ended, disabled) = (writing_token(&app.alice, "Ended").await, writing_token(&app.charlie, "Disabled").await);
    let hers = writing_token(&app.dora, "Someone else's").await;
    sqlx::query("delete from access_tokens where label = 'Ended'").execute(&app.db).await.unwrap();
    app.dora.post(&format!("/admin/accounts/{}", app.charlie.id), &[("change", "disable")]).await.is(303);
    sqlx::query("update access_tokens set expires_at = $1 where label = 'Reads'")
        .bind(inroad::database::At(app.now() + SignedDuration::from_hours(24 * 400)))
        .execute(&app.db)
        .await
        .unwrap();
    let before = sums_without_tokens(sums_of(&app.db, app.alice.id).await);
    let of_programs = || TABLE.iter().filter(|route| matches!(route.who, Who::Program | Who::ProgramWriting));
    for route in of_programs() {
        let path = routes::path_of(route, &ids);
        let ask = async |token: &str| {
            let headers = [("if-match", "\"no\""), ("accept", "application/json, text/event-stream")];
            send(&app, token, route.method.into(), &path, &json!({}), &headers).await.status.as_u16()
        };
        for dead in [&ended, &disabled] {
            assert_eq!(ask(dead).await, 401, "{:?} {path}", route.method);
        }
        match route.who {
            Who::ProgramWriting => {
                assert_eq!(ask(&reads).await, 403, "{:?} {path} with a token that reads", route.method);
                if routes::has_id(route) && route.path != "/mcp" {
                    let status = ask(&hers).await;
                    assert!(
                        matches!(status, 404 | 409 | 412 | 422),
                        "{:?} {path}: {status} for someone else",
                        route.method
                    );
                }
            }
            _ if route.method == Verb::Get => assert!(ask(&reads).await < 500 && ask(&writes).await < 500),
            _ => assert!(ask(&reads).await < 500),
        }
    }
    assert_eq!(sums_without_tokens(sums_of(&app.db, app.alice.id).await), before, "nobody changed what is Alice's");
    app.pass(SignedDuration::from_hours(24 * 91));
    for route in of_programs() {
        let path = routes::path_of(route, &ids);
        let answer = send(&app, &writes, route.method.into(), &path, &json!({}), &[("if-match", "*")]).await;
        assert_eq!(answer.status, 401, "{:?} {path} with one that expired", route.method);
    }
}

#[tokio::test]
async fn a_token_that_is_ended_while_it_writes_has_written_or_has_not() {
    let app = App::start().await;
    let token = writing_token(&app.alice, "Doomed").await;
    let person = post(&app, &token, "/api/v1/contacts", json!({ "name": "Hedy Lamarr" })).await;
    let body = json!({ "contact_id": person["item"]["id"], "kind": "met" });
    // Whoever ends the token first has its row; the write comes after, and finds it gone.
    let mut ending = app.db.begin().await.unwrap();
    sqlx::query("delete from access_tokens where label = 'Doomed'").execute(&mut *ending).await.unwrap();
    let writing = send(&app, &token, Method::POST, "/api/v1/touchpoints", &body, &[]);
    let ended = async {
        tokio::task::yield_now().await;
        ending.commit().await.unwrap();
    };
    let (answer, ()) = futures_util::future::join(writing, ended).await;
    problem(answer, 401);
    let met: i64 =
        sqlx::query_scalar("select count(*) from touchpoints where kind = 'met'").fetch_one(&app.db).await.unwrap();
    assert_eq!(met, 0);
}

#[tokio::test]
async fn a_day_is_worked_through_by_a_program() {
    let app = App::start().await;
    let ada = app.demo().await;
    let token = writing_token(&ada, "My day").await;
    let today = read(&app, &token, "/api/v1/today").await;
    let due = today["due"].as_array().unwrap();
    let until = "2027-01-15";
    let mut snoozed = BTreeSet::new();
    for line in due {
        let about = line["about"].as_str().unwrap();
        // What waits for a talk that has a date stays with it, and a line for several things is looked at on its page.
        if line["id"].is_null() || snoozed.contains(about) || is_about_a_talk(&app, &token, line).await {
            continue;
        }
        snoozed.insert(about);
        let body = json!({ "about": about, "id": line["id"], "until": until });
        let answer = post(&app, &token, "/api/v1/today/snoozes", body).await;
        let after = read(&app, &token, "/api/v1/today").await;
        assert!(!after["due"].as_array().unwrap().contains(line), "{line}");
        undo(&app, &token, &answer).await;
        assert!(read(&app, &token, "/api/v1/today").await["due"].as_array().unwrap().contains(line), "{line}");
    }
    assert!(snoozed.contains("contact"), "{snoozed:?}");
    for line in due {
        if matches!(line["about"].as_str().unwrap(), "promise" | "task" | "opening") {
            let body = json!({ "about": line["about"], "id": line["id"] });
            let answer = post(&app, &token, "/api/v1/today/done-marks", body).await;
            let after = read(&app, &token, "/api/v1/today").await;
            assert!(!after["due"].as_array().unwrap().contains(line), "{line}");
            undo(&app, &token, &answer).await;
            assert!(read(&app, &token, "/api/v1/today").await["due"].as_array().unwrap().contains(line), "{line}");
        }
    }
}

async fn is_about_a_talk(app: &App, token: &str, line: &Value) -> bool {
    if line["about"] != "contact" {
        return false;
    }
    let contact = read(app, token, &format!("/api/v1/contacts/{}", line["id"].as_str().unwrap())).await;
    matches!(contact["next_step"].as_str(), Some("hold" | "prepare" | "set_time"))
}

#[tokio::test]
async fn a_step_is_skipped_with_a_reason_and_comes_back() {
    let app = App::start().await;
    let token = writing_token(&app.alice, "Skipper").await;
    let person = json!({ "name": "Gladys West", "pick": true });
    let person = post(&app, &token, "/api/v1/contacts", person).await;
    let path = format!("/api/v1/contacts/{}", person["item"]["id"].as_str().unwrap());
    assert_eq!(read(&app, &token, &path).await["next_step"], "request");
    let skip = format!("{path}/skips");
    problem(send(&app, &token, Method::POST, &skip, &json!({ "note": " " }), &[]).await, 422);
    let skipped = post(&app, &token, &skip, json!({ "note": "They moved abroad" })).await;
    assert_eq!(read(&app, &token, &path).await["next_step"], Value::Null);
    problem(send(&app, &token, Method::POST, &skip, &json!({ "note": "Again" }), &[]).await, 422);
    undo(&app, &token, &skipped).await;
    assert_eq!(read(&app, &token, &path).await["next_step"], "request");
}
