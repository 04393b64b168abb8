//! SQL of referrals.

pub mod away;
pub mod list;
pub mod put_off;
pub mod tasks;
pub mod whole;
pub mod wrap_ups;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor};

use super::state::State;
use crate::access::{Owner, Viewer};
use crate::database::{At, Day, on_constraint};
use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::opening;
use crate::playbook::referral::{Mechanic, Next, Outcome, Status};
use crate::text::Text;

/// What came of writing a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is written.
    Yes,
    /// The same form was sent before.
    Again,
    /// That contact has a live referral for the same opening or company already.
    Taken,
}

/// Adds a referral to be asked for.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    state: &State,
    details: Option<&Text<4_000>>,
    next: Option<Next>,
    now: Timestamp,
) -> sqlx::Result<Written> {
    let done = sqlx::query!(
        "insert into referrals (user_id, id, contact_id, company_id, opening_id, status, details, planned_on, next_step, next_due, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
        by.user_id() as _,
        state.id as _,
        state.contact as _,
        state.company as _,
        state.opening as _,
        state.status as _,
        details.map(Text::as_str),
        state.planned_on.map(Day) as _,
        next.map(|next| next.step) as _,
        next.and_then(|next| next.due).map(Day) as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Written::Yes);
    }
    let again = sqlx::query_scalar!(
        r#"select exists (select from referrals where user_id = $1 and id = $2) as "again!""#,
        by.user_id() as _,
        state.id as _,
    )
    .fetch_one(db)
    .await?;
    Ok(if again { Written::Again } else { Written::Taken })
}

/// The two indexes that keep a contact from being asked twice for the same thing.
fn taken(error: sqlx::Error) -> sqlx::Result<Written> {
    on_constraint(error, &["referrals_once", "referrals_once_for_company"], Written::Taken)
}

/// The live referral of a contact for an opening, or else for a company.
pub async fn live(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contact: ContactId,
    company: CompanyId,
    opening: Option<OpeningId>,
) -> sqlx::Result<Option<ReferralId>> {
    sqlx::query_scalar!(
        r#"select id as "id: ReferralId" from referrals
           where user_id = $1 and contact_id = $2 and company_id = $3 and opening_id is not distinct from $4
               and deleted_at is null and status not in ('declined', 'withdrawn')"#,
        by.into().user_id() as _,
        contact as _,
        company as _,
        opening as _,
    )
    .fetch_optional(db)
    .await
}

/// Which referrals to hold.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    One(ReferralId),
    OfOpening(OpeningId),
    Every,
}

/// Holds referrals until the transaction ends, and tells where they stand; those of contacts in the bin are left alone.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, which: Which) -> sqlx::Result<Vec<State>> {
    let (one, opening) = match which {
        Which::One(id) => (Some(id), None),
        Which::OfOpening(id) => (None, Some(id)),
        Which::Every => (None, None),
    };
    let rows = sqlx::query!(
        r#"select r.id as "id: ReferralId", r.contact_id as "contact: ContactId",
               r.company_id as "company: CompanyId", r.opening_id as "opening: OpeningId",
               o.status as "opening_status?: opening::Status", r.tasks_done_on as "tasks_done_on: Day", r.status as "status: Status", r.way as "way: Mechanic", r.outcome as "outcome: Outcome", r.planned_on as "planned_on: Day",
               r.asked_on as "asked_on: Day", r.agreed_on as "agreed_on: Day", r.made_on as "made_on: Day",
               r.reminded_on as "reminded_on: Day", r.told_on as "told_on: Day", r.closed_on as "closed_on: Day",
               n.changed_on as "changed_on?: Day", coalesce((n.written_at, n.last) > (t.told_at, t.told), false) as "untold!",
               case when n.written_at > r.let_go_at then null else r.let_go_at end as "let_go_at: At"
           from referrals r
           join contacts k on k.user_id = r.user_id and k.id = r.contact_id
           left join openings o on o.user_id = r.user_id and o.id = r.opening_id
           left join lateral (
               select max(h.happened_on) as changed_on, max(h.created_at) as written_at,
                   (array_agg(h.id order by h.created_at desc, h.id desc))[1] as last
               from opening_changes h
               where h.user_id = $1 and h.opening_id = r.opening_id and h.happened_on >= r.made_on
           ) n on true
           left join lateral (
               -- Ids are made in order of time: they tell what came first of one instant.
               select t.created_at as told_at, t.id as told from touchpoints t
               where t.user_id = $1 and t.referral_id = r.id and t.kind = 'referral_told'
                   and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
               order by t.created_at desc, t.id desc limit 1
           ) t on true
           where r.user_id = $1 and k.user_id = $1 and r.deleted_at is null and k.deleted_at is null
               and ($2::uuid is null or r.id = $2) and ($3::uuid is null or r.opening_id = $3)
           order by r.id
           for update of r"#,
        by.user_id() as _,
        one as _,
        opening as _,
    )
    .fetch_all(db)
    .await?;
    let date = |day: Option<Day>| day.map(|day| day.0);
    Ok(rows
        .into_iter()
        .map(|row| State {
            id: row.id,
            contact: row.contact,
            company: row.company,
            opening: row.opening,
            opening_status: row.opening_status,
            status: row.status,
            way: row.way,
            outcome: row.outcome,
            planned_on: date(row.planned_on),
            asked_on: date(row.asked_on),
            agreed_on: date(row.agreed_on),
            tasks_done_on: date(row.tasks_done_on),
            made_on: date(row.made_on),
            reminded_on: date(row.reminded_on),
            told_on: date(row.told_on),
            closed_on: date(row.closed_on),
            changed_on: date(row.changed_on),
            untold: row.untold,
            let_go_at: row.let_go_at.map(|at| at.0),
        })
        .collect())
}

