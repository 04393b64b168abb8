//! What happens with a contact: the way from found to in touch, each step taken back, put off, left out.

use inroad::ids::{ContactId, TouchpointId};
use jiff::SignedDuration;

use crate::support::{Answer, App, Form, Page, Person};

async fn add(person: &Person, name: &str) -> ContactId {
    let fields = [("name", name), ("company", "Orbital Works"), ("profile", "https://www.linkedin.com/in/kjohnson")];
    person.post("/contacts", &fields).await.to()["/contacts/".len()..].parse().unwrap()
}

async fn show(person: &Person, id: ContactId) -> Page {
    person.get(&format!("/contacts/{id}")).await.is(200).page()
}

/// The form with a button of these words.
fn with_button(page: &Page, label: &str) -> Form {
    let found = page.forms().into_iter().find(|form| form.buttons.iter().any(|button| button.label == label));
    found.unwrap_or_else(|| panic!("no button '{label}'"))
}

/// Presses a button of the contact's page and returns the page that follows.
async fn press(person: &Person, id: ContactId, label: &str) -> Page {
    let page = show(person, id).await;
    // What is not known here stays open in the messages, on purpose.
    let form = with_button(&page, label).set("as_is", "yes");
    let answer = form.press(label, person).await;
    person.follow(&answer).await
}

async fn record(person: &Person, id: ContactId, fields: &[(&str, &str)]) -> Answer {
    person.post(&format!("/contacts/{id}/touchpoints"), fields).await
}

/// What is next, and when.
fn next(page: &Page) -> (String, String) {
    (page.text("#next"), page.text(".next .tag"))
}

#[tokio::test]
async fn the_whole_way_through_the_buttons_and_every_step_back() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let mut stands = vec![next(&show(&app.alice, id).await)];
    for (label, toast) in [
        ("Pick for this week", "Picked for this week. Next: send a connection request, today."),
        ("Mark as sent", "Marked as sent. Next: ask someone else there, on Friday 27 November."),
        (
            "I asked someone else",
            "Noted: you asked someone else there. Next: try another way, or move on, on Thursday 3 December.",
        ),
        ("They accepted", "Noted: they accepted. Next: ask for a talk, today."),
        ("Mark as sent", "Marked as sent. Next: follow up, on Friday 27 November."),
        ("Mark as sent", "Marked as sent. Next: follow up again, offer to do it in writing, on Tuesday 1 December."),
        ("They said yes", "Noted: they said yes. Next: agree on a time, today."),
        (
            "They suggested someone else",
            "Noted: they suggested someone else. Next: thank them, on Wednesday 25 November.",
        ),
        ("Mark as sent", "Marked as sent. Next: write to keep in touch, on Thursday 24 December."),
        ("Mark as sent", "Marked as sent. Next: write to keep in touch, on Thursday 24 December."),
        ("Move on", "Moved on. The door stays open. There is no next step."),
        ("Start again", "Taken up again. Next: ask for a talk, today."),
    ] {
        let page = match label {
            // This one has a form of its own, which asks for the name.
            "They suggested someone else" => {
                app.alice.follow(&record(&app.alice, id, &[("kind", "sent_on")]).await).await
            }
            label => press(&app.alice, id, label).await,
        };
        assert_eq!(page.toast(), toast, "{label}");
        stands.push(next(&page));
    }
    stands.pop();
    while let Some(before) = stands.pop() {
        let page = show(&app.alice, id).await;
        let answer = page.form("form[action$='/undos']").submit(&app.alice).await;
        let page = app.alice.follow(&answer).await;
        assert!(page.toast().starts_with("Undone: "), "{}", page.toast());
        assert_eq!(next(&page), before);
    }
    let page = show(&app.alice, id).await;
    assert!(!page.has("form[action$='/undos']"), "the beginning stays");
    assert_eq!(page.texts(".timeline s").len(), 12, "what was taken back is still to be seen");
}

#[tokio::test]
async fn the_message_is_drafted_and_kept_as_it_was_sent() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let page = show(&app.alice, id).await;
    let form = page.form("form:has(#message)");
    let text = form.filled("Message").to_owned();
    assert!(
        text.starts_with("Hello Katherine,") && text.contains("Orbital Works") && text.contains("[target role]"),
        "{text}"
    );
    assert_eq!(page.texts("#message-fill mark"), ["[target role]"]);
    assert!(page.has("#message[data-limit='200']"));
    assert_eq!(page.link("Copy, open profile"), "https://www.linkedin.com/in/kjohnson");
    let answer = form.fill("Message", "Hello Katherine, <b>may</b> I connect?").press("Mark as sent", &app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert!(
        page.says("Hello Katherine, <b>may</b> I connect?")
            && page.says("LinkedIn note, template 'Note to someone new'")
    );

    let other = add_other(&app.alice).await;
    let page = press(&app.alice, other, "Sent without a note").await;
    assert!(!page.says("What you wrote"));
    let too_long = "x".repeat(20_001);
    record(&app.alice, other, &[("kind", "asked"), ("body", &too_long), ("from", "message")]).await.is(422);
}

