//! The list of target companies.

use askama::Template;
use axum::http::Uri;

use super::company::{Facts, Posting, Status, WhereItStands, posting_words, where_it_stands};
use super::listing::{Filter, Sort};
use super::queries::list::{self, ListRow};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::CompanyId;
use crate::suggestions::suggestion::Waiting;
use crate::web::form::Query;
use crate::web::list::{Column, List, ListQuery, Listed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of target companies.
pub struct Companies;

impl List for Companies {
    const PATH: &'static str = "/companies";
    type Filter = Filter;
    type Sort = Sort;
    type Also = ();
    const COLUMNS: &'static [Column] = &[
        Column::usual("motivation", "Motivation"),
        Column::usual("posting", "Posting"),
        Column::usual("advocates", "Advocates"),
        Column::usual("stands", "Where it stands"),
        Column::spare("status", "Status"),
    ];
}

struct Row {
    id: CompanyId,
    name: String,
    about: String,
    motivation: i16,
    posting: i16,
    status: Status,
    status_reason: Option<String>,
    advocates: i64,
    stands: WhereItStands,
}

#[derive(Template)]
#[template(path = "companies/index.html")]
struct IndexPage {
    shell: Shell,
    list: Listed<Companies>,
    rows: Vec<Row>,
    /// What coaches suggest that waits.
    suggested: Vec<Waiting>,
    /// All but those ruled out.
    on_list: i64,
    all: i64,
    goal: i64,
}

impl IndexPage {
    /// What a company may be set to in its row: ruling it out needs a reason, and is done on its page.
    fn statuses(&self, now: &Status) -> Vec<(Status, &'static str)> {
        let offered = Status::ALL.iter().filter(|status| **status != Status::RuledOut || *status == now);
        offered.map(|status| (*status, status.label())).collect()
    }

    fn heading(&self) -> String {
        match self.on_list {
            0 => "Target companies".into(),
            n => words::count(n, "target company", "target companies"),
        }
    }

    fn to_go(&self) -> String {
        match self.goal - self.on_list {
            n if n > 0 => format!("{} to go to {}.", words::heading_number(n), self.goal),
            _ => format!("Your goal of {} is reached.", self.goal),
        }
    }
}

/// `GET /companies`
pub async fn index(
    mut visit: Visit<Viewer>,
    address: Uri,
    Query(query): Query<ListQuery<Companies>>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let query = query.or_usual(&address, &visit.person.preferences.views, &visit.last_used);
    let listed = list::list(visit.db(), by, &query.wanted()).await?;
    Ok(Page::ok(page(&visit, query, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Companies>, mut listed: Vec<ListRow>) -> IndexPage {
    // They are the seeker's alone.
    let suggested = listed.first_mut().and_then(|row| row.suggested.take()).filter(|_| visit.looking.is_none());
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    // What is ruled out is off the list that is counted.
    let (on_list, all) = (count(|r| r.all - r.ruled_out), count(|r| r.all));
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::Active => row.active,
            Filter::Nobody => row.nobody,
            Filter::Posting => row.posting_now,
            Filter::Paused => row.paused,
            Filter::RuledOut => row.ruled_out,
            Filter::All => row.all,
        },
    )
    .keeping(&visit.person.preferences.views);
    IndexPage {
        shell: visit.shell(Nav::Companies),
        list,
        suggested: suggested.map(|json| json.0).unwrap_or_default(),
        on_list,
        all,
        goal: visit.person.preferences.goals.companies.into(),
        rows: listed.into_iter().filter_map(row).collect(),
    }
}

fn row(row: ListRow) -> Option<Row> {
    let facts = Facts {
        advocates: row.advocates?,
        furthest: row.contact_name.as_deref().zip(row.contact_stage),
        next_step: row.contact_step,
        referral: row.referrer.as_deref().zip(row.referral_status),
        opening: row.opening_status,
    };
    let stands = where_it_stands(&facts);
    let about: Vec<String> = [row.industry, row.place].into_iter().flatten().collect();
    let posting = row.posting?;
    Some(Row {
        id: row.id?,
        name: row.name?,
        about: about.join(" · "),
        motivation: row.motivation?,
        posting,
        status: row.status?,
        status_reason: row.status_reason,
        advocates: row.advocates?,
        stands,
    })
}
