//! SQL of templates and their wordings. What was sent with each is counted from the history.
//!
//! A message counts as answered when the next thing between the two was theirs, or a talk: an answer to a later message is
//! that message's.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::database::{At, Restored, on_constraint};
use crate::ids::{ContactId, TemplateId};
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::template::Template;
use crate::playbook::warmth::Warmth;
use crate::suggestions::suggestion::Waiting;
use crate::text::{Line, Text};

/// How often something was sent, and answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Count {
    pub sent: i64,
    pub answered: i64,
}

/// The count of one template, by key.
#[derive(Debug, Deserialize)]
pub struct TemplateCount {
    pub template: String,
    #[serde(flatten)]
    pub count: Count,
}

/// What the list shows beside the templates that come with Inroad.
pub struct Listed {
    pub own: Json<Vec<Template>>,
    pub counts: Json<Vec<TemplateCount>>,
    /// Templates that coaches suggest.
    pub suggested: Json<Vec<Waiting>>,
}

/// The user's own templates, the oldest first, and how often each template was sent.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Listed> {
    sqlx::query_as!(
        Listed,
        r#"select
               (select coalesce(json_agg(json_build_object('key', m.id, 'wording', v.number, 'is_own', true, 'name', m.name,
                       'moment', m.purpose, 'channels', m.channels, 'warmths', m.warmths, 'subject', v.subject, 'body', v.body)
                       order by m.id), '[]')
                   from templates m
                   join lateral (
                       select number, subject, body from template_versions
                       where user_id = $1 and template_id = m.id order by number desc limit 1
                   ) v on true
                   where m.user_id = $1 and m.deleted_at is null
               ) as "own!: Json<Vec<Template>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select t.template, count(*) as sent,
                       count(*) filter (where n.direction = 'in' or n.kind in ('scheduled', 'held', 'met')) as answered
                   from touchpoints t
                   left join lateral (
                       select a.direction, a.kind from touchpoints a
                       where a.user_id = $1 and a.contact_id = t.contact_id and (a.happened_on, a.id) > (t.happened_on, t.id)
                           and (a.direction <> 'none' or a.kind in ('scheduled', 'held', 'met'))
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = a.id)
                       order by a.happened_on, a.id limit 1
                   ) n on true
                   where t.user_id = $1 and t.template is not null
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   group by t.template
               ) s) as "counts!: Json<Vec<TemplateCount>>",
               (select coalesce(json_agg(to_json(s)), '[]') from (
                   select g.id, g.by_name, g.kind, g.name, g.why, g.website, g.moment, g.body from suggestions g
                   where g.user_id = $1 and g.kind = 'template' and g.taken_at is null and g.dismissed_at is null and g.deleted_at is null
                   order by g.created_at, g.id limit 20
               ) s) as "suggested!: Json<Vec<Waiting>>""#,
        by.into().user_id() as _,
    )
    .fetch_one(db)
    .await
}

/// One wording of a template, with what was sent with it.
#[derive(Debug, Deserialize)]
pub struct VersionRow {
    pub number: i32,
    pub subject: Option<String>,
    pub body: String,
    pub created_at: Timestamp,
    #[serde(flatten)]
    pub count: Count,
}

/// A template with everything its page shows.
pub struct TemplateDetail {
    pub id: TemplateId,
    pub name: String,
    pub moment: Moment,
    pub channels: Json<Vec<Channel>>,
    pub warmths: Json<Vec<Warmth>>,
    pub version: i32,
    /// The latest first.
    pub versions: Json<Vec<VersionRow>>,
}

/// One template of the user's own.
pub async fn find(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    id: TemplateId,
) -> sqlx::Result<Option<TemplateDetail>> {
    sqlx::query_as!(
        TemplateDetail,
        r#"select m.id as "id: TemplateId", m.name, m.purpose as "moment: Moment", m.channels as "channels: Json<Vec<Channel>>",
               m.warmths as "warmths: Json<Vec<Warmth>>", m.version,
               (select coalesce(json_agg(to_json(s) order by s.number desc), '[]') from (
                   select v.number, v.subject, v.body, v.created_at, count(t.id) as sent,
                       count(t.id) filter (where n.direction = 'in' or n.kind in ('scheduled', 'held', 'met')) as answered
                   from template_versions v
                   left join touchpoints t on t.user_id = $1 and t.template = $2::text and t.template_version = v.number
                       and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = t.id)
                   left join lateral (
                       select a.direction, a.kind from touchpoints a
                       where a.user_id = $1 and a.contact_id = t.contact_id and (a.happened_on, a.id) > (t.happened_on, t.id)
                           and (a.direction <> 'none' or a.kind in ('scheduled', 'held', 'met'))
                           and not exists (select from touchpoints u where u.user_id = $1 and u.undoes = a.id)
                       order by a.happened_on, a.id limit 1
                   ) n on true
                   where v.user_id = $1 and v.template_id = m.id
                   group by v.number, v.subject, v.body, v.created_at
               ) s) as "versions!: Json<Vec<VersionRow>>"
           from templates m where m.user_id = $1 and m.id = $2::text::uuid and m.deleted_at is null"#,
        by.into().user_id() as _,
        id.to_string(),
    )
    .fetch_optional(db)
    .await
}

/// What came of saving a template.
#[derive(Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved, and this is its wording.
    As(i32),
    /// The form was sent before.
    Again,
    /// Another one for the same moment has this name.
    NameTaken,
    /// Someone saved since it was read.
    Changed,
    /// There is no such template.
    Gone,
}

