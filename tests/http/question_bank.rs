//! The question bank: the user's own questions beside those that come with Inroad.

use crate::support::{App, Page, Person};

const PATH: &str = "/library/questions";

async fn bank(person: &Person) -> Page {
    person.get(PATH).await.is(200).page()
}

/// Adds a question through the form and returns the page that follows.
async fn add(app: &App, topic: &str, text: &str) -> Page {
    let form = bank(&app.alice).await.form_to("/questions");
    let answer = form.fill("Question", text).fill("Topic", topic).press("Add the question", &app.alice).await;
    app.alice.follow(&answer).await
}

#[tokio::test]
async fn questions_stand_by_topic_ones_own_first() {
    let app = App::start().await;
    let page = bank(&app.alice).await;
    assert!(page.text("h1").ends_with("none of them yours"));
    assert!(page.text("#day_to_day").contains("What did your last working day look like"));
    let page = add(&app, "Team and priorities", "Who decides what comes first?").await;
    assert_eq!(page.toast(), "Added.");
    assert!(page.texts("#team .rows li")[0].starts_with("Who decides what comes first?"));
    assert!(!bank(&app.charlie).await.says("Who decides what comes first?"));
    let undone = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(!undone.says("Who decides what comes first?"));
}

#[tokio::test]
async fn it_shows_what_was_wrong() {
    let app = App::start().await;
    add(&app, "Trends", "What changes?").await;
    let form = bank(&app.alice).await.form_to("/questions");
    let page = form.clone().fill("Question", "What changes?").submit(&app.alice).await.is(422).page();
    assert_eq!(page.form_to("/questions").filled("Question"), "What changes?");
    assert!(page.says("You have this question already"));
    let page = form.fill("Question", "").submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Question"), "Enter something here");
}

#[tokio::test]
async fn a_question_is_changed_deleted_and_brought_back() {
    let app = App::start().await;
    let page = add(&app, "Trends", "What changes?").await;
    let form = page.form("#trends details form");
    let stale = form.clone();
    let answer = form.fill("Question", "What will change?").fill("Topic", "Advice").press("Save", &app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert!(page.text("#advice").contains("What will change?"));
    let conflict = stale.fill("Question", "What else?").press("Save", &app.alice).await.is(409).page();
    assert!(conflict.says("What will change?"));
    let page =
        conflict.form("#advice details form").fill("Question", " ").press("Save", &app.alice).await.is(422).page();
    assert!(page.has("#advice details[open]"));
    let path = page.form("#advice details form").action;
    app.charlie.post(&path, &[("topic", "team"), ("text", "x"), ("version", "2")]).await.is(404);

    let page = app.alice.follow(&page.form("#advice form[action$='/deletions']").submit(&app.alice).await).await;
    assert!(!page.says("What will change?"));
    assert!(app.alice.get("/bin").await.page().says("What will change?"));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.says("What will change?"));
}

#[tokio::test]
async fn what_comes_with_inroad_is_hidden_and_offered_again() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let prepare = format!("/interviews/{}/prepare", ids.interview);
    const HIDDEN: &str = "Who is in your team, and how do you share the work?";
    assert!(app.alice.get(&prepare).await.page().says(HIDDEN));
    let page = bank(&app.alice).await;
    let form = page.forms().into_iter().find(|form| form.value("text") == HIDDEN).unwrap();
    let page = app.alice.follow(&form.clone().submit(&app.alice).await).await;
    assert!(page.toast().starts_with("Hidden") && page.text("#team footer").contains(HIDDEN));
    assert!(!app.alice.get(&prepare).await.page().says(HIDDEN), "it is not offered for a talk");
    form.submit(&app.alice).await.to();
    assert_eq!(page.texts("#team footer li").len(), 1);
    let offered = page.form("#team footer form");
    let page = app.alice.follow(&offered.submit(&app.alice).await).await;
    assert!(!page.has("#team footer") && page.text("#team").contains(HIDDEN));
    assert!(!app.alice.get("/bin").await.page().says(HIDDEN));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.text("#team footer").contains(HIDDEN));
    app.alice.post("/questions/hidings", &[("topic", "team"), ("text", "Mine?")]).await.is(400);
}
