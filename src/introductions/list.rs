//! The list of introductions: what could be asked for, what waits, what was made.

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
use crate::web::list::{Chip, Pager, SortKey, address, place, typed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// What the address of the list says.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct ListQuery {
    q: String,
    show: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        self.show.parse().unwrap_or(Filter::Open)
    }

    /// The address of the same list with something changed.
    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/introductions", &query)
    }
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
    query: ListQuery,
    chips: Vec<Chip>,
    rows: Vec<Row>,
    all: i64,
    open: i64,
    pager: Pager,
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
        self.query.address(|q| (q.q, q.show) = (String::new(), Filter::All.to_string()))
    }
}

/// `GET /introductions`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let listed =
        queries::list(visit.db(), by, query.filter(), typed(&query.q), query.after.as_ref(), query.before.as_ref())
            .await?;
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let end = |row: &ListRow| row.rank.zip(SortKey::of(row.sort_key.as_deref()));
    let pager = Pager::new(first.and_then(end), listed.last().and_then(end), count(|r| r.shown), |after, before| {
        query.address(|q| (q.after, q.before) = (after, before))
    });
    let chips = Filter::ALL
        .iter()
        .map(|&chip| Chip {
            href: query.address(|q| q.show = chip.to_string()),
            label: chip.label(),
            count: count(match chip {
                Filter::Open => |r| r.open,
                Filter::Asked => |r| r.asked,
                Filter::Made => |r| r.made,
                Filter::Declined => |r| r.declined,
                Filter::All => |r| r.all,
            })
            .to_string(),
            current: chip == query.filter(),
        })
        .collect();
    let (all, open) = (count(|r| r.all), count(|r| r.open));
    let cadence = &visit.person.preferences.cadence;
    let rows = listed.into_iter().filter_map(|row| self::row(row, cadence, today)).collect();
    Ok(Page::ok(ListPage { shell: visit.shell(Nav::Contacts), query, chips, rows, all, open, pager }))
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
