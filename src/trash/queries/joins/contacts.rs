//! Of two contacts.

use jiff::Timestamp;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Direction, Moved, Pair};
use crate::access::Owner;
use crate::database::At;
use crate::trash::giving_back::Field;

/// What a join may have set: the columns a field is compared by, and those that go back with them.
pub const FIELDS: [Field; 21] = [
    (&["name"], &["name_folded"]),
    (&["profile_key"], &["profile_url"]),
    (&["employer", "company_id"], &["employer_key"]),
    (&["job_title"], &["job_title_folded"]),
    (&["email"], &[]),
    (&["phone"], &[]),
    (&["pronouns"], &[]),
    (&["place"], &[]),
    (&["time_zone"], &[]),
    (&["why"], &[]),
    (&["closeness"], &[]),
    (&["warmth", "warmth_said"], &[]),
    (&["live_profile"], &[]),
    (&["introduced_by"], &[]),
    (&["rhythm_days"], &[]),
    (&["retain_until", "kept_for_good"], &["leaves_on"]),
    (&["connected_on"], &[]),
    (&["said_name"], &[]),
    (&["said_employer", "said_job_title"], &[]),
    (&["said_email"], &[]),
    (&["notes"], &[]),
];

/// A contact in the bin and the one on the list with the same profile; or, with `into`, two on the list.
pub async fn pair(db: impl PgExecutor<'_>, by: Owner, gone: Uuid, into: Option<Uuid>) -> sqlx::Result<Option<Pair>> {
    sqlx::query_as!(
        Pair,
        r#"select g.id as gone, g.name as gone_name, g.notes as gone_notes, k.id as kept, k.name as kept_name, k.notes as kept_notes,
               k.version, to_jsonb(k) as "before!",
               jsonb_build_array(
                   jsonb_build_array('name', g.name, k.name), jsonb_build_array('job_title', g.job_title, k.job_title),
                   jsonb_build_array('company', g.employer, k.employer), jsonb_build_array('email', g.email, k.email),
                   jsonb_build_array('pronouns', g.pronouns, k.pronouns), jsonb_build_array('phone', g.phone, k.phone),
                   jsonb_build_array('place', g.place, k.place), jsonb_build_array('profile', g.profile_url, k.profile_url),
                   jsonb_build_array('why', g.why, k.why), jsonb_build_array('time_zone', g.time_zone, k.time_zone),
                   jsonb_build_array('closeness', nullif(g.closeness, 'other'), nullif(k.closeness, 'other')),
                   jsonb_build_array('warmth', case when g.warmth <> 'stranger' or g.warmth_said then g.warmth end,
                       case when k.warmth <> 'stranger' or k.warmth_said then k.warmth end),
                   jsonb_build_array('introduced_by',
                       (select o.name from contacts o where o.user_id = $1 and o.id = g.introduced_by and o.id <> k.id),
                       (select o.name from contacts o where o.user_id = $1 and o.id = k.introduced_by and o.id <> g.id)),
                   jsonb_build_array('rhythm', g.rhythm_days::text, k.rhythm_days::text),
                   jsonb_build_array('retention', case when g.kept_for_good then 'for_good' else g.retain_until::text end,
                       case when k.kept_for_good then 'for_good' else k.retain_until::text end)
               ) as "facts!: Json<Vec<(String, Option<String>, Option<String>)>>",
               jsonb_build_array(
                   jsonb_build_array('Lines of history',
                       (select count(*) from touchpoints t where t.user_id = $1 and t.contact_id = g.id),
                       (select count(*) from touchpoints t where t.user_id = $1 and t.contact_id = k.id)),
                   jsonb_build_array('Talks',
                       (select count(*) from informational_interviews i where i.user_id = $1 and i.contact_id = g.id and i.deleted_at is null),
                       (select count(*) from informational_interviews i where i.user_id = $1 and i.contact_id = k.id and i.deleted_at is null)),
                   jsonb_build_array('Referrals',
                       (select count(*) from referrals r where r.user_id = $1 and r.contact_id = g.id and r.deleted_at is null),
                       (select count(*) from referrals r where r.user_id = $1 and r.contact_id = k.id and r.deleted_at is null))
               ) as "counts!: Json<Vec<(String, i64, i64)>>"
           from contacts g join contacts k on k.user_id = g.user_id and k.id <> g.id and k.deleted_at is null
           where g.user_id = $1 and k.user_id = $1 and g.id = $2 and case
               when $3::uuid is null then g.deleted_at is not null and k.profile_key = g.profile_key
               else g.deleted_at is null and k.id = $3 end"#,
        by.user_id() as _,
        gone,
        into as _,
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
        r#"update contacts k set
             name = case when 'name' = any($6) then g.name else k.name end,
             name_folded = case when 'name' = any($6) then g.name_folded else k.name_folded end,
             profile_url = case when 'profile' = any($6) or k.profile_key is null then g.profile_url else k.profile_url end,
             profile_key = case when 'profile' = any($6) or k.profile_key is null then g.profile_key else k.profile_key end,
             company_id = case when 'company' = any($6) or (k.employer is null and k.company_id is null) then g.company_id else k.company_id end,
             employer = case when 'company' = any($6) or (k.employer is null and k.company_id is null) then g.employer else k.employer end,
             employer_key = case when 'company' = any($6) or (k.employer is null and k.company_id is null) then g.employer_key else k.employer_key end,
             job_title = case when 'job_title' = any($6) or k.job_title is null then g.job_title else k.job_title end,
             job_title_folded = case when 'job_title' = any($6) or k.job_title is null then g.job_title_folded else k.job_title_folded end,
             email = case when 'email' = any($6) or k.email is null then g.email else k.email end,
             phone = case when 'phone' = any($6) or k.phone is null then g.phone else k.phone end,
             pronouns = case when 'pronouns' = any($6) or k.pronouns is null then g.pronouns else k.pronouns end,
             place = case when 'place' = any($6) or k.place is null then g.place else k.place end,
             why = case when 'why' = any($6) or k.why is null then g.why else k.why end,
             time_zone = case when 'time_zone' = any($6) or k.time_zone is null then g.time_zone else k.time_zone end,
             closeness = case when 'closeness' = any($6) or k.closeness = 'other' then g.closeness else k.closeness end,
             warmth = case when 'warmth' = any($6) or (k.warmth = 'stranger' and k.warmth_said is null) then g.warmth else k.warmth end,
             warmth_said = case when 'warmth' = any($6) or (k.warmth = 'stranger' and k.warmth_said is null) then g.warmth_said else k.warmth_said end,
             live_profile = k.live_profile or g.live_profile,
             introduced_by = case when 'introduced_by' = any($6) or k.introduced_by is null or k.introduced_by = g.id then nullif(g.introduced_by, k.id) else k.introduced_by end,
             rhythm_days = case when 'rhythm' = any($6) or k.rhythm_days is null then g.rhythm_days else k.rhythm_days end,
             retain_until = case when 'retention' = any($6) or (k.retain_until is null and k.kept_for_good is null) then g.retain_until
                 else k.retain_until end,
             kept_for_good = case when 'retention' = any($6) or (k.retain_until is null and k.kept_for_good is null) then g.kept_for_good
                 else k.kept_for_good end,
             leaves_on = null,
             said_name = coalesce(k.said_name, g.said_name), said_employer = coalesce(k.said_employer, g.said_employer),
             said_job_title = coalesce(k.said_job_title, g.said_job_title), said_email = coalesce(k.said_email, g.said_email),
             connected_on = least(k.connected_on, g.connected_on), notes = $5, version = k.version + 1
         from contacts g
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
        r#"select to_jsonb(k) as "row!" from contacts k where k.user_id = $1 and k.id = $2 for update"#,
        by.user_id() as _,
        kept,
    )
    .fetch_optional(db)
    .await
}

