//! Logging in by an issuer's word: new accounts, linking, confirming, and who administers.

use jiff::SignedDuration;
use serde_json::json;

use crate::second_step::set_up;
use crate::sign_in::log_in;
use crate::support::issuer::{CLIENT, Issuer, SECRET};
use crate::support::person::open_session;
use crate::support::{Answer, App, Person};

/// An installation that lets people log in by an issuer; `more` says how.
pub async fn start(more: &[(&str, &str)]) -> (App, Issuer) {
    let issuer = Issuer::start().await;
    let app = App::start_with(|settings| {
        let port = settings.listen.as_deref().unwrap().rsplit(':').next().unwrap();
        settings.url = Some(format!("http://localhost:{port}"));
        settings.oidc_issuer = Some(issuer.address.clone());
        settings.oidc_client_id = Some(CLIENT.into());
        settings.oidc_client_secret = Some(SECRET.into());
        settings.oidc_name = Some("Work".into());
        for (name, value) in more {
            let value = Some((*value).to_owned());
            match *name {
                "signup" => settings.oidc_signup = value,
                "policy" => settings.signup = value,
                "group" => settings.oidc_admin_group = value,
                "claim" => settings.oidc_groups_claim = value,
                other => panic!("{other}"),
            }
        }
    })
    .await;
    (app, issuer)
}

/// Goes to the issuer from the page that an answer is, and says where it sends the browser back to.
pub async fn sent_back(issuer: &Issuer, answer: Answer) -> String {
    let answer = answer.is(200);
    let address = answer.page().link("Go on");
    assert_eq!(answer.header("refresh"), format!("0; url={address}"));
    let back = issuer.visit(&address).await;
    back[back.find("/login/issuer/answer").unwrap()..].to_owned()
}

/// Presses the button on the login page, and says where the issuer sends the browser back to.
pub async fn leave(person: &Person, issuer: &Issuer) -> String {
    let form = person.get("/login?next=/companies").await.is(200).page().form_to("/login/issuer");
    sent_back(issuer, form.submit(person).await).await
}

/// Logs in by the issuer.
pub async fn log_in_by(person: &Person, issuer: &Issuer) -> Answer {
    person.get(&leave(person, issuer).await).await
}

/// Links an account to who it is to the issuer.
pub async fn link(person: &Person, issuer: &Issuer) -> String {
    let form = person.get("/settings/identity").await.is(200).page().form_to("/settings/identity");
    let back = sent_back(issuer, form.submit(person).await).await;
    person.follow(&person.get(&back).await).await.toast()
}

