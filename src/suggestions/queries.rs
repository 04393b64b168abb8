//! SQL of suggestions. The coach writes and withdraws by a `Commenter` with a grant, the seeker decides.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::suggestion::{Fate, Kind, Waiting};
use crate::access::{Commenter, Owner};
use crate::database::At;
use crate::ids::{GrantId, SuggestionId};
use crate::playbook::message::built_in::Moment;

/// What a suggestion says.
#[derive(Debug, Clone, Default)]
pub struct Said<'a> {
    pub name: &'a str,
    pub why: Option<&'a str>,
    pub website: Option<&'a str>,
    pub moment: Option<Moment>,
    pub body: Option<&'a str>,
}

/// A suggestion to be.
pub struct NewSuggestion<'a> {
    pub id: SuggestionId,
    /// The coach's grant.
    pub grant: GrantId,
    /// The coach's name.
    pub by_name: &'a str,
    pub kind: Kind,
    pub said: Said<'a>,
}

/// Writes a suggestion. False where it was written before, `most` of that coach's wait, or something on the list has its id, which
/// is to be its own there.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Commenter,
    new: NewSuggestion<'_>,
    most: i64,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into suggestions (user_id, id, grant_id, by_name, kind, name, why, website, moment, body, created_at)
         select $1, $2, $3, left($4, 200), $5, $6, $7, $8, $9, $10, $11
         where (select count(*) from suggestions s where s.user_id = $1 and s.grant_id = $3 and s.taken_at is null
                 and s.dismissed_at is null and s.deleted_at is null) < $12
             and not exists (select from companies c where c.user_id = $1 and c.id = $2)
             and not exists (select from templates m where m.user_id = $1 and m.id = $2)
         on conflict do nothing",
        by.user_id() as _,
        new.id as _,
        new.grant as _,
        new.by_name,
        new.kind as _,
        new.said.name,
        new.said.why,
        new.said.website,
        new.said.moment as _,
        new.said.body,
        At(now) as _,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A suggestion as its coach changes it.
pub struct Written {
    pub kind: Kind,
    pub name: String,
    pub why: Option<String>,
    pub website: Option<String>,
    pub moment: Option<Moment>,
    pub body: Option<String>,
    pub version: i32,
    /// The seeker has not decided yet.
    pub waits: bool,
}

/// A suggestion of the coach who asks; nothing if it is someone else's, or there is none. With `withdrawn`, one that was.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: SuggestionId,
    withdrawn: bool,
) -> sqlx::Result<Option<Written>> {
    sqlx::query_as!(
        Written,
        r#"select kind as "kind: Kind", name, why, website, moment as "moment: Moment", body, version,
               taken_at is null and dismissed_at is null as "waits!"
           from suggestions where user_id = $1 and id = $2 and grant_id = $3 and (deleted_at is not null) = $4"#,
        by.user_id() as _,
        id as _,
        by.grant() as _,
        withdrawn,
    )
    .fetch_optional(db)
    .await
}

/// Changes what a suggestion that waits says, unless it was changed since `version`. False where it was, or was decided on.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: SuggestionId,
    version: i32,
    said: Said<'_>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update suggestions set name = $5, why = $6, website = $7, moment = $8, body = $9, version = version + 1
         where user_id = $1 and id = $2 and grant_id = $3 and version = $4 and taken_at is null and dismissed_at is null
             and deleted_at is null",
        by.user_id() as _,
        id as _,
        by.grant() as _,
        version,
        said.name,
        said.why,
        said.website,
        said.moment as _,
        said.body,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Withdraws a suggestion that waits, or with no instant brings it back. False where it was decided on, or is not the coach's.
pub async fn set_withdrawn(
    db: impl PgExecutor<'_>,
    by: Commenter,
    id: SuggestionId,
    at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update suggestions set deleted_at = $4, version = version + 1
         where user_id = $1 and id = $2 and grant_id = $3 and taken_at is null and dismissed_at is null",
        by.user_id() as _,
        id as _,
        by.grant() as _,
        at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A suggestion in the list of the two.
pub struct Listed {
    /// As while it waited.
    pub row: Json<Waiting>,
    pub created_at: At,
    pub taken_at: Option<At>,
    pub dismissed_at: Option<At>,
}

impl Listed {
    /// What came of it.
    pub fn fate(&self) -> Fate {
        match (self.taken_at, self.dismissed_at) {
            (Some(_), _) => Fate::Taken,
            (_, Some(_)) => Fate::NotForThem,
            _ => Fate::Waits,
        }
    }
}

/// What the coach who asks suggested, or what all coaches did where the seeker asks: those that wait first.
pub async fn all(db: impl PgExecutor<'_>, by: Commenter) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select json_build_object('id', id, 'by_name', by_name, 'kind', kind, 'name', name, 'why', why, 'website', website,
                   'moment', moment, 'body', body) as "row!: Json<Waiting>",
               created_at as "created_at: At", taken_at as "taken_at: At", dismissed_at as "dismissed_at: At"
           from suggestions where user_id = $1 and ($2::uuid is null or grant_id = $2) and deleted_at is null
           order by coalesce(taken_at, dismissed_at) desc nulls first, created_at desc, id limit 200"#,
        by.user_id() as _,
        by.grant() as _,
    )
    .fetch_all(db)
    .await
}

/// What is taken over.
pub struct Taken {
    pub by_name: String,
    pub kind: Kind,
    pub name: String,
    pub why: Option<String>,
    pub website: Option<String>,
    pub moment: Option<Moment>,
    pub body: Option<String>,
}

/// Marks a suggestion as taken over; nothing where it was before, or there is none.
pub async fn take(db: impl PgExecutor<'_>, by: Owner, id: SuggestionId, now: Timestamp) -> sqlx::Result<Option<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"update suggestions set taken_at = $3, dismissed_at = null, version = version + 1
           where user_id = $1 and id = $2 and taken_at is null and deleted_at is null
           returning by_name, kind as "kind: Kind", name, why, website, moment as "moment: Moment", body"#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Marks a suggestion that waits as not wanted, and tells its name and kind.
pub async fn dismiss(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: SuggestionId,
    now: Timestamp,
) -> sqlx::Result<Option<(String, Kind)>> {
    let gone = sqlx::query!(
        r#"update suggestions set dismissed_at = $3, version = version + 1
           where user_id = $1 and id = $2 and taken_at is null and dismissed_at is null and deleted_at is null
           returning name, kind as "kind: Kind""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(gone.map(|gone| (gone.name, gone.kind)))
}

/// What a suggestion is, and whether it was taken over.
pub struct Decided {
    pub kind: Kind,
    pub was_taken: bool,
}

/// Has a suggestion wait again. Returns what it was.
pub async fn reopen(db: impl PgExecutor<'_>, by: Owner, id: SuggestionId) -> sqlx::Result<Option<Decided>> {
    sqlx::query_as!(
        Decided,
        r#"update suggestions new set taken_at = null, dismissed_at = null, version = new.version + 1
           from suggestions old
           where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
           returning new.kind as "kind: Kind", old.taken_at is not null as "was_taken!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What a suggestion of any state is; nothing where there is none, or it was withdrawn.
pub async fn kind(db: impl PgExecutor<'_>, by: Owner, id: SuggestionId) -> sqlx::Result<Option<Kind>> {
    sqlx::query_scalar!(
        r#"select kind as "kind: Kind" from suggestions where user_id = $1 and id = $2 and deleted_at is null"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
