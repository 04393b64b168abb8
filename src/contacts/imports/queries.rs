//! SQL of what imports do to contacts.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Change;
use crate::access::{Owner, Viewer};
use crate::contacts::contact::ReasonKind;
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{ContactId, ImportId, ReasonId, TouchpointId};
use crate::playbook::event::{Direction, Kind};
use crate::playbook::stage::Stage;
use crate::text::Text;

pub mod said;
pub mod untied;

/// A contact as far as a file can say something about it; also one in the bin.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    pub id: ContactId,
    pub name: String,
    pub profile_key: Option<String>,
    pub employer: Option<String>,
    pub employer_key: Option<String>,
    pub job_title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub connected_on: Option<Day>,
    pub requested_on: Option<Day>,
    pub added_on: Day,
    pub stage: Stage,
    pub in_bin: bool,
    /// What LinkedIn's list of connections said of them last; no name where it never did, or before that was kept.
    pub said_name: Option<String>,
    pub said_employer: Option<String>,
    pub said_job_title: Option<String>,
    pub said_email: Option<String>,
}

impl KnownPerson {
    /// The day before which they cannot have accepted a request of the user's.
    pub fn since(&self) -> Date {
        self.requested_on.unwrap_or(self.added_on).0
    }
}

/// Everyone who is or was on the list, those in the bin last.
pub async fn known_people(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<KnownPerson>> {
    sqlx::query_as!(
        KnownPerson,
        r#"select id as "id: ContactId", name, profile_key, employer, employer_key, job_title, email, phone,
               connected_on as "connected_on: Day", requested_on as "requested_on: Day",
               (created_at at time zone 'UTC')::date as "added_on!: Day", stage as "stage: Stage",
               deleted_at is not null as "in_bin!", said_name, said_employer, said_job_title, said_email
           from contacts where user_id = $1
           order by deleted_at is not null, id"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Writes the news of contacts and notes their values before and after. A new employer brings the target company of that name;
/// one that is no target takes the contact off the company it was matched to. Returns how many were changed.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Owner,
    import: ImportId,
    changes: &[Change],
    lines: &[Option<TouchpointId>],
) -> sqlx::Result<usize> {
    fn texts<'c>(changes: &'c [Change], of: impl Fn(&'c Change) -> Option<String>) -> Vec<Option<String>> {
        changes.iter().map(of).collect()
    }
    let ids: Vec<Uuid> = changes.iter().map(|_| Uuid::now_v7()).collect();
    let contacts: Vec<Uuid> = changes.iter().map(|c| c.contact.0).collect();
    let connected: Vec<Option<Day>> = changes.iter().map(|c| c.news.connected_on.map(Day)).collect();
    let touchpoints: Vec<Option<Uuid>> = lines.iter().map(|id| id.map(|id| id.0)).collect();
    let written = sqlx::query_scalar!(
        r#"with news as (
               select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                   $11::date[], $12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[]) as n (id, contact_id, employer, employer_key, job_title, email,
                   profile_url, profile_key, connected_on, touchpoint_id, job_title_folded, notes, phone,
                   said_name, said_employer, said_job_title, said_email)
           ),
           noted as (
               insert into contact_changes (user_id, id, import_id, contact_id, before, after, touchpoint_id)
               select $1, n.id, $2, k.id,
                   jsonb_build_object('employer', k.employer, 'employer_key', k.employer_key, 'job_title', k.job_title,
                       'job_title_folded', k.job_title_folded, 'email', k.email, 'profile_url', k.profile_url, 'profile_key', k.profile_key, 'connected_on', k.connected_on,
                       'company_id', k.company_id, 'notes', k.notes)
                       || case when n.phone is null then '{}' else jsonb_build_object('phone', k.phone) end
                       || case when n.said_name is null then '{}' else jsonb_build_object('said_name', k.said_name, 'said_employer', k.said_employer,
                           'said_job_title', k.said_job_title, 'said_email', k.said_email) end,
                   jsonb_build_object('employer', coalesce(n.employer, k.employer), 'employer_key', coalesce(n.employer_key, k.employer_key),
                       'job_title', coalesce(n.job_title, k.job_title),
                       'job_title_folded', coalesce(n.job_title_folded, k.job_title_folded), 'email', coalesce(n.email, k.email),
                       'profile_url', coalesce(n.profile_url, k.profile_url), 'profile_key', coalesce(n.profile_key, k.profile_key),
                       'connected_on', coalesce(n.connected_on, k.connected_on), 'notes', coalesce(n.notes, k.notes))
                       || case when n.phone is null then '{}' else jsonb_build_object('phone', n.phone) end,
                   n.touchpoint_id
               from news n join contacts k on k.user_id = $1 and k.id = n.contact_id
               where k.user_id = $1 and k.deleted_at is null
           ),
           written as (
               update contacts k
               set employer = coalesce(n.employer, k.employer), employer_key = coalesce(n.employer_key, k.employer_key),
                   job_title = coalesce(n.job_title, k.job_title), job_title_folded = coalesce(n.job_title_folded, k.job_title_folded),
                   email = coalesce(n.email, k.email),
                   profile_url = coalesce(n.profile_url, k.profile_url), profile_key = coalesce(n.profile_key, k.profile_key),
                   connected_on = coalesce(n.connected_on, k.connected_on), notes = coalesce(n.notes, k.notes),
                   phone = coalesce(n.phone, k.phone), said_name = coalesce(n.said_name, k.said_name),
                   said_employer = coalesce(n.said_employer, k.said_employer), said_job_title = coalesce(n.said_job_title, k.said_job_title),
                   said_email = coalesce(n.said_email, k.said_email),
                   company_id = case when n.employer_key is null then k.company_id else coalesce(
                       (select c.id from companies c where c.user_id = $1 and c.name_key = n.employer_key and c.deleted_at is null),
                       (select c.id from companies c
                           where c.user_id = $1 and c.id = k.company_id and c.name_key is distinct from k.employer_key)) end,
                   version = k.version + 1
               from news n
               where k.user_id = $1 and k.id = n.contact_id and k.deleted_at is null
               returning k.id
           )
           select count(*) as "written!" from written"#,
        by.user_id() as _,
        import as _,
        &ids,
        &contacts,
        &texts(changes, |c| c.news.employer.as_ref().map(|e| e.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.employer.as_ref().map(|e| e.key().as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.job_title.as_ref().map(|t| t.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.email.as_ref().map(|e| e.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.profile.as_ref().map(|p| p.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.profile.as_ref().map(|p| p.key().to_owned())) as &[Option<String>],
        &connected as _,
        &touchpoints as &[Option<Uuid>],
        &texts(changes, |c| c.news.job_title.as_ref().map(|t| sorted_by(t.as_str()))) as &[Option<String>],
        &texts(changes, |c| c.news.notes.as_ref().map(|t| t.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.news.phone.as_ref().map(|t| t.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.said.as_ref().map(|s| s.name.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.said.as_ref()?.employer.as_ref().map(|e| e.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.said.as_ref()?.job_title.as_ref().map(|t| t.as_str().to_owned())) as &[Option<String>],
        &texts(changes, |c| c.said.as_ref()?.email.as_ref().map(|e| e.as_str().to_owned())) as &[Option<String>],
    )
    .fetch_one(db)
    .await?;
    Ok(usize::try_from(written).unwrap_or_default())
}

/// The lines an import added to the histories of contacts that were known before, the last first, where nothing but lines of its
/// own came after them and they were not taken back.
pub async fn lines(
    db: impl PgExecutor<'_>,
    by: Owner,
    import: ImportId,
) -> sqlx::Result<Vec<(ContactId, TouchpointId)>> {
    let rows = sqlx::query!(
        r#"with own as (
               select t.contact_id, t.id from touchpoints t where t.user_id = $1 and t.import_id = $2
               union
               -- Once the lines were noted with what else was changed.
               select h.contact_id, h.touchpoint_id from contact_changes h
               where h.user_id = $1 and h.import_id = $2 and h.touchpoint_id is not null
           )
           select own.contact_id as "contact!: ContactId", own.id as "line!: TouchpointId"
           from own join contacts k on k.user_id = $1 and k.id = own.contact_id
           where k.user_id = $1 and k.deleted_at is null and k.import_id is distinct from $2
               and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = own.id)
               and not exists (select from touchpoints o
                   where o.user_id = $1 and o.contact_id = own.contact_id and o.id > own.id and o.import_id is distinct from $2
                       and o.kind <> 'undone' and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = o.id))
           order by own.contact_id, own.id desc"#,
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.contact, row.line)).collect())
}

/// What is known of one contact's history already.
#[derive(Debug, Clone)]
pub struct Past {
    /// The day it begins on.
    pub begins: Date,
    /// It begins with the two being connected.
    pub begins_connected: bool,
    /// Whether a request was sent.
    pub was_requested: bool,
    /// On which days which of the two acted.
    pub touches: HashSet<(Date, Direction)>,
    /// Messages an import added without their words.
    pub wordless: HashMap<(Date, Direction), TouchpointId>,
}

/// The histories of all contacts. What was taken back does not count, unless an import added it that still stands: then the user
/// knows better than the file.
pub async fn pasts(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<HashMap<ContactId, Past>> {
    let rows = sqlx::query!(
        r#"select t.contact_id as "contact: ContactId", t.id as "id: TouchpointId", t.kind as "kind: Kind", t.happened_on as "on: Day",
               t.body is null and t.import_id is not null and t.kind in ('wrote', 'replied')
                   and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id) as "is_wordless!"
           from touchpoints t
           where t.user_id = $1 and t.kind <> 'undone' and (
               not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
               or exists (select from imports i where i.user_id = $1 and i.id = t.import_id and i.status = 'done'))
           order by t.contact_id, t.happened_on, t.id"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await?;
    let mut pasts: HashMap<ContactId, Past> = HashMap::new();
    for row in rows {
        let past = pasts.entry(row.contact).or_insert_with(|| Past {
            begins: row.on.0,
            begins_connected: row.kind == Kind::AlreadyConnected,
            was_requested: false,
            touches: HashSet::new(),
            wordless: HashMap::new(),
        });
        if row.is_wordless {
            past.wordless.insert((row.on.0, row.kind.direction()), row.id);
        }
        past.was_requested |= row.kind == Kind::Requested;
        if row.kind.is_touch() {
            past.touches.insert((row.on.0, row.kind.direction()));
        }
    }
    Ok(pasts)
}

/// The notes of all contacts that have some.
pub async fn notes(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<HashMap<ContactId, String>> {
    let rows = sqlx::query!(
        r#"select id as "id: ContactId", notes as "notes!" from contacts
           where user_id = $1 and notes is not null and deleted_at is null"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.notes)).collect())
}

/// Keeps reasons to write that an import found.
pub async fn insert_reasons(
    db: impl PgExecutor<'_>,
    by: Owner,
    import: ImportId,
    reasons: &[(ContactId, ReasonId, &Text<2_000>)],
    now: Timestamp,
) -> sqlx::Result<()> {
    let contacts: Vec<Uuid> = reasons.iter().map(|(contact, ..)| contact.0).collect();
    let ids: Vec<Uuid> = reasons.iter().map(|(_, id, _)| id.0).collect();
    let texts: Vec<String> = reasons.iter().map(|(.., text)| text.as_str().to_owned()).collect();
    sqlx::query!(
        "insert into reasons (user_id, id, contact_id, kind, text, import_id, created_at)
         select k.user_id, n.id, k.id, $5, n.text, $6, $7
         from contacts k join unnest($2::uuid[], $3::uuid[], $4::text[]) as n (contact_id, id, text) on n.contact_id = k.id
         where k.user_id = $1 and k.deleted_at is null",
        by.user_id() as _,
        &contacts,
        &ids,
        &texts,
        ReasonKind::NewsOfTheirs as _,
        import as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the reasons an import found, but for those that were used or changed.
pub async fn remove_reasons(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from reasons where user_id = $1 and import_id = $2 and version = 1 and used_by is null",
        by.user_id() as _,
        import as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives contacts an import changed their former values, where they still have those the import gave them: job, address and
/// profile together, and the notes by themselves. Returns which have something back.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<Vec<ContactId>> {
    sqlx::query_scalar!(
        r#"with changed as (
               select h.contact_id, k.employer is not distinct from a.employer and k.employer_key is not distinct from a.employer_key
                       and k.job_title is not distinct from a.job_title and k.email is not distinct from a.email
                       and k.profile_url is not distinct from a.profile_url and k.profile_key is not distinct from a.profile_key
                       and k.connected_on is not distinct from a.connected_on
                       and (k.phone is not distinct from a.phone or not h.after ? 'phone') as facts,
                   a.notes is distinct from b.notes and k.notes is not distinct from a.notes as noted,
                   b.employer, b.employer_key, b.job_title, b.job_title_folded, b.email, b.profile_url, b.profile_key, b.connected_on,
                   b.company_id, b.notes, case when h.before ? 'phone' then b.phone else k.phone end as phone,
                   h.before ? 'said_name' as is_said, b.said_name, b.said_employer, b.said_job_title, b.said_email
               from contact_changes h join contacts k on k.user_id = $1 and k.id = h.contact_id and k.deleted_at is null
               cross join lateral jsonb_to_record(h.before) as b (employer text, employer_key text, job_title text,
                   job_title_folded text, email text, profile_url text, profile_key text, connected_on date, company_id uuid, notes text,
                   phone text, said_name text, said_employer text, said_job_title text, said_email text)
               cross join lateral jsonb_to_record(h.after) as a (employer text, employer_key text, job_title text, email text,
                   profile_url text, profile_key text, connected_on date, notes text, phone text)
               where h.user_id = $1 and h.import_id = $2 and k.user_id = $1 and k.import_id is distinct from $2
           ),
           -- So that an earlier import can tell this step from one of the user's.
           told as (
               update contact_changes h set after = h.after || '{"given_back": "i"}'
               from changed b
               where h.user_id = $1 and h.import_id = $2 and h.contact_id = b.contact_id and (b.facts or b.noted)
           )
           update contacts k
           set employer = case when b.facts then b.employer else k.employer end,
               employer_key = case when b.facts then b.employer_key else k.employer_key end,
               job_title = case when b.facts then b.job_title else k.job_title end,
               job_title_folded = case when b.facts then b.job_title_folded else k.job_title_folded end,
               email = case when b.facts then b.email else k.email end,
               profile_url = case when b.facts then b.profile_url else k.profile_url end,
               profile_key = case when b.facts then b.profile_key else k.profile_key end,
               connected_on = case when b.facts then b.connected_on else k.connected_on end,
               phone = case when b.facts then b.phone else k.phone end,
               said_name = case when b.facts and b.is_said then b.said_name else k.said_name end,
               said_employer = case when b.facts and b.is_said then b.said_employer else k.said_employer end,
               said_job_title = case when b.facts and b.is_said then b.said_job_title else k.said_job_title end,
               said_email = case when b.facts and b.is_said then b.said_email else k.said_email end,
               company_id = case when b.facts
                   then (select c.id from companies c where c.user_id = $1 and c.id = b.company_id) else k.company_id end,
               notes = case when b.noted then b.notes else k.notes end,
               version = k.version + 1
           from changed b
           where k.user_id = $1 and k.id = b.contact_id and (b.facts or b.noted)
           returning k.id as "id: ContactId""#,
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await
}

/// Holds the contacts an import added until the transaction ends, so that nothing new refers to them meanwhile.
pub async fn hold_added(db: impl PgExecutor<'_>, by: Owner, import: ImportId) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from contacts where user_id = $1 and import_id = $2 order by id for update",
        by.user_id() as _,
        import as _,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Removes contacts for good, with the first line of their histories; nothing else may refer to them.
pub async fn remove(db: impl PgExecutor<'_>, by: Owner, contacts: &[ContactId]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = contacts.iter().map(|id| id.0).collect();
    sqlx::query!("delete from contacts where user_id = $1 and id = any($2)", by.user_id() as _, &ids)
        .execute(db)
        .await?;
    Ok(())
}
