//! The cast, their browsers, and what they are answered.

use std::net::SocketAddr;
use std::sync::Arc;

use inroad::accounts::token::Token;
use inroad::database::At;
use inroad::ids::{GrantId, SessionId, UserId};
use reqwest::cookie::Jar;
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, StatusCode, Url};

use super::app::App;
use super::page::Page;

/// The password of everyone in the cast, hashed below once and for all: a hash costs more than a test.
pub const PASSWORD: &str = "quiet harbour lantern seven";
/// `PASSWORD` as argon2id stores it.
pub const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=19456,t=4,p=1$Mtw8d8bxzKpdDMJkN9tbmw$we1UxdxomZzudt6F0juLMlWSO/BPvZGUUAys97LDqag";

/// Someone with a browser. Redirects are not followed, cookies are kept.
pub struct Person {
    /// Their account.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    client: Client,
    jar: Arc<Jar>,
    base: Url,
}

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
    /// The path that was asked for.
    pub path: String,
}

impl Person {
    /// A browser that knows no cookie yet.
    pub fn new(address: SocketAddr, name: &str, email: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(jar.clone())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let base = format!("http://{address}/").parse().unwrap();
        Self { id: UserId::new(), name: name.into(), email: email.into(), client, jar, base }
    }

    /// The same person, who knows the program by another host than the number it listens on.
    pub fn at_host(mut self, host: &str) -> Self {
        let headers = HeaderMap::from_iter([(reqwest::header::HOST, host.parse().unwrap())]);
        self.client = Client::builder()
            .cookie_provider(self.jar.clone())
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(headers)
            .no_proxy()
            .build()
            .unwrap();
        self
    }

    /// The whole address of a path; the path is sent as it is written.
    pub fn url(&self, path: &str) -> Url {
        self.base.join(path).unwrap()
    }

    /// Keeps a cookie, as `name=value`.
    pub fn keep_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.base);
    }

    /// The cookies a request would carry.
    pub fn cookies(&self) -> String {
        use reqwest::cookie::CookieStore;
        self.jar.cookies(&self.base).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The token of the session, as the cookie holds it.
    pub fn token(&self) -> Option<String> {
        self.cookies().split("; ").find_map(|pair| pair.strip_prefix("inroad=").map(str::to_owned))
    }

    /// A request to be completed, with the cookies and nothing else.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// Sends a request that was completed by hand.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let path = response.url()[url::Position::BeforePath..].to_owned();
        let body = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        Answer { status, headers, body, path }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(reqwest::Method::GET, path)).await
    }

    /// Sends a form, as one of our own pages would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(reqwest::Method::POST, path).header("sec-fetch-site", "same-origin").form(fields);
        self.send(request).await
    }

    /// Opens the page a redirect leads to.
    pub async fn follow(&self, answer: &Answer) -> Page {
        let answer = self.get(&answer.to()).await;
        assert!(answer.status.is_success(), "{} led to {}", answer.path, answer.status);
        answer.page()
    }
}

impl Answer {
    /// The page, parsed.
    pub fn page(&self) -> Page {
        Page::parse(&self.body, &self.path)
    }

    /// A header as text, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a 303 leads; anything else is a failure.
    pub fn to(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{} was to redirect, and said: {}", self.path, self.gist());
        self.header("location").to_owned()
    }

    /// Fails unless the status is this one.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.gist());
        self
    }

    /// The page's heading and first sentence, for messages of failed tests.
    pub fn gist(&self) -> String {
        let page = self.page();
        format!("{} ({}) {}", self.status, page.text("h1"), page.text("main p"))
    }
}

/// Makes the cast's accounts and signs them in: rows, not forms.
pub async fn sign_in_cast(app: &App) {
    for (person, admin) in [(&app.alice, false), (&app.bob, false), (&app.charlie, false), (&app.dora, true)] {
        add_account(app, person, admin).await;
    }
    sqlx::query(
        "insert into grants (id, owner_id, label, coach_id, created_at, accepted_at, let_in_at) values ($1, $2, $3, $4, $5, $5, $5)",
    )
    .bind(GrantId::new())
    .bind(app.alice.id)
    .bind(&app.bob.email)
    .bind(app.bob.id)
    .bind(At(app.now()))
    .execute(&app.db)
    .await
    .unwrap();
    for person in [&app.alice, &app.charlie, &app.dora] {
        open_session(app, person, None).await;
    }
    open_session(app, &app.bob, Some(app.alice.id)).await;
}

/// Signs one of the cast in anew, as they are at the start: what was called before may have ended their session.
pub async fn sign_in_again(app: &App, person: &Person) {
    match person.id {
        id if id == app.bob.id => open_session(app, person, Some(app.alice.id)).await,
        id if [app.alice.id, app.charlie.id, app.dora.id].contains(&id) => open_session(app, person, None).await,
        _ => {}
    }
}

/// Makes an account whose password is `PASSWORD`.
pub async fn add_account(app: &App, person: &Person, admin: bool) {
    sqlx::query(
        "insert into users (id, name, email, password_hash, time_zone, is_admin, created_at)
         values ($1, $2, $3, $4, 'UTC', $5, $6)",
    )
    .bind(person.id)
    .bind(&person.name)
    .bind(&person.email)
    .bind(PASSWORD_HASH)
    .bind(admin)
    .bind(At(app.now()))
    .execute(&app.db)
    .await
    .unwrap();
}

/// Signs someone in by a row, looking at another's search or at their own.
pub async fn open_session(app: &App, person: &Person, looking_at: Option<UserId>) {
    let token = Token::new().unwrap();
    sqlx::query(
        "insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, looking_at, user_agent, address)
         values ($1, $2, $3, $4, $4, $4, $5, 'a test', '127.0.0.1')",
    )
    .bind(SessionId::new())
    .bind(person.id)
    .bind(token.hash())
    .bind(At(app.now()))
    .bind(looking_at)
    .execute(&app.db)
    .await
    .unwrap();
    person.keep_cookie(&format!("inroad={}", token.reveal()));
}
