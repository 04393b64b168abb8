//! What happens with the referrer: asked, reminded, agreed, made, declined, told. Each is a line in the contact's history.

use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::actions::{back_or_page, not_done};
use super::forms::{MoveForm, Read, Understood, understand};
use super::queries::{self, whole};
use super::record::{self, Change};
use super::show::ShowPage;
use super::state::Move;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::queries::templates;
use crate::contacts::wording::still_to_fill_in;
use crate::error::{Error, Result};
use crate::ids::ReferralId;
use crate::playbook::message::gaps::gaps;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;

async fn take(mut visit: Visit<Owner>, id: ReferralId, mut form: MoveForm, read: Read) -> Result<Response> {
    form.body = form.gaps.close(&form.body);
    if !form.fill.is_empty() {
        return again(visit, id, form, Errors::default()).await;
    }
    let (by, today, now, cadence) = (visit.by, visit.today(), visit.now, visit.person.preferences.cadence.clone());
    let mut errors = Errors::default();
    let Some(Understood { taken, mut touchpoint, details }) = understand(read, &form, &mut errors, today, now) else {
        return again(visit, id, form, errors).await;
    };
    if form.from == "message" && form.as_is.is_empty() && !gaps(&form.body).is_empty() {
        errors.add("body", still_to_fill_in(&form.body));
        let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        let page = ShowPage::new(&visit, referral, &form.template, errors).typed(form).unfinished();
        return Ok(Page::unprocessable(page).into_response());
    }
    touchpoint.template = templates::sent_with(visit.db(), by, &touchpoint, &form.template, &form.wording).await?;
    let line = touchpoint.id;
    let mut transaction = visit.db().begin().await?;
    let change = record::take(&mut transaction, by, id, taken, touchpoint, &cadence, now).await?;
    let recorded = match change {
        Change::Done(_) => true,
        Change::WayChanged(_) => false,
        Change::NoWay => {
            transaction.rollback().await?;
            errors.add("way", "Choose how they referred you");
            return again(visit, id, form, errors).await;
        }
        other => {
            transaction.rollback().await?;
            return not_done(&mut visit, other, back_or_page(&form.back, id)).await;
        }
    };
    if details.is_some() {
        queries::put_details(&mut *transaction, by, id, details.as_ref()).await?;
    }
    transaction.commit().await?;
    let done = Done::to(back_or_page(&form.back, id));
    Ok(if recorded {
        done.saying(taken.said()).undo(format!("/referrals/{id}/touchpoints/{line}/undos")).into_response()
    } else {
        done.saying("Changed. What is not done yet follows the new way.").into_response()
    })
}

/// The same page with what was wrong and what was typed.
async fn again(mut visit: Visit<Owner>, id: ReferralId, form: MoveForm, errors: Errors) -> Result<Response> {
    let by = visit.by;
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::unprocessable(ShowPage::new(&visit, referral, &form.template, errors).typed(form)).into_response())
}

/// `POST /referrals/{id}/asks`
pub async fn ask(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |_| Ok(Move::Ask)).await
}

/// `POST /referrals/{id}/reminders`
pub async fn remind(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |_| Ok(Move::Remind)).await
}

/// `POST /referrals/{id}/agreements`
pub async fn agree(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |way| way.map(Move::Agree).ok_or("Choose how it works there")).await
}

/// `POST /referrals/{id}/makings`
pub async fn make(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |way| Ok(Move::Make(way))).await
}

/// `POST /referrals/{id}/declines`
pub async fn decline(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |_| Ok(Move::Decline)).await
}

/// `POST /referrals/{id}/tellings`
pub async fn tell(visit: Visit<Owner>, Id(id): Id<ReferralId>, Form(form): Form<MoveForm>) -> Result<Response> {
    take(visit, id, form, |_| Ok(Move::Tell)).await
}
