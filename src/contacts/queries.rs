//! SQL of contacts and their touchpoints: adding them here, the pages in the modules.

pub mod before;
pub mod bulk;
pub mod bulk_changes;
pub mod captures;
pub mod choosing;
pub mod dates;
pub mod duplicates;
pub mod edit;
pub mod ending;
pub mod forgotten;
pub mod histories;
pub mod in_touch;
pub mod introducer;
pub mod keeping;
pub mod lines;
pub mod list;
pub mod listed;
mod ordered;
pub mod reasons;
pub mod renewal;
pub mod retention;
pub mod several;
pub mod show;
pub mod suggestions;
pub mod tags;
pub mod templates;
mod withheld;

use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::contact::{NewContact, NewTouchpoint};
use crate::access::Owner;
use crate::database::{At, Day};
use crate::folding::sorted_by;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::event::{Direction, Kind};
use crate::playbook::standing::Standing;

/// Ties contacts whose employer is now a target company to that company. Returns how many.
pub async fn match_employers(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<i64> {
    let done = sqlx::query!(
        "update contacts k set company_id = c.id, version = k.version + 1
         from companies c
         where k.user_id = $1 and c.user_id = $1 and k.company_id is null and k.deleted_at is null
             and c.name_key = k.employer_key and c.deleted_at is null",
        by.user_id() as _,
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// Holds a contact until the transaction ends, and tells its rhythm; nothing if there is no such contact.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: ContactId) -> sqlx::Result<Option<Option<i16>>> {
    sqlx::query_scalar!(
        "select rhythm_days from contacts where user_id = $1 and id = $2 and deleted_at is null for update",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Whether a touchpoint belongs to the contact and may be taken back.
pub async fn can_undo(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    touchpoint: TouchpointId,
) -> sqlx::Result<bool> {
    let kind = sqlx::query_scalar!(
        r#"select kind as "kind: Kind" from touchpoints where user_id = $1 and contact_id = $2 and id = $3"#,
        by.user_id() as _,
        contact as _,
        touchpoint as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(kind.is_some_and(Kind::is_undoable))
}

/// What came of adding a touchpoint's row.
pub enum Inserted {
    /// It is there.
    Yes,
    /// It was there.
    Again,
    /// What it takes back was taken back before.
    UndoneAlready,
}

/// Adds the row of a touchpoint, marked with the program that writes it.
pub async fn insert_touchpoint(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    new: &NewTouchpoint,
    program: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<Inserted> {
    let (template, template_version) = new.template.as_ref().map(|(key, version)| (key.as_str(), *version)).unzip();
    let done = sqlx::query!(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, until, body, note,
             template, template_version, undoes, interview_id, referral_id, introduction_id, created_at, import_id, program)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         on conflict do nothing",
        by.user_id() as _,
        new.id as _,
        contact as _,
        new.kind as _,
        new.kind.direction() as _,
        new.channel as _,
        Day(new.on) as _,
        At(new.at) as _,
        new.until.map(Day) as _,
        new.body.as_ref().map(|t| t.as_str()),
        new.note.as_ref().map(|t| t.as_str()),
        template,
        template_version,
        new.undoes as _,
        new.interview as _,
        new.referral as _,
        new.introduction as _,
        At(now) as _,
        new.import as _,
        program,
    )
    .execute(db)
    .await?;
    Ok(match (done.rows_affected(), new.undoes) {
        (1, _) => Inserted::Yes,
        (_, None) => Inserted::Again,
        (_, Some(_)) => Inserted::UndoneAlready,
    })
}

/// Writes what the playbook made of a history.
pub async fn set_standing(db: impl PgExecutor<'_>, by: Owner, id: ContactId, standing: &Standing) -> sqlx::Result<()> {
    let (step, due) = standing.next.map_or((None, None), |next| (Some(next.step), next.due));
    sqlx::query!(
        "update contacts set stage = $3, next_step = $4, next_due = $5, next_turns_on = $6, requested_on = $7, asked_on = $8,
             talk_on = $9, last_touch_on = $10, occasion_on = $11, step_after = $12, step_after_on = $13
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        standing.stage as _,
        step as _,
        due.map(Day) as _,
        standing.turns_on.map(Day) as _,
        standing.requested_on.map(Day) as _,
        standing.asked_on.map(Day) as _,
        standing.talk_on.map(Day) as _,
        standing.last_touch.map(Day) as _,
        standing.occasion.map(Day) as _,
        standing.after.map(|(kind, _)| kind) as _,
        standing.after.map(|(_, on)| Day(on)) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds the rows of contacts, each with its first standing; one whose id or profile is known is left out.
pub async fn insert(
    db: impl PgExecutor<'_>,
    by: Owner,
    contacts: &[&NewContact],
    firsts: &[(TouchpointId, Standing)],
    now: Timestamp,
) -> sqlx::Result<Vec<ContactId>> {
    let text = |of: fn(&NewContact) -> Option<&str>| -> Vec<Option<String>> {
        contacts.iter().map(|contact| of(contact).map(str::to_owned)).collect()
    };
    let ids: Vec<Uuid> = contacts.iter().map(|c| c.id.0).collect();
    let names: Vec<String> = contacts.iter().map(|c| c.name.as_str().to_owned()).collect();
    let folded: Vec<String> = contacts.iter().map(|c| sorted_by(c.name.as_str())).collect();
    let titles_folded: Vec<Option<String>> =
        contacts.iter().map(|c| c.job_title.as_ref().map(|title| sorted_by(title.as_str()))).collect();
    let companies: Vec<Option<Uuid>> = contacts.iter().map(|c| c.company_id.map(|id| id.0)).collect();
    let employer_keys: Vec<Option<String>> =
        contacts.iter().map(|c| c.employer.as_ref().map(|e| e.key().as_str().to_owned())).collect();
    let introducers: Vec<Option<Uuid>> = contacts.iter().map(|c| c.introduced_by.map(|id| id.0)).collect();
    let imports: Vec<Option<Uuid>> = contacts.iter().map(|c| c.import_id.map(|id| id.0)).collect();
    let connected: Vec<Option<Day>> = contacts.iter().map(|c| c.connected_on.map(Day)).collect();
    let steps: Vec<Option<String>> = firsts.iter().map(|(_, s)| s.next.map(|n| n.step.as_str().to_owned())).collect();
    let dues: Vec<Option<Day>> = firsts.iter().map(|(_, s)| s.next.and_then(|n| n.due).map(Day)).collect();
    let stages: Vec<String> = firsts.iter().map(|(_, s)| s.stage.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"insert into contacts (user_id, id, name, name_folded, company_id, employer, employer_key, job_title, profile_url, profile_key, email,
               closeness, warmth, why, introduced_by, connected_on, import_id, stage, next_step, next_due, phone, notes, created_at,
               job_title_folded, said_name, said_employer, said_job_title, said_email)
           select $1, n.id, n.name, n.name_folded, n.company_id, n.employer, n.employer_key, n.job_title, n.profile_url, n.profile_key, n.email,
               n.closeness, n.warmth, n.why, n.introduced_by, n.connected_on, n.import_id, n.stage, n.next_step, n.next_due,
               n.phone, n.notes, $20, n.job_title_folded,
               case when n.is_as_listed then n.name end, case when n.is_as_listed then n.employer end,
               case when n.is_as_listed then n.job_title end, case when n.is_as_listed then n.email end
           from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
               $11::text[], $12::text[], $13::text[], $14::uuid[], $15::date[], $16::uuid[], $17::text[], $18::text[], $19::date[],
               $21::text[], $22::text[], $23::text[], $24::text[], $25::bool[])
               as n (id, name, company_id, employer, employer_key, job_title, profile_url, profile_key, email,
                   closeness, warmth, why, introduced_by, connected_on, import_id, stage, next_step, next_due,
                   phone, notes, name_folded, job_title_folded, is_as_listed)
           on conflict do nothing
           returning id as "id: ContactId""#,
        by.user_id() as _,
        &ids,
        &names,
        &companies as &[Option<Uuid>],
        &text(|c| c.employer.as_ref().map(|e| e.as_str())) as &[Option<String>],
        &employer_keys as &[Option<String>],
        &text(|c| c.job_title.as_ref().map(|t| t.as_str())) as &[Option<String>],
        &text(|c| c.profile.as_ref().map(|p| p.as_str())) as &[Option<String>],
        &text(|c| c.profile.as_ref().map(|p| p.key())) as &[Option<String>],
        &text(|c| c.email.as_ref().map(|e| e.as_str())) as &[Option<String>],
        &text(|c| Some(c.closeness.as_str())) as &[Option<String>],
        &text(|c| Some(c.warmth.as_str())) as &[Option<String>],
        &text(|c| c.why.as_ref().map(|t| t.as_str())) as &[Option<String>],
        &introducers as &[Option<Uuid>],
        &connected as _,
        &imports as &[Option<Uuid>],
        &stages,
        &steps as &[Option<String>],
        &dues as _,
        At(now) as _,
        &text(|c| c.phone.as_ref().map(|p| p.as_str())) as &[Option<String>],
        &text(|c| c.notes.as_ref().map(|n| n.as_str())) as &[Option<String>],
        &folded,
        &titles_folded as &[Option<String>],
        &contacts.iter().map(|c| c.is_as_listed).collect::<Vec<bool>>(),
    )
    .fetch_all(db)
    .await
}

/// Adds the first line of the history of those contacts that were added.
pub async fn insert_firsts(
    db: impl PgExecutor<'_>,
    by: Owner,
    contacts: &[&NewContact],
    firsts: &[(TouchpointId, Standing)],
    added: &[ContactId],
    program: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = firsts.iter().map(|(id, _)| id.0).collect();
    let contact_ids: Vec<Uuid> = contacts.iter().map(|c| c.id.0).collect();
    let kinds: Vec<String> = contacts.iter().map(|c| c.start.kind().as_str().to_owned()).collect();
    let days: Vec<Day> = contacts.iter().map(|c| Day(c.on)).collect();
    let added: Vec<Uuid> = added.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at, program)
         select $1, n.id, n.contact_id, n.kind, $6, n.happened_on, $7, $7, $9
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[]) as n (id, contact_id, kind, happened_on)
         where n.contact_id = any($8)
         on conflict do nothing",
        by.user_id() as _,
        &ids,
        &contact_ids,
        &kinds,
        &days as _,
        Direction::None as _,
        At(now) as _,
        &added,
        program,
    )
    .execute(db)
    .await?;
    Ok(())
}
