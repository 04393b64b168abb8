//! Talks in writing, the thank-you, and reminders: the messages a talk leads to.

use crate::interviews::{a_talk, count, page, standing, start};

#[tokio::test]
async fn the_questions_go_out_in_one_message() {
    let (app, contact) = start().await;
    let form = page(&app.alice, format!("/interviews/new?contact={contact}")).await.form_to("/interviews");
    let talk = form.set("date", "2026-12-03").set("way", "in_writing").submit(&app.alice).await.to();
    let prepare = page(&app.alice, format!("{talk}/prepare")).await;
    assert!(!prepare.has("#letter"), "there is nothing to send yet");
    app.alice
        .post(&format!("{talk}/questions"), &[("pick", "team|Who is in it?"), ("pick", "fit|Where do I fit?")])
        .await
        .to();
    let prepare = page(&app.alice, format!("{talk}/prepare")).await;
    let letter = prepare.form_to(&format!("/contacts/{contact}/touchpoints"));
    let words = letter.value("body");
    assert!(
        words.contains("1. Who is in it?\n2. Where do I fit?") && words.contains("by Thursday 3 December"),
        "{words}"
    );
    assert_eq!(letter.press("Mark as sent", &app.alice).await.to(), talk);
    assert_eq!(
        count(&app, "select count(*) from touchpoints where user_id = $1 and kind = 'wrote' and body like '%1. Who%'")
            .await,
        1
    );
    let answers = page(&app.alice, format!("{talk}/live")).await;
    assert!(answers.says("Answers from Katherine Johnson") && !answers.has("[data-clock]"));
}

#[tokio::test]
async fn an_answer_in_writing_is_a_talk_held_in_writing() {
    let (app, contact) = start().await;
    for kind in ["accepted", "asked"] {
        app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", kind)]).await.to();
    }
    let before = standing(&app, contact).await;
    let card = page(&app.alice, format!("/contacts/{contact}")).await;
    let form = card.form_to(&format!("/contacts/{contact}/written-answers"));
    let answer = form.clone().submit(&app.alice).await;
    let live = answer.to();
    assert!(live.ends_with("/live"));
    assert_eq!(form.submit(&app.alice).await.to(), live, "pressed twice");
    let held = "select count(*) from informational_interviews
        where user_id = $1 and status = 'held' and way = 'in_writing' and deleted_at is null";
    assert_eq!(count(&app, held).await, 1);
    assert_eq!(standing(&app, contact).await, ("spoke".into(), Some("thank".into()), Some("2026-11-25".into())));
    app.alice.follow(&answer).await.undo().submit(&app.alice).await.to();
    assert_eq!((count(&app, held).await, standing(&app, contact).await), (0, before));
    app.charlie.post(&format!("/contacts/{contact}/written-answers"), &[]).await.is(404);
    app.bob.post(&format!("/contacts/{contact}/written-answers"), &[]).await.is(403);

    // Where questions are out already, the answers belong to them.
    let form = page(&app.alice, format!("/interviews/new?contact={contact}")).await.form_to("/interviews");
    let talk = form.set("date", "2026-12-03").set("way", "in_writing").submit(&app.alice).await.to();
    let answer = app.alice.post(&format!("/contacts/{contact}/written-answers"), &[]).await;
    assert_eq!(answer.to(), format!("{talk}/live"));
    assert_eq!(count(&app, held).await, 0);
}

#[tokio::test]
async fn what_is_ticked_stands_in_the_thank_you() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    for insight in ["Mondays are planning", "SQL comes first", "The port teams read everything"] {
        let fields = [("topic", "team"), ("insight", insight), ("view", "wrap_up")];
        app.alice.post(&format!("/interviews/{id}/insights"), &fields).await.to();
        app.pass(jiff::SignedDuration::from_secs(1));
    }
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "held")]).await.to();
    let message = async || page(&app.alice, format!("/contacts/{contact}")).await.text("#message");
    assert!(message().await.contains("stayed with me most: Mondays are planning."));
    for nr in [1, 2] {
        let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
        let ticks: Vec<_> = wrap_up.forms().into_iter().filter(|f| f.action.ends_with("/thank-you-ticks")).collect();
        let tick = ticks[nr].clone();
        app.bob.post(&tick.action, &[("ticked", "true")]).await.is(403);
        app.charlie.post(&tick.action, &[("ticked", "true")]).await.is(404);
        assert_eq!(
            app.alice.post(&tick.action, &[("ticked", "true"), ("view", "wrap_up")]).await.to(),
            format!("/interviews/{id}/wrap-up")
        );
    }
    assert!(
        message().await.contains("most: SQL comes first and the port teams read everything."),
        "{}",
        message().await
    );
}

#[tokio::test]
async fn their_promise_is_reminded_of_after_its_day() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let fields = [("whose", "theirs"), ("text", "Introduce Tony Hoare"), ("due_on", "2026-12-04")];
    app.alice.post(&format!("/interviews/{id}/action-items"), &fields).await.to();
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "held")]).await.to();
    let today = async || page(&app.alice, "/".into()).await.says("Remind, gently:");
    app.clock.set("2026-12-04T09:00:00Z".parse().unwrap());
    assert!(!today().await && !page(&app.alice, format!("/interviews/{id}")).await.says("Remind them gently"));
    app.clock.set("2026-12-05T09:00:00Z".parse().unwrap());
    assert!(today().await);
    let shown = page(&app.alice, format!("/interviews/{id}")).await;
    assert!(shown.text("textarea[id^='remind-']").contains("you kindly offered to introduce Tony Hoare."));
}

#[tokio::test]
async fn questions_are_suggested_for_this_person_and_enough_is_said() {
    let (app, contact) = start().await;
    sqlx::query("update contacts set closeness = 'recruiter' where id = $1")
        .bind(contact)
        .execute(&app.db)
        .await
        .unwrap();
    let id = a_talk(&app, contact).await;
    let path = format!("/interviews/{id}/prepare");
    let prepare = page(&app.alice, path.clone()).await;
    assert!(prepare.says("How they hire. They know how people are hired; you know nothing about it at Orbit yet."));
    assert!(prepare.says("4 questions: 0 picked"));
    prepare.form_to(&format!("/interviews/{id}/questions")).press("Start with seven questions", &app.alice).await.to();
    let prepare = page(&app.alice, path.clone()).await;
    assert!(prepare.says("4 questions: 7 picked"));
    let opener = prepare.form_to(&format!("/interviews/{id}/findings"));
    assert!(opener.value("opener").contains("In these 20 minutes I would like to learn"));
    let filled =
        ["profile", "website", "news"].iter().fold(opener, |form, s| form.set(&format!("checked-{s}"), "true"));
    filled.submit(&app.alice).await.to();
    let prepare = page(&app.alice, path).await;
    assert!(prepare.says("That is enough"), "{}", prepare.text("main"));
    prepare.form_to(&format!("/interviews/{id}/preparations")).press("Ready", &app.alice).await.to();
    assert_eq!(standing(&app, contact).await.1.as_deref(), Some("hold"));
}
