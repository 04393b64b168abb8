//! What a person sets: the search, pace and holidays, the profile, the password, sessions, and leaving.

use jiff::SignedDuration;
use sqlx::AssertSqlSafe;

use crate::support::person::PASSWORD;
use crate::support::sums::sums_of;
use crate::support::{Answer, App, Form, Page, Person};

const NEW_PASSWORD: &str = "seven lanterns over a harbour";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn page(person: &Person, section: &str) -> Page {
    person.get(&format!("/settings{section}")).await.is(200).page()
}

async fn form(person: &Person, section: &str, action: &str) -> Form {
    page(person, section).await.form_to(action)
}

async fn is_signed_in(person: &Person) -> bool {
    person.get("/settings/profile").await.status == 200
}

async fn can_log_in(app: &App, email: &str, password: &str) -> bool {
    let visitor = app.visitor();
    let form = visitor.get("/login").await.is(200).page().form_to("/login");
    form.fill("E-mail", email).fill("Password", password).submit(&visitor).await.status == 303
}

#[tokio::test]
async fn the_search_is_kept_and_fills_the_pages_after_it() {
    let app = App::start().await;
    let form = form(&app.alice, "", "/settings/search").await;
    let answer = form
        .fill("Target roles", "Compiler engineer\r\n\r\nLanguage designer\r\ncompiler engineer")
        .fill("Places", "Kiel")
        .fill("One sentence about you", "I build compilers")
        .fill("Minutes a talk is asked for", "20")
        .submit(&app.alice)
        .await;
    let shown = app.alice.follow(&answer).await;
    assert_eq!(shown.toast(), "Saved.");
    let again = shown.form_to("/settings/search");
    assert_eq!(again.filled("Target roles"), "Compiler engineer\nLanguage designer");
    assert_eq!(again.filled("Minutes a talk is asked for"), "20");
    let find = app.alice.get("/companies/new").await.is(200).body;
    assert!(find.contains("Compiler%20engineer") || find.contains("Compiler+engineer"), "search links use the role");
}

#[tokio::test]
async fn what_is_wrong_with_the_search_is_said_at_its_field_and_nothing_is_saved() {
    let app = App::start().await;
    let before = sums_of(&app.db, app.alice.id).await;
    let form = form(&app.alice, "", "/settings/search").await;
    let wrong = form.fill("Schools", "fine\na bell \u{7}").fill("Minutes a talk is asked for", "3");
    let page = wrong.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Schools").starts_with("Line 2: "), "{}", page.error_of("Schools"));
    assert_eq!(page.error_of("Minutes a talk is asked for"), "Write a whole number from 5 to 120");
    assert_eq!(sums_of(&app.db, app.alice.id).await, before);
}

#[tokio::test]
async fn the_second_of_two_saves_shows_both_and_loses_nothing() {
    let app = App::start().await;
    for (section, action, label, (first, second)) in [
        ("", "/settings/search", "Target roles", ("Designer", "Engineer")),
        ("/pace", "/settings/pace", "Talks a week", ("4", "5")),
        ("/profile", "/settings/profile", "Name", ("Alice A.", "Alice B.")),
        ("/email", "/settings/email", "E-mail", ("one@example.org", "two@example.org")),
    ] {
        let (mine, theirs) = (form(&app.alice, section, action).await, form(&app.alice, section, action).await);
        theirs.fill(label, first).submit(&app.alice).await.to();
        let conflict = mine.fill(label, second).submit(&app.alice).await.is(409).page();
        assert!(conflict.says(first), "{section} shows what was saved meanwhile");
        let form = conflict.form_to(action);
        assert_eq!(form.filled(label), second, "{section} keeps what was typed");
        form.submit(&app.alice).await.to();
        assert_eq!(self::form(&app.alice, section, action).await.filled(label), second);
    }
}

#[tokio::test]
async fn the_same_text_saved_twice_is_no_conflict() {
    let app = App::start().await;
    let (one, other) =
        (form(&app.alice, "", "/settings/search").await, form(&app.alice, "/pace", "/settings/pace").await);
    one.fill("Places", "Kiel").submit(&app.alice).await.to();
    other.submit(&app.alice).await.to();
    assert_eq!(form(&app.alice, "", "/settings/search").await.filled("Places"), "Kiel");
}

/// Someone a request was sent to today: a second person is asked three business days later.
async fn requested(app: &App) {
    let rows = app.rows(&app.alice);
    let contact = rows.contact("Grace Hopper", None).await;
    rows.touchpoint(contact, "requested", "out").await;
    let form = form(&app.alice, "/pace", "/settings/pace").await;
    form.fill("No answer to a request: ask someone else there", "2").submit(&app.alice).await.to();
    let form = self::form(&app.alice, "/pace", "/settings/pace").await;
    form.fill("No answer to a request: ask someone else there", "3").submit(&app.alice).await.to();
    assert_eq!(due(app).await, "2026-11-27");
}

