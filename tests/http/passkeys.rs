//! Passkeys: adding them, logging in with them, as the second step, and where the account itself is changed.

use inroad::config::{DatabaseSource, Settings};
use jiff::SignedDuration;
use serde_json::Value;

use crate::second_step::set_up;
use crate::sign_in::log_in;
use crate::support::authenticator::Authenticator;
use crate::support::{Answer, App, Person, Sink};

/// An installation whose address can have passkeys, and that address.
pub async fn start() -> (App, String) {
    start_with(|_| ()).await
}

async fn start_with(change: impl FnOnce(&mut Settings)) -> (App, String) {
    let mut origin = String::new();
    let app = App::start_with(|settings| {
        change(settings);
        let port = settings.listen.as_deref().unwrap().rsplit(':').next().unwrap();
        origin = format!("http://localhost:{port}");
        settings.url = Some(origin.clone());
    })
    .await;
    (app, origin)
}

/// What a page is told to ask the device for.
pub async fn asked(person: &Person, path: &str) -> Value {
    serde_json::from_str(&person.post(path, &[]).await.is(200).body).unwrap()
}

/// Adds a passkey, as the pages have it.
pub async fn add(person: &Person, origin: &str, name: &str) -> Authenticator {
    let form = person.get("/settings/passkeys/new").await.is(200).page().form_to("/settings/passkeys");
    let options = asked(person, "/settings/passkeys/challenges").await;
    let (device, answer) = Authenticator::make(origin, &options);
    assert_eq!(form.fill("Name", name).set("passkey", &answer).submit(person).await.to(), "/settings/passkeys");
    device
}

/// Logs in with a passkey alone.
pub async fn log_in_by(person: &Person, device: &mut Authenticator) -> Answer {
    let form = person.get("/login?next=/companies").await.is(200).page().form_to("/login/passkey");
    let options = asked(person, "/login/passkey-challenges").await;
    form.set("passkey", &device.answer(&options)).submit(person).await
}

/// Turns the second step on with the passkeys there are. Returns the recovery codes.
pub async fn turn_on(person: &Person) -> Vec<String> {
    let form = person.get("/settings/passkeys").await.is(200).page().form_to("/settings/second-step/passkeys");
    let page = form.submit(person).await.is(200).page();
    page.text("#recovery-codes").split_whitespace().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_passkey_is_added_named_used_and_removed() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "My phone").await;
    let browser = app.visitor();
    assert_eq!(log_in_by(&browser, &mut device).await.to(), "/companies");
    browser.get("/settings/email").await.is(200);
    let page = browser.get("/settings/passkeys").await.page();
    assert!(page.says("My phone") && page.says("last used today"));
    let rename = page.forms().into_iter().find(|form| form.action.ends_with("/names")).unwrap();
    assert!(
        rename
            .clone()
            .fill("Name", " ")
            .submit(&browser)
            .await
            .is(422)
            .page()
            .error_of("Name")
            .contains("Enter something")
    );
    assert_eq!(rename.clone().fill("Name", "Old phone").submit(&browser).await.to(), "/settings/passkeys");
    app.charlie.post(&rename.action, &[("name", "Mine")]).await.is(404);
    let page = browser.get("/settings/passkeys").await.page();
    assert!(page.says("Old phone") && !page.says("My phone"));
    let remove = page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap();
    app.charlie.post(&remove.action, &[]).await.is(404);
    assert_eq!(remove.submit(&browser).await.to(), "/settings/passkeys");
    log_in_by(&app.visitor(), &mut device).await.is(422);
    let log = browser.get("/settings/activity").await.page();
    assert!(log.says("Passkey added") && log.says("Passkey removed"));
}

#[tokio::test]
async fn by_itself_a_passkey_needs_no_code() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    set_up(&app, &app.alice).await;
    let browser = app.visitor();
    assert_eq!(log_in_by(&browser, &mut device).await.to(), "/companies");
    browser.get("/companies").await.is(200);
}

