//! What the same program needs on a distributed PostgreSQL, as far as one server can show it.

use inroad::config::{Config, Settings};
use inroad::database;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor, Row};

use crate::support::App;
use crate::support::database::TestDatabase;

fn config(url: String) -> Config {
    let settings = Settings { database_url: Some(url), data_dir: Some(std::env::temp_dir()), ..Settings::default() };
    Config::new(&settings).unwrap()
}

#[tokio::test]
async fn what_the_address_says_of_a_connection_wins() {
    let own = TestDatabase::new().await;
    let settings = [
        ("plan_cache_mode", "force_generic_plan", "auto"),
        ("plan_cache_mode", "force_generic_plan", "force_custom_plan"),
        ("statement_timeout", "5s", "7s"),
        ("statement_timeout", "5s", "0"),
        ("lock_timeout", "2s", "3s"),
        ("idle_in_transaction_session_timeout", "15s", "1min"),
    ];
    for (name, ours, theirs) in settings {
        let option = format!("-c%20{name}%3D{theirs}");
        for (url, value) in [
            (own.url.clone(), ours),
            (format!("{}?options={option}", own.url), theirs),
            (format!("{}?options[{name}]={theirs}", own.url), theirs),
            // One that names others leaves this one as it is.
            (format!("{}?options=-c%20geqo%3Doff", own.url), ours),
        ] {
            let database = database::open(&config(url.clone())).await.unwrap();
            let show = AssertSqlSafe(format!("show {name}"));
            assert_eq!(database.pool.fetch_one(show).await.unwrap().get::<String, _>(0), value, "{url}");
            database.close().await;
        }
    }
}

/// Everything a schema holds, in words.
async fn schema(db: &mut PgConnection) -> Vec<String> {
    let rows = "select line from (
            select format('%s.%s %s %s %s', c.table_name, c.column_name, c.data_type, c.is_nullable, c.column_default) as line
            from information_schema.columns c where c.table_schema = 'public'
            union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace
            union all select indexdef from pg_indexes where schemaname = 'public'
            union all select version || ' ' || description || ' ' || success || ' ' || encode(checksum, 'hex') from _sqlx_migrations
        ) l order by line collate \"C\"";
    sqlx::query_scalar(rows).fetch_all(db).await.unwrap()
}

#[tokio::test]
async fn statement_by_statement_the_schema_is_the_one_of_whole_files() {
    let own = TestDatabase::new().await;
    let mut db = PgConnection::connect(&own.url).await.unwrap();
    let whole = schema(&mut db).await;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&mut db).await.unwrap();
    let database = database::open(&config(own.url.clone())).await.unwrap();
    for _ in 0..2 {
        database::migrate(&database).await.unwrap();
        assert_eq!(schema(&mut db).await, whole);
    }
    database.close().await;
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_migration_that_fails_half_way_leaves_nothing_and_is_not_written_down() {
    let own = TestDatabase::new().await;
    let mut db = PgConnection::connect(&own.url).await.unwrap();
    // The fourth migration finds the last of its tables there already.
    sqlx::raw_sql("drop schema public cascade; create schema public; create table referral_tasks (id uuid)")
        .execute(&mut db)
        .await
        .unwrap();
    let database = database::open(&config(own.url.clone())).await.unwrap();
    let error = database::migrate(&database).await.unwrap_err();
    assert!(format!("{error:#}").contains("referral_tasks"), "{error:#}");
    let applied: Vec<i64> =
        sqlx::query_scalar("select version from _sqlx_migrations order by version").fetch_all(&mut db).await.unwrap();
    assert_eq!(applied, [1, 2, 3]);
    let openings: bool =
        sqlx::query_scalar("select to_regclass('openings') is not null").fetch_one(&mut db).await.unwrap();
    assert!(!openings, "what the same migration made before is gone");
    sqlx::raw_sql("drop table referral_tasks").execute(&mut db).await.unwrap();
    database::migrate(&database).await.unwrap();
    database.close().await;
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_constraint_of_a_shard_is_the_constraint() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    rows.company("Acme").await;
    let other = rows.company("Initech").await;
    sqlx::raw_sql("alter index companies_name_taken rename to companies_name_taken_102944")
        .execute(&app.db)
        .await
        .unwrap();
    let page = app.alice.get(&format!("/companies/{other}/edit")).await.is(200).page();
    let answer = page.form_to(&format!("/companies/{other}")).fill("Name", "ACME").submit(&app.alice).await.is(422);
    assert!(!answer.page().error_of("Name").is_empty());
}
