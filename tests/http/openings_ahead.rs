//! What comes next for openings: steps of the user's own, the board, careers pages, what a posting asks for.

use inroad::ids::OpeningId;

use crate::support::{App, Page, Person};

async fn an_opening(app: &App) -> OpeningId {
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    rows.opening(company, "Analyst").await
}

async fn show(person: &Person, id: OpeningId) -> Page {
    person.get(&format!("/openings/{id}")).await.is(200).page()
}

#[tokio::test]
async fn a_step_of_ones_own_is_planned_done_and_taken_back() {
    let app = App::start().await;
    let id = an_opening(&app).await;
    let form = show(&app.alice, id).await.form_to(&format!("/openings/{id}/next-steps"));
    let planned = form.fill("What to do next", "Send the portfolio").fill("By", "2026-11-26").submit(&app.alice).await;
    let page = app.alice.follow(&planned).await;
    assert_eq!(page.toast(), "Next: Send the portfolio, Thursday.");
    assert!(app.alice.get("/openings?sort=next").await.page().says("Send the portfolio"));

    let done = page.form_to(&format!("/openings/{id}/next-steps/done-marks"));
    let page = app.alice.follow(&done.clone().submit(&app.alice).await).await;
    assert!(page.toast().starts_with("Done: Send the portfolio.") && page.says("Nothing planned"));
    assert!(page.texts("ol.timeline small").contains(&"Done: Send the portfolio".to_owned()));
    done.submit(&app.alice).await.to();
    let lines = show(&app.alice, id).await.texts("ol.timeline li").len();
    assert_eq!(lines, 2, "a second press adds nothing");

    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.says("Send the portfolio") && page.texts("ol.timeline li").len() == 1, "{}", page.text("main"));
}

#[tokio::test]
async fn a_step_is_put_off_and_back() {
    let app = App::start().await;
    let id = an_opening(&app).await;
    let steps = format!("/openings/{id}/next-steps");
    let form = show(&app.alice, id).await.form_to(&steps).fill("What to do next", "Call").fill("By", "2026-11-24");
    form.submit(&app.alice).await.to();
    let page = app.alice.follow(&app.alice.post(&format!("{steps}/snoozes"), &[("until", "2026-11-30")]).await).await;
    assert_eq!(page.form_to(&steps).filled("By"), "2026-11-30");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.form_to(&steps).filled("By"), "2026-11-24");
    app.alice.post(&format!("{steps}/snoozes"), &[("until", "2026-11-24")]).await.is(400);
}

#[tokio::test]
async fn two_tabs_keep_both_steps() {
    let app = App::start().await;
    let id = an_opening(&app).await;
    let form = show(&app.alice, id).await.form_to(&format!("/openings/{id}/next-steps"));
    form.clone().fill("What to do next", "Call").submit(&app.alice).await.to();
    let late = form.fill("What to do next", "Write").submit(&app.alice).await.is(409).page();
    assert!(late.error_of("What to do next").contains("'Call'"));
    let form = late.form_to(&format!("/openings/{id}/next-steps"));
    assert_eq!(form.filled("What to do next"), "Write");
    form.submit(&app.alice).await.to();
    assert!(show(&app.alice, id).await.says("Write"));
}

#[tokio::test]
async fn a_day_without_a_step_is_asked_about() {
    let app = App::start().await;
    let id = an_opening(&app).await;
    let form = show(&app.alice, id).await.form_to(&format!("/openings/{id}/next-steps")).fill("By", "2026-11-26");
    let page = form.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("What to do next"), "Say what to do on that day");
}

async fn board(person: &Person) -> Page {
    person.get("/openings?view=board").await.is(200).page()
}

