//! SQL of careers pages.

use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::{Owner, Viewer};
use crate::database::Day;
use crate::ids::CompanyId;

/// The most companies the page shows.
const MOST: i64 = 500;

/// A company and its careers page.
pub struct CareersRow {
    pub id: CompanyId,
    pub name: String,
    pub careers_url: Option<String>,
    pub rhythm_days: Option<i16>,
    pub checked_on: Option<Day>,
    /// Openings there that something can still come of.
    pub open: i64,
}

/// The active companies, the most wanted first.
pub async fn careers(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<CareersRow>> {
    sqlx::query_as!(
        CareersRow,
        r#"select c.id as "id: CompanyId", c.name, c.careers_url, c.careers_rhythm_days as rhythm_days,
               c.careers_checked_on as "checked_on: Day",
               (select count(*) from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null
                   and o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer')) as "open!"
           from companies c
           where c.user_id = $1 and c.deleted_at is null and c.status = 'active'
           order by c.motivation desc, c.posting desc, c.id limit $2"#,
        by.into().user_id() as _,
        MOST,
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
