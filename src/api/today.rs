//! What is due today.

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::answer::answer;
use crate::accounts::programs::caller::Caller;
use crate::database::Day;
use crate::export::queries::feed as queries;
use crate::export::wording::said;
use crate::playbook::due::About;
use crate::web::problem::Problem;

/// The day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Today {
    /// Which day it is where the user is.
    pub date: Day,
    /// What has come due up to today, the longest due first.
    pub due: Vec<Due>,
}

/// Something that is due.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Due {
    /// What kind of thing it is about.
    pub about: About,
    /// Which: the contact, promise, referral, task or opening.
    pub id: Uuid,
    /// Since when.
    pub due: Day,
    /// The person, or the company.
    pub name: String,
    /// What to do, in words.
    pub text: String,
}

/// What has come due up to today.
///
/// # Errors
/// Only the database's.
pub async fn day(caller: &mut Caller) -> Result<Today, Problem> {
    let (by, today): (_, Date) = (caller.by, caller.today());
    let over = caller.pass.person.preferences.is_search_over();
    let steps = queries::steps(caller.db(), by, today, over).await?;
    let due = |row: queries::StepRow| Due {
        text: said(&row),
        about: row.about,
        id: row.id,
        due: Day(row.due),
        name: row.name,
    };
    Ok(Today { date: Day(today), due: steps.into_iter().map(due).collect() })
}

/// `GET /api/v1/today`
pub async fn show(mut caller: Caller, asked: HeaderMap) -> Result<Response, Problem> {
    Ok(answer(&asked, &day(&mut caller).await?))
}
