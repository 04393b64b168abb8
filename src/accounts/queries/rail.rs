//! SQL of what the frame of every page says, as it is kept.
//!
//! A request that may change something forgets it before it begins, and says when it is done; what was counted meanwhile, or
//! before, is not kept. Each is a statement of its own, outside the change's transaction: nobody waits for anybody. A job, which
//! has one transaction an account, forgets in it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Commenter, Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::UserId;

/// How long a change may take; longer than any request, and than any account's turn in a job.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// Begins a change of whatever may be due.
pub async fn begin(db: impl PgExecutor<'_>, by: Owner, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until) values ($1, $2, 1, $4)
         on conflict (owner_id) do update set stamp = excluded.stamp, due = null, late = null, thanks_late = null,
             comments = null, due_on = null, due_on_utc = null, by_stage = null, cache = null,
             writers = case when r.writing_until > $3 then r.writers + 1 else 1 end, writing_until = excluded.writing_until",
        by.user_id() as _,
        Uuid::now_v7(),
        At(now) as _,
        At(now + LONGEST) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When a change began of which this is kept; nothing where none ever did.
pub fn begun_at(writing_until: Timestamp) -> Option<Timestamp> {
    (writing_until > Timestamp::UNIX_EPOCH).then(|| writing_until - LONGEST)
}

/// Ends a change, whatever came of it.
pub async fn end(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("update rails set writers = greatest(writers - 1, 0) where owner_id = $1", by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets it together with a change in the same transaction.
pub async fn forget(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    forget_of(db, by.user_id()).await
}

/// The same where a coach said something, which is no sign of the seeker.
pub async fn forget_for(db: impl PgExecutor<'_>, by: Commenter) -> sqlx::Result<()> {
    forget_of(db, by.user_id()).await
}

async fn forget_of(db: impl PgExecutor<'_>, owner: UserId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until) values ($1, $2, 0, timestamptz 'epoch')
         on conflict (owner_id) do update set stamp = excluded.stamp, due = null, late = null, thanks_late = null,
             comments = null, due_on = null, due_on_utc = null, by_stage = null, cache = null",
        owner as _,
        Uuid::now_v7(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is due of a search, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines of Today.
    pub due: usize,
    /// Of them, those that are late.
    pub late: usize,
    /// Of those, thanks.
    pub thanks_late: usize,
    /// What coaches said that waits on Today.
    pub comments: usize,
}

impl Counts {
    /// As they are kept, in the order of the fields; nothing where they are of another day.
    pub fn kept(numbers: [Option<i32>; 4], on: [Option<Day>; 2], (today, utc): (Date, Date)) -> Option<Self> {
        let is_of_today = on == [Some(Day(today)), Some(Day(utc))];
        let [due, late, thanks_late, comments] = numbers.map(|number| usize::try_from(number?).ok());
        is_of_today.then_some(Self { due: due?, late: late?, thanks_late: thanks_late?, comments: comments? })
    }
}

/// Numbers to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Keeping {
    pub by: Viewer,
    /// What was kept when they were counted; a new one where nothing was.
    pub stamp: Uuid,
    pub counts: Counts,
    /// The day of the count where the person is.
    pub today: Date,
}

/// Keeps what is due of these searches on a day in UTC, of each unless something was changed since its stamp was read.
pub async fn keep(db: impl PgExecutor<'_>, of: &[Keeping], utc: Date) -> sqlx::Result<()> {
    let owners: Vec<Uuid> = of.iter().map(|kept| kept.by.user_id().0).collect();
    let stamps: Vec<Uuid> = of.iter().map(|kept| kept.stamp).collect();
    let days: Vec<Day> = of.iter().map(|kept| Day(kept.today)).collect();
    let numbers = |number: fn(&Counts) -> usize| -> Vec<i32> {
        of.iter().map(|kept| i32::try_from(number(&kept.counts)).unwrap_or(i32::MAX)).collect()
    };
    sqlx::query!(
        "insert into rails as r (owner_id, stamp, writers, writing_until, due, late, thanks_late, comments, due_on, due_on_utc)
         select k.owner_id, k.stamp, 0, timestamptz 'epoch', k.due, k.late, k.thanks_late, k.comments, k.due_on, $8::date
         from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::date[])
             as k (owner_id, stamp, due, late, thanks_late, comments, due_on)
         order by k.owner_id
         on conflict (owner_id) do update set due = excluded.due, late = excluded.late, thanks_late = excluded.thanks_late,
             comments = excluded.comments, due_on = excluded.due_on, due_on_utc = excluded.due_on_utc
             where r.stamp = excluded.stamp",
        &owners,
        &stamps,
        &numbers(|counts| counts.due),
        &numbers(|counts| counts.late),
        &numbers(|counts| counts.thanks_late),
        &numbers(|counts| counts.comments),
        &days as _,
        Day(utc) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps how many contacts stand where, unless something was changed since `stamp` was read.
pub async fn keep_contacts(db: impl PgExecutor<'_>, by: Viewer, stamp: Uuid, by_stage: &[i32]) -> sqlx::Result<()> {
    sqlx::query!(
        "update rails set by_stage = $3 where owner_id = $1 and stamp = $2",
        by.user_id() as _,
        stamp,
        by_stage
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was computed under that name since the last change; nothing where it was not, or by a version that wrote it in another way.
pub async fn cached<T: DeserializeOwned>(
    db: impl PgExecutor<'_>,
    by: Viewer,
    stamp: Uuid,
    name: &str,
) -> sqlx::Result<Option<T>> {
    let cached = sqlx::query_scalar!(
        r#"select cache -> $3::text as value from rails where owner_id = $1 and stamp = $2"#,
        by.user_id() as _,
        stamp,
        name,
    )
    .fetch_optional(db)
    .await?;
    Ok(cached.flatten().and_then(|value| serde_json::from_value(value).ok()))
}

/// Keeps what was computed, unless something was changed since `stamp` was read.
pub async fn cache<T: Serialize + Sync>(
    db: impl PgExecutor<'_>,
    by: Viewer,
    stamp: Uuid,
    name: &str,
    value: &T,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update rails set cache = jsonb_set(coalesce(cache, '{}'), array[$3::text], $4::jsonb) where owner_id = $1 and stamp = $2",
        by.user_id() as _,
        stamp,
        name,
        Json(value) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
