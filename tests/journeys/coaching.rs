//! A coach, from the invitation to the first answer.

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
async fn a_coach_is_invited_let_in_comments_and_is_answered() {
    let app = App::start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let (alice, coach) = (browser_of(&app, &app.alice).await, browser_of(&app, &app.charlie).await);
    alice.listen_for_complaints().await;
    coach.listen_for_complaints().await;

    alice.open("/settings/people").await;
    alice.fill("Who is it for?", "My coach").await;
    alice.tick("Everything but notes").await;
    looks_well(&alice, "coaching-invite").await;
    alice.press("Make a link").await;
    alice.see("Send them this link").await;
    let link = alice.client.execute("return document.querySelector('#invitation-link').value", vec![]).await.unwrap();
    let link = link.as_str().unwrap().split_once(&app.address.to_string()).unwrap().1.to_owned();

    coach.open(&link).await;
    coach.see("Everything but notes, with comments").await;
    looks_well(&coach, "coaching-invited").await;
    coach.press("Accept").await;
    coach.see("they have yet to let you in").await;
    alice.open("/settings/people").await;
    alice.press("Let them look").await;
    alice.see("can look at your search now").await;

    coach.open("/looking").await;
    coach.press("Look").await;
    coach.see("They share all but their notes").await;
    coach.open(&format!("/contacts/{grace}")).await;
    coach.fill("Write a comment", "Ask her about compilers first.").await;
    looks_well(&coach, "coaching-comment").await;
    coach.press("Comment").await;
    coach.see("Ask her about compilers first.").await;

    alice.open("/").await;
    alice.see("Comments for you").await;
    looks_well(&alice, "coaching-today").await;
    alice.open(&format!("/contacts/{grace}")).await;
    alice.fill(&format!("Answer {}", app.charlie.name), "I will, thank you.").await;
    looks_well(&alice, "coaching-answer").await;
    alice.press("Answer").await;
    alice.see("I will, thank you.").await;
    alice.open("/settings/people/looks").await;
    alice.see("Contacts: Grace Hopper").await;
    looks_well(&alice, "coaching-looks").await;

    coach.open(&format!("/contacts/{grace}")).await;
    coach.see("I will, thank you.").await;
    for browser in [&alice, &coach] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
}
