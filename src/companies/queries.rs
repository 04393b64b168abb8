//! SQL of companies.

pub mod careers;
pub mod duplicates;
pub mod list;
pub mod listed;
pub mod lists;
pub mod renewal;
pub mod show;

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use super::company::{Edited, FoundBy, Motivation, Posting, Set, Status};
use super::name::CompanyName;
use crate::access::{Owner, Viewer};
use crate::address::WebAddress;
use crate::database::{At, Restored, on_constraint};
use crate::ids::CompanyId;
use crate::text::Line;

/// A company to be added.
pub struct NewCompany {
    pub id: CompanyId,
    pub name: CompanyName,
    pub website: Option<WebAddress>,
    pub found_by: FoundBy,
}

/// Adds companies; those whose name is on the list already are left as they are. Returns the ids of the new ones.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    companies: &[NewCompany],
    now: Timestamp,
) -> sqlx::Result<Vec<CompanyId>> {
    let ids: Vec<_> = companies.iter().map(|c| c.id.0).collect();
    let names: Vec<_> = companies.iter().map(|c| c.name.as_str().to_owned()).collect();
    let keys: Vec<_> = companies.iter().map(|c| c.name.key().as_str().to_owned()).collect();
    let websites: Vec<_> = companies.iter().map(|c| c.website.as_ref().map(|w| w.as_str().to_owned())).collect();
    let found_by: Vec<_> = companies.iter().map(|c| c.found_by.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"insert into companies (user_id, id, name, name_key, website, found_by, created_at)
           select $1, n.id, n.name, n.name_key, n.website, n.found_by, $7
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as n (id, name, name_key, website, found_by)
           on conflict do nothing
           returning id as "id: CompanyId""#,
        by.user_id() as _,
        &ids,
        &names,
        &keys,
        &websites as &[Option<String>],
        &found_by,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// A company known by the key of its name.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Known {
    pub id: CompanyId,
    pub name: String,
    pub name_key: String,
}

/// The companies on the list that have one of these keys.
pub async fn known(db: impl PgExecutor<'_>, by: impl Into<Viewer>, keys: &[String]) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"select id as "id: CompanyId", name, name_key from companies
           where user_id = $1 and name_key = any($2) and deleted_at is null"#,
        by.into().user_id() as _,
        keys,
    )
    .fetch_all(db)
    .await
}

