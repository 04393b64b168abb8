//! The mails: who gets which, what it says, and what its link does.

use jiff::SignedDuration;

use crate::support::person::{PASSWORD, open_session};
use crate::support::{Answer, App, Person, Sink};

const NEW: &str = "seven quiet herons at dusk";

/// The program with mail set up, everyone signed in, and Alice's address confirmed.
pub async fn start() -> (App, Sink) {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    app.confirm_address(&app.alice).await;
    (app, sink)
}

async fn is_confirmed(app: &App, person: &Person) -> bool {
    let sql = "select email_confirmed_at is not null from users where email = $1";
    sqlx::query_scalar(sql).bind(&person.email).fetch_one(&app.db).await.unwrap()
}

async fn waiting(app: &App) -> Vec<(String, String)> {
    let sql = "select kind, recipient from mails where due_at is not null order by id";
    sqlx::query_as(sql).fetch_all(&app.db).await.unwrap()
}

/// Asks for a new password as the page does.
async fn forget(visitor: &Person, email: &str) -> Answer {
    let login = visitor.get("/login").await.is(200).page();
    let page = visitor.get(&login.link("Forgot your password?")).await.is(200).page();
    page.form_to("/password-links").fill("E-mail", email).submit(visitor).await
}

#[tokio::test]
async fn an_address_is_confirmed_by_its_owner_and_by_a_press() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    let visitor = app.visitor();
    let form = visitor.get("/signup").await.is(200).page().form_to("/signup");
    let form = form.fill("Name", "Zelda Zimmer").fill("E-mail", "zelda@example.org").fill("Password", NEW);
    form.submit(&visitor).await.to();
    visitor.post("/login", &[("email", "zelda@example.org"), ("password", NEW)]).await.to();
    assert_eq!(app.send_mail().await, 1, "logging in told no unconfirmed address");
    let mail = sink.one();
    assert_eq!(
        (mail.subject().as_str(), &mail.to[..]),
        ("Confirm your e-mail address", &["zelda@example.org".into()][..])
    );
    let profile = visitor.get("/settings/profile").await.is(200).page();
    assert!(profile.says("It isn't confirmed yet"));

    // Whoever else has the link, in another account or none, can do nothing with it.
    let link = mail.link();
    let theirs = app.charlie.get(&link).await.is(200).page();
    assert!(theirs.says("This link no longer works") && !theirs.has("form[action='/settings/email/confirmation']"));
    let secret = link.split_once("link=").unwrap().1;
    app.charlie.post("/settings/email/confirmation", &[("link", secret)]).await.is(422);
    assert!(app.visitor().get(&link).await.to().starts_with("/login?next="));
    assert!(
        !sqlx::query_scalar::<_, bool>("select bool_or(email_confirmed_at is not null) from users")
            .fetch_one(&app.db)
            .await
            .unwrap()
    );

    let page = visitor.get(&link).await.is(200).page();
    assert!(page.says("zelda@example.org"));
    let zelda = Person::new(app.address, "Zelda Zimmer", "zelda@example.org");
    assert!(!is_confirmed(&app, &zelda).await, "looking confirms nothing");
    let form = page.form_to("/settings/email/confirmation");
    let done = form.clone().submit(&visitor).await;
    assert_eq!(visitor.follow(&done).await.toast(), "Your e-mail address is confirmed.");
    assert!(is_confirmed(&app, &zelda).await && !visitor.get("/settings/profile").await.page().says("isn't confirmed"));
    form.submit(&visitor).await.is(422);
}

