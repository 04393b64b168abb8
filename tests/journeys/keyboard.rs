//! A day's list of five kinds of lines, worked through with the keyboard alone.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use crate::support::App;
use crate::{Browser, browser_of, demo};

/// Where the keyboard is; what has no name is where it was lost.
async fn focus(browser: &Browser) -> String {
    let script = "const at = document.activeElement; return at && at !== document.body
        ? at.id || at.getAttribute('aria-label') || at.textContent.trim().slice(0, 40) || at.tagName : ''";
    browser.client.execute(script, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
}

/// Presses keys wherever the keyboard is.
async fn keys(browser: &Browser, keys: &str) {
    // A dialog that has just closed gives the keyboard back a moment later; until then nothing takes keys.
    for _ in 0..40 {
        let at = browser.client.active_element().await.unwrap();
        if at.send_keys(keys).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("nothing takes the keys {keys:?} on {}", browser.path().await);
}

/// Waits for the words, then sees that the keyboard is somewhere and that axe finds nothing.
async fn settled(browser: &Browser, words: &str) {
    browser.see(words).await;
    let kept = browser.until("return document.activeElement !== document.body", json!(null)).await;
    assert!(kept, "the keyboard is lost at {words:?} on {}", browser.path().await);
    assert_eq!(browser.axe().await, Vec::<String>::new(), "{words:?} on {}", browser.path().await);
}

#[tokio::test]
async fn a_day_is_worked_through_with_keys_alone() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    app.alice.post("/review/ends", &[("week", "2026-11-16")]).await.to();
    for sql in [
        format!("update contacts set stage = 'spoke', next_step = 'thank', next_due = '2026-11-24' where id = '{}'", of.contact),
        format!(
            "update referrals set status = 'agreed', way = 'link', agreed_on = '2026-11-17', next_step = 'remind_to_make',
                next_due = '2026-11-24' where id = '{}'",
            of.referral
        ),
        // Nothing is left to fill in of the message that makes it easy.
        format!("update referrals set fit = 'I have flown before.' where id = '{}'", of.referral),
        format!("update openings set url = 'https://orbital.example/careers/214' where id = '{}'", of.opening),
        // The talk that is planned belongs to the day after.
        "update informational_interviews set status = 'held'".to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    // A fifth kind: someone who is asked to connect, to be ticked and put off with another.
    let rows = app.rows(&app.alice);
    let zoe = rows.contact("Zoe Zuse", None).await;
    for contact in [of.other_contact, zoe] {
        rows.touchpoint(contact, "picked", "none").await;
    }

    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/").await;
    browser.see("Seven things today").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    keys(&browser, "?").await;
    browser.see("snooze the ticked lines").await;
    keys(&browser, "\u{e00c}").await;

    // Past what the coach said, down to the last two, ticked and put off together.
    keys(&browser, "j").await;
    assert_eq!(focus(&browser).await, "Erin Evans on Grace Hopper");
    keys(&browser, "jjjjjj").await;
    assert_eq!(focus(&browser).await, "Zoe Zuse");
    keys(&browser, "xkx").await;
    keys(&browser, "L").await;
    settled(&browser, "2 lines snoozed to tomorrow").await;
    browser.see("Five things today").await;
    keys(&browser, "z").await;
    settled(&browser, "2 lines are back").await;
    // At the first of those that came back.
    keys(&browser, "j").await;
    assert_eq!(focus(&browser).await, "Zoe Zuse");
    keys(&browser, "l").await;
    settled(&browser, "Six things today").await;

    // One after the other.
    keys(&browser, "n").await;
    settled(&browser, "Today: 1 of 5.").await;
    for step in 1..=5 {
        let number = format!("Today: {step} of 5.");
        settled(&browser, &number).await;
        let line =
            browser.client.execute("return document.querySelector('.run span').textContent", vec![]).await.unwrap();
        let line = line.as_str().unwrap_or_default();
        // What is asked of others waits; everything else is done as it stands.
        keys(&browser, if line.starts_with("Send a request") { "l" } else { "s" }).await;
        let gone = "return !document.body.innerText.includes(arguments[0])";
        assert!(browser.until(gone, json!(number)).await, "{line:?} did not lead on");
    }
    // All that was to be done for the referral is done, so it is asked whether it is made.
    settled(&browser, "Is it made?").await;
    keys(&browser, "jj").await;
    assert_eq!(focus(&browser).await, "Grace Hopper");
    keys(&browser, "l").await;
    browser.see("2 promises kept").await;
    assert_eq!(browser.path().await, "/");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn g_and_a_letter_go_to_a_page_and_escape_leads_back() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/progress").await;
    let pages = [
        ("c", "/companies"),
        ("p", "/contacts"),
        ("i", "/interviews"),
        ("o", "/openings"),
        ("r", "/referrals"),
        ("s", "/settings"),
        ("t", "/"),
    ];
    for (letter, page) in pages {
        keys(&browser, "g").await;
        keys(&browser, letter).await;
        assert!(browser.until("return location.pathname === arguments[0]", json!(page)).await, "g {letter}");
    }
    browser.open(&format!("/contacts/{}", of.contact)).await;
    browser.press("More").await;
    browser.fill("Done differently: how", "By telephone").await;
    keys(&browser, "\u{e00c}").await;
    let closed = "return document.activeElement.matches('details:not([open]) > summary')";
    assert!(browser.until(closed, json!(null)).await, "{}", focus(&browser).await);
}

#[tokio::test]
async fn a_message_with_gaps_is_copied_when_that_is_asked_for_twice() {
    let app = App::start().await;
    let made = app.alice.post("/contacts", &[("name", "Alan Turing"), ("company", "Acme")]).await.to();
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open(&made).await;
    let copied = "return document.querySelector('[data-copy=\"#message\"] [data-label]').textContent === 'Copied'";
    browser.press("Copy").await;
    browser.see("Press again to copy it anyway.").await;
    let in_gap = "return document.activeElement.matches('[data-gap]')";
    assert!(browser.until(in_gap, json!(null)).await, "the cursor is where something is missing");
    browser.press("Copy").await;
    assert!(browser.until(copied, json!(null)).await, "asked for twice");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// The line that the keyboard is in, by its id or by where it leads.
const LINE: &str = "(line => line?.id || line?.querySelector('a[href]')?.getAttribute('href') || '')(
    document.activeElement.closest('[data-row], main li[id]'))";

#[tokio::test]
async fn undo_leads_back_to_its_line() {
    let app = App::start().await;
    let (ada, browser) = demo(&app).await;
    // What the demo did was done before.
    app.pass(SignedDuration::from_mins(1));
    let at = async || browser.client.execute(&format!("return {LINE}"), vec![]).await.unwrap();
    let comes_back = async |before: &Value, place: &str| {
        let found = browser.until(&format!("return {LINE} === arguments[0]"), before.clone()).await;
        assert!(found, "{place}: at {}, not {before}", at().await);
    };

    // Today: a line in the middle.
    browser.open("/").await;
    keys(&browser, "jjj").await;
    let before = at().await;
    keys(&browser, "l").await;
    settled(&browser, "21 things today").await;
    assert_ne!(at().await, before);
    keys(&browser, "z").await;
    settled(&browser, "22 things today").await;
    comes_back(&before, "Today").await;

    // A list: ticked rows, and a word chosen in its cell.
    browser.open("/contacts?show=identified").await;
    keys(&browser, "jj").await;
    let before = at().await;
    browser.tick(&format!("Tick {}", focus(&browser).await)).await;
    browser.press("Delete").await;
    browser.see("in the bin").await;
    keys(&browser, "z").await;
    comes_back(&before, "Contacts").await;

    let company = app.rows(&ada).company("Aardvark Analytics").await;
    browser.open("/companies?show=all&sort=name&q=Aardvark").await;
    browser.choose("Posting at Aardvark Analytics", "right now").await;
    browser.see("Aardvark Analytics: posting right now.").await;
    assert_eq!(focus(&browser).await, format!("posting-{company}"), "the keyboard stays in the cell");
    browser.press("Undo").await;
    browser.see("Aardvark Analytics is as before.").await;
    comes_back(&format!("/companies/{company}").into(), "Companies").await;

    // A contact's page: a line of the history.
    browser.open("/contacts?show=in_touch").await;
    keys(&browser, "j\u{e007}").await;
    assert!(browser.until("return /^.contacts.[0-9a-f-]{36}$/.test(location.pathname)", json!(null)).await);
    browser.press("Details of all").await;
    let undo = "const undo = document.querySelector('.timeline form button'); undo?.focus(); return Boolean(undo)";
    assert_eq!(browser.client.execute(undo, vec![]).await.unwrap(), json!(true));
    let before = at().await;
    keys(&browser, "\u{e007}").await;
    browser.see("undone").await;
    comes_back(&before, "the history").await;
}
