//! Lists: many rows on a screen, one line a row, nothing out of sight to the right, whatever the names.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::DevTools;
use crate::support::App;
use crate::{Browser, browser_of, demo};

/// How far down the first row may begin on a phone.
const FIRST: f64 = 260.0;

/// How high a row of one line may be on a laptop.
const LINE: f64 = 32.0;

/// The lists, and how many rows of one line a laptop's screen has room for; none where a row is more than a line.
const LISTS: [(&str, Option<u32>); 17] = [
    ("/companies", Some(20)),
    ("/contacts", Some(20)),
    ("/contacts/in-touch", Some(20)),
    ("/openings", Some(20)),
    ("/referrals?view=list", Some(20)),
    ("/introductions", Some(20)),
    ("/companies/careers", Some(20)),
    ("/admin", Some(18)),
    ("/openings?view=board", None),
    ("/referrals", None),
    ("/interviews", None),
    ("/insights", None),
    ("/offers", None),
    ("/bin", None),
    ("/contacts/suggestions", None),
    ("/library", None),
    ("/library/questions", None),
];

/// A list as it stands on the screen.
#[derive(Debug, Deserialize)]
struct Measured {
    /// Where its first row begins, if it has one.
    first: Option<f64>,
    /// How high its highest row is.
    highest: f64,
    /// How far the page or one of its tables reaches beyond its box.
    beyond: f64,
    /// What is cut, and says nowhere how it goes on.
    cut: Vec<String>,
}

const MEASURE: &str = "const seen = e => e.checkVisibility() && e.getBoundingClientRect().height > 0;
    const rows = [...document.querySelectorAll('main [data-row]')].filter(seen).map(r => r.getBoundingClientRect());
    const page = document.documentElement;
    const boxes = [page, ...document.querySelectorAll('.card:has(> table)')];
    const cells = [...document.querySelectorAll('main table.data :is(th, td)')].filter(seen);
    const cut = cells.filter(c => c.scrollWidth > c.clientWidth + 1 && !c.title && !c.querySelector('[title]'));
    return {
        first: rows.length ? rows[0].top + scrollY : null,
        highest: Math.max(0, ...rows.map(r => r.height)),
        beyond: Math.max(...boxes.map(b => b.scrollWidth - b.clientWidth)),
        cut: cut.map(c => c.innerText),
    }";

async fn measured(browser: &Browser, path: &str, width: u32, height: u32) -> Measured {
    browser.size(width, height).await;
    browser.open(path).await;
    serde_json::from_value(browser.client.execute(MEASURE, vec![]).await.unwrap()).unwrap()
}

/// What is wrong with the lists as they are.
async fn faults(browser: &Browser) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, room) in LISTS {
        let wide = measured(browser, path, 1280, 800).await;
        let narrow = measured(browser, path, 390, 844).await;
        for (list, width) in [(&wide, 1280), (&narrow, 390)] {
            if list.beyond > 0.0 {
                faults.push(format!("{path} at {width} reaches {} beyond its box", list.beyond));
            }
            if !list.cut.is_empty() {
                faults.push(format!("{path} at {width} cuts {:?}", list.cut));
            }
        }
        if let (Some(room), Some(first)) = (room, wide.first) {
            let rows = (800.0 - first) / wide.highest;
            if rows < f64::from(room) || wide.highest > LINE {
                faults.push(format!("{path} has room for {rows:.1} rows, the highest {} pixels", wide.highest));
            }
        }
        if let Some(first) = narrow.first.filter(|first| *first > FIRST) {
            faults.push(format!("{path} begins at {first} on a phone"));
        }
    }
    faults
}

#[tokio::test]
async fn lists_are_dense_and_whole_on_a_laptop_and_a_phone() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    assert_eq!(faults(&browser).await, Vec::<String>::new(), "of the demo");
    for longer in [
        "update companies set name = left(name || ' ' || repeat('Gesellschaft', 15), 180),
             place = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'",
        "update contacts set name = left(name || ' ' || repeat('Wolfeschlegelstein', 7), 140),
             job_title = 'Senior vice president of the analysis of what nobody ever analysed before', pronouns = 'they/them'",
        "update openings set title = rtrim(left(title || ' ' || repeat('Analyst of analyses ', 8), 180)),
             next_step = case when next_on is not null then 'Ask once more whether anyone there has read the application' end",
    ] {
        sqlx::query(longer).execute(&app.db).await.unwrap();
    }
    assert_eq!(faults(&browser).await, Vec::<String>::new(), "with long names");
}

