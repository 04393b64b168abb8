//! What is brought in and is no archive is refused with a reason, and changes nothing.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::archives::{Files, archive_of, bring, edit, files, held, rows, zipped};
use crate::support::App;

/// Changes the first row of a table.
fn first(archive: &mut Files, table: &str, column: &str, value: Value) {
    rows(archive, table, |nr, row| {
        if nr == 0 {
            row[column] = value.clone();
        }
    });
}

#[tokio::test]
async fn what_is_no_archive_is_refused_in_words_and_changes_nothing() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let whole = archive_of(&app.alice).await;
    let before = held(&app.db, app.charlie.id).await;
    let changed = |change: &dyn Fn(&mut Files)| {
        let mut archive = files(&whole);
        change(&mut archive);
        zipped(&archive)
    };
    let other = files(&zipped(&Files::from([("photo.txt".to_owned(), b"x".to_vec())])));
    let stranger = uuid::Uuid::now_v7().to_string();
    let contacts = "tables/contacts.ndjson";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("The file is empty", Vec::new()),
        ("no zip file", b"First Name,Last Name\nAda,Byron\n".to_vec()),
        ("no zip file", b"PK\x03\x04".to_vec()),
        ("it was cut off", whole[..whole.len() / 2].to_vec()),
        ("holds no inroad.json", zipped(&other)),
        ("inroad.json in it can't be read", changed(&|a| drop(a.insert("inroad.json".into(), b"{".to_vec())))),
        ("its format is not", changed(&|a| edit(a, "inroad.json", |m| m["format"] = json!("else")))),
        ("made by a newer Inroad", changed(&|a| edit(a, "inroad.json", |m| m["schema"] = json!(999_999)))),
        ("there is no time zone", changed(&|a| edit(a, "inroad.json", |m| m["account"]["time_zone"] = json!("Mars")))),
        ("the name:", changed(&|a| edit(a, "inroad.json", |m| m["account"]["name"] = json!("")))),
        ("preferences:", changed(&|a| edit(a, "inroad.json", |m| m["account"]["preferences"]["goals"] = json!(1)))),
        (
            "it breaks users_preferences_form",
            changed(&|a| {
                edit(a, "inroad.json", |m| m["account"]["preferences"]["about_me"] = json!("x".repeat(70_000)));
            }),
        ),
        (
            "a day in them lies outside the years",
            changed(&|a| {
                edit(a, "inroad.json", |m| m["account"]["preferences"]["done_for_today"] = json!("0001-01-01"));
            }),
        ),
        (
            "resume_url that is no web address",
            changed(&|a| edit(a, "inroad.json", |m| m["account"]["preferences"]["resume_url"] = json!("javascript:x"))),
        ),
        ("which this Inroad doesn't know", changed(&|a| drop(a.insert("tables/spells.ndjson".into(), Vec::new())))),
        ("it isn't as it was written", changed(&|a| drop(a.remove(contacts)))),
        ("it isn't as it was written", changed(&|a| drop(a.insert(contacts.into(), Vec::new())))),
        (
            "contacts.ndjson, line 1: it isn't written in UTF-8",
            changed(&|a| drop(a.insert(contacts.into(), vec![0xff; 9]))),
        ),
        ("contacts.ndjson, line 1: it's no row", changed(&|a| drop(a.insert(contacts.into(), b"[]\n".to_vec())))),
        ("contacts.ndjson, line 1: it has no name", changed(&|a| first(a, "contacts", "name", Value::Null))),
        ("its name is no text", changed(&|a| first(a, "contacts", "name", json!(5)))),
        ("can't be kept (U+0000)", changed(&|a| first(a, "contacts", "name", json!("a\0b")))),
        ("contacts has no 'user_id'", changed(&|a| first(a, "contacts", "user_id", json!(app.alice.id)))),
        ("contacts has no 'is_admin'", changed(&|a| first(a, "contacts", "is_admin", json!(true)))),
        (
            "its profile_url is no web address",
            changed(&|a| first(a, "contacts", "profile_url", json!("javascript:alert(1)"))),
        ),
        ("its time_zone is no time zone", changed(&|a| first(a, "contacts", "time_zone", json!("../../etc")))),
        ("its next_due lies outside", changed(&|a| first(a, "contacts", "next_due", json!("0001-01-01")))),
        ("contacts_stage_known", changed(&|a| first(a, "contacts", "stage", json!("married")))),
        ("contacts_name_form", changed(&|a| first(a, "contacts", "name", json!("x".repeat(201))))),
        (
            "line 1: it names a row that isn't there (contacts_company)",
            changed(&|a| first(a, "contacts", "company_id", json!(stranger))),
        ),
        ("it names a row that isn't there", changed(&|a| first(a, "contacts", "introduced_by", json!(stranger)))),
        (
            "contacts_not_introduced_by_themselves",
            changed(&|a| rows(a, "contacts", |_, row| row["introduced_by"] = row["id"].clone())),
        ),
        (
            "companies_key",
            changed(&|a| {
                let mut text = a["tables/companies.ndjson"].clone();
                text.extend_from_within(..);
                let rows = text.iter().filter(|byte| **byte == b'\n').count();
                a.insert("tables/companies.ndjson".into(), text);
                edit(a, "inroad.json", |m| m["rows"]["companies"] = json!(rows));
            }),
        ),
        ("its content is no bytes", changed(&|a| first(a, "document_versions", "content", json!("Hello")))),
        ("its content is no bytes", changed(&|a| first(a, "document_versions", "content", json!("\\x4")))),
        ("its content isn't what its format says", changed(&|a| first(a, "document_versions", "format", json!("pdf")))),
        ("its content isn't what its format says", changed(&|a| first(a, "document_versions", "format", json!("exe")))),
        (
            "its content isn't what its format says",
            changed(&|a| first(a, "document_versions", "content", json!("\\x3c68746d6c3e"))),
        ),
        ("document_versions_size_said", changed(&|a| first(a, "document_versions", "size", json!(6)))),
        ("sent_documents_to_one", changed(&|a| first(a, "sent_documents", "referral_id", Value::Null))),
        ("its kept isn't what stands there otherwise", changed(&|a| first(a, "joins", "kept", json!({"kind": "x"})))),
        ("its moves isn't what stands there otherwise", changed(&|a| first(a, "replans", "moves", json!([1])))),
        (
            "its before holds a profile_url",
            changed(&|a| first(a, "contact_changes", "before", json!({"profile_url": "data:x"}))),
        ),
    ];
    let attempts = cases.len();
    for (nr, (said, archive)) in cases.into_iter().enumerate() {
        let answer = bring(&app.charlie, archive).await;
        assert_eq!(answer.status, 422, "{nr}: {said}: {}", answer.gist());
        let wrong = answer.page().text(".error");
        assert!(wrong.contains(said), "{nr}: {said:?} is not in {wrong:?}");
        assert_eq!(held(&app.db, app.charlie.id).await, before, "{nr}: {said}");
    }
    assert!(attempts < 60, "more are too many in an hour");
    app.alice.get(&format!("/contacts/{}", ids.contact)).await.is(200);
    bring(&app.charlie, whole).await.to();
}

