//! What goes out, as programs that are not ours read it: calendars and address books.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;
use tokio::net::TcpStream;

use super::feed::made;
use crate::support::readers::{lines, program, said};
use crate::support::{App, Person};

/// The talks of an account that have a time, as readers say them: UID, and start to the minute in UTC; of answers in writing, the day.
async fn talks(app: &App, person: &Person) -> Vec<[String; 2]> {
    let rows: Vec<(uuid::Uuid, Timestamp, bool)> = sqlx::query_as::<_, (uuid::Uuid, inroad::database::At, bool)>(
        "select i.id, i.starts_at, i.way = 'in_writing' from informational_interviews i
         join contacts k on k.user_id = i.user_id and k.id = i.contact_id
         where i.user_id = $1 and i.starts_at is not null and i.deleted_at is null and k.deleted_at is null",
    )
    .bind(person.id)
    .fetch_all(&app.db)
    .await
    .unwrap()
    .into_iter()
    .map(|(id, at, in_writing)| (id, at.0, in_writing))
    .collect();
    let format = |in_writing: bool| if in_writing { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M" };
    let said = |at: &Timestamp, in_writing: bool| at.strftime(format(in_writing)).to_string();
    let mut talks: Vec<_> =
        rows.iter().map(|(id, at, in_writing)| [format!("{id}@inroad"), said(at, *in_writing)]).collect();
    talks.sort();
    talks
}

/// What one reader says of a calendar's talks.
fn read(by: &str, lines: &[Vec<Value>]) -> Vec<[String; 2]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of_reader = lines.iter().filter(|line| line[0] == by);
    let mut talks: Vec<_> = of_reader.map(|line| [text(&line[1]), text(&line[2])]).collect();
    talks.sort();
    talks
}

#[tokio::test]
async fn three_libraries_read_every_talk_alike() {
    let app = App::start().await;
    let ada = app.demo().await;
    let wanted = talks(&app, &ada).await;
    assert!(wanted.len() > 5);
    let text = ada.get("/export/talks.ics").await.is(200).body;
    let told = [lines("calendars.py", &text), lines("calendars.mjs", &text)].concat();
    for reader in ["icalendar", "vobject", "ical.js"] {
        assert_eq!(read(reader, &told), wanted, "{reader}");
        assert!(told.iter().all(|line| line[4] != ""));
    }
}

/// Radicale, a calendar server that refuses what is no calendar; it ends with this value.
struct Radicale {
    server: Child,
    address: std::net::SocketAddr,
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Radicale {
    async fn start(folder: &Path) -> Self {
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let server = Command::new(program("radicale"))
            .args(["--config", "", "--auth-type=none"])
            .arg(format!("--storage-filesystem-folder={}", folder.display()))
            .arg(format!("--server-hosts={address}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("radicale cannot be run ({error}); bin/test brings it"));
        let started = Self { server, address };
        for _ in 0..400 {
            if TcpStream::connect(address).await.is_ok() {
                return started;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("radicale does not answer on {address}");
    }

    /// Makes an empty calendar. Returns its address.
    async fn calendar(&self) -> String {
        let address = format!("http://{}/ada/talks/", self.address);
        let make = reqwest::Client::new().request(Method::from_bytes(b"MKCALENDAR").unwrap(), &address);
        assert_eq!(make.basic_auth("ada", Some("ada")).send().await.unwrap().status(), 201);
        address
    }
}

/// How vdirsyncer is told to copy the feed into a folder and into a calendar of a server.
fn synchronizing(folder: &Path, feed: &str, calendar: &str) -> String {
    let folder = folder.display();
    format!(
        r#"[general]
status_path = "{folder}/status/"
[pair to_files]
a = "feed"
b = "files"
collections = null
[pair to_server]
a = "feed"
b = "server"
collections = null
[storage feed]
type = "http"
url = "{feed}"
[storage files]
type = "filesystem"
path = "{folder}/files/"
fileext = ".ics"
[storage server]
type = "caldav"
url = "{calendar}"
username = "ada"
password = "ada"
"#
    )
}

/// How khal is told to show the files.
fn showing(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "[calendars]\n[[talks]]\npath = {folder}/files\nreadonly = True\n[sqlite]\npath = {folder}/khal.db\n[locale]\n\
         timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n\
         longdatetimeformat = %Y-%m-%d %H:%M\ndefault_timezone = UTC\nlocal_timezone = UTC\n"
    )
}

#[tokio::test]
async fn a_calendar_on_the_desk_and_one_on_a_server_keep_up_with_the_feed() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    sqlx::query("update informational_interviews set starts_at = '2026-12-03T08:15:00Z' where id = $1")
        .bind(of.interview)
        .execute(&app.db)
        .await
        .unwrap();
    let feed = format!("http://{}{}", app.address, made(&app, &[("alarm", "30")]).await);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("files")).unwrap();
    let radicale = Radicale::start(&folder.path().join("radicale")).await;
    let calendar = radicale.calendar().await;
    let (sync, show) = (folder.path().join("vdirsyncer.conf"), folder.path().join("khal.conf"));
    std::fs::write(&sync, synchronizing(folder.path(), &feed, &calendar)).unwrap();
    std::fs::write(&show, showing(folder.path())).unwrap();
    let synchronize = async |what: &'static str| {
        let mut vdirsyncer = Command::new(program("vdirsyncer"));
        vdirsyncer.arg("-c").arg(&sync).arg(what);
        // The server it asks is this very process.
        tokio::task::spawn_blocking(move || said(&mut vdirsyncer, b"")).await.unwrap()
    };
    let shown = || {
        let mut khal = Command::new(program("khal"));
        khal.arg("-c").arg(&show).args(["list", "--once", "--day-format", ""]);
        said(khal.args(["--format", "{start-date} {start-time} {title}", "2026-12-01", "60d"]), b"")
    };
    synchronize("discover").await;
    synchronize("sync").await;
    assert!(shown().contains("2026-12-03 08:15 "), "{}", shown());
    let kept = async || {
        let asked = reqwest::Client::new().get(&calendar).basic_auth("ada", Some("ada"));
        asked.send().await.unwrap().text().await.unwrap()
    };
    assert!(kept().await.contains("DTSTART:20261203T081500Z"), "{}", kept().await);

    // It moves there when it moves here.
    sqlx::query("update informational_interviews set starts_at = '2026-12-04T10:45:00Z' where id = $1")
        .bind(of.interview)
        .execute(&app.db)
        .await
        .unwrap();
    synchronize("sync").await;
    assert!(shown().contains("2026-12-04 10:45 ") && !shown().contains("2026-12-03"), "{}", shown());
    assert!(kept().await.contains("DTSTART:20261204T104500Z") && !kept().await.contains("20261203"));
}

#[tokio::test]
async fn an_address_book_is_read_as_it_was_kept() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    sqlx::query(
        "update contacts set name = 'Ng, Żaneta; Bärbel', email = 'z@example.org', employer = 'R&D, Inc.',
         notes = E'Line one\\nline; two, and \\\\ so on' where id = $1",
    )
    .bind(of.other_contact)
    .execute(&app.db)
    .await
    .unwrap();
    for version in ["3.0", "4.0"] {
        let text = app.alice.get(&format!("/export/contacts.vcf?version={version}")).await.is(200).body;
        let wanted = ["Ng, Żaneta; Bärbel", "z@example.org", "R&D, Inc.", "Line one\nline; two, and \\ so on"];
        let told = lines("cards.py", &text);
        assert!(told.contains(&wanted.map(Value::from).to_vec()), "{version}: {told:?}");
    }
}
