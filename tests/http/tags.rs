//! Tags, and changing many contacts with one press.

use inroad::ids::ContactId;

use crate::support::sums::{Sums, sums_of};
use crate::support::{App, Page, Person};

async fn names(by: &Person, path: &str) -> Vec<String> {
    by.get(path).await.is(200).page().texts("tr[data-row] th a")
}

/// Every row of Alice's, but for how often contacts were written and what one press may take back.
async fn rows(app: &App) -> Sums {
    sqlx::query("update contacts set version = 1").execute(&app.db).await.unwrap();
    sqlx::query("update contact_tags set id = md5(contact_id::text || tag_id)::uuid, created_at = 'epoch'")
        .execute(&app.db)
        .await
        .unwrap();
    sums_of(&app.db, app.alice.id).await
}

/// The page on which those are changed.
async fn changes(by: &Person, ids: &[ContactId]) -> Page {
    let ids: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
    by.get(&format!("/contacts/changes?{}", ids.join("&"))).await.is(200).page()
}

/// The path of the tag 'Fair'.
async fn fair_tag(app: &App) -> String {
    let id: String =
        sqlx::query_scalar("select id::text from tags where name = 'Fair'").fetch_one(&app.db).await.unwrap();
    format!("/tags/{id}")
}

#[tokio::test]
async fn a_tag_is_put_on_listed_renamed_and_taken_off_and_each_is_undone() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let (grace, ada) = (rows.contact("Grace Hopper", None).await, rows.contact("Ada Lovelace", None).await);
    assert!(app.alice.get("/tags").await.is(200).page().says("No tags yet"));

    let change = app.alice.get(&format!("/contacts/{grace}")).await.page().link("Add a tag");
    let form = app.alice.get(&change).await.is(200).page().form_to("/contacts/changes");
    let told = app.alice.follow(&form.fill("Add a tag", "  Navy & sea ").submit(&app.alice).await).await;
    assert_eq!((told.toast().as_str(), told.text("h1").as_str()), ("Changed for 1 person.", "Grace Hopper"));
    assert_eq!(told.texts(".tags a"), ["Navy & sea"]);
    let path = told.link("Navy & sea");
    assert_eq!(names(&app.alice, &path).await, ["Grace Hopper"]);
    let list = app.alice.get(&path).await.page();
    assert_eq!(list.text("h1"), "1 contact with the tag Navy & sea");
    assert_eq!(names(&app.alice, &list.link("All contacts")).await.len(), 2);

    // The same word in another spelling is the same tag.
    let tag = format!("/contacts/{ada}/tags");
    app.alice.follow(&app.alice.post(&tag, &[("name", "Fair")]).await).await;
    let form = app.alice.get(&format!("/contacts/{ada}")).await.page().form_to(&tag);
    let told = app.alice.follow(&form.fill("Tag", "NAVY & SEA").submit(&app.alice).await).await;
    assert_eq!(told.toast(), "Tagged NAVY & SEA.");
    let fair = told.forms().into_iter().find(|form| form.action.ends_with("/removals")).unwrap();
    app.alice.follow(&fair.submit(&app.alice).await).await;
    app.alice.post(&format!("{}/deletions", fair_tag(&app).await), &[]).await.to();
    assert_eq!(names(&app.alice, &path).await, ["Ada Lovelace", "Grace Hopper"]);
    assert_eq!(app.alice.get("/tags").await.page().texts("li[data-row] > div > small"), ["2 people"]);

    let page = app.alice.get(&format!("/contacts/{ada}")).await.page();
    let remove = page.forms().into_iter().find(|form| form.action.ends_with("/removals")).unwrap();
    let told = app.alice.follow(&remove.submit(&app.alice).await).await;
    assert_eq!((told.toast().as_str(), told.has(".tags")), ("Navy & sea taken off.", false));
    let told = app.alice.follow(&told.undo().submit(&app.alice).await).await;
    assert!(told.has(".tags"));

    let tags = app.alice.get("/tags").await.page();
    let rename = tags.form_with("Save").unwrap();
    let wrong = rename.clone().fill("New name", " ").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("New name"), "Enter something here");
    let told = app.alice.follow(&rename.fill("New name", "Sailors").submit(&app.alice).await).await;
    assert_eq!(told.texts("li[data-row] b"), ["Sailors"]);
    let told = app.alice.follow(&told.undo().submit(&app.alice).await).await;
    assert_eq!(told.texts("li[data-row] b"), ["Navy & sea"]);

    let remove = told.forms().into_iter().find(|form| form.action.ends_with("/deletions")).unwrap();
    let told = app.alice.follow(&remove.submit(&app.alice).await).await;
    assert_eq!(told.toast(), "The tag Navy & sea is gone.");
    assert_eq!(names(&app.alice, "/contacts").await.len(), 2);
    told.undo().submit(&app.alice).await.to();
    assert_eq!(app.alice.get("/tags").await.page().texts("li[data-row] > div > small"), ["2 people"]);
    assert!(app.charlie.get("/tags").await.page().says("No tags yet"));
    app.charlie.get(&path).await.is(200);
    assert!(names(&app.charlie, &path).await.is_empty());
}

