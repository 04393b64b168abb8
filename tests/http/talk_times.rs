//! When to talk: times that are proposed and taken, talks too close to each other, the next talk with someone.

use inroad::ids::ContactId;

use crate::interviews::{a_talk, count, page, standing, start};
use crate::support::{App, Page, Person};

async fn times(person: &Person, contact: ContactId) -> Page {
    page(person, format!("/contacts/{contact}/proposals")).await
}

const OPEN: &str = "select count(*) from talk_proposals where user_id = $1 and answered_at is null";
const TALKS: &str = "select count(*) from informational_interviews where user_id = $1 and deleted_at is null";

/// Two times kept with her, the second on Friday 27 November at 10:00 in Berlin.
async fn propose(app: &App, contact: ContactId) -> Page {
    let form = times(&app.alice, contact).await.form_to(&format!("/contacts/{contact}/proposals"));
    let form = form
        .fill("First", "2026-11-26T16:00")
        .fill("Second", "2026-11-27T10:00")
        .fill("Third", "")
        .set("their_zone", "new york")
        .set("place", "https://meet.example/kate");
    // In New York the second is at night, and that is said before.
    let asked = form.submit(&app.alice).await.is(422).page();
    assert!(asked.says("Friday 27 November, 10:00 is 04:00 for Katherine."), "{}", asked.text("main"));
    assert_eq!(count(app, OPEN).await, 0);
    let form = asked.form_to(&format!("/contacts/{contact}/proposals"));
    app.alice.follow(&form.press("Keep them as they are", &app.alice).await).await
}

#[tokio::test]
async fn three_times_are_suggested_and_kept_until_one_is_taken() {
    let (app, contact) = start().await;
    let form = times(&app.alice, contact).await.form_to(&format!("/contacts/{contact}/proposals"));
    let typed = ["first", "second", "third"].map(|name| form.value(name).to_owned());
    assert_eq!(typed, ["2026-11-26T16:00", "2026-11-27T10:00", "2026-11-30T16:00"]);

    let kept = propose(&app, contact).await;
    assert_eq!(kept.toast(), "The times are kept until there is an answer. Copy the words and send them.");
    assert!(kept.says("Thursday 26 November, 16:00 (10:00 for Katherine)"), "{}", kept.text("main"));
    let words = kept.text("#words");
    assert!(words.contains("- Thursday 26 November at 10:00 your time (16:00 mine)"), "{words}");
    assert!(words.contains("15 minutes, by video (https://meet.example/kate)"), "{words}");

    let again = kept.form_to(&format!("/contacts/{contact}/proposals"));
    again.set("at_night", "yes").submit(&app.alice).await.to();
    assert_eq!(count(&app, OPEN).await, 1);

    app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", "accepted")]).await.to();
    let shown = page(&app.alice, format!("/contacts/{contact}")).await;
    let both = "Would Thursday 26 November at 10:00 your time (16:00 mine) or Friday 27 November at 04:00 your time (10:00 mine) suit you";
    assert!(shown.text("#message").contains(both), "the zone is kept with her: {}", shown.text("#message"));
    let choices: Vec<_> =
        shown.forms().into_iter().filter(|form| form.action.ends_with("/proposals/choices")).collect();
    assert_eq!(choices.len(), 2);
    let took =
        choices[1].clone().press("They took Friday 27 November at 04:00 your time (10:00 mine)", &app.alice).await;
    let talk = took.to();
    let shown = app.alice.follow(&took).await;
    assert_eq!(shown.toast(), "The talk is set: Friday 27 November, 10:00 (04:00 for Katherine).");
    assert_eq!(standing(&app, contact).await.0, "scheduled");
    assert_eq!((count(&app, OPEN).await, count(&app, TALKS).await), (0, 1));
    // The same press once more leads to the same talk; another comes too late.
    let fields = [("id", talk.trim_start_matches("/interviews/")), ("number", "2")];
    assert_eq!(app.alice.post(&format!("/contacts/{contact}/proposals/choices"), &fields).await.to(), talk);
    let late = app.alice.post(&format!("/contacts/{contact}/proposals/choices"), &[("number", "1")]).await;
    assert_eq!(late.to(), format!("/contacts/{contact}"));
    assert_eq!(count(&app, TALKS).await, 1);

    shown.undo().submit(&app.alice).await.to();
    assert_eq!((count(&app, OPEN).await, count(&app, TALKS).await), (1, 0));
    assert_eq!(standing(&app, contact).await.0, "connected");
}

