//! Passkeys: asking a browser for one, and reading what it answers. A passkey is of this installation's address alone, and shows each
//! time that its owner was there and unlocked it, so that it is enough by itself.

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use url::Host;
use webauthn_rs::prelude::{DiscoverableAuthentication, Webauthn, WebauthnBuilder};
use webauthn_rs::prelude::{
    Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, WebauthnError,
};

use super::audit::{self, Event};
use super::ceremonies::{self, HOLDS, Kind};
use super::queries::passkeys as queries;
use super::session::Origin;
use crate::app::App;
use crate::config::{Config, is_loopback_name};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::mail::letter::{Change, Letter};

/// Passkeys one account may have.
pub const MOST: i64 = 20;
/// What is said of an answer that proves nothing, whatever is wrong with it.
pub const NOT_RIGHT: &str = "That didn't work. Try again, or log in another way";
/// What is said of a passkey whose counter went back.
pub const COPIED: &str = "This passkey may have been copied, so it no longer counts. Remove it under Security";

/// Whom a passkey is made for: the configured address. Nobody where browsers make none: without https beyond this machine, and at a
/// number in place of a name.
pub fn relying_party(config: &Config) -> Option<Webauthn> {
    let url = config.url.as_ref()?;
    let Some(Host::Domain(host)) = url.host() else { return None };
    if url.scheme() != "https" && !is_loopback_name(host) {
        return None;
    }
    let builder = WebauthnBuilder::new(host, url).ok()?;
    builder.rp_name("Inroad").timeout(HOLDS.unsigned_abs()).build().ok()
}

/// Whether this installation's address can have passkeys.
pub fn are_offered(config: &Config) -> bool {
    relying_party(config).is_some()
}

fn party(app: &App) -> Result<Webauthn> {
    relying_party(&app.config).ok_or(Error::NotFound)
}

fn failed(error: WebauthnError) -> Error {
    Error::Internal(anyhow::anyhow!("no passkey can be asked for: {error}"))
}

fn written(options: impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(options).map_err(|error| Error::Internal(error.into()))
}

fn id_of(credential: &[u8]) -> Value {
    json!({ "type": "public-key", "id": data_encoding::BASE64URL_NOPAD.encode(credential) })
}

/// Asks for a passkey that there is: any of this address, or one of an account's.
///
/// # Errors
/// `NotFound` where the address can have none; the database's.
pub async fn ask(
    app: &App,
    db: &mut PgConnection,
    kind: Kind,
    owner: Option<UserId>,
    now: Timestamp,
) -> Result<Response> {
    let (options, state) = party(app)?.start_discoverable_authentication().map_err(failed)?;
    let mut options = written(options)?;
    if let Some(owner) = owner {
        let ids = queries::credential_ids(&mut *db, owner).await?;
        if ids.is_empty() {
            return Err(Error::NotFound);
        }
        options["publicKey"]["allowCredentials"] = ids.iter().map(|id| id_of(id)).collect();
    }
    let cookie = ceremonies::begin(app, db, kind, owner, &state, now).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(options)).into_response())
}

/// What a passkey's answer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is a passkey of this account's.
    Right(UserId),
    /// It proves nothing.
    Wrong,
    /// Its counter went back: there is more than one of it.
    Copied,
}

impl Outcome {
    /// What is said where it was not right.
    pub fn problem(self) -> &'static str {
        if self == Self::Copied { COPIED } else { NOT_RIGHT }
    }
}

