//! Imports that are large, slow, damaged or no list at all.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::imports::{HEADER, confirm, figure, import, previewed, undo, upload};
use crate::support::App;
use crate::support::sums::sums;

#[tokio::test]
async fn what_cannot_be_read_is_said_at_the_field_and_nothing_is_kept() {
    let app = App::start().await;
    let before = sums(&app.db).await;
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
        ("c.csv", b"First Name,Last Name\nAda,Lovelace\n".to_vec(), "expected a row with First Name"),
        ("c.csv", broken.into_bytes(), "line 2 is never closed"),
        ("c.csv", utf8_then_not, "Line 3 is damaged"),
        ("c.csv", many.into_bytes(), "more than 30,000 people"),
        ("c.csv", HEADER.into(), "There are no people in the file"),
        ("../../etc/passwd", b"root:x".to_vec(), "passwd: Found"),
        (
            "big.csv",
            vec![b'a'; 60 * 1024 * 1024],
            "big.csv: a Connections.csv is under 1 MB as a rule; this has more than 16 MB",
        ),
        ("", Vec::new(), "Choose the file Connections.csv first"),
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
    assert_eq!(sums(&app.db).await, before);
}

#[tokio::test]
async fn a_request_beyond_every_limit_is_refused_unread() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = App::start().await;
    let mut stream = tokio::net::TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST /imports HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 70000000\r\n\r\n",
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

#[tokio::test]
async fn thirty_thousand_people_are_imported_in_a_moment() {
    let app = App::start().await;
    let file = (0..30_000).fold(HEADER.to_owned(), |mut file, n| {
        writeln!(
            file,
            "Person,{n},https://www.linkedin.com/in/person-{n},,Company {},Engineer of kind {n},01 Feb 2020",
            n % 2_000
        )
        .unwrap();
        file
    });
    let begun = Instant::now();
    let path = previewed(&app.alice, &file).await;
    assert_eq!(figure(&app.alice.get(&path).await.is(200).page(), "new"), 30_000);
    assert_eq!(figure(&confirm(&app.alice, &path).await, "new"), 30_000);
    assert_eq!(figure(&import(&app.alice, &file.replace("Engineer", "Head")).await, "30000 changed jobs"), 30_000);
    assert_eq!(figure(&undo(&app.alice, &path).await, "stay"), 30_000);
    assert!(begun.elapsed() < Duration::from_secs(90), "took {:?}", begun.elapsed());
}
