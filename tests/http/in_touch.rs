//! Keeping in touch: rhythm, dates of theirs, reasons to write, the guard, and the list of whom to write to.

use inroad::ids::{ContactId, TouchpointId};
use jiff::SignedDuration;

use crate::support::{App, Form, Page, Person};

/// Someone who was thanked on 20 November: the rhythm's next word is due on Monday 21 December.
async fn in_touch(person: &Person, name: &str) -> ContactId {
    let fields = [("name", name), ("company", "Orbital Works")];
    let id: ContactId = person.post("/contacts", &fields).await.to()["/contacts/".len()..].parse().unwrap();
    record(person, id, &[("kind", "answered_in_writing"), ("on", "2026-11-19")]).await;
    record(person, id, &[("kind", "thanked"), ("on", "2026-11-20")]).await;
    id
}

async fn record(person: &Person, id: ContactId, fields: &[(&str, &str)]) {
    person.post(&format!("/contacts/{id}/touchpoints"), fields).await.to();
}

async fn show(person: &Person, id: ContactId) -> Page {
    person.get(&format!("/contacts/{id}")).await.is(200).page()
}

fn with_button(page: &Page, label: &str) -> Form {
    let found = page.forms().into_iter().find(|form| form.buttons.iter().any(|button| button.label == label));
    found.unwrap_or_else(|| panic!("no button '{label}'"))
}

async fn follow(app: &App, form: Form, label: &str) -> Page {
    // What is not known here stays open in the messages, on purpose.
    let answer = form.set("as_is", "yes").press(label, &app.alice).await;
    app.alice.follow(&answer).await
}

async fn add_date(app: &App, id: ContactId, kind: &str, day: &str, month: &str, year: &str) -> Page {
    let form = show(&app.alice, id).await.form_to(&format!("/contacts/{id}/dates"));
    let form = form.fill("Which day", kind).fill("Day of the month", day).fill("Month", month).fill("Year", year);
    app.alice.follow(&form.submit(&app.alice).await).await
}

#[tokio::test]
async fn the_rhythm_is_set_in_one_press_plans_anew_and_is_taken_back() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let page = show(&app.alice, id).await;
    assert!(page.says("How often to write: Every 30 days, as in the settings"));
    let page = follow(&app, with_button(&page, "Not at all"), "Not at all").await;
    assert_eq!(page.toast(), "You won't be reminded to write. There is no next step.");
    assert_eq!(page.text("[aria-pressed=true]"), "Not at all");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.toast(), "As before. Next: write to keep in touch, on Monday 21 December.");
    let form = with_button(&page, "Set").fill("Every few days", "10");
    let page = follow(&app, form, "Set").await;
    assert_eq!(page.toast(), "Every 10 days. Next: write to keep in touch, on Monday 30 November.");
    let wrong = with_button(&page, "Set").fill("Every few days", "731").submit(&app.alice).await.is(422).page();
    assert_eq!(wrong.error_of("Every few days"), "A number of days, from 1 to 730");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.says("as in the settings"));
    app.alice.post(&format!("/contacts/{id}/rhythms"), &[("rhythm", "often")]).await.is(422);
    app.alice.post(&format!("/contacts/{id}/rhythms/undos?days=-3"), &[]).await.is(400);
    app.charlie.post(&format!("/contacts/{id}/rhythms"), &[("rhythm", "never")]).await.is(404);
    app.bob.post(&format!("/contacts/{id}/rhythms"), &[("rhythm", "never")]).await.is(403);
}

#[tokio::test]
async fn a_date_of_theirs_says_when_to_write_and_is_changed_and_removed_with_undo() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let page = add_date(&app, id, "Birthday", "26", "November", "1984").await;
    assert_eq!(page.toast(), "Added: birthday. Next: write to keep in touch, on Thursday 26 November.");
    assert!(page.says("26 November 1984, turns 42 on Thursday"));
    assert!(page.text(".next").contains("Birthday on Thursday. That is reason enough to write."));
    assert_eq!(page.form("form:has(#message)").value("template"), "their_day");

    let change = page.form("form[action^='/contact-dates/']:has([name=day])");
    let saved = app.alice.follow(&change.clone().fill("Day of the month", "27").submit(&app.alice).await).await;
    assert_eq!(saved.toast(), "Saved. Next: write to keep in touch, on Friday 27 November.");
    let stale = change.clone().fill("Day of the month", "30").submit(&app.alice).await.is(409).page();
    assert!(stale.says("Changed elsewhere meanwhile, to Birthday, 27 November. Save again to keep yours"));
    let back = app.alice.follow(&saved.undo().submit(&app.alice).await).await;
    assert_eq!(back.toast(), "As before. Next: write to keep in touch, on Thursday 26 November.");

    let remove = back.form("form[action^='/contact-dates/'][action$='/deletions']");
    let removed = app.alice.follow(&remove.clone().submit(&app.alice).await).await;
    assert_eq!(removed.toast(), "Removed. Next: write to keep in touch, on Monday 21 December.");
    remove.submit(&app.alice).await.is(404);
    let restored = app.alice.follow(&removed.undo().submit(&app.alice).await).await;
    assert_eq!(restored.toast(), "It is back. Next: write to keep in touch, on Thursday 26 November.");

    app.pass(SignedDuration::from_hours(48));
    assert!(app.alice.get("/").await.is(200).page().says("Birthday today."), "the line of the day says why");
    assert!(app.alice.get("/contacts/in-touch").await.is(200).page().says("Birthday"));
}

