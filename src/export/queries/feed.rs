//! SQL of what is due, as the calendar feed gives it.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::Viewer;
use crate::accounts::with_due;
use crate::database::Day;
use crate::interviews::kinds::Whose;
use crate::playbook::due::About;
use crate::playbook::ending;

/// Something that is due, as a calendar shows it.
#[derive(Debug, Deserialize)]
pub struct StepRow {
    pub about: About,
    pub id: Uuid,
    pub due: Date,
    /// The person, or the company.
    pub name: String,
    /// What is to be done, as a person wrote it or as the kind's word.
    pub what: Option<String>,
    /// Whose promise it is.
    pub whose: Option<Whose>,
}

/// What is due.
struct Steps {
    steps: Json<Vec<StepRow>>,
}

/// What has a day up to a date: steps with people and openings, referrals and what was promised; once the search is `over`, only
/// what does not rest then.
pub async fn steps(db: impl PgExecutor<'_>, by: Viewer, until: Date, over: bool) -> sqlx::Result<Vec<StepRow>> {
    let [quiet, quiet_referrals] = ending::quiet();
    let row = with_due!(
        Steps,
        "",
        user = "$1",
        until = "$2::date",
        since = "$2::date",
        over = "$3::boolean",
        quiet = "$4::text[]",
        quiet_referrals = "$5::text[]",
        r#"select (select coalesce(json_agg(to_json(s) order by s.due, s.id), '[]') from (
               select d.about, d.id, d.due, coalesce(k.name, pk.name, rk.name, tk.name, oc.name) as name,
                   coalesce(d.step, a.text, r.next_step, t.text, o.next_step) as what, a.whose
               from due d
               left join contacts k on k.user_id = $1 and d.about = 'contact' and k.id = d.id
               left join action_items a on a.user_id = $1 and d.about = 'promise' and a.id = d.id
               left join contacts pk on pk.user_id = $1 and pk.id = a.contact_id
               left join referrals r on r.user_id = $1 and d.about = 'referral' and r.id = d.id
               left join contacts rk on rk.user_id = $1 and rk.id = r.contact_id
               left join referral_tasks t on t.user_id = $1 and d.about = 'task' and t.id = d.id
               left join referrals tr on tr.user_id = $1 and tr.id = t.referral_id
               left join contacts tk on tk.user_id = $1 and tk.id = tr.contact_id
               left join openings o on o.user_id = $1 and d.about = 'opening' and o.id = d.id
               left join companies oc on oc.user_id = $1 and oc.id = o.company_id
               where d.about in ('contact', 'promise', 'referral', 'task', 'opening') and d.due is not null
           ) s) as "steps!: Json<Vec<StepRow>>""#,
        by.user_id() as _,
        Day(until) as _,
        over,
        &quiet,
        &quiet_referrals,
    )
    .fetch_one(db)
    .await?;
    Ok(row.steps.0)
}
