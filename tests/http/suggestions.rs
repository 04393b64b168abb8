//! Who to ask next: the best people with their reasons, a week's worth of them in one press, and what waits.

use inroad::ids::{CompanyId, ContactId};
use jiff::SignedDuration;

use crate::support::{App, Page, Person};

const PAGE: &str = "/contacts/suggestions";

/// Adds someone found at a company.
async fn found(person: &Person, name: &str, company: &str, more: &[(&str, &str)]) -> ContactId {
    let fields = [&[("name", name), ("company", company)], more].concat();
    person.post("/contacts", &fields).await.to()["/contacts/".len()..].parse().unwrap()
}

async fn suggestions(person: &Person) -> Page {
    person.get(PAGE).await.is(200).page()
}

/// The names in their order.
fn names(page: &Page) -> Vec<String> {
    page.texts(".suggestions li[data-row] b")
}

/// The names of those ticked.
fn ticked(page: &Page) -> Vec<String> {
    let boxes = page.all(".suggestions input[type=checkbox]");
    let names = names(page);
    boxes.into_iter().zip(names).filter(|(tick, _)| tick.attr("checked").is_some()).map(|(_, name)| name).collect()
}

/// Presses the button that picks those ticked.
async fn pick_ticked(person: &Person, page: &Page) -> Page {
    let ids = page.all(".suggestions input[checked]").into_iter().map(|tick| tick.attr("value").unwrap().to_owned());
    let fields: Vec<(&str, String)> = ids.map(|id| ("id", id)).chain([("back", "/".to_owned())]).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    person.follow(&person.post("/contacts/picks", &fields).await).await
}

async fn want(person: &Person, company: CompanyId, motivation: &str) {
    person.post(&format!("/companies/{company}/ratings"), &[("motivation", motivation)]).await.to();
}

async fn set_preference(app: &App, name: &str, value: i32) {
    let sql = "update users set preferences = preferences || jsonb_build_object($2::text, $3::int) where id = $1";
    sqlx::query(sql).bind(app.alice.id).bind(name).bind(value).execute(&app.db).await.unwrap();
}

#[tokio::test]
async fn it_teaches_while_there_is_nobody() {
    let app = App::start().await;
    let page = suggestions(&app.alice).await;
    assert_eq!(page.text("h1"), "Who to ask next");
    assert!(page.says("Start with companies you'd like") && page.link("Add companies") == "/companies/new");
    let less = app.alice.company("Acme").await;
    let more = app.alice.company("Globex").await;
    want(&app.alice, more, "5").await;
    let page = suggestions(&app.alice).await;
    assert_eq!(page.texts("aside li"), ["Globex", "Acme"], "the companies with nobody, the best first");
    assert_eq!(page.link("Find people at Globex"), format!("/companies/{more}"));
    assert_eq!(page.link("Acme"), format!("/companies/{less}"));
    assert!(app.alice.get("/contacts").await.page().links().iter().any(|(_, to)| to == PAGE));
    assert!(app.alice.get("/companies").await.page().links().iter().any(|(_, to)| to == PAGE));
}

#[tokio::test]
async fn the_best_stand_first_with_their_reasons_and_ten_are_picked_in_one_press() {
    let app = App::start().await;
    app.alice.post("/settings/search", &[("schools", "London"), ("time_zone", "UTC")]).await;
    found(&app.alice, "Ruth Stranger", "Acme", &[]).await;
    let ada = found(
        &app.alice,
        "Ada Byron",
        "Acme",
        &[("closeness", "same_role"), ("warmth", "same_school"), ("live_profile", "true")],
    )
    .await;
    for nr in 1..=11 {
        found(&app.alice, &format!("Person {nr:02}"), &format!("Company {nr:02}"), &[("closeness", "adjacent")]).await;
    }
    let page = suggestions(&app.alice).await;
    assert_eq!((names(&page)[0].as_str(), names(&page).len()), ("Ada Byron", 13));
    let line = page.text(".suggestions li[data-row]");
    for reason in ["Does the work you want.", "You haven't asked anyone at Acme yet."] {
        assert!(line.contains(reason), "{line}");
    }
    let chosen = ticked(&page);
    assert_eq!(chosen.len(), 10);
    assert!(!chosen.contains(&"Ruth Stranger".to_owned()), "one for each company");
    assert!(page.says("Ten are ticked, each at another company."));
    assert_eq!(page.form("#picking").buttons[0].label, "Pick ten for this week");

    let today = pick_ticked(&app.alice, &page).await;
    assert_eq!(today.toast(), "10 people picked for this week.");
    assert_eq!(today.texts("li[data-row] > div:first-child > a").len(), 10);
    let page = suggestions(&app.alice).await;
    assert_eq!(names(&page).len(), 2, "whoever is picked is no suggestion, and Ruth waits: {:?}", names(&page));
    assert!(page.says("At 1 company it's better to wait") && page.says("Ada Byron there is picked and comes first."));

    let undone = today.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Undone.");
    assert_eq!(names(&suggestions(&app.alice).await).len(), 13, "all of them in one press");
    today.undo().submit(&app.alice).await.to();
    assert_eq!(names(&suggestions(&app.alice).await).len(), 13, "twice is once");
    assert!(app.alice.get(&format!("/contacts/{ada}")).await.page().says("You haven't contacted them yet"));
}

