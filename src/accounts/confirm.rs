//! The password once more, and a code where there is a second step, before the account itself is changed: a browser left open is not
//! its owner.

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::audit::{self, Event, WRONG_CODE, WRONG_PASSKEY, WRONG_PASSWORD};
use super::ceremonies::Kind;
use super::passkeys::{self, Outcome};
use super::password::Checked;
use super::queries::{self, Credentials, ways};
use super::rate_limit::{self, CONFIRM_BY_ACCOUNT, PASSKEYS_BY_ACCOUNT};
use super::second_step::{self, NOT_RIGHT, not_right};
use super::session::{self, Origin};
use super::visit::Visit;
use crate::access::Myself;
use crate::app::App;
use crate::error::Result;
use crate::ids::{SessionId, UserId};
use crate::web::body::Typed;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// A visit whose password was given in the last minutes. Without, the password is asked for first: a page then follows by
/// itself, and a form is sent on as it was.
pub struct Confirmed<P>(pub Visit<P>);

impl<P: Send> FromRequestParts<App> for Confirmed<P>
where
    Visit<P>: FromRequestParts<App, Rejection = Response>,
{
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = Visit::<P>::from_request_parts(parts, app).await?;
        if visit.is_confirmed() {
            return Ok(Self(visit));
        }
        let next = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        if matches!(parts.method, Method::GET | Method::HEAD) {
            let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
            return Err(Redirect::to(&format!("/confirm?{query}")).into_response());
        }
        let typed = parts.extensions.get::<Typed>().and_then(|Typed(bytes)| serde_html_form::from_bytes(bytes).ok());
        let (shell, me) = (visit.shell(Nav::Settings), visit.me);
        drop(visit);
        let ways = ways(app, me).await.map_err(IntoResponse::into_response)?;
        let (next, typed) = (own_path(next), typed.unwrap_or_default());
        let page = ConfirmPage { shell, next, again: true, ways, typed, errors: Errors::default() };
        Err(Page::unprocessable(page).into_response())
    }
}

/// What the account can show who it is with, as far as this installation takes it.
async fn ways(app: &App, me: UserId) -> Result<Ways> {
    let issuer = app.config.issuer.as_ref();
    let address = issuer.map_or("", |issuer| issuer.address.as_str());
    let of = ways::of(&mut *app.connection().await?, me, address).await?;
    let passkey = of.passkeys && passkeys::are_offered(&app.config);
    Ok(Ways {
        // Where a second step is on, the password goes with a code.
        password: of.password && (!of.second_step || of.app || of.recovery),
        code: of.second_step.then(|| Code::of(of.app, of.recovery, passkey)),
        passkey,
        // An issuer's word stands for the password; a second step would be left out.
        issuer: issuer.filter(|_| of.identity && !of.second_step).map(|issuer| issuer.name.clone()),
    })
}

/// What the page offers.
struct Ways {
    password: bool,
    /// What is asked for beside the password.
    code: Option<Code>,
    passkey: bool,
    /// The issuer, as the button calls it.
    issuer: Option<String>,
}

/// The field for a code, as it is called, and where a code comes from.
struct Code {
    label: &'static str,
    hint: String,
    /// What is said of one that does not count.
    wrong: &'static str,
}

impl Code {
    /// Of an account that has these.
    fn of(app: bool, recovery: bool, passkey: bool) -> Self {
        let (label, from) = match (app, recovery) {
            (true, true) => ("Code", "From your authenticator app, or a recovery code"),
            (true, false) => ("Code", "From your authenticator app"),
            (false, _) => ("Recovery code", "One of those you saved"),
        };
        let instead = if passkey { ". Or use a passkey instead" } else { "" };
        Self { label, hint: format!("{from}{instead}"), wrong: not_right(app) }
    }
}

/// What is said of a wrong password.
pub const NOT_YOURS: &str = "That's not your password";

impl Ways {
    /// Nothing it has can be asked for here.
    fn is_empty(&self) -> bool {
        !self.password && !self.passkey && self.issuer.is_none()
    }
}

