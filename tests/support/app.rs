//! The program under test: a real server on a port of its own, a database of its own, a clock that stands still.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use inroad::accounts::issuer::Provider;
use inroad::accounts::password::Hashing;
use inroad::accounts::{mailing, noticing, queries};
use inroad::clock::Clock;
use inroad::config::{Config, Settings};
use inroad::database;
use inroad::mail::outbox::Outbox;
use inroad::mail::server::Server;
use inroad::notices::outbox::Notices;
use inroad::notices::service::Services;
use inroad::reminders::{job, letters};
use inroad::server::Limits;
use inroad::web::cookies::Cookies;
use inroad::web::made_for::Marks;
use inroad::web::signed::Signatures;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::database::TestDatabase;
use super::person::{self as people, Person};

/// Tuesday 24 November 2026, 09:00 UTC: when every test begins.
pub const START: &str = "2026-11-24T09:00:00Z";

/// Whatever a test changes behind the program's back, what the program kept of it is forgotten: it could not know.
const FORGETTING: &str = "
    create function forget_what_is_kept() returns trigger language plpgsql as $$ begin
        if current_setting('application_name') <> 'inroad' then delete from rails; end if;
        return null;
    end $$;
    do $$ declare name text; begin
        for name in select table_name from information_schema.columns
            where table_schema = 'public' and (column_name = 'user_id' and table_name <> 'sessions' or table_name || '.' || column_name = 'users.id')
        loop
            execute format('create trigger forget_what_is_kept after insert or update or delete on %I
                for each statement execute function forget_what_is_kept()', name);
        end loop;
    end $$";

/// A running program and the people who use it.
pub struct App {
    /// The owner: everything in the tests is hers unless said otherwise.
    pub alice: Person,
    /// The coach: Alice granted him a look, he accepted, and he is looking.
    pub bob: Person,
    /// A stranger with an account.
    pub charlie: Person,
    /// The administrator, who owns nothing.
    pub dora: Person,
    /// The clock the program goes by.
    pub clock: Clock,
    /// Where it listens.
    pub address: SocketAddr,
    /// Connections for looking at what it did.
    pub db: PgPool,
    /// The program's own connections.
    pub pool: PgPool,
    /// The settings it runs with.
    pub config: Arc<Config>,
    stop: watch::Sender<bool>,
    ready: watch::Sender<bool>,
    server: Option<JoinHandle<anyhow::Result<()>>>,
    copies: Vec<JoinHandle<anyhow::Result<()>>>,
    // Last, so that it is dropped when nobody uses it any more.
    #[expect(dead_code, reason = "held for its end")]
    database: TestDatabase,
}

impl App {
    /// Started as it comes, with the cast signed in.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Started with other settings, with the cast signed in.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let app = Self::empty_with(change).await;
        people::sign_in_cast(&app).await;
        app
    }

    /// Started with nobody having an account: the cast's sessions do not exist.
    pub async fn empty() -> Self {
        Self::empty_with(|_| ()).await
    }

    /// Started with other settings and nobody having an account.
    pub async fn empty_with(change: impl FnOnce(&mut Settings)) -> Self {
        let own = TestDatabase::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut settings = Settings {
            database_url: Some(own.url.clone()),
            listen: Some(listener.local_addr().unwrap().to_string()),
            data_dir: Some(std::env::temp_dir()),
            // Also where a proxy or an address would make it by invitation.
            signup: Some("open".into()),
            ..Settings::default()
        };
        change(&mut settings);
        let config = Arc::new(Config::new(&settings).unwrap());
        let pool = database::open(&config).await.unwrap().pool;
        let db = own.pool();
        sqlx::raw_sql(FORGETTING).execute(&db).await.unwrap();
        let clock = Clock::fixed(START.parse().unwrap());
        let (ready, ready_receiver) = watch::channel(true);
        let (stop, stop_receiver) = watch::channel(false);
        let state = state(&pool, &clock, &config, ready_receiver).await;
        let (address, server) = serve(listener, Limits::default(), state, stop_receiver);
        let person = |name, email| person(address, &config, name, email);
        Self {
            alice: person("Alice Adams", "alice@example.org"),
            bob: person("Bob Brown", "bob@example.org"),
            charlie: person("Charlie Clark", "charlie@example.org"),
            dora: person("Dora Dean", "dora@example.org"),
            clock,
            address,
            db,
            pool,
            config: config.clone(),
            stop,
            ready,
            server: Some(server),
            copies: Vec::new(),
            database: own,
        }
    }

    /// A browser nobody is signed in on.
    pub fn visitor(&self) -> Person {
        person(self.address, &self.config, "Nobody", "nobody@example.org")
    }

    /// Another browser of the same person, signed out.
    pub fn browser_of(&self, of: &Person) -> Person {
        let mut person = person(self.address, &self.config, &of.name, &of.email);
        person.id = of.id;
        person
    }

    /// The demo account, signed in: a search on whose pages there is something of every kind.
    pub async fn demo(&self) -> Person {
        let made = inroad::demo::load::load(&self.db, self.now()).await.unwrap();
        let id = sqlx::query_scalar("select id from users where email = $1").bind(made.email).fetch_one(&self.db).await;
        let mut ada = person(self.address, &self.config, "Ada Byron", made.email);
        ada.id = id.unwrap();
        people::open_session(self, &ada, None).await;
        ada
    }

    /// Another browser of the same person, signed in as well.
    pub async fn another_browser(&self, of: &Person) -> Person {
        let person = self.browser_of(of);
        people::open_session(self, &person, None).await;
        person
    }

    /// Starts one more copy of the program on the same database; returns where it listens.
    pub async fn another_copy(&mut self) -> SocketAddr {
        let pool = database::open(&self.config).await.unwrap().pool;
        let (ready, stop) = (self.ready.subscribe(), self.stop.subscribe());
        let state = state(&pool, &self.clock, &self.config, ready).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, copy) = serve(listener, Limits::default(), state, stop);
        self.copies.push(copy);
        address
    }

    /// Starts one more copy of the program, on the same connections to the database, within other limits.
    pub async fn copy_within(&mut self, limits: Limits) -> SocketAddr {
        let (ready, stop) = (self.ready.subscribe(), self.stop.subscribe());
        let state = state(&self.pool, &self.clock, &self.config, ready).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, copy) = serve(listener, limits, state, stop);
        self.copies.push(copy);
        address
    }

    /// Sends what is due, as the job does; returns how many mails it took up.
    pub async fn send_mail(&self) -> usize {
        self.send_mail_within(Duration::from_secs(30)).await
    }

    /// Sends what is due to a server that may take so long for a mail.
    pub async fn send_mail_within(&self, patience: Duration) -> usize {
        let state = state(&self.pool, &self.clock, &self.config, self.ready.subscribe()).await;
        let smtp = self.config.smtp.as_ref().unwrap();
        let server = Server::of(&smtp.server, self.config.url.as_ref(), patience).unwrap();
        let mut taken = 0;
        while mailing::send_next(&state, letters::tell, smtp, &server).await.unwrap() {
            taken += 1;
        }
        taken
    }

    /// Sends the notices that are due, as the job does; returns how many it took up.
    pub async fn send_notices(&self) -> usize {
        let state = state(&self.pool, &self.clock, &self.config, self.ready.subscribe()).await;
        let (services, mut taken) = (Services::new().unwrap(), 0);
        while noticing::send_next(&state, letters::tell, &services).await.unwrap() {
            taken += 1;
        }
        taken
    }

    /// Tells what is due, as the job does; returns how many reminders that were.
    pub async fn remind(&self) -> usize {
        job::tell_due(&self.state().await, || false).await.unwrap()
    }

    /// What the program's handlers and jobs share.
    pub async fn state(&self) -> inroad::app::App {
        state(&self.pool, &self.clock, &self.config, self.ready.subscribe()).await
    }

    /// Says that the address of an account is its owner's.
    pub async fn confirm_address(&self, of: &Person) {
        let sql = "update users set email_confirmed_at = created_at where id = $1";
        sqlx::query(sql).bind(of.id).execute(&self.db).await.unwrap();
    }

    /// Lets time pass.
    pub fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lets the program say that it is about to stop.
    pub fn draining(&self) {
        self.ready.send_replace(false);
    }

    /// Asks the program to stop; `stopped` waits until it has.
    pub fn stop(&self) {
        self.draining();
        self.stop.send_replace(true);
    }

    /// Waits until the server has ended.
    pub async fn stopped(&mut self) {
        if let Some(server) = self.server.take() {
            server.await.unwrap().unwrap();
        }
    }
}

