//! Lists: what their address asks for, the filters above them, and the pages before and after.

use std::fmt::Display;

use axum::http::Uri;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use url::form_urlencoded;

use crate::folding::words::patterns;
use crate::kinds::{Kind, kinds};

/// One of the lists: where it is, and what it can be asked for. Of filters and orders the first is the usual one.
pub trait List: 'static {
    /// The path of its address.
    const PATH: &'static str;
    /// Which rows are shown.
    type Filter: Kind;
    /// In which order.
    type Sort: Kind;
    /// What its address says besides; mostly nothing.
    type Also: Clone + Default + Serialize + DeserializeOwned;
    /// The columns that can be left out; the first one of a table cannot.
    const COLUMNS: &'static [Column] = &[];
}

kinds! {
    /// The order of a list that has one order.
    pub enum Unsorted {
        Only = "only", "Its order";
    }
}

/// The way a list is drawn, where there are several.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct View {
    /// Its word; empty for the usual one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub view: String,
}

/// What the address of a list says.
#[derive(Deserialize, Serialize)]
#[serde(default, bound = "")]
pub struct ListQuery<L: List> {
    /// What is the list's own.
    #[serde(flatten)]
    pub also: L::Also,
    /// What is searched for, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    show: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cols: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

// By hand, as the list itself need be neither.
impl<L: List> Default for ListQuery<L> {
    fn default() -> Self {
        let (q, show, sort, cols) = Default::default();
        Self { also: L::Also::default(), q, show, sort, cols, after: None, before: None }
    }
}

impl<L: List> Clone for ListQuery<L> {
    fn clone(&self) -> Self {
        let Self { also, q, show, sort, cols, after, before } = self;
        Self {
            also: also.clone(),
            q: q.clone(),
            show: show.clone(),
            sort: sort.clone(),
            cols: cols.clone(),
            after: after.clone(),
            before: before.clone(),
        }
    }
}

impl<L: List> ListQuery<L> {
    /// Which rows, in which order, from where on.
    pub fn wanted(&self) -> Wanted<'_, L::Filter, L::Sort> {
        Wanted {
            filter: Kind::or_first(&self.show),
            search: typed(&self.q),
            sort: Kind::or_first(&self.sort),
            after: self.after.as_ref(),
            before: self.before.as_ref(),
        }
    }

    /// The address of the same list with something changed, from its beginning.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address(L::PATH, &query)
    }

    /// What the address asks for or, where it says nothing at all, what is kept as the usual view; without one, how the
    /// list was looked at last.
    pub fn or_usual(self, address: &Uri, kept: &[SavedView], last: &LastUsed) -> Self {
        let usual = kept.iter().find(|view| view.usual && view.list == L::PATH).map(|view| view.query.as_str());
        let says_nothing = address.query().unwrap_or_default().is_empty();
        let words = usual.or_else(|| last.of(L::PATH)).filter(|_| says_nothing);
        words.and_then(|words| serde_html_form::from_str(words).ok()).unwrap_or(self)
    }

    /// What the address says, but for the page: what a view keeps. It always says something, as a plain address may show
    /// another view.
    pub fn words(&self) -> String {
        let address = self.with(|query| query.show = query.wanted().filter.to_string());
        address.split_once('?').map(|(_, words)| words.to_owned()).unwrap_or_default()
    }

    /// Whether the column of that word is asked for.
    pub fn shows(&self, word: &str) -> bool {
        match self.cols.as_str() {
            "" => L::COLUMNS.iter().any(|column| column.usual && column.word == word),
            chosen => chosen.split('.').any(|chosen| chosen == word),
        }
    }

    /// The address of all rows: nothing is searched for, and this filter leaves them.
    pub fn all(&self, filter: L::Filter) -> String {
        self.with(|query| (query.q, query.show) = (String::new(), filter.to_string()))
    }
}

/// Which rows of a list, in which order, from where on.
pub struct Wanted<'q, F, S = Unsorted> {
    /// Which.
    pub filter: F,
    /// What is searched for.
    pub search: Option<&'q str>,
    /// In which order.
    pub sort: S,
    /// The place the page begins after.
    pub after: Option<&'q SortKey>,
    /// Or the place it ends before.
    pub before: Option<&'q SortKey>,
}

impl<F, S> Wanted<'_, F, S> {
    /// A regular expression for each word that is searched for; a row shown fits them all.
    pub fn patterns(&self) -> Vec<String> {
        self.search.map(patterns).unwrap_or_default()
    }

    /// The beginning of the rows that this filter leaves, in this order.
    pub fn first(filter: F, sort: S) -> Self {
        Self { filter, search: None, sort, after: None, before: None }
    }
}

