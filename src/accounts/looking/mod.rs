//! The coach's side: whose search one may look at, and looking.
//!
//! A session looks at one search at a time; while it does, it can read and not change. A grant that was taken back ends that
//! at the next request, because each request asks for it anew.

pub mod queries;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;

use super::session;
use super::token::Token;
use super::visit::{Myself, Visit};
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::GrantId;
use crate::web::flash::Done;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// How long an invitation to look can be accepted.
pub const HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

struct SearchLine {
    id: GrantId,
    name: String,
    email: String,
    accepted: bool,
    /// It is looked at now.
    looking: bool,
    since: String,
}

#[derive(Template)]
#[template(path = "accounts/looking.html")]
struct LookingPage {
    shell: Shell,
    searches: Vec<SearchLine>,
}

/// `GET /looking`
pub async fn index(mut visit: Visit<Myself>) -> Result<Page<impl Template>> {
    let (me, now, today) = (visit.by, visit.now, visit.today());
    let grants = queries::received(visit.db(), me, now - HOLDS).await?;
    let line = |grant: queries::Received| SearchLine {
        since: {
            let at = grant.accepted_at.unwrap_or(grant.created_at).0;
            words::day(crate::clock::date_in(&visit.person.zone, at), today)
        },
        id: grant.id,
        looking: grant.owner == visit.person.id,
        name: grant.name,
        email: grant.email,
        accepted: grant.accepted_at.is_some(),
    };
    // These forms are the coach's own, whoever's search they look at.
    let shell = Shell { read_only: false, ..visit.shell(Nav::Elsewhere) };
    Ok(Page::ok(LookingPage { shell, searches: grants.into_iter().map(line).collect() }))
}

/// `POST /looking/{id}/acceptances`
pub async fn accept(mut visit: Visit<Myself>, Id(id): Id<GrantId>) -> Result<Done> {
    let (me, now) = (visit.by, visit.now);
    let name = queries::accept(visit.db(), me, id, now, now - HOLDS).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/looking").saying(format!("You can look at {name}’s search now.")))
}

/// `POST /looking/{id}/refusals`: declines an invitation, or gives back what was accepted.
pub async fn refuse(mut visit: Visit<Myself>, Id(id): Id<GrantId>) -> Result<Done> {
    let (me, now) = (visit.by, visit.now);
    let name = queries::refuse(visit.db(), me, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/looking").saying(format!("{name}’s search is off your list.")))
}

/// `POST /looking/{id}/looks`
pub async fn look(State(app): State<App>, mut visit: Visit<Myself>, Id(id): Id<GrantId>) -> Result<Response> {
    let (me, session) = (visit.by, visit.session);
    let token = Token::new()?;
    if !queries::look(visit.db(), me, session, id, &token.hash()).await? {
        return Err(Error::NotFound);
    }
    Ok(with_token(&app, &token, Done::to("/")))
}

/// `POST /looking/end`
pub async fn end(State(app): State<App>, mut visit: Visit<Myself>) -> Result<Response> {
    let (me, session) = (visit.by, visit.session);
    let token = Token::new()?;
    queries::stop_looking(visit.db(), me, session, &token.hash()).await?;
    Ok(with_token(&app, &token, Done::to("/looking")))
}

fn with_token(app: &App, token: &Token, done: Done) -> Response {
    let mut response = done.into_response();
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(app, token));
    response
}
