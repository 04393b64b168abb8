//! SQL of what comes next for the demo's openings.

use jiff::civil::Date;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::database::Day;
use crate::ids::{CompanyId, OpeningId};

/// What to do next about an opening, and when.
pub async fn next_step(db: &mut PgConnection, by: Owner, id: OpeningId, step: &str, on: Date) -> sqlx::Result<()> {
    sqlx::query!(
        "update openings set next_step = $3, next_on = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        step,
        Day(on) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How often a careers page is looked at, in days, and when it last was.
pub async fn careers(db: &mut PgConnection, by: Owner, id: CompanyId, days: i16, looked_on: Date) -> sqlx::Result<()> {
    sqlx::query!(
        "update companies set careers_rhythm_days = $3, careers_checked_on = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        days,
        Day(looked_on) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
