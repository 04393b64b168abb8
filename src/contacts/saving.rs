//! How what is known of a contact is changed, by a form of a page or by a program.

use sqlx::Connection;

use super::employer::company_named;
use super::form::NOBODY;
use super::queries::edit::{self as queries, ContactDetails, Named, Saved};
use super::record;
use crate::accounts::acting::Acting;
use crate::companies::name::{CompanyName, NameKey};
use crate::ids::ContactId;
use crate::playbook::standing::Rhythm;
use crate::web::form::Errors;

/// What came of saving a contact.
pub enum Outcome {
    /// It is saved.
    Saved,
    /// Someone saved in between.
    Changed,
    /// There is no such contact.
    Gone,
    /// What is wrong, and whose profile it is already.
    Refused(Errors, Option<Named>),
}

/// Saves what the form of a contact means, if nobody saved since `version`.
///
/// # Errors
/// Only the database's.
pub async fn save(
    acting: &mut Acting<'_>,
    id: ContactId,
    version: i32,
    filled: &ContactDetails,
) -> sqlx::Result<Outcome> {
    let (by, now, cadence) = (acting.by, acting.now, acting.cadence());
    let refused = |field, problem: String, holder| Ok(Outcome::Refused(Errors::of(field, problem), holder));
    if let Some(introducer) = filled.introduced_by
        && (introducer == id || queries::name_of(&mut *acting.db, by, introducer).await?.is_none())
    {
        return refused("introduced_by", NOBODY.into(), None);
    }
    let mut transaction = acting.db.begin().await?;
    let Some(before) = queries::before(&mut *transaction, by, id).await? else { return Ok(Outcome::Gone) };
    if before.version != version {
        return Ok(Outcome::Changed);
    }
    let same_company = filled.company.as_ref().map(CompanyName::key) == before.company.as_deref().map(NameKey::of);
    let (company, employer) = match &filled.company {
        None => (None, None),
        // An employer that is no target stays one that is none.
        Some(name) if same_company => {
            let as_it_was =
                before.company_id.and(before.company.as_deref()).and_then(|name| CompanyName::parse(name).ok());
            (before.company_id, Some(as_it_was.unwrap_or_else(|| name.clone())))
        }
        Some(name) => {
            let (company, name) = company_named(&mut transaction, by, name, now).await?;
            (company, Some(name))
        }
    };
    // Those who wait where they worked have one colleague less who was asked.
    let colleagues = if same_company { Vec::new() } else { record::waiting_there(&mut transaction, by, id).await? };
    match queries::update(&mut *transaction, by, id, filled, company, employer.as_ref()).await? {
        Saved::Yes => {}
        Saved::ProfileTaken => {
            transaction.rollback().await?;
            let holder = match &filled.profile {
                Some(profile) => queries::holder(&mut *acting.db, by, profile.key()).await?,
                None => None,
            };
            let whose = holder.as_ref().map_or("another contact", |holder| holder.name.as_str());
            return refused("profile", format!("This is the profile of {whose}"), holder);
        }
    }
    if Rhythm::kept(filled.rhythm) != before.rhythm_days || !same_company {
        record::replan(&mut transaction, by, id, cadence).await?;
    }
    if !same_company {
        record::replan_waiting_there(&mut transaction, by, id, cadence).await?;
    }
    for colleague in colleagues {
        record::replan(&mut transaction, by, colleague, cadence).await?;
    }
    transaction.commit().await?;
    Ok(Outcome::Saved)
}
