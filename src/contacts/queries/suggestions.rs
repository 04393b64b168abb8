//! SQL of who to ask next, and of asking them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId, TouchpointId};
use crate::playbook::approach::Peer;
use crate::playbook::business_days::WeekStart;
use crate::playbook::step::Step;
use crate::playbook::title::{NearTitles, Roles};

/// A company the user aims at.
#[derive(Debug, Deserialize)]
pub struct TargetRow {
    pub id: CompanyId,
    pub name: String,
    pub motivation: i16,
    pub posting: i16,
    pub has_referral: bool,
}

/// Everything the page of suggestions is made of.
pub struct Around {
    /// The active companies, the best first.
    pub targets: Json<Vec<TargetRow>>,
    /// The people at the best hundred of them, at most thirty each, and those at no company on the list whose work is near the role.
    pub people: Json<Vec<Peer>>,
    /// There are contacts of any kind.
    pub has_contacts: bool,
    /// Those at the active companies the user is connected with.
    pub connected: i64,
    /// How many of the companies that are.
    pub connected_at: i64,
    pub requests_this_week: i64,
    pub notes_this_month: i64,
    /// Requests whose day is in this week, or was before it.
    pub requests_planned: i64,
}

/// The people who could be asked and everything that ranks them, seen on `today` by someone who aims at these roles.
pub async fn around(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    target_roles: &[String],
    begins: WeekStart,
    today: Date,
) -> sqlx::Result<Around> {
    let titles = NearTitles::of(target_roles);
    let mut around = sqlx::query_as!(
        Around,
        r#"with targets as (
               select c.id, c.name, c.motivation, c.posting, c.name_key,
                   exists (select from referrals f where f.user_id = $1 and f.company_id = c.id and f.deleted_at is null
                       and f.status in ('asked', 'agreed', 'made')) as has_referral
               from companies c
               where c.user_id = $1 and c.status = 'active' and c.deleted_at is null
               order by c.motivation desc, c.posting desc, c.name_key limit 500
           ),
           -- The best hundred of them at which somebody could be asked for the first time.
           nearest as (
               select t.id from targets t
               where exists (select from contacts p where p.user_id = $1 and p.company_id = t.id and p.deleted_at is null
                   and p.stage in ('identified', 'connected'))
               order by t.motivation desc, t.posting desc, t.name_key limit 100
           ),
           ranked as (
               select p.* from (select id from nearest union all select null) t
               -- Each company's people by themselves: of a whole network, most work elsewhere.
               cross join lateral (
                   (select p.* from contacts p
                   where p.user_id = $1 and p.deleted_at is null and p.company_id = t.id
                   order by p.stage in ('identified', 'moved_on', 'declined'), p.next_due nulls last,
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       coalesce(array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness),
                           case when p.closeness = 'other' then case when ' ' || p.job_title_folded || ' ' like any($4) then 1
                               when ' ' || p.job_title_folded || ' ' like any($5) then 2 end end), p.id
                   limit 30)
                   union all
                   (select p.* from contacts p
                   where t.id is null and p.user_id = $1 and p.deleted_at is null and p.company_id is null and p.closeness <> 'other'
                   order by p.stage in ('identified', 'moved_on', 'declined'), p.next_due nulls last,
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       coalesce(array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness),
                           case when p.closeness = 'other' then case when ' ' || p.job_title_folded || ' ' like any($4) then 1
                               when ' ' || p.job_title_folded || ' ' like any($5) then 2 end end), p.id
                   limit 30)
               ) p
           )
           select (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'motivation', t.motivation, 'posting', t.posting,
                       'has_referral', t.has_referral) order by t.motivation desc, t.posting desc, t.name_key), '[]')
                   from targets t) as "targets!: Json<Vec<TargetRow>>",
               (select coalesce(json_agg(to_json(w)), '[]') from (
                   select p.id, p.company_id as company, p.name, p.job_title, p.stage, p.next_step as step, p.next_due as due,
                       p.requested_on, p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.warmth_said, p.live_profile, p.introduced_by,
                       (select i.name from contacts i where i.user_id = $1 and i.id = p.introduced_by and i.deleted_at is null) as introducer
                   from ranked p
               ) w) as "people!: Json<Vec<Peer>>",
               exists (select from contacts k where k.user_id = $1 and k.deleted_at is null) as "has_contacts!",
               c.people as "connected!", c.companies as "connected_at!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on between $2 and $2::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on >= $3
                       and t.channel = 'linkedin_note' and t.body is not null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "notes_this_month!",
               (select count(*) from contacts k
                   where k.user_id = $1 and k.next_due <= $2::date + 6 and k.next_step = 'request' and k.deleted_at is null
               ) as "requests_planned!"
           from (select count(*) as people, count(distinct k.company_id) as companies from contacts k
               where k.user_id = $1 and k.deleted_at is null and k.company_id in (select id from targets)
                   and k.stage not in ('identified', 'requested', 'moved_on', 'declined')) c"#,
        by.into().user_id() as _,
        Day(begins.week_of(today)) as _,
        Day(today.first_of_month()) as _,
        &titles.in_role,
        &titles.near,
    )
    .fetch_one(db)
    .await?;
    let mut roles = Roles::of(target_roles);
    let people = std::mem::take(&mut around.people.0);
    around.people.0 = people.into_iter().map(|person| person.read_by_title(&mut roles)).collect();
    Ok(around)
}

/// Someone who has not answered, and who might be asked second.
pub struct Pair {
    pub first: String,
    pub second: String,
    /// The next step of the first.
    pub step: Option<Step>,
    pub same_company: bool,
    /// Picking would bring the second forward.
    pub can_be_picked: bool,
    /// The touchpoint to be is in a history already.
    pub again: bool,
}

/// The two of them, if both are there.
pub async fn pair(
    db: impl PgExecutor<'_>,
    by: Owner,
    first: ContactId,
    second: ContactId,
    touchpoint: TouchpointId,
    today: Date,
) -> sqlx::Result<Option<Pair>> {
    sqlx::query_as!(
        Pair,
        r#"select a.name as first, b.name as second, a.next_step as "step: Step",
               coalesce(a.company_id = b.company_id, false) as "same_company!",
               (b.stage in ('identified', 'connected') and (b.next_due is null or b.next_due > $5)) as "can_be_picked!",
               exists (select from touchpoints where user_id = $1 and id = $4) as "again!"
           from contacts a join contacts b on b.user_id = $1 and b.id = $3
           where a.user_id = $1 and a.id = $2 and a.deleted_at is null and b.deleted_at is null"#,
        by.user_id() as _,
        first as _,
        second as _,
        touchpoint as _,
        Day(today) as _,
    )
    .fetch_optional(db)
    .await
}

/// What was picked at one moment, with what was noted of the first person where a second was picked; not what was taken back.
pub async fn picked_at(
    db: impl PgExecutor<'_>,
    by: Owner,
    at: Timestamp,
) -> sqlx::Result<Vec<(ContactId, TouchpointId)>> {
    let rows = sqlx::query!(
        r#"select t.contact_id as "contact: ContactId", t.id as "touchpoint: TouchpointId" from touchpoints t
           where t.user_id = $1 and t.kind in ('picked', 'second_person_asked') and t.created_at = $2
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           order by t.contact_id"#,
        by.user_id() as _,
        At(at) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.contact, row.touchpoint)).collect())
}
