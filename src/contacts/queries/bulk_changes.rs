//! SQL of one change of many contacts.

use jiff::Timestamp;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::companies::name::NameKey;
use crate::contacts::bulk_change::{Changed, Fields, Known, Retention};
use crate::contacts::tag::Tag;
use crate::database::{At, Day};
use crate::ids::{BulkChangeId, CompanyId, ContactId};
use crate::playbook::warmth::{Closeness, Warmth};

/// Whom a change is about, and what it can be.
pub struct Choices {
    pub count: i64,
    /// The first few by name.
    pub names: Vec<String>,
    pub tags: Json<Vec<Tag>>,
    /// Names of target companies, the 500 first.
    pub companies: Vec<String>,
}

/// What the page of a change shows of those contacts, and offers.
pub async fn choices(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    contacts: &[ContactId],
    most_names: i64,
) -> sqlx::Result<Choices> {
    let ids: Vec<Uuid> = contacts.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Choices,
        r#"select (select count(*) from contacts where user_id = $1 and id = any($2) and deleted_at is null) as "count!",
               array(select name from contacts where user_id = $1 and id = any($2) and deleted_at is null
                   order by name_folded, id limit $3) as "names!",
               (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name_folded), '[]')
                   from tags where user_id = $1) as "tags!: Json<Vec<Tag>>",
               array(select name from companies where user_id = $1 and deleted_at is null order by name_key limit 500) as "companies!""#,
        by.into().user_id() as _,
        &ids,
        most_names,
    )
    .fetch_one(db)
    .await
}

/// Keeps what was changed.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: BulkChangeId,
    changed: &Changed,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bulk_changes (user_id, id, change, made_at) values ($1, $2, $3, $4)",
        by.user_id() as _,
        id as _,
        Json(changed) as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was changed under that id, if it was.
pub async fn find(db: impl PgExecutor<'_>, by: Owner, id: BulkChangeId) -> sqlx::Result<Option<Changed>> {
    let kept = sqlx::query_scalar!(
        r#"select change as "change: Json<Changed>" from bulk_changes where user_id = $1 and id = $2"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(kept.map(|Json(changed)| changed))
}

/// What was changed under that id, for the one who takes it back: it is no longer kept.
pub async fn claim(db: impl PgExecutor<'_>, by: Owner, id: BulkChangeId) -> sqlx::Result<Option<Changed>> {
    let kept = sqlx::query_scalar!(
        r#"delete from bulk_changes where user_id = $1 and id = $2 returning change as "change: Json<Changed>""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(kept.map(|Json(changed)| changed))
}

/// Forgets what was changed before that moment.
pub async fn delete_old(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from bulk_changes where user_id = $1 and made_at < $2", by.user_id() as _, At(before) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// A contact's fields as they are stored.
struct Row {
    id: ContactId,
    company: Option<CompanyId>,
    employer: Option<String>,
    rhythm: Option<i16>,
    closeness: Closeness,
    warmth: Warmth,
    said: bool,
    retain: Option<Day>,
    for_good: bool,
}

/// The fields of those contacts, of whoever lies in the bin only where that is asked for; held until the transaction ends: all in
/// one order, so that two transactions never wait for each other.
pub async fn lock(
    db: impl PgExecutor<'_>,
    by: Owner,
    contacts: &[ContactId],
    also_binned: bool,
) -> sqlx::Result<Vec<Fields>> {
    let ids: Vec<Uuid> = contacts.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: ContactId", company_id as "company: CompanyId", employer, rhythm_days as rhythm,
               closeness as "closeness: Closeness", warmth as "warmth: Warmth", warmth_said is not null as "said!",
               retain_until as "retain: Day", kept_for_good is not null as "for_good!"
           from contacts where user_id = $1 and id = any($2) and (deleted_at is null or $3) order by id for update"#,
        by.user_id() as _,
        &ids,
        also_binned,
    )
    .fetch_all(db)
    .await?;
    let fields = |row: Row| Fields {
        id: row.id,
        company: row.company,
        employer: row.employer,
        rhythm: row.rhythm,
        closeness: row.closeness,
        warmth: Known { warmth: row.warmth, said: row.said },
        retain: Retention { until: row.retain.map(|day| day.0), for_good: row.for_good },
    };
    Ok(rows.into_iter().map(fields).collect())
}

/// Writes the fields of contacts. A company that is gone altogether leaves its name alone.
pub async fn write(db: impl PgExecutor<'_>, by: Owner, contacts: &[Fields]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = contacts.iter().map(|of| of.id.0).collect();
    let companies: Vec<Option<Uuid>> = contacts.iter().map(|of| of.company.map(|id| id.0)).collect();
    let employers: Vec<Option<&str>> = contacts.iter().map(|of| of.employer.as_deref()).collect();
    let keys: Vec<Option<String>> =
        employers.iter().map(|name| name.map(|name| NameKey::of(name).as_str().to_owned())).collect();
    let rhythms: Vec<Option<i16>> = contacts.iter().map(|of| of.rhythm).collect();
    let closenesses: Vec<&str> = contacts.iter().map(|of| of.closeness.as_str()).collect();
    let warmths: Vec<&str> = contacts.iter().map(|of| of.warmth.warmth.as_str()).collect();
    let said: Vec<bool> = contacts.iter().map(|of| of.warmth.said).collect();
    let days: Vec<Option<Day>> = contacts.iter().map(|of| of.retain.until.map(Day)).collect();
    let for_good: Vec<bool> = contacts.iter().map(|of| of.retain.for_good).collect();
    sqlx::query!(
        "update contacts k set company_id = n.listed, employer = n.employer, employer_key = n.employer_key,
             rhythm_days = n.rhythm_days, closeness = n.closeness, warmth = n.warmth,
             warmth_said = nullif(n.warmth_said, false), retain_until = n.retain_until,
             kept_for_good = nullif(n.kept_for_good, false),
             leaves_on = case when k.retain_until is not distinct from n.retain_until
                 and k.kept_for_good is not distinct from nullif(n.kept_for_good, false) then k.leaves_on end,
             version = k.version + 1
         from (select w.*, c.id as listed
               from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::text[], $9::bool[],
                       $10::date[], $11::bool[])
                   w (id, company_id, employer, employer_key, rhythm_days, closeness, warmth, warmth_said, retain_until,
                       kept_for_good)
               left join companies c on c.user_id = $1 and c.id = w.company_id) n
         where k.user_id = $1 and k.id = n.id",
        by.user_id() as _,
        &ids,
        &companies as &[Option<Uuid>],
        &employers as &[Option<&str>],
        &keys as &[Option<String>],
        &rhythms as &[Option<i16>],
        &closenesses as &[&str],
        &warmths as &[&str],
        &said,
        &days as _,
        &for_good,
    )
    .execute(db)
    .await?;
    Ok(())
}
