//! How much a page asks of its reader: controls, words and pixels, counted where they are seen.

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::support::App;
use crate::{Browser, demo};

/// Where things stand when the page has just opened.
const LAPTOP: (u32, u32) = (1280, 800);
const PHONE: (u32, u32) = (390, 844);

/// What is seen of a page before anything is pressed.
#[derive(Debug, Deserialize)]
struct Amount {
    /// Controls of everything but the frame.
    page: usize,
    /// Controls of the first column.
    main: usize,
    /// Words of the program's own: neither what people wrote nor what their things are called.
    words: usize,
    /// The lower edges, in pixels from the top of the page, of what carries the marks asked for.
    ends: Vec<f64>,
    /// The upper edge of what hides the foot of the window.
    foot: f64,
}

const COUNT: &str = "
    const seen = item => item.checkVisibility({ visibilityProperty: true }) && item.getBoundingClientRect().height > 0
    const main = document.querySelector('main')
    const controls = 'a[href], button, summary, select, textarea, input:not([type=hidden])'
    const count = root => root ? [...root.querySelectorAll(controls)].filter(seen).length : 0
    const theirs = '[dir=auto], bdi, textarea, select, .said, .unseen, .timeline time, option'
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    let words = 0
    while (texts.nextNode()) {
      const home = texts.currentNode.parentElement
      if (seen(home) && !home.closest(theirs)) words += (texts.currentNode.data.match(/[\\p{L}\\d]+/gu) || []).length
    }
    const ends = arguments[0].flatMap(mark => [...main.querySelectorAll(mark)].filter(seen))
      .map(item => item.getBoundingClientRect().bottom + scrollY)
    const tabs = document.querySelector('.tabs')
    const foot = tabs && seen(tabs) ? tabs.getBoundingClientRect().top : innerHeight
    return { page: count(main), main: count(main.querySelector('.cols > .stack')), words, ends, foot }";

/// Counts a page at a size, and where what carries the marks ends.
async fn amount(browser: &Browser, path: &str, size: (u32, u32), marks: &[&str]) -> Amount {
    browser.size(size.0, size.1).await;
    browser.open(path).await;
    let counted = browser.client.execute(COUNT, vec![json!(marks)]).await.unwrap();
    serde_json::from_value(counted).unwrap()
}

#[tokio::test]
async fn a_contact_is_one_screen_with_one_thing_to_do() {
    let app = App::start().await;
    let (ada, browser) = demo(&app).await;
    let people: Vec<(Uuid, String, String)> =
        sqlx::query_as("select id, name, stage from contacts where user_id = $1 and deleted_at is null order by id")
            .bind(ada.id)
            .fetch_all(&app.db)
            .await
            .unwrap();
    let mut all = Vec::new();
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for (id, name, stage) in &people {
        // Three of each stage.
        let times = seen.entry(stage.as_str()).or_default();
        *times += 1;
        if *times > 3 {
            continue;
        }
        let path = format!("/contacts/{id}");
        let wide = amount(&browser, &path, LAPTOP, &["#message", ".next .drops"]).await;
        let end = wide.ends.iter().copied().fold(0.0, f64::max);
        if wide.main > 12 || wide.page > 20 || wide.words > 200 || end > wide.foot || wide.ends.is_empty() {
            all.push(format!("{name}, {stage}: {wide:?}"));
        }
        let marks = ["#message", "#message-form [data-copy]", "#message-form [data-key=s]"];
        let narrow = amount(&browser, &path, PHONE, &marks).await;
        let end = narrow.ends.iter().copied().fold(0.0, f64::max);
        if end > narrow.foot {
            all.push(format!("{name}, {stage}, on a phone: {narrow:?}"));
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
    assert!(all.is_empty(), "{} of {}:\n{}", all.len(), people.len(), all.join("\n"));
}
