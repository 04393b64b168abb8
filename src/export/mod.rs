//! Everything out, and a whole account in: one complete archive that another Inroad reads back, and single files for other
//! programs.
//!
//! What is written is gathered in a file without a name first, so that no connection waits for whoever downloads it. All of it is
//! for the owner alone: a coach reads pages, and takes no copies of everyone's data along. The one exception is a single card,
//! which says no more than the page it stands on.

pub mod archive;
pub mod archives;
pub mod downloads;
pub mod feed;
pub mod gathered;
pub mod page;
pub mod queries;
pub mod sheets;
pub mod vcard;
pub mod wording;
