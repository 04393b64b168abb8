//! How PostgreSQL would run every statement of the register on an installation of two hundred people: never by reading a
//! table of everyone's rows from end to end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::database::TestDatabase;
use crate::source::{register, words};

/// Statements that may read a whole table, by how they begin, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("select u.id as \"id: UserId\", u.name, u.email, u.is_admin", "the administration lists every account"),
    (
        "select sign_up as \"sign_up: SignUp\", (select count(*) from users)",
        "the administration counts everyone's sessions",
    ),
    ("delete from sessions where seen_at <= $1 or created_at <= $2", "once a day, everyone's sessions that are over"),
];

/// Two hundred people, each with as many rows as someone in the middle of a search.
const ROWS: &str = include_str!("two_hundred_people.sql");

/// The tables read from end to end in a plan.
fn read_whole(plan: &Value, found: &mut BTreeSet<String>) {
    if plan["Node Type"] == "Seq Scan" {
        found.extend(plan["Relation Name"].as_str().map(str::to_owned));
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        read_whole(part, found);
    }
}

/// A database of two hundred people that is asked how it would run a statement.
pub struct Planner {
    db: PgConnection,
    // Last, so that the connection is closed before it is dropped.
    #[expect(dead_code, reason = "held for its end")]
    database: TestDatabase,
}

impl Planner {
    /// With everyone's rows in their tables, planning as the program does.
    pub async fn of_two_hundred_people() -> Self {
        let database = TestDatabase::new().await;
        let mut db = PgConnection::connect(&database.url).await.unwrap();
        sqlx::raw_sql(ROWS).execute(&mut db).await.unwrap();
        sqlx::raw_sql("set plan_cache_mode = force_generic_plan").execute(&mut db).await.unwrap();
        Self { db, database }
    }

    /// The users' tables and the sessions, each with the place of `user_id` among its columns.
    pub async fn owned(&mut self) -> BTreeMap<String, usize> {
        let owned: Vec<(String, i32)> = sqlx::query_as(
            "select table_name::text, ordinal_position::integer from information_schema.columns
             where table_schema = 'public' and column_name = 'user_id'",
        )
        .fetch_all(&mut self.db)
        .await
        .unwrap();
        owned.into_iter().map(|(table, place)| (table, usize::try_from(place).unwrap())).collect()
    }

    /// The plan of a statement; nothing for one that has none, as `lock table`.
    pub async fn plan(&mut self, sql: &str, parameters: usize) -> Option<Value> {
        if !["select", "insert", "update", "delete", "with", "values"].contains(&words(sql)[0].as_str()) {
            return None;
        }
        sqlx::raw_sql(AssertSqlSafe(format!("prepare asked as {sql}")))
            .execute(&mut self.db)
            .await
            .unwrap_or_else(|e| panic!("{e}:\n{sql}"));
        let nulls = vec!["null"; parameters].join(", ");
        let call = if parameters == 0 { "asked".into() } else { format!("asked({nulls})") };
        let text: Value = sqlx::query_scalar(AssertSqlSafe(format!("explain (verbose, format json) execute {call}")))
            .persistent(false)
            .fetch_one(&mut self.db)
            .await
            .unwrap_or_else(|e| panic!("{e}:\n{sql}"));
        sqlx::raw_sql("deallocate asked").execute(&mut self.db).await.unwrap();
        Some(text[0]["Plan"].clone())
    }
}

#[tokio::test]
async fn no_statement_reads_a_users_table_from_end_to_end() {
    let mut planner = Planner::of_two_hundred_people().await;
    let owned: BTreeSet<String> = planner.owned().await.into_keys().collect();
    for table in &owned {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut planner.db)
            .await
            .unwrap();
        assert!(count >= 400, "{table} has {count} rows: give it more in two_hundred_people.sql");
    }
    let noticed = planner.plan("select name from contacts where id = $1 or name = $2", 2).await.unwrap();
    let mut tables = BTreeSet::new();
    read_whole(&noticed, &mut tables);
    assert_eq!(tables.into_iter().collect::<Vec<_>>(), ["contacts"], "a statement that forgets the user is noticed");

    let mut wrong = Vec::new();
    for (sql, parameters) in register() {
        if EXCEPTIONS.iter().any(|(start, _)| sql.trim_start().starts_with(start)) {
            continue;
        }
        let Some(plan) = planner.plan(&sql, parameters).await else { continue };
        let mut tables = BTreeSet::new();
        read_whole(&plan, &mut tables);
        let tables: Vec<_> = tables.intersection(&owned).collect();
        if !tables.is_empty() {
            wrong.push(format!("{tables:?} in:\n{sql}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
