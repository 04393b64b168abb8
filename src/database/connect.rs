//! Connections: their address and limits, waiting for the server, and what may stand between.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use anyhow::bail;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::time::{sleep, timeout};

use super::queries;
use super::trouble::{Trouble, has_code, in_words};
use crate::config::Secret;

/// How long the end of the program waits for its connections to close.
pub const FAREWELL: Duration = Duration::from_secs(3);
/// How many connections one program holds at most; more than the cores can use only adds waiting inside PostgreSQL.
const CONNECTIONS: u32 = 10;
/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(3);
/// How long a connection may take to say that it is there: one that is silent must not eat the whole wait of a request.
const ANSWER: Duration = Duration::from_millis(800);
/// How long one attempt at a new connection may take while the program starts.
const ATTEMPT: Duration = Duration::from_secs(5);
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(250);
/// Connections that are compared to find out whether each has a session of its own.
const COMPARED: usize = 3;

/// The address as sqlx takes it.
///
/// Nothing is asked for while connecting but what poolers let pass; the limits follow once the connection stands.
pub fn options(url: &Secret) -> anyhow::Result<PgConnectOptions> {
    let options: PgConnectOptions = url.expose().parse()?;
    Ok(options.application_name("inroad").extra_float_digits(None))
}

/// The connections that requests use; made when they are needed, with the limits of a request.
pub fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .max_lifetime(Duration::from_secs(30 * 60))
        .idle_timeout(Duration::from_secs(10 * 60))
        // One more round trip for every request would be a high price: only a connection that has rested is asked.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= Duration::from_secs(1) {
                    answers(connection).await?;
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| Box::pin(async move { queries::limit(connection).await }))
        .connect_lazy_with(options)
}

/// Asks a connection whether it is there. One that errs or is late is not used again, and not waited for.
async fn answers(connection: &mut PgConnection) -> sqlx::Result<()> {
    timeout(ANSWER, connection.ping()).await.unwrap_or_else(|_| Err(silent()))
}

fn silent() -> sqlx::Error {
    sqlx::Error::Io(ErrorKind::TimedOut.into())
}

/// Waits until the server lets us in.
///
/// # Errors
/// When it does not within the time, and at once when waiting would not help; the message says why.
pub async fn wait(options: &PgConnectOptions, patience: Duration) -> anyhow::Result<()> {
    let deadline = Instant::now() + patience;
    let mut said = false;
    loop {
        let error = match timeout(ATTEMPT, PgConnection::connect_with(options)).await {
            Ok(Ok(connection)) => return Ok(connection.close().await?),
            Ok(Err(error)) => error,
            Err(_) => silent(),
        };
        let why = in_words(&error);
        if error.to_string().contains("startup parameter") {
            bail!(
                "The pooler at DATABASE_URL refuses an option that the address gives ({error}). \
                 Leave the options out of the address, or name them in PgBouncer's ignore_startup_parameters."
            );
        }
        if Trouble::of(&error) == Trouble::Lasting {
            bail!(
                "The database cannot be used: {why} ({error}). Check the user, password and database in DATABASE_URL."
            );
        }
        if Instant::now() + PAUSE >= deadline {
            bail!(
                "The database cannot be reached: {why} ({error}). \
                 Check DATABASE_URL, and that the server runs and lets this user in."
            );
        }
        if !said {
            tracing::warn!("waiting for the database up to {} s: {why}", patience.as_secs());
            said = true;
        }
        sleep(PAUSE).await;
    }
}

/// Refuses a pooler that hands the same session to several connections without keeping their statements apart: half of
/// all pages would fail.
///
/// # Errors
/// When there is such a pooler; the message names what works.
pub async fn refuse_shared_sessions(options: &PgConnectOptions) -> anyhow::Result<()> {
    let mut connections = Vec::new();
    for _ in 0..COMPARED {
        let Ok(Ok(connection)) = timeout(ATTEMPT, PgConnection::connect_with(options)).await else { return Ok(()) };
        connections.push(connection);
        // Each has its own statement of the same name as soon as it is used.
        for connection in &mut connections {
            match timeout(ATTEMPT, queries::answer(connection)).await {
                Ok(Err(error)) if has_code(&error, &["42P05", "26000", "08P01"]) => bail!(
                    "DATABASE_URL leads to a pooler that changes the session between two statements ({error}). \
                     What works: PgBouncer with pool_mode = session; or PgBouncer 1.21 and newer with pool_mode = \
                     transaction, max_prepared_statements = 200 and the limits set by `alter role` (the README has \
                     the lines); or the server's own address: ten connections a program need no pooler."
                ),
                _ => {}
            }
        }
    }
    for connection in connections {
        connection.close().await.ok();
    }
    Ok(())
}
