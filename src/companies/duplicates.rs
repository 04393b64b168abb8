//! Companies that may be one: why it looks so, and what is to be done about it.

use askama::Template;
use serde::{Deserialize, Serialize};

use super::alike::{Reason, Signs, pairs};
use super::queries::duplicates::{self as queries, CompanyRow};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::address;
use crate::web::page::Page;
use crate::web::pairs::{Pair, Side};
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const PATH: &str = "/companies/duplicates";
/// Pairs that are shown at once.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "companies/duplicates.html")]
struct DuplicatesPage {
    shell: Shell,
    pairs: Vec<Pair>,
    /// There are more than are shown.
    more: bool,
}

/// `GET /companies/duplicates`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let rows = queries::all(visit.db(), by).await?;
    let signs: Vec<Signs<'_>> = rows
        .iter()
        .map(|row| Signs {
            written: &row.name,
            name: &row.name_key,
            website: row.website.as_deref(),
            linkedin: row.linkedin.as_deref(),
        })
        .collect();
    let mut found: Vec<(Reason, &CompanyRow, &CompanyRow)> = pairs(&signs)
        .into_iter()
        .filter_map(|((one, other), reason)| Some((reason, rows.get(one)?, rows.get(other)?)))
        .filter(|(_, stays, goes)| !are_apart(stays, goes))
        .collect();
    found.sort_by_key(|(reason, ..)| *reason);
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let pairs = found
        .into_iter()
        .map(|(reason, stays, goes)| Pair { stays: side(stays), goes: side(goes), reason: reason.in_words() })
        .collect();
    Ok(Page::ok(DuplicatesPage { shell: visit.shell(Nav::Companies), pairs, more }))
}

fn are_apart(one: &CompanyRow, other: &CompanyRow) -> bool {
    one.distinct_from.contains(&other.id) || other.distinct_from.contains(&one.id)
}

fn side(row: &CompanyRow) -> Side {
    let people = match row.people {
        0 => "no one you know".into(),
        n => words::count(n, "person", "people"),
    };
    Side { id: row.id.0, name: row.name.clone(), about: people }
}

/// Which the other one is.
#[derive(Debug, Deserialize, Serialize)]
pub struct OtherForm {
    other: CompanyId,
}

/// `POST /companies/{id}/distinctions`: the two are two companies, for good.
pub async fn part(mut visit: Visit<Owner>, Id(one): Id<CompanyId>, Form(form): Form<OtherForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !queries::part(visit.db(), by, one, form.other, now).await? {
        return Err(Error::NotFound);
    }
    let undo = address(&format!("/companies/{one}/distinctions/undos"), &form);
    Ok(Done::to(PATH).saying("They stay as two companies. You won't be asked again.").undo(undo))
}

/// `POST /companies/{id}/distinctions/undos`
pub async fn ask_again(mut visit: Visit<Owner>, Id(one): Id<CompanyId>, Query(form): Query<OtherForm>) -> Result<Done> {
    let by = visit.by;
    queries::ask_again(visit.db(), by, one, form.other).await?;
    Ok(Done::to(PATH).saying("They may be one company again."))
}
