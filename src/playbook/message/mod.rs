//! The words ready to send: templates, what fills them, where they fit, and advice on what was written.
//!
//! A template is text with placeholders in braces. What is not known stays visible in square brackets, so that nobody
//! sends a message with a hole in it without having seen the hole.

pub mod about_me;
pub mod advice;
pub mod built_in;
pub mod channel;
pub mod fill;
pub mod gaps;
pub mod page;
pub mod phrase;
pub mod pieces;
pub mod placeholder;
#[cfg(test)]
pub mod proofread;
pub mod spelling;
pub mod template;