async fn due(app: &App) -> String {
    let sql = "select next_due::text from contacts where user_id = $1 and name = 'Grace Hopper'";
    sqlx::query_scalar(sql).bind(app.alice.id).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn another_pace_moves_the_open_steps() {
    let app = App::start().await;
    requested(&app).await;
    let slower = form(&app.alice, "/pace", "/settings/pace").await;
    let answer = slower.fill("No answer to a request: ask someone else there", "4").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "Saved. 1 next step moved to other days.");
    assert_eq!(due(&app).await, "2026-11-30");

    let friday_off = form(&app.alice, "/pace", "/settings/pace").await.tick("Friday");
    friday_off.submit(&app.alice).await.to();
    assert_eq!(due(&app).await, "2026-12-01");

    let goal = form(&app.alice, "/pace", "/settings/pace").await.fill("Talks a week", "4").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&goal).await.toast(), "Saved.", "a goal moves nothing");
}

#[tokio::test]
async fn holidays_are_added_taken_away_and_brought_back_and_steps_move_along() {
    let app = App::start().await;
    requested(&app).await;
    let add = form(&app.alice, "/holidays", "/settings/holidays").await;
    let answer = add.fill("Dates", "2026-11-26..2026-11-27\n2026-12-24").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "Saved. 1 next step moved to other days.");
    let shown = app.alice.get("/settings/holidays").await.is(200).page();
    assert!(shown.says("Thursday 26 November to Friday 27 November") && shown.says("Thursday 24 December"));
    assert_eq!(due(&app).await, "2026-12-01");

    let removed = shown.form_to("/settings/holidays/removals").submit(&app.alice).await;
    let moved = app.alice.follow(&removed).await;
    assert_eq!(due(&app).await, "2026-11-27");
    let shown = app.alice.get("/settings/holidays").await.is(200).page();
    assert!(!shown.says("26 November") && shown.says("24 December"));

    moved.undo().submit(&app.alice).await.to();
    assert_eq!(due(&app).await, "2026-12-01");
    let page = form(&app.alice, "/holidays", "/settings/holidays").await.fill("Dates", "Christmas");
    let page = page.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Dates").starts_with("Line 1: "));
    let many = "2030-01-01..2030-12-31\n2031-01-01..2031-06-30";
    let page = form(&app.alice, "/holidays", "/settings/holidays").await.fill("Dates", many);
    assert!(page.submit(&app.alice).await.is(422).page().error_of("Dates").contains("At most 400"));
}

#[tokio::test]
async fn a_week_keeps_a_working_day() {
    let app = App::start().await;
    let mut whole_week = form(&app.alice, "/pace", "/settings/pace").await;
    for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] {
        whole_week = whole_week.tick(day);
    }
    let page = whole_week.submit(&app.alice).await.is(422).page();
    assert!(page.says("At least one day of the week has to be a working day"));
}

#[tokio::test]
async fn name_and_time_zone_are_changed() {
    let app = App::start().await;
    let profile = form(&app.alice, "/profile", "/settings/profile").await;
    let answer = profile.fill("Name", "Alice Ångström").fill("Time zone", "pacific/auckland").submit(&app.alice).await;
    let shown = app.alice.follow(&answer).await;
    assert_eq!(shown.form_to("/settings/profile").filled("Time zone"), "Pacific/Auckland");
    assert_eq!(shown.text(".who"), "Alice Ångström");
    let wrong = shown.form_to("/settings/profile").fill("Name", " ").fill("Time zone", "Mars/Olympus");
    let page = wrong.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Time zone").starts_with("Choose one from the list"));
    assert_eq!(page.error_of("Name"), "Enter something here");
}

/// What a browser does with a 307: the same form once more, to where it leads.
async fn sent_on(person: &Person, answer: &Answer, fields: &[(String, String)]) -> Answer {
    assert_eq!(answer.status, 307, "{}", answer.gist());
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.post(answer.header("location"), &fields).await
}

