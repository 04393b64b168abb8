//! What a coach and the seeker say to each other: written, answered, done, changed, deleted, and seen by the two alone.

use inroad::ids::{CommentId, ContactId};

use crate::due::{comments, rail, today};
use crate::support::person::{add_account, open_session};
use crate::support::{Answer, App, Form, Page, Person};

/// Lets Bob comment on Alice's search.
pub async fn may_comment(app: &App) {
    sqlx::query("update grants set may_comment = true where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.db)
        .await
        .unwrap();
}

async fn page_of(person: &Person, path: &str) -> Page {
    person.get(path).await.is(200).page()
}

async fn write(person: &Person, path: &str, text: &str) -> Answer {
    let form = page_of(person, path).await.form_with("Comment").unwrap();
    form.fill("Write a comment", text).submit(person).await
}

fn contact_path(id: ContactId) -> String {
    format!("/contacts/{id}")
}

#[tokio::test]
async fn a_comment_reaches_today_is_answered_and_done() {
    let app = App::start().await;
    may_comment(&app).await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Orbital Works").await;
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    let talk = rows.interview(grace, Some(company)).await;
    for (path, what) in [
        (format!("/companies/{company}"), "Orbital Works"),
        (contact_path(grace), "Grace Hopper"),
        (format!("/interviews/{talk}"), "Grace Hopper"),
    ] {
        assert!(!page_of(&app.alice, &path).await.has("#comments"), "nothing was said yet");
        let text = format!("About {path}");
        assert_eq!(write(&app.bob, &path, &text).await.to(), format!("{path}#comments"));
        let today = page_of(&app.alice, "/").await;
        assert!(today.says(&text) && today.says(&format!("on {what}")), "{}", today.text("main"));
        assert!(!page_of(&app.bob, "/").await.says(&text), "Today's comments are hers");

        let page = page_of(&app.alice, &path).await;
        assert!(page.text("#comments").contains(&text) && page.text("#comments").contains("Bob"));
        let answer = page.forms().into_iter().find(|form| form.action == "/comments").unwrap();
        answer.set("text", "I will.").submit(&app.alice).await.to();
        let seen = page_of(&app.bob, &path).await.text("#comments");
        assert!(seen.contains("I will.") && seen.contains("Alice Adams") && seen.contains("Done"), "{seen}");
        assert!(!page_of(&app.alice, "/").await.says(&text), "answered");
    }
}

#[tokio::test]
async fn done_from_today_can_be_undone() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    write(&app.bob, &contact_path(grace), "Too long by half").await.to();
    let today = page_of(&app.alice, "/").await;
    let done = today.forms().into_iter().find(|form| form.action.ends_with("/done-marks")).unwrap();
    let path = done.action.clone();
    let answer = done.submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let today = app.alice.follow(&answer).await;
    assert!(!today.says("Too long by half"));
    today.undo().submit(&app.alice).await.to();
    assert!(page_of(&app.alice, "/").await.says("Too long by half"));
    app.bob.post(&path, &[]).await.is(403);
    app.charlie.post(&path, &[]).await.is(404);
}

