//! What has been in the bin for thirty days goes for good, and with it whatever else has had its time.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::watch;

use super::queries;
use crate::access::Owner;
use crate::accounts::job::Job;
use crate::accounts::programs::once;
use crate::accounts::programs::queries::answers;
use crate::accounts::second_step::browsers;
use crate::accounts::settings::queries as settings;
use crate::accounts::{audit, ceremonies, jobs, oauth, queries as accounts, reminding, session};
use crate::app::App;
use crate::clock;
use crate::contacts::letting_go;
use crate::contacts::queries::{bulk_changes, captures};
use crate::database;
use crate::error::Error;
use crate::ids::{InsightLinkId, UserId};
use crate::insights::queries::links;
use crate::insights::ties::{Tie, take_out};
use crate::mail::queries as mails;

/// Between one look and the next.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// After one that failed.
const SOON: Duration = Duration::from_secs(30 * 60);
/// Days a file that was read, but never imported, is kept.
const PREVIEW_DAYS: i64 = 7;

/// How long it is known what was told: no clock jumps further.
const TOLD_KEPT: SignedDuration = SignedDuration::from_hours(24 * 60);

/// How long the administrator can see that a mail was not sent.
const FAILURES_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Cleans once a day until told to stop, and within the hour after it failed.
pub async fn daily(app: App, mut stop: watch::Receiver<bool>) {
    let cleaning = async {
        loop {
            let cleaned = clean(&app.db, app.clock.now()).await.map_err(Error::from);
            jobs::ran(&app, Job::Cleaning, &cleaned).await;
            let pause = match cleaned {
                Ok(0) => EVERY,
                Ok(count) => {
                    tracing::info!(count, "emptied the bin of what was older than 30 days");
                    EVERY
                }
                Err(error) => {
                    tracing::error!(%error, "what has had its time could not be cleaned; tried again in half an hour");
                    SOON
                }
            };
            tokio::time::sleep(pause).await;
        }
    };
    tokio::select! {
        // Cut short by the end of the program, it is rolled back and done at the next start.
        biased;
        _ = stop.wait_for(|stop| *stop) => {}
        () = cleaning => {}
    }
}

/// Everything that has had its time by `now`: the bin, limits on attempts, sessions that ended by themselves, the audit log. Returns how
/// many rows left the bin.
///
/// # Errors
/// When the database fails; what was done before stays done.
pub async fn clean(db: &PgPool, now: Timestamp) -> sqlx::Result<u64> {
    let mut connection = database::connection(db).await?;
    accounts::attempts::forget_old(&mut *connection, now).await?;
    accounts::ended::forget_sessions(&mut *connection, now - session::IDLE, now - session::ABSOLUTE).await?;
    ceremonies::forget_over(&mut connection, now).await?;
    oauth::queries::forget_old(&mut connection, now - oauth::UNUSED_FOR, now).await?;
    audit::queries::forget_before(&mut *connection, now - audit::KEPT, now - audit::KEPT_OF_NONE).await?;
    mails::forget(&mut *connection, now - FAILURES_KEPT, now).await?;
    reminding::queries::forget_told(&mut *connection, now - TOLD_KEPT).await?;
    drop(connection);
    purge(db, now).await
}

/// Purges what was deleted more than thirty days before `now`, account by account. Returns how many rows went.
///
/// # Errors
/// The first, when the database refuses to clean accounts, the others being done; at once when it cannot be reached.
pub async fn purge(db: &PgPool, now: Timestamp) -> sqlx::Result<u64> {
    let mut gone = 0;
    let mut refused = None;
    let mut connection = database::connection(db).await?;
    for user in queries::users(&mut *connection).await? {
        match clean_one(&mut connection, user, now).await {
            Ok(count) => gone += count,
            Err(error) if error.as_database_error().is_some() => {
                tracing::error!(%error, account = %user, "what an account has had its time of could not be cleaned");
                refused.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    refused.map_or(Ok(gone), Err)
}

/// Cleans one account. Returns how many rows left its bin.
async fn clean_one(db: &mut PgConnection, user: UserId, now: Timestamp) -> sqlx::Result<u64> {
    let by = Owner::granted(user);
    let deleted_before = now - SignedDuration::from_hours(24 * crate::trash::DAYS);
    let previewed_before = now - SignedDuration::from_hours(24 * PREVIEW_DAYS);
    leave(db, by, now).await?;
    browsers::forget_over(db, user, now).await?;
    answers::forget(&mut *db, by, now - once::KEPT).await?;
    accounts::looks::forget_before(&mut *db, by, now - audit::KEPT).await?;
    purge_one(db, by, deleted_before, previewed_before).await
}

/// Puts those in the bin whom this account has kept long enough, thirty days after it was told.
async fn leave(db: &mut PgConnection, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    let mut transaction = db.begin().await?;
    accounts::rail::forget(&mut *transaction, by).await?;
    let stored = settings::stored(&mut *transaction, by).await?;
    let zone =
        TimeZone::get(&settings::profile(&mut *transaction, by).await?.chosen.time_zone).unwrap_or(TimeZone::UTC);
    let (preferences, today) = (&stored.preferences, clock::date_in(&zone, now));
    let months = preferences.let_go_after_months;
    letting_go::keep_to_it(&mut transaction, by, months, &preferences.cadence, today, now).await?;
    transaction.commit().await
}

/// Purges what this account deleted before `deleted`. Returns how many rows went.
///
/// # Errors
/// When the database fails; nothing is done then.
pub async fn empty(db: &mut PgConnection, by: Owner, deleted: Timestamp) -> sqlx::Result<u64> {
    purge_one(db, by, deleted, deleted).await
}

/// In the order of what points at what: first it is let go of, then it goes. What is on a list never goes with something in the bin.
async fn purge_one(db: &mut PgConnection, by: Owner, deleted: Timestamp, previewed: Timestamp) -> sqlx::Result<u64> {
    let mut transaction = db.begin().await?;
    let db = &mut transaction;
    accounts::rail::forget(&mut **db, by).await?;
    keep_together(db, by, deleted).await?;
    queries::let_go_of_advice(&mut **db, by, deleted).await?;
    queries::purge_comments(&mut **db, by, deleted).await?;
    queries::purge_suggestions(&mut **db, by, deleted).await?;
    let mut gone = queries::purge_reasons(&mut **db, by, deleted).await?;
    gone += queries::purge_dates(&mut **db, by, deleted).await?;
    gone += queries::purge_insights(&mut **db, by, deleted).await?;
    gone += queries::purge_action_items(&mut **db, by, deleted).await?;
    gone += queries::purge_questions(&mut **db, by, deleted).await?;
    queries::let_go_of_introductions(&mut **db, by, deleted).await?;
    queries::let_go_of_earlier_introducers(&mut **db, by, deleted).await?;
    gone += queries::purge_introductions(&mut **db, by, deleted).await?;
    gone += queries::purge_templates(&mut **db, by, deleted).await?;
    queries::purge_sent_documents(&mut **db, by, deleted).await?;
    gone += queries::purge_documents(&mut **db, by, deleted).await?;
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
    queries::purge_joins(&mut **db, by, deleted).await?;
    gone += queries::purge_previews(&mut **db, by, previewed).await?;
    accounts::kept::delete_old(&mut **db, by, deleted).await?;
    captures::delete_old(&mut **db, by, deleted).await?;
    bulk_changes::delete_old(&mut **db, by, deleted).await?;
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
