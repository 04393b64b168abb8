//! Deleting somebody's account.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::queries::{self, Named};
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::queries::{ended, lock_instance};
use crate::accounts::visit::Visit;
use crate::database::large::take_time;
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The address of the account, typed so that no other is meant.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct DeletionForm {
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/admin/deletion.html")]
struct DeletionPage {
    shell: Shell,
    id: UserId,
    name: String,
    email: String,
    form: DeletionForm,
    errors: Errors,
}

impl DeletionPage {
    async fn load(visit: &mut Visit<Admin>, id: UserId) -> Result<Self> {
        let by = visit.by;
        let Named { name, email, .. } = queries::named(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        let shell = visit.shell(Nav::Admin);
        Ok(Self { shell, id, name, email, form: DeletionForm::default(), errors: Errors::default() })
    }
}

/// `GET /admin/accounts/{id}/deletion`
pub async fn show(mut visit: Visit<Admin>, Id(id): Id<UserId>) -> Result<Page<impl Template>> {
    Ok(Page::ok(DeletionPage::load(&mut visit, id).await?))
}

/// `POST /admin/accounts/{id}/deletions`: for good, with everything in it.
pub async fn create(
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<UserId>,
    Form(form): Form<DeletionForm>,
) -> Result<Response> {
    let (by, me, now, this) = (visit.by, visit.me, visit.now, visit.session);
    let mut page = DeletionPage::load(&mut visit, id).await?;
    page.form = form;
    if id == me {
        page.errors.add("email", "This is your own account. Delete it in your settings, under Data");
    } else if page.form.email.trim().to_lowercase() != page.email {
        page.errors.add("email", "Type the e-mail address of the account as it stands above");
    }
    if !page.errors.is_empty() {
        return Ok(Page::unprocessable(page).into_response());
    }
    let mut transaction = visit.db().begin().await?;
    lock_instance(&mut transaction).await?;
    take_time(&mut *transaction).await?;
    if !ended::delete_account(&mut transaction, id, now).await? {
        return Err(Error::NotFound);
    }
    let event = Event::new(by.user_id(), Kind::AccountDeleted, now).about(&page.email);
    event.by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(Done::to("/admin")
        .saying(format!("The account of {} is deleted, with everything in it.", page.name))
        .into_response())
}
