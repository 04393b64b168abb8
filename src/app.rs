//! What every handler may ask for.

use std::ops::Deref;
use std::sync::Arc;

use sqlx::PgPool;

use crate::accounts::issuer::Provider;
use crate::accounts::password::Hashing;
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{self, Health, Lease, Pulse, Trouble};
use crate::error::{Error, Result};
use crate::mail::outbox::Outbox;
use crate::notices::outbox::Notices;
use crate::web::cookies::Cookies;
use crate::web::made_for::Marks;
use crate::web::signed::Signatures;

/// The state of the running program; every layer and handler of a request clones it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What it consists of.
pub struct Parts {
    /// Connections to the database; a request takes its own with [`App::connection`].
    pub db: PgPool,
    /// Whether the database answers at all.
    pub pulse: Pulse,
    /// What the private PostgreSQL is doing; where there is none, it runs.
    pub health: tokio::sync::watch::Receiver<Health>,
    /// What time it is.
    pub clock: Clock,
    /// How it was started.
    pub config: Config,
    /// Cookies, as this installation writes them.
    pub cookies: Cookies,
    /// The marks of forms.
    pub marks: Marks,
    /// The signatures of links.
    pub signatures: Signatures,
    /// Where mail is put.
    pub outbox: Outbox,
    /// Where notices for browsers are put.
    pub notices: Notices,
    /// Whose word logs people in beside their passwords.
    pub provider: Provider,
    /// Turns for hashing passwords.
    pub hashing: Hashing,
    /// When it was started.
    pub started_at: jiff::Timestamp,
    /// False from the moment the program is asked to stop.
    pub ready: tokio::sync::watch::Receiver<bool>,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// A connection to the database, waited for through a gap as long as the wait for one may take.
    ///
    /// # Errors
    /// When there is none in time: nothing was asked of the database yet.
    pub async fn connection(&self) -> Result<Lease> {
        database::connection(&self.db).await.map_err(|error| match Trouble::of(&error) {
            Trouble::Passing => Error::Away(error),
            _ => error.into(),
        })
    }

    /// Whether people reach this installation by https.
    pub fn is_https(&self) -> bool {
        self.config.is_https()
    }
}
