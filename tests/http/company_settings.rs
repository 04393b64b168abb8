//! What is set of a company in one press: motivation, posting, status; in its row, on its page, and back.

use inroad::ids::CompanyId;

use crate::companies::set_status;
use crate::support::App;

/// A press: where it is sent, what it sends, and what is said of it.
type Press = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const PRESSES: [Press; 4] = [
    ("ratings", &[("motivation", "4")], "Acme: motivation 4 of 5."),
    ("ratings", &[("posting", "3")], "Acme: posting right now."),
    ("statuses", &[("status", "paused"), ("reason", "No answer")], "Acme is paused now."),
    ("statuses", &[("status", "ruled_out"), ("reason", "They left town")], "Acme is ruled out now."),
];

#[tokio::test]
async fn what_is_set_in_one_press_is_taken_back_in_another() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    let page = format!("/companies/{id}");
    let set = "select motivation::int4, posting::int4, status, status_reason from companies where id = $1";
    let set = async || -> (i32, i32, String, Option<String>) {
        sqlx::query_as(set).bind(id).fetch_one(&app.db).await.unwrap()
    };
    for back in ["", "/companies?show=all&sort=name"] {
        for (to, fields, said) in PRESSES {
            let before = set().await;
            let fields: Vec<_> = fields.iter().copied().chain([("back", back)]).collect();
            let shown = app.alice.follow(&app.alice.post(&format!("{page}/{to}"), &fields).await).await;
            assert_eq!(shown.toast(), said);
            assert_ne!(set().await, before);
            let undo = shown.undo();
            app.bob.post(&undo.action, &[]).await.is(403);
            app.charlie.post(&undo.action, &[]).await.is(404);
            let undone = undo.clone().submit(&app.alice).await;
            assert_eq!(undone.to(), if back.is_empty() { page.as_str() } else { back }, "where it was pressed");
            assert_eq!(app.alice.follow(&undone).await.toast(), "Acme is as before.");
            assert_eq!(set().await, before);
            // What is taken back already, or was changed since, stays.
            let late = undo.submit(&app.alice).await;
            assert_eq!(
                app.alice.follow(&late).await.toast(),
                "Nothing was changed: something else has happened since."
            );
            assert_eq!(set().await, before);
        }
    }
    app.alice.post(&format!("{page}/settings/undos?version=1&motivation=9"), &[]).await.is(400);
}

#[tokio::test]
async fn the_status_is_set_from_the_list() {
    let app = App::start().await;
    let [acme, globex] = [app.alice.company("Acme").await, app.alice.company("Globex").await];
    set_status(&app.alice, globex, "Ruled out", "They left town").await.to();
    let shown = app.alice.get("/companies?show=all&cols=status").await.is(200).page();
    let choices = |id: CompanyId| shown.texts(&format!("#status-{id} option"));
    assert_eq!(choices(acme), ["Active", "Paused"], "ruling out needs a reason");
    assert_eq!(choices(globex), ["Active", "Paused", "Ruled out"], "what it is can be seen");
    let form = shown.form(&format!("form:has(#status-{acme})")).fill("Status of Acme", "Paused");
    let answer = form.submit(&app.alice).await;
    assert_eq!(answer.to(), "/companies?show=all&cols=status");
    assert_eq!(app.alice.follow(&answer).await.toast(), "Acme is paused now.");
    let seen = app.bob.get("/companies?show=all&cols=status").await.is(200).page();
    assert!(!seen.has("select") && seen.text("tbody").contains("Paused"), "a coach reads it");
}
