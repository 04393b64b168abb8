//! The list of openings.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::board::{self, BoardPage};
use super::listing::{Filter, Sort};
use super::opening::tone;
use super::queries::list::{self, ListRow, Row, row};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::playbook::opening::Status;
use crate::web::form::Query;
use crate::web::list::{Chip, Pager, SortKey, address, place, typed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// What the address of the list says.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    view: String,
    q: String,
    show: String,
    sort: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        self.show.parse().unwrap_or(Filter::Open)
    }

    fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or(Sort::Status)
    }

    /// The address of the same list with something changed.
    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/openings", &query)
    }
}

#[derive(Template)]
#[template(path = "openings/index.html")]
struct IndexPage {
    shell: Shell,
    query: ListQuery,
    today: Date,
    sort: Sort,
    chips: Vec<Chip>,
    rows: Vec<Row>,
    all: i64,
    pager: Pager,
}

impl IndexPage {
    fn heading(&self) -> String {
        match self.all {
            0 => "Openings".into(),
            n => words::count(n, "opening", "openings"),
        }
    }

    fn sorted(&self, sort: &str) -> String {
        self.query.address(|q| q.sort = sort.into())
    }

    /// The day in few letters, for a narrow column.
    fn short(&self, date: &Date) -> String {
        let form = if date.year() == self.today.year() { "%-d %b" } else { "%-d %b %Y" };
        date.strftime(form).to_string()
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn is_late(&self, due: &Date) -> bool {
        *due < self.today
    }

    fn tone(&self, status: &Status) -> &'static str {
        tone(*status)
    }
}

/// `GET /openings`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Response> {
    let by = visit.by;
    if query.view == "board" {
        let listed = list::list(visit.db(), by, Filter::All, None, Sort::Next, None, None, board::MOST).await?;
        return Ok(Page::ok(BoardPage::new(&visit, listed)).into_response());
    }
    let search = typed(&query.q);
    let (filter, sort) = (query.filter(), query.sort());
    let listed =
        list::list(visit.db(), by, filter, search, sort, query.after.as_ref(), query.before.as_ref(), list::PAGE)
            .await?;
    Ok(Page::ok(page(&visit, query, filter, sort, listed)).into_response())
}

fn page(visit: &Visit<Viewer>, query: ListQuery, filter: Filter, sort: Sort, listed: Vec<ListRow>) -> IndexPage {
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (all, shown) = (count(|r| r.all), count(|r| r.shown));
    let end = |row: &ListRow| row.rank.zip(SortKey::of(row.sort_key.as_deref()));
    let pager = Pager::new(first.and_then(end), listed.last().and_then(end), shown, |after, before| {
        query.address(|q| (q.after, q.before) = (after, before))
    });
    let chips = Filter::ALL
        .iter()
        .map(|&chip| Chip {
            href: query.address(|q| q.show = chip.as_str().into()),
            label: chip.label(),
            count: count(match chip {
                Filter::Open => |r| r.open,
                Filter::Applied => |r| r.applied,
                Filter::UnderWay => |r| r.under_way,
                Filter::Over => |r| r.over,
                Filter::All => |r| r.all,
            })
            .to_string(),
            current: chip == filter,
        })
        .collect();
    IndexPage {
        shell: visit.shell(Nav::Openings),
        today: visit.today(),
        sort,
        chips,
        all,
        pager,
        rows: listed.into_iter().filter_map(row).collect(),
        query,
    }
}
