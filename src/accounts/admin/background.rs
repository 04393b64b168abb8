//! The work in the background, as the page of the installation shows it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::queries::Installation;
use crate::accounts::job::{Job, JobRun};
use crate::web::words;

/// Jobs that should run here.
pub const fn expected(sends_mail: bool) -> &'static [Job] {
    if sends_mail { Job::ALL } else { &[Job::Notices, Job::Reminders, Job::Cleaning] }
}

/// A job as a line.
pub struct JobLine {
    pub job: Job,
    /// When it ran last; never where it has not yet.
    pub ran: Option<String>,
    /// It should have run again.
    pub overdue: bool,
    pub problem: Option<String>,
    /// What waits for it, or comes next.
    pub next: String,
}

/// 'No mail waits.', '3 mails wait, the first since 10:05.'
fn waiting(what: &str, count: i64, since: Option<String>) -> String {
    match since {
        Some(since) if count == 1 => format!("One {what} waits, since {since}."),
        Some(since) => format!("{count} {what}s wait, the first since {since}."),
        None => format!("No {what} waits."),
    }
}

/// A line for each job that should run here.
pub fn lines(
    installation: &Installation,
    expected: &[Job],
    now: Timestamp,
    zone: &TimeZone,
    today: Date,
) -> Vec<JobLine> {
    let moment = |at| words::moment(at, zone, today);
    let next = |job| match job {
        Job::Mail => waiting("mail", installation.mails, installation.mails_since.map(|at| moment(at.0))),
        Job::Notices => waiting("notice", installation.notices, installation.notices_since.map(|at| moment(at.0))),
        Job::Reminders => match installation.next_reminder {
            Some(at) => format!("The next one is looked at {}.", moment(at.0)),
            None => "Nobody has switched one on.".to_owned(),
        },
        Job::Cleaning => "Once a day.".to_owned(),
    };
    let line = |job: &Job| {
        let run: Option<&JobRun> = installation.jobs.iter().find(|run| run.job == *job);
        JobLine {
            job: *job,
            ran: run.map(|run| moment(run.ran_at)),
            overdue: run.is_some_and(|run| run.is_overdue(now)),
            problem: run.and_then(|run| run.problem.clone()),
            next: next(*job),
        }
    };
    expected.iter().map(line).collect()
}
