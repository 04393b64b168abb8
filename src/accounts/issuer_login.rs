//! Logging in by an issuer: to it, and back with its word.

use askama::Template;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Connection;

use super::audit::{self, Event};
use super::ceremonies::{self, Kind};
use super::issuer::{Answer, Asked, Identity, Question, Refused};
use super::issuer_accounts::{Found, account_of};
use super::login::{Given, again, next_of, onward, signed_in};
use super::login_code;
use super::queries::identities::{self, Linked};
use super::rate_limit::{self, ISSUER_BY_ADDRESS};
use super::second_step::browsers;
use super::session::{self, Origin};
use super::visit::Visit;
use crate::access::Myself;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{SessionId, UserId};
use crate::mail::letter::{Change, Letter};
use crate::web::cookies;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;

/// Leads to an issuer. A form that led there itself, the browser would refuse: forms go to this site alone.
#[derive(Template)]
#[template(path = "accounts/issuer.html")]
struct LeadingPage {
    name: String,
    address: String,
}

/// What an issuer's word is for.
#[derive(Serialize, Deserialize)]
enum Purpose {
    /// To log in, and go on to a path; `only` is the one account that may.
    LogIn { next: String, only: String, time_zone: String },
    /// To log an account in from now on.
    Link { user: UserId },
    /// To change the account itself in a session.
    Confirm { user: UserId, session: SessionId, next: String },
}

/// What waits for the answer.
#[derive(Serialize, Deserialize)]
struct Waiting {
    question: Question,
    purpose: Purpose,
}

/// What the issuer that is set up is called, in its address and in words.
fn names(app: &App) -> Result<(String, String)> {
    let issuer = app.config.issuer.as_ref().ok_or(Error::NotFound)?;
    Ok((issuer.address.clone(), issuer.name.clone()))
}

/// Sends the browser to the issuer. Nothing, and the reason, where that is away.
async fn lead(app: &App, asked: Asked, purpose: Purpose, now: Timestamp) -> Result<Result<Response, Refused>> {
    let (_, name) = names(app)?;
    let (address, question) = match app.provider.ask(asked, now).await {
        Ok(asked) => asked,
        Err(refused) => {
            tracing::warn!(%refused, "nobody can log in by the issuer");
            return Ok(Err(refused));
        }
    };
    let mut db = app.connection().await?;
    ceremonies::forget_over(&mut db, now).await?;
    let cookie = ceremonies::begin(app, &mut db, Kind::Issuer, None, &Waiting { question, purpose }, now).await?;
    let at_once = HeaderValue::from_str(&format!("0; url={address}")).map_err(|error| Error::Internal(error.into()))?;
    let page = Page::ok(LeadingPage { name, address: address.into() });
    Ok(Ok(([(header::SET_COOKIE, cookie), (header::REFRESH, at_once)], page).into_response()))
}

/// Where to go on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct BeginForm {
    next: String,
    only: String,
    time_zone: String,
}

/// `POST /login/issuer`
pub async fn begin(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<BeginForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let (_, name) = names(&app)?;
    let origin = Origin::of(&app, &extensions, &headers);
    rate_limit::count_client(&mut *app.connection().await?, now, ISSUER_BY_ADDRESS, origin.address).await?;
    let purpose = Purpose::LogIn {
        next: own_path(&form.next),
        only: form.only.clone(),
        time_zone: form.time_zone.chars().take(100).collect(),
    };
    match lead(&app, Asked::Who, purpose, now).await? {
        Ok(leading) => Ok(leading),
        Err(refused) => {
            let problem = refused.words(&name);
            again(&app, StatusCode::SERVICE_UNAVAILABLE, (&form.next, form.only), problem).await
        }
    }
}

/// Where to go on once it is confirmed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    confirm_next: String,
}

/// `POST /confirm/issuer`
pub async fn begin_confirming(
    State(app): State<App>,
    visit: Visit<Myself>,
    Form(form): Form<ConfirmForm>,
) -> Result<Response> {
    let (user, session, now) = (visit.me, visit.session, visit.now);
    drop(visit);
    let purpose = Purpose::Confirm { user, session, next: own_path(&form.confirm_next) };
    lead_or_say(&app, Asked::WhoNow, purpose, "/confirm", now).await
}

/// Sends someone who is signed in to the issuer, to be linked to who they are there.
///
/// # Errors
/// `NotFound` where no issuer is set up; the database's.
pub async fn begin_linking(app: &App, user: UserId, now: Timestamp) -> Result<Response> {
    lead_or_say(app, Asked::Who, Purpose::Link { user }, "/settings/identity", now).await
}

async fn lead_or_say(app: &App, asked: Asked, purpose: Purpose, back: &str, now: Timestamp) -> Result<Response> {
    let (_, name) = names(app)?;
    match lead(app, asked, purpose, now).await? {
        Ok(leading) => Ok(leading),
        Err(refused) => Ok(Done::to(back).saying(refused.words(&name)).into_response()),
    }
}

