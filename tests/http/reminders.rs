//! Reminders: what is wished for in the settings, what comes of it, and that each comes once.

use inroad::ids::{ContactId, InterviewId};
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;

use super::mails::start;
use crate::support::person::sign_in_again;
use crate::support::sink::{Mood, Taken};
use crate::support::{App, Person, Sink};

const SETTINGS: &str = "/settings/reminders";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Wishes for reminders through the form: by mail, where nothing else is said.
pub async fn wish(person: &Person, fields: &[(&str, &str)]) {
    let mut sent = fields.to_vec();
    if !fields.iter().any(|(name, _)| name.contains("_by_")) {
        sent.extend(["digest_by_mail", "talk_by_mail", "review_by_mail"].map(|name| (name, "true")));
    }
    assert_eq!(person.post(SETTINGS, &sent).await.to(), SETTINGS);
}

/// Adds a contact who is to be asked this week.
pub async fn picked(person: &Person, name: &str) -> ContactId {
    let form = person.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).tick("Pick for this week").submit(person).await.to();
    to.strip_prefix("/contacts/").unwrap().parse().unwrap()
}

/// Moves the clock there, tells what is due and sends it.
pub async fn at(app: &App, sink: &Sink, instant: &str) -> Vec<Taken> {
    app.clock.set(instant.parse().unwrap());
    app.remind().await;
    app.send_mail().await;
    sink.take()
}

async fn count(app: &App, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn nothing_comes_until_it_is_switched_on_and_only_to_a_confirmed_address() {
    let (app, sink) = start().await;
    picked(&app.alice, "Grace Hopper").await;
    assert!(at(&app, &sink, "2026-11-25T09:00:00Z").await.is_empty());
    // Charlie's address is not shown to be his.
    let page = app.charlie.get(SETTINGS).await.is(200).page();
    assert!(page.says("Confirm your e-mail address to get mails"));
    assert_eq!(page.form_to(SETTINGS).value("digest_by_notice"), "true");
    let refused = app.charlie.post(SETTINGS, &[("digest", "8"), ("digest_by_mail", "true")]).await.is(422).page();
    assert_eq!(refused.error_of("What's due today"), "Confirm your e-mail address first");
    for wrong in [("digest", "24"), ("talk", "soon"), ("review", "noon")] {
        app.alice.post(SETTINGS, &[wrong]).await.is(422);
    }
    let form = app.alice.get(SETTINGS).await.is(200).page().form_to(SETTINGS);
    assert_eq!((form.filled("What's due today"), form.filled("Before a talk")), ("", ""));
    form.fill("What's due today", "8").fill("Before a talk", "hour").submit(&app.alice).await.to();
    let form = app.alice.get(SETTINGS).await.is(200).page().form_to(SETTINGS);
    assert_eq!((form.filled("What's due today"), form.filled("Before a talk")), ("8", "hour"));
    assert_eq!(count(&app, "select count(*) from reminders").await, 2);
    wish(&app.alice, &[]).await;
    assert_eq!(count(&app, "select count(*) from reminders").await, 0);
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_so_and_offers_the_calendar() {
    let app = App::start().await;
    let page = app.alice.get(SETTINGS).await.is(200).page();
    assert!(page.says("This Inroad sends no mail") && !page.has("input[name='digest_by_mail']"));
    assert_eq!(page.link("Set up the calendar"), "/settings/calendar");
    app.alice.post(SETTINGS, &[("digest", "8"), ("digest_by_mail", "true")]).await.is(422);
}

#[tokio::test]
async fn the_daily_mail_tells_what_today_has_once_a_day() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("digest", "8")]).await;
    let grace = picked(&app.alice, "Grace Hopper").await;
    picked(&app.alice, "Alan Turing").await;
    picked(&app.charlie, "Somebody Else").await;
    assert!(at(&app, &sink, "2026-11-24T23:00:00Z").await.is_empty(), "this morning is over");
    assert!(at(&app, &sink, "2026-11-25T07:59:00Z").await.is_empty());
    let mails = at(&app, &sink, "2026-11-25T08:00:00Z").await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!((mail.subject().as_str(), &mail.to[..]), ("Today: 2 things to do", &["alice@example.org".into()][..]));
    let plain = mail.plain();
    for said in [
        "Send a request to Grace Hopper",
        "Send a request to Alan Turing",
        "Done: http",
        "Snooze: http",
        "Stop the daily mail",
    ] {
        assert!(plain.contains(said), "{said} in {plain}");
    }
    assert!(!plain.contains("Somebody"), "{plain}");
    assert!(plain.contains(&format!("/contacts/{grace}")), "{plain}");
    assert!(mail.html().contains("Grace Hopper") && mail.html().contains("/reminders/acts?link="));
    for header in ["List-Unsubscribe", "List-Unsubscribe-Post"] {
        assert!(mail.headers().iter().any(|name| name == header), "{header}: {:?}", mail.headers());
    }
    for later in ["2026-11-25T08:01:00Z", "2026-11-25T23:59:00Z"] {
        assert!(at(&app, &sink, later).await.is_empty(), "{later}");
    }
    assert_eq!(at(&app, &sink, "2026-11-26T08:00:10Z").await.len(), 1);
}

