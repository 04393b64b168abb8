//! Whether the database answers at all: it is asked every second, on a connection of its own.
//!
//! A frozen server neither answers nor hangs up, so that only a clock can tell. One that refuses, or says anything
//! else, is not silent: whoever asks it hears so at once.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Between two beats.
const EVERY: Duration = Duration::from_secs(1);
/// How long an answer on an open connection may take.
const ANSWER: Duration = Duration::from_secs(1);
/// How long a new connection may take, once the open one was silent.
const CONNECT: Duration = Duration::from_secs(2);

/// The database's pulse; it is felt until the last copy of this value is dropped.
#[derive(Debug, Clone)]
pub struct Pulse(watch::Receiver<bool>);

impl Pulse {
    /// Begins to feel the pulse of the database that this pool connects to.
    pub fn start(pool: &PgPool) -> Self {
        let (silent, receiver) = watch::channel(false);
        let options = pool.connect_options();
        tokio::spawn(async move {
            tokio::select! {
                () = feel(&options, &silent) => {}
                () = silent.closed() => {}
            }
        });
        Self(receiver)
    }

    /// Whether the database is silent.
    pub fn is_silent(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once the database is silent.
    pub async fn silence(mut self) {
        if self.0.wait_for(|silent| *silent).await.is_err() {
            // Nobody feels the pulse any more, so nobody can tell.
            std::future::pending().await
        }
    }
}

async fn feel(options: &PgConnectOptions, silent: &watch::Sender<bool>) {
    let mut open: Option<PgConnection> = None;
    loop {
        if let Some(connection) = &mut open
            && !matches!(timeout(ANSWER, connection.ping()).await, Ok(Ok(())))
        {
            // Dropped, not closed: saying farewell to a silent one may take for ever.
            open = None;
        }
        let mut answers = true;
        if open.is_none() {
            match timeout(CONNECT, PgConnection::connect_with(options)).await {
                Ok(connected) => open = connected.ok(),
                Err(_) => answers = false,
            }
        }
        if silent.send_replace(!answers) == answers {
            match answers {
                true => tracing::info!("the database answers again"),
                false => tracing::warn!("the database is silent"),
            }
        }
        sleep(EVERY).await;
    }
}
