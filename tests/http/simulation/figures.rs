//! What Progress shows, computed a second time by plain SQL over the touchpoints.

use std::collections::BTreeMap;

use inroad::database::Day;
use inroad::playbook::message::built_in;
use jiff::civil::Date;
use sqlx::{AssertSqlSafe, Row};

use super::calendar::{AWAY, BEGINS, HOLIDAYS};
use super::scene::Search;

/// What stands: `$1` is the person.
const T: &str = "with t as (select t.* from touchpoints t join contacts k on k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null
    where t.user_id = $1 and t.kind <> 'undone' and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id))";

/// The people with whom one of these first happened between `$2` and `$3`.
fn people(kinds: &str) -> String {
    firsts("contact_id", kinds)
}

fn firsts(what: &str, kinds: &str) -> String {
    format!(
        "{T} select count(*) from (select min(happened_on) as first from t where kind in ({kinds}) group by {what}) f
         where first between $2 and $3"
    )
}

fn openings(statuses: &str) -> String {
    format!(
        "select count(*) from (select min(h.happened_on) as first from opening_changes h join openings o on o.user_id = $1 and o.id = h.opening_id
             and o.deleted_at is null where h.user_id = $1 and h.status in ({statuses}) group by h.opening_id) f
         where first between $2 and $3"
    )
}

fn funnel() -> [(&'static str, String); 11] {
    let listed = "companies c where c.user_id = $1 and c.deleted_at is null and c.status <> 'ruled_out'";
    [
        (
            "Companies on the list",
            format!("select count(*) from {listed} and (c.created_at at time zone 'UTC')::date between $2 and $3"),
        ),
        (
            "With a contact",
            format!(
                "select count(*) from {listed} and (select (greatest(min(k.created_at), c.created_at) at time zone 'UTC')::date
                     from contacts k where k.user_id = $1 and k.company_id = c.id and k.deleted_at is null) between $2 and $3
                 and exists (select from contacts k where k.user_id = $1 and k.company_id = c.id and k.deleted_at is null)"
            ),
        ),
        ("People asked to connect", people("'requested', 'introduction_asked'")),
        (
            "Connected",
            people(
                "'accepted', 'introduced', 'replied', 'met', 'answered_yes', 'answered_later', 'answered_in_writing', 'sent_on', 'held'",
            ),
        ),
        ("Asked for a talk", people("'asked'")),
        ("Talks held", firsts("coalesce(interview_id, id)", "'held', 'answered_in_writing'")),
        ("Introductions", people("'introduced'")),
        ("Referrals asked for", firsts("coalesce(referral_id, id)", "'referral_asked'")),
        ("Referrals made", firsts("coalesce(referral_id, id)", "'referral_made'")),
        ("Job interviews", openings("'interviewing', 'offer', 'accepted'")),
        ("Offers", openings("'offer', 'accepted'")),
    ]
}

/// Funnel, weeks and answer rates of the whole search, or of the days between two.
pub async fn are_those_of_plain_sql(search: &Search, period: Option<(Date, Date)>) {
    let (from, to) = period.unwrap_or((BEGINS, search.day));
    let query = period.map(|(from, to)| format!("&from={from}&to={to}")).unwrap_or_default();
    let seed = search.seed;

    let page = search.page(&format!("/progress?{}", query.trim_start_matches('&'))).await;
    let (labels, shown) = (page.texts("table.bars tbody th"), page.texts("table.bars tbody td.n"));
    for (label, sql) in funnel() {
        let counted: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(search.alice.id)
            .bind(Day(from))
            .bind(Day(to))
            .fetch_one(&search.app.db)
            .await
            .unwrap();
        let at = labels.iter().position(|shown| shown == label).unwrap_or_else(|| panic!("no {label}"));
        assert_eq!(shown[at], counted.to_string(), "seed {seed}: {label} from {from} to {to}");
    }
    assert_eq!(table(search, "weeks", &query).await, weeks(search, from, to).await, "seed {seed}: {from} to {to}");
    let mut answers = table(search, "answers", &query).await;
    answers.retain(|row| row[0] == "Template");
    let mut answers: Vec<Vec<String>> = answers.into_iter().map(|row| row[1..5].to_vec()).collect();
    answers.sort();
    assert_eq!(answers, by_template(search, from, to).await, "seed {seed}: {from} to {to}");
}

