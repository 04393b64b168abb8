//! Administration: accounts, invitations, who may sign up.

use inroad::ids::InvitationId;

use crate::support::person::{PASSWORD, open_session};
use crate::support::{Answer, App, Page, Person};

async fn page(app: &App, section: &str) -> Page {
    app.dora.get(&format!("/admin{section}")).await.is(200).page()
}

async fn change(app: &App, of: &Person, change: &str) -> String {
    let answer = app.dora.post(&format!("/admin/accounts/{}", of.id), &[("change", change)]).await;
    let page = app.dora.get(&answer.to()).await.page();
    page.toast()
}

async fn administrators(app: &App) -> Vec<String> {
    let sql = "select name from users where is_admin and disabled_at is null order by name";
    sqlx::query_scalar(sql).fetch_all(&app.db).await.unwrap()
}

async fn log_in(person: &Person) -> Answer {
    person.post("/login", &[("email", &person.email), ("password", PASSWORD)]).await
}

#[tokio::test]
async fn accounts_are_listed_and_found() {
    let app = App::start().await;
    let list = page(&app, "").await;
    let lines = list.texts("tbody tr");
    assert_eq!(lines.len(), 4);
    assert!(lines[0].contains("Alice Adams") && lines[0].contains("alice@example.org") && lines[0].contains("today"));
    assert!(lines[3].contains("Dora Dean") && lines[3].contains("Administrator"));
    let found = page(&app, "?q=CHARLIE").await;
    assert_eq!(found.texts("tbody tr").len(), 1);
    sqlx::query("update users set name = 'Zoë O’Brien' where id = $1")
        .bind(app.charlie.id)
        .execute(&app.db)
        .await
        .unwrap();
    for spelling in ["zoe", "ZOË", "o'brien", "obrien", "Charlie@"] {
        assert_eq!(page(&app, &format!("?q={spelling}")).await.texts("tbody tr").len(), 1, "{spelling}");
    }
    assert!(page(&app, "?q=%25").await.says("No account matches"));
}

