//! SQL of the list of contacts.

use jiff::civil::Date;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::contacts::listing::{Filter, IndexKey, Sort};
use crate::contacts::tag::Tag;
use crate::database::Day;
use crate::ids::{CompanyId, ContactId, TagId};
use crate::playbook::{stage::Stage, step::Step};
use crate::web::list::{SortKey, Wanted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    /// There are contacts, of whatever company.
    pub anybody: bool,
    pub everyone: i64,
    pub due: i64,
    pub identified: i64,
    pub requested: i64,
    pub connected: i64,
    pub asked: i64,
    pub scheduled: i64,
    pub in_touch: i64,
    pub resting: i64,
    pub shown: i64,
    /// The company the list is narrowed to.
    pub only_at: Option<String>,
    /// The tag the list is narrowed to.
    pub tagged: Option<String>,
    /// The user's tags by name, beside the first row.
    pub tags: Option<Json<Vec<Tag>>>,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<ContactId>,
    pub name: Option<String>,
    pub pronouns: Option<String>,
    pub job_title: Option<String>,
    pub company: Option<String>,
    pub stage: Option<Stage>,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub last_touch_on: Option<Day>,
    /// The names of their tags.
    pub has: Option<String>,
}

impl ListRow {
    /// How many there are of each stage that has a filter of its own, as it is kept.
    pub fn by_stage(&self) -> Vec<i32> {
        let counts =
            [self.identified, self.requested, self.connected, self.asked, self.scheduled, self.in_touch, self.resting];
        counts.into_iter().map(|count| i32::try_from(count).unwrap_or(i32::MAX)).collect()
    }
}

/// A checked statement of one page: `rows` are the CTEs that end with `page`, whose columns are those of contacts with
/// `works_at`, `shown`, `rank` and `sort_key`. The counts beside it are read from indexes alone.
macro_rules! listed {
    (($($rows:tt)+), $($args:tt)*) => {
        listed!(@ "with", ($($rows)+), $($args)*)
    };
    (@ $with:tt, ($($rows:tt)+), $($args:tt)*) => {
        sqlx::query_as!(
            ListRow,
            $with + r#" counted as (
                   select kept.stage, kept.n::bigint as n from unnest(
                       array['identified', 'requested', 'connected', 'asked', 'scheduled', 'in_touch', 'declined'], $8::integer[]) kept (stage, n)
                   where $4::uuid is null and $9::uuid is null and $8::integer[] is not null
                   union all
                   select stage, count(*) from contacts
                   where $4::uuid is null and $9::uuid is null and $8::integer[] is null and user_id = $1 and deleted_at is null group by stage
                   union all
                   select k.stage, count(*) from contacts k
                   where k.user_id = $1 and k.company_id = $4 and k.deleted_at is null and ($9::uuid is null or exists (
                       select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9))
                   group by k.stage
                   union all
                   select k.stage, count(*) from contact_tags t join contacts k on k.user_id = $1 and k.id = t.contact_id
                   where $4::uuid is null and t.user_id = $1 and t.tag_id = $9 and k.deleted_at is null group by k.stage
               ),
               counts as (
                   select coalesce(sum(n), 0)::bigint as everyone,
                       (select count(*) from contacts k where k.user_id = $1 and k.next_due <= $3 and k.deleted_at is null
                           and ($4::uuid is null or k.company_id = $4) and ($9::uuid is null or exists (
                               select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9)))
                       + (select count(*) from contacts k where k.user_id = $1 and k.next_turns_on <= $3 and k.deleted_at is null
                           and (k.next_due is null or k.next_due > $3) and ($4::uuid is null or k.company_id = $4)
                           and ($9::uuid is null or exists (
                               select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9))) as due,
                       coalesce(sum(n) filter (where stage = 'identified'), 0)::bigint as identified,
                       coalesce(sum(n) filter (where stage = 'requested'), 0)::bigint as requested,
                       coalesce(sum(n) filter (where stage = 'connected'), 0)::bigint as connected,
                       coalesce(sum(n) filter (where stage = 'asked'), 0)::bigint as asked,
                       coalesce(sum(n) filter (where stage = 'scheduled'), 0)::bigint as scheduled,
                       coalesce(sum(n) filter (where stage in ('spoke', 'in_touch')), 0)::bigint as in_touch,
                       coalesce(sum(n) filter (where stage in ('moved_on', 'declined')), 0)::bigint as resting
                   from counted
               ),"# + $($rows)+ + r#"
               select n.everyone > 0 or exists (select from contacts where user_id = $1 and deleted_at is null) as "anybody!",
                   n.everyone as "everyone!", n.due as "due!", n.identified as "identified!", n.requested as "requested!",
                   n.connected as "connected!", n.asked as "asked!", n.scheduled as "scheduled!", n.in_touch as "in_touch!",
                   n.resting as "resting!", coalesce(r.shown, 0) as "shown!",
                   (select name from companies where user_id = $1 and id = $4 and deleted_at is null) as only_at,
                   (select name from tags where user_id = $1 and id = $9) as tagged,
                   case when row_number() over (order by r.sort_key collate "C") = 1 then
                       (select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name_folded)
                       from tags t where t.user_id = $1) end as "tags: Json<Vec<Tag>>",
                   (select string_agg(t.name, ', ' order by t.name_folded) from contact_tags x
                       join tags t on t.user_id = $1 and t.id = x.tag_id
                       where x.user_id = $1 and x.contact_id = r.id) as has,
                   r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ContactId", r.name as "name?", r.pronouns as "pronouns?",
                   r.job_title as "job_title?", r.works_at as "company?",
                   r.stage as "stage?: Stage", r.next_step as "next_step?: Step", r.next_due as "next_due?: Day",
                   r.next_turns_on as "next_turns_on?: Day", r.last_touch_on as "last_touch_on?: Day"
               from counts n left join page r on true
               order by r.sort_key collate "C""#,
            $($args)*
        )
    };
}

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

