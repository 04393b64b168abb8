//! The second step at login: set up with an authenticator app, its recovery codes, and its end.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::{self, Asked, Confirmed, Wrong};
use crate::accounts::queries::{passkeys as passkey_queries, remembered_browsers, second_step as queries, ways};
use crate::accounts::rate_limit::{self, CODE_BY_ACCOUNT};
use crate::accounts::second_step::browsers::{REMEMBERED, forget_all};
use crate::accounts::second_step::qr::Square;
use crate::accounts::second_step::recovery::RecoveryCode;
use crate::accounts::second_step::totp::Secret;
use crate::accounts::token::Token;
use crate::accounts::visit::{Asks, Visit};
use crate::accounts::{browser, passkeys, password, session};
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{RememberedBrowserId, SessionId};
use crate::mail::letter::{Change, Letter};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/settings/second-step";
const SECURITY: &str = "/settings/security";
/// From how few on it is time for new recovery codes.
const FEW: i32 = 3;

struct BrowserLine {
    id: RememberedBrowserId,
    browser: String,
    since: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/second_step.html")]
struct SecondStepPage {
    shell: Shell,
    email: String,
    /// Since when it is on, in words.
    since: Option<String>,
    codes_left: i32,
    browsers: Vec<BrowserLine>,
    asks: Asks,
    /// Passkeys can be added here.
    has_passkeys: bool,
    errors: Errors,
}

impl SecondStepPage {
    async fn load(app: &App, visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let (codes_left, browsers) = match visit.second_step_since {
            Some(_) => (
                queries::codes_left(visit.db(), by).await?,
                remembered_browsers::list(visit.db(), by, now - REMEMBERED).await?,
            ),
            None => (0, Vec::new()),
        };
        let zone = visit.person.zone.clone();
        let moment = |at: Timestamp| super::moment(at, &zone, today);
        let line = |row: remembered_browsers::Listed| BrowserLine {
            id: row.id,
            browser: browser::in_words(&row.user_agent),
            since: moment(row.created_at.0),
        };
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            email: visit.person.email.clone(),
            since: visit.second_step_since.map(moment),
            codes_left,
            browsers: browsers.into_iter().map(line).collect(),
            asks: visit.asks(),
            has_passkeys: passkeys::are_offered(&app.config),
            errors: Errors::default(),
        })
    }

    /// How many recovery codes are left, in words.
    fn codes(&self) -> String {
        match self.codes_left {
            0 => "No recovery code is left".into(),
            n => format!("{} left", words::count(i64::from(n), "recovery code is", "recovery codes are")),
        }
    }

    /// What setting up an app is called.
    fn app_button(&self) -> &'static str {
        if self.asks.code { "Use another app or phone" } else { "Use an app, too" }
    }

    fn is_short_of_codes(&self) -> bool {
        self.codes_left < FEW
    }
}

/// `GET /settings/second-step`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(SecondStepPage::load(&app, &mut visit).await?))
}

#[derive(Template)]
#[template(path = "accounts/settings/second_step_secret.html")]
struct SecretPage {
    shell: Shell,
    square: Square,
    secret: String,
    address: String,
    /// It takes the place of the app there is.
    another: bool,
    errors: Errors,
}

impl SecretPage {
    fn new(visit: &Visit<Owner>, secret: &Secret, errors: Errors) -> Result<Self> {
        let address = secret.address(&visit.person.email);
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            square: Square::of(&address)?,
            secret: secret.typed(),
            address,
            another: visit.asks().code,
            errors,
        })
    }
}

/// `POST /settings/second-step/secrets`: a secret to set an app up with. Nothing asks for its codes yet.
pub async fn offer_secret(Confirmed(mut visit): Confirmed<Owner>) -> Result<Done> {
    let by = visit.by;
    queries::offer(visit.db(), by, Secret::new()?.bytes()).await?;
    Ok(Done::to(format!("{HERE}/secret")))
}

/// `GET /settings/second-step/secret`: shown until a code of it was given, and never again.
pub async fn show_secret(Confirmed(mut visit): Confirmed<Owner>) -> Result<Response> {
    let by = visit.by;
    let offered = queries::offered(visit.db(), by).await?;
    let Some(secret) = offered.as_deref().and_then(Secret::stored) else { return Ok(Done::to(HERE).into_response()) };
    Ok(Page::ok(SecretPage::new(&visit, &secret, Errors::default())?).into_response())
}

/// The code an app shows.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/recovery_codes.html")]
struct RecoveryCodesPage {
    shell: Shell,
    /// The second step was turned on just now.
    just_on: bool,
    codes: Vec<String>,
}

impl RecoveryCodesPage {
    fn new(shell: Shell, codes: &[RecoveryCode], just_on: bool) -> Self {
        Self { shell, just_on, codes: codes.iter().map(RecoveryCode::shown).collect() }
    }

    /// The codes as a file that a link carries in itself.
    fn file(&self) -> String {
        let text = format!("Recovery codes for Inroad. Each works once.\r\n\r\n{}\r\n", self.codes.join("\r\n"));
        format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(&text, NON_ALPHANUMERIC))
    }
}

