//! SQL of dates of theirs.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{ContactDateId, ContactId};
use crate::playbook::occasion::{DateKind, YearlyDay};
use crate::text::Line;

/// A day of the year as it is kept.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct StoredDay {
    pub month: i16,
    pub day: i16,
    pub year: Option<i16>,
}

impl StoredDay {
    /// As the playbook reads it; the table holds none that is no day.
    pub fn yearly(self) -> Option<YearlyDay> {
        let (month, day) = (i8::try_from(self.month).ok()?, i8::try_from(self.day).ok()?);
        YearlyDay::new(month, day, self.year).ok()
    }
}

/// A date of theirs.
#[derive(Debug, Clone, Deserialize)]
pub struct DateRow {
    pub id: ContactDateId,
    pub kind: DateKind,
    pub word: Option<String>,
    #[serde(flatten)]
    pub stored: StoredDay,
    pub version: i32,
}

/// A date of theirs before it is changed.
pub struct Before {
    pub contact: ContactId,
    pub kind: DateKind,
    pub word: Option<String>,
    pub month: i16,
    pub day: i16,
    pub year: Option<i16>,
    pub version: i32,
}

/// Adds a date. Returns false where there is no such contact, or the date was added before.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    id: ContactDateId,
    date: &NewDate,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into contact_dates (user_id, id, contact_id, kind, word, month, day, year, created_at)
         select k.user_id, $2, k.id, $4, $5, $6, $7, $8, $9 from contacts k where k.user_id = $1 and k.id = $3 and k.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        contact as _,
        date.kind as _,
        date.word.as_ref().map(|word| word.as_str()),
        i16::from(date.day.month()),
        i16::from(date.day.day()),
        date.day.since(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A date as it is, held until the transaction ends.
pub async fn before(db: impl PgExecutor<'_>, by: Owner, id: ContactDateId) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"select d.contact_id as "contact: ContactId", d.kind as "kind: DateKind", d.word, d.month, d.day, d.year, d.version
           from contact_dates d join contacts k on k.user_id = $1 and k.id = d.contact_id
           where d.user_id = $1 and d.id = $2 and d.deleted_at is null and k.deleted_at is null for update of d"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Changes a date.
pub async fn update(db: impl PgExecutor<'_>, by: Owner, id: ContactDateId, date: &NewDate) -> sqlx::Result<()> {
    sqlx::query!(
        "update contact_dates set kind = $3, word = $4, month = $5, day = $6, year = $7, version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        date.kind as _,
        date.word.as_ref().map(|word| word.as_str()),
        i16::from(date.day.month()),
        i16::from(date.day.day()),
        date.day.since(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes a date. Returns whose it was; nothing if there is none.
pub async fn delete(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactDateId,
    now: Timestamp,
) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"update contact_dates d set deleted_at = $3, version = d.version + 1 from contacts k
           where d.user_id = $1 and d.id = $2 and d.deleted_at is null and k.user_id = $1 and k.id = d.contact_id and k.deleted_at is null
           returning d.contact_id as "contact: ContactId""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Brings a date back. Returns whose it is; nothing if there is none.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: ContactDateId) -> sqlx::Result<Option<ContactId>> {
    sqlx::query_scalar!(
        r#"update contact_dates d set deleted_at = null, version = d.version + 1 from contacts k
           where d.user_id = $1 and d.id = $2 and k.user_id = $1 and k.id = d.contact_id and k.deleted_at is null
           returning d.contact_id as "contact: ContactId""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets how often to write. Returns how often it was; nothing if there is no such contact.
pub async fn set_rhythm(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    rhythm_days: Option<i16>,
) -> sqlx::Result<Option<Option<i16>>> {
    sqlx::query_scalar!(
        "update contacts k set rhythm_days = $3, version = k.version + 1
         from (select id, rhythm_days from contacts where user_id = $1 and id = $2 and deleted_at is null for update) b
         where k.user_id = $1 and k.id = b.id returning b.rhythm_days",
        by.user_id() as _,
        id as _,
        rhythm_days,
    )
    .fetch_optional(db)
    .await
}

/// What the form means.
pub struct NewDate {
    pub kind: DateKind,
    /// What another day is.
    pub word: Option<Line<100>>,
    pub day: YearlyDay,
}
