//! Making an account: the first one, an open house, an invitation, a closed door.

use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, PgPool};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::person::PASSWORD;
use crate::support::{Answer, App, Form, Person};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn sign_up_form(person: &Person, query: &str) -> Form {
    let page = person.get(&format!("/signup{query}")).await.is(200).page();
    page.form_to("/signup").fill("Name", &person.name).fill("E-mail", &person.email).fill("Password", PASSWORD)
}

async fn sign_up(person: &Person) -> Answer {
    sign_up_form(person, "").await.submit(person).await
}

async fn log_in_with(person: &Person, email: &str, password: &str) -> Answer {
    let page = person.get("/login").await.is(200).page();
    page.form_to("/login").fill("E-mail", email).fill("Password", password).submit(person).await
}

async fn is_signed_in(person: &Person) -> bool {
    person.get("/companies").await.status == 200
}

async fn accounts(db: &PgPool) -> Vec<(String, bool)> {
    sqlx::query_as("select email, is_admin from users order by email").fetch_all(db).await.unwrap()
}

async fn count(db: &PgPool, what: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {what}"))).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn the_first_account_administers_and_is_signed_in() {
    let app = App::empty().await;
    assert_eq!(app.visitor().get("/login").await.to(), "/signup", "nobody can log in yet");
    let page = app.alice.get("/signup").await.page();
    assert!(page.says("This is the first account") && !page.has("[name=setup_token]"));
    assert_eq!(sign_up(&app.alice).await.to(), "/");
    assert!(is_signed_in(&app.alice).await);
    assert_eq!(accounts(&app.db).await, [("alice@example.org".to_owned(), true)]);
}

#[tokio::test]
async fn later_accounts_do_not_administer_and_log_in_themselves() {
    let app = App::empty().await;
    sign_up(&app.dora).await.to();
    let answer = sign_up(&app.alice).await;
    assert_eq!(answer.to(), "/login?email=alice%40example.org");
    let page = app.alice.follow(&answer).await;
    assert!(page.says("Now log in."));
    let form = page.form_to("/login");
    assert_eq!(form.filled("E-mail"), "alice@example.org");
    assert_eq!(form.fill("Password", PASSWORD).submit(&app.alice).await.to(), "/");
    assert!(is_signed_in(&app.alice).await);
    assert_eq!(accounts(&app.db).await[0], ("alice@example.org".to_owned(), false));
}

#[tokio::test]
async fn twenty_first_accounts_at_once_make_one_administrator() {
    let app = App::empty().await;
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..20 {
        let person = Person::new(app.address, "Someone", &format!("someone{n}@example.org"));
        tries.spawn(async move {
            let fields =
                [("name", "Someone"), ("email", person.email.as_str()), ("password", PASSWORD), ("time_zone", "UTC")];
            person.post("/signup", &fields).await.status.as_u16()
        });
    }
    let statuses = tries.join_all().await;
    assert!(statuses.iter().all(|status| matches!(status, 303 | 503)), "{statuses:?}");
    assert_eq!(count(&app.db, "users where is_admin").await, 1);
    assert_eq!(count(&app.db, "users").await, statuses.iter().filter(|status| **status == 303).count() as i64);
}

