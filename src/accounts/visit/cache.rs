//! What pages compute of the whole search, computed once after each change.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use super::{Kept, Visit};
use crate::access::Viewer;
use crate::accounts::queries::rail;

impl<P: Copy + Into<Viewer>> Visit<P> {
    /// What `compute` says of the whole search. It is computed once after each change: what depends on the day, or on who looks,
    /// has no place in it.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn cached<T>(
        &mut self,
        name: &str,
        compute: impl AsyncFnOnce(&mut PgConnection, Viewer) -> sqlx::Result<T>,
    ) -> sqlx::Result<T>
    where
        T: Serialize + DeserializeOwned + Sync,
    {
        let (by, Kept { stamp, may_keep }) = (self.by.into(), self.kept);
        if !may_keep {
            return compute(&mut self.db, by).await;
        }
        if let Some(cached) = rail::cached(&mut *self.db, by, stamp, name).await? {
            return Ok(cached);
        }
        let computed = compute(&mut self.db, by).await?;
        rail::cache(&mut *self.db, by, stamp, name, &computed).await?;
        Ok(computed)
    }
}
