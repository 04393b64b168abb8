//! One first approach at a time per company, the best second person there, and the ceilings.

use inroad::ids::ContactId;
use jiff::SignedDuration;

use crate::support::{App, Form, Page, Person};

async fn found(person: &Person, name: &str, company: &str, more: &[(&str, &str)]) -> ContactId {
    let fields = [&[("name", name), ("company", company)], more].concat();
    person.post("/contacts", &fields).await.to()["/contacts/".len()..].parse().unwrap()
}

async fn record(person: &Person, id: ContactId, kind: &str) {
    person.post(&format!("/contacts/{id}/touchpoints"), &[("kind", kind)]).await.to();
}

async fn show(person: &Person, id: ContactId) -> Page {
    person.get(&format!("/contacts/{id}")).await.is(200).page()
}

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
}

/// Whom the day's lines are about.
fn lines(page: &Page) -> Vec<String> {
    page.texts("li[data-row] > div:first-child > a")
}

/// Who waits, each with the reason.
fn waiting(page: &Page) -> Vec<String> {
    page.texts("details.fold li")
}

/// The form with a button of these words.
fn with_button(page: &Page, label: &str) -> Form {
    let found = page.forms().into_iter().find(|form| form.buttons.iter().any(|button| button.label == label));
    found.unwrap_or_else(|| panic!("no button '{label}'"))
}

async fn set_preference(app: &App, name: &str, value: i32) {
    let sql = "update users set preferences = preferences || jsonb_build_object($2::text, $3::int) where id = $1";
    sqlx::query(sql).bind(app.alice.id).bind(name).bind(value).execute(&app.db).await.unwrap();
}

/// A request with a note.
async fn send_note(person: &Person, id: ContactId, body: &str) {
    let fields = [("kind", "requested"), ("channel", "linkedin_note"), ("body", body)];
    person.post(&format!("/contacts/{id}/touchpoints"), &fields).await.to();
}

#[tokio::test]
async fn of_two_picked_at_one_company_only_the_better_stands_on_today() {
    let app = App::start().await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[("pick", "true")]).await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[("pick", "true"), ("closeness", "same_role")]).await;
    found(&app.alice, "Grace Hopper", "Globex", &[("pick", "true")]).await;
    let page = today(&app.alice).await;
    assert_eq!(page.text("h1"), "Two things today");
    let mut due = lines(&page);
    due.sort();
    assert_eq!(due, ["Ada Byron", "Grace Hopper"]);
    assert_eq!(waiting(&page), ["Kate Novak: Ada Byron at Acme is picked and comes first. One at a time."]);
    assert!(page.says("1 first message waits: Ada Byron at Acme is picked and comes first."));

    record(&app.alice, ada, "requested").await;
    let page = today(&app.alice).await;
    assert_eq!(lines(&page), ["Grace Hopper"]);
    let why = "Kate Novak: You wrote to Ada Byron at Acme today. One at a time: wait until Friday.";
    assert_eq!(waiting(&page), [why]);
    let page = show(&app.alice, kate).await;
    assert!(page.says("You wrote to Ada Byron there today. One at a time: wait until Friday. You may ask anyway."));
    with_button(&page, "Mark as sent").set("as_is", "yes").press("Mark as sent", &app.alice).await.to();
    assert!(show(&app.alice, kate).await.says("Connection request sent"), "the advice stops nobody");
}

#[tokio::test]
async fn whoever_waited_stands_on_today_when_the_wait_is_over() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    record(&app.alice, ada, "requested").await;
    found(&app.alice, "Kate Novak", "Acme", &[("pick", "true")]).await;
    assert!(lines(&today(&app.alice).await).is_empty());
    app.pass(SignedDuration::from_hours(72));
    assert!(lines(&today(&app.alice).await).contains(&"Kate Novak".to_owned()));
    assert!(waiting(&today(&app.alice).await).is_empty());
}

#[tokio::test]
async fn a_warm_answer_pauses_the_others_and_silence_does_not() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[]).await;
    for (kind, said) in [
        ("requested", "You wrote to Ada Byron there today."),
        ("accepted", "Ada Byron there is connected: a talk with them comes first."),
        ("asked", "You asked Ada Byron there for a talk today."),
        ("answered_yes", "Ada Byron there said yes; you are finding a time."),
        ("answered_in_writing", "Ada Byron there helped you; thanks come first."),
    ] {
        record(&app.alice, ada, kind).await;
        assert!(show(&app.alice, kate).await.says(said), "{kind}: {}", show(&app.alice, kate).await.text(".next"));
    }
    record(&app.alice, ada, "thanked").await;
    assert!(!show(&app.alice, kate).await.says("One at a time"));
}

