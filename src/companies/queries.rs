//! SQL of companies.

pub mod careers;
pub mod list;
pub mod listed;
pub mod renewal;

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use super::company::{FoundBy, Motivation, Posting, Status};
use super::edit::Edited;
use super::name::CompanyName;
use super::show::{DossierRow, HistoryRow, OpeningRow, PersonRow, ReferralRow};
use crate::access::{Owner, Viewer};
use crate::address::WebAddress;
use crate::database::At;
use crate::ids::CompanyId;
use crate::playbook::approach::Person;
use crate::playbook::path::Candidate;

/// A company with everything its page shows.
pub struct Whole {
    pub id: CompanyId,
    pub name: String,
    pub website: Option<String>,
    pub careers_url: Option<String>,
    pub linkedin_id: Option<String>,
    pub industry: Option<String>,
    pub place: Option<String>,
    pub notes: Option<String>,
    pub found_by: FoundBy,
    pub motivation: i16,
    pub posting: i16,
    pub status: Status,
    pub status_reason: Option<String>,
    pub version: i32,
    /// The best ten for a talk or a referral, the best first.
    pub people: Json<Vec<PersonRow>>,
    /// How many there are.
    pub people_there: i64,
    /// Who could introduce the user to somebody there.
    pub ways: Json<Vec<Candidate>>,
    pub openings: Json<Vec<OpeningRow>>,
    pub referrals: Json<Vec<ReferralRow>>,
    pub history: Json<Vec<HistoryRow>>,
    pub dossier: Json<DossierRow>,
    /// The people, as far as it matters for whom to ask next.
    pub there: Json<Vec<Person>>,
}

