//! SQL of choosing one of the contacts.

use sqlx::PgExecutor;

use crate::access::Viewer;
use crate::companies::name::NameKey;
use crate::folding::folded;
use crate::ids::{CompanyId, ContactId};
use crate::web::chooser::{Choice, FEW};

/// Words of a search that are looked for.
const MOST_WORDS: usize = 8;
/// Letters of a search that are looked at: a name and a company of the greatest length, and what is between.
const LETTERS: usize = 402;

/// Contacts in whose name, or their employer's, each of the words stands: one more than a chooser shows, the likeliest first.
pub async fn people(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    sought: &str,
    near: Option<CompanyId>,
    but: Option<ContactId>,
) -> sqlx::Result<Vec<Choice>> {
    if sought.contains('\0') {
        return Ok(Vec::new());
    }
    let sought: String = sought.chars().take(LETTERS).collect();
    let name = folded(&sought);
    let words: Vec<String> =
        name.split([' ', ',']).filter(|word| !word.is_empty()).take(MOST_WORDS).map(String::from).collect();
    let (names, companies) = in_full(&sought);
    let rows = sqlx::query!(
        r#"select k.id as "id: ContactId", k.name || coalesce(', ' || coalesce(c.name, k.employer), '') as "label!",
               k.job_title as about
           from contacts k
           left join companies c on c.user_id = $1 and c.id = k.company_id and c.deleted_at is null
           where k.user_id = $1 and k.deleted_at is null and k.id is distinct from $4
               and (coalesce((select bool_and(strpos(k.name_folded || ' ' || coalesce(c.name_key, k.employer_key, ''), word) > 0)
                       from unnest($2::text[]) word), true)
                   or exists (select from unnest($6::text[], $7::text[]) as whole (name, company)
                       where whole.name = k.name_folded and whole.company = coalesce(c.name_key, k.employer_key)))
           order by starts_with(k.name_folded, $5) desc, coalesce(k.company_id = $3, false) desc,
               k.stage in ('in_touch', 'spoke', 'scheduled', 'asked', 'connected') desc, k.name_folded, k.id
           limit $8"#,
        by.into().user_id() as _,
        &words,
        near as _,
        but as _,
        name,
        &names,
        &companies,
        FEW as i64 + 1,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Choice { id: row.id.to_string(), label: row.label, about: row.about }).collect())
}

/// Names with the companies behind them, by each comma that may stand between: 'Sammy Davis, Jr., Rat Pack Inc.'.
fn in_full(sought: &str) -> (Vec<String>, Vec<String>) {
    let parts = sought.match_indices(',').map(|(at, comma)| (&sought[..at], &sought[at + comma.len()..]));
    parts.map(|(name, company)| (folded(name), NameKey::of(company).as_str().to_owned())).unzip()
}
