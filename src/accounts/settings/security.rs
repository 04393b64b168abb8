//! The password, and the browsers that are signed in.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::queries;
use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::{Asked, Wrong};
use crate::accounts::password::NewPassword;
use crate::accounts::second_step::browsers::forget_all;
use crate::accounts::visit::{Asks, Visit};
use crate::accounts::{browser, confirm, passkeys, queries as accounts, session};
use crate::app::App;
use crate::database::At;
use crate::error::{Error, Result};
use crate::ids::SessionId;
use crate::mail::letter::{Change, Letter};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    old_password: String,
    new_password: String,
    code: String,
}

struct SessionLine {
    id: SessionId,
    browser: String,
    address: String,
    opened: String,
    used: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "accounts/settings/security.html")]
struct SecurityPage {
    shell: Shell,
    email: String,
    sessions: Vec<SessionLine>,
    asks: Asks,
    /// Passkeys can be added, or are there.
    has_passkeys: bool,
    /// The issuer one can log in by, as this installation calls it.
    issuer: Option<String>,
    /// Since when a second step is asked for, in words.
    second_step: Option<String>,
    /// When an administrator turned it off, in words.
    second_step_removed: Option<String>,
    errors: Errors,
}

impl SecurityPage {
    async fn load(app: &App, visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, now, this, today) = (visit.by, visit.now, visit.session, visit.today());
        let open = queries::sessions(visit.db(), by, At(now - session::IDLE), At(now - session::ABSOLUTE)).await?;
        let said = |at: At| super::moment(at.0, &visit.person.zone, today);
        let second_step_removed = open.first().and_then(|row| row.second_step_removed_at).map(said);
        let line = |open: queries::OpenSession| SessionLine {
            id: open.id,
            browser: browser::in_words(&open.user_agent),
            address: open.address,
            opened: said(open.created_at),
            used: said(open.seen_at),
            this: open.id == this,
        };
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            email: visit.person.email.clone(),
            asks: visit.asks(),
            has_passkeys: passkeys::are_offered(&app.config),
            issuer: app.config.issuer.as_ref().map(|issuer| issuer.name.clone()),
            second_step: visit.second_step_since.map(|at| said(At(at))),
            second_step_removed,
            sessions: open.into_iter().map(line).collect(),
            errors: Errors::default(),
        })
    }
}

impl SecurityPage {
    fn password_button(&self) -> &'static str {
        if self.asks.password { "Change it" } else { "Set it" }
    }
}

/// `GET /settings/security`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(SecurityPage::load(&app, &mut visit).await?))
}

/// `POST /settings/password`: ends every other session, and gives this one a new token.
pub async fn change_password(
    State(app): State<App>,
    mut visit: Visit<Owner>,
    Form(form): Form<PasswordForm>,
) -> Result<Response> {
    let mut page = SecurityPage::load(&app, &mut visit).await?;
    let (by, now, this, person) = (visit.by, visit.now, visit.session, visit.person.clone());
    let (asked, second_step) = (Asked::on(&visit), visit.second_step_since.is_some());
    // Hashing takes long, and the connection is for others meanwhile.
    drop(visit);
    let new = NewPassword::parse_before(second_step, &form.new_password, &person.name, &person.email);
    let new = page.errors.take("new_password", new);
    let Some(old) = confirm::password_of(&app, asked, &form.old_password).await? else {
        page.errors = before(Wrong::Password, page.errors);
        return Ok(Page::unprocessable(page).into_response());
    };
    let Some(new) = new else { return Ok(Page::unprocessable(page).into_response()) };
    if !confirm::code_of(&app, asked, &old, &form.code).await? {
        page.errors = before(Wrong::Code, page.errors);
        return Ok(Page::unprocessable(page).into_response());
    }
    let new_hash = app.hashing.hash(new).await?;

    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    if !queries::change_password(&mut *transaction, by, old.password_hash.as_deref(), &new_hash).await? {
        page.errors = before(Wrong::Password, page.errors);
        return Ok(Page::unprocessable(page).into_response());
    }
    let others = queries::end_others(&mut *transaction, by, this).await?;
    forget_all(&mut transaction, by.user_id()).await?;
    let token = session::renew(&mut transaction, by.user_id(), this, Some(now)).await?;
    Event::new(by.user_id(), Kind::PasswordChanged, now).by_session(&mut *transaction, this).await?;
    app.outbox.tell(&mut *transaction, by.user_id(), &Letter::Change { what: Change::Password }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    let ended = match others {
        0 => String::new(),
        n => format!(" {} ended.", words::count(n as i64, "other session was", "other sessions were")),
    };
    let mut response =
        Done::to("/settings/security").saying(format!("Your password is changed.{ended}")).into_response();
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&app, &token));
    Ok(response)
}

/// The fault of what proves who it is first, as the form has it.
fn before(wrong: Wrong, others: Errors) -> Errors {
    let mut errors = wrong.at("old_password", "code");
    for (field, problem) in others.iter() {
        errors.add(field, problem);
    }
    errors
}

/// `POST /settings/sessions/{id}/ends`
pub async fn end(mut visit: Visit<Owner>, Id(id): Id<SessionId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    if !accounts::delete_session(visit.db(), by.user_id(), id).await? {
        return Err(Error::NotFound);
    }
    Event::new(by.user_id(), Kind::SessionEnded, now).by_session(visit.db(), this).await?;
    Ok(Done::to("/settings/security").saying("That session has ended."))
}

/// `POST /settings/sessions/ends`
pub async fn end_others(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Done> {
    let (by, this, now) = (visit.by, visit.session, visit.now);
    let ended = queries::end_others(visit.db(), by, this).await?;
    forget_all(visit.db(), by.user_id()).await?;
    if ended > 0 {
        Event::new(by.user_id(), Kind::SessionsEnded, now).by_session(visit.db(), this).await?;
        app.outbox.tell(visit.db(), by.user_id(), &Letter::Change { what: Change::Sessions }, now).await?;
        app.outbox.hurry();
    }
    Ok(Done::to("/settings/security").saying(match ended {
        0 => "No other session was open.".to_owned(),
        n => format!("{} ended.", words::count(n as i64, "other session was", "other sessions were")),
    }))
}
