//! SQL of a contact's page.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::edit::Named;
use super::keeping::Keeping;
use crate::access::Viewer;
use crate::comments::comment::CommentRow;
use crate::contacts::tag::Tag;
use crate::database::Day;
use crate::ids::{
    ActionItemId, CompanyId, ContactId, InterviewId, IntroductionId, OpeningId, ReferralId, TouchpointId,
};
use crate::playbook::approach::Peer;
use crate::playbook::business_days::WeekStart;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::template::Template;
use crate::playbook::path::{self, Ask, Candidate, Goal, Way};
use crate::playbook::talk;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::playbook::{introduction, opening, referral, stage::Stage, step::Step};

/// Someone at the same company.
#[derive(Debug, Deserialize)]
pub struct Colleague {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
}

/// An introduction to them, or by them, that is on the list.
#[derive(Debug, Deserialize)]
pub struct IntroductionRow {
    pub id: IntroductionId,
    pub introducer_id: ContactId,
    pub introducer: String,
    pub introduced_id: ContactId,
    pub introduced: String,
    pub status: introduction::Status,
    pub asked_on: Option<Date>,
    pub reminded_on: Option<Date>,
}

/// An opening at the company.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub status: opening::Status,
    pub seen_on: Date,
}

/// A talk with them.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub status: talk::Status,
    pub starts_at: Timestamp,
    pub minutes: i16,
    pub way: talk::Medium,
    pub place: Option<String>,
    /// What is to be asked, in order.
    pub questions: Vec<String>,
    /// What was learned, in the order it was written down.
    pub learned: Vec<String>,
    /// Of it, what is ticked for the thank-you.
    pub chosen: Vec<String>,
    /// What the user promised.
    pub mine: Vec<String>,
    /// What they promised.
    pub theirs: Vec<String>,
}

/// Something they offered, still to come.
#[derive(Debug, Deserialize)]
pub struct PromiseRow {
    pub id: ActionItemId,
    pub text: String,
    pub due_on: Option<Date>,
}

/// A referral of theirs.
#[derive(Debug, Deserialize)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub status: referral::Status,
    /// The opening's title, or the company's name.
    pub what: String,
}

/// One line of the history.
#[derive(Debug, Deserialize)]
pub struct HistoryRow {
    pub id: TouchpointId,
    pub kind: Kind,
    pub on: Date,
    pub until: Option<Date>,
    pub channel: Option<Channel>,
    pub body: Option<String>,
    pub note: Option<String>,
    /// A key, or the name of a template of the user's own.
    pub template: Option<String>,
    pub interview: Option<InterviewId>,
    pub referral: Option<ReferralId>,
    pub introduction: Option<IntroductionId>,
    /// The program that wrote it; nothing where the user did.
    pub program: Option<String>,
    pub undone: bool,
}

/// A contact with everything its page shows.
pub struct ContactDetail {
    pub id: ContactId,
    pub name: String,
    /// The target company, while it is on the list.
    pub company_id: Option<CompanyId>,
    /// Its name, or the employer's.
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub profile_url: Option<String>,
    pub email: Option<String>,
    pub pronouns: Option<String>,
    pub phone: Option<String>,
    pub place: Option<String>,
    pub time_zone: Option<String>,
    pub closeness: Closeness,
    pub warmth: Warmth,
    /// Nothing where nobody said so.
    pub warmth_said: Option<bool>,
    pub live_profile: bool,
    pub why: Option<String>,
    pub notes: Option<String>,
    pub retain_until: Option<Day>,
    pub kept_for_good: Option<bool>,
    pub stage: Stage,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub requested_on: Option<Day>,
    pub asked_on: Option<Day>,
    pub talk_on: Option<Day>,
    pub last_touch_on: Option<Day>,
    pub step_after: Option<Kind>,
    pub step_after_on: Option<Day>,
    pub introducer_id: Option<ContactId>,
    pub introducer: Option<String>,
    pub introducer_profile: Option<String>,
    pub introducer_email: Option<String>,
    pub introduced: Json<Vec<Named>>,
    pub introductions: Json<Vec<IntroductionRow>>,
    /// Who could introduce them, while they are not in contact.
    pub ways: Json<Vec<Candidate>>,
    pub colleagues: Json<Vec<Colleague>>,
    pub openings: Json<Vec<OpeningRow>>,
    /// The latest first.
    pub talks: Json<Vec<TalkRow>>,
    pub promises: Json<Vec<PromiseRow>>,
    /// Times the user proposes for a talk, while none is taken.
    pub proposed: Json<Vec<Timestamp>>,
    pub referrals: Json<Vec<ReferralRow>>,
    /// The user's own templates, the newest first.
    pub templates: Json<Vec<Template>>,
    /// The latest first.
    pub history: Json<Vec<HistoryRow>>,
    pub keeping: Json<Keeping>,
    /// Their tags by name.
    pub tags: Json<Vec<Tag>>,
    /// What the user's tags are called that they have not.
    pub other_tags: Vec<String>,
    /// The people at the company, this one among them, as far as it matters for whom to ask, and when.
    pub there: Json<Vec<Peer>>,
    pub requests_this_week: i64,
    pub requests_last_week: i64,
    pub notes_this_month: i64,
    /// What was said with coaches, the oldest first.
    pub comments: Json<Vec<CommentRow>>,
}

