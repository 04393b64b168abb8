//! What the reading of every setting shares: secrets, errors, and values that say something.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;

use url::{Host, Url};

/// Text that is never shown: its `Debug` hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for whoever must send it on.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// A setting that cannot be used: which one, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {wrong}. It should be {right}.")]
pub struct ConfigError {
    pub(super) variable: &'static str,
    pub(super) wrong: String,
    pub(super) right: &'static str,
}

/// Whether a name is of this machine, wherever it is looked up.
pub fn is_loopback_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    plain && (name == "localhost" || name.ends_with(".localhost"))
}

/// Whether an address is of this machine, for this machine.
pub fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => is_loopback_name(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).to_canonical().is_loopback(),
        None => false,
    }
}

/// A value that says something: an empty one counts as not given, as compose files write it.
pub(super) fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

/// Reads a value, or says what would be right.
pub(super) fn parsed<T: FromStr>(variable: &'static str, value: &str, right: &'static str) -> Result<T, ConfigError> {
    value.parse().map_err(|_| wrong(variable, value, right))
}

/// A value that was understood and cannot be used.
pub(super) fn wrong(variable: &'static str, value: &str, right: &'static str) -> ConfigError {
    ConfigError { variable, wrong: format!("is '{value}'"), right }
}

/// What stands in a file that holds a secret.
pub(super) fn secret_file(variable: &'static str, file: Option<&Path>) -> Result<Option<String>, ConfigError> {
    let Some(file) = file.filter(|file| !file.as_os_str().is_empty()) else { return Ok(None) };
    let right = "the path of a file that holds the secret and that Inroad may read";
    let text = std::fs::read_to_string(file).map_err(|error| ConfigError {
        variable,
        wrong: format!("names {}, which cannot be read: {error}", file.display()),
        right,
    })?;
    match text.trim() {
        "" => Err(ConfigError { variable, wrong: format!("names {}, which is empty", file.display()), right }),
        secret => Ok(Some(secret.to_owned())),
    }
}
