//! Imports that are large, slow, damaged or no list at all.

use std::fmt::Write as _;
use std::time::Duration;

use reqwest::Method;

use crate::imports::{HEADER, confirm, figure, import, previewed, undo, upload, written};
use crate::support::App;
use crate::support::sums::sums;

#[tokio::test]
async fn what_cannot_be_read_is_said_at_the_field_and_nothing_is_kept() {
    let app = App::start().await;
    // That files were sent is counted, and nothing else.
    let kept = async || {
        let mut sums = sums(&app.db).await;
        sums.remove("rate_limits");
        sums
    };
    let before = kept().await;
    let many = (0..30_001).fold(HEADER.to_owned(), |mut file, n| {
        writeln!(file, "P,{n},,,,,01 Feb 2020").unwrap();
        file
    });
    let broken = format!("{HEADER}Ada,\"Lovelace,,,,,01 Feb 2020\n");
    let utf8_then_not =
        [format!("{HEADER}Zoë,A,,,,,01 Feb 2020\n").into_bytes(), b"\xff\x81\x8d,B,,,,,01 Feb 2020\n".to_vec()]
            .concat();
    for (name, content, says) in [
        ("notes.csv", b"Hello, this is no list".to_vec(), "notes.csv: Found 'Hello, this is no list'"),
        ("Connections.csv", Vec::new(), "The file is empty"),
        ("photo.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), "photo.png: This is"),
        ("Connections.csv", b"Who\nAda,Lovelace\n".to_vec(), "expected a row with First Name"),
        ("c.csv", b"First Name,Last Name\n".to_vec(), "There is no one in it, only a heading"),
        ("e.csv", b"Endorsement Date,Skill Name\n2024/01/05,Rust\n".to_vec(), "This is a list of endorsements"),
        ("c.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n".to_vec(), "The card that begins on line 1 does not end"),
        ("c.csv", broken.into_bytes(), "line 2 is never closed"),
        ("c.csv", utf8_then_not, "Line 3 is damaged"),
        ("c.csv", many.into_bytes(), "more than 30,000 people"),
        (
            "c.csv",
            format!("{HEADER}Ada,{},,,,,01 Feb 2020\n", "x".repeat(65_537)).into(),
            "line 2 has more than 64 KiB",
        ),
        ("c.csv", HEADER.into(), "There are no people in the file"),
        ("../../etc/passwd", b"root:x".to_vec(), "passwd: Found"),
        (
            "big.csv",
            vec![b'a'; 60 * 1024 * 1024],
            "big.csv: a Connections.csv is usually under 1 MB; this has more than 16 MB",
        ),
        ("", Vec::new(), "Choose a file first"),
    ] {
        let page = upload(&app.alice, name, content).await.is(422).page();
        let said = page.error_of("File");
        assert!(said.contains(says), "{name}: '{said}' does not say '{says}'");
        assert!(!said.contains("etc"), "{said}");
    }
    let raw = |body: &'static str| {
        let request = app.alice.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
        app.alice.send(request.header("content-type", "multipart/form-data; boundary=b").body(body))
    };
    let control = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\u{1}b\"\r\n\r\nx\r\n--b--\r\n";
    for garbage in [
        "",
        "garbage",
        control,
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nFirst",
    ] {
        assert!(raw(garbage).await.is(422).page().error_of("File").contains("did not arrive whole"));
    }
    assert!(
        app.alice.post("/imports", &[("file", "x")]).await.is(422).page().error_of("File").contains("did not arrive")
    );
    assert_eq!(kept().await, before);
}

