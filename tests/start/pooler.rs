//! PgBouncer between the program and its database, where it is installed.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use inroad::config::{Config, Settings};
use inroad::database;
use sqlx::{Executor, Row};

use crate::program::free_address;
use crate::support::database::{TestDatabase, server_url};

/// A running pooler; it ends with this value.
struct Pooler {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Pooler {
    /// One in this mode before a database, or nothing where PgBouncer is not installed.
    async fn start(mode: &str, database: &TestDatabase) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let (address, server) = (free_address(), server_url());
        let (host, port) = (server.host_str().unwrap(), server.port().unwrap_or(5432));
        let users = folder.path().join("users");
        std::fs::write(&users, format!("\"{}\" \"\"\n", server.username())).unwrap();
        let settings = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host={host} port={port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {}\n\
             auth_type = trust\nauth_file = {}\npool_mode = {mode}\nunix_socket_dir =\n",
            address.port(),
            users.display()
        );
        std::fs::write(&settings, text).unwrap();
        let mut command = Command::new("pgbouncer");
        command.arg("-q").arg(&settings).stdout(Stdio::null()).stderr(Stdio::null());
        if nix::unistd::geteuid().is_root() {
            // It refuses to be root.
            let user = nix::unistd::User::from_name("nobody").unwrap().unwrap();
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        let mut url: url::Url = database.url.parse().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(address.port())).unwrap();
        let child = command.env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin").spawn().ok()?;
        let pooler = Self { child, url: url.into(), _folder: folder };
        let began = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(10), "PgBouncer listens");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(pooler)
    }

    fn config(&self) -> Config {
        let settings = Settings {
            database_url: Some(self.url.clone()),
            data_dir: Some(std::env::temp_dir()),
            ..Settings::default()
        };
        Config::new(&settings).unwrap()
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[tokio::test]
async fn a_pooler_that_changes_the_session_is_refused_with_what_works() {
    let own = TestDatabase::new().await;
    for mode in ["transaction", "statement"] {
        let Some(pooler) = Pooler::start(mode, &own).await else { return eprintln!("PgBouncer is not installed") };
        let message = database::open(&pooler.config()).await.unwrap_err().to_string();
        assert!(message.contains("pool_mode = session") && message.contains("max_prepared_statements"), "{message}");
    }
}

#[tokio::test]
async fn behind_a_pooler_that_keeps_the_session_the_limits_of_a_request_hold() {
    let own = TestDatabase::new().await;
    let Some(pooler) = Pooler::start("session", &own).await else { return eprintln!("PgBouncer is not installed") };
    for _ in 0..2 {
        let database = database::open(&pooler.config()).await.unwrap();
        for (setting, value) in [
            ("show statement_timeout", "5s"),
            ("show lock_timeout", "2s"),
            ("show idle_in_transaction_session_timeout", "15s"),
            ("show plan_cache_mode", "force_generic_plan"),
        ] {
            assert_eq!(database.pool.fetch_one(setting).await.unwrap().get::<String, _>(0), value, "{setting}");
        }
        database.close().await;
    }
}
