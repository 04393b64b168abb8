//! The coach's side: whose search one may look at, and looking.
//!
//! A session looks at one search at a time; while it does, it can read and not change. A grant that was taken back ends that
//! at the next request, because each request asks for it anew.

pub mod overview;
pub mod queries;
pub mod stands;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::audit::{Event, Kind};
use super::session;
use super::token::Token;
use super::visit::Visit;
use crate::access::{Myself, Scope};
use crate::app::App;
use crate::database::Day;
use crate::error::{Error, Result};
use crate::ids::GrantId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Where the link of an invitation to look leads.
pub const INVITATION: &str = "/looking/invitation";
/// How long an invitation to look can be accepted.
pub const HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a grant allows, in words.
pub fn shared_in_words(scope: Scope, may_comment: bool, ends_on: Option<Day>, today: Date) -> String {
    let comments = may_comment && scope != Scope::Progress;
    let until = ends_on.map(|day| format!(", until {}", words::day(day.0, today)));
    let comments = if comments { ", with comments" } else { "" };
    format!("{}{comments}{}", scope.label(), until.unwrap_or_default())
}

/// The secret of an invitation's link.
#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "accounts/invited.html")]
struct InvitedPage {
    shell: Shell,
    token: String,
    name: String,
    /// What they would share.
    shared: String,
    offer: Offer,
}

/// What the holder of a link can do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Accept,
    /// It is their own: meant to be sent to someone.
    Own,
    /// They accepted one of the same seeker before.
    Before,
    /// Used, taken back, too old, or never made: the four look the same.
    Over,
}

async fn invited(visit: &mut Visit<Myself>, typed: &str) -> Result<InvitedPage> {
    let (me, now) = (visit.by, visit.now);
    let found = match Token::parse(typed) {
        Some(token) => queries::inviting(visit.db(), me, &token.hash(), now - HOLDS).await?,
        None => None,
    };
    let offer = match &found {
        None => Offer::Over,
        Some(it) if it.owner == me.user_id() => Offer::Own,
        Some(it) if it.accepted_before => Offer::Before,
        Some(_) => Offer::Accept,
    };
    Ok(InvitedPage {
        shell: Shell { read_only: false, ..visit.shell(Nav::Elsewhere) },
        token: typed.to_owned(),
        shared: found
            .as_ref()
            .map(|it| shared_in_words(it.scope, it.may_comment, it.ends_on, visit.today()))
            .unwrap_or_default(),
        name: found.map(|it| it.name).unwrap_or_default(),
        offer,
    })
}

/// `GET /looking/invitation`: where the link of an invitation leads; whoever is not signed in comes here after it.
pub async fn invitation(mut visit: Visit<Myself>, Query(form): Query<LinkForm>) -> Result<Page<impl Template>> {
    Ok(Page::ok(invited(&mut visit, &form.token).await?))
}

/// `POST /looking/acceptances`
pub async fn accept(mut visit: Visit<Myself>, Form(form): Form<LinkForm>) -> Result<Response> {
    let (me, now) = (visit.by, visit.now);
    let page = invited(&mut visit, &form.token).await?;
    let accepted = match Token::parse(&form.token) {
        Some(token) => queries::accept(visit.db(), me, &token.hash(), now, now - HOLDS).await?,
        None => false,
    };
    if !accepted {
        return Ok(Page::unprocessable(invited(&mut visit, &form.token).await?).into_response());
    }
    let said = format!("{} sees that you accepted. You can look as soon as they let you in.", page.name);
    Ok(Done::to("/looking").saying(said).into_response())
}

/// `POST /looking/{id}/refusals`: gives back what was accepted.
pub async fn refuse(mut visit: Visit<Myself>, Id(id): Id<GrantId>) -> Result<Done> {
    let (me, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    let name = queries::refuse(&mut transaction, me, id, now).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    Ok(Done::to("/looking").saying(format!("{name}'s search is off your list.")))
}

/// Where looking begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LookForm {
    /// The page, where it is not the first one.
    at: String,
}

/// `POST /looking/{id}/looks`
pub async fn look(
    State(app): State<App>,
    mut visit: Visit<Myself>,
    Id(id): Id<GrantId>,
    Form(form): Form<LookForm>,
) -> Result<Response> {
    let (me, session, now) = (visit.by, visit.session, visit.now);
    let token = Token::new()?;
    let mut transaction = visit.db().begin().await?;
    let (owner, scope) =
        queries::look(&mut transaction, me, session, id, &token.hash(), now).await?.ok_or(Error::NotFound)?;
    Event::new(owner, Kind::CoachLooked, now).by_session(&mut *transaction, session).await?;
    transaction.commit().await?;
    let first = if scope == Scope::Progress { "/progress" } else { "/" };
    Ok(with_token(&app, &token, Done::to(own_path_or(&form.at, first))))
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
