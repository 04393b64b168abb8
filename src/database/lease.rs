//! A connection of the pool in use by one request.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::runtime::Handle;
use tokio::time::{sleep, timeout};

use super::trouble::Trouble;

/// How long a connection that is given back may take to show that it can be used again.
const RETURN: Duration = Duration::from_millis(800);
/// Between two attempts at a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection, given back to the pool when it is dropped, unless it has fallen silent.
///
/// sqlx asks a connection that comes back whether it still lives, and waits for the answer without an end, holding its
/// place in the pool (0.9.0): ten silent ones, and the pool is gone for good. Here the waiting ends, and the place is free.
#[derive(Debug)]
pub struct Lease(PoolConnection<Postgres>);

impl Deref for Lease {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(timeout(RETURN, self.0.return_to_pool()));
        }
    }
}

/// A connection of the pool, waited for through a gap as long as the wait for one may take.
///
/// The pool itself tries again only where nobody listens or the server says that it starts; a balancer without a server
/// behind it, or a server on its way down, looks otherwise.
///
/// # Errors
/// When there is none in time.
pub async fn connection(pool: &PgPool) -> sqlx::Result<Lease> {
    let mut last = sqlx::Error::PoolTimedOut;
    let trying = async {
        loop {
            match pool.acquire().await {
                Err(error) if Trouble::of(&error) == Trouble::Passing && !pool.is_closed() => last = error,
                outcome => return outcome.map(Lease),
            }
            sleep(PAUSE).await;
        }
    };
    match timeout(pool.options().get_acquire_timeout(), trying).await {
        Ok(outcome) => outcome,
        Err(_) => Err(last),
    }
}
