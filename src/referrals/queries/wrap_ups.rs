//! SQL of the referral that was spoken of in a talk.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId, ReferralId};
use crate::playbook::referral::Status;

/// What a referral spoken of in a talk is for, and the one there is already.
pub struct Spoken {
    pub contact: ContactId,
    pub name: String,
    /// Where they work, where that is on the list.
    pub company: Option<CompanyId>,
    /// The opening there that they named, where it is one.
    pub opening: Option<OpeningId>,
    /// Their referral for that opening, or else one that is not made yet.
    pub referral: Option<ReferralId>,
    pub status: Option<Status>,
}

/// What a referral spoken of in this talk is for; nothing if there is no such talk.
pub async fn spoken_of(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<Spoken>> {
    sqlx::query_as!(
        Spoken,
        r#"select k.id as "contact: ContactId", k.name, c.id as "company?: CompanyId", n.opening as "opening: OpeningId",
               r.id as "referral?: ReferralId", r.status as "status?: Status"
           from informational_interviews i
           join contacts k on k.user_id = $1 and k.id = i.contact_id
           left join companies c on c.user_id = $1 and c.id = coalesce(i.company_id, k.company_id) and c.deleted_at is null
           cross join lateral (
               select case when count(*) = 1 then (array_agg(o.id))[1] end as opening from openings o
               where o.user_id = $1 and o.company_id = c.id and o.confirmed_by = k.id and o.deleted_at is null
                   and o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer')
           ) n
           left join lateral (
               select r.id, r.status from referrals r
               where r.user_id = $1 and r.contact_id = k.id and r.company_id = c.id and r.deleted_at is null
                   and r.status not in ('declined', 'withdrawn') and (r.opening_id is not distinct from n.opening or r.status <> 'made')
               order by r.opening_id is not distinct from n.opening desc, r.id desc limit 1
           ) r on true
           where i.user_id = $1 and k.user_id = $1 and i.id = $2 and i.deleted_at is null"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
