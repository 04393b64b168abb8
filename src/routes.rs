//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;

use crate::access::Scope;
use crate::app::App;
use crate::error;
use crate::reminders;
use crate::web::renamed;

pub mod limits;
#[macro_use]
mod row;
mod accounts;
mod pages;
pub use row::{Route, Verb, Who};

/// Every route there is.
pub const TABLE: &[Route] = &joined::<{ accounts::TABLE.len() + pages::TABLE.len() }>(accounts::TABLE, pages::TABLE);

/// Where programs that read mail send a form by themselves (RFC 8058).
pub const OF_PROGRAMS: &[&str] = &[reminders::links::ENDS];

const fn joined<const N: usize>(first: &[Route], second: &[Route]) -> [Route; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { second[at - first.len()] };
        at += 1;
    }
    all
}

/// Whether a page is refused to a coach of that scope, as the table says.
pub fn refuses(path: &str, scope: Scope) -> bool {
    page_at(path).is_some_and(|page| match page.who {
        Who::Viewer => page.scope.is_none_or(|needed| scope < needed),
        Who::Owner => true,
        _ => false,
    })
}

/// The page a path leads to; one without parameters comes first.
fn page_at(path: &str) -> Option<&'static Route> {
    let fits = |route: &&Route| {
        let mut parts = path.split('/');
        let same = route.path.split('/').all(|pattern| match parts.next() {
            Some(part) => pattern == part || (pattern.starts_with('{') && !part.is_empty()),
            None => false,
        });
        same && parts.next().is_none()
    };
    let pages = TABLE.iter().filter(|route| route.method == Verb::Get);
    pages.filter(fits).min_by_key(|route| route.path.matches('{').count())
}

/// The router of the table.
pub fn router() -> Router<App> {
    pages::add(accounts::add(Router::new())).fallback(renamed::answer).method_not_allowed_fallback(error::wrong_method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coach_is_refused_what_their_scope_does_not_hold() {
        let id = "019b0000-0000-7000-8000-000000000001";
        for (path, progress, but_notes, everything) in [
            ("/progress", false, false, false),
            ("/contacts", true, false, false),
            (format!("/contacts/{id}").as_str(), true, false, false),
            ("/contacts/new", true, true, false),
            (format!("/openings/{id}").as_str(), true, true, false),
            ("/export", true, true, true),
            ("/looking", false, false, false),
            ("/static/some/where.css", false, false, false),
            ("/nowhere", false, false, false),
        ] {
            let refused = Scope::ALL.iter().map(|scope| refuses(path, *scope)).collect::<Vec<_>>();
            assert_eq!(refused, [progress, but_notes, everything], "{path}");
        }
    }
}
