//! `inroad serve`: from a configuration to a listening server, and to a clean end.

use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::accounts::issuer::Provider;
use crate::accounts::password::Hashing;
use crate::accounts::token::Token;
use crate::accounts::{mailing, noticing, queries};
use crate::app::{App, Parts};
use crate::clock::Clock;
use crate::config::{Config, DatabaseSource};
use crate::mail::outbox::Outbox;
use crate::notices::outbox::Notices;
use crate::reminders::{self, letters};
use crate::trash::purge;
use crate::web::cookies::Cookies;
use crate::web::made_for::Marks;
use crate::web::signed::Signatures;
use crate::{database, server};

/// Files open at once: the connections, the database's, and some more.
const FILES: u64 = 4_096;

/// How long a mail or a notice that is being handed over may take to end once the program is asked to stop.
const MAIL_PATIENCE: Duration = Duration::from_secs(5);

/// Serves until told to stop.
///
/// # Errors
/// When the address is taken, or the database cannot be had.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let started = Instant::now();
    let stop = server::stop_signal(config.drain + server::DRAIN_PATIENCE + end_patience(&config))?;
    allow_files();
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; set INROAD_LISTEN to another address", config.listen))?;
    let database = tokio::select! {
        opened = super::open(&config) => opened?,
        () = asked(&stop) => return Ok(()),
    };
    let (ready_sender, ready) = watch::channel(true);
    let clock = Clock::system();
    let secret = queries::secret(&database.pool).await?;
    let app = App::new(Parts {
        db: database.pool.clone(),
        pulse: database::Pulse::start(&database.pool),
        health: database.health(),
        started_at: clock.now(),
        clock,
        cookies: Cookies::new(config.is_https(), &secret),
        marks: Marks::new(&secret),
        signatures: Signatures::new(&secret),
        provider: Provider::of(&config),
        outbox: Outbox::of(&config),
        notices: Notices::new(&secret),
        config,
        hashing: Hashing::new()?,
        ready,
    });
    let address = match &app.config.url {
        Some(url) => url.to_string(),
        None => format!("http://{}/", listener.local_addr()?),
    };
    println!("Inroad is at {address} (started in {:.2} s)", started.elapsed().as_secs_f64());
    setup_token(&app).await?;
    let sending = tokio::spawn(mailing::keep_sending(app.clone(), letters::tell, stop.clone()));
    let noticing = tokio::spawn(noticing::keep_noticing(app.clone(), letters::tell, stop.clone()));
    tokio::spawn(reminders::job::keep_reminding(app.clone(), stop.clone()));
    tokio::spawn(purge::daily(app.clone(), stop.clone()));
    tokio::spawn(database.daily_dumps(app.clock.clone()));
    let (last_sender, last) = watch::channel(false);
    let drain = app.config.drain;
    tokio::spawn(async move {
        asked(&stop).await;
        ready_sender.send_replace(false);
        if !drain.is_zero() {
            tracing::info!("no longer ready; answering for another {} s", drain.as_secs());
        }
        tokio::time::sleep(drain).await;
        last_sender.send_replace(true);
    });
    let lost = database.lost();
    let served = tokio::select! {
        served = server::serve(listener, app, last) => served,
        reason = lost => Err(anyhow::anyhow!("the private PostgreSQL ended and could not be started again: {reason}")),
    };
    // What is on its way is not sent again by the next start.
    tokio::time::timeout(MAIL_PATIENCE, async { tokio::join!(sending, noticing) }).await.ok();
    database.close().await;
    println!("Inroad has stopped.");
    served
}

/// Returns once the program is asked to stop.
async fn asked(stop: &watch::Receiver<bool>) {
    stop.clone().wait_for(|stop| *stop).await.ok();
}

/// How long closing the database may take before the program ends all the same.
fn end_patience(config: &Config) -> Duration {
    match config.database {
        DatabaseSource::Url(_) => Duration::from_secs(10),
        // PostgreSQL writes what is in memory first.
        DatabaseSource::Embedded => Duration::from_secs(5 * 60),
    }
}

/// Prints the one-time token for the first account: strangers could reach the page before its owner does, by a proxy for one.
async fn setup_token(app: &App) -> anyhow::Result<()> {
    if queries::instance(&app.db).await?.has_users {
        return Ok(());
    }
    let token = Token::new()?;
    queries::set_setup_token(&app.db, Some(&token.hash())).await?;
    let of_the = if app.config.is_for_this_machine() { "From another machine the" } else { "The" };
    println!("No one has an account yet. {of_the} first one asks for this setup token: {}", token.reveal());
    Ok(())
}

/// Lets the program have as many files open as it may: each connection is one, and most systems begin with too few for all places.
fn allow_files() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let most = getrlimit(Resource::RLIMIT_NOFILE).and_then(|(now, most)| {
        let wanted = most.min(FILES).max(now);
        setrlimit(Resource::RLIMIT_NOFILE, wanted, most)
    });
    if let Err(error) = most {
        tracing::debug!(%error, "the number of open files stays as it is");
    }
}
