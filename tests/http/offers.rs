//! Offers: written down, marked, weighed, decided.

use inroad::ids::OpeningId;

use crate::support::{App, Page, Person};

/// Two openings that came to an offer.
async fn two_offers(app: &App) -> [OpeningId; 2] {
    let rows = app.rows(&app.alice);
    let (acme, beta) = (rows.company("Acme").await, rows.company("Beta").await);
    let openings = [rows.opening(acme, "Analyst").await, rows.opening(beta, "Data engineer").await];
    for id in openings {
        app.alice.post(&format!("/openings/{id}/statuses"), &[("status", "offer")]).await.to();
    }
    openings
}

async fn side_by_side(person: &Person) -> Page {
    person.get("/offers").await.is(200).page()
}

/// Marks an offer, criterion by criterion in the order of their weights.
async fn mark(app: &App, id: OpeningId, marks: &[&str]) {
    let page = app.alice.get(&format!("/openings/{id}/offer")).await.is(200).page();
    let mut form = page.form_to(&format!("/openings/{id}/offer"));
    for ((_, value), mark) in form.fields.iter_mut().filter(|(name, _)| name == "mark").zip(marks) {
        (*mark).clone_into(value);
    }
    assert_eq!(form.submit(&app.alice).await.to(), "/offers");
}

async fn three_criteria(app: &App) {
    for (name, weight) in [("Work", "5"), ("People", "3"), ("Pay", "1")] {
        let page = side_by_side(&app.alice).await;
        let form =
            page.forms().into_iter().find(|form| form.controls.iter().any(|control| control.name == "name")).unwrap();
        form.fill("Something else that matters", name).submit(&app.alice).await.to();
        let id: uuid::Uuid = sqlx::query_scalar("select id from offer_criteria where user_id = $1 and name = $2")
            .bind(app.alice.id)
            .bind(name)
            .fetch_one(&app.db)
            .await
            .unwrap();
        app.alice.post(&format!("/offer-criteria/{id}/weights"), &[("weight", weight)]).await.to();
    }
}

#[tokio::test]
async fn an_empty_page_says_when_an_offer_comes_here() {
    let app = App::start().await;
    assert!(side_by_side(&app.alice).await.says("When an opening moves to 'Offer'"));
}

#[tokio::test]
async fn the_usual_criteria_come_in_one_press() {
    let app = App::start().await;
    two_offers(&app).await;
    let page = side_by_side(&app.alice).await;
    let all = page.form_to("/offer-criteria");
    all.clone().press("Add the usual six", &app.alice).await.to();
    all.press("Add the usual six", &app.alice).await.to();
    let criteria: i64 = sqlx::query_scalar("select count(*) from offer_criteria").fetch_one(&app.db).await.unwrap();
    assert_eq!(criteria, 6, "a second press adds nothing");
}

#[tokio::test]
async fn offers_are_weighed_by_what_matters() {
    let app = App::start().await;
    let [acme, beta] = two_offers(&app).await;
    three_criteria(&app).await;
    mark(&app, acme, &["5", "4", "1"]).await;
    let page = side_by_side(&app.alice).await;
    assert!(page.says("4.2 of 5") && page.says("Nothing is clearly ahead yet"), "{}", page.text("main"));
    mark(&app, beta, &["2", "3", ""]).await;
    assert!(side_by_side(&app.alice).await.says("2.4 of 5, by 2 of 3"));
    mark(&app, beta, &["2", "3", "5"]).await;
    let page = side_by_side(&app.alice).await;
    assert!(page.says("By what matters to you, Analyst at Acme is ahead."), "{}", page.text("main"));
}

#[tokio::test]
async fn a_criterion_taken_off_comes_back_with_its_marks() {
    let app = App::start().await;
    let [acme, _] = two_offers(&app).await;
    three_criteria(&app).await;
    mark(&app, acme, &["5", "5", "1"]).await;
    let page = side_by_side(&app.alice).await;
    let take_off = page.forms().into_iter().rfind(|form| form.action.ends_with("/deletions")).unwrap();
    let page = app.alice.follow(&take_off.submit(&app.alice).await).await;
    assert!(page.toast().starts_with("Removed Pay") && page.says("5.0 of 5"), "{}", page.text("main"));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.says("4.6 of 5"), "{}", page.text("main"));
}

