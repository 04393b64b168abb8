//! A word in every text of one account, that nobody else may ever read.

use inroad::ids::UserId;
use sqlx::{AssertSqlSafe, PgPool};

/// Stands in no page of its own accord.
pub const CANARY: &str = "zqcanary";

/// Writes the canary into every free text of an account's rows, and returns how many columns hold it.
pub async fn plant(db: &PgPool, user: UserId) -> usize {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select c.table_name::text, c.column_name::text from information_schema.columns c
         where c.table_schema = 'public' and c.data_type = 'text' and exists (select from information_schema.columns o
             where o.table_schema = 'public' and o.table_name = c.table_name and o.column_name = 'user_id')",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let columns: Vec<_> = columns.iter().map(|(table, column)| (table.as_str(), column.as_str())).collect();
    plant_in(db, user, &columns).await
}

/// Writes the canary into these columns of an account's rows, and returns how many hold it.
pub async fn plant_in(db: &PgPool, user: UserId, columns: &[(&str, &str)]) -> usize {
    let mut planted = 0;
    for (table, column) in columns {
        // Words take it as a word, addresses and keys as letters; lists of words and marks of the program take neither.
        for between in [" ", ""] {
            let sql = format!(
                "update {table} set {column} = coalesce({column}, '') || '{between}{CANARY}' where user_id = $1"
            );
            if let Ok(done) = sqlx::query(AssertSqlSafe(sql)).bind(user).execute(db).await {
                planted += usize::from(done.rows_affected() > 0);
                break;
            }
        }
    }
    planted
}

/// Whether an answer's text or headers tell the canary.
pub fn told(answer: &super::Answer) -> bool {
    answer.body.contains(CANARY)
        || answer.headers.values().any(|value| String::from_utf8_lossy(value.as_bytes()).contains(CANARY))
}
