//! The programs that may read the account, or write to it.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::programs::queries::{self, New, TokenRow};
use crate::accounts::programs::scope::Purpose;
use crate::accounts::programs::{MOST, PREFIX};
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::clock::date_in;
use crate::error::{Error, Result};
use crate::ids::AccessTokenId;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/settings/programs";
/// For how many days a token can hold, and the words for it.
const DAYS: [(&str, &str); 4] = [("30", "30 days"), ("90", "90 days"), ("180", "180 days"), ("365", "A year")];

/// A token to be made, as typed.
#[derive(Deserialize)]
#[serde(default)]
pub struct TokenForm {
    id: AccessTokenId,
    label: String,
    purpose: String,
    days: String,
}

impl Default for TokenForm {
    fn default() -> Self {
        Self { id: AccessTokenId::new(), label: String::new(), purpose: Purpose::Read.to_string(), days: "90".into() }
    }
}

struct ProgramLine {
    id: AccessTokenId,
    label: String,
    made: String,
    ends: String,
    /// What it may do.
    purpose: Purpose,
    is_over: bool,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/settings/programs.html")]
struct ProgramsPage {
    shell: Shell,
    programs: Vec<ProgramLine>,
    form: TokenForm,
    errors: Errors,
    /// A token just made, and what it is for: it is known now and never again.
    token: Option<(String, Purpose)>,
    /// Where programs ask.
    base: String,
}

impl ProgramsPage {
    async fn load(visit: &mut Visit<Owner>, base: String) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let rows = queries::tokens(visit.db(), by).await?;
        let zone = &visit.person.zone;
        let day = |at: crate::database::At| words::day(date_in(zone, at.0), today);
        let line = |row: TokenRow| ProgramLine {
            id: row.id,
            label: row.label,
            made: day(row.created_at),
            ends: day(row.expires_at),
            purpose: Purpose::of(&row.scopes),
            is_over: row.expires_at.0 <= now,
            used: row.used_at.map(day),
        };
        Ok(Self {
            programs: rows.into_iter().map(line).collect(),
            shell: visit.shell(Nav::Settings),
            form: TokenForm::default(),
            errors: Errors::default(),
            token: None,
            base,
        })
    }

    fn purposes(&self) -> Vec<(&'static str, &'static str)> {
        Purpose::choices()
    }

    fn days(&self) -> [(&'static str, &'static str); 4] {
        DAYS
    }
}

/// `GET /settings/programs`
pub async fn show(State(app): State<App>, headers: HeaderMap, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let base = host::base(&app.config, &headers);
    Ok(Page::ok(ProgramsPage::load(&mut visit, base).await?))
}

/// `POST /settings/programs`: makes a token and shows it once.
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<TokenForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let base = host::base(&app.config, &headers);
    let mut errors = Errors::default();
    let label = errors.take("label", Line::<100>::parse(&form.label));
    let purpose = errors.choose::<Purpose>("purpose", &form.purpose);
    let is_offered = DAYS.iter().any(|(days, _)| *days == form.days);
    let days = form.days.parse::<i64>().ok().filter(|_| is_offered);
    if days.is_none() {
        errors.add("days", "Choose one from the list");
    }
    let (Some(label), Some(purpose), Some(days)) = (label, purpose, days) else {
        let page = ProgramsPage { form, errors, ..ProgramsPage::load(&mut visit, base).await? };
        return Ok(Page::unprocessable(page).into_response());
    };
    let token = Token::new()?;
    let expires_at = now + SignedDuration::from_hours(24 * days);
    let (hash, scopes) = (token.hash(), purpose.scopes());
    let new = New { id: form.id, label: label.as_str(), scopes, token_hash: &hash, expires_at };
    if !queries::insert(visit.db(), by, new, MOST, now).await? {
        return Ok(Done::to(HERE)
            .saying("That token was made already and is shown once, or there are 20. End one and make another.")
            .into_response());
    }
    Event::new(by.user_id(), Kind::TokenMade, now).about(label.as_str()).by_session(visit.db(), this).await?;
    let token = Some((format!("{PREFIX}{}", token.reveal()), purpose));
    let page = ProgramsPage { token, ..ProgramsPage::load(&mut visit, base).await? };
    Ok(Page::ok(page).into_response())
}

/// `POST /settings/programs/{id}/ends`
pub async fn end(mut visit: Visit<Owner>, Id(id): Id<AccessTokenId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let label = queries::delete(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::TokenEnded, now).about(&label).by_session(visit.db(), this).await?;
    Ok(Done::to(HERE).saying(format!("The token for {label} no longer works.")))
}
