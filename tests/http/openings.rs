//! Openings: the list, adding one with its company, its status and history, who confirmed it, its bin.

use inroad::ids::OpeningId;

use crate::support::{Answer, App, Page, Person};

async fn add(person: &Person, title: &str, company: &str) -> OpeningId {
    let page = person.get("/openings/new").await.is(200).page();
    let answer = page.form_to("/openings").fill("Title", title).fill("Company", company).submit(person).await;
    answer.to().strip_prefix("/openings/").unwrap().parse().unwrap()
}

async fn show(person: &Person, id: OpeningId) -> Page {
    person.get(&format!("/openings/{id}")).await.is(200).page()
}

async fn press(person: &Person, id: OpeningId, status: &str) -> Answer {
    show(person, id).await.form_to(&format!("/openings/{id}/statuses")).press(status, person).await
}

async fn titles(person: &Person, query: &str) -> Vec<String> {
    person.get(&format!("/openings{query}")).await.is(200).page().texts("tbody tr th a")
}

#[tokio::test]
async fn the_first_visit_says_that_none_is_needed() {
    let app = App::start().await;
    let page = app.alice.get("/openings").await.is(200).page();
    assert_eq!(page.text("h1"), "Openings");
    assert!(page.says("You do not need one to ask for a talk"));
}

#[tokio::test]
async fn an_opening_brings_its_company_onto_the_list() {
    let app = App::start().await;
    let page = app.alice.get("/openings/new").await.page();
    let form = page.form_to("/openings").fill("Title", "Data analyst").fill("Company", "Acme");
    let form =
        form.fill("Link", "acme.com/214").fill("Salary", "42,000").fill("Job description", "We look for you.\nApply!");
    let answer = form.clone().submit(&app.alice).await;
    let shown = app.alice.follow(&answer).await;
    assert_eq!(shown.text("h1"), "Data analyst");
    assert_eq!(shown.toast(), "Added. Who there could refer you?");
    assert!(shown.says("We look for you.") && shown.says("42,000") && shown.says("Watching"));
    assert!(app.alice.get("/companies").await.page().says("Acme"));

    assert_eq!(form.submit(&app.alice).await.to(), answer.to(), "a second press");
    assert_eq!(titles(&app.alice, "").await, ["Data analyst"]);
}

#[tokio::test]
async fn a_company_known_under_another_spelling_is_found() {
    let app = App::start().await;
    let company = app.alice.company("Acme, Inc.").await;
    add(&app.alice, "Data analyst", "ACME inc").await;
    assert_eq!(app.alice.get("/companies?show=all").await.page().texts("tbody tr").len(), 1);
    let page = app.alice.get(&format!("/openings/new?company={company}")).await.page();
    assert_eq!(page.form_to("/openings").filled("Company"), "Acme, Inc.");
    assert!(app.alice.get(&format!("/companies/{company}")).await.page().says("Data analyst"));
}

#[tokio::test]
async fn people_whose_employer_came_onto_the_list_are_tied_to_it() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let contact = rows.contact("Grace Hopper", None).await;
    sqlx::query("update contacts set employer = 'Acme', employer_key = 'acme' where id = $1")
        .bind(contact.0)
        .execute(&app.db)
        .await
        .unwrap();
    let id = add(&app.alice, "Data analyst", "Acme").await;
    assert!(show(&app.alice, id).await.says("Grace Hopper"));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_lost() {
    let app = App::start().await;
    let page = app.alice.get("/openings/new").await.page();
    let form = page.form_to("/openings").fill("Title", " ").fill("Company", "").fill("Link", "javascript:alert(1)");
    let page = form
        .fill("Seen on", "2026-11-25")
        .fill("Notes", "<script>alert(1)</script>")
        .submit(&app.alice)
        .await
        .is(422)
        .page();
    assert_eq!(page.error_of("Title"), "Enter something here");
    assert_eq!(page.error_of("Company"), "Enter something here");
    assert!(page.error_of("Link").contains("http"));
    assert_eq!(page.error_of("Seen on"), "This day is still to come");
    assert_eq!(page.form_to("/openings").filled("Notes"), "<script>alert(1)</script>");
    assert!(app.alice.get("/companies").await.page().says("Start with ten companies"), "no company by halves");
}

