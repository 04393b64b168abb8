//! What they answered, one press each: on the contact's card and in Today's menu; and whom they named instead.

use inroad::ids::{ContactId, TouchpointId};

use crate::support::{App, Form, Page, Person};

async fn add(person: &Person, name: &str, company: &str) -> ContactId {
    let fields = [("name", name), ("company", company)];
    person.post("/contacts", &fields).await.to()["/contacts/".len()..].parse().unwrap()
}

/// Someone who was asked for a talk a while ago, so that the follow-up is due.
async fn asked(app: &App) -> ContactId {
    let id = add(&app.alice, "Katherine Johnson", "Orbital Works").await;
    record(&app.alice, id, &[("kind", "asked"), ("on", "2026-11-16")]).await;
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

async fn press(person: &Person, path: &str, label: &str) -> Page {
    let page = person.get(path).await.is(200).page();
    let answer = with_button(&page, label).press(label, person).await;
    person.follow(&answer).await
}

#[tokio::test]
async fn each_answer_leads_to_its_step_says_so_and_is_taken_back() {
    let app = App::start().await;
    for (label, toast, heading) in [
        ("They said yes", "Noted: they said yes. Next: agree on a time, today.", "Next: agree on a time"),
        (
            "They said no",
            "Noted: they said no. A short thank-you is ready on their page. There is no next step.",
            "Nothing to do",
        ),
        (
            "In two weeks, 8 December",
            "Noted: they said later. Next: ask for a talk, on Tuesday 8 December.",
            "Next: ask for a talk",
        ),
        (
            "In three months, 24 February 2027",
            "Noted: they said later. Next: ask for a talk, on Wednesday 24 February 2027.",
            "Next: ask for a talk",
        ),
    ] {
        let id = asked(&app).await;
        let before = show(&app.alice, id).await.text("#next");
        let page = press(&app.alice, &format!("/contacts/{id}"), label).await;
        assert_eq!((page.toast().as_str(), page.text("#next").as_str()), (toast, heading));
        let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
        assert_eq!(page.text("#next"), before, "{label}");
    }
}

#[tokio::test]
async fn an_accepted_request_is_one_press_with_a_key() {
    let app = App::start().await;
    let id = add(&app.alice, "Katherine Johnson", "Orbital Works").await;
    record(&app.alice, id, &[("kind", "requested")]).await;
    let page = show(&app.alice, id).await;
    assert_eq!(page.texts("[data-key=y]"), ["They accepted"]);
    let group = "[aria-label='What they answered'] button";
    assert_eq!(page.texts(group)[..3], ["They accepted", "They said yes", "They said no"]);
    assert_eq!(page.texts(group).iter().filter(|label| *label == "They accepted").count(), 1, "offered once");
    let page = press(&app.alice, &format!("/contacts/{id}"), "They accepted").await;
    assert_eq!(page.text("#next"), "Next: ask for a talk");
    assert!(!page.has("[data-key=y]"), "nobody was asked");
    assert!(page.all("#keys kbd").iter().any(|key| key.text().collect::<String>() == "y"), "the list of keys names it");
}

#[tokio::test]
async fn todays_lines_take_answers_and_lead_back_to_today() {
    let app = App::start().await;
    let id = asked(&app).await;
    let page = press(&app.alice, "/", "They said yes").await;
    assert_eq!(page.toast(), "Noted: they said yes. Next: agree on a time, today.");
    assert!(page.says("Agree on a time with"), "back on today's list, with the next step");
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.says("Follow up with") || page.says("Second follow-up to"));
    assert_eq!(page.link("They suggested someone else"), format!("/contacts/{id}/sent-on?back=%2F"));
    let page = press(&app.alice, "/", "Next month, 24 December").await;
    assert!(!page.says("Katherine Johnson"), "off the list until then");
    assert!(!app.bob.get("/").await.is(200).page().has("form[action$='/touchpoints'] [name=until]"), "nothing is due");
}

#[tokio::test]
async fn a_no_is_answered_with_a_line_of_thanks_once() {
    let app = App::start().await;
    let id = asked(&app).await;
    let page = press(&app.alice, &format!("/contacts/{id}"), "They said no").await;
    let form = page.form("form:has(#message)");
    assert_eq!(
        form.filled("A line of thanks"),
        "Thank you for telling me, Katherine. I understand, and I wish you all the best."
    );
    let page = app.alice.follow(&form.press("Mark as sent", &app.alice).await).await;
    assert_eq!(page.toast(), "Marked as sent. There is no next step.");
    assert!(!page.has("#message") && page.says("Thank you for telling me, Katherine."));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(page.has("#message"), "taken back, it is offered again");
}

