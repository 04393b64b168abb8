//! SQL of the demo account.
//!
//! It fills an account of its own whole, with dates of the past, as a restore would: the one place that writes every room's tables.

pub mod ahead;
pub mod applications;
pub mod dossier;
pub mod example;
pub mod introductions;
pub mod keeping;
pub mod library;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::story::{Action, Asked, Company, Contact, Event, Insight, Talk};
use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::companies::name::NameKey;
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{CompanyId, ContactId, InterviewId, IntroductionId, ReferralId, TouchpointId};
use crate::playbook::message::channel::Channel;
use crate::playbook::standing::Standing;
use crate::playbook::topic::Topic;

/// Keeps what the seeker set.
pub async fn set_preferences(db: &mut PgConnection, by: Owner, preferences: &Preferences) -> sqlx::Result<()> {
    sqlx::query!("update users set preferences = $2 where id = $1", by.user_id() as _, Json(preferences) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// A company of the story.
pub async fn company(db: &mut PgConnection, by: Owner, id: CompanyId, it: &Company, on: Timestamp) -> sqlx::Result<()> {
    let key = NameKey::of(it.name);
    sqlx::query!(
        "insert into companies (user_id, id, name, name_key, website, industry, place, notes, found_by, motivation, posting,
             status, status_reason, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10, $11, $12, $13, $14)",
        by.user_id() as _,
        id as _,
        it.name,
        key.as_str(),
        it.website(),
        it.industry,
        it.place,
        it.note,
        it.found as _,
        it.motivation,
        it.posting,
        it.status as _,
        it.reason,
        At(on) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A contact of the story, with what the playbook makes of the history.
pub async fn contact(
    db: &mut PgConnection,
    by: Owner,
    id: ContactId,
    company: CompanyId,
    it: &Contact,
    standing: &Standing,
    on: Timestamp,
) -> sqlx::Result<()> {
    let profile = it.profile();
    let employer_key = NameKey::of(it.company);
    let (step, due) = standing.next.map_or((None, None), |next| (Some(next.step), next.due));
    sqlx::query!(
        "insert into contacts (user_id, id, name, company_id, employer, employer_key, job_title, profile_url, profile_key, email,
             closeness, warmth, why, live_profile, notes, stage, next_step, next_due, next_turns_on, requested_on, asked_on, talk_on,
             last_touch_on, created_at, occasion_on, name_folded, step_after, step_after_on, pronouns,
             job_title_folded)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, true, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
             $25, $26, $27, $28, $29)",
        by.user_id() as _,
        id as _,
        it.name,
        company as _,
        it.company,
        employer_key.as_str(),
        it.title,
        profile,
        profile.trim_start_matches("https://www.linkedin.com"),
        it.email,
        it.closeness as _,
        it.warmth as _,
        it.why,
        it.note,
        standing.stage as _,
        step as _,
        due.map(Day) as _,
        standing.turns_on.map(Day) as _,
        standing.requested_on.map(Day) as _,
        standing.asked_on.map(Day) as _,
        standing.talk_on.map(Day) as _,
        standing.last_touch.map(Day) as _,
        At(on) as _,
        standing.occasion.map(Day) as _,
        sorted_by(it.name),
        standing.after.map(|(kind, _)| kind) as _,
        standing.after.map(|(_, on)| Day(on)) as _,
        it.pronouns,
        sorted_by(it.title),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who introduced whom, once everyone is there.
pub async fn introduced(db: &mut PgConnection, by: Owner, id: ContactId, introducer: ContactId) -> sqlx::Result<()> {
    sqlx::query!(
        "update contacts set introduced_by = $3 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        introducer as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When and about which talk something happened.
pub struct Happened {
    pub id: TouchpointId,
    pub on: Date,
    pub at: Timestamp,
    pub until: Option<Date>,
    pub channel: Option<Channel>,
    pub interview: Option<InterviewId>,
    pub introduction: Option<IntroductionId>,
    pub referral: Option<ReferralId>,
}

/// A line of a history.
pub async fn touchpoint(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    it: &Event,
    happened: &Happened,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, until, body,
             interview_id, introduction_id, created_at, referral_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12, $8, $13)",
        by.user_id() as _,
        happened.id as _,
        contact as _,
        it.kind as _,
        it.kind.direction() as _,
        happened.channel as _,
        Day(happened.on) as _,
        At(happened.at) as _,
        happened.until.map(Day) as _,
        it.text,
        happened.interview as _,
        happened.introduction as _,
        happened.referral as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A talk of the story.
pub async fn talk(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    (contact, company): (ContactId, CompanyId),
    it: &Talk,
    starts_at: Timestamp,
    set_at: Timestamp,
) -> sqlx::Result<()> {
    let after = it.afterwards.as_ref();
    sqlx::query!(
        "insert into informational_interviews (user_id, id, contact_id, company_id, status, starts_at, minutes, way, place, changed_at,
             notes, time_kept, thanked, summed_up, their_share, confidence_before, confidence_after, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, nullif($11, ''), $12, $12, $12, $13, $14, $15, $10)",
        by.user_id() as _,
        id as _,
        contact as _,
        company as _,
        it.status as _,
        At(starts_at) as _,
        i16::try_from(it.minutes).unwrap_or(15),
        it.way as _,
        it.connect,
        At(set_at) as _,
        it.notes,
        after.map(|_| true),
        after.map(|a| a.they_spoke),
        after.map(|a| a.before),
        after.map(|a| a.after),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A question of a talk, at its place.
pub async fn asked(
    db: &mut PgConnection,
    by: Owner,
    interview: InterviewId,
    position: i16,
    it: &Asked,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into interview_questions (user_id, id, interview_id, topic, text, position, answer)
         values ($1, $2, $3, $4, $5, $6, nullif($7, ''))",
        by.user_id() as _,
        crate::ids::InterviewQuestionId::new() as _,
        interview as _,
        it.topic as _,
        it.question,
        position,
        it.answer,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The talk something came out of, and when.
#[derive(Clone, Copy)]
pub struct From {
    pub interview: InterviewId,
    pub contact: ContactId,
    pub company: CompanyId,
    pub at: Timestamp,
}

/// One thing learned.
pub async fn insight(db: &mut PgConnection, by: Owner, from: From, it: &Insight) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, weight, text, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        by.user_id() as _,
        crate::ids::InsightId::new() as _,
        from.interview as _,
        from.contact as _,
        from.company as _,
        it.topic as _,
        it.weight as _,
        it.text,
        At(from.at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A promise.
pub async fn action_item(db: &mut PgConnection, by: Owner, from: From, it: &Action, due: Date) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, done_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        by.user_id() as _,
        crate::ids::ActionItemId::new() as _,
        from.interview as _,
        from.contact as _,
        it.whose as _,
        it.text,
        Day(due) as _,
        it.done.then_some(At(from.at)) as _,
        At(from.at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A question of the seeker's own.
pub async fn question(db: &mut PgConnection, by: Owner, topic: Topic, text: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into questions (user_id, id, topic, text, created_at) values ($1, $2, $3, $4, $5)",
        by.user_id() as _,
        crate::ids::QuestionId::new() as _,
        topic as _,
        text,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
