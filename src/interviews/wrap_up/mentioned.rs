//! Openings that were spoken of in a talk: each becomes an opening known from inside, confirmed by the one who named it.

use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::spoken_of::add_openings;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, OpeningId};
use crate::interviews::forms::{Captures, OpeningForm};
use crate::interviews::queries::talks;
use crate::interviews::show;
use crate::interviews::view::View;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// `POST /interviews/{id}/openings`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(form): Form<OpeningForm>,
) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let view = View::named(&form.view);
    let mentioned = match form.parse() {
        Ok(mentioned) => mentioned,
        Err(opening_errors) => {
            let captures = Captures { opening: form, opening_errors, ..Captures::fresh(view) };
            return show::again(visit, id, captures).await;
        }
    };
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let mut transaction = visit.db().begin().await?;
    let (title, new) = (mentioned.title.to_string(), form.id.unwrap_or_else(OpeningId::new));
    let added = add_openings(&mut transaction, by, &talk, vec![(new, mentioned)], today, now).await?;
    transaction.commit().await?;
    let text = match added.first().map(|opening| opening.is_confirmed) {
        Some(true) => format!("Added {title}, confirmed open by {}.", talk.first_name()),
        Some(false) => format!("Added {title}."),
        None => format!("{title} is already in your openings."),
    };
    Ok(Done::to(view.address(id)).saying(text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_needs_a_title_and_a_company() {
        let form = |title: &str, company: &str| OpeningForm {
            title: title.into(),
            company: company.into(),
            ..OpeningForm::default()
        };
        let wrong = form("", "").parse().err().unwrap();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["title", "company"]);
        assert!(!form("Second analyst", "Orbit").parse().ok().unwrap().confirmed);
    }
}