impl ContactDetail {
    /// What made the next step the next step, and when.
    pub fn after(&self) -> Option<(Kind, Date)> {
        self.step_after.zip(self.step_after_on.map(|day| day.0))
    }

    /// Whether the talk that comes is held in writing.
    pub fn talks_in_writing(&self) -> bool {
        let coming = self.talks.iter().find(|talk| talk.status == talk::Status::Scheduled);
        coming.is_some_and(|talk| talk.way == talk::Medium::InWriting)
    }

    /// The best three who could introduce them, as far as the page's statement knows: the strong ties. The page of all ways
    /// knows more.
    pub fn best_ways(&self) -> Vec<Way> {
        path::best(&self.goal(), &self.ways)
    }

    /// Who is known to be able to introduce them, while that is still to be asked for.
    pub fn way_in(&self) -> Option<Way> {
        let declined = self.step_after == Some(Kind::IntroductionDeclined);
        let way = path::noted(&self.goal(), &self.ways).filter(|_| self.stage == Stage::Identified)?;
        (matches!(way.ask, Ask::Listed(_)) || !declined).then_some(way)
    }

    fn goal(&self) -> Goal<'_> {
        Goal {
            person: Some((self.id, &self.name)),
            company: self.company.as_deref(),
            company_id: self.company_id,
            ..Goal::default()
        }
    }
}