#[tokio::test]
async fn a_passkey_is_the_second_step_after_the_password() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    let mut strangers = add(&app.charlie, &origin, "Key").await;
    let codes = turn_on(&app.alice).await;
    assert_eq!(codes.len(), 10);
    let browser = app.browser_of(&app.alice);
    assert_eq!(log_in(&browser).await.to(), "/login/code");
    let page = browser.get("/login/code").await.page();
    assert_eq!(page.text("h1"), "Use your passkey");
    let form = page.form_to("/login/code");
    let options = asked(&browser, "/login/code/passkey-challenges").await;
    assert_eq!(options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 1);
    form.clone().set("passkey", &strangers.answer(&options)).submit(&browser).await.is(422);
    assert_ne!(browser.get("/companies").await.status, 200);
    let options = asked(&browser, "/login/code/passkey-challenges").await;
    assert_eq!(form.set("passkey", &device.answer(&options)).submit(&browser).await.to(), "/");
    browser.get("/companies").await.is(200);
    browser.post("/logout", &[]).await.to();
    assert_eq!(log_in(&browser).await.to(), "/login/code");
    let form = browser.get("/login/code?recovery=true").await.page().form_to("/login/code");
    assert_eq!(form.fill("Recovery code", &codes[0]).submit(&browser).await.to(), "/");
    app.visitor().post("/login/code/passkey-challenges", &[]).await.is(404);
}

#[tokio::test]
async fn a_passkey_confirms_before_the_account_itself_is_changed() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    turn_on(&app.alice).await;
    app.pass(SignedDuration::from_mins(11));
    let page = app.alice.get("/settings/security").await.page();
    assert!(page.says("First show that it's you."));
    assert_eq!(app.alice.get("/settings/email").await.to(), "/confirm?next=%2Fsettings%2Femail");
    let form = app.alice.get("/confirm?next=/settings/email").await.page().form_to("/confirm");
    form.clone().set("confirm_passkey", "{}").submit(&app.alice).await.is(422);
    let options = asked(&app.alice, "/confirm/passkey-challenges").await;
    let form = form.set("confirm_passkey", &device.answer(&options));
    assert_eq!(form.clone().submit(&app.alice).await.to(), "/settings/email");
    app.alice.get("/settings/email").await.is(200);
    form.submit(&app.alice).await.is(422);
    let end = app.alice.get("/settings/second-step").await.page().form_to("/settings/second-step/ends");
    let end = end.fill("Password", crate::support::person::PASSWORD);
    assert_eq!(end.submit(&app.alice).await.to(), "/settings/security");
}

#[tokio::test]
async fn the_last_passkey_stays_while_the_second_step_rests_on_it() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    turn_on(&app.alice).await;
    let page = app.alice.get("/settings/passkeys").await.page();
    let remove = page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap();
    let toast = app.alice.follow(&remove.clone().submit(&app.alice).await).await.toast();
    assert!(toast.starts_with("Your second step needs it."), "{toast}");
    let change = format!("/admin/accounts/{}", app.alice.id);
    app.dora.post(&change, &[("change", "end-passkeys")]).await.to();
    log_in_by(&app.visitor(), &mut device).await.is(422);
    let browser = app.browser_of(&app.alice);
    assert_eq!(log_in(&browser).await.to(), "/", "the password alone logs in");
}

#[tokio::test]
async fn where_the_address_can_have_none_nothing_is_offered() {
    let app = App::start().await;
    assert!(!app.visitor().get("/login").await.page().has("[action='/login/passkey']"));
    app.visitor().post("/login/passkey-challenges", &[]).await.is(404);
    app.alice.post("/settings/passkeys/challenges", &[]).await.is(404);
    assert!(!app.alice.get("/settings/security").await.page().has("a[href='/settings/passkeys']"));
    assert!(app.alice.get("/settings/passkeys").await.page().says("only for addresses with a name and https"));
}

#[tokio::test]
async fn whoever_has_the_account_is_told_of_its_passkeys() {
    let sink = Sink::start().await;
    let (app, origin) = start_with(|settings| sink.set_up(settings)).await;
    app.confirm_address(&app.alice).await;
    let mut device = add(&app.alice, &origin, "Key").await;
    log_in_by(&app.visitor(), &mut device).await.to();
    device.counter = 0;
    log_in_by(&app.visitor(), &mut device).await.is(422);
    let page = app.alice.get("/settings/passkeys").await.page();
    let remove = page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap();
    remove.submit(&app.alice).await.to();
    app.send_mail().await;
    let told: Vec<String> = sink.take().iter().map(|mail| mail.subject()).collect();
    assert_eq!(
        told,
        ["A passkey was added", "A new browser logged in", "A passkey was refused", "A passkey was removed"]
    );
}

