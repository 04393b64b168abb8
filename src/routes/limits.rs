//! How much a form may hold, by the route it is sent to.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{TABLE, Verb, Who};
use crate::interviews;
use crate::web::body::{SMALL, bytes_of};

/// Bytes a form sent there may have: as many as the largest of them needs, and few where nobody need be signed in.
pub fn form_limit(route: Option<&str>) -> usize {
    static SIGNED_IN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let forms = TABLE.iter().filter(|row| row.method != Verb::Get && row.who != Who::Anyone);
        forms.map(|row| row.path).collect()
    });
    if route.is_some_and(|route| SIGNED_IN.contains(route)) { LARGEST_FORM } else { SMALL }
}

/// Bytes of the largest form: the boxes of a talk, all full.
pub const LARGEST_FORM: usize = bytes_of(interviews::live::page::CHARACTERS);
