//! Messages where they are due: own templates first, gaps asked for, what was really sent, reminders of promises.

use inroad::ids::ContactId;

use crate::support::{App, Form, Page};

async fn show(app: &App, contact: ContactId, query: &str) -> Page {
    app.alice.get(&format!("/contacts/{contact}{query}")).await.is(200).page()
}

fn composer(page: &Page) -> Form {
    page.form("form:has(#message)")
}

async fn own(app: &App, name: &str, moment: &str, body: &str, channels: &[&str]) -> String {
    let mut fields = vec![("name", name), ("moment", moment), ("body", body), ("warmths", "stranger")];
    fields.extend(channels.iter().map(|channel| ("channels", *channel)));
    app.alice.post("/templates", &fields).await.to()["/templates/".len()..].to_owned()
}

/// Kind, channel, template, wording and words of the last line of the history.
async fn last_line(
    app: &App,
    contact: ContactId,
) -> (String, Option<String>, Option<String>, Option<i32>, Option<String>) {
    let sql = "select kind, channel, template, template_version, body from touchpoints
         where user_id = $1 and contact_id = $2 order by id desc limit 1";
    sqlx::query_as(sql).bind(app.alice.id).bind(contact).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn ones_own_template_comes_first_and_is_remembered() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let mail = own(&app, "By mail", "request", "Dear {first_name}?", &["email"]).await;
    let note = own(&app, "My note", "request", "Hi {first_name}?", &["linkedin_note"]).await;
    own(&app, "For later", "thank", "Thanks", &["email"]).await;
    let page = show(&app, contact, "").await;
    let form = composer(&page);
    assert_eq!((form.value("template"), form.filled("Message")), (note.as_str(), "Hi Grace?"));
    assert!(page.says("By mail") && page.says("Note to someone new") && !page.says("For later"));
    form.press("Mark as sent", &app.alice).await.to();
    let line = last_line(&app, contact).await;
    assert_eq!((line.0.as_str(), line.2.as_deref(), line.3), ("requested", Some(note.as_str()), Some(1)));
    assert!(show(&app, contact, "").await.says("template 'My note'"), "the history names it");

    let page = show(&app, app.rows(&app.alice).contact("Ada Byron", None).await, &format!("?template={mail}")).await;
    assert_eq!(composer(&page).filled("Message"), "Dear Ada?");
    let page = show(&app, contact, "?template=no-such").await;
    assert!(page.has(".next"), "an unknown key is passed over");
}

#[tokio::test]
async fn a_template_of_somebody_else_is_not_remembered() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let fields =
        [("name", "Theirs"), ("moment", "request"), ("body", "Hi?"), ("warmths", "stranger"), ("channels", "email")];
    let theirs = app.charlie.post("/templates", &fields).await.to()["/templates/".len()..].to_owned();
    let form =
        composer(&show(&app, contact, "").await).set("template", &theirs).set("wording", "1").set("as_is", "yes");
    form.press("Mark as sent", &app.alice).await.to();
    assert_eq!(last_line(&app, contact).await.2, None);
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_fills_the_text() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    own(&app, "Mine", "request", "Hello {first_name}, {why_you}: {question}", &["linkedin_note"]).await;
    let form = composer(&show(&app, contact, "").await);
    assert_eq!(form.filled("Message"), "Hello Grace, [why them]: [a question]");
    // Without a script the fields fill the text when they are sent.
    let page =
        form.clone().fill("Why them", "you teach").press("Put it into the text", &app.alice).await.is(422).page();
    assert_eq!(composer(&page).filled("Message"), "Hello Grace, you teach: [a question]");
    let page = composer(&page).press("Mark as sent", &app.alice).await.is(422).page();
    assert!(page.says("Still to fill in: [a question]"));
    assert_eq!(composer(&page).filled("Message"), "Hello Grace, you teach: [a question]", "the text is kept");
    assert_eq!(last_line(&app, contact).await.0, "found", "nothing is recorded yet");
    let sent = composer(&page).fill("A question", "What helps?").press("Mark as sent", &app.alice).await;
    sent.to();
    assert_eq!(last_line(&app, contact).await.4.as_deref(), Some("Hello Grace, you teach: What helps?"));

    let other = app.rows(&app.alice).contact("Ada Byron", None).await;
    let page = composer(&show(&app, other, "").await).press("Mark as sent", &app.alice).await.is(422).page();
    composer(&page).press("Send as it is", &app.alice).await.to();
    assert_eq!(last_line(&app, other).await.4.as_deref(), Some("Hello Ada, [why them]: [a question]"));
}

