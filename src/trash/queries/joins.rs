//! SQL of joining two records that are one: what hangs on the one in the bin moves to the one that stays, and back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use super::Kind;
use crate::access::Owner;
use crate::database::At;
use crate::ids::JoinId;

/// One function that runs statements in turn, over an account ($1), from ($2), to ($3), and the rows that go back ($4, else null).
macro_rules! moving {
    ($(#[$meta:meta])* $group:ident: $($name:ident = $sql:literal;)+) => {
        $(#[$meta])*
        pub async fn $group(db: &mut PgConnection, by: Owner, way: &Direction<'_>) -> sqlx::Result<Moved> {
            let mut moved = Moved::default();
            $(
                let only = way.only.map(|only| only.of(stringify!($name)));
                let rows = sqlx::query_scalar!($sql, by.user_id() as _, way.from, way.to, only.as_deref() as Option<&[Uuid]>);
                moved.add(stringify!($name), rows.fetch_all(&mut *db).await?);
            )+
            Ok(moved)
        }
    };
}
/// The same of rows of which only one may be on the list: the second goes to the bin at the instant of the join ($5), and comes
/// out of it as it goes back.
macro_rules! giving_way {
    ($(#[$meta:meta])* $group:ident: $($name:ident = $sql:literal;)+) => {
        $(#[$meta])*
        pub async fn $group(db: &mut PgConnection, by: Owner, way: &Direction<'_>, moved: &mut Moved) -> sqlx::Result<()> {
            $(
                let only = way.only.map(|only| only.of(stringify!($name)));
                let rows = sqlx::query_scalar!(
                    $sql, by.user_id() as _, way.from, way.to, only.as_deref() as Option<&[Uuid]>, At(way.at) as _);
                moved.add(stringify!($name), rows.fetch_all(&mut *db).await?);
            )+
            Ok(())
        }
    };
}

pub mod companies;
pub mod contacts;

/// Which rows moved, by the statement that moved them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Moved(BTreeMap<String, Vec<Uuid>>);

impl Moved {
    fn of(&self, statement: &str) -> Vec<Uuid> {
        self.0.get(statement).cloned().unwrap_or_default()
    }

    /// Every row, whichever statement moved it.
    pub fn all(&self) -> Vec<Uuid> {
        self.0.values().flatten().copied().collect()
    }

    fn add(&mut self, statement: &str, rows: Vec<Uuid>) {
        self.0.entry(statement.to_owned()).or_default().extend(rows);
    }
}

/// A move of rows from one record to another.
#[derive(Debug, Clone, Copy)]
pub struct Direction<'a> {
    /// On which record they hang.
    pub from: Uuid,
    /// On which they will.
    pub to: Uuid,
    /// The instant of the join. A row that cannot be on the list twice went to the bin at that instant.
    pub at: Timestamp,
    /// Back again: only these. All otherwise.
    pub only: Option<&'a Moved>,
}

/// A field of the form, what the one in the bin says there, and what the one on the list does.
pub type Fact = (String, Option<String>, Option<String>);

/// A record in the bin, and the one on the list that has its name or its profile.
pub struct Pair {
    pub gone: Uuid,
    pub gone_name: String,
    pub gone_notes: Option<String>,
    pub kept: Uuid,
    pub kept_name: String,
    pub kept_notes: Option<String>,
    pub version: i32,
    /// The row of the one on the list.
    pub before: serde_json::Value,
    /// What the two say.
    pub facts: Json<Vec<Fact>>,
    /// How much hangs on the two.
    pub counts: Json<Vec<(String, i64, i64)>>,
}

/// What undoing needs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    pub kind: Kind,
    pub gone: Uuid,
    pub kept: Uuid,
    pub moved: Moved,
    pub before: serde_json::Value,
    /// The row as the join left it. Joins of long ago kept none.
    #[serde(default)]
    pub after: Option<serde_json::Value>,
    /// The version that the join made.
    pub version: i32,
    /// Both were on the list before.
    #[serde(default)]
    pub both_listed: bool,
}

/// Notes a join.
pub async fn insert(db: impl PgExecutor<'_>, by: Owner, id: JoinId, kept: &Kept, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into joins (user_id, id, kept, created_at) values ($1, $2, $3, $4)",
        by.user_id() as _,
        id as _,
        Json(kept) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A join, if there was one of that id.
pub async fn find(db: impl PgExecutor<'_>, by: Owner, id: JoinId) -> sqlx::Result<Option<Json<Kept>>> {
    sqlx::query_scalar!(
        r#"select kept as "kept: Json<Kept>" from joins where user_id = $1 and id = $2"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A join that was taken off the register, to be undone.
pub struct Taken {
    pub kept: Json<Kept>,
    pub at: At,
    /// What the one from the bin is called.
    pub name: String,
}

/// What the one is called into which this one went by a later join.
pub async fn went_into(db: impl PgExecutor<'_>, by: Owner, kept: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"select coalesce(c.name, k.name) as "name!" from joins j
           left join companies c on c.user_id = $1 and c.id = (j.kept ->> 'kept')::uuid
           left join contacts k on k.user_id = $1 and k.id = (j.kept ->> 'kept')::uuid
           where j.user_id = $1 and j.kept ->> 'gone' = $2 and coalesce(c.name, k.name) is not null limit 1"#,
        by.user_id() as _,
        kept.to_string(),
    )
    .fetch_optional(db)
    .await
}

/// Takes a join off the register, while the record in the bin is there.
pub async fn take(db: impl PgExecutor<'_>, by: Owner, id: JoinId) -> sqlx::Result<Option<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"with gone as (
               select c.id, c.name from companies c where c.user_id = $1 and c.deleted_at is not null
               union all select k.id, k.name from contacts k where k.user_id = $1 and k.deleted_at is not null)
           delete from joins j using gone
           where j.user_id = $1 and j.id = $2 and gone.id = (j.kept ->> 'gone')::uuid
           returning j.kept as "kept: Json<Kept>", j.created_at as "at: At", gone.name as "name!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
