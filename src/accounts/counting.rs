//! What is due of a search, counted: for the frame of its pages, and for whoever may look at it.

use jiff::civil::Date;
use sqlx::PgExecutor;

use super::preferences::Preferences;
use super::queries::due::due;
use super::queries::rail::Counts;
use crate::access::Viewer;

/// What is due on that day where the person is, and in UTC.
///
/// # Errors
/// Only the database's.
pub async fn count(
    db: impl PgExecutor<'_>,
    by: Viewer,
    preferences: &Preferences,
    (today, utc): (Date, Date),
) -> sqlx::Result<Counts> {
    let (due, comments) = due(db, by, utc, preferences.is_search_over()).await?;
    let on_day = due.on(today, preferences.due_rules());
    let late = on_day.late(&preferences.cadence, today);
    Ok(Counts {
        due: on_day.count(),
        late: late.lines,
        thanks_late: late.thanks,
        comments: usize::try_from(comments).unwrap_or_default(),
    })
}
