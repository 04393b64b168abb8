//! Who is asked for the second step, when, and how often; and what happens to those who cannot answer.

use inroad::config::DatabaseSource;
use jiff::SignedDuration;

use crate::second_step::{MINUTE, NOT_RIGHT, STEP, WRONG, give, half_way, is_in, set_up};
use crate::sign_in::{log_in, log_in_with};
use crate::support::person::PASSWORD;
use crate::support::{App, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const REMEMBER: &str = "Don't ask for a code on this browser for 30 days";

#[tokio::test]
async fn guesses_at_codes_are_limited_and_keep_the_owner_out_for_a_while_only() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let known = half_way(&app, &app.alice).await;
    assert_eq!(give(&known, &phone.shows(&app)).await.to(), "/");
    known.post("/logout", &[]).await.to();
    let thief = half_way(&app, &app.alice).await;
    for _ in 0..10 {
        give(&thief, WRONG).await.is(422);
    }
    app.pass(STEP);
    let answer = give(&thief, &phone.shows(&app)).await.is(429);
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    assert_eq!(log_in(&thief).await.to(), "/login/code", "the right password gives none of them back");
    give(&thief, WRONG).await.is(429);
    assert_eq!(log_in(&known).await.to(), "/login/code");
    assert_eq!(give(&known, &phone.shows(&app)).await.to(), "/", "a browser that is known has a count of its own");
    app.pass(MINUTE * 16);
    let elsewhere = half_way(&app, &app.alice).await;
    assert_eq!(give(&elsewhere, &phone.shows(&app)).await.to(), "/");
}

async fn log_in_remembered(app: &App, of: &Person, code: &str) -> Person {
    let browser = half_way(app, of).await;
    let form = browser.get("/login/code").await.page().form_to("/login/code").fill("Code", code).tick(REMEMBER);
    let answer = form.submit(&browser).await;
    assert_eq!(answer.to(), "/");
    browser
}

#[tokio::test]
async fn a_browser_is_remembered_for_thirty_days_by_choice() {
    let app = App::start().await;
    set_up(&app, &app.charlie).await;
    let phone = set_up(&app, &app.alice).await;
    let browser = log_in_remembered(&app, &app.alice, &phone.shows(&app)).await;
    let list = browser.get("/settings/second-step").await.page();
    assert!(list.says("Browsers that aren't asked for a code"));
    browser.post("/logout", &[]).await.to();
    app.pass(DAY * 29);
    assert_eq!(log_in(&browser).await.to(), "/");
    assert!(is_in(&browser).await);
    assert_eq!(
        browser.get("/settings/email").await.to(),
        "/confirm?next=%2Fsettings%2Femail",
        "the account itself needs a code"
    );
    assert_eq!(
        log_in_with(&browser, &app.charlie.email, PASSWORD).await.to(),
        "/login/code",
        "it is remembered for one account"
    );
    app.pass(DAY * 2);
    assert_eq!(log_in(&browser).await.to(), "/login/code");
}

#[tokio::test]
async fn a_remembered_browser_is_asked_again_when_its_owner_wants_it_or_the_password_changes() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let one = log_in_remembered(&app, &app.alice, &phone.shows(&app)).await;
    app.pass(STEP);
    let other = log_in_remembered(&app, &app.alice, &phone.shows(&app)).await;
    let page = one.get("/settings/second-step").await.page();
    let ends = page
        .forms()
        .into_iter()
        .find(|form| form.action.ends_with("/ends") && form.action.contains("browsers/"))
        .unwrap();
    assert_eq!(one.follow(&ends.clone().submit(&one).await).await.toast(), "That browser is asked for a code again.");
    app.charlie.post(&ends.action, &[]).await.is(404);
    assert_eq!(log_in(&other).await.to(), "/login/code", "the last remembered stands first");
    assert_eq!(log_in(&one).await.to(), "/");
    app.pass(STEP);
    let form = one.get("/settings/security").await.page().form_to("/settings/password");
    let form = form.fill("Current password", PASSWORD).fill("New password", "teapots on a quiet hill");
    let answer = form.clone().submit(&one).await.is(422);
    assert_eq!(answer.page().error_of("Code"), NOT_RIGHT);
    form.fill("Code", &phone.shows(&app)).submit(&one).await.to();
    assert_eq!(log_in_with(&one, &one.email, "teapots on a quiet hill").await.to(), "/login/code");
}