/// Where a row stands in its list: how many rows the list shows, which of them this is, and what it is sorted by. A list that
/// shows none is one row without a rank.
pub type Place<'r> = (i64, Option<i64>, Option<&'r str>);

/// A list as a page shows it: what stands around its rows.
pub struct Listed<L: List> {
    /// What was asked for.
    pub query: ListQuery<L>,
    /// The filters.
    pub chips: Vec<Chip>,
    /// The pages before and after.
    pub pager: Pager,
    /// The ways to look at it that are kept.
    pub views: Vec<ViewLink>,
}

impl<L: List> Listed<L> {
    /// Around these rows, each of which tells its place, and how many rows each filter would leave.
    pub fn new<R>(
        query: ListQuery<L>,
        rows: &[R],
        place: impl Fn(&R) -> Place<'_>,
        count: impl Fn(&R, L::Filter) -> i64,
    ) -> Self {
        let end = |row: &R| {
            let (_, rank, key) = place(row);
            rank.zip(SortKey::of(key))
        };
        let (first, last) = (rows.first(), rows.last());
        let shown = first.map_or(0, |row| place(row).0);
        let pager = Pager::new(first.and_then(end), last.and_then(end), shown, |after, before| {
            query.with(|query| (query.after, query.before) = (after, before))
        });
        let now = query.wanted().filter;
        let chip = |&filter: &L::Filter| Chip {
            href: query.with(|query| query.show = filter.to_string()),
            label: filter.label(),
            count: first.map_or(0, |row| count(row, filter)).to_string(),
            current: filter == now,
        };
        Self { chips: L::Filter::ALL.iter().map(chip).collect(), pager, query, views: Vec::new() }
    }

    /// The same, with those of a person's views that are of this list.
    pub fn keeping(mut self, kept: &[SavedView]) -> Self {
        let words = self.query.words();
        self.views = kept.iter().filter(|view| view.list == L::PATH).map(|view| view.link(&words)).collect();
        self
    }

    /// The view that is shown, if it is a kept one.
    pub fn view(&self) -> Option<&ViewLink> {
        self.views.iter().find(|view| view.current)
    }

    /// The columns that can be left out, and whether each is shown.
    pub fn columns(&self) -> Vec<(&'static str, &'static str, bool)> {
        L::COLUMNS.iter().map(|column| (column.word, column.label, self.shows(column.word))).collect()
    }

    /// The words of the columns that are shown where nothing else is chosen, as the address has them.
    pub fn usual_columns(&self) -> String {
        L::COLUMNS.iter().filter(|column| column.usual).map(|column| column.word).collect::<Vec<_>>().join(".")
    }

    /// Whether the column of that word is shown.
    pub fn shows(&self, word: &str) -> bool {
        self.query.shows(word)
    }

    /// The address of the list as it is before anything is chosen, whatever is kept.
    pub fn usual(&self) -> String {
        ListQuery::<L>::default().all(L::Filter::ALL[0])
    }

    /// Whether a filter, an order or columns were chosen.
    pub fn is_chosen(&self) -> bool {
        let chosen = |query: &ListQuery<L>| (query.wanted().filter, query.wanted().sort, query.cols.clone());
        chosen(&self.query) != chosen(&ListQuery::default())
    }

    /// The path of its address.
    pub fn path(&self) -> &'static str {
        L::PATH
    }

    /// The address of this very page of it, to come back to after a change.
    pub fn here(&self) -> String {
        address(L::PATH, &self.query)
    }

    /// Whether it is in this order.
    pub fn is_sorted(&self, sort: impl Display) -> bool {
        sort.to_string() == self.query.wanted().sort.as_str()
    }

    /// The address of the same list in this order.
    pub fn sorted(&self, sort: impl Display) -> String {
        self.query.with(|query| query.sort = sort.to_string())
    }

    /// What a new search keeps of what is asked for now: name and value.
    pub fn kept(&self) -> Vec<(String, String)> {
        let rest = self.query.with(|query| query.q.clear());
        let query = rest.split_once('?').map_or("", |(_, query)| query);
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }
}

/// What was typed, without the blanks around it; none if nothing is left, or nothing PostgreSQL could hold.
pub fn typed(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('\0'))
}

/// The address of the list at this path with this query.
pub fn address(path: &str, query: &impl Serialize) -> String {
    match serde_html_form::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.into(),
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

pub mod last_used;
mod views;
pub use last_used::LastUsed;
pub use views::{Column, KEPT, SavedView, ViewLink};

#[cfg(test)]
mod tests;
