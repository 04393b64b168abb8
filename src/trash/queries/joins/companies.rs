//! Of two companies.

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Direction, Moved, Pair};
use crate::access::Owner;
use crate::database::At;
use crate::trash::giving_back::Field;

/// What a join may have set: the columns a field is compared by, and those that go back with them.
pub const FIELDS: [Field; 11] = [
    (&["name_key"], &["name"]),
    (&["website"], &[]),
    (&["careers_url"], &[]),
    (&["linkedin_id"], &[]),
    (&["industry"], &[]),
    (&["place"], &[]),
    (&["motivation"], &[]),
    (&["posting"], &[]),
    (&["status", "status_reason"], &[]),
    (&["careers_rhythm_days"], &["careers_checked_on"]),
    (&["notes"], &[]),
];

/// A company in the bin, and the one on the list of the same name; or, with `into`, two on the list.
pub async fn pair(db: impl PgExecutor<'_>, by: Owner, gone: Uuid, into: Option<Uuid>) -> sqlx::Result<Option<Pair>> {
    sqlx::query_as!(
        Pair,
        r#"select g.id as gone, g.name as gone_name, g.notes as gone_notes, k.id as kept, k.name as kept_name, k.notes as kept_notes,
               k.version, to_jsonb(k) as "before!",
               jsonb_build_array(
                   jsonb_build_array('name', g.name, k.name), jsonb_build_array('website', g.website, k.website),
                   jsonb_build_array('careers_url', g.careers_url, k.careers_url),
                   jsonb_build_array('linkedin', g.linkedin_id, k.linkedin_id),
                   jsonb_build_array('industry', g.industry, k.industry), jsonb_build_array('place', g.place, k.place),
                   jsonb_build_array('motivation', nullif(g.motivation, 0)::text, nullif(k.motivation, 0)::text),
                   jsonb_build_array('posting', nullif(g.posting, 0)::text, nullif(k.posting, 0)::text),
                   jsonb_build_array('status',
                       case when g.status <> 'active' or k.status <> 'active' then concat_ws(': ', g.status, g.status_reason) end,
                       case when g.status <> 'active' or k.status <> 'active' then concat_ws(': ', k.status, k.status_reason) end),
                   jsonb_build_array('careers_rhythm', g.careers_rhythm_days::text, k.careers_rhythm_days::text)
               ) as "facts!: Json<Vec<(String, Option<String>, Option<String>)>>",
               jsonb_build_array(
                   jsonb_build_array('People',
                       (select count(*) from contacts p where p.user_id = $1 and p.company_id = g.id and p.deleted_at is null),
                       (select count(*) from contacts p where p.user_id = $1 and p.company_id = k.id and p.deleted_at is null)),
                   jsonb_build_array('Talks',
                       (select count(*) from informational_interviews i where i.user_id = $1 and i.company_id = g.id and i.deleted_at is null),
                       (select count(*) from informational_interviews i where i.user_id = $1 and i.company_id = k.id and i.deleted_at is null)),
                   jsonb_build_array('Openings',
                       (select count(*) from openings o where o.user_id = $1 and o.company_id = g.id and o.deleted_at is null),
                       (select count(*) from openings o where o.user_id = $1 and o.company_id = k.id and o.deleted_at is null)),
                   jsonb_build_array('Referrals',
                       (select count(*) from referrals r where r.user_id = $1 and r.company_id = g.id and r.deleted_at is null),
                       (select count(*) from referrals r where r.user_id = $1 and r.company_id = k.id and r.deleted_at is null))
               ) as "counts!: Json<Vec<(String, i64, i64)>>"
           from companies g join companies k on k.user_id = g.user_id and k.id <> g.id and k.deleted_at is null
           where g.user_id = $1 and k.user_id = $1 and g.id = $2 and case
               when $3::uuid is null then g.deleted_at is not null and k.name_key = g.name_key
               else g.deleted_at is null and k.id = $3 end"#,
        by.user_id() as _,
        gone,
        into,
    )
    .fetch_optional(db)
    .await
}

/// Fills what is empty in the one that stays with what the other says, and what is chosen whether it is empty or not. Returns
/// the row that was made of it; nothing where it was changed since `pair` was read.
pub async fn fill(
    db: impl PgExecutor<'_>,
    by: Owner,
    pair: &Pair,
    chosen: &[String],
    notes: Option<&str>,
) -> sqlx::Result<Option<serde_json::Value>> {
    sqlx::query_scalar!(
        r#"update companies k set
             name = case when 'name' = any($6) then g.name else k.name end,
             name_key = case when 'name' = any($6) then g.name_key else k.name_key end,
             website = case when 'website' = any($6) or k.website is null then g.website else k.website end,
             careers_url = case when 'careers_url' = any($6) or k.careers_url is null then g.careers_url else k.careers_url end,
             linkedin_id = case when 'linkedin' = any($6) or k.linkedin_id is null then g.linkedin_id else k.linkedin_id end,
             industry = case when 'industry' = any($6) or k.industry is null then g.industry else k.industry end,
             place = case when 'place' = any($6) or k.place is null then g.place else k.place end,
             motivation = case when 'motivation' = any($6) or k.motivation = 0 then g.motivation else k.motivation end,
             posting = case when 'posting' = any($6) or k.posting = 0 then g.posting else k.posting end,
             status = case when 'status' = any($6) then g.status else k.status end,
             status_reason = case when 'status' = any($6) then g.status_reason else k.status_reason end,
             careers_rhythm_days = case when 'careers_rhythm' = any($6) or k.careers_rhythm_days is null then g.careers_rhythm_days
                 else k.careers_rhythm_days end,
             careers_checked_on = greatest(k.careers_checked_on, g.careers_checked_on), notes = $5, version = k.version + 1
         from companies g
         where k.user_id = $1 and g.user_id = $1 and g.id = $2 and k.id = $3 and k.version = $4
         returning to_jsonb(k) as "after!""#,
        by.user_id() as _,
        pair.gone,
        pair.kept,
        pair.version,
        notes,
        chosen,
    )
    .fetch_optional(db)
    .await
}