#[tokio::test]
async fn a_touch_moves_no_date_and_writing_on_the_day_is_for_it() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    add_date(&app, id, "Work anniversary", "28", "November", "").await;
    let next = |page: &Page| page.text(".next .tag");
    assert_eq!(next(&show(&app.alice, id).await), "Friday", "the 28th is a Saturday");
    record(&app.alice, id, &[("kind", "replied")]).await;
    assert_eq!(next(&show(&app.alice, id).await), "Friday");
    app.pass(SignedDuration::from_hours(72));
    let page = follow(&app, show(&app.alice, id).await.form("form:has(#message)"), "Mark as sent").await;
    assert_eq!(page.toast(), "Marked as sent. Next: write to keep in touch, on Monday 28 December.");
}

#[tokio::test]
async fn the_29th_of_february_comes_on_the_28th_and_says_so() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let form = show(&app.alice, id).await.form_to(&format!("/contacts/{id}/rhythms"));
    form.press("Not at all", &app.alice).await.to();
    let page = add_date(&app, id, "Birthday", "29", "February", "").await;
    assert_eq!(page.toast(), "Added: birthday. Next: write to keep in touch, on Friday 26 February 2027.");
    assert!(page.says("29 February, in other years the 28th"));
    assert!(page.says("Birthday on 28 February 2027."));
}

#[tokio::test]
async fn what_is_wrong_with_a_date_stands_beside_it() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let path = format!("/contacts/{id}/dates");
    let form = show(&app.alice, id).await.form_to(&path);
    for (field, label, value) in [
        ("day", "Day of the month", "31"),
        ("day", "Day of the month", ""),
        ("year", "Year", "84"),
        ("month", "Month", "13"),
        ("kind", "Which day", "feast"),
    ] {
        let filled = form.clone().set("day", "4").set("month", "4").set(field, value);
        let page = filled.submit(&app.alice).await.is(422).page();
        assert!(!page.error_of(label).is_empty() && page.has("details[open]"), "{field}={value}");
    }
    let other = form.clone().fill("Which day", "Another day").set("day", "4").set("month", "4");
    let page = other.clone().submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("What to call it"), "Choose which day it is");
    let other = other.fill("What to call it", "Her <b>book</b> came out");
    let page = app.alice.follow(&other.clone().submit(&app.alice).await).await;
    assert!(page.says("Her <b>book</b> came out"));
    other.submit(&app.alice).await.to();
    assert_eq!(
        show(&app.alice, id).await.texts("[aria-label='Their dates'] > li").len(),
        1,
        "sent twice, it counts once"
    );
    app.charlie.post(&path, &[("kind", "birthday"), ("day", "4"), ("month", "4")]).await.is(404);
    app.bob.post(&path, &[("kind", "birthday"), ("day", "4"), ("month", "4")]).await.is(403);
}

async fn keep(app: &App, id: ContactId, kind: &str, text: &str) -> Page {
    let form = show(&app.alice, id).await.form_to(&format!("/contacts/{id}/reasons"));
    let form = form.fill("Keep a reason", text).fill("What it is", kind);
    app.alice.follow(&form.submit(&app.alice).await).await
}

