//! What presses on lines share: the page they came from, and the address that takes them back.

use serde::Deserialize;

use crate::links::with_query;
use crate::playbook::topic::Weight;
use crate::web::link::own_path_or;

/// The page a press came from, in a form or in the address of an undo.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    pub back: String,
}

impl Back {
    /// Where a press leads: the page it came from, else all insights.
    pub fn address(&self) -> String {
        own_path_or(&self.back, "/insights")
    }

    /// The address of what takes a press back.
    pub fn undo(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let back = self.address();
        let all: Vec<(&str, &str)> = parameters.iter().copied().chain([("back", back.as_str())]).collect();
        with_query(path, &all)
    }
}

/// Weights to choose from, first none.
pub fn weights() -> Vec<(&'static str, &'static str)> {
    [("", "Not sure")].into_iter().chain(Weight::choices()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_leads_back_to_a_page_of_ours() {
        let back = |back: &str| Back { back: back.into() }.address();
        assert_eq!(back(""), "/insights");
        assert_eq!(back("/companies/1/dossier"), "/companies/1/dossier");
        assert_eq!(back("//evil.example"), "/");
        let undo = Back { back: "/insights?q=a".into() }.undo("/insight-links/removals", &[("of", "1,2")]);
        assert_eq!(undo, "/insight-links/removals?of=1%2C2&back=%2Finsights%3Fq%3Da");
    }
}
