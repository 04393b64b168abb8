//! Only our own pages may post, and looking at pages changes nothing.

use inroad::routes::{OF_PROGRAMS, Verb};
use inroad::web::problem::is_of_programs;
use reqwest::Method;

use crate::support::App;
use crate::support::routes::{crawl, path_of, routes};
use crate::support::sums::sums;

/// What a browser may say about where a request comes from, and whether it is our own page. `HOST` is the address posted to.
const CASES: [(&[(&str, &str)], bool); 12] = [
    (&[("sec-fetch-site", "same-origin")], true),
    (&[("sec-fetch-site", "same-origin"), ("origin", "HOST")], true),
    (&[("origin", "HOST")], true),
    (&[("sec-fetch-site", "same-site")], false),
    (&[("sec-fetch-site", "cross-site")], false),
    (&[("sec-fetch-site", "none")], false),
    (&[("sec-fetch-site", "cross-site"), ("origin", "HOST")], false),
    (&[("sec-fetch-site", "same-site"), ("origin", "http://evil.example")], false),
    (&[("origin", "http://evil.example")], false),
    (&[("origin", "HOST.evil.example")], false),
    (&[("origin", "null")], false),
    (&[], false),
];

#[tokio::test]
async fn a_form_of_another_site_reaches_no_route_and_changes_nothing() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let host = format!("http://{}", app.address);
    let before = sums(&app.db).await;
    for (headers, _) in CASES.iter().filter(|(_, ours)| !ours) {
        for route in routes(Verb::Post).filter(|route| !is_of_programs(route.path)) {
            let mut request = app.alice.request(Method::POST, &path_of(route, &ids)).form(&[("name", "Mallory")]);
            for (name, value) in *headers {
                request = request.header(*name, value.replace("HOST", &host));
            }
            // What programs that read mail send, from no page at all: the secret in the address counts, and here is none.
            if headers.is_empty() && OF_PROGRAMS.contains(&route.path) {
                app.alice.send(request).await.is(404);
                continue;
            }
            let answer = app.alice.send(request).await.is(403);
            assert_eq!(answer.page().text("h1"), "That came from somewhere else", "{} with {headers:?}", route.path);
        }
        assert_eq!(sums(&app.db).await, before, "{headers:?}");
    }
}

#[tokio::test]
async fn programs_need_no_page_of_ours_and_pages_of_others_do_not_pass_for_programs() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let host = format!("http://{}", app.address);
    for route in routes(Verb::Post).filter(|route| is_of_programs(route.path)) {
        for (headers, ours) in CASES {
            let mut request = app.alice.request(Method::POST, &path_of(route, &ids));
            for (name, value) in headers {
                request = request.header(*name, value.replace("HOST", &host));
            }
            let status = if ours || headers.is_empty() { 401 } else { 403 };
            let answer = app.alice.send(request).await;
            // Who introduces itself, or shows a code, has no token yet.
            if route.path.starts_with("/oauth/") {
                assert_eq!(answer.status == 403, status == 403, "{} with {headers:?}", route.path);
                continue;
            }
            let answer = answer.is(status);
            assert_eq!(answer.header("content-type"), "application/problem+json", "{} with {headers:?}", route.path);
        }
    }
}

#[tokio::test]
async fn our_own_forms_reach_every_route() {
    let app = App::start().await;
    let host = format!("http://{}", app.address);
    for (headers, _) in CASES.iter().filter(|(_, ours)| *ours) {
        for route in routes(Verb::Post) {
            let ids = app.fill(&app.charlie).await;
            let mut request = app.visitor().request(Method::POST, &path_of(route, &ids)).form(&[("a", "b")]);
            for (name, value) in *headers {
                request = request.header(*name, value.replace("HOST", &host));
            }
            assert_ne!(app.visitor().send(request).await.status, 403, "{} with {headers:?}", route.path);
        }
    }
}

#[tokio::test]
async fn with_a_configured_address_only_that_is_ours() {
    let app = App::start_with(|settings| settings.url = Some("http://inroad.example".into())).await;
    for (origin, status) in [
        ("http://inroad.example".to_owned(), 422),
        (format!("http://{}", app.address), 403),
        ("https://inroad.example".into(), 403),
    ] {
        let request = app.alice.request(Method::POST, "/companies").header("origin", origin);
        let answer = app.alice.send(request.form(&[("companies", "")])).await.is(status);
        if status == 403 {
            assert!(answer.page().has("main a[href='http://inroad.example/']"), "it names the right address");
        }
    }
}

#[tokio::test]
async fn methods_that_are_no_form_of_ours_are_refused_from_elsewhere() {
    let app = App::start().await;
    for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::from_bytes(b"PROPFIND").unwrap()] {
        app.alice.send(app.alice.request(method, "/companies").header("sec-fetch-site", "cross-site")).await.is(403);
    }
}

#[tokio::test]
async fn looking_at_every_page_changes_no_row() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    // That files were taken out is counted, and nothing else.
    let kept = async || {
        let mut sums = sums(&app.db).await;
        sums.remove("rate_limits");
        sums
    };
    let before = kept().await;
    for person in [&app.alice, &app.bob, &app.charlie, &app.dora, &app.visitor()] {
        crawl(&app, person, &ids).await;
        for route in routes(Verb::Get) {
            let path = path_of(route, &ids);
            app.alice.send(app.alice.request(Method::HEAD, &path)).await;
            person.get(&format!("{path}?version=7&name=x&deleted_at=now&confirmed=yes&_method=post")).await;
        }
        assert_eq!(kept().await, before, "looked at by {}", person.name);
    }
}
