//! SQL of documents and their versions.

pub mod sent;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use super::document::{Kind, NewVersion};
use super::format::Format;
use super::room::{Room, Taken};
use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::{DocumentId, DocumentVersionId, OpeningId, ReferralId};
use sent::To;

/// A version, as pages show it.
#[derive(Debug, Deserialize)]
pub struct VersionRow {
    pub id: DocumentVersionId,
    pub number: i32,
    pub file_name: String,
    pub format: Format,
    pub size: i64,
    pub added_at: Timestamp,
}

/// Where a version was sent, as pages show it.
#[derive(Debug, Deserialize)]
pub struct UseRow {
    pub opening: Option<OpeningId>,
    pub referral: Option<ReferralId>,
    /// The opening's title and company, or who refers.
    pub name: String,
    pub number: i32,
    pub sent_on: Date,
}

impl UseRow {
    /// The page of where it was sent.
    pub fn address(&self) -> String {
        To { opening: self.opening, referral: self.referral }.address()
    }
}

/// A document, as the list shows it.
#[derive(Debug, Deserialize)]
pub struct DocumentRow {
    pub id: DocumentId,
    pub name: String,
    pub kind: Kind,
    pub latest: VersionRow,
    /// Where it was sent last.
    pub last_use: Option<UseRow>,
    /// How often it was sent.
    pub uses: i64,
}

/// The documents that are not in the bin, and what all of them take.
pub struct Listing {
    /// The oldest first.
    pub documents: Json<Vec<DocumentRow>>,
    /// Bytes of everything that is kept, in the bin too.
    pub stored: i64,
}

/// The list.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Listing> {
    sqlx::query_as!(
        Listing,
        r#"select (select coalesce(sum(v.size), 0)::bigint from document_versions v where v.user_id = $1) as "stored!",
               (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'latest', l.latest,
                       'last_use', u.last_use, 'uses', coalesce(u.uses, 0))
                       order by d.id), '[]')
                   from documents d
                   join lateral (
                       select json_build_object('id', v.id, 'number', v.number, 'file_name', v.file_name, 'format', v.format,
                           'size', v.size, 'added_at', v.added_at) as latest
                       from document_versions v where v.user_id = $1 and v.document_id = d.id
                       order by v.number desc limit 1
                   ) l on true
                   left join lateral (
                       select count(*) over () as uses, json_build_object('opening', s.opening_id, 'referral', s.referral_id,
                           'name', coalesce(o.title || ' at ' || c.name, 'Referral by ' || k.name), 'number', v.number,
                           'sent_on', s.sent_on) as last_use
                       from document_versions v
                       join sent_documents s on s.user_id = $1 and s.version_id = v.id and s.deleted_at is null
                       left join openings o on o.user_id = $1 and o.id = s.opening_id and o.deleted_at is null
                       left join companies c on c.user_id = $1 and c.id = o.company_id
                       left join referrals f on f.user_id = $1 and f.id = s.referral_id and f.deleted_at is null
                       left join contacts k on k.user_id = $1 and k.id = f.contact_id
                       where v.user_id = $1 and v.document_id = d.id and (o.id is not null or f.id is not null)
                       order by s.sent_on desc, s.id desc limit 1
                   ) u on true
                   where d.user_id = $1 and d.deleted_at is null
               ) as "documents!: Json<Vec<DocumentRow>>""#,
        by.into().user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// A document with everything its page shows.
pub struct DocumentDetail {
    pub id: DocumentId,
    pub name: String,
    pub kind: Kind,
    pub version: i32,
    /// The newest first.
    pub versions: Json<Vec<VersionRow>>,
    /// The latest first.
    pub uses: Json<Vec<UseRow>>,
}

