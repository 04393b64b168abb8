//! SQL of adding, changing and putting away one contact.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::{Owner, Viewer};
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::database::{At, Day, Restored, on_constraint};
use crate::folding::sorted_by;
use crate::ids::{CompanyId, ContactId};
use crate::playbook::standing::Rhythm;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::{Line, Text};
use crate::web::chooser::{Choice, FEW};

/// A person to choose.
#[derive(Debug, Deserialize)]
pub struct Named {
    pub id: ContactId,
    pub name: String,
}

/// What the form of a new contact offers.
pub struct Choices {
    /// The name of the company asked for, if it is on the list.
    pub company: Option<String>,
    /// Names of target companies.
    pub companies: Json<Vec<String>>,
    /// Who may have introduced them: the likeliest few.
    pub people: Json<Vec<Choice>>,
}

/// The companies to choose from, the 500 first by name, and the likeliest few people with whoever is asked for.
pub async fn choices(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    company: Option<CompanyId>,
    introducer: Option<ContactId>,
) -> sqlx::Result<Choices> {
    sqlx::query_as!(
        Choices,
        r#"select (select name from companies where user_id = $1 and id = $2 and deleted_at is null) as company,
               (select coalesce(json_agg(c.name order by c.name_key), '[]') from (
                   select name, name_key from companies where user_id = $1 and deleted_at is null order by name_key limit 500
               ) c) as "companies!: Json<Vec<String>>",
               (select coalesce(json_agg(to_json(p)), '[]') from (
                   select p.id, p.name || coalesce(', ' || coalesce(c.name, p.employer), '') as label
                   from contacts p left join companies c on c.user_id = $1 and c.id = p.company_id and c.deleted_at is null
                   where p.user_id = $1 and p.deleted_at is null and p.id = any(array(
                       select f.id from unnest(array['connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'requested', 'identified', 'moved_on', 'declined']) s (stage)
                       cross join lateral (
                           select l.id from contacts l where l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
                           order by l.name_folded, l.id limit $4) f
                       union select $3))
                   order by p.id is not distinct from $3 desc, p.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch') desc, p.name_folded, p.id
                   limit $4
               ) p) as "people!: Json<Vec<Choice>>""#,
        by.into().user_id() as _,
        company as _,
        introducer as _,
        FEW as i64,
    )
    .fetch_one(db)
    .await
}

/// A contact as its form shows it.
pub struct Editable {
    pub version: i32,
    pub name: String,
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub profile_url: Option<String>,
    pub email: Option<String>,
    pub pronouns: Option<String>,
    pub phone: Option<String>,
    pub place: Option<String>,
    pub time_zone: Option<String>,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub live_profile: bool,
    pub why: Option<String>,
    pub introduced_by: Option<ContactId>,
    pub rhythm_days: Option<i16>,
    pub retain_until: Option<Day>,
    pub notes: Option<String>,
    pub companies: Json<Vec<String>>,
    pub people: Json<Vec<Choice>>,
}

/// A contact with what its form offers.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ContactId) -> sqlx::Result<Option<Editable>> {
    sqlx::query_as!(
        Editable,
        r#"select k.version, k.name, coalesce(c.name, k.employer) as company, k.job_title, k.profile_url, k.email, k.pronouns,
               k.phone, k.place, k.time_zone, k.closeness as "closeness: Closeness", k.warmth as "warmth: Warmth", k.live_profile, k.why,
               i.id as "introduced_by?: ContactId", k.rhythm_days, k.retain_until as "retain_until: Day", k.notes,
               (select coalesce(json_agg(o.name order by o.name_key), '[]') from (
                   select name, name_key from companies where user_id = $1 and deleted_at is null order by name_key limit 500
               ) o) as "companies!: Json<Vec<String>>",
               (select coalesce(json_agg(to_json(p)), '[]') from (
                   select p.id, p.name || coalesce(', ' || coalesce(o.name, p.employer), '') as label
                   from contacts p left join companies o on o.user_id = $1 and o.id = p.company_id and o.deleted_at is null
                   where p.user_id = $1 and p.id <> k.id and p.deleted_at is null and p.id = any(array(
                       select f.id from unnest(array['connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'requested', 'identified', 'moved_on', 'declined']) s (stage)
                       cross join lateral (
                           select l.id from contacts l where l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
                           order by l.name_folded, l.id limit $3 + 1) f
                       union select k.introduced_by))
                   order by p.id is not distinct from k.introduced_by desc, p.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch') desc, p.name_folded, p.id
                   limit $3
               ) p) as "people!: Json<Vec<Choice>>"
           from contacts k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           left join contacts i on i.user_id = $1 and i.id = k.introduced_by and i.deleted_at is null
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
        FEW as i64,
    )
    .fetch_optional(db)
    .await
}

/// What a contact was before it is changed.
pub struct Before {
    pub version: i32,
    pub company_id: Option<CompanyId>,
    /// The company's name now, or the employer as it was given.
    pub company: Option<String>,
    pub rhythm_days: Option<i16>,
}

/// Holds a contact until the transaction ends, and tells what it was.
pub async fn before(db: impl PgExecutor<'_>, by: Owner, id: ContactId) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"select k.version, k.company_id as "company_id: CompanyId", coalesce(c.name, k.employer) as company, k.rhythm_days
           from contacts k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null for update of k"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What came of saving an edited contact.
pub enum Saved {
    /// It is saved.
    Yes,
    /// Another contact has that profile.
    ProfileTaken,
}

/// Saves the columns the form owns.
pub async fn update(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    new: &ContactDetails,
    company: Option<CompanyId>,
    employer: Option<&CompanyName>,
) -> sqlx::Result<Saved> {
    let employer_key = employer.map(CompanyName::key);
    let done = sqlx::query!(
        "update contacts set name = $3, company_id = $4, employer = $5, employer_key = $6, job_title = $7, profile_url = $8,
             profile_key = $9, email = $10, phone = $11, place = $12, time_zone = $13, closeness = $14, warmth = $15,
             live_profile = $16, why = $17, introduced_by = $18, rhythm_days = $19, retain_until = $20,
             leaves_on = case when retain_until is distinct from $20 then null else leaves_on end,
             kept_for_good = case when retain_until is distinct from $20 then null else kept_for_good end,
             warmth_said = case when warmth is distinct from $15 then true else warmth_said end, notes = $21, name_folded = $22,
             pronouns = $23, job_title_folded = $24, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        id as _,
        new.name.as_str(),
        company as _,
        employer.map(CompanyName::as_str),
        employer_key.as_ref().map(|key| key.as_str()),
        new.job_title.as_ref().map(|t| t.as_str()),
        new.profile.as_ref().map(|p| p.as_str()),
        new.profile.as_ref().map(|p| p.key()),
        new.email.as_ref().map(|e| e.as_str()),
        new.phone.as_ref().map(|t| t.as_str()),
        new.place.as_ref().map(|t| t.as_str()),
        new.time_zone.as_deref(),
        new.closeness as _,
        new.warmth as _,
        new.live_profile,
        new.why.as_ref().map(|t| t.as_str()),
        new.introduced_by as _,
        Rhythm::kept(new.rhythm),
        new.retain_until.map(Day) as _,
        new.notes.as_ref().map(|t| t.as_str()),
        sorted_by(new.name.as_str()),
        new.pronouns.as_ref().map(|t| t.as_str()),
        new.job_title.as_ref().map(|t| sorted_by(t.as_str())),
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Saved::Yes),
        Err(e) => on_constraint(e, &["contacts_profile_taken"], Saved::ProfileTaken),
    }
}

/// Whose profile it is.
pub async fn holder(db: impl PgExecutor<'_>, by: impl Into<Viewer>, profile_key: &str) -> sqlx::Result<Option<Named>> {
    sqlx::query_as!(
        Named,
        r#"select id as "id: ContactId", name from contacts where user_id = $1 and profile_key = $2 and deleted_at is null"#,
        by.into().user_id() as _,
        profile_key,
    )
    .fetch_optional(db)
    .await
}

/// The name of a contact, if it is on the list.
pub async fn name_of(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: ContactId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select name from contacts where user_id = $1 and id = $2 and deleted_at is null",
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Whether the id is taken by a contact, be it in the bin.
pub async fn is_taken(db: impl PgExecutor<'_>, by: Owner, id: ContactId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from contacts where user_id = $1 and id = $2) as "taken!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_one(db)
    .await
}

/// Keeps where someone lives, as it was learned beside another thing.
pub async fn set_time_zone(db: impl PgExecutor<'_>, by: Owner, id: ContactId, zone: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update contacts set time_zone = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null and time_zone is distinct from $3",
        by.user_id() as _,
        id as _,
        zone,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a contact in the bin and returns its name.
pub async fn delete(db: impl PgExecutor<'_>, by: Owner, id: ContactId, now: Timestamp) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update contacts set deleted_at = $3, version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Puts those contacts in the bin.
pub async fn delete_those(db: impl PgExecutor<'_>, by: Owner, ids: &[ContactId], now: Timestamp) -> sqlx::Result<()> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update contacts set deleted_at = $3, version = version + 1
         where user_id = $1 and id = any($2) and deleted_at is null",
        by.user_id() as _,
        &ids,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A contact that is out of the bin again.
pub struct Back {
    pub name: String,
    /// The import it came with was taken back meanwhile.
    pub import_is_undone: bool,
}

/// Takes a contact out of the bin.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: ContactId) -> sqlx::Result<Restored<Back>> {
    let restored = sqlx::query_as!(
        Back,
        r#"update contacts k set deleted_at = null, version = k.version + 1
           where k.user_id = $1 and k.id = $2 and k.deleted_at is not null
           returning k.name, exists (select from imports i
               where i.user_id = $1 and i.id = k.import_id and i.status = 'undone') as "import_is_undone!""#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await;
    Restored::of(restored, "contacts_profile_taken")
}

/// What the form means.
pub struct ContactDetails {
    pub name: Line<200>,
    pub company: Option<CompanyName>,
    pub job_title: Option<Line<200>>,
    pub profile: Option<ProfileAddress>,
    pub email: Option<EmailAddress>,
    pub closeness: Closeness,
    pub warmth: Warmth,
    pub why: Option<Line<500>>,
    pub introduced_by: Option<ContactId>,
    pub pronouns: Option<Line<50>>,
    pub phone: Option<Line<50>>,
    pub place: Option<Line<200>>,
    pub time_zone: Option<String>,
    pub live_profile: bool,
    pub rhythm: Rhythm,
    pub retain_until: Option<Date>,
    pub notes: Option<Text<20_000>>,
}

/// Says how near a contact's work is. Returns what was said before.
pub async fn set_closeness(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    closeness: Closeness,
) -> sqlx::Result<Option<Closeness>> {
    sqlx::query_scalar!(
        r#"update contacts k set closeness = $3, version = k.version + 1
           from (select id, closeness from contacts where user_id = $1 and id = $2 and deleted_at is null for update) b
           where k.user_id = $1 and k.id = b.id returning b.closeness as "closeness: Closeness""#,
        by.user_id() as _,
        id as _,
        closeness.as_str(),
    )
    .fetch_optional(db)
    .await
}

/// How someone was known, and whether the user had said so.
pub struct KnownBy {
    pub warmth: Warmth,
    pub said: bool,
}

/// Says how someone is known, or that nobody said. Returns how it was before.
pub async fn set_warmth(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    warmth: Warmth,
    said: bool,
) -> sqlx::Result<Option<KnownBy>> {
    sqlx::query_as!(
        KnownBy,
        r#"update contacts k set warmth = $3, warmth_said = nullif($4, false), version = k.version + 1
           from (select id, warmth, warmth_said from contacts where user_id = $1 and id = $2 and deleted_at is null for update) b
           where k.user_id = $1 and k.id = b.id returning b.warmth as "warmth: Warmth", b.warmth_said is not null as "said!""#,
        by.user_id() as _,
        id as _,
        warmth.as_str(),
        said,
    )
    .fetch_optional(db)
    .await
}
