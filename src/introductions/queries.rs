//! SQL of introductions.

pub mod list;
pub mod put_off;
pub mod tree;
pub mod ways;
pub mod whole;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor};

use crate::access::{Owner, Viewer};
use crate::companies::name::NameKey;
use crate::database::{At, Day, on_constraint};
use crate::folding::sorted_by;
use crate::ids::{ContactId, IntroductionId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::Standing;
use crate::text::Text;

/// What came of writing an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is written.
    Yes,
    /// The same form was sent before.
    Again,
    /// It is on the list that these two could be brought together.
    Taken,
}

/// The index that keeps the same two from being listed twice.
fn taken(error: sqlx::Error) -> sqlx::Result<Written> {
    on_constraint(error, &["introductions_once"], Written::Taken)
}

/// Adds a possible introduction.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    id: IntroductionId,
    (introducer, introduced): (ContactId, ContactId),
    note: Option<&Text<2_000>>,
    now: Timestamp,
) -> sqlx::Result<Written> {
    let done = sqlx::query!(
        "insert into introductions (user_id, id, introducer_id, introduced_id, status, note, created_at)
         values ($1, $2, $3, $4, 'possible', $5, $6) on conflict do nothing",
        by.user_id() as _,
        id as _,
        introducer as _,
        introduced as _,
        note.map(Text::as_str),
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Written::Yes);
    }
    Ok(if is_there(db, by, id).await? { Written::Again } else { Written::Taken })
}

/// Whether an introduction has this id, be it in the bin.
pub async fn is_there(db: impl PgExecutor<'_>, by: Owner, id: IntroductionId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from introductions where user_id = $1 and id = $2) as "there!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await
}

/// The introduction of these two that is on the list.
pub async fn between(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    introducer: ContactId,
    introduced: ContactId,
) -> sqlx::Result<Option<IntroductionId>> {
    sqlx::query_scalar!(
        r#"select id as "id: IntroductionId" from introductions
           where user_id = $1 and introducer_id = $2 and introduced_id = $3 and deleted_at is null"#,
        by.into().user_id() as _,
        introducer as _,
        introduced as _,
    )
    .fetch_optional(db)
    .await
}

/// A contact of that name, at that company if one is given.
pub async fn named(
    db: impl PgExecutor<'_>,
    by: Owner,
    name: &str,
    company: Option<&NameKey>,
) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"select id as "id: ContactId" from contacts
           where user_id = $1 and deleted_at is null and name_folded = $2 and ($3::text is null or employer_key = $3)
           order by id limit 1"#,
        by.user_id() as _,
        sorted_by(name),
        company.map(NameKey::as_str),
    )
    .fetch_optional(db)
    .await
}

/// An introduction that is held until the transaction ends.
pub struct Held {
    pub introducer: ContactId,
    pub introducer_name: String,
    pub introduced: ContactId,
    pub introduced_name: String,
    /// Whom the introduced person was led to by before it was made.
    pub earlier_introducer: Option<ContactId>,
}

/// Holds an introduction of two contacts who are on the list.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: IntroductionId) -> sqlx::Result<Option<Held>> {
    sqlx::query_as!(
        Held,
        r#"select n.introducer_id as "introducer: ContactId", a.name as introducer_name, n.introduced_id as "introduced: ContactId",
               b.name as introduced_name, n.earlier_introducer_id as "earlier_introducer: ContactId"
           from introductions n
           join contacts a on a.user_id = $1 and a.id = n.introducer_id
           join contacts b on b.user_id = $1 and b.id = n.introduced_id
           where n.user_id = $1 and n.id = $2 and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null
           for update of n"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// The lines of the two histories that belong to it and still stand, in the order they were written.
pub async fn lines(db: impl PgExecutor<'_>, by: Owner, id: IntroductionId) -> sqlx::Result<Vec<(Kind, Date)>> {
    let rows = sqlx::query!(
        r#"select t.kind as "kind: Kind", t.happened_on as "on: Day" from touchpoints t
           where t.user_id = $1 and t.introduction_id = $2
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           order by t.created_at, t.id"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.on.0)).collect())
}

/// A line of one of the two histories.
pub struct IntroductionLine {
    pub id: TouchpointId,
    pub contact: ContactId,
    pub kind: Kind,
    pub undone: bool,
}

/// A line, and those of the same introduction written at the same instant.
pub async fn together(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: IntroductionId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Vec<IntroductionLine>> {
    sqlx::query_as!(
        IntroductionLine,
        r#"select t.id as "id: TouchpointId", t.contact_id as "contact: ContactId", t.kind as "kind: Kind",
               exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) as "undone!"
           from touchpoints t
           join touchpoints o on o.user_id = $1 and o.introduction_id = t.introduction_id and o.created_at = t.created_at
           where t.user_id = $1 and t.introduction_id = $2 and o.id = $3
           order by t.contact_id"#,
        by.user_id() as _,
        id as _,
        touchpoint as _,
    )
    .fetch_all(db)
    .await
}

/// Writes where an introduction stands.
pub async fn save(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: IntroductionId,
    standing: &Standing,
    earlier_introducer: Option<ContactId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update introductions set status = $3, asked_on = $4, reminded_on = $5, made_on = $6, declined_on = $7,
             earlier_introducer_id = $8
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        standing.status as _,
        standing.asked_on.map(Day) as _,
        standing.reminded_on.map(Day) as _,
        standing.made_on.map(Day) as _,
        standing.declined_on.map(Day) as _,
        earlier_introducer as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Saves the note, if nobody did since `version`. Nothing where someone did, or there is no such introduction.
pub async fn set_note(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: IntroductionId,
    version: i32,
    note: Option<&Text<2_000>>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update introductions set note = $4, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        note.map(Text::as_str),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts an introduction in the bin. False if there is no such introduction.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: IntroductionId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update introductions set deleted_at = $3 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes an introduction out of the bin; nothing if it is not there.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: IntroductionId) -> sqlx::Result<Option<Written>> {
    let done = sqlx::query!(
        "update introductions set deleted_at = null where user_id = $1 and id = $2 and deleted_at is not null",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(done) => Ok((done.rows_affected() == 1).then_some(Written::Yes)),
        Err(error) => taken(error).map(Some),
    }
}
