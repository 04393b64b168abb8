//! SQL of what was shared from elsewhere and waits to be looked at, and of who it may be.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::address::{EmailAddress, ProfileAddress};
use crate::contacts::captured::Captured;
use crate::database::At;
use crate::folding::sorted_by;
use crate::ids::{CaptureId, ContactId};

/// What waits, as the list shows it.
pub struct Waiting {
    pub id: CaptureId,
    pub title: String,
    pub words: String,
    pub url: String,
    pub captured_at: At,
}

/// Keeps what was captured; what is sent twice is kept once.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CaptureId,
    captured: &Captured,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into captures (user_id, id, title, words, url, captured_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        captured.title(),
        captured.words(),
        captured.url(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What waits, the latest first, and one more than `most`.
pub async fn waiting(db: impl PgExecutor<'_>, by: impl Into<Viewer>, most: i64) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select id as "id: CaptureId", title, words, url, captured_at as "captured_at: At" from captures
           where user_id = $1 and done_at is null order by captured_at desc limit $2"#,
        by.into().user_id() as _,
        most + 1,
    )
    .fetch_all(db)
    .await
}

/// One capture, done or not.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CaptureId) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select id as "id: CaptureId", title, words, url, captured_at as "captured_at: At" from captures
           where user_id = $1 and id = $2"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets it wait no more. False where there is no such capture.
pub async fn finish(db: impl PgExecutor<'_>, by: Owner, id: CaptureId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update captures set done_at = coalesce(done_at, $3) where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets it wait again. False where there is no such capture.
pub async fn reopen(db: impl PgExecutor<'_>, by: Owner, id: CaptureId) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("update captures set done_at = null where user_id = $1 and id = $2", by.user_id() as _, id as _,)
            .execute(db)
            .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets go of what is done since before then.
pub async fn delete_old(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from captures where user_id = $1 and done_at < $2", by.user_id() as _, At(before) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// The pattern of texts that hold this one as it stands.
fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// A contact that what was captured may be of.
pub struct Known {
    pub id: ContactId,
    pub name: String,
    pub company: Option<String>,
    /// By their profile or their mailbox, and not only by a name.
    pub is_sure: bool,
}

/// Who has that profile, that mailbox or that name, those by a sure sign first.
pub async fn known(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    profile: Option<&ProfileAddress>,
    email: Option<&EmailAddress>,
    name: &str,
) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"with found as (
             select id, true as is_sure from contacts
             where user_id = $1 and profile_key = $2 and deleted_at is null
             union all
             -- Through the index of everyone's words.
             select id, true from contacts
             where user_id = $1 and email = $3 and deleted_at is null
                 and ' ' || name_folded || ' ' || coalesce(employer_key, '') || ' ' || coalesce(job_title_folded, '') || ' '
                     || coalesce(email, '') like $5
             union all
             select id, false from contacts
             where user_id = $1 and name_folded = $4 and deleted_at is null
           )
           select k.id as "id: ContactId", k.name, coalesce(c.name, k.employer) as company, bool_or(f.is_sure) as "is_sure!"
           from found f
           join contacts k on k.user_id = $1 and k.id = f.id
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           group by k.id, k.name, k.name_folded, k.employer, c.name
           order by bool_or(f.is_sure) desc, k.name_folded, k.id
           limit 5"#,
        by.into().user_id() as _,
        profile.map(ProfileAddress::key),
        email.map(EmailAddress::as_str),
        sorted_by(name),
        email.map(|email| containing(email.as_str())),
    )
    .fetch_all(db)
    .await
}
