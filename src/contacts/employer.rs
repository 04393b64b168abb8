//! The company a contact works at: found on the list by its name, or put there on the spot.

use std::collections::BTreeMap;

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
    let found = companies_named(db, by, std::slice::from_ref(name), FoundBy::Contacts, now).await?.into_values().next();
    Ok(found.map_or_else(|| (None, name.clone()), |(id, name)| (Some(id), name)))
}

/// The target companies of those names by the keys of their names, each put on the list where it is not yet, with its name as
/// it stands there. Run it inside a transaction.
pub async fn companies_named(
    db: &mut PgConnection,
    by: Owner,
    names: &[CompanyName],
    found_by: FoundBy,
    now: Timestamp,
) -> sqlx::Result<BTreeMap<String, (CompanyId, CompanyName)>> {
    let wanted: BTreeMap<String, &CompanyName> =
        names.iter().map(|name| (name.key().as_str().to_owned(), name)).collect();
    let mut found = BTreeMap::new();
    // A second look finds those that someone added in between.
    for _ in 0..2 {
        let missing: Vec<String> = wanted.keys().filter(|key| !found.contains_key(*key)).cloned().collect();
        if missing.is_empty() {
            break;
        }
        for company in companies::known(&mut *db, by, &missing).await? {
            let as_listed = CompanyName::parse(&company.name).ok();
            if let Some(name) = as_listed.or_else(|| wanted.get(&company.name_key).map(|name| (*name).clone())) {
                found.insert(company.name_key, (company.id, name));
            }
        }
        let new: Vec<NewCompany> = wanted
            .iter()
            .filter(|(key, _)| !found.contains_key(*key))
            .map(|(_, name)| NewCompany { id: CompanyId::new(), name: (*name).clone(), website: None, found_by })
            .collect();
        if new.is_empty() {
            break;
        }
        let added = companies::insert(&mut *db, by, &new, now).await?;
        if !added.is_empty() {
            queries::match_employers(&mut *db, by).await?;
        }
        let are_there = new.into_iter().filter(|company| added.contains(&company.id));
        found.extend(are_there.map(|company| (company.name.key().as_str().to_owned(), (company.id, company.name))));
    }
    Ok(found)
}
