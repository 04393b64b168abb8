//! What a slow, rude or broken peer can and cannot do: clients, the database, and whoever stops the program.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use inroad::routes::limits::LARGEST_FORM;
use inroad::web::body::SMALL;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::proxy::Proxy;
use crate::support::{App, Person};

/// Writes to the server as it stands, and reads what it says within the time.
async fn say(address: SocketAddr, text: &str, patience: Duration) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    hear(&mut stream, patience).await
}

/// Reads until the server ends the connection, or has said one whole head, or the time is up.
async fn hear(stream: &mut TcpStream, patience: Duration) -> String {
    let mut heard = Vec::new();
    let mut piece = [0; 4096];
    let reading = async {
        while !heard.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => break,
                Ok(n) => heard.extend_from_slice(&piece[..n]),
            }
        }
    };
    let _ = timeout(patience, reading).await;
    String::from_utf8_lossy(&heard).into_owned()
}

fn head(person: &Person, path: &str, more: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n{more}\r\n",
        person.cookies()
    )
}

#[tokio::test]
async fn a_form_that_announces_too_much_is_refused_before_it_is_sent() {
    let app = App::start().await;
    for (path, limit) in [("/login", SMALL), ("/nowhere", SMALL), ("/companies", LARGEST_FORM)] {
        let text = head(&app.alice, path, &format!("content-length: {}\r\n", limit + 1));
        let answer = say(app.address, &text, Duration::from_secs(5)).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_form_that_never_ends_is_refused_at_its_limit() {
    let app = App::start().await;
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    stream.write_all(head(&app.alice, "/login", "transfer-encoding: chunked\r\n").as_bytes()).await.unwrap();
    let chunk = format!("1000\r\n{}\r\n", "a".repeat(0x1000));
    let mut sent = 0;
    let answer = loop {
        // The server may have hung up already; what it said is read all the same.
        if stream.write_all(chunk.as_bytes()).await.is_err() || sent > 4 * SMALL {
            break hear(&mut stream, Duration::from_secs(5)).await;
        }
        sent += 0x1000;
        let answer = hear(&mut stream, Duration::from_millis(20)).await;
        if !answer.is_empty() {
            break answer;
        }
    };
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer} after {sent}");
    assert!(sent <= 4 * SMALL, "{sent}");
}

#[tokio::test]
async fn a_form_that_is_cut_into_no_pieces_is_not_called_too_large() {
    let app = App::start().await;
    for broken in ["zz\r\nabc\r\n", "-1\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n"] {
        let text = head(&app.alice, "/companies", "transfer-encoding: chunked\r\n") + broken;
        let answer = say(app.address, &text, Duration::from_secs(5)).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{broken:?}: {answer}");
    }
}

#[tokio::test]
async fn a_form_of_just_its_limit_is_read() {
    let app = App::start().await;
    let body = format!("email={}", "a".repeat(SMALL - "email=".len()));
    let text = head(&app.alice, "/login", &format!("content-length: {SMALL}\r\n")) + &body;
    let answer = say(app.address, &text, Duration::from_secs(5)).await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
}

#[tokio::test]
async fn silent_and_half_spoken_connections_are_closed() {
    let app = App::start().await;
    let spoken = [
        "",
        "GET / HT",
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ",
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ];
    let mut connections = tokio::task::JoinSet::new();
    for text in spoken {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        connections.spawn(async move {
            let mut all = Vec::new();
            let closed = timeout(Duration::from_secs(15), stream.read_to_end(&mut all)).await;
            (text, closed.is_ok())
        });
    }
    for (text, closed) in connections.join_all().await {
        assert!(closed, "{text:?} was still open after 15 s");
    }
}

#[tokio::test]
async fn one_address_cannot_take_all_the_places() {
    let app = App::start().await;
    let mut open = Vec::new();
    for _ in 0..400 {
        open.push(TcpStream::connect(app.address).await.unwrap());
    }
    sleep(Duration::from_millis(300)).await;
    let mut closed = 0;
    for stream in &mut open {
        let mut byte = [0];
        let end = timeout(Duration::from_millis(2), stream.read(&mut byte)).await;
        closed += u32::from(matches!(end, Ok(Ok(0) | Err(_))));
    }
    assert_eq!(closed, 200, "connections beyond the limit of one address are closed at once");
}

#[tokio::test]
async fn with_every_connection_busy_pages_say_so_in_time_and_recover() {
    let app = App::start().await;
    let size = app.pool.options().get_max_connections();
    let mut busy = tokio::task::JoinSet::new();
    for _ in 0..size {
        let pool = app.pool.clone();
        // As long as a statement may take at all.
        busy.spawn(async move { sqlx::query("select pg_sleep(30)").execute(&pool).await });
    }
    while app.pool.size() < size || app.pool.num_idle() > 0 {
        sleep(Duration::from_millis(10)).await;
    }
    let began = Instant::now();
    let (page, alive) = tokio::join!(app.alice.get("/companies"), app.alice.get("/healthz"));
    assert_eq!(alive.status, 200);
    let page = page.is(503);
    assert!(!page.header("retry-after").is_empty());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for outcome in busy.join_all().await {
        assert!(outcome.is_err(), "no statement takes longer than its limit");
    }
    app.alice.get("/companies").await.is(200);
}

#[tokio::test]
async fn requests_that_are_given_up_return_their_connection() {
    let app = App::start().await;
    let text = format!("GET /companies HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\n\r\n", app.alice.cookies());
    for n in 0..2000 {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        if n % 3 == 0 {
            tokio::task::yield_now().await;
        }
        if n % 50 == 0 {
            sleep(Duration::from_millis(1)).await;
        }
    }
    app.alice.get("/companies").await.is(200);
    let mut held = Vec::new();
    for _ in 0..app.pool.options().get_max_connections() {
        held.push(app.pool.acquire().await.unwrap());
    }
}

#[tokio::test]
async fn without_its_database_the_program_lives_says_so_and_comes_back() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    assert_eq!(app.alice.get("/readyz").await.status, 200);
    proxy.cut();
    for _ in 0..3 {
        assert_eq!(app.alice.get("/healthz").await.status, 200);
        let began = Instant::now();
        assert_eq!(app.alice.get("/readyz").await.status, 503);
        app.alice.get("/companies").await.is(503);
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    }
    proxy.mend();
    let began = Instant::now();
    while app.alice.get("/readyz").await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(15), "it is ready again soon after");
        sleep(Duration::from_millis(50)).await;
    }
    app.alice.get("/companies").await.is(200);
}

