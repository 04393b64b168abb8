//! A start whose database is not there yet, or not ours, or behind a pooler; and a stop right after.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::program::{Program, free_address};
use crate::support::database::TestDatabase;
use crate::support::proxy::Proxy;

#[tokio::test]
async fn a_start_waits_for_its_database_and_says_so_once() {
    let (proxy, own) = (Proxy::start().await, TestDatabase::new().await);
    proxy.cut();
    let mut program = Program::start(&proxy.url_with(&own.url, "prefer"), free_address(), &[]);
    sleep(Duration::from_millis(1500)).await;
    proxy.mend();
    program.ready().await;
    let said = program.said();
    assert_eq!(said.matches("waiting for the database up to 30 s").count(), 1, "{said}");
}

#[tokio::test]
async fn a_start_whose_database_never_comes_ends_with_the_reason() {
    let nobody = format!("postgres://inroad:geheim@{}/inroad", free_address());
    let mut program = Program::start(&nobody, free_address(), &[("INROAD_DATABASE_WAIT", "1")]);
    assert_eq!(program.ended().await.code(), Some(1));
    let said = program.said();
    assert!(said.contains("cannot be reached") && said.contains("refuses connections"), "{said}");
    assert!(said.contains("DATABASE_URL") && !said.contains("geheim"), "{said}");
}

#[tokio::test]
async fn a_start_that_waits_can_be_stopped() {
    let nobody = format!("postgres://inroad@{}/inroad", free_address());
    let mut program = Program::start(&nobody, free_address(), &[]);
    while !program.said().contains("waiting for the database") {
        sleep(Duration::from_millis(20)).await;
    }
    let began = Instant::now();
    program.ask_to_stop();
    assert!(program.ended().await.success(), "{}", program.said());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

/// A server that refuses whoever comes with this code.
fn refusing(code: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut start = [0; 1024];
            let _ = stream.read(&mut start);
            let fields = format!("SFATAL\0VFATAL\0C{code}\0Mno entry for \"inroad\"\0\0");
            let mut message = vec![b'E'];
            message.extend((fields.len() as u32 + 4).to_be_bytes());
            message.extend(fields.as_bytes());
            let _ = stream.write_all(&message);
        }
    });
    format!("postgres://inroad:geheim@{address}/inroad?sslmode=disable")
}

#[tokio::test]
async fn a_start_that_waiting_would_not_help_ends_at_once() {
    for (code, word) in
        [("28P01", "let this user in"), ("28000", "let this user in"), ("3D000", "no database of this name")]
    {
        let began = Instant::now();
        let mut program = Program::start(&refusing(code), free_address(), &[]);
        assert_eq!(program.ended().await.code(), Some(1));
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
        let said = program.said();
        assert!(said.contains(word) && !said.contains("waiting") && !said.contains("geheim"), "{code}: {said}");
    }
}

#[tokio::test]
async fn a_stop_right_after_the_start_is_no_error() {
    let own = TestDatabase::new().await;
    for pause in [0, 10, 100] {
        let mut program = Program::start(&own.url, free_address(), &[]);
        while !program.said().contains("Inroad is at") {
            sleep(Duration::from_millis(5)).await;
        }
        sleep(Duration::from_millis(pause)).await;
        program.ask_to_stop();
        assert!(program.ended().await.success());
        assert!(!program.said().contains("ERROR"), "{}", program.said());
    }
}
