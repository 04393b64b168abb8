//! Who was kept long enough: what becomes of them is one press each.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::queries::retention::{self as queries, Leaving};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::list::address;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// People shown at once.
const SHOWN: i64 = 50;

/// The page.
pub const PATH: &str = "/contacts/leaving";

#[derive(Template)]
#[template(path = "contacts/leaving.html")]
struct LeavingPage {
    shell: Shell,
    today: Date,
    people: Vec<Leaving>,
}

impl LeavingPage {
    fn all(&self) -> i64 {
        self.people.first().map_or(0, |person| person.all)
    }

    /// When they were in touch last, and when they go.
    fn line(&self, person: &Leaving) -> String {
        let last = match person.last_touch_on {
            Some(day) => format!("Last in touch {}", words::day(day.0, self.today)),
            None => "Never in touch".to_owned(),
        };
        format!("{last}. To the bin {}.", words::day(person.leaves_on.0, self.today))
    }
}

/// `GET /contacts/leaving`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let people = queries::leaving(visit.db(), by, SHOWN).await?;
    Ok(Page::ok(LeavingPage { shell: visit.shell(Nav::Contacts), today: visit.today(), people }))
}

/// How long to keep someone from now on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    /// Any word but this keeps them a year longer.
    how_long: String,
    back: String,
}

/// How long it was, as the undo's address says.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Was {
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    good: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    leaves: Option<Date>,
    #[serde(skip_serializing_if = "String::is_empty")]
    back: String,
}

/// `POST /contacts/{id}/keepings`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ContactId>, Form(form): Form<KeepForm>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let for_good = form.how_long == "for_good";
    let until = (!for_good).then(|| today.saturating_add(1.year()));
    let was = queries::keep(visit.db(), by, id, until, for_good, None).await?.ok_or(Error::NotFound)?;
    let said = match until {
        Some(day) => format!("You keep {} until {}.", was.name, words::full_day(day, today)),
        None => format!("You keep {} for good.", was.name),
    };
    let undo = Was {
        until: was.retain_until.map(|day| day.0),
        good: was.kept_for_good.is_some(),
        leaves: was.leaves_on.map(|day| day.0),
        back: form.back.clone(),
    };
    let back = own_path_or(&form.back, format!("/contacts/{id}"));
    Ok(Done::to(back).saying(said).undo(address(&format!("/contacts/{id}/keepings/undos"), &undo)))
}

/// `POST /contacts/{id}/keepings/undos`: as it was before; the address says how.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<ContactId>, Query(was): Query<Was>) -> Result<Done> {
    let by = visit.by;
    queries::keep(visit.db(), by, id, was.until, was.good, was.leaves).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(own_path_or(&was.back, format!("/contacts/{id}"))).saying("Undone."))
}