#[tokio::test]
async fn the_account_itself_is_changed_only_after_the_password() {
    let app = App::start().await;
    let email = form(&app.alice, "/email", "/settings/email").await.fill("E-mail", "new@example.org");
    app.pass(MINUTE * 11);
    let asked = app.alice.get("/settings/email").await;
    assert_eq!(asked.to(), "/confirm?next=%2Fsettings%2Femail");

    let page = email.submit(&app.alice).await.is(422).page();
    assert_eq!(page.text("h1"), "Your password, once more");
    assert!(can_log_in(&app, "alice@example.org", PASSWORD).await, "nothing is changed yet");
    let wrong = page.form_to("/confirm").fill("Password", "not my password at all");
    let page = wrong.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Password"), "That's not your password");

    let token = app.alice.token();
    let right = page.form_to("/confirm").fill("Password", PASSWORD);
    let fields = right.fields.clone();
    let answer = right.submit(&app.alice).await;
    assert_ne!(app.alice.token(), token, "what may be done changed, so did the token");
    let saved = sent_on(&app.alice, &answer, &fields).await;
    assert_eq!(app.alice.follow(&saved).await.toast(), "You now log in with new@example.org.");
    assert!(can_log_in(&app, "new@example.org", PASSWORD).await);
    app.alice.get("/settings/email").await.is(200);

    app.pass(MINUTE * 11);
    let page = app.alice.get("/confirm?next=//evil.example").await.is(200).page();
    let answer = page.form_to("/confirm").fill("Password", PASSWORD).submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
}

#[tokio::test]
async fn an_address_somebody_has_is_not_taken() {
    let app = App::start().await;
    let email = form(&app.alice, "/email", "/settings/email").await.fill("E-mail", "Charlie@Example.org");
    let page = email.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("E-mail"), "This address cannot be used here");
    for _ in 0..10 {
        page.form_to("/settings/email").submit(&app.alice).await;
    }
    page.form_to("/settings/email").submit(&app.alice).await.is(429);
}

#[tokio::test]
async fn guesses_at_the_own_password_are_few() {
    let app = App::start().await;
    for (path, field) in
        [("/confirm", "password"), ("/settings/password", "old_password"), ("/settings/deletions", "password")]
    {
        for _ in 0..10 {
            app.alice.post(path, &[(field, "a guess at the password")]).await.is(422);
        }
        app.alice.post(path, &[(field, PASSWORD), ("word", "delete")]).await.is(429);
        app.pass(MINUTE * 16);
    }
    assert!(is_signed_in(&app.alice).await);
    app.alice.post("/confirm", &[("password", PASSWORD)]).await.to();
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_renews_this_one() {
    let app = App::start().await;
    let other = app.another_browser(&app.alice).await;
    let stolen = app.visitor();
    stolen.keep_cookie(&format!("inroad={}", app.alice.token().unwrap()));
    assert!(is_signed_in(&stolen).await && is_signed_in(&other).await);

    let form = form(&app.alice, "/security", "/settings/password").await;
    let answer = form.fill("Current password", PASSWORD).fill("New password", NEW_PASSWORD).submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "Your password is changed. 1 other session was ended.");
    assert!(is_signed_in(&app.alice).await);
    assert!(!is_signed_in(&stolen).await && !is_signed_in(&other).await);
    assert!(is_signed_in(&app.charlie).await, "nobody else is touched");
    assert!(can_log_in(&app, "alice@example.org", NEW_PASSWORD).await);
    assert!(!can_log_in(&app, "alice@example.org", PASSWORD).await);
}

#[tokio::test]
async fn a_password_is_not_changed_without_the_old_one_or_to_a_weak_one() {
    let app = App::start().await;
    let form = form(&app.alice, "/security", "/settings/password").await;
    let weak = form.clone().fill("Current password", "not my password at all").fill("New password", "short");
    let page = weak.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Current password"), "That's not your password");
    assert!(page.error_of("New password").starts_with("Use at least 15"));
    assert!(!page.form_to("/settings/password").fields.iter().any(|(_, value)| value == "short"));
    form.fill("Current password", PASSWORD).fill("New password", "alice@example.org").submit(&app.alice).await.is(422);
    assert!(can_log_in(&app, "alice@example.org", PASSWORD).await);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let app = App::start().await;
    let (phone, tablet) = (app.another_browser(&app.alice).await, app.another_browser(&app.alice).await);
    let ends = |page: &Page| -> Vec<Form> {
        page.forms()
            .into_iter()
            .filter(|form| form.action.starts_with("/settings/sessions/") && form.action != "/settings/sessions/ends")
            .collect()
    };
    let page = page(&app.alice, "/security").await;
    assert_eq!(page.texts("ul.rows li").len(), 3);
    assert!(page.texts("ul.rows li").iter().filter(|line| line.contains("This one")).count() == 1);
    let one = ends(&page).remove(0);
    let path = one.action.clone();
    one.submit(&app.alice).await.to();
    assert_eq!([is_signed_in(&phone).await, is_signed_in(&tablet).await].iter().filter(|there| **there).count(), 1);
    app.alice.post(&path, &[]).await.is(404);

    let strangers = ends(&self::page(&app.alice, "/security").await).remove(0);
    app.charlie.post(&strangers.action, &[]).await.is(404);
    let all = self::page(&app.alice, "/security").await.form_to("/settings/sessions/ends").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&all).await.toast(), "1 other session was ended.");
    assert!(is_signed_in(&app.alice).await && !is_signed_in(&phone).await && !is_signed_in(&tablet).await);
}

