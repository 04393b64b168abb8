//! Flags and environment, read into one checked `Config`.
//!
//! Everything the program can be told is here; nothing else reads the environment. A wrong value stops the start with a
//! message that names the variable and says what would be right. Secrets are wrapped, so that no log line shows one.

mod command_line;
mod issuer;
mod mail;
mod notices;
mod value;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use tracing_subscriber::EnvFilter;
use url::Url;

pub use command_line::{AdminCommand, Command, CommandLine, DOCUMENTS_MB_MOST, Settings, UserCommand};
pub use issuer::Issuer;
pub use mail::{MailServer, Smtp, Tls};
pub use notices::PushServices;
pub use value::{ConfigError, Secret, is_loopback, is_loopback_name};

use crate::kinds::kinds;
use value::{given, parsed, secret_file, wrong};

kinds! {
    /// Whom browsers are told to reach by https only, where the public address is https.
    pub enum Insist {
        /// Nobody.
        Off = "off", "Nothing";
        /// Inroad's own host.
        Host = "host", "This host";
        /// It and every host below it.
        Subdomains = "subdomains", "This host and those below it";
    }
}

kinds! {
    /// Who may make an account.
    pub enum SignUp {
        /// Anyone who can reach the sign-up page.
        Open = "open", "Anyone may sign up";
        /// People who hold an invitation.
        Invite = "invite", "By invitation";
        /// Nobody; accounts come from `inroad user add`.
        Closed = "closed", "Closed";
    }
}

/// What the program runs with; every value has been checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address and port the pages are served on.
    pub listen: SocketAddr,
    /// The address people reach Inroad by, without a path; `None` means the one it listens on.
    pub url: Option<Url>,
    /// The folder for what Inroad keeps outside a database server; absolute.
    pub data_dir: PathBuf,
    /// Who may make an account.
    pub signup: SignUp,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// Whom browsers are told to reach by https only.
    pub hsts: Insist,
    /// The database that is used.
    pub database: DatabaseSource,
    /// The folder of PostgreSQL's programs; `None` means they are looked for.
    pub pg_bin: Option<PathBuf>,
    /// The direct address of the database for migrations, where a pooler stands between.
    pub migrate_url: Option<Secret>,
    /// How long a start waits for its database.
    pub database_patience: Duration,
    /// How long a copy that was asked to stop goes on answering, so that a balancer can take it out first.
    pub drain: Duration,
    /// Bytes a document may have.
    pub document_most: i64,
    /// Bytes all documents of an account may have together.
    pub documents_most: i64,
    /// Where mail is handed over; nowhere where none is set up.
    pub smtp: Option<Smtp>,
    /// The services that are handed notices for browsers.
    pub push_services: PushServices,
    /// Whose word logs people in beside their passwords; nobody's where none is set up.
    pub issuer: Option<Issuer>,
    /// What is logged, in `tracing`'s filter language.
    pub log: String,
}

/// Where the database is.
#[derive(Debug, Clone)]
pub enum DatabaseSource {
    /// A server that is reached by this address.
    Url(Secret),
    /// A private cluster in the data folder, run with the PostgreSQL programs of this machine.
    Embedded,
}

/// The addresses and networks of the proxies in front of Inroad.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Whether what this peer says about a request's origin is believed.
    pub fn trust(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|network| network.contains(&peer))
    }

    /// Whether no proxy is believed at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for TrustedProxies {
    type Err = ();

    /// Reads addresses and networks separated by commas or spaces.
    fn from_str(list: &str) -> Result<Self, ()> {
        list.split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().or_else(|_| word.parse().map(|address: IpAddr| address.into())))
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|_| ())
    }
}

impl Config {
    /// Checks what was typed and what the environment holds.
    pub fn new(settings: &Settings) -> Result<Self, ConfigError> {
        let log = given(&settings.log).unwrap_or("info");
        if EnvFilter::try_new(log).is_err() {
            return Err(wrong(
                "INROAD_LOG",
                log,
                "error, warn, info, debug or trace, or a list such as info,sqlx=debug",
            ));
        }
        let listen: SocketAddr = parsed(
            "INROAD_LISTEN",
            given(&settings.listen).unwrap_or("127.0.0.1:3000"),
            "an address and a port, such as 127.0.0.1:3000 or 0.0.0.0:3000",
        )?;
        let url = given(&settings.url).map(public_url).transpose()?;
        let mut config = Self {
            listen,
            smtp: Smtp::of(settings, url.as_ref())?,
            issuer: Issuer::of(settings, url.as_ref())?,
            url,
            data_dir: data_dir(settings.data_dir.as_deref())?,
            signup: parsed("INROAD_SIGNUP", given(&settings.signup).unwrap_or("open"), "open, invite or closed")?,
            trusted_proxies: parsed(
                "INROAD_TRUSTED_PROXIES",
                given(&settings.trusted_proxies).unwrap_or_default(),
                "a list of addresses or networks, such as 127.0.0.1,10.0.0.0/8",
            )?,
            push_services: parsed(
                "INROAD_PUSH_SERVICES",
                given(&settings.push_services).unwrap_or_default(),
                "a list of hosts, such as push.example.org,*.push.example.net",
            )?,
            hsts: parsed("INROAD_HSTS", given(&settings.hsts).unwrap_or("host"), "off, host or subdomains")?,
            database: database(settings)?,
            pg_bin: settings.pg_bin.clone().filter(|bin| !bin.as_os_str().is_empty()),
            migrate_url: given(&settings.migrate_database_url)
                .map(|url| database_url("INROAD_MIGRATE_DATABASE_URL", url, None))
                .transpose()?,
            database_patience: seconds("INROAD_DATABASE_WAIT", &settings.database_wait, 30)?,
            // On loopback there is a person with Ctrl C more often than a balancer.
            drain: seconds("INROAD_DRAIN", &settings.drain, if listen.ip().is_loopback() { 0 } else { 5 })?,
            document_most: megabytes("INROAD_DOCUMENT_MB", &settings.document_mb, 5, "whole MB, from 1 to 10", 10)?,
            documents_most: megabytes(
                "INROAD_DOCUMENTS_MB",
                &settings.documents_mb,
                100,
                "whole MB, from 1 to 200",
                DOCUMENTS_MB_MOST.into(),
            )?,
            log: log.to_owned(),
        };
        // Strangers can reach whatever others are to reach.
        if given(&settings.signup).is_none() && !config.is_for_this_machine() {
            config.signup = SignUp::Invite;
        }
        Ok(config)
    }

