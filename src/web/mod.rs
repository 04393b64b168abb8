//! What every page shares: form, page, path, headers, flash. No feature may be named here.

pub mod assets;
pub mod body;
pub mod chooser;
pub mod client;
pub mod cookies;
pub mod dates;
pub mod download;
pub mod flash;
pub mod form;
pub mod headers;
pub mod host;
pub mod installed;
mod joining;
pub mod link;
pub mod list;
pub mod made_for;
pub mod page;
pub mod path;
pub mod renamed;
pub mod request_id;
pub mod run;
pub mod same_origin;
pub mod shell;
pub mod theme;
pub mod tight;
pub mod typed;
pub mod words;
