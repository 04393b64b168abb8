//! `inroad user`, as people run it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::support::database::TestDatabase;

fn user(database: &TestDatabase, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.arg("user").args(arguments).env("DATABASE_URL", &database.url).env("INROAD_DATA_DIR", std::env::temp_dir());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever asks for no password may be gone already.
    let _ = child.stdin.take().unwrap().write_all(b"four unrelated words here\n");
    child.wait_with_output().unwrap()
}

/// What it says where it does as told.
#[track_caller]
fn done(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = user(database, arguments);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    said.into_owned()
}

/// What it says where it does not.
#[track_caller]
fn refused(database: &TestDatabase, arguments: &[&str]) -> String {
    let output = user(database, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn accounts_are_managed_from_the_command_line_as_from_the_pages() {
    let database = TestDatabase::new().await;
    done(&database, &["add", "dora@example.org", "--name", "Dora Dean", "--admin"]);
    done(&database, &["add", "alice@example.org", "--name", "Alice Adams"]);
    for change in ["demote", "disable", "delete"] {
        let mut arguments = vec![change, "dora@example.org"];
        arguments.extend((change == "delete").then_some("--yes"));
        assert!(refused(&database, &arguments).contains("only administrator"), "{change}");
    }
    assert!(done(&database, &["promote", "Alice@Example.org"]).contains("Alice Adams administers now"));
    assert!(done(&database, &["demote", "dora@example.org"]).contains("no longer administers"));
    assert!(done(&database, &["disable", "dora@example.org"]).contains("can no longer log in"));
    assert!(done(&database, &["list"]).contains("Dora Dean (disabled)"));
    assert!(done(&database, &["enable", "dora@example.org"]).contains("can log in again"));
    assert!(done(&database, &["room", "dora@example.org", "20"]).contains("Dora Dean has 20 MB for documents"));
    assert!(done(&database, &["room", "dora@example.org"]).contains("100 MB"));
    assert!(refused(&database, &["room", "dora@example.org", "201"]).contains("1..=200"));
    done(&database, &["reset-link", "dora@example.org"]);
    done(&database, &["set-password", "dora@example.org"]);

    let noted: Vec<(String, Option<String>)> =
        sqlx::query_as("select e.kind, e.by_name from audit_events e join users u on u.id = e.owner_id where u.name = 'Dora Dean' order by e.id")
            .fetch_all(&database.pool())
            .await
            .unwrap();
    let kinds: Vec<&str> = noted.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "account_made",
            "demoted",
            "disabled",
            "enabled",
            "room_changed",
            "room_changed",
            "link_made",
            "password_changed"
        ]
    );
    assert!(noted.iter().all(|(_, by)| by.as_deref() == Some("the command line")), "{noted:?}");

    assert!(refused(&database, &["delete", "dora@example.org"]).contains("--yes"));
    assert!(done(&database, &["delete", "dora@example.org", "--yes"]).contains("deleted, with everything in it"));
    assert!(refused(&database, &["enable", "dora@example.org"]).contains("has no account"));
    assert!(!done(&database, &["list"]).contains("Dora"));
}
