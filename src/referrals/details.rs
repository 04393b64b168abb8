//! What the user writes down about a referral: how it works there, whom to send what, and why they fit.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::fit::is_unfinished;
use super::queries::{self, Saved, whole};
use super::show::ShowPage;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::ReferralId;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    version: i32,
    notes: String,
}

/// `POST /referrals/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<ReferralId>,
    Form(form): Form<DetailsForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let details = errors.take("notes", Text::<4_000>::parse_optional(&form.notes));
    let saved = match &details {
        Some(details) => queries::set_details(visit.db(), by, id, form.version, details.as_ref()).await?,
        None => Saved::Changed,
    };
    match saved {
        Saved::Yes => return Ok(Done::to(format!("/referrals/{id}")).saying("Saved.").into_response()),
        Saved::Gone => return Err(Error::NotFound),
        Saved::Changed => {}
    }
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let is_conflict = details.is_some();
    let page = ShowPage::new(&visit, referral, "", errors).noted(form.notes, is_conflict);
    Ok(if is_conflict { Page::conflict(page).into_response() } else { Page::unprocessable(page).into_response() })
}

/// The lines on why the user fits, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FitForm {
    version: i32,
    fit: String,
}

impl FitForm {
    fn parse(&self) -> Result<Option<Text<1_500>>, Errors> {
        let mut errors = Errors::default();
        let fit = errors.take("fit", Text::parse_optional(&self.fit));
        if is_unfinished(&self.fit) {
            errors.add("fit", "Finish each line with what you have done, or take it out");
        }
        fit.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// `POST /referrals/{id}/fits`
pub async fn set_fit(mut visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<FitForm>) -> Result<Response> {
    let by = visit.by;
    let parsed = form.parse();
    let saved = match &parsed {
        Ok(fit) => queries::set_fit(visit.db(), by, id, form.version, fit.as_ref()).await?,
        Err(_) => Saved::Changed,
    };
    match (saved, &parsed) {
        (Saved::Yes, Ok(Some(_))) => {
            return Ok(Done::to(format!("/referrals/{id}")).saying("Saved. The message says so now.").into_response());
        }
        (Saved::Yes, _) => return Ok(Done::to(format!("/referrals/{id}")).saying("Saved.").into_response()),
        (Saved::Gone, _) => return Err(Error::NotFound),
        (Saved::Changed, _) => {}
    }
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(match parsed {
        Err(errors) => {
            Page::unprocessable(ShowPage::new(&visit, referral, "", errors).fitting(form.fit)).into_response()
        }
        Ok(_) => {
            let mut errors = Errors::default();
            let theirs = referral.fit.as_deref().unwrap_or("nothing");
            errors.add("fit", format!("Another tab saved '{theirs}' meanwhile. Save again to keep yours"));
            Page::conflict(ShowPage::new(&visit, referral, "", errors).fitting(form.fit)).into_response()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_once_they_are_finished() {
        let parse = |fit: &str| FitForm { version: 1, fit: fit.into() }.parse().map(|fit| fit.map(String::from));
        assert_eq!(parse("- SQL: six years").unwrap().as_deref(), Some("- SQL: six years"));
        assert_eq!(parse(" ").unwrap(), None);
        for wrong in ["- SQL: six years\n- R: ", &"x".repeat(1_501)] {
            assert_eq!(parse(wrong).unwrap_err().iter().map(|(field, _)| field).collect::<Vec<_>>(), ["fit"]);
        }
    }
}
