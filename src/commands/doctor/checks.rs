//! What `inroad doctor` looks at: each check is a function that says how it is, and what would mend it.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::PgPool;

use super::probe::ask;
use crate::accounts::issuer::discover;
use crate::accounts::proxies;
use crate::config::{Config, DatabaseSource};
use crate::database::{self, At, Found, dumps};
use crate::mail::server::Server;

/// Free space below which something is wrong, and below which it soon will be.
const LEAST_FREE: u64 = 200_000_000;
const LITTLE_FREE: u64 = 2_000_000_000;
/// Hours after which the newest dump is late: one is taken each day.
const LATE_BACKUP: i64 = 49;
/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Seconds the clocks of program and database may differ.
const CLOCKS_DIFFER: i64 = 5;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As it should be.
    Well,
    /// It works, and something about it should be known.
    Mind,
    /// It must be mended.
    Wrong,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    what: &'static str,
    how: How,
    says: String,
}

impl Check {
    fn new(what: &'static str, how: How, says: impl Into<String>) -> Self {
        Self { what, how, says: says.into() }
    }

    /// Whether it must be mended.
    pub fn is_wrong(&self) -> bool {
        self.how == How::Wrong
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.how {
            How::Well => "ok",
            How::Mind => "note",
            How::Wrong => "WRONG",
        };
        write!(f, "{:<9} {how:<6} {}", self.what, self.says)
    }
}

/// Looks at everything and changes nothing, in the order in which it is worth mending.
pub async fn examine(config: &Config, now: Timestamp) -> Vec<Check> {
    let mut checks = vec![address(config), server(config)];
    match database::look(config, PATIENCE).await {
        Err(error) => checks.push(Check::new("Database", How::Wrong, format!("{error:#}"))),
        Ok(Found::Resting(says)) => checks.push(Check::new("Database", How::Mind, says)),
        Ok(Found::Running(opened)) => {
            let db = &opened.pool;
            checks.extend([schema(db).await, clock(db, now).await, proxy(config, db, now).await]);
            opened.close().await;
        }
    }
    checks.push(mail(config).await);
    checks.extend(issuer(config).await);
    checks.extend([disk(config), backup(config, now)]);
    checks
}

fn address(config: &Config) -> Check {
    let listen = config.listen;
    let (how, says) = match &config.url {
        Some(url) if config.is_https() && listen.ip().is_loopback() && config.trusted_proxies.is_empty() => (
            How::Mind,
            format!(
                "{url}, listening on {listen}; the proxy that makes it https is not listed in INROAD_TRUSTED_PROXIES"
            ),
        ),
        Some(url) if !config.is_https() && !config.is_for_this_machine() => {
            (How::Mind, format!("{url}, listening on {listen}; without https others on the way can read along"))
        }
        Some(url) => (How::Well, format!("{url}, listening on {listen}")),
        None if listen.ip().is_loopback() => (How::Well, format!("http://{listen}, for this machine alone")),
        None => (
            How::Mind,
            format!("listening on {listen} for others, by number only: set INROAD_URL to the address people open"),
        ),
    };
    Check::new("Address", how, says)
}

fn server(config: &Config) -> Check {
    let listen = config.listen;
    let Ok(answer) = ask(listen, "/readyz") else {
        return Check::new("Server", How::Mind, format!("nothing answers on {listen}: it does not run just now"));
    };
    let said = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body.trim());
    match answer.starts_with("HTTP/1.1 200") && said == "ready" {
        true => Check::new("Server", How::Well, format!("ready on {listen}")),
        false if said.starts_with("not ready:") => Check::new("Server", How::Wrong, format!("{said} ({listen})")),
        false => Check::new("Server", How::Wrong, format!("something else than Inroad answers on {listen}")),
    }
}

async fn schema(db: &PgPool) -> Check {
    match database::schema_is_current(db).await {
        Ok(true) => Check::new("Schema", How::Well, "the database answers, and its schema is up to date"),
        Ok(false) => Check::new("Schema", How::Wrong, "not migrated: run inroad migrate, or start inroad once"),
        Err(error) => Check::new("Schema", How::Wrong, format!("the database does not answer: {error}")),
    }
}

async fn clock(db: &PgPool, now: Timestamp) -> Check {
    match database::time(db).await {
        Ok(At(theirs)) if theirs.duration_since(now).as_secs().abs() <= CLOCKS_DIFFER => {
            Check::new("Clock", How::Well, "as the database's")
        }
        Ok(At(theirs)) => Check::new(
            "Clock",
            How::Wrong,
            format!("it is {now} here and {theirs} at the database: set both by the network"),
        ),
        Err(error) => Check::new("Clock", How::Wrong, format!("the database does not say what time it is: {error}")),
    }
}

async fn proxy(config: &Config, db: &PgPool, now: Timestamp) -> Check {
    match proxies::noted(db).await {
        Ok(noted) => match proxies::warning(noted, &config.trusted_proxies, now) {
            Some(warning) => Check::new("Proxies", How::Wrong, warning),
            None => Check::new("Proxies", How::Well, "none that is not listed was seen"),
        },
        Err(error) => Check::new("Proxies", How::Mind, format!("the database does not say: {error}")),
    }
}

