//! Writing openings with their rules.

use sqlx::PgConnection;

use crate::access::Owner;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::contacts::employer::companies_named;
use crate::ids::CompanyId;

/// The company of that name; it is put on the list if it is not there.
pub async fn find_or_add(
    db: &mut PgConnection,
    by: Owner,
    name: CompanyName,
    found_by: FoundBy,
    now: jiff::Timestamp,
) -> sqlx::Result<CompanyId> {
    let found = companies_named(db, by, &[name], found_by, now).await?;
    found.into_values().next().map(|(id, _)| id).ok_or(sqlx::Error::RowNotFound)
}
