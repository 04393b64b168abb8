//! SQL of lines added to many histories at once.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::histories::Waiting;
use crate::access::Owner;
use crate::contacts::contact::NewTouchpoint;
use crate::database::{At, Day};
use crate::ids::ContactId;

/// Holds contacts until the transaction ends: all in one order, so that two transactions never wait for each other.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, contacts: &[ContactId]) -> sqlx::Result<Vec<Waiting>> {
    let ids: Vec<Uuid> = contacts.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Waiting,
        r#"select id as "id: ContactId", rhythm_days from contacts
           where user_id = $1 and id = any($2) and deleted_at is null order by id for update"#,
        by.user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// Adds the rows of touchpoints, with no other words than an import's. Returns how many; one that is there, or takes back what was taken back before, is
/// left out.
pub async fn insert_touchpoints(
    db: impl PgExecutor<'_>,
    by: Owner,
    new: &[&(ContactId, NewTouchpoint)],
    program: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<Uuid> = new.iter().map(|(_, touchpoint)| touchpoint.id.0).collect();
    let contacts: Vec<Uuid> = new.iter().map(|(contact, _)| contact.0).collect();
    let kinds: Vec<String> = new.iter().map(|(_, touchpoint)| touchpoint.kind.to_string()).collect();
    let directions: Vec<String> = new.iter().map(|(_, touchpoint)| touchpoint.kind.direction().to_string()).collect();
    let channels: Vec<Option<String>> =
        new.iter().map(|(_, touchpoint)| touchpoint.channel.map(|channel| channel.to_string())).collect();
    let days: Vec<Day> = new.iter().map(|(_, touchpoint)| Day(touchpoint.on)).collect();
    let undoes: Vec<Option<Uuid>> = new.iter().map(|(_, touchpoint)| touchpoint.undoes.map(|id| id.0)).collect();
    let imports: Vec<Option<Uuid>> = new.iter().map(|(_, touchpoint)| touchpoint.import.map(|id| id.0)).collect();
    let bodies: Vec<Option<String>> =
        new.iter().map(|(_, touchpoint)| touchpoint.body.as_ref().map(|body| body.as_str().to_owned())).collect();
    let done = sqlx::query!(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, undoes, import_id, created_at,
             body, words_import_id, program)
         select $1, n.id, n.contact_id, n.kind, n.direction, n.channel, n.happened_on, $10, n.undoes, n.import_id, $10,
             n.body, case when n.body is not null then n.import_id end, $12
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::date[], $8::uuid[], $9::uuid[], $11::text[])
             as n (id, contact_id, kind, direction, channel, happened_on, undoes, import_id, body)
         on conflict do nothing",
        by.user_id() as _,
        &ids,
        &contacts,
        &kinds,
        &directions,
        &channels as &[Option<String>],
        &days as _,
        &undoes as &[Option<Uuid>],
        &imports as &[Option<Uuid>],
        At(now) as _,
        &bodies as &[Option<String>],
        program,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