#[tokio::test]
async fn the_undo_of_one_pressing_leaves_another_alone() {
    let app = App::start().await;
    let first = found(&app.alice, "Ada Byron", "Acme", &[]).await.to_string();
    let second = found(&app.alice, "Grace Hopper", "Globex", &[]).await.to_string();
    app.alice.post("/contacts/picks", &[("id", &first)]).await.to();
    app.pass(SignedDuration::from_mins(1));
    let answer = app.alice.post("/contacts/picks", &[("id", &second), ("back", PAGE)]).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.undo().submit(&app.alice).await.to(), PAGE);
    assert_eq!(names(&suggestions(&app.alice).await), ["Grace Hopper"]);
    app.alice.post("/contacts/picks/undos?at=x", &[]).await.is(400);
    app.alice.post("/contacts/picks/undos?at=9999999999999999999", &[]).await.is(400);
    assert_eq!(app.alice.post("/contacts/picks/undos?at=1&back=//evil.example", &[]).await.to(), "/");
}

#[tokio::test]
async fn where_somebody_may_answer_the_others_wait_and_the_company_says_why() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[]).await;
    found(&app.alice, "Ada Byron", "Acme", &[("closeness", "same_role")]).await;
    found(&app.alice, "Grace Hopper", "Globex", &[]).await;
    let card = |page: Page| page.texts("section.card").into_iter().find(|text| text.starts_with("People"));
    let company = format!("/companies/{acme}");
    let shown = card(app.alice.get(&company).await.page()).unwrap();
    let places = [shown.find("Ada Byron").unwrap(), shown.find("Kate Novak").unwrap()];
    assert!(places.is_sorted() && shown.contains("Does the work you want."), "{shown}");

    app.alice.post(&format!("/contacts/{kate}/touchpoints"), &[("kind", "requested")]).await.to();
    let page = suggestions(&app.alice).await;
    assert_eq!(names(&page), ["Grace Hopper"]);
    assert!(
        page.says("You wrote to Kate Novak there today. One at a time: wait until Friday.")
            && page.says("1 person waits")
    );
    let shown = card(app.alice.get(&company).await.page()).unwrap();
    assert!(shown.contains("wait until Friday") && !shown.contains("Does the work you want."), "{shown}");

    app.pass(SignedDuration::from_hours(72));
    assert!(names(&suggestions(&app.alice).await).contains(&"Ada Byron".to_owned()), "three business days later");
    app.alice.post(&format!("{company}/statuses"), &[("status", "paused")]).await.to();
    assert_eq!(names(&suggestions(&app.alice).await), ["Grace Hopper"], "a company put aside suggests nobody");
    assert!(!card(app.alice.get(&company).await.page()).unwrap().contains("Does the work you want."));
}

#[tokio::test]
async fn no_more_are_ticked_than_requests_are_left() {
    let app = App::start().await;
    set_preference(&app, "requests_a_week", 3).await;
    let sent = found(&app.alice, "Sent Already", "Sent", &[]).await;
    app.alice.post(&format!("/contacts/{sent}/touchpoints"), &[("kind", "requested")]).await.to();
    for nr in 1..=5 {
        found(&app.alice, &format!("Person {nr}"), &format!("Company {nr}"), &[]).await;
    }
    found(&app.alice, "Known Well", "Known", &[("connected", "true")]).await;
    let page = suggestions(&app.alice).await;
    let chosen = ticked(&page);
    assert_eq!((chosen.len(), chosen[0].as_str()), (3, "Known Well"), "a talk with someone known is no request");
    assert!(page.says("2 requests are left for this week.") && page.says("2 of 3 requests this week are left."));
    pick_ticked(&app.alice, &page).await;
    let page = suggestions(&app.alice).await;
    assert!(
        ticked(&page).is_empty() && page.says("No more requests are left for this week."),
        "{}",
        page.text("#picking")
    );
}

#[tokio::test]
async fn nobody_elses_people_are_shown_and_a_coach_may_only_look() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await.to_string();
    let hers = found(&app.charlie, "Not Hers", "Acme", &[]).await.to_string();
    app.charlie.post(&format!("/contacts/{hers}/touchpoints"), &[("kind", "requested")]).await.to();
    assert_eq!(names(&suggestions(&app.alice).await), ["Ada Byron"], "nor do they hold anybody back");
    assert_eq!(names(&suggestions(&app.bob).await), ["Ada Byron"]);
    assert!(names(&suggestions(&app.charlie).await).is_empty());
    app.bob.post("/contacts/picks", &[("id", &ada)]).await.is(403);
    let page = app.alice.follow(&app.alice.post("/contacts/picks", &[("id", &ada)]).await).await;
    let undo = page.undo().action;
    app.bob.post(&undo, &[]).await.is(403);
    app.charlie.post(&undo, &[]).await.to();
    assert!(names(&suggestions(&app.alice).await).is_empty(), "it is still picked");
}