#[tokio::test]
async fn what_a_coach_said_is_in_the_number_of_today_as_long_as_it_waits_there() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = contact_path(grace);
    let number = async || rail(&today(&app.alice).await);
    let lines = number().await;
    write(&app.bob, &path, "Too long by half").await.to();
    assert_eq!(number().await, lines + 1, "what was kept before is not said any more");
    assert_eq!(rail(&page_of(&app.bob, "/").await), lines, "to her coach it is no line of Today");
    assert!(page_of(&app.alice, "/").await.text("h1").contains(if lines == 0 { "One thing" } else { "Two things" }));

    let id: CommentId = sqlx::query_scalar("select id from comments").fetch_one(&app.db).await.unwrap();
    app.bob.post(&format!("/comments/{id}/deletions"), &[]).await.to();
    assert_eq!(number().await, lines, "deleted");
    app.bob.post(&format!("/comments/{id}/restorations"), &[]).await.to();
    assert_eq!(number().await, lines + 1, "back");
    app.alice.post(&format!("/comments/{id}/done-marks"), &[]).await.to();
    assert_eq!(number().await, lines, "done");
    app.alice.post(&format!("/comments/{id}/done-marks/undos"), &[]).await.to();
    assert_eq!(number().await, lines + 1, "not done");

    // She keeps what was said, whoever may still look.
    sqlx::query("update grants set revoked_at = now() where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.pool)
        .await
        .unwrap();
    assert_eq!(number().await, lines + 1);
    let answer = page_of(&app.alice, &path).await;
    let answer = answer.forms().into_iter().find(|form| form.action == "/comments").unwrap();
    answer.set("text", "I will.").submit(&app.alice).await.to();
    assert_eq!(number().await, lines, "answered");

    // Today shows the first twenty.
    sqlx::query(
        "insert into comments (user_id, id, grant_id, by_coach, by_name, contact_id, of_message, text, created_at)
         select c.user_id, gen_random_uuid(), c.grant_id, true, c.by_name, c.contact_id, false, 'One more', now()
         from comments c, generate_series(1, 25) where c.by_coach",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let page = today(&app.alice).await;
    assert_eq!((comments(&page).len(), rail(&page)), (20, lines + 20));
    app.alice.post(&format!("{path}/deletions"), &[]).await.to();
    assert_eq!(comments(&today(&app.alice).await).len(), 0, "who it is about is in the bin");
}

#[tokio::test]
async fn a_comment_about_the_message_says_so() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let form = page_of(&app.bob, &contact_path(grace)).await.form_with("Comment").unwrap();
    form.fill("Write a comment", "Shorter").tick("It's about the message").submit(&app.bob).await.to();
    assert!(page_of(&app.alice, &contact_path(grace)).await.text("#comments").contains("About the message"));
}

#[tokio::test]
async fn its_author_changes_and_deletes_a_comment_and_nobody_else() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = contact_path(grace);
    write(&app.bob, &path, "Frist").await.to();
    let id: CommentId = sqlx::query_scalar("select id from comments").fetch_one(&app.db).await.unwrap();
    let edit = format!("/comments/{id}/edit");
    let (one, other) = (page_of(&app.bob, &edit).await, page_of(&app.bob, &edit).await);
    let to = format!("/comments/{id}");
    one.form_to(&to).fill("Comment", "First").submit(&app.bob).await.to();
    let both = other.form_to(&to).fill("Comment", "Second").submit(&app.bob).await.is(409).page();
    assert!(both.says("First") && both.says("changed elsewhere"));
    both.form_to(&to).submit(&app.bob).await.to();
    let seen = page_of(&app.alice, &path).await.text("#comments");
    assert!(seen.contains("Second") && seen.contains("edited"), "{seen}");
    for text in ["", "   ", &"x".repeat(5_001)] {
        let wrong = page_of(&app.bob, &edit).await.form_to(&to).fill("Comment", text).submit(&app.bob).await.is(422);
        assert!(!wrong.page().error_of("Comment").is_empty());
    }
    let empty = write(&app.bob, &path, " ").await.is(422).page();
    assert!(!empty.error_of("Comment").is_empty());
    empty.form_to("/comments").fill("Comment", "Third").submit(&app.bob).await.to();

    for other in [&app.alice, &app.charlie, &app.dora] {
        other.get(&edit).await.is(404);
        other.post(&to, &[("version", "1"), ("text", "Not yours")]).await.is(404);
        other.post(&format!("{to}/deletions"), &[]).await.is(404);
        other.post(&format!("{to}/restorations"), &[]).await.is(404);
    }
    let deleted = app.bob.post(&format!("{to}/deletions"), &[]).await;
    let page = app.bob.follow(&deleted).await;
    assert!(!page.text("#comments").contains("Second"));
    assert!(!page_of(&app.alice, &path).await.text("#comments").contains("Second"));
    page.undo().submit(&app.bob).await.to();
    assert!(page_of(&app.alice, &path).await.text("#comments").contains("Second"));
}

