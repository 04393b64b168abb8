//! Writing openings with their rules.

use sqlx::PgConnection;

use crate::access::Owner;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::companies::queries as companies;
use crate::companies::queries::NewCompany;
use crate::contacts;
use crate::ids::CompanyId;

/// The company of that name; it is put on the list if it is not there.
pub async fn find_or_add(
    db: &mut PgConnection,
    by: Owner,
    name: CompanyName,
    found_by: FoundBy,
    now: jiff::Timestamp,
) -> sqlx::Result<CompanyId> {
    let key = [name.key().as_str().to_owned()];
    if let Some(known) = companies::known(&mut *db, by, &key).await?.into_iter().next() {
        return Ok(known.id);
    }
    let company = NewCompany { id: CompanyId::new(), name, website: None, found_by };
    let added = companies::insert(&mut *db, by, &[company], now).await?;
    match added.first() {
        Some(id) => {
            contacts::queries::match_employers(db, by).await?;
            Ok(*id)
        }
        // Someone added it in between.
        None => companies::known(db, by, &key)
            .await?
            .into_iter()
            .next()
            .map(|known| known.id)
            .ok_or(sqlx::Error::RowNotFound),
    }
}
