//! What every answer carries, good or bad: the headers that keep browsers in bounds.

use inroad::routes::Verb;
use inroad::web::headers::CONTENT_SECURITY_POLICY;
use reqwest::{Method, StatusCode};

use crate::support::routes::{path_of, routes};
use crate::support::{Answer, App};

/// What is wrong with the headers of an answer.
fn faults(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        if answer.header(name) != expected {
            faults.push(format!("{name}: '{}'", answer.header(name)));
        }
    }
    // A file to be kept may be shut in further.
    let policy = answer.header("content-security-policy");
    if policy != CONTENT_SECURITY_POLICY && !policy.starts_with("sandbox") && !policy.contains("; sandbox") {
        faults.push(format!("content-security-policy: '{policy}'"));
    }
    for name in ["permissions-policy", "x-request-id", "cache-control"] {
        if answer.header(name).is_empty() {
            faults.push(format!("{name} is missing"));
        }
    }
    for (name, _) in &answer.headers {
        let name = name.as_str();
        if name == "server" || name == "x-powered-by" || name.starts_with("access-control-") {
            faults.push(format!("{name} is sent"));
        }
    }
    faults
}

/// Checks one answer, and that no cache keeps it.
fn is_in_bounds(what: &str, answer: &Answer, wrong: &mut Vec<String>) {
    wrong.extend(faults(answer).into_iter().map(|fault| format!("{what} {}: {fault}", answer.status)));
    if !answer.path.starts_with("/static/") && !answer.header("cache-control").ends_with("no-store") {
        wrong.push(format!("{what}: cache-control '{}'", answer.header("cache-control")));
    }
}

#[tokio::test]
async fn every_route_answers_in_bounds_to_everybody() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let mut wrong = Vec::new();
    for route in routes(Verb::Get) {
        let path = path_of(route, &ids);
        for person in [&app.visitor(), &app.charlie, &app.dora, &app.bob, &app.alice] {
            is_in_bounds(&format!("{path} for {}", person.name), &person.get(&path).await, &mut wrong);
        }
    }
    for route in routes(Verb::Post) {
        let path = path_of(route, &ids);
        for person in [&app.visitor(), &app.bob, &app.charlie] {
            is_in_bounds(&format!("{path} posted by {}", person.name), &person.post(&path, &[]).await, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn answers_that_no_handler_made_are_in_bounds_too() {
    let app = App::start().await;
    let alice = &app.alice;
    let post = |path: &str| alice.request(Method::POST, path).header("sec-fetch-site", "same-origin");
    let form = |body: String| post("/companies").header("content-type", "application/x-www-form-urlencoded").body(body);
    let cases = [
        ("an unknown path", 404, alice.request(Method::GET, "/nowhere")),
        ("an unknown path below a known one", 404, alice.request(Method::GET, "/companies/a/b/c")),
        ("a path that is not UTF-8", 404, alice.request(Method::GET, "/companies/%ff%fe")),
        ("a static file that is not there", 404, alice.request(Method::GET, "/static/x/y.css")),
        ("a wrong method", 405, alice.request(Method::PUT, "/companies").header("sec-fetch-site", "same-origin")),
        (
            "another wrong method",
            405,
            alice.request(Method::DELETE, "/companies").header("sec-fetch-site", "same-origin"),
        ),
        ("a page that is posted", 405, post("/companies/new").form(&[("a", "b")])),
        ("options", 405, alice.request(Method::OPTIONS, "/companies")),
        ("trace", 405, alice.request(Method::TRACE, "/companies")),
        ("too large a form", 413, post("/login").form(&[("email", "a".repeat(65 * 1024))])),
        ("a compressed body", 415, form("a".into()).header("content-encoding", "gzip")),
        ("another site's form", 403, alice.request(Method::POST, "/companies").header("sec-fetch-site", "cross-site")),
        ("a body that is no form", 400, post("/companies").header("content-type", "application/json").body("{}")),
        ("a form that is not in order", 400, form("companies=a&companies=b".into())),
        ("a query that is not in order", 400, alice.request(Method::GET, "/contacts?company=x")),
        ("a form with errors", 422, form("companies=&found_by=own_idea".into())),
        ("a redirect", 303, form("companies=Acme&found_by=own_idea".into())),
        ("only the head", 200, alice.request(Method::HEAD, "/companies")),
    ];
    let mut wrong = Vec::new();
    for (what, status, request) in cases {
        let answer = alice.send(request).await;
        if answer.status.as_u16() != status {
            wrong.push(format!("{what}: {}, not {status}", answer.status));
        }
        is_in_bounds(what, &answer, &mut wrong);
    }
    let visitor = app.visitor();
    for _ in 0..=10 {
        let answer = visitor.post("/login", &[("email", "a@example.org"), ("password", "wrong, wrong, wrong")]).await;
        is_in_bounds("a guess", &answer, &mut wrong);
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(!answer.header("retry-after").is_empty());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn errors_are_pages_with_a_request_id_and_nothing_of_the_inside() {
    let app = App::start().await;
    for path in ["/nowhere", "/companies/x", "/contacts?company=x"] {
        let answer = app.alice.get(path).await;
        let (page, id) = (answer.page(), answer.header("x-request-id"));
        assert_eq!(page.text("footer code"), id, "{path}");
        assert!(page.has("main a[href='/']"), "a way onward");
        for word in ["sqlx", "postgres", "src/", "panicked", "select ", "stack"] {
            assert!(!answer.body.to_lowercase().contains(word), "{path} says {word}");
        }
    }
}

#[tokio::test]
async fn static_files_are_named_by_content_and_kept_for_ever() {
    let app = App::start().await;
    let body = app.alice.get("/companies").await.body;
    let page = app.alice.get("/companies").await.page();
    let linked = page.all("link[href], script[src], use[href]");
    let files = linked
        .into_iter()
        .filter_map(|e| e.attr("href").or_else(|| e.attr("src")))
        .filter(|address| address.starts_with("/static/"))
        .collect::<Vec<_>>();
    assert!(files.len() > 4, "{body}");
    for file in files {
        let answer = app.visitor().get(file).await.is(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        assert!(faults(&answer).is_empty(), "{file}: {:?}", faults(&answer));
        assert!(!answer.headers.contains_key("set-cookie"), "{file}");
        let elsewhere = file.replacen("/static/", "/static/0", 1);
        app.visitor().get(&elsewhere).await.is(404);
    }
}

#[tokio::test]
async fn https_is_insisted_on_where_it_is_the_address() {
    let plain = App::start().await;
    assert!(plain.visitor().get("/login").await.header("strict-transport-security").is_empty());
    for (hsts, said) in [
        (None, "max-age=31536000"),
        (Some("host"), "max-age=31536000"),
        (Some("subdomains"), "max-age=31536000; includeSubDomains"),
        (Some("off"), ""),
    ] {
        let app = App::start_with(|settings| {
            settings.url = Some("https://inroad.example".into());
            settings.hsts = hsts.map(str::to_owned);
        })
        .await;
        for path in ["/login", "/nowhere", "/companies", "/healthz"] {
            let answer = app.visitor().get(path).await;
            assert_eq!(answer.header("strict-transport-security"), said, "{path}");
        }
    }
}
