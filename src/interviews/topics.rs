//! What questions and insights are about.

pub use crate::playbook::topic::{Topic, Weight};
