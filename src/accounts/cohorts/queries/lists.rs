//! SQL of inviting a pasted list of people into a cohort.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::Admin;
use crate::accounts::cohorts::role::Role;
use crate::database::At;
use crate::ids::{CohortId, CohortListId, InvitationId, UserId};

/// What is known of an address, as far as a cohort goes.
pub struct Known {
    pub email: String,
    /// Whose address it is.
    pub account: Option<UserId>,
    pub name: Option<String>,
    /// They are in this cohort.
    pub is_here: bool,
    /// They search in another one.
    pub is_elsewhere: bool,
    /// They have an invitation into this one, which holds.
    pub is_invited: bool,
}

/// What is known of addresses.
pub async fn known(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    emails: &[String],
    now: Timestamp,
) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"select e.email as "email!", u.id as "account?: UserId", u.name as "name?",
               exists (select from cohort_members m where m.member_id = u.id and m.cohort_id = $1 and m.left_at is null) as "is_here!",
               exists (select from cohort_members m where m.member_id = u.id and m.cohort_id <> $1 and m.left_at is null
                   and m.role = 'seeker') as "is_elsewhere!",
               exists (select from invitations i where i.cohort_id = $1 and i.email = e.email and i.used_at is null
                   and i.revoked_at is null and i.expires_at > $3) as "is_invited!"
           from unnest($2::text[]) as e (email) left join users u on u.email = e.email"#,
        cohort as _,
        emails,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Whether a list was invited before.
pub async fn was_invited(db: impl PgExecutor<'_>, _: Admin, list: CohortListId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from invitations where list_id = $1) or exists (select from cohort_members where list_id = $1)
               as "was_invited!""#,
        list as _,
    )
    .fetch_one(db)
    .await
}

/// An invitation to be.
pub struct New<'a> {
    pub id: InvitationId,
    pub email: &'a str,
    pub token_hash: Vec<u8>,
}

/// Where a list leads, and until when its links hold.
pub struct Batch {
    pub cohort: CohortId,
    pub role: Role,
    pub list: CohortListId,
    pub expires_at: Timestamp,
}

/// Makes the invitations of a list.
pub async fn invite(
    db: impl PgExecutor<'_>,
    by: Admin,
    batch: &Batch,
    new: &[New<'_>],
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = new.iter().map(|new| new.id.0).collect();
    let emails: Vec<String> = new.iter().map(|new| new.email.to_owned()).collect();
    let hashes: Vec<Vec<u8>> = new.iter().map(|new| new.token_hash.clone()).collect();
    sqlx::query!(
        "insert into invitations (id, token_hash, email, created_by, created_at, expires_at, cohort_id, cohort_role, list_id)
         select n.id, n.token_hash, n.email, $4, $5, $6, $7, $8, $9
         from unnest($1::uuid[], $2::bytea[], $3::text[]) as n (id, token_hash, email)",
        &ids,
        &hashes,
        &emails,
        by.user_id() as _,
        At(now) as _,
        At(batch.expires_at) as _,
        batch.cohort as _,
        batch.role as _,
        batch.list as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An invitation into a cohort that waits.
pub struct Waiting {
    pub id: InvitationId,
    pub email: Option<String>,
    pub role: Option<Role>,
    pub expires_at: At,
}

/// The invitations into a cohort that still hold, by address.
pub async fn waiting(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    now: Timestamp,
) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select id as "id: InvitationId", email, cohort_role as "role: Role", expires_at as "expires_at: At"
           from invitations where cohort_id = $1 and used_at is null and revoked_at is null and expires_at > $2
           order by email, id limit 500"#,
        cohort as _,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// What was undone of a list.
pub struct Undone {
    pub cohort: CohortId,
    pub cohort_name: String,
    /// Invitations that were revoked.
    pub revoked: u64,
    /// Who was added with it, and is not in the cohort any more.
    pub gone: Vec<UserId>,
}

/// Revokes the invitations of a list that nobody used yet, and ends the stays that began with it. Nothing where none is left. Run
/// it inside a transaction.
pub async fn undo(db: &mut PgConnection, _: Admin, list: CohortListId, now: Timestamp) -> sqlx::Result<Option<Undone>> {
    let revoked = sqlx::query_scalar!(
        r#"update invitations set revoked_at = $2 where list_id = $1 and used_at is null and revoked_at is null
           returning cohort_id as "cohort!: CohortId""#,
        list as _,
        At(now) as _,
    )
    .fetch_all(&mut *db)
    .await?;
    let gone = sqlx::query!(
        r#"update cohort_members set left_at = $2 where list_id = $1 and left_at is null
           returning cohort_id as "cohort: CohortId", member_id as "member: UserId""#,
        list as _,
        At(now) as _,
    )
    .fetch_all(&mut *db)
    .await?;
    let Some(cohort) = revoked.first().copied().or(gone.first().map(|gone| gone.cohort)) else { return Ok(None) };
    let cohort_name = sqlx::query_scalar!("select name from cohorts where id = $1", cohort as _).fetch_one(db).await?;
    let gone = gone.into_iter().map(|gone| gone.member).collect();
    Ok(Some(Undone { cohort, cohort_name, revoked: revoked.len() as u64, gone }))
}
