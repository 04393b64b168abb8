//! SQL of the search. Each kind is looked for within bounds, whatever an account holds: people by the index of their words,
//! everything else among the latest.

use jiff::civil::Date;
use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::database::{At, Day};
use crate::search::found::Kind;
use crate::search::sought::Terms;

/// Something that was found. What its parts are differs by kind.
pub struct Found {
    pub kind: Kind,
    pub address: String,
    pub title: String,
    pub about: Option<String>,
    pub place: Option<String>,
    /// A status, a topic or a moment, as it is stored.
    pub word: Option<String>,
    pub text: Option<String>,
    pub at: Option<At>,
    /// How much is going on with it.
    pub live: i32,
    /// Found by spellings that are alike.
    pub near: bool,
    /// How many of its kind there are; of people, as many as are gone through where they are more.
    pub counted: i64,
}

/// What holds the words, more of each kind than is shown.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    terms: &Terms,
    today: Date,
) -> sqlx::Result<Vec<Found>> {
    sqlx::query_as!(
        Found,
        r#"with first as (
               select id from contacts
               where user_id = $1 and deleted_at is null and name_folded >= $3 and name_folded < $4
               order by name_folded, id limit 40
           ),
           due as (
               select k.id from (
                   select id, company_id, name, employer, job_title, email from contacts
                   where user_id = $1 and deleted_at is null and next_due is not null
                   order by next_due, id limit 300
               ) k
               left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               where concat_ws(chr(31), k.name, c.name, k.employer, k.job_title, k.email) ~ all($2)
               limit 40
           ),
           keyed as (
               select id, company_id, name, name_folded, employer, job_title, email, last_touch_on from contacts
               where user_id = $1 and deleted_at is null
                   and (' ' || name_folded || ' ' || coalesce(employer_key, '') || ' ' || coalesce(job_title_folded, '') || ' '
                       || coalesce(email, '')) like $5
               limit 800
           ),
           held as (
               select k.id, k.name_folded, k.last_touch_on from keyed k
               left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               where concat_ws(chr(31), k.name, c.name, k.employer, k.job_title, k.email) ~ all($2)
           ),
           inside as (
               select id from contacts
               where $6::text is not null and user_id = $1 and deleted_at is null and name_folded like $6
               order by name_folded, id limit 40
           ),
           renamed as (
               select k.id from companies c join contacts k on k.user_id = $1 and k.company_id = c.id and k.deleted_at is null
               where c.user_id = $1 and c.deleted_at is null and c.name ~ all($2)
               limit 40
           ),
           sure as (
               select id from first
               union select id from due
               union (select id from held order by strpos(name_folded, $3) > 0 desc, last_touch_on desc nulls last, id limit 40)
               union select id from inside
               union select id from renamed
           ),
           near as (
               (select id from (
                   select id, name_folded from contacts
                   where (select count(*) from (select from sure limit 5) few) < 5 and user_id = $1 and deleted_at is null
                       and $7 <% (' ' || name_folded || ' ' || coalesce(employer_key, '') || ' ' || coalesce(job_title_folded, '') || ' '
                           || coalesce(email, ''))
                   limit 250
               ) k
               order by word_similarity($7, name_folded) desc, id limit 40)
               union
               select k.id from unnest($9::text[]) s (swapped)
               cross join lateral (
                   select id from contacts
                   where (select count(*) from (select from sure limit 5) few) < 5 and user_id = $1 and deleted_at is null
                       and (' ' || name_folded || ' ' || coalesce(employer_key, '') || ' ' || coalesce(job_title_folded, '') || ' '
                           || coalesce(email, '')) like s.swapped
                   limit 20
               ) k
           ),
           listed as (
               select id, name, name_key, industry, place, notes, concat_ws(chr(31), name, industry, place) ~ all($2) as is_meant
               from companies where user_id = $1 and deleted_at is null
               order by id desc limit 2000
           ),
           posted as (
               select o.id, o.title, o.title_folded, o.status, o.status_since, o.notes, c.name as company,
                   concat_ws(chr(31), o.title, c.name, o.place) ~ all($2) as is_meant
               from openings o join companies c on c.user_id = $1 and c.id = o.company_id and c.deleted_at is null
               where o.user_id = $1 and o.deleted_at is null
               order by o.id desc limit 1000
           ),
           -- Each contact by its key: where one account's are the whole table, PostgreSQL would rather read them all.
           talks as (
               select t.id, k.name, c.name as company, t.status, t.starts_at, t.notes
               from (select id, contact_id, company_id, status, starts_at, notes from informational_interviews
                   where user_id = $1 and deleted_at is null order by starts_at desc, id limit 300) t
               join lateral (select name, company_id from contacts
                   where user_id = $1 and id = t.contact_id and deleted_at is null limit 1) k on true
               left join companies c on c.user_id = $1 and c.id = coalesce(t.company_id, k.company_id) and c.deleted_at is null
           ),
           found as (
               select 'person' as kind, '/contacts/' || k.id as address, k.name as title, k.job_title as about,
                   coalesce(c.name, k.employer) as place, null as word, concat_ws(' · ', k.email, case when c.name is null then null else nullif(k.employer, c.name) end) as text,
                   null::timestamptz as at,
                   case when k.next_due <= $8 then 3 when k.last_touch_on > $8 - 30 then 2 when k.last_touch_on is not null then 1
                       else 0 end as live,
                   p.near, case when (select count(*) from keyed) < 800
                       then (select count(*) from (select id from held union select id from sure) b) else 800 end as counted
               from (select id, bool_and(near) as near from (
                       select id, false as near from sure union all select id, true from near) b group by id) p
               join lateral (select id, name, job_title, company_id, employer, email, next_due, last_touch_on from contacts
                   where user_id = $1 and id = p.id limit 1) k on true
               left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               union all
               (select 'company', '/companies/' || id, name, industry, place, null, null, null, 0, not is_meant,
                   count(*) filter (where is_meant) over ()
               from listed where is_meant or word_similarity($7, name_key) >= 0.3 or name_key like any($9)
               order by is_meant desc, name ~ all($2) desc, word_similarity($7, name_key) desc, id limit 20)
               union all
               (select 'opening', '/openings/' || id, title, null, company, status, null, status_since::timestamptz, 0, not is_meant,
                   count(*) filter (where is_meant) over ()
               from posted where is_meant or word_similarity($7, title_folded) >= 0.3 or title_folded like any($9)
               order by is_meant desc, title ~ all($2) desc, word_similarity($7, title_folded) desc, id limit 20)
               union all
               (select 'talk', '/interviews/' || id, name, null, company, status, null, starts_at, 0, false, count(*) over ()
               from talks where concat_ws(chr(31), name, company) ~ all($2)
               order by starts_at desc, id limit 20)
               union all
               (select 'referral', '/referrals/' || r.id, k.name, o.title, c.name, r.status, null, null, 0, false, count(*) over ()
               from (select id, contact_id, company_id, opening_id, status from referrals
                   where user_id = $1 and deleted_at is null order by id desc limit 500) r
               join lateral (select name from contacts
                   where user_id = $1 and id = r.contact_id and deleted_at is null limit 1) k on true
               join companies c on c.user_id = $1 and c.id = r.company_id and c.deleted_at is null
               left join openings o on o.user_id = $1 and o.id = r.opening_id and o.deleted_at is null
               where concat_ws(chr(31), k.name, c.name, o.title) ~ all($2)
               order by r.id desc limit 20)
               union all
               (select 'insight', '/insights/' || n.id || '/edit', k.name, null, c.name, n.topic, n.text, n.created_at, 0, false, n.counted
               from (select *, count(*) over () as counted from (
                       select id, contact_id, company_id, topic, text, created_at from insights
                       where user_id = $1 and deleted_at is null and hidden_at is null order by id desc limit 1000) latest
                   where text ~ all($2) order by id desc limit 20) n
               left join lateral (select name from contacts
                   where user_id = $1 and id = n.contact_id and deleted_at is null limit 1) k on true
               left join companies c on c.user_id = $1 and c.id = n.company_id and c.deleted_at is null
               where n.contact_id is null or k.name is not null)
               union all
               (select 'note', '/contacts/' || id, name, 'Notes', null, null, notes, null, 0, false, 0
               from (select id, name, notes from contacts
                   where user_id = $1 and deleted_at is null and notes is not null order by id desc limit 500) k
               where notes ~ all($2) limit 10)
               union all
               (select 'note', '/companies/' || id, name, 'Notes', null, null, notes, null, 0, false, 0
               from listed where notes ~ all($2) limit 10)
               union all
               (select 'note', '/openings/' || id, title, 'Notes', company, null, notes, null, 0, false, 0
               from posted where notes ~ all($2) limit 10)
               union all
               (select 'note', '/contacts/' || k.id, k.name, case when h.body is null then 'History' else 'Message' end, null, null,
                   coalesce(h.body, h.note), null, 0, false, 0
               from (select id, contact_id, body, note from touchpoints where user_id = $1 order by id desc limit 1000) h
               join contacts k on k.user_id = $1 and k.id = h.contact_id and k.deleted_at is null
               where coalesce(h.body, h.note) ~ all($2)
                   and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = h.id) limit 10)
               union all
               (select 'note', '/contacts/' || k.id, k.name, s.about, null, null, s.text, null, 0, false, 0
               from (
                   (select contact_id, text, 'Promise' as about from action_items
                   where user_id = $1 and deleted_at is null order by id desc limit 500)
                   union all
                   (select contact_id, text, 'Reason to write' from reasons
                   where user_id = $1 and deleted_at is null order by id desc limit 500)
                   union all
                   (select introduced_id, note, 'Note of an introduction' from introductions
                   where user_id = $1 and deleted_at is null and note is not null order by id desc limit 500)
               ) s
               join contacts k on k.user_id = $1 and k.id = s.contact_id and k.deleted_at is null
               where s.text ~ all($2) limit 20)
               union all
               (select 'note', '/interviews/' || t.id, t.name, 'Read before the talk', t.company, null, f.text, t.starts_at, 0, false, 0
               from (select interview_id, text from findings where user_id = $1 order by id desc limit 500) f
               join talks t on t.id = f.interview_id
               where f.text ~ all($2) limit 10)
               union all
               (select 'note', '/interviews/' || id, name, 'Notes of the talk', company, null, notes, starts_at, 0, false, 0
               from talks where notes ~ all($2) limit 10)
               union all
               (select 'note', '/interviews/' || t.id, t.name, q.text, t.company, null, q.answer, t.starts_at, 0, false, 0
               from (select interview_id, text, answer from interview_questions
                   where user_id = $1 and deleted_at is null and answer is not null order by id desc limit 500) q
               join talks t on t.id = q.interview_id
               where q.answer ~ all($2) limit 10)
               union all
               (select 'note', '/interviews/' || t.id, t.name, 'Caught in the talk', t.company, null, l.text, t.starts_at, 0, false, 0
               from (select interview_id, text from captured_lines
                   where user_id = $1 and dismissed_at is null and filed_at is null order by id desc limit 500) l
               join talks t on t.id = l.interview_id
               where l.text ~ all($2) limit 10)
               union all
               (select 'template', '/templates/' || m.id, m.name, null, null, m.purpose, v.body, null, 0, false, 0
               from templates m
               join lateral (
                   select body from template_versions
                   where user_id = $1 and template_id = m.id order by number desc limit 1
               ) v on true
               where m.user_id = $1 and m.deleted_at is null and concat_ws(chr(31), m.name, v.body) ~ all($2)
               order by m.name ~ all($2) desc, m.id desc limit 20)
               union all
               (select 'document', '/documents/' || d.id, d.name, null, null, d.kind, null, null, 0, false, 0
               from documents d
               where d.user_id = $1 and d.deleted_at is null and d.name ~ all($2)
               order by d.id desc limit 20)
           )
           select kind as "kind!: Kind", address as "address!", coalesce(title, '') as "title!", about as "about?", place as "place?",
               word as "word?", coalesce(substring(text from '.{0,60}' || $2[1] || '.{0,140}'), left(text, 240)) as "text?",
               at as "at?: At", live as "live!", near as "near!", counted as "counted!"
           from found"#,
        by.into().user_id() as _,
        &terms.patterns,
        terms.from,
        terms.to,
        terms.key.as_deref(),
        terms.inside.as_deref(),
        terms.nearly.as_deref(),
        Day(today) as _,
        &terms.swapped,
    )
    .fetch_all(db)
    .await
}