#[tokio::test]
async fn what_was_typed_comes_back_after_the_session_ended() {
    let app = App::start().await;
    let form = form(&app.alice, "", "/settings/search").await.fill("Places", "Tórshavn");
    sqlx::query("delete from sessions").execute(&app.db).await.unwrap();
    let login = form.submit(&app.alice).await.is(401).page();
    let log_in = login.form_to("/login").fill("E-mail", "alice@example.org").fill("Password", PASSWORD);
    let kept = app.alice.follow(&log_in.submit(&app.alice).await).await;
    assert!(kept.says("Tórshavn"), "{}", kept.text("main"));
    let again = kept.form_with("Save it now").unwrap();
    assert_eq!(again.clone().submit(&app.alice).await.is(307).header("location"), "/settings/search");
    let fields: Vec<_> = again.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.alice.post("/settings/search", &fields).await.to();
    assert_eq!(self::form(&app.alice, "", "/settings/search").await.filled("Places"), "Tórshavn");
}

#[tokio::test]
async fn a_coach_reads_the_search_and_nothing_of_the_account() {
    let app = App::start().await;
    for section in ["", "/pace", "/holidays"] {
        let page = page(&app.bob, section).await;
        assert!(page.has("body.read-only") && !page.has("nav.sections a[href='/settings/profile']"), "{section}");
    }
    for section in ["/profile", "/email", "/security", "/people", "/data"] {
        app.bob.get(&format!("/settings{section}")).await.is(403);
    }
}

/// Rows of an account by table, in every table that has its id; 0 in none left out.
async fn rows_of(app: &App, person: &Person) -> Vec<(String, i64)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'user_id'",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let sql = format!("select count(*) from {table} where user_id = $1");
        let count = sqlx::query_scalar(AssertSqlSafe(sql)).bind(person.id).fetch_one(&app.db).await.unwrap();
        rows.push((table, count));
    }
    rows
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_behind() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    app.fill(&app.charlie).await;
    let other = app.another_browser(&app.alice).await;
    let (full, charlies) = (rows_of(&app, &app.alice).await, sums_of(&app.db, app.charlie.id).await);
    assert!(full.iter().all(|(_, rows)| *rows > 0) && full.len() > 15, "every table has a row to lose: {full:?}");

    let form = form(&app.alice, "/data", "/settings/deletions").await;
    let page = form.clone().fill("Type the word delete", "yes").fill("Password", "not my password at all");
    let page = page.submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Type the word delete"), "Type the word delete");
    assert_eq!(page.error_of("Password"), "That's not your password");
    assert_eq!(rows_of(&app, &app.alice).await, full);

    let answer = form.fill("Type the word delete", "delete").fill("Password", PASSWORD).submit(&app.alice).await;
    assert_eq!(answer.to(), "/login");
    assert!(answer.header("clear-site-data").contains("cache"));
    let left: Vec<_> = rows_of(&app, &app.alice).await.into_iter().filter(|(_, rows)| *rows > 0).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(sums_of(&app.db, app.alice.id).await.values().all(|sum| sum == "none"));
    assert_eq!(sums_of(&app.db, app.charlie.id).await, charlies);
    assert!(!is_signed_in(&app.alice).await && !is_signed_in(&other).await);
    assert!(!can_log_in(&app, "alice@example.org", PASSWORD).await);
    assert!(!app.bob.get("/companies").await.is(200).page().has("aside.banner"), "her coach is back with his own");
}

#[tokio::test]
async fn the_only_administrator_stays_while_others_are_here() {
    let app = App::start().await;
    let leave = async || {
        let form = form(&app.dora, "/data", "/settings/deletions").await;
        form.fill("Type the word delete", "Delete").fill("Password", PASSWORD).submit(&app.dora).await
    };
    let page = leave().await.is(422).page();
    assert!(page.error_of("Type the word delete").starts_with("You're the only administrator here."));
    sqlx::query("update users set is_admin = true where id = $1").bind(app.alice.id).execute(&app.db).await.unwrap();
    assert_eq!(leave().await.to(), "/login");
}

#[tokio::test]
async fn somebody_alone_may_leave_and_begin_anew() {
    let app = App::start().await;
    sqlx::query("delete from users where id <> $1").bind(app.dora.id).execute(&app.db).await.unwrap();
    let form = form(&app.dora, "/data", "/settings/deletions").await;
    form.fill("Type the word delete", "delete").fill("Password", PASSWORD).submit(&app.dora).await.to();
    assert_eq!(app.dora.get("/login").await.to(), "/signup");
}
