//! The library: templates looked at, made one's own, changed without losing what was counted, tried on a contact.

use inroad::ids::{ContactId, TemplateId};
use jiff::SignedDuration;

use crate::support::{Answer, App, Form, Page, Person};

async fn library(person: &Person, query: &str) -> Page {
    person.get(&format!("/library{query}")).await.is(200).page()
}

async fn editor(person: &Person, path: &str) -> Form {
    person.get(path).await.is(200).page().form("form:has(#f-body)")
}

/// Makes a template of this person's own and returns its address.
async fn write(person: &Person, name: &str, moment: &str, body: &str) -> String {
    let form = editor(person, &format!("/library/new?moment={moment}")).await;
    form.fill("Name", name).fill("Text", body).press("Save the template", person).await.to()
}

fn id_of(address: &str) -> TemplateId {
    address["/templates/".len()..].parse().unwrap()
}

/// A message of this template's wording, sent to someone that many days after today, and answered or not.
async fn sent(app: &App, contact: ContactId, template: &str, wording: i32, answered: bool) {
    let sql = "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at, template, template_version)
         values ($1, $2, $3, $4, $5, '2026-11-24', now(), now(), $6, $7)";
    let insert = async |kind: &str, direction: &str, template: Option<&str>, wording: Option<i32>| {
        sqlx::query(sql)
            .bind(app.alice.id)
            .bind(uuid::Uuid::now_v7())
            .bind(contact)
            .bind(kind)
            .bind(direction)
            .bind(template)
            .bind(wording)
            .execute(&app.db)
            .await
            .unwrap();
    };
    insert("asked", "out", Some(template), Some(wording)).await;
    if answered {
        insert("answered_yes", "in", None, None).await;
    }
}

async fn wordings(app: &App, id: TemplateId) -> Vec<(i32, String)> {
    let sql = "select number, body from template_versions where user_id = $1 and template_id = $2 order by number";
    sqlx::query_as(sql).bind(app.alice.id).bind(id).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn every_moment_shows_what_comes_with_inroad_and_ones_own_beside_it() {
    let app = App::start().await;
    let page = library(&app.alice, "").await;
    assert!(page.text("h1").ends_with("none of them yours"), "{}", page.text("h1"));
    assert!(
        page.text("#request").contains("Note to someone new")
            && page.text("#remind_promise").contains("Gentle reminder")
    );
    let address = write(&app.alice, "My own thanks", "thank", "Thank you, {first_name}.").await;
    let page = library(&app.alice, "").await;
    assert!(page.text("h1").ends_with(", 1 of them yours"));
    assert_eq!(page.texts("#thank b")[..2], ["My own thanks", "Thank-you"], "ones own come first");
    assert_eq!(page.link("My own thanks"), address);
    assert!(!app.charlie.get("/library").await.is(200).page().says("My own thanks"));
    assert!(app.bob.get("/library").await.is(200).page().says("My own thanks"), "a coach may look");
}

#[tokio::test]
async fn the_list_is_searched_and_filtered() {
    let app = App::start().await;
    let names = async |query: &str| library(&app.alice, query).await.texts(".rows b");
    assert!(names("?q=thank-you").await.contains(&"Thank-you".to_owned()));
    let notes = names("?moment=request&channel=linkedin_note&warmth=same_school").await;
    assert_eq!(notes, ["Note to someone from your school", "Longer note to someone from your school"]);
    let page = library(&app.alice, "?q=no+such+words").await;
    assert!(page.says("No template is like that.") && page.texts(".rows b").is_empty());
    assert!(names("?moment=lunch").await.is_empty());
    for name in ["Zuletzt", "Österreich", "Élan", "bald"] {
        write(&app.alice, name, "thank", "Thank you.").await;
    }
    assert_eq!(names("?moment=thank").await[..4], ["bald", "Élan", "Österreich", "Zuletzt"], "by their letters");
}

#[tokio::test]
async fn what_comes_with_inroad_is_looked_at_and_made_ones_own() {
    let app = App::start().await;
    let page = app.alice.get("/library/new?from=thank_you_short").await.is(200).page();
    assert_eq!(page.text("h1"), "Thank-you, with nothing promised");
    assert!(
        page.text("#preview").contains("Hello Katherine, Thank you for talking with me yesterday."),
        "filled with typical words"
    );
    let form = page.form("form:has(#f-body)").fill("Name", "Thanks, my way");
    let answer = form.press("Make it mine", &app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.text("h1"), "Thanks, my way");
    assert!(page.toast().starts_with("Saved."));
    let kept = wordings(&app, id_of(&answer.to())).await;
    assert!(kept.len() == 1 && kept[0].1.starts_with("Hello {first_name},"), "{kept:?}");
    app.alice.get("/library/new?from=no_such_key").await.is(404);
    app.charlie.get(&answer.to()).await.is(404);
}

#[tokio::test]
async fn words_that_were_sent_are_kept_and_others_are_overwritten() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let address = write(&app.alice, "Mine", "ask_for_talk", "One?").await;
    let id = id_of(&address);
    let save = async |text: &str| {
        let form = editor(&app.alice, &address).await;
        let answer = form.fill("Text", text).press("Save", &app.alice).await;
        app.alice.follow(&answer).await.toast()
    };
    assert_eq!(save("Two?").await, "Saved.");
    assert_eq!(wordings(&app, id).await, [(1, "Two?".to_owned())], "nothing was sent with the first words");
    sent(&app, contact, &id.to_string(), 1, true).await;
    assert_eq!(save("Two?").await, "Saved.", "the same words make no new wording");
    assert_eq!(save("Three?").await, "Saved as wording 2. Earlier wordings keep their own count.");
    assert_eq!(wordings(&app, id).await, [(1, "Two?".to_owned()), (2, "Three?".to_owned())]);
    assert_eq!(save("Four?").await, "Saved as wording 2. Earlier wordings keep their own count.");
    assert_eq!(wordings(&app, id).await.len(), 2);
    let page = app.alice.get(&address).await.page();
    let counts = page.texts(".rows li .acts small");
    assert_eq!(counts, ["Not sent yet", "Sent 1, 1 answered"]);
    assert!(page.says("Four?") && page.says("Two?"));
}

