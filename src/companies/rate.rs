//! Motivation and posting, set from the list or the company's page in one press.

use serde::Deserialize;

use super::before::Was;
use super::company::{Motivation, Posting, posting_words};
use super::queries;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::path::Id;

/// One of the two, and where to return to.
#[derive(Deserialize)]
pub struct RatingForm {
    motivation: Option<String>,
    posting: Option<String>,
    #[serde(default)]
    back: String,
}

/// `POST /companies/{id}/ratings`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<RatingForm>) -> Result<Done> {
    let invalid = |what| Error::Invalid(format!("{what}."));
    let motivation = match form.motivation.as_deref() {
        Some(text) => Some(Motivation::parse(text).ok_or_else(|| invalid("Motivation is a number from 0 to 5"))?),
        None => None,
    };
    let posting = match form.posting.as_deref() {
        Some(text) => Some(Posting::parse(text).ok_or_else(|| invalid("Posting is a number from 0 to 3"))?),
        None => None,
    };
    if motivation.is_none() && posting.is_none() {
        return Err(invalid("Send a motivation from 0 to 5, or a posting from 0 to 3"));
    }
    let by = visit.by;
    let before = queries::rate(visit.db(), by, id, motivation, posting).await?.ok_or(Error::NotFound)?;
    let set = match (motivation, posting) {
        (Some(motivation), _) => format!("motivation {} of 5", motivation.get()),
        (None, posting) => format!("posting {}", posting.map_or("", |posting| posting_words(posting.get()))),
    };
    let back = own_path_or(&form.back, format!("/companies/{id}"));
    Ok(Done::to(&*back).saying(format!("{}: {set}.", before.name)).undo(Was::of(&before, &back).undo(id)))
}

/// `POST /companies/{id}/settings/undos`: motivation, posting and status as they were before the last change.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Query(was): Query<Was>) -> Result<Done> {
    let set = was.parse().ok_or_else(|| Error::Invalid("The address does not say how it was.".into()))?;
    let by = visit.by;
    let to = Done::to(own_path_or(&was.back, format!("/companies/{id}")));
    match queries::set_again(visit.db(), by, id, was.version, &set).await? {
        Some(name) => Ok(to.saying(format!("{name} is as before."))),
        None => {
            queries::name_of(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
            Ok(to.saying("Nothing was changed: something else has happened since."))
        }
    }
}
