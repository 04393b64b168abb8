//! The key this installation shows a service who it is by (VAPID, RFC 8292). It follows from what the installation signs with: there is
//! no other secret to keep, and one that is brought back from a dump has the same.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::Sha256;
use url::Url;
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Signer;
use web_push_native::p256::ecdsa::{Signature, SigningKey};

/// How long what a service is shown holds; it takes none that holds longer than a day.
const HOLDS: SignedDuration = SignedDuration::from_hours(12);

/// The key.
pub struct Key {
    secret: SigningKey,
    public: String,
}

impl Key {
    /// Of an installation that signs with `secret`.
    pub fn of(secret: &[u8; 64]) -> Self {
        let secret = SigningKey::from(derived(secret));
        let public = BASE64URL_NOPAD.encode(secret.verifying_key().to_encoded_point(false).as_bytes());
        Self { secret, public }
    }

    /// The half that everyone may know, as browsers and services read it.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// What a service is shown with a notice: who sends it, how to reach them, and that it is for this service and for now.
    pub fn shown(&self, service: &Url, contact: &str, now: Timestamp) -> String {
        let part = |value: serde_json::Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let head = part(json!({ "typ": "JWT", "alg": "ES256" }));
        let claims = part(json!({
            "aud": service.origin().ascii_serialization(),
            "exp": (now + HOLDS).as_second(),
            "sub": contact,
        }));
        let said = format!("{head}.{claims}");
        let signature: Signature = self.secret.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", BASE64URL_NOPAD.encode(&signature.to_bytes()), self.public)
    }
}

/// Nearly every number of 32 bytes is a key; the next one is taken in place of one that is none.
fn derived(secret: &[u8; 64]) -> SecretKey {
    let mut number = 0_u32;
    loop {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap_or_else(|_| unreachable!("any length is a key"));
        mac.update(b"notices");
        mac.update(&number.to_be_bytes());
        if let Ok(key) = SecretKey::from_slice(&mac.finalize().into_bytes()) {
            return key;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_has_one_key_and_every_other_another() {
        let (ours, again, theirs) = (Key::of(&[7; 64]), Key::of(&[7; 64]), Key::of(&[8; 64]));
        assert_eq!(ours.public(), again.public());
        assert_ne!(ours.public(), theirs.public());
        assert_eq!(BASE64URL_NOPAD.decode(ours.public().as_bytes()).unwrap().len(), 65);
    }

    #[test]
    fn a_service_is_shown_what_is_meant_for_it_alone() {
        let service = Url::parse("https://fcm.googleapis.com/fcm/send/abc").unwrap();
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let shown = Key::of(&[7; 64]).shown(&service, "mailto:inroad@inroad.example", now);
        let claims = shown.split('.').nth(1).unwrap();
        let claims: serde_json::Value =
            serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap()).unwrap();
        assert_eq!(claims["aud"], "https://fcm.googleapis.com");
        assert_eq!(claims["exp"], now.as_second() + 12 * 3600);
        assert_eq!(claims["sub"], "mailto:inroad@inroad.example");
    }
}