/// Someone with a browser that opens the program by its public address, where it has one.
fn person(address: SocketAddr, config: &Config, name: &str, email: &str) -> Person {
    let person = Person::new(address, name, email);
    match config.url.as_ref().and_then(|url| url.host_str()) {
        Some(host) => person.at_host(host),
        None => person,
    }
}

impl Drop for App {
    fn drop(&mut self) {
        for server in self.server.iter().chain(&self.copies) {
            server.abort();
        }
    }
}

fn serve(
    listener: TcpListener,
    limits: Limits,
    state: inroad::app::App,
    stop: watch::Receiver<bool>,
) -> (SocketAddr, JoinHandle<anyhow::Result<()>>) {
    let address = listener.local_addr().unwrap();
    (address, tokio::spawn(inroad::server::serve_within(limits, listener, state, stop)))
}

/// What the program knows while it runs.
async fn state(pool: &PgPool, clock: &Clock, config: &Arc<Config>, ready: watch::Receiver<bool>) -> inroad::app::App {
    let secret = queries::secret(pool).await.unwrap();
    inroad::app::App::new(inroad::app::Parts {
        db: pool.clone(),
        pulse: database::Pulse::start(pool),
        health: watch::channel(database::Health::Running).1,
        clock: clock.clone(),
        started_at: clock.now(),
        config: (**config).clone(),
        cookies: Cookies::new(config.is_https(), &secret),
        marks: Marks::new(&secret),
        signatures: Signatures::new(&secret),
        provider: Provider::of(config),
        outbox: Outbox::of(config),
        notices: Notices::new(&secret),
        hashing: Hashing::new().unwrap(),
        ready,
    })
}
