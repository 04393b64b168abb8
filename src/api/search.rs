//! Searching everything at once.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::answer;
use crate::accounts::programs::caller::Caller;
use crate::search::found::{Hit, Kind, ranked};
use crate::search::queries;
use crate::search::sought::Sought;
use crate::search::wording::hit;
use crate::web::form::Query;
use crate::web::problem::Problem;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    q: String,
}

/// The best of each kind.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// The best first within their kind.
    pub items: Vec<Item>,
}

/// One thing that was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Item {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its page in Inroad.
    pub page: String,
    /// Its name, or whose text it is.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Some of its text, around what was found.
    pub text: String,
}

/// Finds the best of each kind for some words.
///
/// # Errors
/// Where the words are none, and the database's.
pub async fn find(caller: &mut Caller, words: &str) -> Result<Found, Problem> {
    let refused = |detail: String| Problem::new(StatusCode::BAD_REQUEST, detail);
    let sought = Sought::parse(words).map_err(|problem| refused(problem.to_string()))?;
    if words.is_empty() {
        return Err(refused("Say what to look for.".into()));
    }
    let Some(sought) = sought else { return Ok(Found { items: Vec::new() }) };
    let (by, today, zone) = (caller.by, caller.today(), caller.pass.person.zone.clone());
    let rows = queries::find(caller.db(), by, &sought.terms(), today).await?;
    let counts: Vec<_> = rows.iter().filter(|row| !row.near).map(|row| (row.kind, row.counted)).collect();
    let hits: Vec<Hit> = rows.into_iter().map(|row| hit(row, today, &zone)).collect();
    let item =
        |hit: Hit| Item { kind: hit.kind, page: hit.address, title: hit.title, about: hit.about, text: hit.text };
    let items = ranked(&sought, hits, &counts).into_iter().flat_map(|group| group.hits).map(item).collect();
    Ok(Found { items })
}

/// `GET /api/v1/search`
pub async fn show(mut caller: Caller, asked: HeaderMap, Query(query): Query<SearchQuery>) -> Result<Response, Problem> {
    Ok(answer(&asked, &find(&mut caller, &query.q).await?))
}
