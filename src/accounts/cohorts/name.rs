//! What a cohort is called.

use crate::folding::sorted_by;
use crate::text::{Line, Problem};

/// The name of a cohort; no two that are not archived share one, however it is spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortName(Line<80>);

impl CohortName {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Line::parse(typed).map(Self)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// As it is compared.
    pub fn folded(&self) -> String {
        sorted_by(self.as_str())
    }
}
