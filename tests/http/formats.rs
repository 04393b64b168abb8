//! Dates, times and weeks as the person writes them: the same on every page, and in messages as anybody reads them.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Node};

use crate::interviews::start;
use crate::support::{App, Page, Person};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

async fn choose(person: &Person, dates: &str, times: &str) {
    let form = person.get("/settings/profile").await.is(200).page().form_to("/settings/profile");
    form.set("dates", dates).set("times", times).submit(person).await.to();
}

/// What the program says on a page, a piece for each text: what people wrote, what goes to others, and how to fill in a
/// field, is left out.
fn said(page: &Page) -> Vec<String> {
    fn collect(element: ElementRef<'_>, found: &mut Vec<String>) {
        let theirs = ["textarea", "select", "datalist", "bdi", "blockquote"].contains(&element.value().name())
            || element.attr("dir") == Some("auto")
            || element.value().classes().any(|class| ["said", "hint"].contains(&class));
        if theirs {
            return;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => found.push(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                Node::Element(_) => collect(ElementRef::wrap(child).unwrap(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    page.all("main").into_iter().for_each(|main| collect(main, &mut found));
    found
}

/// The formats that the dates and times in a text have.
fn formats(text: &str) -> BTreeSet<&'static str> {
    let words: Vec<&str> = text.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let number = |word: Option<&&str>| word.is_some_and(|w| (1..=2).contains(&w.len()) && w.parse::<u8>().is_ok());
    let is_month = |word: &str| MONTHS.iter().any(|month| *month == word || month[..3] == *word);
    let shaped = |word: &str, shape: &str| {
        let fits = |(c, s): (char, char)| if s == '0' { c.is_ascii_digit() } else { c == s };
        word.len() == shape.len() && word.chars().zip(shape.chars()).all(fits)
    };
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        if is_month(word) && number(at.checked_sub(1).and_then(|before| words.get(before))) {
            found.insert("day_first");
        } else if is_month(word) && number(words.get(at + 1)) {
            found.insert("month_first");
        } else if shaped(word, "0000-00-00") {
            found.insert("iso");
        } else if shaped(word, "00:00") || shaped(word, "0:00") {
            let halves = words.get(at + 1).is_some_and(|half| matches!(*half, "am" | "pm"));
            found.insert(if halves { "12h" } else { "24h" });
        }
    }
    found
}

/// The pages that can be reached, two of each kind; the guide and the library show what others write.
pub async fn pages(person: &Person) -> Vec<(String, Page)> {
    let is_id = |part: &str| part.len() == 36 && part.contains('-');
    let kind = |path: &str| {
        let path = path.split(['?', '#']).next().unwrap();
        path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
    };
    let elsewhere =
        |path: &str| ["/guide", "/library", "/progress/", "/questions"].iter().any(|out| path.starts_with(out));
    let (mut ahead, mut seen, mut kinds) = (vec!["/".to_owned()], BTreeSet::new(), BTreeMap::<String, usize>::new());
    let mut found = Vec::new();
    while let Some(path) = ahead.pop() {
        let times = kinds.entry(kind(&path)).or_default();
        if *times == 2 || !seen.insert(path.clone()) {
            continue;
        }
        *times += 1;
        let answer = person.get(&path).await;
        let is_page = answer.headers.get("content-type").is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
        if answer.status != 200 || !is_page {
            continue;
        }
        let page = answer.page();
        let links = page.links().into_iter().map(|(_, to)| to);
        ahead.extend(links.filter(|to| to.starts_with('/') && !to.starts_with("//") && !elsewhere(to)));
        found.push((path, page));
    }
    found
}

#[tokio::test]
async fn no_page_shows_a_date_in_another_format() {
    let app = App::start().await;
    let ada = app.demo().await;
    for (dates, times) in [("iso", "12h"), ("month_first", "24h")] {
        choose(&ada, dates, times).await;
        let mut seen = BTreeMap::<&str, usize>::new();
        let pages = pages(&ada).await;
        for (path, page) in &pages {
            for text in said(page) {
                for format in formats(&text) {
                    assert!(format == dates || format == times, "{path} has {format}: {text}");
                    *seen.entry(format).or_default() += 1;
                }
            }
        }
        assert!(pages.len() > 40, "{}", pages.len());
        assert!(seen.get(dates) > Some(&30) && seen.get(times) > Some(&5), "{seen:?}");
    }
}

#[tokio::test]
async fn a_coach_has_a_format_of_their_own() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    rows.contact("Grace Hopper", Some(company)).await;
    choose(&app.alice, "month_first", "12h").await;
    let signed_in = async |person: &Person| person.get("/").await.is(200).page().text("main .head");
    assert!(signed_in(&app.alice).await.contains("Tuesday, November 24"), "{}", signed_in(&app.alice).await);
    assert!(signed_in(&app.bob).await.contains("Tuesday 24 November"), "{}", signed_in(&app.bob).await);
}

#[tokio::test]
async fn what_is_no_format_is_refused_and_two_savings_are_shown() {
    let app = App::start().await;
    let form = app.alice.get("/settings/profile").await.is(200).page().form_to("/settings/profile");
    let wrong = form.clone().set("dates", "julian").set("times", "swatch").submit(&app.alice).await.is(422).page();
    assert_eq!([wrong.error_of("Dates"), wrong.error_of("Times")], ["Choose one from the list"; 2]);
    form.clone().set("dates", "iso").submit(&app.alice).await.to();
    let page = form.set("times", "12h").submit(&app.alice).await.is(409).page();
    assert!(page.says("2026-11-28") && page.says("28 November 2026") && page.says("2:30 pm"));
}

#[tokio::test]
async fn a_message_says_its_days_as_anybody_reads_them() {
    let (app, contact) = start().await;
    choose(&app.alice, "iso", "12h").await;
    let path = format!("/contacts/{contact}/proposals");
    let form = app.alice.get(&path).await.is(200).page().form_to(&path);
    let form = form.fill("First", "2026-11-26T16:00").fill("Second", "2026-11-27T10:00").fill("Third", "");
    let asked = form.set("their_zone", "new york").submit(&app.alice).await.is(422).page();
    assert!(asked.says("Friday 2026-11-27, 10:00 am is 4:00 am for Katherine."), "{}", asked.text("main"));
    let kept = app.alice.follow(&asked.form_to(&path).press("Keep them as they are", &app.alice).await).await;
    assert!(kept.says("Thursday 2026-11-26, 4:00 pm (10:00 am for Katherine)"), "{}", kept.text("main"));
    let words = kept.text("#words");
    assert!(words.contains("- Thursday 26 November at 10:00 am your time (4:00 pm mine)"), "{words}");
}

#[tokio::test]
async fn weeks_begin_on_the_day_that_was_chosen() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    rows.touchpoint(grace, "requested", "out").await;
    // A Sunday, two days before the Tuesday on which tests begin.
    let sunday = "update touchpoints set happened_on = '2026-11-22' where user_id = $1 and kind = 'requested'";
    sqlx::query(sunday).bind(app.alice.id).execute(&app.db).await.unwrap();
    let form = async || app.alice.get("/settings/pace").await.is(200).page().form_to("/settings/pace");
    let weeks = async || app.alice.get("/progress/table.csv?of=weeks").await.is(200).body;
    let today = async || app.alice.get("/").await.is(200).page().text("main");
    let review = async || app.alice.get("/review").await.is(200).page().text("main");
    assert!(today().await.contains("23 to 29 November"));
    assert!(weeks().await.contains("2026-11-16,1,"), "{}", weeks().await);
    form().await.set("week_begins", "sunday").submit(&app.alice).await.to();
    assert!(today().await.contains("22 to 28 November"));
    assert!(weeks().await.contains("2026-11-22,1,"), "{}", weeks().await);
    assert!(review().await.contains("15 to 21 November"), "the week before waits");
    let days = app.alice.get("/settings/pace").await.page().texts("#f-weekend label");
    assert_eq!(days.first().map(String::as_str), Some("Sunday"));
    form().await.set("week_begins", "saturday").submit(&app.alice).await.to();
    assert!(today().await.contains("21 to 27 November"));
    let wrong = form().await.set("week_begins", "midweek").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("Weeks begin on"), "Choose a day of the list");
    form().await.set("week_begins", "monday").submit(&app.alice).await.to();
    assert!(review().await.contains("16 to 22 November"));
}
