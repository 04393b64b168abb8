//! SQL of the list of contacts in an order that an index has: rows are read until the page is full.

use jiff::civil::Date;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::listed::{ListRow, Narrowed, PAGE, listed};
use crate::access::Viewer;
use crate::contacts::listing::{Filter, Sort};
use crate::contacts::tag::Tag;
use crate::database::Day;
use crate::ids::ContactId;
use crate::playbook::{stage::Stage, step::Step};
use crate::web::list::{SortKey, Wanted};

/// A checked statement of one page in an order that an index has: `key` is the index's expression over the contact `k`,
/// `turned` the same for one whose next step has turned, `steady` what says that it has not, where the order knows the difference.
macro_rules! in_order {
    (key = $key:tt, turned = $turned:tt, steady = $steady:tt, of = ($user:ident, $filter:ident, $today:ident, $company:ident,
     $after:ident, $before:ident, $kept:ident, $tag:ident)) => {
        listed!(
            (r#"
               found as (
                   (select k.*, "# + $key + r#" as sort_key from contacts k
                   where $7::text is null and k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) "# + $steady + r#"
                       and "# + $key + r#" > coalesce($6, '')
                   order by "# + $key + r#" limit $5)
                   union all
                   (select k.*, "# + $key + r#" from contacts k
                   where $7::text is not null and k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) "# + $steady + r#"
                       and "# + $key + r#" < $7
                   order by "# + $key + r#" desc limit $5)
                   union all
                   select k.*, "# + $turned + r#" from contacts k
                   where k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) and k.next_turns_on <= $3
                       and not (true "# + $steady + r#") and "# + $turned + r#" > coalesce($6, '')
                       and ($7::text is null or "# + $turned + r#" < $7)
               ),
               nearest as (
                   select f.*, row_number() over (order by f.sort_key) as nr, row_number() over (order by f.sort_key desc) as from_end
                   from found f
               ),
               page as (
                   select f.*, coalesce(c.name, f.employer) as works_at,
                       case $2 when 'identified' then n.identified when 'connected' then n.connected else n.everyone end as shown,
                       b.before + row_number() over (order by f.sort_key) as rank
                   from nearest f
                   left join companies c on c.user_id = $1 and c.id = f.company_id and c.deleted_at is null
                   cross join counts n
                   cross join (
                       select case when $6::text is null and $7::text is null then 0 else
                           (select count(*) from contacts k
                           where k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) "# + $steady + r#"
                               and "# + $key + r#" < (select min(sort_key) from nearest where case when $7::text is null then nr else from_end end <= $5))
                           + (select count(*) from contacts k
                           where k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) and k.next_turns_on <= $3
                               and not (true "# + $steady + r#")
                               and "# + $turned + r#" < (select min(sort_key) from nearest where case when $7::text is null then nr else from_end end <= $5))
                           end as before
                   ) b
                   where case when $7::text is null then f.nr else f.from_end end <= $5
               )"#),
            $user as _, $filter, $today as _, $company as _, PAGE, $after, $before, $kept, $tag as _,
        )
    };
}

