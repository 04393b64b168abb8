//! What is shared from elsewhere: the title and the address of a page, and words.

use serde::Deserialize;

use crate::text::{Problem, Text};

/// What a phone, a bookmark, the browser's extension or a paste hands over, as it came.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Shared {
    pub title: String,
    pub text: String,
    pub url: String,
}

impl Shared {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        [&self.title, &self.text, &self.url].iter().all(|part| part.trim().is_empty())
    }
}

/// What is kept of it until it is looked at: something, within its limits.
#[derive(Debug, PartialEq, Eq)]
pub struct Captured {
    title: Option<Text<2_000>>,
    words: Option<Text<20_000>>,
    url: Option<Text<4_000>>,
}

impl Captured {
    /// Reads what was handed over.
    ///
    /// # Errors
    /// In words for the one box there is.
    pub fn parse(shared: &Shared) -> Result<Self, Problem> {
        let title = Text::parse_optional(&shared.title)?;
        let words = Text::parse_optional(&shared.text)?;
        let url = Text::parse_optional(&shared.url)?;
        if title.is_none() && words.is_none() && url.is_none() {
            return Err(Problem::Empty);
        }
        Ok(Self { title, words, url })
    }

    /// The title of the page, or nothing.
    pub fn title(&self) -> &str {
        self.title.as_ref().map_or("", Text::as_str)
    }

    /// What was written there or selected, or nothing.
    pub fn words(&self) -> &str {
        self.words.as_ref().map_or("", Text::as_str)
    }

    /// The address of the page, or nothing.
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or("", Text::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_captured_says_something_within_its_limits() {
        let of = |title: &str, text: &str, url: &str| {
            Captured::parse(&Shared { title: title.into(), text: text.into(), url: url.into() })
        };
        let both = of(" Ada ", "first\r\nsecond", "").unwrap();
        assert_eq!((both.title(), both.words(), both.url()), (" Ada", "first\nsecond", ""));
        assert_eq!(of("", " \n", "\u{200B}"), Err(Problem::Empty));
        assert_eq!(of("", &"x".repeat(20_001), ""), Err(Problem::TooLong { most: 20_000, has: 20_001 }));
        assert_eq!(of("", "a\0b", ""), Err(Problem::Unkeepable('\0')));
    }
}
