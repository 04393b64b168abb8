//! SQL of the demo's dossiers.

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::database::At;
use crate::demo::story::Insight;
use crate::demo::story::dossier::Found;
use crate::ids::{CompanyId, InsightId, InsightLinkId, InterviewId};
use crate::insights::ties::Tie;

/// What she read herself.
pub async fn research(
    db: &mut PgConnection,
    by: Owner,
    company: CompanyId,
    it: &Insight,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into insights (user_id, id, company_id, topic, weight, text, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        by.user_id() as _,
        InsightId::new() as _,
        company as _,
        it.topic as _,
        it.weight as _,
        it.text,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What she found before a talk.
pub async fn found(db: &mut PgConnection, by: Owner, talk: InterviewId, it: &Found, at: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into findings (user_id, id, interview_id, source, text, checked_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        by.user_id() as _,
        uuid::Uuid::now_v7(),
        talk as _,
        it.source as _,
        it.text,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ties two lines, known by their words.
pub async fn tie(
    db: &mut PgConnection,
    by: Owner,
    (tie, one, other): (Tie, &str, &str),
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into insight_links (user_id, id, insight_id, other_id, kind, created_at)
         with mine as materialized (select user_id, id, text from insights where user_id = $1)
         select a.user_id, $2, least(a.id, b.id), greatest(a.id, b.id), $3, $6
         from mine a join mine b on b.text = $5 where a.text = $4 limit 1",
        by.user_id() as _,
        InsightLinkId::new() as _,
        tie as _,
        one,
        other,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
