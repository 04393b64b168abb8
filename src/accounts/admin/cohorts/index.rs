//! The cohorts there are.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::cohorts::name::CohortName;
use crate::accounts::cohorts::queries::{self, Listed, Saved};
use crate::accounts::confirm::Confirmed;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::CohortId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// What is said where another cohort has the name.
pub const TAKEN: &str = "Another cohort has this name. Choose a different one";

/// The form as typed.
#[derive(Deserialize)]
pub struct NewForm {
    id: CohortId,
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "accounts/admin/cohorts.html")]
struct CohortsPage {
    shell: Shell,
    form: NewForm,
    errors: Errors,
    cohorts: Vec<Listed>,
    archived: Vec<Listed>,
}

impl CohortsPage {
    async fn load(visit: &mut Visit<Admin>) -> Result<Self> {
        let (by, now) = (visit.by, visit.now);
        let listed = queries::listed(visit.db(), by, now).await?;
        let (archived, cohorts) = listed.into_iter().partition(|cohort| cohort.archived_at.is_some());
        let form = NewForm { id: CohortId::new(), name: String::new() };
        Ok(Self { shell: visit.shell(Nav::Admin), form, errors: Errors::default(), cohorts, archived })
    }
}

/// `GET /admin/cohorts`
pub async fn index(mut visit: Visit<Admin>) -> Result<Page<impl Template>> {
    Ok(Page::ok(CohortsPage::load(&mut visit).await?))
}

/// `POST /admin/cohorts`
pub async fn create(Confirmed(mut visit): Confirmed<Admin>, Form(form): Form<NewForm>) -> Result<Response> {
    let (by, now, this, id) = (visit.by, visit.now, visit.session, form.id);
    let mut errors = Errors::default();
    if let Some(name) = errors.take("name", CohortName::parse(&form.name)) {
        let mut transaction = visit.db().begin().await?;
        let saved = queries::make(&mut transaction, by, id, &name, now).await?;
        if saved == Saved::Yes {
            let event = Event::new(by.user_id(), Kind::CohortMade, now).about(name.as_str());
            event.by_session(&mut *transaction, this).await?;
        }
        transaction.commit().await?;
        match saved {
            Saved::NameTaken => errors.add("name", TAKEN),
            Saved::Yes | Saved::Before => {
                let said = format!("{} is made. Add people to it, or invite them.", name.as_str());
                return Ok(Done::to(format!("/admin/cohorts/{id}")).saying(said).into_response());
            }
        }
    }
    let page = CohortsPage { form, errors, ..CohortsPage::load(&mut visit).await? };
    Ok(Page::unprocessable(page).into_response())
}
