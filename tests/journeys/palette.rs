//! The palette: everything is found and opened with the keyboard alone, from any page.

use serde_json::{Value, json};

use crate::support::App;
use crate::{Browser, browser_of};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const HOME: &str = "\u{e011}";
const END: &str = "\u{e010}";
const FIND: &str = "\u{e009}k\u{e000}";
const ASIDE: &str = "\u{e009}\u{e007}\u{e000}";

/// Presses keys wherever the keyboard is, also where that is replaced between looking and pressing.
async fn keys(browser: &Browser, keys: &str) {
    loop {
        match browser.client.active_element().await.unwrap().send_keys(keys).await {
            Err(error) if error.is_stale_element_reference() => {}
            pressed => return pressed.unwrap(),
        }
    }
}

/// What is chosen: the field names it, and a screen reader says it.
async fn chosen(browser: &Browser) -> String {
    let script = "const field = document.activeElement, id = field.getAttribute('aria-activedescendant');
        const at = id && document.getElementById(id);
        return at && at.getAttribute('aria-selected') === 'true' ? at.innerText.replace(/\\s+/g, ' ').trim() : ''";
    browser.client.execute(script, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
}

async fn chooses(browser: &Browser, words: &str) {
    let script = "const id = document.activeElement.getAttribute('aria-activedescendant');
        return id !== null && document.getElementById(id).innerText.startsWith(arguments[0])";
    assert!(browser.until(script, json!(words)).await, "{:?} is chosen, not {words:?}", chosen(browser).await);
}

async fn is_at(browser: &Browser, path: &str) {
    assert!(
        browser.until("return location.pathname === arguments[0]", json!(path)).await,
        "at {}, not at {path}",
        browser.path().await
    );
}

#[tokio::test]
async fn everything_is_found_and_opened_with_keys_alone() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let grace = rows.contact("Grace Hopper", None).await;
    let kelly = rows.contact("Grace Kelly", None).await;
    rows.company("Graceful Works").await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    for (open, words) in [("/", "grace hop"), (FIND, "hoper")] {
        browser.open("/settings").await;
        keys(&browser, open).await;
        // What is typed at once goes into the field, and is no key of the page.
        keys(&browser, words).await;
        chooses(&browser, "Grace Hopper").await;
        keys(&browser, ENTER).await;
        is_at(&browser, &format!("/contacts/{grace}")).await;
    }

    browser.open("/").await;
    keys(&browser, FIND).await;
    // Before anything is typed: what can be done, and the pages.
    browser.see("Start today's list").await;
    keys(&browser, "grace").await;
    chooses(&browser, "Grace Hopper").await;
    let said = "return document.querySelector('#search [data-count]').textContent === '3 found'";
    assert!(browser.until(said, Value::Null).await);
    keys(&browser, DOWN).await;
    chooses(&browser, "Grace Kelly").await;
    keys(&browser, END).await;
    chooses(&browser, "Graceful Works").await;
    keys(&browser, DOWN).await;
    chooses(&browser, "Grace Hopper").await;
    keys(&browser, UP).await;
    chooses(&browser, "Graceful Works").await;
    keys(&browser, HOME).await;
    chooses(&browser, "Grace Hopper").await;
    keys(&browser, DOWN).await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        for width in [1280, 390] {
            browser.size(width, 844).await;
            assert_eq!(browser.axe().await, Vec::<String>::new(), "{scheme}, {width}");
            assert_eq!(browser.overflow().await, 0);
            browser.picture(&format!("palette-{width}-{scheme}")).await;
        }
    }
    browser.size(1280, 900).await;

    // Beside this page, which stays.
    keys(&browser, ASIDE).await;
    let windows = async || browser.client.windows().await.unwrap().len();
    for _ in 0..100 {
        if windows().await == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!((windows().await, browser.path().await.as_str()), (2, "/"));
    keys(&browser, ENTER).await;
    is_at(&browser, &format!("/contacts/{kelly}")).await;

    // Escape leads back to where the keyboard was.
    browser.open("/contacts").await;
    keys(&browser, "j").await;
    let before = "return document.activeElement.textContent.trim()";
    let line = browser.client.execute(before, vec![]).await.unwrap();
    keys(&browser, "/").await;
    keys(&browser, "zzz").await;
    browser.see("Nothing found").await;
    keys(&browser, ESCAPE).await;
    let back =
        "return !document.querySelector('dialog[open]') && document.activeElement.textContent.trim() === arguments[0]";
    assert!(browser.until(back, line).await);

    // Enter before anything is found waits for it.
    browser.open("/progress").await;
    keys(&browser, &format!("{FIND}progress{ENTER}")).await;
    keys(&browser, "").await;
    is_at(&browser, "/progress").await;
    keys(&browser, FIND).await;
    keys(&browser, &format!("question bank{ENTER}")).await;
    is_at(&browser, "/library/questions").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_typed_before_the_palette_is_there_presses_nothing() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Halle Hal", None).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/contacts").await;
    let fast = "for (const key of '/hal') document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))";
    browser.client.execute(fast, vec![]).await.unwrap();
    let open = "return document.querySelector('dialog[open]').id === 'search' && document.activeElement.name === 'q'";
    assert!(browser.until(open, Value::Null).await);
    keys(&browser, "hal").await;
    chooses(&browser, "Halle Hal").await;
    assert_eq!(browser.path().await, "/contacts");
}

