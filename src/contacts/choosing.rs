//! Choosing one of the contacts by words: as one types, and when a form is sent.

use sqlx::PgExecutor;

use super::queries::choosing as queries;
use crate::access::Viewer;
use crate::ids::{CompanyId, ContactId};
use crate::links::with_query;
use crate::web::chooser::{Choice, FEW, Sent, meant};
use crate::web::form::Errors;

/// What came of the words of a chooser.
#[derive(Debug, Default)]
pub struct Settled {
    /// Why nobody is meant yet.
    problem: Option<&'static str>,
    /// Those whom the words fit, where they are several.
    pub matches: Vec<Choice>,
}

impl Settled {
    /// Notes with the field that nobody is meant yet.
    pub fn note(&self, errors: &mut Errors, field: &'static str) {
        if let Some(problem) = self.problem {
            errors.put(field, problem);
        }
    }

    /// Whether the words leave open who is meant.
    pub fn is_open(&self) -> bool {
        self.problem.is_some()
    }
}

/// Puts the id of the contact whom the words mean in place of what was chosen before; nobody's where they mean nobody, or several.
pub async fn settle(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    (id, words, seen): (&mut String, &mut Option<String>, &str),
    but: Option<ContactId>,
) -> sqlx::Result<Settled> {
    let sent = Sent { id, words: words.as_deref(), seen };
    if sent.is_cleared() {
        id.clear();
        return Ok(Settled::default());
    }
    let Some(sought) = sent.sought().map(str::to_owned) else { return Ok(Settled::default()) };
    let found = queries::people(db, by, &sought, None, but).await?;
    if let Some(one) = meant(&sought, &found) {
        id.clone_from(&one.id);
        *words = Some(one.label.clone());
        return Ok(Settled::default());
    }
    id.clear();
    let problem = match found.len() {
        0 => "No contact has that name: enter part of their name, or of their company's",
        n if n > FEW => "Many have that name: choose one, or type more of it",
        _ => "Several have that name: choose one",
    };
    Ok(Settled { problem: Some(problem), matches: found.into_iter().take(FEW).collect() })
}

/// Where the contacts to choose from are found: whoever works at `near` comes first, and `but` is left out.
pub fn source(near: Option<CompanyId>, but: Option<ContactId>) -> String {
    let (near, but) = (near.map(|id| id.to_string()), but.map(|id| id.to_string()));
    let parts = [("near", near.as_deref().unwrap_or_default()), ("but", but.as_deref().unwrap_or_default())];
    let address = with_query("/contacts/choices", &parts);
    format!("{address}{}q=", if address.contains('?') { '&' } else { '?' })
}
