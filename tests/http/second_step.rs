//! The second step at login: setting it up, codes, recovery codes, and its end.

use data_encoding::BASE32_NOPAD;
use inroad::accounts::second_step::totp::step_at;
use jiff::{SignedDuration, Timestamp};
use totp_rs::Builder;

use crate::sign_in::log_in;
use crate::support::person::PASSWORD;
use crate::support::{Answer, App, Page, Person};

pub const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub const STEP: SignedDuration = SignedDuration::from_secs(30);
pub const NOT_RIGHT: &str = "That code isn't right, or was used before. Wait for the next one your app shows";
const NOT_ONE_OF_YOURS: &str = "That code isn't right, or was used before";
pub const WRONG: &str = "000000";

/// What someone holds whose account has a second step.
pub struct Phone {
    secret: Vec<u8>,
    /// Their recovery codes.
    pub recovery: Vec<String>,
}

impl Phone {
    /// The code it shows at an instant.
    pub fn at(&self, instant: Timestamp) -> String {
        let totp = Builder::new().with_secret(self.secret.clone()).with_step_duration(30).build_noncompliant();
        totp.generate(u64::try_from(instant.as_second()).unwrap()).to_string()
    }

    /// The code it shows now.
    pub fn shows(&self, app: &App) -> String {
        self.at(app.now())
    }
}

fn recovery_codes(page: &Page) -> Vec<String> {
    page.text("#recovery-codes").split_whitespace().map(str::to_owned).collect()
}

async fn offered(person: &Person) -> Page {
    let form = person.get("/settings/second-step").await.is(200).page().form_to("/settings/second-step/secrets");
    person.follow(&form.submit(person).await).await
}

/// Turns the second step on, as its pages have it. Time passes after it: the code that turned it on is used.
pub async fn set_up(app: &App, person: &Person) -> Phone {
    let page = offered(person).await;
    let typed = page.all("#secret")[0].attr("value").unwrap().replace(' ', "");
    let mut phone = Phone { secret: BASE32_NOPAD.decode(typed.as_bytes()).unwrap(), recovery: Vec::new() };
    let form = page.form_to("/settings/second-step").fill("Code", &phone.shows(app));
    phone.recovery = recovery_codes(&form.submit(person).await.is(200).page());
    assert_eq!(phone.recovery.len(), 10);
    app.pass(STEP);
    phone
}

/// Gives the code after the password.
pub async fn give(person: &Person, code: &str) -> Answer {
    person.get("/login/code").await.is(200).page().form_to("/login/code").fill("Code", code).submit(person).await
}

async fn give_recovery_code(person: &Person, code: &str) -> Answer {
    let form = person.get("/login/code?recovery=true").await.is(200).page().form_to("/login/code");
    form.fill("Recovery code", code).submit(person).await
}

/// A browser on which the right password was given, and no code yet.
pub async fn half_way(app: &App, of: &Person) -> Person {
    let browser = app.browser_of(of);
    assert_eq!(log_in(&browser).await.to(), "/login/code");
    browser
}

pub async fn is_in(person: &Person) -> bool {
    person.get("/companies").await.status == 200
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_and_leads_where_one_wanted_to_go() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let browser = app.browser_of(&app.alice);
    let login = browser.follow(&browser.get("/companies?show=paused").await).await;
    let form = login.form_to("/login").fill("E-mail", &browser.email).fill("Password", PASSWORD);
    let answer = form.submit(&browser).await;
    assert_eq!(answer.to(), "/login/code");
    let cookie = answer.header("set-cookie");
    for part in ["half=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(browser.token(), None, "no session yet");
    let page = browser.follow(&answer).await;
    assert_eq!(page.text("h1"), "Enter your code");
    assert_eq!(
        page.form_to("/login/code").fill("Code", &phone.shows(&app)).submit(&browser).await.to(),
        "/companies?show=paused"
    );
    assert!(is_in(&browser).await);
    assert!(!browser.cookies().contains("half="), "it is over: {}", browser.cookies());
    browser.get("/login/code").await.to();
}

#[tokio::test]
async fn whoever_is_half_way_has_nothing() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let browser = half_way(&app, &app.alice).await;
    assert_eq!(browser.get("/companies").await.to(), "/login?next=%2Fcompanies");
    browser.post("/companies", &[("companies", "Planted")]).await.is(401);
    assert!(!is_in(&browser).await);
    let stranger = app.visitor();
    assert_eq!(stranger.get("/login/code").await.to(), "/login", "it belongs to that browser");
    let code = phone.shows(&app);
    assert_eq!(stranger.post("/login/code", &[("code", &code)]).await.to(), "/login");
    let forged = browser.request(reqwest::Method::POST, "/login/code").header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(forged.form(&[("code", &code)])).await.status, 403);
    app.pass(MINUTE * 10);
    let answer = browser.post("/login/code", &[("code", &phone.shows(&app))]).await;
    assert_eq!(answer.to(), "/login", "ten minutes are over");
    assert!(browser.follow(&answer).await.says("That took too long. Log in again."));
}

