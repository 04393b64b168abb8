//! SQL of tasks that fall due while the user is away.

use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::Day;
use crate::ids::ReferralTaskId;
use crate::playbook::away::Away;

/// A task that went to another day.
pub struct Moved {
    pub id: ReferralTaskId,
    pub was: Option<Day>,
    pub now: Option<Day>,
}

/// Moves the user's own open tasks from days of the stretch to the day they are back.
pub async fn leave(db: impl PgExecutor<'_>, by: Owner, away: &Away) -> sqlx::Result<Vec<Moved>> {
    sqlx::query_as!(
        Moved,
        r#"update referral_tasks set moved_from = due_on, due_on = $4
           where user_id = $1 and whose = 'mine' and due_on between $2 and $3 and done_at is null
               and referral_id in (
                   select r.id from referrals r left join openings o on o.user_id = r.user_id and o.id = r.opening_id
                   where r.user_id = $1 and r.status = 'agreed'
                       and coalesce(o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer'), true))
           returning id as "id: ReferralTaskId", moved_from as "was: Day", due_on as "now: Day""#,
        by.user_id() as _,
        Day(away.from) as _,
        Day(away.to) as _,
        Day(away.back) as _,
    )
    .fetch_all(db)
    .await
}

/// Moves them back to the day they had, though not before `floor`; one that was given another day meanwhile keeps that.
pub async fn come_back(db: impl PgExecutor<'_>, by: Owner, away: &Away, floor: Date) -> sqlx::Result<Vec<Moved>> {
    sqlx::query_as!(
        Moved,
        r#"update referral_tasks set due_on = greatest(moved_from, $5), moved_from = null
           where user_id = $1 and moved_from between $2 and $3 and due_on = $4 and done_at is null
           returning id as "id: ReferralTaskId", $4::date as "was: Day", due_on as "now: Day""#,
        by.user_id() as _,
        Day(away.from) as _,
        Day(away.to) as _,
        Day(away.back) as _,
        Day(floor) as _,
    )
    .fetch_all(db)
    .await
}
