//! SQL of the demo account's dates and reasons.

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::database::At;
use crate::demo::story::{Date, Reason};
use crate::ids::{ContactDateId, ContactId, ReasonId};
use crate::playbook::occasion::YearlyDay;

/// A date of theirs.
pub async fn date(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    it: &Date,
    day: YearlyDay,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into contact_dates (user_id, id, contact_id, kind, word, month, day, year, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        by.user_id() as _,
        ContactDateId::new() as _,
        contact as _,
        it.kind as _,
        it.word,
        i16::from(day.month()),
        i16::from(day.day()),
        day.since(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A reason to write.
pub async fn reason(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    it: &Reason,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reasons (user_id, id, contact_id, kind, text, link, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        by.user_id() as _,
        ReasonId::new() as _,
        contact as _,
        it.kind as _,
        it.text,
        it.link,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
