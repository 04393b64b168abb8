//! Every field of every form: whose ids it takes, and what it cannot set.

use std::collections::BTreeSet;

use inroad::routes::limits::LARGEST_FORM;
use uuid::Uuid;

use crate::house::{House, filled, names, takes_text, with};
use crate::support::page::Control;
use crate::support::routes::Opened;
use crate::support::sums::sums_of;
use crate::support::{Answer, App, Form};

/// Fields that may come twice: route, name, and why.
const SEVERAL: &[(&str, &str, &str)] = &[
    ("/contacts/changes", "id", "means several people, as they were ticked"),
    ("/interviews/{id}/questions", "pick", "means several questions, each a box of its own"),
    ("/kept", "companies", "goes on to the form it was meant for, which refuses it"),
    ("/today/snoozes", "line", "means several lines, each ticked by itself"),
    ("/referrals/{id}/withdrawals", "id", "is not read: whether it was withdrawn is written in the referral"),
];

fn is_id(text: &str) -> bool {
    Uuid::try_parse(text).is_ok()
}

/// Whether a control holds an id, by its value, its choices or its name.
fn holds_an_id(form: &Form, control: &Control) -> bool {
    is_id(form.value(&control.name))
        || control.options.iter().any(|(key, _)| is_id(key))
        || control.name.ends_with("_id")
        || ["id", "company", "contact", "introducer", "opening", "interview", "template"]
            .contains(&control.name.as_str())
}

#[tokio::test]
async fn ids_of_another_account_are_taken_nowhere() {
    let house = House::new().await;
    let (alice, charlie) = (house.app.alice.id, house.app.charlie.id);
    let before = sums_of(&house.app.db, charlie).await;
    for found in &house.forms {
        // The key of a row to be is anybody's to choose, and says nothing about rows of others.
        let own_key = |control: &Control| control.kind == "hidden" && control.name == "id";
        let controls = found.form.controls.iter().filter(|control| holds_an_id(&found.form, control));
        for control in controls.filter(|control| !own_key(control)) {
            for theirs in house.charlies.ids() {
                house.send(&found.form, &with(filled(&found.form), &control.name, &theirs.to_string())).await;
            }
            assert_eq!(sums_of(&house.app.db, charlie).await, before, "{} {}", found.route.path, control.name);
        }
    }
    for theirs in house.charlies.ids() {
        let rows = house.rows_saying(alice, "uuid", &theirs.to_string()).await;
        assert!(rows.is_empty(), "Alice's rows point at Charlie's: {rows:#?}");
    }
}

#[tokio::test]
async fn a_new_row_may_have_the_key_of_another_accounts_and_leaves_that_alone() {
    let house = House::new().await;
    let before = sums_of(&house.app.db, house.app.charlie.id).await;
    for found in house.forms.iter().filter(|found| names(&found.form).contains("id")) {
        for theirs in house.charlies.ids() {
            house.send(&found.form, &with(filled(&found.form), "id", &theirs.to_string())).await;
        }
        assert_eq!(sums_of(&house.app.db, house.app.charlie.id).await, before, "{}", found.route.path);
    }
}

#[tokio::test]
async fn ids_of_another_account_in_an_address_show_nothing() {
    let house = House::new().await;
    let hidden: String = sqlx::query_scalar("select name from companies where user_id = $1")
        .bind(house.app.charlie.id)
        .fetch_one(&house.app.db)
        .await
        .unwrap();
    let mut tried = 0;
    for Opened { path, .. } in &house.opened {
        let Some((before, query)) = path.split_once('?') else { continue };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| is_id(value)) {
            for theirs in house.charlies.ids() {
                let query = query.replace(&*value, &theirs.to_string());
                let answer = house.app.alice.get(&format!("{before}?{query}")).await;
                assert!(answer.status.as_u16() < 500, "{before} {name}");
                assert!(!answer.body.contains(&hidden), "{before}?{query} shows Charlie's company");
                tried += 1;
            }
        }
    }
    // Cursors of lists are ids as well.
    for theirs in house.charlies.ids() {
        for list in ["/companies?after", "/companies?before"] {
            let answer = house.app.alice.get(&format!("{list}={theirs}")).await.is(200);
            assert!(!answer.body.contains(&hidden));
            tried += 1;
        }
    }
    assert!(tried >= 40);
}