#[tokio::test]
async fn one_file_waits_at_a_time_and_an_hour_has_room_for_sixty() {
    let app = App::start().await;
    let file = format!("{HEADER}Ada,Lovelace,,,,,01 Feb 2020\n");
    let first = previewed(&app.alice, &file).await;
    let hers = previewed(&app.dora, &file).await;
    let second = previewed(&app.alice, &file).await;
    app.alice.get(&first).await.is(404);
    app.alice.get(&second).await.is(200);
    app.dora.get(&hers).await.is(200);
    confirm(&app.alice, &second).await;
    let third = previewed(&app.alice, &file).await;
    app.alice.get(&second).await.is(200);
    let kept: i64 = sqlx::query_scalar("select count(content) from imports where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(kept, 1, "a file's text is gone once it is imported");
    for _ in 3..60 {
        upload(&app.alice, "Connections.csv", "nothing").await.is(422);
    }
    upload(&app.alice, "Connections.csv", file.clone()).await.is(429);
    app.alice.get(&third).await.is(200);
    app.pass(jiff::SignedDuration::from_mins(61));
    previewed(&app.alice, &file).await;
}

#[tokio::test]
async fn a_request_beyond_every_limit_is_refused_unread() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = App::start().await;
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST /imports HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 300000000\r\n\r\n",
        app.address,
        app.alice.cookies()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    tokio::time::timeout(Duration::from_secs(5), stream.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_file_on_its_way_holds_no_connection() {
    use tokio::io::AsyncWriteExt;
    let app = App::start().await;
    let mut slow = Vec::new();
    for _ in 0..12 {
        let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
        let head = format!(
            "POST /imports HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\n",
            app.address,
            app.alice.cookies()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.alice.get("/companies").await.is(200);
}

/// What PostgreSQL learns of the rows by itself it learns too late for the next press; the import tells it.
#[tokio::test]
async fn thirty_thousand_people_come_change_jobs_and_stay() {
    let app = App::start().await;
    for table in ["companies", "contacts", "contact_changes", "contact_tags", "reasons", "touchpoints"] {
        let sql = format!("alter table {table} set (autovacuum_enabled = off)");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    let file = (0..30_000).fold(HEADER.to_owned(), |mut file, n| {
        writeln!(
            file,
            "Person,{n},https://www.linkedin.com/in/person-{n},,Company {},Engineer of kind {n},01 Feb 2020",
            n % 2_000
        )
        .unwrap();
        file
    });
    let path = previewed(&app.alice, &file).await;
    assert_eq!(figure(&app.alice.get(&path).await.is(200).page(), "new"), 30_000);
    assert_eq!(figure(&confirm(&app.alice, &path).await, "new"), 30_000);
    assert_eq!(figure(&import(&app.alice, &file.replace("Engineer", "Head")).await, "30000 changed jobs"), 30_000);
    assert_eq!(figure(&undo(&app.alice, &path).await, "a later file changed them"), 30_000);
}

/// Before an import the planner knows a table of a few rows; pages that are opened right after it must not go by that.
#[tokio::test]
async fn every_page_opens_right_after_thirty_thousand_people_came() {
    let app = App::start().await;
    let everything = app.fill(&app.alice).await;
    sqlx::query("analyze").execute(&app.db).await.unwrap();
    let pages = async |company: &str| {
        for path in [
            company,
            "/contacts",
            "/contacts?sort=company&q=person",
            "/contacts/in-touch",
            "/companies",
            "/companies/new",
            "/",
            "/interviews/new",
            "/referrals/new",
            "/introductions/new",
            "/introductions/tree",
            "/openings",
            "/progress",
        ] {
            app.alice.get(path).await.is(200);
        }
    };
    // Each connection keeps its plans from now on.
    for _ in 0..8 {
        pages(&format!("/companies/{}", everything.company)).await;
    }
    let file = (0..30_000).fold(HEADER.to_owned(), |mut file, n| {
        let employer = if n < 600 { 0 } else { n % 2_000 };
        writeln!(file, "Person,{n},https://www.linkedin.com/in/person-{n},,Company {employer},Engineer,01 Feb 2020")
            .unwrap();
        file
    });
    let path = previewed(&app.alice, &file).await;
    let answer = app.alice.post(&format!("{path}/confirmations"), &[("companies", "0"), ("companies", "1")]).await;
    written(&app.alice, app.alice.follow(&answer).await, &path).await;
    let known: f32 = sqlx::query_scalar("select reltuples from pg_class where oid = 'contacts'::regclass")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(known > 29_000.0, "the planner knows of {known} contacts");
    let company: String = sqlx::query_scalar(
        "select c.id::text from companies c join contacts k on k.company_id = c.id group by c.id order by count(*) desc limit 1",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    pages(&format!("/companies/{company}")).await;
    app.alice.get(&path).await.is(200);
}
