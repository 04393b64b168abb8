//! `inroad admin`, as people run it.

use std::process::{Command, Output};

use sqlx::{Executor, Row};

use crate::opened;
use crate::support::Sink;
use crate::support::database::TestDatabase;
use crate::support::sink::Mood;

fn inroad(database_url: &str, arguments: &[&str], mail: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.args(arguments).env("DATABASE_URL", database_url).env("INROAD_DATA_DIR", std::env::temp_dir());
    command.env("INROAD_URL", "https://inroad.example");
    if let Some(server) = mail {
        command.env("INROAD_SMTP_URL", server).env("INROAD_MAIL_FROM", "Inroad <inroad@inroad.example>");
    }
    command.output().unwrap()
}

/// What it says where it does as told.
#[track_caller]
fn done(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = inroad(&database.url, &[&["admin"], arguments].concat(), None);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    said.into_owned()
}

/// What it says where it does not.
#[track_caller]
fn refused(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = inroad(&database.url, &[&["admin"], arguments].concat(), None);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn administrator(database: &TestDatabase, name: &str) {
    let email = format!("{}@example.org", name.to_lowercase());
    sqlx::query(
        "insert into users (id, name, email, password_hash, time_zone, is_admin, created_at)
         values (gen_random_uuid(), $1, $2, 'x', 'UTC', true, now())",
    )
    .bind(name)
    .bind(email)
    .execute(&database.pool())
    .await
    .unwrap();
}

#[tokio::test]
async fn people_are_invited_from_the_command_line() {
    let database = TestDatabase::new().await;
    assert!(refused(&database, &["invite"]).contains("Nobody administers this Inroad yet"));
    administrator(&database, "Dora").await;
    let said = done(&database, &["invite", "Alice@Example.org"]);
    let link = said.lines().next().unwrap();
    assert!(link.starts_with("https://inroad.example/signup?invitation="), "{said}");
    assert!(said.contains("Send it to the person yourself"), "{said}");
    let listed = done(&database, &["invitations"]);
    assert!(listed.contains("alice@example.org\tby Dora\tworks until"), "{listed}");

    administrator(&database, "Emil").await;
    assert!(refused(&database, &["invite"]).contains("--by"));
    assert!(refused(&database, &["invite", "--by", "alice@example.org"]).contains("administers nothing here"));
    done(&database, &["invite", "--by", "emil@example.org"]);
    let listed = done(&database, &["invitations"]);
    let (newest, id) = (listed.lines().next().unwrap(), listed.split('\t').next().unwrap());
    assert!(newest.contains("anyone with the link\tby Emil"), "{listed}");
    assert!(done(&database, &["revoke", id]).contains("no longer works"));
    assert!(refused(&database, &["revoke", id]).contains("No open invitation"));
    assert!(refused(&database, &["revoke", "this"]).contains("inroad admin invitations lists them"));
    assert!(done(&database, &["invitations"]).contains("by Emil\trevoked"));

    let log = done(&database, &["log", "--last", "2"]);
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines.iter().all(|line| line.contains("by the command line")), "{log}");
}

#[tokio::test]
async fn an_inroad_that_runs_on_its_own_cluster_is_administered_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let inroad = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.args(arguments).env_remove("DATABASE_URL").env("INROAD_DATA_DIR", folder.path()).output().unwrap()
    };
    let database = opened(folder.path()).await;
    let demo = inroad(&["demo"]);
    assert!(demo.status.success(), "{demo:?}");
    let listed = inroad(&["user", "list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("ada@inroad.example"), "{listed:?}");
    let accounts = database.pool.fetch_one("select count(*) from users").await.unwrap();
    assert_eq!(accounts.get::<i64, _>(0), 1, "the cluster goes on");
    // One of another version is left alone.
    database
        .pool
        .execute("delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)")
        .await
        .unwrap();
    let refused = inroad(&["user", "list"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("of another version"), "{refused:?}");
    database.close().await;
}

#[tokio::test]
async fn who_may_sign_up_is_seen_and_set() {
    let database = TestDatabase::new().await;
    administrator(&database, "Dora").await;
    assert!(done(&database, &["sign-up"]).contains("as the program is started"));
    assert_eq!(done(&database, &["sign-up", "closed"]).trim(), "Closed.");
    assert_eq!(done(&database, &["sign-up"]).trim(), "Closed.");
    assert!(refused(&database, &["sign-up", "anyone"]).contains("open, invite, closed and as-started"));
    assert!(done(&database, &["sign-up", "as-started"]).contains("as the program is started"));
}

#[tokio::test]
async fn the_installation_is_looked_at() {
    let database = TestDatabase::new().await;
    administrator(&database, "Dora").await;
    sqlx::query("insert into job_runs (job, ran_at, problem) values ('mail', now(), null), ('notices', now(), 'the service is away')")
        .execute(&database.pool())
        .await
        .unwrap();
    let said = done(&database, &["status"]);
    for line in [
        concat!("Version     ", env!("CARGO_PKG_VERSION")),
        "Accounts    1, 0 signed-in browsers",
        "Notices     FAILED: the service is away.",
        "Reminders   Has not run yet.",
        "PostgreSQL",
    ] {
        assert!(said.contains(line), "{line} in\n{said}");
    }
}

#[tokio::test]
async fn a_test_mail_says_what_the_server_answered() {
    let database = TestDatabase::new().await;
    let to = "dora@example.org";
    assert!(refused(&database, &["test-mail", to]).contains("INROAD_SMTP_URL"));
    let sink = Sink::start().await;
    let server = format!("smtp://{}", sink.address);
    // The sink answers on this thread while the program is waited for on another.
    let sent = || {
        let (url, server) = (database.url.clone(), server.clone());
        tokio::task::spawn_blocking(move || inroad(&url, &["admin", "test-mail", to], Some(&server)))
    };
    let output = sent().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("took a test mail to dora@example.org"));
    assert_eq!(sink.one().subject(), "A test mail");
    sink.be(Mood::Says("RCPT", "550 nobody here"));
    let output = sent().await.unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody here"), "{output:?}");
}
