//! Forms that arrived while their account was not signed in: the session had ended, or someone else had signed in on the
//! same browser. They wait here until the account is back, and nobody else gets to see them.

use askama::Template;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::kept_forms::PATH;
use super::queries::kept;
use super::visit::Visit;
use crate::access::Owner;
use crate::error::{Error, Result};
use crate::ids::KeptFormId;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::typed::{Field, fields};
use crate::web::words;

/// The field that says which of them is sent again.
const KEY: &str = "kept_form";

/// One of them, as it is shown.
struct Shown {
    id: KeptFormId,
    when: String,
    /// Everything it sends.
    sent: Vec<(String, String)>,
    /// What a person typed of it.
    typed: Vec<Field>,
}

#[derive(Template)]
#[template(path = "accounts/kept.html")]
struct KeptPage {
    shell: Shell,
    forms: Vec<Shown>,
}

/// `GET /kept`
pub async fn index(mut visit: Visit<Owner>) -> Result<Response> {
    let by = visit.by;
    let rows = kept::list(visit.db(), by).await?;
    if rows.is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let (zone, today) = (&visit.person.zone, visit.today());
    let forms = rows.into_iter().map(|row| Shown {
        id: row.id,
        when: words::moment(row.kept_at.0, zone, today),
        sent: serde_html_form::from_str(&row.fields).unwrap_or_default(),
        typed: fields(row.fields.as_bytes()),
    });
    let forms = forms.collect();
    Ok(Page::ok(KeptPage { shell: visit.shell(Nav::Elsewhere), forms }).into_response())
}

fn key(typed: &[(String, String)]) -> Result<KeptFormId> {
    let mut keys = typed.iter().filter(|(name, _)| name == KEY);
    let key = keys.next().filter(|_| keys.next().is_none()).and_then(|(_, id)| id.parse().ok());
    key.ok_or_else(|| Error::Invalid("The form does not say which of your texts it means.".into()))
}

/// `POST /kept`: lets go of it, and has the browser send the same fields to where they were meant for.
pub async fn send(mut visit: Visit<Owner>, Form(typed): Form<Vec<(String, String)>>) -> Result<Response> {
    let by = visit.by;
    let path = kept::delete(visit.db(), by, key(&typed)?).await?.ok_or(Error::NotFound)?;
    let path: Uri = path.parse().map_err(anyhow::Error::from)?;
    Ok(Redirect::temporary(&path.to_string()).into_response())
}

/// The form that lets go of one.
#[derive(Deserialize)]
pub struct RemovalForm {
    kept_form: KeptFormId,
}

/// `POST /kept/removals`
pub async fn remove(mut visit: Visit<Owner>, Form(form): Form<RemovalForm>) -> Result<Done> {
    let by = visit.by;
    kept::delete(visit.db(), by, form.kept_form).await?;
    Ok(Done::to(PATH).saying("Thrown away."))
}
