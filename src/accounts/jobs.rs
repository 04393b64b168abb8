//! How the work in the background fares. Each job writes down when it ran last and what was wrong, for whoever administers.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::queries::jobs;
use crate::app::App;
use crate::error::Error;
use crate::kinds::kinds;

kinds! {
    /// Work that nobody waits for.
    pub enum Job {
        /// Sending what waits in the queue.
        Mail = "mail", "Mail";
        /// Handing over what waits for a device.
        Notices = "notices", "Notices";
        /// Finding what is to be told now.
        Reminders = "reminders", "Reminders";
        /// Taking out what has had its time, and keeping people no longer than one means to.
        Cleaning = "cleaning", "Cleaning up";
    }
}

/// How long a run that went like the one before is not written down anew.
const STEADY: SignedDuration = SignedDuration::from_mins(5);
/// Characters of a problem.
const PROBLEM: usize = 300;

impl Job {
    /// The longest time from one run that is written down to the next.
    const fn every(self) -> SignedDuration {
        match self {
            Self::Mail | Self::Notices | Self::Reminders => STEADY,
            Self::Cleaning => SignedDuration::from_hours(24),
        }
    }
}

/// A job, as it ran last.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JobRun {
    pub job: Job,
    pub ran_at: Timestamp,
    /// What was wrong; nothing where it went well.
    pub problem: Option<String>,
}

impl JobRun {
    /// Whether it should have run again by now: three times as long ago as it may be.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.ran_at) > self.job.every() * 3
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_overdue_once_it_missed_three_times() {
        let run = |job, minutes| JobRun {
            job,
            ran_at: Timestamp::UNIX_EPOCH - SignedDuration::from_mins(minutes),
            problem: None,
        };
        let overdue = |job, minutes| run(job, minutes).is_overdue(Timestamp::UNIX_EPOCH);
        assert_eq!([15, 16].map(|minutes| overdue(Job::Mail, minutes)), [false, true]);
        assert_eq!([15, 16].map(|minutes| overdue(Job::Reminders, minutes)), [false, true]);
        assert_eq!([72, 73].map(|hours| overdue(Job::Cleaning, hours * 60)), [false, true]);
    }
}
