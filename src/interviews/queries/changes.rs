//! How a talk changes: set, moved, held or not, into the bin and out.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor};

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId, InterviewId, TouchpointId};
use crate::insights::queries::lines;
use crate::interviews::kinds::ReferralTalk;
use crate::playbook::event::Kind;
use crate::playbook::talk::{Medium, Status};
use crate::text::Line;

/// Adds a talk. False if a talk of that id is there already.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewId,
    contact: ContactId,
    company: Option<CompanyId>,
    new: &Appointment,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into informational_interviews (user_id, id, contact_id, company_id, status, starts_at, minutes, way, place,
             their_time_zone, changed_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        contact as _,
        company as _,
        Status::Scheduled as _,
        At(new.starts_at) as _,
        new.minutes,
        new.way as _,
        new.place.as_ref().map(|p| p.as_str()),
        new.their_time_zone.as_deref(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// With whom a talk is.
pub async fn contact_of(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"select contact_id as "id: ContactId" from informational_interviews
           where user_id = $1 and id = $2 and deleted_at is null"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A talk in writing that waits for its answers.
pub async fn waits_in_writing(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
) -> sqlx::Result<Option<InterviewId>> {
    sqlx::query_scalar!(
        r#"select id as "id: InterviewId" from informational_interviews
           where user_id = $1 and contact_id = $2 and status = 'scheduled' and way = 'in_writing' and deleted_at is null
           order by starts_at, id limit 1"#,
        by.user_id() as _,
        contact as _,
    )
    .fetch_optional(db)
    .await
}

/// What a talk was, held until the transaction ends.
pub struct Before {
    pub contact_id: ContactId,
    pub name: String,
    pub status: Status,
    pub starts_at: At,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<String>,
    pub their_time_zone: Option<String>,
    pub version: i32,
}

/// Holds a talk until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"select t.contact_id as "contact_id: ContactId", k.name, t.status as "status: Status", t.starts_at as "starts_at: At",
               t.minutes, t.way as "way: Medium", t.place, t.their_time_zone, t.version
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and t.id = $2 and t.deleted_at is null
           for update of t"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets when and where; calendars notice.
pub async fn move_to(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewId,
    new: &Appointment,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set starts_at = $3, minutes = $4, way = $5, place = $6, their_time_zone = $7,
             sequence = sequence + 1, changed_at = $8, version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        At(new.starts_at) as _,
        new.minutes,
        new.way as _,
        new.place.as_ref().map(|p| p.as_str()),
        new.their_time_zone.as_deref(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets where a talk stands; calendars notice when it is cancelled, or is no longer.
pub async fn set_status(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewId,
    status: Status,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set status = $3, version = version + 1,
             sequence = sequence + case when (status = 'cancelled') <> ($3 = 'cancelled') then 1 else 0 end,
             changed_at = case when (status = 'cancelled') <> ($3 = 'cancelled') then $4 else changed_at end
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        status as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps how it went.
pub async fn set_afterwards(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewId,
    after: &Afterwards,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set time_kept = $3, thanked = $4, summed_up = $5, read_back = $6, asked_who_else = $7,
             referral_talk = $8, how_it_went = $9, their_share = $10, confidence_before = $11, confidence_after = $12,
             version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        after.time_kept,
        after.thanked,
        after.summed_up,
        after.read_back,
        after.asked_who_else,
        after.referral_talk as _,
        after.how_it_went,
        after.their_share,
        after.confidence_before,
        after.confidence_after,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was said of a referral after a talk.
pub async fn forget_referral_talk(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set referral_talk = null, version = version + 1
         where user_id = $1 and id = $2 and referral_talk is not null",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A line of the history that belongs to a talk.
pub struct Happened {
    pub id: TouchpointId,
    pub kind: Kind,
    pub on: Day,
    pub at: At,
    pub until: Option<Day>,
}

/// The lines of a talk that count, in order.
pub async fn happened(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Vec<Happened>> {
    sqlx::query_as!(
        Happened,
        r#"select t.id as "id: TouchpointId", t.kind as "kind: Kind", t.happened_on as "on: Day", t.happened_at as "at: At",
               t.until as "until: Day"
           from touchpoints t
           where t.user_id = $1 and t.interview_id = $2 and t.kind <> 'undone'
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           order by t.happened_on, t.id"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_all(db)
    .await
}

/// The last day on which something about getting to a talk was noted with the contact: an outcome never stands before it.
pub async fn noted_until(db: impl PgExecutor<'_>, by: Owner, contact: ContactId) -> sqlx::Result<Option<Date>> {
    let day = sqlx::query_scalar!(
        r#"select max(t.happened_on) as "day: Day" from touchpoints t
           where t.user_id = $1 and t.contact_id = $2
               and t.kind in ('scheduled', 'rescheduled', 'prepared', 'held', 'cancelled', 'no_show', 'snoozed', 'dismissed')
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)"#,
        by.user_id() as _,
        contact as _,
    )
    .fetch_one(db)
    .await?;
    Ok(day.map(|day| day.0))
}

/// Puts a talk in the bin with its insights and promises.
pub async fn delete(db: &mut PgConnection, by: Owner, id: InterviewId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set deleted_at = $3, version = version + 1 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update action_items set deleted_at = $3 where user_id = $1 and interview_id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    lines::bin_of_talk(db, by, id, now).await
}

/// A talk in the bin.
pub struct Binned {
    pub contact_id: ContactId,
    pub name: String,
    pub deleted_at: At,
}

/// Holds a talk that is in the bin until the transaction ends.
pub async fn lock_binned(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<Binned>> {
    sqlx::query_as!(
        Binned,
        r#"select t.contact_id as "contact_id: ContactId", k.name, t.deleted_at as "deleted_at!: At"
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and t.id = $2 and t.deleted_at is not null
           for update of t"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// The lines of the history that were taken back when the talk was put in the bin, in order.
pub async fn taken_back(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InterviewId,
    deleted_at: At,
) -> sqlx::Result<Vec<Happened>> {
    sqlx::query_as!(
        Happened,
        r#"select t.id as "id: TouchpointId", t.kind as "kind: Kind", t.happened_on as "on: Day", t.happened_at as "at: At",
               t.until as "until: Day"
           from touchpoints t
           join touchpoints u on u.user_id = t.user_id and u.undoes = t.id
           where t.user_id = $1 and u.user_id = $1 and t.interview_id = $2 and u.interview_id = $2 and u.created_at = $3
           order by t.happened_on, t.id"#,
        by.user_id() as _,
        id as _,
        deleted_at as _,
    )
    .fetch_all(db)
    .await
}

/// Takes a talk out of the bin, with what went in together with it.
pub async fn restore(db: &mut PgConnection, by: Owner, id: InterviewId, deleted_at: At) -> sqlx::Result<()> {
    sqlx::query!(
        "update informational_interviews set deleted_at = null, version = version + 1 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update action_items set deleted_at = null where user_id = $1 and interview_id = $2 and deleted_at = $3",
        by.user_id() as _,
        id as _,
        deleted_at as _,
    )
    .execute(&mut *db)
    .await?;
    lines::restore_of_talk(db, by, id, deleted_at).await
}

/// What the form means.
pub struct Afterwards {
    pub time_kept: bool,
    pub thanked: bool,
    pub summed_up: bool,
    pub read_back: bool,
    pub asked_who_else: bool,
    pub referral_talk: Option<ReferralTalk>,
    /// 1 to 5.
    pub how_it_went: Option<i16>,
    /// How much of the time they spoke, in percent.
    pub their_share: Option<i16>,
    /// 1 to 5.
    pub confidence_before: Option<i16>,
    /// 1 to 5.
    pub confidence_after: Option<i16>,
}

/// When, how long, how and where a talk is held.
#[derive(Debug, PartialEq, Eq)]
pub struct Appointment {
    pub starts_at: Timestamp,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<Line<1000>>,
    pub their_time_zone: Option<String>,
}
