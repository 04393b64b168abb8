//! SQL of the bin. Reads what every room has deleted; purging is the one place that removes other rooms' rows.

pub mod forget;
pub mod joins;

use jiff::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::access::{Owner, Viewer};
use crate::database::At;
use crate::ids::UserId;
use crate::kinds::kinds;

kinds! {
    /// What lies in the bin.
    pub enum Kind {
        Company = "company", "Company";
        Contact = "contact", "Contact";
        Talk = "talk", "Talk";
        Opening = "opening", "Opening";
        Referral = "referral", "Referral";
        Template = "template", "Template";
        Question = "question", "Question";
        Introduction = "introduction", "Introduction";
        Document = "document", "Document";
    }
}

impl Kind {
    /// The first part of its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Company => "companies",
            Self::Contact => "contacts",
            Self::Talk => "interviews",
            Self::Opening => "openings",
            Self::Referral => "referrals",
            Self::Template => "templates",
            Self::Question => "questions",
            Self::Introduction => "introductions",
            Self::Document => "documents",
        }
    }
}

/// Something in the bin.
pub struct BinRow {
    pub kind: Kind,
    pub id: Uuid,
    pub name: String,
    pub about: Option<String>,
    pub deleted_at: At,
    /// Something outside the bin belongs to it, so that it is not purged.
    pub held: bool,
    /// How many there are altogether.
    pub all: i64,
}

/// The newest of what was deleted.
pub async fn list(db: impl PgExecutor<'_>, by: impl Into<Viewer>) -> sqlx::Result<Vec<BinRow>> {
    sqlx::query_as!(
        BinRow,
        r#"select b.kind as "kind!: Kind", b.id as "id!", b.name as "name!", b.about, b.deleted_at as "deleted_at!: At",
               b.held as "held!", count(*) over () as "all!"
           from (
               select 'company' as kind, c.id, c.name, c.industry as about, c.deleted_at,
                   exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
                       or exists (select from referrals f where f.user_id = $1 and f.company_id = c.id) as held
               from companies c where c.user_id = $1 and c.deleted_at is not null
                   and not exists (select from joins j where j.user_id = $1 and j.kept ->> 'gone' = c.id::text)
               union all
               select 'contact', k.id, k.name, coalesce(k.job_title || ' at ' || k.employer, k.job_title, k.employer), k.deleted_at, false
               from contacts k where k.user_id = $1 and k.deleted_at is not null
                   and not exists (select from joins j where j.user_id = $1 and j.kept ->> 'gone' = k.id::text)
               union all
               select 'talk', i.id, 'Talk with ' || k.name, k.employer, i.deleted_at, false
               from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
               where i.user_id = $1 and k.user_id = $1 and i.deleted_at is not null
               union all
               select 'opening', o.id, o.title, c.name, o.deleted_at,
                   exists (select from referrals f where f.user_id = $1 and f.opening_id = o.id)
               from openings o join companies c on c.user_id = o.user_id and c.id = o.company_id
               where o.user_id = $1 and c.user_id = $1 and o.deleted_at is not null
               union all
               select 'referral', f.id, 'Referral by ' || k.name, coalesce(o.title || ' at ' || c.name, c.name), f.deleted_at, false
               from referrals f
               join contacts k on k.user_id = f.user_id and k.id = f.contact_id
               join companies c on c.user_id = f.user_id and c.id = f.company_id
               left join openings o on o.user_id = f.user_id and o.id = f.opening_id
               where f.user_id = $1 and k.user_id = $1 and c.user_id = $1 and f.deleted_at is not null
               union all
               select 'template', m.id, m.name, null, m.deleted_at, false
               from templates m where m.user_id = $1 and m.deleted_at is not null
               union all
               select 'question', q.id, q.text, null, q.deleted_at, false
               from questions q where q.user_id = $1 and q.deleted_at is not null and q.hidden_at is null
               union all
               select 'introduction', n.id, 'Introduction to ' || w.name, 'by ' || k.name, n.deleted_at, false
               from introductions n
               join contacts k on k.user_id = n.user_id and k.id = n.introducer_id
               join contacts w on w.user_id = n.user_id and w.id = n.introduced_id
               where n.user_id = $1 and k.user_id = $1 and w.user_id = $1 and n.deleted_at is not null
               union all
               select 'document', d.id, d.name, null, d.deleted_at, false
               from documents d where d.user_id = $1 and d.deleted_at is not null
           ) b
           order by b.deleted_at desc, b.id desc limit 200"#,
        by.into().user_id() as _,
    )
    .fetch_all(db)
    .await
}