async fn mail(config: &Config) -> Check {
    let Some(smtp) = &config.smtp else {
        return Check::new("Mail", How::Well, "none is sent: links are handed over by hand");
    };
    let greeted = match Server::of(&smtp.server, config.url.as_ref(), 3 * PATIENCE) {
        Ok(server) => server.greet().await,
        Err(error) => Err(error.to_string()),
    };
    match greeted {
        Ok(()) => Check::new("Mail", How::Well, format!("{} takes mail from {}", smtp.server, smtp.from)),
        Err(error) => Check::new("Mail", How::Wrong, format!("{}: {error}", smtp.server)),
    }
}

async fn issuer(config: &Config) -> Option<Check> {
    let issuer = config.issuer.as_ref()?;
    Some(match discover(issuer).await {
        Ok(_) => Check::new("Issuer", How::Well, format!("{} says where one logs in by it", issuer.address)),
        Err(error) => Check::new("Issuer", How::Wrong, format!("{}: {error}", issuer.address)),
    })
}

fn disk(config: &Config) -> Check {
    let DatabaseSource::Embedded = config.database else {
        return Check::new("Disk", How::Well, "the data lies on the database's own machine: look there");
    };
    match free(&config.data_dir) {
        Ok(bytes) => {
            let how = match bytes {
                ..LEAST_FREE => How::Wrong,
                LEAST_FREE..LITTLE_FREE => How::Mind,
                LITTLE_FREE.. => How::Well,
            };
            let (mega, folder) = (bytes / 1_000_000, config.data_dir.display());
            Check::new("Disk", how, format!("{mega} MB free for {folder}"))
        }
        Err(error) => Check::new("Disk", How::Mind, format!("{}: {error}", config.data_dir.display())),
    }
}

/// The dumps that Inroad itself keeps; of copies elsewhere it knows nothing.
fn backup(config: &Config, now: Timestamp) -> Check {
    let DatabaseSource::Embedded = config.database else {
        return Check::new(
            "Backup",
            How::Mind,
            "Inroad keeps none of a database server: does someone run inroad dump?",
        );
    };
    match dumps::newest(config) {
        Some((taken, file)) => {
            let hours = now.duration_since(taken).as_hours();
            let how = if hours < LATE_BACKUP { How::Well } else { How::Mind };
            Check::new("Backup", how, format!("{} is {hours} hours old; keep a copy on another disk", file.display()))
        }
        None => {
            Check::new("Backup", How::Mind, "no dump is kept yet: each orderly stop leaves one, and so does each day")
        }
    }
}

fn free(folder: &Path) -> nix::Result<u64> {
    let found = nix::sys::statvfs::statvfs(folder)?;
    Ok(found.blocks_available() * found.fragment_size())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn address_of(listen: &str, url: &str, proxies: &str) -> Check {
        let settings = Settings {
            listen: Some(listen.into()),
            url: Some(url.into()),
            trusted_proxies: Some(proxies.into()),
            data_dir: Some("/data".into()),
            ..Settings::default()
        };
        address(&Config::new(&settings).unwrap())
    }

    #[test]
    fn addresses_that_need_a_word_get_one() {
        for (listen, url, proxies, how, word) in [
            ("127.0.0.1:3000", "", "", How::Well, "this machine"),
            ("0.0.0.0:3000", "", "", How::Mind, "INROAD_URL"),
            ("127.0.0.1:3000", "https://inroad.example", "", How::Mind, "INROAD_TRUSTED_PROXIES"),
            ("127.0.0.1:3000", "https://inroad.example", "127.0.0.1", How::Well, "inroad.example"),
            ("0.0.0.0:3000", "http://inroad.example", "", How::Mind, "without https"),
        ] {
            let check = address_of(listen, url, proxies);
            assert!(check.how == how && check.says.contains(word), "{check}");
        }
    }

    #[tokio::test]
    async fn a_mail_server_is_tried_where_one_is_set() {
        let none = Settings { data_dir: Some("/data".into()), ..Settings::default() };
        let check = mail(&Config::new(&none).unwrap()).await;
        assert!(check.how == How::Well && check.says.contains("by hand"), "{check}");
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let settings = Settings {
            url: Some("https://inroad.example".into()),
            smtp_url: Some(format!("smtp://ada:s3cret@{closed}")),
            mail_from: Some("inroad@inroad.example".into()),
            ..none
        };
        let check = mail(&Config::new(&settings).unwrap()).await;
        assert!(check.is_wrong() && check.says.contains(&closed.to_string()), "{check}");
        assert!(!check.to_string().contains("s3cret"), "{check}");
    }

    #[test]
    fn the_table_names_each_thing_and_how_it_is() {
        let check = Check::new("Disk", How::Wrong, "3 MB free");
        assert_eq!(check.to_string(), "Disk      WRONG  3 MB free");
        assert!(check.is_wrong() && !Check::new("Disk", How::Mind, "").is_wrong());
    }
}
