//! Dates of theirs and reasons to write, on their way into the database.

use jiff::ToSpan;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::Story;
use crate::demo::queries::keeping as queries;
use crate::demo::story::{self, DATES, REASONS};
use crate::playbook::occasion::YearlyDay;

impl Story {
    fn next(&self, it: &story::Date) -> Date {
        self.today.saturating_add(i32::from(it.days_ahead).days())
    }

    fn yearly(&self, it: &story::Date) -> Option<YearlyDay> {
        let next = self.next(it);
        YearlyDay::new(next.month(), next.day(), it.years.map(|years| next.year() - years)).ok()
    }

    /// The dates of someone, as the playbook reads them.
    pub(super) fn dates_of(&self, name: &str) -> Vec<YearlyDay> {
        DATES.iter().filter(|it| it.contact == name).filter_map(|it| self.yearly(it)).collect()
    }

    pub(super) async fn keeping(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        for it in DATES {
            if let Some(day) = self.yearly(it) {
                queries::date(db, self.by, self.known(it.contact)?.0, it, day, self.now).await?;
            }
        }
        for it in REASONS {
            queries::reason(db, self.by, self.known(it.contact)?.0, it, self.now).await?;
        }
        Ok(())
    }
}
