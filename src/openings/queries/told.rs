//! SQL of openings that someone inside spoke of.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{CompanyId, ContactId, OpeningChangeId, OpeningId};
use crate::openings::opening::Source;
use crate::playbook::opening::Status;
use crate::text::Line;

/// An opening to be.
pub struct Told {
    pub id: OpeningId,
    pub company: CompanyId,
    pub title: Line<200>,
    /// They say that it is real and open.
    pub confirmed: bool,
}

/// An opening that was added.
pub struct Added {
    pub id: OpeningId,
    /// Confirmed by the one who spoke of it: only someone who works there can vouch for it.
    pub is_confirmed: bool,
}

/// Adds openings that a contact spoke of that day, each with the first line of its history. One whose id is there already is
/// left out.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    told: &[Told],
    on: Date,
    now: Timestamp,
) -> sqlx::Result<Vec<Added>> {
    let ids: Vec<_> = told.iter().map(|opening| opening.id.0).collect();
    let companies: Vec<_> = told.iter().map(|opening| opening.company.0).collect();
    let titles: Vec<_> = told.iter().map(|opening| opening.title.as_str().to_owned()).collect();
    let folded: Vec<_> = told.iter().map(|opening| sorted_by(opening.title.as_str())).collect();
    let confirmed: Vec<_> = told.iter().map(|opening| opening.confirmed).collect();
    let changes: Vec<_> = told.iter().map(|_| OpeningChangeId::new().0).collect();
    sqlx::query_as!(
        Added,
        r#"with told as (
               select n.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bool[], $8::uuid[])
                   as n (id, company_id, title, title_folded, confirmed, change_id)
           ), added as (
               insert into openings (user_id, id, company_id, title, title_folded, source, status, status_since, seen_on,
                   confirmed_by, confirmed_on, created_at)
               select $1, n.id, n.company_id, n.title, n.title_folded, $9, $10, $11, $11, k.id, case when k.id is not null then $11::date end, $12
               from told n
               left join contacts k on k.user_id = $1 and k.id = $2 and k.company_id = n.company_id and k.deleted_at is null and n.confirmed
               on conflict do nothing
               returning id, confirmed_by
           ), noted as (
               insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at)
               select $1, n.change_id, n.id, $10, $11, $12 from told n join added a on a.id = n.id
           )
           select id as "id!: OpeningId", confirmed_by is not null as "is_confirmed!" from added"#,
        by.user_id() as _,
        contact as _,
        &ids,
        &companies,
        &titles,
        &folded,
        &confirmed,
        &changes,
        Source::Inside as _,
        Status::Watching as _,
        Day(on) as _,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}
