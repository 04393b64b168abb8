//! People who were mentioned in a talk: each becomes a contact introduced by the one who named them.

use axum::response::{IntoResponse, Response};

use super::spoken_of::{Named, add_people};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::forms::{Captures, PersonForm};
use crate::interviews::queries::talks;
use crate::interviews::show;
use crate::interviews::view::View;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// `POST /interviews/{id}/people`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(mut form): Form<PersonForm>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let view = View::named(&form.view);
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    if form.understand(talk.company_name()) {
        let captures = Captures { person: form, person_is_read: true, ..Captures::fresh(view) };
        return show::shown(visit, talk, captures);
    }
    let mentioned = match form.parse() {
        Ok(mentioned) => mentioned,
        Err(person_errors) => {
            let captures = Captures { person: form, person_errors, ..Captures::fresh(view) };
            return show::again(visit, id, captures).await;
        }
    };
    let (name, new) = (mentioned.name.to_string(), form.id.unwrap_or_else(ContactId::new));
    let cadence = visit.person.preferences.cadence.clone();
    let named = Named { talk: &talk, today, cadence: &cadence, now };
    let mut transaction = visit.db().begin().await?;
    let not_added = add_people(&mut transaction, by, named, vec![(new, mentioned)]).await?;
    transaction.commit().await?;
    let text = match not_added.count() {
        0 => format!("Added {name}, suggested by {}.", talk.first_name()),
        _ => not_added.sentences().join(" "),
    };
    Ok(Done::to(view.address(id)).saying(text).into_response())
}