#[tokio::test]
async fn two_tags_are_never_called_the_same() {
    let app = App::start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    for name in ["Navy", "Army"] {
        app.alice.post(&format!("/contacts/{grace}/tags"), &[("name", name)]).await.is(303);
    }
    let tags = app.alice.get("/tags").await.page();
    let forms: Vec<_> = tags.forms().into_iter().filter(|form| form.action.starts_with("/tags/")).collect();
    let army = forms.into_iter().find(|form| form.value("name") == "Army").unwrap();
    let page = army.clone().fill("New name", "navy").submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("New name"), "Another tag has this name");
    assert_eq!(page.form(&format!("form[action='{}']", army.action)).value("name"), "navy");
}

#[tokio::test]
async fn each_change_of_many_is_made_and_taken_back_whole() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let make = app.rows(&app.alice);
    let mut ids = Vec::new();
    for (name, company) in [("Ada Lovelace", None), ("Grace Hopper", Some(acme)), ("Joan Clarke", None)] {
        ids.push(make.contact(name, company).await);
    }
    make.touchpoint(ids[1], "requested", "out").await;
    let other = make.contact("Mary Jackson", None).await;
    app.alice.post(&format!("/contacts/{}/tags", ids[0]), &[("name", "Old friends")]).await.is(303);
    // First as the playbook makes them of their histories.
    let form = changes(&app.alice, &ids).await.form_to("/contacts/changes").set("set", "rhythm").set("rhythm", "never");
    app.alice.follow(&form.submit(&app.alice).await).await.undo().submit(&app.alice).await.to();
    let before = rows(&app).await;

    let tag = app.alice.get("/tags").await.page().texts("li[data-row] b").len();
    assert_eq!(tag, 1);
    let old = app.alice.get(&format!("/contacts/{}", ids[0])).await.page().link("Old friends");
    let old = old.rsplit_once('=').unwrap().1.to_owned();
    for (set, field, value, changed) in [
        ("tag", "tag", "Fair in May", 3),
        ("tag", "tag", "old friends", 2),
        ("untag", "tag", old.as_str(), 1),
        ("company", "company", "Acme", 2),
        ("company", "company", "Newly Found Ltd", 3),
        ("closeness", "closeness", "recruiter", 3),
        ("warmth", "warmth", "same_school", 3),
        ("warmth", "warmth", "stranger", 3),
        ("keep", "retain_until", "", 3),
        ("rhythm", "rhythm", "never", 3),
        ("retain", "retain_until", "2027-06-01", 3),
    ] {
        let form = changes(&app.alice, &ids).await.form_to("/contacts/changes");
        let form = form.set("set", set).set(field, value);
        let told = app.alice.follow(&form.clone().submit(&app.alice).await).await;
        let people = if changed == 1 { "1 person".into() } else { format!("{changed} people") };
        assert_eq!(told.toast(), format!("Changed for {people}."), "{set}");
        assert_ne!(rows(&app).await, before, "{set}");
        // Sent twice, it is one change, and the second is undone like the first.
        let again = app.alice.follow(&form.submit(&app.alice).await).await;
        assert_eq!(again.toast(), told.toast(), "{set}");
        let told = app.alice.follow(&again.undo().submit(&app.alice).await).await;
        assert_eq!(told.toast(), "As before.", "{set}");
        let left = "delete from companies where name = 'Newly Found Ltd' returning deleted_at is not null";
        let in_bin: Option<bool> = sqlx::query_scalar(left).fetch_optional(&app.db).await.unwrap();
        assert_ne!(in_bin, Some(false), "a company that came with the change goes with it");
        assert_eq!(rows(&app).await, before, "{set}");
    }
    let untouched: Option<i16> = sqlx::query_scalar("select rhythm_days from contacts where id = $1")
        .bind(other)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(untouched, None);
}

