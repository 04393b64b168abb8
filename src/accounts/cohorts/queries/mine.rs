//! SQL of cohorts as those in them see them.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::{Owner, Scope};
use crate::accounts::cohorts::role::Role;
use crate::database::{At, on_constraint};
use crate::ids::{CohortMemberId, GrantId, UserId};

/// A cohort someone is in, with one of its coaches; a row each, and one without where a seeker has none.
pub struct Mine {
    pub id: CohortMemberId,
    pub cohort: String,
    pub role: Role,
    pub joined_at: At,
    pub coach: Option<CohortMemberId>,
    pub coach_name: Option<String>,
    pub coach_email: Option<String>,
    /// They have a grant of this seeker's, whatever its state.
    pub has_grant: bool,
}

/// The cohorts someone is in, with the coaches a seeker could let in, themselves left out.
pub async fn cohorts(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Vec<Mine>> {
    sqlx::query_as!(
        Mine,
        r#"select mine.id as "id: CohortMemberId", c.name as cohort, mine.role as "role: Role", mine.joined_at as "joined_at: At",
               coach.id as "coach?: CohortMemberId", coach.name as "coach_name?", coach.email as "coach_email?",
               exists (select from grants g where g.owner_id = $1 and g.coach_id = coach.member_id and g.revoked_at is null) as "has_grant!"
           from cohort_members mine join cohorts c on c.id = mine.cohort_id
           left join (
               select m.id, m.cohort_id, m.member_id, u.name, u.email
               from cohort_members m join users u on u.id = m.member_id and u.disabled_at is null
               where m.role = 'coach' and m.left_at is null and m.member_id <> $1
           ) coach on coach.cohort_id = mine.cohort_id and mine.role = 'seeker'
           where mine.member_id = $1 and mine.left_at is null
           order by c.name_folded, mine.id, coach.name, coach.id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Leaves a cohort. Returns its name.
pub async fn leave(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CohortMemberId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "with gone as (
             update cohort_members set left_at = $3 where id = $1 and member_id = $2 and left_at is null returning cohort_id)
         select c.name from gone join cohorts c on c.id = gone.cohort_id",
        id as _,
        by.user_id() as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// What came of going back into a cohort one left.
pub enum Back {
    /// This is its name.
    Yes(String),
    /// They are in it, or search in another one, by now.
    Taken,
    /// They left none, or too long ago, or it is archived.
    Gone,
}

/// Goes on with a stay that ended at or after an instant.
pub async fn come_back(db: impl PgExecutor<'_>, by: Owner, id: CohortMemberId, since: Timestamp) -> sqlx::Result<Back> {
    let back = sqlx::query_scalar!(
        "with back as (
             update cohort_members m set left_at = null
             where m.id = $1 and m.member_id = $2 and m.left_at >= $3
                 and exists (select from cohorts c where c.id = m.cohort_id and c.archived_at is null)
             returning m.cohort_id)
         select c.name from back join cohorts c on c.id = back.cohort_id",
        id as _,
        by.user_id() as _,
        At(since) as _,
    )
    .fetch_optional(db)
    .await;
    match back {
        Ok(Some(name)) => Ok(Back::Yes(name)),
        Ok(None) => Ok(Back::Gone),
        Err(e) => on_constraint(e, &["cohort_members_once", "cohort_members_in_one"], Back::Taken),
    }
}

/// A coach of a cohort that a seeker is in.
pub struct Coach {
    pub id: UserId,
    pub name: String,
    pub cohort: String,
}

/// The coach of a stay, where the seeker is in the same cohort.
pub async fn coach(db: impl PgExecutor<'_>, by: Owner, stay: CohortMemberId) -> sqlx::Result<Option<Coach>> {
    sqlx::query_as!(
        Coach,
        r#"select u.id as "id: UserId", u.name, c.name as cohort
           from cohort_members coach join cohorts c on c.id = coach.cohort_id
           join cohort_members mine on mine.cohort_id = c.id and mine.member_id = $1 and mine.role = 'seeker' and mine.left_at is null
           join users u on u.id = coach.member_id and u.disabled_at is null
           where coach.id = $2 and coach.role = 'coach' and coach.left_at is null and coach.member_id <> $1"#,
        by.user_id() as _,
        stay as _,
    )
    .fetch_optional(db)
    .await
}

/// Lets a coach look at once: who they are is known. False where they have a grant already.
pub async fn let_in(
    db: impl PgExecutor<'_>,
    by: Owner,
    coach: &Coach,
    scope: Scope,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into grants (id, owner_id, label, coach_id, created_at, accepted_at, let_in_at, scope, may_comment)
         values ($1, $2, 'Coach of ' || $3::text, $4, $5, $5, $5, $6, false) on conflict do nothing",
        GrantId::new() as _,
        by.user_id() as _,
        coach.cohort,
        coach.id as _,
        At(now) as _,
        scope as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
