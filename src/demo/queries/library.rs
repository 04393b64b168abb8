//! SQL of the demo account's own templates.

use jiff::Timestamp;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::access::Owner;
use crate::database::At;
use crate::demo::story::templates::OwnTemplate;
use crate::ids::TemplateId;

/// A template with its wordings, and every second message of its kind sent with it: the earlier ones with the first wording.
pub async fn template(db: &mut PgConnection, by: Owner, it: &OwnTemplate, now: Timestamp) -> sqlx::Result<()> {
    let id = TemplateId::new();
    sqlx::query!(
        "insert into templates (user_id, id, name, purpose, channels, created_at) values ($1, $2, $3, $4, $5, $6)",
        by.user_id() as _,
        id as _,
        it.name,
        it.moment as _,
        Json(it.channels) as _,
        At(now) as _,
    )
    .execute(&mut *db)
    .await?;
    for (number, (subject, body)) in (1..).zip(it.wordings) {
        sqlx::query!(
            "insert into template_versions (user_id, id, template_id, number, subject, body, created_at)
             values ($1, $2, $3, $4, nullif($5, ''), $6, $7)",
            by.user_id() as _,
            Uuid::now_v7(),
            id as _,
            number,
            *subject,
            *body,
            At(now) as _,
        )
        .execute(&mut *db)
        .await?;
    }
    let last = i32::try_from(it.wordings.len()).unwrap_or(1);
    sqlx::query!(
        "update touchpoints t set template = n.template, template_version = n.number
         from (
             select s.id, case when s.nr % 2 = 0 then $3::text else s.built_in end as template,
                 case when s.nr % 2 = 0 and s.nr * 2 > s.count then $4::integer else 1 end as number
             from (
                 select m.id, row_number() over (order by m.happened_on, m.id) as nr, count(*) over () as count,
                     case m.kind when 'thanked' then 'thank_you' else
                         case m.kind when 'requested' then 'note_' else 'talk_' end || case k.warmth
                             when 'can_be_introduced' then 'introduced' when 'same_school' then 'school'
                             when 'same_employer' then 'employer' else k.warmth end
                     end as built_in
                 from touchpoints m join contacts k on k.user_id = $1 and k.id = m.contact_id
                 where m.user_id = $1 and m.kind = $2 and m.template is null
             ) s
         ) n
         where t.user_id = $1 and t.id = n.id",
        by.user_id() as _,
        it.sent_as as _,
        id.to_string(),
        last,
    )
    .execute(db)
    .await?;
    Ok(())
}
