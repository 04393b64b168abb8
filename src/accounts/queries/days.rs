//! SQL of single preferences, each written without touching the others.

use jiff::civil::Date;
use sqlx::{PgExecutor, types::Json};

use crate::access::Owner;
use crate::database::Day;
use crate::web::list::SavedView;

/// Notes which first steps a person skipped.
pub async fn set_skipped_first_steps(db: impl PgExecutor<'_>, by: Owner, skipped: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set preferences = preferences || jsonb_build_object('skipped_first_steps', to_jsonb($2::text[])) where id = $1",
        by.user_id() as _,
        skipped,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts the rest of that day away, or without a day shows it again.
pub async fn set_done_for_today(db: impl PgExecutor<'_>, by: Owner, day: Option<Date>) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set preferences = preferences || jsonb_build_object('done_for_today', $2::date) where id = $1",
        by.user_id() as _,
        day.map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes the Monday of the week that was looked back on, or without one that none was.
pub async fn set_week_reviewed(db: impl PgExecutor<'_>, by: Owner, monday: Option<Date>) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set preferences = preferences || jsonb_build_object('week_reviewed', $2::date) where id = $1",
        by.user_id() as _,
        monday.map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps these ways to look at lists, read under a lock in the same transaction. A form of the settings shows none of them,
/// so its version stays.
pub async fn set_views(db: impl PgExecutor<'_>, by: Owner, views: &[SavedView]) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set preferences = preferences || jsonb_build_object('views', $2::jsonb) where id = $1",
        by.user_id() as _,
        Json(views) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
