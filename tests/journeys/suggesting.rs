//! A suggestion, from the coach's overview to the seeker's list with one press.

use crate::browser::Browser;
use crate::browser_of;
use crate::support::App;

async fn looks_well(browser: &Browser, name: &str) {
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}");
        browser.picture(&format!("{name}-{scheme}")).await;
    }
    browser.size(390, 800).await;
    assert!(browser.overflow().await <= 0, "{name} at 390");
    browser.picture(&format!("{name}-390")).await;
    browser.size(1280, 900).await;
    browser.scheme("light").await;
}

#[tokio::test]
async fn what_a_coach_suggests_is_taken_over_with_one_press() {
    let app = App::start().await;
    sqlx::query("update grants set may_comment = true, scope = 'everything_but_notes' where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.db)
        .await
        .unwrap();
    let (alice, coach) = (browser_of(&app, &app.alice).await, browser_of(&app, &app.bob).await);
    alice.listen_for_complaints().await;
    coach.listen_for_complaints().await;

    coach.open("/looking").await;
    coach.see("No companies yet").await;
    looks_well(&coach, "suggesting-overview").await;
    coach.open("/companies").await;
    coach.press("Suggest a company").await;
    coach.fill("Company", "Orbital Works").await;
    coach.fill("Website", "orbital.example").await;
    coach.fill("Why this one?", "They train people for the role you want.").await;
    looks_well(&coach, "suggesting-form").await;
    coach.press("Suggest").await;
    coach.see("Waiting").await;
    looks_well(&coach, "suggesting-waits").await;

    alice.open("/").await;
    alice.see("Suggested to you").await;
    looks_well(&alice, "suggesting-today").await;
    alice.open("/companies").await;
    alice.press("Add to my list: Orbital Works").await;
    alice.see("Added Orbital Works.").await;
    looks_well(&alice, "suggesting-added").await;

    coach.open("/suggestions").await;
    coach.see("Added").await;
    coach.open("/looking").await;
    coach.see("One company, no one asked").await;
    for browser in [&alice, &coach] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
}
