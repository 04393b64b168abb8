//! The people, and what happened with each.

mod early;
mod in_touch;
mod let_go;
mod on_the_way;

use super::parts::Contact;

/// Everyone, those she is nearest to first.
pub fn contacts() -> impl Iterator<Item = &'static Contact> {
    [in_touch::CONTACTS, on_the_way::CONTACTS, early::CONTACTS, let_go::CONTACTS].into_iter().flatten()
}