/// What of that was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is another password.
    Password,
    /// The code does not count.
    Code,
}

impl Wrong {
    /// The fault at its field, by the names the two fields have.
    pub fn at(self, password: &'static str, code: &'static str) -> Errors {
        match self {
            Self::Password => Errors::of(password, NOT_YOURS),
            Self::Code => Errors::of(code, NOT_RIGHT),
        }
    }
}

/// Who is asked for their password, and where.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    me: UserId,
    session: SessionId,
    now: Timestamp,
    /// They were asked in the last minutes: whoever has no password, or no app, need not be asked for it.
    confirmed: bool,
}

impl Asked {
    /// Whoever is signed in there.
    pub fn on<P>(visit: &Visit<P>) -> Self {
        Self { me: visit.me, session: visit.session, now: visit.now, confirmed: visit.is_confirmed() }
    }

    async fn note(self, app: &App, what: &str) -> Result<()> {
        let event = Event::new(self.me, audit::Kind::ConfirmRefused, self.now).about(what);
        Ok(event.by_session(&mut *app.connection().await?, self.session).await?)
    }
}

/// The account's credentials, if `password` is its password, and `code` its code where it has a second step.
///
/// # Errors
/// `TooMany` after ten wrong ones in a quarter of an hour.
pub async fn check(app: &App, asked: Asked, password: &str, code: &str) -> Result<Result<Credentials, Wrong>> {
    match password_of(app, asked, password).await? {
        Some(account) => Ok(if code_of(app, asked, &account, code).await? { Ok(account) } else { Err(Wrong::Code) }),
        None => Ok(Err(Wrong::Password)),
    }
}

