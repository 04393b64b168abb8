//! What a handler asks for, by the proof it needs: its request has it, or is answered before the handler.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;

use super::{Visit, visit};
use crate::access::{Admin, Commenter, Looker, Myself, Owner, Scope, Viewer};
use crate::accounts::queries::looks;
use crate::app::App;
use crate::error::{Error, page};

/// What a coach of that scope is answered instead: they see what the route table shares with them, and nothing it says no word of.
fn refusal(scope: Scope, parts: &Parts) -> Option<Response> {
    match parts.extensions.get::<Scope>() {
        Some(needed) if scope >= *needed => None,
        _ if scope == Scope::Progress && parts.uri.path() == "/" => Some(Redirect::to("/progress").into_response()),
        _ => Some(page(
            StatusCode::FORBIDDEN,
            "This isn't shared with you",
            "They share other parts of their search with you.",
        )),
    }
}

/// The hour an instant lies in, by its beginning.
pub(in crate::accounts) fn hour(now: Timestamp) -> Timestamp {
    let seconds = now.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60 * 60)).unwrap_or(now)
}

impl FromRequestParts<App> for Visit<Viewer> {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let mut visit = visit(parts, app).await?;
        let by = match visit.looking {
            None => Viewer::granted(visit.person.id),
            Some(looking) => {
                if let Some(refusal) = refusal(looking.scope, parts) {
                    return Err(refusal);
                }
                let by = Looker::granted(visit.person.id, looking.grant);
                let (now, path) = (visit.now, parts.uri.path());
                let noted = looks::insert(&mut *visit.db, by, &visit.my_name, path, hour(now), now).await;
                noted.map_err(|error| Error::from(error).into_response())?;
                Viewer::granted_within(visit.person.id, looking.scope, looking.grant)
            }
        };
        Ok(visit.with(by))
    }
}

impl FromRequestParts<App> for Visit<Owner> {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = visit(parts, app).await?;
        if visit.looking.is_some() {
            return Err(
                Error::Forbidden("You are looking at someone else's search: you can read, not change.").into_response()
            );
        }
        let by = Owner::granted(visit.me);
        Ok(visit.with(by))
    }
}

impl FromRequestParts<App> for Visit<Commenter> {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = visit(parts, app).await?;
        let by = match visit.looking {
            None => Commenter::granted(visit.me, None),
            Some(looking) if looking.may_comment => Commenter::granted(visit.person.id, Some(looking.grant)),
            Some(_) => {
                return Err(Error::Forbidden("You are looking at someone else's search: you can read, not comment.")
                    .into_response());
            }
        };
        Ok(visit.with(by))
    }
}

impl FromRequestParts<App> for Visit<Myself> {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = visit(parts, app).await?;
        let by = Myself::granted(visit.me);
        Ok(visit.with(by))
    }
}

impl FromRequestParts<App> for Visit<Admin> {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = visit(parts, app).await?;
        if !visit.admin || visit.looking.is_some() {
            return Err(Error::NotFound.into_response());
        }
        let by = Admin::granted(visit.me);
        Ok(visit.with(by))
    }
}
