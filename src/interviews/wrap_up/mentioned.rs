//! Openings that were spoken of in a talk: each becomes an opening known from inside, confirmed by the one who named it.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Connection, PgConnection};

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::companies::company::FoundBy;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, OpeningId};
use crate::interviews::forms::{Captures, MentionedOpening, OpeningForm};
use crate::interviews::queries::talks;
use crate::interviews::queries::talks::TalkDetail;
use crate::interviews::show;
use crate::interviews::view::View;
use crate::openings::opening::Source;
use crate::openings::{self, queries, record};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::path::Id;

/// Adds the opening, and its company where it is not on the list; tells what was done.
pub async fn add(
    db: &mut PgConnection,
    by: Owner,
    talk: &TalkDetail,
    id: OpeningId,
    mentioned: &MentionedOpening,
    today: Date,
    now: Timestamp,
) -> Result<String> {
    let company = record::find_or_add(&mut *db, by, mentioned.company.clone(), FoundBy::Contacts, now).await?;
    let title = mentioned.title.as_str();
    let form = openings::form::OpeningForm {
        title: title.to_owned(),
        source: Source::Inside.to_string(),
        ..openings::form::OpeningForm::default()
    };
    let described = form
        .parse(&mut Errors::default(), today)
        .ok_or_else(|| Error::Invalid("The opening could not be read: it needs a title of one line.".into()))?;
    if !queries::insert(&mut *db, by, id, company, &described, now).await? {
        return Ok(format!("{title} is already in your openings."));
    }
    // Only someone who works there can vouch for it.
    let vouched =
        mentioned.confirmed && queries::confirm(&mut *db, by, id, Some((talk.contact_id, today))).await?.is_some();
    Ok(match vouched {
        true => format!("Added {title}, confirmed open by {}.", talk.first_name()),
        false => format!("Added {title}."),
    })
}

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
    let opening = form.id.unwrap_or_else(OpeningId::new);
    let text = add(&mut transaction, by, &talk, opening, &mentioned, today, now).await?;
    transaction.commit().await?;
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