/// Another coach of Alice's, who may comment and looks.
pub async fn second_coach(app: &App) -> Person {
    let coach = Person::new(app.address, "Erin Evans", "erin@example.org");
    add_account(app, &coach, false).await;
    sqlx::query(
        "insert into grants (id, owner_id, label, coach_id, created_at, accepted_at, let_in_at, may_comment)
         values (gen_random_uuid(), $1, 'Erin', $2, now(), now(), now(), true)",
    )
    .bind(app.alice.id)
    .bind(coach.id)
    .execute(&app.db)
    .await
    .unwrap();
    open_session(app, &coach, Some(app.alice.id)).await;
    coach
}

#[tokio::test]
async fn only_the_two_see_a_comment_and_the_seeker_keeps_it() {
    let app = App::start().await;
    may_comment(&app).await;
    let erin = second_coach(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = contact_path(grace);
    write(&app.bob, &path, "From one coach").await.to();
    write(&erin, &path, "From the other").await.to();
    let seen = page_of(&erin, &path).await.text("#comments");
    assert!(seen.contains("From the other") && !seen.contains("From one coach"), "{seen}");
    let page = page_of(&app.alice, &path).await;
    assert!(page.text("#comments").contains("From one coach") && page.text("#comments").contains("From the other"));
    // An answer goes to the one it answers.
    let to_erin = |form: &Form| form.controls.iter().any(|control| control.label == "Answer Erin Evans");
    let answer = page.forms().into_iter().find(to_erin).unwrap();
    answer.fill("Answer Erin Evans", "Thank you, Erin").submit(&app.alice).await.to();
    assert!(page_of(&erin, &path).await.text("#comments").contains("Thank you, Erin"));
    assert!(!page_of(&app.bob, &path).await.text("#comments").contains("Thank you, Erin"));

    sqlx::query("update grants set revoked_at = now() where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.db)
        .await
        .unwrap();
    app.bob.get(&path).await.is(404);
    assert!(page_of(&app.alice, &path).await.text("#comments").contains("From one coach"), "she keeps it");
    sqlx::query("delete from users where id = $1").bind(app.bob.id).execute(&app.db).await.unwrap();
    assert!(page_of(&app.alice, &path).await.text("#comments").contains("From one coach"));
}

#[tokio::test]
async fn a_comment_sent_twice_is_one_and_on_nothing_of_hers_none() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let hers_alone = app.rows(&app.charlie).contact("Someone else", None).await;
    let form = page_of(&app.bob, &contact_path(grace)).await.form_with("Comment").unwrap();
    let form = form.fill("Write a comment", "Once");
    form.clone().submit(&app.bob).await.to();
    form.clone().submit(&app.bob).await.to();
    let rows: i64 = sqlx::query_scalar("select count(*) from comments").fetch_one(&app.db).await.unwrap();
    assert_eq!(rows, 1);
    let id = CommentId::new().to_string();
    form.clone().set("id", &id).set("of", &hers_alone.to_string()).submit(&app.bob).await.is(404);
    form.clone().set("id", &id).set("about", "interview").submit(&app.bob).await.is(404);
    form.clone().set("id", &id).set("about", "everything").submit(&app.bob).await.is(400);
    sqlx::query("update grants set may_comment = false where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.db)
        .await
        .unwrap();
    form.set("id", &id).submit(&app.bob).await.is(403);
    let page = page_of(&app.bob, &contact_path(grace)).await;
    assert!(page.has("#comments") && !page.has("#comments form") && !page.has("#comments a"), "he reads what was said");
}
