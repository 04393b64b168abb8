//! Invitations to sign up: a link that works once, within seven days.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::invitation::{HOLDS, Standing, link};
use super::queries::{self, NewInvitation};
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::app::App;
use crate::database::At;
use crate::error::{Error, Result};
use crate::ids::InvitationId;
use crate::mail::letter::Letter;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Deserialize)]
pub struct InvitationForm {
    id: InvitationId,
    #[serde(default)]
    email: String,
    /// 'true' where the link is to be sent to it.
    #[serde(default)]
    send: String,
}

struct InvitationLine {
    id: InvitationId,
    email: Option<String>,
    by: String,
    made: String,
    standing: Standing,
}

#[derive(Template)]
#[template(path = "accounts/admin/invitations.html")]
struct InvitationsPage {
    shell: Shell,
    form: InvitationForm,
    errors: Errors,
    /// The link just made: it is known now and never again.
    link: Option<String>,
    /// Whom it was sent to, too.
    sent_to: Option<String>,
    /// Links go out by mail, too.
    by_mail: bool,
    invitations: Vec<InvitationLine>,
}

impl InvitationsPage {
    async fn load(app: &App, visit: &mut Visit<Admin>) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let made = queries::invitations(visit.db(), by).await?;
        let zone = &visit.person.zone;
        let day = |at: At| words::day(crate::clock::date_in(zone, at.0), today);
        let line = |it: queries::Invitation| InvitationLine {
            made: day(it.created_at),
            standing: Standing::of(&it, now, day),
            id: it.id,
            email: it.email,
            by: it.by,
        };
        Ok(Self {
            shell: visit.shell(Nav::Admin),
            form: InvitationForm { id: InvitationId::new(), email: String::new(), send: "true".into() },
            errors: Errors::default(),
            link: None,
            sent_to: None,
            by_mail: app.outbox.is_on(),
            invitations: made.into_iter().map(line).collect(),
        })
    }
}

/// `GET /admin/invitations`
pub async fn index(State(app): State<App>, mut visit: Visit<Admin>) -> Result<Page<impl Template>> {
    Ok(Page::ok(InvitationsPage::load(&app, &mut visit).await?))
}

/// `POST /admin/invitations`
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Admin>,
    Form(form): Form<InvitationForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut errors = Errors::default();
    let email = errors.take("email", EmailAddress::parse_optional(&form.email));
    let Some(email) = email else {
        let page = InvitationsPage { form, errors, ..InvitationsPage::load(&app, &mut visit).await? };
        return Ok(Page::unprocessable(page).into_response());
    };
    let token = Token::new()?;
    let new = NewInvitation {
        id: form.id,
        token_hash: &token.hash(),
        email: email.as_ref().map(EmailAddress::as_str),
        expires_at: now + HOLDS,
    };
    if !queries::invite(visit.db(), by, new, now).await? {
        return Ok(Done::to("/admin/invitations")
            .saying("This invitation was made already. Its link is shown once: if you missed it, revoke it and make another.")
            .into_response());
    }
    Event::new(by.user_id(), Kind::Invited, now).by_session(visit.db(), this).await?;
    let link = link(&host::base(&app.config, &headers), &token);
    let email = email.filter(|_| app.outbox.is_on() && form.send == "true");
    if let Some(email) = &email {
        let letter = Letter::Invitation { by: visit.person.name.clone(), link: link.clone() };
        app.outbox.put(visit.db(), email, &letter, now).await?;
        app.outbox.hurry();
    }
    let page = InvitationsPage {
        link: Some(link),
        sent_to: email.map(String::from),
        ..InvitationsPage::load(&app, &mut visit).await?
    };
    Ok(Page::ok(page).into_response())
}

/// `POST /admin/invitations/{id}/revocations`
pub async fn revoke(mut visit: Visit<Admin>, Id(id): Id<InvitationId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    if !queries::revoke(visit.db(), by, id, now).await? {
        return Err(Error::NotFound);
    }
    Event::new(by.user_id(), Kind::InvitationRevoked, now).by_session(visit.db(), this).await?;
    Ok(Done::to("/admin/invitations").saying("The invitation is revoked: its link no longer works."))
}