/// One company, its people, openings and latest history.
pub async fn find(db: impl PgExecutor<'_>, by: impl Into<Viewer>, id: CompanyId) -> sqlx::Result<Option<Whole>> {
    sqlx::query_as!(
        Whole,
        r#"select c.id as "id: CompanyId", c.name, c.website, c.careers_url, c.linkedin_id, c.industry, c.place, c.notes,
               c.found_by as "found_by: FoundBy", c.motivation, c.posting, c.status as "status: Status", c.status_reason, c.version,
               (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
                   select p.id, p.name, p.job_title, p.stage, p.next_step, p.next_due from contacts p
                   where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                   order by array_position(array['in_touch', 'spoke', 'scheduled', 'asked', 'connected', 'requested', 'identified',
                           'moved_on', 'declined'], p.stage), p.next_due nulls last,
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness), p.name_folded, p.id
                   limit 10
               ) s) as "people!: Json<Vec<PersonRow>>",
               (select count(*) from contacts p where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null) as "people_there!",
               (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'job_title', w.job_title,
                       'employer', w.employer, 'stage', w.stage, 'last_touch', w.last_touch_on, 'warmth', w.warmth,
                       'works_there', coalesce(w.company_id = c.id, false),
                       'bridges', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'name', p.name, 'status', n.status)
                               order by n.id), '[]')
                           from introductions n join contacts p on p.user_id = $1 and p.id = n.introduced_id
                           where n.user_id = $1 and n.introducer_id = w.id and p.company_id = c.id
                               and n.deleted_at is null and p.deleted_at is null),
                       'led_to', (select coalesce(jsonb_agg(p.name order by p.name_folded, p.id), '[]')
                           from contacts p where p.user_id = $1 and p.introduced_by = w.id and p.company_id = c.id
                               and p.deleted_at is null)
                       )), '[]')
                   from contacts w
                   where w.user_id = $1 and w.deleted_at is null and w.id in (
                       select p.id from contacts p where p.user_id = $1 and p.company_id = c.id
                       union select p.introduced_by from contacts p
                           where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                       union select n.introducer_id from introductions n join contacts p on p.user_id = $1 and p.id = n.introduced_id
                           where n.user_id = $1 and n.deleted_at is null and p.company_id = c.id and p.deleted_at is null
                   )
               ) as "ways!: Json<Vec<Candidate>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'status', o.status, 
                       'seen_on', o.seen_on, 'confirmed_by', k.name, 'confirmed_on', o.confirmed_on) order by o.seen_on desc, o.id), '[]')
                   from openings o left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by
                   where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
               ) as "openings!: Json<Vec<OpeningRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', p.name, 'opening', o.title, 'status', r.status,
                       'outcome', r.outcome, 'next_step', r.next_step, 'next_due', r.next_due)
                       order by array_position(array['made', 'agreed', 'asked', 'to_ask', 'declined', 'withdrawn'], r.status), r.id), '[]')
                   from referrals r
                   join contacts p on p.user_id = r.user_id and p.id = r.contact_id
                   left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and p.user_id = $1 and r.company_id = c.id and r.deleted_at is null and p.deleted_at is null
               ) as "referrals!: Json<Vec<ReferralRow>>",
               (select coalesce(jsonb_agg(jsonb_build_object('contact', h.contact_id, 'name', h.name, 'kind', h.kind,
                       'on', h.happened_on) order by h.happened_on desc, h.id desc), '[]')
                   from (
                       select t.id, t.contact_id, p.name, t.kind, t.happened_on
                       from touchpoints t join contacts p on p.user_id = t.user_id and p.id = t.contact_id
                       where t.user_id = $1 and p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                           and t.direction <> 'none' and t.kind <> 'undone'
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                       order by t.happened_on desc, t.id desc limit 12
                   ) h
               ) as "history!: Json<Vec<HistoryRow>>",
               (select jsonb_build_object('lines', coalesce(sum(t.lines), 0), 'topics', count(*), 'sure', count(*) filter (where t.people > 1),
                       'people', (select count(distinct n.contact_id) from insights n
                           join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
                           where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and n.hidden_at is null))
                   from (
                       select n.topic, count(*) as lines, count(distinct n.contact_id) as people
                       from insights n left join contacts k on k.user_id = n.user_id and k.id = n.contact_id and k.deleted_at is null
                       where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null and n.hidden_at is null
                           and (n.contact_id is null or k.id is not null)
                       group by n.topic) t
               ) as "dossier!: Json<DossierRow>",
               -- The introducer is looked up and not joined: a planner that takes the table for a small one joins it whole.
               (select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object('introducer', (select i.name from contacts i
                       where i.user_id = $1 and i.id = w.introduced_by and i.deleted_at is null))), '[]') from (
                   select p.id, p.company_id as company, p.name, p.job_title, p.stage, p.next_step as step, p.next_due as due,
                       p.requested_on, p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.live_profile, p.introduced_by
                   from contacts p
                   where p.user_id = $1 and p.company_id = c.id and p.deleted_at is null
                   order by p.stage in ('identified', 'moved_on', 'declined'),
                       array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], p.warmth),
                       array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], p.closeness), p.id
                   limit 100
               ) w) as "there!: Json<Vec<Person>>"
           from companies c
           where c.user_id = $1 and c.id = $2 and c.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

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
#[derive(Debug, Clone, serde::Deserialize)]
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
    /// Somebody saved in between.
    Changed,
    /// There is no such company.
    Gone,
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
        Err(sqlx::Error::Database(e)) if e.constraint() == Some("companies_name_taken") => Ok(Saved::NameTaken),
        Err(e) => Err(e),
    }
}

/// Rates a company; what is not given stays. Returns its name.
pub async fn rate(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    motivation: Option<Motivation>,
    posting: Option<Posting>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set motivation = coalesce($3, motivation), posting = coalesce($4, posting), version = version + 1
         where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        motivation.map(Motivation::get),
        posting.map(Posting::get),
    )
    .fetch_optional(db)
    .await
}

/// Name and status of a company before a change.
pub struct Before {
    pub name: String,
    pub status: Status,
    pub status_reason: Option<String>,
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
           returning new.name, old.status as "status: Status", old.status_reason"#,
        by.user_id() as _,
        id as _,
        status as _,
        reason,
    )
    .fetch_optional(db)
    .await
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

/// What came of taking a company out of the bin.
pub enum Restored {
    /// It is back.
    Yes(Back),
    /// A company added since has its name.
    NameTaken,
    /// It is not in the bin.
    Gone,
}

/// Takes a company out of the bin.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: CompanyId) -> sqlx::Result<Restored> {
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
    match restored {
        Ok(Some(back)) => Ok(Restored::Yes(back)),
        Ok(None) => Ok(Restored::Gone),
        Err(sqlx::Error::Database(e)) if e.constraint() == Some("companies_name_taken") => Ok(Restored::NameTaken),
        Err(e) => Err(e),
    }
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
