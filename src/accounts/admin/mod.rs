//! Administration: who has an account, who may make one, and how the installation is.
//!
//! An administrator manages accounts; nobody's companies or contacts are read here, and no statement of this room may name them.
//! What the seekers of a cohort did together, `progress::cohort` counts: numbers of at least five people.

pub mod accounts;
pub mod activity;
pub mod background;
pub mod change;
pub mod cohorts;
pub mod deletion;
pub mod installation;
pub mod invitation;
pub mod invitations;
pub mod queries;
pub mod room;
