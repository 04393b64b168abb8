//! An OpenID Connect issuer on this machine: real keys, real answers, and it lies where it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::app::START;

/// What it calls the program under test, and the secret it gave it.
pub const CLIENT: &str = "inroad";
/// The secret the program shows it.
pub const SECRET: &str = "a secret between the two";

/// How it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// With its RSA key, as most do.
    Rs256,
    /// With its Edwards key.
    EdDsa,
    /// With a key it does not publish.
    Unpublished,
    /// Not at all.
    None,
    /// With its public key, as if that were a shared secret.
    Hs256,
    /// With its key, and then something else is said.
    Tampered,
}

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    Well,
    /// Later than anyone waits.
    Slowly,
    /// With an error of its own.
    WithAnError,
    /// Without end.
    Hugely,
    /// That it is elsewhere.
    Elsewhere,
}

/// What it does and says.
pub struct Says {
    pub answers: Answers,
    pub signs: Signs,
    /// What its keys are called; another name, another key.
    pub kid: String,
    /// What it calls itself when asked about itself.
    pub issuer: Option<String>,
    /// Claims that take the place of the right ones; a null leaves one out.
    pub claims: Value,
    pub now: Timestamp,
    asked: HashMap<String, HashMap<String, String>>,
    edwards: Arc<Ed25519KeyPair>,
}

/// A running issuer.
pub struct Issuer {
    /// Its address, as it calls itself.
    pub address: String,
    says: Arc<Mutex<Says>>,
    server: JoinHandle<()>,
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn edwards() -> Arc<Ed25519KeyPair> {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Arc::new(Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap())
}

fn rsa() -> RsaKeyPair {
    RsaKeyPair::from_der(include_bytes!("../data/issuer.der")).unwrap()
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

#[derive(Clone)]
struct Shared {
    address: String,
    says: Arc<Mutex<Says>>,
}

impl Issuer {
    /// Starts one that knows 'grace' and tells the truth.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says {
            answers: Answers::Well,
            signs: Signs::Rs256,
            kid: "first".into(),
            issuer: None,
            claims: json!({}),
            now: START.parse().unwrap(),
            asked: HashMap::new(),
            edwards: edwards(),
        }));
        let shared = Shared { address: address.clone(), says: says.clone() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(shared);
        let server = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { address, says, server }
    }

    /// What it does and says from now on.
    pub fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// Has it throw its keys away and make others, under another name.
    pub fn change_keys(&self) {
        let mut says = self.says();
        says.kid = format!("{}-next", says.kid);
        says.edwards = edwards();
    }

    /// What a browser sent to an address of it is answered: where it is sent back to.
    pub async fn visit(&self, address: &str) -> String {
        assert!(address.starts_with(&self.address), "{address}");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let answer = client.get(address).send().await.unwrap();
        answer.headers()["location"].to_str().unwrap().to_owned()
    }
}

/// What it does beside answering well.
async fn before(shared: &Shared) -> Option<Response> {
    let answers = shared.says.lock().unwrap().answers;
    match answers {
        Answers::Well => None,
        Answers::Slowly => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            None
        }
        Answers::WithAnError => Some(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
        Answers::Hugely => Some(Json(json!({ "issuer": "x".repeat(10 << 20) })).into_response()),
        Answers::Elsewhere => Some(Redirect::temporary("/keys").into_response()),
    }
}

async fn about(State(shared): State<Shared>) -> Response {
    if let Some(other) = before(&shared).await {
        return other;
    }
    let at = &shared.address;
    let issuer = shared.says.lock().unwrap().issuer.clone().unwrap_or_else(|| at.clone());
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{at}/authorize"),
        "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
    }))
    .into_response()
}

async fn keys(State(shared): State<Shared>) -> Json<Value> {
    let says = shared.says.lock().unwrap();
    let public = PublicKeyComponents::<Vec<u8>>::from(rsa().public());
    Json(json!({ "keys": [
        { "kty": "RSA", "use": "sig", "alg": "RS256", "kid": format!("{}-rsa", says.kid),
          "n": text(&public.n), "e": text(&public.e) },
        { "kty": "OKP", "use": "sig", "alg": "EdDSA", "crv": "Ed25519", "kid": format!("{}-ed", says.kid),
          "x": text(says.edwards.public_key().as_ref()) },
    ] }))
}

async fn authorize(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Redirect {
    let code = format!("code-{}", asked["state"]);
    let back = format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]);
    shared.says.lock().unwrap().asked.insert(code, asked);
    Redirect::to(&back)
}

async fn token(State(shared): State<Shared>, headers: HeaderMap, body: String) -> Response {
    let given: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let refused = || (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    let mut says = shared.says.lock().unwrap();
    // Each code counts once.
    let Some(asked) = says.asked.remove(&given["code"]) else { return refused() };
    let login = format!("Basic {}", BASE64.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")).as_bytes()));
    assert_eq!(headers["authorization"].to_str().unwrap(), login);
    let challenge = text(digest(&SHA256, given["code_verifier"].as_bytes()).as_ref());
    if challenge != asked["code_challenge"] || asked["code_challenge_method"] != "S256" {
        return refused();
    }
    let token = id_token(&shared.address, &says, &asked);
    Json(json!({ "access_token": "opens nothing here", "token_type": "Bearer", "id_token": token })).into_response()
}

fn id_token(address: &str, says: &Says, asked: &HashMap<String, String>) -> String {
    let now = says.now.as_second();
    let mut claims = json!({
        "iss": address, "sub": "grace", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": asked["nonce"],
        "email": "grace@example.org", "email_verified": true, "name": "Grace Hopper",
    });
    if asked.contains_key("max_age") {
        claims["auth_time"] = json!(now);
    }
    for (claim, value) in says.claims.as_object().unwrap() {
        claims[claim] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let (alg, kid) = match says.signs {
        Signs::Rs256 | Signs::Tampered => ("RS256", format!("{}-rsa", says.kid)),
        Signs::EdDsa | Signs::Unpublished => ("EdDSA", format!("{}-ed", says.kid)),
        Signs::Hs256 => ("HS256", format!("{}-rsa", says.kid)),
        Signs::None => ("none", String::new()),
    };
    let head = text(json!({ "alg": alg, "kid": kid, "typ": "JWT" }).to_string().as_bytes());
    let signed = format!("{head}.{}", text(claims.to_string().as_bytes()));
    let signature = match says.signs {
        Signs::Rs256 | Signs::Tampered => {
            let key = rsa();
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
            signature
        }
        Signs::EdDsa => says.edwards.sign(signed.as_bytes()).as_ref().to_vec(),
        Signs::Unpublished => edwards().sign(signed.as_bytes()).as_ref().to_vec(),
        Signs::Hs256 => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, rsa().public().as_ref());
            hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
        }
        Signs::None => Vec::new(),
    };
    if says.signs == Signs::Tampered {
        claims["sub"] = json!("ada");
        return format!("{head}.{}.{}", text(claims.to_string().as_bytes()), text(&signature));
    }
    format!("{signed}.{}", text(&signature))
}