/// A table of the page as its file has it, without the head.
async fn table(search: &Search, of: &str, query: &str) -> Vec<Vec<String>> {
    let answer = search.alice.get(&format!("/progress/table.csv?of={of}{query}")).await.is(200);
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Monday, requests, introductions asked for, talks: each talk in the week it was first told of.
async fn weeks(search: &Search, from: Date, to: Date) -> Vec<Vec<String>> {
    let sql = format!(
        "{T}, talks as (select min(happened_on) as day from t where kind in ('held', 'answered_in_writing')
             and happened_on between $2 and $3 group by coalesce(interview_id, id))
         select monday::date::text as monday,
             (select count(*) from t where kind = 'requested' and happened_on between $2 and $3
                 and date_trunc('week', happened_on) = monday)::text as requests,
             (select count(*) from t where kind = 'introduction_asked' and happened_on between $2 and $3
                 and date_trunc('week', happened_on) = monday)::text as introductions,
             (select count(*) from talks where date_trunc('week', day) = monday)::text as talks
         from generate_series(date_trunc('week', $2::date), $3::date, '7 days') monday order by monday"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(search.alice.id).bind(Day(from)).bind(Day(to));
    let rows = rows.fetch_all(&search.app.db).await.unwrap();
    rows.iter()
        .map(|row| ["monday", "requests", "introductions", "talks"].map(|column| row.get(column)).to_vec())
        .collect()
}

/// Template, sent, answered, waiting. A message is answered by the next thing that happens with its reader, if that is an answer.
async fn by_template(search: &Search, from: Date, to: Date) -> Vec<Vec<String>> {
    let sql = format!(
        "{T}, talking as (
             select t.*, kind in ('requested', 'asked', 'followed_up', 'referral_asked') as asks,
                 lead(kind in ('requested', 'asked', 'followed_up', 'referral_asked')) over (partition by contact_id order by happened_on, id) as next_asks
             from t where kind in ('requested', 'asked', 'followed_up', 'referral_asked', 'accepted', 'introduced', 'replied', 'answered_yes',
                 'answered_later', 'answered_in_writing', 'answered_no', 'sent_on', 'scheduled', 'held', 'referral_agreed', 'referral_made',
                 'referral_declined')),
         sent as (
             select template, template_version, next_asks = false as answered,
                 next_asks is null and (select count(*) from generate_series(happened_on + 1, $4::date, '1 day') d
                     where extract(isodow from d) < 6 and d::date <> all($5::text[]::date[]) and d::date not between $6 and $7) < 3 as waits
             from talking where asks and happened_on between $2 and $3)
         select s.template, s.template_version, m.name, count(*) filter (where not waits) as sent,
             count(*) filter (where answered) as answered, count(*) filter (where waits) as waiting
         from sent s left join templates m on m.user_id = $1 and m.id::text = s.template group by 1, 2, 3"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(search.alice.id)
        .bind(Day(from))
        .bind(Day(to))
        .bind(Day(search.day))
        .bind(HOLIDAYS.map(|day| day.to_string()).to_vec())
        .bind(Day(AWAY.0))
        .bind(Day(AWAY.1))
        .fetch_all(&search.app.db)
        .await
        .unwrap();
    let mut groups: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for row in rows {
        let (key, version): (Option<String>, Option<i32>) = (row.get("template"), row.get("template_version"));
        let own: Option<String> = row.get("name");
        let group = match (key, version) {
            (Some(key), Some(version)) => {
                let name = own.unwrap_or_else(|| built_in::find(&key).unwrap().name.to_owned());
                if version == 1 { name } else { format!("{name}, wording {version}") }
            }
            _ => "Own words".to_owned(),
        };
        let counts = ["sent", "answered", "waiting"].map(|column| row.get::<i64, _>(column));
        let sums = groups.entry(group).or_default();
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let line = |(group, counts): (String, [i64; 3])| {
        std::iter::once(group).chain(counts.map(|count| count.to_string())).collect()
    };
    let mut lines: Vec<Vec<String>> = groups.into_iter().map(line).collect();
    lines.sort();
    lines
}
