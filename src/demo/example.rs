//! An example search in a person's own account, shown while it is empty and gone with one press.
//!
//! Since the account was empty, whatever was made by the instant the example was is the example's, and whatever is younger is the
//! user's own: no row carries a mark. What the user adds stays, with the company it is at; what was done with an example's people
//! goes with them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::{Connection, PgConnection};

use super::load;
use super::queries::{self, example};
use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::queries as settings;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::trash::purge;
use crate::web::flash::Done;

/// What is put into the bin as of this instant lies there longer than anything.
const LONG_AGO: Timestamp = Timestamp::UNIX_EPOCH;

/// `POST /examples`
pub async fn create(mut visit: Visit<Owner>) -> Result<Done> {
    let (by, now, zone) = (visit.by, visit.now, visit.person.zone.clone());
    let mut transaction = visit.db().begin().await?;
    let before = settings::lock(&mut *transaction, by).await?.preferences.0;
    if !settings::is_empty(&mut *transaction, by).await? {
        let said = "Your account isn\u{2019}t empty, so there is no room for an example.";
        return Ok(Done::to("/").saying(said));
    }
    load::fill(&mut transaction, by, before.clone(), zone, now).await?;
    example::begin(&mut transaction, by, now, &before).await?;
    transaction.commit().await?;
    Ok(Done::to("/").saying("This is an example. Try anything: it goes with one press."))
}

/// `POST /examples/removals`
pub async fn remove(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    let mut transaction = visit.db().begin().await?;
    let current = settings::lock(&mut *transaction, by).await?.preferences.0;
    let Some(shown) = example::shown(&mut transaction, by).await? else { return Ok(Done::to("/")) };
    let (since, before) = (shown.since.0, shown.before.0);
    put_away(&mut transaction, by, since).await?;
    purge::empty(&mut transaction, by, LONG_AGO + SignedDuration::from_secs(1)).await?;
    let made = load::preferences(before.clone());
    queries::set_preferences(&mut transaction, by, &without(&current, &made, &before)?).await?;
    example::end(&mut transaction, by).await?;
    transaction.commit().await?;
    Ok(Done::to("/").saying("The example is gone."))
}

async fn put_away(db: &mut PgConnection, by: Owner, since: Timestamp) -> sqlx::Result<()> {
    example::contacts(db, by, since, LONG_AGO).await?;
    example::openings(db, by, since, LONG_AGO).await?;
    example::companies(db, by, since, LONG_AGO).await?;
    example::insights(db, by, since, LONG_AGO).await?;
    example::introductions(db, by, since, LONG_AGO).await?;
    example::templates(db, by, since, LONG_AGO).await?;
    example::questions(db, by, since, LONG_AGO).await?;
    example::documents(db, by, since, LONG_AGO).await
}

/// The preferences without the example: what the user changed since stays, everything else is as it was before.
fn without(current: &Preferences, made: &Preferences, before: &Preferences) -> Result<Preferences> {
    let value = |preferences| serde_json::to_value(preferences).map_err(anyhow::Error::from);
    let (mut merged, made, before) = (value(current)?, value(made)?, value(before)?);
    if let Value::Object(settings) = &mut merged {
        for (name, setting) in settings {
            if Some(&*setting) == made.get(name) {
                *setting = before.get(name).cloned().unwrap_or_default();
            }
        }
    }
    Ok(serde_json::from_value(merged).map_err(anyhow::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_meanwhile_stays_and_the_rest_is_as_before() {
        let before = Preferences { places: vec!["Kiel".into()], ..Preferences::default() };
        let made = load::preferences(before.clone());
        assert_ne!(made.places, before.places);
        let current = Preferences { about_me: "I build bridges".into(), ..made.clone() };
        let after = without(&current, &made, &before).unwrap();
        assert_eq!(after, Preferences { about_me: "I build bridges".into(), ..before.clone() });
        assert_eq!(without(&made, &made, &before).unwrap(), before);
    }
}
