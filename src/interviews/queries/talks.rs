//! One talk with everything its pages show.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{HasNotes, Viewer};
use crate::comments::comment::CommentRow;
use crate::companies::search_links::prepare::Source;
use crate::database::At;
use crate::ids::{
    ActionItemId, CapturedLineId, CompanyId, ContactId, InsightId, InterviewId, InterviewQuestionId, ReferralId,
};
use crate::insights::queries::BankRow;
use crate::interviews::kinds::{Catch, ReferralTalk, Speaker, Whose};
use crate::interviews::scheduling::clashes::Other;
use crate::playbook::event::Kind;
use crate::playbook::stage::Stage;
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::{Topic, Weight};
use crate::playbook::warmth::{Closeness, Warmth};

/// A talk, the person, the company, and what was asked, found, learned and promised.
pub struct TalkDetail {
    pub id: InterviewId,
    pub contact_id: ContactId,
    pub company_id: Option<CompanyId>,
    pub status: Status,
    pub starts_at: At,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<String>,
    pub their_time_zone: Option<String>,
    pub sequence: i32,
    pub changed_at: At,
    /// When it really began, once that was said.
    pub started_at: Option<At>,
    pub speaker: Option<Speaker>,
    pub speaking_since: Option<At>,
    pub my_seconds: i32,
    pub their_seconds: i32,
    pub opener: Option<String>,
    pub notes: Option<String>,
    pub notes_version: i32,
    pub time_kept: Option<bool>,
    pub thanked: Option<bool>,
    pub summed_up: Option<bool>,
    pub read_back: Option<bool>,
    pub asked_who_else: Option<bool>,
    pub referral_talk: Option<ReferralTalk>,
    /// Their latest referral at the company that is neither declined nor taken back.
    pub referral: Option<ReferralId>,
    pub how_it_went: Option<i16>,
    pub their_share: Option<i16>,
    pub confidence_before: Option<i16>,
    pub confidence_after: Option<i16>,
    pub version: i32,
    pub person: Json<PersonRow>,
    pub company: Option<Json<CompanyRow>>,
    pub questions: Json<Vec<QuestionRow>>,
    pub findings: Json<Vec<FindingRow>>,
    pub actions: Json<Vec<ActionRow>>,
    pub insights: Json<Vec<InsightRow>>,
    /// What was caught and is not filed yet.
    pub lines: Json<Vec<LineRow>>,
    /// Other talks to come within a day of this one.
    pub others: Json<Vec<Other>>,
    /// Marked as prepared since its time was last set.
    pub prepared: bool,
    /// What was said with coaches, the oldest first.
    pub comments: Json<Vec<CommentRow>>,
    /// What else is known, if it was asked for.
    pub background: Option<Json<Background>>,
}

impl HasNotes for TalkDetail {
    fn without_notes(mut self) -> Self {
        (self.opener, self.notes, self.person.why, self.person.notes) = (None, None, None, None);
        for question in self.questions.iter_mut() {
            question.answer = None;
        }
        self.findings.clear();
        self.insights.clear();
        self.lines.clear();
        Self { background: None, ..self }
    }
}

