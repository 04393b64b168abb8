//! The page of a talk a form was sent from, and is answered on.

use axum::http::{HeaderMap, header};

use crate::ids::InterviewId;
use crate::kinds::kinds;

kinds! {
    /// The page a form was sent from, and is answered on.
    pub enum View {
        Show = "show", "The talk";
        Live = "live", "During the talk";
        WrapUp = "wrap_up", "After the talk";
    }
}

impl View {
    /// The page a form names; the talk's own if it names none.
    pub fn named(word: &str) -> Self {
        word.parse().unwrap_or(Self::Show)
    }

    /// Its address.
    pub fn address(self, talk: InterviewId) -> String {
        match self {
            Self::Show => format!("/interviews/{talk}"),
            Self::Live => format!("/interviews/{talk}/live"),
            Self::WrapUp => format!("/interviews/{talk}/wrap-up"),
        }
    }
}

/// Whether the page's script asks, which takes JSON and keeps what was not saved.
pub fn by_script(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"))
}