#[tokio::test]
async fn times_put_aside_wait_again_when_that_is_taken_back() {
    let (app, contact) = start().await;
    propose(&app, contact).await;
    let refused = app.alice.post(&format!("/contacts/{contact}/proposals/refusals"), &[]).await;
    let shown = app.alice.follow(&refused).await;
    assert_eq!((count(&app, OPEN).await, shown.has("#words")), (0, false));
    shown.undo().submit(&app.alice).await.to();
    assert_eq!(count(&app, OPEN).await, 1);
    // A talk set in another way answers them as well.
    a_talk(&app, contact).await;
    assert_eq!(count(&app, OPEN).await, 0);
}

#[tokio::test]
async fn a_wrong_time_has_its_sentence_and_two_tabs_lose_nothing() {
    let (app, contact) = start().await;
    let form = times(&app.alice, contact).await.form_to(&format!("/contacts/{contact}/proposals"));
    let other = form.clone();
    for (label, name, value, wrong) in [
        ("First", "first", "2026-11-24T09:00", "This time is past"),
        ("Second", "second", "soon", "Write it like 2026-11-26T16:00"),
        ("Link, number or address", "place", &"x".repeat(1001), "At most 1000"),
    ] {
        let page = form.clone().set(name, value).submit(&app.alice).await.is(422).page();
        assert!(page.error_of(label).starts_with(wrong), "{name}: {}", page.error_of(label));
    }
    form.clone().set("place", "one").submit(&app.alice).await.to();
    let page = other.set("place", "two").submit(&app.alice).await.is(409).page();
    assert!(page.says("This was saved elsewhere meanwhile") && page.says("one"));
    page.form_to(&format!("/contacts/{contact}/proposals")).submit(&app.alice).await.to();
    let place: String = sqlx::query_scalar("select place from talk_proposals where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(place, "two");
}

#[tokio::test]
async fn strangers_and_coaches_propose_nothing() {
    let (app, contact) = start().await;
    propose(&app, contact).await;
    app.charlie.get(&format!("/contacts/{contact}/proposals")).await.is(404);
    app.bob.get(&format!("/contacts/{contact}/proposals")).await.is(200);
    for path in ["", "/choices", "/refusals", "/undos"] {
        let path = format!("/contacts/{contact}/proposals{path}");
        let fields = [("number", "1"), ("first", "2026-11-26T16:00"), ("way", "video"), ("length", "15")];
        app.charlie.post(&path, &fields).await.is(404);
        app.bob.post(&path, &fields).await.is(403);
    }
    assert_eq!((count(&app, OPEN).await, count(&app, TALKS).await), (1, 0));
    // Another person's talks are no neighbours.
    let his = app.rows(&app.charlie).contact("Ken Thompson", None).await;
    app.rows(&app.charlie).interview(his, None).await;
    let hers = times(&app.alice, contact).await.text("main");
    assert!(!hers.contains("Ken"), "{hers}");
}

#[tokio::test]
async fn talks_too_close_are_pointed_out_and_never_refused() {
    let (app, contact) = start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    a_talk(&app, contact).await; // Thursday 3 December, 14:30 to 14:50
    let form = page(&app.alice, format!("/interviews/new?contact={grace}")).await;
    assert!(form.says("Talks set already (1)"));
    let form = form.form_to("/interviews").set("date", "2026-12-03").set("length", "20");
    let looked = form.clone().set("time", "14:40").press("Show both clocks", &app.alice).await.is(200).page();
    assert!(looked.says("You talk with Katherine at 14:30 that day: the two overlap."));
    let set = form.set("time", "15:00").submit(&app.alice).await;
    let shown = app.alice.follow(&set).await;
    let tight = "You talk with Katherine at 14:30 that day: only 10 minutes between the two.";
    assert!(shown.toast().ends_with(tight), "{}", shown.toast());
    assert!(shown.says(tight));
    let edit = page(&app.alice, format!("{}/edit", set.to())).await;
    assert!(edit.says(tight), "before it is moved, too");
    let moved = edit.form_to(&set.to()).set("time", "15:05").submit(&app.alice).await;
    assert!(!app.alice.follow(&moved).await.says("between the two"));
}

#[tokio::test]
async fn a_cancelled_talk_has_a_file_that_takes_it_out_and_a_held_one_leads_to_the_next() {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    let file = async || app.alice.get(&format!("/interviews/{id}/calendar.ics")).await.is(200).body;
    assert!(file().await.contains("METHOD:PUBLISH"));
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "cancelled")]).await.to();
    let cancelled = file().await;
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", &format!("UID:{id}@inroad")] {
        assert!(cancelled.contains(line), "{line}: {cancelled}");
    }
    assert!(page(&app.alice, format!("/interviews/{id}")).await.says("Cancellation file"));
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "held")]).await.to();
    let again = page(&app.alice, format!("/interviews/{id}")).await.link("Talk again");
    assert_eq!(again, format!("/interviews/new?contact={contact}"));
}
