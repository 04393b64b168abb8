//! The company a contact works at: found on the list by its name, or put there on the spot.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::queries;
use crate::access::Owner;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::companies::queries::{self as companies, NewCompany};
use crate::ids::CompanyId;

/// The target company of that name, put on the list where it is not yet, with its name as it stands there.
/// Run it inside a transaction.
pub async fn company_named(
    db: &mut PgConnection,
    by: Owner,
    name: &CompanyName,
    now: Timestamp,
) -> sqlx::Result<(Option<CompanyId>, CompanyName)> {
    let keys = [name.key().as_str().to_owned()];
    let new = NewCompany { id: CompanyId::new(), name: name.clone(), website: None, found_by: FoundBy::Contacts };
    let mut known = companies::known(&mut *db, by, &keys).await?;
    if known.is_empty() {
        let added = companies::insert(&mut *db, by, &[new], now).await?;
        if let Some(id) = added.first() {
            queries::match_employers(db, by).await?;
            return Ok((Some(*id), name.clone()));
        }
        // Someone added it in between.
        known = companies::known(&mut *db, by, &keys).await?;
    }
    let found = known.into_iter().next();
    let as_listed = found.as_ref().and_then(|company| CompanyName::parse(&company.name).ok());
    Ok((found.map(|company| company.id), as_listed.unwrap_or_else(|| name.clone())))
}