/// What the list is narrowed to; mostly nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Narrowed {
    /// Those of this company.
    pub company: Option<CompanyId>,
    /// Those with this tag.
    pub tag: Option<TagId>,
}

/// A page of the list, narrowed or whole; `today` is the civil date where the user is, `kept` the numbers of contacts by
/// stage where they were counted before ([`ListRow::by_stage`]).
pub async fn list(
    db: &mut PgConnection,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
    of: Narrowed,
    today: Date,
    kept: Option<&[i32]>,
) -> sqlx::Result<Vec<ListRow>> {
    let by = by.into();
    // Everybody, and the two stages that whole networks stand in, are read in the order of an index until the page is full.
    let by_index = matches!(wanted.filter, Filter::Everyone | Filter::Connected | Filter::Identified);
    if by_index && wanted.search.is_none() && of == Narrowed::default() && wanted.sort != Sort::Company {
        let rows = by_order(&mut *db, by, wanted, today, kept).await?;
        // At either end of the list a page begins or ends with it, wherever the address says.
        let is_full = rows.len() as i64 == PAGE;
        let is_first = wanted.after.is_none() && wanted.before.is_none();
        let is_rest = wanted.before.is_none() && rows.first().is_some_and(|row| row.id.is_some());
        if is_full || is_first || is_rest {
            return Ok(rows);
        }
    }
    by_reading(db, by, wanted, of, today, kept).await
}

/// A page of a plain list, by the index of its order.
async fn by_order(
    db: &mut PgConnection,
    by: Viewer,
    wanted: &Wanted<'_, Filter, Sort>,
    today: Date,
    kept: Option<&[i32]>,
) -> sqlx::Result<Vec<ListRow>> {
    let (user, filter, today) = (by.user_id(), wanted.filter.as_str(), Day(today));
    let (after, before) = (wanted.after.map(SortKey::as_str), wanted.before.map(SortKey::as_str));
    let Narrowed { company, tag } = Narrowed::default();
    match wanted.sort {
        Sort::Touch => {
            in_order!(
                key = "(coalesce(lpad((9999999 - (k.last_touch_on - date '0001-01-01'))::text, 8, '0'), '~')
                    || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                turned = "''::text",
                steady = "",
                of = (user, filter, today, company, after, before, kept, tag)
            )
            .fetch_all(db)
            .await
        }
        Sort::Name => {
            in_order!(
                key = "(chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                turned = "''::text",
                steady = "",
                of = (user, filter, today, company, after, before, kept, tag)
            )
            .fetch_all(db)
            .await
        }
        Sort::Due | Sort::Company => {
            in_order!(
                key = "(coalesce(lpad((k.next_due - date '0001-01-01')::text, 8, '0'), '~')
                    || case when k.stage in ('moved_on', 'declined') then '1' else '0' end
                    || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                turned = "(lpad((k.next_turns_on - date '0001-01-01')::text, 8, '0')
                    || case when k.stage in ('moved_on', 'declined') then '1' else '0' end
                    || chr(31) || left(k.name_folded, 60) || chr(31) || k.id::text) collate \"C\"",
                steady = "and (k.next_turns_on is null or k.next_turns_on > $3)",
                of = (user, filter, today, company, after, before, kept, tag)
            )
            .fetch_all(db)
            .await
        }
    }
}