/// One talk; with everything else known about person and company where `background` is asked for.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: InterviewId,
    background: bool,
) -> sqlx::Result<Option<TalkDetail>> {
    let by = by.into();
    let row = sqlx::query_as!(
        TalkDetail,
        r#"select t.id as "id: InterviewId", t.contact_id as "contact_id: ContactId", c.id as "company_id?: CompanyId",
               t.status as "status: Status", t.starts_at as "starts_at: At", t.minutes, t.way as "way: Medium", t.place,
               t.their_time_zone, t.sequence, t.changed_at as "changed_at: At", t.started_at as "started_at: At",
               t.speaker as "speaker: Speaker", t.speaking_since as "speaking_since: At", t.my_seconds, t.their_seconds, t.opener, t.notes, t.notes_version,
               t.time_kept, t.thanked, t.summed_up, t.read_back, t.asked_who_else, t.referral_talk as "referral_talk: ReferralTalk",
               (select r.id from referrals r
                   where r.user_id = $1 and r.contact_id = t.contact_id and r.company_id = c.id and r.deleted_at is null
                       and r.status not in ('declined', 'withdrawn')
                   order by r.id desc limit 1) as "referral: ReferralId",
               t.how_it_went, t.their_share, t.confidence_before, t.confidence_after, t.version,
               json_build_object('name', k.name, 'job_title', k.job_title, 'profile_url', k.profile_url, 'email', k.email,
                   'phone', k.phone, 'time_zone', k.time_zone, 'stage', k.stage, 'closeness', k.closeness, 'warmth', k.warmth, 'why', k.why, 'introducer', i.name,
                   'notes', case when t.opener is null then k.notes end,
                   'employers', case when t.opener is null then (select coalesce(json_agg(e.employer), '[]') from (
                       select k.employer union select k.said_employer
                       union select h.before ->> 'employer' from contact_changes h where h.user_id = $1 and h.contact_id = k.id
                       union select h.after ->> 'employer' from contact_changes h where h.user_id = $1 and h.contact_id = k.id
                   ) e (employer) where e.employer is not null) else '[]' end) as "person!: Json<PersonRow>",
               case when c.id is not null then json_build_object('id', c.id, 'name', c.name, 'website', c.website,
                   'linkedin_id', c.linkedin_id) end as "company: Json<CompanyRow>",
               (select coalesce(json_agg(json_build_object('id', q.id, 'topic', q.topic, 'text', q.text, 'answer', q.answer,
                       'version', q.version) order by q.position, q.id), '[]')
                   from interview_questions q where q.user_id = $1 and q.interview_id = t.id and q.deleted_at is null
               ) as "questions!: Json<Vec<QuestionRow>>",
               (select coalesce(json_agg(json_build_object('source', f.source, 'text', f.text,
                       'checked', f.checked_at is not null, 'version', f.version)), '[]')
                   from findings f where f.user_id = $1 and f.interview_id = t.id
               ) as "findings!: Json<Vec<FindingRow>>",
               (select coalesce(json_agg(json_build_object('id', a.id, 'whose', a.whose, 'text', a.text, 'due_on', a.due_on,
                       'done', a.done_at is not null, 'dismissed', a.dismissed_at is not null)
                       order by a.done_at is not null, a.dismissed_at is not null, a.due_on nulls last, a.id), '[]')
                   from action_items a where a.user_id = $1 and a.interview_id = t.id and a.deleted_at is null
               ) as "actions!: Json<Vec<ActionRow>>",
               (select coalesce(json_agg(json_build_object('id', n.id, 'topic', n.topic, 'weight', n.weight, 'text', n.text,
                       'in_thank_you', n.in_thank_you, 'program', n.program) order by n.id), '[]')
                   from insights n where n.user_id = $1 and n.interview_id = t.id and n.deleted_at is null
               ) as "insights!: Json<Vec<InsightRow>>",
               (select coalesce(json_agg(json_build_object('id', l.id, 'kind', l.kind, 'text', l.text,
                       'program', l.program) order by l.captured_at, l.id), '[]')
                   from captured_lines l where l.user_id = $1 and l.interview_id = t.id and l.filed_at is null and l.dismissed_at is null
               ) as "lines!: Json<Vec<LineRow>>",
               (select coalesce(json_agg(json_build_object('id', o.id, 'name', p.name, 'starts_at', o.starts_at, 'minutes', o.minutes)
                       order by o.starts_at, o.id), '[]')
                   from informational_interviews o join contacts p on p.user_id = o.user_id and p.id = o.contact_id
                   where o.user_id = $1 and o.id <> t.id and o.status = 'scheduled' and o.way <> 'in_writing' and o.deleted_at is null
                       and p.deleted_at is null and o.starts_at between t.starts_at - interval '1 day' and t.starts_at + interval '1 day'
               ) as "others!: Json<Vec<Other>>",
               exists (
                   select from touchpoints p
                   where p.user_id = $1 and p.interview_id = t.id and p.kind = 'prepared'
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = p.id)
                       and not exists (
                           select from touchpoints s
                           where s.user_id = $1 and s.interview_id = t.id and s.kind in ('scheduled', 'rescheduled') and s.id > p.id
                               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = s.id))
               ) as "prepared!",
               (select coalesce(json_agg(json_build_object('id', m.id, 'grant', m.grant_id, 'by_coach', m.by_coach, 'name', m.by_name,
                       'of_message', m.of_message, 'text', m.text, 'created_at', m.created_at, 'edited', m.edited_at is not null,
                       'done', m.done_at is not null) order by m.id), '[]')
                   from comments m where m.user_id = $1 and m.interview_id = t.id and m.deleted_at is null
                       and ($4::uuid is null or m.grant_id = $4)
               ) as "comments!: Json<Vec<CommentRow>>",
               case when $3 then json_build_object(
                   'notes', k.notes,
                   'company_notes', c.notes,
                   'history', (select coalesce(json_agg(h), '[]') from (
                       select p.kind, p.happened_on as "on" from touchpoints p
                       where p.user_id = $1 and p.contact_id = k.id and p.direction <> 'none' and p.kind <> 'undone'
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = p.id)
                       order by p.happened_on desc, p.id desc limit 8) h),
                   'people', (select coalesce(json_agg(o), '[]') from (
                       select o.id, o.name, o.job_title, o.stage from contacts o
                       where o.user_id = $1 and o.company_id = c.id and o.id <> k.id and o.deleted_at is null
                       order by o.name_folded, o.id limit 20) o),
                   'openings', (select coalesce(json_agg(o), '[]') from (
                       select o.title, o.status from openings o
                       where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
                       order by o.seen_on desc, o.id limit 20) o),
                   'learned', (select coalesce(json_agg(n), '[]') from (
                       select n.topic, n.text, p.name as "by" from insights n
                       join contacts p on p.user_id = n.user_id and p.id = n.contact_id
                       where n.user_id = $1 and p.user_id = $1 and n.interview_id <> t.id and n.deleted_at is null
                           and (n.company_id = c.id or n.contact_id = k.id)
                       order by n.id desc limit 30) n),
                   'talks', (select coalesce(json_agg(o), '[]') from (
                       select o.id, o.starts_at, o.status from informational_interviews o
                       where o.user_id = $1 and o.contact_id = k.id and o.id <> t.id and o.deleted_at is null
                       order by o.starts_at desc limit 10) o),
                   'bank', (select coalesce(json_agg(b), '[]') from (
                       select b.topic, b.text, b.hidden_at is not null as is_hidden from questions b where b.user_id = $1 and b.deleted_at is null
                       order by b.id limit 500) b),
                   'heard', (select coalesce(json_agg(h), '[]') from (
                       select distinct n.topic, n.contact_id as "by" from insights n
                       join contacts p on p.user_id = n.user_id and p.id = n.contact_id and p.deleted_at is null
                       where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and n.hidden_at is null) h),
                   'asked', (select coalesce(json_agg(a.text), '[]') from (
                       select q.text from interview_questions q
                       join informational_interviews o on o.user_id = q.user_id and o.id = q.interview_id
                       where q.user_id = $1 and o.contact_id = k.id and o.id <> t.id and o.status = 'held'
                           and o.deleted_at is null and q.deleted_at is null
                       order by q.id desc limit 100) a)
               ) end as "background: Json<Background>"
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           left join contacts i on i.user_id = k.user_id and i.id = k.introduced_by
           left join companies c on c.user_id = t.user_id and c.id = coalesce(t.company_id, k.company_id) and c.deleted_at is null
           where t.user_id = $1 and t.id = $2 and t.deleted_at is null"#,
        by.user_id() as _,
        id as _,
        background,
        by.grant() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| by.allowed(row)))
}

