//! SQL of what goes out, and of an archive that comes in.

pub mod cards;
pub mod feed;
pub mod person;
pub mod sheets;
pub mod tables;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use super::archive::manifest::Account;
use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::web::dates::{DateFormat, TimeFormat};
use crate::web::theme::Theme;

/// Has the transaction, which has asked for nothing yet, see everything as it is now, and change nothing.
pub async fn hold_still(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("set transaction isolation level repeatable read read only").execute(db).await?;
    Ok(())
}

/// A column of a user's table, as the catalogue has it.
pub struct ColumnRow {
    pub table: String,
    pub name: String,
    pub kind: String,
    pub required: bool,
    pub default: Option<String>,
    /// Whether it names another row of the same table.
    pub names_own: bool,
}

/// Every column of the tables that have a `user_id`, but for that one.
pub async fn catalogue(db: &mut PgConnection) -> sqlx::Result<Vec<ColumnRow>> {
    sqlx::query_as!(
        ColumnRow,
        r#"select c.relname::text as "table!", a.attname::text as "name!", format_type(a.atttypid, a.atttypmod) as "kind!",
               a.attnotnull as "required!", pg_get_expr(d.adbin, d.adrelid) as "default",
               exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = c.oid
                   and a.attnum = any(f.conkey)) as "names_own!"
           from pg_attribute u
           join pg_class c on c.oid = u.attrelid and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> 'user_id'
           left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
           where u.attname = 'user_id' and u.attnum > 0 and c.relname <> all('{sessions,devices,kept_forms,half_logins,remembered_browsers}')
           order by c.relname, a.attnum"#
    )
    .fetch_all(db)
    .await
}

/// A person's own settings.
pub async fn account(db: &mut PgConnection, by: Viewer) -> sqlx::Result<Account> {
    let row = sqlx::query!(
        r#"select name, time_zone, theme as "theme: Theme", date_format as "date_format: DateFormat",
               time_format as "time_format: TimeFormat", preferences as "preferences: Json<Value>",
               example_since as "example_since: At", before_example as "before_example: Json<Value>" from users where id = $1"#,
        by.user_id() as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Account {
        name: row.name,
        time_zone: row.time_zone,
        theme: row.theme,
        date_format: row.date_format,
        time_format: row.time_format,
        preferences: row.preferences.0,
        example_since: row.example_since.map(|at| at.0),
        before_example: row.before_example.map(|before| before.0),
    })
}

/// Gives an account the settings of another.
pub async fn set_account(db: &mut PgConnection, by: Owner, account: &Account) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set name = $2, time_zone = $3, theme = $4, date_format = $5, time_format = $6, preferences = $7,
             example_since = $8, before_example = $9, version = version + 1 where id = $1",
        by.user_id() as _,
        account.name,
        account.time_zone,
        account.theme.as_str(),
        account.date_format.as_str(),
        account.time_format.as_str(),
        Json(&account.preferences) as _,
        account.example_since.map(At) as _,
        account.before_example.as_ref().map(Json) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How much there is of what.
#[derive(Serialize, Deserialize)]
pub struct Counts {
    pub companies: i64,
    pub contacts: i64,
    pub history: i64,
    pub talks: i64,
    pub insights: i64,
    pub openings: i64,
    pub referrals: i64,
    pub introductions: i64,
}

/// Counts what can be taken along, the bin apart; of the history that of people in the bin is counted too, for a count that reads
/// an index alone.
pub async fn counts(db: &mut PgConnection, by: impl Into<Viewer>) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"select (select count(*) from companies where user_id = $1 and deleted_at is null) as "companies!",
               (select count(*) from contacts where user_id = $1 and deleted_at is null) as "contacts!",
               (select count(*) from touchpoints where user_id = $1)
                   - 2 * (select count(*) from touchpoints where user_id = $1 and kind = 'undone') as "history!",
               (select count(*) from informational_interviews t
                   join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
                   where t.user_id = $1 and k.user_id = $1 and t.deleted_at is null) as "talks!",
               (select count(*) from insights n left join contacts k on k.user_id = n.user_id and k.id = n.contact_id
                   where n.user_id = $1 and n.deleted_at is null and k.deleted_at is null) as "insights!",
               (select count(*) from openings where user_id = $1 and deleted_at is null) as "openings!",
               (select count(*) from referrals r join contacts k on k.user_id = r.user_id and k.id = r.contact_id and k.deleted_at is null
                   where r.user_id = $1 and k.user_id = $1 and r.deleted_at is null) as "referrals!",
               (select count(*) from introductions n
                   join contacts b on b.user_id = n.user_id and b.id = n.introducer_id and b.deleted_at is null
                   join contacts k on k.user_id = n.user_id and k.id = n.introduced_id and k.deleted_at is null
                   where n.user_id = $1 and b.user_id = $1 and k.user_id = $1 and n.deleted_at is null) as "introductions!""#,
        by.into().user_id() as _,
    )
    .fetch_one(db)
    .await
}
