//! SQL of imports.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use super::archive::{Archive, Refused};
use super::report::{Counts, Report, Touched, Written};
use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::kinds::kinds;
use crate::text::Line;

pub mod waiting;

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
                (kept, serde_json::to_string(archive).map_err(|_| Refused::TooMuch)?)
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
               (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'name_key', c.name_key) order by c.name_key), '[]')
                   from companies c
                   where c.user_id = $1 and c.deleted_at is null and (i.status = 'previewed' or c.import_id = i.id)
               ) as "companies!: Json<Vec<CompanyRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'name', j.name, 'old_title', j.before ->> 'job_title',
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

/// Gives this transaction's statements a minute: thirty thousand people take longer than a page may.
pub async fn take_time(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select set_config('statement_timeout', '60s', true) as statement, set_config('lock_timeout', '60s', true) as lock").fetch_one(db).await?;
    Ok(())
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

/// What an import wrote and what became of it; with `kept` only what taking the import back would leave.
///
/// Something was done with a row when it has anything an import does not write, or when any other row speaks of it: a column
/// that is added to the tables counts by itself, and a test asks the catalogue for every table that refers to them.
/// A company that comes later ties people to it by itself, which raises their version once; that is no touch.
/// Imports once wrote that the people of a file know the user.
pub async fn written(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: ImportId,
    kept: bool,
) -> sqlx::Result<Vec<Written>> {
    sqlx::query_as!(
        Written,
        r#"with spoken_of as materialized (
               select contact_id as id from touchpoints where user_id = $1 and import_id is distinct from $2
                   group by contact_id having count(*) > 1
               union select contact_id from informational_interviews where user_id = $1
               union select contact_id from talk_proposals where user_id = $1
               union select contact_id from insights where user_id = $1
               union select contact_id from action_items where user_id = $1
               union select contact_id from contact_dates where user_id = $1
               union select contact_id from contact_tags where user_id = $1
               union select contact_id from reasons where user_id = $1 and import_id is distinct from $2
               union select contact_id from contact_changes where user_id = $1 and import_id <> $2
               union select contact_id from referrals where user_id = $1
               union select confirmed_by from openings where user_id = $1
               union select introduced_by from contacts where user_id = $1
               union select introducer_id from introductions where user_id = $1
               union select introduced_id from introductions where user_id = $1
               union select earlier_introducer_id from introductions where user_id = $1
           )
           select w.what as "what!: Touched", w.id as "id!", w.name as "name!", w.in_bin as "in_bin!", w.is_touched as "is_touched!"
           from (
               select 'added' as what, k.id, k.name, k.name_folded as sorted_by, k.deleted_at is not null as in_bin,
                   k.version <> case when c.name_key = k.employer_key and c.created_at > k.created_at then 2 else 1 end
                       + case when h.id is null then 0 else 1 end
                   or k.id in (select id from spoken_of where id is not null)
                   or jsonb_strip_nulls(to_jsonb(k) - '{user_id,id,name,name_folded,company_id,employer,employer_key,job_title,job_title_folded,profile_url,profile_key,
                           email,phone,connected_on,stage,next_step,next_due,next_turns_on,occasion_on,requested_on,asked_on,talk_on,last_touch_on,
                           step_after,step_after_on,leaves_on,import_id,created_at,version}'::text[]
                           - case when h.after ->> 'notes' = k.notes then 'notes' else '' end)
                       not in ('{"closeness": "other", "warmth": "stranger", "live_profile": false}',
                           '{"closeness": "other", "warmth": "knows_me", "live_profile": false}') as is_touched
               from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id
               left join contact_changes h on h.user_id = $1 and h.import_id = $2 and h.contact_id = k.id
               where k.user_id = $1 and k.import_id = $2
               union all
               select 'changed', k.id, k.name, k.name_folded, k.deleted_at is not null,
                   h.after - '{job_title_folded,notes}'::text[] <> jsonb_build_object('employer', k.employer, 'employer_key', k.employer_key, 'job_title', k.job_title,
                       'email', k.email, 'profile_url', k.profile_url, 'profile_key', k.profile_key, 'connected_on', k.connected_on)
                       || case when h.after ? 'phone' then jsonb_build_object('phone', k.phone) else '{}' end
                   or (h.after -> 'notes' <> h.before -> 'notes' and h.after ->> 'notes' is distinct from k.notes)
                   or exists (select from touchpoints t
                       where t.user_id = $1 and t.contact_id = k.id and h.touchpoint_id is not null and t.id > h.touchpoint_id
                           and t.import_id is distinct from $2 and t.kind <> 'undone'
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id))
               from contact_changes h join contacts k on k.user_id = $1 and k.id = h.contact_id
               where h.user_id = $1 and h.import_id = $2 and k.import_id is distinct from $2
               union all
               select 'changed', k.id, k.name, k.name_folded, k.deleted_at is not null, true
               from contacts k
               where k.user_id = $1 and k.import_id is distinct from $2
                   and k.id in (select t.contact_id from touchpoints t
                       join touchpoints o on o.user_id = $1 and o.contact_id = t.contact_id and o.id > t.id
                           and o.import_id is distinct from $2 and o.kind <> 'undone'
                       where t.user_id = $1 and t.import_id = $2 and o.user_id = $1
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = o.id))
                   and not exists (select from contact_changes h
                       where h.user_id = $1 and h.import_id = $2 and h.contact_id = k.id)
               union all
               select 'company', c.id, c.name, c.name_key, c.deleted_at is not null,
                   c.version <> 1
                   or jsonb_strip_nulls(to_jsonb(c) - '{user_id,id,name,name_key,import_id,created_at,version}'::text[])
                       <> '{"found_by": "contacts", "motivation": 0, "posting": 0, "status": "active"}'
                   or exists (select from contacts k where k.user_id = $1 and k.company_id = c.id
                       and (k.employer_key is distinct from c.name_key or (k.import_id is null and k.created_at > c.created_at)))
                   or exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
                   or exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)
                   or exists (select from informational_interviews i where i.user_id = $1 and i.company_id = c.id)
                   or exists (select from insights s where s.user_id = $1 and s.company_id = c.id)
               from companies c
               where c.user_id = $1 and c.import_id = $2
           ) w
           where not $3 or w.in_bin or w.is_touched
           order by w.sorted_by, w.id"#,
        by.into().user_id() as _,
        id as _,
        kept,
    )
    .fetch_all(db)
    .await
}

/// Renews what the planner knows of the tables an import fills: it would go on with plans for empty ones.
pub async fn renew_statistics(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("analyze companies, contacts, touchpoints, contact_changes").execute(db).await?;
    Ok(())
}

/// Notes which pages of those tables everybody sees, so that counts are read from indexes alone. Outside a transaction.
pub async fn renew_visibility(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("vacuum (skip_locked, index_cleanup off, truncate off) contacts, touchpoints").execute(db).await?;
    Ok(())
}
