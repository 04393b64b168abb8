//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use std::collections::HashSet;
use std::sync::LazyLock;

use axum::Router;

use crate::app::App;
use crate::web::body::{SMALL, bytes_of};
use crate::web::renamed;
use crate::{error, interviews};

#[macro_use]
mod row;
mod accounts;
mod pages;
pub use row::{Route, Verb, Who};

/// Every route there is.
pub const TABLE: &[Route] = &joined::<{ accounts::TABLE.len() + pages::TABLE.len() }>(accounts::TABLE, pages::TABLE);

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

/// Bytes a form sent there may have: as many as the largest of them needs, and few where nobody need be signed in.
pub fn form_limit(route: Option<&str>) -> usize {
    static SIGNED_IN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let forms = TABLE.iter().filter(|row| row.method == Verb::Post && row.who != Who::Anyone);
        forms.map(|row| row.path).collect()
    });
    if route.is_some_and(|route| SIGNED_IN.contains(route)) { LARGEST_FORM } else { SMALL }
}

/// Bytes of the largest form: the boxes of a talk, all full.
pub const LARGEST_FORM: usize = bytes_of(interviews::live::page::CHARACTERS);