/// A page of any list: those it shows are read, and sorted.
async fn by_reading(
    db: &mut PgConnection,
    by: Viewer,
    wanted: &Wanted<'_, Filter, Sort>,
    of: Narrowed,
    today: Date,
    kept: Option<&[i32]>,
) -> sqlx::Result<Vec<ListRow>> {
    let key = wanted.search.and_then(IndexKey::of);
    listed!(
        (r#"
           mine as (
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contacts k
               where $4::uuid is null and $9::uuid is null and $2 <> 'due' and $12::text is null and k.user_id = $1 and k.deleted_at is null and k.stage = any(case $2
                   when 'in_touch' then array['spoke', 'in_touch']
                   when 'resting' then array['moved_on', 'declined']
                   when 'everyone' then array['identified', 'requested', 'connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'moved_on', 'declined']
                   else array[$2] end)
               union all
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contacts k
               where $4::uuid is null and $9::uuid is null and $2 <> 'due' and $12::text is not null and k.user_id = $1 and k.deleted_at is null
                   and k.id = any(array(
                       select w.id from contacts w
                       where w.user_id = $1 and w.deleted_at is null
                           and (' ' || w.name_folded || ' ' || coalesce(w.employer_key, '') || ' ' || coalesce(w.job_title_folded, '') || ' '
                               || coalesce(w.email, '')) like $12
                       union
                       select w.id from companies c join contacts w on w.user_id = $1 and w.company_id = c.id and w.deleted_at is null
                       where c.user_id = $1 and c.deleted_at is null and c.name ~ any($10)))
                   and k.stage = any(case $2
                   when 'in_touch' then array['spoke', 'in_touch']
                   when 'resting' then array['moved_on', 'declined']
                   when 'everyone' then array['identified', 'requested', 'connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'moved_on', 'declined']
                   else array[$2] end)
               union all
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contacts k
               where $4::uuid is null and $9::uuid is null and $2 = 'due' and k.user_id = $1 and k.deleted_at is null and k.next_due <= $3
               union all
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contacts k
               where $4::uuid is null and $9::uuid is null and $2 = 'due' and k.user_id = $1 and k.deleted_at is null and k.next_turns_on <= $3
                   and (k.next_due is null or k.next_due > $3)
               union all
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contacts k
               where k.user_id = $1 and k.company_id = $4 and k.deleted_at is null
                   and ($9::uuid is null or exists (
                       select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9))
                   and case $2
                   when 'due' then coalesce(k.next_due <= $3, false) or coalesce(k.next_turns_on <= $3, false)
                   when 'in_touch' then k.stage in ('spoke', 'in_touch')
                   when 'resting' then k.stage in ('moved_on', 'declined')
                   when 'everyone' then true
                   else k.stage = $2 end
               union all
               select k.id, k.stage, k.next_due, k.next_turns_on, k.company_id, k.name, k.name_folded, k.employer, k.employer_key, k.job_title,
                   k.email, k.pronouns, k.next_step, k.last_touch_on
               from contact_tags t join contacts k on k.user_id = $1 and k.id = t.contact_id
               where $4::uuid is null and t.user_id = $1 and t.tag_id = $9 and k.deleted_at is null
                   and case $2
                   when 'due' then coalesce(k.next_due <= $3, false) or coalesce(k.next_turns_on <= $3, false)
                   when 'in_touch' then k.stage in ('spoke', 'in_touch')
                   when 'resting' then k.stage in ('moved_on', 'declined')
                   when 'everyone' then true
                   else k.stage = $2 end
           ),
           listed as (
               select m.*, coalesce(c.name, m.employer) as works_at, case $11
                       when 'due' then coalesce(lpad((case when m.next_turns_on <= $3 then m.next_turns_on else m.next_due end
                               - date '0001-01-01')::text, 8, '0'), '~')
                           || case when m.stage in ('moved_on', 'declined') then '1' else '0' end
                       when 'touch' then coalesce(lpad((9999999 - (m.last_touch_on - date '0001-01-01'))::text, 8, '0'), '~')
                       when 'company' then coalesce('0' || left(coalesce(c.name_key, m.employer_key), 60), '1')
                       else '' end
                   || chr(31) || left(m.name_folded, 60) || chr(31) || m.id as sort_key
               from mine m left join companies c on c.user_id = $1 and c.id = m.company_id and c.deleted_at is null
               where concat_ws(chr(31), m.name, c.name, m.employer, m.job_title, m.email) ~ all($10)
           ),
           ranked as (
               select l.*, count(*) over () as shown, row_number() over (order by l.sort_key collate "C") as rank from listed l
           ),
           start as (
               select case when w.rank > w.shown then greatest(w.shown - $5 + 1, 1) else greatest(w.rank, 1) end as rank
               from (
                   select count(*) as shown, case
                       when $6::text is not null then count(*) filter (where sort_key <= $6 collate "C") + 1
                       when $7::text is not null then count(*) filter (where sort_key < $7 collate "C") + 1 - $5
                       else 1 end as rank
                   from ranked
               ) w
           ),
           page as (
               select * from ranked where rank >= (select rank from start) and rank < (select rank from start) + $5
           )"#),
        by.user_id() as _,
        wanted.filter.as_str(),
        Day(today) as _,
        of.company as _,
        PAGE,
        wanted.after.map(SortKey::as_str),
        wanted.before.map(SortKey::as_str),
        kept,
        of.tag as _,
        &wanted.patterns(),
        wanted.sort.as_str(),
        key.as_ref().map(IndexKey::as_str),
    )
    .fetch_all(db)
    .await
}
