//! What an ID token says, and whether it is to be believed.

use std::time::SystemTime;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::{ClaimsVerificationError, ClientId, Nonce, SignatureVerificationError};
use serde_json::Value;

use crate::config::Issuer;

/// How far the issuer's clock may be from this one's.
pub const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How a token may be signed: by a key the issuer alone has.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// Letters an issuer's name for someone may have (OpenID Connect Core, section 2).
const LONGEST_SUBJECT: usize = 255;
/// Groups that are read.
const MOST_GROUPS: usize = 1000;

/// Whom an issuer speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its own name for them, which it gives to nobody else.
    pub subject: String,
    /// The address it says they have, which proves nothing.
    pub email: Option<String>,
    /// What it calls them.
    pub name: Option<String>,
    /// The groups it says they are in.
    pub groups: Vec<String>,
    /// When they last showed it who they are.
    pub authenticated_at: Option<Timestamp>,
}

impl Identity {
    /// What tells it from another one of the same person, in a few words.
    pub fn shown_as(&self) -> String {
        let said = self.email.as_deref().or(self.name.as_deref()).unwrap_or(&self.subject);
        said.chars().filter(|c| !c.is_control()).take(254).collect()
    }
}

/// Why a token is not believed.
#[derive(Debug, thiserror::Error)]
pub enum Doubt {
    /// It is signed by a key that is not known, or not yet.
    #[error("it is signed by a key that is not known")]
    UnknownKey,
    /// Something in it is not as it must be.
    #[error("{0}")]
    Wrong(String),
}

fn wrong(what: impl ToString) -> Doubt {
    Doubt::Wrong(what.to_string())
}

/// Reads a token: signed by the issuer's key, for this installation, for this login, and for now.
///
/// # Errors
/// Says what is wrong with it.
pub fn checked(
    issuer: &Issuer,
    metadata: &CoreProviderMetadata,
    token: &CoreIdToken,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<Identity, Doubt> {
    // As of a public client: what both sides know signs nothing here.
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(issuer.client_id.clone()),
        metadata.issuer().clone(),
        metadata.jwks().clone(),
    );
    let (earliest, latest) = (system_time(now - SKEW), system_time(now + SKEW));
    let verifier = verifier
        .set_allowed_algs(SIGNED_BY)
        .set_time_fn(move || earliest.into())
        .set_issue_time_verifier_fn(move |issued| match SystemTime::from(issued) > latest {
            true => Err("it was issued in the future".into()),
            false => Ok(()),
        });
    let claims = token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Doubt::UnknownKey,
        other => wrong(chain(&other)),
    })?;
    let all = payload(token).ok_or_else(|| wrong("it has no claims"))?;
    if all.get("azp").is_some_and(|party| party.as_str() != Some(&issuer.client_id)) {
        return Err(wrong("it was made for another client"));
    }
    let subject = claims.subject().as_str();
    if subject.is_empty()
        || subject.len() > LONGEST_SUBJECT
        || !subject.chars().all(|c| c.is_ascii() && !c.is_control())
    {
        return Err(wrong("its subject is none"));
    }
    let text = |claim: &str| all.get(claim).and_then(Value::as_str).map(str::to_owned);
    Ok(Identity {
        subject: subject.to_owned(),
        email: text("email"),
        name: text("name").or_else(|| text("preferred_username")),
        groups: groups(all.get(&issuer.groups_claim)),
        authenticated_at: claims.auth_time().and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
    })
}

/// Every claim of a token that was checked.
fn payload(token: &CoreIdToken) -> Option<Value> {
    let token = token.to_string();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes()).ok()?).ok()
}

/// The groups of a claim: a list of names, or one name.
fn groups(claim: Option<&Value>) -> Vec<String> {
    match claim {
        Some(Value::Array(groups)) => {
            groups.iter().take(MOST_GROUPS).filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::String(group)) => vec![group.clone()],
        _ => Vec::new(),
    }
}

/// An error with its causes.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// An instant as the library has it.
fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(at.as_second()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn groups_are_read_as_issuers_write_them() {
        assert_eq!(groups(Some(&json!(["a", 1, "b"]))), ["a", "b"]);
        assert_eq!(groups(Some(&json!("a"))), ["a"]);
        for nothing in [json!(null), json!(7), json!({ "a": "b" })] {
            assert!(groups(Some(&nothing)).is_empty(), "{nothing}");
        }
        assert!(groups(None).is_empty());
    }
}
