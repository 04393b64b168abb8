//! The queue: what becomes of mail whose server is down, slow, or will not have it, and that each goes once.

use std::collections::BTreeSet;
use std::time::Duration;

use inroad::address::EmailAddress;
use inroad::config::Settings;
use inroad::database::At;
use inroad::mail::letter::Letter;
use inroad::mail::outbox::Outbox;
use inroad::mail::queries;
use inroad::trash::purge;
use jiff::SignedDuration;
use sqlx::Row;

use super::mails::start;
use crate::support::sink::Mood;
use crate::support::{App, Sink};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn put(app: &App, to: &str) {
    let outbox = Outbox::of(&app.config);
    outbox.put(&app.db, &EmailAddress::parse(to).unwrap(), &Letter::Test, app.now()).await.unwrap();
}

/// A mail that is tried for a day, and says more than that it is a test.
async fn invite(app: &App, to: &str) {
    let letter = Letter::Invitation { by: "Dora".into(), link: format!("{}secret", app.config.url.as_ref().unwrap()) };
    let outbox = Outbox::of(&app.config);
    outbox.put(&app.db, &EmailAddress::parse(to).unwrap(), &letter, app.now()).await.unwrap();
}

/// The one mail in the queue: attempts, problem, minutes until the next attempt, and whether it is given up.
async fn standing(app: &App) -> (i32, String, Option<i64>, bool) {
    let sql = "select attempts, coalesce(problem, '') as problem, due_at, failed_at is not null and letter is null as over from mails";
    let row = sqlx::query(sql).fetch_one(&app.db).await.unwrap();
    let due: Option<At> = row.get("due_at");
    (row.get("attempts"), row.get("problem"), due.map(|at| at.0.duration_since(app.now()).as_mins()), row.get("over"))
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_again_with_growing_pauses_for_a_day() {
    let sink = Sink::start().await;
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = App::start_with(|settings: &mut Settings| {
        sink.set_up(settings);
        settings.smtp_url = Some(format!("smtp://{nowhere}"));
    })
    .await;
    invite(&app, "zelda@example.org").await;
    let mut pauses = Vec::new();
    loop {
        assert_eq!(app.send_mail().await, 1);
        let (_, problem, pause, over) = standing(&app).await;
        assert!(!problem.is_empty());
        if over {
            break;
        }
        pauses.push(pause.unwrap());
        assert_eq!(app.send_mail().await, 0, "not before its time");
        app.pass(MINUTE * i32::try_from(pause.unwrap()).unwrap());
    }
    assert_eq!(pauses[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
    let tried: i64 = pauses.iter().sum();
    assert!((22 * 60..24 * 60).contains(&tried), "{tried} minutes");
    let page = app.dora.get("/admin/installation").await.page();
    assert!(page.says("An invitation, to zelda@example.org") && page.says("Not sent"), "{}", page.text("main"));
    purge::clean(&app.pool, app.now() + SignedDuration::from_hours(24 * 30 + 1)).await.unwrap();
    assert!(!app.dora.get("/admin/installation").await.page().says("zelda@example.org"), "a month is enough");
}

#[tokio::test]
async fn what_the_server_will_not_have_now_it_gets_later_as_the_same_mail() {
    let (app, sink) = start().await;
    for mood in [
        Mood::Says("RCPT", "450 mailbox busy"),
        Mood::Says("MAIL", "451 later"),
        Mood::Says("DATA", "421 going down"),
        Mood::Says("EHLO", "421 too many"),
        Mood::HangsUpAt("DATA"),
        Mood::HangsUpAt("."),
    ] {
        invite(&app, "zelda@example.org").await;
        sink.be(mood);
        assert_eq!(app.send_mail().await, 1, "{mood:?}");
        let (attempts, problem, pause, over) = standing(&app).await;
        assert!(attempts == 1 && !problem.is_empty() && pause == Some(1) && !over, "{mood:?}: {problem}");
        let page = app.dora.get("/admin/installation").await.page();
        assert!(page.says("Waiting") && page.says(&problem), "{mood:?}: {}", page.text("main"));
        sink.be(Mood::Takes);
        app.pass(MINUTE);
        assert_eq!(app.send_mail().await, 1);
        let id: Vec<String> = sink.take().iter().map(|mail| mail.id()).collect();
        assert_eq!(id.len(), 1, "{mood:?}");
        let left: i64 = sqlx::query_scalar("select count(*) from mails").fetch_one(&app.db).await.unwrap();
        assert_eq!(left, 0, "what was sent leaves nothing behind");
    }
}

#[tokio::test]
async fn what_the_server_refuses_is_given_up_and_shown() {
    let (app, sink) = start().await;
    invite(&app, "zelda@example.org").await;
    sink.be(Mood::Says("RCPT", "550 no such user <here>"));
    app.send_mail().await;
    let (attempts, problem, pause, over) = standing(&app).await;
    assert!(attempts == 1 && problem.contains("550") && pause.is_none() && over, "{problem}");
    let kept: String = sqlx::query_scalar("select mails::text from mails").fetch_one(&app.db).await.unwrap();
    assert!(!kept.contains("secret"), "{kept}");
    let page = app.dora.get("/admin/installation").await.page();
    assert!(page.says("Not sent") && page.says("no such user <here>"), "{}", page.text("main"));
    app.pass(SignedDuration::from_hours(48));
    assert_eq!(app.send_mail().await, 0);
}

#[tokio::test]
async fn a_server_that_does_not_let_us_in_is_no_fault_of_the_mail() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings: &mut Settings| {
        sink.set_up(settings);
        settings.smtp_url = Some(format!("smtp://inroad:s3cret%40@{}", sink.address));
    })
    .await;
    invite(&app, "zelda@example.org").await;
    sink.be(Mood::Says("AUTH", "535 wrong password"));
    app.send_mail().await;
    let (_, problem, pause, over) = standing(&app).await;
    assert!(problem.contains("535") && pause == Some(1) && !over, "{problem}");
    sink.be(Mood::Takes);
    app.pass(MINUTE);
    app.send_mail().await;
    assert_eq!(sink.one().to, ["zelda@example.org"]);
}

#[tokio::test]
async fn where_secrecy_is_asked_for_nothing_is_said_without_it() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings: &mut Settings| {
        sink.set_up(settings);
        settings.smtp_url = Some(format!("smtp://inroad:s3cret@{}?tls=required", sink.address));
    })
    .await;
    invite(&app, "zelda@example.org").await;
    app.send_mail().await;
    let (_, problem, pause, over) = standing(&app).await;
    assert!(problem.contains("STARTTLS") && pause == Some(1) && !over, "{problem}");
    assert!(sink.take().is_empty());
    let said = sink.said.lock().unwrap().clone();
    assert!(said.iter().all(|verb| ["EHLO", "QUIT"].contains(&verb.as_str())), "neither password nor mail: {said:?}");
}

