//! A device that makes and uses passkeys: one P-256 key, no dialog, and it can be told to lie.

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_CREDENTIAL: u8 = 0x40;

/// A device with one passkey.
pub struct Authenticator {
    key: EcdsaKeyPair,
    credential: Vec<u8>,
    /// Whose it is, as the server calls them.
    pub user: Vec<u8>,
    /// How often it was used.
    pub counter: u32,
    /// The page that asks.
    pub origin: String,
    /// The site it was made for.
    pub site: String,
    /// Its owner unlocks it.
    pub unlocked: bool,
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// A byte string as CBOR writes it.
fn bytes(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    match length {
        0..=23 => [&[0x40 + length as u8], content].concat(),
        24..=255 => [&[0x58, length as u8], content].concat(),
        _ => [&[0x59], &length.to_be_bytes()[..], content].concat(),
    }
}

/// A short text as CBOR writes it.
fn word(content: &str) -> Vec<u8> {
    [&[0x60 + u8::try_from(content.len()).unwrap()], content.as_bytes()].concat()
}

impl Authenticator {
    /// Makes a passkey as `options` ask, on a page of `origin`. Returns what the page sends on, too.
    pub fn make(origin: &str, options: &Value) -> (Self, String) {
        let asked = &options["publicKey"];
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let credential = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        let device = Self {
            key,
            credential,
            user: BASE64URL_NOPAD.decode(asked["user"]["id"].as_str().unwrap().as_bytes()).unwrap(),
            counter: 0,
            origin: origin.into(),
            site: asked["rp"]["id"].as_str().unwrap().into(),
            unlocked: true,
        };
        let (x, y) = device.key.public_key().as_ref()[1..].split_at(32);
        let cose = [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21][..], &bytes(x), &[0x22], &bytes(y)].concat();
        let length = u16::try_from(device.credential.len()).unwrap().to_be_bytes();
        let data = [&device.data(WITH_CREDENTIAL)[..], &[0; 16], &length, &device.credential, &cose].concat();
        let attestation =
            [&[0xa3][..], &word("fmt"), &word("none"), &word("attStmt"), &[0xa0], &word("authData"), &bytes(&data)]
                .concat();
        let client = device.client("webauthn.create", &asked["challenge"]);
        let answer = json!({
            "id": text(&device.credential), "rawId": text(&device.credential), "type": "public-key", "extensions": {},
            "response": { "clientDataJSON": text(client.as_bytes()), "attestationObject": text(&attestation) },
        });
        (device, answer.to_string())
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.unlocked { VERIFIED } else { 0 };
        [digest(&SHA256, self.site.as_bytes()).as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(&self, what: &str, challenge: &Value) -> String {
        json!({ "type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }

    /// Uses the passkey as `options` ask, once more than before. Returns what the page sends on.
    pub fn answer(&mut self, options: &Value) -> String {
        self.counter += 1;
        let (data, client) = (self.data(0), self.client("webauthn.get", &options["publicKey"]["challenge"]));
        let signed = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": text(&self.credential), "rawId": text(&self.credential), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": text(client.as_bytes()), "authenticatorData": text(&data),
                "signature": text(signature.as_ref()), "userHandle": text(&self.user),
            },
        })
        .to_string()
    }
}
