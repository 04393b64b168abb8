//! Every page, looked at as it is: in both colour schemes, wide and narrow, with real-looking data, with none, and with too much.

use inroad::routes::{Verb, Who};

use crate::support::App;
use crate::support::routes::{path_of, routes};
use crate::{Browser, browser_of, visitor};

/// The ways a page is looked at.
const LOOKS: [(&str, u32, u32); 4] =
    [("light", 1280, 900), ("dark", 1280, 900), ("light", 390, 844), ("dark", 390, 844)];

/// Looks at a page in every way, and says what is wrong with it.
async fn faults(browser: &Browser, path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (scheme, width, height) in LOOKS {
        browser.scheme(scheme).await;
        browser.size(width, height).await;
        browser.open(path).await;
        let name = path.trim_matches('/').replace(['/', '?', '=', '&'], "-");
        browser.picture(&format!("{}-{width}-{scheme}", if name.is_empty() { "today" } else { &name })).await;
        let found = browser.axe().await.into_iter().chain(browser.complaints().await);
        faults.extend(found.map(|fault| format!("{path} ({scheme}, {width}): {fault}")));
    }
    browser.size(320, 700).await;
    browser.open(path).await;
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

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_either_scheme() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    let mut all = Vec::new();
    for path in pages(&ids, &[Who::Viewer, Who::Owner, Who::Myself]) {
        all.extend(faults(&browser, &path).await);
    }
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
    for name in [long.as_str(), "🦀🦀🦀", "شركة الحساب", "A\u{301}\u{302}\u{303}cme", "A & B \"C\" <D>"]
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
