//! The coach's overview: every search that is shared, in numbers, where it is stuck, and nothing else of it.

use inroad::ids::ContactId;
use jiff::SignedDuration;

use crate::comments::may_comment;
use crate::support::{App, Page, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn overview(coach: &Person) -> Page {
    coach.get("/looking").await.is(200).page()
}

/// The line of each search, in order.
async fn lines(coach: &Person) -> Vec<String> {
    overview(coach).await.texts("main tbody tr")
}

/// The one line there is.
async fn line(coach: &Person) -> String {
    let lines = lines(coach).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.into_iter().next().unwrap()
}

/// What of this week's requests and talks is done, of the one search there is.
async fn week(coach: &Person) -> [Vec<String>; 2] {
    let page = overview(coach).await;
    ["Requests", "Talks"].map(|of| page.texts(&format!("main tbody td[data-label={of}]")))
}

/// Something that happened with a contact some days ago.
async fn happened(app: &App, of: &Person, contact: ContactId, kind: &str, days: i32) {
    let direction = if ["requested", "asked"].contains(&kind) { "out" } else { "in" };
    let line = app.rows(of).touchpoint(contact, kind, direction).await;
    let sql = "update touchpoints set happened_on = happened_on - $2, happened_at = happened_at - make_interval(days => $2) where id = $1";
    sqlx::query(sql).bind(line).bind(days).execute(&app.db).await.unwrap();
}

async fn with_grant(app: &App, change: &str) {
    let sql = format!("update grants set {change} where coach_id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(app.bob.id).execute(&app.db).await.unwrap();
}

/// Charlie lets Bob look, too.
async fn second_seeker(app: &App) {
    sqlx::query(
        "insert into grants (id, owner_id, label, coach_id, created_at, accepted_at, let_in_at)
         values (gen_random_uuid(), $1, 'Bob', $2, now(), now(), now())",
    )
    .bind(app.charlie.id)
    .bind(app.bob.id)
    .execute(&app.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_coach_whom_nobody_invited_is_told_what_comes_here() {
    let app = App::start().await;
    let page = overview(&app.charlie).await;
    assert!(page.says("Nothing yet") && page.says("where it's stuck") && !page.has("main table"));
}

#[tokio::test]
async fn a_search_says_where_it_is_stuck_and_how_the_week_goes() {
    let app = App::start().await;
    assert!(line(&app.bob).await.contains("No companies yet"));
    let rows = app.rows(&app.alice);
    let company = rows.company("Orbital Works").await;
    assert!(line(&app.bob).await.contains("One company, no one asked"));
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    happened(&app, &app.alice, grace, "requested", 20).await;
    let stuck = line(&app.bob).await;
    assert!(stuck.contains("Asked 1, no answer for two weeks"), "{stuck}");
    assert_eq!(week(&app.bob).await, [["0 of 10"], ["0 of 3"]]);
    rows.touchpoint(grace, "requested", "out").await;
    rows.touchpoint(grace, "held", "none").await;
    let goes = line(&app.bob).await;
    assert!(goes.contains("On the way"), "{goes}");
    assert_eq!(week(&app.bob).await, [["1 of 10"], ["1 of 3"]]);
    for name in ["Grace Hopper", "Orbital Works"] {
        assert!(!goes.contains(name), "{name}");
    }
}

#[tokio::test]
async fn what_was_undone_does_not_count_and_goals_are_hers() {
    let app = App::start().await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let sent = app.rows(&app.alice).touchpoint(grace, "requested", "out").await;
    sqlx::query("update users set preferences = preferences || '{\"goals\": {\"requests_a_week\": 5}}' where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    assert_eq!(week(&app.bob).await[0], ["1 of 5"]);
    app.alice.post(&format!("/contacts/{grace}/touchpoints/{sent}/undos"), &[]).await.to();
    assert_eq!(week(&app.bob).await[0], ["0 of 5"]);
}

#[tokio::test]
async fn what_is_late_is_counted_and_silence_is_said() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Grace Hopper", None).await;
    app.alice.company("Orbital Works").await;
    let page = overview(&app.bob).await;
    assert_eq!(page.text("main td[data-label='Late']"), "0", "what is due today is not late");
    assert_eq!(page.text("main td[data-label='Last active']"), "today");
    app.pass(DAY * 9);
    crate::support::person::sign_in_again(&app, &app.bob).await;
    let page = overview(&app.bob).await;
    assert_eq!(page.text("main td[data-label='Late']"), "1");
    assert_eq!(page.text("main td[data-label='Last active']"), "Quiet for 9 days");
}

#[tokio::test]
async fn a_search_that_rests_is_not_stuck() {
    let app = App::start().await;
    for (preferences, said) in [
        (r#"{"search_ended_on": "2026-11-20"}"#, "Their search is over"),
        (r#"{"search_ended_on": null}"#, "No companies yet"),
    ] {
        sqlx::query("update users set preferences = preferences || $2::text::jsonb where id = $1")
            .bind(app.alice.id)
            .bind(preferences)
            .execute(&app.db)
            .await
            .unwrap();
        let line = line(&app.bob).await;
        assert!(line.contains(said), "{line}");
    }
}

#[tokio::test]
async fn who_is_stuck_comes_first_or_names_or_the_last_active() {
    let app = App::start().await;
    second_seeker(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    app.rows(&app.alice).touchpoint(grace, "requested", "out").await;
    let first = |lines: Vec<String>| lines.into_iter().next().unwrap();
    let page = overview(&app.bob).await;
    assert!(page.says("One of 2 is stuck."), "{}", page.text("main header"));
    assert!(first(page.texts("main tbody tr")).contains("Charlie Clark"));
    for (sort, name) in
        [("name", "Alice Adams"), ("active", "Alice Adams"), ("stuck", "Charlie Clark"), ("?", "Charlie")]
    {
        let page = app.bob.get(&format!("/looking?sort={sort}")).await.is(200).page();
        assert!(first(page.texts("main tbody tr")).contains(name), "{sort}");
    }
}

#[tokio::test]
async fn a_grant_that_does_not_hold_shows_no_number() {
    let app = App::start().await;
    app.rows(&app.alice).company("Orbital Works").await;
    assert!(line(&app.bob).await.contains("One company"));
    with_grant(&app, "let_in_at = null, looked_at = null").await;
    let page = overview(&app.bob).await;
    assert!(page.says("yet to let you in") && page.says("Alice Adams") && !page.has("main table"));
    for change in ["revoked_at = now()", "revoked_at = null, let_in_at = now(), ends_on = '2026-11-23'"] {
        with_grant(&app, change).await;
        assert!(overview(&app.bob).await.says("Nothing yet"), "{change}");
    }
    with_grant(&app, "ends_on = '2026-11-24'").await;
    assert!(line(&app.bob).await.contains("One company"), "its last day counts");
    sqlx::query("update users set disabled_at = now() where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    assert!(overview(&app.bob).await.says("Nothing yet"));
}

#[tokio::test]
async fn whoever_shares_progress_alone_is_shown_in_numbers() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    with_grant(&app, "scope = 'progress', may_comment = true").await;
    let said = line(&app.bob).await;
    assert!(said.contains("Progress, in numbers"), "{said}");
    assert_eq!(week(&app.bob).await[0], ["1 of 10"]);
    let page = overview(&app.bob).await;
    assert!(!page.says("Grace Hopper") && !page.says("Suggested"));
    assert!(!page.links().iter().any(|(_, to)| to.contains(&ids.contact.to_string())));
}

#[tokio::test]
async fn a_new_answer_leads_to_where_it_stands_until_it_was_read() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = format!("/contacts/{grace}");
    let form = app.bob.get(&path).await.page().form_with("Comment").unwrap();
    form.fill("Write a comment", "Shorter").submit(&app.bob).await.to();
    assert!(line(&app.bob).await.contains("1 open comment"));
    app.pass(SignedDuration::from_hours(1));
    let page = app.alice.get(&path).await.page();
    let answer = page.forms().into_iter().find(|form| form.action == "/comments").unwrap();
    answer.set("text", "I will.").submit(&app.alice).await.to();
    let page = overview(&app.bob).await;
    assert!(page.says("1 new answer") && !page.says("open comment"));
    let look = page.form_with("1 new answer from Alice Adams").unwrap();
    app.pass(SignedDuration::from_hours(1));
    assert_eq!(look.submit(&app.bob).await.to(), path);
    app.bob.get(&path).await.is(200);
    assert!(!overview(&app.bob).await.says("new answer"));
    with_grant(&app, "may_comment = false").await;
    assert!(!overview(&app.bob).await.says("comment"));
}

#[tokio::test]
async fn an_answer_is_read_by_whoever_looks_after_it_in_the_same_hour_too() {
    let app = App::start().await;
    may_comment(&app).await;
    let grace = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = format!("/contacts/{grace}");
    let form = app.bob.get(&path).await.page().form_with("Comment").unwrap();
    form.fill("Write a comment", "Shorter").submit(&app.bob).await.to();
    let minute = SignedDuration::from_mins(1);
    app.pass(minute);
    let page = app.alice.get(&path).await.page();
    let answer = page.forms().into_iter().find(|form| form.action == "/comments").unwrap();
    answer.set("text", "I will.").submit(&app.alice).await.to();
    app.pass(minute);
    app.bob.get("/companies").await.is(200);
    assert!(overview(&app.bob).await.says("1 new answer"), "he looked before it, and elsewhere");
    app.pass(minute);
    app.bob.get(&path).await.is(200);
    assert!(!overview(&app.bob).await.says("new answer"));
    let looks: i64 =
        sqlx::query_scalar("select count(*) from looks where path = $1").bind(&path).fetch_one(&app.db).await.unwrap();
    assert_eq!(looks, 1, "the hour is noted once");
}

#[tokio::test]
async fn that_the_numbers_were_seen_is_told_once_a_day() {
    let app = App::start().await;
    let looks = async || app.alice.get("/settings/people/looks").await.is(200).page().texts("main li[data-row]");
    for _ in 0..2 {
        overview(&app.bob).await;
        app.pass(SignedDuration::from_hours(2));
    }
    let seen = looks().await;
    assert!(seen.len() == 1 && seen[0].contains("Your week in numbers") && seen[0].contains("Bob Brown"), "{seen:?}");
    app.pass(DAY);
    overview(&app.bob).await;
    assert_eq!(looks().await.len(), 2);
    let path: String = sqlx::query_scalar("select distinct path from looks").fetch_one(&app.db).await.unwrap();
    assert_eq!(path, "/looking");
    let link = app.alice.get("/settings/people/looks").await.page().link("Your week in numbers");
    assert_eq!(link, "/progress", "hers, not her coach's list");
}
