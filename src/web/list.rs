//! Lists: what is searched for, the filters above them, and the pages before and after.

use serde::{Deserialize, Serialize};

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

/// What a row of a list is sorted by, as one text that ends with the row's id: a page goes on from there, whether or not the
/// row that stood there still does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SortKey(String);

impl SortKey {
    /// The key of a row.
    pub fn of(key: Option<&str>) -> Option<Self> {
        key.map(|key| Self(key.into()))
    }

    /// The key in an address; none where it is no key of any list.
    pub fn parse(text: &str) -> Option<Self> {
        let (_, id) = text.rsplit_once(SEPARATOR)?;
        let is_key = uuid::Uuid::parse_str(id).is_ok() && text.chars().all(|c| !c.is_control() || c == SEPARATOR);
        is_key.then(|| Self(text.into()))
    }

    /// As it is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Stands between the parts of a key, below every letter.
const SEPARATOR: char = '\u{1f}';

/// Reads the place a page begins at; one that is none is the beginning.
pub fn place<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SortKey>, D::Error> {
    Ok(SortKey::parse(&String::deserialize(from)?))
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
    /// `first` and `last` are the ranks, counted from 1, and keys of the rows that begin and end the page, `count` how many
    /// rows all pages have. `address` gives the page that begins after the one key, or ends before the other.
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
    fn a_place_in_a_list_is_read_and_nothing_else_is() {
        let key = "20261124\u{1f}zoe\u{1f}0190aaaa-0000-7000-8000-000000000001";
        assert_eq!(SortKey::parse(key).unwrap().as_str(), key);
        let id = "0190aaaa-0000-7000-8000-000000000001";
        for other in ["", "nonsense", id, "a\u{1f}b", &format!("\0\u{1f}{id}")] {
            assert_eq!(SortKey::parse(other), None, "{other:?}");
        }
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
