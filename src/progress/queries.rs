//! SQL of progress: the whole ledger in one statement.

use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use super::ledger::{Company, Ledger, Made, Move, Talk, Touch};
use crate::access::Viewer;
use crate::database::Day;
use crate::ids::{ContactId, InterviewId, ReferralId};
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::warmth::Warmth;

/// What a template of the seeker's own is called to whoever reads numbers alone.
const UNNAMED: &str = "A template of their own";

/// What is little beside the touchpoints.
#[derive(Debug, Deserialize)]
struct Rest {
    companies: Vec<Company>,
    moves: Vec<Move>,
    made: Vec<Made>,
    talks: Vec<Talk>,
}

/// A touchpoint, or the one row that holds the rest.
struct Row {
    id: Option<Uuid>,
    kind: Option<Kind>,
    on: Option<Day>,
    contact: Option<ContactId>,
    warmth: Option<Warmth>,
    channel: Option<Channel>,
    template: Option<String>,
    template_version: Option<i32>,
    template_name: Option<String>,
    interview: Option<InterviewId>,
    referral: Option<ReferralId>,
    rest: Option<Json<Rest>>,
}

impl Row {
    fn touch(self) -> Option<Touch> {
        Some(Touch {
            id: self.id?,
            kind: self.kind?,
            on: self.on?.0,
            contact: self.contact?,
            warmth: self.warmth?,
            channel: self.channel,
            template: self.template.zip(self.template_version),
            template_name: self.template_name,
            interview: self.interview,
            referral: self.referral,
        })
    }
}

/// The ledger of a search. Days of companies and talks are those where the person is.
///
/// Touchpoints come as rows and the rest as one more: as JSON, thousands of them would cost several times as much.
pub async fn ledger(db: impl PgExecutor<'_>, by: impl Into<Viewer>, zone: &TimeZone) -> sqlx::Result<Ledger> {
    let by = by.into();
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id as "id?", t.kind as "kind?: Kind", t.happened_on as "on?: Day", t.contact_id as "contact?: ContactId",
               k.warmth as "warmth?: Warmth", t.channel as "channel?: Channel", t.template as "template?",
               t.template_version as "template_version?", m.name as "template_name?", t.interview_id as "interview?: InterviewId",
               t.referral_id as "referral?: ReferralId", null::json as "rest?: Json<Rest>"
           from touchpoints t
           -- Looked up and not joined: of a whole network, few were written to.
           cross join lateral (select k.warmth from contacts k
               where k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null limit 1) k
           left join templates m on m.user_id = $1 and m.id::text = t.template
           where t.user_id = $1
               and t.kind in ('requested', 'introduction_asked', 'accepted', 'introduced', 'replied', 'met', 'asked', 'followed_up',
                   'answered_yes', 'answered_later', 'answered_in_writing', 'answered_no', 'sent_on', 'scheduled', 'held',
                   'referral_asked', 'referral_agreed', 'referral_made', 'referral_declined')
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
           union all
           select null, null, null, null, null, null, null, null, null, null, null, json_build_object(
               'companies', (select coalesce(json_agg(json_build_object('id', c.id,
                       'added_on', (c.created_at at time zone $2)::date,
                       'first_contact_on', (p.first at time zone $2)::date,
                       'coverage', case
                           when exists (select from referrals r where r.user_id = $1 and r.company_id = c.id
                               and r.deleted_at is null and r.status <> 'to_ask') then 'referral'
                           when exists (select from informational_interviews i where i.user_id = $1 and i.company_id = c.id
                               and i.deleted_at is null and i.status = 'held') then 'talked'
                           when p.touched then 'contacted'
                           when p.first is not null then 'found'
                           else 'nobody' end)), '[]')
                   from companies c
                   left join (
                       select q.company_id, min(q.created_at) as first,
                           bool_or(q.requested_on is not null or q.asked_on is not null or q.last_touch_on is not null) as touched
                       from contacts q where q.user_id = $1 and q.deleted_at is null and q.company_id is not null
                       group by q.company_id
                   ) p on p.company_id = c.id
                   where c.user_id = $1 and c.deleted_at is null and c.status <> 'ruled_out'),
               'moves', (select coalesce(json_agg(json_build_object('opening', h.opening_id, 'to', h.status, 'on', h.happened_on)), '[]')
                   from opening_changes h join openings o on o.user_id = $1 and o.id = h.opening_id and o.deleted_at is null
                   where h.user_id = $1),
               'made', (select coalesce(json_agg(json_build_object('id', r.id, 'opening', r.opening_id, 'on', r.made_on)), '[]')
                   from referrals r where r.user_id = $1 and r.deleted_at is null and r.made_on is not null),
               'talks', (select coalesce(json_agg(json_build_object('id', i.id, 'on', (i.starts_at at time zone $2)::date,
                       'before', i.confidence_before, 'after', i.confidence_after, 'their_share', i.their_share)), '[]')
                   from informational_interviews i
                   cross join lateral (select from contacts k
                       where k.user_id = $1 and k.id = i.contact_id and k.deleted_at is null limit 1) k
                   where i.user_id = $1 and i.deleted_at is null and i.status = 'held'))"#,
        by.user_id() as _,
        zone.iana_name().unwrap_or("UTC"),
    )
    .fetch_all(db)
    .await?;
    let mut ledger = Ledger { touches: Vec::with_capacity(rows.len()), ..Ledger::default() };
    for mut row in rows {
        if let Some(Json(rest)) = row.rest.take() {
            ledger =
                Ledger { companies: rest.companies, moves: rest.moves, made: rest.made, talks: rest.talks, ..ledger };
        }
        if !by.reads_names() {
            row.template_name = row.template_name.map(|_| UNNAMED.into());
        }
        ledger.touches.extend(row.touch());
    }
    Ok(ledger.in_order())
}
