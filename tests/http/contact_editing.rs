//! Changing a contact, the bin, and out of it again.

use inroad::ids::ContactId;

use crate::support::{App, Form, Person};

async fn empty_form(person: &Person) -> Form {
    person.get("/contacts/new").await.is(200).page().form_to("/contacts")
}

fn id_in(address: &str) -> ContactId {
    address.strip_prefix("/contacts/").unwrap_or_else(|| panic!("{address}")).parse().unwrap()
}

/// Adds a contact through the form.
async fn add(person: &Person, name: &str, company: &str) -> ContactId {
    let form = empty_form(person).await.fill("Name", name).fill("Company", company);
    id_in(&form.submit(person).await.to())
}

async fn edit_form(person: &Person, id: ContactId) -> Form {
    let address = format!("/contacts/{id}");
    person.get(&format!("{address}/edit")).await.is(200).page().form_to(&address)
}

#[tokio::test]
async fn editing_saves_what_was_typed_and_says_what_was_wrong() {
    let app = App::start().await;
    let id = add(&app.alice, "Kate", "Acme").await;
    add(&app.alice, "Mary Jackson", "").await;
    let page = edit_form(&app.alice, id)
        .await
        .fill("Name", "")
        .fill("Their time zone", "Mars/Olympus")
        .fill("How often to write once you have talked", "own")
        .fill("Days", "0")
        .fill("Keep until", "soon")
        .fill("Notes", "Kept")
        .submit(&app.alice)
        .await
        .is(422)
        .page();
    for label in ["Name", "Their time zone", "Days", "Keep until"] {
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    assert_eq!(page.form_to(&format!("/contacts/{id}")).filled("Notes"), "Kept");
    app.alice.post(&format!("/contacts/{id}"), &[("name", "K"), ("introduced_by", &id.to_string())]).await.is(422);

    let saved = edit_form(&app.alice, id)
        .await
        .fill("Name", "Katherine Johnson")
        .fill("Company", "Orbital Works")
        .fill("Phone", "+1 (757) 555-0100")
        .fill("Place", "Hampton")
        .fill("Their time zone", "America/New_York")
        .fill("How do you know them?", "Can be introduced")
        .fill("Who can introduce you, or did", "mary")
        .fill("Notes", "First line\nsecond line")
        .tick("Their profile is active")
        .submit(&app.alice)
        .await;
    let page = app.alice.follow(&saved).await;
    assert_eq!((page.text("h1"), page.toast()), ("Katherine Johnson".into(), "Saved.".into()));
    for said in [
        "Hampton",
        "04:00 there, 5 hours behind you",
        "Mary Jackson can introduce you",
        "A live profile",
        "First line second line",
    ] {
        assert!(page.says(said), "{said}");
    }
    assert_eq!(page.link("Call"), "tel:+17575550100");
    assert!(page.link("Orbital Works").starts_with("/companies/"));
}

#[tokio::test]
async fn pronouns_are_shown_and_said_where_a_message_speaks_of_them() {
    let app = App::start().await;
    let mary = add(&app.alice, "Mary Jackson", "").await;
    let kate = add(&app.alice, "Kate Miller", "Acme").await;
    let page = edit_form(&app.alice, kate).await.fill("Pronouns", &"she/her ".repeat(7)).submit(&app.alice).await;
    assert!(!page.is(422).page().error_of("Pronouns").is_empty());
    let page = app.alice.get(&format!("/introductions/new?introducer={mary}&introduced={kate}")).await.is(200).page();
    let path = page.form_to("/introductions").press("Add, and see the message", &app.alice).await.to();
    let mut seen = Vec::new();
    for pronouns in ["", "she/her", "they/them", "xe/xem"] {
        edit_form(&app.alice, kate).await.fill("Pronouns", pronouns).submit(&app.alice).await.to();
        for page in ["/contacts".to_owned(), format!("/contacts/{kate}")] {
            let said = app.alice.get(&page).await.page().text("main");
            assert!(said.contains(format!("Kate Miller {pronouns}").trim()), "{page}: {said}");
        }
        let message = app.alice.get(&path).await.page().form_to(&format!("{path}/asks")).filled("Message").to_owned();
        let (_, asks) = message.split_once("would like to ask ").unwrap();
        seen.push(asks.split_whitespace().next().unwrap().to_owned());
    }
    assert_eq!(seen, ["Kate", "her", "them", "Kate"]);
}

#[tokio::test]
async fn a_rhythm_moves_the_day_to_write() {
    let app = App::start().await;
    let id = add(&app.alice, "Kate", "").await;
    for kind in ["answered_in_writing", "thanked"] {
        app.alice.post(&format!("/contacts/{id}/touchpoints"), &[("kind", kind)]).await.to();
    }
    let due = || async { app.alice.get(&format!("/contacts/{id}")).await.page().text(".next .tag") };
    assert_eq!(due().await, "24 December");
    let rhythm = "How often to write once you have talked";
    edit_form(&app.alice, id).await.fill(rhythm, "own").fill("Days", "10").submit(&app.alice).await.to();
    assert_eq!(due().await, "4 December");
    edit_form(&app.alice, id).await.fill(rhythm, "never").submit(&app.alice).await.to();
    assert_eq!(due().await, "");
}

#[tokio::test]
async fn a_profile_of_another_is_refused_when_editing() {
    let app = App::start().await;
    let profile = "https://www.linkedin.com/in/kjohnson";
    empty_form(&app.alice).await.fill("Name", "Kate").fill("Profile address", profile).submit(&app.alice).await.to();
    let id = add(&app.alice, "Ada", "").await;
    let page = edit_form(&app.alice, id).await.fill("Profile address", profile).submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Profile address"), "This is the profile of Kate");
}

#[tokio::test]
async fn two_saves_do_not_overwrite_each_other() {
    let app = App::start().await;
    let id = add(&app.alice, "Kate", "").await;
    let (first, second) = (edit_form(&app.alice, id).await, edit_form(&app.alice, id).await);
    first.fill("Notes", "from the first tab").submit(&app.alice).await.to();
    let page = second.fill("Notes", "from the second tab").submit(&app.alice).await.is(409).page();
    assert!(page.says("from the first tab") && page.says("from the second tab"), "both texts are shown");
    page.form_to(&format!("/contacts/{id}")).submit(&app.alice).await.to();
    assert!(app.alice.get(&format!("/contacts/{id}")).await.page().says("from the second tab"), "saving again decides");
}

#[tokio::test]
async fn a_deleted_contact_comes_back_by_undo() {
    let app = App::start().await;
    let id = add(&app.alice, "Kate", "Acme").await;
    let page = app.alice.get(&format!("/contacts/{id}/edit")).await.page();
    let answer = page.form_to(&format!("/contacts/{id}/deletions")).submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Kate is in the bin.");
    app.alice.get(&format!("/contacts/{id}")).await.is(404);
    app.alice.post(&format!("/contacts/{id}/touchpoints"), &[("kind", "met")]).await.is(404);
    let undone = page.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Kate is back.");
}

#[tokio::test]
async fn it_stays_in_the_bin_when_its_profile_is_taken() {
    let app = App::start().await;
    let form = || async {
        let form = empty_form(&app.alice).await.fill("Name", "Kate");
        form.fill("Profile address", "https://www.linkedin.com/in/kjohnson")
    };
    let old = id_in(&form().await.submit(&app.alice).await.to());
    app.alice.post(&format!("/contacts/{old}/deletions"), &[]).await.to();
    form().await.submit(&app.alice).await.to();
    let answer = app.alice.post(&format!("/contacts/{old}/restorations"), &[]).await;
    assert!(app.alice.follow(&answer).await.says("Keep it in the bin"));
    app.alice.get(&format!("/contacts/{old}")).await.is(404);
}