/// Writes where a referral stands.
pub async fn save(db: impl PgExecutor<'_>, by: Owner, state: &State, next: Option<Next>) -> sqlx::Result<Written> {
    let done = sqlx::query!(
        "update referrals set status = $3, way = $4, outcome = $5, planned_on = $6, asked_on = $7, agreed_on = $8, made_on = $9,
             reminded_on = $10, told_on = $11, closed_on = $12, next_step = $13, next_due = $14,
             let_go_at = $15, tasks_done_on = $16
         where user_id = $1 and id = $2",
        by.user_id() as _,
        state.id as _,
        state.status as _,
        state.way as _,
        state.outcome as _,
        state.planned_on.map(Day) as _,
        state.asked_on.map(Day) as _,
        state.agreed_on.map(Day) as _,
        state.made_on.map(Day) as _,
        state.reminded_on.map(Day) as _,
        state.told_on.map(Day) as _,
        state.closed_on.map(Day) as _,
        next.map(|next| next.step) as _,
        next.and_then(|next| next.due).map(Day) as _,
        state.let_go_at.map(At) as _,
        state.tasks_done_on.map(Day) as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Written::Yes),
        Err(error) => taken(error),
    }
}

/// What came of saving the notes of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// They are saved.
    Yes,
    /// Someone saved in between.
    Changed,
    /// There is no such referral.
    Gone,
}

/// Saves the notes, if nobody did since `version`.
pub async fn set_details(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    version: i32,
    details: Option<&Text<4_000>>,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update referrals set details = $4, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        details.map(Text::as_str),
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Saved::Yes);
    }
    let there = lock(db, by, Which::One(id)).await?;
    Ok(if there.is_empty() { Saved::Gone } else { Saved::Changed })
}

/// Saves why the user fits, if nobody saved since `version`.
pub async fn set_fit(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    version: i32,
    fit: Option<&Text<1_500>>,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "update referrals set fit = $4, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        fit.map(Text::as_str),
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Saved::Yes);
    }
    let there = lock(db, by, Which::One(id)).await?;
    Ok(if there.is_empty() { Saved::Gone } else { Saved::Changed })
}

/// Writes the notes, whatever stood there.
pub async fn put_details(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReferralId,
    details: Option<&Text<4_000>>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update referrals set details = $3, version = version + 1 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        details.map(Text::as_str),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a referral in the bin. False if there is no such referral.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: ReferralId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update referrals set deleted_at = $3 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a referral out of the bin; nothing if it is not there.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: ReferralId) -> sqlx::Result<Option<Written>> {
    let done = sqlx::query!(
        "update referrals set deleted_at = null where user_id = $1 and id = $2 and deleted_at is not null",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await;
    match done {
        Ok(done) => Ok((done.rows_affected() == 1).then_some(Written::Yes)),
        Err(error) => taken(error).map(Some),
    }
}

/// A line of the contact's history that belongs to a referral: what it is, and the instant it was written down.
pub async fn touchpoint(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ReferralId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Option<(Kind, Timestamp)>> {
    let row = sqlx::query!(
        r#"select kind as "kind: Kind", created_at as "created_at: At" from touchpoints
           where user_id = $1 and referral_id = $2 and id = $3 and kind <> 'undone'"#,
        by.user_id() as _,
        id as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.kind, row.created_at.0)))
}

/// The day of the latest line of that kind that still stands.
pub async fn latest(db: impl PgExecutor<'_>, by: Owner, id: ReferralId, kind: Kind) -> sqlx::Result<Option<Date>> {
    let day = sqlx::query_scalar!(
        r#"select max(t.happened_on) as "on: Day" from touchpoints t
           where t.user_id = $1 and t.referral_id = $2 and t.kind = $3
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)"#,
        by.user_id() as _,
        id as _,
        kind as _,
    )
    .fetch_one(db)
    .await?;
    Ok(day.map(|day| day.0))
}