#[tokio::test]
async fn whom_they_named_becomes_a_contact_and_both_are_taken_back_together() {
    let app = App::start().await;
    let id = asked(&app).await;
    let page = show(&app.alice, id).await;
    assert_eq!(page.link("They suggested someone else"), format!("/contacts/{id}/sent-on"));
    let page = app.alice.get(&format!("/contacts/{id}/sent-on")).await.is(200).page();
    let form = page.form_to(&format!("/contacts/{id}/sent-on"));
    assert_eq!(form.filled("Company"), "Orbital Works");
    let form = form
        .fill("Name", "Mary Jackson")
        .fill("Job title", "Engineer")
        .fill("Profile address", "https://www.linkedin.com/in/maryj");
    let page = app.alice.follow(&form.clone().submit(&app.alice).await).await;
    assert_eq!(
        page.toast(),
        "Noted: Katherine named Mary Jackson, who is now in your contacts. With Katherine: next: thank them, on \
         Wednesday 25 November."
    );
    assert_eq!(page.text("#next"), "Next: thank them");
    assert!(page.says("Named Mary Jackson."));
    let mary = show(&app.alice, page.link("Mary Jackson")["/contacts/".len()..].parse().unwrap()).await;
    assert!(mary.says("Katherine Johnson can introduce you") && mary.says("Engineer, Orbital Works"));
    assert_eq!(
        (mary.text("#next"), mary.text(".next .tag")),
        ("Next: ask Katherine Johnson to introduce you".into(), "today".into()),
        "whoever is known to introduce them comes first"
    );

    assert_eq!(form.clone().submit(&app.alice).await.to(), format!("/contacts/{id}"), "sent twice, it counts once");
    assert_eq!(app.alice.get("/contacts?q=Mary").await.is(200).page().texts("tbody tr").len(), 1);

    let undo = page.undo();
    let page = app.alice.follow(&undo.clone().submit(&app.alice).await).await;
    assert!(page.toast().starts_with("Undone. Mary Jackson is in the bin."), "{}", page.toast());
    assert!(page.text("#next").contains("ollow up"), "{}", page.text("#next"));
    assert!(!app.alice.get("/contacts?q=Mary").await.is(200).page().has("tbody tr"));
    assert_eq!(undo.clone().submit(&app.alice).await.to(), format!("/contacts/{id}"), "taken back already");
    for (person, status) in [(&app.charlie, 404), (&app.bob, 403)] {
        undo.clone().forged().submit(person).await.is(status);
        form.clone().forged().submit(person).await.is(status);
    }
}

#[tokio::test]
async fn the_form_of_whom_they_named_says_what_is_wrong() {
    let app = App::start().await;
    let id = asked(&app).await;
    let known = [("name", "Ada Byron"), ("profile", "https://www.linkedin.com/in/ada")];
    app.alice.post("/contacts", &known).await.to();
    let path = format!("/contacts/{id}/sent-on");
    let form = app.alice.get(&format!("{path}?back=/companies")).await.is(200).page().form_to(&path);
    let page = form.clone().submit(&app.alice).await.is(422).page();
    assert!(!page.error_of("Name").is_empty());
    let form = form.fill("Name", "Ada").fill("Company", "Analytical Engines");
    let taken = form.clone().fill("Profile address", "https://linkedin.com/in/ada/");
    let page = taken.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Profile address"), "This is the profile of Ada Byron, who is in your contacts");
    assert!(!app.alice.get("/companies").await.is(200).page().says("Analytical Engines"), "nothing is added by halves");
    assert_eq!(show(&app.alice, id).await.texts(".timeline > li").len(), 2);
    assert_eq!(form.submit(&app.alice).await.to(), "/companies");
    assert!(app.alice.get("/companies").await.is(200).page().says("Analytical Engines"));
    app.alice.get("/contacts/0199aaaa-0000-7000-8000-000000000000/sent-on").await.is(404);
    app.alice.post(&path, &[("name", "Ada"), ("id", "x")]).await.is(400);
}

#[tokio::test]
async fn only_what_named_somebody_is_taken_back_so() {
    let app = App::start().await;
    let id = asked(&app).await;
    let touchpoint = TouchpointId::new().to_string();
    record(&app.alice, id, &[("kind", "met"), ("id", &touchpoint)]).await;
    app.alice.post(&format!("/contacts/{id}/sent-on/{touchpoint}/undos"), &[]).await.is(404);
    let unnamed = TouchpointId::new().to_string();
    record(&app.alice, id, &[("kind", "sent_on"), ("id", &unnamed)]).await;
    let answer = app.alice.post(&format!("/contacts/{id}/sent-on/{unnamed}/undos"), &[]).await;
    let page = app.alice.follow(&answer).await;
    assert!(page.toast().starts_with("Undone. Next: "), "{}", page.toast());
}