/// The account's credentials, if `password` is its password, or it has none and another way was `confirmed` in the last minutes.
/// Holds no connection while it hashes.
///
/// # Errors
/// As [`check`].
pub async fn password_of(app: &App, asked: Asked, password: &str) -> Result<Option<Credentials>> {
    let Asked { me, now, confirmed, .. } = asked;
    let key = me.to_string();
    rate_limit::count(&mut *app.connection().await?, now, CONFIRM_BY_ACCOUNT, &key).await?;
    let account = queries::credentials_of(&mut *app.connection().await?, me).await?;
    if confirmed && account.as_ref().is_some_and(|account| account.password_hash.is_none()) {
        rate_limit::give_one_back(&mut *app.connection().await?, CONFIRM_BY_ACCOUNT, &key).await?;
        return Ok(account);
    }
    let stored = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let checked = app.hashing.check(password, stored).await?;
    let Some(account) = account.filter(|_| checked != Checked::Wrong) else {
        asked.note(app, WRONG_PASSWORD).await?;
        return Ok(None);
    };
    let mut db = app.connection().await?;
    if account.second_step {
        // Wrong codes stay counted, or the password would buy any number of them.
        rate_limit::give_one_back(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    } else {
        rate_limit::forgive(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    }
    Ok(Some(account))
}

/// Whether `code` is one of the account's, which is used up by it; an account without a second step needs none, nor does one without
/// an app whose passkey was `confirmed` in the last minutes.
///
/// # Errors
/// As [`check`].
pub async fn code_of(app: &App, asked: Asked, account: &Credentials, code: &str) -> Result<bool> {
    if !account.second_step || (!account.app && asked.confirmed) {
        return Ok(true);
    }
    let (mut db, key) = (app.connection().await?, account.id.to_string());
    rate_limit::count(&mut *db, asked.now, CONFIRM_BY_ACCOUNT, &key).await?;
    let right = second_step::spend(&mut db, asked.now, account.id, code).await?;
    if right {
        rate_limit::forgive(&mut *db, CONFIRM_BY_ACCOUNT, &key).await?;
    } else {
        drop(db);
        asked.note(app, WRONG_CODE).await?;
    }
    Ok(right)
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    next: String,
    /// What is next takes a form: this one is sent on to it.
    again: bool,
    ways: Ways,
    /// The fields of that form.
    typed: Vec<(String, String)>,
    errors: Errors,
}

impl ConfirmPage {
    /// Where to go on after the issuer: a form is not sent on from there.
    fn after_issuer(&self) -> &str {
        if self.again { "/settings/security" } else { &self.next }
    }
}

/// Where to go on.
#[derive(Deserialize)]
pub struct ConfirmQuery {
    #[serde(default)]
    next: String,
}

/// `GET /confirm`
pub async fn show(
    State(app): State<App>,
    visit: Visit<Myself>,
    Query(query): Query<ConfirmQuery>,
) -> Result<Page<impl Template>> {
    let (shell, me) = (visit.shell(Nav::Settings), visit.me);
    drop(visit);
    Ok(Page::ok(ConfirmPage {
        shell,
        next: own_path(&query.next),
        again: false,
        ways: ways(&app, me).await?,
        typed: Vec::new(),
        errors: Errors::default(),
    }))
}

/// `POST /confirm/passkey-challenges`: asks for a passkey of whoever is signed in.
pub async fn ask_for_passkey(State(app): State<App>, mut visit: Visit<Myself>) -> Result<Response> {
    let (me, now) = (visit.me, visit.now);
    rate_limit::count(visit.db(), now, PASSKEYS_BY_ACCOUNT, &me.to_string()).await?;
    passkeys::ask(&app, visit.db(), Kind::PasskeyConfirmation, Some(me), now).await
}

/// `POST /confirm`
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    visit: Visit<Myself>,
    Form(mut typed): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (me, session, now, shell) = (visit.me, visit.session, visit.now, visit.shell(Nav::Settings));
    let asked = Asked { confirmed: false, ..Asked::on(&visit) };
    drop(visit);
    let mut own = |name: &str| match typed.iter().position(|(field, _)| field == name) {
        Some(at) => typed.remove(at).1,
        None => String::new(),
    };
    let (password, code, passkey) = (own("password"), own("confirm_code"), own("confirm_passkey"));
    let (next, again) = (own_path(&own("confirm_next")), !own("confirm_again").is_empty());
    let wrong = if passkey.is_empty() {
        check(&app, asked, &password, &code).await?.err().map(|wrong| wrong.at("password", "confirm_code"))
    } else {
        let (origin, of) = (Origin::of(&app, &extensions, &headers), (Kind::PasskeyConfirmation, Some(me)));
        let mut db = app.connection().await?;
        match passkeys::check(&app, &mut db, &headers, of, &passkey, &origin, now).await? {
            Outcome::Right(_) => None,
            other => {
                drop(db);
                asked.note(&app, WRONG_PASSKEY).await?;
                Some(Errors::of("confirm_passkey", other.problem()))
            }
        }
    };
    if let Some(mut errors) = wrong {
        let ways = ways(&app, me).await?;
        if let Some(code) = ways.code.as_ref().filter(|_| errors.get("confirm_code").is_some()) {
            errors = Errors::of("confirm_code", code.wrong);
        }
        let page = ConfirmPage { shell, next, again, ways, typed, errors };
        return Ok(Page::unprocessable(page).into_response());
    }
    let token = session::renew(&mut *app.connection().await?, me, session, Some(now)).await?;
    // 307 has the browser send the same form, with the fields it carries along, to where it was meant for.
    let mut response = if again { Redirect::temporary(&next) } else { Redirect::to(&next) }.into_response();
    response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&app, &token));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_code_comes_from_names_only_what_there_is() {
        for (app, recovery, passkey, label, hint) in [
            (true, true, true, "Code", "From your authenticator app, or a recovery code. Or use a passkey instead"),
            (true, true, false, "Code", "From your authenticator app, or a recovery code"),
            (true, false, false, "Code", "From your authenticator app"),
            (false, true, true, "Recovery code", "One of those you saved. Or use a passkey instead"),
            (false, true, false, "Recovery code", "One of those you saved"),
        ] {
            let code = Code::of(app, recovery, passkey);
            assert_eq!((code.label, code.hint.as_str()), (label, hint));
            assert_eq!(code.wrong.contains("your app"), app);
        }
    }
}