#[tokio::test]
async fn whoever_was_changed_again_is_not_changed_back() {
    let app = App::start().await;
    let make = app.rows(&app.alice);
    let ids = [make.contact("Ada Lovelace", None).await, make.contact("Grace Hopper", None).await];
    let form = changes(&app.alice, &ids).await.form_to("/contacts/changes");
    let told = app.alice.follow(&form.set("set", "rhythm").set("rhythm", "never").submit(&app.alice).await).await;
    app.alice.post(&format!("/contacts/{}/rhythms", ids[0]), &[("rhythm", "own"), ("rhythm_days", "40")]).await.is(303);
    told.undo().submit(&app.alice).await.to();
    let days: Vec<Option<i16>> =
        sqlx::query_scalar("select rhythm_days from contacts where id = any($1) order by name")
            .bind(ids.map(|id| id.0).to_vec())
            .fetch_all(&app.db)
            .await
            .unwrap();
    assert_eq!(days, [Some(40), None]);
    told.undo().submit(&app.alice).await.is(404);
}

#[tokio::test]
async fn all_of_a_list_are_changed_and_deleted_though_one_page_shows_fifty() {
    let app = App::start().await;
    let make = app.rows(&app.alice);
    for n in 0..61 {
        make.contact(&format!("Person {n:02}"), None).await;
    }
    make.contact("Someone Else", None).await;
    sqlx::query("update contacts set stage = 'connected', next_due = null").execute(&app.db).await.unwrap();
    let list = app.alice.get("/contacts?q=person").await.page();
    assert!(list.says("All 61 in this list, ticked or not"), "{}", list.text("footer"));
    assert!(!app.alice.get("/contacts?q=else").await.page().says("ticked or not"));

    let words = list.form("#selection").value("list").to_owned();
    let query = serde_html_form::to_string([("all", "true"), ("list", words.as_str())]).unwrap();
    let page = app.alice.get(&format!("/contacts/changes?{query}")).await.is(200).page();
    assert_eq!(page.text("h1"), "Change 61 people");
    assert!(page.says("Person 00, Person 01, Person 02, Person 03, Person 04 and 56 more"));
    let form = page.form_to("/contacts/changes").set("set", "tag").set("tag", "Fair");
    let told = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(told.toast(), "Changed for 61 people.");

    let told = app.alice.follow(&list.form("#selection").set("all", "true").submit(&app.alice).await).await;
    assert_eq!(told.toast(), "61 people are more than a week holds. Tick up to 50.");
    let deleted = app.alice.post("/contacts/deletions", &[("all", "true"), ("list", &words)]).await;
    let told = app.alice.follow(&deleted).await;
    assert_eq!(told.toast(), "61 contacts are in the bin.");
    assert_eq!(names(&app.alice, "/contacts").await, ["Someone Else"]);
    told.undo().submit(&app.alice).await.to();
    assert_eq!(app.alice.get("/contacts").await.page().text("h1"), "62 contacts");
}

#[tokio::test]
async fn what_cannot_be_set_is_said_beside_its_field_and_nobody_is_changed() {
    let app = App::start().await;
    let ada = app.rows(&app.alice).contact("Ada Lovelace", None).await;
    let before = rows(&app).await;
    for (set, field, value, label, problem) in [
        ("tag", "tag", "", "Add a tag", "Enter something here"),
        ("tag", "tag", &"x".repeat(41), "Add a tag", "At most 40 characters, this has 41"),
        ("company", "company", "", "Company", "Enter something here"),
        ("rhythm", "rhythm", "own", "Days", "A number of days, from 1 to 730"),
        ("retain", "retain_until", "", "Keep until", "Choose a day"),
        ("retain", "retain_until", "2026-11-24", "Keep until", "Choose a day that is still to come"),
    ] {
        let form = changes(&app.alice, &[ada]).await.form_to("/contacts/changes");
        let page = form.set("set", set).set(field, value).submit(&app.alice).await.is(422).page();
        assert_eq!(page.error_of(label), problem, "{set} {value}");
        assert_eq!(page.text("h1"), "Change 1 person");
    }
    for nobody in ["/contacts/changes", "/contacts/changes?back=%2Fcontacts%3Fq%3Dx"] {
        let told = app.alice.follow(&app.alice.get(nobody).await.is(303)).await;
        assert_eq!(told.toast(), "Tick the people first.");
    }
    let theirs = app.rows(&app.charlie).contact("Charlie's friend", None).await;
    let told = app.alice.get(&format!("/contacts/changes?id={theirs}")).await.is(303);
    assert_eq!(app.alice.follow(&told).await.toast(), "No one of them is on your list any more.");
    assert_eq!(rows(&app).await, before);
}

