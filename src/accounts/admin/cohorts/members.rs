//! Who is in a cohort, changed one by one.

use serde::Deserialize;
use sqlx::Connection;

use crate::access::Admin;
use crate::accounts::admin::queries as accounts;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::cohorts::queries::lock;
use crate::accounts::cohorts::queries::members::{self, Ended, Joined};
use crate::accounts::cohorts::role::Role;
use crate::accounts::confirm::Confirmed;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CohortId, CohortMemberId, UserId};
use crate::progress::cohort::uncounted_since;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

/// Who, as what.
#[derive(Deserialize)]
pub struct MemberForm {
    account: UserId,
    role: Role,
}

/// As what.
#[derive(Deserialize)]
pub struct RoleForm {
    role: Role,
}

fn page_of(cohort: CohortId) -> Done {
    Done::to(format!("/admin/cohorts/{cohort}"))
}

/// What is said of someone who cannot be in it.
fn refused(joined: Joined, name: &str) -> Option<String> {
    match joined {
        Joined::Yes => None,
        Joined::Before => Some(format!("{name} is in it already.")),
        Joined::Elsewhere => Some(format!("{name} is a seeker in another cohort. Remove them there first.")),
    }
}

/// `POST /admin/cohorts/{id}/members`
pub async fn create(
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<CohortId>,
    Form(form): Form<MemberForm>,
) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let MemberForm { account, role } = form;
    let mut transaction = visit.db().begin().await?;
    let cohort = lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let name = accounts::named(&mut *transaction, by, account).await?.ok_or(Error::NotFound)?.name;
    let joined = members::add(&mut *transaction, by, id, account, role, now).await?;
    if let Some(said) = refused(joined, &name) {
        return Ok(page_of(id).saying(said));
    }
    Event::new(account, Kind::CohortJoined, now).about(&cohort).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(page_of(id).saying(format!("{name} is in {cohort} now. You see nothing of their search by it.")))
}

/// `POST /admin/cohort-members/{id}`: one stay ends, and another begins.
pub async fn set_role(
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<CohortMemberId>,
    Form(form): Form<RoleForm>,
) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let stay = members::open(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let Ended { cohort, cohort_name, member, name, role } = stay;
    if role != form.role {
        members::end(&mut *transaction, by, id, now).await?;
        let joined = members::add(&mut *transaction, by, cohort, member, form.role, now).await?;
        if let Some(said) = refused(joined, &name) {
            return Ok(page_of(cohort).saying(said));
        }
        let event = Event::new(member, Kind::CohortChanged, now).about(&cohort_name);
        event.by_session(&mut *transaction, this).await?;
        transaction.commit().await?;
    }
    Ok(page_of(cohort).saying(format!("{name} is a {} in {cohort_name} now.", form.role.label().to_lowercase())))
}

/// `POST /admin/cohort-members/{id}/removals`
pub async fn remove(mut visit: Visit<Admin>, Id(id): Id<CohortMemberId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let stay = members::open(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    members::end(&mut *transaction, by, id, now).await?;
    let event = Event::new(stay.member, Kind::CohortLeft, now).about(&stay.cohort_name);
    event.by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    let said = format!("{} is no longer in {}.", stay.name, stay.cohort_name);
    Ok(page_of(stay.cohort).saying(said).undo(format!("/admin/cohort-members/{id}/removals/undos")))
}

/// `POST /admin/cohort-members/{id}/removals/undos`: as long as no week was counted without them.
pub async fn undo(mut visit: Visit<Admin>, Id(id): Id<CohortMemberId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let ended = members::ended(&mut *transaction, by, id, uncounted_since(now)).await?;
    let stay = ended.ok_or(Error::NotFound)?;
    let joined = members::go_on(&mut *transaction, by, id).await?;
    if let Some(said) = refused(joined, &stay.name) {
        return Ok(page_of(stay.cohort).saying(said));
    }
    let event = Event::new(stay.member, Kind::CohortJoined, now).about(&stay.cohort_name);
    event.by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(page_of(stay.cohort).saying(format!("{} is in {} again.", stay.name, stay.cohort_name)))
}
