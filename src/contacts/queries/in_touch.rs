//! SQL of the people one keeps in touch with.

use jiff::civil::Date;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::histories::HistoryEvent;
use crate::access::Viewer;
use crate::contacts::listing::Show;
use crate::database::{Day, paged};
use crate::ids::ContactId;
use crate::playbook::occasion::DateKind;
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct Row {
    pub everyone: i64,
    pub due: i64,
    pub with_dates: i64,
    pub with_reasons: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<ContactId>,
    pub name: Option<String>,
    pub job_title: Option<String>,
    pub company: Option<String>,
    pub next_due: Option<Day>,
    pub occasion_on: Option<Day>,
    pub occasion_kind: Option<DateKind>,
    pub occasion_word: Option<String>,
    pub last_touch_on: Option<Day>,
    pub rhythm_days: Option<i16>,
    /// Texts of open reasons, the oldest first.
    pub reasons: Option<Json<Vec<String>>>,
    pub events: Option<Json<Vec<HistoryEvent>>>,
}

/// A page of the list: who is due first comes first, who is not written to by any rhythm or date last.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Show>,
    today: Date,
) -> sqlx::Result<Vec<Row>> {
    paged!(
        Row,
        listed = r#"listed as (
               select coalesce(lpad((k.next_due - date '0001-01-01')::text, 8, '0'), '~')
                       || coalesce(lpad((k.last_touch_on - date '0001-01-01')::text, 8, '0'), '~')
                       || chr(31) || left(k.name_folded, 60) || chr(31) || k.id as sort_key,
                   k.id, k.name, k.job_title, k.company_id, k.employer, k.next_due, k.occasion_on, k.last_touch_on, k.rhythm_days,
                   exists (select from contact_dates d where d.user_id = $1 and d.contact_id = k.id and d.deleted_at is null) as has_dates,
                   (select json_agg(r.text order by r.created_at, r.id) from reasons r
                       where r.user_id = $1 and r.contact_id = k.id and r.deleted_at is null and (r.used_by is null
                           or exists (select from touchpoints u where u.user_id = $1 and u.undoes = r.used_by))) as reasons
               from contacts k
               where k.user_id = $1 and k.stage = 'in_touch' and k.deleted_at is null
           )"#,
        fits = r#"case $2
               when 'due' then l.next_due <= $3
               when 'dates' then l.has_dates
               when 'reasons' then l.reasons is not null
               else true end"#,
        after = "$4",
        before = "$5",
        most = "$6",
        shown = r#"select n.everyone as "everyone!", n.due as "due!", n.with_dates as "with_dates!", n.with_reasons as "with_reasons!",
               coalesce(r.shown, 0) as "shown!",
               r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ContactId", r.name as "name?", r.job_title as "job_title?",
               coalesce(c.name, r.employer) as "company?", r.next_due as "next_due?: Day", r.occasion_on as "occasion_on?: Day",
               o.kind as "occasion_kind?: DateKind", o.word as "occasion_word?", r.last_touch_on as "last_touch_on?: Day",
               r.rhythm_days as "rhythm_days?", r.reasons as "reasons?: Json<Vec<String>>",
               (select json_agg(json_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'until', t.until, 'undoes', t.undoes))
                   from touchpoints t where t.user_id = $1 and t.contact_id = r.id) as "events?: Json<Vec<HistoryEvent>>"
           from (
               select count(*) as everyone, count(*) filter (where next_due <= $3) as due,
                   count(*) filter (where has_dates) as with_dates, count(*) filter (where reasons is not null) as with_reasons
               from listed
           ) n
           left join page r on true
           left join companies c on c.user_id = $1 and c.id = r.company_id and c.deleted_at is null
           left join lateral (
               select d.kind, d.word from contact_dates d
               where d.user_id = $1 and d.contact_id = r.id and d.deleted_at is null and d.month = extract(month from r.occasion_on)
                   and (d.day = extract(day from r.occasion_on) or (d.month = 2 and d.day = 29 and extract(day from r.occasion_on) = 28))
               order by d.id limit 1
           ) o on true
           order by r.rank"#,
        by.into().user_id() as _,
        wanted.filter.as_str(),
        Day(today) as _,
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        PAGE,
    )
    .fetch_all(db)
    .await
}
