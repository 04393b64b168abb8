//! SQL of the board and the list.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::database::{Day, paged};
use crate::ids::ReferralId;
use crate::playbook::referral::{Outcome, ReferralStep, Status};
use crate::referrals::listing::{Filter, Sort};
use crate::web::list::{SortKey, Wanted};

/// Rows of a page of the list; the board takes as many of each column.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    pub all: i64,
    pub to_ask: i64,
    pub asked: i64,
    pub agreed: i64,
    pub made: i64,
    pub outcome_known: i64,
    pub ended: i64,
    pub shown: i64,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<ReferralId>,
    pub name: Option<String>,
    pub company: Option<String>,
    pub opening: Option<String>,
    pub status: Option<Status>,
    pub outcome: Option<Outcome>,
    pub next_step: Option<ReferralStep>,
    pub next_due: Option<Day>,
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
        listed = r#"known as (
               select r.id, r.status, r.outcome, r.next_step, r.next_due, k.name, k.name_folded, c.name as company, o.title as opening,
                   case when r.status in ('declined', 'withdrawn') then 'ended' when r.outcome is not null then 'outcome'
                       else r.status end as standing
               from referrals r
               join contacts k on k.user_id = r.user_id and k.id = r.contact_id
               join companies c on c.user_id = r.user_id and c.id = r.company_id
               left join openings o on o.user_id = r.user_id and o.id = r.opening_id
               where r.user_id = $1 and k.user_id = $1 and c.user_id = $1 and r.deleted_at is null and k.deleted_at is null
           ),
           listed as (
               select known.*, case $4
                       when 'name' then left(name_folded, 60)
                       when 'status' then array_position(array['to_ask', 'asked', 'agreed', 'made', 'outcome', 'ended'], standing)::text
                       else '' end
                   || chr(31) || coalesce(lpad((next_due - date '0001-01-01')::text, 8, '0'), '~') || chr(31) || id as sort_key
               from known
           )"#,
        fits = r#"concat_ws(chr(31), l.name, l.company, l.opening) ~ all($3)
               and ($2 = 'all' or l.standing = $2)"#,
        after = "$5",
        before = "$6",
        most = "$7",
        shown = r#"select n.all as "all!", n.to_ask as "to_ask!", n.asked as "asked!", n.agreed as "agreed!", n.made as "made!",
               n.outcome_known as "outcome_known!", n.ended as "ended!", coalesce(r.shown, 0) as "shown!",
               r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ReferralId", r.name as "name?",
               r.company as "company?", r.opening as "opening?", r.status as "status?: Status", r.outcome as "outcome?: Outcome",
               r.next_step as "next_step?: ReferralStep", r.next_due as "next_due?: Day"
           from (
               select count(*) as "all", count(*) filter (where standing = 'to_ask') as to_ask,
                   count(*) filter (where standing = 'asked') as asked, count(*) filter (where standing = 'agreed') as agreed,
                   count(*) filter (where standing = 'made') as made, count(*) filter (where standing = 'outcome') as outcome_known,
                   count(*) filter (where standing = 'ended') as ended
               from listed
           ) n
           left join page r on true
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
