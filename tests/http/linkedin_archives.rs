//! LinkedIn's archive: several files at once or one ZIP archive, as often as one likes; who was asked, who answered, who moved.

use std::io::{Cursor, Write};

use inroad::ids::ContactId;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::imports::{HEADER, confirm, figure, undo};
use crate::support::sums::{Sums, sums_of};
use crate::support::{Answer, App, Page, Person};

pub(crate) const IN: &str = "https://www.linkedin.com/in/";
pub(crate) const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n";
const REQUESTS: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";

/// A ZIP archive of these files.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Sends files of these names in one form.
pub(crate) async fn send(person: &Person, files: &[(&str, &[u8])]) -> Answer {
    let part = |name: &str, content: &[u8]| Part::bytes(content.to_vec()).file_name(name.to_owned());
    let form = files.iter().fold(Form::new(), |form, (name, content)| form.part("file", part(name, content)));
    person.send(person.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin").multipart(form)).await
}

/// Sends files, looks at the preview and imports them; returns the path and the report.
pub(crate) async fn take(person: &Person, files: &[(&str, &[u8])]) -> (String, Page) {
    let path = send(person, files).await.to();
    person.get(&path).await.is(200);
    let report = confirm(person, &path).await;
    (path, report)
}

pub(crate) fn connection(slug: &str, job: &str) -> String {
    format!("{slug},Person,{IN}{slug},,{job},01 Feb 2026\n")
}

pub(crate) fn message(from: &str, to: &str, day: &str) -> String {
    format!("c,,{from} Person,{IN}{from},{to} Person,{IN}{to},{day} 10:00:00 UTC,,\"Secret,\n\"\"words\"\"\",INBOX\n")
}

fn request(to: &str, day: &str) -> String {
    format!("Alice Person,{to} Person,\"{day}, 9:05 AM\",Hello,OUTGOING,{IN}alice,{IN}{to}\n")
}

/// The kinds and days of someone's history, but for what was undone.
pub(crate) async fn history(app: &App, contact: ContactId) -> Vec<String> {
    sqlx::query_scalar(
        "select t.kind || ' ' || t.happened_on from touchpoints t where t.contact_id = $1 and t.kind <> 'undone'
             and not exists (select from touchpoints u where u.undoes = t.id) order by t.happened_on, t.id",
    )
    .bind(contact)
    .fetch_all(&app.db)
    .await
    .unwrap()
}

async fn contact(app: &App, person: &Person, name: &str) -> ContactId {
    let sql = "select id from contacts where user_id = $1 and name = $2 and deleted_at is null";
    sqlx::query_scalar(sql).bind(person.id).bind(name).fetch_one(&app.db).await.unwrap()
}

async fn value(app: &App, contact: ContactId, column: &str) -> Option<String> {
    let sql = format!("select {column}::text from contacts where id = $1");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(contact).fetch_one(&app.db).await.unwrap()
}

/// Everything but the imports themselves.
async fn others(app: &App, person: &Person) -> Sums {
    let mut sums = sums_of(&app.db, person.id).await;
    sums.retain(|table, _| table != "imports" && table != "sessions");
    sums
}

/// Someone found by hand whose profile is known.
pub(crate) async fn found(app: &App, person: &Person, slug: &str) -> ContactId {
    let id = app.rows(person).contact(&format!("{slug} Person"), None).await;
    let sql = "update contacts set profile_url = $2, profile_key = $3 where id = $1";
    let key = format!("/in/{slug}");
    sqlx::query(sql).bind(id).bind(format!("{IN}{slug}")).bind(key).execute(&app.db).await.unwrap();
    id
}

#[tokio::test]
async fn an_archive_is_taken_whole_and_a_second_time_brings_nothing() {
    let app = App::start().await;
    let before = others(&app, &app.alice).await;
    let connections = format!("{HEADER}{}{}", connection("ada", "Acme,Engineer"), connection("bob", "Globex,Analyst"));
    let messages = [
        MESSAGES.to_owned(),
        message("alice", "ada", "2026-03-01"),
        message("alice", "ada", "2026-03-01"),
        message("ada", "alice", "2026-03-02"),
        message("alice", "stranger", "2026-03-03"),
    ]
    .concat();
    let archive = zipped(&[
        ("Basic/Connections.csv", connections.as_bytes()),
        ("messages.csv", messages.as_bytes()),
        ("Invitations.csv", format!("{REQUESTS}{}", request("ada", "1/30/26")).as_bytes()),
        ("Jobs/Saved Jobs.csv", b""),
        ("Rich Media/../../../etc/passwd", b"root"),
        ("inner.zip", &zipped(&[("Connections.csv", b"nested")])),
    ]);
    let path = send(&app.alice, &[("Basic_LinkedInDataExport.zip", &archive)]).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    let files = preview.text("#files");
    assert!(files.contains("Connections.csv 2 people") && files.contains("messages.csv 4 messages"), "{files}");
    assert!(
        files.contains("also wrote with 1 person who isn't in your contacts") && !files.contains("passwd"),
        "{files}"
    );
    assert!(preview.text("#messages").contains("ada Person you wrote on 1 day and they wrote on 1 day"));
    assert_eq!((figure(&preview, "new"), figure(&preview, "with new messages")), (2, 1));
    let report = confirm(&app.alice, &path).await;
    assert!(report.toast().contains("messages with 1 person added"), "{}", report.toast());
    let ada = contact(&app, &app.alice, "ada Person").await;
    assert_eq!(history(&app, ada).await, ["already_connected 2026-02-01", "wrote 2026-03-01", "replied 2026-03-02"]);
    assert_eq!(value(&app, ada, "stage").await.as_deref(), Some("connected"));
    assert_eq!(value(&app, ada, "next_due").await, None, "no one is put on Today");
    assert_eq!(value(&app, ada, "last_touch_on").await.as_deref(), Some("2026-03-02"));
    let kept: i64 =
        sqlx::query_scalar("select count(*) from touchpoints where body like '%Secret%' or note like '%Secret%'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(kept, 0, "what was written is not kept");

    let after = others(&app, &app.alice).await;
    let (_, again) = take(&app.alice, &[("again.zip", &archive)]).await;
    assert_eq!(again.toast(), "Nothing was new.");
    assert_eq!(others(&app, &app.alice).await, after);

    let later = format!("{messages}{}", message("ada", "alice", "2026-04-01"));
    let (second, _) = take(&app.alice, &[("messages.csv", later.as_bytes())]).await;
    assert_eq!(history(&app, ada).await.last().unwrap(), "replied 2026-04-01");
    undo(&app.alice, &second).await;
    assert_eq!(history(&app, ada).await.len(), 3);
    let (third, _) = take(&app.alice, &[("messages.csv", later.as_bytes())]).await;
    assert_eq!(history(&app, ada).await.len(), 4, "what was undone with its import can come again");
    undo(&app.alice, &third).await;

    sqlx::query("delete from touchpoints where kind = 'undone' or import_id <> $1")
        .bind(path.rsplit('/').next().unwrap().parse::<uuid::Uuid>().unwrap())
        .execute(&app.db)
        .await
        .unwrap();
    let page = undo(&app.alice, &path).await;
    assert_eq!(figure(&page, "contacts gone again"), 2);
    assert_eq!(others(&app, &app.alice).await, before);
}

#[tokio::test]
async fn requests_and_answers_move_contacts_as_by_hand() {
    let app = App::start().await;
    let grace = found(&app, &app.alice, "grace").await;
    let hal = found(&app, &app.alice, "hal").await;
    let requests =
        [REQUESTS.to_owned(), request("grace", "11/20/26"), request("hal", "11/20/26"), request("new", "11/21/26")];
    let (first, report) = take(&app.alice, &[("Invitations.csv", requests.concat().as_bytes())]).await;
    assert_eq!(figure(&report, "requests you sent"), 2);
    assert_eq!(history(&app, grace).await, ["requested 2026-11-20", "found 2026-11-24"]);
    assert_eq!(value(&app, grace, "stage").await.as_deref(), Some("requested"));
    assert_eq!(value(&app, grace, "requested_on").await.as_deref(), Some("2026-11-20"));
    let new: i64 =
        sqlx::query_scalar("select count(*) from contacts where name = 'new Person'").fetch_one(&app.db).await.unwrap();
    assert_eq!(new, 0, "no one is added unasked");

    let connections = format!("{HEADER}grace,Person,{IN}grace,,,,23 Nov 2026\n");
    let messages = [MESSAGES.to_owned(), message("alice", "zoe", "2026-11-22"), message("hal", "alice", "2026-11-23")];
    let files: [(&str, &[u8]); 2] =
        [("Connections.csv", connections.as_bytes()), ("messages.csv", &messages.concat().into_bytes())];
    let (second, report) = take(&app.alice, &files).await;
    assert_eq!(figure(&report, "accepted your request"), 1);
    for (who, last) in [(grace, "accepted 2026-11-23"), (hal, "replied 2026-11-23")] {
        assert!(history(&app, who).await.contains(&last.to_owned()), "{:?}", history(&app, who).await);
        assert_eq!(value(&app, who, "stage").await.as_deref(), Some("connected"));
        assert_eq!(value(&app, who, "next_step").await.as_deref(), Some("ask_for_talk"));
        assert_eq!(value(&app, who, "next_due").await.as_deref(), Some("2026-11-23"));
    }
    undo(&app.alice, &second).await;
    for who in [grace, hal] {
        assert_eq!(value(&app, who, "stage").await.as_deref(), Some("requested"));
    }
    // What was undone is no deed of the user's with them.
    let page = undo(&app.alice, &first).await;
    assert_eq!((figure(&page, "as they were before"), figure(&page, "stay")), (2, 0));
    assert_eq!(value(&app, grace, "stage").await.as_deref(), Some("identified"));
}

#[tokio::test]
async fn an_answer_known_already_is_not_told_twice() {
    let app = App::start().await;
    let grace = found(&app, &app.alice, "grace").await;
    app.rows(&app.alice).touchpoint(grace, "asked", "out").await;
    app.rows(&app.alice).touchpoint(grace, "answered_yes", "in").await;
    let messages = [
        MESSAGES.to_owned(),
        message("alice", "grace", "2026-11-24"),
        message("grace", "alice", "2026-11-24"),
        message("alice", "zoe", "2026-11-01"),
    ];
    let path = send(&app.alice, &[("messages.csv", messages.concat().as_bytes())]).await.to();
    assert!(app.alice.get(&path).await.page().says("Whatever these files say of your contacts is there already"));
    confirm(&app.alice, &path).await;
    assert_eq!(history(&app, grace).await, ["found 2026-11-24", "asked 2026-11-24", "answered_yes 2026-11-24"]);
}

#[tokio::test]
async fn people_who_were_asked_are_offered_one_by_one() {
    let app = App::start().await;
    let binned = found(&app, &app.alice, "binned").await;
    sqlx::query("update contacts set deleted_at = now() where id = $1").bind(binned).execute(&app.db).await.unwrap();
    let requests =
        [REQUESTS.to_owned(), request("ann", "11/20/26"), request("ben", "11/21/26"), request("binned", "11/21/26")]
            .concat();
    let path = send(&app.alice, &[("Invitations.csv", requests.as_bytes())]).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(
        preview.texts("#people label bdi"),
        ["ben Person", "ann Person"],
        "the latest first; no one out of the bin"
    );
    assert_eq!(preview.all("#people input[checked]").len(), 0);
    let all = app.alice.get(&format!("{path}?people=all")).await.page();
    assert_eq!(all.all("#people input[checked]").len(), 2);
    let place = preview.all("#people input")[0].value().attr("value").unwrap().to_owned();
    let answer =
        app.alice.post(&format!("{path}/confirmations"), &[("people", place.as_str()), ("people", "99")]).await;
    assert!(app.alice.follow(&answer).await.toast().contains("1 contact added"));
    let ben = contact(&app, &app.alice, "ben Person").await;
    assert_eq!(history(&app, ben).await, ["found 2026-11-21", "requested 2026-11-21"]);
    assert_eq!(value(&app, ben, "stage").await.as_deref(), Some("requested"));
    assert_eq!(value(&app, ben, "profile_key").await.as_deref(), Some("/in/ben"));
    let page = undo(&app.alice, &path).await;
    assert_eq!(figure(&page, "contact gone again"), 1);
}

#[tokio::test]
async fn a_new_job_is_a_reason_to_write() {
    let app = App::start().await;
    let before = format!("{HEADER}{}", connection("ada", "Acme,Engineer"));
    take(&app.alice, &[("Connections.csv", before.as_bytes())]).await;
    let ada = contact(&app, &app.alice, "ada Person").await;
    let after = format!("{HEADER}{}", connection("ada", "Globex,Head of engines"));
    let (path, _) = take(&app.alice, &[("Connections.csv", after.as_bytes())]).await;
    let page = app.alice.get(&format!("/contacts/{ada}")).await.is(200).page();
    assert!(page.says("Your new role as Head of engines at Globex"));
    take(&app.alice, &[("Connections.csv", after.as_bytes())]).await;
    let reasons: i64 = sqlx::query_scalar("select count(*) from reasons").fetch_one(&app.db).await.unwrap();
    assert_eq!(reasons, 1, "told once");
    undo(&app.alice, &path).await;
    assert!(!app.alice.get(&format!("/contacts/{ada}")).await.page().says("Your new role as"));
}

#[tokio::test]
async fn notes_are_added_once_and_taken_back() {
    let app = App::start().await;
    let grace = found(&app, &app.alice, "grace").await;
    sqlx::query("update contacts set notes = 'Likes tea' where id = $1").bind(grace).execute(&app.db).await.unwrap();
    let header = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n";
    let notes = format!(
        "{header}grace,Person,{IN}grace,Met in Oslo,,\nada,Person,{IN}ada,\"Two\nlines\",,\nno,One,{IN}no,x,,\n"
    );
    let connections = format!("{HEADER}{}", connection("ada", "Acme,Engineer"));
    let files: [(&str, &[u8]); 2] = [("Notes.csv", notes.as_bytes()), ("Connections.csv", connections.as_bytes())];
    let (path, report) = take(&app.alice, &files).await;
    assert_eq!(figure(&report, "with a new note"), 2);
    let ada = contact(&app, &app.alice, "ada Person").await;
    assert_eq!(value(&app, grace, "notes").await.as_deref(), Some("Likes tea\n\nMet in Oslo"));
    assert_eq!(value(&app, ada, "notes").await.as_deref(), Some("Two\nlines"));
    let (_, again) = take(&app.alice, &files).await;
    assert_eq!(again.toast(), "Nothing was new.");
    let page = undo(&app.alice, &path).await;
    assert_eq!((figure(&page, "contact gone again"), figure(&page, "as it was before")), (1, 1));
    assert_eq!(value(&app, grace, "notes").await.as_deref(), Some("Likes tea"));
}

#[tokio::test]
async fn companies_that_were_followed_or_wanted_are_offered_and_none_is_taken_unasked() {
    let app = App::start().await;
    app.alice.company("Acme").await;
    let archive = zipped(&[
        ("Company Follows.csv", b"Organization,Followed On\nHooli,x\n\"Acme, Inc.\",x\n"),
        (
            "Jobs/Saved Jobs.csv",
            b"Saved Date,Job Url,Job Title,Company Name\n\"1/8/26, 6:14 PM\",https://l.example/1,Analyst,Globex\n",
        ),
        ("Jobs/Job Seeker Preferences.csv", b"Job Titles,Dream Companies\nAnalyst,\"Initech, Hooli\"\n"),
    ]);
    let path = send(&app.alice, &[("a.zip", &archive)]).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(
        preview.texts("#companies label > span"),
        ["Hooli one of your dream companies", "Initech one of your dream companies", "Globex you saved a job here"]
    );
    assert_eq!(preview.all("#companies input[checked]").len(), 0);
    let answer = app.alice.post(&format!("{path}/confirmations"), &[("companies", "2")]).await;
    let report = app.alice.follow(&answer).await;
    let names: Vec<String> = sqlx::query_scalar("select name from companies where user_id = $1 order by name")
        .bind(app.alice.id)
        .fetch_all(&app.db)
        .await
        .unwrap();
    assert!(report.toast().contains("1 company added") && names.len() == 2, "{names:?}");
}

#[tokio::test]
async fn what_others_have_is_not_touched() {
    let app = App::start().await;
    let hers = found(&app, &app.dora, "grace").await;
    let requests = format!("{REQUESTS}{}", request("grace", "11/20/26"));
    let messages = [
        MESSAGES.to_owned(),
        message("alice", "grace", "2026-11-20"),
        message("grace", "alice", "2026-11-21"),
        message("alice", "zoe", "2026-11-21"),
    ]
    .concat();
    let before = others(&app, &app.dora).await;
    let files: [(&str, &[u8]); 2] = [("Invitations.csv", requests.as_bytes()), ("messages.csv", messages.as_bytes())];
    let (path, _) = take(&app.alice, &files).await;
    assert_eq!(history(&app, hers).await.len(), 1);
    app.dora.get(&path).await.is(404);
    app.dora.post(&format!("{path}/undos"), &[]).await.is(404);
    undo(&app.alice, &path).await;
    assert_eq!(others(&app, &app.dora).await, before);
}

#[tokio::test]
async fn what_is_left_out_of_notes_and_requests_is_told() {
    let app = App::start().await;
    let notes = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n\
        no,One,https://www.linkedin.com/in/no,x,,\nada,Person,https://www.linkedin.com/in/ada,,,\n";
    let requests =
        format!("{REQUESTS}{}Alice Person,LinkedIn Member,,,OUTGOING,{IN}alice,\n", request("new", "11/20/26"));
    let archive =
        zipped(&[("Connections.csv", b""), ("Notes.csv", notes.as_bytes()), ("Invitations.csv", requests.as_bytes())]);
    let path = send(&app.alice, &[("archive.zip", &archive)]).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    let files = preview.text("#files");
    for said in [
        "Notes.csv 1 note, 1 left out: without a name or without words",
        "Invitations.csv 1 request sent, 0 received, 1 left out: without a name or a direction",
        "1 note is about people who aren't in your contacts, and left out.",
    ] {
        assert!(files.contains(said), "{said}: {files}");
    }
    assert!(!files.contains("Connections.csv"), "{files}");
    assert_eq!(preview.all("input[name=people]").len(), 1, "who is no one any more is not offered");
}
