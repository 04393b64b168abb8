//! Pasted lists: they wait until they are added, and are taken back whole.

use inroad::ids::CompanyId;

use crate::companies::{list, paste};
use crate::support::App;

#[tokio::test]
async fn a_list_that_is_looked_over_waits_until_it_is_added_or_thrown_away() {
    let app = App::start().await;
    let text = "# Tier 1\n- Acme, acme.com\n- Globex\nSeveral, Of, Them";
    let preview = paste(&app.alice, text).await.is(200).page();
    assert!(preview.says("https://acme.com"), "websites are looked at, too");
    app.alice.get("/").await.is(200);
    let again = app.alice.get("/companies/new").await.is(200).page();
    assert_eq!(again.texts("tbody tr"), preview.texts("tbody tr"));
    assert_eq!(again.form_to("/companies").filled("Companies"), text);
    assert!(!app.charlie.get("/companies/new").await.page().says("Globex"));
    app.alice.post("/company-lists/deletions", &[]).await.to();
    assert_eq!(app.alice.get("/companies/new").await.page().text("h1"), "Add companies");

    let preview = paste(&app.alice, text).await.page();
    let added = preview.form_to("/companies").press("Add 5 companies", &app.alice).await;
    let page = app.alice.follow(&added).await;
    assert_eq!(page.toast(), "5 companies added.");
    assert_eq!(app.alice.get("/companies/new").await.page().text("h1"), "Add companies", "it waits no more");
    let undone = page.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "5 companies are in the bin.");
    assert_eq!(list(&app.alice, "").await, [""; 0]);
}

#[tokio::test]
async fn a_clean_list_is_added_at_once_and_taken_back_whole_but_for_what_was_touched() {
    let app = App::start().await;
    let added = paste(&app.alice, "1. Acme, acme.com\n2. Globex\n3. Initech\n4. ACME inc").await;
    assert_eq!(added.to(), "/companies");
    let page = app.alice.follow(&added).await;
    assert_eq!(page.toast(), "3 companies added.");
    let undo = page.undo();
    app.charlie.post(&undo.action, &[]).await.is(404);
    app.bob.post(&undo.action, &[]).await.is(403);
    let globex: CompanyId =
        sqlx::query_scalar("select id from companies where name = 'Globex'").fetch_one(&app.db).await.unwrap();
    app.alice.post(&format!("/companies/{globex}/careers-rhythms"), &[("days", "7")]).await.to();
    let undone = undo.submit(&app.alice).await;
    let said = app.alice.follow(&undone).await.toast();
    assert_eq!(said, "2 companies are in the bin. Globex stays, because you did something with them since.");
    assert_eq!(list(&app.alice, "").await, ["Globex"]);
}