#[tokio::test]
async fn what_to_do_with_ticked_lines_shows_once_there_are_any() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    // It needs no script.
    browser.client.issue_cmd(DevTools("Emulation.setScriptExecutionDisabled", json!({ "value": true }))).await.unwrap();
    let in_sight = "const bar = document.querySelector('#selection'), box = bar.getBoundingClientRect();
        return bar.checkVisibility() && box.top > 0 && box.bottom <= innerHeight";
    for (width, height) in [(1280, 800), (390, 844)] {
        browser.size(width, height).await;
        browser.open("/contacts").await;
        let before = browser.client.execute(in_sight, vec![]).await.unwrap();
        assert_eq!(before, Value::Bool(false), "nothing is ticked at {width}");
        browser.tick("Tick Dorothy Vaughan").await;
        assert!(browser.until(in_sight, Value::Null).await, "no bar for the ticked line at {width}");
    }
}

#[tokio::test]
async fn the_rest_of_the_head_is_one_press_away_on_a_phone() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    browser.size(390, 844).await;
    browser.open("/companies").await;
    assert!(!browser.text().await.contains("Import"));
    browser.press("More").await;
    browser.press("Import").await;
    browser.see("Import").await;
    assert_eq!(browser.path().await, "/import");
}

#[tokio::test]
async fn a_view_is_chosen_and_kept_without_a_script() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    browser.client.issue_cmd(DevTools("Emulation.setScriptExecutionDisabled", json!({ "value": true }))).await.unwrap();
    browser.open("/openings?sort=title").await;
    browser.press("View").await;
    browser.tick("Seen").await;
    browser.fill("Save this view as", "By title").await;
    browser.press("Save").await;
    browser.see("Saved By title").await;
    browser.see("Seen").await;
    browser.size(390, 844).await;
    browser.press("By title").await;
    browser.picture("view-390").await;
    browser.press("Remove this view").await;
    browser.see("Removed By title").await;
    browser.press("Undo").await;
    browser.see("By title").await;
}

#[tokio::test]
async fn a_list_is_opened_as_it_was_left_and_cleared_with_one_press() {
    let app = App::start().await;
    let (_, browser) = demo(&app).await;
    browser.open("/contacts").await;
    browser.press("In touch").await;
    browser.open("/").await;
    browser.press("Contacts").await;
    browser.see("Clear").await;
    assert_eq!(browser.path().await, "/contacts", "a plain visit");
    for (width, height) in [(1280, 800), (390, 844)] {
        let list = measured(&browser, "/contacts", width, height).await;
        browser.picture(&format!("last-used-{width}")).await;
        assert!(list.beyond == 0.0 && list.first.is_some_and(|first| first <= FIRST), "{list:?}");
        let clear =
            "const clear = [...document.querySelectorAll('main .chip')].find(a => a.innerText.trim() === 'Clear');
            return clear.getBoundingClientRect().right <= innerWidth";
        assert!(browser.until(clear, Value::Null).await, "out of sight at {width}");
    }
    browser.press("Clear").await;
    assert!(browser.until("return !document.querySelector('.toolbar').innerText.includes('Clear')", Value::Null).await);
    browser.open("/contacts").await;
    assert!(!browser.text().await.contains("Clear"));
}

#[tokio::test]
async fn motivation_and_posting_are_set_in_the_list() {
    let app = App::start().await;
    let company = app.alice.company("Orbital Works").await;
    app.alice.company("Bridgepoint").await;
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/companies").await;
    browser
        .client
        .find(fantoccini::Locator::Id(&format!("motivation-{company}-4")))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let lit = "return document.querySelectorAll('.dots-set .on').length === arguments[0]";
    assert!(browser.until(lit, json!(4)).await);
    browser.choose("Posting at Orbital Works", "right now").await;
    let set = "select count(*) from companies where name = 'Orbital Works' and motivation = 4 and posting = 3";
    for _ in 0..100 {
        if sqlx::query_scalar::<_, i64>(set).fetch_one(&app.db).await.unwrap() == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("neither is set");
}
