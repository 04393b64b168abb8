//! Settings: from page to page nothing moves but what is different.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::demo;
use crate::support::App;

/// Where the frame of a page stands, and what is in it: the column, the title, the sections and each of their links, and the
/// edges of what stands in the column.
const FRAME: &str = "const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top + scrollY, r.width].map(Math.round) };
    const main = document.querySelector('main'), sections = document.querySelector('.sections');
    const cards = [...document.querySelectorAll('main > .card, main > form > .card')].map(box);
    return {
        column: box(main).filter((_, at) => at !== 1), title: box(document.querySelector('h1')), sections: box(sections),
        links: [...sections.querySelectorAll('a')].map(box).map(([left, ...rest]) =>
            [left + sections.scrollLeft, ...rest]),
        cards: [...new Set(cards.map(([left, , width]) => `${left} ${width}`))],
    }";

#[tokio::test]
async fn pages_of_the_settings_have_one_frame() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    for (width, height) in [(1280, 800), (390, 844)] {
        browser.size(width, height).await;
        browser.open("/settings/profile").await;
        let links = "return [...document.querySelectorAll('.sections a')].map(a => a.getAttribute('href'))";
        let links = browser.client.execute(links, vec![]).await.unwrap();
        let links: Vec<String> = serde_json::from_value(links).unwrap();
        assert_eq!(links.len(), 10, "{links:?}");
        let mut first: Option<Value> = None;
        for path in &links {
            browser.open(path).await;
            browser.picture(&format!("settings{}-{width}", path.replace('/', "-"))).await;
            let frame = browser.client.execute(FRAME, vec![]).await.unwrap();
            let tops: BTreeSet<i64> =
                frame["links"].as_array().unwrap().iter().map(|link| link[1].as_i64().unwrap()).collect();
            assert_eq!(tops.len(), 1, "{path} at {width}: the sections are one line, {frame}");
            assert_eq!(frame["cards"].as_array().unwrap().len(), 1, "{path} at {width}: one width of form, {frame}");
            let first = first.get_or_insert(frame.clone());
            assert_eq!(&frame, first, "{path} at {width} is not as the page before");
        }
    }
}

#[tokio::test]
async fn the_choice_of_dates_is_seen_at_once() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    browser.open("/settings/profile").await;
    browser.choose("Dates", "2026-11-28").await;
    browser.choose("Times", "2:30 pm").await;
    browser.press("Save").await;
    browser.see("Saved.").await;
    browser.open("/").await;
    browser.see("Tuesday 2026-11-24").await;
    browser.open("/contacts").await;
    let iso = "return [...document.querySelectorAll('td time')].every(t => !/[A-Z][a-z]{2}/.test(t.textContent)
        || /day$/.test(t.textContent))";
    assert!(browser.until(iso, json!(null)).await);
}
