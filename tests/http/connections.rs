//! Clients that take places: readers that never read, connections that never end, more of them than there is room for.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use inroad::server::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use crate::support::{App, Person};

/// All clients of these tests come from one address, which is a listed proxy and so may take every place.
async fn start() -> App {
    App::start_with(|settings| settings.trusted_proxies = Some("127.0.0.1".into())).await
}

fn limits() -> Limits {
    Limits { connections: 30, writing: Duration::from_millis(1500), ..Limits::default() }
}

/// The largest file there is, and its size.
async fn large_file(app: &App) -> (String, usize) {
    let page = app.visitor().get("/login").await.page();
    let path = page.all("link[as=font]")[0].attr("href").unwrap().to_owned();
    let response = app.visitor().request(reqwest::Method::GET, &path).send().await.unwrap();
    (path, response.bytes().await.unwrap().len())
}

fn ask(path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{more}\r\n")
}

/// A client with next to no room for answers, that asks for the file so often.
async fn greedy(address: SocketAddr, path: &str, times: usize) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2048).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    // Beyond some of it the server reads no more, until it has written.
    let _ = timeout(Duration::from_millis(50), stream.write_all(ask(path, "").repeat(times).as_bytes())).await;
    stream
}

#[tokio::test]
async fn readers_that_never_read_lose_their_place_and_nobody_waits_for_them() {
    let mut app = start().await;
    let (path, _) = large_file(&app).await;
    let address = app.copy_within(limits()).await;
    let mut readers = Vec::new();
    for _ in 0..limits().connections {
        readers.push(greedy(address, &path, 60).await);
    }
    let visitor = Person::new(address, "Nobody", "nobody@example.org");
    let answer = timeout(Duration::from_secs(2), visitor.get("/login")).await.expect("refused, not kept waiting");
    let answer = answer.is(503);
    assert!(!answer.header("retry-after").is_empty() && answer.page().says("Busy for a moment"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");

    let began = Instant::now();
    while Person::new(address, "Nobody", "nobody@example.org").get("/login").await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(20), "their places are free again");
        sleep(Duration::from_millis(50)).await;
    }
    for mut reader in readers {
        let mut rest = Vec::new();
        let ended = timeout(Duration::from_secs(20), reader.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "the connection of a reader that never read is closed");
    }
}

#[tokio::test]
async fn a_slow_reader_who_goes_on_gets_everything() {
    let mut app = start().await;
    let (path, size) = large_file(&app).await;
    let address = app.copy_within(limits()).await;
    let times = 24;
    let mut stream = greedy(address, &path, times).await;
    let (began, mut taken, mut piece) = (Instant::now(), 0, vec![0; 24 * 1024]);
    while taken < times * size {
        let read = timeout(Duration::from_secs(10), stream.read(&mut piece)).await.expect("it goes on").unwrap();
        assert!(read > 0, "closed after {taken} of {} bytes and {:?}", times * size, began.elapsed());
        taken += read;
        sleep(Duration::from_millis(read as u64 / 200)).await;
    }
    assert!(began.elapsed() > 3 * limits().writing, "{:?} was no slow reading", began.elapsed());
}

#[tokio::test]
async fn a_connection_ends_after_so_many_requests_and_says_so() {
    let mut app = start().await;
    let address = app.copy_within(Limits { requests: 3, ..limits() }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(ask("/healthz", "").repeat(5).as_bytes()).await.unwrap();
    let mut said = String::new();
    timeout(Duration::from_secs(5), stream.read_to_string(&mut said)).await.expect("closed").unwrap();
    assert_eq!(said.matches("HTTP/1.1 200").count(), 3, "{said}");
    assert_eq!(said.matches("connection: close").count(), 1, "{said}");
}

#[tokio::test]
async fn an_old_connection_ends_with_its_next_answer_and_a_very_old_one_at_once() {
    let mut app = start().await;
    let (age, life) = (Duration::from_millis(300), Duration::from_millis(1500));
    let address = app.copy_within(Limits { age, life, ..limits() }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut silent = TcpStream::connect(address).await.unwrap();
    sleep(age).await;
    stream.write_all(ask("/healthz", "").as_bytes()).await.unwrap();
    let mut said = String::new();
    timeout(Duration::from_secs(5), stream.read_to_string(&mut said)).await.expect("closed").unwrap();
    assert!(said.contains("connection: close") && said.ends_with("alive\n"), "{said}");
    let ended = timeout(Duration::from_secs(5), silent.read(&mut [0])).await;
    assert!(matches!(ended, Ok(Ok(0) | Err(_))), "cut at the end of its life, sooner than a head would time out");
}