#[tokio::test]
async fn the_best_second_person_is_asked_in_one_press_and_both_are_taken_back_in_one() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    record(&app.alice, ada, "requested").await;
    assert!(show(&app.alice, ada).await.says("You don't know anyone else to ask there yet."));
    found(&app.alice, "Ruth Stranger", "Acme", &[]).await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[("closeness", "same_role")]).await;
    let early = show(&app.alice, ada).await;
    assert!(early.says("Next there: Kate Novak") && early.says("Does the work you want."));
    assert!(
        !early.forms().iter().any(|form| form.action.ends_with("/second-people")),
        "the request may be answered yet"
    );

    app.pass(SignedDuration::from_hours(72));
    let page = show(&app.alice, ada).await;
    let form = page.form_to(&format!("/contacts/{ada}/second-people"));
    let answer = form.clone().press("Ask Kate as well", &app.alice).await;
    assert_eq!(answer.to(), format!("/contacts/{kate}"));
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Kate Novak is next there. It's in the history of Ada Byron, too.");
    assert_eq!(
        (page.text("#next"), page.text(".next .tag")),
        ("Next: send a connection request".into(), "today".into())
    );
    let first = show(&app.alice, ada).await;
    assert_eq!(first.text("#next"), "Next: try another way, or move on");
    assert_eq!(form.submit(&app.alice).await.to(), format!("/contacts/{kate}"), "twice is once");

    assert_eq!(page.undo().submit(&app.alice).await.to(), format!("/contacts/{ada}"));
    assert_eq!(show(&app.alice, ada).await.text("#next"), "Next: ask someone else there");
    assert!(show(&app.alice, kate).await.says("You haven't contacted them yet"), "both are taken back");
}

#[tokio::test]
async fn a_second_person_is_of_the_same_company_and_the_first_one_waits() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[]).await;
    let grace = found(&app.alice, "Grace Hopper", "Globex", &[]).await;
    let hers = found(&app.charlie, "Not Hers", "Acme", &[]).await;
    let ask =
        async |second: &str| app.alice.post(&format!("/contacts/{ada}/second-people"), &[("second", second)]).await;
    ask(&kate.to_string()).await.is(400);
    record(&app.alice, ada, "requested").await;
    for second in [grace, ada] {
        ask(&second.to_string()).await.is(400);
    }
    ask(&hers.to_string()).await.is(404);
    ask("nobody").await.is(400);
    let path = format!("/contacts/{ada}/second-people");
    app.bob.post(&path, &[("second", &kate.to_string())]).await.is(403);
    app.charlie.post(&path, &[("second", &hers.to_string())]).await.is(404);
    assert_eq!(show(&app.alice, ada).await.text("#next"), "Next: ask someone else there");
}

#[tokio::test]
async fn once_anybody_else_there_was_asked_nobody_third_is_proposed() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    record(&app.alice, ada, "requested").await;
    app.pass(SignedDuration::from_hours(72));
    let kate = found(&app.alice, "Kate Novak", "Acme", &[]).await;
    found(&app.alice, "Ruth Stranger", "Acme", &[]).await;
    let before = show(&app.alice, ada).await;
    assert!(before.says("Next there:"), "{}", before.text(".next"));

    let asked = app.alice.post(&format!("/contacts/{kate}/touchpoints"), &[("kind", "requested")]).await;
    let asked = app.alice.follow(&asked).await;
    let page = show(&app.alice, ada).await;
    assert_eq!(page.text("#next"), "Next: try another way, or move on");
    assert!(!page.says("Next there:"), "{}", page.text(".next"));

    asked.undo().submit(&app.alice).await.to();
    let page = show(&app.alice, ada).await;
    assert_eq!(page.text("#next"), "Next: ask someone else there");
    assert!(page.says("Next there:"), "{}", page.text(".next"));
}

#[tokio::test]
async fn while_somebody_there_answers_there_is_no_second_to_ask() {
    let app = App::start().await;
    let ada = found(&app.alice, "Ada Byron", "Acme", &[]).await;
    record(&app.alice, ada, "requested").await;
    app.pass(SignedDuration::from_hours(72));
    let kate = found(&app.alice, "Kate Novak", "Acme", &[]).await;
    found(&app.alice, "Ruth Stranger", "Acme", &[]).await;
    record(&app.alice, kate, "answered_yes").await;
    let page = show(&app.alice, ada).await;
    assert!(
        page.says("Kate Novak there said yes; you are finding a time. One at a time: wait until Wednesday."),
        "{}",
        page.text(".next")
    );
    assert!(!page.says("Next there:"));
}