#[tokio::test]
async fn where_a_code_is_asked_for_only_what_one_has_is_named() {
    let (app, origin) = start().await;
    add(&app.alice, &origin, "Key").await;
    turn_on(&app.alice).await;
    let page = app.alice.get("/confirm").await.page();
    assert!(page.says("Recovery code") && page.says("One of those you saved. Or use a passkey instead"));
    assert!(!page.says("authenticator app"));
    let form = page.form_to("/confirm").fill("Password", crate::support::person::PASSWORD);
    let page = form.fill("Recovery code", "ABCDE-FGHIJ").submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("Recovery code"), "That code isn't right, or was used before");
    sqlx::query("update users set recovery_hashes = '{}' where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    let page = app.alice.get("/confirm").await.page();
    assert!(!page.has("[name=password]") && !page.has("[name=confirm_code]"), "nothing goes with the password");
    assert!(page.has("[name=confirm_passkey]"));
}

#[tokio::test]
async fn an_administrator_removes_the_passkeys_of_someone_who_lost_them() {
    let sink = Sink::start().await;
    let (app, origin) = start_with(|settings| sink.set_up(settings)).await;
    app.confirm_address(&app.alice).await;
    let mut device = add(&app.alice, &origin, "Key").await;
    app.send_mail().await;
    sink.take();
    let page = app.dora.get("/admin").await.page();
    assert!(page.form_with("Turn off the second step").is_none());
    let form = page.form_with("Remove passkeys").unwrap();
    let toast = app.dora.follow(&form.clone().submit(&app.dora).await).await.toast();
    assert!(toast.starts_with(&format!("{} has no passkeys any more and", app.alice.name)), "{toast}");
    log_in_by(&app.visitor(), &mut device).await.is(422);
    assert_ne!(app.alice.get("/companies").await.status, 200, "every session has ended");
    app.send_mail().await;
    let told: Vec<String> = sink.take().iter().map(|mail| mail.subject()).collect();
    assert_eq!(told, ["Your passkeys were removed"]);
    let log = app.dora.get("/admin/activity").await.page();
    assert!(log.says("Passkey removed") && log.says("all of them") && !log.says("Second step turned off"));
    assert!(app.dora.get("/admin").await.page().form_with("Remove passkeys").is_none());
    let again = app.dora.follow(&form.submit(&app.dora).await).await.toast();
    assert!(again.ends_with("has no passkey, and has no second step."), "{again}");
}

#[tokio::test]
async fn the_second_step_turned_off_leaves_the_passkeys_unless_they_are_to_go() {
    let (app, origin) = start().await;
    let mut device = add(&app.alice, &origin, "Key").await;
    turn_on(&app.alice).await;
    let page = app.dora.get("/admin").await.page();
    assert!(page.form_with("Remove passkeys and second step").is_some());
    let off = page.form_with("Turn off the second step").unwrap();
    let toast = app.dora.follow(&off.submit(&app.dora).await).await.toast();
    assert_eq!(toast, format!("{} logs in without a second step now, and was signed out everywhere.", app.alice.name));
    assert_eq!(log_in(&app.browser_of(&app.alice)).await.to(), "/");
    assert_eq!(log_in_by(&app.visitor(), &mut device).await.to(), "/companies");

    let DatabaseSource::Url(url) = &app.config.database else { panic!("the tests have a server") };
    let end = async |more: &[&str]| {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.args(["user", "end-second-step", &app.alice.email]).args(more).env("DATABASE_URL", url.expose());
        command.env("INROAD_DATA_DIR", std::env::temp_dir()).output().await.unwrap()
    };
    let refused = end(&[]).await;
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("has no second step"));
    let removed = end(&["--passkeys"]).await;
    assert!(removed.status.success(), "{}", String::from_utf8_lossy(&removed.stderr));
    assert!(String::from_utf8_lossy(&removed.stdout).contains("has no passkeys any more"));
    log_in_by(&app.visitor(), &mut device).await.is(422);
}
