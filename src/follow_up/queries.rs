//! SQL of what moved, and of what lies around a time away.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::replan::{Cause, Move, MoveRow};
use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::{ContactId, InterviewId};

/// The most moves that are named; the rest is counted.
const NAMED: usize = 1_000;

/// Keeps what moved in place of what moved before.
pub async fn keep(db: &mut PgConnection, by: Owner, cause: Cause, moves: &[Move], now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from replans where user_id = $1", by.user_id() as _).execute(&mut *db).await?;
    let named = moves.get(..NAMED).unwrap_or(moves);
    sqlx::query!(
        "insert into replans (user_id, id, cause, moved, moves, created_at) values ($1, $2, $3, $4, $5, $6)",
        by.user_id() as _,
        Uuid::now_v7(),
        cause as _,
        i32::try_from(moves.len()).unwrap_or(i32::MAX),
        Json(named) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A talk that lies in a stretch.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub name: String,
    pub starts_at: Timestamp,
}

/// Something that has its day before a stretch, or in it.
#[derive(Debug, Deserialize)]
pub struct DueRow {
    /// `prepare`, `thank` or `promise`.
    pub what: String,
    pub contact: ContactId,
    pub name: String,
    pub text: Option<String>,
    pub interview: Option<InterviewId>,
    pub due: Date,
    pub talk_on: Option<Date>,
}

/// What moved last, and what lies around the stretches asked for.
pub struct Around {
    pub cause: Option<Cause>,
    pub moved: Option<i32>,
    pub moves: Json<Vec<MoveRow>>,
    pub talks: Json<Vec<TalkRow>>,
    pub dues: Json<Vec<DueRow>>,
}

/// What moved last; the talks from one instant to another; preparations, thanks and promises due from `today` to `until`.
pub async fn around(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    (start, end): (Timestamp, Timestamp),
    (today, until): (Date, Date),
) -> sqlx::Result<Around> {
    sqlx::query_as!(
        Around,
        r#"select
               (select r.cause from replans r where r.user_id = $1 order by r.id desc limit 1) as "cause: Cause",
               (select r.moved from replans r where r.user_id = $1 order by r.id desc limit 1) as moved,
               (select coalesce(json_agg(json_build_object('of', m.move ->> 'of', 'step', m.move ->> 'step', 'was', m.move ->> 'was',
                       'now', m.move ->> 'now', 'contact', k.id, 'name', k.name, 'text', coalesce(a.text, t.text), 'referral', f.id)
                       order by m.nr), '[]')
                   from replans r
                   cross join jsonb_array_elements(r.moves) with ordinality m (move, nr)
                   left join action_items a on a.user_id = $1 and m.move ->> 'of' = 'promise' and a.id = (m.move ->> 'id')::uuid
                   left join referral_tasks t on t.user_id = $1 and m.move ->> 'of' = 'task' and t.id = (m.move ->> 'id')::uuid
                   left join referrals f on f.user_id = $1 and f.id = case m.move ->> 'of'
                       when 'referral' then (m.move ->> 'id')::uuid when 'task' then t.referral_id end
                   -- Looked up and not joined: a planner that takes the table for a small one joins it whole.
                   cross join lateral (
                       select c.id, c.name from contacts c
                       where c.user_id = $1 and c.deleted_at is null and c.id = case m.move ->> 'of'
                           when 'contact' then (m.move ->> 'id')::uuid else coalesce(a.contact_id, f.contact_id) end limit 1
                   ) k
                   where r.user_id = $1
               ) as "moves!: Json<Vec<MoveRow>>",
               (select coalesce(json_agg(to_json(s) order by s.starts_at, s.id), '[]') from (
                   select i.id, k.name, i.starts_at
                   from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
                   where i.user_id = $1 and i.starts_at >= $2 and i.starts_at < $3 and i.status = 'scheduled' and i.way <> 'in_writing'
                       and i.deleted_at is null and k.deleted_at is null
                   order by i.starts_at limit 100
               ) s) as "talks!: Json<Vec<TalkRow>>",
               (select coalesce(json_agg(to_json(s) order by s.due, s.name), '[]') from (
                   select k.next_step as what, k.id as contact, k.name, null as text, k.next_due as due, k.talk_on,
                       (select i.id from informational_interviews i where i.user_id = $1 and i.contact_id = k.id
                           and i.status = 'scheduled' and i.deleted_at is null order by i.starts_at limit 1) as interview
                   from contacts k
                   where k.user_id = $1 and k.next_due between $4 and $5 and k.next_step in ('prepare', 'thank') and k.deleted_at is null
                   union all
                   select 'promise', k.id, k.name, a.text, a.due_on, null, null
                   from action_items a join contacts k on k.user_id = a.user_id and k.id = a.contact_id
                   where a.user_id = $1 and a.whose = 'mine' and a.due_on between $4 and $5 and a.done_at is null
                       and a.dismissed_at is null and a.deleted_at is null and k.deleted_at is null
                   limit 100
               ) s) as "dues!: Json<Vec<DueRow>>""#,
        by.into().user_id() as _,
        At(start) as _,
        At(end) as _,
        Day(today) as _,
        Day(until) as _,
    )
    .fetch_one(db)
    .await
}
