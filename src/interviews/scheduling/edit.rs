//! Moving a talk, or changing how and where it is held.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::appointment::said;
use super::form::{Kept, ScheduleForm, as_kept};
use super::moving::{Moved, move_to};
use super::schedule::FormPage;
use super::when;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::queries::changes::Before;
use crate::interviews::queries::listed::{Host, Partner};
use crate::interviews::queries::{changes, listed, talks};
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::path::Id;

/// `GET /interviews/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let kept = Kept {
        starts_at: talk.starts_at,
        minutes: talk.minutes,
        way: talk.way,
        place: talk.place.as_deref(),
        their_time_zone: talk.their_time_zone.as_deref().or(talk.person.time_zone.as_deref()),
        version: talk.version,
    };
    let form = as_kept(&kept, &visit.person.zone);
    let partner = Partner {
        id: talk.contact_id,
        name: talk.person.0.name.clone(),
        job_title: talk.person.0.job_title.clone(),
        company_id: talk.company_id,
        company: talk.company_name().map(str::to_owned),
        time_zone: talk.person.0.time_zone.clone(),
        stage: talk.person.0.stage,
    };
    let host = Host { partner, others: talk.others.0, kept: None };
    let mut page = FormPage::new(&visit, host, form, Some(id));
    page.read(&visit);
    Ok(Page::ok(page))
}

/// `POST /interviews/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(sent): Form<ScheduleForm>,
) -> Result<Response> {
    let by = visit.by;
    let contact = changes::contact_of(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let host = listed::host(visit.db(), by, contact, Some(id)).await?.ok_or(Error::NotFound)?;
    let version = sent.version;
    let preview = !sent.preview.is_empty();
    let mut page = FormPage::new(&visit, host, sent, Some(id));
    let Some(new) = page.read(&visit) else { return Ok(Page::unprocessable(page).into_response()) };
    if preview {
        return Ok(Page::ok(page).into_response());
    }

    let (name, moved) = match move_to(&mut visit.acting(), id, version, &new).await? {
        Moved::Yes { name, is_moved } => (name, is_moved),
        Moved::Gone => return Err(Error::NotFound),
        Moved::Changed(before) => {
            page.theirs = Some(in_words(&visit, &before));
            page.set_version(before.version);
            return Ok(Page::conflict(page).into_response());
        }
    };
    let what = if moved { "The talk is moved" } else { "Saved" };
    let text = said(&visit.person.zone, visit.today(), &new, &name, what) + &page.warning();
    Ok(Done::to(format!("/interviews/{id}")).saying(text).into_response())
}

/// What was saved elsewhere.
fn in_words<P>(visit: &Visit<P>, saved: &Before) -> String {
    let when =
        when::told(saved.starts_at.0, &visit.person.zone, saved.their_time_zone.as_deref(), &saved.name, visit.today());
    let place = saved.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
    format!("{when}, {} minutes, {}{place}", saved.minutes, saved.way.label().to_lowercase())
}