/// `POST /settings/second-step`: turns it on with the first code of the app, ends every other session, and shows the recovery
/// codes, now and never again.
pub async fn turn_on(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<CodeForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let user = by.user_id();
    let offered = queries::offered(visit.db(), by).await?;
    let Some(secret) = offered.as_deref().and_then(Secret::stored) else { return Ok(Done::to(HERE).into_response()) };
    rate_limit::count(visit.db(), now, CODE_BY_ACCOUNT, &user.to_string()).await?;
    let code: String = form.code.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(step) = secret.step_of(&code, now) else {
        let errors = Errors::of("code", "That isn't the code your app shows now; if it is, check your phone's clock");
        return Ok(Page::unprocessable(SecretPage::new(&visit, &secret, errors)?).into_response());
    };
    let codes = RecoveryCode::fresh()?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.hash(user)).collect();
    let mut transaction = visit.db().begin().await?;
    if !queries::turn_on(&mut *transaction, by, secret.bytes(), step, &hashes, now).await? {
        return Ok(Done::to(HERE).into_response());
    }
    rate_limit::forgive(&mut *transaction, CODE_BY_ACCOUNT, &user.to_string()).await?;
    let token = is_on(&app, &mut transaction, by, this, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    let page = RecoveryCodesPage::new(visit.shell(Nav::Settings), &codes, true);
    Ok(([(header::SET_COOKIE, session::set_cookie(&app, &token))], Page::ok(page)).into_response())
}

/// `POST /settings/second-step/passkeys`: turns it on with the passkeys there are, ends every other session, and shows the recovery
/// codes, now and never again.
pub async fn turn_on_with_passkeys(State(app): State<App>, Confirmed(mut visit): Confirmed<Owner>) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let user = by.user_id();
    let codes = RecoveryCode::fresh()?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.hash(user)).collect();
    let mut transaction = visit.db().begin().await?;
    ways::hold(&mut *transaction, by).await?;
    let has_passkeys = !passkey_queries::credential_ids(&mut *transaction, user).await?.is_empty();
    if !has_passkeys || !queries::turn_on_with_passkeys(&mut *transaction, by, &hashes, now).await? {
        return Ok(Done::to(HERE).into_response());
    }
    let token = is_on(&app, &mut transaction, by, this, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    let page = RecoveryCodesPage::new(visit.shell(Nav::Settings), &codes, true);
    Ok(([(header::SET_COOKIE, session::set_cookie(&app, &token))], Page::ok(page)).into_response())
}

/// What follows from turning it on. Returns the session's new token.
async fn is_on(app: &App, db: &mut PgConnection, by: Owner, this: SessionId, now: Timestamp) -> Result<Token> {
    let user = by.user_id();
    super::queries::end_others(&mut *db, by, this).await?;
    forget_all(&mut *db, user).await?;
    let token = session::renew(&mut *db, user, this, Some(now)).await?;
    Event::new(user, Kind::SecondStepOn, now).by_session(&mut *db, this).await?;
    app.outbox.tell(&mut *db, user, &Letter::Change { what: Change::SecondStepOn }, now).await?;
    Ok(token)
}

/// `POST /settings/second-step/recovery-codes`: new ones, shown now and never again; the ones before are over.
pub async fn make_recovery_codes(Confirmed(mut visit): Confirmed<Owner>) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let codes = RecoveryCode::fresh()?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.hash(by.user_id())).collect();
    if !queries::set_recovery_codes(visit.db(), by, &hashes).await? {
        return Ok(Done::to(HERE).into_response());
    }
    Event::new(by.user_id(), Kind::RecoveryCodesMade, now).by_session(visit.db(), this).await?;
    Ok(Page::ok(RecoveryCodesPage::new(visit.shell(Nav::Settings), &codes, false)).into_response())
}

/// What turning it off asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    password: String,
    code: String,
}

/// `POST /settings/second-step/ends`: with the password, which must be long enough to be the only thing asked for, and a code.
pub async fn turn_off(State(app): State<App>, mut visit: Visit<Owner>, Form(form): Form<EndForm>) -> Result<Response> {
    let mut page = SecondStepPage::load(&app, &mut visit).await?;
    let (user, now, this) = (visit.by.user_id(), visit.now, visit.session);
    let asked = Asked::on(&visit);
    if page.since.is_none() {
        return Ok(Done::to(HERE).into_response());
    }
    // Hashing takes long, and the connection is for others meanwhile.
    drop(visit);
    page.errors = match confirm::password_of(&app, asked, &form.password).await? {
        None => Wrong::Password.at("password", "code"),
        Some(account) if account.password_hash.is_some() && !password::is_long_enough(&form.password) => Errors::of(
            "password",
            "This password is short for one without a second step. Change it to a longer one first, under Security",
        ),
        Some(account) if !confirm::code_of(&app, asked, &account, &form.code).await? => {
            Wrong::Code.at("password", "code")
        }
        Some(_) => Errors::default(),
    };
    if !page.errors.is_empty() {
        return Ok(Page::unprocessable(page).into_response());
    }
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    queries::turn_off(&mut *transaction, user, None).await?;
    forget_all(&mut transaction, user).await?;
    Event::new(user, Kind::SecondStepOff, now).by_session(&mut *transaction, this).await?;
    app.outbox.tell(&mut *transaction, user, &Letter::Change { what: Change::SecondStepOff }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    Ok(Done::to(SECURITY).saying("The second step is off. Your password alone logs you in.").into_response())
}

/// `POST /settings/remembered-browsers/{id}/ends`
pub async fn forget_browser(mut visit: Visit<Owner>, Id(id): Id<RememberedBrowserId>) -> Result<Done> {
    let by = visit.by;
    if !remembered_browsers::delete(visit.db(), by.user_id(), id).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to(HERE).saying("That browser is asked for a code again."))
}

/// `POST /settings/remembered-browsers/ends`
pub async fn forget_browsers(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    remembered_browsers::delete_all(visit.db(), by.user_id()).await?;
    Ok(Done::to(HERE).saying("Every browser is asked for a code again."))
}
