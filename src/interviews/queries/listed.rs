//! Many talks, and people to talk with.

use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::{At, paged};
use crate::folding::pattern;
use crate::ids::{CompanyId, ContactId, InterviewId};
use crate::interviews::listing::Filter;
use crate::interviews::queries::proposals::Kept;
use crate::interviews::scheduling::clashes::Other;
use crate::playbook::stage::Stage;
use crate::playbook::talk::{Medium, Status};
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    pub all: i64,
    pub coming: i64,
    pub held: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<InterviewId>,
    pub name: Option<String>,
    pub company: Option<String>,
    pub status: Option<Status>,
    pub starts_at: Option<At>,
    pub minutes: Option<i16>,
    pub way: Option<Medium>,
    pub place: Option<String>,
    pub their_time_zone: Option<String>,
    pub insights: Option<i64>,
    pub open_actions: Option<i64>,
}

/// A page of the list: what is coming in the order of time, what is past the latest first.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter>,
) -> sqlx::Result<Vec<ListRow>> {
    paged!(
        ListRow,
        listed = r#"listed as (
               select t.*, k.name, c.name as company, lpad(case
                       when $2 = 'coming' then (extract(epoch from t.starts_at) * 1000000)::bigint
                       else 99999999999999999 - (extract(epoch from t.starts_at) * 1000000)::bigint end::text, 17, '0')
                   || chr(31) || chr(31) || t.id as sort_key
               from informational_interviews t
               join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
               left join companies c on c.user_id = t.user_id and c.id = coalesce(t.company_id, k.company_id) and c.deleted_at is null
               where t.user_id = $1 and t.deleted_at is null
           )"#,
        fits = r#"concat_ws(chr(31), l.name, l.company) ~ all($3)
               and case $2 when 'coming' then l.status = 'scheduled' when 'held' then l.status = 'held' else true end"#,
        after = "$4",
        before = "$5",
        most = "$6",
        shown = r#"select n.all as "all!", n.coming as "coming!", n.held as "held!",
               coalesce(r.shown, 0) as "shown!", r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: InterviewId",
               r.name as "name?", r.company as "company?", r.status as "status?: Status", r.starts_at as "starts_at?: At",
               r.minutes as "minutes?", r.way as "way?: Medium", r.place as "place?", r.their_time_zone as "their_time_zone?",
               i.n as "insights?", a.n as "open_actions?"
           from (
               select count(*) as "all", count(*) filter (where status = 'scheduled') as coming,
                   count(*) filter (where status = 'held') as held
               from listed
           ) n
           left join page r on true
           left join lateral (
               select count(*) as n from insights where user_id = $1 and interview_id = r.id and deleted_at is null
           ) i on true
           left join lateral (
               select count(*) as n from action_items
               where user_id = $1 and interview_id = r.id and done_at is null and dismissed_at is null and deleted_at is null
           ) a on true
           order by r.rank"#,
        by.into().user_id() as _,
        wanted.filter.as_str(),
        &wanted.patterns(),
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        PAGE,
    )
    .fetch_all(db)
    .await
}

/// A person a talk is to be set with.
pub struct Partner {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub company_id: Option<CompanyId>,
    pub company: Option<String>,
    pub time_zone: Option<String>,
    pub stage: Stage,
}

/// A person a talk is set with, and the talks that are to come: neighbours to keep a distance to.
pub struct Host {
    pub partner: Partner,
    pub others: Vec<Other>,
    /// Times that were proposed to them; answered or not.
    pub kept: Option<Kept>,
}

struct HostRow {
    id: ContactId,
    name: String,
    job_title: Option<String>,
    company_id: Option<CompanyId>,
    company: Option<String>,
    time_zone: Option<String>,
    stage: Stage,
    others: Json<Vec<Other>>,
    kept: Option<Json<Kept>>,
}

/// The person, and the talks to come but the one that is moved.
pub async fn host(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ContactId,
    moved: Option<InterviewId>,
) -> sqlx::Result<Option<Host>> {
    let row = sqlx::query_as!(
        HostRow,
        r#"select k.id as "id: ContactId", k.name, k.job_title, k.company_id as "company_id: CompanyId",
               coalesce(c.name, k.employer) as company, k.time_zone, k.stage as "stage: Stage",
               (select coalesce(json_agg(to_json(o)), '[]') from (
                   select t.id, p.name, t.starts_at, t.minutes
                   from informational_interviews t join contacts p on p.user_id = t.user_id and p.id = t.contact_id
                   where t.user_id = $1 and t.status = 'scheduled' and t.way <> 'in_writing' and t.deleted_at is null
                       and p.deleted_at is null and t.id is distinct from $3
                   order by t.starts_at, t.id limit 100) o
               ) as "others!: Json<Vec<Other>>",
               (select to_json(o) from (
                   select p.first_at, p.second_at, p.third_at, p.minutes, p.way, p.place, p.answered_at, p.version
                   from talk_proposals p where p.user_id = $1 and p.contact_id = k.id) o
               ) as "kept: Json<Kept>"
           from contacts k left join companies c on c.user_id = k.user_id and c.id = k.company_id
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
        moved as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Host {
        partner: Partner {
            id: row.id,
            name: row.name,
            job_title: row.job_title,
            company_id: row.company_id,
            company: row.company,
            time_zone: row.time_zone,
            stage: row.stage,
        },
        others: row.others.0,
        kept: row.kept.map(|kept| kept.0),
    }))
}

/// People to choose from: those who were asked first, then those in contact.
pub async fn partners(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    search: Option<&str>,
) -> sqlx::Result<Vec<Partner>> {
    sqlx::query_as!(
        Partner,
        r#"select k.id as "id!: ContactId", k.name as "name!", k.job_title, k.company_id as "company_id: CompanyId",
               coalesce(c.name, k.employer) as company, k.time_zone, k.stage as "stage!: Stage"
           from unnest(array['asked', 'connected', 'in_touch', 'spoke', 'requested', 'identified', 'scheduled', 'moved_on', 'declined'])
               with ordinality s (stage, nr)
           cross join lateral (
               (select l.* from contacts l
               where $2::text is null and l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
               order by l.name_folded, l.id limit 30)
               union all
               (select l.* from contacts l
               where $2::text is not null and l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
                   and concat_ws(chr(31), l.name,
                       (select c.name from companies c where c.user_id = $1 and c.id = l.company_id), l.employer) ~ $2
               order by l.name_folded, l.id limit 30)
           ) k
           left join companies c on c.user_id = $1 and c.id = k.company_id
           order by least(s.nr, 7), k.name_folded, k.id
           limit 30"#,
        by.into().user_id() as _,
        search.map(pattern),
    )
    .fetch_all(db)
    .await
}
