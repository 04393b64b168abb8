//! Lists: what is searched for, the filters above them, and the pages before and after.

use serde::Serialize;

/// What was typed, without the blanks around it; none if nothing is left, or nothing PostgreSQL could hold.
pub fn typed(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('\0'))
}

/// The address of the list at this path with this query.
pub fn address(path: &str, query: &impl Serialize) -> String {
    match serde_html_form::to_string(query) {
        Ok(query) => format!("{path}?{query}"),
        Err(_) => path.into(),
    }
}

/// One filter of a list.
pub struct Chip {
    /// The list filtered so.
    pub href: String,
    /// The words of the filter.
    pub label: &'static str,
    /// How many rows it leaves.
    pub count: String,
    /// Whether the list is filtered so now.
    pub current: bool,
}

/// Where the page shown stands among all pages of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// The address of the page before.
    pub prev: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
    /// The rows shown: '51 to 100 of 240'.
    pub range: String,
}

impl Pager {
    /// `first` and `last` are the ranks, counted from 1, and ids of the rows that begin and end the page, `count` how many
    /// rows all pages have. `address` gives the page that begins after the one id, or ends before the other.
    pub fn new<I>(
        first: Option<(i64, I)>,
        last: Option<(i64, I)>,
        count: i64,
        address: impl Fn(Option<I>, Option<I>) -> String,
    ) -> Self {
        let (Some((from, first)), Some((to, last))) = (first, last) else { return Self::default() };
        Self {
            prev: (from > 1).then(|| address(None, Some(first))),
            next: (to < count).then(|| address(Some(last), None)),
            range: format!("{from} to {to} of {count}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_what_no_column_can_hold_are_nothing_typed() {
        assert_eq!(typed("  Grace Hopper\n"), Some("Grace Hopper"));
        assert_eq!((typed(" "), typed("a\0b")), (None, None));
    }

    #[test]
    fn an_address_says_what_was_asked_for() {
        assert_eq!(address("/companies", &[("q", "a&b"), ("show", "")]), "/companies?q=a%26b&show=");
    }

    #[test]
    fn only_the_pages_that_are_there_can_be_turned_to() {
        let at = |after: Option<char>, before: Option<char>| format!("{after:?} {before:?}");
        let pager = |from, to, count| Pager::new(Some((from, 'a')), Some((to, 'z')), count, at);
        assert_eq!(pager(1, 26, 26), Pager { prev: None, next: None, range: "1 to 26 of 26".into() });
        let middle = pager(27, 52, 60);
        assert_eq!((middle.prev.as_deref(), middle.next.as_deref()), (Some("None Some('a')"), Some("Some('z') None")));
        assert_eq!(pager(53, 60, 60).next, None);
        assert_eq!(Pager::new(None, None, 0, at), Pager::default());
    }
}