/// Gives the one that stayed back what it said before, as it stands in this row. False where another on the list has its profile
/// by now.
pub async fn give_back(db: impl PgExecutor<'_>, by: Owner, kept: Uuid, row: &serde_json::Value) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update contacts k set
             company_id = (select c.id from companies c where c.user_id = $1 and c.id = b.company_id),
             introduced_by = (select o.id from contacts o where o.user_id = $1 and o.id = b.introduced_by),
             name = b.name, name_folded = b.name_folded, profile_url = b.profile_url, profile_key = b.profile_key,
             employer = b.employer, employer_key = b.employer_key, job_title = b.job_title, job_title_folded = b.job_title_folded,
             email = b.email, phone = b.phone,
             pronouns = b.pronouns, place = b.place, time_zone = b.time_zone, why = b.why, closeness = b.closeness, warmth = b.warmth, warmth_said = b.warmth_said,
             live_profile = b.live_profile, rhythm_days = b.rhythm_days, retain_until = b.retain_until, kept_for_good = b.kept_for_good,
             leaves_on = b.leaves_on, connected_on = b.connected_on, said_name = b.said_name, said_employer = b.said_employer,
             said_job_title = b.said_job_title, said_email = b.said_email,
             notes = b.notes, version = k.version + 1
         from jsonb_populate_record(null::contacts, $3) b
         where k.user_id = $1 and k.id = $2 and (k.deleted_at is not null or not exists (select from contacts o
             where o.user_id = $1 and o.profile_key = b.profile_key and o.deleted_at is null and o.id <> k.id))",
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
        "update contacts set deleted_at = $3, version = version + 1 where user_id = $1 and id = $2 and deleted_at is null",
        by.user_id() as _,
        gone,
        At(now) as _,
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// Takes it out again, unless somebody on the list has its profile by now. False where it stays.
pub async fn take_out(db: impl PgExecutor<'_>, by: Owner, gone: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update contacts k set deleted_at = null, version = k.version + 1
         where k.user_id = $1 and k.id = $2 and k.deleted_at is not null and not exists (select from contacts o
             where o.user_id = $1 and o.profile_key = k.profile_key and o.deleted_at is null)",
        by.user_id() as _,
        gone,
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// What was added since to rows that go back, and so goes with them.
pub async fn add_since(db: &mut PgConnection, by: Owner, kept: Uuid, moved: &mut Moved) -> sqlx::Result<()> {
    let rows = sqlx::query!(
        r#"select 'touchpoints' as "of!", t.id as "id!" from touchpoints t
           where t.user_id = $1 and t.contact_id = $2 and (t.undoes = any($3) or t.interview_id = any($3) or t.referral_id = any($3))
           union all select 'insights', n.id from insights n where n.user_id = $1 and n.contact_id = $2 and n.interview_id = any($3)
           union all select 'action_items', a.id from action_items a where a.user_id = $1 and a.contact_id = $2 and a.interview_id = any($3)"#,
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
    /// Moves what hangs on a contact, where any number may.
    most: touchpoints = "update touchpoints t set contact_id = $3
        where t.user_id = $1 and t.contact_id = $2 and ($4::uuid[] is null or t.id = any($4)) returning t.id";
    interviews = "update informational_interviews i set contact_id = $3
        where i.user_id = $1 and i.contact_id = $2 and ($4::uuid[] is null or i.id = any($4)) returning i.id";
    insights = "update insights n set contact_id = $3
        where n.user_id = $1 and n.contact_id = $2 and ($4::uuid[] is null or n.id = any($4)) returning n.id";
    action_items = "update action_items a set contact_id = $3
        where a.user_id = $1 and a.contact_id = $2 and ($4::uuid[] is null or a.id = any($4)) returning a.id";
    contact_dates = "update contact_dates d set contact_id = $3
        where d.user_id = $1 and d.contact_id = $2 and ($4::uuid[] is null or d.id = any($4)) returning d.id";
    reasons = "update reasons r set contact_id = $3
        where r.user_id = $1 and r.contact_id = $2 and ($4::uuid[] is null or r.id = any($4)) returning r.id";
    comments = "update comments m set contact_id = $3
        where m.user_id = $1 and m.contact_id = $2 and ($4::uuid[] is null or m.id = any($4)) returning m.id";
    contact_tags = "update contact_tags x set contact_id = $3
        where x.user_id = $1 and x.contact_id = $2 and ($4::uuid[] is null or x.id = any($4))
            and not exists (select from contact_tags o where o.user_id = $1 and o.contact_id = $3 and o.tag_id = x.tag_id)
        returning x.id";
    confirmed_openings = "update openings o set confirmed_by = $3
        where o.user_id = $1 and o.confirmed_by = $2 and ($4::uuid[] is null or o.id = any($4)) returning o.id";
    introduced_contacts = "update contacts c set introduced_by = $3
        where c.user_id = $1 and c.introduced_by = $2 and c.id <> $3 and ($4::uuid[] is null or c.id = any($4)) returning c.id";
    led_before = "update introductions n set earlier_introducer_id = $3
        where n.user_id = $1 and n.earlier_introducer_id = $2 and ($4::uuid[] is null or n.id = any($4)) returning n.id";
    talk_proposals = "update talk_proposals p set contact_id = $3
        where p.user_id = $1 and p.contact_id = $2 and ($4::uuid[] is null or p.id = any($4))
            and not exists (select from talk_proposals o where o.user_id = $1 and o.contact_id = $3) returning p.id";
    contact_changes = "update contact_changes h set contact_id = $3
        where h.user_id = $1 and h.contact_id = $2 and ($4::uuid[] is null or h.id = any($4))
            and not exists (select from contact_changes o where o.user_id = $1 and o.contact_id = $3 and o.import_id = h.import_id)
        returning h.id";
}

giving_way! {
    /// Moves what hangs on a contact once with someone or something else.
    once: introducing = "update introductions n set introducer_id = $3, deleted_at = case
            when $4::uuid[] is not null then nullif(n.deleted_at, $5)
            when n.deleted_at is null and exists (select from introductions o where o.user_id = $1 and o.introducer_id = $3
                and o.introduced_id = n.introduced_id and o.deleted_at is null) then $5
            else n.deleted_at end
        where n.user_id = $1 and n.introducer_id = $2 and n.introduced_id <> $3 and ($4::uuid[] is null or n.id = any($4)) returning n.id";
    being_introduced = "update introductions n set introduced_id = $3, deleted_at = case
            when $4::uuid[] is not null then nullif(n.deleted_at, $5)
            when n.deleted_at is null and exists (select from introductions o where o.user_id = $1 and o.introduced_id = $3
                and o.introducer_id = n.introducer_id and o.deleted_at is null) then $5
            else n.deleted_at end
        where n.user_id = $1 and n.introduced_id = $2 and n.introducer_id <> $3 and ($4::uuid[] is null or n.id = any($4)) returning n.id";
    referrals = "update referrals r set contact_id = $3, deleted_at = case
            when $4::uuid[] is not null then nullif(r.deleted_at, $5)
            when r.deleted_at is null and r.status not in ('declined', 'withdrawn') and exists (select from referrals o
                where o.user_id = $1 and o.contact_id = $3 and o.company_id = r.company_id and o.opening_id is not distinct from r.opening_id
                    and o.deleted_at is null and o.status not in ('declined', 'withdrawn')) then $5
            else r.deleted_at end
        where r.user_id = $1 and r.contact_id = $2 and ($4::uuid[] is null or r.id = any($4)) returning r.id";
}

/// Moves all that hangs on a contact.
pub async fn all(db: &mut PgConnection, by: Owner, way: &Direction<'_>) -> sqlx::Result<Moved> {
    let mut moved = most(&mut *db, by, way).await?;
    once(db, by, way, &mut moved).await?;
    Ok(moved)
}
