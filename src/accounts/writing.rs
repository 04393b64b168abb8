//! Changes under way: from when on, and until when, what is kept of an account's frame cannot be trusted.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use sqlx::PgExecutor;

use super::queries::rail;
use crate::access::{Commenter, Owner};
use crate::app::App;

/// Whose data the request may change: left on it by its visit, for the layer.
#[derive(Clone, Default)]
pub struct Writing(Arc<OnceLock<Owner>>);

impl Writing {
    /// It is that owner's, and their change has begun.
    pub fn begun(&self, by: Owner) {
        let _ = self.0.set(by);
    }
}

/// Forgets what is kept of an account's frame together with a change that no request waits for: the last statement of its
/// transaction, as whoever counts meanwhile waits for its end.
///
/// # Errors
/// As the database has them.
pub async fn forget(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    rail::forget(db, by).await
}

/// The same together with something a coach said: it stands on Today, and is in the number of the frame.
///
/// # Errors
/// As the database has them.
pub async fn forget_for(db: impl PgExecutor<'_>, by: Commenter) -> sqlx::Result<()> {
    rail::forget_for(db, by).await
}

/// The layer that ends a change once its answer is there. A request that is given up may still be saved: its change ends by itself.
pub async fn settle(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let writing = Writing::default();
    request.extensions_mut().insert(writing.clone());
    let response = next.run(request).await;
    if let Some(by) = writing.0.get().copied() {
        // Nobody waits for it: until then the number is counted.
        tokio::spawn(async move {
            if let Ok(mut db) = app.connection().await
                && let Err(error) = rail::end(&mut *db, by).await
            {
                tracing::warn!(%error, "the end of a change was not noted");
            }
        });
    }
    response
}
