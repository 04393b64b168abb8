//! The browsers that show an account's notices: added by the browser itself, tried, and stopped.

use axum::extract::State;
use axum::http::{Extensions, HeaderMap};
use serde::Deserialize;
use sqlx::Connection;
use url::Url;

use crate::access::Owner;
use crate::accounts::browser;
use crate::accounts::queries::push_devices::{self as queries, NewDevice};
use crate::accounts::rate_limit::{self, NOTICES_BY_ACCOUNT};
use crate::accounts::session::Origin;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::config::PushServices;
use crate::error::{Error, Result};
use crate::ids::PushDeviceId;
use crate::notices::sealing::Seal;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;

const HERE: &str = "/settings/reminders";
/// Devices one account may have.
const MOST: i64 = 20;
/// Letters an address of a service may have.
const LONGEST: usize = 1000;

/// What a browser says of itself: where its notices are handed over, and the keys it reads them by.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct DeviceForm {
    endpoint: String,
    p256dh: String,
    auth: String,
    /// Where they were handed over before, where the browser itself moved.
    was: String,
}

impl DeviceForm {
    /// Where its notices go, and what seals them.
    fn parse(&self, services: &PushServices) -> Result<(Url, Seal), String> {
        let none = "Your browser didn't say how to reach it. Try again.";
        let address =
            Url::parse(&self.endpoint).ok().filter(|address| address.as_str().len() <= LONGEST).ok_or(none)?;
        if !services.has(&address) {
            let host: String = address.host_str().ok_or(none)?.chars().take(100).collect();
            return Err(format!(
                "Notices for this browser go through {host}, which isn't one this Inroad uses. The person who runs it can add it."
            ));
        }
        Ok((address, Seal::parse(&self.p256dh, &self.auth).ok_or(none)?))
    }
}

/// `POST /settings/reminders/devices`
pub async fn create(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    mut visit: Visit<Owner>,
    Form(form): Form<DeviceForm>,
) -> Result<Done> {
    let (by, now, session) = (visit.by, visit.now, visit.session);
    let (address, seal) = match form.parse(&app.config.push_services) {
        Ok(parsed) => parsed,
        Err(said) => return Ok(Done::to(HERE).saying(said)),
    };
    let name = browser::in_words(&Origin::of(&app, &extensions, &headers).user_agent);
    let mut transaction = visit.db().begin().await?;
    // Only one of this account's moves: the browser may be someone else's by now.
    if !form.was.is_empty() && !queries::forget_at(&mut *transaction, by, &form.was).await? {
        return Err(Error::NotFound);
    }
    queries::forget_others(&mut *transaction, by, address.as_str()).await?;
    let new = NewDevice { id: PushDeviceId::new(), session, name: &name, endpoint: address.as_str(), seal: &seal };
    if !queries::keep(&mut *transaction, by, new, MOST, now).await? {
        return Ok(Done::to(HERE).saying(format!("There are {MOST} devices. Stop one, and add this one then.")));
    }
    transaction.commit().await?;
    Ok(Done::to(HERE).saying("This device shows your notices now."))
}

/// `POST /settings/reminders/devices/{id}/tests`
pub async fn test(State(app): State<App>, mut visit: Visit<Owner>, Id(id): Id<PushDeviceId>) -> Result<Done> {
    let (account, now) = (visit.by.user_id(), visit.now);
    rate_limit::count(visit.db(), now, NOTICES_BY_ACCOUNT, &account.to_string()).await?;
    if !app.notices.test(visit.db(), account, id, now).await? {
        return Err(Error::NotFound);
    }
    app.notices.hurry();
    Ok(Done::to(HERE).saying("A test notice is on its way. It shows within a minute."))
}

/// `POST /settings/reminders/devices/{id}/ends`
pub async fn end(mut visit: Visit<Owner>, Id(id): Id<PushDeviceId>) -> Result<Done> {
    let account = visit.by.user_id();
    if !queries::delete(visit.db(), account, id).await? {
        return Err(Error::NotFound);
    }
    Ok(Done::to(HERE).saying("No more notices come to that device."))
}