#[tokio::test]
async fn a_share_of_answers_waits_for_five() {
    let app = App::start().await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    for nr in 0..4 {
        sent(&app, contact, "talk_stranger", 1, nr % 2 == 0).await;
    }
    let counted = async || {
        let page = library(&app.alice, "?moment=ask_for_talk&warmth=stranger").await;
        page.texts(".rows li .acts small").into_iter().find(|text| !text.is_empty()).unwrap()
    };
    assert_eq!(counted().await, "Sent 4, 2 answered");
    sent(&app, contact, "talk_stranger", 1, true).await;
    assert_eq!(counted().await, "Sent 5, 3 answered (60 %)");
    // What was taken back was never sent.
    app.pass(SignedDuration::from_mins(1));
    let line: uuid::Uuid =
        sqlx::query_scalar("select min(id::text)::uuid from touchpoints where user_id = $1 and template is not null")
            .bind(app.alice.id)
            .fetch_one(&app.db)
            .await
            .unwrap();
    app.alice.post(&format!("/contacts/{contact}/touchpoints/{line}/undos"), &[]).await.to();
    assert_eq!(counted().await, "Sent 4, 2 answered");
}

#[tokio::test]
async fn it_shows_what_was_wrong() {
    let app = App::start().await;
    let form = editor(&app.alice, "/library/new?moment=thank").await;
    let answer = form
        .fill("Name", " ")
        .fill("Text", "Hello {frist_name}")
        .fill("Subject", "{x}{{company}}")
        .press("Save the template", &app.alice)
        .await;
    let page = answer.is(422).page();
    assert_eq!(page.error_of("Name"), "Enter something here");
    let error = page.error_of("Text");
    assert!(error.contains("no placeholder {frist_name}") && error.contains("{first_name}"), "{error}");
    assert!(page.error_of("Subject").contains("no placeholder {x}"));
    assert_eq!(page.form("form:has(#f-body)").filled("Text"), "Hello {frist_name}", "what was typed stays");
    let none = [("name", "x"), ("moment", "thank"), ("body", "Hello"), ("warmths", "stranger")];
    let page = app.alice.post("/templates", &none).await.is(422).page();
    assert!(page.says("Choose at least one way to send it"));
    let odd = [("name", "x"), ("moment", "lunch"), ("body", "Hello"), ("channels", "owl")];
    app.alice.post("/templates", &odd).await.is(422);
    // A name is told apart within its moment.
    write(&app.alice, "Mine", "thank", "Hello").await;
    let form = editor(&app.alice, "/library/new?moment=thank").await;
    let page = form.fill("Name", "MINE").fill("Text", "Hi").press("Save the template", &app.alice).await.is(422).page();
    assert!(page.error_of("Name").contains("already"));
    write(&app.alice, "Mine", "follow_up", "Hello").await;
}

