//! Where a redirect may lead that someone else may have written: to our own pages.

use url::Url;

use crate::support::App;
use crate::support::person::PASSWORD;
use crate::support::routes::{crawl, forms};

/// Addresses that are not ours, or could be taken for another's.
const PAYLOADS: [&str; 50] = [
    "https://evil.example",
    "http://evil.example/path",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\\\evil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u{a0}//evil.example",
    "/ /evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "http:///evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://evil.example/1",
    "about:blank",
    "mailto:a@evil.example",
    "evil.example",
    "evil.example/path",
    "@evil.example",
    "/@evil.example/..//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/x/%2e%2e//evil.example",
    "//user:pass@evil.example",
    "/\u{2028}/evil.example",
    "/\u{feff}/evil.example",
    "?next=https://evil.example",
    "#//evil.example",
    "",
    "/login\r\nLocation: https://evil.example",
];

/// Whether a browser that is at our pages stays there.
fn is_ours(location: &str) -> bool {
    let base: Url = "http://inroad.example/login".parse().unwrap();
    let there = base.join(location);
    let stays = there.is_ok_and(|url| url.origin() == base.origin());
    stays && location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\")
}

#[tokio::test]
async fn after_logging_in_nobody_is_led_elsewhere() {
    let app = App::start().await;
    for payload in PAYLOADS {
        let visitor = app.visitor();
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", payload).finish();
        let form = visitor.get(&format!("/login?{query}")).await.is(200).page().form_to("/login");
        assert!(is_ours(form.value("next")), "{payload:?} became {:?}", form.value("next"));
        let form = form.set("next", payload).fill("E-mail", "alice@example.org").fill("Password", PASSWORD);
        let to = form.submit(&visitor).await.to();
        assert!(is_ours(&to), "{payload:?} led to {to:?}");
        sqlx::query("delete from rate_limits").execute(&app.db).await.unwrap();
    }
}

#[tokio::test]
async fn a_form_that_says_where_to_return_to_says_one_of_our_pages() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let found = forms(&crawl(&app, &app.alice, &ids).await);
    let ways_back = ["back", "next", "return_to", "to"];
    for found in &found {
        let hidden = |name: &str| found.form.controls.iter().any(|c| c.kind == "hidden" && c.name == name);
        let Some(name) = ways_back.into_iter().find(|name| hidden(name)) else { continue };
        for payload in PAYLOADS {
            let answer = found.form.clone().set(name, payload).submit(&app.alice).await;
            let to = answer.header("location");
            assert!(to.is_empty() || is_ours(to), "{}: {payload:?} led to {to:?}", found.route.path);
        }
    }
}
