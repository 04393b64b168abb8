//! The seeker's presses: a suggestion taken over or not, and both undone.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::pages::form::template;
use super::queries::{self, Taken};
use super::suggestion::Kind;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::address::WebAddress;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::companies::queries::{self as companies, NewCompany};
use crate::contacts;
use crate::database::Restored;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, SuggestionId, TemplateId};
use crate::library;
use crate::library::queries::Saved;
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::path::Id;

/// Where it was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackForm {
    back: String,
}

/// What comes of taking one over.
enum Outcome {
    Added,
    /// The seeker has it already.
    There(String),
    /// What has its name now is in its way; nothing is changed.
    InTheWay,
}

fn broken() -> Error {
    Error::Invalid("This suggestion can't be read any more.".into())
}

/// `POST /suggestions/{id}/acceptances`
pub async fn take(mut visit: Visit<Owner>, Id(id): Id<SuggestionId>, Form(form): Form<BackForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    let Some(taken) = queries::take(&mut *transaction, by, id, now).await? else {
        // Pressed twice, it is there.
        let kind = queries::kind(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
        return Ok(Done::to(own_path_or(&form.back, kind.place())).into_response());
    };
    let outcome = match taken.kind {
        Kind::Company => add_company(&mut transaction, by, CompanyId(id.0), &taken, now).await?,
        Kind::Template => add_template(&mut transaction, by, TemplateId(id.0), &taken, now).await?,
    };
    let back = own_path_or(&form.back, taken.kind.place());
    let said = match outcome {
        Outcome::Added => format!("Added {}.", taken.name),
        Outcome::There(name) => match taken.kind {
            Kind::Company => format!("{name} is on your list already."),
            Kind::Template => format!("You already have a template called {name} for this moment."),
        },
        Outcome::InTheWay => {
            transaction.rollback().await?;
            let said = format!("Something else is called {} by now. Rename that one first.", taken.name);
            return Ok(Done::to(back).saying(said).into_response());
        }
    };
    transaction.commit().await?;
    let undo = with_query(&format!("/suggestions/{id}/undos"), &[("back", &back)]);
    Ok(Done::to(back).saying(said).undo(undo).into_response())
}

/// Adds a company as the form of companies does, so that one that is there is found.
async fn add_company(
    db: &mut PgConnection,
    by: Owner,
    id: CompanyId,
    taken: &Taken,
    now: Timestamp,
) -> Result<Outcome> {
    let name = CompanyName::parse(&taken.name).map_err(|_| broken())?;
    let known = companies::known(&mut *db, by, &[name.key().as_str().to_owned()]).await?;
    if let Some(known) = known.into_iter().next() {
        return Ok(Outcome::There(known.name));
    }
    let website = taken.website.as_deref().and_then(|typed| WebAddress::parse(typed).ok());
    let new = NewCompany { id, name, website, found_by: FoundBy::Coach };
    if companies::insert(&mut *db, by, &[new], now).await?.is_empty() {
        // It was taken over before, and is in the bin since.
        return Ok(match companies::restore(&mut *db, by, id).await? {
            Restored::Yes(_) => Outcome::Added,
            Restored::Taken | Restored::Gone => Outcome::InTheWay,
        });
    }
    if let Some(why) = &taken.why {
        companies::note(&mut *db, by, id, &format!("{}: {why}", taken.by_name)).await?;
    }
    contacts::queries::match_employers(&mut *db, by).await?;
    Ok(Outcome::Added)
}

/// Adds a template as the library does.
async fn add_template(
    db: &mut PgConnection,
    by: Owner,
    id: TemplateId,
    taken: &Taken,
    now: Timestamp,
) -> Result<Outcome> {
    let moment = taken.moment.map(|moment| moment.to_string()).unwrap_or_default();
    let form = template(&taken.name, &moment, taken.body.as_deref().unwrap_or_default());
    let described = form.parse(&mut Errors::default()).ok_or_else(broken)?;
    Ok(match library::queries::insert(&mut *db, by, id, &described, now).await? {
        Saved::NameTaken => Outcome::There(taken.name.clone()),
        Saved::Again => match library::queries::restore(&mut *db, by, id).await? {
            Restored::Yes(_) => Outcome::Added,
            Restored::Taken | Restored::Gone => Outcome::InTheWay,
        },
        Saved::As(_) | Saved::Changed | Saved::Gone => Outcome::Added,
    })
}

/// `POST /suggestions/{id}/dismissals`
pub async fn dismiss(mut visit: Visit<Owner>, Id(id): Id<SuggestionId>, Form(form): Form<BackForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let Some((name, kind)) = queries::dismiss(visit.db(), by, id, now).await? else {
        let kind = queries::kind(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        return Ok(Done::to(own_path_or(&form.back, kind.place())));
    };
    let back = own_path_or(&form.back, kind.place());
    let undo = with_query(&format!("/suggestions/{id}/undos"), &[("back", &back)]);
    Ok(Done::to(back).saying(format!("{name} is off your suggestions.")).undo(undo))
}

/// `POST /suggestions/{id}/undos`: it waits again, and what came of it goes into the bin.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<SuggestionId>, Query(query): Query<BackForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    let decided = queries::reopen(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if decided.was_taken {
        match decided.kind {
            Kind::Company => drop(companies::delete(&mut *transaction, by, CompanyId(id.0), now).await?),
            Kind::Template => drop(library::queries::delete(&mut *transaction, by, TemplateId(id.0), now).await?),
        }
    }
    transaction.commit().await?;
    Ok(Done::to(own_path_or(&query.back, decided.kind.place())).saying("Undone."))
}