#[tokio::test]
async fn wrong_and_used_codes_get_one_answer_and_no_session() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let browser = half_way(&app, &app.alice).await;
    let used = phone.at(app.now() - STEP);
    let (early, late) = (phone.at(app.now() - STEP * 2), phone.at(app.now() + STEP * 2));
    let mut pages = Vec::new();
    for wrong in [WRONG, "", "12345", "abcdef", &used, &early, &late, "aaaa-bbbb-cccc-dddd"] {
        let answer = give(&browser, wrong).await.is(422);
        assert_eq!(answer.page().error_of("Code"), NOT_RIGHT, "{wrong}");
        assert!(browser.token().is_none());
        pages.push(answer.body);
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]), "nobody learns which of them was used");
}

#[tokio::test]
async fn a_code_logs_in_once_and_no_older_one_after_it() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    app.pass(STEP * 2);
    let [one, other, third] =
        [half_way(&app, &app.alice).await, half_way(&app, &app.alice).await, half_way(&app, &app.alice).await];
    let code = phone.shows(&app);
    let (first, second) = tokio::join!(give(&one, &code), give(&other, &code));
    let statuses = [first.status.as_u16(), second.status.as_u16()];
    assert!(statuses == [303, 422] || statuses == [422, 303], "sent at once, it counts once: {statuses:?}");
    give(&third, &phone.at(app.now() - STEP)).await.is(422);
    assert_eq!(give(&third, &phone.at(app.now() + STEP)).await.to(), "/", "the one of a phone that is ahead counts");
}

#[tokio::test]
async fn a_clock_that_was_wrong_for_a_day_keeps_nobody_out() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let day = SignedDuration::from_hours(24);
    app.pass(day);
    let browser = half_way(&app, &app.alice).await;
    assert_eq!(give(&browser, &phone.shows(&app)).await.to(), "/");
    app.clock.set(app.now() - day + MINUTE);
    let browser = half_way(&app, &app.alice).await;
    let code = phone.shows(&app);
    assert_eq!(give(&browser, &code).await.to(), "/");
    let step: i32 = sqlx::query_scalar("select totp_step from users where id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(step, step_at(app.now()));
    give(&half_way(&app, &app.alice).await, &code).await.is(422);
}

#[tokio::test]
async fn a_recovery_code_logs_in_once() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let code = phone.recovery[3].to_uppercase().replace('-', " ");
    let browser = half_way(&app, &app.alice).await;
    assert_eq!(give_recovery_code(&browser, &code).await.to(), "/");
    assert!(browser.get("/settings/second-step").await.page().says("9 recovery codes are left"));
    let again = half_way(&app, &app.alice).await;
    let answer = give_recovery_code(&again, &code).await.is(422);
    assert_eq!(answer.page().error_of("Recovery code"), NOT_ONE_OF_YOURS);
    assert_eq!(give_recovery_code(&again, &phone.recovery[4]).await.to(), "/");
    let charlies = set_up(&app, &app.charlie).await;
    let browser = half_way(&app, &app.charlie).await;
    give_recovery_code(&browser, &phone.recovery[5]).await.is(422);
    assert_eq!(give_recovery_code(&browser, &charlies.recovery[5]).await.to(), "/");
}

#[tokio::test]
async fn new_recovery_codes_replace_the_ones_before() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let form = app.alice.get("/settings/second-step").await.page().form_to("/settings/second-step/recovery-codes");
    let new = recovery_codes(&form.submit(&app.alice).await.is(200).page());
    assert!(new.len() == 10 && new.iter().all(|code| !phone.recovery.contains(code)));
    let browser = half_way(&app, &app.alice).await;
    give_recovery_code(&browser, &phone.recovery[0]).await.is(422);
    assert_eq!(give_recovery_code(&browser, &new[0]).await.to(), "/");
}