#[tokio::test]
async fn a_card_moves_over_the_board_by_its_menu() {
    let app = App::start().await;
    let id = an_opening(&app).await;
    let page = board(&app.alice).await;
    assert_eq!(page.text("[data-column=watching] [data-card] b"), "Analyst");
    let moved = page.form_to(&format!("/openings/{id}/statuses")).press("Interviewing", &app.alice).await;
    assert_eq!(moved.to(), "/openings?view=board");
    assert_eq!(board(&app.alice).await.text("[data-column=interviewing] [data-card] b"), "Analyst");
    assert!(board(&app.charlie).await.says("No opening yet"));
}

#[tokio::test]
async fn careers_pages_of_many_companies_come_a_page_at_a_time() {
    let app = App::start().await;
    sqlx::query(
        "insert into companies (user_id, id, name, name_key, found_by, created_at, careers_rhythm_days)
         select $1, gen_random_uuid(), 'Company ' || n, 'company ' || n, 'own_idea', now(), case when n <= 60 then 7 end
         from generate_series(1, 180) n",
    )
    .bind(app.alice.id)
    .execute(&app.db)
    .await
    .unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for (address, rows) in
        [("?page=1", 50 + 50), ("?page=2", 10 + 50), ("?page=2&others=2", 10 + 50), ("?others=3", 50 + 20)]
    {
        let page = app.alice.get(&format!("/companies/careers{address}")).await.is(200).page();
        assert_eq!(page.text("h1"), "60 careers pages to look at");
        let names = page.texts("tr[data-row] th a[dir]");
        assert_eq!(names.len(), rows, "{address}");
        seen.extend(names);
    }
    assert_eq!(seen.len(), 180);
    let page = app.alice.get("/companies/careers?page=2").await.page();
    assert_eq!(page.texts("nav.pager .soft"), ["51 to 60 of 60", "1 to 50 of 120"]);
    app.alice.get("/companies/careers?page=-7&others=99999999999").await.is(200);
}

#[tokio::test]
async fn a_careers_page_is_looked_at_in_one_press_and_comes_again() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let acme = rows.company("Acme").await;
    rows.company("Beta").await;
    let page = app.alice.get("/companies/careers").await.is(200).page();
    assert_eq!(page.text("h1"), "Careers pages");
    let rhythm = page.form_to(&format!("/companies/{acme}/careers-rhythms")).set("days", "7");
    let page = app.alice.follow(&rhythm.submit(&app.alice).await).await;
    assert_eq!(page.text("h1"), "1 careers page to look at");

    let looked = page.form_to(&format!("/companies/{acme}/careers-checks")).submit(&app.alice).await;
    let page = app.alice.follow(&looked).await;
    assert_eq!(
        (page.text("h1").as_str(), page.toast().as_str()),
        ("Careers pages", "Acme: nothing new. Look again 1 December.")
    );
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.text("h1"), "1 careers page to look at");

    app.alice.post(&format!("/companies/{acme}/careers-rhythms"), &[("days", "91")]).await.is(400);
    app.charlie.post(&format!("/companies/{acme}/careers-checks"), &[]).await.is(404);
}

#[tokio::test]
async fn what_the_posting_asks_for_stands_beside_what_talks_taught() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let contact = rows.contact("Grace Hopper", Some(company)).await;
    let talk = rows.interview(contact, Some(company)).await;
    let id = rows.opening(company, "Analyst").await;
    sqlx::query(
        "update openings set posting_text = E'Requirements:\\n- SQL every day\\n- Dashboards are a plus' where id = $1",
    )
    .bind(id)
    .execute(&app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, weight, text, created_at)
         values ($1, $2, $3, $4, $5, 'requirements', 'essential', 'Clear writing', now())",
    )
    .bind(app.alice.id)
    .bind(uuid::Uuid::now_v7())
    .bind(talk)
    .bind(contact)
    .bind(company)
    .execute(&app.db)
    .await
    .unwrap();
    let page = show(&app.alice, id).await;
    assert!(page.says("SQL every day") && page.says("Clear writing"));
    assert!(page.says("Dashboards are a plus nice to have"), "{}", page.text("main"));
}