#[tokio::test]
async fn notes_left_are_said_and_at_the_ceiling_the_way_around() {
    let app = App::start().await;
    set_preference(&app, "notes_a_month", 2).await;
    let kate = found(&app.alice, "Kate Novak", "Acme", &[("profile", "https://www.linkedin.com/in/kate")]).await;
    assert!(show(&app.alice, kate).await.says("2 of 2 notes this month are left."));
    let ada = found(&app.alice, "Ada Byron", "Globex", &[]).await;
    send_note(&app.alice, ada, "May I connect?").await;
    assert!(show(&app.alice, kate).await.says("1 of 2 notes this month is left."));
    let grace = found(&app.alice, "Grace Hopper", "Initech", &[]).await;
    record(&app.alice, grace, "requested").await;
    assert!(show(&app.alice, kate).await.says("1 of 2 notes this month is left."), "one without words is no note");
    let last = found(&app.alice, "Mary Jackson", "Hooli", &[]).await;
    send_note(&app.alice, last, "May I connect?").await;
    let page = show(&app.alice, kate).await;
    assert!(
        page.says("All 2 notes of this month are used. More are free on 1 December. Send the request without a note")
    );
    let email = found(
        &app.alice,
        "Ida Rhodes",
        "Umbrella",
        &[("email", "ida@example.org"), ("profile", "linkedin.com/in/ida")],
    );
    let email = show(&app.alice, email.await).await.link("write an e-mail instead");
    let by_email = app.alice.get(&email).await.page();
    assert!(by_email.says("Subject") && !by_email.says("notes of this month"));
    with_button(&page, "Sent without a note").press("Sent without a note", &app.alice).await.to();
    let undo = show(&app.alice, last).await;
    let line = undo.forms().into_iter().find(|form| form.action.ends_with("/undos")).unwrap();
    line.submit(&app.alice).await.to();
    assert!(show(&app.alice, last).await.says("1 of 2 notes this month is left."), "what is taken back does not count");
    app.pass(SignedDuration::from_hours(24 * 8));
    assert!(show(&app.alice, last).await.says("2 of 2 notes this month are left."), "a new month");
}

#[tokio::test]
async fn at_the_weeks_ceiling_requests_wait_until_monday() {
    let app = App::start().await;
    set_preference(&app, "requests_a_week", 2).await;
    for (nr, company) in ["Acme", "Globex", "Initech"].into_iter().enumerate() {
        found(&app.alice, &format!("Person {nr}"), company, &[("pick", "true")]).await;
    }
    let page = today(&app.alice).await;
    assert_eq!(lines(&page).len(), 2, "no more than are left");
    assert!(waiting(&page)[0].ends_with("The requests above are the last of this week. The next is free on Monday."));
    assert!(page.text("aside").contains("2 of 2 requests this week are left."));
    for nr in 0..2 {
        let sent = found(&app.alice, &format!("Sent {nr}"), &format!("Sent {nr}"), &[]).await;
        record(&app.alice, sent, "requested").await;
    }
    let page = today(&app.alice).await;
    assert!(lines(&page).is_empty());
    for step in ["role", "companies", "import", "request"] {
        app.alice.post("/first-steps/skips", &[("step", step)]).await.to();
    }
    let page = today(&app.alice).await;
    assert!(page.says("Done for today"));
    assert_eq!(page.link("Pick people for this week"), "/contacts/suggestions");
    assert_eq!(waiting(&page).len(), 3);
    let said = "All 2 requests of this week are sent. The next is free on Monday.";
    assert!(page.says(said));
    let held = found(&app.alice, "Kate Novak", "Hooli", &[]).await;
    let card = show(&app.alice, held).await;
    assert!(card.says(said));
    with_button(&card, "Mark as sent").set("as_is", "yes").press("Mark as sent", &app.alice).await.to();
    app.pass(SignedDuration::from_hours(24 * 6));
    assert_eq!(lines(&today(&app.alice).await).iter().filter(|name| name.starts_with("Person")).count(), 2);
}

#[tokio::test]
async fn a_strangers_people_hold_nobody_back() {
    let app = App::start().await;
    let hers = found(&app.charlie, "Not Hers", "Acme", &[]).await;
    for _ in 0..3 {
        record(&app.charlie, hers, "requested").await;
    }
    found(&app.alice, "Kate Novak", "Acme", &[("pick", "true")]).await;
    assert_eq!(lines(&today(&app.alice).await), ["Kate Novak"]);
    assert_eq!(lines(&today(&app.bob).await), ["Kate Novak"]);
    assert!(waiting(&today(&app.alice).await).is_empty());
}
