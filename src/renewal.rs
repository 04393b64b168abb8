//! After an update: what is stored of names and addresses in a folded form is written anew where the rules of folding changed.

use sqlx::PgPool;

use crate::access::Owner;
use crate::accounts::queries::{rail, renewal as accounts, ways};
use crate::database::large::take_time;
use crate::folding::RULES;
use crate::ids::UserId;
use crate::trash::queries::users;
use crate::{companies, contacts, openings};

/// Writes folded names and keys anew, account by account, each wholly or not at all, where they were made by older rules. Programs
/// that start together take turns. Returns how many rows changed.
///
/// # Errors
/// When the database fails; it is done again at the next start.
pub async fn renew(db: &PgPool) -> sqlx::Result<usize> {
    if accounts::rules(db).await? >= RULES {
        return Ok(0);
    }
    let mut changed = accounts::renew_addresses(db).await? + accounts::renew_cohorts(db).await?;
    for user in users(db).await? {
        changed += renew_one(db, user).await?;
    }
    accounts::set_rules(db, RULES).await?;
    Ok(changed)
}

async fn renew_one(db: &PgPool, user: UserId) -> sqlx::Result<usize> {
    let by = Owner::granted(user);
    let mut transaction = db.begin().await?;
    take_time(&mut *transaction).await?;
    ways::hold(&mut *transaction, by).await?;
    rail::forget(&mut *transaction, by).await?;
    let mut changed = companies::renewal::renew(&mut transaction, by).await?;
    changed += contacts::renewal::renew(&mut transaction, by).await?;
    changed += openings::queries::renewal::renew(&mut transaction, by).await?;
    transaction.commit().await?;
    Ok(changed)
}
