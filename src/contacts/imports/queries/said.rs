//! SQL of the words of files: what they said of someone last, and what was written.

use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::Owner;
use crate::contacts::imports::Said;
use crate::ids::{ContactId, ImportId, TouchpointId};

/// Keeps what a file said of contacts of whom it is the first to say anything, and nothing new: no change of theirs.
pub async fn note_said(db: impl PgExecutor<'_>, by: Owner, said: &[(ContactId, Said)]) -> sqlx::Result<()> {
    let texts = |of: fn(&Said) -> Option<&str>| -> Vec<Option<String>> {
        said.iter().map(|(_, said)| of(said).map(str::to_owned)).collect()
    };
    let contacts: Vec<Uuid> = said.iter().map(|(contact, _)| contact.0).collect();
    sqlx::query!(
        "update contacts k set said_name = n.name, said_employer = n.employer, said_job_title = n.job_title, said_email = n.email
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as n (id, name, employer, job_title, email)
         where k.user_id = $1 and k.id = n.id and k.said_name is null and k.deleted_at is null",
        by.user_id() as _,
        &contacts,
        &texts(|said| Some(said.name.as_str())) as &[Option<String>],
        &texts(|said| said.employer.as_ref().map(|e| e.as_str())) as &[Option<String>],
        &texts(|said| said.job_title.as_ref().map(|t| t.as_str())) as &[Option<String>],
        &texts(|said| said.email.as_ref().map(|e| e.as_str())) as &[Option<String>],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps what was written with messages that are in histories without it.
pub async fn add_words(
    db: impl PgExecutor<'_>,
    by: Owner,
    import: ImportId,
    words: &[(TouchpointId, &str)],
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = words.iter().map(|(id, _)| id.0).collect();
    let texts: Vec<String> = words.iter().map(|(_, text)| (*text).to_owned()).collect();
    sqlx::query!(
        "update touchpoints t set body = n.body, words_import_id = $2
         from unnest($3::uuid[], $4::text[]) as n (id, body)
         where t.user_id = $1 and t.id = n.id and t.body is null",
        by.user_id() as _,
        import as _,
        &ids,
        &texts,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets go of what was written, as far as this import kept it.
pub async fn remove_words(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<()> {
    sqlx::query!(
        "update touchpoints set body = null, words_import_id = null where user_id = $1 and words_import_id = $2",
        by.user_id() as _,
        import as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