#[tokio::test]
async fn something_else_is_kept_and_counted_for_no_template() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let page = show(&app, contact, "").await;
    let form =
        page.form("form:has(#e-body)").fill("What you really sent", "A quick [hello]").fill("Sent by", "Text message");
    form.press("Save what I sent", &app.alice).await.to();
    let line = last_line(&app, contact).await;
    assert_eq!(line, ("requested".into(), Some("text".into()), None, None, Some("A quick [hello]".into())));
    let other = app.rows(&app.alice).contact("Ada Byron", None).await;
    let long = "x".repeat(20_001);
    let page = show(&app, other, "").await.form("form:has(#e-body)").fill("What you really sent", &long);
    let page = page.press("Save what I sent", &app.alice).await.is(422).page();
    assert_ne!(page.error_of("What you really sent"), "");
    assert!(page.form("form:has(#message)").filled("Message").starts_with("Hello Ada"), "the message is left alone");
    assert!(show(&app, other, "").await.has("#answers"), "what they answered is a jump away");
}

#[tokio::test]
async fn every_composer_keeps_its_draft_under_a_name_of_its_own() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let contact = show(&app, ids.contact, "").await;
    let referral = app.alice.get(&format!("/referrals/{}", ids.referral)).await.is(200).page();
    let library = app.alice.get("/library/new?from=thank_you").await.is(200).page();
    let mut names = Vec::new();
    for page in [&contact, &referral, &library] {
        names.extend(
            page.all("textarea[data-draft]").into_iter().map(|area| area.attr("data-draft").unwrap().to_owned()),
        );
    }
    let told_apart: std::collections::HashSet<_> = names.iter().collect();
    assert!(names.len() >= 5 && told_apart.len() == names.len(), "{names:?}");
}

#[tokio::test]
async fn they_are_reminded_of_what_they_offered() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    // Their own day is theirs: they are reminded on the day after.
    sqlx::query("update action_items set whose = 'theirs', text = 'Send the paper.', due_on = due_on - 1 where id = $1 and user_id = $2")
        .bind(ids.action_item)
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    let today = app.alice.get("/").await.page();
    assert!(
        today.links().iter().any(|(_, to)| *to == format!("/contacts/{}?promise={}", ids.contact, ids.action_item))
    );
    let page = show(&app, ids.contact, "").await;
    assert!(page.says("They offered") && !page.has("#reminder"));
    let page = show(&app, ids.contact, &format!("?promise={}", ids.action_item)).await;
    let form = page.form("form:has(#reminder)");
    assert!(form.filled("Message").contains("You kindly offered to send the paper."), "{}", form.filled("Message"));
    let page = app.alice.follow(&form.clone().press("Mark as sent", &app.alice).await).await;
    assert_eq!(page.toast(), "Marked as sent. If nothing comes, it's due again on Tuesday 1 December.");
    let line = last_line(&app, ids.contact).await;
    assert_eq!((line.0.as_str(), line.2.as_deref()), ("wrote", Some("remind_promise")));
    form.press("Mark as sent", &app.alice).await.to();
    let sent: i64 = sqlx::query_scalar("select count(*) from touchpoints where user_id = $1 and kind = 'wrote'")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(sent, 1, "a second press does nothing");

    // With something missing the page comes again, with the reminder as it was typed.
    let with_news = format!("?promise={}&template=remind_promise_with_news", ids.action_item);
    let form = show(&app, ids.contact, &with_news).await.form("form:has(#reminder)");
    let page = form.press("Mark as sent", &app.alice).await.is(422).page();
    assert!(page.form("form:has(#reminder)").filled("Message").contains("[what you did]"));
    let path = format!("/action-items/{}/reminders", ids.action_item);
    app.charlie.post(&path, &[("body", "x")]).await.is(404);
    sqlx::query("update action_items set whose = 'mine' where id = $1")
        .bind(ids.action_item)
        .execute(&app.db)
        .await
        .unwrap();
    app.alice.post(&path, &[("body", "x")]).await.is(400);
}

#[tokio::test]
async fn a_referrals_message_takes_ones_own_template_and_asks_for_what_is_missing() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let id = own(&app, "My nudge", "referral_remind", "Hi {first_name}, {question}", &["email"]).await;
    let path = format!("/referrals/{}", ids.referral);
    let page = app.alice.get(&path).await.is(200).page();
    let form = page.form("form:has(#message)");
    assert_eq!((form.value("template"), form.filled("Message")), (id.as_str(), "Hi Grace, [a question]"));
    let page = form.press("Mark as sent", &app.alice).await.is(422).page();
    assert!(page.says("Still to fill in: [a question]"));
    let form = page.form("form:has(#message)").fill("A question", "any news?");
    form.press("Mark as sent", &app.alice).await.to();
    let line = last_line(&app, ids.contact).await;
    assert_eq!((line.2.as_deref(), line.4.as_deref()), (Some(id.as_str()), Some("Hi Grace, any news?")));
}

#[tokio::test]
async fn what_was_really_said_to_a_referrer_is_kept() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let page = app.alice.get(&format!("/referrals/{}", ids.referral)).await.is(200).page();
    let form =
        page.form("form:has(#e-body)").fill("What you really sent", "Asked over coffee").fill("Sent by", "In person");
    form.press("Save what I sent", &app.alice).await.to();
    let line = last_line(&app, ids.contact).await;
    assert_eq!((line.1.as_deref(), line.2, line.4.as_deref()), (Some("in_person"), None, Some("Asked over coffee")));
}