/// The other person.
#[derive(Debug, Deserialize)]
pub struct PersonRow {
    pub name: String,
    pub job_title: Option<String>,
    pub profile_url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Option<String>,
    pub stage: Stage,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub why: Option<String>,
    pub introducer: Option<String>,
    /// What was noted of them, while no opener is kept.
    pub notes: Option<String>,
    /// Where they work or worked, as far as it was written down or files said so, while no opener is kept.
    pub employers: Vec<String>,
}

/// Where they work, if it is on the list.
#[derive(Debug, Deserialize)]
pub struct CompanyRow {
    pub id: CompanyId,
    pub name: String,
    pub website: Option<String>,
    pub linkedin_id: Option<String>,
}

/// A question picked for the talk.
#[derive(Debug, Deserialize)]
pub struct QuestionRow {
    pub id: InterviewQuestionId,
    pub topic: Topic,
    pub text: String,
    pub answer: Option<String>,
    pub version: i32,
}

/// What was found out before the talk.
#[derive(Debug, Deserialize)]
pub struct FindingRow {
    pub source: Source,
    pub text: Option<String>,
    pub checked: bool,
    pub version: i32,
}

/// A promise.
#[derive(Debug, Deserialize)]
pub struct ActionRow {
    pub id: ActionItemId,
    pub whose: Whose,
    pub text: String,
    pub due_on: Option<Date>,
    pub done: bool,
    pub dismissed: bool,
}

