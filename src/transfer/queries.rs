//! SQL of imports.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::archive::{Archive, Refused};
use super::report::{Counts, Report};
use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::kinds::kinds;
use crate::text::Line;

pub mod waiting;
pub mod written;

kinds! {
    /// How far an import is.
    pub enum Status {
        /// Read and shown, nothing written yet.
        Previewed = "previewed", "Not imported yet";
        /// Imported.
        Done = "done", "Imported";
        /// Taken back.
        Undone = "undone", "Undone";
    }
}

kinds! {
    /// What is kept of a file between preview and import.
    pub enum Kept {
        /// The text of one `Connections.csv`.
        Connections = "linkedin_connections", "Connections";
        /// What was read of the files of an archive, as JSON.
        Archive = "linkedin_archive", "LinkedIn archive";
        /// Rows of address books and tables, as JSON.
        People = "people", "People";
    }
}

/// Files as they are kept for their preview.
pub struct FileRow {
    kept: Kept,
    name: Line<255>,
    content: String,
}

/// Bytes that are kept of the files of one import.
const CONTENT_MAX: usize = 32 * 1024 * 1024;

impl FileRow {
    /// What is kept of an archive.
    ///
    /// # Errors
    /// [`Refused::TooMuch`].
    pub fn of(name: &str, archive: &Archive) -> Result<Self, Refused> {
        let name = Line::fit(name).map(|fitted| fitted.value).ok_or(Refused::TooMuch)?;
        let (kept, content) = match archive.only_connections() {
            Some(text) => (Kept::Connections, text.to_owned()),
            // U+0000 is in no text that was read.
            None => {
                let kept = if archive.is_of_sheets() { Kept::People } else { Kept::Archive };
                let json = serde_json::to_string(archive).map_err(|_| Refused::TooMuch)?;
                // Words are wished for last.
                let json = if json.len() > CONTENT_MAX {
                    serde_json::to_string(&archive.without_words()).map_err(|_| Refused::TooMuch)?
                } else {
                    json
                };
                (kept, json)
            }
        };
        if content.len() > CONTENT_MAX { Err(Refused::TooMuch) } else { Ok(Self { kept, name, content }) }
    }
}

/// What is kept, as it was read.
///
/// # Errors
/// Where it is not what was kept.
pub fn archive_of(kept: Kept, content: String) -> anyhow::Result<Archive> {
    match kept {
        Kept::Connections => Ok(Archive::of_connections(content)),
        Kept::Archive | Kept::People => Ok(serde_json::from_str(&content)?),
    }
}

/// One line of the earlier imports.
pub struct ListRow {
    pub id: ImportId,
    pub file_name: String,
    pub status: Status,
    pub created: i32,
    pub updated: i32,
    pub same: i32,
    pub left_out: i32,
    pub created_at: At,
}

/// The latest imports.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as!(
        ListRow,
        r#"select id as "id: ImportId", file_name, status as "status: Status", created_count as created, updated_count as updated,
               same_count as same, left_out_count as left_out, created_at as "created_at: At"
           from imports where user_id = $1 order by created_at desc, id desc limit 50"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Keeps a file's text for its preview, in place of the one that waited before: there is one at a time. A form sent twice
/// keeps it once.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ImportId,
    file: &FileRow,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with replaced as (delete from imports where user_id = $1 and status = 'previewed' and id <> $2)
         insert into imports (user_id, id, kind, file_name, status, content, created_at)
         values ($1, $2, $6, $3, 'previewed', $4, $5) on conflict do nothing",
        by.user_id() as _,
        id as _,
        file.name.as_str(),
        file.content,
        At(now) as _,
        file.kept as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A company as a preview or a report names it.
#[derive(Debug, Clone, Deserialize)]
pub struct CompanyRow {
    pub id: CompanyId,
    pub name: String,
    pub name_key: String,
}

/// A contact whose job an import changed.
#[derive(Debug, Clone, Deserialize)]
pub struct JobRow {
    pub id: ContactId,
    pub name: String,
    pub old_title: Option<String>,
    pub old_employer: Option<String>,
    pub new_title: Option<String>,
    pub new_employer: Option<String>,
}

