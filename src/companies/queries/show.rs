//! SQL of a company's page, with its rows.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{HasNotes, Viewer};
use crate::comments::comment::CommentRow;
use crate::companies::company::{FoundBy, Status};
use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId};
use crate::playbook::approach::Peer;
use crate::playbook::event::Kind;
use crate::playbook::path::Candidate;
use crate::playbook::title::NearTitles;
use crate::playbook::{opening, referral};

/// An opening there.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub status: opening::Status,
    pub seen_on: Date,
    pub confirmed_by: Option<String>,
    pub confirmed_on: Option<Date>,
}

/// A referral by someone there, or for a role there.
#[derive(Debug, Deserialize)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub name: String,
    /// The title of the opening; nothing where it is for the company.
    pub opening: Option<String>,
    pub status: referral::Status,
    pub outcome: Option<referral::Outcome>,
    pub next_step: Option<referral::ReferralStep>,
    pub next_due: Option<Date>,
}

/// Something that happened with someone there.
#[derive(Debug, Deserialize)]
pub struct HistoryRow {
    pub contact: ContactId,
    pub name: String,
    pub kind: Kind,
    pub on: Date,
}

/// How much its dossier holds: lines, people who said them, topics with something, topics of which two people spoke or more.
#[derive(Debug, Deserialize)]
pub struct DossierRow {
    pub lines: i64,
    pub people: i64,
    pub topics: i64,
    pub sure: i64,
}

/// A company with everything its page shows.
pub struct CompanyDetail {
    pub id: CompanyId,
    pub name: String,
    pub website: Option<String>,
    pub careers_url: Option<String>,
    pub linkedin_id: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub notes: Option<String>,
    pub found_by: FoundBy,
    pub motivation: i16,
    pub posting: i16,
    pub status: Status,
    pub status_reason: Option<String>,
    pub version: i32,
    /// How many people there are.
    pub people_there: i64,
    /// Who works elsewhere and could introduce the user to someone there.
    pub ways: Json<Vec<Candidate>>,
    pub openings: Json<Vec<OpeningRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    pub history: Json<Vec<HistoryRow>>,
    pub dossier: Json<DossierRow>,
    /// The first hundred of them, as far as it matters for who to ask next.
    pub there: Json<Vec<Peer>>,
    /// What was said with coaches, the oldest first.
    pub comments: Json<Vec<CommentRow>>,
}

impl HasNotes for CompanyDetail {
    fn without_notes(self) -> Self {
        Self { notes: None, status_reason: None, ..self }
    }
}

