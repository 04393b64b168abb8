//! Writing openings with their rules.

use jiff::civil::Date;
use sqlx::{Connection, PgConnection};

use super::opening::Next;
use super::queries::{self, Change, next};
use crate::access::Owner;
use crate::accounts::acting::Acting;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::contacts::employer::companies_named;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, OpeningChangeId, OpeningId};
use crate::links::with_query;
use crate::text::Text;

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

/// A next step that was done.
pub struct StepDone {
    /// The opening's title.
    pub title: String,
    /// What was done.
    pub step: String,
    /// The day it was due on.
    pub on: Option<Date>,
}

impl StepDone {
    /// The address that puts it back, and then leads to `back`.
    pub fn undo(&self, id: OpeningId, line: OpeningChangeId, back: &str) -> String {
        let (line, on) = (line.to_string(), self.on.map(|on| on.to_string()).unwrap_or_default());
        let parameters = [("change", &*line), ("step", &self.step), ("on", &on), ("back", back)];
        with_query(&format!("/openings/{id}/next-steps/undos"), &parameters)
    }
}

/// The next step of an opening goes into its history; nothing where there is none.
///
/// # Errors
/// Where there is no such opening, and the database's.
pub async fn step_done(acting: &mut Acting<'_>, id: OpeningId, line: OpeningChangeId) -> Result<Option<StepDone>> {
    let (by, now, today) = (acting.by, acting.now, acting.today());
    let mut transaction = acting.db.begin().await?;
    let held = queries::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let Some((step, on)) = next::take(&mut *transaction, by, id).await? else { return Ok(None) };
    let change = Change { id: line, status: held.status, on: today, note: Text::parse(&format!("Done: {step}")).ok() };
    queries::insert_change(&mut transaction, by, id, &change, now).await?;
    transaction.commit().await?;
    Ok(Some(StepDone { title: held.title, step, on }))
}

/// Puts a next step back that was done. False where something else has happened since.
///
/// # Errors
/// Where there is no such opening, and the database's.
pub async fn step_not_done(acting: &mut Acting<'_>, id: OpeningId, line: OpeningChangeId, step: &Next) -> Result<bool> {
    let by = acting.by;
    let mut transaction = acting.db.begin().await?;
    queries::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if queries::take_back_change(&mut *transaction, by, id, line).await?.is_none() {
        return Ok(false);
    }
    next::put_back(&mut *transaction, by, id, step).await?;
    transaction.commit().await?;
    Ok(true)
}
