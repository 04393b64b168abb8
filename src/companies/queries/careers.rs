//! SQL of careers pages.

use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::database::Day;
use crate::ids::CompanyId;

/// Companies on a page.
pub const ON_PAGE: i64 = 50;

/// A company and its careers page.
pub struct CareersRow {
    pub id: CompanyId,
    pub name: String,
    pub careers_url: Option<String>,
    pub rhythm_days: Option<i16>,
    pub checked_on: Option<Day>,
    /// Openings there that something can still come of.
    pub open: i64,
    /// How many there are with a rhythm, or without one, as this one is.
    pub all: i64,
    /// How many of all have come round by the day asked for.
    pub come: i64,
}

/// A page of the active companies with a rhythm, those that come round first before the others, and a page of those without one, the
/// most wanted first. `skip` says how many of each are left out before; `today` until when they have come round.
pub async fn careers(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    skip: (i64, i64),
    today: Date,
) -> sqlx::Result<Vec<CareersRow>> {
    sqlx::query_as!(
        CareersRow,
        r#"with active as (
               select c.*, count(*) over (partition by c.careers_rhythm_days is null) as all,
                   count(*) filter (where c.careers_rhythm_days is not null
                       and coalesce(c.careers_checked_on + c.careers_rhythm_days <= $5, true)) over () as come,
                   row_number() over (partition by c.careers_rhythm_days is null
                       order by c.careers_checked_on + c.careers_rhythm_days nulls first, c.motivation desc, c.posting desc, c.id) as nr
               from companies c
               where c.user_id = $1 and c.deleted_at is null and c.status = 'active'
           )
           select c.id as "id: CompanyId", c.name, c.careers_url, c.careers_rhythm_days as rhythm_days,
               c.careers_checked_on as "checked_on: Day",
               (select count(*) from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
                   and o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer')) as "open!",
               c.all as "all!", c.come as "come!"
           from active c
           where c.nr > case when c.careers_rhythm_days is null then $3::bigint else $2::bigint end
               and c.nr <= $4::bigint + case when c.careers_rhythm_days is null then $3::bigint else $2::bigint end
           order by c.nr"#,
        by.into().user_id() as _,
        skip.0,
        skip.1,
        ON_PAGE,
        Day(today) as _,
    )
    .fetch_all(db)
    .await
}

/// How a company's careers page stood before it was looked at.
pub struct Before {
    pub name: String,
    pub rhythm_days: Option<i16>,
    pub checked_on: Option<Day>,
}

/// Notes the last look, or that there was none; nothing if there is no such company.
pub async fn set_checked(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    on: Option<Date>,
) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        r#"update companies c set careers_checked_on = $3
           from (select careers_checked_on from companies where user_id = $1 and id = $2) b
           where c.user_id = $1 and c.id = $2 and c.deleted_at is null
           returning c.name, c.careers_rhythm_days as rhythm_days, b.careers_checked_on as "checked_on: Day""#,
        by.user_id() as _,
        id as _,
        on.map(Day) as _,
    )
    .fetch_optional(db)
    .await
}

/// Sets how often to look, in days; returns the name.
pub async fn set_rhythm(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: CompanyId,
    days: Option<i16>,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update companies set careers_rhythm_days = $3 where user_id = $1 and id = $2 and deleted_at is null returning name",
        by.user_id() as _,
        id as _,
        days,
    )
    .fetch_optional(db)
    .await
}
