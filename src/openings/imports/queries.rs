//! SQL of openings an import added.

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{NewOpening, ON_LINKEDIN};
use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{ImportId, OpeningId};
use crate::openings::opening::Source;
use crate::playbook::opening::Status;

/// What tells an opening from others; also one in the bin.
#[derive(Debug)]
pub struct KnownOpening {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
    pub url: Option<String>,
    pub in_bin: bool,
    /// It is watched, and nobody said that the user applied.
    pub is_watched: bool,
}

/// All openings, those in the bin included.
pub async fn known(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<KnownOpening>> {
    sqlx::query_as!(
        KnownOpening,
        r#"select o.id as "id: OpeningId", o.title, c.name as company, o.url, o.deleted_at is not null as "in_bin!",
               o.status = $2 and o.applied_on is null as "is_watched!"
           from openings o join companies c on c.user_id = $1 and c.id = o.company_id
           where o.user_id = $1 order by o.id"#,
        by.into().user_id() as _,
        Status::Watching as _,
    )
    .fetch_all(db)
    .await
}

/// Adds openings with the lines of their histories: seen, and where they applied, applied for.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    import: ImportId,
    new: &[NewOpening],
    now: Timestamp,
) -> sqlx::Result<u64> {
    let ids: Vec<Uuid> = new.iter().map(|o| o.id.0).collect();
    let companies: Vec<Uuid> = new.iter().map(|o| o.company.0).collect();
    let titles: Vec<String> = new.iter().map(|o| o.title.as_str().to_owned()).collect();
    let folded: Vec<String> = new.iter().map(|o| sorted_by(o.title.as_str())).collect();
    let urls: Vec<Option<String>> = new.iter().map(|o| o.url.as_ref().map(|url| url.as_str().to_owned())).collect();
    let seen: Vec<Day> = new.iter().map(|o| Day(o.seen_on)).collect();
    let applied: Vec<Option<Day>> = new.iter().map(|o| o.applied_on.map(Day)).collect();
    let done = sqlx::query!(
        "insert into openings (user_id, id, company_id, title, title_folded, source, url, status, status_since, seen_on, applied_on,
             applied_how, import_id, created_at)
         select $1, n.id, n.company_id, n.title, n.title_folded, $9, n.url, case when n.applied_on is null then $10 else $11 end,
             coalesce(n.applied_on, n.seen_on), n.seen_on, n.applied_on, case when n.applied_on is not null then $12 end, $2, $13
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::date[], $14::date[])
             as n (id, company_id, title, title_folded, url, seen_on, applied_on)
         on conflict do nothing",
        by.user_id() as _,
        import as _,
        &ids,
        &companies,
        &titles,
        &folded,
        &urls as &[Option<String>],
        &seen as _,
        Source::Posted as _,
        Status::Watching as _,
        Status::Applied as _,
        ON_LINKEDIN,
        At(now) as _,
        &applied as _,
    )
    .execute(&mut *db)
    .await?;
    let seen = new.iter().map(|o| (o.id, Status::Watching, o.seen_on));
    let applied = new.iter().filter_map(|o| Some((o.id, Status::Applied, o.applied_on?)));
    let (mut lines, mut of, mut statuses, mut days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (opening, status, on) in seen.chain(applied) {
        lines.push(Uuid::now_v7());
        of.push(opening.0);
        statuses.push(status.as_str().to_owned());
        days.push(Day(on));
    }
    sqlx::query!(
        "insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at)
         select $1, n.id, n.opening_id, n.status, n.happened_on, $6
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[]) as n (id, opening_id, status, happened_on)
         on conflict do nothing",
        by.user_id() as _,
        &lines,
        &of,
        &statuses,
        &days as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Holds the openings an import added until the transaction ends, so that nothing new refers to them meanwhile.
pub async fn hold_added(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from openings where user_id = $1 and import_id = $2 order by id for update",
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Removes openings for good with their histories; nothing else may refer to them.
pub async fn remove(db: impl PgExecutor<'_>, by: Owner, openings: &[OpeningId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = openings.iter().map(|id| id.0).collect();
    sqlx::query!("delete from openings where user_id = $1 and id = any($2)", by.user_id() as _, &ids)
        .execute(db)
        .await?;
    Ok(())
}
