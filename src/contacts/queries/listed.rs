//! One row of the list of contacts, and the statement of a page that counts the whole list beside it.

use sqlx::types::Json;

use crate::contacts::tag::Tag;
use crate::database::Day;
use crate::ids::{CompanyId, ContactId, TagId};
use crate::playbook::{stage::Stage, step::Step};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One row of the list, with the counts of the whole list beside it; a list without rows is one row of counts.
pub struct ListRow {
    /// There are contacts, of whatever company.
    pub anybody: bool,
    pub everyone: i64,
    pub due: i64,
    pub identified: i64,
    pub requested: i64,
    pub connected: i64,
    pub asked: i64,
    pub scheduled: i64,
    pub in_touch: i64,
    pub resting: i64,
    pub shown: i64,
    /// The company the list is narrowed to.
    pub only_at: Option<String>,
    /// The tag the list is narrowed to.
    pub tagged: Option<String>,
    /// The user's tags by name, beside the first row.
    pub tags: Option<Json<Vec<Tag>>>,
    pub rank: Option<i64>,
    /// What it is sorted by: the place from which the next page goes on.
    pub sort_key: Option<String>,
    pub id: Option<ContactId>,
    pub name: Option<String>,
    pub pronouns: Option<String>,
    pub job_title: Option<String>,
    pub company: Option<String>,
    pub stage: Option<Stage>,
    pub next_step: Option<Step>,
    pub next_due: Option<Day>,
    pub next_turns_on: Option<Day>,
    pub last_touch_on: Option<Day>,
    /// The names of their tags.
    pub has: Option<String>,
}

impl ListRow {
    /// How many there are of each stage that has a filter of its own, as it is kept.
    pub fn by_stage(&self) -> Vec<i32> {
        let counts =
            [self.identified, self.requested, self.connected, self.asked, self.scheduled, self.in_touch, self.resting];
        counts.into_iter().map(|count| i32::try_from(count).unwrap_or(i32::MAX)).collect()
    }
}

/// A checked statement of one page: `rows` are the CTEs that end with `page`, whose columns are those of contacts with
/// `works_at`, `shown`, `rank` and `sort_key`. The counts beside it are read from indexes alone.
macro_rules! listed {
    (($($rows:tt)+), $($args:tt)*) => {
        listed!(@ "with", ($($rows)+), $($args)*)
    };
    (@ $with:tt, ($($rows:tt)+), $($args:tt)*) => {
        sqlx::query_as!(
            ListRow,
            $with + r#" counted as (
                   select kept.stage, kept.n::bigint as n from unnest(
                       array['identified', 'requested', 'connected', 'asked', 'scheduled', 'in_touch', 'declined'], $8::integer[]) kept (stage, n)
                   where $4::uuid is null and $9::uuid is null and $8::integer[] is not null
                   union all
                   select stage, count(*) from contacts
                   where $4::uuid is null and $9::uuid is null and $8::integer[] is null and user_id = $1 and deleted_at is null group by stage
                   union all
                   select k.stage, count(*) from contacts k
                   where k.user_id = $1 and k.company_id = $4 and k.deleted_at is null and ($9::uuid is null or exists (
                       select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9))
                   group by k.stage
                   union all
                   select k.stage, count(*) from contact_tags t join contacts k on k.user_id = $1 and k.id = t.contact_id
                   where $4::uuid is null and t.user_id = $1 and t.tag_id = $9 and k.deleted_at is null group by k.stage
               ),
               counts as (
                   select coalesce(sum(n), 0)::bigint as everyone,
                       (select count(*) from contacts k where k.user_id = $1 and k.next_due <= $3 and k.deleted_at is null
                           and ($4::uuid is null or k.company_id = $4) and ($9::uuid is null or exists (
                               select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9)))
                       + (select count(*) from contacts k where k.user_id = $1 and k.next_turns_on <= $3 and k.deleted_at is null
                           and (k.next_due is null or k.next_due > $3) and ($4::uuid is null or k.company_id = $4)
                           and ($9::uuid is null or exists (
                               select from contact_tags t where t.user_id = $1 and t.contact_id = k.id and t.tag_id = $9))) as due,
                       coalesce(sum(n) filter (where stage = 'identified'), 0)::bigint as identified,
                       coalesce(sum(n) filter (where stage = 'requested'), 0)::bigint as requested,
                       coalesce(sum(n) filter (where stage = 'connected'), 0)::bigint as connected,
                       coalesce(sum(n) filter (where stage = 'asked'), 0)::bigint as asked,
                       coalesce(sum(n) filter (where stage = 'scheduled'), 0)::bigint as scheduled,
                       coalesce(sum(n) filter (where stage in ('spoke', 'in_touch')), 0)::bigint as in_touch,
                       coalesce(sum(n) filter (where stage in ('moved_on', 'declined')), 0)::bigint as resting
                   from counted
               ),"# + $($rows)+ + r#"
               select n.everyone > 0 or exists (select from contacts where user_id = $1 and deleted_at is null) as "anybody!",
                   n.everyone as "everyone!", n.due as "due!", n.identified as "identified!", n.requested as "requested!",
                   n.connected as "connected!", n.asked as "asked!", n.scheduled as "scheduled!", n.in_touch as "in_touch!",
                   n.resting as "resting!", coalesce(r.shown, 0) as "shown!",
                   (select name from companies where user_id = $1 and id = $4 and deleted_at is null) as only_at,
                   (select name from tags where user_id = $1 and id = $9) as tagged,
                   case when row_number() over (order by r.sort_key collate "C") = 1 then
                       (select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name_folded)
                       from tags t where t.user_id = $1) end as "tags: Json<Vec<Tag>>",
                   (select string_agg(t.name, ', ' order by t.name_folded) from contact_tags x
                       join tags t on t.user_id = $1 and t.id = x.tag_id
                       where x.user_id = $1 and x.contact_id = r.id) as has,
                   r.rank as "rank?", r.sort_key as "sort_key?", r.id as "id?: ContactId", r.name as "name?", r.pronouns as "pronouns?",
                   r.job_title as "job_title?", r.works_at as "company?",
                   r.stage as "stage?: Stage", r.next_step as "next_step?: Step", r.next_due as "next_due?: Day",
                   r.next_turns_on as "next_turns_on?: Day", r.last_touch_on as "last_touch_on?: Day"
               from counts n left join page r on true
               order by r.sort_key collate "C""#,
            $($args)*
        )
    };
}

pub(super) use listed;

/// What the list is narrowed to; mostly nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Narrowed {
    /// Those of this company.
    pub company: Option<CompanyId>,
    /// Those with this tag.
    pub tag: Option<TagId>,
}
