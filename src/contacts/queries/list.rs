//! SQL of the list of contacts.

use jiff::civil::Date;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::listed::{ListRow, Narrowed, PAGE, listed};
use super::ordered;
use crate::access::Viewer;
use crate::contacts::listing::{Filter, IndexKey, Sort};
use crate::contacts::tag::Tag;
use crate::database::Day;
use crate::ids::ContactId;
use crate::playbook::{stage::Stage, step::Step};
use crate::web::list::{SortKey, Wanted};

/// A page of the list, narrowed or whole; `today` is the civil date where the user is, `kept` the numbers of contacts by
/// stage where they were counted before ([`ListRow::by_stage`]). Without `tags` nobody's may be told.
pub async fn list(
    db: &mut PgConnection,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
    of: Narrowed,
    today: Date,
    kept: Option<&[i32]>,
    tags: bool,
) -> sqlx::Result<Vec<ListRow>> {
    let by = by.into();
    // Everybody, and the two stages that whole networks stand in, are read in the order of an index until the page is full.
    let by_index = matches!(wanted.filter, Filter::Everyone | Filter::Connected | Filter::Identified);
    if by_index && wanted.search.is_none() && of == Narrowed::default() && wanted.sort != Sort::Company {
        let is_first = wanted.after.is_none() && wanted.before.is_none();
        if let (true, Some(kept)) = (is_first, kept) {
            let rows = ordered::first(&mut *db, by, wanted, today, kept, tags).await?;
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        let rows = ordered::page(&mut *db, by, wanted, today, kept).await?;
        // At either end of the list a page begins or ends with it, wherever the address says.
        let is_full = rows.len() as i64 == PAGE;
        let is_rest = wanted.before.is_none() && rows.first().is_some_and(|row| row.id.is_some());
        if is_full || is_first || is_rest {
            return Ok(rows);
        }
    }
    by_reading(db, by, wanted, of, today, kept).await
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
