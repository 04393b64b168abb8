//! The list of openings.

use askama::Template;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::board::{self, BoardPage};
use super::listing::{Filter, Sort};
use super::opening::tone;
use super::queries::list::{self, ListRow, Row, row};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::playbook::opening::Status;
use crate::web::form::Query;
use crate::web::list::{Column, List, ListQuery, Listed, View, Wanted};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of openings, or the board of them.
pub struct Openings;

impl List for Openings {
    const PATH: &'static str = "/openings";
    type Filter = Filter;
    type Sort = Sort;
    type Also = View;
    const COLUMNS: &'static [Column] = &[
        Column::usual("company", "Company"),
        Column::usual("status", "Status"),
        Column::usual("next", "Next step"),
        Column::usual("referral", "Referral"),
        Column::usual("confirmed", "Confirmed"),
        Column::spare("seen", "Seen"),
    ];
}

#[derive(Template)]
#[template(path = "openings/index.html")]
struct IndexPage {
    shell: Shell,
    list: Listed<Openings>,
    today: Date,
    rows: Vec<Row>,
    all: i64,
}

impl IndexPage {
    fn heading(&self) -> String {
        match self.all {
            0 => "Openings".into(),
            n => words::count(n, "opening", "openings"),
        }
    }

    fn short(&self, date: &Date) -> String {
        words::short_day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn is_late(&self, due: &Date) -> bool {
        *due < self.today
    }

    /// Any status may follow any: word and label.
    fn statuses(&self) -> Vec<(Status, &'static str)> {
        Status::ALL.iter().map(|status| (*status, status.label())).collect()
    }

    fn tone(&self, status: &Status) -> &'static str {
        tone(*status)
    }
}

/// `GET /openings`
pub async fn index(
    mut visit: Visit<Viewer>,
    address: Uri,
    Query(query): Query<ListQuery<Openings>>,
) -> Result<Response> {
    let by = visit.by;
    let query = query.or_usual(&address, &visit.person.preferences.views, &visit.last_used);
    if query.also.view == "board" {
        let listed = list::list(visit.db(), by, &Wanted::first(Filter::All, Sort::Next), board::MOST).await?;
        return Ok(Page::ok(BoardPage::new(&visit, listed)).into_response());
    }
    let listed = list::list(visit.db(), by, &query.wanted(), list::PAGE).await?;
    Ok(Page::ok(page(&visit, query, listed)).into_response())
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Openings>, listed: Vec<ListRow>) -> IndexPage {
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let all = count(|r| r.all);
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::Open => row.open,
            Filter::Applied => row.applied,
            Filter::UnderWay => row.under_way,
            Filter::Over => row.over,
            Filter::All => row.all,
        },
    )
    .keeping(&visit.person.preferences.views);
    IndexPage {
        shell: visit.shell(Nav::Openings),
        list,
        today: visit.today(),
        all,
        rows: listed.into_iter().filter_map(row).collect(),
    }
}
