//! Progress: what it shows is what plain SQL counts.

use inroad::ids::{ContactId, TouchpointId};
use sqlx::Row;

use crate::support::{App, Page, Person};

/// The figure beside a heading of the page's tables of bars.
fn figure(page: &Page, label: &str) -> String {
    let (labels, figures) = (page.texts("table.bars tbody th"), page.texts("table.bars tbody td.n"));
    let at = labels.iter().position(|shown| shown == label).unwrap_or_else(|| panic!("no {label} among {labels:?}"));
    figures[at].clone()
}

async fn count(app: &App, of: &Person, sql: &'static str) -> String {
    let n: i64 = sqlx::query(sql).bind(of.id).fetch_one(&app.db).await.unwrap().get(0);
    n.to_string()
}

/// Moves what a test wrote some days into the past, so that the figures fall into several weeks.
async fn long_ago(app: &App, touchpoint: TouchpointId, days: i32) {
    sqlx::query("update touchpoints set happened_on = happened_on - $2, happened_at = happened_at - make_interval(days => $2) where id = $1")
        .bind(touchpoint)
        .bind(days)
        .execute(&app.db)
        .await
        .unwrap();
}

/// Twelve people in two companies with histories of all sorts, one line of them taken back.
async fn a_search(app: &App, of: &Person) -> Vec<ContactId> {
    let rows = app.rows(of);
    let (acme, beta) = (rows.company("Acme").await, rows.company("Beta").await);
    rows.company("Nobody There").await;
    let mut people = Vec::new();
    for n in 0..12 {
        let contact = rows.contact(&format!("Person {n}"), Some(if n % 2 == 0 { acme } else { beta })).await;
        people.push(contact);
        for (at, (kind, direction)) in
            [("requested", "out"), ("accepted", "in"), ("asked", "out"), ("answered_yes", "in"), ("held", "none")]
                .into_iter()
                .enumerate()
        {
            if n > at * 2 {
                let line = rows.touchpoint(contact, kind, direction).await;
                long_ago(app, line, 60 - 5 * n as i32 - at as i32).await;
            }
        }
    }
    // Asked a second time, and once by mistake.
    rows.touchpoint(people[11], "asked", "out").await;
    let mistake = rows.touchpoint(people[0], "requested", "out").await;
    let undo = of.post(&format!("/contacts/{}/touchpoints/{mistake}/undos", people[0]), &[]).await;
    undo.to();
    people
}

#[tokio::test]
async fn a_new_search_is_told_what_will_stand_here() {
    let app = App::start().await;
    let page = app.alice.get("/progress").await.is(200).page();
    assert!(page.says("Here you will see whether it works"));
    assert!(page.texts("table").is_empty());
}

#[tokio::test]
async fn figures_are_those_of_plain_sql() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    a_search(&app, &app.charlie).await;
    let page = app.alice.get("/progress").await.is(200).page();
    const STANDS: &str = "user_id = $1 and not exists (select from touchpoints u where u.undoes = t.id)";
    for (label, sql) in [
        ("Companies on the list", "select count(*) from companies where user_id = $1".to_owned()),
        ("With a contact", "select count(distinct company_id) from contacts where user_id = $1".to_owned()),
        (
            "People asked to connect",
            format!("select count(distinct contact_id) from touchpoints t where kind = 'requested' and {STANDS}"),
        ),
        (
            "Connected",
            format!(
                "select count(distinct contact_id) from touchpoints t where kind in ('accepted', 'answered_yes', 'held') and {STANDS}"
            ),
        ),
        (
            "Asked for a talk",
            format!("select count(distinct contact_id) from touchpoints t where kind = 'asked' and {STANDS}"),
        ),
        ("Talks held", format!("select count(*) from touchpoints t where kind = 'held' and {STANDS}")),
    ] {
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        assert_eq!(figure(&page, label), count(&app, &app.alice, sql).await, "{label}");
    }
    assert_eq!(figure(&page, "Offers"), "0");
    assert!(page.text("h1").starts_with("It is working:"), "{}", page.text("h1"));
}

