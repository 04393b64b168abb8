//! SQL of what an import wrote, and what became of it.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::ids::ImportId;
use crate::transfer::report::{Touched, Written};

/// What an import wrote and what became of it; with `kept` only what taking the import back would leave.
///
/// Something was done with a row when it has anything an import does not write, or when any other row speaks of it: a column
/// that is added to the tables counts by itself, and a test asks the catalogue for every table that refers to them.
/// A company that comes later ties people to it by itself, which raises their version once; that is no touch.
/// What another import changed, and what giving that back did, raised the version as often as is kept of it, a letter a time; where it still
/// stands, the newer file is the reason, and not the user.
/// Imports once wrote that the people of a file know the user.
pub async fn written(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ImportId,
    kept: bool,
) -> sqlx::Result<Vec<Written>> {
    sqlx::query_as!(
        Written,
        r#"with taken_back as materialized (
               select id from imports where user_id = $1 and status = 'undone' and id <> $2
           ),
           spoken_of as materialized (
               select t.contact_id as id from touchpoints t
                   where t.user_id = $1 and t.import_id is distinct from $2
                       and (t.import_id is null or t.import_id not in (select id from taken_back))
                       and (t.undoes is null or t.undoes not in (select o.id from touchpoints o
                           where o.user_id = $1 and o.import_id in (select id from taken_back)))
                   group by t.contact_id having count(*) > 1
               union select contact_id from informational_interviews where user_id = $1
               union select contact_id from talk_proposals where user_id = $1
               union select contact_id from insights where user_id = $1
               union select contact_id from action_items where user_id = $1
               union select contact_id from contact_dates where user_id = $1
               union select contact_id from contact_tags where user_id = $1
               union select contact_id from comments where user_id = $1
               union select r.contact_id from reasons r
                   where r.user_id = $1 and r.import_id is distinct from $2 and (r.version <> 1 or r.used_by is not null
                       or r.import_id is null or (r.import_id, r.contact_id) not in (
                           select g.import_id, g.contact_id from contact_changes g where g.user_id = $1))
               union select contact_id from referrals where user_id = $1
               union select confirmed_by from openings where user_id = $1
               union select introduced_by from contacts where user_id = $1
               union select introducer_id from introductions where user_id = $1
               union select introduced_id from introductions where user_id = $1
               union select earlier_introducer_id from introductions where user_id = $1
           ),
           jobs as materialized (
               select o.id, o.company_id, o.title, o.title_folded, o.deleted_at is not null as in_bin,
                   o.version <> 1
                   or (select count(*) from opening_changes h where h.user_id = $1 and h.opening_id = o.id)
                       <> case when o.applied_on is null then 1 else 2 end
                   or exists (select from referrals f where f.user_id = $1 and f.opening_id = o.id)
                   or exists (select from offers f where f.user_id = $1 and f.opening_id = o.id)
                   or exists (select from sent_documents s where s.user_id = $1 and s.opening_id = o.id)
                   or jsonb_strip_nulls(to_jsonb(o) - '{user_id,id,company_id,title,title_folded,url,status,status_since,seen_on,applied_on,
                           applied_how,import_id,created_at,version}'::text[]) <> '{"source": "posted"}' as is_touched
               from openings o where o.user_id = $1 and o.import_id = $2
           )
           select w.what as "what!: Touched", w.id as "id!", w.name as "name!", w.in_bin as "in_bin!",
               w.is_touched or w.is_newer as "is_touched!", w.is_newer and not w.is_touched as "is_newer!"
           from (
               select 'added' as what, k.id, k.name, k.name_folded as sorted_by, k.deleted_at is not null as in_bin,
                   k.version <> case when c.name_key = k.employer_key and c.created_at > k.created_at then 2 else 1 end
                       + case when h.id is null then 0 else 1 end + coalesce(o.steps, 0)
                   or k.id in (select id from spoken_of where id is not null)
                   or jsonb_strip_nulls(to_jsonb(k) - '{user_id,id,name,name_folded,company_id,employer,employer_key,job_title,job_title_folded,profile_url,profile_key,
                           email,phone,connected_on,stage,next_step,next_due,next_turns_on,occasion_on,requested_on,asked_on,talk_on,last_touch_on,
                           step_after,step_after_on,leaves_on,said_name,said_employer,said_job_title,said_email,import_id,created_at,version}'::text[]
                           - case when h.after ->> 'notes' = k.notes or k.notes = any(o.notes) then 'notes' else '' end)
                       not in ('{"closeness": "other", "warmth": "stranger", "live_profile": false}',
                           '{"closeness": "other", "warmth": "knows_me", "live_profile": false}') as is_touched,
                   coalesce(o.standing, 0) > 0 as is_newer
               from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id
               left join contact_changes h on h.user_id = $1 and h.import_id = $2 and h.contact_id = k.id
               -- By each contact's key: joined to all of them, tens of thousands would be compared with each other.
               left join lateral (
                   select count(*) filter (where b.id is null) as standing,
                       coalesce(sum(1 + coalesce(length(g.after ->> 'given_back'), 0)), 0) as steps, array_agg(g.after ->> 'notes') as notes
                   from contact_changes g left join imports b on b.user_id = $1 and b.id = g.import_id and b.status = 'undone'
                   where g.user_id = $1 and g.contact_id = k.id and g.import_id <> $2
               ) o on true
               where k.user_id = $1 and k.import_id = $2
               union all
               select 'changed', k.id, k.name, k.name_folded, k.deleted_at is not null,
                   h.after - '{job_title_folded,notes,given_back}'::text[] <> jsonb_build_object('employer', k.employer, 'employer_key', k.employer_key, 'job_title', k.job_title,
                       'email', k.email, 'profile_url', k.profile_url, 'profile_key', k.profile_key, 'connected_on', k.connected_on)
                       || case when h.after ? 'phone' then jsonb_build_object('phone', k.phone) else '{}' end
                   or (h.after -> 'notes' <> h.before -> 'notes' and h.after ->> 'notes' is distinct from k.notes)
                   or exists (select from touchpoints t
                       where t.user_id = $1 and t.contact_id = k.id and h.touchpoint_id is not null and t.id > h.touchpoint_id
                           and t.import_id is distinct from $2 and t.kind <> 'undone'
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)), false
               from contact_changes h join contacts k on k.user_id = $1 and k.id = h.contact_id
               where h.user_id = $1 and h.import_id = $2 and k.import_id is distinct from $2
               union all
               select 'changed', k.id, k.name, k.name_folded, k.deleted_at is not null, true, false
               from contacts k
               where k.user_id = $1 and k.import_id is distinct from $2
                   and k.id in (select t.contact_id from touchpoints t
                       join touchpoints o on o.user_id = $1 and o.contact_id = t.contact_id and o.id > t.id
                           and o.import_id is distinct from $2 and o.kind <> 'undone'
                       where t.user_id = $1 and t.import_id = $2 and o.user_id = $1
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = o.id))
                   and not exists (select from contact_changes h
                       where h.user_id = $1 and h.import_id = $2 and h.contact_id = k.id)
               union all
               select 'company', c.id, c.name, c.name_key, c.deleted_at is not null,
                   c.version <> 1
                   or jsonb_strip_nulls(to_jsonb(c) - '{user_id,id,name,name_key,import_id,created_at,version}'::text[])
                       not in ('{"found_by": "contacts", "motivation": 0, "posting": 0, "status": "active"}',
                           '{"found_by": "own_idea", "motivation": 0, "posting": 0, "status": "active"}',
                           '{"found_by": "job_board", "motivation": 0, "posting": 0, "status": "active"}')
                   or exists (select from contacts k where k.user_id = $1 and k.company_id = c.id
                       and (k.employer_key is distinct from c.name_key or (k.import_id is null and k.created_at > c.created_at)))
                   or exists (select from openings o where o.user_id = $1 and o.company_id = c.id and o.import_id is distinct from $2)
                   or exists (select from jobs j where j.company_id = c.id and (j.is_touched or j.in_bin))
                   or exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)
                   or exists (select from informational_interviews i where i.user_id = $1 and i.company_id = c.id)
                   or exists (select from insights s where s.user_id = $1 and s.company_id = c.id)
                   or exists (select from comments m where m.user_id = $1 and m.company_id = c.id), false
               from companies c
               where c.user_id = $1 and c.import_id = $2
               union all
               select 'opening', j.id, j.title, j.title_folded, j.in_bin, j.is_touched, false from jobs j
               union all
               select 'applied', o.id, o.title, o.title_folded, o.deleted_at is not null,
                   (m.line ->> 'change')::uuid is distinct from (select h.id from opening_changes h
                       where h.user_id = $1 and h.opening_id = o.id order by h.created_at desc, h.id desc limit 1), false
               from imports i cross join lateral jsonb_array_elements(i.report -> 'marked') as m (line)
               join openings o on o.user_id = $1 and o.id = (m.line ->> 'opening')::uuid
               where i.user_id = $1 and i.id = $2
           ) w
           where not $3 or w.in_bin or w.is_touched or w.is_newer
           order by w.sorted_by, w.id"#,
        by.into().user_id() as _,
        id as _,
        kept,
    )
    .fetch_all(db)
    .await
}
