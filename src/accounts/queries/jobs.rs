//! SQL of how jobs fare.

use jiff::Timestamp;
use sqlx::PgExecutor;

use crate::accounts::job::Job;
use crate::database::At;

/// Notes that a job ran, unless the last note is from after `steady_since` and says the same.
pub async fn note(
    db: impl PgExecutor<'_>,
    job: Job,
    problem: Option<&str>,
    now: Timestamp,
    steady_since: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into job_runs as r (job, ran_at, problem) values ($1, $2, $3)
         on conflict (job) do update set ran_at = excluded.ran_at, problem = excluded.problem
             where r.ran_at <= $4 or r.problem is distinct from excluded.problem",
        job as _,
        At(now) as _,
        problem,
        At(steady_since) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