#[tokio::test]
async fn a_bomb_is_left_where_it_grows_too_large() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    let mut archive = files(&archive_of(&app.alice).await);
    // One row of 41 MB, packed to some kB; and empty space without an end.
    let mut row = br#"{"id":""#.to_vec();
    row.resize(41 * 1024 * 1024, b' ');
    archive.insert("tables/contacts.ndjson".into(), row);
    let answer = bring(&app.charlie, zipped(&archive)).await;
    assert!(
        answer.page().text(".error").contains("contacts.ndjson, line 1: a row may have 40 MB"),
        "{}",
        answer.gist()
    );
}

#[tokio::test]
async fn an_account_with_anything_in_it_stays_as_it_is() {
    let app = App::start().await;
    let archive = archive_of(&app.alice).await;
    app.charlie.company("Acme").await;
    assert!(app.charlie.get("/export").await.page().says("make a new account"));
    let before = held(&app.db, app.charlie.id).await;
    let answer = bring(&app.charlie, archive).await.is(422);
    assert!(answer.page().text(".error").contains("This account isn't empty"));
    assert_eq!(held(&app.db, app.charlie.id).await, before);
}

#[tokio::test]
async fn the_password_is_asked_for_first_and_a_coach_takes_nothing_along() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    app.bob.get("/export/archive.zip").await.is(403);
    app.bob.get("/export").await.is(403);
    app.pass(SignedDuration::from_mins(11));
    let answer = app.alice.get("/export/archive.zip").await;
    assert_eq!(answer.to(), "/confirm?next=%2Fexport%2Farchive.zip");
}