/// A document that is not in the bin.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: DocumentId,
) -> sqlx::Result<Option<DocumentDetail>> {
    sqlx::query_as!(
        DocumentDetail,
        r#"select d.id as "id: DocumentId", d.name, d.kind as "kind: Kind", d.version,
               (select coalesce(json_agg(json_build_object('id', v.id, 'number', v.number, 'file_name', v.file_name,
                       'format', v.format, 'size', v.size, 'added_at', v.added_at) order by v.number desc), '[]')
                   from document_versions v where v.user_id = $1 and v.document_id = d.id) as "versions!: Json<Vec<VersionRow>>",
               (select coalesce(json_agg(json_build_object('opening', s.opening_id, 'referral', s.referral_id,
                       'name', coalesce(o.title || ' at ' || c.name, 'Referral by ' || k.name), 'number', v.number, 'sent_on', s.sent_on)
                       order by s.sent_on desc, s.id desc), '[]')
                   from document_versions v
                   join sent_documents s on s.user_id = $1 and s.version_id = v.id and s.deleted_at is null
                   left join openings o on o.user_id = $1 and o.id = s.opening_id and o.deleted_at is null
                   left join companies c on c.user_id = $1 and c.id = o.company_id
                   left join referrals f on f.user_id = $1 and f.id = s.referral_id and f.deleted_at is null
                   left join contacts k on k.user_id = $1 and k.id = f.contact_id
                   where v.user_id = $1 and v.document_id = d.id and (o.id is not null or f.id is not null)
               ) as "uses!: Json<Vec<UseRow>>"
           from documents d where d.user_id = $1 and d.id = $2 and d.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What came of keeping a file; but for `Yes`, nothing was written that is to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Yes,
    /// The same form was sent before.
    Again,
    /// There is no such document.
    NoDocument,
    /// The account has no room for so many bytes.
    NoRoom,
    /// The account has as many files as it may.
    TooMany,
}

/// What an account has taken.
pub async fn taken(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Taken> {
    sqlx::query_as!(
        Taken,
        r#"select coalesce(max(size), 0)::bigint as "largest!", coalesce(sum(size), 0)::bigint as "together!", count(*) as "files!"
           from document_versions where user_id = $1"#,
        by.user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// Makes a document of a file. Run it inside a transaction that stays for `Yes` alone, after the account was locked, so
/// that no two files take the same room.
pub async fn create(
    db: &mut PgConnection,
    by: Owner,
    (id, name, kind): (DocumentId, &str, Kind),
    file: &NewVersion,
    room: Room,
    now: Timestamp,
) -> sqlx::Result<Kept> {
    let done = sqlx::query!(
        "insert into documents (user_id, id, name, kind, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        by.user_id() as _,
        id as _,
        name,
        kind as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 { Ok(Kept::Again) } else { add(db, by, id, file, room, now).await }
}

/// Adds a version to a document; otherwise as [`create`].
pub async fn add(
    db: &mut PgConnection,
    by: Owner,
    document: DocumentId,
    file: &NewVersion,
    room: Room,
    now: Timestamp,
) -> sqlx::Result<Kept> {
    let taken = taken(&mut *db, by).await?;
    let size = i32::try_from(file.content.len()).unwrap_or(i32::MAX);
    let is_there = sqlx::query_scalar!(
        r#"select exists (select from document_versions v where v.user_id = $1 and v.id = $2) as "there!""#,
        by.user_id() as _,
        file.id as _,
    )
    .fetch_one(&mut *db)
    .await?;
    match () {
        () if is_there => return Ok(Kept::Again),
        () if taken.files >= room.files => return Ok(Kept::TooMany),
        () if taken.together.saturating_add(size.into()) > room.together => return Ok(Kept::NoRoom),
        () => {}
    }
    let done = sqlx::query!(
        "insert into document_versions (user_id, id, document_id, number, file_name, format, size, content, added_at)
         select d.user_id, $3, d.id, coalesce((select max(v.number) from document_versions v
             where v.user_id = $1 and v.document_id = $2), 0) + 1, $4, $5, $6, $7, $8
         from documents d where d.user_id = $1 and d.id = $2 and d.deleted_at is null",
        by.user_id() as _,
        document as _,
        file.id as _,
        file.file_name.as_str(),
        file.format as _,
        size,
        file.content,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(if done.rows_affected() == 1 { Kept::Yes } else { Kept::NoDocument })
}

/// Takes out a version that was added by mistake: one that was sent nowhere, of a document with others. Returns whose it was.
pub async fn undo_version(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: DocumentVersionId,
) -> sqlx::Result<Option<DocumentId>> {
    sqlx::query_scalar!(
        r#"delete from document_versions v where v.user_id = $1 and v.id = $2
               and exists (select from document_versions o where o.user_id = $1 and o.document_id = v.document_id and o.id <> v.id)
               and not exists (select from sent_documents s where s.user_id = $1 and s.version_id = v.id and s.deleted_at is null)
           returning v.document_id as "id: DocumentId""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Of which document this is a version that was sent somewhere.
pub async fn sent_version(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: DocumentVersionId,
) -> sqlx::Result<Option<DocumentId>> {
    sqlx::query_scalar!(
        r#"select v.document_id as "id: DocumentId" from document_versions v
           where v.user_id = $1 and v.id = $2 and exists (
               select from sent_documents s where s.user_id = $1 and s.version_id = v.id and s.deleted_at is null)"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A version as it is saved, from its beginning on.
pub struct FileRow {
    pub file_name: String,
    pub format: Format,
    pub size: i32,
    pub start: Vec<u8>,
}

/// What is in a version, up to so many bytes; also of a document in the bin, as it may have been sent.
pub async fn file(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: DocumentVersionId,
    most: i32,
) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as!(
        FileRow,
        r#"select file_name, format as "format: Format", size, substring(content from 1 for $3) as "start!"
           from document_versions where user_id = $1 and id = $2"#,
        by.into().user_id() as _,
        id as _,
        most,
    )
    .fetch_optional(db)
    .await
}

/// A piece of a version, after so many bytes of it; nothing where it has gone meanwhile.
pub async fn piece(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: DocumentVersionId,
    after: i32,
    most: i32,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        r#"select substring(content from $3 + 1 for $4) as "piece!" from document_versions where user_id = $1 and id = $2"#,
        by.into().user_id() as _,
        id as _,
        after,
        most,
    )
    .fetch_optional(db)
    .await
}

/// Renames a document, if nobody changed it meanwhile. `None` where there is none, false where it was changed.
pub async fn rename(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: DocumentId,
    version: i32,
    name: &str,
    kind: Kind,
) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        r#"with renamed as (
               update documents set name = $4, kind = $5, version = version + 1
               where user_id = $1 and id = $2 and version = $3 and deleted_at is null
               returning id
           )
           select exists (select from renamed) as "renamed!" from documents
           where user_id = $1 and id = $2 and deleted_at is null"#,
        by.user_id() as _,
        id as _,
        version,
        name,
        kind as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts a document in the bin. Returns its name.
pub async fn delete(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: DocumentId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update documents set deleted_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Brings a document back. Returns its name.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: DocumentId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update documents set deleted_at = null, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is not null returning name",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
