//! SQL of the day: one statement for the whole page.

pub mod review;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::agenda::StepRow;
use super::introductions::IntroductionRow;
use super::openings::{CareersRow, OfferRow, OpeningRow};
use super::promises::{PromiseRow, ReferralRow, TaskRow};
use crate::access::Viewer;
use crate::accounts::with_due;
use crate::comments::comment::OpenComment;
use crate::database::{At, Day};
use crate::ids::{ContactId, ImportId, InterviewId};
use crate::playbook::due::Due;
use crate::playbook::ending;
use crate::playbook::event::Kind;
use crate::playbook::talk::Medium;
use crate::suggestions::suggestion::Waiting;

/// A talk that comes.
#[derive(Debug, Deserialize)]
pub struct TalkRow {
    pub id: InterviewId,
    pub contact: ContactId,
    pub name: String,
    pub starts_at: Timestamp,
    pub minutes: i16,
    pub way: Medium,
    pub sources: i64,
    pub questions: i64,
}

/// Everything the page shows.
pub struct WholeDay {
    /// What has a day up to [`Span::until`], of which the rows below are those that have come.
    pub due: Json<Due>,
    pub steps: Json<Vec<StepRow>>,
    pub promises: Json<Vec<PromiseRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    pub tasks: Json<Vec<TaskRow>>,
    /// Openings with a next step of their own.
    pub openings: Json<Vec<OpeningRow>>,
    /// The most wanted company first.
    pub careers: Json<Vec<CareersRow>>,
    pub offers: Json<Vec<OfferRow>>,
    pub talks: Json<Vec<TalkRow>>,
    pub introductions: Json<Vec<IntroductionRow>>,
    /// Connection requests.
    pub requests_this_week: i64,
    /// Pleas for an introduction.
    pub introductions_asked_this_week: i64,
    pub notes_this_month: i64,
    pub talks_this_week: i64,
    /// Those that are not ruled out.
    pub companies: i64,
    pub has_contacts: bool,
    /// Whether anyone was ever asked for anything.
    pub has_asked: bool,
    /// A pasted list of companies, or a file, was previewed and waits.
    pub list_waits: bool,
    pub import_waits: Option<ImportId>,
    pub done_today: Json<Vec<Happened>>,
    pub kept_today: i64,
    /// Who was kept long enough, the first few.
    pub leaving: Json<Vec<LeavingRow>>,
    /// What coaches said that waits for an answer, the oldest first.
    pub comments: Json<Vec<OpenComment>>,
    /// What coaches suggest that waits, the oldest first.
    pub suggested: Json<Vec<Waiting>>,
}

/// Someone who was kept long enough.
#[derive(Debug, Deserialize)]
pub struct LeavingRow {
    pub id: ContactId,
    pub name: String,
    pub leaves_on: Date,
    /// How many there are altogether.
    pub all: i64,
}

/// How often something happened; a talk in writing that was told of twice counts once, as held.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Happened {
    pub kind: Kind,
    pub times: i64,
}

/// The instants and days a list is about.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub today: Date,
    /// The first day of the week.
    pub week: Date,
    /// When the day began.
    pub began: Timestamp,
    /// The last day whose lines are read.
    pub until: Date,
    pub now: Timestamp,
}

