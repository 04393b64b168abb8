//! A call of a program that writes. There is none without a token for it, and none that outlives its token: the proof is made of
//! the token, and what is written is committed only while the token is there.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection, Postgres, Transaction};

use super::caller::{Caller, Pass};
use super::queries;
use crate::access::Owner;
use crate::accounts::acting::Acting;
use crate::accounts::queries::rail;
use crate::accounts::visit::Person;
use crate::accounts::writing::Writing;
use crate::app::App;
use crate::database::Lease;
use crate::error::Error;
use crate::web::problem::Problem;

/// One call that showed a valid token for writing.
pub struct Writer {
    by: Owner,
    pass: Pass,
    db: Lease,
}

impl Writer {
    /// Of a call whose token is for writing: a change has begun, and `writing` ends it.
    ///
    /// # Errors
    /// Where the token only reads, and the database's.
    pub async fn of(caller: Caller, writing: Option<&Writing>) -> Result<Self, Problem> {
        let (pass, mut db) = caller.into_parts();
        let by = pass.owner().ok_or_else(Problem::reading_only)?;
        rail::begin(&mut *db, by, pass.now).await.map_err(Error::from)?;
        if let Some(writing) = writing {
            writing.begun(by);
        }
        Ok(Self { by, pass, db })
    }

    /// Begins what is written together. It holds the token until its end.
    ///
    /// # Errors
    /// Where the token was ended meanwhile, and the database's.
    pub async fn begin(&mut self) -> Result<Work<'_>, Problem> {
        let mut transaction = self.db.begin().await.map_err(Error::from)?;
        let held = queries::held(&mut *transaction, self.by).await.map_err(Error::from)?;
        held.ok_or_else(Problem::unauthorized)?;
        Ok(Work { by: self.by, pass: &self.pass, transaction })
    }
}

impl FromRequestParts<App> for Writer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, app).await?;
        Self::of(caller, parts.extensions.get::<Writing>()).await.map_err(IntoResponse::into_response)
    }
}

/// What is written together, or not at all.
pub struct Work<'w> {
    /// The proof.
    pub by: Owner,
    pass: &'w Pass,
    transaction: Transaction<'w, Postgres>,
}

impl Work<'_> {
    /// The connection, inside the transaction.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// Whose account it is.
    pub fn person(&self) -> &Person {
        &self.pass.person
    }

    /// The instant.
    pub fn now(&self) -> Timestamp {
        self.pass.now
    }

    /// The same, as the rules want it.
    pub fn acting(&mut self) -> Acting<'_> {
        let Person { zone, preferences, .. } = &self.pass.person;
        Acting { db: &mut self.transaction, by: self.by, now: self.pass.now, zone, preferences }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// The database's; then nothing is kept.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.transaction.commit().await
    }
}
