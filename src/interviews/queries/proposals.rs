//! Times that were proposed for a talk.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::At;
use crate::ids::{ContactId, ProposalId};
use crate::playbook::talk::Medium;
use crate::text::Line;

/// What is kept of an offer.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    pub first_at: Timestamp,
    pub second_at: Option<Timestamp>,
    pub third_at: Option<Timestamp>,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<String>,
    pub answered_at: Option<Timestamp>,
    pub version: i32,
}

impl Kept {
    /// The times, in order.
    pub fn times(&self) -> Vec<Timestamp> {
        [Some(self.first_at), self.second_at, self.third_at].into_iter().flatten().collect()
    }

    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.answered_at.is_none()
    }
}

/// Keeps an offer in place of the one there was, if nobody kept another since `version`; 0 where there was none.
pub async fn keep(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    version: i32,
    new: &Offer,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let at = |nr: usize| new.times.get(nr).copied().map(At);
    let done = sqlx::query!(
        "insert into talk_proposals (user_id, id, contact_id, first_at, second_at, third_at, minutes, way, place, created_at,
             version)
         select k.user_id, $2, k.id, $5, $6, $7, $8, $9, $10, $11, $4 + 1
         from contacts k where k.user_id = $1 and k.id = $3 and k.deleted_at is null
         on conflict (user_id, contact_id) do update set first_at = excluded.first_at, second_at = excluded.second_at,
             third_at = excluded.third_at, minutes = excluded.minutes, way = excluded.way, place = excluded.place,
             created_at = excluded.created_at, answered_at = null, version = excluded.version
         where talk_proposals.version = excluded.version - 1",
        by.user_id() as _,
        ProposalId::new() as _,
        contact as _,
        version,
        at(0) as _,
        at(1) as _,
        at(2) as _,
        new.minutes,
        new.way as _,
        new.place.as_ref().map(|place| place.as_str()),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks an offer as answered or, without an instant, as open again. False if there is none.
pub async fn answer(
    db: impl PgExecutor<'_>,
    by: Owner,
    contact: ContactId,
    answered: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update talk_proposals set answered_at = case when $3::timestamptz is null then null else coalesce(answered_at, $3) end,
             version = version + case when (answered_at is null) = ($3 is null) then 0 else 1 end
         where user_id = $1 and contact_id = $2",
        by.user_id() as _,
        contact as _,
        answered.map(At) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the form means.
#[derive(Debug, PartialEq)]
pub struct Offer {
    /// One to three, the earliest first.
    pub times: Vec<Timestamp>,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<Line<1000>>,
    /// Where they live, if it was said: the name it is kept under, and the zone.
    pub their_zone: Option<(String, TimeZone)>,
}
