//! Taking an import back as a whole.

use sqlx::{Connection, PgConnection};

use super::queries;
use super::report::{KEPT, Undone};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::companies::imports as company_imports;
use crate::contacts::imports as contact_imports;
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::web::flash::Done;
use crate::web::path::Id;
use crate::web::words;

/// `POST /imports/{id}/undos`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ImportId>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let page = format!("/imports/{id}");
    let mut transaction = visit.db().begin().await?;
    queries::take_time(&mut *transaction).await?;
    queries::hold(&mut *transaction, by).await?;
    let Some(mut report) = queries::claim_back(&mut *transaction, by, id).await? else {
        return if queries::exists(&mut *transaction, by, id).await? {
            Ok(Done::to(page))
        } else {
            Err(Error::NotFound)
        };
    };
    let contacts = contact_imports::take_back(&mut transaction, by, id, &cadence, today, now).await?;
    let (companies, kept) = remove_companies(&mut transaction, by, id).await?;
    let mut kept: Vec<String> = contacts.kept.into_iter().chain(kept).collect();
    let kept_count = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    kept.truncate(KEPT);
    let undone = Undone { removed: contacts.removed, restored: contacts.restored, companies, kept_count, kept };
    let said = summary(&undone);
    report.undone = Some(undone);
    queries::set_report(&mut *transaction, by, id, &report).await?;
    transaction.commit().await?;
    Ok(Done::to(page).saying(said))
}

/// Removes the companies the import added with which nothing was done since. Returns how many, and the names of the others.
async fn remove_companies(db: &mut PgConnection, by: Owner, id: ImportId) -> sqlx::Result<(i64, Vec<String>)> {
    let gone = company_imports::queries::untouched(&mut *db, by, id).await?;
    contact_imports::queries::leave_companies(&mut *db, by, &gone).await?;
    company_imports::queries::remove(&mut *db, by, &gone).await?;
    let kept = company_imports::queries::added_and_kept(db, by, id).await?;
    Ok((i64::try_from(gone.len()).unwrap_or(i64::MAX), kept))
}

fn summary(undone: &Undone) -> String {
    let mut text = "The import is taken back.".to_owned();
    if undone.kept_count > 0 {
        let stays = if undone.kept_count == 1 { "stays" } else { "stay" };
        text.push_str(&format!(
            " {} {stays}, because you did something with them since.",
            words::count(undone.kept_count, "entry", "entries")
        ));
    }
    text
}