#[tokio::test]
async fn statuses_move_by_buttons_with_a_history_and_back() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let form = show(&app.alice, id).await.form_to(&format!("/openings/{id}/statuses"));
    let form = form.fill("Note", "Sent with Grace's link").fill("Applied how", "Referral link");
    let answer = form.clone().press("Applied", &app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Data analyst is at 'Applied'.");
    assert!(page.says("Sent with Grace's link") && page.says("Referral link"));
    form.press("Applied", &app.alice).await.to();
    assert_eq!(show(&app.alice, id).await.all(".timeline li").len(), 2, "a second press");

    let answer = press(&app.alice, id, "Screening").await;
    let page = app.alice.follow(&answer).await;
    assert!(page.text("header.head").contains("Screening"));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Data analyst is back at 'Applied'.");
    assert!(page.says("Referral link"), "how it was applied for stays");
    let undo = page.all(".timeline form").len();
    assert_eq!(undo, 1, "only the latest change goes back");
    let form = page.form(".timeline form");
    let page = app.alice.follow(&form.clone().submit(&app.alice).await).await;
    assert!(page.text("header.head").contains("Watching") && !page.says("Referral link"));
    assert!(!page.has(".timeline form"), "the start stays");
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert!(page.toast().starts_with("Nothing was changed"));
}

#[tokio::test]
async fn a_status_or_day_that_cannot_be_is_refused() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let path = format!("/openings/{id}/statuses");
    app.alice.post(&path, &[("status", "hired")]).await.is(422);
    let page = app.alice.post(&path, &[("status", "applied"), ("on", "2026-12-24")]).await.is(422).page();
    assert_eq!(page.error_of("On"), "This day is still to come");
    assert!(page.text("header.head").contains("Watching"));
}

#[tokio::test]
async fn the_list_has_groups_search_and_orders() {
    let app = App::start().await;
    let analyst = add(&app.alice, "Data analyst", "Initech").await;
    let clerk = add(&app.alice, "Clerk", "Acme").await;
    add(&app.alice, "Botanist", "Globex").await;
    press(&app.alice, analyst, "Interviewing").await.to();
    press(&app.alice, clerk, "Rejected").await.to();
    assert_eq!(titles(&app.alice, "").await, ["Data analyst", "Botanist"], "the furthest first, without what is over");
    assert_eq!(titles(&app.alice, "?show=over").await, ["Clerk"]);
    assert_eq!(titles(&app.alice, "?show=under_way").await, ["Data analyst"]);
    assert_eq!(titles(&app.alice, "?show=all&sort=title").await, ["Botanist", "Clerk", "Data analyst"]);
    assert_eq!(titles(&app.alice, "?show=all&sort=company").await, ["Clerk", "Botanist", "Data analyst"]);
    assert_eq!(titles(&app.alice, "?show=all&q=glob").await, ["Botanist"]);
    assert_eq!(titles(&app.alice, "?q=%25").await, Vec::<String>::new(), "a percent sign is itself");
    let chips = app.alice.get("/openings").await.page().texts(".filters a");
    assert_eq!(chips, ["Open 2", "Applied 0", "Under way 1", "Over 1", "All 3"]);
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let app = App::start().await;
    let company = app.alice.company("Acme").await;
    for n in 0..60 {
        app.rows(&app.alice).opening(company, &format!("Role {n:02}")).await;
    }
    let page = app.alice.get("/openings?sort=title").await.page();
    assert_eq!(page.texts("tbody tr").len(), 50);
    let page = app.alice.get(&page.link("Next")).await.page();
    assert_eq!(page.texts("tbody tr th a").first().unwrap(), "Role 50");
    assert!(page.says("51 to 60 of 60"));
    let page = app.alice.get(&page.link("Before")).await.page();
    assert_eq!(page.texts("tbody tr th a").first().unwrap(), "Role 00");
}

