//! Whose account an issuer speaks of: the one it is linked to, or a new one where the person who runs this installation wants that.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::{Connection, PgConnection};

use super::audit::{Event, Kind};
use super::issuer::Identity;
use super::login::policy;
use super::queries::identities::{self, Account, Linked};
use super::queries::{self, Created, NewUser};
use super::session::Origin;
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::{Issuer, SignUp};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::text::Line;

/// What was found.
pub enum Found {
    /// This account, which a second step may guard.
    Account {
        /// Whose it is.
        user: UserId,
        /// A second step follows.
        second_step: bool,
    },
    /// None, and why.
    Nobody(String),
}

/// The account of an identity that was believed.
///
/// # Errors
/// Only the database's.
pub async fn account_of(
    app: &App,
    origin: &Origin,
    identity: Identity,
    time_zone: &str,
    now: Timestamp,
) -> Result<Found> {
    let issuer = app.config.issuer.as_ref().ok_or(Error::NotFound)?;
    let mut db = app.connection().await?;
    let Some(account) = identities::account(&mut *db, &issuer.address, &identity.subject).await? else {
        return new_account(app, &mut db, issuer, origin, identity, time_zone, now).await;
    };
    if account.disabled {
        return Ok(Found::Nobody("This account can't log in. Ask the person who runs this Inroad.".into()));
    }
    let mut transaction = db.begin().await?;
    identities::used(&mut *transaction, account.id, &issuer.address, &identity.shown_as(), now).await?;
    administer(&mut transaction, issuer, &account, &identity, origin, now).await?;
    transaction.commit().await?;
    Ok(Found::Account { user: account.id, second_step: account.second_step })
}

/// Makes an administrator of who is in the group that says so, and no longer of who was.
async fn administer(
    db: &mut PgConnection,
    issuer: &Issuer,
    account: &Account,
    identity: &Identity,
    origin: &Origin,
    now: Timestamp,
) -> Result<()> {
    let Some(group) = &issuer.admin_group else { return Ok(()) };
    let belongs = identity.groups.contains(group);
    if belongs == account.admin || (!belongs && !account.admin_by_group) {
        return Ok(());
    }
    queries::lock_instance(&mut *db).await?;
    if identities::set_admin_by_group(&mut *db, account.id, belongs).await? {
        let kind = if belongs { Kind::Promoted } else { Kind::Demoted };
        let about: String = format!("Group at {}", issuer.name).chars().take(200).collect();
        Event::new(account.id, kind, now).about(&about).by_browser(&mut *db, origin).await?;
    }
    Ok(())
}

async fn new_account(
    app: &App,
    db: &mut PgConnection,
    issuer: &Issuer,
    origin: &Origin,
    identity: Identity,
    time_zone: &str,
    now: Timestamp,
) -> Result<Found> {
    let name = &issuer.name;
    let not_linked = format!(
        "No account here is linked to that {name} account. If you have one, log in with your password and link it under \
         Security."
    );
    if !issuer.signs_up {
        return Ok(Found::Nobody(not_linked));
    }
    let Some(email) = identity.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()) else {
        return Ok(Found::Nobody(format!("{name} tells no e-mail address of yours, and an account here needs one.")));
    };
    let mut transaction = db.begin().await?;
    let instance = queries::lock_instance(&mut transaction).await?;
    if !instance.has_users || policy(app, &instance) == SignUp::Closed {
        return Ok(Found::Nobody("This installation takes no new accounts.".into()));
    }
    let local = email.as_str().split('@').next().unwrap_or_default();
    let called = identity.name.as_deref().and_then(|name| Line::<100>::parse(name).ok());
    let called = called.as_ref().map_or(local, Line::as_str);
    let zone = TimeZone::get(time_zone).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    let new = NewUser {
        id: UserId::new(),
        name: called,
        email: email.as_str(),
        password_hash: None,
        time_zone: zone.as_deref().unwrap_or("UTC"),
        admin: false,
    };
    let user = new.id;
    if queries::insert_user(&mut *transaction, new, now).await? == Created::EmailTaken {
        // Whoever the address belongs to shows it with their password: what the issuer says of it proves nothing here.
        return Ok(Found::Nobody(format!(
            "There is an account with your e-mail address already. Log in with its password, and link {name} under Security."
        )));
    }
    let of = (issuer.address.as_str(), identity.subject.as_str());
    if identities::link(&mut *transaction, user, of, &identity.shown_as(), now).await? != Linked::Yes {
        return Ok(Found::Nobody("That was pressed twice. Log in again.".into()));
    }
    let about: String = issuer.name.chars().take(200).collect();
    Event::new(user, Kind::AccountMade, now).about(&about).by_browser(&mut *transaction, origin).await?;
    let account = Account { id: user, disabled: false, second_step: false, admin: false, admin_by_group: false };
    administer(&mut transaction, issuer, &account, &identity, origin, now).await?;
    transaction.commit().await?;
    Ok(Found::Account { user, second_step: false })
}
