//! The server that takes mail, and whom mail comes from.

use std::fmt;
use std::path::Path;

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use url::Url;

use super::command_line::Settings;
use super::value::{ConfigError, Secret, given, is_loopback, parsed, secret_file};

/// How the way to the server is kept from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte, as `smtps` has it.
    Wrapped,
    /// By STARTTLS, or not at all.
    Required,
    /// By STARTTLS where the server offers it.
    Opportunistic,
    /// It can be read: the server is on this machine or this network.
    None,
}

/// Where mail is handed over, and whom it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Where it is handed over.
    pub server: MailServer,
    /// Whom it comes from.
    pub from: Mailbox,
}

/// A server that takes mail, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or number.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept.
    pub tls: Tls,
    /// Who logs in there, and by what password.
    pub login: Option<(String, Secret)>,
}

impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Smtp {
    /// What the settings say; nothing where no mail is set up.
    pub(super) fn of(settings: &Settings, address: Option<&Url>) -> Result<Option<Self>, ConfigError> {
        let Some((variable, server)) = url(settings)? else {
            return match given(&settings.mail_from) {
                Some(_) => Err(together("INROAD_MAIL_FROM", "INROAD_SMTP_URL")),
                None => Ok(None),
            };
        };
        let mut server = server_of(variable, &server)?;
        if let Some(password) = password(settings.smtp_password_file.as_deref())? {
            let Some((_, secret)) = &mut server.login else {
                return Err(ConfigError {
                    variable: "INROAD_SMTP_PASSWORD_FILE",
                    wrong: "is set, but INROAD_SMTP_URL names no user".into(),
                    right: "the password of the user in smtp://user@host",
                });
            };
            *secret = password;
        }
        // What mail links to is said by nobody's request.
        if address.is_none() {
            return Err(together("INROAD_SMTP_URL", "INROAD_URL"));
        }
        let from = given(&settings.mail_from).ok_or(together("INROAD_SMTP_URL", "INROAD_MAIL_FROM"))?;
        let from =
            parsed("INROAD_MAIL_FROM", from, "one mailbox, such as inroad@example.org or Inroad <inroad@example.org>")?;
        Ok(Some(Self { server, from }))
    }
}

fn together(variable: &'static str, other: &'static str) -> ConfigError {
    ConfigError { variable, wrong: format!("is set, but {other} is not"), right: "set together with it" }
}

fn url(settings: &Settings) -> Result<Option<(&'static str, String)>, ConfigError> {
    let from_file = secret_file("INROAD_SMTP_URL_FILE", settings.smtp_url_file.as_deref())?;
    match (given(&settings.smtp_url), from_file) {
        (Some(_), Some(_)) => Err(ConfigError {
            variable: "INROAD_SMTP_URL",
            wrong: "and INROAD_SMTP_URL_FILE are both set".into(),
            right: "one of the two",
        }),
        (Some(url), None) => Ok(Some(("INROAD_SMTP_URL", url.to_owned()))),
        (None, Some(url)) => Ok(Some(("INROAD_SMTP_URL_FILE", url))),
        (None, None) => Ok(None),
    }
}

fn password(file: Option<&Path>) -> Result<Option<Secret>, ConfigError> {
    Ok(secret_file("INROAD_SMTP_PASSWORD_FILE", file)?.map(Secret::new))
}

/// The value is not repeated in the message: it holds a password.
fn server_of(variable: &'static str, value: &str) -> Result<MailServer, ConfigError> {
    let error = |wrong: &str| ConfigError {
        variable,
        wrong: wrong.into(),
        right: "of the form smtps://user:password@host or smtp://user:password@host:587?tls=required; signs in user and \
                password are written as in addresses, @ as %40",
    };
    let url = Url::parse(value).map_err(|_| error("is not the address of a mail server"))?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| error("names no mail server"))?;
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(error("has something after the mail server's name that is not understood"));
    }
    let mut asked = None;
    for (name, value) in url.query_pairs() {
        if name != "tls" || asked.replace(value).is_some() {
            return Err(error("has something after the '?' that is not understood"));
        }
    }
    let tls = match (url.scheme(), asked.as_deref()) {
        ("smtps", None | Some("required")) => Tls::Wrapped,
        ("smtp", Some("required")) => Tls::Required,
        ("smtp", Some("opportunistic")) => Tls::Opportunistic,
        ("smtp", Some("none")) => Tls::None,
        // Nobody reads along on this machine, and its server has no certificate for such a name.
        ("smtp", None) => {
            if is_of_this_machine(host) {
                Tls::None
            } else {
                Tls::Required
            }
        }
        ("smtp" | "smtps", _) => return Err(error("asks for a tls that is none of required, opportunistic and none")),
        _ => return Err(error("is not the address of a mail server")),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
    let login = match (decoded(url.username()), url.password().map(decoded).transpose()) {
        (Ok(user), Ok(password)) if !user.is_empty() => Some((user, Secret::new(password.unwrap_or_default()))),
        (Ok(_), Ok(None)) => None,
        _ => return Err(error("has a user or a password that cannot be read")),
    };
    let port = url.port().unwrap_or(if tls == Tls::Wrapped { 465 } else { 587 });
    Ok(MailServer { host: host.trim_matches(['[', ']']).to_owned(), port, tls, login })
}

fn is_of_this_machine(host: &str) -> bool {
    Url::parse(&format!("http://{host}/")).is_ok_and(|url| is_loopback(&url))
}
