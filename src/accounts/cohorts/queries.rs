//! SQL of cohorts.

pub mod lists;
pub mod members;
pub mod mine;

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use super::name::CohortName;
use crate::access::Admin;
use crate::database::{At, on_constraint};
use crate::ids::CohortId;

/// A cohort in the list.
pub struct Listed {
    pub id: CohortId,
    pub name: String,
    pub seekers: i64,
    pub coaches: i64,
    /// Invited, and not there yet.
    pub invited: i64,
    pub archived_at: Option<At>,
}

/// All cohorts by name, the archived ones last.
pub async fn listed(db: impl PgExecutor<'_>, _: Admin, now: Timestamp) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select c.id as "id: CohortId", c.name, c.archived_at as "archived_at: At",
               (select count(*) from cohort_members m where m.cohort_id = c.id and m.left_at is null and m.role = 'seeker') as "seekers!",
               (select count(*) from cohort_members m where m.cohort_id = c.id and m.left_at is null and m.role = 'coach') as "coaches!",
               (select count(*) from invitations i where i.cohort_id = c.id and i.used_at is null and i.revoked_at is null
                   and i.expires_at > $1) as "invited!"
           from cohorts c order by c.archived_at is not null, c.name_folded, c.id limit 500"#,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// A cohort.
pub struct Cohort {
    pub name: String,
    pub archived_at: Option<At>,
    /// Weeks that began before are not counted.
    pub counted_since: Option<At>,
}

/// One cohort.
pub async fn find(db: impl PgExecutor<'_>, _: Admin, id: CohortId) -> sqlx::Result<Option<Cohort>> {
    sqlx::query_as!(
        Cohort,
        r#"select name, archived_at as "archived_at: At", counted_since as "counted_since: At" from cohorts where id = $1"#,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// The name of a cohort that is not archived, held until the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, _: Admin, id: CohortId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from cohorts where id = $1 and archived_at is null for update", id as _)
        .fetch_optional(db)
        .await
}

/// What came of making or naming a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is there under this name.
    Yes,
    /// This very form made it before, or it has another name than when the form was drawn.
    Before,
    /// Another one has the name.
    NameTaken,
}

/// Makes a cohort.
pub async fn make(
    db: &mut PgConnection,
    _: Admin,
    id: CohortId,
    name: &CohortName,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "insert into cohorts (id, name, name_folded, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        id as _,
        name.as_str(),
        name.folded(),
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Saved::Yes);
    }
    let made = sqlx::query_scalar!(r#"select exists (select from cohorts where id = $1) as "made!""#, id as _);
    Ok(if made.fetch_one(db).await? { Saved::Before } else { Saved::NameTaken })
}

/// Gives a cohort another name, if it still has the one it had.
pub async fn rename(
    db: impl PgExecutor<'_>,
    _: Admin,
    id: CohortId,
    was: &str,
    name: &CohortName,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update cohorts set name = $3, name_folded = $4 where id = $1 and name = $2 and archived_at is null",
        id as _,
        was,
        name.as_str(),
        name.folded(),
    )
    .execute(db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Saved::Yes),
        Ok(_) => Ok(Saved::Before),
        Err(e) => on_constraint(e, &["cohorts_name_taken"], Saved::NameTaken),
    }
}

/// Archives a cohort: everyone's stay in it ends. Returns its name. Run it inside a transaction.
pub async fn archive(db: &mut PgConnection, _: Admin, id: CohortId, now: Timestamp) -> sqlx::Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "update cohorts set archived_at = $2 where id = $1 and archived_at is null returning name",
        id as _,
        At(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    if name.is_some() {
        sqlx::query!(
            "update cohort_members set left_at = $2 where cohort_id = $1 and left_at is null",
            id as _,
            At(now) as _,
        )
        .execute(db)
        .await?;
    }
    Ok(name)
}

/// What came of opening an archived cohort again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reopened {
    /// It is open under this name; its people left at that instant.
    Yes(String, Timestamp),
    /// Another one has the name by now.
    NameTaken,
    /// There is none.
    Gone,
}

/// Opens an archived cohort again, still without its people. Run it inside a transaction.
pub async fn reopen(db: &mut PgConnection, _: Admin, id: CohortId) -> sqlx::Result<Reopened> {
    let archived = sqlx::query!(
        r#"select name, archived_at as "at!: At" from cohorts where id = $1 and archived_at is not null for update"#,
        id as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(archived) = archived else { return Ok(Reopened::Gone) };
    match sqlx::query!("update cohorts set archived_at = null where id = $1", id as _).execute(db).await {
        Ok(_) => Ok(Reopened::Yes(archived.name, archived.at.0)),
        Err(e) => on_constraint(e, &["cohorts_name_taken"], Reopened::NameTaken),
    }
}
