//! Forms sent twice, and forms open in two tabs: nothing is made twice, nothing is lost.

use std::collections::BTreeMap;

use inroad::routes::Who;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::routes::{Found, crawl, forms};
use crate::support::sums::sums_of;
use crate::support::{Answer, App, Form};

async fn owners_forms(app: &App) -> Vec<Found> {
    let ids = app.fill(&app.alice).await;
    let found = forms(&crawl(app, &app.alice, &ids).await);
    found.into_iter().filter(|found| found.route.who == Who::Owner && !found.form.multipart).collect()
}

fn has(form: &Form, name: &str) -> bool {
    form.controls.iter().any(|control| control.name == name)
}

/// The form as its page draws it now.
async fn drawn_again(app: &App, found: &Found) -> Option<Form> {
    let names = |form: &Form| form.controls.iter().map(|control| control.name.clone()).collect::<Vec<_>>();
    let page = app.alice.get(&found.on).await.page();
    page.forms().into_iter().find(|form| form.action == found.form.action && names(form) == names(&found.form))
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

#[tokio::test]
async fn a_creating_form_pressed_twice_makes_one_row_and_says_the_same() {
    let app = App::start().await;
    for found in owners_forms(&app).await.iter().filter(|found| has(&found.form, "id")) {
        let path = found.route.path;
        let start = row_counts(&app).await;
        let once = found.form.clone().filled_in();
        let answer = once.clone().submit(&app.alice).await;
        assert_eq!(answer.status, 303, "{path} took none of {:?}: {}", once.fields, answer.gist());
        let after_one = row_counts(&app).await;
        let sums = sums_of(&app.db, app.alice.id).await;
        let repeated = once.submit(&app.alice).await;
        assert_eq!(came_to(&repeated), came_to(&answer), "{path} pressed again");
        assert_eq!(sums_of(&app.db, app.alice.id).await, sums, "{path} pressed again changed something");

        let Some(form) = drawn_again(&app, found).await else { continue };
        assert_ne!(form.value("id"), found.form.value("id"), "{path}: each form has a key of its own");
        let form = form.set("id", &Uuid::now_v7().to_string()).filled_in();
        let (one, two) = tokio::join!(form.clone().submit(&app.alice), form.submit(&app.alice));
        assert_eq!(came_to(&one), came_to(&two), "{path} pressed twice at once");
        let after_two = row_counts(&app).await;
        if one.status == 303 {
            assert_eq!(added(&after_one, &after_two), added(&start, &after_one), "{path} pressed twice at once");
        }
    }
}

#[tokio::test]
async fn a_form_saved_from_two_tabs_shows_both_texts_and_loses_none() {
    let app = App::start().await;
    for found in owners_forms(&app).await.iter().filter(|found| has(&found.form, "version")) {
        let path = found.route.path;
        let (Some(first), Some(second)) = (drawn_again(&app, found).await, drawn_again(&app, found).await) else {
            panic!("{path}: the form is gone from {}", found.on)
        };
        let writes = |form: &Form| {
            let text = form.controls.iter().filter(|c| c.kind == "textarea" || c.kind == "text");
            text.clone().find(|c| c.kind == "textarea").or_else(|| text.clone().next()).map(|c| c.name.clone())
        };
        let Some(name) = writes(&first) else { continue };
        let answer = first.set(&name, "written in the first tab").filled_in().submit(&app.alice).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.gist());
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
}
