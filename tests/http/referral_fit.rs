//! Everything a referrer needs in one message: the number of the role, the link, the resume, and three lines on why the user fits.

use crate::referrals::Scene;

const POSTING: &str = "Requirements:\n- Python or R\n- SQL in daily use\n- Clear writing";

/// Grace told that SQL matters most; the posting asks for three things.
async fn asked_for(scene: &Scene) {
    let talk = scene.app.rows(scene.alice()).interview(scene.grace, Some(scene.company)).await;
    let sql =
        "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, weight, text, created_at)
         values ($1, $2, $3, $4, $5, 'requirements', 'essential', 'Daily SQL use', now())";
    sqlx::query(sql)
        .bind(scene.alice().id)
        .bind(uuid::Uuid::now_v7())
        .bind(talk)
        .bind(scene.grace)
        .bind(scene.company)
        .execute(&scene.app.db)
        .await
        .unwrap();
    let path = format!("/openings/{}", scene.opening);
    let form = scene.show(&format!("{path}/edit")).await.form_to(&path);
    let form = form.fill("Link", "https://acme.example/jobs/R-2140").fill("Job description", POSTING);
    form.submit(scene.alice()).await.to();
}

#[tokio::test]
async fn the_lines_are_begun_from_posting_and_talks_and_go_into_the_message() {
    let scene = Scene::set().await;
    asked_for(&scene).await;
    let path = scene.to_ask().await;
    let page = scene.show(&path).await;
    let form = page.form_to(&format!("{path}/fits"));
    let proposed = form.filled("Why you fit, in three lines they can pass on").to_owned();
    assert_eq!(proposed.trim_end(), "- SQL in daily use: \n- Python or R: \n- Clear writing:");
    assert!(page.text("textarea#message").contains("[why you fit]"), "unfinished lines are not sent");

    let page = form.clone().submit(scene.alice()).await.is(422).page();
    assert!(page.error_of("Why you fit, in three lines they can pass on").starts_with("Finish each line"));

    let lines = "- SQL in daily use: six years of it\n- Clear writing: I taught it";
    let saved = form.fill("Why you fit, in three lines they can pass on", lines).submit(scene.alice()).await;
    let page = scene.alice().follow(&saved).await;
    assert_eq!(page.toast(), "Saved. The message says so now.");
    let message = page.text("textarea#message");
    assert!(message.contains("six years of it") && !message.contains("[why you fit]"), "{message}");
    assert_eq!(page.form_to(&format!("{path}/fits")).filled("Why you fit, in three lines they can pass on"), lines);
}

#[tokio::test]
async fn making_it_easy_has_the_number_and_the_resume() {
    let scene = Scene::set().await;
    asked_for(&scene).await;
    let path = scene.to_ask().await;
    scene.send(&path, "asks").await.to();
    scene.agree(&path, "Referral link").await.to();
    let message = scene.show(&path).await.text("textarea#message");
    for words in ["Reference: R-2140", "Address: https://acme.example/jobs/R-2140"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    assert!(!message.contains("resume"), "no link is kept yet: {message}");

    let settings = scene.show("/settings").await.form_to("/settings/search");
    let page = settings.clone().fill("Link to your resume", "no address").submit(scene.alice()).await.is(422).page();
    assert!(!page.error_of("Link to your resume").is_empty());
    settings.fill("Link to your resume", "https://ada.example/resume").submit(scene.alice()).await.to();
    let opening = format!("/openings/{}", scene.opening);
    let form = scene.show(&format!("{opening}/edit")).await.form_to(&opening);
    form.fill("Job ID", "REQ 7/2026").submit(scene.alice()).await.to();
    assert!(scene.show(&opening).await.says("REQ 7/2026"));
    let message = scene.show(&path).await.text("textarea#message");
    for words in ["Reference: REQ 7/2026", "My resume: https://ada.example/resume"] {
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[tokio::test]
async fn two_tabs_keep_both_texts() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    let form = scene.show(&path).await.form_to(&format!("{path}/fits"));
    let label = "Why you fit, in three lines they can pass on";
    form.clone().fill(label, "- SQL: six years").submit(scene.alice()).await.to();
    let page = form.fill(label, "- R: two years").submit(scene.alice()).await.is(409).page();
    assert!(page.error_of(label).contains("'- SQL: six years'"));
    let form = page.form_to(&format!("{path}/fits"));
    assert_eq!(form.filled(label), "- R: two years");
    form.submit(scene.alice()).await.to();
    assert!(scene.show(&path).await.text("textarea#message").contains("- R: two years"));
    scene.app.charlie.post(&format!("{path}/fits"), &[("fit", "x"), ("version", "1")]).await.is(404);
}

#[tokio::test]
async fn declined_the_contact_stays_as_warm_as_before() {
    let scene = Scene::set().await;
    let path = scene.to_ask().await;
    scene.send(&path, "asks").await.to();
    let sql = "select warmth || ' ' || stage || ' ' || coalesce(next_step, '') from contacts where id = $1";
    let contact =
        async || -> String { sqlx::query_scalar(sql).bind(scene.grace).fetch_one(&scene.app.db).await.unwrap() };
    let before = contact().await;
    let answer = scene.show(&path).await.form_to(&format!("{path}/declines")).submit(scene.alice()).await;
    let page = scene.alice().follow(&answer).await;
    assert!(page.says("The relation stays as warm as it was"));
    assert!(!page.has("#fit"), "there is nobody to convince any more");
    assert_eq!(contact().await, before);
}