#[tokio::test]
async fn a_stop_finishes_what_is_under_way_and_waits_for_nobody_else() {
    let mut app = App::start().await;
    let mut half = TcpStream::connect(app.address).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nhost: inr").await.unwrap();
    let idle = TcpStream::connect(app.address).await.unwrap();

    let mut lock = app.db.begin().await.unwrap();
    sqlx::query("lock table companies in access exclusive mode").execute(&mut *lock).await.unwrap();
    let waiting = app.alice.request(reqwest::Method::GET, "/companies").send();
    let waiting = tokio::spawn(waiting);
    while app.pool.size() as usize == app.pool.num_idle() {
        sleep(Duration::from_millis(5)).await;
    }
    app.stop();
    sleep(Duration::from_millis(400)).await;
    lock.commit().await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().status(), 200, "the page asked for before is answered");
    timeout(Duration::from_secs(6), app.stopped())
        .await
        .expect("neither half a head nor a silent connection delays the end");
    drop((half, idle));
    assert!(TcpStream::connect(app.address).await.is_err(), "nobody is let in any more");
}

#[tokio::test]
async fn while_it_stops_it_is_alive_and_not_ready() {
    let app = App::start().await;
    app.draining();
    assert_eq!(app.visitor().get("/readyz").await.status, 503);
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
}
