//! SQL of one introduction's page, and of the page that adds one.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::access::Viewer;
use crate::database::Day;
use crate::ids::{CompanyId, ContactId, IntroductionId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::{Standing, Status};
use crate::playbook::stage::Stage;
use crate::web::chooser::{Choice, FEW};

/// One of the two.
#[derive(Debug, Deserialize)]
pub struct Side {
    pub id: ContactId,
    pub name: String,
    pub job_title: Option<String>,
    /// Where they work, as it is called.
    pub company: Option<String>,
    pub profile: Option<String>,
    pub email: Option<String>,
    pub pronouns: Option<String>,
    pub phone: Option<String>,
    pub stage: Stage,
    pub last_touch: Option<Date>,
}

/// What happened: the line of the person to be introduced, where they have one.
#[derive(Debug, Deserialize)]
pub struct HappenedRow {
    pub id: TouchpointId,
    pub kind: Kind,
    pub on: Date,
    pub body: Option<String>,
}

/// An introduction with everything its page shows.
pub struct IntroductionDetail {
    pub id: IntroductionId,
    pub status: Status,
    pub note: Option<String>,
    pub asked_on: Option<Day>,
    pub reminded_on: Option<Day>,
    pub made_on: Option<Day>,
    pub declined_on: Option<Day>,
    pub version: i32,
    pub introducer: Json<Side>,
    pub introduced: Json<Side>,
    /// The latest first.
    pub history: Json<Vec<HappenedRow>>,
}

impl IntroductionDetail {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            asked_on: self.asked_on.map(|day| day.0),
            reminded_on: self.reminded_on.map(|day| day.0),
            made_on: self.made_on.map(|day| day.0),
            declined_on: self.declined_on.map(|day| day.0),
        }
    }
}

/// One introduction with its two people and what happened.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: IntroductionId,
) -> sqlx::Result<Option<IntroductionDetail>> {
    sqlx::query_as!(
        IntroductionDetail,
        r#"select n.id as "id: IntroductionId", n.status as "status: Status", n.note, n.asked_on as "asked_on: Day",
               n.reminded_on as "reminded_on: Day", n.made_on as "made_on: Day", n.declined_on as "declined_on: Day", n.version,
               json_build_object('id', a.id, 'name', a.name, 'job_title', a.job_title, 'company', coalesce(ca.name, a.employer),
                   'profile', a.profile_url, 'email', a.email, 'pronouns', a.pronouns, 'phone', a.phone, 'stage', a.stage,
                   'last_touch', a.last_touch_on
               ) as "introducer!: Json<Side>",
               json_build_object('id', b.id, 'name', b.name, 'job_title', b.job_title, 'company', coalesce(cb.name, b.employer),
                   'profile', b.profile_url, 'email', b.email, 'pronouns', b.pronouns, 'phone', b.phone, 'stage', b.stage,
                   'last_touch', b.last_touch_on
               ) as "introduced!: Json<Side>",
               (select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'on', t.happened_on, 'body', t.body)
                       order by t.created_at desc, t.id desc), '[]')
                   from touchpoints t
                   where t.user_id = $1 and t.introduction_id = n.id and t.kind not in ('sent_on', 'replied')
                       and not (t.kind = 'wrote' and exists (
                           select from touchpoints o where o.user_id = $1 and o.introduction_id = n.id
                               and o.kind = 'introduction_asked' and o.created_at = t.created_at))
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
               ) as "history!: Json<Vec<HappenedRow>>"
           from introductions n
           join contacts a on a.user_id = $1 and a.id = n.introducer_id
           join contacts b on b.user_id = $1 and b.id = n.introduced_id
           left join companies ca on ca.user_id = $1 and ca.id = a.company_id and ca.deleted_at is null
           left join companies cb on cb.user_id = $1 and cb.id = b.company_id and cb.deleted_at is null
           where n.user_id = $1 and n.id = $2 and n.deleted_at is null and a.deleted_at is null and b.deleted_at is null"#,
        by.into().user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// What the form of a new introduction offers.
pub struct Choices {
    /// Those who may introduce: whom the user is in contact with before the others.
    pub introducers: Json<Vec<Choice>>,
    /// Those whom one may want to meet: those not in contact before the others, of the company asked for before all.
    pub wanted: Json<Vec<Choice>>,
    /// The name of the company asked for, if it is on the list.
    pub company: Option<String>,
}

/// The people to offer: the likeliest few of each, those asked for at the head.
pub async fn choices(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    introducer: Option<ContactId>,
    introduced: Option<ContactId>,
    company: Option<CompanyId>,
) -> sqlx::Result<Choices> {
    sqlx::query_as!(
        Choices,
        r#"with people as (
               select k.id, k.name || coalesce(', ' || coalesce(c.name, k.employer), '') as label, k.company_id, k.name_folded as by_name,
                   k.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch') as in_contact
               from contacts k
               left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
               where k.user_id = $1 and k.deleted_at is null and k.id = any(array(
                   select f.id from unnest(array['connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'requested', 'identified', 'moved_on', 'declined']) s (stage)
                   cross join lateral (
                       select l.id from contacts l where l.user_id = $1 and l.stage = s.stage and l.deleted_at is null
                       order by l.name_folded, l.id limit $5) f
                   union (select l.id from contacts l where l.user_id = $1 and l.company_id = $4 and l.deleted_at is null
                       order by l.stage in ('connected', 'asked', 'scheduled', 'spoke', 'in_touch'), l.name_folded, l.id limit $5)
                   union select $2
                   union select $3))
           )
           select (select coalesce(json_agg(to_json(p)), '[]') from (
                   select id, label from people
                   order by id is not distinct from $2 desc, in_contact desc, by_name, id limit $5
               ) p) as "introducers!: Json<Vec<Choice>>",
               (select coalesce(json_agg(to_json(p)), '[]') from (
                   select id, label from people
                   order by id is not distinct from $3 desc, coalesce(company_id = $4, false) desc, in_contact, by_name, id limit $5
               ) p) as "wanted!: Json<Vec<Choice>>",
               (select name from companies where user_id = $1 and id = $4 and deleted_at is null) as company"#,
        by.into().user_id() as _,
        introducer as _,
        introduced as _,
        company as _,
        FEW as i64,
    )
    .fetch_one(db)
    .await
}

/// Which of two contacts are on the list.
pub async fn are_there(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    introducer: ContactId,
    introduced: Option<ContactId>,
) -> sqlx::Result<(bool, bool)> {
    let row = sqlx::query!(
        r#"select exists (select from contacts where user_id = $1 and id = $2 and deleted_at is null) as "introducer!",
               exists (select from contacts where user_id = $1 and id = $3 and deleted_at is null) as "introduced!""#,
        by.into().user_id() as _,
        introducer as _,
        introduced as _,
    )
    .fetch_one(db)
    .await?;
    Ok((row.introducer, row.introduced))
}
