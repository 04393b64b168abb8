//! What is due of openings stands on Today: their own next steps, careers pages, offers that wait for an answer.

use inroad::ids::OpeningId;

use crate::support::{App, Page, Person};

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
}

/// An opening at a company of that name, with something to do on a day.
async fn planned(app: &App, person: &Person, company: &str, on: &str) -> OpeningId {
    let rows = app.rows(person);
    let id = rows.opening(rows.company(company).await, "Analyst").await;
    let form = person.get(&format!("/openings/{id}")).await.page().form_to(&format!("/openings/{id}/next-steps"));
    form.fill("What to do next", "Send the portfolio").fill("By", on).submit(person).await.to();
    id
}

fn line(id: OpeningId) -> String {
    format!("#line-o{id}")
}

#[tokio::test]
async fn an_openings_next_step_is_put_off_and_done_from_its_line() {
    let app = App::start().await;
    let id = planned(&app, &app.alice, "Acme", "2026-11-24").await;
    let page = today(&app.alice).await;
    let said = page.text(&line(id));
    assert!(said.contains("For the opening Analyst") && said.contains("Send the portfolio. Acme."), "{said}");
    assert_eq!(page.text("h1"), "One thing today");

    let steps = format!("/openings/{id}/next-steps");
    let later = page.form_to(&format!("{steps}/snoozes")).press("Snooze: tomorrow", &app.alice).await;
    let page = app.alice.follow(&later).await;
    assert!(page.toast().starts_with("Snoozed to Wednesday") && !page.has(&line(id)), "{}", page.toast());
    page.undo().submit(&app.alice).await.to();

    let done = today(&app.alice).await.form_to(&format!("{steps}/done-marks")).press("Done", &app.alice).await;
    assert_eq!(done.to(), "/");
    let page = today(&app.alice).await;
    assert!(page.toast().starts_with("Done: Send the portfolio.") && !page.has(&line(id)), "{}", page.toast());
    page.undo().submit(&app.alice).await.to();
    assert!(today(&app.alice).await.has(&line(id)));
}

#[tokio::test]
async fn what_is_to_come_and_what_is_deleted_is_not_there() {
    let app = App::start().await;
    let later = planned(&app, &app.alice, "Acme", "2026-11-25").await;
    let gone = planned(&app, &app.alice, "Beta", "2026-11-23").await;
    app.alice.post(&format!("/openings/{gone}/deletions"), &[]).await.to();
    let page = today(&app.alice).await;
    assert!(!page.has(&line(later)) && !page.has(&line(gone)));
}

#[tokio::test]
async fn ticked_steps_of_openings_are_put_off_together_and_come_back_together() {
    let app = App::start().await;
    let mine = planned(&app, &app.alice, "Acme", "2026-11-23").await;
    let other = planned(&app, &app.alice, "Beta", "2026-11-24").await;
    let theirs = planned(&app, &app.charlie, "Gamma", "2026-11-24").await;
    let names = [mine, other, theirs].map(|id| format!("o{id}"));
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| ("line", name.as_str())).collect();
    fields.push(("until", "2026-11-30"));
    app.alice.post("/today/snoozes", &fields).await.to();
    let page = today(&app.alice).await;
    assert!(page.toast().starts_with("2 lines snoozed to"), "{}", page.toast());
    assert!(!page.has(&line(mine)) && !page.has(&line(other)));
    assert!(today(&app.charlie).await.has(&line(theirs)), "Charlie's was not Alice's to move");
    page.undo().submit(&app.alice).await.to();
    let page = today(&app.alice).await;
    assert!(page.text(&line(mine)).contains("1 day late") && page.has(&line(other)), "{}", page.text("main"));
}

#[tokio::test]
async fn careers_pages_are_one_line_that_cannot_be_ticked() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let mut companies = Vec::new();
    for name in ["Acme", "Beta", "Gamma"] {
        let id = rows.company(name).await;
        app.alice.post(&format!("/companies/{id}/careers-rhythms"), &[("days", "7")]).await.to();
        companies.push(id);
    }
    let page = today(&app.alice).await;
    let said = page.text("#line-careers");
    assert!(said.contains("Look at 3 careers pages"), "{said}");
    for name in ["Acme", "Beta", "Gamma"] {
        assert!(said.contains(name), "{said}");
    }
    assert!(!page.has("#line-careers input[type=checkbox]"));
    assert_eq!(page.link("3 careers pages"), "/companies/careers");
    assert_eq!(page.text("a[aria-current=page] .count"), "1 due", "however many pages, it is one line");
    for id in companies {
        app.alice.post(&format!("/companies/{id}/careers-checks"), &[]).await.to();
    }
    assert!(!today(&app.alice).await.has("#line-careers"));
}

#[tokio::test]
async fn an_offer_is_to_be_answered_three_days_before_its_day() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let id = rows.opening(rows.company("Acme").await, "Analyst").await;
    app.alice.post(&format!("/openings/{id}/statuses"), &[("status", "offer")]).await.to();
    let answer_by = async |day: &str| {
        let offer = app.alice.get(&format!("/openings/{id}/offer")).await.is(200).page();
        offer.form_to(&format!("/openings/{id}/offer")).set("answer_by", day).submit(&app.alice).await.to();
        today(&app.alice).await
    };
    assert!(!answer_by("2026-11-28").await.has("#line-offer"));
    let page = answer_by("2026-11-27").await;
    let said = page.text("#line-offer");
    assert!(said.contains("Answer 1 offer") && said.contains("Analyst at Acme, answer by"), "{said}");
    assert_eq!(page.link("1 offer"), "/offers");
    app.alice.post(&format!("/openings/{id}/statuses"), &[("status", "accepted")]).await.to();
    assert!(!today(&app.alice).await.has("#line-offer"));
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

#[tokio::test]
async fn the_run_leads_through_openings_and_careers_pages() {
    let app = App::start().await;
    let id = planned(&app, &app.alice, "Acme", "2026-11-24").await;
    let beta = app.rows(&app.alice).company("Beta").await;
    app.alice.post(&format!("/companies/{beta}/careers-rhythms"), &[("days", "7")]).await.to();
    let (path, page) = walk(&app.alice, "/run").await;
    assert_eq!(path, format!("/openings/{id}"));
    assert!(page.text(".run").contains("Today: 1 of 2.") && page.text(".run").contains("For the opening Analyst"));
    let done = page.form_to(&format!("/openings/{id}/next-steps/done-marks")).submit(&app.alice).await.to();
    let (path, page) = walk(&app.alice, &done).await;
    assert_eq!(path, "/companies/careers", "done, and on to the next");
    assert!(page.text(".run").contains("Look at 1 careers page: Beta"), "{}", page.text(".run"));
    let looked = page.form_to(&format!("/companies/{beta}/careers-checks")).submit(&app.alice).await.to();
    let (path, page) = walk(&app.alice, &looked).await;
    assert!(!page.has(".run"), "the run is over at {path}");
}

#[tokio::test]
async fn once_the_search_is_over_openings_rest() {
    let app = App::start().await;
    let id = planned(&app, &app.alice, "Acme", "2026-11-24").await;
    assert!(today(&app.alice).await.has(&line(id)));
    let sql =
        r#"update users set preferences = jsonb_set(preferences, '{search_ended_on}', '"2026-11-24"') where id = $1"#;
    sqlx::query(sql).bind(app.alice.id).execute(&app.db).await.unwrap();
    assert!(!today(&app.alice).await.has(&line(id)));
}
