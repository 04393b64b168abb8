//! Insights as lines of a dossier: added by hand, changed, weighed, put out of sight; and each change taken back.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::{CompanyId, InsightId, InterviewId};
use crate::insights::insight::{About, Learned};
use crate::playbook::topic::{Topic, Weight};

/// Adds a line of the user's own research into a company. Nothing happens if its id is there already.
pub async fn add_of_company(
    db: impl PgExecutor<'_>,
    by: Owner,
    company: CompanyId,
    id: InsightId,
    new: &Learned,
    program: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into insights (user_id, id, company_id, topic, weight, text, created_at, program)
         select c.user_id, $3, c.id, $4, $5, $6, $7, $8
         from companies c where c.user_id = $1 and c.id = $2 and c.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        company as _,
        id as _,
        new.topic as _,
        new.weight as _,
        new.text.as_str(),
        At(now) as _,
        program,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A line, with what its page shows.
pub struct InsightRow {
    pub company_id: Option<CompanyId>,
    pub company: Option<String>,
    /// Who said it; nobody where it is the user's own research.
    pub name: Option<String>,
    pub topic: Topic,
    pub weight: Option<Weight>,
    pub text: String,
    pub version: i32,
}

/// One line.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: InsightId) -> sqlx::Result<Option<InsightRow>> {
    sqlx::query_as!(
        InsightRow,
        r#"select c.id as "company_id?: CompanyId", c.name as "company?", k.name as "name?", n.topic as "topic: Topic",
               n.weight as "weight: Weight", n.text, n.version
           from insights n
           left join companies c on c.user_id = n.user_id and c.id = n.company_id and c.deleted_at is null
           left join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
           where n.user_id = $1 and n.id = $2 and n.deleted_at is null and (n.contact_id is null or k.id is not null)"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Saves a line if nobody saved since `version`, and keeps what it said before. False if someone did.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InsightId,
    version: i32,
    new: &Learned,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update insights set before = jsonb_object(array['topic', 'weight', 'text'], array[topic, weight, text]),
             topic = $4, weight = $5, text = $6, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        new.topic as _,
        new.weight as _,
        new.text.as_str(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets how much a line about requirements weighs, and keeps what it said before. False if there is no such line.
pub async fn weigh(db: impl PgExecutor<'_>, by: Owner, id: InsightId, weight: Option<Weight>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update insights set before = jsonb_object(array['topic', 'weight', 'text'], array[topic, weight, text]),
             weight = $3, version = version + 1
         where user_id = $1 and id = $2 and topic = 'requirements' and deleted_at is null",
        by.user_id() as _,
        id as _,
        weight as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a line back what it said before its last change. False if there is nothing to give back.
pub async fn revert(db: impl PgExecutor<'_>, by: Owner, id: InsightId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update insights set topic = before->>'topic', weight = before->>'weight', text = before->>'text', before = null,
             version = version + 1
         where user_id = $1 and id = $2 and before is not null and deleted_at is null",
        by.user_id() as _,
        id as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a line out of sight or, without an instant, back. False if there is no such line.
pub async fn hide(db: impl PgExecutor<'_>, by: Owner, id: InsightId, at: Option<Timestamp>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update insights set hidden_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds insights of a talk. One whose id is there already is left out; all are, where there is no such talk.
pub async fn add_of_talk(
    db: impl PgExecutor<'_>,
    by: Owner,
    talk: InterviewId,
    new: &[(InsightId, Learned)],
    program: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<_> = new.iter().map(|(id, _)| id.0).collect();
    let topics: Vec<_> = new.iter().map(|(_, learned)| learned.topic.to_string()).collect();
    let weights: Vec<_> = new.iter().map(|(_, learned)| learned.weight.map(|weight| weight.to_string())).collect();
    let texts: Vec<_> = new.iter().map(|(_, learned)| learned.text.as_str().to_owned()).collect();
    let of_company: Vec<_> = new.iter().map(|(_, learned)| learned.about == About::Company).collect();
    sqlx::query!(
        "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, weight, text, created_at, program)
         select t.user_id, n.id, t.id, t.contact_id, case when n.of_company then coalesce(t.company_id, k.company_id) end,
             n.topic, n.weight, n.text, $8, $9
         from informational_interviews t join contacts k on k.user_id = t.user_id and k.id = t.contact_id
         cross join unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[]) as n (id, topic, weight, text, of_company)
         where t.user_id = $1 and t.id = $2 and t.deleted_at is null
         on conflict do nothing",
        by.user_id() as _,
        talk as _,
        &ids,
        &topics,
        &weights as &[Option<String>],
        &texts,
        &of_company,
        At(now) as _,
        program,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ticks an insight for the thank-you, or takes the tick away; tells its talk. Own research thanks nobody.
pub async fn tick_insight(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InsightId,
    ticked: bool,
) -> sqlx::Result<Option<InterviewId>> {
    sqlx::query_scalar!(
        r#"update insights set in_thank_you = $3, version = version + 1
           where user_id = $1 and id = $2 and deleted_at is null and interview_id is not null
           returning interview_id as "id!: InterviewId""#,
        by.user_id() as _,
        id as _,
        ticked,
    )
    .fetch_optional(db)
    .await
}

/// Puts an insight in the bin, or without an instant takes it out; tells its talk, which own research has none of.
pub async fn bin_insight(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: InsightId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<Option<InterviewId>>> {
    sqlx::query_scalar!(
        r#"update insights set deleted_at = $3, version = version + 1
           where user_id = $1 and id = $2 and (deleted_at is null) = ($3::timestamptz is not null)
           returning interview_id as "id: InterviewId""#,
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts those insights in the bin.
pub async fn bin_insights(db: impl PgExecutor<'_>, by: Owner, ids: &[InsightId], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update insights set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts what a talk taught in the bin, together with the talk.
pub async fn bin_of_talk(db: impl PgExecutor<'_>, by: Owner, talk: InterviewId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update insights set deleted_at = $3 where user_id = $1 and interview_id = $2 and deleted_at is null",
        by.user_id() as _,
        talk as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings back what went into the bin together with its talk, at that instant.
pub async fn restore_of_talk(db: impl PgExecutor<'_>, by: Owner, talk: InterviewId, at: At) -> sqlx::Result<()> {
    sqlx::query!(
        "update insights set deleted_at = null where user_id = $1 and interview_id = $2 and deleted_at = $3",
        by.user_id() as _,
        talk as _,
        at as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