#[tokio::test]
async fn the_secret_and_the_recovery_codes_are_shown_once_and_no_code_is_kept() {
    let app = App::start().await;
    let page = offered(&app.alice).await;
    assert!(
        page.has("svg[role='img'] path")
            && page.link("Open your authenticator app").starts_with("otpauth://totp/Inroad:")
    );
    let typed = page.all("#secret")[0].attr("value").unwrap().to_owned();
    let form = page.form_to("/settings/second-step");
    let wrong = form.clone().fill("Code", WRONG).submit(&app.alice).await.is(422).page();
    assert!(wrong.error_of("Code").starts_with("That isn't the code your app shows now"));
    let since = "select second_step_since is null from users where id = $1";
    assert!(sqlx::query_scalar::<_, bool>(since).bind(app.alice.id).fetch_one(&app.db).await.unwrap(), "it is off yet");
    let secret = BASE32_NOPAD.decode(typed.replace(' ', "").as_bytes()).unwrap();
    let phone = Phone { secret, recovery: Vec::new() };
    let answer = form.fill("Code", &phone.shows(&app)).submit(&app.alice).await.is(200);
    let codes = recovery_codes(&answer.page());
    let file = answer.page().link("Download");
    assert!(file.starts_with("data:text/plain") && codes.iter().all(|code| file.contains(&code.replace('-', "%2D"))));
    assert_eq!(app.alice.get("/settings/second-step/secret").await.to(), "/settings/second-step");
    for path in ["/settings/second-step", "/settings/security"] {
        let body = app.alice.get(path).await.is(200).body;
        assert!(!body.contains(&typed) && codes.iter().all(|code| !body.contains(code)), "{path}");
    }
    let row: String = sqlx::query_scalar("select u::text from users u where id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(codes.iter().all(|code| !row.contains(code) && !row.contains(&code.replace('-', ""))));
}

#[tokio::test]
async fn turning_it_on_ends_every_other_session_and_renews_this_one() {
    let app = App::start().await;
    let elsewhere = app.another_browser(&app.alice).await;
    let before = app.alice.token();
    set_up(&app, &app.alice).await;
    assert!(!is_in(&elsewhere).await && is_in(&app.alice).await);
    assert_ne!(app.alice.token(), before);
    assert!(app.alice.get("/settings/security").await.page().says("On since today"));
}

#[tokio::test]
async fn another_phone_takes_the_place_of_the_one_before() {
    let app = App::start().await;
    let old = set_up(&app, &app.alice).await;
    let new = set_up(&app, &app.alice).await;
    let browser = half_way(&app, &app.alice).await;
    give(&browser, &old.shows(&app)).await.is(422);
    give_recovery_code(&browser, &old.recovery[0]).await.is(422);
    assert_eq!(give(&browser, &new.shows(&app)).await.to(), "/");
}

#[tokio::test]
async fn turning_it_off_takes_the_password_and_a_code() {
    let app = App::start().await;
    let phone = set_up(&app, &app.alice).await;
    let form = app.alice.get("/settings/second-step").await.page().form_to("/settings/second-step/ends");
    let answer =
        form.clone().fill("Password", "wrong, wrong, wrong").fill("Code", &phone.shows(&app)).submit(&app.alice).await;
    assert_eq!(answer.is(422).page().error_of("Password"), "That's not your password");
    let answer = form.clone().fill("Password", PASSWORD).fill("Code", WRONG).submit(&app.alice).await.is(422);
    assert_eq!(answer.page().error_of("Code"), NOT_RIGHT);
    let answer = form.fill("Password", PASSWORD).fill("Code", &phone.shows(&app)).submit(&app.alice).await;
    assert!(app.alice.follow(&answer).await.toast().starts_with("The second step is off."));
    let browser = app.browser_of(&app.alice);
    assert_eq!(log_in(&browser).await.to(), "/");
    let left: i64 =
        sqlx::query_scalar("select count(*) from users where totp_secret is not null or recovery_hashes is not null")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(left, 0, "nothing of it is kept");
}
