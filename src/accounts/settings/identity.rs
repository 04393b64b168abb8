//! Who the account is to the issuer one can log in by.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::issuer_login;
use crate::accounts::queries::{identities as queries, ways};
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::mail::letter::{Change, Letter};
use crate::web::flash::Done;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

const HERE: &str = "/settings/identity";

struct Linked {
    shown_as: String,
    since: String,
    used: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/identity.html")]
struct IdentityPage {
    shell: Shell,
    /// What the issuer is called; none is set up otherwise.
    issuer: Option<String>,
    linked: Option<Linked>,
}

/// `GET /settings/identity`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let issuer = app.config.issuer.as_ref();
    let shown = match issuer {
        Some(issuer) => queries::shown(visit.db(), by, &issuer.address).await?,
        None => None,
    };
    let moment = |at: crate::database::At| super::moment(at.0, &visit.person.zone, today);
    let linked = shown.map(|shown| Linked {
        shown_as: shown.shown_as,
        since: moment(shown.created_at),
        used: moment(shown.used_at),
    });
    Ok(Page::ok(IdentityPage {
        shell: visit.shell(Nav::Settings),
        issuer: issuer.map(|issuer| issuer.name.clone()),
        linked,
    }))
}

/// `POST /settings/identity`: to the issuer, and back.
pub async fn link(State(app): State<App>, Confirmed(visit): Confirmed<Owner>) -> Result<Response> {
    let (user, now) = (visit.by.user_id(), visit.now);
    drop(visit);
    issuer_login::begin_linking(&app, user, now).await
}

/// `POST /settings/identity/ends`
pub async fn unlink(State(app): State<App>, Confirmed(mut visit): Confirmed<Owner>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let issuer = app.config.issuer.as_ref().ok_or(Error::NotFound)?;
    let mut transaction = visit.db().begin().await?;
    ways::hold(&mut *transaction, by).await?;
    let left = ways::of(&mut *transaction, by.user_id(), &issuer.address).await?;
    let has_another = left.password || left.passkeys;
    if !has_another || !queries::unlink(&mut *transaction, by, &issuer.address).await? {
        return Ok(Done::to(HERE)
            .saying("It isn't linked, or nothing else logs you in: then set a password first, under Security."));
    }
    let event = Event::new(by.user_id(), Kind::IdentityUnlinked, now).about(&issuer.name);
    event.by_session(&mut *transaction, this).await?;
    app.outbox.tell(&mut *transaction, by.user_id(), &Letter::Change { what: Change::IdentityUnlinked }, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    Ok(Done::to(HERE).saying(format!("Unlinked. {} no longer logs you in.", issuer.name)))
}
