//! Taking an import back as a whole.

use sqlx::Connection;

use super::applied;
use super::plan::{as_i64, own};
use super::queries;
use super::report::{Touched, Undone};
use super::running;
use crate::access::Owner;
use crate::accounts::settings::queries as settings;
use crate::accounts::visit::Visit;
use crate::companies::imports as company_imports;
use crate::contacts::imports as contact_imports;
use crate::database::large::{self, take_time};
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, ImportId, OpeningId};
use crate::openings::imports as opening_imports;
use crate::web::flash::Done;
use crate::web::path::Id;
use crate::web::words;

/// `POST /imports/{id}/undos`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ImportId>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let page = format!("/imports/{id}");
    if running::is_busy(by.user_id()) {
        return Ok(Done::to(page).saying(running::WAIT));
    }
    let mut transaction = visit.db().begin().await?;
    take_time(&mut *transaction).await?;
    queries::hold(&mut *transaction, by).await?;
    let Some(mut report) = queries::claim_back(&mut *transaction, by, id).await? else {
        return if queries::exists(&mut *transaction, by, id).await? {
            Ok(Done::to(page))
        } else {
            Err(Error::NotFound)
        };
    };
    contact_imports::queries::hold_added(&mut *transaction, by, id).await?;
    company_imports::queries::hold_added(&mut *transaction, by, id).await?;
    opening_imports::queries::hold_added(&mut *transaction, by, id).await?;
    let written = queries::written::written(&mut *transaction, by, id, false).await?;
    let untouched = |what: Touched| {
        let gone = written.iter().filter(move |w| w.what == what && !w.is_touched && !w.in_bin);
        gone.map(|w| w.id).collect::<Vec<_>>()
    };
    let contacts: Vec<ContactId> = untouched(Touched::Added).into_iter().map(ContactId).collect();
    let openings: Vec<OpeningId> = untouched(Touched::Opening).into_iter().map(OpeningId).collect();
    let companies: Vec<CompanyId> = untouched(Touched::Company).into_iter().map(CompanyId).collect();
    let restored = contact_imports::take_back_changes(&mut transaction, by, id, &cadence, today, now).await?;
    let watched = applied::take_back(&mut transaction, by, &report.marked, &cadence).await?;
    contact_imports::queries::remove(&mut *transaction, by, &contacts).await?;
    opening_imports::queries::remove(&mut *transaction, by, &openings).await?;
    let untied = contact_imports::queries::untied::leave_companies(&mut *transaction, by, &companies).await?;
    contact_imports::queries::untied::note(&mut *transaction, by, id, &untied).await?;
    company_imports::queries::remove(&mut *transaction, by, &companies).await?;
    let undone = Undone {
        removed: as_i64(contacts.len()),
        restored,
        companies: as_i64(companies.len()),
        openings: as_i64(openings.len()),
        watched,
        ..Undone::leaving(written.iter())
    };
    if !report.own.is_empty() {
        let mut preferences = settings::lock(&mut *transaction, by).await?.preferences.0;
        own::take_back(&report.own, &mut preferences);
        settings::store(&mut *transaction, by, &preferences).await?;
    }
    let said = summary(&undone);
    let rows = u64::try_from(undone.removed + undone.restored).unwrap_or_default();
    report.undone = Some(undone);
    queries::set_report(&mut *transaction, by, id, &report).await?;
    large::commit(transaction, rows).await?;
    Ok(Done::to(page).saying(said))
}

fn summary(undone: &Undone) -> String {
    let mut text = "Import undone.".to_owned();
    if undone.kept_count > 0 {
        let stays = if undone.kept_count == 1 { "stays" } else { "stay" };
        text.push_str(&format!(
            " {} {stays}, because you did something with them since.",
            words::count(undone.kept_count, "entry", "entries")
        ));
    }
    if undone.newer_count > 0 {
        let stays = if undone.newer_count == 1 { "stays" } else { "stay" };
        text.push_str(&format!(
            " {} {stays}, because a later file changed them.",
            words::count(undone.newer_count, "person", "people")
        ));
    }
    if undone.in_bin_count > 0 {
        let lie = if undone.in_bin_count == 1 { "lies" } else { "lie" };
        text.push_str(&format!(" {} {lie} in the bin.", words::count(undone.in_bin_count, "entry", "entries")));
    }
    text
}
