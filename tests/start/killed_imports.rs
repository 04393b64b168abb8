//! The program is killed in the middle of an import: all is as before, and the import can be done again.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use inroad::accounts::token::Token;
use inroad::ids::SessionId;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use sqlx::PgPool;
use tokio::time::sleep;

use crate::program::{Program, free_address};
use crate::support::database::TestDatabase;
use crate::support::sums::sums_of;
use crate::support::{Page, Person};

const PATIENCE: Duration = Duration::from_secs(60);
const PEOPLE: usize = 4_000;
const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const GRACE: &str = "Grace,Hopper,https://www.linkedin.com/in/grace,,Navy,Officer,01 Feb 2020\n";

async fn signed_in(db: &PgPool, program: &Program) -> Person {
    let person = Person::new(program.address, "Alice", "alice@example.org");
    let token = Token::new().unwrap();
    sqlx::query(
        "insert into users (id, name, email, password_hash, time_zone, created_at) values ($1, 'Alice', 'alice@example.org', 'x', 'UTC', now())",
    )
    .bind(person.id)
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, user_agent, address)
         values ($1, $2, $3, now(), now(), now(), 'a test', '127.0.0.1')",
    )
    .bind(SessionId::new())
    .bind(person.id)
    .bind(token.hash())
    .execute(db)
    .await
    .unwrap();
    person.keep_cookie(&format!("inroad={}", token.reveal()));
    person
}

async fn previewed(person: &Person, file: String) -> String {
    let form = Form::new().part("file", Part::bytes(file.into_bytes()).file_name("Connections.csv"));
    let request = person.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
    person.send(request.multipart(form)).await.to()
}

/// The page of an import, once it is no longer being written.
async fn done(person: &Person, path: &str) -> Page {
    let begun = Instant::now();
    loop {
        let page = person.get(path).await.is(200).page();
        if !page.has("progress") {
            return page;
        }
        assert!(begun.elapsed() < PATIENCE, "the import does not end");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_in_the_middle_is_as_before_and_can_be_done_again() {
    let own = TestDatabase::new().await;
    let db = PgPool::connect(&own.url).await.unwrap();
    let address = free_address();
    let mut program = Program::start(&own.url, address, &[]);
    program.ready().await;
    let alice = signed_in(&db, &program).await;
    let first = previewed(&alice, format!("{HEADER}{GRACE}")).await;
    alice.post(&format!("{first}/confirmations"), &[]).await.to();
    let file = (0..PEOPLE).fold(HEADER.to_owned() + &GRACE.replace("Officer", "Rear Admiral"), |mut file, n| {
        writeln!(file, "Person,{n},https://www.linkedin.com/in/person-{n},,Acme,Engineer,01 Feb 2020").unwrap();
        file
    });
    let path = previewed(&alice, file).await;
    let before = sums_of(&db, alice.id).await;

    // What it writes of someone who is known comes after everyone who is new: held there, it has written those.
    let mut held = db.begin().await.unwrap();
    sqlx::query("set local idle_in_transaction_session_timeout = 0").execute(&mut *held).await.unwrap();
    sqlx::query("select from contacts where user_id = $1 for update").bind(alice.id).execute(&mut *held).await.unwrap();
    alice.post(&format!("{path}/confirmations"), &[]).await.to();
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let begun = Instant::now();
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&db).await.unwrap() == 0 {
        assert!(begun.elapsed() < PATIENCE, "the import never came to wait:\n{}", program.said());
        sleep(Duration::from_millis(20)).await;
    }
    let underway = alice.get(&path).await.is(200).page();
    assert_eq!(underway.text("h1"), "Importing");
    assert!(underway.has("progress[max]") && underway.says(&format!("of {}", PEOPLE + 1)), "it says how far it is");
    let second = alice.post(&format!("{path}/confirmations"), &[]).await;
    assert_eq!(second.to(), path, "a second press begins nothing");
    let undone = alice.post(&format!("{first}/undos"), &[]).await;
    assert!(
        alice.follow(&undone).await.toast().contains("An import of yours is being written"),
        "nothing else comes in between"
    );

    drop(program);
    held.rollback().await.unwrap();
    let mut program = Program::start(&own.url, address, &[]);
    program.ready().await;
    assert_eq!(done(&alice, &path).await.text("h1"), "Preview", "no bar stands there for ever");
    // The server notices that nobody is there any more when it is done with what it was asked last.
    let begun = Instant::now();
    while sums_of(&db, alice.id).await != before {
        assert!(begun.elapsed() < PATIENCE, "something of it is left");
        sleep(Duration::from_millis(50)).await;
    }
    alice.post(&format!("{path}/confirmations"), &[]).await.to();
    let report = done(&alice, &path).await;
    assert_eq!(report.text("h1"), "Imported");
    let people: i64 = sqlx::query_scalar("select count(*) from contacts where user_id = $1")
        .bind(alice.id)
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!(usize::try_from(people).unwrap(), PEOPLE + 1);
}
