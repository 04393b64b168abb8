//! SQL of the list.

use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::database::{Day, paged};
use crate::ids::{CompanyId, OpeningId};
use crate::openings::listing::{Filter, Sort};
use crate::openings::opening::Source;
use crate::playbook::{opening::Status, referral};
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    pub all: i64,
    pub open: i64,
    pub applied: i64,
    pub under_way: i64,
    pub over: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<OpeningId>,
    pub title: Option<String>,
    pub company_id: Option<CompanyId>,
    pub company: Option<String>,
    pub place: Option<String>,
    pub source: Option<Source>,
    pub status: Option<Status>,
    pub status_since: Option<Day>,
    pub seen_on: Option<Day>,
    pub confirmed_on: Option<Day>,
    pub confirmed_by: Option<String>,
    pub referral_status: Option<referral::Status>,
    pub referrer: Option<String>,
    pub next_step: Option<String>,
    pub next_on: Option<Day>,
}

/// A page of the list, of as many rows as that at most.
pub async fn list(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
    most: i64,
) -> sqlx::Result<Vec<ListRow>> {
    paged!(
        ListRow,
        listed = r#"listed as (
               select o.*, c.name as company, case $4
                       when 'next' then coalesce(lpad((o.next_on - date '0001-01-01')::text, 8, '0'), '~')
                       when 'title' then left(o.title_folded, 60)
                       when 'company' then left(c.name_key, 60)
                       when 'status' then array_position(array['offer', 'interviewing', 'screening', 'applied', 'watching', 'accepted',
                               'rejected', 'withdrawn', 'closed'], o.status)
                           || lpad((9999999 - (o.status_since - date '0001-01-01'))::text, 8, '0')
                       else '' end
                   || chr(31) || lpad((9999999 - (o.seen_on - date '0001-01-01'))::text, 8, '0')
                   -- The newest id first: its digits turned round.
                   || chr(31) || translate(o.id::text, '0123456789abcdef', 'fedcba9876543210') as sort_key
               from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
               where o.user_id = $1 and c.user_id = $1 and o.deleted_at is null and c.deleted_at is null
           )"#,
        fits = r#"concat_ws(chr(31), l.title, l.company, l.place) ~ all($3)
               and case $2
               when 'open' then l.status in ('watching', 'applied', 'screening', 'interviewing', 'offer')
               when 'applied' then l.status = 'applied'
               when 'under_way' then l.status in ('screening', 'interviewing', 'offer')
               when 'over' then l.status in ('accepted', 'rejected', 'withdrawn', 'closed')
               else true end"#,
        after = "$5",
        before = "$6",
        most = "$7",
        shown = r#"select n.all as "all!", n.open as "open!", n.applied as "applied!", n.under_way as "under_way!", n.over as "over!",
               coalesce(r.shown, 0) as "shown!",
               r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: OpeningId", r.title as "title?", r.company_id as "company_id?: CompanyId",
               r.company as "company?", r.place as "place?", r.source as "source?: Source", r.status as "status?: Status",
               r.status_since as "status_since?: Day", r.seen_on as "seen_on?: Day", r.confirmed_on as "confirmed_on?: Day",
               k.name as "confirmed_by?", f.status as "referral_status?: referral::Status", f.name as "referrer?",
               r.next_step as "next_step?", r.next_on as "next_on?: Day"
           from (
               select count(*) as "all",
                   count(*) filter (where status in ('watching', 'applied', 'screening', 'interviewing', 'offer')) as open,
                   count(*) filter (where status = 'applied') as applied,
                   count(*) filter (where status in ('screening', 'interviewing', 'offer')) as under_way,
                   count(*) filter (where status in ('accepted', 'rejected', 'withdrawn', 'closed')) as over
               from listed
           ) n
           left join page r on true
           left join contacts k on k.user_id = $1 and k.id = r.confirmed_by
           left join lateral (
               select f.status, p.name from referrals f join contacts p on p.user_id = f.user_id and p.id = f.contact_id
               where f.user_id = $1 and f.opening_id = r.id and f.deleted_at is null and p.deleted_at is null
               order by array_position(array['made', 'agreed', 'asked', 'to_ask', 'declined', 'withdrawn'], f.status), f.id
               limit 1
           ) f on true
           order by r.rank"#,
        by.into().user_id() as _,
        wanted.filter.as_str(),
        &wanted.patterns(),
        wanted.sort.as_str(),
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        most,
    )
    .fetch_all(db)
    .await
}

/// One opening, in a line or on a card.
pub struct Row {
    pub id: OpeningId,
    pub title: String,
    pub about: String,
    pub company_id: CompanyId,
    pub company: String,
    pub status: Status,
    pub since: Date,
    pub seen_on: Date,
    pub confirmed: Option<(String, Date)>,
    pub referral: Option<(referral::Status, String)>,
    pub next_step: Option<String>,
    pub next_on: Option<Date>,
}

pub fn row(row: ListRow) -> Option<Row> {
    let inside = row.source? == Source::Inside;
    let about: Vec<String> = row.place.into_iter().chain(inside.then(|| "not posted".to_owned())).collect();
    Some(Row {
        id: row.id?,
        title: row.title?,
        about: about.join(" · "),
        company_id: row.company_id?,
        company: row.company?,
        status: row.status?,
        since: row.status_since?.0,
        seen_on: row.seen_on?.0,
        confirmed: row.confirmed_by.zip(row.confirmed_on.map(|day| day.0)),
        referral: row.referral_status.zip(row.referrer),
        next_step: row.next_step,
        next_on: row.next_on.map(|day| day.0),
    })
}
