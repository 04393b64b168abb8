//! What was written on LinkedIn: kept with the messages where the user asks for it, and for as long as the import stands.

use inroad::ids::ContactId;

use crate::imports::{HEADER, undo};
use crate::linkedin_archives::{IN, MESSAGES, connection, history, message, send, take};
use crate::support::{App, Page, Person};

/// A message at that hour.
fn said(from: &str, to: &str, at: &str, text: &str) -> String {
    format!("c,,{from} Person,{IN}{from},{to} Person,{IN}{to},{at} UTC,,\"{text}\",INBOX\n")
}

fn messages() -> String {
    [
        MESSAGES.to_owned(),
        said("alice", "ada", "2026-03-01 12:00:00", "Do you have\n15 minutes?"),
        said("alice", "ada", "2026-03-01 11:00:00", "Dear Ada"),
        said("ada", "alice", "2026-03-02 09:00:00", "<p>With pleasure</p>"),
        said("alice", "stranger", "2026-03-03 09:00:00", "To no contact"),
    ]
    .concat()
}

/// What is kept of what was written, by direction.
async fn bodies(app: &App) -> Vec<(String, String)> {
    let sql = "select direction, body from touchpoints where body is not null order by happened_on, id";
    sqlx::query_as(sql).fetch_all(&app.db).await.unwrap()
}

fn both() -> Vec<(String, String)> {
    [("out", "Dear Ada\n\nDo you have\n15 minutes?"), ("in", "With pleasure")]
        .map(|(direction, body)| (direction.to_owned(), body.to_owned()))
        .to_vec()
}

async fn take_with_words(person: &Person, files: &[(&str, &[u8])]) -> (String, Page) {
    let path = send(person, files).await.to();
    let preview = person.get(&path).await.is(200).page();
    assert_eq!(preview.all("#words input[checked]").len(), 0, "nothing is kept unasked");
    let answer = person.post(&format!("{path}/confirmations"), &[("words", "yes")]).await;
    (path.clone(), person.follow(&answer).await)
}

async fn ada(app: &App) -> ContactId {
    sqlx::query_scalar("select id from contacts where name = 'ada Person'").fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn words_are_kept_where_they_are_wanted_and_go_with_the_import() {
    let app = App::start().await;
    let connections = format!("{HEADER}{}", connection("ada", "Acme,Engineer"));
    let messages = messages();
    let files: [(&str, &[u8]); 2] =
        [("Connections.csv", connections.as_bytes()), ("messages.csv", messages.as_bytes())];
    let (path, report) = take_with_words(&app.alice, &files).await;
    assert!(report.toast().contains("the words of 2 days kept"), "{}", report.toast());
    assert_eq!(bodies(&app).await, both());
    let page = app.alice.get(&format!("/contacts/{}", ada(&app).await)).await.is(200).page();
    assert!(page.says("With pleasure") && page.says("15 minutes?"));

    let again = send(&app.alice, &files).await.to();
    assert!(!app.alice.get(&again).await.is(200).page().has("#words"), "they are there");
    undo(&app.alice, &path).await;
    assert_eq!(bodies(&app).await, []);
}

#[tokio::test]
async fn days_that_are_known_get_their_words_later_and_lose_them_with_that_import() {
    let app = App::start().await;
    let connections = format!("{HEADER}{}", connection("ada", "Acme,Engineer"));
    let messages = messages();
    let files: [(&str, &[u8]); 2] =
        [("Connections.csv", connections.as_bytes()), ("messages.csv", messages.as_bytes())];
    take(&app.alice, &files).await;
    assert_eq!(bodies(&app).await, []);
    let before = history(&app, ada(&app).await).await;

    let longer = format!("{messages}{}", message("ada", "alice", "2026-04-01"));
    let (path, _) = take_with_words(&app.alice, &[("messages.csv", longer.as_bytes())]).await;
    assert_eq!(bodies(&app).await.len(), 3);
    assert_eq!(bodies(&app).await[..2], both());
    undo(&app.alice, &path).await;
    assert_eq!(bodies(&app).await, []);
    assert_eq!(history(&app, ada(&app).await).await, before, "the days stay");
    let (_, report) = take_with_words(&app.alice, &[("messages.csv", messages.as_bytes())]).await;
    assert!(report.toast().contains("the words of 2 days kept"), "{}", report.toast());
}
