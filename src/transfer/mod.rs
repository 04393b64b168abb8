//! Data in and out, one file a format.
//!
//! Readers are pure: bytes in, people out, or one error in words that names what is wrong and where. A broken file is
//! refused as a whole, never read by halves, and a file without anybody in it is an error, not an empty success.
//!
//! An import goes in three steps: the file is read and kept (`start`), looked at (`show`), and then written in one
//! transaction (`confirm`, `writing`), which `undo` takes back as a whole. Contacts and companies are written through their own rooms.

pub mod about;
pub mod applied;
pub mod archive;
pub mod before;
pub mod chosen;
pub mod columns;
pub mod confirm;
pub mod dates;
pub mod decode;
mod format;
pub mod linkedin;
pub mod plan;
pub mod preview;
pub mod queries;
pub mod quoting;
pub mod report;
pub mod running;
pub mod sheets;
pub mod show;
pub mod start;
pub mod table;
pub mod underway;
pub mod undo;
pub mod upload;
pub mod writing;