/// A checked statement of the first page in an order that an index has, where the numbers of the whole list are kept: the page's
/// rows are all it reads. `key`, `turned` and `steady` are those of [`in_order`].
macro_rules! first_in_order {
    (key = $key:tt, turned = $turned:tt, steady = $steady:tt,
     of = ($user:ident, $filter:ident, $today:ident, $kept:ident, $shown:ident, $tags:ident)) => {
        sqlx::query_as!(
            ListRow,
            r#"with found as (
                   (select k.*, "# + $key + r#" as sort_key from contacts k
                   where k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) "# + $steady + r#"
                   order by "# + $key + r#" limit $4)
                   union all
                   select k.*, "# + $turned + r#" from contacts k
                   where k.user_id = $1 and k.deleted_at is null and ($2 = 'everyone' or k.stage = $2) and k.next_turns_on <= $3
                       and not (true "# + $steady + r#")
               ),
               page as (
                   select f.*, row_number() over (order by f.sort_key) as rank from found f order by f.sort_key limit $4
               )
               select true as "anybody!", ($5::bigint[])[8] as "everyone!",
                   (select count(*) from contacts k where k.user_id = $1 and k.next_due <= $3 and k.deleted_at is null)
                   + (select count(*) from contacts k where k.user_id = $1 and k.next_turns_on <= $3 and k.deleted_at is null
                       and (k.next_due is null or k.next_due > $3)) as "due!",
                   ($5::bigint[])[1] as "identified!", ($5::bigint[])[2] as "requested!", ($5::bigint[])[3] as "connected!",
                   ($5::bigint[])[4] as "asked!", ($5::bigint[])[5] as "scheduled!", ($5::bigint[])[6] as "in_touch!",
                   ($5::bigint[])[7] as "resting!", $6::bigint as "shown!", null as only_at, null as tagged,
                   case when r.rank = 1 then (select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name_folded)
                       from tags t where t.user_id = $1) end as "tags: Json<Vec<Tag>>",
                   case when $7 then (select string_agg(t.name, ', ' order by t.name_folded) from contact_tags x
                       join tags t on t.user_id = $1 and t.id = x.tag_id
                       where x.user_id = $1 and x.contact_id = r.id) end as has,
                   r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ContactId", r.name as "name?", r.pronouns as "pronouns?",
                   r.job_title as "job_title?", coalesce(c.name, r.employer) as "company?",
                   r.stage as "stage?: Stage", r.next_step as "next_step?: Step", r.next_due as "next_due?: Day",
                   r.next_turns_on as "next_turns_on?: Day", r.last_touch_on as "last_touch_on?: Day"
               from page r
               left join companies c on c.user_id = $1 and c.id = r.company_id and c.deleted_at is null
               order by r.rank"#,
            $user as _, $filter, $today as _, PAGE, $kept, $shown, $tags,
        )
    };
}

/// One of the statements above in each order that an index has.
macro_rules! in_each_order {
    ($statement:ident, $sort:expr, of = $of:tt, $db:expr) => {
        match $sort {
            Sort::Touch => {
                $statement!(
                    key = "(coalesce(lpad((9999999 - (k.last_touch_on - date '0001-01-01'))::text, 8, '0'), '~')
                        || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                    turned = "''::text",
                    steady = "",
                    of = $of
                )
                .fetch_all($db)
                .await
            }
            Sort::Name => {
                $statement!(
                    key = "(chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                    turned = "''::text",
                    steady = "",
                    of = $of
                )
                .fetch_all($db)
                .await
            }
            Sort::Due | Sort::Company => {
                $statement!(
                    key = "(coalesce(lpad((k.next_due - date '0001-01-01')::text, 8, '0'), '~')
                        || case when k.stage in ('moved_on', 'declined') then '1' else '0' end
                        || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                    turned = "(lpad((k.next_turns_on - date '0001-01-01')::text, 8, '0')
                        || case when k.stage in ('moved_on', 'declined') then '1' else '0' end
                        || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                    steady = "and (k.next_turns_on is null or k.next_turns_on > $3)",
                    of = $of
                )
                .fetch_all($db)
                .await
            }
        }
    };
}

/// The first page of a plain list whose numbers are kept, by the index of its order.
pub async fn first(
    db: &mut PgConnection,
    by: Viewer,
    wanted: &Wanted<'_, Filter, Sort>,
    today: Date,
    kept: &[i32],
    tags: bool,
) -> sqlx::Result<Vec<ListRow>> {
    let (user, filter, today) = (by.user_id(), wanted.filter.as_str(), Day(today));
    let mut kept: Vec<i64> = kept.iter().copied().map(i64::from).collect();
    kept.push(kept.iter().sum());
    let kept = kept.as_slice();
    let shown = match wanted.filter {
        Filter::Identified => kept.first(),
        Filter::Connected => kept.get(2),
        _ => kept.last(),
    };
    let shown = shown.copied().unwrap_or_default();
    in_each_order!(first_in_order, wanted.sort, of = (user, filter, today, kept, shown, tags), db)
}

/// A page of a plain list, by the index of its order.
pub async fn page(
    db: &mut PgConnection,
    by: Viewer,
    wanted: &Wanted<'_, Filter, Sort>,
    today: Date,
    kept: Option<&[i32]>,
) -> sqlx::Result<Vec<ListRow>> {
    let (user, filter, today) = (by.user_id(), wanted.filter.as_str(), Day(today));
    let (after, before) = (wanted.after.map(SortKey::as_str), wanted.before.map(SortKey::as_str));
    let Narrowed { company, tag } = Narrowed::default();
    in_each_order!(in_order, wanted.sort, of = (user, filter, today, company, after, before, kept, tag), db)
}
