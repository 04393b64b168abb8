//! How the work in the background fares. Each job writes down when it ran last and what was wrong, for whoever administers.

use super::job::{Job, STEADY};
use super::queries::jobs;
use crate::app::App;
use crate::error::Error;

/// Characters of a problem.
const PROBLEM: usize = 300;

/// Writes down that a job ran, and how. A database that cannot even take that is told of by the job itself.
pub async fn ran<T>(app: &App, job: Job, outcome: &Result<T, Error>) {
    let problem = outcome.as_ref().err().map(|error| error.to_string().chars().take(PROBLEM).collect::<String>());
    let now = app.clock.now();
    let noted = match app.connection().await {
        Ok(mut db) => jobs::note(&mut *db, job, problem.as_deref(), now, now - STEADY).await.map_err(Error::from),
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        tracing::debug!(%error, job = job.as_str(), "that a job ran was not written down");
    }
}
