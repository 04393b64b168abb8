//! Who may look at this search: a coach is invited, accepts, and can be turned away again.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::confirm::Confirmed;
use crate::accounts::looking::{HOLDS, queries};
use crate::accounts::rate_limit::{self, LOOKS_BY_ACCOUNT};
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::error::{Error, Result};
use crate::ids::GrantId;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    email: String,
}

enum Standing {
    Active,
    Waiting,
    Expired,
}

struct PersonLine {
    id: GrantId,
    email: String,
    /// Known once they accepted.
    name: Option<String>,
    standing: Standing,
    since: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/people.html")]
struct PeoplePage {
    shell: Shell,
    people: Vec<PersonLine>,
    email: String,
    errors: Errors,
}

impl PeoplePage {
    async fn load(visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let grants = queries::granted(visit.db(), by).await?;
        let line = |grant: queries::Granted| PersonLine {
            id: grant.id,
            standing: match grant.accepted_at {
                Some(_) => Standing::Active,
                None if grant.created_at.0 + HOLDS > now => Standing::Waiting,
                None => Standing::Expired,
            },
            since: {
                let at = grant.accepted_at.unwrap_or(grant.created_at).0;
                words::day(crate::clock::date_in(&visit.person.zone, at), today)
            },
            email: grant.email,
            name: grant.name,
        };
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            people: grants.into_iter().map(line).collect(),
            email: String::new(),
            errors: Errors::default(),
        })
    }
}

/// `GET /settings/people`
pub async fn show(mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(PeoplePage::load(&mut visit).await?))
}

/// `POST /settings/people`: the same answer whether or not the address has an account.
pub async fn invite(Confirmed(mut visit): Confirmed<Owner>, Form(form): Form<InviteForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut errors = Errors::default();
    let email = errors.take("email", EmailAddress::parse(&form.email));
    if email.as_ref().is_some_and(|email| email.as_str() == visit.person.email) {
        errors.add("email", "This is your own address");
    }
    let (Some(email), true) = (email, errors.is_empty()) else {
        let mut page = PeoplePage::load(&mut visit).await?;
        page.email = form.email;
        page.errors = errors;
        return Ok(Page::unprocessable(page).into_response());
    };
    rate_limit::count(visit.db(), now, LOOKS_BY_ACCOUNT, &by.user_id().to_string()).await?;
    queries::invite(visit.db(), by, GrantId::new(), email.as_str(), now).await?;
    Ok(Done::to("/settings/people")
        .saying("If this address has an account here, they now see your invitation.")
        .into_response())
}

/// `POST /settings/people/{id}/revocations`
pub async fn revoke(mut visit: Visit<Owner>, Id(id): Id<GrantId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let email = queries::revoke(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Done::to("/settings/people").saying(format!("{email} can no longer look.")))
}