/// Reads the answer to [`ask`], of the same kind and account; it counts once. An account whose passkey was copied is told.
///
/// # Errors
/// Only the database's.
pub async fn check(
    app: &App,
    db: &mut PgConnection,
    headers: &HeaderMap,
    (kind, owner): (Kind, Option<UserId>),
    answer: &str,
    origin: &Origin,
    now: Timestamp,
) -> Result<Outcome> {
    let Some(party) = relying_party(&app.config) else { return Ok(Outcome::Wrong) };
    let state = ceremonies::take::<DiscoverableAuthentication>(app, &mut *db, headers, kind, owner, now).await?;
    let (Some(state), Ok(answer)) = (state, serde_json::from_str::<PublicKeyCredential>(answer)) else {
        return Ok(Outcome::Wrong);
    };
    let said = party.identify_discoverable_authentication(&answer).ok().map(|(user, _)| UserId(user));
    let user = match (owner, said) {
        (Some(owner), said) if said.is_none_or(|said| said == owner) => owner,
        (None, Some(said)) => said,
        _ => return Ok(Outcome::Wrong),
    };
    let Some(stored) = queries::of_credential(&mut *db, user, answer.get_credential_id()).await? else {
        return Ok(Outcome::Wrong);
    };
    let mut passkey = stored.credential.0;
    match party.finish_discoverable_authentication_v2(&answer, state, &passkey) {
        Ok(result) if result.user_verified() => {
            let count = result.counter();
            passkey.update_credential(&result);
            if queries::used(&mut *db, user, stored.id, &passkey, count, now).await? {
                return Ok(Outcome::Right(user));
            }
        }
        Ok(_) => return Ok(Outcome::Wrong),
        Err(WebauthnError::CredentialPossibleCompromise) => {}
        Err(error) => {
            tracing::debug!(%error, "a passkey's answer proves nothing");
            return Ok(Outcome::Wrong);
        }
    }
    Event::new(user, audit::Kind::PasskeyRefused, now).about(&stored.name).by_browser(&mut *db, origin).await?;
    app.outbox.tell(&mut *db, user, &Letter::Change { what: Change::PasskeyCopied }, now).await?;
    app.outbox.hurry();
    Ok(Outcome::Copied)
}

/// Asks for a new passkey of an account, which its device can find without a name.
///
/// # Errors
/// `NotFound` where the address can have none; the database's.
pub async fn ask_for_new(
    app: &App,
    db: &mut PgConnection,
    user: UserId,
    (email, name): (&str, &str),
    now: Timestamp,
) -> Result<Response> {
    let has: Vec<Vec<u8>> = queries::credential_ids(&mut *db, user).await?;
    let (options, state) = party(app)?.start_passkey_registration(user.0, email, name, None).map_err(failed)?;
    let mut options = written(options)?;
    options["publicKey"]["excludeCredentials"] = has.iter().map(|id| id_of(id)).collect();
    options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
    options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
    let cookie = ceremonies::begin(app, db, Kind::PasskeyAdded, Some(user), &state, now).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(options)).into_response())
}

/// Reads the answer to [`ask_for_new`]; it counts once.
///
/// # Errors
/// Only the database's.
pub async fn made(
    app: &App,
    db: &mut PgConnection,
    headers: &HeaderMap,
    user: UserId,
    answer: &str,
    now: Timestamp,
) -> Result<Option<Passkey>> {
    let Some(party) = relying_party(&app.config) else { return Ok(None) };
    let kind = Kind::PasskeyAdded;
    let state = ceremonies::take::<PasskeyRegistration>(app, db, headers, kind, Some(user), now).await?;
    let (Some(state), Ok(answer)) = (state, serde_json::from_str::<RegisterPublicKeyCredential>(answer)) else {
        return Ok(None);
    };
    Ok(party.finish_passkey_registration(&answer, &state).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn passkeys_are_offered_where_browsers_make_them() {
        for (url, offered) in [
            ("https://inroad.example.org", true),
            ("https://inroad.example.org:8443", true),
            ("http://localhost:3000", true),
            ("http://inroad.localhost", true),
            ("http://inroad.example.org", false),
            ("http://127.0.0.1:3000", false),
            ("https://192.0.2.7", false),
            ("https://[2001:db8::1]", false),
            ("", false),
        ] {
            let settings = Settings {
                url: Some(url.into()),
                database_url: Some("postgres://a@localhost/b".into()),
                data_dir: Some(std::env::temp_dir()),
                ..Settings::default()
            };
            assert_eq!(are_offered(&Config::new(&settings).unwrap()), offered, "{url}");
        }
    }
}
