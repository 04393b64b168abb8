//! Text that is not what was hoped for: it breaks nothing, and what of it is shown runs nowhere.

use std::collections::BTreeSet;

use reqwest::Method;
use scraper::ElementRef;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::house::{House, filled, takes_text, with};
use crate::support::Page;
use crate::support::person::sign_in_again;
use crate::support::routes::{Found, Opened, crawl};
use crate::support::words::naughty;

/// The fields of a page that have a fault.
fn faulty(page: &Page) -> BTreeSet<String> {
    page.all("[aria-invalid=true]").into_iter().filter_map(|e| e.attr("name").map(str::to_owned)).collect()
}

/// The fields that take any text at all; what remains is read as something: an address, a number.
async fn free_fields(house: &House, found: &Found) -> BTreeSet<String> {
    let mut free: BTreeSet<String> =
        found.form.controls.iter().filter(|control| takes_text(control)).map(|control| control.name.clone()).collect();
    for _ in 0..3 {
        let form = house.again(found).await;
        let fields = free.iter().fold(filled(&form), |fields, name| with(fields, name, "<i>something</i> & more"));
        let answer = house.send(&form, &fields).await;
        if answer.status != 422 {
            break;
        }
        let strict = faulty(&answer.page());
        free.retain(|name| !strict.contains(name));
    }
    free
}

/// Tries every naughty string in each of these forms, then looks at every page for markup that came from a string.
async fn try_naughty_strings(house: &House, forms: impl Iterator<Item = &Found>) {
    let strings = naughty();
    for found in forms.filter(|found| !found.route.path.ends_with("/deletions")) {
        let free = free_fields(house, found).await;
        for text in strings.iter().filter(|_| !free.is_empty()) {
            let form = house.again(found).await;
            let fields = free.iter().fold(filled(&form), |fields, name| with(fields, name, text));
            let answer = house.send(&form, &fields).await;
            let raw = text.contains('<') && answer.body.contains(text.as_str());
            assert!(!raw, "{} says {text:?} back as it is", found.route.path);
        }
        let others =
            found.form.controls.iter().filter(|control| !free.contains(&control.name) && control.kind != "file");
        for (nr, control) in others.enumerate() {
            let some = if takes_text(control) { 4 } else { 20 };
            for text in strings.iter().skip(nr % some).step_by(some) {
                let form = house.again(found).await;
                let answer = house.send(&form, &with(filled(&form), &control.name, text)).await;
                let raw = text.contains('<') && answer.body.contains(text.as_str());
                assert!(!raw, "{} says {text:?} back as it is", found.route.path);
            }
        }
        if found.form.multipart {
            try_naughty_files(house, found, &strings).await;
        }
    }
}

async fn try_naughty_files(house: &House, found: &Found, strings: &[String]) {
    for control in found.form.controls.iter().filter(|control| control.kind == "file") {
        for (nr, text) in strings.iter().step_by(3).enumerate() {
            // An hour has room for sixty files.
            if nr % 50 == 49 {
                house.app.pass(jiff::SignedDuration::from_mins(61));
            }
            let file = reqwest::multipart::Part::text(format!("First Name,Last Name,URL\n{text},{text},{text}\n"));
            let body = reqwest::multipart::Form::new()
                .part(control.name.clone(), file.file_name(text.replace(['\r', '\n'], " ")));
            let request =
                house.app.alice.request(Method::POST, &found.form.action).header("sec-fetch-site", "same-origin");
            let answer = house.app.alice.send(request.multipart(body)).await;
            assert!(!answer.status.is_server_error(), "{}: {text:?}: {}", found.route.path, answer.gist());
        }
    }
}

/// What on a page could run: scripts not ours, handlers, addresses that are code, elements no template has.
fn could_run(page: &Page) -> Vec<String> {
    let ours = |address: &str| address.starts_with("/static/");
    let mut found = Vec::new();
    for element in page.all("*") {
        let name = element.value().name();
        let foreign = match name {
            "script" => !element.attr("src").is_some_and(ours) || !element.inner_html().trim().is_empty(),
            "link" => !element.attr("href").is_some_and(ours) && !is_icon(element),
            "meta" => element.attr("http-equiv").is_some(),
            "iframe" | "frame" | "object" | "embed" | "base" | "style" | "math" | "marquee" | "template"
            | "x-payload" | "animate" | "audio" | "video" | "foreignobject" => true,
            _ => false,
        };
        let attributes = element.value().attrs().any(|(attribute, value)| could_run_in(element, attribute, value));
        if foreign || attributes {
            found.push(element.html().chars().take(200).collect());
        }
    }
    found
}

