//! Handing mail over to a server by SMTP.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as Way, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;
use url::Url;

use crate::config::{MailServer, Tls};

/// How long the server may take for a mail. A claim holds longer.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It may be taken later.
    ForNow(String),
    /// It will not be.
    ForGood(String),
}

/// The way to a server.
#[derive(Clone)]
pub struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    patience: Duration,
}

impl Server {
    /// The way to this one, from an installation of this address, for a mail that may take so long.
    ///
    /// # Errors
    /// Where the server's name is none a certificate could have.
    pub fn of(server: &MailServer, own: Option<&Url>, patience: Duration) -> anyhow::Result<Self> {
        let certified = || TlsParameters::new(server.host.clone());
        let way = match server.tls {
            Tls::Wrapped => Way::Wrapper(certified()?),
            Tls::Required => Way::Required(certified()?),
            Tls::Opportunistic => Way::Opportunistic(certified()?),
            Tls::None => Way::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
            .port(server.port)
            .tls(way)
            .timeout(Some(patience / 3));
        if let Some(host) = own.and_then(Url::host_str) {
            builder = builder.hello_name(ClientId::Domain(host.to_owned()));
        }
        if let Some((user, password)) = &server.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose().to_owned()));
        }
        Ok(Self { transport: builder.build(), patience })
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// Whether it may be taken later, and what the server said, or what kept it from saying anything.
    pub async fn hand_over(&self, message: Message) -> Result<(), Refusal> {
        match timeout(self.patience, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if is_for_good(&error) => Err(Refusal::ForGood(in_words(&error))),
            Ok(Err(error)) => Err(Refusal::ForNow(in_words(&error))),
            Err(_) => Err(Refusal::ForNow("the mail server took too long".into())),
        }
    }

    /// Whether the server answers, and lets us in.
    ///
    /// # Errors
    /// Why it does not, in words.
    pub async fn greet(&self) -> Result<(), String> {
        match timeout(self.patience, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("the mail server hung up".into()),
            Ok(Err(error)) => Err(in_words(&error)),
            Err(_) => Err("the mail server took too long".into()),
        }
    }
}

/// A mail is refused for good by the server alone. That it does not let us in is no fault of the mail: the administrator may
/// mend it meanwhile.
fn is_for_good(error: &Error) -> bool {
    const NOT_LET_IN: [u16; 4] = [530, 534, 535, 538];
    error.is_permanent() && error.status().is_some_and(|code| !NOT_LET_IN.contains(&u16::from(code)))
}

/// On one line, at most as long as is kept.
fn in_words(error: &Error) -> String {
    let said = error.to_string();
    let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    said.trim().to_owned()
}
