//! SQL of writing folded names and keys anew.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Owner;
use crate::ids::ContactId;

/// A contact, as far as keys are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    pub id: ContactId,
    pub name: String,
    pub name_folded: String,
    pub job_title: Option<String>,
    pub job_title_folded: Option<String>,
    pub employer: Option<String>,
    pub employer_key: Option<String>,
    pub profile_url: Option<String>,
    pub profile_key: Option<String>,
    pub email: Option<String>,
    pub in_bin: bool,
}

/// Every contact, in the order in which they were added.
pub async fn keyed(db: &mut PgConnection, by: Owner) -> sqlx::Result<Vec<Keyed>> {
    sqlx::query_as!(
        Keyed,
        r#"select id as "id: ContactId", name, name_folded, job_title, job_title_folded, employer, employer_key, profile_url, profile_key, email,
               deleted_at is not null as "in_bin!"
           from contacts where user_id = $1 order by created_at, id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Takes the profile keys of contacts away: the old key of one may be the new one of another.
pub async fn let_go(db: &mut PgConnection, by: Owner, contacts: &[Keyed]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = contacts.iter().map(|contact| contact.id.0).collect();
    sqlx::query!(
        "update contacts set profile_key = null where user_id = $1 and id = any($2) and profile_key is not null",
        by.user_id() as _,
        &ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes folded names and keys.
pub async fn set(db: &mut PgConnection, by: Owner, contacts: &[Keyed]) -> sqlx::Result<()> {
    fn column<'c, T>(contacts: &'c [Keyed], of: impl Fn(&'c Keyed) -> T) -> Vec<T> {
        contacts.iter().map(of).collect()
    }
    sqlx::query!(
        "update contacts k set name_folded = n.name_folded, employer_key = n.employer_key, profile_url = n.profile_url,
             profile_key = n.profile_key, email = n.email, job_title_folded = n.job_title_folded
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             as n (id, name_folded, employer_key, profile_url, profile_key, email, job_title_folded)
         where k.user_id = $1 and k.id = n.id",
        by.user_id() as _,
        &column(contacts, |k| k.id.0),
        &column(contacts, |k| k.name_folded.clone()),
        &column(contacts, |k| k.employer_key.clone()) as &[Option<String>],
        &column(contacts, |k| k.profile_url.clone()) as &[Option<String>],
        &column(contacts, |k| k.profile_key.clone()) as &[Option<String>],
        &column(contacts, |k| k.email.clone()) as &[Option<String>],
        &column(contacts, |k| k.job_title_folded.clone()) as &[Option<String>],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What imports noted of contacts: id, before, after.
pub async fn noted(db: &mut PgConnection, by: Owner) -> sqlx::Result<Vec<(Uuid, Value, Value)>> {
    let rows = sqlx::query!("select id, before, after from contact_changes where user_id = $1", by.user_id() as _)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.before, row.after)).collect())
}

/// Writes what an import noted.
pub async fn set_note(db: &mut PgConnection, by: Owner, id: Uuid, before: &Value, after: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "update contact_changes set before = $3, after = $4 where user_id = $1 and id = $2",
        by.user_id() as _,
        id,
        before,
        after,
    )
    .execute(db)
    .await?;
    Ok(())
}
