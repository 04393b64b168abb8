//! SQL of what is asked before something is added to a contact's history, or taken back.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::Day;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::step::Step;

/// Where a contact stands before something is added.
pub struct Stands {
    pub name: String,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    /// The touchpoint to be is in a history already.
    pub again: bool,
}

/// Where a contact stands, and whether the touchpoint was recorded before.
pub async fn stands(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Option<Stands>> {
    sqlx::query_as!(
        Stands,
        r#"select k.name, k.next_step as "next_step: Step", k.next_due as "next_due: Day", k.next_turns_on as "next_turns_on: Day",
               exists (select from touchpoints where user_id = $1 and id = $3) as "again!"
           from contacts k where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.user_id() as _,
        id as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await
}

/// A line of the history that is to be taken back.
pub struct ToUndo {
    pub kind: Kind,
    /// It belongs to a talk, a referral or an introduction, where it has to be put right.
    pub elsewhere: bool,
    pub undone: bool,
}

/// A line of a contact's history.
pub async fn to_undo(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    touchpoint: TouchpointId,
) -> sqlx::Result<Option<ToUndo>> {
    sqlx::query_as!(
        ToUndo,
        r#"select t.kind as "kind: Kind",
               (t.interview_id is not null or t.referral_id is not null or t.introduction_id is not null) as "elsewhere!",
               exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) as "undone!"
           from touchpoints t join contacts k on k.user_id = $1 and k.id = t.contact_id
           where t.user_id = $1 and t.contact_id = $2 and t.id = $3 and k.deleted_at is null"#,
        by.user_id() as _,
        contact as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await
}