async fn add_other(person: &Person) -> ContactId {
    person.post("/contacts", &[("name", "Ada Byron")]).await.to()["/contacts/".len()..].parse().unwrap()
}

#[tokio::test]
async fn another_wording_can_be_chosen() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let page = app.alice.get(&format!("/contacts/{id}?template=email_stranger")).await.is(200).page();
    let form = page.form("form:has(#message)");
    assert_eq!(form.value("template"), "email_stranger");
    assert!(
        form.filled("Message").contains("15 minutes on Thursday 26 November at 16:00"),
        "{}",
        form.filled("Message")
    );
    assert_eq!(page.text("#message-subject"), "A question about [target role] work at Orbital Works");
    assert!(page.link("Gmail").starts_with("https://mail.google.com/"));
    for query in ["?template=none", "?template=thank_you", "?channel=owl", "?template=%00"] {
        let page = app.alice.get(&format!("/contacts/{id}{query}")).await.is(200).page();
        assert_eq!(page.form("form:has(#message)").value("template"), "note_stranger", "{query}");
    }
}

#[tokio::test]
async fn thanks_are_drafted_from_the_talk() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let talk = app.rows(&app.alice).interview(id, None).await;
    let elsewhere = app.rows(&app.alice).interview(add_other(&app.alice).await, None).await;
    sqlx::query("update informational_interviews set status = 'held'").execute(&app.db).await.unwrap();
    for (contact_talk, text) in [(talk, "The team works in pairs."), (elsewhere, "Not from her.")] {
        sqlx::query(
            "insert into insights (user_id, id, interview_id, contact_id, topic, text, created_at)
             values ($1, gen_random_uuid(), $2, $3, 'team', $4, now())",
        )
        .bind(app.alice.id)
        .bind(contact_talk)
        .bind(id)
        .bind(text)
        .execute(&app.db)
        .await
        .unwrap();
    }
    for (whose, text) in [("mine", "Send my portfolio"), ("theirs", "Name a colleague")] {
        sqlx::query(
            "insert into action_items (user_id, id, interview_id, contact_id, whose, text, created_at)
             values ($1, gen_random_uuid(), $2, $3, $4, $5, now())",
        )
        .bind(app.alice.id)
        .bind(talk)
        .bind(id)
        .bind(whose)
        .bind(text)
        .execute(&app.db)
        .await
        .unwrap();
    }
    sqlx::query("update contacts set stage = 'spoke', next_step = 'thank', next_due = '2026-11-25' where id = $1")
        .bind(id)
        .execute(&app.db)
        .await
        .unwrap();
    let text = show(&app.alice, id).await.form("form:has(#message)").filled("Message").to_owned();
    assert!(text.contains("stayed with me most: the team works in pairs."), "{text}");
    assert!(text.contains("I will send my portfolio") && text.contains("offered to name a colleague;"), "{text}");
}

#[tokio::test]
async fn a_step_is_put_off() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    press(&app.alice, id, "Pick for this week").await;
    let form = show(&app.alice, id).await.form("form[action$='/snoozes']:has([type=date])");
    let page = app.alice.follow(&form.clone().fill("Snooze until", "2026-12-05").submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Snoozed. Next: send a connection request, on Saturday 5 December.");
    assert_eq!(next(&page).1, "5 December", "the day they picked stands, though it be a Saturday");
    let again = form.fill("Snooze until", "2026-12-20").submit(&app.alice).await;
    assert_eq!(next(&app.alice.follow(&again).await).1, "5 December", "the same form counts once");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(next(&page).1, "today");
    let path = format!("/contacts/{id}/snoozes");
    for until in ["2026-11-24", "2020-01-01", "2029-01-01", "tomorrow", ""] {
        let page = app.alice.post(&path, &[("until", until)]).await.is(422).page();
        assert!(!page.error_of("Snooze until").is_empty(), "{until}");
    }
    press(&app.alice, id, "Move on").await;
    app.alice.post(&path, &[("until", "2026-12-01")]).await.is(400);
}

#[tokio::test]
async fn a_step_is_left_out_with_a_reason_or_done_in_another_way() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let path = format!("/contacts/{id}/dismissals");
    let form = show(&app.alice, id).await.form_to(&path);
    let page = form.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Skip this step: why").starts_with("Say why"));
    let page = app
        .alice
        .follow(&page.form_to(&path).fill("Skip this step: why", "Left the firm").submit(&app.alice).await)
        .await;
    assert_eq!(page.toast(), "Skipped. There is no next step.");
    assert_eq!(page.text("#next"), "Nothing to do");
    assert!(page.says("Left the firm"));
    app.alice.post(&path, &[("note", "again")]).await.is(400);
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    let page = with_button(&page, "Done").press("Done", &app.alice).await.is(422).page();
    assert_eq!(page.error_of("Done differently: how"), "Say how you did it");
    let form = with_button(&page, "Done").fill("Done differently: how", "Met her at a fair");
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Done differently. Next: ask someone else there, on Friday 27 November.");
    assert!(page.says("Met her at a fair"));
}

