//! SQL of the template a message was sent with.

use sqlx::PgExecutor;

use crate::access::Owner;
use crate::contacts::contact::NewTouchpoint;
use crate::ids::TemplateId;
use crate::playbook::message::built_in;
use crate::playbook::message::template::BUILT_IN_WORDING;

/// The template and wording a touchpoint to be came from, as its form names them; nothing for what is no message, has no
/// words, or names a template the user does not have.
pub async fn sent_with(
    db: impl PgExecutor<'_>,
    by: Owner,
    new: &NewTouchpoint,
    key: &str,
    wording: &str,
) -> sqlx::Result<Option<(String, i32)>> {
    if !new.kind.is_outgoing_message() || new.body.is_none() {
        return Ok(None);
    }
    if let Some(built_in) = built_in::find(key) {
        return Ok(Some((built_in.key.to_owned(), BUILT_IN_WORDING)));
    }
    let (Ok(id), Ok(number)) = (key.parse::<TemplateId>(), wording.parse::<i32>()) else { return Ok(None) };
    let known = sqlx::query_scalar!(
        r#"select exists (select from template_versions where user_id = $1 and template_id = $2 and number = $3) as "known!""#,
        by.user_id() as _,
        id as _,
        number,
    )
    .fetch_one(db)
    .await?;
    Ok(known.then(|| (id.to_string(), number)))
}
