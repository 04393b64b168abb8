//! What has been in the bin for thirty days goes for good.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool};
use tokio::sync::watch;

use super::queries;
use crate::access::Owner;
use crate::accounts::queries as accounts;
use crate::app::App;
use crate::ids::{InsightLinkId, UserId};
use crate::interviews::queries::links;
use crate::interviews::ties::{Tie, take_out};

/// Between one look and the next.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// Days a file that was read, but never imported, is kept.
const PREVIEW_DAYS: i64 = 7;

/// Purges once a day until told to stop, and forgets the limits on attempts whose time is over.
pub async fn daily(app: App, mut stop: watch::Receiver<bool>) {
    let mut days = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = days.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let now = app.clock.now();
        match purge(&app.db, now).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "emptied the bin of what was older than 30 days"),
            Err(error) => tracing::error!(%error, "the bin could not be emptied; tried again tomorrow"),
        }
        if let Err(error) = accounts::forget_old_attempts(&app.db, now).await {
            tracing::error!(%error, "limits whose time is over could not be forgotten; tried again tomorrow");
        }
    }
}

/// Purges what was deleted more than thirty days before `now`, account by account. Returns how many rows went.
///
/// # Errors
/// When the database fails; accounts before that one are done, the others untouched.
pub async fn purge(db: &PgPool, now: Timestamp) -> sqlx::Result<u64> {
    let deleted_before = now - SignedDuration::from_hours(24 * super::DAYS);
    let previewed_before = now - SignedDuration::from_hours(24 * PREVIEW_DAYS);
    let mut gone = 0;
    for user in queries::users(db).await? {
        gone += purge_one(db, user, deleted_before, previewed_before).await?;
    }
    Ok(gone)
}

/// In the order of what points at what: first it is let go of, then it goes. What is on a list never goes with something in the bin.
async fn purge_one(db: &PgPool, user: UserId, deleted: Timestamp, previewed: Timestamp) -> sqlx::Result<u64> {
    let by = Owner::granted(user);
    let mut transaction = db.begin().await?;
    let db = &mut transaction;
    keep_together(db, by, deleted).await?;
    queries::let_go_of_advice(&mut **db, by, deleted).await?;
    let mut gone = queries::purge_reasons(&mut **db, by, deleted).await?;
    gone += queries::purge_dates(&mut **db, by, deleted).await?;
    gone += queries::purge_insights(&mut **db, by, deleted).await?;
    gone += queries::purge_action_items(&mut **db, by, deleted).await?;
    gone += queries::purge_questions(&mut **db, by, deleted).await?;
    queries::let_go_of_introductions(&mut **db, by, deleted).await?;
    queries::let_go_of_earlier_introducers(&mut **db, by, deleted).await?;
    gone += queries::purge_introductions(&mut **db, by, deleted).await?;
    gone += queries::purge_templates(&mut **db, by, deleted).await?;
    gone += queries::purge_offer_criteria(&mut **db, by, deleted).await?;
    queries::let_go_of_referrals(&mut **db, by, deleted).await?;
    gone += queries::purge_referrals(&mut **db, by, deleted).await?;
    queries::let_go_of_interviews(&mut **db, by, deleted).await?;
    gone += queries::purge_interviews(&mut **db, by, deleted).await?;
    queries::let_go_of_introducers(&mut **db, by, deleted).await?;
    queries::let_go_of_confirmers(&mut **db, by, deleted).await?;
    gone += queries::purge_contacts(&mut **db, by, deleted).await?;
    gone += queries::purge_openings(&mut **db, by, deleted).await?;
    queries::let_go_of_employers(&mut **db, by, deleted).await?;
    queries::let_go_of_hosts(&mut **db, by, deleted).await?;
    queries::let_go_of_subjects(&mut **db, by, deleted).await?;
    gone += queries::purge_companies(&mut **db, by, deleted).await?;
    gone += queries::purge_previews(&mut **db, by, previewed).await?;
    accounts::kept::delete_old(&mut **db, by, deleted).await?;
    transaction.commit().await?;
    Ok(gone)
}

/// Lines that say the same by way of one that goes for good stay together without it.
async fn keep_together(db: &mut PgConnection, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    let going = links::going(&mut *db, by, before).await?;
    for line in going {
        let out = take_out(&links::all(&mut *db, by).await?, line);
        let held: Vec<_> = out.held.into_iter().map(|pair| (InsightLinkId::new(), pair)).collect();
        links::delete(&mut *db, by, &out.gone).await?;
        links::insert(&mut *db, by, &held, Tie::Same, before).await?;
    }
    Ok(())
}
