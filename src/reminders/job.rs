//! The job that finds what is to be told and puts its mail and its notices into their queues. Each is told once: what was told is a row,
//! written in the transaction that puts them, under a key that nothing else has. So several programs, and one that is killed, tell nothing twice.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use super::queries::{self, Coming};
use crate::access::Viewer;
use crate::accounts::job::Job;
use crate::accounts::jobs;
use crate::accounts::preferences::Preferences;
use crate::accounts::reminding::queries::{self as wishes, Held};
use crate::accounts::reminding::rule::{Hourly, LONGEST};
use crate::accounts::reminding::wishes::Kind;
use crate::app::App;
use crate::clock::date_in;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::mail::letter::Letter;
use crate::today::weeks::reminded_on;

/// Between one look and the next.
const EVERY: Duration = Duration::from_secs(20);
/// Accounts that are looked for at once.
const SOME: i64 = 100;
/// Days ahead whose talks are read: the earliest notice comes on the evening before.
const AHEAD: SignedDuration = SignedDuration::from_hours(4 * 24);

/// Tells what is due until told to stop; what is being written then is finished first.
pub async fn keep_reminding(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let asked_to_stop = || *stop.borrow();
        let told = tell_due(&app, asked_to_stop).await;
        if let Err(error) = &told {
            tracing::error!(%error, "reminders that are due could not be put into the queue; tried again soon");
        }
        jobs::ran(&app, Job::Reminders, &told).await;
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Puts what is due into the queues, account by account. Returns how many reminders that were.
///
/// # Errors
/// Only the database's; what was put before stays.
pub async fn tell_due(app: &App, asked_to_stop: impl Fn() -> bool) -> Result<usize> {
    let mut put = 0;
    loop {
        let now = app.clock.now();
        let due = wishes::to_look_at(&mut *app.connection().await?, now, SOME).await?;
        let mut looked = 0;
        for (account, kind) in due {
            if asked_to_stop() {
                return Ok(put);
            }
            match look(app, account, kind).await {
                Ok(Some(count)) => {
                    looked += 1;
                    put += count;
                }
                Ok(None) => {}
                // One that cannot be told keeps no other from being told.
                Err(Error::Internal(error)) => {
                    tracing::error!(%error, %account, "a reminder could not be put into the queue")
                }
                Err(error) => return Err(error),
            }
        }
        if put > 0 {
            app.outbox.hurry();
            app.notices.hurry();
        }
        // Those that another program holds are its own to tell.
        if looked == 0 {
            return Ok(put);
        }
    }
}

/// Looks at one wish of an account: puts what is due of it, and sets when it is looked at next, together. Returns how many
/// were; nothing where another program was there first.
async fn look(app: &App, account: UserId, kind: Kind) -> Result<Option<usize>> {
    let now = app.clock.now();
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    let Some(held) = wishes::hold(&mut *transaction, account, kind, now).await? else { return Ok(None) };
    let zone = TimeZone::get(&held.zone).unwrap_or(TimeZone::UTC);
    let (put, next) = match kind {
        Kind::Talk => talks(app, &mut transaction, account, &held, &zone, now).await?,
        Kind::Digest | Kind::Review => hourly(app, &mut transaction, account, kind, &held, &zone, now).await?,
    };
    wishes::look_at(&mut *transaction, account, kind, next).await?;
    transaction.commit().await?;
    Ok(Some(put))
}

/// What comes at an hour of some days. Returns how many were told, and when to look next. A notice is of its day.
async fn hourly(
    app: &App,
    db: &mut PgConnection,
    account: UserId,
    kind: Kind,
    held: &Held,
    zone: &TimeZone,
    now: Timestamp,
) -> sqlx::Result<(usize, Timestamp)> {
    let (due, next) = struck(kind, held, zone, now);
    let mut put = 0;
    if let Some(day) = due
        && wishes::told(&mut *db, account, kind, day, "", now).await?
    {
        let letter = if kind == Kind::Review { Letter::Review } else { Letter::Digest };
        let tomorrow = date_in(zone, now).saturating_add(1.day());
        let ends = zone.to_ambiguous_timestamp(tomorrow.at(0, 0, 0, 0)).compatible().unwrap_or(next);
        tell(app, db, account, held, &letter, (now, ends)).await?;
        put += 1;
    }
    Ok((put, next))
}

/// Puts what is told into the queue of each way in which it is to come; a notice is worth showing until then.
async fn tell(
    app: &App,
    db: &mut PgConnection,
    account: UserId,
    held: &Held,
    letter: &Letter,
    (now, until): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    if held.by_mail {
        app.outbox.tell(&mut *db, account, letter, now).await?;
    }
    if held.by_notice {
        app.notices.tell(db, account, letter, now, until).await?;
    }
    Ok(())
}

/// The day to tell of at `now`, and when to look next.
fn struck(kind: Kind, held: &Held, zone: &TimeZone, now: Timestamp) -> (Option<Date>, Timestamp) {
    let preferences: &Preferences = &held.preferences;
    let cadence = &preferences.cadence;
    let wants = |day| match kind {
        Kind::Review => reminded_on(cadence, day),
        _ => !held.working_days || cadence.is_business_day(day),
    };
    let hourly = Hourly { hour: held.hour.unwrap_or_default(), zone, since: held.since.0, wants: &wants };
    (hourly.due(held.last.map(|day| day.0), now), hourly.next(now))
}

/// The notices of talks. One that was moved is told of again, at its new time.
async fn talks(
    app: &App,
    db: &mut PgConnection,
    account: UserId,
    held: &Held,
    zone: &TimeZone,
    now: Timestamp,
) -> sqlx::Result<(usize, Timestamp)> {
    let Some(lead) = held.lead else { return Ok((0, now + LONGEST)) };
    let (mut put, mut next) = (0, now + LONGEST);
    for talk in queries::coming(&mut *db, Viewer::granted(account), now, now + AHEAD).await? {
        let at = lead.before(talk.starts_at.0, zone);
        if at > now {
            next = next.min(at);
        } else if is_news(&talk, at, held.since.0) {
            let about = format!("{} {}", talk.id, talk.starts_at.0);
            let day = date_in(zone, talk.starts_at.0);
            if wishes::told(&mut *db, account, Kind::Talk, day, &about, now).await? {
                let letter = Letter::Talk { id: talk.id, starts_at: talk.starts_at.0 };
                tell(app, db, account, held, &letter, (now, talk.starts_at.0)).await?;
                put += 1;
            }
        }
    }
    Ok((put, next))
}

/// Whether a notice that was to come at `at` tells anything: who set the talk after that, or wished for notices, knows of it.
fn is_news(talk: &Coming, at: Timestamp, since: Timestamp) -> bool {
    talk.changed_at.0 < at && since <= at
}
