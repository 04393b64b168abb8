//! The list of talks: those that come, those whose outcome is not told yet, those that were held.

use askama::Template;
use jiff::Timestamp;

use super::listing::Filter;
use super::queries::listed::{self, ListRow};
use super::scheduling::when;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::InterviewId;
use crate::playbook::name::first_name;
use crate::playbook::talk::{Medium, Status};
use crate::web::form::Query;
use crate::web::list::{List, ListQuery, Listed, Unsorted};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of talks.
pub struct Talks;

impl List for Talks {
    const PATH: &'static str = "/interviews";
    type Filter = Filter;
    type Sort = Unsorted;
    type Also = ();
}

struct Row {
    id: InterviewId,
    name: String,
    company: Option<String>,
    status: Status,
    way: Medium,
    minutes: i16,
    starts_at: Timestamp,
    /// 'Thursday, 14:30'.
    when: String,
    /// The day and time in full, on both clocks.
    in_full: String,
    /// The time on their clock, where it differs.
    there: Option<String>,
    insights: i64,
    open_actions: i64,
    is_past: bool,
}

#[derive(Template)]
#[template(path = "interviews/index.html")]
struct IndexPage {
    shell: Shell,
    list: Listed<Talks>,
    filter: Filter,
    /// Past, and nobody said what became of them.
    open: Vec<Row>,
    rows: Vec<Row>,
    all: i64,
}

impl IndexPage {
    fn insights(&self, row: &Row) -> String {
        words::count(row.insights, "insight", "insights")
    }

    fn promises(&self, row: &Row) -> String {
        words::count(row.open_actions, "open action item", "open action items")
    }
}

/// `GET /interviews`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery<Talks>>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let listed = listed::list(visit.db(), by, &query.wanted()).await?;
    Ok(Page::ok(page(&visit, query, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Talks>, listed: Vec<ListRow>) -> IndexPage {
    let filter = query.wanted().filter;
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (all, shown) = (count(|r| r.all), count(|r| r.shown));
    let mut list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::Coming => row.coming,
            Filter::Held => row.held,
            Filter::All => row.all,
        },
    );
    // A single page of talks needs no count.
    if shown <= listed::PAGE {
        list.pager.range.clear();
    }
    let is_open = |row: &Row| filter == Filter::Coming && row.is_past;
    let (open, rows) = listed.into_iter().filter_map(|r| row(visit, r)).partition(is_open);
    IndexPage { shell: visit.shell(Nav::Interviews), list, filter, open, rows, all }
}

fn row(visit: &Visit<Viewer>, row: ListRow) -> Option<Row> {
    let (zone, today) = (&visit.person.zone, visit.today());
    let (starts_at, minutes, way, status, name) = (row.starts_at?.0, row.minutes?, row.way?, row.status?, row.name?);
    let day = words::day(zone.to_datetime(starts_at).date(), today);
    let in_writing = way == Medium::InWriting;
    let theirs = row.their_time_zone.as_deref();
    Some(Row {
        id: row.id?,
        when: if in_writing { format!("by {day}") } else { format!("{day}, {}", words::time(starts_at, zone)) },
        in_full: when::told(starts_at, zone, theirs, &name, today),
        there: when::their_clock(starts_at, zone, theirs, today)
            .filter(|_| !in_writing)
            .map(|there| format!("{there} for {}", first_name(&name))),
        is_past: status == Status::Scheduled && when::ends(starts_at, minutes) <= visit.now,
        name,
        company: row.company,
        status,
        way,
        minutes,
        starts_at,
        insights: row.insights?,
        open_actions: row.open_actions?,
    })
}