#[tokio::test]
async fn where_the_password_is_asked_again_so_is_a_code() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    app.pass(MINUTE * 11);
    let page = app.alice.follow(&app.alice.get("/settings/email").await).await;
    let form = page.form_to("/confirm").fill("Password", PASSWORD);
    let answer = form.clone().submit(&app.alice).await.is(422);
    assert_eq!(answer.page().error_of("Code"), NOT_RIGHT);
    let wrong = form.clone().fill("Password", "wrong, wrong, wrong").fill("Code", &phone.shows(&app));
    assert_eq!(wrong.submit(&app.alice).await.is(422).page().error_of("Password"), "That's not your password");
    let form = form.fill("Code", &phone.shows(&app));
    assert_eq!(form.clone().submit(&app.alice).await.to(), "/settings/email");
    app.alice.get("/settings/email").await.is(200);
    app.pass(MINUTE * 11);
    form.submit(&app.alice).await.is(422);
    for _ in 0..9 {
        let page = app.alice.follow(&app.alice.get("/settings/email").await).await;
        page.form_to("/confirm").fill("Password", PASSWORD).fill("Code", WRONG).submit(&app.alice).await.is(422);
    }
    let page = app.alice.follow(&app.alice.get("/settings/email").await).await;
    let form = page.form_to("/confirm").fill("Password", PASSWORD).fill("Code", &phone.shows(&app));
    form.submit(&app.alice).await.is(429);
    assert!(
        !app.charlie.get("/confirm").await.page().says("From your authenticator app"),
        "nobody else sees the field"
    );
}

#[tokio::test]
async fn a_password_may_be_shorter_while_there_is_a_second_step() {
    let app = App::start().await;
    let short = "wet otter";
    let change = async |code: &str, new: &str| {
        let form = app.alice.get("/settings/security").await.page().form_to("/settings/password");
        form.fill("Current password", PASSWORD).fill("New password", new).set("code", code).submit(&app.alice).await
    };
    assert!(change("", short).await.is(422).page().error_of("New password").contains("at least 15"));
    let phone = set_up(&app, &app.alice).await;
    assert!(change(&phone.shows(&app), "frogger").await.is(422).page().error_of("New password").contains("at least 8"));
    assert_eq!(change(&phone.shows(&app), short).await.to(), "/settings/security");
    assert_eq!(half_way_with(&app, &app.alice, short).await.get("/login/code").await.status, 200);
}

#[tokio::test]
async fn without_a_code_no_account_is_deleted() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let form = app.alice.get("/settings/data").await.page().form_to("/settings/deletions").fill("Password", PASSWORD);
    let form = form.fill("Code", &phone.shows(&app));
    form.clone().submit(&app.alice).await.is(422);
    let typed = form.fill("Type the word delete", "delete");
    let wrong = typed.clone().fill("Code", WRONG).submit(&app.alice).await.is(422);
    assert_eq!(wrong.page().error_of("Code"), NOT_RIGHT);
    assert_eq!(typed.submit(&app.alice).await.to(), "/login", "the code was not used up by the refused form");
    let left: i64 = sqlx::query_scalar("select count(*) from users where id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_new_password_by_link_ends_what_was_half_way_and_a_code_is_asked_for_all_the_same() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let waiting = half_way(&app, &app.alice).await;
    let path = format!("/admin/accounts/{}/password-links", app.alice.id);
    let link = app.dora.post(&path, &[]).await.is(200).page();
    let link = link.all("#password-link")[0].attr("value").unwrap().to_owned();
    let query = &link[link.find("/password").unwrap()..];
    let browser = app.browser_of(&app.alice);
    let form = browser.get(query).await.is(200).page().form_to("/password");
    assert_eq!(
        form.fill("New password", "wet otter").submit(&browser).await.to(),
        "/login",
        "eight characters are enough here"
    );
    assert_eq!(waiting.get("/login/code").await.to(), "/login");
    assert_eq!(log_in_with(&browser, &browser.email, "wet otter").await.to(), "/login/code");
    assert_eq!(give(&browser, &phone.shows(&app)).await.to(), "/");
    app.pass(STEP);
    let form = browser.get("/settings/second-step").await.page().form_to("/settings/second-step/ends");
    let answer = form.fill("Password", "wet otter").fill("Code", &phone.shows(&app)).submit(&browser).await.is(422);
    assert!(answer.page().error_of("Password").starts_with("This password is short"));
    assert_eq!(
        half_way_with(&app, &app.alice, "wet otter").await.get("/login/code").await.status,
        200,
        "it is still on"
    );
}

