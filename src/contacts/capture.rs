//! Capturing: what a phone, a bookmark or an extension hands over, or is pasted, is read and shown for correction. What
//! cannot be looked at now waits, here or in the browser.

use askama::Template;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::captured::{Captured, Shared};
use super::form::ContactForm;
use super::pasted::{self, Offer, Read};
use super::queries::captures::{self as queries, Known};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::companies::queries as companies;
use crate::error::{Error, Result};
use crate::ids::CaptureId;
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Captures shown at once.
const SHOWN: usize = 50;
/// Characters shown of one that waits.
const GIST: usize = 120;

/// One that waits, in a line.
struct Line {
    id: CaptureId,
    gist: String,
    when: String,
}

#[derive(Template)]
#[template(path = "contacts/capture.html")]
struct CapturePage {
    shell: Shell,
    /// Of the capture to be.
    id: String,
    text: String,
    errors: Errors,
    waiting: Vec<Line>,
    /// More wait than are shown.
    are_more: bool,
}

#[derive(Template)]
#[template(path = "contacts/captured.html")]
struct CapturedPage {
    shell: Shell,
    form: ContactForm,
    errors: Errors,
    /// Who it may be, of those in the contacts.
    known: Vec<Known>,
    /// What else than a person it looks like.
    offer: Option<Offer>,
    /// The company it looks like, where that is on the list already.
    listed: Option<companies::Known>,
    /// Where it waits.
    waits: Option<CaptureId>,
    is_read: bool,
}

impl CapturedPage {
    fn is_known(&self) -> bool {
        self.known.iter().any(|known| known.is_sure)
    }

    /// The form of an opening, with what was read in its fields.
    fn opening(&self, title: &str, company: &str, url: &str) -> String {
        let capture = self.form.capture.as_str();
        with_query("/openings/new", &[("title", title), ("at", company), ("url", url), ("capture", capture)])
    }

    /// A company as a pasted list has it: its name, and its site.
    fn company_line(&self, name: &str, website: &str) -> String {
        if website.is_empty() { name.to_owned() } else { format!("{name}, {website}") }
    }
}

/// `GET /capture`: the form, filled with what was shared; without anything, the box to paste into.
pub async fn show(mut visit: Visit<Viewer>, Query(shared): Query<Shared>) -> Result<Response> {
    if !shared.is_empty() {
        return Ok(Page::ok(filled(&mut visit, &shared, None).await?).into_response());
    }
    let by = visit.by;
    Ok(Page::ok(boxed(&mut visit, by, String::new(), Errors::default()).await?).into_response())
}

/// `GET /captures/{id}`: the same, of what waits.
pub async fn open(mut visit: Visit<Viewer>, Id(id): Id<CaptureId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let kept = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let shared = Shared { title: kept.title, text: kept.words, url: kept.url };
    Ok(Page::ok(filled(&mut visit, &shared, Some(id)).await?))
}

/// What is handed over to wait, by the box or by the browser once it is back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CaptureForm {
    id: String,
    title: String,
    text: String,
    url: String,
    /// Whose it is, where a browser kept it for a while.
    account: String,
}

/// `POST /captures`: answered as JSON to the script that keeps what was not taken yet.
pub async fn create(mut visit: Visit<Owner>, headers: HeaderMap, Form(form): Form<CaptureForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let by_script = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    if !form.account.is_empty() && form.account != visit.me.to_string() {
        return Err(Error::Forbidden("This was captured by someone else on the same browser: it waits for them."));
    }
    let id = match form.id.as_str() {
        "" => CaptureId::new(),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into()))?,
    };
    let shared = Shared { title: form.title, text: form.text, url: form.url };
    match Captured::parse(&shared) {
        Ok(captured) => {
            queries::insert(visit.db(), by, id, &captured, now).await?;
            Ok(if by_script {
                Json(json!({ "id": id })).into_response()
            } else {
                Done::to(format!("/captures/{id}")).into_response()
            })
        }
        Err(problem) if by_script => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "problem": problem.to_string() }))).into_response())
        }
        Err(problem) => {
            let parts = [shared.title, shared.text, shared.url];
            let typed = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let page = boxed(&mut visit, by.into(), typed.join("\n"), Errors::of("text", problem)).await?;
            Ok(Page::unprocessable(page).into_response())
        }
    }
}

/// `POST /captures/{id}/removals`
pub async fn remove(mut visit: Visit<Owner>, Id(id): Id<CaptureId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    if !queries::finish(visit.db(), by, id, now).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to("/capture").saying("Thrown away.").undo(format!("/captures/{id}/restorations")))
}

/// `POST /captures/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<CaptureId>) -> Result<Done> {
    let by = visit.by;
    if !queries::reopen(visit.db(), by, id).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to("/capture").saying("Undone."))
}

/// The box to paste into, and what waits.
async fn boxed<P>(visit: &mut Visit<P>, by: Viewer, text: String, errors: Errors) -> Result<CapturePage> {
    let mut waiting = queries::waiting(visit.db(), by, SHOWN as i64).await?;
    let are_more = waiting.len() > SHOWN;
    waiting.truncate(SHOWN);
    let (zone, today) = (&visit.person.zone, visit.today());
    let line = |kept: queries::Waiting| {
        let parts = [kept.title, kept.words, kept.url];
        let said = parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ");
        let cut = said.chars().count() > GIST;
        let gist: String = said.chars().take(GIST).collect();
        let gist = if cut { format!("{gist}…") } else { gist };
        Line { id: kept.id, gist, when: words::moment(kept.captured_at.0, zone, today) }
    };
    let waiting = waiting.into_iter().map(line).collect();
    Ok(CapturePage {
        shell: visit.shell(Nav::Contacts),
        id: CaptureId::new().to_string(),
        text,
        errors,
        waiting,
        are_more,
    })
}

/// The form of whom was shared, and who it may be already.
async fn filled(visit: &mut Visit<Viewer>, shared: &Shared, waits: Option<CaptureId>) -> Result<CapturedPage> {
    let by = visit.by;
    let read = pasted::in_shared(&shared.title, &shared.text, &shared.url);
    let is_read = read != Read::default();
    let profile = ProfileAddress::parse(&read.profile).ok();
    let email = EmailAddress::parse(&read.email).ok();
    let known = queries::known(visit.db(), by, profile.as_ref(), email.as_ref(), &read.name).await?;
    let offer = pasted::offered(&shared.title, &shared.text, &shared.url);
    let listed = match &offer {
        Some(Offer::Company { name, .. }) => on_the_list(visit, name).await?,
        _ => None,
    };
    let mut form = ContactForm::empty();
    form.fill(read);
    form.capture = waits.map(|id| id.to_string()).unwrap_or_default();
    let shell = visit.shell(Nav::Contacts);
    Ok(CapturedPage { shell, form, errors: Errors::default(), known, offer, listed, waits, is_read })
}

/// The company of that name, where it is on the list.
async fn on_the_list(visit: &mut Visit<Viewer>, name: &str) -> Result<Option<companies::Known>> {
    let Ok(name) = CompanyName::parse(name) else { return Ok(None) };
    let by = visit.by;
    Ok(companies::known(visit.db(), by, &[name.key().as_str().to_owned()]).await?.pop())
}