#[tokio::test]
async fn a_period_counts_what_first_happened_in_it() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    let whole: usize = figure(&app.alice.get("/progress").await.page(), "People asked to connect").parse().unwrap();
    let within = |from: &str, to: &str| format!("/progress?from={from}&to={to}");
    let early = app.alice.get(&within("2026-01-01", "2026-10-15")).await.is(200).page();
    let late = app.alice.get(&within("2026-10-16", "2026-11-24")).await.is(200).page();
    let asked = |page: &Page| figure(page, "People asked to connect").parse::<usize>().unwrap();
    assert!(asked(&early) > 0 && asked(&late) > 0);
    assert_eq!(asked(&early) + asked(&late), whole);

    let wrong = app.alice.get(&within("2026-11-24", "2026-11-01")).await.is(422).page();
    assert_eq!(wrong.error_of("From"), "Not after the last day");
    assert_eq!(asked(&wrong), whole, "the whole search is shown meanwhile");
}

#[tokio::test]
async fn a_person_in_the_bin_is_not_counted() {
    let app = App::start().await;
    let people = a_search(&app, &app.alice).await;
    let asked = |page: Page| figure(&page, "People asked to connect").parse::<usize>().unwrap();
    let before = asked(app.alice.get("/progress").await.page());
    app.alice.post(&format!("/contacts/{}/deletions", people[11]), &[]).await.to();
    assert_eq!(asked(app.alice.get("/progress").await.page()), before - 1);
}

#[tokio::test]
async fn few_messages_have_a_count_and_no_rate() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    let page = app.alice.get("/progress").await.page();
    // Eleven requests and eight pleas by LinkedIn message, from strangers.
    let (groups, rates) = (page.texts("table.rates tbody th"), page.texts("table.rates tbody td.n"));
    let of = |group: &str| rates[groups.iter().position(|shown| shown == group).unwrap()].clone();
    assert!(of("Stranger").contains('%') && of("Stranger").contains(" of "), "{}", of("Stranger"));
    let few = rates.iter().find(|rate| rate.contains("answered")).expect("some weekday has few");
    assert!(!few.contains('%'), "{few}");
}

#[tokio::test]
async fn every_picture_has_its_table_as_a_file() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    let page = app.alice.get("/progress?from=2026-09-01").await.page();
    let files: Vec<String> =
        page.links().into_iter().map(|(_, href)| href).filter(|href| href.contains(".csv")).collect();
    assert!(files.len() >= 6, "{files:?}");
    for file in files {
        let answer = app.alice.get(&file).await.is(200);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
        assert!(reader.headers().unwrap().len() >= 2, "{file}");
        assert!(reader.records().all(|record| record.is_ok()), "{file}: {}", answer.body);
    }
    let funnel = app.alice.get("/progress/table.csv?of=funnel").await.is(200);
    let line = format!(
        "People asked to connect,{}\r\n",
        figure(&app.alice.get("/progress").await.page(), "People asked to connect")
    );
    assert!(funnel.body.contains(&line), "{}", funnel.body);
    let unknown = app.alice.get("/progress/table.csv?of=secrets").await;
    assert_eq!(unknown.status, 400);
    assert!(unknown.body.contains("funnel, weeks"));
}

#[tokio::test]
async fn the_picture_to_show_around_names_nobody() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    let picture = app.alice.get("/progress/picture.svg").await.is(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.body.contains("Talks held"));
    for name in ["Person", "Acme", "Beta", "Alice", "Adams"] {
        assert!(!picture.body.contains(name), "{name}");
    }
}

#[tokio::test]
async fn a_coach_sees_the_seekers_figures() {
    let app = App::start().await;
    a_search(&app, &app.alice).await;
    assert_eq!(
        app.bob.get("/progress").await.is(200).page().text("h1"),
        app.alice.get("/progress").await.page().text("h1")
    );
    assert!(app.charlie.get("/progress").await.is(200).page().says("Here you will see"));
}
