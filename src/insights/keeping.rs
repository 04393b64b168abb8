//! Keeping what was learned, marked with the program that writes it down.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::insight::Learned;
use super::queries::lines;
use crate::access::Owner;
use crate::accounts::programs::name::name;
use crate::ids::{CompanyId, InsightId, InterviewId};

/// Keeps insights of a talk; all are left out where there is no such talk, and one whose id is there already.
///
/// # Errors
/// Only the database's.
pub async fn keep_of_talk(
    db: &mut PgConnection,
    by: Owner,
    talk: InterviewId,
    new: &[(InsightId, Learned)],
    now: Timestamp,
) -> sqlx::Result<()> {
    let program = name(&mut *db, by).await?;
    lines::add_of_talk(db, by, talk, new, program.as_deref(), now).await
}

/// Keeps a line of the user's own research into a company. Nothing happens if its id is there already.
///
/// # Errors
/// Only the database's.
pub async fn keep_of_company(
    db: &mut PgConnection,
    by: Owner,
    company: CompanyId,
    id: InsightId,
    new: &Learned,
    now: Timestamp,
) -> sqlx::Result<()> {
    let program = name(&mut *db, by).await?;
    lines::add_of_company(db, by, company, id, new, program.as_deref(), now).await
}