#[tokio::test]
async fn two_saves_do_not_overwrite() {
    let app = App::start().await;
    let address = write(&app.alice, "Mine", "thank", "First").await;
    let (one, two) = (editor(&app.alice, &address).await, editor(&app.alice, &address).await);
    one.fill("Text", "Second").press("Save", &app.alice).await.to();
    let page = two.fill("Text", "Third").press("Save", &app.alice).await.is(409).page();
    assert!(page.says("Second") && page.says("Third"));
    page.form("form:has(#f-body)").press("Save", &app.alice).await.to();
    assert_eq!(wordings(&app, id_of(&address)).await, [(1, "Third".to_owned())]);
}

#[tokio::test]
async fn it_goes_into_the_bin_and_comes_back() {
    let app = App::start().await;
    let address = write(&app.alice, "Mine", "thank", "Hello").await;
    let answer = app.alice.post(&format!("{address}/deletions"), &[]).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "'Mine' is in the bin.");
    app.alice.get(&address).await.is(404);
    assert!(app.alice.get("/bin").await.page().says("Mine"));
    // Its name may be taken meanwhile.
    let other = write(&app.alice, "Mine", "thank", "Hello").await;
    let refused = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert!(refused.toast().contains("Another template has its name"));
    app.alice.post(&format!("{other}/deletions"), &[]).await.to();
    let back = page.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&back).await.toast(), "'Mine' is back.");
    app.charlie.post(&format!("{address}/deletions"), &[]).await.is(404);
}

async fn try_on(form: Form, who: &str, person: &Person) -> Answer {
    form.fill("Name", "Tried").set("who", who).set("preview", "yes").submit(person).await
}

#[tokio::test]
async fn it_is_tried_on_a_real_contact_and_saves_nothing() {
    let app = App::start().await;
    let company = app.alice.company("Orbital Works").await;
    app.rows(&app.alice).contact("Grace Hopper", Some(company)).await;
    let graham = app.rows(&app.alice).contact("Graham Bell", None).await;
    app.rows(&app.charlie).contact("Gracious Charlie", None).await;
    let form = editor(&app.alice, "/library/new?moment=request").await;
    let form = form.fill("Text", "Hello {first_name} of {company}, {why_you}. May I connect?");
    let page = try_on(form.clone(), "gra", &app.alice).await.is(200).page();
    assert!(page.text("#preview h2").contains("Grace Hopper"));
    assert!(
        page.text("#preview .said").starts_with("Hello Grace of Orbital Works, [why them]."),
        "{}",
        page.text("#preview .said")
    );
    assert_eq!(page.texts("#preview mark"), ["[why them]"]);
    assert!(page.says("You will be asked for: why them.") && page.text("#preview dl").contains("of 200 characters"));
    assert!(page.says("Graham Bell") && !page.says("Gracious"));
    // Another of the same name is chosen, and what was typed stays.
    let again = page.form("form:has(#f-body)");
    assert_eq!(again.filled("Text"), "Hello {first_name} of {company}, {why_you}. May I connect?");
    let page = try_on(again.set("contact", &graham.to_string()), "gra", &app.alice).await.is(200).page();
    assert!(page.text("#preview .said").starts_with("Hello Graham of [company]"), "{}", page.text("#preview .said"));
    let page = try_on(form, "nobody of that name", &app.alice).await.is(422).page();
    assert_eq!(page.error_of("Name"), "", "only the search found nobody");
    assert!(page.says("No contact of this name"));
    let kept: i64 = sqlx::query_scalar("select count(*) from templates").fetch_one(&app.db).await.unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn advice_is_given_and_never_blocks() {
    let app = App::start().await;
    let form = editor(&app.alice, "/library/new?moment=request").await;
    let form = form.fill("Name", "Plea").fill("Text", "I need a job. Please help.");
    let page = form.clone().set("preview", "yes").submit(&app.alice).await.is(200).page();
    assert!(page.says("Leave out 'job'") && page.says("End with a question"));
    form.press("Save the template", &app.alice).await.to();
}

#[tokio::test]
async fn every_channel_and_every_warmth_can_be_kept() {
    use inroad::playbook::message::{built_in::Moment, channel::Channel};
    use inroad::playbook::warmth::Warmth;
    let app = App::start().await;
    for moment in Moment::ALL {
        let mut fields = vec![("name", "All"), ("moment", moment.as_str()), ("body", "Hello")];
        fields.extend(Channel::ALL.iter().map(|channel| ("channels", channel.as_str())));
        fields.extend(Warmth::ALL.iter().map(|warmth| ("warmths", warmth.as_str())));
        app.alice.post("/templates", &fields).await.to();
    }
}