#[tokio::test]
async fn the_status_is_set_from_the_list_and_taken_back_to_it() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let page = app.alice.get("/openings?show=all&sort=title").await.is(200).page();
    let form = page.form(&format!("form:has(#status-{id})")).fill("Status of Data analyst", "Applied");
    let answer = form.submit(&app.alice).await;
    assert_eq!(answer.to(), "/openings?show=all&sort=title");
    let shown = app.alice.follow(&answer).await;
    assert_eq!(shown.toast(), "Data analyst is at 'Applied'.");
    let undone = shown.undo().submit(&app.alice).await;
    assert_eq!(undone.to(), "/openings?show=all&sort=title");
    let shown = app.alice.follow(&undone).await;
    assert_eq!(shown.form(&format!("form:has(#status-{id})")).filled("Status of Data analyst"), "watching");
    assert!(!app.bob.get("/openings").await.is(200).page().has("tbody select"), "a coach reads it");
}

#[tokio::test]
async fn somebody_there_confirms_that_it_is_open() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let company = sqlx::query_scalar("select company_id from openings where id = $1")
        .bind(id.0)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let rows = app.rows(&app.alice);
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    rows.touchpoint(grace, "replied", "in").await;
    sqlx::query("update contacts set last_touch_on = '2026-11-20' where id = $1")
        .bind(grace)
        .execute(&app.db)
        .await
        .unwrap();
    let outsider = rows.contact("Joan Clarke", None).await;
    let path = format!("/openings/{id}/confirmations");
    let form = show(&app.alice, id).await.form_to(&path).fill("Confirmed by", "Grace Hopper").fill("On", "2026-11-20");
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert!(page.says("Confirmed open by Grace Hopper, 4 days ago"));
    assert!(app.alice.get("/openings").await.page().text("tbody tr").contains("Grace Hopper"));

    let page = app.alice.post(&path, &[("contact", &outsider.to_string())]).await.is(422).page();
    assert_eq!(page.error_of("Confirmed by"), "Choose someone who works there");
    let ahead = [("contact", grace.to_string()), ("confirmed_on", "2027-01-01".into())];
    let typed = ahead.each_ref().map(|(name, value)| (*name, value.as_str()));
    let kept = app.alice.post(&path, &typed).await.is(422).page().form_to(&path);
    assert_eq!(typed.map(|(name, _)| kept.value(name)), typed.map(|(_, value)| value), "nothing chosen is lost");
    let page = app.alice.follow(&app.alice.post(&path, &[("contact", "")]).await).await;
    assert!(page.says("No one there has confirmed it yet"));
}

#[tokio::test]
async fn two_tabs_show_both_texts() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let edit = format!("/openings/{id}/edit");
    let action = format!("/openings/{id}");
    let first = app.alice.get(&edit).await.page().form_to(&action);
    let second = first.clone();
    first.fill("Notes", "From the first").submit(&app.alice).await.to();
    let page = second.fill("Notes", "From the second").submit(&app.alice).await.is(409).page();
    assert!(page.says("From the first") && page.says("From the second"));
    page.form_to(&action).submit(&app.alice).await.to();
    assert!(show(&app.alice, id).await.says("From the second"));
}

#[tokio::test]
async fn a_deleted_opening_comes_back() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    let form = show(&app.alice, id).await.form_to(&format!("/openings/{id}/deletions"));
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Data analyst is in the bin.");
    app.alice.get(&format!("/openings/{id}")).await.is(404);
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.text("h1"), "Data analyst");
}

#[tokio::test]
async fn others_openings_are_not_there_and_a_coach_only_reads() {
    let app = App::start().await;
    let id = add(&app.alice, "Data analyst", "Acme").await;
    for (path, fields) in [
        (format!("/openings/{id}"), vec![("title", "Mine"), ("source", "posted"), ("version", "1")]),
        (format!("/openings/{id}/statuses"), vec![("status", "applied")]),
        (format!("/openings/{id}/confirmations"), vec![("contact", "")]),
        (format!("/openings/{id}/deletions"), vec![]),
    ] {
        app.charlie.post(&path, &fields).await.is(404);
        app.bob.post(&path, &fields).await.is(403);
    }
    app.charlie.get(&format!("/openings/{id}")).await.is(404);
    assert_eq!(show(&app.bob, id).await.text("h1"), "Data analyst");
    assert!(show(&app.alice, id).await.text("header.head").contains("Watching"));
}
