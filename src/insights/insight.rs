//! What an insight is: its topic, its weight, and what it is true of.

use crate::kinds::kinds;
use crate::playbook::topic::{Topic, Weight};
use crate::text::Text;

kinds! {
    /// What an insight is true of.
    pub enum About {
        Company = "company", "The company";
        /// The role, wherever it is done.
        Role = "role", "The role anywhere";
    }
}

/// What the form means.
pub struct Learned {
    pub topic: Topic,
    /// Only what the role needs has a weight.
    pub weight: Option<Weight>,
    pub about: About,
    pub text: Text<2_000>,
}