#[tokio::test]
async fn fields_no_form_has_have_no_effect() {
    let house = House::new().await;
    let db = &house.app.db;
    let charlie = house.app.charlie.id.to_string();
    let before = sums_of(db, house.app.charlie.id).await;
    let in_the_bin = async || {
        let sql = "select (select count(*) from companies where deleted_at is not null)
             + (select count(*) from contacts where deleted_at is not null)
             + (select count(*) from openings where deleted_at is not null)
             + (select count(*) from referrals where deleted_at is not null)";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(db).await.unwrap()
    };
    for found in &house.forms {
        let extra = [
            ("user_id", charlie.as_str()),
            ("owner_id", &charlie),
            ("owner", &charlie),
            ("is_admin", "true"),
            ("admin", "true"),
            ("deleted_at", "2026-01-01T00:00:00Z"),
            ("created_at", "1999-01-01T00:00:00Z"),
            ("version", "4711"),
            ("stage", "declined"),
            ("next_due", "1999-01-01"),
            ("password_hash", "x"),
        ];
        let own = names(&found.form);
        let extra = extra.into_iter().filter(|(name, _)| !own.contains(*name));
        let fields = extra.fold(filled(&found.form), |fields, (name, value)| with(fields, name, value));
        let binned = in_the_bin().await;
        house.send(&found.form, &fields).await;
        if !found.route.path.ends_with("/deletions") {
            assert_eq!(in_the_bin().await, binned, "{} put something in the bin", found.route.path);
        }
    }
    assert_eq!(sums_of(db, house.app.charlie.id).await, before);
    let admins: Vec<String> = sqlx::query_scalar("select email from users where is_admin").fetch_all(db).await.unwrap();
    assert_eq!(admins, ["dora@example.org"]);
    for (column_type, text) in [("timestamp%", "1999-01-01"), ("date", "1999-01-01"), ("integer", "4711")] {
        let rows = house.rows_saying(house.app.alice.id, column_type, text).await;
        assert!(rows.is_empty(), "{rows:#?}");
    }
}

#[tokio::test]
async fn a_field_sent_twice_is_refused_and_changes_nothing() {
    let house = House::new().await;
    let mut wrong = BTreeSet::new();
    for found in &house.forms {
        let fields = filled(&found.form);
        for (name, value) in &fields {
            let alike = found.form.controls.iter().filter(|control| control.name == *name);
            let several = alike.clone().count() > 1 && alike.clone().all(|control| control.kind == "checkbox");
            if several || SEVERAL.iter().any(|(path, field, _)| *path == found.route.path && field == name) {
                continue;
            }
            let before = sums_of(&house.app.db, house.app.alice.id).await;
            let twice: Vec<_> = fields.iter().cloned().chain([(name.clone(), value.clone())]).collect();
            let answer = house.send(&found.form, &twice).await;
            let unchanged = sums_of(&house.app.db, house.app.alice.id).await == before;
            if !answer.status.is_client_error() || !unchanged {
                wrong.insert(format!("{} {name}: {}", found.route.path, answer.gist()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn array_forms_of_a_field_are_not_taken() {
    let house = House::new().await;
    for found in &house.forms {
        let fields = filled(&found.form);
        for name in names(&found.form) {
            for array in [format!("{name}[]"), format!("{name}[0]"), format!("{name}[$ne]")] {
                let mut sent: Vec<_> = fields.iter().filter(|(n, _)| *n != name).cloned().collect();
                sent.push((array, "sent as an array".into()));
                house.send(&found.form, &sent).await;
            }
        }
    }
    let rows = house.rows_saying(house.app.alice.id, "text", "sent as an array").await;
    assert!(rows.is_empty(), "{rows:#?}");
}

/// The limit a field names when too much stands in it.
fn limit_named(answer: &Answer) -> Option<usize> {
    let (_, after) = answer.body.split_once("At most ")?;
    let (number, rest) = after.split_once(' ')?;
    number.replace(',', "").parse().ok().filter(|_| rest.starts_with("characters"))
}

#[tokio::test]
async fn a_form_takes_what_its_fields_take_in_every_script() {
    let house = House::new().await;
    // Four bytes in UTF-8, twelve as a form sends it.
    let letters = |count: usize| "\u{10330}".repeat(count);
    let mut known = 0;
    for found in house.forms.iter().filter(|found| !found.form.multipart) {
        let mut full = filled(&house.again(found).await);
        for control in found.form.controls.iter().filter(|control| takes_text(control)) {
            let form = house.again(found).await;
            let answer = house.send(&form, &with(filled(&form), &control.name, &letters(101_000))).await;
            assert_ne!(answer.status, 413, "{} {}", found.route.path, control.name);
            let Some(limit) = limit_named(&answer) else { continue };
            known += 1;
            full = with(full, &control.name, &letters(limit));
        }
        let answer = house.send(&found.form, &full).await;
        assert_ne!(answer.status, 413, "{}", found.route.path);
        assert_eq!(limit_named(&answer), None, "{} refuses what its fields take", found.route.path);
    }
    assert!(known >= 40, "{known} fields named a limit");
}

#[tokio::test]
async fn a_pasted_list_is_taken_in_every_script() {
    let house = House::new().await;
    let line = |n: usize| format!("{} {n}", "\u{10330}".repeat(190));
    let list: Vec<String> = (0..500).map(line).collect();
    let answer =
        house.app.charlie.post("/companies", &[("companies", &list.join("\r\n")), ("found_by", "own_idea")]).await;
    assert!(answer.status == 200 || answer.status == 303 || answer.status == 422, "{}", answer.gist());
}

#[tokio::test]
async fn what_is_larger_than_any_form_is_refused() {
    let app = App::start().await;
    app.alice.post("/companies", &[("companies", &"a".repeat(LARGEST_FORM + 1))]).await.is(413);
}
