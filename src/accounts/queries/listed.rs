//! SQL of the accounts as the command line lists them.

use sqlx::PgExecutor;

use crate::database::At;
use crate::ids::UserId;

/// An account as the administration lists it.
pub struct ListedUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub admin: bool,
    pub disabled: bool,
    pub created_at: At,
    pub seen_at: Option<At>,
}

/// Every account, by e-mail.
pub async fn users(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<ListedUser>> {
    sqlx::query_as!(
        ListedUser,
        r#"select u.id as "id: UserId", u.name, u.email, u.is_admin as admin, u.disabled_at is not null as "disabled!",
               u.created_at as "created_at: At", s.seen_at as "seen_at?: At"
           from users u
           left join (select user_id, max(seen_at) as seen_at from sessions group by user_id) s on s.user_id = u.id
           order by u.email"#
    )
    .fetch_all(db)
    .await
}
