//! The cohorts someone is in, and their coaches: who looks is let in by the seeker, and by no one else.

use serde::Deserialize;
use sqlx::Connection;

use crate::access::{Owner, Scope};
use crate::accounts::audit::{Event, Kind};
use crate::accounts::cohorts::queries::mine::{self, Back, Mine};
use crate::accounts::cohorts::role::Role;
use crate::accounts::confirm::Confirmed;
use crate::accounts::visit::Visit;
use crate::clock::date_in;
use crate::error::{Error, Result};
use crate::ids::CohortMemberId;
use crate::progress::cohort::uncounted_since;
use crate::text::lower_first;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;
use crate::web::words;

/// Where all of it is shown.
const PAGE: &str = "/settings/people";

/// A cohort someone is in.
pub struct Membership {
    pub id: CohortMemberId,
    pub cohort: String,
    pub since: String,
    /// They search in it, and are counted.
    pub is_seeker: bool,
    pub coaches: Vec<CoachLine>,
}

/// A coach of it.
pub struct CoachLine {
    pub id: CohortMemberId,
    pub name: String,
    pub email: String,
    /// They are in the list of who can see the search.
    pub has_grant: bool,
}

/// The cohorts someone is in.
///
/// # Errors
/// Only the database's.
pub async fn memberships(visit: &mut Visit<Owner>) -> Result<Vec<Membership>> {
    let (by, today) = (visit.by, visit.today());
    let rows = mine::cohorts(visit.db(), by).await?;
    let mut all: Vec<Membership> = Vec::new();
    for Mine { id, cohort, role, joined_at, coach, coach_name, coach_email, has_grant } in rows {
        if all.last().is_none_or(|last| last.id != id) {
            let since = words::day(date_in(&visit.person.zone, joined_at.0), today);
            all.push(Membership { id, cohort, since, is_seeker: role == Role::Seeker, coaches: Vec::new() });
        }
        if let (Some(last), Some(id), Some(name), Some(email)) = (all.last_mut(), coach, coach_name, coach_email) {
            last.coaches.push(CoachLine { id, name, email, has_grant });
        }
    }
    Ok(all)
}

/// `POST /settings/cohorts/{id}/leavings`
pub async fn leave(mut visit: Visit<Owner>, Id(id): Id<CohortMemberId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let name = mine::leave(&mut *transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::CohortLeft, now).about(&name).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    let said = format!("You left {name}. Coaches you let in can still look, until you stop it.");
    Ok(Done::to(PAGE).saying(said).undo(format!("/settings/cohorts/{id}/leavings/undos")))
}

/// `POST /settings/cohorts/{id}/leavings/undos`: as long as no week was counted without them.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CohortMemberId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let name = match mine::come_back(&mut *transaction, by, id, uncounted_since(now)).await? {
        Back::Yes(name) => name,
        Back::Gone => return Err(Error::NotFound),
        Back::Taken => return Ok(Done::to(PAGE).saying("You are in a cohort already.")),
    };
    Event::new(by.user_id(), Kind::CohortJoined, now).about(&name).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(Done::to(PAGE).saying(format!("You are in {name} again.")))
}

/// How much a coach may see.
#[derive(Deserialize)]
pub struct EntryForm {
    scope: Scope,
}

/// `POST /settings/cohort-coaches/{id}/entries`: an ordinary grant, of someone who is known by their account.
pub async fn let_in(
    Confirmed(mut visit): Confirmed<Owner>,
    Id(id): Id<CohortMemberId>,
    Form(form): Form<EntryForm>,
) -> Result<Done> {
    let (by, now, this, scope) = (visit.by, visit.now, visit.session, form.scope);
    let coach = mine::coach(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let mut transaction = visit.db().begin().await?;
    if !mine::let_in(&mut *transaction, by, &coach, scope, now).await? {
        return Ok(Done::to(PAGE).saying(format!("{} is in your list already.", coach.name)));
    }
    Event::new(by.user_id(), Kind::CoachLetIn, now).about(&coach.name).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    let shared = lower_first(scope.label());
    Ok(Done::to(PAGE).saying(format!("{} can look at your search now: {shared}.", coach.name)))
}
