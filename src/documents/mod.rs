//! Documents: resumes and letters, each with its versions, and which version was sent where.

pub mod bin;
pub mod document;
pub mod edit;
pub mod file;
pub mod form;
pub mod format;
pub mod list;
pub mod queries;
pub mod room;
pub mod sent;
pub mod show;
pub mod upload;
pub mod uploads;