#[tokio::test]
async fn the_page_of_the_search_is_a_palette_too() {
    let app = App::start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/search").await;
    browser.see("Pages").await;
    keys(&browser, FIND).await;
    keys(&browser, "garce").await;
    chooses(&browser, "Grace Hopper").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    keys(&browser, ENTER).await;
    is_at(&browser, &format!("/contacts/{grace}")).await;
    // On a phone it is among the tabs.
    browser.size(390, 844).await;
    browser.open("/guide").await;
    browser.press("Search").await;
    let open = "return document.querySelector('dialog[open]').id === 'search' && document.activeElement.name === 'q'";
    assert!(browser.until(open, Value::Null).await);
    keys(&browser, "settings sharing").await;
    chooses(&browser, "Settings: sharing").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_belongs_to_other_words_is_not_pressed() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    rows.contact("Grace Hopper", None).await;
    let turing = rows.contact("Alan Turing", None).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/contacts").await;
    keys(&browser, FIND).await;
    browser.see("Start today's list").await;
    // Nothing is marked, and nothing was typed.
    for nothing in ["", "  "] {
        keys(&browser, &format!("{nothing}{ENTER}")).await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        assert_eq!(browser.path().await, "/contacts");
    }
    keys(&browser, "grace").await;
    chooses(&browser, "Grace Hopper").await;
    let away = "window.fetched = window.fetch; window.fetch = () => Promise.reject(new TypeError('away'))";
    browser.client.execute(away, vec![]).await.unwrap();
    let select = "document.activeElement.select()";
    browser.client.execute(select, vec![]).await.unwrap();
    keys(&browser, &format!("turing{ENTER}")).await;
    browser.see("Inroad can't be reached").await;
    assert_eq!(browser.path().await, "/contacts");
    let left = "return document.querySelectorAll('#search [data-hit]').length === 0";
    assert!(browser.until(left, Value::Null).await);
    keys(&browser, ENTER).await;
    browser.see("Inroad can't be reached").await;
    // Pressed again once it is back, it is asked again.
    browser.client.execute("window.fetch = window.fetched", vec![]).await.unwrap();
    keys(&browser, ENTER).await;
    is_at(&browser, &format!("/contacts/{turing}")).await;

    browser.open("/contacts").await;
    keys(&browser, FIND).await;
    keys(&browser, "grace").await;
    chooses(&browser, "Grace Hopper").await;
    browser.client.delete_all_cookies().await.unwrap();
    keys(&browser, &format!(" h{ENTER}")).await;
    is_at(&browser, "/login").await;
}

#[tokio::test]
async fn whom_nothing_is_found_for_has_no_palette() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Grace Hopper", None).await;
    let sql = "update grants set scope = 'everything_but_notes' where coach_id = $1";
    sqlx::query(sql).bind(app.bob.id).execute(&app.db).await.unwrap();
    let browser = browser_of(&app, &app.bob).await;
    browser.listen_for_complaints().await;
    browser.open("/contacts").await;
    for find in [FIND, "/"] {
        keys(&browser, find).await;
        let none = "return document.querySelector('dialog[open]') === null";
        assert!(browser.until(none, Value::Null).await);
    }
    assert_eq!((browser.path().await.as_str(), browser.complaints().await), ("/contacts", vec![]));
}