#[tokio::test]
async fn many_accounts_come_in_pages() {
    let app = App::start().await;
    let sql = "insert into users (id, name, email, password_hash, time_zone, created_at)
         select gen_random_uuid(), 'Member ' || n, 'member' || lpad(n::text, 3, '0') || '@example.org', 'x', 'UTC', now()
         from generate_series(1, 100) n";
    sqlx::query(sql).execute(&app.db).await.unwrap();
    let (mut seen, mut next) = (Vec::new(), Some("/admin".to_owned()));
    while let Some(path) = next {
        let page = app.dora.get(&path).await.is(200).page();
        assert!(page.says("104 accounts"), "{path}");
        seen.extend(page.texts("tbody tr td:nth-child(2)"));
        next = page.all("a[rel=next]").first().and_then(|link| link.attr("href")).map(str::to_owned);
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((seen.len(), seen), (104, sorted));
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_loses_nothing() {
    let app = App::start().await;
    let company = app.alice.company("Orbital Works").await;
    let other = app.another_browser(&app.alice).await;
    assert!(change(&app, &app.alice, "disable").await.starts_with("Alice Adams can no longer log in."));
    for browser in [&app.alice, &other] {
        assert!(browser.get("/companies").await.to().starts_with("/login"));
    }
    log_in(&app.visitor_as(&app.alice)).await.is(422);
    assert!(page(&app, "?q=alice").await.says("Disabled"));
    change(&app, &app.alice, "enable").await;
    let back = app.visitor_as(&app.alice);
    assert_eq!(log_in(&back).await.to(), "/");
    back.get(&format!("/companies/{company}")).await.is(200);
    assert!(app.alice.get("/companies").await.to().starts_with("/login"), "what was ended stays ended");
}

impl App {
    /// Another browser of someone, nobody signed in on it.
    fn visitor_as(&self, person: &Person) -> Person {
        Person::new(self.address, &person.name, &person.email)
    }
}

#[tokio::test]
async fn there_is_always_an_administrator() {
    let app = App::start().await;
    assert!(change(&app, &app.dora, "demote").await.contains("is the only administrator, and stays one"));
    assert!(change(&app, &app.dora, "disable").await.contains("cannot disable your own account"));
    assert_eq!(change(&app, &app.alice, "promote").await, "Alice Adams administers now.");
    app.alice.get("/admin").await.is(200);
    assert_eq!(change(&app, &app.alice, "demote").await, "Alice Adams no longer administers.");
    app.alice.get("/admin").await.is(404);

    change(&app, &app.alice, "promote").await;
    change(&app, &app.alice, "disable").await;
    assert!(
        change(&app, &app.dora, "demote").await.contains("only administrator"),
        "one who cannot log in does not count"
    );
    change(&app, &app.alice, "enable").await;
    open_session(&app, &app.alice, None).await;
    change(&app, &app.dora, "demote").await;
    app.dora.get("/admin").await.is(404);
    assert_eq!(administrators(&app).await, ["Alice Adams"]);
}

#[tokio::test]
async fn two_administrators_cannot_remove_each_other_at_once() {
    let app = App::start().await;
    for _ in 0..5 {
        sqlx::query("update users set is_admin = true where id = any($1)")
            .bind([app.alice.id.0, app.dora.id.0])
            .execute(&app.db)
            .await
            .unwrap();
        let (a, d) = (format!("/admin/accounts/{}", app.alice.id), format!("/admin/accounts/{}", app.dora.id));
        let demote = [("change", "demote")];
        tokio::join!(app.dora.post(&a, &demote), app.alice.post(&d, &demote));
        assert_eq!(administrators(&app).await.len(), 1);
    }
}

#[tokio::test]
async fn changes_nobody_offers_are_refused() {
    let app = App::start().await;
    let path = format!("/admin/accounts/{}", app.alice.id);
    app.dora.post(&path, &[("change", "delete")]).await.is(400);
    app.dora.post(&path, &[]).await.is(400);
    app.dora.post(&format!("/admin/accounts/{}", uuid::Uuid::now_v7()), &[("change", "disable")]).await.is(404);
    for other in [&app.alice, &app.bob] {
        other.post(&format!("/admin/accounts/{}", app.charlie.id), &[("change", "promote")]).await.is(404);
    }
    assert_eq!(administrators(&app).await, ["Dora Dean"]);
}

#[tokio::test]
async fn an_invitation_is_shown_once_works_once_and_can_be_revoked() {
    let app = App::start().await;
    let policy = page(&app, "/installation").await.form_to("/admin/installation").set("sign_up", "invite");
    policy.submit(&app.dora).await.to();

    let form = page(&app, "/invitations").await.form_to("/admin/invitations").fill("E-mail", "New@Example.org");
    let made = form.clone().submit(&app.dora).await.is(200).page();
    let link = made.all("#invitation-link")[0].attr("value").unwrap().to_owned();
    let path = link.strip_prefix(&format!("http://{}", app.address)).unwrap().to_owned();
    let again = form.submit(&app.dora).await;
    let list = app.dora.follow(&again).await;
    assert!(list.toast().contains("was made already") && !list.has("#invitation-link"));
    assert_eq!(list.texts("ul.rows li").len(), 1);
    assert!(list.says("new@example.org") && list.says("Works until"));

    let new = Person::new(app.address, "New", "new@example.org");
    let sign_up = new.get(&path).await.is(200).page().form_to("/signup");
    let sign_up = sign_up.fill("Name", "New").fill("E-mail", "new@example.org").fill("Password", PASSWORD);
    assert_eq!(sign_up.clone().submit(&new).await.to(), "/");
    assert_eq!(log_in(&new).await.to(), "/");
    assert!(page(&app, "/invitations").await.says("Used today"));
    sign_up.fill("E-mail", "second@example.org").submit(&app.visitor()).await.is(422);

    let form = page(&app, "/invitations").await.form_to("/admin/invitations");
    let made = form.submit(&app.dora).await.is(200).page();
    let path = made.all("#invitation-link")[0].attr("value").unwrap().split_once("/signup").unwrap().1.to_owned();
    let revoke = made.forms().into_iter().find(|form| form.action.ends_with("/revocations")).unwrap();
    revoke.clone().submit(&app.dora).await.to();
    revoke.submit(&app.dora).await.is(404);
    let visitor = app.visitor();
    let sign_up = visitor.get(&format!("/signup{path}")).await.is(200).page().form_to("/signup");
    let refused = sign_up.fill("Name", "No").fill("E-mail", "no@example.org").fill("Password", PASSWORD);
    assert!(refused.submit(&visitor).await.is(422).page().error_of("E-mail").contains("withdrawn"));
}

#[tokio::test]
async fn the_link_of_an_invitation_has_the_configured_address_whatever_the_request_says() {
    let app = App::start_with(|settings| settings.url = Some("https://inroad.example.org".into())).await;
    let cookie = format!("__Host-inroad={}", app.dora.token().unwrap());
    let id = InvitationId::new().to_string();
    let request = app
        .dora
        .request(reqwest::Method::POST, "/admin/invitations")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie)
        .header("x-forwarded-host", "evil.example")
        .form(&[("id", id.as_str())]);
    let made = app.dora.send(request).await.is(200).page();
    let link = made.all("#invitation-link")[0].attr("value").unwrap().to_owned();
    assert!(link.starts_with("https://inroad.example.org/signup?invitation="), "{link}");
}

#[tokio::test]
async fn the_administrator_says_who_may_sign_up() {
    let app = App::start().await;
    for (policy, refused) in [("closed", true), ("invite", true), ("open", false), ("closed", true), ("", false)] {
        let form = page(&app, "/installation").await.form_to("/admin/installation").set("sign_up", policy);
        form.submit(&app.dora).await.to();
        assert_eq!(page(&app, "/installation").await.form_to("/admin/installation").value("sign_up"), policy);
        assert_eq!(!app.visitor().get("/signup").await.is(200).page().has("form"), refused, "{policy:?}");
    }
    let wrong = page(&app, "/installation").await.form_to("/admin/installation").set("sign_up", "everyone");
    wrong.submit(&app.dora).await.is(422);
}

#[tokio::test]
async fn the_installation_says_how_it_is() {
    let app = App::start().await;
    app.pass(jiff::SignedDuration::from_hours(5));
    let page = page(&app, "/installation").await;
    for fact in [env!("CARGO_PKG_VERSION"), "5 hours", "PostgreSQL", "MB", "Up to date"] {
        assert!(page.says(fact), "{fact}: {}", page.text("dl.facts"));
    }
}

/// Path and query of a link for a new password of Alice's.
async fn password_link(app: &App) -> String {
    let path = format!("/admin/accounts/{}/password-links", app.alice.id);
    let made = page(app, "").await.form_to(&path).submit(&app.dora).await.is(200).page();
    let link = made.all("#password-link")[0].attr("value").unwrap().to_owned();
    link.strip_prefix(&format!("http://{}", app.address)).unwrap().to_owned()
}

async fn works(visitor: &Person, link: &str) -> bool {
    let page = visitor.get(link).await.is(200).page();
    assert_ne!(page.has("form[action='/password']"), page.says("no longer works"));
    page.has("form[action='/password']")
}

#[tokio::test]
async fn a_link_for_a_new_password_works_once_within_a_day_and_ends_every_session() {
    const NEW: &str = "seven quiet herons at dusk";
    let app = App::start().await;
    let (older, link) = (password_link(&app).await, password_link(&app).await);
    let visitor = app.visitor();
    assert!(!works(&visitor, &older).await, "a newer one was made");
    let form = visitor.get(&link).await.is(200).page().form_to("/password");
    app.alice.get("/companies").await.is(200);
    let weak = form.clone().fill("New password", "short").submit(&visitor).await.is(422).page();
    assert!(!weak.error_of("New password").is_empty());
    assert_eq!(form.clone().fill("New password", NEW).submit(&visitor).await.to(), "/login");
    assert_eq!(app.alice.get("/companies").await.status, 303, "every session ended");
    log_in(&app.alice).await.is(422);
    assert_eq!(app.alice.post("/login", &[("email", "alice@example.org"), ("password", NEW)]).await.to(), "/");
    form.fill("New password", PASSWORD).submit(&visitor).await.is(422);
    assert!(!works(&visitor, &link).await, "it was used");

    let late = password_link(&app).await;
    app.pass(jiff::SignedDuration::from_hours(24));
    assert!(!works(&visitor, &late).await, "it is a day old");
    let token = late.split_once("link=").unwrap().1;
    visitor.post("/password", &[("link", token), ("new_password", PASSWORD)]).await.is(422);
    log_in(&app.alice).await.is(422);
}

#[tokio::test]
async fn administering_takes_the_password_of_the_last_minutes() {
    let app = App::start().await;
    app.pass(jiff::SignedDuration::from_mins(11));
    let account = format!("/admin/accounts/{}", app.alice.id);
    let link = format!("{account}/password-links");
    let id = InvitationId::new().to_string();
    for change in ["promote", "demote", "disable", "enable"] {
        let asked = app.dora.post(&account, &[("change", change)]).await.is(422).page();
        assert_eq!(asked.text("h1"), "Your password, once more", "{change}");
    }
    for (path, field) in [
        ("/admin/installation", ("sign_up", "closed")),
        ("/admin/invitations", ("id", id.as_str())),
        (link.as_str(), ("x", "")),
    ] {
        let asked = app.dora.post(path, &[field]).await.is(422).page();
        assert_eq!(asked.text("h1"), "Your password, once more", "{path}");
    }
    assert_eq!(administrators(&app).await, ["Dora Dean"]);
    app.alice.get("/companies").await.is(200);
    let undone: i64 = sqlx::query_scalar(
        "select (select count(*) from invitations) + (select count(*) from settings where sign_up is not null)
             + (select count(*) from users where password_link_hash is not null)",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(undone, 0);
}

#[tokio::test]
async fn an_account_is_deleted_with_everything_once_its_address_is_typed() {
    let app = App::start().await;
    app.alice.company("Orbital Works").await;
    let path = format!("/admin/accounts/{}/deletion", app.alice.id);
    let to = format!("{path}s");
    assert!(page(&app, "").await.has(&format!("a[href='{path}']")));
    let asked = app.dora.get(&path).await.is(200).page();
    let wrong = asked.form_to(&to).fill("Its e-mail address", "bob@example.org").submit(&app.dora).await;
    assert!(wrong.is(422).page().error_of("Its e-mail address").contains("as it stands above"));
    app.alice.get("/companies").await.is(200);
    let done = asked.form_to(&to).fill("Its e-mail address", " Alice@Example.org ").submit(&app.dora).await;
    assert!(app.dora.get(&done.to()).await.page().toast().contains("The account of Alice Adams is deleted"));
    assert!(app.alice.get("/companies").await.to().starts_with("/login"));
    app.bob.get("/companies").await.is(200);
    let left: i64 = sqlx::query_scalar("select count(*) from companies").fetch_one(&app.db).await.unwrap();
    assert_eq!(left, 0, "and nothing of it stays");
    let log = app.dora.get("/admin/activity").await.page().texts("main li[data-row]");
    assert!(log[0].starts_with("Account deleted: alice@example.org"), "{log:?}");

    app.dora.get(&path).await.is(404);
    let own = format!("/admin/accounts/{}/deletions", app.dora.id);
    let own = app.dora.post(&own, &[("email", app.dora.email.as_str())]).await.is(422).page();
    assert!(own.error_of("Its e-mail address").contains("your own account"));
}
