//! Sealing a notice for one browser (RFC 8291), by the keys that browser made.

use data_encoding::BASE64URL_NOPAD;
use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

use super::notice::Notice;

/// What seals notices for a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its public key, a point of P-256 as 65 bytes.
    pub public_key: Vec<u8>,
    /// The secret it shares with this installation.
    pub secret: [u8; 16],
}

impl Seal {
    /// Of what the browser says, as scripts write it. Nothing where that is no key.
    pub fn parse(public_key: &str, secret: &str) -> Option<Self> {
        let bytes = |text: &str| BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok();
        let public_key = bytes(public_key).filter(|key| key.len() == 65)?;
        PublicKey::from_sec1_bytes(&public_key).ok()?;
        Some(Self { public_key, secret: bytes(secret)?.try_into().ok()? })
    }

    /// The notice, for that browser alone.
    ///
    /// # Errors
    /// Where the key is none.
    pub fn close(&self, notice: &Notice) -> anyhow::Result<Vec<u8>> {
        let key = PublicKey::from_sec1_bytes(&self.public_key)?;
        let sealed = encrypt(serde_json::to_vec(notice)?, &key, &Auth::from(self.secret));
        sealed.map_err(|error| anyhow::anyhow!("a notice cannot be sealed: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The keys of RFC 8291, section 5.
    const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn what_is_no_key_seals_nothing() {
        assert!(Seal::parse(KEY, SECRET).is_some());
        assert!(Seal::parse(KEY, &format!("{SECRET}==")).is_some());
        for (key, secret) in [
            ("", SECRET),
            (KEY, ""),
            (&KEY[..80], SECRET),
            (KEY, &SECRET[..20]),
            (&KEY.replace("BCVx", "BCVy"), SECRET),
            ("not a key", SECRET),
        ] {
            assert!(Seal::parse(key, secret).is_none(), "{key} {secret}");
        }
    }

    #[test]
    fn a_sealed_notice_is_as_small_as_services_take_and_says_nothing() {
        let seal = Seal::parse(KEY, SECRET).unwrap();
        let sealed = seal.close(&Notice::test()).unwrap();
        assert!(sealed.len() < 4096 && !sealed.windows(6).any(|bytes| bytes == b"Inroad"));
        assert_ne!(sealed, seal.close(&Notice::test()).unwrap(), "each is sealed anew");
    }
}