/// Every account.
pub async fn users(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<UserId>> {
    sqlx::query_scalar!(r#"select id as "id: UserId" from users order by id"#).fetch_all(db).await
}

/// One statement of the purge: what it does, and its SQL over an account ($1) and an instant ($2).
macro_rules! purging {
    ($($(#[$meta:meta])* $name:ident = $sql:literal;)+) => {$(
        $(#[$meta])*
        pub async fn $name(db: impl PgExecutor<'_>, by: Owner, before: Timestamp) -> sqlx::Result<u64> {
            let done = sqlx::query!($sql, by.user_id() as _, At(before) as _).execute(db).await?;
            Ok(done.rows_affected())
        }
    )+};
}

purging! {
    /// Reasons to write stay when the advice goes they came from, alone or with its talk.
    let_go_of_advice = "update reasons r set insight_id = null
        from insights n join informational_interviews i on i.user_id = n.user_id and i.id = n.interview_id
        where r.user_id = $1 and n.user_id = $1 and i.user_id = $1 and n.id = r.insight_id and (n.deleted_at < $2 or i.deleted_at < $2)";
    /// What coaches said, and suggested and withdrew; nothing points at it.
    purge_comments = "delete from comments where user_id = $1 and deleted_at < $2";
    purge_suggestions = "delete from suggestions where user_id = $1 and deleted_at < $2";
    /// Reasons to write; nothing points at them, nor at the next one.
    purge_reasons = "delete from reasons where user_id = $1 and deleted_at < $2";
    /// Dates of theirs.
    purge_dates = "delete from contact_dates where user_id = $1 and deleted_at < $2";
    /// Insights; nothing points at them, nor at the next two.
    purge_insights = "delete from insights where user_id = $1 and deleted_at < $2";
    /// Promises.
    purge_action_items = "delete from action_items where user_id = $1 and deleted_at < $2";
    /// Questions of the bank.
    purge_questions = "delete from questions where user_id = $1 and deleted_at < $2";
    /// Both histories stay when the introduction goes that they speak of, be it with one of the two.
    let_go_of_introductions = "update touchpoints t set introduction_id = null from introductions n
        where t.user_id = $1 and n.user_id = $1 and n.id = t.introduction_id and (n.deleted_at < $2 or exists (
            select from contacts k where k.user_id = $1 and k.id in (n.introducer_id, n.introduced_id) and k.deleted_at < $2))";
    /// An introduction that was made stays when whoever led there before goes.
    let_go_of_earlier_introducers = "update introductions n set earlier_introducer_id = null from contacts k
        where n.user_id = $1 and k.user_id = $1 and k.id = n.earlier_introducer_id and k.deleted_at < $2";
    /// Who could introduce whom.
    purge_introductions = "delete from introductions where user_id = $1 and deleted_at < $2";
    /// Templates, with their wordings.
    purge_templates = "delete from templates where user_id = $1 and deleted_at < $2";
    /// What was not sent after all; nothing points at it.
    purge_sent_documents = "delete from sent_documents where user_id = $1 and deleted_at < $2";
    /// Documents, with their versions, and where those were sent.
    purge_documents = "delete from documents where user_id = $1 and deleted_at < $2";
    /// What mattered in offers, with its marks.
    purge_offer_criteria = "delete from offer_criteria where user_id = $1 and deleted_at < $2";
    /// The history stays when the referral goes that it speaks of.
    let_go_of_referrals = "update touchpoints t set referral_id = null from referrals f
        where t.user_id = $1 and f.user_id = $1 and f.id = t.referral_id and f.deleted_at < $2";
    /// Referrals, with their tasks.
    purge_referrals = "delete from referrals where user_id = $1 and deleted_at < $2";
    /// The history stays when the talk goes that it speaks of.
    let_go_of_interviews = "update touchpoints t set interview_id = null from informational_interviews i
        where t.user_id = $1 and i.user_id = $1 and i.id = t.interview_id and i.deleted_at < $2";
    /// Talks, with their questions, findings, insights and promises.
    purge_interviews = "delete from informational_interviews where user_id = $1 and deleted_at < $2";
    /// Who was introduced by someone who goes stays, without the introducer.
    let_go_of_introducers = "update contacts k set introduced_by = null from contacts o
        where k.user_id = $1 and o.user_id = $1 and o.id = k.introduced_by and o.deleted_at < $2";
    /// Openings confirmed by someone who goes stay, unconfirmed.
    let_go_of_confirmers = "update openings o set confirmed_by = null, confirmed_on = null from contacts k
        where o.user_id = $1 and k.user_id = $1 and k.id = o.confirmed_by and k.deleted_at < $2";
    /// Contacts, with their history, talks, referrals and introductions.
    purge_contacts = "delete from contacts where user_id = $1 and deleted_at < $2";
    /// Openings to which no referral belongs, with their changes.
    purge_openings = "delete from openings o where o.user_id = $1 and o.deleted_at < $2
        and not exists (select from referrals f where f.user_id = $1 and f.opening_id = o.id)";
    /// Contacts of a company that goes stay; what they said of their employer stays with them.
    let_go_of_employers = "update contacts k set company_id = null from companies c
        where k.user_id = $1 and c.user_id = $1 and c.id = k.company_id and c.deleted_at < $2
            and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
            and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)";
    /// Talks at a company that goes stay.
    let_go_of_hosts = "update informational_interviews i set company_id = null from companies c
        where i.user_id = $1 and c.user_id = $1 and c.id = i.company_id and c.deleted_at < $2
            and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
            and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)";
    /// Insights into a company that goes stay.
    let_go_of_subjects = "update insights s set company_id = null from companies c
        where s.user_id = $1 and c.user_id = $1 and c.id = s.company_id and c.deleted_at < $2
            and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
            and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)";
    /// Companies to which no opening and no referral belongs.
    purge_companies = "delete from companies c where c.user_id = $1 and c.deleted_at < $2
        and not exists (select from openings o where o.user_id = $1 and o.company_id = c.id)
        and not exists (select from referrals f where f.user_id = $1 and f.company_id = c.id)";
    /// Joins that cannot be undone any more: the one from the bin is gone for good, or as good as.
    purge_joins = "delete from joins where user_id = $1 and created_at < $2";
    /// Files that were read and never imported.
    purge_previews = "delete from imports where user_id = $1 and status = 'previewed' and created_at < $2";
}
