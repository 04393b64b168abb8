//! Contacts that may be one person: why it looks so, and what is to be done about it.

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::queries::duplicates::{self as queries, PersonRow};
use super::wording::on_day;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::list::address;
use crate::web::page::Page;
use crate::web::pairs::{Pair, Side};
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use alike::{Reason, Signs, pairs};

mod alike;
mod name;

const PATH: &str = "/contacts/duplicates";
/// Pairs that are shown at once.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "contacts/duplicates.html")]
struct DuplicatesPage {
    shell: Shell,
    pairs: Vec<Pair>,
    /// There are more than are shown.
    more: bool,
}

/// `GET /contacts/duplicates`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let today = visit.today();
    let mut found =
        visit.cached("people who may be one", async |db, by| Ok(alike(&queries::people(db, by).await?))).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let pairs = found.into_iter().map(|found| pair(found, today)).collect();
    Ok(Page::ok(DuplicatesPage { shell: visit.shell(Nav::Contacts), pairs, more }))
}

/// Two who may be one, the first added first.
#[derive(Serialize, Deserialize)]
struct Found {
    reason: Reason,
    one: Person,
    other: Person,
}

/// What is shown of someone.
#[derive(Serialize, Deserialize)]
struct Person {
    id: ContactId,
    name: String,
    about: Option<String>,
    touch: Option<Date>,
}

impl Person {
    fn of(row: &PersonRow) -> Self {
        let about = row.about.clone().filter(|about| !about.is_empty());
        Self { id: row.id, name: row.name.clone(), about, touch: row.touch.map(|day| day.0) }
    }
}

/// The pairs among them, the surest first: those that are shown, and one more where there are more.
fn alike(rows: &[PersonRow]) -> Vec<Found> {
    let signs: Vec<Signs<'_>> = rows.iter().map(signs).collect();
    let mut found: Vec<(Reason, &PersonRow, &PersonRow)> = pairs(&signs)
        .into_iter()
        .filter_map(|((one, other), reason)| Some((reason, rows.get(one)?, rows.get(other)?)))
        .filter(|(_, one, other)| !one.distinct_from.contains(&other.id) && !other.distinct_from.contains(&one.id))
        .collect();
    found.sort_by(|(reason, one, _), (another, other, _)| {
        (reason, &one.name_folded).cmp(&(another, &other.name_folded))
    });
    let shown = found.into_iter().take(SHOWN + 1);
    shown.map(|(reason, one, other)| Found { reason, one: Person::of(one), other: Person::of(other) }).collect()
}

fn signs(row: &PersonRow) -> Signs<'_> {
    Signs {
        name: &row.name_folded,
        employer: row.employer_key.as_deref(),
        company: row.company_id,
        profile: row.profile_key.as_deref(),
        email: row.email.as_deref(),
        phone: row.phone.as_deref(),
    }
}

fn pair(Found { reason, one, other }: Found, today: Date) -> Pair {
    let side = |person: Person| {
        let touch = person.touch.map(|day| format!("last in contact {}", on_day(day, today)));
        let about = [person.about, touch].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Side { id: person.id.0, name: person.name, about }
    };
    // Who has more of a history stays, or who was added before.
    let (stays, goes) = if one.touch.is_some() || other.touch.is_none() { (one, other) } else { (other, one) };
    Pair { stays: side(stays), goes: side(goes), reason: reason.in_words() }
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
