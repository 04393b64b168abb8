//! The complete archive: everything of an account is in it, and another installation brings it in to an equal account.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use inroad::export::archive::bring::columns;
use inroad::export::archive::columns::Kind;
use inroad::export::archive::manifest::schema;
use inroad::export::archive::shapes::READERS;
use inroad::export::queries::tables::TABLES;
use inroad::ids::UserId;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Answer, App, Person};

/// Tables that are no part of an archive, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("access_tokens", "they lead to this installation"),
    ("oauth_clients", "they lead to this installation"),
    ("oauth_codes", "they lead to this installation"),
    ("audit_events", "what was done here, and from where"),
    ("bulk_changes", "what one press takes back, for days and where it was done"),
    ("ceremonies", "answers that are waited for here"),
    ("cohorts", "of this installation"),
    ("cohort_members", "who is in a cohort of this installation"),
    ("devices", "browsers that are known here"),
    ("half_logins", "logins here that wait for their second step"),
    ("grants", "who looks is a person of this installation"),
    ("idempotency_keys", "what programs were answered here, for a day"),
    ("identities", "who someone is to the issuer set up here"),
    ("invitations", "they lead to this installation"),
    ("job_runs", "how the work of this installation fares"),
    ("kept_forms", "what waits was sent to this installation's pages, and is sent or dropped there"),
    ("looks", "what people of this installation looked at"),
    ("mails", "what is on its way from here"),
    ("notices", "what is on its way from here"),
    ("push_devices", "browsers that are reached by this installation's key alone"),
    ("passkeys", "they open this installation's address alone"),
    ("rails", "what the frame of a page says, counted again there"),
    ("rate_limits", "attempts made here"),
    ("reminders", "mails and notices of this installation, to an address and devices that are known here"),
    ("reminders_told", "what was told from here"),
    ("remembered_browsers", "browsers that are not asked for a code here"),
    ("sessions", "browsers signed in here"),
    ("settings", "the installation's own"),
];

/// What of an account stays where it is, and why.
const ACCOUNT_LEFT_OUT: &[(&str, &str)] = &[
    ("id", "each account has its own"),
    ("email", "it is how one logs in here"),
    ("password_hash", "a secret"),
    ("password_link_hash", "a secret"),
    ("password_link_until", "belongs to the secret"),
    ("email_confirmed_at", "belongs to the address"),
    ("email_link_hash", "a secret"),
    ("email_link_until", "belongs to the secret"),
    ("second_step_since", "of this account's secret"),
    ("second_step_removed_at", "what was done here"),
    ("totp_secret", "a secret"),
    ("totp_step", "belongs to the secret"),
    ("totp_offered", "a secret"),
    ("recovery_hashes", "of secrets"),
    ("feed_hash", "a secret"),
    ("feed_steps", "belongs to the secret"),
    ("feed_alarm_minutes", "belongs to the secret"),
    ("feed_made_at", "belongs to the secret"),
    ("feed_read_at", "belongs to the secret"),
    ("documents_mb", "the room this installation gives"),
    ("admin_by_group", "of this installation"),
    ("is_admin", "of this installation"),
    ("disabled_at", "of this installation"),
    ("created_at", "when this account was made"),
    ("version", "counts the changes of this account"),
];

async fn tables(db: &PgPool) -> Vec<String> {
    let sql = "select table_name::text from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> '_sqlx_migrations' order by 1";
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

/// All rows of an account by table, its own among them, without what tells one account from another.
pub async fn held(db: &PgPool, user: UserId) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    let own: Vec<&str> = ACCOUNT_LEFT_OUT.iter().map(|(column, _)| *column).collect();
    let sql = "select (to_jsonb(u) - $2::text[])::text from users u where u.id = $1";
    let account = sqlx::query_scalar(sql).bind(user).bind(own).fetch_one(db).await.unwrap();
    held.insert("users".to_owned(), account);
    for table in tables(db).await {
        if table == "users" || LEFT_OUT.iter().any(|(left_out, _)| *left_out == table) {
            continue;
        }
        let sql = format!(
            "select coalesce(string_agg((to_jsonb(t) - 'user_id')::text, e'\\n' order by t.id), '') from {table} t where t.user_id = $1"
        );
        let rows = sqlx::query_scalar(AssertSqlSafe(sql)).bind(user).fetch_one(db).await.unwrap();
        held.insert(table, rows);
    }
    held
}

/// The archive of someone's account.
pub async fn archive_of(person: &Person) -> Vec<u8> {
    let answer = person.request(Method::GET, "/export/archive.zip").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    assert!(answer.headers().get("content-encoding").is_none(), "it is packed already");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"inroad-"));
    answer.bytes().await.unwrap().to_vec()
}

