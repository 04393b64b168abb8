//! By which name Inroad is reached: its own, and the page that says which one that is.

use std::time::Duration;

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::person::PASSWORD;
use crate::support::{Answer, App, Person};

async fn at(app: &App, host: &str, path: &str) -> Answer {
    Person::new(app.address, "Nobody", "nobody@example.org").at_host(host).get(path).await
}

/// The status of a request written by hand.
async fn status(app: &App, head: &str) -> String {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    stream.write_all(format!("{head}\r\n\r\n").as_bytes()).await.unwrap();
    let mut said = [0; 12];
    timeout(Duration::from_secs(5), stream.read_exact(&mut said)).await.unwrap().unwrap();
    String::from_utf8_lossy(&said[9..]).into_owned()
}

#[tokio::test]
async fn another_name_is_answered_with_the_right_one() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example".into())).await;
    for host in ["evil.example", "inroad.example:8443", "inroad.example.evil.example", "127.0.0.1:3000", "localhost"] {
        for path in ["/login", "/companies?show=paused", "/nowhere"] {
            let page = at(&app, host, path).await.is(421).page();
            assert!(page.has(&format!("main a[href='https://inroad.example{path}']")), "{host}{path}");
        }
        let person = Person::new(app.address, "Mallory", "mallory@example.org").at_host(host);
        let answer = person.post("/login", &[("email", "alice@example.org"), ("password", PASSWORD)]).await.is(421);
        assert!(answer.headers.get("set-cookie").is_none() && answer.page().has("a[href='https://inroad.example/']"));
    }
    for host in ["inroad.example", "INROAD.example:443"] {
        at(&app, host, "/login").await.is(200);
    }
    assert_eq!(at(&app, "127.0.0.1", "/login").await.page().text("main p").matches("Host header").count(), 1);
}

#[tokio::test]
async fn without_a_configured_address_numbers_and_this_machine_are_names_and_nothing_else() {
    let app = App::start().await;
    for host in ["localhost:3000", "inroad.localhost", "127.0.0.1", "192.0.2.7:3000", "[2001:db8::1]:3000"] {
        at(&app, host, "/login").await.is(200);
    }
    for host in ["evil.example", "nas:3000", "localhost.evil.example"] {
        let page = at(&app, host, "/login").await.is(421).page();
        assert!(page.says("INROAD_URL") && page.has("main a[href^='http://127.0.0.1']"), "{host}");
    }
}

#[tokio::test]
async fn whether_it_lives_is_said_by_any_name() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example".into())).await;
    for path in ["/healthz", "/readyz"] {
        at(&app, "10.1.2.3:8080", path).await.is(200);
        assert_eq!(status(&app, &format!("GET {path} HTTP/1.0")).await, "200");
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let app = App::start().await;
    for (head, expected) in [
        ("GET /login HTTP/1.1\r\nhost: localhost", "200"),
        ("GET /login HTTP/1.1", "400"),
        ("GET /login HTTP/1.0", "400"),
        ("GET /login HTTP/1.1\r\nhost: localhost\r\nhost: localhost", "400"),
        ("GET /login HTTP/1.1\r\nhost: localhost\r\nhost: evil.example", "400"),
        ("GET /login HTTP/1.1\r\nhost:", "400"),
        ("GET /login HTTP/1.1\r\nhost: a@localhost", "400"),
        ("GET http://evil.example/login HTTP/1.1\r\nhost: localhost", "400"),
        ("GET http://evil.example/login HTTP/1.1\r\nhost: evil.example", "421"),
        ("GET http://localhost/login HTTP/1.1\r\nhost: localhost", "200"),
    ] {
        assert_eq!(status(&app, head).await, expected, "{head:?}");
    }
}

#[tokio::test]
async fn logging_in_without_https_says_so_instead_of_going_in_a_circle() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example".into())).await;
    let visitor = app.visitor();
    for site in [None, Some("same-origin")] {
        let fields = [("email", "alice@example.org"), ("password", PASSWORD)];
        let mut request =
            visitor.request(Method::POST, "/login").header("origin", "http://inroad.example").form(&fields);
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        let answer = visitor.send(request).await.is(421);
        assert!(answer.headers.get("set-cookie").is_none());
        let page = answer.page();
        assert!(page.says("without https") && page.has("main a[href='https://inroad.example/']"));
    }
}

#[tokio::test]
async fn links_to_send_on_are_of_the_configured_address() {
    let app = App::start_with(|settings| settings.url = Some("http://inroad.example".into())).await;
    let form = app.dora.get("/admin/invitations").await.is(200).page().form_to("/admin/invitations");
    let page = form.submit(&app.dora).await.is(200).page();
    let link = page.all("#invitation-link")[0].attr("value").unwrap().to_owned();
    assert!(link.starts_with("http://inroad.example/signup?invitation="), "{link}");
    let forged = app.dora.request(Method::POST, "/admin/invitations").header("host", "evil.example");
    app.dora.send(forged.header("sec-fetch-site", "same-origin").form(&[("email", "")])).await.is(421);
    let capture = app.alice.get("/guide/capture").await.is(200);
    assert!(capture.body.contains("http://inroad.example/capture") && !capture.body.contains("127.0.0.1"));
}