#[tokio::test]
async fn a_day_with_nothing_to_say_and_a_day_away_are_told_to_nobody() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("digest", "8")]).await;
    assert!(at(&app, &sink, "2026-11-25T08:00:00Z").await.is_empty());
    picked(&app.alice, "Grace Hopper").await;
    assert!(at(&app, &sink, "2026-11-25T09:00:00Z").await.is_empty(), "that morning is over");
    app.alice.post("/today/ends", &[]).await.to();
    assert_eq!(at(&app, &sink, "2026-11-26T08:00:00Z").await.len(), 1, "put away was the day before");
    // Saturday, on working days alone.
    wish(&app.alice, &[("digest", "8"), ("working_days", "true")]).await;
    assert_eq!(at(&app, &sink, "2026-11-27T08:00:00Z").await.len(), 1);
    assert!(at(&app, &sink, "2026-11-28T08:00:00Z").await.is_empty());
    assert_eq!(at(&app, &sink, "2026-11-30T08:00:00Z").await.len(), 1);
}

#[tokio::test]
async fn what_was_missed_comes_once_and_what_is_done_meanwhile_is_not_told() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("digest", "8")]).await;
    let grace = picked(&app.alice, "Grace Hopper").await;
    assert_eq!(at(&app, &sink, "2026-11-28T11:00:00Z").await.len(), 1, "three days and three hours late, once");
    // The mail waits while the server is down; what it says is of when it leaves.
    sink.be(Mood::Says("RCPT", "450 later"));
    assert!(at(&app, &sink, "2026-11-30T08:00:00Z").await.is_empty());
    app.alice.post(&format!("/contacts/{grace}/touchpoints"), &[("kind", "requested")]).await.to();
    sink.be(Mood::Takes);
    assert!(at(&app, &sink, "2026-11-30T08:05:00Z").await.is_empty());
    assert_eq!(count(&app, "select count(*) from mails").await, 0, "it is not kept either");
}

#[tokio::test]
async fn hours_are_where_the_person_is_on_both_days_of_daylight_saving() {
    let (app, sink) = start().await;
    picked(&app.alice, "Grace Hopper").await;
    let zone = async |name: &str| {
        let form = app.alice.get("/settings/profile").await.page().form_to("/settings/profile");
        form.fill("Time zone", name).submit(&app.alice).await.to();
    };
    zone("Europe/Berlin").await;
    wish(&app.alice, &[("digest", "2")]).await;
    // The night to 28 March 2027 has no hour 2: it strikes at 3, which is 1:00 UTC.
    assert_eq!(at(&app, &sink, "2027-03-27T01:00:00Z").await.len(), 1);
    assert!(at(&app, &sink, "2027-03-28T00:59:00Z").await.is_empty());
    assert_eq!(at(&app, &sink, "2027-03-28T01:00:00Z").await.len(), 1);
    assert!(at(&app, &sink, "2027-03-28T23:59:00Z").await.is_empty());
    assert_eq!(at(&app, &sink, "2027-03-29T00:00:00Z").await.len(), 1);
    // That of 31 October 2027 has it twice.
    assert_eq!(at(&app, &sink, "2027-10-31T00:00:00Z").await.len(), 1);
    assert!(at(&app, &sink, "2027-10-31T01:00:00Z").await.is_empty());
    assert!(at(&app, &sink, "2027-10-31T02:30:00Z").await.is_empty());

    // Flying east, the next day comes sooner; flying back, no day comes twice.
    sign_in_again(&app, &app.alice).await;
    wish(&app.alice, &[("digest", "8")]).await;
    assert_eq!(at(&app, &sink, "2027-11-03T07:00:00Z").await.len(), 1, "3 November in Berlin");
    zone("Pacific/Kiritimati").await;
    assert_eq!(at(&app, &sink, "2027-11-03T18:00:00Z").await.len(), 1, "4 November there");
    zone("America/New_York").await;
    assert!(at(&app, &sink, "2027-11-04T12:00:00Z").await.is_empty(), "4 November was told");
    assert_eq!(at(&app, &sink, "2027-11-05T12:00:00Z").await.len(), 1);
    // A clock that jumps back.
    assert!(at(&app, &sink, "2027-11-05T09:00:00Z").await.is_empty());
    assert!(at(&app, &sink, "2027-11-05T12:00:00Z").await.is_empty());
}

/// Sets a talk by the form: on that day and at that time of Alice's clock, which is UTC.
async fn a_talk(app: &App, contact: ContactId, (date, time): (&str, &str)) -> InterviewId {
    app.alice.post(&format!("/contacts/{contact}/touchpoints"), &[("kind", "accepted")]).await.to();
    let page = app.alice.get(&format!("/interviews/new?contact={contact}")).await.is(200).page();
    let to = page.form_to("/interviews").set("date", date).set("time", time).submit(&app.alice).await.to();
    to.trim_start_matches("/interviews/").split('/').next().unwrap().parse().unwrap()
}

