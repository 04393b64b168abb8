//! The day's list, gone through line by line.

use inroad::ids::ContactId;

use crate::support::{App, Page, Person};

/// Adds a contact who is to be asked this week.
async fn picked(person: &Person, name: &str) -> ContactId {
    let form = person.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).tick("Pick for this week").submit(person).await.to();
    to.strip_prefix("/contacts/").unwrap().parse().unwrap()
}

/// Follows redirects to the page they end at, and tells its path.
async fn walk(person: &Person, path: &str) -> (String, Page) {
    let mut path = path.to_owned();
    for _ in 0..5 {
        let answer = person.get(&path).await;
        if answer.status == 200 {
            return (path, answer.page());
        }
        path = answer.to();
    }
    panic!("{path} leads nowhere");
}

async fn three(app: &App) -> [ContactId; 3] {
    [
        picked(&app.alice, "Alan Turing").await,
        picked(&app.alice, "Barbara Liskov").await,
        picked(&app.alice, "Claude Shannon").await,
    ]
}

fn at(id: ContactId) -> String {
    format!("/contacts/{id}")
}

#[tokio::test]
async fn a_run_goes_from_line_to_line_and_what_is_done_leads_on_by_itself() {
    let app = App::start().await;
    let [a, b, c] = three(&app).await;
    let (path, page) = walk(&app.alice, "/run").await;
    assert_eq!(path, at(a));
    assert!(page.text(".run").contains("Today: 1 of 3."), "{}", page.text(".run"));
    assert!(page.text(".run").contains("About 12 minutes left. Next: Send a request to Barbara Liskov."));
    let to = page
        .form(&format!("form[action='/contacts/{a}/snoozes']:has([type=date])"))
        .set("until", "2026-11-25")
        .submit(&app.alice)
        .await
        .to();
    let (path, page) = walk(&app.alice, &to).await;
    assert_eq!(path, at(b), "put off, and on to the next");
    assert!(page.text(".run").contains("Today: 2 of 3."));
    assert!(page.toast().contains("Snooze"), "{}", page.toast());
    let (path, page) = walk(&app.alice, &page.link("Next")).await;
    assert_eq!(path, at(c));
    assert!(page.text(".run").contains("Today: 3 of 3.") && page.text(".run").contains("the last one"));
    let (path, _) = walk(&app.alice, &page.link("Back")).await;
    assert_eq!(path, at(b));
    let (path, page) = walk(&app.alice, &page.link("Finish")).await;
    assert_eq!(path, "/");
    assert!(page.toast().contains("2 lines stay on the list"), "{}", page.toast());
    assert!(!app.alice.get(&at(b)).await.page().has(".run"), "the run is over");
}

#[tokio::test]
async fn undo_brings_the_line_back_and_the_run_with_it() {
    let app = App::start().await;
    let [a, b, _] = three(&app).await;
    let (_, page) = walk(&app.alice, "/run").await;
    let to = page
        .form(&format!("form[action='/contacts/{a}/snoozes']:has([type=date])"))
        .set("until", "2026-11-25")
        .submit(&app.alice)
        .await
        .to();
    let (path, page) = walk(&app.alice, &to).await;
    assert_eq!(path, at(b));
    let to = page.undo().submit(&app.alice).await.to();
    let (path, page) = walk(&app.alice, &to).await;
    assert_eq!(path, at(a));
    assert!(page.text(".run").contains("Today: 1 of 3."), "{}", page.text(".run"));
}

#[tokio::test]
async fn what_was_done_elsewhere_is_passed_over() {
    let app = App::start().await;
    let [a, b, c] = three(&app).await;
    let (_, page) = walk(&app.alice, "/run").await;
    let sql = "update contacts set next_due = '2026-12-01' where id = $1";
    sqlx::query(sql).bind(b).execute(&app.db).await.unwrap();
    assert_eq!(walk(&app.alice, &page.link("Next")).await.0, at(c));
    sqlx::query(sql).bind(c).execute(&app.db).await.unwrap();
    let (_, page) = walk(&app.alice, &format!("/run?at=c{a}")).await;
    sqlx::query(sql).bind(a).execute(&app.db).await.unwrap();
    let (path, page) = walk(&app.alice, &page.link("Finish")).await;
    assert_eq!((path.as_str(), page.has(".run")), ("/", false), "nothing is left");
}

#[tokio::test]
async fn a_form_that_leads_elsewhere_is_followed_and_the_run_waits() {
    let app = App::start().await;
    let [a, ..] = three(&app).await;
    walk(&app.alice, "/run").await;
    let to = app.alice.post("/companies", &[("companies", "Orbital Works"), ("found_by", "own_idea")]).await.to();
    let (path, page) = walk(&app.alice, &to).await;
    assert!(path.starts_with("/companies/"), "{path}");
    assert!(!page.has(".run"), "its bar stands on its own pages alone");
    let (_, today) = walk(&app.alice, "/").await;
    assert_eq!(walk(&app.alice, &today.link("Continue")).await.0, at(a));
    assert!(!today.says("Start the list"), "one or the other");
}

#[tokio::test]
async fn a_run_walks_what_fits_and_no_more() {
    let app = App::start().await;
    let [a, b, c] = three(&app).await;
    let (path, page) = walk(&app.alice, "/run?minutes=9").await;
    assert_eq!(path, at(a));
    assert!(page.text(".run").contains("Today: 1 of 2."), "{}", page.text(".run"));
    for id in [a, b] {
        let form = app
            .alice
            .get(&at(id))
            .await
            .page()
            .form(&format!("form[action='/contacts/{id}/snoozes']:has([type=date])"));
        let to = form.set("until", "2026-11-25").submit(&app.alice).await.to();
        let (path, _) = walk(&app.alice, &to).await;
        assert_eq!(path, if id == a { at(b) } else { "/".into() });
    }
    assert!(!app.alice.get(&at(c)).await.page().has(".run"));
}

#[tokio::test]
async fn a_promise_brings_its_buttons_and_a_contact_may_stand_there_twice() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let (_, page) = walk(&app.alice, &format!("/run?at=p{}", of.action_item)).await;
    assert!(page.text(".run").contains("You promised Grace Hopper: Send the paper"), "{}", page.text(".run"));
    let form = page.form_to(&format!("/action-items/{}/done-marks", of.action_item));
    let to = form.press("Done", &app.alice).await.to();
    let (_, page) = walk(&app.alice, &to).await;
    assert!(page.toast().contains("Done: Send the paper"));
    assert!(page.has(".run"), "on to the next line");
    assert!(!page.text(".run").contains("You promised"));
}

#[tokio::test]
async fn a_run_stops_ends_with_the_session_and_is_nobody_elses() {
    let app = App::start().await;
    let [a, ..] = three(&app).await;
    let (_, page) = walk(&app.alice, "/run").await;
    assert_eq!(walk(&app.alice, &page.link("Stop")).await.0, "/");
    assert!(!app.alice.get(&at(a)).await.page().has(".run"));
    assert_eq!(app.alice.get("/run?then=//evil.example").await.to(), "/");
    let (path, page) = walk(&app.bob, "/run").await;
    assert_eq!(path, at(a));
    assert!(page.has(".run"), "a coach may go through it, too");
    assert_eq!(walk(&app.charlie, "/run").await.0, "/", "with nothing to do there is no run");
    walk(&app.alice, "/run").await;
    let answer = app.alice.post("/logout", &[]).await;
    assert!(answer.headers.get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("run=;")));
}
