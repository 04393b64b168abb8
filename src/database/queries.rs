//! SQL of the connection itself: its limits, its clock, who else is there, and what the server is.

pub mod paged;

use sqlx::{AssertSqlSafe, PgConnection, PgExecutor};

use super::time::At;

/// Gives a connection the limits of a request, so that no statement waits or holds a lock for long (rows that need more
/// set it per transaction). What the address itself says stays, and so does what is stricter.
pub async fn limit(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    // Every plan is by the user's id, so the generic one is right at once; planning anew costs more than running.
    sqlx::query!(
        r#"select set_config(s.name, l.value, false) as "set"
           from pg_settings s
           join (values ('statement_timeout', '5000'), ('lock_timeout', '2000'),
                     ('idle_in_transaction_session_timeout', '15000'), ('plan_cache_mode', 'force_generic_plan'),
                     -- What is compiled for one run takes longer than the run.
                     ('jit', 'off')
                ) l (name, value) on l.name = s.name
           where s.source <> 'client'
               and case s.vartype when 'integer' then s.setting::bigint not between 1 and l.value::bigint
                   else s.setting = s.boot_val end
           -- How alike words are that may be meant; the extension is not there before a search uses it, nor are its settings.
           union all select set_config('pg_trgm.word_similarity_threshold', '0.3', false)
           where coalesce(current_setting('pg_trgm.word_similarity_threshold', true), '0.6') = '0.6'"#
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Gives a connection the limits of a migration: as long as it needs, but never waiting for a lock so long that those
/// who wait behind it notice, or that the server looks for a deadlock (after a second).
pub async fn limit_migration(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        r#"select set_config('lock_timeout', '500ms', false) as "lock", set_config('statement_timeout', '0', false) as "statement",
               set_config('idle_in_transaction_session_timeout', '0', false) as "idle""#
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// What time it is at the server.
pub async fn time(db: impl PgExecutor<'_>) -> sqlx::Result<At> {
    sqlx::query_scalar!(r#"select clock_timestamp() as "now!: At""#).fetch_one(db).await
}

/// Any answer.
pub async fn answer(db: impl PgExecutor<'_>) -> sqlx::Result<i32> {
    sqlx::query_scalar!(r#"select 1 as "one!""#).fetch_one(db).await
}

/// Holds the tables that everyone writes until the transaction ends, in the order in which the program locks them.
pub async fn hold_busy_tables(db: &mut PgConnection) -> sqlx::Result<()> {
    let there =
        sqlx::query_scalar!(r#"select to_regclass('touchpoints') is not null as "there!""#).fetch_one(&mut *db).await?;
    if there {
        sqlx::query!("lock table contacts, touchpoints in access exclusive mode").execute(db).await?;
    }
    Ok(())
}

/// Runs a statement of a migration.
#[expect(clippy::disallowed_methods, reason = "a migration's own statements, which stand in no register")]
pub async fn run(db: &mut PgConnection, statement: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(db).await?;
    Ok(())
}

/// The server's major version.
pub async fn server_major(db: impl PgExecutor<'_>) -> sqlx::Result<i32> {
    sqlx::query_scalar!(r#"select current_setting('server_version_num')::int / 10000 as "major!""#).fetch_one(db).await
}

/// Whether an Inroad has ever made its tables here.
pub async fn schema_exists(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select to_regclass('_sqlx_migrations') is not null as "there!""#).fetch_one(db).await
}

/// How many people have an account; none where there is no table for them.
pub async fn accounts(db: &mut PgConnection) -> sqlx::Result<i64> {
    let there =
        sqlx::query_scalar!(r#"select to_regclass('users') is not null as "there!""#).fetch_one(&mut *db).await?;
    if !there {
        return Ok(0);
    }
    sqlx::query_scalar!(r#"select count(*) as "count!" from users"#).fetch_one(db).await
}

/// Whether nobody else is connected to this database who may write; what takes dumps only reads.
pub async fn is_alone(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select not exists (select from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                   and application_name <> 'pg_dump') as "alone!""#
    )
    .fetch_one(db)
    .await
}

/// How many connections other Inroads have to this database.
pub async fn others(db: impl PgExecutor<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and application_name in ('inroad', 'inroad migrate')"#
    )
    .fetch_one(db)
    .await
}

/// Gives this transaction's statements a minute: thousands of rows take longer than a page may.
pub async fn take_time(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('statement_timeout', '60s', true) as statement, set_config('lock_timeout', '60s', true) as lock,
             set_config('idle_in_transaction_session_timeout', '60s', true) as idle"
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Renews what the planner knows of the tables that grow by thousands of rows at once: it would go on with plans for empty ones.
pub async fn renew_statistics(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("analyze companies, contacts, touchpoints, contact_changes, contact_tags, reasons")
        .execute(db)
        .await?;
    Ok(())
}

/// Notes which pages of those tables everybody sees, so that counts are read from indexes alone. Outside a transaction.
pub async fn renew_visibility(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("vacuum (skip_locked, index_cleanup off, truncate off) contacts, touchpoints").execute(db).await?;
    Ok(())
}

/// Whether nearly all of their pages are noted so.
pub async fn is_visible(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select bool_and(relallvisible * 10 >= relpages * 9) as "all!" from pg_class
           where oid in ('contacts'::regclass, 'touchpoints'::regclass)"#
    )
    .fetch_one(db)
    .await
}