async fn moved(app: &App, talk: InterviewId, (date, time): (&str, &str)) {
    let page = app.alice.get(&format!("/interviews/{talk}/edit")).await.is(200).page();
    let form = page.form_to(&format!("/interviews/{talk}"));
    form.set("date", date).set("time", time).submit(&app.alice).await.to();
}

#[tokio::test]
async fn a_talk_is_told_of_before_it_and_again_where_it_was_moved() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("talk", "hour")]).await;
    let grace = picked(&app.alice, "Grace Hopper").await;
    assert!(at(&app, &sink, "2026-11-24T09:01:00Z").await.is_empty());
    let talk = a_talk(&app, grace, ("2026-11-26", "14:00")).await;
    assert!(at(&app, &sink, "2026-11-26T12:59:00Z").await.is_empty());
    let mails = at(&app, &sink, "2026-11-26T13:00:00Z").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject(), "A talk at 14:00");
    assert!(mails[0].plain().contains("14:00, Grace Hopper"), "{}", mails[0].plain());
    assert!(at(&app, &sink, "2026-11-26T13:10:00Z").await.is_empty());
    // Moved to the next day: told of again, an hour before its new time.
    moved(&app, talk, ("2026-11-27", "10:00")).await;
    assert!(at(&app, &sink, "2026-11-26T13:30:00Z").await.is_empty());
    assert_eq!(at(&app, &sink, "2026-11-27T09:00:00Z").await.len(), 1);
    // One that is cancelled after the mail was put, and before it left.
    let other = a_talk(&app, picked(&app.alice, "Alan Turing").await, ("2026-11-30", "14:00")).await;
    sink.be(Mood::Says("RCPT", "450 later"));
    assert!(at(&app, &sink, "2026-11-30T13:00:00Z").await.is_empty());
    assert_eq!(count(&app, "select count(*) from mails").await, 1);
    app.alice.post(&format!("/interviews/{other}/deletions"), &[]).await.to();
    sink.be(Mood::Takes);
    assert!(at(&app, &sink, "2026-11-30T13:05:00Z").await.is_empty());
    assert_eq!(count(&app, "select count(*) from mails").await, 0);
}

#[tokio::test]
async fn a_talk_counts_the_questions_that_are_still_on_its_list() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("talk", "hour")]).await;
    let grace = picked(&app.alice, "Grace Hopper").await;
    let talk = a_talk(&app, grace, ("2026-11-26", "14:00")).await;
    sqlx::query(
        "insert into interview_questions (user_id, id, interview_id, topic, text, position, deleted_at)
         select $1, gen_random_uuid(), $2, 'team', 'Question ' || n, n, case when n > 1 then now() end from generate_series(1, 3) n",
    )
    .bind(app.alice.id)
    .bind(talk)
    .execute(&app.db)
    .await
    .unwrap();
    let today = app.alice.get("/").await.is(200).page();
    assert!(today.says("0 of 7 sources read, 1 question."), "{}", today.text("main"));
    let mails = at(&app, &sink, "2026-11-26T13:00:00Z").await;
    assert!(mails[0].plain().contains("0 of 7 sources read, 1 question."), "{}", mails[0].plain());
}

#[tokio::test]
async fn the_week_is_called_to_mind_on_friday_until_it_was_looked_back_on() {
    let (app, sink) = start().await;
    wish(&app.alice, &[("review", "16")]).await;
    assert!(at(&app, &sink, "2026-11-26T16:00:00Z").await.is_empty());
    let mails = at(&app, &sink, "2026-11-27T16:00:00Z").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject(), "Look back on your week");
    assert!(mails[0].plain().contains("/review"), "{}", mails[0].plain());
    assert!(at(&app, &sink, "2026-12-03T16:00:00Z").await.is_empty());
    app.clock.set("2026-12-04T15:00:00Z".parse().unwrap());
    app.alice.post("/review/ends", &[("week", "2026-11-30")]).await.to();
    assert!(at(&app, &sink, "2026-12-04T16:00:00Z").await.is_empty(), "it was looked back on before");
}

#[tokio::test]
async fn several_programs_tell_each_day_once() {
    let (app, _sink) = start().await;
    let sql = "with made as (insert into users (id, name, email, password_hash, time_zone, created_at, email_confirmed_at)
                 select gen_random_uuid(), 'P', 'p' || n || '@example.org', 'x', 'UTC', $1, $1 from generate_series(1, 200) n returning id)
               insert into reminders (account_id, kind, hour, working_days, since, next_at) select id, 'digest', 8, false, $1, $1 from made";
    let before: Timestamp = app.now();
    sqlx::query(sql).bind(inroad::database::At(before)).execute(&app.db).await.unwrap();
    app.pass(HOUR * 23);
    let put = tokio::join!(app.remind(), app.remind(), app.remind(), app.remind());
    assert_eq!(put.0 + put.1 + put.2 + put.3, 200);
    assert_eq!(count(&app, "select count(*) from mails where kind = 'digest'").await, 200);
    assert_eq!(count(&app, "select count(distinct account_id) from mails").await, 200);
    assert_eq!(app.remind().await, 0);
    assert_eq!(count(&app, "select count(*) from reminders where next_at = '2026-11-26T08:00:00Z'").await, 200);
}