    /// Whether people reach this installation by https.
    pub fn is_https(&self) -> bool {
        self.url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// Whether it is set up for the machine it runs on and nobody else.
    pub fn is_for_this_machine(&self) -> bool {
        self.listen.ip().to_canonical().is_loopback()
            && self.url.as_ref().is_none_or(is_loopback)
            && self.trusted_proxies.is_empty()
    }
}

fn seconds(variable: &'static str, value: &Option<String>, default: u64) -> Result<Duration, ConfigError> {
    let right = "whole seconds, from 0 to 600";
    let Some(text) = given(value) else { return Ok(Duration::from_secs(default)) };
    match parsed(variable, text, right)? {
        seconds @ 0..=600 => Ok(Duration::from_secs(seconds)),
        _ => Err(wrong(variable, text, right)),
    }
}

/// So many MB, in bytes, up to what an archive and the schema take.
fn megabytes(
    variable: &'static str,
    value: &Option<String>,
    default: i64,
    right: &'static str,
    most: i64,
) -> Result<i64, ConfigError> {
    const MB: i64 = 1024 * 1024;
    let Some(text) = given(value) else { return Ok(default * MB) };
    match parsed::<i64>(variable, text, right)? {
        mb if (1..=most).contains(&mb) => Ok(mb * MB),
        _ => Err(wrong(variable, text, right)),
    }
}

fn public_url(value: &str) -> Result<Url, ConfigError> {
    let right = "the address people reach Inroad by, such as https://inroad.example.org, without a path";
    let url: Url = parsed("INROAD_URL", value, right)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if plain { Ok(url) } else { Err(wrong("INROAD_URL", value, right)) }
}

fn data_dir(chosen: Option<&Path>) -> Result<PathBuf, ConfigError> {
    let right = "a folder Inroad may write to, such as /var/lib/inroad";
    let folder = match chosen.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => folder.to_owned(),
        None => default_data_dir().ok_or_else(|| ConfigError {
            variable: "INROAD_DATA_DIR",
            wrong: "is not set, and this user has no home folder".into(),
            right,
        })?,
    };
    std::path::absolute(&folder).map_err(|_| wrong("INROAD_DATA_DIR", &folder.to_string_lossy(), right))
}

/// The platform's place for a program's data. Root's is not its home, which the cluster's own user could not enter.
fn default_data_dir() -> Option<PathBuf> {
    if nix::unistd::geteuid().is_root() {
        return Some("/var/lib/inroad".into());
    }
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty())?;
    if cfg!(target_os = "macos") {
        return Some(home.join("Library/Application Support/inroad"));
    }
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|data| data.is_absolute());
    Some(data.unwrap_or_else(|| home.join(".local/share")).join("inroad"))
}

fn database(settings: &Settings) -> Result<DatabaseSource, ConfigError> {
    let from_file = secret_file("DATABASE_URL_FILE", settings.database_url_file.as_deref())?;
    let password = secret_file("DATABASE_PASSWORD_FILE", settings.database_password_file.as_deref())?;
    match (given(&settings.database_url), from_file) {
        (Some(_), Some(_)) => Err(ConfigError {
            variable: "DATABASE_URL",
            wrong: "and DATABASE_URL_FILE are both set".into(),
            right: "one of the two",
        }),
        (Some(url), None) => database_url("DATABASE_URL", url, password).map(DatabaseSource::Url),
        (None, Some(url)) => database_url("DATABASE_URL_FILE", &url, password).map(DatabaseSource::Url),
        (None, None) if password.is_some() => Err(ConfigError {
            variable: "DATABASE_PASSWORD_FILE",
            wrong: "is set, but DATABASE_URL is not".into(),
            right: "set together with DATABASE_URL",
        }),
        (None, None) => Ok(DatabaseSource::Embedded),
    }
}

/// The value is not repeated in the message: it holds a password.
fn database_url(variable: &'static str, value: &str, password: Option<String>) -> Result<Secret, ConfigError> {
    let error = || ConfigError {
        variable,
        wrong: "is not the address of a PostgreSQL database".into(),
        right: "of the form postgres://user:password@host:5432/database",
    };
    let mut url = Url::parse(value).map_err(|_| error())?;
    if !matches!(url.scheme(), "postgres" | "postgresql") || sqlx::postgres::PgConnectOptions::from_str(value).is_err()
    {
        return Err(error());
    }
    if let Some(password) = password {
        url.set_password(Some(&password)).map_err(|()| error())?;
    }
    Ok(Secret::new(url))
}

#[cfg(test)]
mod tests;
