//! Two of a list that may be one: shown one below the other with the reason, to be joined or told apart.

use uuid::Uuid;

/// One of the two.
#[derive(Debug)]
pub struct Side {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What else helps to tell; may be empty.
    pub about: String,
}

/// The two, and why they may be one.
#[derive(Debug)]
pub struct Pair {
    /// The one that stays if they are joined.
    pub stays: Side,
    /// The one that is joined into it.
    pub goes: Side,
    /// Why.
    pub reason: &'static str,
}
