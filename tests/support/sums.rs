//! Sums over whole tables, for saying that nothing was changed.

use std::collections::BTreeMap;

use inroad::ids::UserId;
use sqlx::{AssertSqlSafe, PgPool, Row};

/// A sum for each table.
pub type Sums = BTreeMap<String, String>;

/// Tables whose rows say whose they are, with the column that says it; but what a coach looked at is noted as they look.
async fn owned_tables(db: &PgPool) -> Vec<(String, String)> {
    sqlx::query(
        "select c.table_name::text, c.column_name::text from information_schema.columns c
         where c.table_schema = 'public' and c.table_name <> 'looks' and (c.column_name = 'user_id' or (c.table_name, c.column_name) in
             (('users', 'id'), ('grants', 'owner_id'), ('access_tokens', 'owner_id'), ('identities', 'owner_id'), ('passkeys', 'owner_id'), ('cohort_members', 'member_id'), ('push_devices', 'owner_id'), ('invitations', 'created_by')))
         order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap()
    .into_iter()
    .map(|row| (row.get(0), row.get(1)))
    .collect()
}

async fn sum_of(db: &PgPool, parts: Vec<String>) -> Sums {
    let rows = sqlx::query(AssertSqlSafe(parts.join(" union all "))).fetch_all(db).await.unwrap();
    rows.into_iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// A row of a table as text. When a session was last used is noted every few minutes, whatever else is done.
fn row(table: &str) -> &'static str {
    if table == "sessions" { "(to_jsonb(t) - 'seen_at')::text" } else { "t::text" }
}

/// The sums of every row of one account, in all tables.
pub async fn sums_of(db: &PgPool, user: UserId) -> Sums {
    let parts = owned_tables(db).await.into_iter().map(|(table, column)| {
        let row = row(&table);
        format!(
            "select '{table}', coalesce(md5(string_agg({row}, '|' order by {row})), 'none') from {table} t where {column} = '{user}'"
        )
    });
    sum_of(db, parts.collect()).await
}

/// The sums of every row of every table, but for what can be counted again, and for the log of what was done.
pub async fn sums(db: &PgPool) -> Sums {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
             and table_name not in ('rails', 'audit_events', 'looks')",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let parts = tables.into_iter().map(|table| {
        let row = row(&table);
        format!("select '{table}', coalesce(md5(string_agg({row}, '|' order by {row})), 'none') from {table} t")
    });
    sum_of(db, parts.collect()).await
}
