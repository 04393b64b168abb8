//! Work in the background: what there is, and what is known of how it went.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

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
pub const STEADY: SignedDuration = SignedDuration::from_mins(5);

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