#[tokio::test]
async fn whoever_lies_in_the_bin_meanwhile_is_changed_back_too() {
    let app = App::start().await;
    let make = app.rows(&app.alice);
    let ids = [make.contact("Ada Lovelace", None).await, make.contact("Grace Hopper", None).await];
    let form = changes(&app.alice, &ids).await.form_to("/contacts/changes").set("set", "tag").set("tag", "Fair");
    form.submit(&app.alice).await.to();
    let form = changes(&app.alice, &ids).await.form_to("/contacts/changes").set("set", "warmth");
    let warmer = app.alice.follow(&form.set("warmth", "knows_me").submit(&app.alice).await).await;
    let untagged = app.alice.post(&format!("{}/deletions", fair_tag(&app).await), &[]).await;
    let untagged = app.alice.follow(&untagged).await;

    let binned = app.alice.post(&format!("/contacts/{}/deletions", ids[0]), &[]).await;
    let binned = app.alice.follow(&binned).await;
    assert_eq!(app.alice.follow(&warmer.undo().submit(&app.alice).await).await.toast(), "As before.");
    assert_eq!(untagged.undo().submit(&app.alice).await.to(), "/tags");
    binned.undo().submit(&app.alice).await.to();
    let warmths: Vec<String> =
        sqlx::query_scalar("select warmth from contacts order by name").fetch_all(&app.db).await.unwrap();
    assert_eq!(warmths, ["stranger", "stranger"]);
    assert!(app.alice.get(&format!("/contacts/{}", ids[0])).await.page().has(".tags"));
}

#[tokio::test]
async fn a_change_of_nobody_makes_nothing_and_an_undo_returns_to_its_list() {
    let app = App::start().await;
    let make = app.rows(&app.alice);
    let ada = make.contact("Ada Lovelace", None).await;
    let page = changes(&app.alice, &[ada]).await;
    let list = app.alice.get(&format!("/contacts/changes?id={ada}&back=%2Fcontacts%3Fq%3Dada")).await.page();
    let form = list.form_to("/contacts/changes").set("set", "warmth").set("warmth", "stranger");
    let told = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(told.undo().submit(&app.alice).await.to(), "/contacts?q=ada");

    app.alice.post(&format!("/contacts/{ada}/deletions"), &[]).await.to();
    for (set, field, value) in [("tag", "tag", "Fair"), ("company", "company", "Newly Found Ltd")] {
        let form = page.form_to("/contacts/changes").set("set", set).set(field, value);
        let told = app.alice.follow(&form.submit(&app.alice).await).await;
        assert_eq!(told.toast(), "Nothing to change: it was so already.", "{set}");
    }
    let made: i64 = sqlx::query_scalar("select (select count(*) from tags) + (select count(*) from companies)")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(made, 0);
}

#[tokio::test]
async fn what_was_said_last_of_keeping_and_of_knowing_counts() {
    let app = App::start().await;
    let ada = app.rows(&app.alice).contact("Ada Lovelace", None).await;
    let kept = async || -> (Option<bool>, Option<String>, Option<bool>) {
        sqlx::query_as("select kept_for_good, retain_until::text, warmth_said from contacts where id = $1")
            .bind(ada.0)
            .fetch_one(&app.db)
            .await
            .unwrap()
    };
    let change = async |set: &str, field: &str, value: &str| {
        let form = changes(&app.alice, &[ada]).await.form_to("/contacts/changes").set("set", set).set(field, value);
        form.submit(&app.alice).await.to();
    };
    change("keep", "retain_until", "").await;
    assert_eq!(kept().await, (Some(true), None, None));
    change("retain", "retain_until", "2027-06-01").await;
    assert_eq!(kept().await, (None, Some("2027-06-01".into()), None));
    change("keep", "retain_until", "").await;
    let edit = app.alice.get(&format!("/contacts/{ada}/edit")).await.page().form_to(&format!("/contacts/{ada}"));
    edit.fill("Keep until", "2027-07-01").submit(&app.alice).await.to();
    assert_eq!(kept().await, (None, Some("2027-07-01".into()), None));
    change("warmth", "warmth", "stranger").await;
    assert_eq!(kept().await.2, Some(true), "said of many, it is no guess any more");
}
