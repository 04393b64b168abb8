//! How near somebody's work is: guessed by their title, and said in one press.

use crate::support::{App, Person};

async fn said(person: &Person, page: &str) -> String {
    person.get(page).await.is(200).page().text("main")
}

#[tokio::test]
async fn a_guess_by_the_title_is_said_as_one_and_changed_in_one_press() {
    let app = App::start().await;
    sqlx::query(
        "update users set preferences = jsonb_set(preferences, '{target_roles}', '[\"Data analyst\"]') where id = $1",
    )
    .bind(app.alice.id)
    .execute(&app.db)
    .await
    .unwrap();
    let contact = app.rows(&app.alice).contact("Grace Hopper", None).await;
    sqlx::query("update contacts set job_title = 'Senior data analyst' where id = $1")
        .bind(contact)
        .execute(&app.db)
        .await
        .unwrap();
    let path = format!("/contacts/{contact}");
    assert!(said(&app.alice, &path).await.contains("Does the work you want, going by their title."));

    let set = app.alice.post(&format!("{path}/closenesses"), &[("closeness", "adjacent")]).await;
    assert_eq!(set.to(), path);
    let page = app.alice.get(&path).await.page();
    let text = page.text("main");
    assert!(text.contains("Works next to the role you want") && !text.contains("going by their title"), "{text}");
    let undo = page.all("form[action*='/closenesses/undos']")[0].attr("action").unwrap().to_owned();
    app.alice.post(&undo, &[]).await.to();
    assert!(said(&app.alice, &path).await.contains("going by their title"));

    // Who does something else is no data analyst, whatever their title says, also where people to ask are listed.
    app.alice.post(&format!("{path}/closenesses"), &[("closeness", "not_near")]).await.to();
    for page in [path.as_str(), "/contacts/suggestions"] {
        assert!(!said(&app.alice, page).await.contains("Does the work you want"), "{page}");
    }
    app.alice.post(&format!("{path}/closenesses"), &[("closeness", "nonsense")]).await.is(400);
    app.charlie.post(&format!("{path}/closenesses"), &[("closeness", "adjacent")]).await.is(404);
}
