//! SQL of histories as the playbook reads them, and of what counts beside them.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use super::dates::StoredDay;
use crate::access::{Owner, Viewer};
use crate::database::Day;
use crate::ids::ContactId;
use crate::playbook::event::{Event, Kind};
use crate::playbook::occasion::YearlyDay;
use crate::playbook::standing::AskedThere;
use crate::playbook::step::Step;

/// A line of a history as it is stored.
struct Row {
    id: Uuid,
    kind: Kind,
    on: Day,
    until: Option<Day>,
    undoes: Option<Uuid>,
    in_writing: bool,
}

/// A contact's history as the playbook reads it.
pub async fn history(db: impl PgExecutor<'_>, by: impl Into<Viewer>, contact: ContactId) -> sqlx::Result<Vec<Event>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id, t.kind as "kind: Kind", t.happened_on as "on: Day", t.until as "until: Day", t.undoes,
               coalesce(i.way = 'in_writing', false) as "in_writing!"
           from touchpoints t left join informational_interviews i on i.user_id = $1 and i.id = t.interview_id
           where t.user_id = $1 and t.contact_id = $2 order by t.happened_on, t.id"#,
        by.into().user_id() as _,
        contact as _,
    )
    .fetch_all(db)
    .await?;
    let event = |row: Row| Event {
        id: row.id,
        kind: row.kind,
        on: row.on.0,
        until: row.until.map(|day| day.0),
        undoes: row.undoes,
        in_writing: row.in_writing,
    };
    Ok(rows.into_iter().map(event).collect())
}

/// When others at the contact's company were asked to connect, to be introduced or for a talk; not what was taken back.
pub async fn asked_there(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contact: ContactId,
) -> sqlx::Result<Vec<AskedThere>> {
    let rows = sqlx::query!(
        r#"with others as (
               select o.id, o.requested_on, o.asked_on from contacts o join contacts k on k.user_id = $1 and k.id = $2
               where o.user_id = $1 and o.id <> k.id and o.deleted_at is null
                   and (o.company_id = k.company_id
                       or (o.company_id is null and k.company_id is null and o.employer_key = k.employer_key))
           )
           select t.happened_on as "on!: Day", t.id as "id!" from touchpoints t
           where t.user_id = $1 and t.contact_id in (select id from others)
               and t.kind in ('requested', 'introduction_asked', 'asked')
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           union all
           -- Whoever was asked in a way of the user's own was asked, too.
           select days.day, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
           from others cross join lateral (values (others.requested_on), (others.asked_on)) as days (day)
           where days.day is not null"#,
        by.into().user_id() as _,
        contact as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| AskedThere { on: row.on.0, id: row.id }).collect())
}

/// Someone whose request waits for an answer at the company of a contact.
pub struct Waiting {
    pub id: ContactId,
    pub rhythm_days: Option<i16>,
}

/// Those at the contact's company whose request waits for an answer, held until the transaction ends: all in one order, so that
/// two transactions never wait for each other.
pub async fn lock_waiting_there(db: impl PgExecutor<'_>, by: Owner, contact: ContactId) -> sqlx::Result<Vec<Waiting>> {
    let rows = sqlx::query_as!(
        Waiting,
        r#"select o.id as "id: ContactId", o.rhythm_days from contacts o
           where o.user_id = $1 and (o.id = $2 or o.stage = 'requested' and o.deleted_at is null and exists (
               select from contacts k where k.user_id = $1 and k.id = $2
                   and (o.company_id = k.company_id
                       or (o.company_id is null and k.company_id is null and o.employer_key = k.employer_key))))
           order by o.id for update"#,
        by.user_id() as _,
        contact as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter(|row| row.id != contact).collect())
}

/// Those whose request waits for an answer at the company of any of these contacts.
pub async fn waiting_beside(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contacts: &[ContactId],
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<Uuid> = contacts.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"with those as (
               select company_id, employer_key from contacts where user_id = $1 and id = any($2)
           )
           select o.id as "id: ContactId" from contacts o
           where o.user_id = $1 and o.stage = 'requested' and o.deleted_at is null
               and (o.company_id in (select company_id from those)
                   or (o.company_id is null and o.employer_key in (select employer_key from those where company_id is null)))"#,
        by.into().user_id() as _,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// A contact's dates as the playbook reads them.
pub async fn yearly_days(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contact: ContactId,
) -> sqlx::Result<Vec<YearlyDay>> {
    let rows = sqlx::query_as!(
        StoredDay,
        "select month, day, year from contact_dates where user_id = $1 and contact_id = $2 and deleted_at is null",
        by.into().user_id() as _,
        contact as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(StoredDay::yearly).collect())
}

/// One event of a history gathered in SQL.
#[derive(Debug, Deserialize)]
pub struct HistoryEvent {
    id: Uuid,
    kind: Kind,
    on: Date,
    until: Option<Date>,
    undoes: Option<Uuid>,
    /// Told only where a next step is read from it.
    #[serde(default)]
    in_writing: bool,
}

impl HistoryEvent {
    /// As the playbook reads it.
    pub fn event(&self) -> Event {
        Event {
            id: self.id,
            kind: self.kind,
            on: self.on,
            until: self.until,
            undoes: self.undoes,
            in_writing: self.in_writing,
        }
    }
}

/// A contact with its history and what is stored of it.
pub struct WithHistory {
    pub id: ContactId,
    pub rhythm_days: Option<i16>,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub occasion_on: Option<Day>,
    pub step_after: Option<Kind>,
    pub step_after_on: Option<Day>,
    pub events: Json<Vec<HistoryEvent>>,
    pub dates: Json<Vec<StoredDay>>,
}

/// Every contact, or each of `those`, with its history, held until the transaction ends.
pub async fn histories(
    db: impl PgExecutor<'_>,
    by: Owner,
    those: Option<&[ContactId]>,
) -> sqlx::Result<Vec<WithHistory>> {
    let those: Option<Vec<Uuid>> = those.map(|ids| ids.iter().map(|id| id.0).collect());
    sqlx::query_as!(
        WithHistory,
        r#"select k.id as "id: ContactId", k.rhythm_days, k.next_step as "next_step: Step", k.next_due as "next_due: Day",
               k.next_turns_on as "next_turns_on: Day",
               k.occasion_on as "occasion_on: Day", k.step_after as "step_after: Kind", k.step_after_on as "step_after_on: Day",
               (select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'until', t.until,
                       'undoes', t.undoes, 'in_writing', coalesce(i.way = 'in_writing', false)) order by t.happened_on, t.id), '[]')
                   from touchpoints t left join informational_interviews i on i.user_id = $1 and i.id = t.interview_id
                   where t.user_id = $1 and t.contact_id = k.id) as "events!: Json<Vec<HistoryEvent>>",
               (select coalesce(json_agg(json_build_object('month', d.month, 'day', d.day, 'year', d.year)), '[]')
                   from contact_dates d where d.user_id = $1 and d.contact_id = k.id and d.deleted_at is null
               ) as "dates!: Json<Vec<StoredDay>>"
           from contacts k where k.user_id = $1 and k.deleted_at is null and ($2::uuid[] is null or k.id = any($2))
           order by k.id for update of k"#,
        by.user_id() as _,
        those.as_deref(),
    )
    .fetch_all(db)
    .await
}