/// Whether anyone has the address the issuer says, and administers.
async fn graces(app: &App) -> Vec<bool> {
    let sql = "select is_admin from users where email = 'grace@example.org'";
    sqlx::query_scalar(sql).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn an_account_that_is_linked_is_logged_in_to_and_no_other() {
    let (app, issuer) = start(&[]).await;
    let browser = app.visitor();
    let answer = log_in_by(&browser, &issuer).await.is(422);
    assert!(answer.page().text("[role=alert]").starts_with("No account here is linked to that Work account."));
    assert_eq!(graces(&app).await, [] as [bool; 0], "nobody gets an account by it here");
    assert_eq!(link(&app.alice, &issuer).await, "Linked. Work logs you in now.");
    assert_eq!(log_in_by(&browser, &issuer).await.to(), "/companies");
    let page = browser.get("/settings/identity").await.is(200).page();
    assert!(page.says("grace@example.org"), "it is alice's account, by whatever address");
    let claimed = link(&app.charlie, &issuer).await;
    assert!(claimed.starts_with("That Work account logs in to an account here already."), "{claimed}");
    issuer.says().claims = json!({ "sub": "grace at home" });
    let back = sent_back(&issuer, app.alice.post("/settings/identity", &[]).await).await;
    let toast = app.alice.follow(&app.alice.get(&back).await).await.toast();
    assert_eq!(toast, "Your account is linked to a Work account already. Unlink that first.");
    let log = app.alice.get("/settings/activity").await.page();
    assert!(log.says("Other login linked"));
}

#[tokio::test]
async fn an_address_the_issuer_claims_is_nobodys_identity() {
    let (app, issuer) = start(&[("signup", "on")]).await;
    issuer.says().claims = json!({ "email": app.alice.email, "email_verified": true });
    let browser = app.visitor();
    let answer = log_in_by(&browser, &issuer).await.is(422);
    let said = answer.page().text("[role=alert]");
    assert!(said.starts_with("There is an account with your e-mail address already."), "{said}");
    assert_ne!(browser.get("/companies").await.status, 200);
}

#[tokio::test]
async fn a_new_account_by_setting_has_no_password_until_it_is_given_one() {
    let (app, issuer) = start(&[("signup", "on"), ("policy", "invite")]).await;
    let browser = app.visitor();
    assert_eq!(log_in_by(&browser, &issuer).await.to(), "/companies");
    assert_eq!(graces(&app).await, [false]);
    assert!(browser.get("/settings/profile").await.page().has("input[value='Grace Hopper']"));
    browser.get("/settings/email").await.is(200);
    let toast = browser.follow(&browser.post("/settings/identity/ends", &[]).await).await.toast();
    assert!(toast.contains("nothing else logs you in"), "{toast}");
    assert_eq!(app.visitor().post("/login", &[("email", "grace@example.org"), ("password", "")]).await.status, 422);
    app.pass(SignedDuration::from_mins(11));
    assert!(browser.get("/settings/security").await.page().says("First show that it's you."));
    let answer = browser.post("/settings/password", &[("new_password", "teapots on a quiet hill")]).await.is(422);
    assert!(!answer.body.contains("is changed"));
    issuer.says().now = app.now();
    let form = browser.get("/confirm?next=/settings/security").await.page().form_to("/confirm/issuer");
    let back = sent_back(&issuer, form.submit(&browser).await).await;
    assert_eq!(browser.get(&back).await.to(), "/settings/security");
    let form = browser.get("/settings/security").await.page().form_to("/settings/password");
    let form = form.fill("New password", "teapots on a quiet hill");
    assert_eq!(form.submit(&browser).await.to(), "/settings/security");
    let toast = browser.follow(&browser.post("/settings/identity/ends", &[]).await).await.toast();
    assert_eq!(toast, "Unlinked. Work no longer logs you in.");
    let elsewhere = app.visitor();
    let fields = [("email", "grace@example.org"), ("password", "teapots on a quiet hill")];
    assert_eq!(elsewhere.post("/login", &fields).await.to(), "/");
}

#[tokio::test]
async fn where_no_accounts_are_taken_the_issuer_makes_none() {
    let (app, issuer) = start(&[("signup", "on"), ("policy", "closed")]).await;
    let answer = log_in_by(&app.visitor(), &issuer).await.is(422);
    assert_eq!(answer.page().text("[role=alert]"), "This installation takes no new accounts.");
    issuer.says().claims = json!({ "email": null });
    let answer = log_in_by(&app.visitor(), &issuer).await.is(422);
    assert!(answer.page().text("[role=alert]").contains("no e-mail address"));
    assert_eq!(graces(&app).await, [] as [bool; 0]);
}

#[tokio::test]
async fn the_first_account_is_never_made_by_an_issuer() {
    let (app, issuer) = start(&[("signup", "on"), ("group", "boss")]).await;
    issuer.says().claims = json!({ "groups": ["boss"] });
    let browser = app.visitor();
    let back = leave(&browser, &issuer).await;
    sqlx::query("delete from users").execute(&app.db).await.unwrap();
    browser.get(&back).await.is(422);
    assert_eq!(graces(&app).await, [] as [bool; 0]);
}

#[tokio::test]
async fn a_second_step_is_asked_for_after_the_issuer_too() {
    let (app, issuer) = start(&[]).await;
    let phone = set_up(&app, &app.alice).await;
    link(&app.alice, &issuer).await;
    let browser = app.visitor();
    assert_eq!(log_in_by(&browser, &issuer).await.to(), "/login/code");
    assert_ne!(browser.get("/companies").await.status, 200);
    let form = browser.get("/login/code").await.page().form_to("/login/code");
    assert_eq!(form.fill("Code", &phone.shows(&app)).submit(&browser).await.to(), "/companies");
    assert!(!app.alice.get("/confirm").await.page().has("form[action='/confirm/issuer']"));
    app.dora.post(&format!("/admin/accounts/{}", app.alice.id), &[("change", "disable")]).await.to();
    let answer = log_in_by(&app.visitor(), &issuer).await.is(422);
    assert!(answer.page().text("[role=alert]").starts_with("This account can't log in."));
}

#[tokio::test]
async fn a_group_makes_an_administrator_and_unmakes_one_but_not_the_last() {
    let (app, issuer) = start(&[("signup", "on"), ("group", "boss"), ("claim", "roles")]).await;
    log_in_by(&app.visitor(), &issuer).await.to();
    assert_eq!(graces(&app).await, [false]);
    issuer.says().claims = json!({ "roles": ["staff", "boss"], "groups": [] });
    let browser = app.visitor();
    log_in_by(&browser, &issuer).await.to();
    assert_eq!(graces(&app).await, [true]);
    browser.get("/admin").await.is(200);
    let log = app.dora.get("/admin/activity").await.page();
    assert!(log.says("Made an administrator") && log.says("Group at Work"));
    issuer.says().claims = json!({ "roles": ["staff"] });
    sqlx::query("update users set is_admin = false where id = $1").bind(app.dora.id).execute(&app.db).await.unwrap();
    log_in_by(&app.visitor(), &issuer).await.to();
    assert_eq!(graces(&app).await, [true], "someone administers");
    sqlx::query("update users set is_admin = true where id = $1").bind(app.dora.id).execute(&app.db).await.unwrap();
    log_in_by(&app.visitor(), &issuer).await.to();
    assert_eq!(graces(&app).await, [false]);
    browser.get("/admin").await.is(404);
}

#[tokio::test]
async fn who_was_made_an_administrator_by_hand_stays_one() {
    let (app, issuer) = start(&[("group", "boss")]).await;
    open_session(&app, &app.dora, None).await;
    link(&app.dora, &issuer).await;
    log_in_by(&app.visitor(), &issuer).await.to();
    app.dora.get("/admin").await.is(200);
}

#[tokio::test]
async fn the_issuer_confirms_who_just_logged_in_there_and_nobody_else() {
    let (app, issuer) = start(&[]).await;
    link(&app.alice, &issuer).await;
    app.pass(SignedDuration::from_mins(11));
    issuer.says().now = app.now();
    let confirm = async |claims| {
        issuer.says().claims = claims;
        let form = app.alice.get("/confirm?next=/settings/email").await.page().form_to("/confirm/issuer");
        let answer = form.submit(&app.alice).await;
        let address = answer.page().link("Go on");
        assert!(address.contains("prompt=login") && address.contains("max_age=0"), "{address}");
        app.alice.get(&sent_back(&issuer, answer).await).await.to()
    };
    let long_ago = app.now().as_second() - 3600;
    assert_eq!(confirm(json!({ "auth_time": long_ago })).await, "/confirm");
    assert_eq!(confirm(json!({ "auth_time": null })).await, "/confirm");
    assert_eq!(confirm(json!({ "sub": "someone else" })).await, "/confirm");
    app.alice.get("/settings/email").await.is(303);
    assert_eq!(confirm(json!({})).await, "/settings/email");
    app.alice.get("/settings/email").await.is(200);
}

#[tokio::test]
async fn without_an_issuer_nothing_is_offered() {
    let app = App::start().await;
    assert!(!app.visitor().get("/login").await.page().has("[action='/login/issuer']"));
    app.visitor().post("/login/issuer", &[]).await.is(404);
    app.visitor().get("/login/issuer/answer?code=a&state=b").await.is(404);
    assert!(app.alice.get("/settings/identity").await.page().says("No other login is set up"));
    assert_eq!(log_in(&app.browser_of(&app.alice)).await.to(), "/");
}