/// One thing learned.
#[derive(Debug, Deserialize)]
pub struct InsightRow {
    pub id: InsightId,
    pub topic: Topic,
    pub weight: Option<Weight>,
    pub text: String,
    pub in_thank_you: bool,
    /// The program that wrote it down; nothing where the user did.
    pub program: Option<String>,
}

/// A line that was caught and is not filed yet.
#[derive(Debug, Deserialize)]
pub struct LineRow {
    pub id: CapturedLineId,
    pub kind: Catch,
    pub text: String,
    /// The program that noted it; nothing where the user did.
    pub program: Option<String>,
}

/// Everything else known about person and company, for preparing.
#[derive(Debug, Deserialize)]
pub struct Background {
    pub notes: Option<String>,
    pub company_notes: Option<String>,
    pub history: Vec<HappenedRow>,
    pub people: Vec<ColleagueRow>,
    pub openings: Vec<OpeningRow>,
    pub learned: Vec<LearnedRow>,
    pub talks: Vec<OtherTalkRow>,
    pub bank: Vec<BankRow>,
    /// Who spoke of which topic of the company in other talks.
    pub heard: Vec<Heard>,
    /// What this person was asked in other talks.
    pub asked: Vec<String>,
}

/// Something that happened with the person.
#[derive(Debug, Deserialize)]
pub struct HappenedRow {
    pub kind: Kind,
    pub on: Date,
}

/// Someone else there.
#[derive(Debug, Deserialize)]
pub struct ColleagueRow {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    pub stage: Stage,
}

/// An opening there.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub title: String,
    pub status: crate::playbook::opening::Status,
}

/// What other talks taught about the company.
#[derive(Debug, Deserialize)]
pub struct LearnedRow {
    pub topic: Topic,
    pub text: String,
    pub by: String,
}

/// Another talk with the same person.
#[derive(Debug, Deserialize)]
pub struct OtherTalkRow {
    pub id: InterviewId,
    pub starts_at: Timestamp,
    pub status: Status,
}

/// Someone spoke of a topic.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Heard {
    /// What it was about.
    pub topic: Topic,
    /// Who spoke.
    pub by: ContactId,
}
