//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;

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

/// The router of the table.
pub fn router() -> Router<App> {
    pages::add(accounts::add(Router::new())).fallback(renamed::answer).method_not_allowed_fallback(error::wrong_method)
}
