//! A database for each test, cloned from one that is migrated once for each set of migrations.

use std::sync::atomic::{AtomicU32, Ordering};

use inroad::database::MIGRATIONS;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool};
use tokio::sync::OnceCell;

/// Names the server the tests make their databases on; `bin/test` starts one.
const SERVER: &str = "INROAD_TEST_DATABASE_URL";

/// A database that lives as long as this value.
pub struct TestDatabase {
    name: String,
    /// Its address.
    pub url: String,
}

/// The address of the server's own database, where others are made and dropped.
pub fn server_url() -> url::Url {
    let text = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} names no PostgreSQL server, such as postgres://postgres@127.0.0.1:5432/postgres; bin/test starts one")
    });
    text.parse().unwrap()
}

async fn server() -> PgConnection {
    server_url().as_str().parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
}

fn url_of(name: &str) -> String {
    let mut url = server_url();
    url.set_path(name);
    url.into()
}

async fn run(db: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(db).await.unwrap();
}

/// The name of the migrated database that others are cloned from: a new set of migrations has a new one.
async fn template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE.get_or_init(make_template).await
}

async fn make_template() -> String {
    use sha2::{Digest, Sha256};
    let mut set = Sha256::new();
    for migration in MIGRATIONS.iter() {
        set.update(&migration.checksum);
    }
    let name = format!("inroad_template_{}", data_encoding::HEXLOWER.encode(&set.finalize()[..8]));
    let mut db = server().await;
    // One test program at a time; a half-made one has another name.
    run(&mut db, "select pg_advisory_lock(727001)".into()).await;
    let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut db)
        .await
        .unwrap();
    if !there {
        let half = format!("{name}_half");
        run(&mut db, format!("drop database if exists {half} with (force)")).await;
        run(&mut db, format!("create database {half}")).await;
        let mut new = url_of(&half).parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
        MIGRATIONS.run_direct(None, &mut new, false).await.unwrap();
        new.close().await.unwrap();
        run(&mut db, format!("alter database {half} rename to {name}")).await;
    }
    db.close().await.unwrap();
    name
}

impl TestDatabase {
    /// A fresh one with the whole schema and no rows.
    pub async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let template = template().await;
        let name = format!("inroad_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut db = server().await;
        run(&mut db, format!("drop database if exists {name} with (force)")).await;
        // Many small files: copying them takes less than logging each of their pages, where there is a choice.
        let strategy =
            if db.server_version_num().is_some_and(|version| version >= 150_000) { "strategy file_copy" } else { "" };
        run(&mut db, format!("create database {name} template {template} {strategy}")).await;
        db.close().await.unwrap();
        Self { url: url_of(&name), name }
    }

    /// Connections for looking at what the program did.
    pub fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(4).connect_lazy(&self.url).unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // A thread with a runtime of its own: the test's may be ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut db = server().await;
                run(&mut db, format!("drop database if exists {name} with (force)")).await;
            });
        });
        let dropped = dropping.join();
        assert!(dropped.is_ok() || std::thread::panicking(), "the test's database was dropped");
    }
}
