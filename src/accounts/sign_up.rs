//! Making an account: open, by invitation, or not at all; the first one administers.

use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::Connection;

use super::admin::queries::set_sign_up;
use super::audit::{Event, Kind};
use super::cohorts::queries::members;
use super::login::{Given, policy, signed_in};
use super::password::NewPassword;
use super::queries::{self, Created, Instance, NewUser};
use super::rate_limit::{self, MAIL_BY_RECIPIENT, SIGN_UP_BY_ADDRESS};
use super::session::Origin;
use super::token::Token;
use super::{coaches, mailing};
use crate::access::Admin;
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::SignUp;
use crate::error::Result;
use crate::ids::UserId;
use crate::mail::letter::Letter;
use crate::text::Line;
use crate::web::client;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path;
use crate::web::page::Page;

/// Whether the first account need not show the token printed at the start: everything says that whoever asks sits at this very
/// machine. Otherwise a stranger could be there before its owner.
pub struct AtHand(bool);

impl FromRequestParts<App> for AtHand {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(client::is_this_machine(&app.config, parts)))
    }
}

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    name: String,
    email: String,
    password: String,
    time_zone: String,
    invitation: String,
    setup_token: String,
    /// Who else may make an account, which the first one says.
    sign_up: String,
    /// Where to go on once logged in.
    next: String,
}

/// What the form means.
struct NewAccount {
    name: Line<100>,
    sign_up: Option<SignUp>,
    email: EmailAddress,
    password: NewPassword,
    time_zone: String,
}

impl SignUpForm {
    fn parse(&self) -> Result<NewAccount, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", Line::parse(&self.name));
        let email = errors.take("email", EmailAddress::parse(&self.email));
        let password = errors.take("password", NewPassword::parse(&self.password, &self.name, &self.email));
        let sign_up =
            errors.optional("sign_up", &self.sign_up, |word| word.parse().map_err(|_| "Choose one from the list"));
        let time_zone = TimeZone::get(&self.time_zone).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
        errors.give(|| {
            Some(NewAccount {
                name: name?,
                sign_up,
                email: email?,
                password: password?,
                time_zone: time_zone.unwrap_or_else(|| "UTC".into()),
            })
        })
    }
}

#[derive(Template)]
#[template(path = "accounts/signup.html")]
struct SignUpPage {
    form: SignUpForm,
    errors: Errors,
    /// The first account: it will administer.
    first: bool,
    asks_setup_token: bool,
    /// Nobody may sign up here, or not without an invitation.
    refused: Option<&'static str>,
}

impl SignUpPage {
    fn new(app: &App, instance: &Instance, at_hand: bool, mut form: SignUpForm, errors: Errors) -> Self {
        form.password.clear();
        let first = !instance.has_users;
        if form.sign_up.is_empty() {
            form.sign_up = policy(app, instance).to_string();
        }
        let refused = match policy(app, instance) {
            _ if first => None,
            SignUp::Open => None,
            SignUp::Invite if !form.invitation.is_empty() => None,
            SignUp::Invite if form.next.starts_with(coaches::INVITATION) => Some(
                "Accounts here are by invitation. Ask the person who runs this Inroad for one; once you have an account, open the link of your coaching again.",
            ),
            SignUp::Invite => Some("Accounts here are by invitation. Ask the person who runs this Inroad for a link."),
            SignUp::Closed => Some("This installation takes no new accounts."),
        };
        Self { form, errors, first, asks_setup_token: first && !at_hand, refused }
    }

    fn policies(&self) -> Vec<(&'static str, String)> {
        SignUp::ALL.iter().map(|policy| (policy.as_str(), policy.label().to_owned())).collect()
    }
}

/// The invitation in a link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SignUpQuery {
    invitation: String,
    next: String,
}

/// `/signup` or `/login`, for someone who wants to go on to `next`.
pub fn towards(path: &str, next: &str) -> String {
    match serde_html_form::to_string([("next", next)]) {
        Ok(query) if next != "/" && !next.is_empty() => format!("{path}?{query}"),
        _ => path.into(),
    }
}

/// `GET /signup`
pub async fn show(
    State(app): State<App>,
    AtHand(at_hand): AtHand,
    Query(query): Query<SignUpQuery>,
) -> Result<Response> {
    let instance = queries::instance(&mut *app.connection().await?).await?;
    let form = SignUpForm { invitation: query.invitation, next: query.next, ..SignUpForm::default() };
    Ok(Page::ok(SignUpPage::new(&app, &instance, at_hand, form, Errors::default())).into_response())
}

