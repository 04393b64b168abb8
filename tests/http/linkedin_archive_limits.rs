//! Archives that are large, harmful, damaged or cut short, and imports that end in the middle.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::imports::{HEADER, confirm, figure, undo, written};
use crate::linkedin_archives::{IN, MESSAGES, connection, found, history, message, send, take, zipped};
use crate::support::App;
use crate::support::sums::sums_of;

#[tokio::test]
async fn what_cannot_be_read_is_said_with_its_file_and_nothing_is_kept() {
    let app = App::start().await;
    let before = sums_of(&app.db, app.alice.id).await;
    let zeros = vec![b'a'; 8 * 1024 * 1024];
    let good = format!("{HEADER}{}", connection("ada", "Acme,Engineer"));
    let whole = zipped(&[("Connections.csv", good.as_bytes())]);
    let mut wrong = whole.clone();
    let middle = wrong.len() / 3;
    wrong[middle] ^= 0x55;
    let many: Vec<(String, Vec<u8>)> = (0..2_001).map(|n| (format!("{n}.html"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let bad_messages = format!("{MESSAGES}c,,A,{IN}a,B,{IN}b,2026-01-01 10:00:00 UTC,,\"cut");
    let lone = format!("{MESSAGES}{}", message("alice", "ada", "2026-01-01"));
    for (name, content, says) in [
        ("bomb.zip", zipped(&[("messages.csv", &zeros)]), "messages.csv: "),
        ("tight.zip", zipped(&[("Connections.csv", &zeros)]), "Connections.csv: It is packed so tightly"),
        ("cut.zip", whole[..whole.len() - 30].to_vec(), "cut.zip: The archive is damaged"),
        ("wrong.zip", wrong, "amaged"),
        ("many.zip", zipped(&many), "many.zip: The archive has more than 2000 files"),
        (
            "other.zip",
            zipped(&[("holiday.jpg", b"x"), ("Connections.csv/", b"")]),
            "other.zip: There is no file of LinkedIn",
        ),
        ("nested.zip", zipped(&[("a.zip", &whole)]), "nested.zip: There is no file of LinkedIn"),
        ("empty.zip", zipped(&[]), "empty.zip: There is no file of LinkedIn"),
        (
            "hollow.zip",
            zipped(&[("Connections.csv", HEADER.as_bytes()), ("Notes.csv", b"")]),
            "Nothing in hollow.zip can be imported",
        ),
        (
            "bad.zip",
            zipped(&[("messages.csv", bad_messages.as_bytes())]),
            "messages.csv: The quotation mark that opens a cell on line 2 is never closed",
        ),
        ("messages.csv", lone.into_bytes(), "messages.csv: It does not tell which of the two is you"),
        (
            "Invitations.csv",
            b"From,To,Sent At,Message,Direction\nA,B,x,\xff\xfe,OUTGOING\n".to_vec(),
            "Invitations.csv: Line 2 is damaged",
        ),
        ("Notes.csv", b"Hello".to_vec(), "Notes.csv: Found 'Hello'"),
    ] {
        let page = send(&app.alice, &[(name, &content)]).await.is(422).page();
        let said = page.error_of("File");
        assert!(said.contains(says), "{name}: '{said}' does not say '{says}'");
        let half = send(&app.alice, &[("Connections.csv", good.as_bytes()), (name, &content)]).await;
        assert!(
            half.status == 422 || says.contains("Nothing") || says.contains("of the two"),
            "{name}: nothing by halves"
        );
    }
    let twice =
        send(&app.alice, &[("Connections.csv", good.as_bytes()), ("Connections (1).csv", good.as_bytes())]).await;
    assert!(twice.is(422).page().error_of("File").contains("There is a Connections.csv already"));
    sqlx::query("delete from imports").execute(&app.db).await.unwrap();
    assert_eq!(sums_of(&app.db, app.alice.id).await, before);
}

/// Whatever ends the program or its connection in the middle: the import is finished, or it is as before.
#[tokio::test]
async fn an_import_that_ends_in_the_middle_leaves_all_as_it_was() {
    let app = App::start().await;
    let grace = found(&app, &app.alice, "grace").await;
    let connections =
        (0..3_000).fold(HEADER.to_owned(), |file, n| file + &connection(&format!("p{n}"), "Acme,Engineer"));
    let messages =
        [MESSAGES.to_owned(), message("alice", "p1", "2026-11-20"), message("grace", "alice", "2026-11-21")].concat();
    let archive = zipped(&[("Connections.csv", connections.as_bytes()), ("messages.csv", messages.as_bytes())]);
    let path = send(&app.alice, &[("a.zip", &archive)]).await.to();
    let before = sums_of(&app.db, app.alice.id).await;

    // The last thing it writes are messages: held there, it has written everything else.
    let mut held = app.db.begin().await.unwrap();
    sqlx::query("set local idle_in_transaction_session_timeout = 0").execute(&mut *held).await.unwrap();
    sqlx::query("select from contacts where id = $1 for update").bind(grace).execute(&mut *held).await.unwrap();
    let to = format!("{path}/confirmations");
    let pressing = app.alice.post(&to, &[]);
    let killing = async {
        let waiting =
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        let begun = Instant::now();
        let pid: i32 = loop {
            match sqlx::query_scalar(waiting).fetch_optional(&app.db).await.unwrap() {
                Some(pid) => break pid,
                None => assert!(begun.elapsed() < Duration::from_secs(50), "the import never came to wait"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        let killed: bool =
            sqlx::query_scalar("select pg_terminate_backend($1)").bind(pid).fetch_one(&app.db).await.unwrap();
        assert!(killed);
    };
    let (answer, ()) = tokio::join!(pressing, killing);
    assert_eq!(answer.to(), path);
    held.rollback().await.unwrap();
    let after = written(&app.alice, app.alice.follow(&answer).await, &path).await;
    assert!(after.says("The import broke off, and nothing was imported"));

    assert_eq!(sums_of(&app.db, app.alice.id).await, before);
    assert_eq!(app.alice.get(&path).await.is(200).page().text("h1"), "Preview");
    assert_eq!(figure(&confirm(&app.alice, &path).await, "new"), 3_000);
    assert_eq!(history(&app, grace).await, ["replied 2026-11-21", "found 2026-11-24"]);
}

#[tokio::test]
async fn a_large_archive_comes_in_and_goes_again() {
    let app = App::start().await;
    let people = 3_000;
    let mut connections = HEADER.to_owned();
    let mut messages = MESSAGES.to_owned();
    for n in 0..people {
        connections.push_str(&connection(&format!("p{n}"), "Acme,Engineer"));
        for day in 1..=8 {
            let text = format!("Message {n} of day {day}, {}", "with many words ".repeat(20));
            let (from, to) =
                if day % 2 == 0 { ("alice".to_owned(), format!("p{n}")) } else { (format!("p{n}"), "alice".into()) };
            writeln!(messages, "c{n},,{from},{IN}{from},{to},{IN}{to},2026-03-0{day} 10:00:00 UTC,,\"{text}\",INBOX")
                .unwrap();
        }
    }
    let archive = zipped(&[("Connections.csv", connections.as_bytes()), ("messages.csv", messages.as_bytes())]);
    let (path, report) = take(&app.alice, &[("a.zip", &archive)]).await;
    assert_eq!(figure(&report, "with new messages"), people);
    let lines: i64 = sqlx::query_scalar("select count(*) from touchpoints").fetch_one(&app.db).await.unwrap();
    assert_eq!(lines, people * 9);
    assert_eq!(figure(&undo(&app.alice, &path).await, "contacts gone again"), people);
}