#[tokio::test]
async fn the_mail_to_confirm_is_sent_again_on_request_and_holds_seven_days() {
    let (app, sink) = start().await;
    let form = app.charlie.get("/settings/profile").await.page().form_to("/settings/email/confirmation-mails");
    let done = form.clone().submit(&app.charlie).await;
    assert_eq!(app.charlie.follow(&done).await.toast(), "A mail to charlie@example.org is on its way.");
    app.send_mail().await;
    let first = sink.one().link();
    form.clone().submit(&app.charlie).await.to();
    app.send_mail().await;
    let second = sink.one().link();
    assert!(app.charlie.get(&first).await.page().says("no longer works"), "a newer one was sent");
    app.pass(SignedDuration::from_hours(7 * 24));
    open_session(&app, &app.charlie, None).await;
    assert!(app.charlie.get(&second).await.page().says("no longer works"), "it is seven days old");
    // However often it is pressed, no more than a few go out.
    for _ in 0..8 {
        form.clone().submit(&app.charlie).await.to();
    }
    app.send_mail().await;
    assert_eq!(sink.take().len(), 5);
    let done = form.clone().submit(&app.charlie).await;
    assert!(
        app.charlie.follow(&done).await.toast().starts_with("Several mails went to charlie@example.org this hour.")
    );
    assert!(
        !app.alice.get("/settings/profile").await.page().has("form[action$='confirmation-mails']"),
        "hers is confirmed"
    );
    app.alice.post("/settings/email/confirmation-mails", &[]).await.to();
    assert_eq!(app.send_mail().await, 0);
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_mail_once_within_the_hour() {
    let (app, sink) = start().await;
    let visitor = app.visitor();
    let answer = forget(&visitor, "Alice@Example.org").await;
    assert_eq!(answer.to(), "/login");
    assert!(visitor.follow(&answer).await.says("a mail with a link is on its way"));
    // What waits holds nothing that opens an account.
    let kept: String = sqlx::query_scalar("select letter::text from mails").fetch_one(&app.db).await.unwrap();
    assert_eq!(kept, r#"{"kind": "password"}"#);
    app.send_mail().await;
    let mail = sink.one();
    assert_eq!((mail.subject().as_str(), &mail.to[..]), ("Choose a new password", &["alice@example.org".into()][..]));
    assert!(mail.html().contains(&mail.link()) && mail.plain().contains("If it wasn't you"), "{}", mail.plain());
    let form = visitor.get(&mail.link()).await.is(200).page().form_to("/password");
    form.clone().fill("New password", NEW).submit(&visitor).await.to();
    assert_eq!(visitor.post("/login", &[("email", "alice@example.org"), ("password", NEW)]).await.to(), "/");
    form.fill("New password", PASSWORD).submit(&visitor).await.is(422);
    app.send_mail().await;
    let told: Vec<String> = sink.take().iter().map(|mail| mail.subject()).collect();
    assert_eq!(told, ["Your password was changed", "A new browser logged in"]);

    forget(&visitor, "alice@example.org").await.to();
    app.send_mail().await;
    let late = sink.one().link();
    app.pass(SignedDuration::from_mins(60));
    assert!(visitor.get(&late).await.page().says("no longer works"));
}

#[tokio::test]
async fn asking_is_answered_alike_for_every_address() {
    let (app, sink) = start().await;
    let mut answers = Vec::new();
    // Known, unknown, known and never confirmed.
    for email in ["alice@example.org", "zelda@example.org", "charlie@example.org"] {
        let answer = app.visitor().post("/password-links", &[("email", email)]).await;
        let headers: Vec<_> = answer
            .headers
            .iter()
            .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        answers.push((answer.status, answer.body.clone(), headers));
    }
    assert!(answers[0] == answers[1] && answers[1] == answers[2], "{answers:#?}");
    let kept = waiting(&app).await;
    assert_eq!(kept.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["password"; 3]);
    assert_eq!(app.send_mail().await, 3);
    assert_eq!(sink.one().to, ["alice@example.org"], "the others are no one's, or may be a stranger's");
    assert!(waiting(&app).await.is_empty());
}

#[tokio::test]
async fn asking_has_its_limits_and_takes_one_address() {
    let (app, sink) = start().await;
    let visitor = app.visitor();
    for body in ["email=alice@example.org&email=mallory@example.org", "email[]=alice@example.org&email[]=m@example.org"]
    {
        let request = visitor
            .request(reqwest::Method::POST, "/password-links")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        assert!(visitor.send(request).await.status.is_client_error(), "{body}");
    }
    for email in ["alice@example.org,mallory@example.org", "alice@example.org\nmallory@example.org", "", "alice"] {
        visitor.post("/password-links", &[("email", email)]).await.is(422);
    }
    assert!(waiting(&app).await.is_empty());
    for _ in 0..10 {
        visitor.post("/password-links", &[("email", "alice@example.org")]).await.is(303);
    }
    visitor.post("/password-links", &[("email", "alice@example.org")]).await.is(429);
    app.send_mail().await;
    assert_eq!(sink.take().len(), 5, "one address gets a few in an hour");
    app.pass(SignedDuration::from_mins(60));
    visitor.post("/password-links", &[("email", "alice@example.org")]).await.is(303);
    app.send_mail().await;
    assert_eq!(sink.take().len(), 1);
}

#[tokio::test]
async fn signing_up_with_an_address_that_has_an_account_tells_its_owner_alone() {
    let (app, sink) = start().await;
    let mut said = Vec::new();
    for email in ["alice@example.org", "zelda@example.org"] {
        let fields = [("name", "Someone"), ("email", email), ("password", NEW)];
        let answer = app.visitor().post("/signup", &fields).await;
        said.push(answer.to().replace("alice", "zelda"));
    }
    assert_eq!(said[0], said[1]);
    let kept = waiting(&app).await;
    assert_eq!(kept.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["sign_up"; 2]);
    app.send_mail().await;
    let subjects: Vec<_> = sink.take().iter().map(|mail| (mail.to[0].clone(), mail.subject())).collect();
    assert_eq!(
        subjects,
        [
            ("alice@example.org".into(), "You already have an account".into()),
            ("zelda@example.org".to_owned(), "Confirm your e-mail address".to_owned()),
        ]
    );
}

#[tokio::test]
async fn another_address_is_confirmed_anew_and_the_one_before_is_told() {
    let (app, sink) = start().await;
    forget(&app.visitor(), "alice@example.org").await.to();
    app.send_mail().await;
    let link = sink.one().link();
    let page = app.alice.get("/settings/email").await.is(200).page();
    page.form_to("/settings/email").fill("E-mail", "ada@example.org").submit(&app.alice).await.to();
    assert!(app.visitor().get(&link).await.page().says("no longer works"), "what went to the address before is over");
    assert!(app.alice.get("/settings/profile").await.page().says("It isn't confirmed yet"));
    app.send_mail().await;
    let mails = sink.take();
    assert_eq!(mails.len(), 2);
    assert_eq!(
        (&mails[0].to[..], mails[0].subject()),
        (&["alice@example.org".into()][..], "Your e-mail address was changed".into())
    );
    assert!(!mails[0].plain().contains("ada@"), "the old address isn't told the new one");
    assert_eq!(
        (&mails[1].to[..], mails[1].subject()),
        (&["ada@example.org".into()][..], "Confirm your e-mail address".into())
    );

    // Saved as it is, nothing is told, and it stays confirmed.
    app.alice
        .post("/settings/email/confirmation", &[("link", mails[1].link().split_once("link=").unwrap().1)])
        .await
        .to();
    let page = app.alice.get("/settings/email").await.is(200).page();
    page.form_to("/settings/email").submit(&app.alice).await.to();
    assert_eq!(app.send_mail().await, 0);
    assert!(!app.alice.get("/settings/profile").await.page().says("It isn't confirmed yet"));
    // One that nobody confirmed is told nothing.
    let page = app.charlie.get("/settings/email").await.is(200).page();
    page.form_to("/settings/email").fill("E-mail", "chuck@example.org").submit(&app.charlie).await.to();
    app.send_mail().await;
    assert_eq!(sink.one().to, ["chuck@example.org"]);
}

#[tokio::test]
async fn invitations_go_by_mail_and_are_shown_as_well() {
    let (app, sink) = start().await;
    let form = app.dora.get("/admin/invitations").await.page().form_to("/admin/invitations");
    let made = form.fill("E-mail", "zelda@example.org").submit(&app.dora).await.is(200).page();
    assert!(made.says("A mail to zelda@example.org is on its way, too."));
    app.send_mail().await;
    let mail = sink.one();
    assert_eq!((mail.subject().as_str(), &mail.to[..]), ("An invitation to Inroad", &["zelda@example.org".into()][..]));
    assert!(
        mail.plain().contains("Dora Dean invites you")
            && made.all("#invitation-link")[0].attr("value").unwrap().ends_with(&mail.link())
    );
    assert!(app.visitor().get(&mail.link()).await.page().has("form[action='/signup']"));

    let form = app.alice.get("/settings/people").await.page().form_to("/settings/people");
    let wrong =
        form.clone().fill("Who is it for?", "Tom").fill("E-mail", "tom").submit(&app.alice).await.is(422).page();
    assert!(!wrong.error_of("E-mail").is_empty());
    let made =
        form.fill("Who is it for?", "Tom").fill("E-mail", "tom@example.org").submit(&app.alice).await.is(200).page();
    assert!(made.says("A mail to tom@example.org is on its way, too."));
    app.send_mail().await;
    let mail = sink.one();
    assert_eq!(mail.subject(), "An invitation to look at a job search");
    assert!(app.charlie.get(&mail.link()).await.page().says("Alice Adams invites you to look"));

    // Without an address, or without the tick, the link is handed over by hand.
    let form = app.dora.get("/admin/invitations").await.page().form_to("/admin/invitations");
    form.clone().submit(&app.dora).await.is(200);
    let form = app.dora.get("/admin/invitations").await.page().form_to("/admin/invitations");
    form.fill("E-mail", "yves@example.org").set("send", "").submit(&app.dora).await.is(200);
    let form = app.alice.get("/settings/people").await.page().form_to("/settings/people");
    form.fill("Who is it for?", "Una").submit(&app.alice).await.is(200);
    assert_eq!(app.send_mail().await, 0);
}

#[tokio::test]
async fn a_login_on_a_new_browser_is_told_once() {
    let (app, sink) = start().await;
    let browser = app.visitor();
    let log_in = |person: &Person| {
        let (browser, email) = (&browser, person.email.clone());
        async move {
            let request = browser
                .request(reqwest::Method::POST, "/login")
                .header("sec-fetch-site", "same-origin")
                .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0")
                .form(&[("email", email.as_str()), ("password", PASSWORD)]);
            browser.send(request).await.to()
        }
    };
    log_in(&app.alice).await;
    app.send_mail().await;
    let mail = sink.one();
    assert_eq!(mail.subject(), "A new browser logged in");
    assert!(mail.plain().contains("Firefox on Linux") && mail.plain().contains("from 127.0.0.1"), "{}", mail.plain());
    log_in(&app.alice).await;
    log_in(&app.charlie).await;
    assert_eq!(app.send_mail().await, 0, "known by now; and an address that is not confirmed is told nothing");
}

#[tokio::test]
async fn changes_of_what_guards_the_account_are_told() {
    let (app, sink) = start().await;
    app.another_browser(&app.alice).await;
    app.alice.post("/settings/sessions/ends", &[]).await.to();
    app.alice.post("/settings/sessions/ends", &[]).await.to();
    app.alice.post("/settings/calendar", &[("alarm", "0")]).await.is(200);
    let fields = [("old_password", PASSWORD), ("new_password", NEW)];
    app.alice.post("/settings/password", &fields).await.to();
    app.send_mail().await;
    let told: Vec<String> = sink.take().iter().map(|mail| mail.subject()).collect();
    assert_eq!(
        told,
        ["Your other browsers were logged out", "A calendar address was made", "Your password was changed"]
    );
}

#[tokio::test]
async fn without_a_mail_server_everything_goes_by_hand() {
    let app = App::start().await;
    app.confirm_address(&app.alice).await;
    let visitor = app.visitor();
    let login = visitor.get("/login").await.page();
    assert!(
        login.text("footer").contains("The person who runs this Inroad can make you a link")
            && !login.has("a[href='/password-links']")
    );
    let page = visitor.get("/password-links").await.is(200).page();
    assert!(page.says("The person who runs this Inroad can make you a link") && !page.has("form"));
    visitor.post("/password-links", &[("email", "alice@example.org")]).await.is(422);
    assert!(!app.charlie.get("/settings/profile").await.page().says("isn't confirmed"));
    assert!(!app.alice.get("/settings/people").await.page().has("input[name=email]"));
    assert!(!app.dora.get("/admin/invitations").await.page().has("input[name=send]"));
    let installation = app.dora.get("/admin/installation").await.page();
    assert!(installation.says("This Inroad sends no mail"));
    let id = inroad::ids::GrantId::new().to_string();
    app.alice
        .post(
            "/settings/people",
            &[("id", &id), ("label", "Tom"), ("email", "tom@example.org"), ("scope", "everything")],
        )
        .await
        .is(200);
    app.charlie.post("/settings/email/confirmation-mails", &[]).await.to();
    app.dora.post("/admin/installation/test-mails", &[]).await.to();
    visitor.post("/login", &[("email", "alice@example.org"), ("password", PASSWORD)]).await.to();
    visitor.post("/signup", &[("name", "Z"), ("email", "z@example.org"), ("password", NEW)]).await.to();
    let queued: i64 = sqlx::query_scalar("select count(*) from mails").fetch_one(&app.db).await.unwrap();
    assert_eq!(queued, 0);
}