#[tokio::test]
async fn a_reason_becomes_a_message_is_used_by_it_and_given_back_by_undo() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    keep(&app, id, "Something for them to read", "A study of orbits, https://journal.example/orbits").await;
    let page = keep(&app, id, "News of yours", "I start on Monday").await;
    assert_eq!(page.toast(), "Kept until you write to them.");
    assert_eq!(page.texts("nav[aria-label='Reasons to write'] a"), ["A study of orbits", "I start on Monday"]);
    let page = app.alice.get(&page.link("A study of orbits")).await.is(200).page();
    let form = page.form("form:has(#message)");
    assert_eq!(form.value("template"), "article");
    assert!(form.filled("Message").contains("thought of you: a study of orbits, https://journal.example/orbits"));
    assert!(page.has("nav[aria-label='Reasons to write'] a[aria-current=true]"));
    let page = follow(&app, form, "Mark as sent").await;
    assert_eq!(page.texts("[aria-label='Reasons kept'] .said"), ["I start on Monday"]);
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.texts("[aria-label='Reasons kept'] .said"), ["A study of orbits", "I start on Monday"]);

    let remove = page.form("form[action^='/reasons/']");
    let page = app.alice.follow(&remove.clone().submit(&app.alice).await).await;
    assert_eq!(page.texts("[aria-label='Reasons kept'] .said"), ["I start on Monday"]);
    remove.clone().forged().submit(&app.charlie).await.is(404);
    remove.forged().submit(&app.bob).await.is(403);
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!((page.toast().as_str(), page.texts("[aria-label='Reasons kept'] li").len()), ("It is back.", 2));
    for query in ["?reason=x", "?reason=0199aaaa-0000-7000-8000-000000000000"] {
        let page = app.alice.get(&format!("/contacts/{id}{query}")).await.is(200).page();
        assert!(!page.has("[name=reason]"), "{query}");
    }
}

#[tokio::test]
async fn a_reason_serves_its_own_contact_only() {
    let app = App::start().await;
    let (katherine, mary) =
        (in_touch(&app.alice, "Katherine Johnson").await, in_touch(&app.alice, "Mary Jackson").await);
    let page = keep(&app, katherine, "Something else", "The poem was read out").await;
    let reason = page.link("The poem was read out").split_once("reason=").unwrap().1.to_owned();
    record(&app.alice, mary, &[("kind", "wrote"), ("reason", &reason)]).await;
    assert!(show(&app.alice, katherine).await.says("The poem was read out"), "still kept");
    let page = app.alice.get(&format!("/contacts/{katherine}?reason={reason}")).await.is(200).page();
    let text = page.form("form:has(#message)").filled("Message").to_owned();
    assert!(text.contains("You came to mind. The poem was read out."), "{text}");
    let path = format!("/contacts/{katherine}/reasons");
    for (kind, text, label) in [
        ("article", "", "Keep a reason"),
        ("article", "https://a.example", "Keep a reason"),
        ("owl", "x", "What it is"),
    ] {
        let page = app.alice.post(&path, &[("kind", kind), ("text", text)]).await.is(422).page();
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    app.charlie.post(&path, &[("kind", "article"), ("text", "x")]).await.is(404);
    app.bob.post(&path, &[("kind", "article"), ("text", "x")]).await.is(403);
}

#[tokio::test]
async fn advice_they_gave_is_acted_on_in_one_press() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let talk = app.rows(&app.alice).interview(id, None).await;
    sqlx::query(
        "insert into insights (user_id, id, interview_id, contact_id, topic, text, created_at)
         select $1, gen_random_uuid(), $2, $3, topic, text, now()
         from (values ('advice', 'Show two real questions'), ('team', 'They work in pairs')) n (topic, text)",
    )
    .bind(app.alice.id)
    .bind(talk)
    .bind(id)
    .execute(&app.db)
    .await
    .unwrap();
    let page = show(&app.alice, id).await;
    let form = page.form("form[action*='/advice/']");
    assert_eq!(page.all("form[action*='/advice/']").len(), 1, "only advice is acted on");
    let page = app.alice.follow(&form.clone().submit(&app.alice).await).await;
    assert!(page.says("Their advice, which you acted on") && !page.has("form[action*='/advice/']"));
    form.clone().set("id", "").submit(&app.alice).await.to();
    assert_eq!(show(&app.alice, id).await.texts("[aria-label='Reasons kept'] li").len(), 1, "of one advice one reason");
    let chosen = app.alice.get(&page.link("Show two real questions")).await.is(200).page();
    let letter = chosen.form("form:has(#message)");
    assert_eq!(letter.value("template"), "advice_acted_on");
    assert_eq!(chosen.texts("#message-fill mark"), ["[what you did]"], "what came of it is yours to say");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.has("form[action*='/advice/']"), "it can be acted on again");
    form.clone().forged().submit(&app.charlie).await.is(404);
    form.forged().submit(&app.bob).await.is(403);
}

