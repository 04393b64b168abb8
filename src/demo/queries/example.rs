//! SQL of the example in a person's own account.

use jiff::Timestamp;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::database::At;

/// The example there is: since when, and what was set before it.
pub struct Shown {
    pub since: At,
    pub before: Json<Preferences>,
}

/// The example in this account, if there is one.
pub async fn shown(db: &mut PgConnection, by: Owner) -> sqlx::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"select example_since as "since!: At", before_example as "before!: Json<Preferences>" from users
           where id = $1 and example_since is not null"#,
        by.user_id() as _,
    )
    .fetch_optional(db)
    .await
}

/// Notes that whatever is in the account by then is the example.
pub async fn begin(db: &mut PgConnection, by: Owner, since: Timestamp, before: &Preferences) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set example_since = $2, before_example = $3, version = version + 1 where id = $1",
        by.user_id() as _,
        At(since) as _,
        Json(before) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that there is none any more.
pub async fn end(db: &mut PgConnection, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("update users set example_since = null, before_example = null where id = $1", by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// One statement of the removal: what it puts into the bin as of `$3` of what was there by `$2`.
macro_rules! putting_away {
    ($($(#[$meta:meta])* $name:ident = $sql:literal;)+) => {$(
        $(#[$meta])*
        pub async fn $name(db: &mut PgConnection, by: Owner, since: Timestamp, at: Timestamp) -> sqlx::Result<()> {
            sqlx::query!($sql, by.user_id() as _, At(since) as _, At(at) as _).execute(db).await?;
            Ok(())
        }
    )+};
}

putting_away! {
    /// The people, with everything that was done with them.
    contacts = "update contacts set deleted_at = $3 where user_id = $1 and created_at <= $2";
    /// The openings but for those the user has a referral of their own for.
    openings = "update openings o set deleted_at = $3 where o.user_id = $1 and o.created_at <= $2
        and not exists (select from referrals r join contacts k on k.user_id = $1 and k.id = r.contact_id
            where r.user_id = $1 and r.opening_id = o.id and k.created_at > $2)";
    /// The companies but for those the user did something of their own at.
    companies = "update companies c set deleted_at = $3 where c.user_id = $1 and c.created_at <= $2
        and not exists (select from contacts k where k.user_id = $1 and k.company_id = c.id and k.deleted_at is distinct from $3)
        and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is distinct from $3)
        and not exists (select from referrals r join contacts k on k.user_id = $1 and k.id = r.contact_id
            where r.user_id = $1 and r.company_id = c.id and k.deleted_at is distinct from $3)
        and not exists (select from insights s where s.user_id = $1 and s.company_id = c.id and s.contact_id is null
            and s.created_at > $2)";
    /// What was learned.
    insights = "update insights set deleted_at = $3 where user_id = $1 and created_at <= $2";
    /// Who could introduce whom.
    introductions = "update introductions set deleted_at = $3 where user_id = $1 and created_at <= $2";
    /// The templates.
    templates = "update templates set deleted_at = $3 where user_id = $1 and created_at <= $2";
    /// The documents but for those the user added a file of their own to.
    documents = "update documents d set deleted_at = $3 where d.user_id = $1 and d.created_at <= $2
        and not exists (select from document_versions v where v.user_id = $1 and v.document_id = d.id and v.added_at > $2)";
    /// The questions.
    questions = "update questions set deleted_at = $3 where user_id = $1 and created_at <= $2";
}
