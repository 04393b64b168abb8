//! Two tabs, one box: what was saved meanwhile is never overwritten by someone who has not seen it.

use uuid::Uuid;

/// What stands between the two texts when both are kept.
pub const BETWEEN: &str = "\n\nFrom another tab:\n";

/// What a drawn page knew of a text: its version, and the page's own mark. Written `7.<uuid>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// The version that was shown.
    pub version: i32,
    /// The drawn page that sends.
    pub page: Uuid,
}

impl std::fmt::Display for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.version, self.page)
    }
}

impl std::str::FromStr for Base {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (version, page) = text.split_once('.').ok_or(())?;
        Ok(Self { version: version.parse().map_err(|_| ())?, page: page.parse().map_err(|_| ())? })
    }
}

/// What is stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// The text.
    pub text: &'a str,
    /// Its version.
    pub version: i32,
    /// The drawn page that saved it, if it saved nothing but its own.
    pub page: Option<Uuid>,
}

/// What is to be stored.
#[derive(Debug, PartialEq, Eq)]
pub enum Merged {
    /// What is there already.
    Stored,
    /// What was sent.
    Sent,
    /// Both, one below the other.
    Both(String),
}

/// Decides what becomes of a text that was sent, given what was known of the stored one.
///
/// A page that saved last may save again whatever version it names: the answer to its last save may have been lost on the way.
pub fn merge(sent: &str, base: Base, stored: Stored<'_>) -> Merged {
    if sent == stored.text {
        return Merged::Stored;
    }
    let knows = base.version == stored.version || stored.page == Some(base.page);
    if knows || sent.contains(stored.text) {
        return Merged::Sent;
    }
    let is_kept = stored.text.strip_prefix(sent).is_some_and(|rest| rest.starts_with(BETWEEN));
    if sent.is_empty() || is_kept {
        return Merged::Stored;
    }
    Merged::Both(format!("{sent}{BETWEEN}{}", stored.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINE: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn base(version: i32) -> Base {
        Base { version, page: MINE }
    }

    #[test]
    fn who_has_seen_the_text_may_change_it() {
        let stored = Stored { text: "Mondays are planning", version: 3, page: Some(OTHER) };
        assert_eq!(merge("Tuesdays are planning", base(3), stored), Merged::Sent);
        assert_eq!(merge("", base(3), stored), Merged::Sent);
    }

    #[test]
    fn who_has_not_seen_it_keeps_both() {
        let stored = Stored { text: "Mondays", version: 4, page: Some(OTHER) };
        assert_eq!(merge("Fridays", base(3), stored), Merged::Both("Fridays\n\nFrom another tab:\nMondays".into()));
        assert_eq!(merge("", base(3), stored), Merged::Stored, "an empty box says nothing");
        assert_eq!(merge("Mondays, then", base(3), stored), Merged::Sent, "nothing would be lost");
    }

    #[test]
    fn a_save_whose_answer_was_lost_is_followed_by_the_next() {
        let stored = Stored { text: "Half dashbords", version: 4, page: Some(MINE) };
        assert_eq!(merge("Half dashboards", base(3), stored), Merged::Sent);
        let both = "Fridays\n\nFrom another tab:\nMondays";
        assert_eq!(merge("Fridays", base(3), Stored { text: both, version: 5, page: None }), Merged::Stored);
    }

    #[test]
    fn a_base_is_read_as_it_is_written() {
        let written = base(7).to_string();
        assert_eq!(written.parse(), Ok(base(7)));
        for wrong in ["", "7", "7.", ".x", "x.00000000-0000-0000-0000-000000000001"] {
            assert_eq!(wrong.parse::<Base>(), Err(()), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_another_page_saved_is_never_lost(sent in ".{0,30}", kept in ".{0,30}", version in 0..5i32) {
            let stored = Stored { text: &kept, version: 5, page: Some(OTHER) };
            let after = match merge(&sent, base(version), stored) {
                Merged::Stored => kept.clone(),
                Merged::Sent => sent.clone(),
                Merged::Both(both) => both,
            };
            prop_assert!(after.contains(&kept) && after.contains(&sent));
        }
    }
}
