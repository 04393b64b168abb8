//! SQL of openings.

pub mod list;
pub mod next;
pub mod renewal;
pub mod show;
pub mod told;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor};

use super::opening::Described;
use crate::access::Owner;
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{CompanyId, ContactId, OpeningChangeId, OpeningId};
use crate::playbook::opening::Status;
use crate::text::Text;

/// Adds an opening that nothing was sent for yet, with the first line of its history. False if that id is there already.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    company: CompanyId,
    new: &Described,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into openings (user_id, id, company_id, title, source, url, place, salary, posting_text, notes, status, status_since,
             seen_on, created_at, role_number, title_folded)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        company as _,
        new.title.as_str(),
        new.source as _,
        new.url.as_ref().map(|t| t.as_str()),
        new.place.as_ref().map(|t| t.as_str()),
        new.salary.as_ref().map(|t| t.as_str()),
        new.posting_text.as_ref().map(|t| t.as_str()),
        new.notes.as_ref().map(|t| t.as_str()),
        Status::Watching as _,
        Day(new.seen_on) as _,
        At(now) as _,
        new.role_number.as_ref().map(|t| t.as_str()),
        sorted_by(new.title.as_str()),
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    insert_change(
        db,
        by,
        id,
        &Change { id: OpeningChangeId::new(), status: Status::Watching, on: new.seen_on, note: None },
        now,
    )
    .await
}

/// What came of saving an edited opening.
pub enum Saved {
    /// It is saved.
    Yes,
    /// Someone saved in between.
    Changed,
    /// There is no such opening.
    Gone,
}

/// Saves the columns the form owns, if nobody saved since `version`.
pub async fn update(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    version: i32,
    new: &Described,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update openings set title = $4, source = $5, url = $6, place = $7, salary = $8, posting_text = $9, notes = $10, seen_on = $11,
             applied_on = $12, applied_how = $13, role_number = $14, title_folded = $15, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        new.title.as_str(),
        new.source as _,
        new.url.as_ref().map(|t| t.as_str()),
        new.place.as_ref().map(|t| t.as_str()),
        new.salary.as_ref().map(|t| t.as_str()),
        new.posting_text.as_ref().map(|t| t.as_str()),
        new.notes.as_ref().map(|t| t.as_str()),
        Day(new.seen_on) as _,
        new.applied_on.map(Day) as _,
        new.applied_how.as_ref().map(|t| t.as_str()),
        new.role_number.as_ref().map(|t| t.as_str()),
        sorted_by(new.title.as_str()),
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Saved::Yes);
    }
    Ok(if lock(db, by, id).await?.is_some() { Saved::Changed } else { Saved::Gone })
}

/// What has to be known of an opening to change its status.
pub struct Held {
    pub title: String,
    pub status: Status,
    pub seen_on: Day,
}

/// Holds an opening until the transaction ends; nothing if there is no such opening.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: OpeningId) -> sqlx::Result<Option<Held>> {
    sqlx::query_as!(
        Held,
        r#"select title, status as "status: Status", seen_on as "seen_on: Day"
           from openings where user_id = $1 and id = $2 and deleted_at is null for update"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A change of status.
pub struct Change {
    pub id: OpeningChangeId,
    pub status: Status,
    pub on: Date,
    pub note: Option<Text<2_000>>,
}

/// Adds a line to the history of an opening. False if that line is there already.
pub async fn insert_change(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    change: &Change,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into opening_changes (user_id, id, opening_id, status, happened_on, note, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        by.user_id() as _,
        change.id as _,
        id as _,
        change.status as _,
        Day(change.on) as _,
        change.note.as_ref().map(|t| t.as_str()),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the latest change out of the history of an opening, and tells its status. Nothing if another one is the latest, or if it
/// is the only one.
pub async fn take_back_change(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    change: OpeningChangeId,
) -> sqlx::Result<Option<Status>> {
    sqlx::query_scalar!(
        r#"delete from opening_changes
           where user_id = $1 and opening_id = $2 and id = $3
               and $3 = (select id from opening_changes where user_id = $1 and opening_id = $2 order by created_at desc, id desc limit 1)
               and exists (select from opening_changes where user_id = $1 and opening_id = $2 and id <> $3)
           returning status as "status: Status""#,
        by.user_id() as _,
        id as _,
        change as _,
    )
    .fetch_optional(db)
    .await
}

/// The latest line in the history of an opening.
pub async fn latest_change(db: impl PgExecutor<'_>, by: Owner, id: OpeningId) -> sqlx::Result<Option<(Status, Date)>> {
    let row = sqlx::query!(
        r#"select status as "status: Status", happened_on as "on: Day" from opening_changes
           where user_id = $1 and opening_id = $2 order by created_at desc, id desc limit 1"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.status, row.on.0)))
}

/// Writes the status of an opening and the day it has had it since.
pub async fn set_status(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    status: Status,
    since: Date,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update openings set status = $3, status_since = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        status as _,
        Day(since) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes when the user applied, and how where that is said now.
pub async fn set_applied(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    on: Date,
    how: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update openings set applied_on = $3, applied_how = coalesce($4, applied_how), version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        Day(on) as _,
        how,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The latest word that the user applied was taken back: what stands is the one before it, if there is one.
pub async fn unset_applied(db: impl PgExecutor<'_>, by: Owner, id: OpeningId) -> sqlx::Result<()> {
    sqlx::query!(
        "update openings o set applied_on = h.on_day, applied_how = case when h.on_day is not null then o.applied_how end,
             version = version + 1
         from (select max(happened_on) as on_day from opening_changes
             where user_id = $1 and opening_id = $2 and status = 'applied') h
         where o.user_id = $1 and o.id = $2",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes who said on which day that the opening is real, or that nobody did. Returns its title; nothing if there is no such
/// opening, or the person does not work there.
pub async fn confirm(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: OpeningId,
    confirmed: Option<(ContactId, Date)>,
) -> sqlx::Result<Option<String>> {
    let (contact, on) = confirmed.unzip();
    sqlx::query_scalar!(
        "update openings o set confirmed_by = $3, confirmed_on = $4
         where o.user_id = $1 and o.id = $2 and o.deleted_at is null
             and ($3::uuid is null or exists (select from contacts k
                 where k.user_id = $1 and k.id = $3 and k.company_id = o.company_id and k.deleted_at is null))
         returning o.title",
        by.user_id() as _,
        id as _,
        contact as _,
        on.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts an opening in the bin and returns its title.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: OpeningId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update openings set deleted_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning title",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts those openings in the bin.
pub async fn delete_those(db: impl PgExecutor<'_>, by: Owner, ids: &[OpeningId], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update openings set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an opening out of the bin and returns its title.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: OpeningId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update openings set deleted_at = null, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is not null returning title",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