async fn half_way_with(app: &App, of: &Person, password: &str) -> Person {
    let browser = app.browser_of(of);
    assert_eq!(log_in_with(&browser, &browser.email, password).await.to(), "/login/code");
    browser
}

#[tokio::test]
async fn an_administrator_turns_it_off_for_someone_who_lost_everything() {
    let app = App::start().await;
    set_up(&app, &app.alice).await;
    let waiting = half_way(&app, &app.alice).await;
    let path = format!("/admin/accounts/{}", app.alice.id);
    let page = app.dora.get("/admin").await.page();
    assert!(page.form_with("Turn off the second step").is_some());
    let answer = app.dora.post(&path, &[("change", "end-second-step")]).await;
    assert!(app.dora.follow(&answer).await.toast().contains("without a second step now"));
    assert!(!is_in(&app.alice).await, "every session has ended");
    assert_eq!(waiting.get("/login/code").await.to(), "/login");
    let browser = app.browser_of(&app.alice);
    assert_eq!(log_in(&browser).await.to(), "/");
    let page = browser.get("/settings/security").await.page();
    assert!(page.says("The person who runs this Inroad turned it off today"));
    assert!(app.dora.get("/admin").await.page().form_with("Turn off the second step").is_none());
    let again = app.dora.post(&path, &[("change", "end-second-step")]).await;
    assert!(app.dora.follow(&again).await.toast().ends_with("has no second step."));
}

#[tokio::test]
async fn whoever_has_the_machine_turns_it_off_from_the_command_line() {
    let app = App::start().await;
    set_up(&app, &app.alice).await;
    let DatabaseSource::Url(url) = &app.config.database else { panic!("the tests have a server") };
    let end = async || {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.args(["user", "end-second-step", &app.alice.email]).env("DATABASE_URL", url.expose());
        command.env("INROAD_DATA_DIR", std::env::temp_dir()).output().await.unwrap()
    };
    let output = end().await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!is_in(&app.alice).await);
    assert_eq!(log_in(&app.alice).await.to(), "/");
    let again = end().await;
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("has no second step"));
}

#[tokio::test]
async fn a_short_password_that_is_left_alone_is_to_be_changed() {
    let app = App::start().await;
    set_up(&app, &app.alice).await;
    let hash: String = {
        let hashing = inroad::accounts::password::Hashing::new().unwrap();
        let new = inroad::accounts::password::NewPassword::parse_before(true, "wet otter", "", "").unwrap();
        hashing.hash(new).await.unwrap()
    };
    sqlx::query("update users set password_hash = $2 where id = $1")
        .bind(app.alice.id)
        .bind(hash)
        .execute(&app.db)
        .await
        .unwrap();
    app.dora.post(&format!("/admin/accounts/{}", app.alice.id), &[("change", "end-second-step")]).await.to();
    let browser = app.browser_of(&app.alice);
    let answer = log_in_with(&browser, &browser.email, "wet otter").await;
    assert_eq!(answer.to(), "/settings/security");
    assert!(browser.follow(&answer).await.toast().starts_with("Your password is short"));
}

#[tokio::test]
async fn a_disabled_account_is_out_half_way_too() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let browser = half_way(&app, &app.alice).await;
    app.dora.post(&format!("/admin/accounts/{}", app.alice.id), &[("change", "disable")]).await.to();
    assert_eq!(browser.post("/login/code", &[("code", &phone.shows(&app))]).await.to(), "/login");
}

#[tokio::test]
async fn what_waited_in_vain_and_what_is_no_longer_remembered_is_cleaned_away() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    log_in_remembered(&app, &app.alice, &phone.shows(&app)).await;
    half_way(&app, &app.alice).await;
    let left = async || -> (i64, i64) {
        inroad::trash::purge::clean(&app.db, app.now()).await.unwrap();
        let sql = "select (select count(*) from half_logins), (select count(*) from remembered_browsers)";
        sqlx::query_as(sql).fetch_one(&app.db).await.unwrap()
    };
    assert_eq!(left().await, (1, 1));
    app.pass(MINUTE * 10);
    assert_eq!(left().await, (0, 1), "where someone wanted to go is nobody's to keep");
    app.pass(DAY * 30);
    assert_eq!(left().await, (0, 0));
}
