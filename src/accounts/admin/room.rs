//! How much room one account has for its documents, where that is not as much as every other.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::queries::{self, Named};
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::config::DOCUMENTS_MB_MOST;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The form as typed; nothing is as much as every other account has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    mb: String,
}

impl RoomForm {
    /// MB of the account's own, or none of its own.
    fn parse(&self) -> Result<Option<i16>, Errors> {
        let typed = self.mb.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        match typed.parse() {
            Ok(mb) if (1..=DOCUMENTS_MB_MOST).contains(&mb) => Ok(Some(mb)),
            _ => Err(Errors::of("mb", format!("Type a whole number from 1 to {DOCUMENTS_MB_MOST}, or nothing"))),
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/admin/room.html")]
struct RoomPage {
    shell: Shell,
    id: UserId,
    name: String,
    email: String,
    /// MB every account has.
    usual: i64,
    form: RoomForm,
    errors: Errors,
}

impl RoomPage {
    fn hint(&self) -> String {
        format!("From 1 to {DOCUMENTS_MB_MOST}. With nothing here it is {}, as for everyone", self.usual)
    }
}

async fn page(app: &App, visit: &mut Visit<Admin>, id: UserId) -> Result<RoomPage> {
    let by = visit.by;
    let Named { name, email, documents_mb } = queries::named(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let mb = documents_mb.map(|mb| mb.to_string()).unwrap_or_default();
    Ok(RoomPage {
        shell: visit.shell(Nav::Admin),
        id,
        name,
        email,
        usual: app.config.documents_most >> 20,
        form: RoomForm { mb },
        errors: Errors::default(),
    })
}

/// `GET /admin/accounts/{id}/room`
pub async fn show(State(app): State<App>, mut visit: Visit<Admin>, Id(id): Id<UserId>) -> Result<Page<impl Template>> {
    Ok(Page::ok(page(&app, &mut visit, id).await?))
}

/// `POST /admin/accounts/{id}/room`: what is there already stays, also where it is more.
pub async fn update(
    State(app): State<App>,
    mut visit: Visit<Admin>,
    Id(id): Id<UserId>,
    Form(form): Form<RoomForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mb = match form.parse() {
        Ok(mb) => mb,
        Err(errors) => {
            let page = RoomPage { form, errors, ..page(&app, &mut visit, id).await? };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let mut transaction = visit.db().begin().await?;
    let name = queries::set_documents_mb(&mut *transaction, by, id, mb).await?.ok_or(Error::NotFound)?;
    Event::new(id, Kind::RoomChanged, now).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    let mb = mb.map_or(app.config.documents_most >> 20, i64::from);
    Ok(Done::to("/admin").saying(format!("{name} has {mb} MB for documents.")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_within_bounds_or_nothing_is_understood() {
        let parse = |mb: &str| RoomForm { mb: mb.into() }.parse().map_err(drop);
        assert_eq!(["", " ", "1", " 200 "].map(parse), [Ok(None), Ok(None), Ok(Some(1)), Ok(Some(200))]);
        assert_eq!(["0", "201", "-1", "1.5", "100 MB", "99999999"].map(parse), [Err(()); 6]);
    }
}