/// `NameTaken` where the database says so.
fn taken(error: sqlx::Error) -> sqlx::Result<Saved> {
    on_constraint(error, &["templates_name_taken"], Saved::NameTaken)
}

/// Adds a template with its first wording. Run it inside a transaction.
pub async fn insert(
    db: &mut PgConnection,
    by: Owner,
    id: TemplateId,
    new: &Described,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    let done = sqlx::query!(
        "insert into templates (user_id, id, name, purpose, channels, warmths, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        by.user_id() as _,
        id as _,
        new.name.as_str(),
        new.moment as _,
        Json(&new.channels) as _,
        Json(&new.warmths) as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        let again = sqlx::query_scalar!(
            r#"select exists (select from templates where user_id = $1 and id = $2) as "again!""#,
            by.user_id() as _,
            id as _,
        )
        .fetch_one(db)
        .await?;
        return Ok(if again { Saved::Again } else { Saved::NameTaken });
    }
    insert_version(db, by, id, 1, new, now).await?;
    Ok(Saved::As(1))
}

async fn insert_version(
    db: &mut PgConnection,
    by: Owner,
    id: TemplateId,
    number: i32,
    new: &Described,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into template_versions (user_id, id, template_id, number, subject, body, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        by.user_id() as _,
        Uuid::now_v7(),
        id as _,
        number,
        new.subject.as_ref().map(AsRef::as_ref),
        new.body.as_str(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Saves a template if nobody saved since `version`. Other words become the next wording where the last one was sent, else
/// they take its place. Run it inside a transaction.
pub async fn update(
    db: &mut PgConnection,
    by: Owner,
    id: TemplateId,
    version: i32,
    new: &Described,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    let kept = sqlx::query!(
        r#"select m.version, v.number as "number?", v.subject as "subject?", v.body as "body?",
               exists (select from touchpoints t where t.user_id = $1 and t.template = $2::text and t.template_version = v.number)
                   as "was_sent!"
           from templates m
           left join lateral (
               select number, subject, body from template_versions
               where user_id = $1 and template_id = m.id order by number desc limit 1
           ) v on true
           where m.user_id = $1 and m.id = $2::text::uuid and m.deleted_at is null for update of m"#,
        by.user_id() as _,
        id.to_string(),
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(kept) = kept else { return Ok(Saved::Gone) };
    if kept.version != version {
        return Ok(Saved::Changed);
    }
    let done = sqlx::query!(
        "update templates set name = $3, purpose = $4, channels = $5, warmths = $6, version = version + 1
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        new.name.as_str(),
        new.moment as _,
        Json(&new.channels) as _,
        Json(&new.warmths) as _,
    )
    .execute(&mut *db)
    .await;
    if let Err(error) = done {
        return taken(error);
    }
    let number = kept.number.unwrap_or_default();
    let subject = new.subject.as_ref().map(AsRef::as_ref);
    if kept.number.is_some() && kept.subject.as_deref() == subject && kept.body.as_deref() == Some(new.body.as_str()) {
        return Ok(Saved::As(number));
    }
    if kept.was_sent || kept.number.is_none() {
        insert_version(db, by, id, number + 1, new, now).await?;
        return Ok(Saved::As(number + 1));
    }
    sqlx::query!(
        "update template_versions set subject = $4, body = $5, created_at = $6
         where user_id = $1 and template_id = $2 and number = $3",
        by.user_id() as _,
        id as _,
        number,
        subject,
        new.body.as_str(),
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(Saved::As(number))
}

/// Puts a template into the bin and returns its name.
pub async fn delete(
    db: impl PgExecutor<'_>,
    by: Owner,
    id: TemplateId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update templates set deleted_at = coalesce(deleted_at, $3) where user_id = $1 and id = $2 returning name",
        by.user_id() as _,
        id as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Takes a template out of the bin.
pub async fn restore(db: impl PgExecutor<'_>, by: Owner, id: TemplateId) -> sqlx::Result<Restored<String>> {
    let restored = sqlx::query_scalar!(
        "update templates set deleted_at = null where user_id = $1 and id = $2 returning name",
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await;
    Restored::of(restored, "templates_name_taken")
}

/// Someone a template can be tried on.
pub struct PersonRow {
    pub id: ContactId,
    pub name: String,
    pub employer: Option<String>,
}

/// The contacts whose name or employer holds this, those nearest to the user first.
pub async fn people(db: impl PgExecutor<'_>, by: impl Into<Viewer>, pattern: String) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as!(
        PersonRow,
        r#"select k.id as "id: ContactId", k.name, coalesce(c.name, k.employer) as employer
           from contacts k left join companies c on c.user_id = $1 and c.id = k.company_id
           where k.user_id = $1 and k.deleted_at is null and (concat_ws(chr(31), k.name, k.employer) ~ $2)
           order by array_position(array['in_touch', 'spoke', 'scheduled', 'asked', 'connected', 'requested'], k.stage),
               k.name_folded, k.id
           limit 8"#,
        by.into().user_id() as _,
        pattern,
    )
    .fetch_all(db)
    .await
}

/// A template, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub name: Line<100>,
    pub moment: Moment,
    pub channels: Vec<Channel>,
    pub warmths: Vec<Warmth>,
    pub subject: Option<Line<200>>,
    pub body: Text<20_000>,
}