#[tokio::test]
async fn a_talk_with_a_date_is_not_left_out() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let talk = app.rows(&app.alice).interview(id, None).await;
    sqlx::query("update contacts set stage = 'scheduled', next_step = 'prepare', next_due = '2026-11-24', next_turns_on = '2026-11-25', talk_on = '2026-11-25' where id = $1")
        .bind(id)
        .execute(&app.db)
        .await
        .unwrap();
    let page = show(&app.alice, id).await;
    assert_eq!(page.link("Prepare the talk"), format!("/interviews/{talk}"));
    app.pass(SignedDuration::from_hours(24));
    let page = show(&app.alice, id).await;
    assert_eq!(next(&page), ("Next: hold the talk".into(), "today".into()));
    assert!(!page.has("form[action$='/dismissals']"));
    app.alice.post(&format!("/contacts/{id}/dismissals"), &[("note", "no")]).await.is(400);
}

#[tokio::test]
async fn the_past_can_be_written_down() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let form = show(&app.alice, id).await.form("form:has(#h-kind)");
    let page = app
        .alice
        .follow(
            &form
                .fill("What happened", "Met")
                .fill("Day", "2026-11-20")
                .fill("What you or they said", "At the fair")
                .submit(&app.alice)
                .await,
        )
        .await;
    assert_eq!(page.toast(), "Noted: we met. Next: ask for a talk, today.");
    assert!(page.says("4 days ago") && page.says("At the fair"));
    for (field, value) in [
        ("on", "2026-11-25"),
        ("on", "1990-01-01"),
        ("on", "x"),
        ("channel", "owl"),
        ("kind", "found"),
        ("kind", "held"),
        ("kind", "undone"),
        ("kind", "snoozed"),
        ("kind", "referral_made"),
        ("kind", ""),
    ] {
        let fields: Vec<_> =
            [("kind", "met")].into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = record(&app.alice, id, &fields).await.is(422).page();
        assert!(page.has("details[open] [aria-invalid]"), "{field}={value}");
    }
    assert_eq!(show(&app.alice, id).await.texts(".timeline > li").len(), 2);
}

#[tokio::test]
async fn they_said_later_and_named_a_day() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    record(&app.alice, id, &[("kind", "asked")]).await.to();
    let form = with_button(&show(&app.alice, id).await, "They said later");
    let page = app.alice.follow(&form.fill("They said later: when", "2027-01-11").submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Noted: they said later. Next: ask for a talk, on Monday 11 January 2027.");
}

#[tokio::test]
async fn a_press_counts_once_and_leads_back() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let touchpoint = TouchpointId::new().to_string();
    let fields = [("kind", "requested"), ("id", touchpoint.as_str()), ("back", "/companies?show=all")];
    let (one, two) = tokio::join!(record(&app.alice, id, &fields), record(&app.alice, id, &fields));
    assert_eq!((one.to(), two.to()), ("/companies?show=all".into(), "/companies?show=all".into()));
    assert_eq!(show(&app.alice, id).await.texts(".timeline > li").len(), 2);
    let other = record(&app.alice, id, &[("kind", "met"), ("back", "https://evil.example")]).await;
    assert_eq!(other.to(), "/");
    record(&app.alice, id, &[("kind", "met"), ("id", "x")]).await.is(400);

    let undo = format!("/contacts/{id}/touchpoints/{touchpoint}/undos?back=/");
    let page = app.alice.follow(&record(&app.alice, id, &[("kind", "wrote"), ("back", "/companies")]).await).await;
    assert!(page.undo().action.ends_with("/undos?back=%2Fcompanies"));
    assert_eq!(app.alice.post(&undo, &[]).await.to(), "/");
    assert_eq!(app.alice.post(&undo, &[]).await.to(), "/", "taken back already");
    let elsewhere = add_other(&app.alice).await;
    app.alice.post(&format!("/contacts/{elsewhere}/touchpoints/{touchpoint}/undos"), &[]).await.is(404);
    app.charlie.post(&undo, &[]).await.is(404);
    app.bob.post(&undo, &[]).await.is(403);
}

#[tokio::test]
async fn what_belongs_to_a_talk_or_begins_the_history_is_not_taken_back_here() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson").await;
    let talk = app.rows(&app.alice).interview(id, None).await;
    let held = app.rows(&app.alice).touchpoint(id, "held", "none").await;
    sqlx::query("update touchpoints set interview_id = $1 where id = $2")
        .bind(talk)
        .bind(held)
        .execute(&app.db)
        .await
        .unwrap();
    let page = show(&app.alice, id).await;
    assert_eq!(page.link("The talk"), format!("/interviews/{talk}"));
    let found: TouchpointId = sqlx::query_scalar("select id from touchpoints where contact_id = $1 and kind = 'found'")
        .bind(id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    for touchpoint in [held, found] {
        app.alice.post(&format!("/contacts/{id}/touchpoints/{touchpoint}/undos"), &[]).await.is(400);
    }
}