/// The day of a person: what is due, the talks that come, the week, and what was done since the day began. Once the search is
/// `over`, only what does not rest then.
pub async fn day(db: impl PgExecutor<'_>, by: impl Into<Viewer>, span: Span, over: bool) -> sqlx::Result<WholeDay> {
    let [quiet, quiet_referrals] = ending::quiet();
    with_due!(
        WholeDay,
        "",
        user = "$1",
        until = "$10::date",
        since = "$3::date - 7",
        over = "$5",
        quiet = "$6::text[]",
        quiet_referrals = "$7::text[]",
        r#"select
               (select whole from due_as_json) as "due!: Json<Due>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select k.id, k.name, k.job_title, k.employer, k.next_step as step,
                       k.next_due as due, k.next_turns_on as turns_on, k.requested_on, k.asked_on, k.talk_on, k.last_touch_on,
                       k.step_after as after, k.step_after_on as after_on, i.id as interview, coalesce(i.way = 'in_writing', false) as in_writing,
                       i.starts_at + make_interval(mins => i.minutes) as talk_ends,
                       case when k.stage = 'identified' and b.stage <> 'declined' and not exists (
                           select from introductions n where n.user_id = $1 and n.introducer_id = b.id and n.introduced_id = k.id
                               and n.status = 'declined' and n.deleted_at is null) then b.name end as introducer,
                       k.occasion_on, o.kind as occasion_kind, o.word as occasion_word,
                       (select count(*) from insights n where n.user_id = $1 and n.interview_id = i.id and n.deleted_at is null) as insights,
                       (select count(*) from action_items a where a.user_id = $1 and a.interview_id = i.id and a.deleted_at is null)
                           as promises
                   from due d join contacts k on k.user_id = $1 and k.id = d.id
                   left join contacts b on b.user_id = $1 and b.id = k.introduced_by and b.deleted_at is null
                   left join lateral (
                       select id, way, starts_at, minutes from informational_interviews
                       where user_id = $1 and contact_id = k.id and deleted_at is null
                           and status = case when k.next_step = 'thank' then 'held' else 'scheduled' end
                       order by starts_at desc limit 1
                   ) i on k.next_step in ('prepare', 'hold', 'thank')
                   left join lateral (
                       select d.kind, d.word from contact_dates d
                       where d.user_id = $1 and d.contact_id = k.id and d.deleted_at is null and d.month = extract(month from k.occasion_on)
                           and (d.day = extract(day from k.occasion_on) or (d.month = 2 and d.day = 29 and extract(day from k.occasion_on) = 28))
                       order by d.id limit 1
                   ) o on k.occasion_on is not null
                   where d.about = 'contact' and d.due <= $2
               ) s) as "steps!: Json<Vec<StepRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select a.id, a.contact_id as contact, k.name, a.whose, a.text, a.due_on as due
                   from due d
                   join action_items a on a.user_id = $1 and a.id = d.id
                   join contacts k on k.user_id = $1 and k.id = a.contact_id
                   where d.about = 'promise' and d.due <= $2
               ) s) as "promises!: Json<Vec<PromiseRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select r.id, k.name, c.name as company, o.title as opening, r.next_step as step, r.next_due as due
                   from due d
                   join referrals r on r.user_id = $1 and r.id = d.id
                   join contacts k on k.user_id = $1 and k.id = r.contact_id
                   join companies c on c.user_id = $1 and c.id = r.company_id
                   left join openings o on o.user_id = $1 and o.id = r.opening_id
                   where d.about = 'referral' and d.due <= $2
               ) s) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select t.id, t.referral_id as referral, k.name, t.whose, t.text, t.due_on as due
                   from due d
                   join referral_tasks t on t.user_id = $1 and t.id = d.id
                   join referrals r on r.user_id = $1 and r.id = t.referral_id
                   join contacts k on k.user_id = $1 and k.id = r.contact_id
                   where d.about = 'task' and d.due <= $2
               ) s) as "tasks!: Json<Vec<TaskRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select o.id, o.title, c.name as company, o.next_step as step, o.next_on as due
                   from due d
                   join openings o on o.user_id = $1 and o.id = d.id
                   join companies c on c.user_id = $1 and c.id = o.company_id
                   where d.about = 'opening' and d.due <= $2
               ) s) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select c.id, c.name from due d join companies c on c.user_id = $1 and c.id = d.id
                   where d.about = 'careers' and (d.due is null or d.due <= $2)
                   order by c.motivation desc, c.posting desc, c.id
               ) s) as "careers!: Json<Vec<CareersRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select o.title, c.name as company, f.answer_by
                   from due d
                   join offers f on f.user_id = $1 and f.id = d.id
                   join openings o on o.user_id = $1 and o.id = f.opening_id
                   join companies c on c.user_id = $1 and c.id = o.company_id
                   where d.about = 'offer' and d.due <= $2
                   order by f.answer_by, f.id
               ) s) as "offers!: Json<Vec<OfferRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select n.id, a.name as introducer, b.name as introduced, coalesce(c.name, b.employer) as company, n.status, n.asked_on
                   from due d
                   join introductions n on n.user_id = $1 and n.id = d.id
                   join contacts a on a.user_id = $1 and a.id = n.introducer_id
                   join contacts b on b.user_id = $1 and b.id = n.introduced_id
                   left join companies c on c.user_id = $1 and c.id = b.company_id
                   where d.about in ('ask_introduction', 'remind_introduction') and d.due <= $2
               ) s) as "introductions!: Json<Vec<IntroductionRow>>",
               (select coalesce(json_agg(to_json(s) order by s.starts_at), '[]') from (
                   select i.id, i.contact_id as contact, k.name, i.starts_at, i.minutes, i.way,
                       (select count(*) from findings f where f.user_id = $1 and f.interview_id = i.id and f.checked_at is not null) as sources,
                       (select count(*) from interview_questions q where q.user_id = $1 and q.interview_id = i.id and q.deleted_at is null) as questions
                   from informational_interviews i join contacts k on k.user_id = $1 and k.id = i.contact_id
                   where i.user_id = $1 and i.starts_at >= $4::timestamptz - interval '4 hours'
                       and i.starts_at + make_interval(mins => i.minutes) > $4 and i.status = 'scheduled' and i.deleted_at is null
                       and k.deleted_at is null
                   order by i.starts_at limit 5
               ) s) as "talks!: Json<Vec<TalkRow>>",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind = 'requested' and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "requests_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind = 'introduction_asked' and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "introductions_asked_this_week!",
               (select count(*) from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked') and t.happened_on >= $8
                       and t.channel = 'linkedin_note' and t.body is not null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "notes_this_month!",
               (select count(distinct coalesce(t.interview_id, t.id)) from touchpoints t
                   where t.user_id = $1 and t.kind in ('held', 'answered_in_writing') and t.happened_on between $3 and $3::date + 6
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "talks_this_week!",
               (select count(*) from companies c where c.user_id = $1 and c.deleted_at is null and c.status <> 'ruled_out') as "companies!",
               exists (select from contacts k where k.user_id = $1 and k.deleted_at is null) as "has_contacts!",
               exists (select from touchpoints t
                   where t.user_id = $1 and t.kind in ('requested', 'introduction_asked', 'asked')
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)) as "has_asked!",
               exists (select from company_lists l where l.user_id = $1 and l.added_at is null) as "list_waits!",
               (select i.id from imports i where i.user_id = $1 and i.status = 'previewed'
                   order by i.created_at desc limit 1) as "import_waits?: ImportId",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select case t.kind when 'answered_in_writing' then 'held' else t.kind end as kind,
                       count(distinct case when t.kind in ('held', 'answered_in_writing') then coalesce(t.interview_id, t.id) else t.id end)
                           as times
                   from touchpoints t
                   where t.user_id = $1 and t.happened_on = $2
                       and t.kind in ('requested', 'introduction_asked', 'second_person_asked', 'asked', 'followed_up',
                           'moving_on_note', 'thanked', 'wrote', 'referral_asked', 'referral_told', 'held', 'answered_in_writing',
                           'prepared', 'accepted', 'answered_yes', 'answered_later', 'answered_no', 'sent_on', 'replied',
                           'scheduled', 'met', 'introduced', 'referral_agreed', 'referral_made', 'referral_declined')
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   group by 1 order by 1
               ) s) as "done_today!: Json<Vec<Happened>>",
               (select count(*) from action_items a where a.user_id = $1 and a.done_at >= $9 and a.deleted_at is null)
                   + (select count(*) from referral_tasks t where t.user_id = $1 and t.done_at >= $9) as "kept_today!",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select k.id, k.name, k.leaves_on, count(*) over () as all
                   from contacts k where k.user_id = $1 and k.leaves_on is not null and k.deleted_at is null
                   order by k.leaves_on, k.id limit 3
               ) s) as "leaving!: Json<Vec<LeavingRow>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select id, name, text, about, of, what from said order by created_at, id
               ) s) as "comments!: Json<Vec<OpenComment>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select g.id, g.by_name, g.kind, g.name, g.why, g.website, g.moment, left(g.body, 1000) as body
                   from suggestions g
                   where g.user_id = $1 and g.taken_at is null and g.dismissed_at is null and g.deleted_at is null
                   order by g.created_at, g.id limit 3
               ) s) as "suggested!: Json<Vec<Waiting>>""#,
        by.into().user_id() as _,
        Day(span.today) as _,
        Day(span.week) as _,
        At(span.now) as _,
        over,
        &quiet,
        &quiet_referrals,
        Day(span.today.first_of_month()) as _,
        At(span.began) as _,
        Day(span.until) as _,
    )
    .fetch_one(db)
    .await
}
