//! What to do next about an opening, and by when: written in the user's own words.

use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::form::NextForm;
use super::opening::Next;
use super::queries::{self, next};
use super::record::{step_done, step_not_done};
use super::show::ShowPage;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{OpeningChangeId, OpeningId};
use crate::links::with_query;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::words;

/// `POST /openings/{id}/next-steps`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<NextForm>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let parsed = form.parse(today);
    let saved = match &parsed {
        Ok(next) => next::set(visit.db(), by, id, form.version, next.as_ref()).await?,
        Err(_) => false,
    };
    if saved {
        let text = match parsed {
            Ok(Some(Next { step, on: Some(on) })) => format!("Next: {step}, {}.", words::day(on, today)),
            Ok(Some(Next { step, on: None })) => format!("Next: {step}."),
            _ => "There is no next step.".into(),
        };
        return Ok(Done::to(format!("/openings/{id}")).saying(text).into_response());
    }
    let opening = queries::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(match parsed {
        Err(errors) => Page::unprocessable(ShowPage::new(&visit, opening, errors).with_next(form)).into_response(),
        Ok(_) => {
            let mut errors = Errors::default();
            let theirs = opening.next_step.as_deref().unwrap_or("nothing");
            errors.add("next_step", format!("Another tab saved '{theirs}' meanwhile. Save again to keep yours"));
            let form = NextForm { version: opening.version, ..form };
            Page::conflict(ShowPage::new(&visit, opening, errors).with_next(form)).into_response()
        }
    })
}

/// Of the line in the history, made when the form is drawn; and where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneForm {
    id: String,
    back: String,
}

/// `POST /openings/{id}/next-steps/done-marks`: into the history with it.
pub async fn mark_done(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<DoneForm>) -> Result<Done> {
    let back = own_path_or(&form.back, format!("/openings/{id}"));
    let line = form.id.parse().unwrap_or_else(|_| OpeningChangeId::new());
    let done = step_done(&mut visit.acting(), id, line).await?;
    let Some(done) = done else { return Ok(Done::to(back)) };
    let (undo, said) =
        (done.undo(id, line, &back), format!("Done: {}. What comes next for {}?", done.step, done.title));
    Ok(Done::to(back).saying(said).undo(undo))
}

/// What was done, to be put back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Restoration {
    change: String,
    step: String,
    on: String,
    back: String,
}

/// `POST /openings/{id}/next-steps/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Query(done): Query<Restoration>) -> Result<Done> {
    let change: OpeningChangeId = done.change.parse().map_err(|_| Error::NotFound)?;
    let step = Line::parse(&done.step).map_err(|_| Error::NotFound)?;
    let next = Next { step, on: done.on.parse().ok() };
    let to = own_path_or(&done.back, format!("/openings/{id}"));
    if !step_not_done(&mut visit.acting(), id, change, &next).await? {
        return Ok(Done::to(to).saying("Nothing was changed: something else has happened since."));
    }
    Ok(Done::to(to).saying(format!("Undone. Next: {}.", next.step)))
}

/// Until when.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SnoozeForm {
    until: String,
    back: String,
}

/// `POST /openings/{id}/next-steps/snoozes`: the same on a later day.
pub async fn snooze(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<SnoozeForm>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let until: Date = form.until.trim().parse().map_err(|_| Error::Invalid("Choose a day to snooze it to.".into()))?;
    if until <= today || until > today.saturating_add(2.years()) {
        return Err(Error::Invalid("Snooze it to a day after today, within two years.".into()));
    }
    let to = own_path_or(&form.back, format!("/openings/{id}"));
    let before = next::move_to(visit.db(), by, id, until).await?.ok_or(Error::NotFound)?;
    let text = format!("Snoozed to {}.", words::full_day(until, today));
    let undo = format!("/openings/{id}/next-steps/snoozes/undos");
    Ok(match before {
        Some(before) => {
            Done::to(&to).saying(text).undo(with_query(&undo, &[("on", &before.to_string()), ("back", &to)]))
        }
        None => Done::to(to).saying(text),
    })
}

/// The day it was due before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    on: String,
    back: String,
}

/// `POST /openings/{id}/next-steps/snoozes/undos`
pub async fn undo_snooze(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Query(before): Query<Before>) -> Result<Done> {
    let by = visit.by;
    let on = before.on.parse().map_err(|_| Error::NotFound)?;
    next::move_to(visit.db(), by, id, on).await?.ok_or(Error::NotFound)?;
    let to = own_path_or(&before.back, format!("/openings/{id}"));
    Ok(Done::to(to).saying("It's due as before."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_needs_a_step_and_no_step_is_none() {
        let parse = |step: &str, on: &str| {
            let form = NextForm { version: 1, next_step: step.into(), next_on: on.into() };
            form.parse(date(2026, 11, 24)).map_err(|errors| errors.iter().map(|(field, _)| field).collect::<Vec<_>>())
        };
        assert!(parse("", "").is_ok_and(|next| next.is_none()));
        assert!(parse("Send the portfolio", "2026-11-26").is_ok_and(|next| next.unwrap().on.is_some()));
        assert!(parse("Send the portfolio", "").is_ok_and(|next| next.unwrap().on.is_none()));
        assert_eq!(parse("", "2026-11-26").err(), Some(vec!["next_step"]));
        assert_eq!(parse("Wait", "2036-11-26").err(), Some(vec!["next_on"]));
        assert_eq!(parse(&"x".repeat(301), "soon").err(), Some(vec!["next_step", "next_on"]));
    }
}
