//! SQL of writing addresses anew, and of the rules by which keys were made last.

use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use crate::address::EmailAddress;
use crate::database::on_constraint;
use crate::folding::sorted_by;

/// The rules by which the stored keys were made.
pub async fn rules(db: impl PgExecutor<'_>) -> sqlx::Result<i32> {
    sqlx::query_scalar!("select rules from settings").fetch_one(db).await
}

/// Notes the rules by which the stored keys are made now.
pub async fn set_rules(db: impl PgExecutor<'_>, rules: i32) -> sqlx::Result<()> {
    sqlx::query!("update settings set rules = greatest(rules, $1)", rules).execute(db).await?;
    Ok(())
}

/// Writes the addresses of accounts in the form they would be kept in now. One whose form another account has stays as it is.
/// Returns how many changed.
pub async fn renew_addresses(db: &PgPool) -> sqlx::Result<usize> {
    let mut renewed = 0;
    for row in sqlx::query!("select id, email from users where email like '%xn--%' order by created_at, id")
        .fetch_all(db)
        .await?
    {
        let Some(email) = as_kept_now(&row.email) else { continue };
        renewed += set_address(db, row.id, &email).await?;
    }
    Ok(renewed)
}

/// Writes the folded names of cohorts anew. One whose form another cohort has stays as it is. Returns how many changed.
pub async fn renew_cohorts(db: &PgPool) -> sqlx::Result<usize> {
    let mut renewed = 0;
    for row in sqlx::query!("select id, name, name_folded from cohorts").fetch_all(db).await? {
        let folded = sorted_by(&row.name);
        if folded == row.name_folded {
            continue;
        }
        let done = sqlx::query!("update cohorts set name_folded = $2 where id = $1", row.id, folded).execute(db).await;
        renewed += match done {
            Ok(_) => 1,
            Err(e) => on_constraint(e, &["cohorts_name_taken"], 0)?,
        };
    }
    Ok(renewed)
}

fn as_kept_now(email: &str) -> Option<String> {
    EmailAddress::parse(email).ok().map(|kept| kept.as_str().to_owned()).filter(|kept| kept != email)
}

async fn set_address(db: &PgPool, user: Uuid, email: &str) -> sqlx::Result<usize> {
    let done = sqlx::query!(
        "update users set email = $2 where id = $1 and not exists (select from users o where o.email = $2)",
        user,
        email,
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 0 {
        tracing::warn!(%user, "the account's address is another account's in other letters; change one of the two");
    }
    Ok(usize::try_from(done.rows_affected()).unwrap_or_default())
}
