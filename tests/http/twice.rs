//! Forms sent twice, and forms open in two tabs: nothing is made twice, nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use inroad::routes::Who;
use sqlx::AssertSqlSafe;

use crate::support::everything::Everything;
use crate::support::routes::{Found, crawl, forms};
use crate::support::sums::sums_of;
use crate::support::{Answer, App, Form};

async fn owners_forms(app: &App) -> (Everything, Vec<Found>) {
    let ids = app.fill(&app.alice).await;
    let found = forms(&crawl(app, &app.alice, &ids).await);
    let own = found.into_iter().filter(|found| found.route.who == Who::Owner && !found.form.multipart);
    (ids, own.collect())
}

/// Whether the form carries something of that name; a box to tick is no such thing.
fn has(form: &Form, name: &str) -> bool {
    form.controls.iter().any(|control| control.name == name && control.kind == "hidden")
}

/// The form of this kind as it is drawn for rows that nothing has happened to.
async fn on_fresh_rows(app: &App, ids: &Everything, found: &Found) -> Form {
    let fresh = app.fill(&app.alice).await;
    drawn_again(app, &fresh.instead_of(ids, &found.on), &fresh.instead_of(ids, &found.form.action), &found.form).await
}

/// The form with nothing left to fill in of its message: one with gaps asks first.
fn finished(mut form: Form) -> Form {
    for (_, words) in form.fields.iter_mut().filter(|(name, _)| name == "body") {
        *words = words.replace(['[', ']'], "");
    }
    form
}

/// The form of this kind as its page draws it now.
async fn drawn_again(app: &App, on: &str, action: &str, like: &Form) -> Form {
    // A form may have a field for each of several rows, of which there may be more by now.
    let names = |form: &Form| form.controls.iter().map(|control| control.name.clone()).collect::<BTreeSet<_>>();
    let page = app.alice.get(on).await.page();
    let same = page.forms().into_iter().find(|form| form.action == action && names(form) == names(like));
    same.unwrap_or_else(|| panic!("{on} has no form to {action} any more"))
}

async fn row_counts(app: &App) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'user_id'",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let sql = format!("select count(*) from {table} where user_id = $1");
        let count = sqlx::query_scalar(AssertSqlSafe(sql)).bind(app.alice.id).fetch_one(&app.db).await.unwrap();
        counts.insert(table, count);
    }
    counts
}

/// What was added from one count to the next.
fn added(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let grown = after.iter().map(|(table, count)| (table.clone(), count - before[table]));
    grown.filter(|(_, count)| *count != 0).collect()
}

fn came_to(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.header("location").to_owned())
}

/// Answer with a link or token that is shown once, and to the second press with words; `looking` and `api` try it.
const SHOWING_A_SECRET: [&str; 2] = ["/settings/people", "/settings/programs"];

#[tokio::test]
async fn a_creating_form_pressed_twice_makes_one_row_and_says_the_same() {
    let app = App::start().await;
    let (ids, found) = owners_forms(&app).await;
    for found in found.iter().filter(|found| has(&found.form, "id") && !SHOWING_A_SECRET.contains(&found.route.path)) {
        let path = found.route.path;
        // Each on rows of its own: most of these change what may come next.
        let form = finished(on_fresh_rows(&app, &ids, found).await.filled_in());
        let start = row_counts(&app).await;
        let answer = form.clone().submit(&app.alice).await;
        assert_eq!(answer.status, 303, "{path} took none of {:?}: {}", form.fields, answer.gist());
        let once = added(&start, &row_counts(&app).await);
        let sums = sums_of(&app.db, app.alice.id).await;
        let repeated = form.submit(&app.alice).await;
        assert_eq!(came_to(&repeated), came_to(&answer), "{path} pressed again");
        assert_eq!(sums_of(&app.db, app.alice.id).await, sums, "{path} pressed again changed something");

        let other = finished(on_fresh_rows(&app, &ids, found).await.filled_in());
        assert_ne!(other.value("id"), found.form.value("id"), "{path}: each form has a key of its own");
        let start = row_counts(&app).await;
        let (one, two) = tokio::join!(other.clone().submit(&app.alice), other.submit(&app.alice));
        assert_eq!(came_to(&one), came_to(&two), "{path} pressed twice at once");
        let twice = added(&start, &row_counts(&app).await);
        assert!(twice.is_empty() || twice == once, "{path} pressed twice at once made {twice:?}, once made {once:?}");
    }
}

#[tokio::test]
async fn a_form_saved_from_two_tabs_shows_both_texts_and_loses_none() {
    let app = App::start().await;
    let (ids, mut found) = owners_forms(&app).await;
    // What Getting started asks for is gone once it is set, here or on another page.
    found.sort_by_key(|found| found.on != "/");
    let mut tried = 0;
    for found in found.iter().filter(|found| has(&found.form, "version")) {
        let path = found.route.path;
        let first = on_fresh_rows(&app, &ids, found).await;
        let second = first.clone();
        // The first field that takes any words, a long text before a line.
        let lines = first.controls.iter().filter(|control| control.kind == "text");
        let texts = first.controls.iter().filter(|control| control.kind == "textarea").chain(lines);
        let mut saved = None;
        for control in texts {
            let form = first.clone().set(&control.name, "written in the first tab").filled_in();
            let answer = form.submit(&app.alice).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.gist());
            if answer.status == 303 {
                saved = Some(control.name.clone());
                break;
            }
        }
        let Some(name) = saved else { continue };
        tried += 1;
        let sums = sums_of(&app.db, app.alice.id).await;
        let second = second.set(&name, "written in the second tab").filled_in();
        let answer = second.submit(&app.alice).await.is(409);
        assert_eq!(sums_of(&app.db, app.alice.id).await, sums, "{path}: a refused save changes nothing");
        for text in ["written in the first tab", "written in the second tab"] {
            assert!(answer.body.contains(text), "{path} does not show what was {text}");
        }
        let page = answer.page();
        let again = page.forms().into_iter().find(|form| form.value(&name) == "written in the second tab");
        let again = again.unwrap_or_else(|| panic!("{path}: what was typed is in no form"));
        assert_eq!(again.submit(&app.alice).await.status, 303, "{path}: saving again decides");
    }
    assert!(tried > 1, "{tried} forms were saved from two tabs");
}
