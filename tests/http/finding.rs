//! What the palette offers to do, and that its counts and its lists agree.

use inroad::links::encode;

use crate::search::{page, set};
use crate::support::App;

/// The lines of the search, with where they lead.
async fn lines(app: &App, words: &str) -> Vec<(String, String)> {
    let page = page(&app.alice, words).await;
    let (links, texts) = (page.all(".found a"), page.texts(".found a"));
    links.iter().zip(texts).map(|(a, text)| (text, a.attr("href").unwrap().to_owned())).collect()
}

async fn texts(app: &App, words: &str) -> Vec<String> {
    lines(app, words).await.into_iter().map(|(text, _)| text).collect()
}

/// How many rows the list shows that stands behind such a line.
async fn listed(app: &App, words: &str, label: &str) -> usize {
    let lines = lines(app, words).await;
    let (_, path) = lines.iter().find(|(text, _)| text == label).unwrap_or_else(|| panic!("{label}: {lines:#?}"));
    app.alice.get(path).await.is(200).page().all("main tbody tr, main li[data-row]").len()
}

#[tokio::test]
async fn what_is_counted_is_what_its_list_shows() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for n in 0..7 {
        let company = rows.company(&format!("Zephyr {n}")).await;
        let contact = rows.contact(&format!("Ada Zephyr{n}"), Some(company)).await;
        let opening = rows.opening(company, &format!("Zephyr pilot {n}")).await;
        rows.referral(contact, company, Some(opening)).await;
        rows.interview(contact, Some(company)).await;
    }
    let ninefold = rows.company("Ninefold").await;
    let other = rows.contact("Joan Clarke", Some(ninefold)).await;
    rows.referral(other, ninefold, None).await;
    // What is found by the name its company got later is counted, too.
    set(
        &app,
        "update companies set name = 'Zephyr Ninefold', name_key = 'zephyr ninefold' where name = 'Ninefold'".into(),
    )
    .await;
    for label in ["8 people", "8 companies", "7 openings", "7 talks", "8 referrals"] {
        let number: usize = label[..1].parse().unwrap();
        assert_eq!(listed(&app, "zephyr", &format!("All {label}")).await, number, "{label}");
    }
    // A single letter is not looked up to its end: the list may hold more.
    for n in 0..45 {
        rows.contact(&format!("Alan Number{n}"), None).await;
    }
    assert!(listed(&app, "a", "More people").await >= 6);
    for words in ["thank", "talk", "hope"] {
        let texts = texts(&app, words).await;
        assert!(texts.iter().any(|text| text == "More templates"), "{words}: {texts:#?}");
        assert!(!texts.iter().any(|text| text.starts_with("All") && text.ends_with("templates")), "{words}");
    }
}

#[tokio::test]
async fn a_talk_with_nobody_yet_is_with_no_stranger() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Niklaus Wirth", None).await;
    for begun in ["schedule a talk with", "schedule a talk with ", "schedule a talk"] {
        let found = lines(&app, begun).await;
        assert_eq!(found, [("Schedule a talk".to_owned(), "/interviews/new".to_owned())], "{begun}");
    }
    for n in 0..6 {
        app.rows(&app.alice).contact(&format!("Grace Number{n}"), None).await;
    }
    assert_eq!(listed(&app, "schedule a talk with grace", "All 6 people").await, 6, "not of the whole phrase");
}

#[tokio::test]
async fn whom_one_has_stands_below_what_adds_them() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Open Ward").await;
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    for add in ["add contact Grace Hopper at Open Ward", "add contact: Grace Hopper", "add Grace Hopper"] {
        let found = lines(&app, add).await;
        assert!(found[0].0.starts_with("Add Grace Hopper"), "{add}: {found:#?}");
        assert!(found.iter().any(|(_, to)| *to == format!("/contacts/{grace}")), "{add}: {found:#?}");
    }
    let found = lines(&app, "add company Open Ward").await;
    assert!(found.iter().any(|(_, to)| *to == format!("/companies/{company}")), "{found:#?}");
    // What names an action is no name of anybody.
    let found = texts(&app, "add a con").await;
    assert!(
        found.iter().any(|text| text == "Add a contact") && !found.iter().any(|text| text.contains("Add a con to"))
    );
    let (words, to) = lines(&app, "write to grace").await.remove(0);
    assert!(words.starts_with("Write to Grace Hopper") && to == format!("/contacts/{grace}#next"), "{words} {to}");
    let (words, to) = lines(&app, "add opening Data analyst at Ninefold").await.remove(0);
    assert_eq!(words, "Add the opening Data analyst at Ninefold");
    let form = app.alice.get(&to).await.is(200).page().form_to("/openings");
    assert_eq!((form.value("title"), form.value("company")), ("Data analyst", "Ninefold"));
}

#[tokio::test]
async fn a_text_is_cut_between_words() {
    let app = App::start().await;
    let id = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let note = "We should speak again with the whole team about a week of records and their talk. ".repeat(6);
    set(&app, format!("update contacts set notes = '{note}' where id = '{id}'")).await;
    for words in ["talk with", "records", "eco"] {
        let line = texts(&app, words).await.into_iter().find(|text| text.contains("Grace")).unwrap();
        let text = line.split(" Grace").next().unwrap();
        assert!(text.ends_with('…'), "{line}");
        let whole: Vec<&str> = note.split_whitespace().collect();
        let shown: Vec<&str> = text.trim_matches('…').split_whitespace().collect();
        assert!(whole.windows(shown.len()).any(|part| part == shown), "{line}");
    }
}

#[tokio::test]
async fn whom_notes_are_not_shared_with_has_no_search() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Grace Hopper", None).await;
    let has = async || app.bob.get("/contacts").await.is(200).page().all("dialog#search").len();
    assert_eq!(has().await, 1);
    set(&app, format!("update grants set scope = 'everything_but_notes' where coach_id = '{}'", app.bob.id)).await;
    assert_eq!(has().await, 0);
    let refused = app.bob.get(&format!("/search?q={}", encode("grace"))).await.is(403).page();
    assert_eq!(refused.texts("h1"), ["This isn't shared with you"]);
}
