//! Lines that are caught: on the page, and by programs.

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::accounts::programs::name::name;
use crate::error::{Error, Result};
use crate::ids::{CapturedLineId, InterviewId};
use crate::interviews::kinds::Catch;
use crate::interviews::queries::captured::{self, NewLine};
use crate::interviews::queries::learned;
use crate::text::Text;

/// A line that was caught. It waits until it is filed after the talk.
pub struct Caught {
    /// The id it will have.
    pub id: CapturedLineId,
    /// What it is.
    pub kind: Catch,
    /// Its words.
    pub text: Text<2_000>,
}

/// Adds lines to a talk, marked with the program that writes them; those that are there already stay as they are.
///
/// # Errors
/// Where there is no such talk, and the database's.
pub async fn catch(
    db: &mut PgConnection,
    by: Owner,
    talk: InterviewId,
    lines: &[Caught],
    now: Timestamp,
) -> Result<()> {
    if !learned::is_there(&mut *db, by, talk).await? {
        return Err(Error::NotFound);
    }
    let program = name(&mut *db, by).await?;
    for line in lines {
        let line = NewLine { id: line.id, kind: line.kind, text: line.text.as_str(), program: program.as_deref() };
        captured::add(&mut *db, by, talk, line, now).await?;
    }
    Ok(())
}
