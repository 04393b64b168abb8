//! The passkeys of an account.

use askama::Template;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::audit::{self, Event};
use crate::accounts::browser;
use crate::accounts::confirm::Confirmed;
use crate::accounts::passkeys::{self, MOST};
use crate::accounts::queries::{passkeys as queries, ways};
use crate::accounts::rate_limit::{self, PASSKEYS_BY_ACCOUNT};
use crate::accounts::second_step::browsers::forget_all;
use crate::accounts::session::Origin;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::PasskeyId;
use crate::mail::letter::{Change, Letter};
use crate::text::Line;
use crate::web::cookies;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

const HERE: &str = "/settings/passkeys";

struct PasskeyLine {
    id: PasskeyId,
    name: String,
    added: String,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/settings/passkeys.html")]
struct PasskeysPage {
    shell: Shell,
    passkeys: Vec<PasskeyLine>,
    /// This installation's address can have passkeys.
    offered: bool,
    /// A second step is asked for.
    second_step: bool,
    /// The one whose new name could not be taken, as typed.
    renamed: Option<(PasskeyId, String)>,
    errors: Errors,
}

impl PasskeysPage {
    async fn load(app: &App, visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, today) = (visit.by, visit.today());
        let rows = queries::list(visit.db(), by).await?;
        let zone = visit.person.zone.clone();
        let moment = |at: Timestamp| super::moment(at, &zone, today);
        let line = |row: queries::Listed| PasskeyLine {
            id: row.id,
            name: row.name,
            added: moment(row.created_at.0),
            used: row.used_at.map(|at| moment(at.0)),
        };
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            passkeys: rows.into_iter().map(line).collect(),
            offered: passkeys::are_offered(&app.config),
            second_step: visit.second_step_since.is_some(),
            renamed: None,
            errors: Errors::default(),
        })
    }

    /// The name a field shows: what was typed, where it could not be taken.
    fn name_of<'a>(&'a self, passkey: &'a PasskeyLine) -> &'a str {
        match &self.renamed {
            Some((id, typed)) if *id == passkey.id => typed,
            _ => &passkey.name,
        }
    }

    /// What was wrong with the name of this one.
    fn errors_of(&self, passkey: &PasskeyLine) -> Errors {
        let is_this = self.renamed.as_ref().is_some_and(|(id, _)| *id == passkey.id);
        if is_this { self.errors.clone() } else { Errors::default() }
    }
}

/// `GET /settings/passkeys`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(PasskeysPage::load(&app, &mut visit).await?))
}

/// A passkey to be, as sent.
#[derive(Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    id: PasskeyId,
    name: String,
    /// What the device answered.
    passkey: String,
}

impl Default for PasskeyForm {
    fn default() -> Self {
        Self { id: PasskeyId::new(), name: String::new(), passkey: String::new() }
    }
}

#[derive(Template)]
#[template(path = "accounts/settings/passkey.html")]
struct NewPasskeyPage {
    shell: Shell,
    form: PasskeyForm,
    errors: Errors,
}

/// `GET /settings/passkeys/new`
pub async fn new(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Confirmed(visit): Confirmed<Owner>,
) -> Result<Response> {
    if !passkeys::are_offered(&app.config) {
        return Ok(Done::to(HERE).into_response());
    }
    let origin = Origin::of(&app, &extensions, &headers);
    let form = PasskeyForm { name: browser::in_words(&origin.user_agent), ..PasskeyForm::default() };
    let page = NewPasskeyPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default() };
    Ok(Page::ok(page).into_response())
}

/// `POST /settings/passkeys/challenges`: asks the device for a new passkey.
pub async fn ask(State(app): State<App>, Confirmed(mut visit): Confirmed<Owner>) -> Result<Response> {
    let (user, now, person) = (visit.by.user_id(), visit.now, visit.person.clone());
    rate_limit::count(visit.db(), now, PASSKEYS_BY_ACCOUNT, &user.to_string()).await?;
    passkeys::ask_for_new(&app, visit.db(), user, (&person.email, &person.name), now).await
}

/// `POST /settings/passkeys`
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<PasskeyForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut errors = Errors::default();
    let name = errors.take("name", Line::<100>::parse(&form.name));
    let made = match &name {
        Some(_) => passkeys::made(&app, visit.db(), &headers, by.user_id(), &form.passkey, now).await?,
        None => None,
    };
    let (Some(name), Some(made)) = (name, made) else {
        if errors.is_empty() {
            errors.add("passkey", "Your device made no passkey. Try again");
        }
        let form = PasskeyForm { passkey: String::new(), ..form };
        let page = NewPasskeyPage { shell: visit.shell(Nav::Settings), form, errors };
        return Ok(Page::unprocessable(page).into_response());
    };
    let mut transaction = visit.db().begin().await?;
    if !queries::insert(&mut *transaction, by, form.id, name.as_str(), &made, MOST, now).await? {
        return Ok(Done::to(HERE)
            .saying("That passkey was added before, or there are 20. Remove one and add another.")
            .into_response());
    }
    let event = Event::new(by.user_id(), audit::Kind::PasskeyAdded, now).about(name.as_str());
    event.by_session(&mut *transaction, this).await?;
    app.outbox.tell(&mut *transaction, by.user_id(), &Letter::Change { what: Change::PasskeyAdded }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    let mut response = Done::to(HERE).saying("Your passkey is added. It logs you in now.").into_response();
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(cookies::Kind::Ceremony));
    Ok(response)
}

/// Another name, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// `POST /settings/passkeys/{id}/names`
pub async fn rename(
    State(app): State<App>,
    mut visit: Visit<Owner>,
    Id(id): Id<PasskeyId>,
    Form(form): Form<NameForm>,
) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let Some(name) = errors.take("name", Line::<100>::parse(&form.name)) else {
        let page = PasskeysPage::load(&app, &mut visit).await?;
        if !page.passkeys.iter().any(|passkey| passkey.id == id) {
            return Err(Error::NotFound);
        }
        let page = PasskeysPage { errors, renamed: Some((id, form.name)), ..page };
        return Ok(Page::unprocessable(page).into_response());
    };
    if !queries::rename(visit.db(), by, id, name.as_str()).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to(HERE).saying("Saved.").into_response())
}

/// `POST /settings/passkeys/{id}/ends`: but for the last one where nothing else would be left to log in with.
pub async fn remove(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Owner>,
    Id(id): Id<PasskeyId>,
) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let issuer = app.config.issuer.as_ref().map_or("", |issuer| issuer.address.as_str());
    let mut transaction = visit.db().begin().await?;
    ways::hold(&mut *transaction, by).await?;
    let Some(left) = queries::without(&mut *transaction, by, id, issuer).await? else { return Err(Error::NotFound) };
    if left.second_step {
        return Ok(Done::to(HERE).saying("Your second step needs it. Turn the second step off first, or add another."));
    }
    if left.login {
        return Ok(Done::to(HERE).saying("Nothing else logs you in. Set a password first, under Security."));
    }
    queries::delete(&mut *transaction, by, id).await?;
    forget_all(&mut transaction, by.user_id()).await?;
    let event = Event::new(by.user_id(), audit::Kind::PasskeyRemoved, now).about(&left.name);
    event.by_session(&mut *transaction, this).await?;
    app.outbox.tell(&mut *transaction, by.user_id(), &Letter::Change { what: Change::PasskeyRemoved }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    Ok(Done::to(HERE).saying("That passkey is removed. Delete it on your device, too."))
}