#[tokio::test]
async fn a_sign_up_says_at_each_field_what_is_wrong() {
    let app = App::start().await;
    let visitor = app.visitor();
    let form = visitor.get("/signup").await.page().form_to("/signup");
    let form = form.fill("Name", "").fill("E-mail", "nonsense").fill("Password", "short");
    let page = form.submit(&visitor).await.is(422).page();
    for label in ["Name", "E-mail", "Password"] {
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    let described_by = page.all("#f-password")[0].attr("aria-describedby").unwrap();
    assert_eq!(described_by, "f-password-hint f-password-error", "what would be right stays beside what is wrong");
    assert!(page.text("#f-password-hint").contains("At least 15 characters"));
    let form = page.form_to("/signup");
    assert_eq!(form.filled("E-mail"), "nonsense", "what was typed stays");
    assert_eq!(form.filled("Password"), "", "but for the password");
    assert_eq!(count(&app.db, "users").await, 4);
}

#[tokio::test]
async fn a_taken_address_gets_the_same_answer_and_keeps_its_password() {
    let app = App::start().await;
    let (new, taken) = (app.visitor(), Person::new(app.address, "Mallory", "Alice@Example.org"));
    let (fresh, again) = (sign_up(&new).await, sign_up(&taken).await);
    assert_eq!(fresh.to().replace("nobody", "alice"), again.to());
    assert_eq!(fresh.header("set-cookie"), again.header("set-cookie"));
    assert_eq!(log_in_with(&taken, "alice@example.org", PASSWORD).await.to(), "/");
    let name: String = sqlx::query_scalar("select name from users where email = 'alice@example.org'")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(name, "Alice Adams");
}

#[tokio::test]
async fn a_closed_installation_takes_no_account() {
    let app = App::start_with(|settings| settings.signup = Some("closed".into())).await;
    let visitor = app.visitor();
    let page = visitor.get("/signup").await.is(200).page();
    assert!(page.says("takes no new accounts") && !page.has("form"));
    let (_, token) = app.invitation(&app.dora, None).await;
    for invitation in ["", &token] {
        let fields = [("name", "No"), ("email", "no@example.org"), ("password", PASSWORD), ("invitation", invitation)];
        visitor.post("/signup", &fields).await.is(422);
    }
    assert_eq!(count(&app.db, "users").await, 4);
}

#[tokio::test]
async fn an_invitation_opens_the_door_once() {
    let app = App::start_with(|settings| settings.signup = Some("invite".into())).await;
    let visitor = app.visitor();
    assert!(visitor.get("/signup").await.page().says("by invitation"));
    let fields = [("name", "No"), ("email", "no@example.org"), ("password", PASSWORD)];
    visitor.post("/signup", &fields).await.is(422);

    let (_, token) = app.invitation(&app.dora, None).await;
    let query = format!("?invitation={token}");
    assert_eq!(sign_up_form(&visitor, &query).await.submit(&visitor).await.to(), "/");
    assert!(is_signed_in(&visitor).await, "whoever holds the link is known to be meant");
    let second = Person::new(app.address, "Second", "second@example.org");
    let page = sign_up_form(&second, &query).await.submit(&second).await.is(422).page();
    assert!(page.error_of("E-mail").contains("was used"));
    assert_eq!(count(&app.db, "users").await, 5);
}

#[tokio::test]
async fn an_invitation_holds_for_its_address_until_it_expires_or_is_taken_back() {
    let app = App::start_with(|settings| settings.signup = Some("invite".into())).await;
    let visitor = app.visitor();
    let (_, bound) = app.invitation(&app.dora, Some("someone.else@example.org")).await;
    let (revoked_id, revoked) = app.invitation(&app.dora, None).await;
    sqlx::query("update invitations set revoked_at = now() where id = $1")
        .bind(revoked_id)
        .execute(&app.db)
        .await
        .unwrap();
    let (_, expired) = app.invitation(&app.dora, None).await;
    app.pass(DAY * 6);
    let (_, fresh) = app.invitation(&app.dora, Some("nobody@example.org")).await;
    app.pass(DAY + MINUTE);
    for (token, problem) in
        [(&bound, "expired"), (&revoked, "withdrawn"), (&expired, "expired"), (&"x".repeat(43), "ask for a new one")]
    {
        let form = sign_up_form(&visitor, &format!("?invitation={token}")).await;
        let page = form.submit(&visitor).await.is(422).page();
        assert!(page.error_of("E-mail").contains(problem), "{problem}: {}", page.error_of("E-mail"));
    }
    let other = Person::new(app.address, "Other", "other@example.org");
    let page = sign_up_form(&other, &format!("?invitation={fresh}")).await.submit(&other).await.is(422).page();
    assert!(page.error_of("E-mail").contains("another e-mail address"));
    sign_up_form(&visitor, &format!("?invitation={fresh}")).await.submit(&visitor).await.to();
}

#[tokio::test]
async fn beyond_loopback_the_first_account_shows_the_setup_token() {
    let app = App::empty_with(|settings| settings.listen = Some("0.0.0.0:3000".into())).await;
    let token = inroad::accounts::token::Token::new().unwrap();
    sqlx::query("update settings set setup_token_hash = $1").bind(token.hash()).execute(&app.db).await.unwrap();
    for wrong in ["", "guess", &"A".repeat(43)] {
        let page =
            sign_up_form(&app.alice, "").await.fill("Setup token", wrong).submit(&app.alice).await.is(422).page();
        assert!(page.error_of("Setup token").contains("isn't the setup token"));
    }
    assert_eq!(count(&app.db, "users").await, 0);
    let form = sign_up_form(&app.alice, "").await.fill("Setup token", &token.reveal());
    assert_eq!(form.submit(&app.alice).await.to(), "/");
    assert_eq!(count(&app.db, "settings where setup_token_hash is not null").await, 0, "it is forgotten once used");
}

/// Whether someone who asks like this is asked for the setup token, on the page and when the form comes.
async fn is_asked_for_the_token(app: &App, host: Option<&str>, headers: &[(&str, &str)]) -> bool {
    let mut person = Person::new(app.address, "First", "first@example.org");
    if let Some(host) = host {
        person = person.at_host(host);
    }
    let with = |mut request: reqwest::RequestBuilder| {
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
    };
    let page = person.send(with(person.request(reqwest::Method::GET, "/signup"))).await.is(200).page();
    let asked = page.has("[name=setup_token]");
    let fields = [("name", "First"), ("email", "first@example.org"), ("password", PASSWORD)];
    let post = with(person.request(reqwest::Method::POST, "/signup").header("sec-fetch-site", "same-origin"));
    let made = person.send(post.form(&fields)).await.status == 303;
    assert_eq!(made, !asked, "the page and the form agree for {host:?} {headers:?}");
    sqlx::query("delete from users").execute(&app.db).await.unwrap();
    asked
}

#[tokio::test]
async fn the_first_account_is_free_only_where_everything_says_this_machine() {
    const PUBLIC: &str = "https://inroad.example";
    let forwarded: [&[(&str, &str)]; 9] = [
        &[("x-forwarded-for", "203.0.113.66")],
        &[("x-forwarded-for", "127.0.0.1")],
        &[("x-forwarded-proto", "https")],
        &[("x-forwarded-host", "localhost")],
        &[("forwarded", "for=127.0.0.1")],
        &[("x-real-ip", "127.0.0.1")],
        &[("via", "1.1 proxy")],
        &[("cf-connecting-ip", "127.0.0.1")],
        // A browser that opened another address.
        &[("origin", "https://inroad.example")],
    ];
    for (listen, url, proxies, free) in [
        ("127.0.0.1:0", "", "", true),
        ("127.0.0.1:0", "http://localhost", "", true),
        ("127.0.0.1:0", PUBLIC, "", false),
        ("127.0.0.1:0", PUBLIC, "127.0.0.1", false),
        ("127.0.0.1:0", "", "127.0.0.1", false),
        ("127.0.0.1:0", "", "10.0.0.0/8", false),
        ("0.0.0.0:3000", "", "", false),
        ("0.0.0.0:3000", "http://localhost", "", false),
        ("192.0.2.7:3000", "", "", false),
    ] {
        let app = App::empty_with(|settings| {
            settings.listen = Some(listen.into());
            settings.url = Some(url.into());
            settings.trusted_proxies = Some(proxies.into());
        })
        .await;
        let own = app.config.url.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
        let own = own.as_deref();
        assert_eq!(is_asked_for_the_token(&app, own, &[]).await, !free, "{listen} {url} {proxies}");
        for headers in forwarded {
            assert!(is_asked_for_the_token(&app, own, headers).await, "{listen} {url} {proxies} {headers:?}");
        }
        if url.is_empty() {
            assert!(is_asked_for_the_token(&app, Some("192.0.2.7"), &[]).await, "asked by a number others have");
        }
    }
}

/// What nginx says when it is told nothing but where to pass requests on.
#[tokio::test]
async fn a_proxy_that_hides_itself_is_noticed_by_the_version_it_speaks() {
    let app = App::empty().await;
    let body = format!("name=First&email=first%40example.org&password={}", PASSWORD.replace(' ', "+"));
    for (version, status) in [("1.0", "422"), ("1.1", "303")] {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let head = format!(
            "POST /signup HTTP/{version}\r\nhost: {}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            app.address,
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert_eq!(said.split(' ').nth(1), Some(status), "{said}");
    }
}

#[tokio::test]
async fn twenty_strangers_behind_a_proxy_make_no_administrator() {
    let app = App::empty_with(|settings| {
        settings.url = Some("https://inroad.example".into());
        settings.trusted_proxies = Some("127.0.0.1".into());
        settings.signup = Some("closed".into());
    })
    .await;
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..20 {
        let person = Person::new(app.address, "Someone", &format!("someone{n}@example.org")).at_host("inroad.example");
        tries.spawn(async move {
            let fields = [("name", "Someone"), ("email", person.email.as_str()), ("password", PASSWORD)];
            let request = person.request(reqwest::Method::POST, "/signup").header("origin", "https://inroad.example");
            let request = request.header("x-forwarded-for", format!("203.0.113.{n}")).form(&fields);
            person.send(request).await.status.as_u16()
        });
    }
    let statuses = tries.join_all().await;
    assert!(statuses.iter().all(|status| matches!(status, 422 | 503)), "{statuses:?}");
    assert_eq!(count(&app.db, "users").await, 0);
}

#[tokio::test]
async fn sign_ups_by_invitation_do_not_share_the_limit_of_an_address() {
    let app = App::start_with(|settings| settings.signup = Some("invite".into())).await;
    for n in 0..25 {
        let (_, token) = app.invitation(&app.dora, None).await;
        let person = Person::new(app.address, "Student", &format!("student{n}@example.org"));
        sign_up_form(&person, &format!("?invitation={token}")).await.submit(&person).await.to();
    }
    assert_eq!(count(&app.db, "users").await, 29);
    let guesser = Person::new(app.address, "Guesser", "guesser@example.org");
    let mut counted = 0;
    while sign_up_form(&guesser, &format!("?invitation={}", "x".repeat(43))).await.submit(&guesser).await.status == 422
    {
        counted += 1;
        assert!(counted <= 20, "guesses at invitations are limited");
    }
}

#[tokio::test]
async fn the_first_account_says_who_else_may_make_one() {
    let app = App::empty().await;
    let form = app.dora.get("/signup").await.page().form_to("/signup");
    assert_eq!(form.value("sign_up"), "open", "only this machine reaches it");
    let form = form.fill("Name", "Dora Dean").fill("E-mail", &app.dora.email).fill("Password", PASSWORD);
    form.set("sign_up", "invite").submit(&app.dora).await.is(303);
    assert!(app.visitor().get("/signup").await.page().says("Accounts here are by invitation"));
    assert!(!app.alice.get("/signup").await.body.contains("name=\"sign_up\""), "later ones are not asked");
}
