//! SQL of the demo's openings and referrals.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::demo::story::{Opening, Referral};
use crate::folding::sorted_by;
use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId};
use crate::playbook::referral::{self, Task};

/// An opening's own days.
pub struct OpeningDays {
    pub seen_on: Date,
    pub changed_on: Date,
    pub confirmed: Option<(ContactId, Date)>,
    pub created_at: Timestamp,
    /// When its last change was written down.
    pub changed_at: Timestamp,
}

/// An opening of the story, with the change that made it what it is.
pub async fn opening(
    db: &mut PgConnection,
    by: Owner,
    id: OpeningId,
    company: CompanyId,
    it: &Opening,
    days: &OpeningDays,
) -> sqlx::Result<()> {
    use crate::playbook::opening::Status::Watching;
    sqlx::query!(
        "insert into openings (user_id, id, company_id, title, source, url, notes, status, status_since, seen_on, confirmed_by,
             confirmed_on, created_at, title_folded)
         values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10, $11, $12, $13, $14)",
        by.user_id() as _,
        id as _,
        company as _,
        it.title,
        if it.inside { "inside" } else { "posted" },
        it.link,
        it.note,
        it.status as _,
        Day(days.changed_on) as _,
        Day(days.seen_on) as _,
        days.confirmed.map(|(contact, _)| contact) as _,
        days.confirmed.map(|(_, on)| Day(on)) as _,
        At(days.created_at) as _,
        sorted_by(it.title),
    )
    .execute(&mut *db)
    .await?;
    let mut changes = vec![(Watching, days.seen_on, days.created_at)];
    if it.status != Watching {
        changes.push((it.status, days.changed_on, days.changed_at));
    }
    for (status, on, at) in changes {
        sqlx::query!(
            "insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at) values ($1, $2, $3, $4, $5, $6)",
            by.user_id() as _,
            uuid::Uuid::now_v7(),
            id as _,
            status as _,
            Day(on) as _,
            At(at) as _,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Whom a referral is by and what it is for, with its dates and what follows from them.
pub struct Referred<'a> {
    pub contact: ContactId,
    pub company: CompanyId,
    pub opening: Option<OpeningId>,
    pub dates: &'a referral::Dates,
    pub next: Option<referral::Next>,
    /// When it was declined or withdrawn, or what came of it was known.
    pub closed_on: Option<Date>,
    pub created_at: Timestamp,
}

/// A referral of the story.
pub async fn referral(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    it: &Referral,
    to: &Referred<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into referrals (user_id, id, contact_id, company_id, opening_id, status, way, details, outcome, asked_on, agreed_on,
             made_on, told_on, next_step, next_due, created_at, reminded_on, planned_on, tasks_done_on, closed_on)
         values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        by.user_id() as _,
        id as _,
        to.contact as _,
        to.company as _,
        to.opening as _,
        it.status as _,
        it.way as _,
        it.note,
        it.outcome as _,
        to.dates.asked_on.map(Day) as _,
        to.dates.agreed_on.map(Day) as _,
        to.dates.made_on.map(Day) as _,
        to.dates.told_on.map(Day) as _,
        to.next.map(|next| next.step) as _,
        to.next.and_then(|next| next.due).map(Day) as _,
        At(to.created_at) as _,
        to.dates.reminded_on.map(Day) as _,
        to.dates.planned_on.map(Day) as _,
        to.dates.tasks_done_on.map(Day) as _,
        to.closed_on.map(Day) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who does what so that a referral happens.
pub async fn referral_task(
    db: &mut PgConnection,
    by: Owner,
    referral: ReferralId,
    position: i16,
    task: &Task,
    due: Date,
    done_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, done_at, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        by.user_id() as _,
        uuid::Uuid::now_v7(),
        referral as _,
        task.whose as _,
        task.text,
        Day(due) as _,
        done_at.map(At) as _,
        position,
    )
    .execute(db)
    .await?;
    Ok(())
}
