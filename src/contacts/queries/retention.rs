//! SQL of how long contacts are kept.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use crate::access::{Owner, Viewer};
use crate::database::{At, Day};
use crate::ids::ContactId;

/// How long everyone is kept who has no day of their own, as of a day.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub today: Date,
    /// Months without a touch after which they leave; for as long as one likes if none.
    pub months: Option<u16>,
    /// Days between the reminder and the bin.
    pub notice: i32,
}

/// Notes on which day those leave who have been kept long enough, and that nobody else does. Returns how many leave.
pub async fn mark(db: &mut PgConnection, by: Owner, rule: Rule) -> sqlx::Result<i64> {
    sqlx::query!(
        "with long_enough as (
             select k.id, k.kept_for_good is null and case
                 when k.retain_until is not null then k.retain_until <= $2
                 else greatest(k.last_touch_on, k.talk_on, k.connected_on, (k.created_at at time zone 'UTC')::date)
                     + make_interval(months => $3) <= $2 end is true as leaves
             from contacts k
             where k.user_id = $1 and k.deleted_at is null
         )
         update contacts k set leaves_on = case when n.leaves then coalesce(k.leaves_on, $2::date + $4::integer) end
         from long_enough n
         where k.user_id = $1 and k.id = n.id and n.leaves <> (k.leaves_on is not null)",
        by.user_id() as _,
        Day(rule.today) as _,
        rule.months.map(i32::from),
        rule.notice,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from contacts where user_id = $1 and leaves_on is not null and deleted_at is null"#,
        by.user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// Puts those in the bin whose day has come. Returns who.
pub async fn let_go(db: impl PgExecutor<'_>, by: Owner, today: Date, now: Timestamp) -> sqlx::Result<Vec<ContactId>> {
    sqlx::query_scalar!(
        r#"update contacts set deleted_at = $3, leaves_on = null, version = version + 1
           where user_id = $1 and leaves_on <= $2 and deleted_at is null
           returning id as "id: ContactId""#,
        by.user_id() as _,
        Day(today) as _,
        At(now) as _,
    )
    .fetch_all(db)
    .await
}

/// Someone who leaves.
pub struct Leaving {
    pub id: ContactId,
    pub name: String,
    pub about: Option<String>,
    pub last_touch_on: Option<Day>,
    pub leaves_on: Day,
    /// How many there are altogether.
    pub all: i64,
}

/// Who leaves, the first of them first.
pub async fn leaving(db: impl PgExecutor<'_>, by: impl Into<Viewer>, most: i64) -> sqlx::Result<Vec<Leaving>> {
    sqlx::query_as!(
        Leaving,
        r#"select k.id as "id: ContactId", k.name, coalesce(k.job_title || ' at ' || k.employer, k.job_title, k.employer) as about,
               k.last_touch_on as "last_touch_on: Day", k.leaves_on as "leaves_on!: Day", count(*) over () as "all!"
           from contacts k where k.user_id = $1 and k.leaves_on is not null and k.deleted_at is null
           order by k.leaves_on, k.id limit $2"#,
        by.into().user_id() as _,
        most,
    )
    .fetch_all(db)
    .await
}

/// How long someone is kept, by the user's word.
pub struct Kept {
    pub name: String,
    pub retain_until: Option<Day>,
    pub kept_for_good: Option<bool>,
    pub leaves_on: Option<Day>,
}

/// Keeps someone until a day, or for good; tells how long it was before. Nothing if there is no such contact.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: ContactId,
    until: Option<Date>,
    for_good: bool,
    leaves_on: Option<Date>,
) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"update contacts new set retain_until = $3, kept_for_good = $4, leaves_on = $5, version = new.version + 1
           from contacts old
           where new.user_id = $1 and new.id = $2 and new.deleted_at is null and old.user_id = $1 and old.id = $2
           returning old.name, old.retain_until as "retain_until: Day", old.kept_for_good, old.leaves_on as "leaves_on: Day""#,
        by.user_id() as _,
        id as _,
        until.map(Day) as _,
        for_good.then_some(true),
        leaves_on.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// What the settings say of other people's data.
pub struct Others {
    /// Who leaves now.
    pub leaving: i64,
    /// How many had no touch for so many months, of those without a day of their own.
    pub after: Json<Vec<(u16, i64)>>,
    /// How many have a day of their own.
    pub with_day: i64,
    /// How many are kept for good.
    pub for_good: i64,
    /// How many people were forgotten, and when the last of them was.
    pub forgotten: i64,
    pub forgotten_at: Option<At>,
}

/// What the settings say of other people's data, for several numbers of months.
pub async fn others(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    today: Date,
    months: &[i32],
) -> sqlx::Result<Others> {
    sqlx::query_as!(
        Others,
        r#"with listed as (
               select k.leaves_on, k.retain_until, k.kept_for_good,
                   greatest(k.last_touch_on, k.talk_on, k.connected_on, (k.created_at at time zone 'UTC')::date) as last
               from contacts k where k.user_id = $1 and k.deleted_at is null
           )
           select (select count(*) from listed where leaves_on is not null) as "leaving!",
               (select coalesce(json_agg(json_build_array(m.months, (select count(*) from listed l
                       where l.kept_for_good is null and l.retain_until is null
                           and l.last + make_interval(months => m.months) <= $2)) order by m.months), '[]')
                   from unnest($3::integer[]) as m (months)) as "after!: Json<Vec<(u16, i64)>>",
               (select count(*) from listed where retain_until is not null and kept_for_good is null) as "with_day!",
               (select count(*) from listed where kept_for_good) as "for_good!",
               (select count(*) from forgotten where user_id = $1) as "forgotten!",
               (select max(forgotten_at) from forgotten where user_id = $1) as "forgotten_at: At""#,
        by.into().user_id() as _,
        Day(today) as _,
        months,
    )
    .fetch_one(db)
    .await
}
