//! SQL of forgetting someone: what is held on them, and what of it hangs on no contact.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::contacts::forgotten::Traits;
use crate::database::At;
use crate::ids::{ContactId, ImportId};

/// What is held on someone, counted.
pub struct Held {
    pub name: String,
    pub has_notes: bool,
    pub touchpoints: i64,
    pub talks: i64,
    pub insights: i64,
    pub action_items: i64,
    pub referrals: i64,
    pub introductions: i64,
    pub reasons: i64,
    /// Of the same person, in the bin.
    pub copies: i64,
    /// Captures or forms wait, of which some may name them.
    pub something_waits: bool,
    /// A file was read and waits to be imported.
    pub import_waits: bool,
}

/// What is held on a contact of the list.
pub async fn held(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ContactId) -> sqlx::Result<Option<Held>> {
    sqlx::query_as!(
        Held,
        r#"with recursive joined as (
               select $2::uuid as id
               union select (j.kept ->> 'gone')::uuid from joined a join joins j on j.user_id = $1 and j.kept ->> 'kept' = a.id::text)
           select k.name, k.notes is not null as "has_notes!",
               (select count(*) from touchpoints t where t.user_id = $1 and t.contact_id = k.id) as "touchpoints!",
               (select count(*) from informational_interviews t where t.user_id = $1 and t.contact_id = k.id) as "talks!",
               (select count(*) from insights t where t.user_id = $1 and t.contact_id = k.id) as "insights!",
               (select count(*) from action_items t where t.user_id = $1 and t.contact_id = k.id) as "action_items!",
               (select count(*) from referrals t where t.user_id = $1 and t.contact_id = k.id) as "referrals!",
               (select count(*) from introductions t where t.user_id = $1 and k.id in (t.introducer_id, t.introduced_id))
                   as "introductions!",
               (select count(*) from reasons t where t.user_id = $1 and t.contact_id = k.id)
                   + (select count(*) from contact_dates t where t.user_id = $1 and t.contact_id = k.id) as "reasons!",
               (select count(*) from contacts o where o.user_id = $1 and o.deleted_at is not null and o.id <> k.id
                   and (o.profile_key = k.profile_key or o.email = k.email
                       or (o.name_folded = k.name_folded and o.employer_key is not distinct from k.employer_key
                           and (o.profile_key is null or k.profile_key is null))
                       or exists (select from joined where joined.id = o.id))) as "copies!",
               exists (select from captures t where t.user_id = $1) or exists (select from kept_forms t where t.user_id = $1)
                   as "something_waits!",
               exists (select from imports i where i.user_id = $1 and i.status = 'previewed') as "import_waits!"
           from contacts k where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Someone to be forgotten, as one of their contacts has it.
pub struct Person {
    pub id: ContactId,
    pub name: String,
    pub profile_key: Option<String>,
    pub email: Option<String>,
    pub employer_key: Option<String>,
}

impl Person {
    /// What they are known by.
    pub fn traits(&self) -> Traits<'_> {
        Traits {
            name: &self.name,
            profile: self.profile_key.as_deref(),
            email: self.email.as_deref(),
            employer: self.employer_key.as_deref(),
        }
    }
}

/// Holds a contact of the list and those in the bin that are the same person, until the transaction ends: by what a mark of them
/// would tell them by, or because they were joined.
pub async fn hold(db: impl PgExecutor<'_>, by: Owner, id: ContactId) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as!(
        Person,
        r#"with recursive listed as (
               select k.id, k.profile_key, k.email, k.name_folded, k.employer_key
               from contacts k where k.user_id = $1 and k.id = $2 and k.deleted_at is null),
           joined as (
               select $2::uuid as id
               union select (j.kept ->> 'gone')::uuid from joined a join joins j on j.user_id = $1 and j.kept ->> 'kept' = a.id::text)
           select o.id as "id: ContactId", o.name, o.profile_key, o.email, o.employer_key
           from contacts o cross join listed
           where o.user_id = $1 and (o.id = listed.id or (o.deleted_at is not null
               and (o.profile_key = listed.profile_key or o.email = listed.email
                   or (o.name_folded = listed.name_folded and o.employer_key is not distinct from listed.employer_key
                       and (o.profile_key is null or listed.profile_key is null))
                   or exists (select from joined where joined.id = o.id))))
           for update of o"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_all(db)
    .await
}

/// Lets go of joins that speak of them, of what one press changed of them among others, and of a file that waits, as they may be
/// in it.
pub async fn let_go(db: &mut PgConnection, by: Owner, people: &[Person]) -> sqlx::Result<()> {
    let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    sqlx::query!(
        "delete from joins where user_id = $1 and (kept ->> 'gone' = any($2) or kept ->> 'kept' = any($2))",
        by.user_id() as _,
        &ids,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from bulk_changes t where t.user_id = $1
             and exists (select from unnest($2::text[]) as named (id) where position(named.id in t.change::text) > 0)",
        by.user_id() as _,
        &ids,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from imports where user_id = $1 and status = 'previewed'", by.user_id() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// A capture or a form that waits, with all it says.
pub struct Waiting {
    pub id: Uuid,
    /// It is a form, of which these are the fields.
    pub is_form: bool,
    pub text: String,
}

/// What waits to be captured or sent.
pub async fn waiting(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select t.id as "id!", false as "is_form!", t.title || ' ' || t.words || ' ' || t.url as "text!"
           from captures t where t.user_id = $1
           union all
           select t.id, true, t.path || ' ' || t.fields from kept_forms t where t.user_id = $1"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Throws away what waits.
pub async fn throw_away(db: &mut PgConnection, by: Owner, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from captures where user_id = $1 and id = any($2)", by.user_id() as _, ids)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from kept_forms where user_id = $1 and id = any($2)", by.user_id() as _, ids)
        .execute(db)
        .await?;
    Ok(())
}

/// The reports of all imports, which may name them.
pub async fn reports(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<(ImportId, Value)>> {
    let rows = sqlx::query!(
        r#"select i.id as "id: ImportId", i.report from imports i where i.user_id = $1"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.report)).collect())
}

/// Writes a report that names them no more.
pub async fn set_report(db: impl PgExecutor<'_>, by: Owner, id: ImportId, report: &Value) -> sqlx::Result<()> {
    sqlx::query!("update imports set report = $3 where user_id = $1 and id = $2", by.user_id() as _, id as _, report)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes them as of that instant.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, people: &[Person], at: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.id.0).collect();
    sqlx::query!(
        "update contacts set deleted_at = $3, version = version + 1 where user_id = $1 and id = any($2)",
        by.user_id() as _,
        &ids,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
