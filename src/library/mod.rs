//! The library: every template by the moment it is for, those that come with Inroad beside the user's own.
//!
//! A wording that was sent is kept: changing it makes the next one, so that what was counted stays true. Composers read
//! the templates in statements of their own; nothing here sends or records anything.

pub mod bin;
pub mod editor;
pub mod form;
pub mod pages;
pub mod preview;
pub mod queries;