#[tokio::test]
async fn a_silent_server_holds_no_connection_and_no_request() {
    let (app, sink) = start().await;
    sink.be(Mood::Silent);
    invite(&app, "zelda@example.org").await;
    let sending = app.send_mail_within(Duration::from_secs(3));
    let looking = async {
        while *sink.connections.lock().unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // While it is on its way: what leaves the pool comes back, and pages are answered.
        for _ in 0..100 {
            if app.pool.num_idle() == app.pool.size() as usize {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let idle = (app.pool.num_idle(), app.pool.size() as usize);
        app.alice.post("/settings/sessions/ends", &[]).await.to();
        idle
    };
    let (taken, (idle, all)) = tokio::join!(sending, looking);
    assert_eq!((taken, idle), (1, all));
    let (_, problem, pause, _) = standing(&app).await;
    assert!(!problem.is_empty() && pause == Some(1), "{problem}");
}

#[tokio::test]
async fn two_programs_send_each_mail_once() {
    let (app, sink) = start().await;
    for n in 0..30 {
        put(&app, &format!("member{n}@example.org")).await;
    }
    let (one, two, three) = tokio::join!(app.send_mail(), app.send_mail(), app.send_mail());
    assert_eq!(one + two + three, 30);
    let taken = sink.take();
    let ids: BTreeSet<String> = taken.iter().map(|mail| mail.id()).collect();
    assert_eq!((taken.len(), ids.len()), (30, 30));
}

#[tokio::test]
async fn a_mail_whose_program_died_is_taken_over_and_what_it_says_late_counts_no_more() {
    let (app, sink) = start().await;
    invite(&app, "zelda@example.org").await;
    let held = SignedDuration::from_mins(5);
    let mail = queries::claim(&app.db, app.now(), app.now() + held).await.unwrap().unwrap();
    assert_eq!(app.send_mail().await, 0, "it is held");
    app.pass(held);
    sink.be(Mood::Says("MAIL", "451 later"));
    assert_eq!(app.send_mail().await, 1);
    // The first comes back to life.
    queries::delete(&app.db, &mail).await.unwrap();
    queries::give_up(&app.db, &mail, "too late", app.now()).await.unwrap();
    queries::put_back(&app.db, &mail, "too late", app.now()).await.unwrap();
    let (attempts, problem, pause, over) = standing(&app).await;
    assert!(attempts == 2 && problem.contains("451") && pause == Some(2) && !over, "{problem}");
    sink.be(Mood::Takes);
    app.pass(MINUTE * 2);
    app.send_mail().await;
    assert!(sink.one().id().contains(&mail.id.to_string()));
}

#[tokio::test]
async fn an_account_that_is_deleted_takes_its_mail_along() {
    let (app, _sink) = start().await;
    app.alice.post("/settings/calendar", &[("alarm", "0")]).await.is(200);
    let fields = [("password", crate::support::person::PASSWORD), ("word", "delete")];
    app.alice.post("/settings/deletions", &fields).await.to();
    assert_eq!(app.send_mail().await, 0);
}

#[tokio::test]
async fn the_administrator_tries_whether_mail_arrives() {
    let (app, sink) = start().await;
    let page = app.dora.get("/admin/installation").await.page();
    assert!(
        page.says(&format!("It goes by {}, from Inroad <inroad@inroad.example>.", sink.address)),
        "{}",
        page.text("main")
    );
    let done = page.form_to("/admin/installation/test-mails").submit(&app.dora).await;
    assert!(app.dora.follow(&done).await.toast().starts_with("A test mail to dora@example.org is on its way."));
    app.send_mail().await;
    let mail = sink.one();
    assert_eq!((mail.subject().as_str(), &mail.to[..]), ("A test mail", &["dora@example.org".into()][..]));
}
