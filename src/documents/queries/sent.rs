//! SQL of which version was sent where.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Owner;
use crate::database::{At, Day};
use crate::ids::{DocumentVersionId, OpeningId, ReferralId, SentDocumentId};

/// A version that was sent on a day.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    pub id: SentDocumentId,
    pub version: DocumentVersionId,
    pub on: Date,
}

/// The version as people call it: its document's name, and its number.
pub struct NamedRow {
    pub name: String,
    pub number: i32,
}

/// What a version was sent for.
#[derive(Debug, Clone, Copy)]
pub enum For {
    Opening(OpeningId),
    Referral(ReferralId),
}

/// Notes that a version was sent. Returns what it is called; nothing where it, or what it was sent for, is not there.
pub async fn note(
    db: impl PgExecutor<'_>,
    by: Owner,
    sent: Sent,
    what_for: For,
    now: Timestamp,
) -> sqlx::Result<Option<NamedRow>> {
    let (opening, referral) = match what_for {
        For::Opening(id) => (Some(id), None),
        For::Referral(id) => (None, Some(id)),
    };
    sqlx::query_as!(
        NamedRow,
        r#"with chosen as (
               select v.user_id, v.id, d.name, v.number, o.id as opening_id, f.id as referral_id
               from document_versions v join documents d on d.user_id = $1 and d.id = v.document_id and d.deleted_at is null
               left join openings o on o.user_id = $1 and o.id = $4 and o.deleted_at is null
               left join referrals f on f.user_id = $1 and f.id = $5 and f.deleted_at is null
               where v.user_id = $1 and v.id = $3 and (o.id is not null or f.id is not null)
           ),
           noted as (
               insert into sent_documents (user_id, id, version_id, opening_id, referral_id, sent_on, created_at)
               select user_id, $2, id, opening_id, referral_id, $6, $7 from chosen on conflict do nothing
           )
           select name as "name!", number as "number!" from chosen"#,
        by.user_id() as _,
        sent.id as _,
        sent.version as _,
        opening as _,
        referral as _,
        Day(sent.on) as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Where something was sent.
pub struct To {
    pub opening: Option<OpeningId>,
    pub referral: Option<ReferralId>,
}

impl To {
    /// The page of it.
    pub fn address(&self) -> String {
        match (self.opening, self.referral) {
            (Some(opening), _) => format!("/openings/{opening}"),
            (None, Some(referral)) => format!("/referrals/{referral}"),
            (None, None) => "/documents".into(),
        }
    }
}

/// Says that it was not sent after all, or, without an instant, that it was. Returns where.
pub async fn set_unsent(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: SentDocumentId,
    at: Option<Timestamp>,
) -> sqlx::Result<Option<To>> {
    sqlx::query_as!(
        To,
        r#"update sent_documents set deleted_at = $3 where user_id = $1 and id = $2
           returning opening_id as "opening: OpeningId", referral_id as "referral: ReferralId""#,
        by.user_id() as _,
        id as _,
        at.map(At) as _,
    )
    .fetch_optional(db)
    .await
}