/// An import with what its page shows.
pub struct Found {
    pub kept: Kept,
    pub file_name: String,
    pub status: Status,
    pub content: Option<String>,
    pub created: i32,
    pub updated: i32,
    pub same: i32,
    pub left_out: i32,
    pub closed: i32,
    pub report: Json<Report>,
    pub created_at: At,
    /// Before the import every target company, afterwards those it added.
    pub companies: Json<Vec<CompanyRow>>,
    /// The first contacts whose job it changed.
    pub jobs: Json<Vec<JobRow>>,
}

/// One import.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ImportId) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"select i.kind as "kept: Kept", i.file_name, i.status as "status: Status", i.content, i.created_count as created, i.updated_count as updated,
               i.same_count as same, i.left_out_count as left_out, i.closed_count as closed, i.report as "report: Json<Report>",
               i.created_at as "created_at: At",
               (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'name_key', c.name_key) order by c.name_key), '[]')
                   from companies c
                   where c.user_id = $1 and c.deleted_at is null and (i.status = 'previewed' or c.import_id = i.id)
               ) as "companies!: Json<Vec<CompanyRow>>",
               (select coalesce(json_agg(json_build_object('id', j.id, 'name', j.name, 'old_title', j.before ->> 'job_title',
                       'old_employer', j.before ->> 'employer', 'new_title', j.after ->> 'job_title',
                       'new_employer', j.after ->> 'employer') order by j.name_folded, j.id), '[]')
                   from (
                       select k.id, k.name, k.name_folded, h.before, h.after
                       from contact_changes h join contacts k on k.user_id = h.user_id and k.id = h.contact_id
                       where h.user_id = $1 and h.import_id = i.id and k.user_id = $1 and k.deleted_at is null
                           and (h.before ->> 'employer_key' <> h.after ->> 'employer_key' or h.before ->> 'job_title' <> h.after ->> 'job_title')
                       order by k.name_folded, k.id limit 100
                   ) j
               ) as "jobs!: Json<Vec<JobRow>>"
           from imports i where i.user_id = $1 and i.id = $2"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Whether there is such an import.
pub async fn exists(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ImportId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from imports where user_id = $1 and id = $2) as "there!""#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await
}

/// Holds all imports of a person until the transaction ends, so that no two write at once.
pub async fn hold(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<()> {
    sqlx::query!("select id from imports where user_id = $1 order by id for update", by.user_id() as _)
        .fetch_all(db)
        .await?;
    Ok(())
}

/// Takes a previewed import for writing and returns what is kept of it; nothing if it was taken before.
pub async fn claim(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ImportId,
    now: Timestamp,
) -> sqlx::Result<Option<(Kept, String)>> {
    let row = sqlx::query!(
        r#"update imports new set status = 'done', content = null, finished_at = $3
           from imports old
           where new.user_id = $1 and new.id = $2 and new.status = 'previewed' and old.user_id = $1 and old.id = $2
           returning old.kind as "kept: Kept", old.content as "content!""#,
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.kept, row.content)))
}

/// Writes what an import did.
pub async fn finish(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ImportId,
    counts: Counts,
    report: &Report,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set created_count = $3, updated_count = $4, same_count = $5, left_out_count = $6, closed_count = $7, report = $8
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        counts.created,
        counts.updated,
        counts.same,
        counts.left_out,
        counts.closed,
        Json(report) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an import for taking it back and returns its report; nothing if it is not done, or was taken back before.
pub async fn claim_back(db: impl PgExecutor<'_>, by: Owner, id: ImportId) -> sqlx::Result<Option<Report>> {
    let report = sqlx::query_scalar!(
        r#"update imports set status = 'undone' where user_id = $1 and id = $2 and status = 'done' returning report as "report: Json<Report>""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(report.map(|Json(report)| report))
}

/// Writes what taking an import back did.
pub async fn set_report(db: impl PgExecutor<'_>, by: Owner, id: ImportId, report: &Report) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set report = $3 where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        Json(report) as _
    )
    .execute(db)
    .await?;
    Ok(())
}
