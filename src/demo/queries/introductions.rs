//! SQL of the demo's introductions.

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{ContactId, IntroductionId};
use crate::playbook::introduction::Standing;

/// An introduction of the story.
pub async fn introduction(
    db: &mut PgConnection,
    by: Owner,
    id: IntroductionId,
    (introducer, introduced): (ContactId, ContactId),
    standing: &Standing,
    note: Option<&str>,
    on: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into introductions (user_id, id, introducer_id, introduced_id, status, note, asked_on, made_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        by.user_id() as _,
        id as _,
        introducer as _,
        introduced as _,
        standing.status as _,
        note,
        standing.asked_on.map(Day) as _,
        standing.made_on.map(Day) as _,
        At(on) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