/// The row of the one that stayed, held until the transaction ends.
pub async fn hold(db: impl PgExecutor<'_>, by: Owner, kept: Uuid) -> sqlx::Result<Option<serde_json::Value>> {
    sqlx::query_scalar!(
        r#"select to_jsonb(k) as "row!" from companies k where k.user_id = $1 and k.id = $2 for update"#,
        by.user_id() as _,
        kept,
    )
    .fetch_optional(db)
    .await
}

/// Gives the one that stayed back what it said before, as it stands in this row. False where another on the list has its name
/// by now.
pub async fn give_back(db: impl PgExecutor<'_>, by: Owner, kept: Uuid, row: &serde_json::Value) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update companies k set
             name = b.name, name_key = b.name_key, website = b.website, careers_url = b.careers_url, linkedin_id = b.linkedin_id, industry = b.industry, place = b.place,
             motivation = b.motivation, posting = b.posting, status = b.status, status_reason = b.status_reason, careers_rhythm_days = b.careers_rhythm_days,
             careers_checked_on = b.careers_checked_on, notes = b.notes, version = k.version + 1
         from jsonb_populate_record(null::companies, $3) b
         where k.user_id = $1 and k.id = $2 and (k.deleted_at is not null or not exists (select from companies o
             where o.user_id = $1 and o.name_key = b.name_key and o.deleted_at is null and o.id <> k.id))",
        by.user_id() as _,
        kept,
        row,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts the one of two on the list that is to go in the bin.
pub async fn put_away(db: impl PgExecutor<'_>, by: Owner, gone: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update companies set deleted_at = $3, version = version + 1 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        gone,
        At(now) as _,
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// Takes it out again, unless one on the list has its name by now. False where it stays.
pub async fn take_out(db: impl PgExecutor<'_>, by: Owner, gone: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update companies c set deleted_at = null, version = c.version + 1
         where c.user_id = $1 and c.id = $2 and c.deleted_at is not null and not exists (select from companies o
             where o.user_id = $1 and o.name_key = c.name_key and o.deleted_at is null)",
        by.user_id() as _,
        gone,
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// What was added since to rows that go back, and so goes with them.
pub async fn add_since(db: &mut PgConnection, by: Owner, kept: Uuid, moved: &mut Moved) -> sqlx::Result<()> {
    let rows = sqlx::query!(
        r#"select 'insights' as "of!", n.id as "id!" from insights n
           where n.user_id = $1 and n.company_id = $2 and n.interview_id = any($3)
           union all select 'referrals', r.id from referrals r where r.user_id = $1 and r.company_id = $2 and r.opening_id = any($3)"#,
        by.user_id() as _,
        kept,
        &moved.all(),
    )
    .fetch_all(db)
    .await?;
    for row in rows {
        moved.add(&row.of, vec![row.id]);
    }
    Ok(())
}

moving! {
    /// Moves what hangs on a company, where any number may.
    most: contacts = "update contacts c set company_id = $3
        where c.user_id = $1 and c.company_id = $2 and ($4::uuid[] is null or c.id = any($4)) returning c.id";
    interviews = "update informational_interviews i set company_id = $3
        where i.user_id = $1 and i.company_id = $2 and ($4::uuid[] is null or i.id = any($4)) returning i.id";
    comments = "update comments m set company_id = $3
        where m.user_id = $1 and m.company_id = $2 and ($4::uuid[] is null or m.id = any($4)) returning m.id";
    insights = "update insights n set company_id = $3
        where n.user_id = $1 and n.company_id = $2 and ($4::uuid[] is null or n.id = any($4)) returning n.id";
    openings = "update openings o set company_id = $3
        where o.user_id = $1 and o.company_id = $2 and ($4::uuid[] is null or o.id = any($4)) returning o.id";
}

giving_way! {
    /// Moves what hangs on a company once with someone.
    once: referrals = "update referrals r set company_id = $3, deleted_at = case
            when $4::uuid[] is not null then nullif(r.deleted_at, $5)
            when r.opening_id is null and r.deleted_at is null and r.status not in ('declined', 'withdrawn') and exists (select from referrals o
                where o.user_id = $1 and o.company_id = $3 and o.contact_id = r.contact_id and o.opening_id is null
                    and o.deleted_at is null and o.status not in ('declined', 'withdrawn')) then $5
            else r.deleted_at end
        where r.user_id = $1 and r.company_id = $2 and ($4::uuid[] is null or r.id = any($4)) returning r.id";
}

/// Moves all that hangs on a company.
pub async fn all(db: &mut PgConnection, by: Owner, way: &Direction<'_>) -> sqlx::Result<Moved> {
    let mut moved = most(&mut *db, by, way).await?;
    once(db, by, way, &mut moved).await?;
    Ok(moved)
}
