//! SQL of the marks of people the user asked to forget.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::contacts::contact::NewContact;
use crate::contacts::forgotten::{Forgotten, Mark, Marks};
use crate::database::At;
use crate::ids::ForgottenId;

/// The marks of everyone who was forgotten.
pub async fn marks(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Marks> {
    let rows = sqlx::query!(
        r#"select id as "id: ForgottenId", salt, profile, email, at_work, name from forgotten
           where user_id = $1 order by forgotten_at, id"#,
        by.into().user_id() as _,
    )
    .map(|row| Forgotten {
        id: row.id,
        salt: row.salt,
        mark: Mark { profile: row.profile, email: row.email, at_work: row.at_work, name: row.name },
    })
    .fetch_all(db)
    .await?;
    Ok(Marks::of(rows))
}

/// The marks whoever this is left, if the user asked to forget them.
pub async fn left_by(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contact: &NewContact,
) -> sqlx::Result<Vec<ForgottenId>> {
    Ok(contact.marks_among(&marks(db, by).await?))
}

/// Keeps the marks of someone.
pub async fn insert(db: impl PgExecutor<'_>, by: Owner, salt: &[u8], mark: &Mark, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into forgotten (user_id, id, salt, profile, email, at_work, name, forgotten_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        by.user_id() as _,
        ForgottenId::new() as _,
        salt,
        mark.profile.as_deref(),
        mark.email.as_deref(),
        mark.at_work,
        mark.name,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets go of marks: whoever left them may come back.
pub async fn lift(db: impl PgExecutor<'_>, by: Owner, ids: &[ForgottenId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!("delete from forgotten where user_id = $1 and id = any($2)", by.user_id() as _, &ids)
        .execute(db)
        .await?;
    Ok(())
}

/// Lets go of all marks. Returns how many.
pub async fn lift_all(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from forgotten where user_id = $1", by.user_id() as _).execute(db).await?;
    Ok(done.rows_affected())
}
