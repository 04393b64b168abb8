//! What a program is called in what it writes.

use sqlx::PgConnection;

use super::queries;
use crate::access::Owner;

/// The name with which a program's lines are marked; nothing where a person writes. A program whose token is ended writes nothing.
///
/// # Errors
/// Only the database's; a token that is ended is a row that is not there.
pub async fn name(db: &mut PgConnection, by: Owner) -> sqlx::Result<Option<String>> {
    match by.program() {
        None => Ok(None),
        Some(_) => queries::held(db, by).await?.ok_or(sqlx::Error::RowNotFound).map(Some),
    }
}