/// Id and name of every company on the list, by name: for choosing one.
pub async fn names(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<(CompanyId, String)>> {
    let rows = sqlx::query!(
        r#"select id as "id: CompanyId", name from companies where user_id = $1 and deleted_at is null order by name_key limit 1000"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What came of saving an edited company.
pub enum Saved {
    /// It is saved.
    Yes,
    /// Another company has that name.
    NameTaken,
    /// Someone saved in between.
    Changed,
    /// There is no such company.
    Gone,
}

/// What can be changed of a company on its form, as it is.
pub struct Fields {
    pub version: i32,
    pub name: String,
    pub website: Option<String>,
    pub careers_url: Option<String>,
    pub linkedin_id: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub notes: Option<String>,
    pub found_by: FoundBy,
}

/// What the form of a company begins with; nothing if there is no such company.
pub async fn fields(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CompanyId) -> sqlx::Result<Option<Fields>> {
    sqlx::query_as!(
        Fields,
        r#"select version, name, website, careers_url, linkedin_id, industry, place, notes, found_by as "found_by: FoundBy"
           from companies where user_id = $1 and id = $2 and deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Saves the columns the form owns, if nobody saved since `version`.
pub async fn update(
    db: &mut PgConnection,
    by: Owner,
    id: CompanyId,
    version: i32,
    new: &Edited,
) -> sqlx::Result<Saved> {
    let name_key = new.name.key();
    let done = sqlx::query!(
        "update companies set name = $4, name_key = case when name = $4 then name_key else $5 end, website = $6, careers_url = $7, linkedin_id = $8, industry = $9,
             place = $10, notes = $11, found_by = $12, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null",
        by.user_id() as _,
        id as _,
        version,
        new.name.as_str(),
        name_key.as_str(),
        new.website.as_ref().map(|w| w.as_str()),
        new.careers_url.as_ref().map(|w| w.as_str()),
        new.linkedin_id.as_deref(),
        new.industry.as_ref().map(|t| t.as_str()),
        new.place.as_ref().map(|t| t.as_str()),
        new.notes.as_ref().map(|t| t.as_str()),
        new.found_by as _,
    )
    .execute(&mut *db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Saved::Yes),
        Ok(_) => {
            let there = sqlx::query_scalar!(
                r#"select exists (select from companies where user_id = $1 and id = $2 and deleted_at is null) as "there!""#,
                by.user_id() as _,
                id as _,
            )
            .fetch_one(db)
            .await?;
            Ok(if there { Saved::Changed } else { Saved::Gone })
        }
        Err(e) => on_constraint(e, &["companies_name_taken"], Saved::NameTaken),
    }
}

/// What was set of a company before a change, and the version it has since.
pub struct Before {
    pub name: String,
    pub motivation: i16,
    pub posting: i16,
    pub status: Status,
    pub status_reason: Option<String>,
    pub version: i32,
}

/// Rates a company; what is not given stays. Returns what it was.
pub async fn rate(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    motivation: Option<Motivation>,
    posting: Option<Posting>,
) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"update companies new set motivation = coalesce($3, new.motivation), posting = coalesce($4, new.posting),
             version = new.version + 1
         from companies old
         where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
         returning new.name, old.motivation, old.posting, old.status as "status: Status", old.status_reason, new.version"#,
        by.user_id() as _,
        id as _,
        motivation.map(Motivation::get),
        posting.map(Posting::get),
    )
    .fetch_optional(db)
    .await
}

/// Sets the status of a company and returns what it was.
pub async fn set_status(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    status: Status,
    reason: Option<&str>,
) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"update companies new set status = $3, status_reason = $4, version = new.version + 1
           from companies old
           where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
           returning new.name, old.motivation, old.posting, old.status as "status: Status", old.status_reason, new.version"#,
        by.user_id() as _,
        id as _,
        status as _,
        reason,
    )
    .fetch_optional(db)
    .await
}

/// Sets what was set before, if nothing of the company changed since that version. Returns its name.
pub async fn set_again(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    version: i32,
    set: &Set,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set motivation = $4, posting = $5, status = $6, status_reason = $7, version = version + 1
         where user_id = $1 and id = $2 and version = $3 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        version,
        set.motivation.get(),
        set.posting.get(),
        set.status as _,
        set.reason.as_ref().map(Line::as_str),
    )
    .fetch_optional(db)
    .await
}

/// Notes something of a company of which nothing is noted yet.
pub async fn note(db: impl PgExecutor<'_>, by: Owner, id: CompanyId, text: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update companies set notes = $3 where user_id = $1 and id = $2 and notes is null and deleted_at is null",
        by.user_id() as _,
        id as _,
        text,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a company in the bin and returns its name.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: CompanyId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set deleted_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// A company that is out of the bin again.
pub struct Back {
    pub name: String,
    /// The import it came with was taken back meanwhile.
    pub import_is_undone: bool,
}

/// Takes a company out of the bin.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: CompanyId) -> sqlx::Result<Restored<Back>> {
    let restored = sqlx::query_as!(
        Back,
        r#"update companies c set deleted_at = null, version = c.version + 1
           where c.user_id = $1 and c.id = $2 and c.deleted_at is not null
           returning c.name, exists (select from imports i
               where i.user_id = $1 and i.id = c.import_id and i.status = 'undone') as "import_is_undone!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await;
    Restored::of(restored, "companies_name_taken")
}

/// The name of a company, if it is on the list.
pub async fn name_of(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CompanyId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select name from companies where user_id = $1 and id = $2 and deleted_at is null",
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
