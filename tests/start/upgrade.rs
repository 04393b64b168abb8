//! The schema brought up to date under a program of the first version that goes on writing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use inroad::config::{Config, Settings};
use inroad::database::{self, MIGRATIONS};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tokio::time::sleep;
use uuid::Uuid;

use crate::support::database::server_url;

/// The migrations of the first version.
const FIRST: i64 = 5;

/// One transaction of the first version: the contact is locked, something happened is added, the contact is stored.
async fn write(db: &mut PgConnection, user: Uuid, contact: Uuid) -> sqlx::Result<()> {
    let mut transaction = db.begin().await?;
    sqlx::query("select name from contacts where user_id = $1 and id = $2 for update")
        .bind(user)
        .bind(contact)
        .fetch_one(&mut *transaction)
        .await?;
    sleep(Duration::from_millis(5)).await;
    sqlx::query(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at)
         values ($1, $2, $3, 'wrote', 'out', current_date, now(), now())",
    )
    .bind(user)
    .bind(Uuid::now_v7())
    .bind(contact)
    .execute(&mut *transaction)
    .await?;
    sleep(Duration::from_millis(5)).await;
    sqlx::query("update contacts set version = version + 1 where user_id = $1 and id = $2")
        .bind(user)
        .bind(contact)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_version_goes_on_writing_while_the_schema_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { data_dir: Some(folder.path().into()), ..Settings::default() };
    let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
    let options: PgConnectOptions = database.direct_url.expose().parse().unwrap();
    let options = options.options([("lock_timeout", "2s"), ("statement_timeout", "5s")]);
    let mut db = options.connect().await.unwrap();
    let first = MIGRATIONS.iter().filter(|migration| migration.version <= FIRST).cloned().collect();
    Migrator::with_migrations(first).run_direct(None, &mut db, false).await.unwrap();

    let user = Uuid::now_v7();
    sqlx::query(
        "insert into users (id, name, email, password_hash, time_zone, created_at)
         values ($1, 'Alice', 'alice@example.org', '', 'UTC', now())",
    )
    .bind(user)
    .execute(&mut db)
    .await
    .unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let written = Arc::new(AtomicUsize::new(0));
    let mut writers = tokio::task::JoinSet::new();
    for name in ["Grace", "Ada", "Katherine", "Dorothy"] {
        let contact = Uuid::now_v7();
        sqlx::query(
            "insert into contacts (user_id, id, name, stage, created_at) values ($1, $2, $3, 'connected', now())",
        )
        .bind(user)
        .bind(contact)
        .bind(name)
        .execute(&mut db)
        .await
        .unwrap();
        let mut own = options.connect().await.unwrap();
        let (over, written) = (over.clone(), written.clone());
        writers.spawn(async move {
            let mut failed = Vec::new();
            while !over.load(Ordering::SeqCst) {
                match write(&mut own, user, contact).await {
                    Ok(()) => {
                        written.fetch_add(1, Ordering::SeqCst);
                    }
                    Err(error) => failed.push(error.to_string()),
                }
            }
            failed
        });
    }
    while written.load(Ordering::SeqCst) < 20 {
        sleep(Duration::from_millis(5)).await;
    }
    database::migrate(&database).await.expect("the first start goes through");
    let by_then = written.load(Ordering::SeqCst);
    while written.load(Ordering::SeqCst) < by_then + 20 {
        sleep(Duration::from_millis(5)).await;
    }
    over.store(true, Ordering::SeqCst);
    let failed = writers.join_all().await.concat();
    assert!(failed.is_empty(), "the first version is not disturbed: {failed:?}");
    assert!(database::schema_is_current(&database.pool).await.unwrap());
    let row: i64 = sqlx::query_scalar("select count(*) from touchpoints").fetch_one(&mut db).await.unwrap();
    assert_eq!(row, written.load(Ordering::SeqCst) as i64, "what was written is there, once");
    db.close().await.unwrap();
    database.close().await;
}

#[tokio::test]
async fn a_schema_of_another_build_is_refused_with_a_way_on() {
    for change in [
        "update _sqlx_migrations set checksum = 'other' where version = 3",
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (13, 'of another build', true, '', 0)",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { data_dir: Some(folder.path().into()), ..Settings::default() };
        let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
        database::migrate(&database).await.unwrap();
        sqlx::query(change).execute(&database.pool).await.unwrap();
        let message = database::migrate(&database).await.unwrap_err().to_string();
        assert!(message.contains("another build of Inroad") && message.contains("restore a backup"), "{message}");
        database.close().await;
    }
}

/// A database whose user may make tables and no extensions: refused with what to run, and good once that was run.
#[tokio::test]
async fn without_its_extensions_the_start_says_what_to_run_and_does_it_then() {
    let server = server_url();
    let name = format!("inroad_test_guest_{}", std::process::id());
    let mut admin: PgConnection = server.as_str().parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
    let run = async |db: &mut PgConnection, sql: String| {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(db).await.unwrap();
    };
    for statement in [format!("create role {name} login"), format!("create database {name}")] {
        run(&mut admin, statement).await;
    }
    let mut url = server.clone();
    url.set_path(&name);
    let mut inside: PgConnection = url.as_str().parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
    run(&mut inside, format!("grant create on schema public to {name}")).await;
    url.set_username(&name).unwrap();
    let settings = Settings { database_url: Some(url.to_string()), ..Settings::default() };
    let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
    let message = database::migrate(&database).await.unwrap_err().to_string();
    assert!(message.contains("create extension pg_trgm; create extension btree_gin;"), "{message}");
    run(&mut inside, "create extension pg_trgm; create extension btree_gin".into()).await;
    database::migrate(&database).await.unwrap();
    database.close().await;
    inside.close().await.unwrap();
    for statement in [format!("drop database {name} with (force)"), format!("drop role {name}")] {
        run(&mut admin, statement).await;
    }
}
