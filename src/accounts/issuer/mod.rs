//! Logging in by an issuer's word (OpenID Connect): where it is asked, and what of its answer is believed. Who someone is, is the
//! issuer and its own name for them, never an e-mail address: that it claims one proves nothing.

mod claims;
pub mod http;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreProviderMetadata,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, ProviderMetadata, RedirectUrl, Scope, TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

pub use claims::Identity;

use crate::config::{Config, Issuer, Secret, is_loopback};

/// How long what an issuer says of itself is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How soon it is asked again for keys it may have changed.
const KEYS_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Where it sends people back to.
pub const ANSWER: &str = "/login/issuer/answer";

/// Why an issuer's word was not had.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is away, or answers what is none.
    #[error("{0}")]
    Away(String),
    /// What it said cannot be believed.
    #[error("{0}")]
    NotBelieved(String),
}

impl Refused {
    /// What the person is told.
    pub fn words(&self, name: &str) -> String {
        match self {
            Self::Away(_) => format!("{name} doesn't answer right now. Log in another way, or try again later."),
            Self::NotBelieved(_) => format!(
                "Inroad can't trust what {name} answered. Try again; if this stays, tell the person who runs this Inroad."
            ),
        }
    }
}

/// What is asked of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Who it is.
    Who,
    /// Who it is, after it asked them for what it knows them by just now.
    WhoNow,
}

/// A question that is on its way: what the answer must fit.
#[derive(Serialize, Deserialize)]
pub struct Question {
    state: String,
    nonce: String,
    verifier: String,
    asked_at: Timestamp,
    now: bool,
}

/// What comes back with the browser.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    code: String,
    state: String,
    iss: String,
    error: String,
}

struct Known {
    metadata: CoreProviderMetadata,
    asked_at: Timestamp,
}

/// The issuer that is set up, if one is, with what it said of itself last.
pub struct Provider {
    issuer: Option<Issuer>,
    redirect: Option<Url>,
    known: Mutex<Option<Known>>,
}

impl Provider {
    /// Of an installation. Nothing is asked yet: it may be away.
    pub fn of(config: &Config) -> Self {
        let redirect = config.url.as_ref().and_then(|url| url.join(ANSWER).ok());
        Self { issuer: config.issuer.clone(), redirect, known: Mutex::new(None) }
    }

    fn set_up(&self) -> Result<(&Issuer, RedirectUrl), Refused> {
        let nothing = || Refused::Away("no issuer is set up".into());
        let (issuer, redirect) =
            (self.issuer.as_ref().ok_or_else(nothing)?, self.redirect.clone().ok_or_else(nothing)?);
        Ok((issuer, RedirectUrl::from_url(redirect)))
    }

    /// What it says of itself, not older than `than`.
    async fn metadata(&self, now: Timestamp, than: SignedDuration) -> Result<CoreProviderMetadata, Refused> {
        let (issuer, _) = self.set_up()?;
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| now.duration_since(known.asked_at) < than) {
            return Ok(known.metadata.clone());
        }
        let metadata = discover(issuer).await?;
        *known = Some(Known { metadata: metadata.clone(), asked_at: now });
        Ok(metadata)
    }

    /// The address a browser is sent to, and what its answer must fit.
    ///
    /// # Errors
    /// `Away` where it does not say of itself where that is.
    pub async fn ask(&self, asked: Asked, now: Timestamp) -> Result<(Url, Question), Refused> {
        let (issuer, redirect) = self.set_up()?;
        let client = client_of(issuer, self.metadata(now, KEPT).await?).set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.into())))
            .set_pkce_challenge(challenge);
        if issuer.admin_group.is_some() && issuer.groups_claim == "groups" {
            request = request.add_scope(Scope::new("groups".into()));
        }
        if asked == Asked::WhoNow {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        let (address, state, nonce) = request.url();
        let question = Question {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            asked_at: now,
            now: asked == Asked::WhoNow,
        };
        Ok((address, question))
    }

    /// Who it says it is, once all of that fits.
    ///
    /// # Errors
    /// Says what does not.
    pub async fn believe(&self, question: Question, answer: &Answer, now: Timestamp) -> Result<Identity, Refused> {
        let (issuer, redirect) = self.set_up()?;
        let not = |what: &str| Refused::NotBelieved(what.to_owned());
        if answer.state != question.state {
            return Err(not("another state"));
        }
        if !answer.iss.is_empty() && answer.iss != issuer.address {
            return Err(not("the answer is of another issuer"));
        }
        if !answer.error.is_empty() || answer.code.is_empty() {
            let said: String = answer.error.chars().filter(|c| c.is_ascii_graphic()).take(60).collect();
            return Err(Refused::NotBelieved(format!("it gave no code: {said}")));
        }
        let metadata = self.metadata(now, KEPT).await?;
        let client = client_of(issuer, metadata.clone()).set_redirect_uri(redirect);
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let exchange = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|error| Refused::Away(error.to_string()))?
            .set_pkce_verifier(verifier);
        let tokens = exchange.request_async(&http::send).await.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => Refused::Away(error.to_string()),
            other => Refused::NotBelieved(format!("it gave no token: {other}")),
        })?;
        let token = tokens.id_token().ok_or_else(|| not("there is no ID token"))?;
        let nonce = Nonce::new(question.nonce.clone());
        let found = match claims::checked(issuer, &metadata, token, &nonce, now) {
            Err(claims::Doubt::UnknownKey) => {
                let metadata = self.metadata(now, KEYS_AGAIN).await?;
                claims::checked(issuer, &metadata, token, &nonce, now)
            }
            other => other,
        };
        let identity = found.map_err(|doubt| Refused::NotBelieved(doubt.to_string()))?;
        if question.now && identity.authenticated_at.is_none_or(|at| at < question.asked_at - claims::SKEW) {
            return Err(not("it did not ask for a login just now"));
        }
        Ok(identity)
    }
}

/// Asks an issuer what it says of itself, with its keys.
///
/// # Errors
/// `Away`, with the reason.
pub async fn discover(issuer: &Issuer) -> Result<CoreProviderMetadata, Refused> {
    let address = IssuerUrl::new(issuer.address.clone()).map_err(|error| Refused::Away(error.to_string()))?;
    let metadata: CoreProviderMetadata = ProviderMetadata::discover_async(address, &http::send)
        .await
        .map_err(|error| Refused::Away(claims::chain(&error)))?;
    let is_kept = |url: &Url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url));
    let token = metadata.token_endpoint().ok_or_else(|| Refused::Away("it names no token endpoint".into()))?;
    if !is_kept(metadata.authorization_endpoint().url()) || !is_kept(token.url()) {
        return Err(Refused::Away("one of its addresses is not https".into()));
    }
    Ok(metadata)
}

type Client = openidconnect::core::CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

/// This installation, as the issuer knows it.
fn client_of(issuer: &Issuer, metadata: CoreProviderMetadata) -> Client {
    let by_basic = metadata
        .token_endpoint_auth_methods_supported()
        .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let secret = issuer.client_secret.as_ref().map(Secret::expose).map(|secret| ClientSecret::new(secret.to_owned()));
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(issuer.client_id.clone()), secret);
    client.set_auth_type(if by_basic { AuthType::BasicAuth } else { AuthType::RequestBody })
}
