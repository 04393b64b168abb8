//! Where a person is asked whether to let a program in.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::client::RedirectUri;
use super::queries::{self, Client, NewCode};
use super::request::{Asked, Parameters, Refused};
use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::programs::scope::Purpose;
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::OauthClientId;
use crate::web::form::{Errors, Form, Query};
use crate::web::host;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "accounts/let_in.html")]
struct LetInPage {
    shell: Shell,
    name: String,
    /// Where the answer goes, as people know it.
    host: String,
    parameters: Parameters,
    /// It asks to write as well.
    writes: bool,
    purpose: Purpose,
    errors: Errors,
}

impl LetInPage {
    fn purposes(&self) -> Vec<(&'static str, &'static str)> {
        Purpose::ALL.iter().rev().map(|purpose| purpose.choice()).collect()
    }
}

/// Leads back to the program. A form may lead nowhere but here, so the page does.
#[derive(Template)]
#[template(path = "accounts/back_to_program.html")]
struct BackPage {
    shell: Shell,
    name: String,
    to: String,
    is_in: bool,
}

impl BackPage {
    fn answer(self) -> Result<Response> {
        let refresh = HeaderValue::from_str(&format!("0; url={}", self.to)).map_err(anyhow::Error::from)?;
        let mut response = Page::ok(self).into_response();
        response.headers_mut().insert(header::REFRESH, refresh);
        Ok(response)
    }
}

/// A program that a person came from, and where they are led back to.
struct From {
    id: OauthClientId,
    client: Client,
    redirect_uri: RedirectUri,
}

/// Who asks. A program that is not known, or leads elsewhere than it said, is not led back to.
async fn who(visit: &mut Visit<Owner>, parameters: &Parameters) -> Result<From> {
    let unknown = || {
        Error::Invalid(
            "The program you came from isn't known here, or asks to be answered where it never said it would be. Begin again in \
             the program."
                .into(),
        )
    };
    let id: OauthClientId = parameters.client_id.parse().map_err(|_| unknown())?;
    let client = queries::client(visit.db(), id).await?.ok_or_else(unknown)?;
    let redirect_uri =
        parameters.redirect_uri().filter(|uri| uri.is_one_of(&client.redirect_uris)).ok_or_else(unknown)?;
    Ok(From { id, client, redirect_uri })
}

impl From {
    /// The address of the answer.
    fn to(&self, answer: (&str, &str), state: &str, base: &str) -> String {
        let mut parameters = vec![answer, ("iss", base)];
        if !state.is_empty() {
            parameters.push(("state", state));
        }
        self.redirect_uri.with(&parameters)
    }

    fn refused(self, shell: Shell, why: Refused, state: &str, base: &str) -> Result<Response> {
        let to = self.to(("error", why.code()), state, base);
        BackPage { shell, name: self.client.name, to, is_in: false }.answer()
    }
}

/// `GET /oauth/authorize`
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    mut visit: Visit<Owner>,
    Query(parameters): Query<Parameters>,
) -> Result<Response> {
    let base = host::base(&app.config, &headers);
    let from = who(&mut visit, &parameters).await?;
    let shell = visit.shell(Nav::Settings);
    match parameters.parse(&base) {
        Err(why) => from.refused(shell, why, &parameters.state, &base),
        Ok(Asked { writes, .. }) => {
            let purpose = if writes { Purpose::ReadAndWrite } else { Purpose::Read };
            let (name, host) = (from.client.name, from.redirect_uri.host());
            let page = LetInPage { shell, name, host, parameters, writes, purpose, errors: Errors::default() };
            Ok(Page::ok(page).into_response())
        }
    }
}

/// What the person answers, with what they were asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    answer: String,
    purpose: String,
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    code_challenge: String,
    code_challenge_method: String,
    resource: String,
}

impl AnswerForm {
    /// What they were asked, as it came.
    fn parameters(&self) -> Parameters {
        Parameters {
            response_type: self.response_type.clone(),
            client_id: self.client_id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            scope: self.scope.clone(),
            state: self.state.clone(),
            code_challenge: self.code_challenge.clone(),
            code_challenge_method: self.code_challenge_method.clone(),
            resource: self.resource.clone(),
        }
    }
}

/// `POST /oauth/authorize`
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let base = host::base(&app.config, &headers);
    let (by, now, session, parameters) = (visit.by, visit.now, visit.session, form.parameters());
    let from = who(&mut visit, &parameters).await?;
    let shell = visit.shell(Nav::Settings);
    let asked = match parameters.parse(&base) {
        Ok(asked) if form.answer == "yes" => asked,
        Ok(_) => return from.refused(shell, Refused::AccessDenied, &parameters.state, &base),
        Err(why) => return from.refused(shell, why, &parameters.state, &base),
    };
    let mut errors = Errors::default();
    let purpose = if asked.writes { errors.choose::<Purpose>("purpose", &form.purpose) } else { Some(Purpose::Read) };
    let Some(purpose) = purpose else {
        let (name, host) = (from.client.name, from.redirect_uri.host());
        let page = LetInPage { shell, name, host, parameters, writes: true, purpose: Purpose::ReadAndWrite, errors };
        return Ok(Page::unprocessable(page).into_response());
    };
    let code = Token::new()?;
    let code_hash = code.hash();
    let new = NewCode {
        code_hash: &code_hash,
        client: from.id,
        redirect_uri: from.redirect_uri.as_str(),
        challenge: &asked.challenge,
        scopes: purpose.scopes(),
    };
    if !queries::insert_code(visit.db(), by, new, now).await? {
        return Err(Error::NotFound);
    }
    Event::new(by.user_id(), Kind::TokenMade, now).about(&from.client.name).by_session(visit.db(), session).await?;
    let to = from.to(("code", &code.reveal()), &parameters.state, &base);
    BackPage { shell, name: from.client.name, to, is_in: true }.answer()
}
