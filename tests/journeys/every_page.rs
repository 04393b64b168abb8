//! Every page, looked at as it is: in both colour schemes, wide and narrow, with real-looking data, with none, and with too much.

use inroad::routes::{Verb, Who};

use crate::support::App;
use crate::support::routes::{path_of, routes};
use crate::{Browser, browser_of, visitor};

/// The sizes a page is looked at in: a desk's and a phone's.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];

/// Looks at a page in both sizes and both schemes, and says what is wrong with it.
async fn faults(browser: &Browser, path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let name = path.trim_matches('/').replace(['/', '?', '=', '&'], "-");
    let name = if name.is_empty() { "today" } else { &name };
    for (width, height) in SIZES {
        browser.size(width, height).await;
        browser.scheme("light").await;
        browser.open(path).await;
        browser.picture(&format!("{name}-{width}-light")).await;
        let light = browser.axe().await;
        // The same elements in other colours.
        browser.scheme("dark").await;
        browser.picture(&format!("{name}-{width}-dark")).await;
        let dark = browser.axe_of_colours().await;
        let found = light.into_iter().chain(dark.into_iter().map(|fault| format!("in the dark {fault}")));
        let found = found.chain(browser.complaints().await);
        faults.extend(found.map(|fault| format!("{path} ({width}): {fault}")));
    }
    browser.size(320, 700).await;
    let wider = browser.overflow().await;
    if wider > 0 {
        faults.push(format!("{path} is {wider} pixels too wide at 320"));
    }
    faults
}

/// The addresses of the pages a signed-in person can open, with ids of their own.
fn pages(ids: &crate::support::everything::Everything, whos: &[Who]) -> Vec<String> {
    routes(Verb::Get)
        .filter(|route| whos.contains(&route.who))
        .filter(|route| {
            !route.path.starts_with("/static")
                && !route.path.ends_with("z")
                && !route.path.contains('.')
                && !route.path.ends_with("/file")
        })
        // A line of text that the script puts beside a field.
        .filter(|route| route.path != "/settings/sentence")
        .map(|route| path_of(route, ids))
        .collect()
}

/// Looks at every third page a signed-in person can open, from the `nth` on.
async fn every_third_page_of_a_person(nth: usize) {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    let mut all = Vec::new();
    for path in pages(&ids, &[Who::Viewer, Who::Owner, Who::Myself]).iter().skip(nth).step_by(3) {
        all.extend(faults(&browser, path).await);
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_either_scheme() {
    every_third_page_of_a_person(0).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_either_scheme_second_third() {
    every_third_page_of_a_person(1).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_either_scheme_last_third() {
    every_third_page_of_a_person(2).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_of_visitors_and_administrators() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let mut all = Vec::new();
    let signed_out = visitor(&app).await;
    signed_out.listen_for_complaints().await;
    for path in ["/login", "/signup", "/no-such-page"] {
        all.extend(faults(&signed_out, path).await);
    }
    let administrator = browser_of(&app, &app.dora).await;
    administrator.listen_for_complaints().await;
    for path in pages(&ids, &[Who::Admin]) {
        all.extend(faults(&administrator, &path).await);
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[tokio::test]
async fn the_demo_account_fills_every_main_page() {
    let app = App::start().await;
    let (_, browser) = crate::demo(&app).await;
    browser.listen_for_complaints().await;
    let mut all = Vec::new();
    for path in ["/", "/companies", "/contacts", "/interviews", "/openings", "/referrals"] {
        all.extend(faults(&browser, path).await);
        assert!(!browser.text().await.contains("Nothing here"), "{path} is empty");
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[tokio::test]
async fn too_long_too_many_and_too_strange_fit_every_list() {
    let app = App::start().await;
    let long = "Gesellschaft".repeat(15);
    for name in [long.as_str(), "Crab 🦀🦀🦀", "شركة الحساب", "A\u{301}\u{302}\u{303}cme", "A & B \"C\" <D>"]
    {
        app.alice.company(name).await;
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    let mut all = Vec::new();
    for path in ["/", "/companies", "/companies/new"] {
        all.extend(faults(&browser, path).await);
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[tokio::test]
async fn what_is_too_faint_in_the_dark_alone_is_found() {
    let app = App::start().await;
    let browser = visitor(&app).await;
    browser.open("/login").await;
    let faint = "const faint = document.createElement('p'); faint.textContent = 'Faint'; faint.style.color = '#555';
        document.querySelector('main').append(faint)";
    browser.client.execute(faint, vec![]).await.unwrap();
    assert_eq!(browser.axe_of_colours().await, Vec::<String>::new(), "in the light");
    browser.scheme("dark").await;
    let found = browser.axe_of_colours().await;
    assert!(found.iter().any(|fault| fault.starts_with("color-contrast")), "{found:?}");
}
