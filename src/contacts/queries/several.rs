//! SQL of what is done to several contacts at once.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use super::listed::Narrowed;
use crate::access::{Owner, Viewer};
use crate::contacts::listing::{Filter, Sort};
use crate::database::{At, Day};
use crate::ids::ContactId;
use crate::web::list::Wanted;

/// Everyone the list shows, on all its pages.
pub async fn matching(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    wanted: &Wanted<'_, Filter, Sort>,
    of: Narrowed,
    today: Date,
) -> sqlx::Result<Vec<ContactId>> {
    sqlx::query_scalar!(
        r#"select k.id as "id: ContactId"
           from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           where k.user_id = $1 and k.deleted_at is null and ($4::uuid is null or k.company_id = $4)
               and ($5::uuid is null or exists (
                   select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $5))
               and case $2
                   when 'due' then coalesce(k.next_due <= $3, false) or coalesce(k.next_turns_on <= $3, false)
                   when 'in_touch' then k.stage in ('spoke', 'in_touch')
                   when 'resting' then k.stage in ('moved_on', 'declined')
                   when 'everyone' then true
                   else k.stage = $2 end
               and concat_ws(chr(31), k.name, c.name, k.employer, k.job_title, k.email) ~ all($6)
           order by k.id"#,
        by.into().user_id() as _,
        wanted.filter.as_str(),
        Day(today) as _,
        of.company as _,
        of.tag as _,
        &wanted.patterns(),
    )
    .fetch_all(db)
    .await
}

/// Those of the contacts that picking would bring forward: found or connected, and due on no day up to today.
pub async fn to_pick(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ContactId],
    today: Date,
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: ContactId" from contacts
           where user_id = $1 and id = any($2) and deleted_at is null and stage in ('identified', 'connected')
               and (next_due is null or next_due > $3)
           order by id"#,
        by.user_id() as _,
        &ids,
        Day(today) as _,
    )
    .fetch_all(db)
    .await
}

/// Puts contacts in the bin together; one moment for all, by which they can be taken out again. Returns how many.
pub async fn delete_all(
    db: impl PgExecutor<'_>,
    by: Owner,
    ids: &[ContactId],
    now: Timestamp,
) -> sqlx::Result<Vec<ContactId>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"update contacts set deleted_at = $3, version = version + 1
           where user_id = $1 and id = any($2) and deleted_at is null returning id as "id: ContactId""#,
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Who came out of the bin together.
pub struct AllBack {
    pub back: Vec<ContactId>,
    /// How many of them came with an import that was taken back meanwhile.
    pub of_undone_imports: i64,
    /// Who stays there, because someone with the same profile was added since.
    pub added_again: Vec<ContactId>,
}

/// Takes out of the bin what went in at that moment, save whom a contact added since has the profile of.
pub async fn restore_all(db: impl PgExecutor<'_>, by: Owner, deleted_at: Timestamp) -> sqlx::Result<AllBack> {
    sqlx::query_as!(
        AllBack,
        r#"with back as (
               update contacts k set deleted_at = null, version = k.version + 1
               where k.user_id = $1 and k.deleted_at = $2
                   and not exists (select from contacts other
                       where other.user_id = $1 and other.profile_key = k.profile_key and other.deleted_at is null)
               returning k.id, k.import_id
           )
           select (select coalesce(array_agg(id), '{}') from back) as "back!: Vec<ContactId>",
               (select count(*) from back join imports i on i.user_id = $1 and i.id = back.import_id and i.status = 'undone')
                   as "of_undone_imports!",
               (select coalesce(array_agg(k.id order by k.id), '{}') from contacts k
                   join contacts other on other.user_id = $1 and other.profile_key = k.profile_key and other.deleted_at is null
                   where k.user_id = $1 and k.deleted_at = $2) as "added_again!: Vec<ContactId>""#,
        by.user_id() as _,
        At(deleted_at) as _,
    )
    .fetch_one(db)
    .await
}