/// The tab's icon, which is a picture in the page itself.
fn is_icon(element: ElementRef<'_>) -> bool {
    element.attr("rel") == Some("icon")
        && element.attr("href").is_some_and(|address| address.starts_with("data:image/svg+xml,"))
}

/// The button to be dragged among the bookmarks: the one link that is code, with nothing of a user's in it.
fn is_bookmarklet(address: &str) -> bool {
    let inside = address.strip_prefix("javascript:(()=>{let u='http://127.0.0.1:").and_then(|rest| {
        rest.strip_suffix(
            "/capture?'+new URLSearchParams({url:location.href,title:document.title,\
             text:String(getSelection()).slice(0,2000)});open(u,'_blank')||(location.href=u)})()",
        )
    });
    inside.is_some_and(|port| port.chars().all(|c| c.is_ascii_digit()))
}

fn could_run_in(element: ElementRef<'_>, attribute: &str, value: &str) -> bool {
    let scheme: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(12).collect();
    let scheme = scheme.to_lowercase();
    let code = ["javascript:", "vbscript:", "data:", "blob:"].iter().any(|start| scheme.starts_with(start));
    let address = matches!(attribute, "href" | "src" | "action" | "formaction" | "xlink:href" | "data" | "data-open");
    let stray = attribute == "style" || attribute == "srcdoc" || attribute == "hx-get" || attribute.starts_with("on");
    stray
        || (address && code && !is_icon(element) && !is_bookmarklet(value))
        || (element.value().name() == "form" && attribute == "action" && !value.starts_with('/'))
}

async fn no_page_runs_anything(house: &House) {
    let ids = house.app.fill(&house.app.alice).await;
    let mut looked_at = 0;
    for person in [&house.app.alice, &house.app.bob, &house.app.dora] {
        sign_in_again(&house.app, person).await;
        for Opened { path, page, .. } in crawl(&house.app, person, &ids).await {
            let found = could_run(&page);
            assert!(found.is_empty(), "{path}: {found:#?}");
            looked_at += 1;
        }
    }
    // The rows the strings were written into have pages of their own.
    for (table, place) in [("companies", "companies"), ("contacts", "contacts"), ("openings", "openings")] {
        let sql = format!("select id from {table} where user_id = $1 and deleted_at is null order by id desc limit 60");
        let rows: Vec<Uuid> =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(house.app.alice.id).fetch_all(&house.app.db).await.unwrap();
        for id in rows {
            let found = could_run(&house.app.alice.get(&format!("/{place}/{id}")).await.page());
            assert!(found.is_empty(), "/{place}/{id}: {found:#?}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 10);
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere_second_third() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().skip(1).step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere_last_third() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().skip(2).step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_in_an_address_break_nothing() {
    let house = House::new().await;
    for text in naughty() {
        let query = |name: &str| url::form_urlencoded::Serializer::new(String::new()).append_pair(name, &text).finish();
        for Opened { route, .. } in house.opened.iter().filter(|opened| !opened.path.contains('?')) {
            if route.path.contains('{') {
                continue;
            }
            for name in ["q", "show"] {
                let answer = house.app.alice.get(&format!("{}?{}", route.path, query(name))).await;
                assert!(answer.status.as_u16() < 500, "{} {text:?}: {}", route.path, answer.gist());
                assert!(!text.contains('<') || !answer.body.contains(&text), "{} says {text:?} back", route.path);
            }
        }
        let path = format!("/companies/{}", query("").trim_start_matches('='));
        assert!(house.app.alice.get(&path).await.status.is_client_error() || text == "new", "{path}");
    }
}

#[test]
fn the_list_of_strings_has_sixty_that_would_run() {
    let strings = naughty();
    assert!(strings.iter().filter(|text| text.contains("alert(1)") || text.contains("evil.example")).count() >= 60);
    for text in strings.iter().filter(|text| text.contains("<x-payload>")) {
        let page = Page::parse(&format!("<main><p>{text}</p></main>"), "");
        assert!(!could_run(&page).is_empty(), "{text:?} would be noticed");
    }
}