#[tokio::test]
async fn what_is_wrong_stands_by_its_field_and_nothing_is_lost() {
    let app = App::start().await;
    let [acme, _] = two_offers(&app).await;
    let page = app.alice.get(&format!("/openings/{acme}/offer")).await.page();
    let form = page.form_to(&format!("/openings/{acme}/offer")).fill("Answer by", "soon").fill("Salary", "52,000");
    let answer = form.submit(&app.alice).await.is(422).page();
    assert!(!answer.error_of("Answer by").is_empty());
    assert_eq!(answer.form_to(&format!("/openings/{acme}/offer")).filled("Salary"), "52,000");
}

#[tokio::test]
async fn two_tabs_do_not_overwrite_each_other() {
    let app = App::start().await;
    let [acme, _] = two_offers(&app).await;
    let form =
        app.alice.get(&format!("/openings/{acme}/offer")).await.page().form_to(&format!("/openings/{acme}/offer"));
    form.clone().fill("Salary", "50,000").submit(&app.alice).await.to();
    let late = form.fill("Salary", "60,000").submit(&app.alice).await.is(409).page();
    assert!(late.says("50,000") && late.says("saved in another tab"));
    late.form_to(&format!("/openings/{acme}/offer")).submit(&app.alice).await.to();
    assert!(side_by_side(&app.alice).await.says("60,000"));
}

#[tokio::test]
async fn accepting_moves_the_opening_leads_to_the_thanks_and_can_be_undone() {
    let app = App::start().await;
    let [acme, beta] = two_offers(&app).await;
    let decisions = format!("/openings/{acme}/offer/decisions");
    let form = side_by_side(&app.alice).await.form_to(&decisions).fill("Why", "The people");
    let answer = form.press("Accept Analyst at Acme", &app.alice).await;
    assert_eq!(answer.to(), "/ending");
    let page = side_by_side(&app.alice).await;
    assert!(page.says("The people") && page.says("Accepted"));
    let opening = app.alice.get(&format!("/openings/{acme}")).await.page();
    assert!(opening.says("Accepted"), "{}", opening.text("main"));
    opening_is(&app, acme, "accepted").await;

    let change: uuid::Uuid =
        sqlx::query_scalar("select id from opening_changes where opening_id = $1 and status = 'accepted'")
            .bind(acme)
            .fetch_one(&app.db)
            .await
            .unwrap();
    app.alice.post(&format!("{decisions}/undos?change={change}"), &[]).await.to();
    opening_is(&app, acme, "offer").await;
    opening_is(&app, beta, "offer").await;
    assert!(side_by_side(&app.alice).await.text("h1").starts_with("2 offers"));
}

async fn opening_is(app: &App, id: OpeningId, status: &str) {
    let is: String =
        sqlx::query_scalar("select status from openings where id = $1").bind(id).fetch_one(&app.db).await.unwrap();
    assert_eq!(is, status);
}

#[tokio::test]
async fn declining_withdraws_and_keeps_the_word() {
    let app = App::start().await;
    let [acme, _] = two_offers(&app).await;
    let form = side_by_side(&app.alice).await.form_to(&format!("/openings/{acme}/offer/decisions"));
    let page = app.alice.follow(&form.press("Decline Analyst at Acme", &app.alice).await).await;
    assert!(page.toast().starts_with("You declined 'Analyst'."));
    opening_is(&app, acme, "withdrawn").await;
    assert!(page.says("Analyst"), "it stays to be compared with");
}

#[tokio::test]
async fn nobody_else_sees_or_decides() {
    let app = App::start().await;
    let [acme, _] = two_offers(&app).await;
    assert!(side_by_side(&app.bob).await.says("Analyst"));
    assert!(!side_by_side(&app.charlie).await.says("Analyst"));
    app.charlie.get(&format!("/openings/{acme}/offer")).await.is(404);
    app.charlie.post(&format!("/openings/{acme}/offer/decisions"), &[("decision", "accepted")]).await.is(404);
    app.bob.post(&format!("/openings/{acme}/offer/decisions"), &[("decision", "accepted")]).await.is(403);
    opening_is(&app, acme, "offer").await;
}