/// `GET /login/issuer/answer`: where the issuer sends the browser back to. The one address that changes something by GET: it comes
/// from elsewhere, and counts once, in the browser that was sent away.
pub async fn answer(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    visit: Result<Visit<Myself>, Response>,
    Query(answer): Query<Answer>,
) -> Result<Response> {
    let (_, name) = names(&app)?;
    let now = app.clock.now();
    let here = visit.ok().map(|visit| (visit.me, visit.session));
    let waiting =
        ceremonies::take::<Waiting>(&app, &mut *app.connection().await?, &headers, Kind::Issuer, None, now).await?;
    let Some(Waiting { question, purpose }) = waiting else {
        return Ok(Done::to("/login").saying("That took too long. Log in again.").into_response());
    };
    let believed = app.provider.believe(question, &answer, now).await;
    let identity = match (believed, &purpose) {
        (Ok(identity), _) => identity,
        (Err(refused), purpose) => {
            tracing::warn!(%refused, "an answer of the issuer does not count");
            let problem = refused.words(&name);
            return match purpose {
                Purpose::LogIn { next, only, .. } => {
                    again(&app, StatusCode::UNPROCESSABLE_ENTITY, (next, only.clone()), problem).await
                }
                Purpose::Link { .. } => Ok(Done::to("/settings/identity").saying(problem).into_response()),
                Purpose::Confirm { .. } => Ok(Done::to("/confirm").saying(problem).into_response()),
            };
        }
    };
    let origin = Origin::of(&app, &extensions, &headers);
    let mut response = match purpose {
        Purpose::LogIn { next, only, time_zone } => {
            log_in(&app, &headers, &origin, identity, (&next, only), &time_zone, now).await?
        }
        Purpose::Link { user } => match here {
            Some((me, session)) if me == user => link(&app, (user, session), identity, now).await?,
            _ => Done::to("/login").saying("You were logged out meanwhile. Log in, and link it again.").into_response(),
        },
        Purpose::Confirm { user, session, next } => match here {
            Some(here) if here == (user, session) => confirm(&app, here, &identity, next, now).await?,
            _ => Done::to("/login").saying("You were logged out meanwhile. Log in again.").into_response(),
        },
    };
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(cookies::Kind::Ceremony));
    Ok(response)
}

/// As after the right password: a second step follows where there is one.
async fn log_in(
    app: &App,
    headers: &HeaderMap,
    origin: &Origin,
    identity: Identity,
    (next, only): (&str, String),
    time_zone: &str,
    now: Timestamp,
) -> Result<Response> {
    let (user, second_step) = match account_of(app, origin, identity, time_zone, now).await? {
        Found::Account { user, second_step } if only.is_empty() || only == user.to_string() => (user, second_step),
        Found::Account { .. } => {
            let text = "What you typed belongs to another account. Log in with that one, or close this first";
            return again(app, StatusCode::UNPROCESSABLE_ENTITY, (next, only), text.into()).await;
        }
        Found::Nobody(problem) => {
            return again(app, StatusCode::UNPROCESSABLE_ENTITY, (next, only), problem).await;
        }
    };
    let next = next_of(app, user, next).await?;
    if !second_step {
        return signed_in(app, user, headers, origin, Given::All, onward(next)).await;
    }
    let mut db = app.connection().await?;
    if browsers::is_remembered(app, &mut db, user, headers, now).await? {
        drop(db);
        return signed_in(app, user, headers, origin, Given::PasswordAlone, onward(next)).await;
    }
    let half = browsers::Half::begin(app, &mut db, user, &next, now).await?;
    Ok(([(header::SET_COOKIE, half)], Redirect::to(login_code::PATH)).into_response())
}

/// Has an account be logged in to by who someone is to the issuer.
async fn link(app: &App, (user, session): (UserId, SessionId), identity: Identity, now: Timestamp) -> Result<Response> {
    let (issuer, name) = names(app)?;
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    let of = (issuer.as_str(), identity.subject.as_str());
    let said = match identities::link(&mut *transaction, user, of, &identity.shown_as(), now).await? {
        Linked::Claimed => format!("That {name} account logs in to an account here already. Unlink it there first."),
        Linked::HasOne => format!("Your account is linked to a {name} account already. Unlink that first."),
        Linked::Yes => {
            let event = Event::new(user, audit::Kind::IdentityLinked, now).about(&name);
            event.by_session(&mut *transaction, session).await?;
            app.outbox.tell(&mut *transaction, user, &Letter::Change { what: Change::IdentityLinked }, now).await?;
            transaction.commit().await?;
            app.outbox.hurry();
            format!("Linked. {name} logs you in now.")
        }
    };
    Ok(Done::to("/settings/identity").saying(said).into_response())
}

/// Lets the account itself be changed for some minutes, where the issuer speaks of its own person.
async fn confirm(
    app: &App,
    (user, session): (UserId, SessionId),
    identity: &Identity,
    next: String,
    now: Timestamp,
) -> Result<Response> {
    let (issuer, name) = names(app)?;
    let mut db = app.connection().await?;
    let account = identities::account(&mut *db, &issuer, &identity.subject).await?;
    let Some(account) = account.filter(|account| account.id == user) else {
        return Ok(Done::to("/confirm").saying(format!("That {name} account isn't linked to yours.")).into_response());
    };
    if account.second_step {
        let said = "Your account has a second step: use your password with a code, or a passkey.";
        return Ok(Done::to("/confirm").saying(said).into_response());
    }
    let token = session::renew(&mut db, user, session, Some(now)).await?;
    Ok(([(header::SET_COOKIE, session::set_cookie(app, &token))], Redirect::to(&next)).into_response())
}
