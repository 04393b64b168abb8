//! Today begins with work: how far down the first line is, and what is in sight only when it can be used.

use serde_json::Value;

use crate::support::App;
use crate::{Browser, demo};

/// How far down the first line may begin, at each size of the window.
const FIRST_LINE: [(u32, u32, i64); 2] = [(1280, 800, 200), (390, 844, 300)];

async fn ask(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, vec![]).await.unwrap()
}

/// The demo account on its first day, a Friday: everything that can stand above the list does.
async fn friday(app: &App) -> Browser {
    app.pass(jiff::SignedDuration::from_hours(3 * 24));
    demo(app).await.1
}

#[tokio::test]
async fn the_first_line_is_near_the_top() {
    let app = App::start().await;
    let browser = friday(&app).await;
    for (width, height, most) in FIRST_LINE {
        browser.size(width, height).await;
        browser.open("/").await;
        browser.picture(&format!("today-{width}")).await;
        let top =
            ask(&browser, "return Math.round(document.querySelector('main li[data-row]').getBoundingClientRect().top)");
        let top = top.await.as_i64().unwrap();
        assert!(top <= most, "at {width} the first line begins at {top}, not within {most}");
        let lines = "return new Set([...document.querySelectorAll('main .head .chip')].map(c => c.offsetTop)).size";
        assert_eq!(ask(&browser, lines).await, Value::from(1), "the times stand in one line at {width}");
    }
}

#[tokio::test]
async fn each_thing_is_in_sight_when_it_can_be_used() {
    let app = App::start().await;
    let browser = friday(&app).await;
    browser.size(1280, 800).await;
    browser.open("/").await;
    let text = browser.text().await;
    assert!(text.contains("Review your week") && !text.contains("Continue"), "{text}");
    let go = "return [...document.querySelectorAll('main .btn.go')].map(b => b.textContent.trim()).join()";
    assert_eq!(ask(&browser, go).await, Value::from("Start the list"), "one button is the loudest");

    let is_seen = "return document.querySelector('#ticked').checkVisibility()";
    assert_eq!(ask(&browser, is_seen).await, Value::from(false), "nothing is ticked");
    ask(&browser, "document.querySelector('main li[data-row] [type=checkbox]').click()").await;
    assert_eq!(ask(&browser, is_seen).await, Value::from(true));
    let in_view =
        "const bar = document.querySelector('#ticked').getBoundingClientRect(); return bar.bottom <= innerHeight";
    assert_eq!(ask(&browser, in_view).await, Value::from(true), "it stays in sight");
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.picture("today-ticked").await;

    let twice = "return [...document.querySelectorAll('main .menu')].filter(menu => {
        const days = [...menu.querySelectorAll('[name=until], [name=due_on]')].map(b => b.value).filter(Boolean);
        return new Set(days).size < days.length }).length";
    assert_eq!(ask(&browser, twice).await, Value::from(0), "no menu offers one day twice");

    browser.press("Start the list").await;
    browser.see("Today: 1 of").await;
    browser.open("/settings").await;
    browser.see("Your search").await;
    assert!(!browser.text().await.contains("Today: 1 of"), "a run's bar stands on its own pages alone");
    browser.open("/").await;
    assert_eq!(ask(&browser, go).await, Value::from("Continue"));
    assert!(!browser.text().await.contains("Today: 1 of"));
}
