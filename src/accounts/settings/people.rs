//! Who may look at this search: a coach is invited by a link, accepts, is let in, and can be turned away again.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::coaches::{HOLDS, INVITATION, queries};
use crate::accounts::confirm::Confirmed;
use crate::accounts::mailing;
use crate::accounts::queries::instance;
use crate::accounts::rate_limit::{self, LOOKS_BY_ACCOUNT, LOOKS_BY_RECIPIENT};
use crate::accounts::sign_up::policy;
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::SignUp;
use crate::database::At;
use crate::error::{Error, Result};
use crate::ids::GrantId;
use crate::mail::letter::Letter;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Deserialize)]
pub struct InviteForm {
    id: GrantId,
    #[serde(default)]
    label: String,
    /// Whom the link is sent to, too.
    #[serde(default)]
    email: String,
}

/// Whoever accepted.
struct Account {
    name: String,
    email: String,
    made: String,
}

enum Standing {
    Active(Account),
    Accepted(Account),
    Waiting,
    Expired,
}

struct PersonLine {
    id: GrantId,
    label: String,
    standing: Standing,
    since: String,
}

/// A link just made: it is known now and never again.
struct Made {
    link: String,
    /// Whom it was sent to, too.
    sent_to: Option<String>,
    /// Whether its holder can make an account, if they have none.
    sign_up: SignUp,
}

#[derive(Template)]
#[template(path = "accounts/settings/people.html")]
struct PeoplePage {
    shell: Shell,
    people: Vec<PersonLine>,
    form: InviteForm,
    made: Option<Made>,
    /// Links go out by mail, too.
    by_mail: bool,
    errors: Errors,
}

impl PeoplePage {
    async fn load(app: &App, visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let grants = queries::granted(visit.db(), by).await?;
        let zone = &visit.person.zone;
        let day = |at: At| words::day(crate::clock::date_in(zone, at.0), today);
        let line = |grant: queries::Granted| PersonLine {
            id: grant.id,
            since: day(grant.let_in_at.or(grant.accepted_at).unwrap_or(grant.created_at)),
            standing: match (grant.name, grant.email, grant.account_made_at) {
                (Some(name), Some(email), Some(made)) => {
                    let account = Account { name, email, made: day(made) };
                    if grant.let_in_at.is_some() { Standing::Active(account) } else { Standing::Accepted(account) }
                }
                _ if grant.created_at.0 + HOLDS > now => Standing::Waiting,
                _ => Standing::Expired,
            },
            label: grant.label,
        };
        Ok(Self {
            people: grants.into_iter().map(line).collect(),
            shell: visit.shell(Nav::Settings),
            form: InviteForm { id: GrantId::new(), label: String::new(), email: String::new() },
            made: None,
            by_mail: app.outbox.is_on(),
            errors: Errors::default(),
        })
    }
}

/// `GET /settings/people`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(PeoplePage::load(&app, &mut visit).await?))
}

/// `POST /settings/people`: makes a link and shows it once.
pub async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<InviteForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut errors = Errors::default();
    let label = errors.take("label", Line::<100>::parse(&form.label));
    let email = errors.take("email", EmailAddress::parse_optional(&form.email));
    let (Some(label), Some(email)) = (label, email) else {
        let page = PeoplePage { form, errors, ..PeoplePage::load(&app, &mut visit).await? };
        return Ok(Page::unprocessable(page).into_response());
    };
    rate_limit::count(visit.db(), now, LOOKS_BY_ACCOUNT, &by.user_id().to_string()).await?;
    let token = Token::new()?;
    if !queries::invite(visit.db(), by, form.id, label.as_str(), &token.hash(), now).await? {
        return Ok(Done::to("/settings/people")
            .saying(
                "This invitation was made already. Its link is shown once: if you missed it, withdraw it and make another.",
            )
            .into_response());
    }
    let event = Event::new(by.user_id(), Kind::CoachInvited, now).about(label.as_str());
    event.by_session(visit.db(), this).await?;
    let link = format!("{}{INVITATION}?token={}", host::base(&app.config, &headers), token.reveal());
    let sign_up = policy(&app, &instance(visit.db()).await?);
    let mut sent_to = None;
    if let Some(email) = email {
        let letter = Letter::Coaching { by: visit.person.name.clone(), link: link.clone() };
        if mailing::ask(&app, LOOKS_BY_RECIPIENT, &email, &letter, now).await? {
            sent_to = Some(email.into());
        }
    }
    let made = Made { link, sent_to, sign_up };
    let page = PeoplePage { made: Some(made), ..PeoplePage::load(&app, &mut visit).await? };
    Ok(Page::ok(page).into_response())
}

/// `POST /settings/people/{id}/entries`: whoever accepted may look from now on.
pub async fn let_in(Confirmed(mut visit): Confirmed<Owner>, Id(id): Id<GrantId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let name = queries::let_in(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::CoachLetIn, now).about(&name).by_session(visit.db(), this).await?;
    Ok(Done::to("/settings/people").saying(format!("{name} can look at your search now.")))
}

/// `POST /settings/people/{id}/revocations`
pub async fn revoke(mut visit: Visit<Owner>, Id(id): Id<GrantId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let label = queries::revoke(&mut transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::CoachEnded, now).about(&label).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(Done::to("/settings/people").saying(format!("Invitation for {label} withdrawn: no one can use it any more.")))
}