/// One company, its people, openings and latest history.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: CompanyId,
    target_roles: &[String],
) -> sqlx::Result<Option<CompanyDetail>> {
    let by = by.into();
    let titles = NearTitles::of(target_roles);
    let row = sqlx::query_as!(
        CompanyDetail,
        r#"select c.id as "id: CompanyId", c.name, c.website, c.careers_url, c.linkedin_id, c.industry, c.place, c.notes,
               c.found_by as "found_by: FoundBy", c.motivation, c.posting, c.status as "status: Status", c.status_reason, c.version,
               (select count(*) from contacts p where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null) as "people_there!",
               (select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name, 'job_title', w.job_title,
                       'employer', w.employer, 'stage', w.stage, 'last_touch', w.last_touch_on, 'warmth', w.warmth, 'works_there', false,
                       'bridges', (select coalesce(json_agg(json_build_object('id', n.id, 'name', p.name, 'status', n.status)
                               order by n.id), '[]')
                           from introductions n
                           -- Whom they can introduce are few, and those at the company may be thousands.
                           cross join lateral (select p.name, p.company_id from contacts p
                               where p.user_id = $1 and p.id = n.introduced_id and p.deleted_at is null limit 1) p
                           where n.user_id = $1 and n.introducer_id = w.id and n.deleted_at is null and p.company_id = c.id),
                       'led_to', (select coalesce(json_agg(p.name order by p.name_folded, p.id), '[]')
                           from contacts p where p.user_id = $1 and p.introduced_by = w.id and p.company_id = c.id
                               and p.deleted_at is null)
                       )), '[]')
                   from contacts w
                   where w.user_id = $1 and w.deleted_at is null and w.company_id is distinct from c.id and w.id = any(array(
                       select p.introduced_by from contacts p
                           where p.user_id = $1 and p.introduced_by is not null and p.company_id = c.id and p.deleted_at is null
                       union select n.introducer_id from introductions n
                           cross join lateral (select p.company_id from contacts p
                               where p.user_id = $1 and p.id = n.introduced_id and p.deleted_at is null limit 1) p
                           where n.user_id = $1 and n.deleted_at is null and p.company_id = c.id
                   ))
               ) as "ways!: Json<Vec<Candidate>>",
               (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title, 'status', o.status, 
                       'seen_on', o.seen_on, 'confirmed_by', k.name, 'confirmed_on', o.confirmed_on) order by o.seen_on desc, o.id), '[]')
                   from openings o left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by
                   where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(json_agg(json_build_object('id', r.id, 'name', p.name, 'opening', o.title, 'status', r.status,
                       'outcome', r.outcome, 'next_step', r.next_step, 'next_due', r.next_due)
                       order by array_position(array['made', 'agreed', 'asked', 'to_ask', 'declined', 'withdrawn'], r.status), r.id), '[]')
                   from referrals r
                   join contacts p on p.user_id = r.user_id and p.id = r.contact_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and p.user_id = $1 and r.company_id = c.id and r.deleted_at is null and p.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(json_agg(json_build_object('contact', h.contact_id, 'name', h.name, 'kind', h.kind,
                       'on', h.happened_on) order by h.happened_on desc, h.id desc), '[]')
                   from (
                       select t.id, p.id as contact_id, p.name, t.kind, t.happened_on
                       from (
                           select p.id, p.name from contacts p
                           where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null and p.last_touch_on is not null
                           order by p.last_touch_on desc, p.id desc limit 12
                       ) p
                       cross join lateral (
                           select t.id, t.kind, t.happened_on from touchpoints t
                           where t.user_id = $1 and t.contact_id = p.id and t.direction <> 'none' and t.kind <> 'undone'
                               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                           order by t.happened_on desc, t.id desc limit 12
                       ) t
                       order by t.happened_on desc, t.id desc limit 12
                   ) h
               ) as "history!: Json<Vec<HistoryRow>>",
               (select json_build_object('lines', coalesce(sum(t.lines), 0), 'topics', count(*), 'sure', count(*) filter (where t.people > 1),
                       'people', (select count(distinct n.contact_id) from insights n
                           join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
                           where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and n.hidden_at is null))
                   from (
                       select n.topic, count(*) as lines, count(distinct n.contact_id) as people
                       from insights n left join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
                       where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and n.hidden_at is null
                           and (n.contact_id is null or k.id is not null)
                       group by n.topic) t
               ) as "dossier!: Json<DossierRow>",
               (select coalesce(json_agg(to_json(w)), '[]') from (
                   -- The introducer is looked up and not joined: a planner that takes the table for a small one joins it whole.
                   select p.id, p.company_id as company, p.name, p.job_title, p.stage, p.next_step as step, p.next_due as due,
                       p.requested_on, p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.warmth_said, p.live_profile, p.introduced_by,
                       (select i.name from contacts i where i.user_id = $1 and i.id = p.introduced_by and i.deleted_at is null) as introducer
                   from contacts p
                   where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                   order by p.stage in ('identified', 'moved_on', 'declined'),
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       coalesce(array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness),
                           case when p.closeness = 'other' then case when ' ' || p.job_title_folded || ' ' like any($4) then 1
                               when ' ' || p.job_title_folded || ' ' like any($5) then 2 end end), p.id
                   limit 100
               ) w) as "there!: Json<Vec<Peer>>",
               (select coalesce(json_agg(json_build_object('id', m.id, 'grant', m.grant_id, 'by_coach', m.by_coach, 'name', m.by_name,
                       'of_message', m.of_message, 'text', m.text, 'created_at', m.created_at, 'edited', m.edited_at is not null,
                       'done', m.done_at is not null) order by m.id), '[]')
                   from comments m where m.user_id = $1 and m.company_id = c.id and m.deleted_at is null
                       and ($3::uuid is null or m.grant_id = $3)
               ) as "comments!: Json<Vec<CommentRow>>"
           from companies c
           where c.user_id = $1 and c.id = $2 and c.deleted_at is null"#,
        by.user_id() as _,
        id as _,
        by.grant() as _,
        &titles.in_role,
        &titles.near,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| by.allowed(row)))
}
