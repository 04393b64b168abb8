//! Ways to look at a list: the columns that are shown, and what is kept under a name.

use serde::{Deserialize, Serialize};

use crate::links::with_query;

/// The lists whose views can be kept, and which are remembered as they were looked at last.
pub const KEPT: [&str; 4] = ["/companies", "/contacts", "/contacts/in-touch", "/openings"];

/// A column of a list that can be left out.
pub struct Column {
    /// Its word in the address.
    pub word: &'static str,
    /// What is written over it.
    pub label: &'static str,
    /// Whether it is shown where nothing else is chosen.
    pub usual: bool,
}

impl Column {
    /// A column that is shown unless it is left out.
    pub const fn usual(word: &'static str, label: &'static str) -> Self {
        Self { word, label, usual: true }
    }

    /// A column that is left out unless it is chosen.
    pub const fn spare(word: &'static str, label: &'static str) -> Self {
        Self { word, label, usual: false }
    }
}

/// A way to look at a list that is kept under a name.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    /// The path of the list.
    pub list: String,
    /// What it is called; no two views of a list are called the same.
    pub name: String,
    /// What the address of the list says.
    pub query: String,
    /// Whether the plain address of the list shows it; true of one view of a list at most.
    pub usual: bool,
}

impl SavedView {
    /// The path that brings it back when posted to.
    pub fn restoration(&self) -> String {
        let usual = if self.usual { "true" } else { "false" };
        let words = [("list", &*self.list), ("name", &*self.name), ("query", &*self.query), ("usual", usual)];
        with_query("/list-views/restorations", &words)
    }

    /// The path that removes it when posted to.
    pub fn deletion(&self) -> String {
        with_query("/list-views/deletions", &[("list", &self.list), ("name", &self.name)])
    }

    /// As the list offers it; `shown` is what the list shows now.
    pub(super) fn link(&self, shown: &str) -> ViewLink {
        ViewLink { view: self.clone(), href: format!("{}?{}", self.list, self.query), current: self.query == shown }
    }
}

/// A kept view as its list offers it.
pub struct ViewLink {
    /// The view.
    pub view: SavedView,
    /// The address that shows it.
    pub href: String,
    /// Whether it is what is shown now.
    pub current: bool,
}
