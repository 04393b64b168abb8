//! A service that hands notices to browsers, on a loopback port: it keeps what it takes, and refuses as it is told. And a browser, which
//! reads what was sealed for it by another implementation than ours.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use data_encoding::BASE64URL_NOPAD;
use inroad::config::Settings;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web_push_native::p256::ecdh::diffie_hellman;
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;
use web_push_native::p256::{PublicKey, SecretKey};

use super::person::{Answer, Person};

/// Where devices are added.
pub const DEVICES: &str = "/settings/reminders/devices";

/// A notice as it came.
#[derive(Debug, Clone)]
pub struct Pushed {
    /// Whose it is, as the service names browsers.
    pub to: String,
    pub headers: HeaderMap,
    pub sealed: Vec<u8>,
}

#[derive(Clone, Default)]
struct Kept {
    taken: Arc<Mutex<Vec<Pushed>>>,
    refuses: Arc<Mutex<HashMap<String, Vec<u16>>>>,
}

/// The service; it ends with this value.
pub struct PushService {
    pub address: SocketAddr,
    kept: Kept,
    serving: JoinHandle<()>,
}

impl Drop for PushService {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(State(kept): State<Kept>, uri: Uri, headers: HeaderMap, sealed: Bytes) -> StatusCode {
    let to = uri.path().trim_start_matches('/').to_owned();
    if let Some(refusals) = kept.refuses.lock().unwrap().get_mut(&to)
        && !refusals.is_empty()
    {
        return StatusCode::from_u16(refusals.remove(0)).unwrap();
    }
    kept.taken.lock().unwrap().push(Pushed { to, headers, sealed: sealed.to_vec() });
    StatusCode::CREATED
}

impl PushService {
    /// Starts one that takes every notice.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, kept) = (listener.local_addr().unwrap(), Kept::default());
        let router = Router::new().fallback(post(take)).with_state(kept.clone());
        let serving = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { address, kept, serving }
    }

    /// Sets a program up to use it.
    pub fn set_up(&self, settings: &mut Settings) {
        settings.push_services = Some(format!("http://{}", self.address));
    }

    /// Answers the next notices to a browser so, one after the other.
    pub fn refuse(&self, to: &str, statuses: &[u16]) {
        self.kept.refuses.lock().unwrap().insert(to.to_owned(), statuses.to_vec());
    }

    /// What was taken since the last time this was asked.
    pub fn take(&self) -> Vec<Pushed> {
        std::mem::take(&mut *self.kept.taken.lock().unwrap())
    }

    /// The one notice that was taken since then.
    #[track_caller]
    pub fn one(&self) -> Pushed {
        let mut taken = self.take();
        assert_eq!(taken.len(), 1, "{taken:?}");
        taken.remove(0)
    }

    /// Where it reaches a browser.
    pub fn endpoint(&self, browser: &str) -> String {
        format!("http://{}/{browser}", self.address)
    }
}

/// A browser that shows notices, with the keys it made.
pub struct Subscriber {
    /// What the service calls it.
    pub name: &'static str,
    key: SecretKey,
    auth: [u8; 16],
}

impl Subscriber {
    /// One with keys that follow from its name.
    pub fn new(name: &'static str) -> Self {
        let key = ring::digest::digest(&ring::digest::SHA256, name.as_bytes());
        let auth = key.as_ref()[..16].try_into().unwrap();
        Self { name, key: SecretKey::from_slice(key.as_ref()).unwrap(), auth }
    }

    fn public(&self) -> Vec<u8> {
        self.key.public_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// The form its page sends, for that place of a service.
    pub fn fields(&self, endpoint: &str) -> [(&'static str, String); 3] {
        [
            ("endpoint", endpoint.to_owned()),
            ("p256dh", BASE64URL_NOPAD.encode(&self.public())),
            ("auth", BASE64URL_NOPAD.encode(&self.auth)),
        ]
    }

    /// Has it show someone's notices, by the form of their page.
    pub async fn subscribe(&self, person: &Person, endpoint: &str) -> Answer {
        let mut form = person.get("/settings/reminders").await.is(200).page().form_to(DEVICES);
        for (name, value) in self.fields(endpoint) {
            form = form.set(name, &value);
        }
        form.submit(person).await
    }

    /// What a notice says (RFC 8291 and RFC 8188), if it was sealed for this browser.
    pub fn read(&self, pushed: &Pushed) -> Option<Value> {
        let (salt, rest) = pushed.sealed.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert!(u32::from_be_bytes(size.try_into().unwrap()) as usize >= rest.len() - 66, "it is one record");
        let (length, rest) = rest.split_at(1);
        let (sender, sealed) = rest.split_at(usize::from(length[0]));
        let theirs = PublicKey::from_sec1_bytes(sender).unwrap();
        let shared = diffie_hellman(self.key.to_nonzero_scalar(), theirs.as_affine());
        let info = [b"WebPush: info\0", self.public().as_slice(), sender].concat();
        let ikm: [u8; 32] = expanded(&self.auth, shared.raw_secret_bytes(), &info);
        let key: [u8; 16] = expanded(salt, &ikm, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = expanded(salt, &ikm, b"Content-Encoding: nonce\0");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut sealed = sealed.to_vec();
        let open = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
        let (end, text) = open.split_last().unwrap();
        assert_eq!(*end, 2, "it is the last record");
        Some(serde_json::from_slice(text).unwrap())
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expanded<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    key.expand(&[info], Length(N)).unwrap().fill(&mut out).unwrap();
    out
}

impl Pushed {
    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Who says to have sent it, for which service and until when (RFC 8292): proven by the key that pages tell.
    #[track_caller]
    pub fn proven(&self, page_key: &str) -> Value {
        let said = self.header("authorization").strip_prefix("vapid t=").unwrap();
        let (token, key) = said.split_once(", k=").unwrap();
        assert_eq!(key, page_key);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let read = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, read(key));
        public.verify(signed.as_bytes(), &read(signature)).unwrap();
        let (head, claims) = signed.split_once('.').unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&read(head)).unwrap()["alg"], "ES256");
        serde_json::from_slice(&read(claims)).unwrap()
    }
}