#[tokio::test]
async fn the_guard_says_how_fresh_the_last_word_is_and_blocks_nothing() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    let guard = show(&app.alice, id).await.text("#guard");
    assert_eq!(guard, "You wrote to Katherine 4 days ago. Unless you have a good reason, wait until 21 December.");
    record(&app.alice, id, &[("kind", "replied")]).await;
    assert!(show(&app.alice, id).await.text("#guard").starts_with("You and Katherine were in touch today."));
    let page = follow(&app, show(&app.alice, id).await.form("form:has(#message)"), "Mark as sent").await;
    assert!(page.toast().starts_with("Marked as sent."));
    app.alice.post(&format!("/contacts/{id}/rhythms"), &[("rhythm", "own"), ("rhythm_days", "2")]).await.to();
    app.pass(SignedDuration::from_hours(48));
    assert!(!show(&app.alice, id).await.has("#guard"), "the rhythm has come round");

    let other = app.alice.post("/contacts", &[("name", "Ada Byron")]).await.to();
    let ada = other["/contacts/".len()..].parse().unwrap();
    assert!(!show(&app.alice, ada).await.has("#guard"));
    record(&app.alice, ada, &[("kind", "asked")]).await;
    let page = show(&app.alice, ada).await;
    assert!(!page.has("#guard"), "said once");
    assert!(page.text(".next").contains("You asked for a talk today."), "{}", page.text(".next"));
}

#[tokio::test]
async fn how_they_answer_comes_from_the_dates() {
    let app = App::start().await;
    let id: ContactId =
        app.alice.post("/contacts", &[("name", "Ada Byron")]).await.to()["/contacts/".len()..].parse().unwrap();
    assert!(!show(&app.alice, id).await.says("Usually answers"));
    record(&app.alice, id, &[("kind", "requested"), ("on", "2026-11-06")]).await;
    assert!(show(&app.alice, id).await.says("Hasn't answered yet: 12 business days."));
    assert_eq!(show(&app.alice, id).await.text("[aria-labelledby=keeping] .tag"), "No reply");
    let late = TouchpointId::new().to_string();
    record(&app.alice, id, &[("kind", "accepted"), ("id", &late)]).await;
    let page = show(&app.alice, id).await;
    assert!(page.says("Usually answers within 12 business days."));
    assert_eq!(page.text("[aria-labelledby=keeping] .tag"), "Slow helper");
    app.alice.post(&format!("/contacts/{id}/touchpoints/{late}/undos"), &[]).await.to();
    record(&app.alice, id, &[("kind", "replied"), ("on", "2026-11-09")]).await;
    let page = show(&app.alice, id).await;
    assert!(page.says("Usually answers within a day."));
    assert_eq!(page.text("[aria-labelledby=keeping] .tag"), "Fast helper");
}

#[tokio::test]
async fn the_list_says_who_is_due_when_and_why() {
    let app = App::start().await;
    let empty = app.alice.get("/contacts/in-touch").await.is(200).page();
    assert!(empty.says("No one to keep in touch with yet"));
    let katherine = in_touch(&app.alice, "Katherine Johnson").await;
    let mary = in_touch(&app.alice, "Mary Jackson").await;
    let dorothy = in_touch(&app.alice, "Dorothy Vaughan").await;
    add_date(&app, mary, "Birthday", "26", "November", "").await;
    keep(&app, katherine, "News of yours", "I start on Monday").await;
    keep(&app, katherine, "Something for them to read", "A study").await;
    let form = show(&app.alice, dorothy).await.form_to(&format!("/contacts/{dorothy}/rhythms"));
    form.press("Not at all", &app.alice).await.to();
    let names = |page: &Page| page.texts("tbody th a");
    let page = app.alice.get("/contacts/in-touch").await.is(200).page();
    assert_eq!(page.text("h1"), "In touch with 3 people");
    assert_eq!(names(&page), ["Mary Jackson", "Katherine Johnson", "Dorothy Vaughan"]);
    assert!(page.says("Birthday") && page.says("every 30 days") && page.says("no rhythm"));
    assert!(page.says("I start on Monday and 1 more"));
    for (show, expected) in [
        ("due", vec![]),
        ("dates", vec!["Mary Jackson"]),
        ("reasons", vec!["Katherine Johnson"]),
        ("anything", vec!["Mary Jackson", "Katherine Johnson", "Dorothy Vaughan"]),
    ] {
        let page = app.alice.get(&format!("/contacts/in-touch?show={show}")).await.is(200).page();
        assert_eq!(names(&page), expected, "{show}");
    }
    assert_eq!(names(&app.bob.get("/contacts/in-touch").await.is(200).page()).len(), 3, "a coach sees it");
    assert!(app.charlie.get("/contacts/in-touch").await.is(200).page().says("No one to keep in touch with yet"));
    assert_eq!(app.alice.get("/contacts").await.is(200).page().link("In touch"), "/contacts/in-touch");
}

#[tokio::test]
async fn a_changed_interval_plans_with_the_dates() {
    let app = App::start().await;
    let id = in_touch(&app.alice, "Katherine Johnson").await;
    add_date(&app, id, "Birthday", "10", "December", "").await;
    app.alice.post("/settings/holidays", &[("days", "2026-12-10")]).await.to();
    let page = show(&app.alice, id).await;
    assert!(page.says("Birthday on 10 December"), "the day stays");
    assert_eq!(page.text(".next .tag"), "9 December", "a day off is written for the day before");
}
