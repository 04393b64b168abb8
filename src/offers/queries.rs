//! SQL of offers.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::offer::{Decision, Mark, Written};
use crate::access::{Owner, Viewer};
use crate::database::{At, Day, on_constraint};
use crate::ids::{CriterionId, OpeningId};
use crate::playbook::opening::Status;
use crate::text::{Line, Text};

/// A thing that matters.
#[derive(Debug, Clone, Deserialize)]
pub struct Criterion {
    pub id: CriterionId,
    pub name: String,
    pub weight: i16,
}

/// An opening that came to an offer, and what is known of it.
pub struct OfferRow {
    pub opening: OpeningId,
    pub title: String,
    pub company: String,
    pub status: Status,
    pub status_since: Day,
    pub made_on: Option<Day>,
    pub answer_by: Option<Day>,
    pub salary: Option<String>,
    pub notes: Option<String>,
    pub decision: Option<Decision>,
    pub decided_on: Option<Day>,
    pub decision_note: Option<String>,
    /// 0 where nothing was written down yet.
    pub version: i32,
    pub marks: Json<Vec<Mark>>,
    /// What matters, the weightiest first; the same for every row.
    pub criteria: Json<Vec<Criterion>>,
}

/// The openings with an offer: all of them, or this one, whatever its status. The newest offer first.
///
/// Where there is none, a single opening's row is missing and the criteria are not known.
pub async fn offers(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    one: Option<OpeningId>,
) -> sqlx::Result<Vec<OfferRow>> {
    sqlx::query_as!(
        OfferRow,
        r#"select o.id as "opening: OpeningId", o.title, c.name as company, o.status as "status: Status",
               o.status_since as "status_since: Day", f.made_on as "made_on?: Day", f.answer_by as "answer_by?: Day",
               coalesce(f.salary, o.salary) as salary, f.notes as "notes?", f.decision as "decision?: Decision",
               f.decided_on as "decided_on?: Day", f.decision_note as "decision_note?", coalesce(f.version, 0) as "version!",
               (select coalesce(json_agg(json_build_object('criterion', m.criterion_id, 'text', m.text, 'mark', m.mark)), '[]')
                   from offer_marks m where m.user_id = $1 and m.offer_id = f.id) as "marks!: Json<Vec<Mark>>",
               (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'weight', k.weight)
                       order by k.weight desc, k.created_at, k.id), '[]')
                   from offer_criteria k where k.user_id = $1 and k.deleted_at is null) as "criteria!: Json<Vec<Criterion>>"
           from openings o
           join companies c on c.user_id = o.user_id and c.id = o.company_id
           left join offers f on f.user_id = o.user_id and f.opening_id = o.id
           where o.user_id = $1 and c.user_id = $1 and o.deleted_at is null and c.deleted_at is null
               and case when $2::uuid is null then o.status in ('offer', 'accepted') or f.id is not null else o.id = $2 end
           order by f.decision nulls first, coalesce(f.made_on, o.status_since) desc, o.id desc limit 12"#,
        by.into().user_id() as _,
        one as _,
    )
    .fetch_all(db)
    .await
}

/// Writes an offer down, over the version that was read; false if another was saved meanwhile. Run it inside a transaction.
pub async fn save(
    db: &mut PgConnection,
    by: Owner,
    opening: OpeningId,
    version: i32,
    written: &Written,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let id = sqlx::query_scalar!(
        "insert into offers as f (user_id, id, opening_id, made_on, answer_by, salary, notes, created_at, version)
         select o.user_id, $2, o.id, $4, $5, $6, $7, $8, $9 + 1 from openings o
         where o.user_id = $1 and o.id = $3 and o.deleted_at is null
         on conflict (user_id, opening_id) do update set made_on = excluded.made_on, answer_by = excluded.answer_by,
             salary = excluded.salary, notes = excluded.notes, version = excluded.version
             where f.version = excluded.version - 1
         returning f.id",
        by.user_id() as _,
        Uuid::now_v7(),
        opening as _,
        Day(written.made_on) as _,
        written.answer_by.map(Day) as _,
        written.salary.as_ref().map(Line::as_str),
        written.notes.as_ref().map(Text::as_str),
        At(now) as _,
        version,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(id) = id else { return Ok(false) };
    let criteria: Vec<Uuid> = written.marks.iter().map(|mark| mark.criterion.0).collect();
    let texts: Vec<Option<String>> = written.marks.iter().map(|mark| mark.text.clone()).collect();
    let marks: Vec<Option<i16>> = written.marks.iter().map(|mark| mark.mark).collect();
    let ids: Vec<Uuid> = criteria.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query!(
        "insert into offer_marks (user_id, id, offer_id, criterion_id, text, mark)
         select $1, n.id, $2, k.id, n.text, n.mark
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::smallint[]) as n (id, criterion, text, mark)
         join offer_criteria k on k.user_id = $1 and k.id = n.criterion
         on conflict (user_id, offer_id, criterion_id) do update set text = excluded.text, mark = excluded.mark",
        by.user_id() as _,
        id,
        &ids,
        &criteria,
        &texts as &[Option<String>],
        &marks as &[Option<i16>],
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Notes the decision on an offer, or that there is none any more. An offer nobody wrote down yet is made with it.
pub async fn decide(
    db: impl PgExecutor<'_>,
    by: Owner,
    opening: OpeningId,
    decision: Option<(Decision, Day)>,
    note: Option<&Text<2_000>>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (decision, on) = decision.unzip();
    sqlx::query!(
        "insert into offers as f (user_id, id, opening_id, made_on, decision, decided_on, decision_note, created_at)
         select o.user_id, $2, o.id, o.status_since, $4, $5, $6, $7 from openings o
         where o.user_id = $1 and o.id = $3 and o.deleted_at is null
         on conflict (user_id, opening_id) do update
             set decision = excluded.decision, decided_on = excluded.decided_on, decision_note = excluded.decision_note,
                 version = f.version + 1
             where f.decision is distinct from excluded.decision",
        by.user_id() as _,
        Uuid::now_v7(),
        opening as _,
        decision as _,
        on as _,
        note.map(Text::as_str),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds things that matter; a name that is there already is left as it is. Returns how many are new.
pub async fn add_criteria(
    db: impl PgExecutor<'_>,
    by: Owner,
    criteria: &[(CriterionId, Line<100>, i16)],
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<Uuid> = criteria.iter().map(|(id, ..)| id.0).collect();
    let names: Vec<String> = criteria.iter().map(|(_, name, _)| name.as_str().to_owned()).collect();
    let weights: Vec<i16> = criteria.iter().map(|(.., weight)| *weight).collect();
    let done = sqlx::query!(
        "insert into offer_criteria (user_id, id, name, weight, created_at)
         select $1, n.id, n.name, n.weight, $5 from unnest($2::uuid[], $3::text[], $4::smallint[]) as n (id, name, weight)
         on conflict do nothing",
        by.user_id() as _,
        &ids,
        &names,
        &weights,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Sets how much something matters; returns its name.
pub async fn weigh(db: impl PgExecutor<'_>, by: Owner, id: CriterionId, weight: i16) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update offer_criteria set weight = $3 where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        weight,
    )
    .fetch_optional(db)
    .await
}

/// Takes something off the list, or puts it back; returns its name. Nothing comes back beside another of the same name.
pub async fn set_deleted(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CriterionId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "update offer_criteria set deleted_at = $3
         where user_id = $1 and id = $2 and (deleted_at is null) = ($3::timestamptz is not null)
         returning name",
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await;
    match name {
        Err(e) => on_constraint(e, &["offer_criteria_name_taken"], None),
        name => name,
    }
}
