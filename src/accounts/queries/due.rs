//! The SQL of what is due: one text, for the number in the rail and for Today. What follows from its rows is
//! [`playbook::due`](crate::playbook::due).

use jiff::civil::Date;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::Day;
use crate::playbook::due::Due;
use crate::playbook::ending;

/// A checked statement `head with due, people, sent, due_as_json, said tail`.
///
/// `due` are the lines that have a day up to `until`, the first 300 of each kind; `people` those at the companies where a first
/// message may be due; `sent` the requests from `since` on; `due_as_json` all three, as
/// [`Due`](crate::playbook::due::Due) reads them; `said` what coaches said that waits for an answer, the first 20. `user` says whose, `over` whether the search is over, `quiet` and
/// `quiet_referrals` name what rests then ([`quiet`](crate::playbook::ending::quiet)); each is a piece of SQL, as a macro
/// reads text before anything can be put into it.
macro_rules! with_due {
    ($row:ty, $head:tt, user = $user:tt, until = $until:tt, since = $since:tt, over = $over:tt, quiet = $quiet:tt,
     quiet_referrals = $quiet_referrals:tt, $tail:tt, $($args:tt)*) => {
        sqlx::query_as!(
            $row,
            $head + r#"
            with due as materialized (
                (select "# + r#"'contact' as about, k.id, k.id as person, null::uuid as through, k.company_id as company, k.next_step as step,
                    k.next_due as due, null::date as not_before,
                    k.next_turns_on as turns_on, null::date as in_time_until
                from contacts k left join companies c on c.user_id = "# + $user + r#" and c.id = k.company_id
                where k.user_id = "# + $user + r#" and k.next_due <= "# + $until + r#" and k.deleted_at is null
                    and (k.occasion_on is not null or k.next_step <> all("# + $quiet + r#")
                        or not ("# + $over + r#" or coalesce(c.status = 'ruled_out' or c.deleted_at is not null, false)))
                order by k.next_due, k.id limit 300)
                union all
                (select 'promise', a.id, null, null, null, null, case a.whose when 'mine' then a.due_on else a.due_on + 1 end, null,
                    null, a.due_on
                from action_items a
                join contacts k on k.user_id = "# + $user + r#" and k.id = a.contact_id
                join informational_interviews i on i.user_id = "# + $user + r#" and i.id = a.interview_id
                left join companies c on c.user_id = "# + $user + r#" and c.id = k.company_id
                where a.user_id = "# + $user + r#" and a.due_on <= "# + $until + r#" and a.done_at is null and a.dismissed_at is null
                    and a.deleted_at is null and k.deleted_at is null and i.deleted_at is null
                    and (a.whose = 'mine' or not ("# + $over + r#" or coalesce(c.status = 'ruled_out' or c.deleted_at is not null, false)))
                order by a.due_on, a.id limit 300)
                union all
                (select 'referral', r.id, null, null, null, null, r.next_due, null, null, null
                from referrals r
                join contacts k on k.user_id = "# + $user + r#" and k.id = r.contact_id
                join companies c on c.user_id = "# + $user + r#" and c.id = r.company_id
                left join openings o on o.user_id = "# + $user + r#" and o.id = r.opening_id
                where r.user_id = "# + $user + r#" and r.next_due <= "# + $until + r#" and r.deleted_at is null and k.deleted_at is null
                    and c.deleted_at is null and o.deleted_at is null
                    and (r.next_step <> all("# + $quiet_referrals + r#") or not ("# + $over + r#" or c.status = 'ruled_out'))
                order by r.next_due, r.id limit 300)
                union all
                (select 'task', t.id, null, null, null, null, t.due_on, null, null, null
                from referral_tasks t
                join referrals r on r.user_id = "# + $user + r#" and r.id = t.referral_id
                join contacts k on k.user_id = "# + $user + r#" and k.id = r.contact_id
                join companies c on c.user_id = "# + $user + r#" and c.id = r.company_id
                left join openings o on o.user_id = "# + $user + r#" and o.id = r.opening_id
                where t.user_id = "# + $user + r#" and t.due_on <= "# + $until + r#" and t.done_at is null and r.status = 'agreed'
                    and coalesce(o.status in ('watching', 'applied', 'screening', 'interviewing', 'offer'), true)
                    and r.deleted_at is null and k.deleted_at is null and c.deleted_at is null and c.status <> 'ruled_out'
                    and o.deleted_at is null and not "# + $over + r#"
                order by t.due_on, t.id limit 300)
                union all
                (select 'opening', o.id, null, null, null, null, o.next_on, null, null, null
                from openings o join companies c on c.user_id = "# + $user + r#" and c.id = o.company_id
                where o.user_id = "# + $user + r#" and o.next_on <= "# + $until + r#" and o.deleted_at is null and c.deleted_at is null
                    and c.status <> 'ruled_out' and not "# + $over + r#"
                order by o.next_on, o.id limit 300)
                union all
                (select 'careers', c.id, null, null, null, null, c.careers_checked_on + c.careers_rhythm_days, null, null, null
                from companies c
                where c.user_id = "# + $user + r#" and c.careers_rhythm_days is not null and c.status = 'active' and c.deleted_at is null
                    and (c.careers_checked_on is null or c.careers_checked_on + c.careers_rhythm_days <= "# + $until + r#")
                    and not "# + $over + r#"
                order by c.careers_checked_on + c.careers_rhythm_days nulls first, c.id limit 300)
                union all
                (select 'offer', f.id, null, null, null, null, f.answer_by - 3, null, null, f.answer_by
                from offers f
                join openings o on o.user_id = "# + $user + r#" and o.id = f.opening_id
                join companies c on c.user_id = "# + $user + r#" and c.id = o.company_id
                where f.user_id = "# + $user + r#" and f.answer_by - 3 <= "# + $until + r#" and f.decision is null and o.status = 'offer'
                    and o.deleted_at is null and c.deleted_at is null and c.status <> 'ruled_out'
                order by f.answer_by, f.id limit 300)
                union all
                (select case n.status when 'possible' then 'ask_introduction' else 'remind_introduction' end, n.id,
                    case n.status when 'possible' then b.id end, a.id, b.company_id, null,
                    case n.status when 'possible' then (n.created_at at time zone 'UTC')::date else n.asked_on end, n.planned_on, null, null
                from introductions n
                join contacts a on a.user_id = "# + $user + r#" and a.id = n.introducer_id
                join contacts b on b.user_id = "# + $user + r#" and b.id = n.introduced_id
                left join companies c on c.user_id = "# + $user + r#" and c.id = b.company_id
                where n.user_id = "# + $user + r#" and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null
                    and (n.status = 'possible' and b.stage = 'identified' and a.stage <> 'declined'
                        or n.status = 'asked' and n.asked_on <= "# + $until + r#" and n.reminded_on is null and b.stage = 'requested')
                    and not ("# + $over + r#" or coalesce(c.status = 'ruled_out' or c.deleted_at is not null, false))
                order by n.id limit 300)
            ),
            people as materialized (
                select p.id, p.company_id as company, p.name, p.stage, p.next_step as step, p.next_due as due, p.requested_on,
                    p.asked_on, p.talk_on, p.last_touch_on, p.closeness, p.warmth, p.live_profile, p.introduced_by
                from contacts p
                where p.user_id = "# + $user + r#" and p.deleted_at is null
                    and ((p.next_due is not null or p.stage = 'requested' or p.id in (
                            select d.person from due d where d.about = 'ask_introduction'))
                        and p.stage in ('identified', 'requested', 'connected', 'asked', 'scheduled', 'spoke')
                        -- Until lately they held the others back.
                        or p.last_touch_on >= "# + $since + r#" - 30)
                    and p.company_id in (
                        select d.company from due d where d.step in ('request', 'ask_for_talk') or d.about = 'ask_introduction')
                order by p.next_due, p.id limit 1000
            ),
            sent as materialized (
                select t.happened_on as on, count(*) as times from touchpoints t
                where t.user_id = "# + $user + r#" and t.kind in ('requested', 'introduction_asked') and t.happened_on >= "# + $since + r#"
                    and not exists (select from touchpoints u where u.user_id = "# + $user + r#" and u.undoes = t.id)
                    and exists (select from due d where d.step = 'request' or d.about = 'ask_introduction')
                group by t.happened_on
            ),
            due_as_json as (
                select json_build_object(
                    'lines', (select coalesce(json_agg(to_json(d)), '[]') from (
                        select about, id, person, through, step, due, not_before, turns_on, in_time_until from due) d),
                    'people', (select coalesce(json_agg(to_json(p)), '[]') from people p),
                    'sent', (select coalesce(json_agg(to_json(t)), '[]') from sent t)) as whole
            ),
            said as (
                select m.id, m.by_name as name, left(m.text, 200) as text,
                    case when m.company_id is not null then 'company' when m.contact_id is not null then 'contact' else 'interview' end as about,
                    coalesce(m.company_id, m.contact_id, m.interview_id) as of, coalesce(c.name, k.name, p.name) as what, m.created_at
                from comments m
                left join companies c on c.user_id = "# + $user + r#" and c.id = m.company_id and c.deleted_at is null
                left join contacts k on k.user_id = "# + $user + r#" and k.id = m.contact_id and k.deleted_at is null
                left join informational_interviews i on i.user_id = "# + $user + r#" and i.id = m.interview_id and i.deleted_at is null
                left join contacts p on p.user_id = "# + $user + r#" and p.id = i.contact_id and p.deleted_at is null
                where m.user_id = "# + $user + r#" and m.by_coach and m.done_at is null and m.deleted_at is null
                    and coalesce(c.name, k.name, p.name) is not null
                order by m.created_at, m.id limit 20
            )
            "# + $tail,
            $($args)*
        )
    };
}

pub(crate) use with_due;

/// What is due, and what waits beside it.
struct DueRow {
    whole: Json<Due>,
    comments: i64,
}

/// What is due up to the day after this date in UTC, which is the person's own today at the latest, and how many comments wait;
/// once the search is `over`, only what does not rest then.
///
/// A statement of its own beside the session's: it reads one user's tables, that one everyone's.
pub async fn due(db: impl PgExecutor<'_>, by: Viewer, utc: Date, over: bool) -> sqlx::Result<(Due, i64)> {
    let [quiet, quiet_referrals] = ending::quiet();
    let row = with_due!(
        DueRow,
        "",
        user = "$1",
        until = "$2::date + 1",
        since = "$2::date - 8",
        over = "$3::boolean",
        quiet = "$4::text[]",
        quiet_referrals = "$5::text[]",
        r#"select whole as "whole!: Json<Due>", (select count(*) from said) as "comments!" from due_as_json"#,
        by.user_id() as _,
        Day(utc) as _,
        over,
        &quiet,
        &quiet_referrals,
    )
    .fetch_one(db)
    .await?;
    Ok((row.whole.0, row.comments))
}
