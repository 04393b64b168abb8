//! The list of introductions: what could be asked for, what waits, what was made.

use askama::Template;
use jiff::civil::Date;

use super::listing::Filter;
use super::queries::list::{self as queries, ListRow};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::wording::on_day;
use crate::error::Result;
use crate::ids::{ContactId, IntroductionId};
use crate::playbook::cadence::Cadence;
use crate::playbook::introduction::{Standing, Status};
use crate::web::form::Query;
use crate::web::list::{List, ListQuery, Listed, Unsorted};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of introductions.
pub struct Introductions;

impl List for Introductions {
    const PATH: &'static str = "/introductions";
    type Filter = Filter;
    type Sort = Unsorted;
    type Also = ();
}

struct Row {
    id: IntroductionId,
    introducer_id: ContactId,
    introducer: String,
    introduced: String,
    company: Option<String>,
    status: Status,
    /// What is next, or what came of it.
    line: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "introductions/list.html")]
struct ListPage {
    shell: Shell,
    list: Listed<Introductions>,
    rows: Vec<Row>,
    all: i64,
    open: i64,
}

impl ListPage {
    fn heading(&self) -> String {
        match self.open {
            0 => "Introductions".into(),
            open => words::count(open, "open introduction", "open introductions"),
        }
    }

    fn tone(&self, status: &Status) -> &'static str {
        match status {
            Status::Made => "good",
            Status::Possible | Status::Asked | Status::Declined => "",
        }
    }

    fn everything(&self) -> String {
        self.list.query.all(Filter::All)
    }
}

/// `GET /introductions`
pub async fn index(
    mut visit: Visit<Viewer>,
    Query(query): Query<ListQuery<Introductions>>,
) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let listed = queries::list(visit.db(), by, &query.wanted()).await?;
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (all, open) = (count(|r| r.all), count(|r| r.open));
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::Open => row.open,
            Filter::Asked => row.asked,
            Filter::Made => row.made,
            Filter::Declined => row.declined,
            Filter::All => row.all,
        },
    );
    let cadence = &visit.person.preferences.cadence;
    let rows = listed.into_iter().filter_map(|row| self::row(row, cadence, today)).collect();
    Ok(Page::ok(ListPage { shell: visit.shell(Nav::Contacts), list, rows, all, open }))
}

fn row(row: ListRow, cadence: &Cadence, today: Date) -> Option<Row> {
    let status = row.status?;
    let date = |day: Option<crate::database::Day>| day.map(|day| day.0);
    let standing = Standing {
        status,
        asked_on: date(row.asked_on),
        reminded_on: date(row.reminded_on),
        made_on: date(row.made_on),
        declined_on: date(row.declined_on),
    };
    let remind_on = standing.remind_on(cadence);
    let said = |day: Option<Date>| day.map(|day| format!(" {}", words::day(day, today))).unwrap_or_default();
    let line = match (status, remind_on) {
        (Status::Possible, _) => "Ask for it".to_owned(),
        (Status::Asked, Some(day)) if day <= today => format!("Asked{}. Remind them once", said(standing.asked_on)),
        (Status::Asked, Some(day)) => format!("Asked{}. Remind them {}", said(standing.asked_on), on_day(day, today)),
        (Status::Asked, None) => format!("Reminded{}. Let it rest", said(standing.reminded_on)),
        (Status::Made, _) => format!("Made{}", said(standing.made_on)),
        (Status::Declined, _) => format!("Declined{}", said(standing.declined_on)),
    };
    Some(Row {
        id: row.id?,
        introducer_id: row.introducer_id?,
        introducer: row.introducer?,
        introduced: row.introduced?,
        company: row.company,
        status,
        line,
        is_late: remind_on.is_some_and(|day| day < today),
    })
}
