//! SQL of the address book, the calendar, and which companies have a dossier.

use futures_util::stream::BoxStream;
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::access::Viewer;
use crate::database::At;
use crate::export::vcard::{Birthday, Card};
use crate::ids::{CompanyId, ContactId, InterviewId};
use crate::playbook::talk::{Medium, Status};

/// Someone, as address books know them.
pub struct CardRow {
    pub id: ContactId,
    pub name: String,
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub profile: Option<String>,
    pub place: Option<String>,
    pub pronouns: Option<String>,
    pub notes: Option<String>,
    pub tags: Vec<String>,
    pub year: Option<i16>,
    pub month: Option<i16>,
    pub day: Option<i16>,
}

impl CardRow {
    /// The card.
    pub fn card(self) -> Card {
        let birthday = self.month.zip(self.day).map(|(month, day)| Birthday { year: self.year, month, day });
        Card {
            id: Some(self.id),
            name: self.name,
            company: self.company,
            job_title: self.job_title,
            email: self.email,
            phone: self.phone,
            profile: self.profile,
            place: self.place,
            pronouns: self.pronouns,
            birthday,
            notes: self.notes,
            tags: self.tags,
        }
    }
}

/// Everyone on the list.
pub fn all(db: &mut PgConnection, by: Viewer) -> BoxStream<'_, sqlx::Result<CardRow>> {
    sqlx::query_as!(
        CardRow,
        r#"select k.id as "id: ContactId", k.name, coalesce(c.name, k.employer) as company, k.job_title, k.email, k.phone,
               k.profile_url as profile, k.place, k.pronouns, k.notes,
               array(select t.name from contact_tags x join tags t on t.user_id = $1 and t.id = x.tag_id
                   where x.user_id = $1 and x.contact_id = k.id order by t.name_folded) as "tags!", d.year as "year?", d.month as "month?", d.day as "day?"
           from contacts k
           left join companies c on c.user_id = k.user_id and c.id = k.company_id
           left join (select distinct on (b.contact_id) b.user_id, b.contact_id, b.year, b.month, b.day from contact_dates b
               where b.user_id = $1 and b.kind = 'birthday' and b.deleted_at is null order by b.contact_id, b.id) d
               on d.user_id = k.user_id and d.contact_id = k.id
           where k.user_id = $1 and k.deleted_at is null order by k.name_folded, k.id"#,
        by.user_id() as _,
    )
    .fetch(db)
}

/// One of them.
pub async fn one(db: &mut PgConnection, by: Viewer, id: ContactId) -> sqlx::Result<Option<CardRow>> {
    sqlx::query_as!(
        CardRow,
        r#"select k.id as "id: ContactId", k.name, coalesce(c.name, k.employer) as company, k.job_title, k.email, k.phone,
               k.profile_url as profile, k.place, k.pronouns, k.notes,
               array(select t.name from contact_tags x join tags t on t.user_id = $1 and t.id = x.tag_id
                   where x.user_id = $1 and x.contact_id = k.id order by t.name_folded) as "tags!", d.year as "year?", d.month as "month?", d.day as "day?"
           from contacts k
           left join companies c on c.user_id = k.user_id and c.id = k.company_id
           left join contact_dates d on d.user_id = k.user_id and d.contact_id = k.id and d.kind = 'birthday' and d.deleted_at is null
           where k.user_id = $1 and k.id = $2 and k.deleted_at is null order by d.id limit 1"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// A talk, as calendars know it.
pub struct TalkRow {
    pub id: InterviewId,
    pub sequence: i32,
    pub changed_at: At,
    pub starts_at: At,
    pub minutes: i16,
    pub way: Medium,
    pub place: Option<String>,
    pub status: Status,
    pub name: String,
    pub company: Option<String>,
}

/// The talks, from the first on; only those that began, or changed, after `since`, where it is given.
pub async fn talks(db: &mut PgConnection, by: Viewer, since: Option<Timestamp>) -> sqlx::Result<Vec<TalkRow>> {
    sqlx::query_as!(
        TalkRow,
        r#"select t.id as "id: InterviewId", t.sequence, t.changed_at as "changed_at: At", t.starts_at as "starts_at: At", t.minutes,
               t.way as "way: Medium", t.place, t.status as "status: Status", k.name, c.name as "company?"
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           left join companies c on c.user_id = t.user_id and c.id = t.company_id
           where t.user_id = $1 and k.user_id = $1 and t.deleted_at is null
               and ($2::timestamptz is null or t.starts_at > $2 or t.changed_at > $2)
           order by t.starts_at, t.id"#,
        by.user_id() as _,
        since.map(At) as _,
    )
    .fetch_all(db)
    .await
}

/// The companies of which something was learned or found, by name.
pub async fn companies_with_a_dossier(db: &mut PgConnection, by: Viewer) -> sqlx::Result<Vec<CompanyId>> {
    sqlx::query_scalar!(
        r#"select c.id as "id: CompanyId" from companies c
           where c.user_id = $1 and c.deleted_at is null and (
               exists (select from insights n where n.user_id = $1 and n.company_id = c.id and n.deleted_at is null)
               or exists (select from openings o where o.user_id = $1 and o.company_id = c.id and o.deleted_at is null)
               or exists (select from informational_interviews t where t.user_id = $1 and t.company_id = c.id and t.deleted_at is null))
           order by c.name_key, c.id"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await
}
