//! Drafts know what happened, and speak to the one who reads them.

use inroad::ids::ContactId;

use crate::interviews::{a_talk, page, start};
use crate::support::App;

async fn message(app: &App, contact: ContactId) -> String {
    let page = page(&app.alice, format!("/contacts/{contact}")).await;
    page.form("form:has(#message)").filled("Message").to_owned()
}

async fn prefer(app: &App, name: &str, value: &str) {
    let form = app.alice.get("/settings").await.is(200).page().form_to("/settings/search");
    form.set(name, value).submit(&app.alice).await.to();
}

#[tokio::test]
async fn after_a_talk_that_fell_through_a_new_time_is_offered() {
    for (status, words) in
        [("no_show", "sorry that we missed each other"), ("cancelled", "pity that our talk did not come about")]
    {
        let (app, contact) = start().await;
        let talk = a_talk(&app, contact).await;
        if status == "no_show" {
            app.pass(jiff::SignedDuration::from_hours(24 * 10));
        }
        app.alice.post(&format!("/interviews/{talk}/outcomes"), &[("status", status)]).await.to();
        let text = message(&app, contact).await;
        assert!(text.contains(words) && !text.contains("looking forward"), "{status}: {text}");
    }
}

#[tokio::test]
async fn a_talk_in_writing_sends_its_questions() {
    let (app, contact) = start().await;
    let form = page(&app.alice, format!("/interviews/new?contact={contact}")).await.form_to("/interviews");
    let talk = form.set("date", "2026-12-03").set("way", "in_writing").submit(&app.alice).await.to();
    app.alice.post(&format!("{talk}/questions"), &[("pick", "team|Who is in it?")]).await.to();
    let text = message(&app, contact).await;
    assert!(text.contains("1. Who is in it?") && text.contains("by Thursday 3 December"), "{text}");
    assert!(!text.contains("minutes") && !text.contains("17:00") && !text.contains(" at "), "{text}");
}

#[tokio::test]
async fn thanks_say_the_day_and_speak_to_the_reader() {
    let (app, contact) = start().await;
    let talk = a_talk(&app, contact).await;
    let (mine, insight) = (
        [("whose", "mine"), ("text", "Send Katherine my hospital sample"), ("view", "wrap_up")],
        [("topic", "team"), ("insight", "Katherine's team works in pairs."), ("view", "wrap_up")],
    );
    app.alice.post(&format!("/interviews/{talk}/action-items"), &mine).await;
    app.alice.post(&format!("/interviews/{talk}/insights"), &insight).await.to();
    app.pass(jiff::SignedDuration::from_hours(24 * 10));
    app.alice.post(&format!("/interviews/{talk}/outcomes"), &[("status", "held")]).await.to();
    let text = message(&app, contact).await;
    assert!(text.contains("Thank you for talking with me yesterday."), "{text}");
    assert!(text.contains("stayed with me most: your team works in pairs."), "{text}");
    assert_eq!(text.matches("Katherine").count(), 1, "{text}");
    assert!(!text.contains("do something for you"), "nothing was kept to offer: {text}");
}

#[tokio::test]
async fn the_sentence_about_oneself_reads_well_in_an_own_template_and_is_shown_while_typing() {
    let (app, contact) = start().await;
    prefer(&app, "about_me", "I build dashboards for hospitals").await;
    app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", "accepted")]).await.to();
    let text = message(&app, contact).await;
    assert!(text.contains("Thank you for connecting. I build dashboards for hospitals."), "{text}");
    let form = app.alice.get("/library/new?moment=ask_for_talk").await.is(200).page().form("form:has(#f-body)");
    let form = form.fill("Name", "Mine").fill("Text", "Hello {first_name}, I am {about_me}, and I have a question?");
    form.set("channels", "linkedin_message").set("warmths", "stranger").submit(&app.alice).await.to();
    let text = message(&app, contact).await;
    assert_eq!(text, "Hello Katherine, I build dashboards for hospitals, and I have a question?");
    for (typed, said) in [
        ("a%20nurse", "Hello Katherine, I am a nurse. I would"),
        ("I%20build", "Hello Katherine, I build. I would"),
        ("", "Hello Katherine, I would"),
    ] {
        let shown = app.alice.get(&format!("/settings/sentence?about_me={typed}")).await.is(200).body;
        assert!(shown.starts_with(said), "{shown}");
    }
    assert!(
        app.alice.get("/settings").await.is(200).page().says("I build dashboards for hospitals. I would like to learn")
    );
}

#[tokio::test]
async fn a_kept_reason_is_used_at_once() {
    let (app, contact) = start().await;
    let talk = a_talk(&app, contact).await;
    app.pass(jiff::SignedDuration::from_hours(24 * 10));
    app.alice.post(&format!("/interviews/{talk}/outcomes"), &[("status", "held")]).await.to();
    let reason = [("kind", "article"), ("text", "A study of waiting times https://journal.example/waiting")];
    app.alice.post(&format!("/contacts/{contact}/reasons"), &reason).await.to();
    let thanks = message(&app, contact).await;
    assert!(thanks.contains("I kept something for you: a study of waiting times"), "{thanks}");
    app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", "thanked")]).await.to();
    let text = message(&app, contact).await;
    assert!(text.contains("I found this and thought of you: a study of waiting times"), "{text}");
}
