//! SQL of everything that is kept of one person: each row that names them, or belongs to one that does. A test compares the tables
//! with the catalogue.

use sqlx::PgConnection;

use crate::access::Viewer;
use crate::ids::ContactId;

/// What is kept of someone.
pub struct Everything {
    pub name: String,
    /// Their rows by table, as JSON for people to read.
    pub json: String,
}

/// Everything that is kept of one person; nothing where there is none.
pub async fn everything(db: &mut PgConnection, by: Viewer, id: ContactId) -> sqlx::Result<Option<Everything>> {
    sqlx::query_as!(
        Everything,
        r#"select p.name, jsonb_pretty(jsonb_build_object(
               'contacts', jsonb_build_array(to_jsonb(p) - 'user_id'),
               'companies', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from companies t
                   where t.user_id = $1 and t.id = p.company_id),
               'led_to', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.id), '[]') from contacts t
                   where t.user_id = $1 and t.introduced_by = $2),
               'touchpoints', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.happened_on, t.id), '[]') from touchpoints t
                   where t.user_id = $1 and t.contact_id = $2),
               'contact_dates', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from contact_dates t
                   where t.user_id = $1 and t.contact_id = $2),
               'contact_tags', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from contact_tags t
                   where t.user_id = $1 and t.contact_id = $2),
               'tags', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from contact_tags x join tags t on t.user_id = x.user_id and t.id = x.tag_id
                   where x.user_id = $1 and t.user_id = $1 and x.contact_id = $2),
               'reasons', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from reasons t
                   where t.user_id = $1 and t.contact_id = $2),
               'comments', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from comments t left join informational_interviews i on i.user_id = t.user_id and i.id = t.interview_id
                   where t.user_id = $1 and (t.contact_id = $2 or i.contact_id = $2)),
               'contact_changes', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from contact_changes t
                   where t.user_id = $1 and t.contact_id = $2),
               'distinct_contacts', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from distinct_contacts t
                   where t.user_id = $1 and $2 in (t.one_id, t.other_id)),
               'introductions', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from introductions t
                   where t.user_id = $1 and $2 in (t.introducer_id, t.introduced_id, t.earlier_introducer_id)),
               'talk_proposals', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from talk_proposals t
                   where t.user_id = $1 and t.contact_id = $2),
               'informational_interviews', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from informational_interviews t where t.user_id = $1 and t.contact_id = $2),
               'interview_questions', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from informational_interviews i join interview_questions t on t.user_id = i.user_id and t.interview_id = i.id
                   where i.user_id = $1 and t.user_id = $1 and i.contact_id = $2),
               'findings', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from informational_interviews i join findings t on t.user_id = i.user_id and t.interview_id = i.id
                   where i.user_id = $1 and t.user_id = $1 and i.contact_id = $2),
               'captured_lines', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from informational_interviews i join captured_lines t on t.user_id = i.user_id and t.interview_id = i.id
                   where i.user_id = $1 and t.user_id = $1 and i.contact_id = $2),
               'insights', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from insights t
                   where t.user_id = $1 and t.contact_id = $2),
               'action_items', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from action_items t
                   where t.user_id = $1 and t.contact_id = $2),
               'openings', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from openings t
                   where t.user_id = $1 and t.confirmed_by = $2),
               'referrals', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]') from referrals t
                   where t.user_id = $1 and t.contact_id = $2),
               'sent_documents', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from referrals r join sent_documents t on t.user_id = r.user_id and t.referral_id = r.id
                   where r.user_id = $1 and t.user_id = $1 and r.contact_id = $2),
               'referral_tasks', (select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' order by t.id), '[]')
                   from referrals r join referral_tasks t on t.user_id = r.user_id and t.referral_id = r.id
                   where r.user_id = $1 and t.user_id = $1 and r.contact_id = $2)
           )) as "json!" from contacts p where p.user_id = $1 and p.id = $2 and p.deleted_at is null"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await
}
