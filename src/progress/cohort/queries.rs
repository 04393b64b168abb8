//! SQL of what the seekers of a cohort did.

use sqlx::PgExecutor;
use uuid::Uuid;

use super::{Did, Span, Stay};
use crate::access::Admin;
use crate::database::{At, Day};
use crate::ids::UserId;

/// What each of these people did in each week from a Monday until before another, where they did anything. It goes to
/// [`weeks`](super::weeks), which tells no one's own.
pub async fn did(db: impl PgExecutor<'_>, _: Admin, stays: &[Stay], span: Span) -> sqlx::Result<Vec<Did>> {
    let members: Vec<Uuid> = stays.iter().map(|stay| stay.member.0).collect();
    let rows = sqlx::query!(
        r#"select of.user_id as "member!: UserId", of.first as "first!: Day", sum(of.companies)::bigint as "companies!",
               sum(of.asked)::bigint as "asked!", sum(of.answers)::bigint as "answers!", sum(of.talks)::bigint as "talks!",
               sum(of.referrals)::bigint as "referrals!"
           from (
               select t.user_id, t.happened_on - (extract(isodow from t.happened_on)::integer - 1) as first, 0 as companies,
                   count(distinct t.contact_id) filter (where t.kind in ('requested', 'introduction_asked', 'asked')) as asked,
                   count(distinct t.contact_id) filter (where t.kind in ('accepted', 'introduced', 'replied', 'answered_yes',
                       'answered_later', 'answered_in_writing', 'answered_no', 'sent_on')) as answers,
                   count(distinct coalesce(t.interview_id, t.id)) filter (where t.kind in ('held', 'answered_in_writing')) as talks,
                   count(distinct coalesce(t.referral_id, t.id)) filter (where t.kind = 'referral_made') as referrals
               from touchpoints t left join touchpoints u on u.user_id = t.user_id and u.undoes = t.id
               where t.user_id = any($1) and t.happened_on >= $2 and t.happened_on < $3 and u.id is null
                   and t.kind in ('requested', 'introduction_asked', 'asked', 'accepted', 'introduced', 'replied', 'answered_yes',
                       'answered_later', 'answered_in_writing', 'answered_no', 'sent_on', 'held', 'referral_made')
               group by 1, 2
               union all
               select c.user_id, (c.created_at at time zone 'UTC')::date
                       - (extract(isodow from (c.created_at at time zone 'UTC')::date)::integer - 1), count(*), 0, 0, 0, 0
               from companies c
               where c.user_id = any($1) and c.created_at >= $4 and c.created_at < $5
               group by 1, 2
           ) of group by 1, 2"#,
        &members,
        Day(span.first) as _,
        Day(span.end) as _,
        At(span.began_at) as _,
        At(span.ended_at) as _,
    )
    .fetch_all(db)
    .await?;
    let did = rows.into_iter().map(|row| Did {
        member: row.member,
        first: row.first.0,
        of: [row.companies, row.asked, row.answers, row.talks, row.referrals],
    });
    Ok(did.collect())
}
