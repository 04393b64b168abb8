//! Contacts that may be one person: why it looks so, and what is to be done about it.

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::queries::duplicates::{self as queries, MOST, PairRow};
use super::wording::on_day;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::database::Day;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::address;
use crate::web::page::Page;
use crate::web::pairs::{Pair, Side};
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

const PATH: &str = "/contacts/duplicates";

#[derive(Template)]
#[template(path = "contacts/duplicates.html")]
struct DuplicatesPage {
    shell: Shell,
    pairs: Vec<Pair>,
    /// There may be more than are shown.
    more: bool,
}

/// `GET /contacts/duplicates`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let rows = queries::pairs(visit.db(), by).await?;
    let more = rows.len() as i64 == MOST;
    let pairs = rows.into_iter().map(|row| pair(row, today)).collect();
    Ok(Page::ok(DuplicatesPage { shell: visit.shell(Nav::Contacts), pairs, more }))
}

fn pair(row: PairRow, today: Date) -> Pair {
    let reason = reason(&row);
    let side = |id: ContactId, name, about: Option<String>, touch: Option<Day>| {
        let touch = touch.map(|day| format!("last in contact {}", on_day(day.0, today)));
        let parts = [about.filter(|about| !about.is_empty()), touch];
        Side { id: id.0, name, about: parts.into_iter().flatten().collect::<Vec<_>>().join(" · ") }
    };
    Pair {
        stays: side(row.stays, row.stays_name, row.stays_about, row.stays_touch),
        goes: side(row.goes, row.goes_name, row.goes_about, row.goes_touch),
        reason,
    }
}

/// Why the two may be one.
fn reason(row: &PairRow) -> &'static str {
    match (row.same_email, row.same_name, row.same_employer) {
        (true, true, _) => "Same name and e-mail address",
        (true, false, _) => "Same e-mail address",
        (false, true, true) => "Same name and employer",
        (false, true, false) => "Same name",
        (false, false, _) => "Similar name, same employer",
    }
}

/// Who the other one is.
#[derive(Debug, Deserialize, Serialize)]
pub struct OtherForm {
    other: ContactId,
}

/// `POST /contacts/{id}/distinctions`: the two are two people, for good.
pub async fn part(mut visit: Visit<Owner>, Id(one): Id<ContactId>, Form(form): Form<OtherForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = queries::part(visit.db(), by, one, form.other, now).await?.ok_or(Error::NotFound)?;
    let undo = address(&format!("/contacts/{one}/distinctions/undos"), &form);
    Ok(Done::to(PATH).saying(format!("{name} stays as two people. You won't be asked again.")).undo(undo))
}

/// `POST /contacts/{id}/distinctions/undos`
pub async fn ask_again(mut visit: Visit<Owner>, Id(one): Id<ContactId>, Query(form): Query<OtherForm>) -> Result<Done> {
    let by = visit.by;
    queries::ask_again(visit.db(), by, one, form.other).await?;
    Ok(Done::to(PATH).saying("They may be one person again."))
}