/// `POST /signup`
pub async fn create(
    State(app): State<App>,
    AtHand(at_hand): AtHand,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<SignUpForm>,
) -> Result<Response> {
    let now = app.clock.now();
    let origin = Origin::of(&app, &extensions, &headers);
    let instance = queries::instance(&mut *app.connection().await?).await?;
    let account = match form.parse() {
        Ok(account) => account,
        Err(errors) => {
            return Ok(Page::unprocessable(SignUpPage::new(&app, &instance, at_hand, form, errors)).into_response());
        }
    };
    if !is_invited(&app, &instance, &form, &account.email, now).await? {
        rate_limit::count_client(&mut *app.connection().await?, now, SIGN_UP_BY_ADDRESS, origin.address).await?;
    }
    let password_hash = app.hashing.hash(account.password).await?;

    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    let instance = queries::lock_instance(&mut transaction).await?;
    let first = !instance.has_users;
    let mut errors = Errors::default();
    let mut invited = None;
    if first {
        let given = Token::parse(&form.setup_token).map(|token| token.hash());
        if !at_hand && (given.is_none() || given != instance.setup_token_hash) {
            errors.add("setup_token", "This isn't the setup token of the last start; it's in the program's log");
        }
    } else {
        let policy = policy(&app, &instance);
        if policy == SignUp::Closed {
            return Ok(Page::unprocessable(SignUpPage::new(&app, &instance, at_hand, form, errors)).into_response());
        }
        let invitation = match Token::parse(&form.invitation) {
            Some(token) => queries::open_invitation(&mut *transaction, &token.hash(), now).await?,
            None => None,
        };
        match invitation {
            Some(it) if it.email.as_deref().is_none_or(|email| email == account.email.as_str()) => {
                queries::use_invitation(&mut *transaction, it.id, now).await?;
                invited = Some(it.id);
            }
            // Whoever may come without one needs none.
            _ if policy == SignUp::Open => {}
            Some(_) => errors.add("email", "This invitation is for another e-mail address"),
            None => errors.add("email", "This invitation was used, withdrawn or has expired; ask for a new one"),
        }
    }
    if !errors.is_empty() {
        return Ok(Page::unprocessable(SignUpPage::new(&app, &instance, at_hand, form, errors)).into_response());
    }
    let new = NewUser {
        id: UserId::new(),
        name: account.name.as_str(),
        email: account.email.as_str(),
        password_hash: Some(&password_hash),
        time_zone: &account.time_zone,
        admin: first,
    };
    let id = new.id;
    let created = queries::insert_user(&mut *transaction, new, now).await?;
    if first {
        queries::set_setup_token(&mut *transaction, None).await?;
        if let Some(policy) = account.sign_up {
            set_sign_up(&mut *transaction, Admin::granted(id), Some(policy)).await?;
        }
    }
    if created == Created::Yes {
        Event::new(id, Kind::AccountMade, now).by_browser(&mut *transaction, &origin).await?;
        if let Some(invitation) = invited
            && let Some(cohort) = members::accept(&mut *transaction, invitation, id, now).await?
        {
            Event::new(id, Kind::CohortJoined, now).about(&cohort).by_browser(&mut *transaction, &origin).await?;
        }
    }
    transaction.commit().await?;
    // One pool serves all: the mail is put by a connection of its own.
    drop(db);
    mailing::ask(&app, MAIL_BY_RECIPIENT, &account.email, &Letter::SignUp, now).await?;
    // What this tells of an address that is taken costs the invitation, which is spent either way.
    if first || (invited.is_some() && created == Created::Yes) {
        let onward = Redirect::to(&own_path(&form.next)).into_response();
        return signed_in(&app, id, &headers, &origin, Given::All, onward).await;
    }
    // The same answer whether or not the address had an account: nobody learns here who has one.
    let next = own_path(&form.next);
    let mut query = vec![("email", account.email.as_str())];
    if next != "/" {
        query.push(("next", &next));
    }
    let query = serde_html_form::to_string(query).unwrap_or_default();
    Ok(Done::to(format!("/login?{query}"))
        .saying("Now log in. We don't say who has an account here: if this address had one before, its password still holds.")
        .into_response())
}

/// Whether an invitation that will be used up comes with the form: a whole class may sit behind one address.
async fn is_invited(
    app: &App,
    instance: &Instance,
    form: &SignUpForm,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<bool> {
    let Some(token) = Token::parse(&form.invitation) else { return Ok(false) };
    if !instance.has_users || policy(app, instance) == SignUp::Closed {
        return Ok(false);
    }
    let invitation = queries::open_invitation(&mut *app.connection().await?, &token.hash(), now).await?;
    Ok(invitation.is_some_and(|it| it.email.as_deref().is_none_or(|theirs| theirs == email.as_str())))
}