/// Brings an archive in.
pub async fn bring(person: &Person, archive: Vec<u8>) -> Answer {
    let file = Part::bytes(archive).file_name("inroad.zip");
    let request = person.request(Method::POST, "/archives").header("sec-fetch-site", "same-origin");
    person.send(request.multipart(Form::new().part("file", file))).await
}

/// The files of a zip, by name.
pub fn files(archive: &[u8]) -> Files {
    let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|nr| {
            let mut file = zip.by_index(nr).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A zip of these files.
pub fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn every_table_and_every_setting_is_in_it_or_left_out_for_a_reason() {
    let app = App::start().await;
    let mut known: Vec<&str> = TABLES.iter().copied().chain(LEFT_OUT.iter().map(|(table, _)| *table)).collect();
    known.push("users");
    known.sort_unstable();
    assert_eq!(
        tables(&app.db).await,
        known,
        "give a new table its row in src/export/queries/tables.rs, or a reason here"
    );

    let settings: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = 'users' order by 1",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let archive = files(&archive_of(&app.alice).await);
    let manifest: Value = serde_json::from_slice(&archive["inroad.json"]).unwrap();
    let mut known: Vec<&str> = manifest["account"].as_object().unwrap().keys().map(String::as_str).collect();
    known.extend(ACCOUNT_LEFT_OUT.iter().map(|(column, _)| *column));
    known.sort_unstable();
    assert_eq!(settings, known, "a setting moves with its account, or has a reason here");
    assert_eq!(manifest["rows"].as_object().unwrap().len(), TABLES.len());
}

#[tokio::test]
async fn rows_are_written_after_those_they_name() {
    let app = App::start().await;
    let keys: Vec<(String, String, String)> = sqlx::query_as(
        "select f.conname::text, c.relname::text, o.relname::text from pg_constraint f
         join pg_class c on c.oid = f.conrelid join pg_class o on o.oid = f.confrelid
         where f.contype = 'f' and f.connamespace = 'public'::regnamespace and c.oid <> o.oid",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let place = |table: &str| TABLES.iter().position(|known| *known == table);
    let wrong: Vec<_> =
        keys.iter().filter(|(_, from, to)| place(from).zip(place(to)).is_some_and(|(from, to)| from < to)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_column_is_of_a_kind_that_is_known_and_has_a_default_that_can_be_told() {
    let app = App::start().await;
    let mut db = app.db.acquire().await.unwrap();
    let columns = columns(&mut db, app.now()).await.unwrap();
    let defaults: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'public' and column_default is not null",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    for table in TABLES {
        assert!(!columns.of(table).is_empty(), "{table}");
        for column in columns.of(table) {
            let has_default = defaults.contains(&((*table).to_owned(), column.name.clone()));
            assert_eq!(has_default, column.default.is_some(), "{table}.{}", column.name);
            let is_json = column.kind == Kind::Json;
            let has_reader = READERS.iter().any(|(of, name, _)| (*of, *name) == (*table, column.name.as_str()));
            assert_eq!(is_json, has_reader, "{table}.{}: READERS in src/export/archive/shapes.rs", column.name);
        }
    }
}

/// A row of every table, as JSON Schema.
async fn described(app: &App) -> Value {
    let columns = columns(&mut app.db.acquire().await.unwrap(), app.now()).await.unwrap();
    let mut tables = serde_json::Map::new();
    for table in TABLES {
        let mut properties = serde_json::Map::new();
        for column in columns.of(table) {
            let (kind, format) = match column.kind {
                Kind::Id => ("string", Some("uuid")),
                Kind::Text | Kind::Bytes => ("string", None),
                Kind::Truth => ("boolean", None),
                Kind::Whole(_) => ("integer", None),
                Kind::Day => ("string", Some("date")),
                Kind::Instant => ("string", Some("date-time")),
                Kind::Json => ("", None),
            };
            let mut property = json!({});
            if !kind.is_empty() {
                property["type"] = if column.required { json!(kind) } else { json!([kind, "null"]) };
            }
            if let Some(format) = format {
                property["format"] = json!(format);
            }
            if let Some(default) = &column.default {
                property["default"] = serde_json::from_str(default).unwrap();
            }
            properties.insert(column.name.clone(), property);
        }
        let required: Vec<&str> = columns
            .of(table)
            .iter()
            .filter(|column| column.required && column.default.is_none())
            .map(|column| column.name.as_str())
            .collect();
        let row =
            json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
        tables.insert((*table).to_owned(), row);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of tables/NAME.ndjson in an archive of Inroad, by NAME",
        "x-schema": schema(),
        "$defs": tables,
    })
}

/// `INROAD_RENEW=1 cargo test --test http archives::` writes it anew.
#[tokio::test]
async fn the_documented_schema_is_that_of_the_database() {
    let app = App::start().await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/archive.schema.json");
    let now = serde_json::to_string_pretty(&described(&app).await).unwrap() + "\n";
    if std::env::var_os("INROAD_RENEW").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == now,
        "INROAD_RENEW=1 cargo test --test http archives:: writes it anew"
    );
}

#[tokio::test]
async fn an_account_moves_to_another_installation_and_on_and_stays_equal() {
    let (here, there) = (App::start().await, App::start().await);
    let ada = here.demo().await;
    here.fill(&here.alice).await;
    for (from, to, on) in [(&ada, &there.charlie, &there.alice), (&here.alice, &there.dora, &here.charlie)] {
        let before = held(&here.db, from.id).await;
        assert!(before.values().filter(|rows| !rows.is_empty()).count() >= 10);
        let archive = archive_of(from).await;
        let answer = bring(to, archive.clone()).await;
        assert_eq!(answer.to(), "/", "{}", answer.gist());
        assert!(to.follow(&answer).await.toast().contains("Your search is here"));
        assert_eq!(held(&there.db, to.id).await, before);
        let again = archive_of(to).await;
        let (mut one, mut other) = (files(&archive), files(&again));
        one.remove("inroad.json");
        other.remove("inroad.json");
        assert_eq!(one, other, "what is taken out of it again is the same");
        // And once more.
        bring(on, again).await.to();
        let db = if on.id == here.charlie.id { &here.db } else { &there.db };
        assert_eq!(held(db, on.id).await, before);
    }
    for table in TABLES {
        let rows = &held(&here.db, here.alice.id).await[*table];
        assert!(!rows.is_empty(), "nothing was moved of {table}: give it a row in tests/support/everything.rs");
    }
    for path in
        ["/", "/companies", "/contacts", "/interviews", "/openings", "/referrals", "/progress", "/library", "/bin"]
    {
        there.charlie.get(path).await.is(200);
        there.dora.get(path).await.is(200);
    }
}

#[tokio::test]
async fn an_archive_of_an_older_schema_takes_defaults_and_has_its_names_folded_anew() {
    let app = App::start().await;
    let ada = app.demo().await;
    let before = held(&app.db, ada.id).await;
    let mut archive = files(&archive_of(&ada).await);
    edit(&mut archive, "inroad.json", |manifest| {
        manifest["schema"] = json!(30);
        manifest["rules"] = json!(0);
        manifest["rows"].as_object_mut().unwrap().remove("joins");
    });
    archive.remove("tables/joins.ndjson");
    rows(&mut archive, "contacts", |_, row| {
        row["name_folded"] = json!("");
        row.as_object_mut().unwrap().remove("live_profile");
    });
    bring(&app.charlie, zipped(&archive)).await.to();
    let mut after = held(&app.db, app.charlie.id).await;
    let folded = "select name_folded from contacts where user_id = $1 order by id";
    let folded_of =
        async |id: UserId| sqlx::query_scalar::<_, String>(folded).bind(id).fetch_all(&app.db).await.unwrap();
    assert_eq!(folded_of(app.charlie.id).await, folded_of(ada.id).await);
    after.retain(|table, _| !["contacts", "companies"].contains(&table.as_str()));
    assert!(after.iter().all(|(table, rows)| before[table] == *rows));
    let live: i64 = sqlx::query_scalar("select count(*) from contacts where user_id = $1 and live_profile")
        .bind(app.charlie.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(live, 0);
}

/// The files of a zip, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Changes a file that is JSON.
pub fn edit(archive: &mut Files, name: &str, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(&archive[name]).unwrap();
    change(&mut value);
    archive.insert(name.to_owned(), serde_json::to_vec(&value).unwrap());
}

/// Changes the rows of a table, each with its place.
pub fn rows(archive: &mut Files, table: &str, change: impl Fn(usize, &mut Value)) {
    let name = format!("tables/{table}.ndjson");
    let text = String::from_utf8(archive[&name].clone()).unwrap();
    let changed = text.lines().enumerate().map(|(nr, line)| {
        let mut row = serde_json::from_str(line).unwrap();
        change(nr, &mut row);
        row.to_string() + "\n"
    });
    archive.insert(name, changed.collect::<String>().into_bytes());
}
