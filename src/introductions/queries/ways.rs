//! SQL of the ways to a company or a person.

use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::ids::{CompanyId, ContactId};
use crate::playbook::path::Candidate;
use crate::playbook::stage::Stage;

/// Where the user wants to get to, and everyone who may help.
pub struct Found {
    /// The person wanted; nothing for a company as a whole.
    pub person_id: Option<ContactId>,
    pub person: Option<String>,
    pub stage: Option<Stage>,
    /// The company, while it is on the list.
    pub company_id: Option<CompanyId>,
    /// Its name, or the person's employer.
    pub company: Option<String>,
    /// Who of those wanted went to a school of the user's.
    pub school_mates: Vec<String>,
    /// Who of those wanted worked for a former employer of the user's.
    pub former_colleagues: Vec<String>,
    pub candidates: Json<Vec<Candidate>>,
}

/// The ways to a company, or else to a contact; nothing if it is not on the list.
///
/// Candidates are all who work there, can introduce the user there or led there before, whoever led the user to someone, and
/// those who share a school or an employer with the user; what of it counts is for the playbook to say.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    company: Option<CompanyId>,
    contact: Option<ContactId>,
) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"with goal as (
               select null::uuid as person_id, null::text as person, null::text as stage, null::uuid as introduced_by,
                   c.id as company_id, c.name as company, c.name_key as key
               from companies c where c.user_id = $1 and c.id = $2 and c.deleted_at is null
               union all
               select k.id, k.name, k.stage, k.introduced_by, c.id, coalesce(c.name, k.employer), k.employer_key
               from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               where k.user_id = $1 and k.id = $3 and k.deleted_at is null
           ),
           -- The first of them where they are many: those who know the user before the others.
           near as (
               select p.id, p.name, p.name_folded, p.warmth, g.person_id is null or p.id = g.person_id as is_wanted
               from goal g cross join lateral (
                   select k.id, k.name, k.name_folded, k.warmth from contacts k
                   where k.user_id = $1 and k.id = g.person_id and k.deleted_at is null
                   union
                   (select k.id, k.name, k.name_folded, k.warmth from contacts k
                   where k.user_id = $1 and k.company_id = g.company_id and k.deleted_at is null
                   order by k.stage in ('identified', 'moved_on', 'declined'),
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], k.warmth),
                       array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], k.closeness), k.id limit 100)
                   union
                   (select k.id, k.name, k.name_folded, k.warmth from contacts k
                   where k.user_id = $1 and k.employer_key = g.key and k.company_id is distinct from g.company_id and k.deleted_at is null
                   limit 100)
               ) p
           )
           select g.person_id as "person_id?: ContactId", g.person as "person?", g.stage as "stage?: Stage",
               g.company_id as "company_id?: CompanyId", g.company as "company?",
               array(select name from near where is_wanted and warmth = 'same_school' order by name_folded) as "school_mates!",
               array(select name from near where is_wanted and warmth = 'same_employer' order by name_folded) as "former_colleagues!",
               (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'job_title', k.job_title,
                       'employer', k.employer, 'stage', k.stage, 'last_touch', k.last_touch_on, 'warmth', k.warmth,
                       'works_there', k.id in (select id from near), 'named_them', coalesce(k.id = g.introduced_by, false),
                       'bridges', (select coalesce(json_agg(json_build_object('id', n.id, 'name', w.name, 'status', n.status) order by n.id), '[]')
                           from introductions n join contacts w on w.user_id = $1 and w.id = n.introduced_id and w.deleted_at is null
                           where n.user_id = $1 and n.introducer_id = k.id and n.deleted_at is null
                               and case when g.person_id is null then w.company_id = g.company_id or w.employer_key = g.key
                                   else w.id = g.person_id end),
                       'led_to', (select coalesce(json_agg(w.name order by w.name_folded, w.id), '[]')
                           from contacts w where w.user_id = $1 and w.introduced_by = k.id and w.id is distinct from g.person_id
                               and w.deleted_at is null and (w.company_id = g.company_id or w.employer_key = g.key)),
                       'led', (select count(*) from contacts o where o.user_id = $1 and o.introduced_by = k.id and o.deleted_at is null)
                       )), '[]')
                   from contacts k
                   where k.user_id = $1 and k.deleted_at is null and k.id is distinct from g.person_id and k.id = any(array(
                       select id from near
                       union (select o.id from contacts o
                           where o.user_id = $1 and o.warmth in ('same_school', 'same_employer') and o.deleted_at is null
                           order by o.last_touch_on desc nulls last, o.id limit 200)
                       union select o.introduced_by from contacts o
                           where o.user_id = $1 and o.introduced_by is not null and o.deleted_at is null
                       -- Looked up and not joined, here and below: a planner that takes the table for a small one joins it whole.
                       union select n.introducer_id from introductions n
                           where n.user_id = $1 and n.deleted_at is null and (
                               select case when g.person_id is null then w.company_id = g.company_id or w.employer_key = g.key
                                   else w.id = g.person_id end
                               from contacts w where w.user_id = $1 and w.id = n.introduced_id and w.deleted_at is null)
                   ))
               ) as "candidates!: Json<Vec<Candidate>>"
           from goal g"#,
        by.into().user_id() as _,
        company as _,
        contact as _,
    )
    .fetch_optional(db)
    .await
}
