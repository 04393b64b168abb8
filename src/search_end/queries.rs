//! SQL of who helped.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::Day;
use crate::ids::{ContactId, OpeningId};
use crate::playbook::ending::Help;

/// Someone who helped.
#[derive(Debug, Deserialize)]
pub struct HelperRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub employer: Option<String>,
    pub skipped: bool,
    pub talks: i64,
    pub in_writing: i64,
    pub sent_on: i64,
    pub introduced: i64,
    pub agreed: i64,
    pub made: i64,
    pub decisive: bool,
    /// When they were written to since the search ended.
    pub thanked_on: Option<Date>,
}

impl HelperRow {
    /// What they did.
    pub fn help(&self) -> Help {
        Help {
            talks: self.talks,
            in_writing: self.in_writing,
            sent_on: self.sent_on,
            introduced: self.introduced,
            agreed: self.agreed,
            made: self.made,
            decisive: self.decisive,
        }
    }
}

/// An opening the user took, or was offered.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
}

/// What the page shows.
pub struct SearchEndDetail {
    pub helpers: Json<Vec<HelperRow>>,
    pub openings: Json<Vec<OpeningRow>>,
}

/// Everyone who helped, the best five hundred; and the openings that may have ended the search, the accepted ones first.
/// `since` is the day it ended.
pub async fn whole(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    since: Option<Date>,
    opening: Option<OpeningId>,
) -> sqlx::Result<SearchEndDetail> {
    sqlx::query_as!(
        SearchEndDetail,
        r#"with happened as (
               select t.contact_id, count(*) filter (where t.kind = 'held') as talks,
                   count(*) filter (where t.kind = 'answered_in_writing') as in_writing,
                   count(*) filter (where t.kind = 'sent_on') as sent_on
               from touchpoints t
               where t.user_id = $1 and t.kind in ('held', 'answered_in_writing', 'sent_on')
                   and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
               group by t.contact_id
           ), led as (
               select p.introduced_by as contact_id, count(*) as introduced from contacts p
               where p.user_id = $1 and p.introduced_by is not null and p.deleted_at is null group by p.introduced_by
           ), referred as (
               select r.contact_id, count(*) filter (where r.status = 'agreed') as agreed,
                   count(*) filter (where r.status = 'made') as made,
                   coalesce(bool_or(r.status = 'made' and r.opening_id = $3), false) as decisive
               from referrals r where r.user_id = $1 and r.deleted_at is null and r.status in ('agreed', 'made') group by r.contact_id
           )
           select
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select k.id, k.name, k.job_title, coalesce(c.name, k.employer) as employer,
                       k.ending_skipped_at is not null as skipped, coalesce(h.talks, 0) as talks,
                       coalesce(h.in_writing, 0) as in_writing, coalesce(h.sent_on, 0) as sent_on,
                       coalesce(l.introduced, 0) as introduced, coalesce(r.agreed, 0) as agreed, coalesce(r.made, 0) as made,
                       coalesce(r.decisive, false) as decisive,
                       (select max(t.happened_on) from touchpoints t
                           where t.user_id = $1 and t.contact_id = k.id and t.kind in ('thanked', 'wrote') and t.happened_on >= $2
                               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as thanked_on
                   from contacts k
                   left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
                   left join happened h on h.contact_id = k.id
                   left join led l on l.contact_id = k.id
                   left join referred r on r.contact_id = k.id
                   where k.user_id = $1 and k.deleted_at is null and k.id = any(array(
                           select contact_id from happened union select contact_id from led union select contact_id from referred))
                   order by r.made desc nulls last, l.introduced desc nulls last, h.talks desc nulls last, k.id limit 500
               ) s) as "helpers!: Json<Vec<HelperRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select o.id, o.title, c.name as company
                   from openings o join companies c on c.user_id = $1 and c.id = o.company_id
                   where o.user_id = $1 and o.deleted_at is null and (o.status in ('accepted', 'offer') or o.id = $3)
                   order by o.status = 'accepted' desc, o.status_since desc, o.id limit 20
               ) s) as "openings!: Json<Vec<OpeningRow>>""#,
        by.into().user_id() as _,
        since.map(Day) as _,
        opening as _,
    )
    .fetch_one(db)
    .await
}