/// One contact, the people and openings around it, talks, referrals and history; what was sent in the week and month of `today`.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ContactId,
    begins: WeekStart,
    today: Date,
) -> sqlx::Result<Option<ContactDetail>> {
    let by = by.into();
    let row = sqlx::query_as!(
        ContactDetail,
        r#"select k.id as "id: ContactId", k.name, c.id as "company_id?: CompanyId", coalesce(c.name, k.employer) as company,
               k.job_title, k.profile_url, k.email, k.pronouns, k.phone, k.place, k.time_zone, k.closeness as "closeness: Closeness",
               k.warmth as "warmth: Warmth", k.warmth_said, k.live_profile, k.why, k.notes, k.retain_until as "retain_until: Day", k.kept_for_good,
               k.stage as "stage: Stage", k.next_step as "next_step: Step", k.next_due as "next_due: Day",
               k.next_turns_on as "next_turns_on: Day", k.requested_on as "requested_on: Day", k.asked_on as "asked_on: Day",
               k.talk_on as "talk_on: Day", k.last_touch_on as "last_touch_on: Day",
               k.step_after as "step_after: Kind", k.step_after_on as "step_after_on: Day", i.id as "introducer_id?: ContactId",
               i.name as "introducer?", i.profile_url as introducer_profile, i.email as introducer_email,
               (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name_folded, p.id), '[]')
                   from contacts p where p.user_id = $1 and p.introduced_by = k.id and p.deleted_at is null
               ) as "introduced!: Json<Vec<Named>>",
               (select coalesce(json_agg(json_build_object('id', n.id, 'introducer_id', n.introducer_id, 'introducer', a.name,
                       'introduced_id', n.introduced_id, 'introduced', b.name, 'status', n.status, 'asked_on', n.asked_on,
                       'reminded_on', n.reminded_on)
                       order by array_position(array['asked', 'possible', 'made', 'declined'], n.status), n.id), '[]')
                   from introductions n
                   join contacts a on a.user_id = $1 and a.id = n.introducer_id
                   join contacts b on b.user_id = $1 and b.id = n.introduced_id
                   where n.user_id = $1 and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null
                       and (n.introducer_id = k.id or n.introduced_id = k.id)
               ) as "introductions!: Json<Vec<IntroductionRow>>",
               (select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name, 'job_title', w.job_title,
                       'employer', w.employer, 'stage', w.stage, 'last_touch', w.last_touch_on, 'warmth', w.warmth,
                       'works_there', coalesce(w.employer_key = k.employer_key, false), 'named_them', coalesce(w.id = k.introduced_by, false),
                       'bridges', (select coalesce(json_agg(json_build_object('id', n.id, 'name', k.name, 'status', n.status)), '[]')
                           from introductions n where n.user_id = $1 and n.introducer_id = w.id and n.introduced_id = k.id
                               and n.deleted_at is null),
                       'led_to', (select coalesce(json_agg(p.name order by p.name_folded, p.id), '[]')
                           from contacts p where p.user_id = $1 and p.introduced_by = w.id and p.id <> k.id
                               and p.employer_key = k.employer_key and p.deleted_at is null)
                       )), '[]')
                   from contacts w
                   where w.user_id = $1 and w.deleted_at is null and w.id <> k.id and k.stage in ('identified', 'requested') and w.id in (
                       select p.id from contacts p where p.user_id = $1 and p.employer_key = k.employer_key and p.deleted_at is null
                       union select n.introducer_id from introductions n
                           where n.user_id = $1 and n.introduced_id = k.id and n.deleted_at is null
                       union select p.introduced_by from contacts p
                           where p.user_id = $1 and p.deleted_at is null and (p.id = k.id or p.employer_key = k.employer_key)
                   )
               ) as "ways!: Json<Vec<Candidate>>",
               (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'job_title', p.job_title, 'stage', p.stage)
                       order by p.name_folded, p.id), '[]')
                   from (
                       select id, name, name_folded, job_title, stage from contacts
                       where user_id = $1 and id <> k.id and deleted_at is null
                           and (company_id = c.id or employer_key = k.employer_key)
                       order by array_position(array['in_touch', 'spoke', 'scheduled', 'asked', 'connected', 'requested'], stage),
                           name_folded, id
                       limit 8
                   ) p
               ) as "colleagues!: Json<Vec<Colleague>>",
               (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title, 'status', o.status, 'seen_on', o.seen_on)
                       order by o.seen_on desc, o.id), '[]')
                   from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(json_agg(json_build_object('id', t.id, 'status', t.status, 'starts_at', t.starts_at,
                       'minutes', t.minutes, 'way', t.way, 'place', t.place,
                       'questions', (select coalesce(json_agg(q.text order by q.position, q.id), '[]') from interview_questions q
                           where q.user_id = $1 and q.interview_id = t.id and q.deleted_at is null),
                       'learned', (select coalesce(json_agg(n.text order by n.created_at, n.id), '[]') from insights n
                           where n.user_id = $1 and n.interview_id = t.id and n.deleted_at is null),
                       'chosen', (select coalesce(json_agg(n.text order by n.created_at, n.id), '[]') from insights n
                           where n.user_id = $1 and n.interview_id = t.id and n.in_thank_you and n.deleted_at is null),
                       'mine', (select coalesce(json_agg(a.text order by a.created_at, a.id), '[]') from action_items a
                           where a.user_id = $1 and a.interview_id = t.id and a.whose = 'mine' and a.deleted_at is null),
                       'theirs', (select coalesce(json_agg(a.text order by a.created_at, a.id), '[]') from action_items a
                           where a.user_id = $1 and a.interview_id = t.id and a.whose = 'theirs' and a.deleted_at is null)
                       ) order by t.starts_at desc, t.id), '[]')
                   from informational_interviews t where t.user_id = $1 and t.contact_id = k.id and t.deleted_at is null
               ) as "talks!: Json<Vec<TalkRow>>",
               (select coalesce(json_agg(json_build_object('id', a.id, 'text', a.text, 'due_on', a.due_on)
                       order by a.due_on, a.id), '[]')
                   from action_items a where a.user_id = $1 and a.contact_id = k.id and a.whose = 'theirs'
                       and a.done_at is null and a.dismissed_at is null and a.deleted_at is null
               ) as "promises!: Json<Vec<PromiseRow>>",
               (select coalesce(json_agg(json_build_object('key', m.id, 'wording', v.number, 'is_own', true, 'name', m.name,
                       'moment', m.purpose, 'channels', m.channels, 'warmths', m.warmths, 'subject', v.subject, 'body', v.body)
                       order by m.id desc), '[]')
                   from templates m
                   join lateral (
                       select number, subject, body from template_versions
                       where user_id = $1 and template_id = m.id order by number desc limit 1
                   ) v on true
                   where m.user_id = $1 and m.deleted_at is null
               ) as "templates!: Json<Vec<Template>>",
               coalesce((select to_json(array_remove(array[p.first_at, p.second_at, p.third_at], null))
                   from talk_proposals p where p.user_id = $1 and p.contact_id = k.id and p.answered_at is null
               ), '[]') as "proposed!: Json<Vec<Timestamp>>",
               (select coalesce(json_agg(json_build_object('id', f.id, 'status', f.status, 'what', coalesce(o.title, at.name))
                       order by f.created_at desc, f.id), '[]')
                   from referrals f
                   join companies at on at.user_id = $1 and at.id = f.company_id
                   left join openings o on o.user_id = $1 and o.id = f.opening_id
                   where f.user_id = $1 and f.contact_id = k.id and f.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'until', t.until,
                       'channel', t.channel, 'body', t.body, 'note', t.note, 'template', coalesce(m.name, t.template), 'interview', t.interview_id,
                       'referral', t.referral_id, 'introduction', t.introduction_id, 'program', t.program, 'undone', exists (
                           select from touchpoints u where u.user_id = $1 and u.undoes = t.id
                       )) order by t.happened_on desc, t.id desc), '[]')
                   from touchpoints t
                   left join templates m on m.user_id = $1 and m.id::text = t.template
                   where t.user_id = $1 and t.contact_id = k.id and t.kind <> 'undone'
               ) as "history!: Json<Vec<HistoryRow>>",
               (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name_folded), '[]')
                   from contact_tags x join tags t on t.user_id = $1 and t.id = x.tag_id
                   where x.user_id = $1 and x.contact_id = k.id) as "tags!: Json<Vec<Tag>>",
               array(select t.name from tags t where t.user_id = $1 and not exists (
                   select from contact_tags x where x.user_id = $1 and x.contact_id = k.id and x.tag_id = t.id)
                   order by t.name_folded) as "other_tags!",
               json_build_object('rhythm_days', k.rhythm_days, 'occasion_on', k.occasion_on,
                   'dates', (select coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'word', d.word, 'month', d.month,
                           'day', d.day, 'year', d.year, 'version', d.version) order by d.month, d.day, d.id), '[]')
                       from contact_dates d where d.user_id = $1 and d.contact_id = k.id and d.deleted_at is null),
                   'reasons', (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'text', r.text, 'link', r.link,
                           'advice', r.insight_id is not null) order by r.created_at, r.id), '[]')
                       from reasons r where r.user_id = $1 and r.contact_id = k.id and r.deleted_at is null
                           and (r.used_by is null or exists (select from touchpoints u where u.user_id = $1 and u.undoes = r.used_by))),
                   'advice', (select coalesce(json_agg(json_build_object('id', n.id, 'text', n.text) order by n.created_at, n.id), '[]')
                       from insights n join informational_interviews t on t.user_id = $1 and t.id = n.interview_id
                       where n.user_id = $1 and n.contact_id = k.id and n.topic = 'advice' and n.deleted_at is null and t.deleted_at is null
                           and not exists (select from reasons r where r.user_id = $1 and r.insight_id = n.id and r.deleted_at is null))
               ) as "keeping!: Json<Keeping>",
               (select coalesce(json_agg(to_json(w)), '[]') from (
                   select p.id, p.company_id as company, p.name, p.job_title, p.stage, p.next_step as step, p.next_due as due,
                       p.requested_on, p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.live_profile, p.introduced_by,
                       b.name as introducer
                   from contacts p
                   left join contacts b on b.user_id = $1 and b.id = p.introduced_by and b.deleted_at is null
                   where p.user_id = $1 and p.company_id = k.company_id and p.deleted_at is null
                   order by p.id <> k.id, p.stage in ('identified', 'moved_on', 'declined'),
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness), p.id
                   limit 60
               ) w) as "there!: Json<Vec<Peer>>",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked')
                       and t.happened_on between $3::date - 7 and $3::date - 1
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_last_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on >= $4
                       and t.channel = 'linkedin_note' and t.body is not null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "notes_this_month!",
               (select coalesce(json_agg(json_build_object('id', m.id, 'grant', m.grant_id, 'by_coach', m.by_coach, 'name', m.by_name,
                       'of_message', m.of_message, 'text', m.text, 'created_at', m.created_at, 'edited', m.edited_at is not null,
                       'done', m.done_at is not null) order by m.id), '[]')
                   from comments m where m.user_id = $1 and m.contact_id = k.id and m.deleted_at is null
                       and ($5::uuid is null or m.grant_id = $5)
               ) as "comments!: Json<Vec<CommentRow>>"
           from contacts k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           left join contacts i on i.user_id = $1 and i.id = k.introduced_by and i.deleted_at is null
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.user_id() as _,
        id as _,
        Day(begins.week_of(today)) as _,
        Day(today.first_of_month()) as _,
        by.grant() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| by.allowed(row)))
}
