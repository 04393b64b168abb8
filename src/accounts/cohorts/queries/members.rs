//! SQL of who is in a cohort, as administrators see and change it.

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::Admin;
use crate::accounts::cohorts::role::Role;
use crate::database::{At, on_constraint};
use crate::ids::{CohortId, CohortListId, CohortMemberId, InvitationId, UserId};

/// Someone's stay in a cohort.
pub struct Stay {
    pub id: CohortMemberId,
    pub member: UserId,
    pub name: String,
    pub email: String,
    pub disabled: bool,
    pub role: Role,
    pub joined_at: At,
    pub left_at: Option<At>,
}

/// The stays in a cohort that have not ended, or not before then: coaches first, by name.
pub async fn stays(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    ended_since: Timestamp,
) -> sqlx::Result<Vec<Stay>> {
    sqlx::query_as!(
        Stay,
        r#"select m.id as "id: CohortMemberId", u.id as "member: UserId", u.name, u.email, u.disabled_at is not null as "disabled!",
               m.role as "role: Role", m.joined_at as "joined_at: At", m.left_at as "left_at: At"
           from cohort_members m join users u on u.id = m.member_id
           where m.cohort_id = $1 and (m.left_at is null or m.left_at >= $2)
           order by m.role, u.name, u.email, m.id"#,
        cohort as _,
        At(ended_since) as _,
    )
    .fetch_all(db)
    .await
}

/// What came of letting someone into a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They are in it.
    Yes,
    /// They were already.
    Before,
    /// They search in another one.
    Elsewhere,
}

/// Begins a stay. Run it inside a transaction, after the cohort was locked.
pub async fn add(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    member: UserId,
    role: Role,
    now: Timestamp,
) -> sqlx::Result<Joined> {
    let done = sqlx::query!(
        "insert into cohort_members (id, cohort_id, member_id, role, joined_at) values ($1, $2, $3, $4, $5)",
        CohortMemberId::new() as _,
        cohort as _,
        member as _,
        role as _,
        At(now) as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Joined::Yes),
        Err(e) => on_constraint(e, &["cohort_members_once"], Joined::Before)
            .or_else(|e| on_constraint(e, &["cohort_members_in_one"], Joined::Elsewhere)),
    }
}

/// Whose stay it is, and in which cohort.
pub struct Ended {
    pub cohort: CohortId,
    pub cohort_name: String,
    pub member: UserId,
    pub name: String,
    pub role: Role,
}

/// Whose stay that is that has not ended, held until the transaction ends.
pub async fn open(db: impl PgExecutor<'_>, _: Admin, id: CohortMemberId) -> sqlx::Result<Option<Ended>> {
    sqlx::query_as!(
        Ended,
        r#"select m.cohort_id as "cohort: CohortId", c.name as cohort_name, m.member_id as "member: UserId", u.name, m.role as "role: Role"
           from cohort_members m join cohorts c on c.id = m.cohort_id join users u on u.id = m.member_id
           where m.id = $1 and m.left_at is null for update of m"#,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Ends a stay.
pub async fn end(db: impl PgExecutor<'_>, _: Admin, id: CohortMemberId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("update cohort_members set left_at = $2 where id = $1 and left_at is null", id as _, At(now) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose stay that is that ended at or after an instant, in a cohort that is not archived.
pub async fn ended(
    db: impl PgExecutor<'_>,
    _: Admin,
    id: CohortMemberId,
    since: Timestamp,
) -> sqlx::Result<Option<Ended>> {
    sqlx::query_as!(
        Ended,
        r#"select m.cohort_id as "cohort: CohortId", c.name as cohort_name, m.member_id as "member: UserId", u.name, m.role as "role: Role"
           from cohort_members m join cohorts c on c.id = m.cohort_id and c.archived_at is null
           join users u on u.id = m.member_id
           where m.id = $1 and m.left_at >= $2 for update of m"#,
        id as _,
        At(since) as _,
    )
    .fetch_optional(db)
    .await
}

/// Goes on with a stay as if it had not ended.
pub async fn go_on(db: impl PgExecutor<'_>, _: Admin, id: CohortMemberId) -> sqlx::Result<Joined> {
    match sqlx::query!("update cohort_members set left_at = null where id = $1", id as _).execute(db).await {
        Ok(_) => Ok(Joined::Yes),
        Err(e) => on_constraint(e, &["cohort_members_once"], Joined::Before)
            .or_else(|e| on_constraint(e, &["cohort_members_in_one"], Joined::Elsewhere)),
    }
}

/// Goes on with the stays that ended as a cohort was archived, of those who do not search in another one by now.
pub async fn go_on_all(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    archived_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update cohort_members m set left_at = null
         where m.cohort_id = $1 and m.left_at = $2 and (m.role <> 'seeker' or not exists (
             select from cohort_members o where o.member_id = m.member_id and o.role = 'seeker' and o.left_at is null))",
        cohort as _,
        At(archived_at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who left as a cohort was archived.
pub async fn left_with(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    archived_at: Timestamp,
) -> sqlx::Result<Vec<(UserId, Role)>> {
    let rows = sqlx::query!(
        r#"select member_id as "member: UserId", role as "role: Role" from cohort_members where cohort_id = $1 and left_at = $2"#,
        cohort as _,
        At(archived_at) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.member, row.role)).collect())
}

/// Begins stays of several people in one role; those who cannot have one are left out. Returns who has.
pub async fn add_all(
    db: impl PgExecutor<'_>,
    _: Admin,
    cohort: CohortId,
    members: &[UserId],
    role: Role,
    list: Option<CohortListId>,
    now: Timestamp,
) -> sqlx::Result<Vec<UserId>> {
    let ids: Vec<Uuid> = members.iter().map(|_| CohortMemberId::new().0).collect();
    let members: Vec<Uuid> = members.iter().map(|member| member.0).collect();
    sqlx::query_scalar!(
        r#"insert into cohort_members (id, cohort_id, member_id, role, joined_at, list_id)
           select n.id, $3, n.member, $4, $5, $6 from unnest($1::uuid[], $2::uuid[]) as n (id, member)
           on conflict do nothing returning member_id as "member: UserId""#,
        &ids,
        &members,
        cohort as _,
        role as _,
        At(now) as _,
        list as _,
    )
    .fetch_all(db)
    .await
}

/// Begins the stay that an invitation promised, as whoever accepts it makes their account. Returns the cohort's name; nothing for
/// an invitation of none, or of one that is archived.
pub async fn accept(
    db: impl PgExecutor<'_>,
    invitation: InvitationId,
    member: UserId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "with joined as (
             insert into cohort_members (id, cohort_id, member_id, role, joined_at)
             select $2, i.cohort_id, $3, i.cohort_role, $4
             from invitations i join cohorts c on c.id = i.cohort_id and c.archived_at is null
             where i.id = $1
             on conflict do nothing returning cohort_id)
         select c.name from joined join cohorts c on c.id = joined.cohort_id",
        invitation as _,
        CohortMemberId::new() as _,
        member as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Has the weeks before an instant not counted any more in the cohorts someone searched in, as their account is deleted.
pub async fn forget_weeks(db: impl PgExecutor<'_>, member: UserId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update cohorts c set counted_since = $2 where exists (
             select from cohort_members m where m.cohort_id = c.id and m.member_id = $1 and m.role = 'seeker')",
        member as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
