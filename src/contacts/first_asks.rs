//! Who of the people already known to ask first: those at the companies on the list, the best with their reasons.

use jiff::civil::Date;
use sqlx::PgExecutor;

use super::queries::suggestions as queries;
use super::ranking::{rank, read_by_employers};
use crate::access::Viewer;
use crate::accounts::preferences::Preferences;
use crate::companies::whom_to_ask::{Suggested, shared};
use crate::playbook::suggestion::CONNECTED;
use crate::playbook::warmth::Closeness;
use crate::web::words;

/// How many are shown.
const FEW: usize = 3;

/// Reasons beside a name.
const REASONS: usize = 2;

/// Someone to ask.
#[derive(Debug)]
pub struct Ask {
    /// Who, and why.
    pub suggested: Suggested,
    /// Where they work.
    pub company: Option<String>,
}

/// The few best to ask, and how many are known.
#[derive(Debug, Default)]
pub struct FirstAsks {
    /// The best first.
    pub people: Vec<Ask>,
    /// 'You know 64 people at 4 of your companies. These three do the work you want:'
    pub said: String,
}

/// Who to ask first, seen on `today`; nobody where nobody is known at the companies on the list, or all of them wait.
///
/// # Errors
/// When the database fails.
pub async fn first_asks(
    db: impl PgExecutor<'_>,
    by: impl Into<Viewer>,
    preferences: &Preferences,
    today: Date,
) -> sqlx::Result<FirstAsks> {
    let mut around = queries::around(db, by, &preferences.target_roles, preferences.cadence.week_begins, today).await?;
    read_by_employers(&mut around, preferences);
    let ranking = rank(&around, preferences, today);
    let known = ranking.suggestions.iter().filter(|suggestion| suggestion.person.nearness().connected);
    let best: Vec<_> = known.filter(|suggestion| suggestion.company.is_some()).take(FEW).collect();
    let do_the_work = best.iter().filter(|it| it.person.closeness == Closeness::SameRole).count();
    let people = best
        .iter()
        .map(|suggestion| {
            let mut suggested = Suggested::of(suggestion, shared(preferences));
            // All of them are: what tells them apart is said.
            suggested.reasons.retain(|reason| reason != CONNECTED);
            suggested.reasons.truncate(REASONS);
            Ask { suggested, company: suggestion.company.map(|company| company.name.to_owned()) }
        })
        .collect();
    Ok(FirstAsks { people, said: said((around.connected, around.connected_at), best.len(), do_the_work) })
}

fn said((people, companies): (i64, i64), shown: usize, do_the_work: usize) -> String {
    let of = words::count(people, "person", "people");
    let place = match companies {
        1 => "one of your companies".to_owned(),
        n => format!("{n} of your companies"),
    };
    let these = match (shown, do_the_work) {
        (1, 0) => "This is who to ask first:".to_owned(),
        (1, _) => "This one does the work you want:".to_owned(),
        (shown, all) if all == shown => {
            format!("These {} do the work you want:", words::heading_number(shown as i64).to_lowercase())
        }
        (shown, _) => format!("Ask these {} first:", words::heading_number(shown as i64).to_lowercase()),
    };
    format!("You know {of} at {place}. {these}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_as_it_is() {
        for (known, shown, do_the_work, words) in [
            ((64, 4), 3, 3, "You know 64 people at 4 of your companies. These three do the work you want:"),
            ((2, 1), 2, 0, "You know 2 people at one of your companies. Ask these two first:"),
            ((9, 2), 3, 2, "You know 9 people at 2 of your companies. Ask these three first:"),
            ((1, 1), 1, 1, "You know 1 person at one of your companies. This one does the work you want:"),
            ((1, 1), 1, 0, "You know 1 person at one of your companies. This is who to ask first:"),
        ] {
            assert_eq!(said(known, shown, do_the_work), words);
        }
    }
}
