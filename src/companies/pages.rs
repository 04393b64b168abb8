//! The list of target companies.

use askama::Template;
use serde::{Deserialize, Serialize};

use super::company::{Facts, Posting, Status, WhereItStands, where_it_stands};
use super::listing::{Filter, Sort};
use super::queries::list::{self, ListRow};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::CompanyId;
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
    sort: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        self.show.parse().unwrap_or(Filter::Active)
    }

    fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or(Sort::Rank)
    }

    /// The address of the same list with something changed.
    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/companies", &query)
    }
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
    query: ListQuery,
    /// The address of this very list, to come back to after a change.
    here: String,
    sort: Sort,
    chips: Vec<Chip>,
    rows: Vec<Row>,
    /// All but those ruled out.
    on_list: i64,
    all: i64,
    goal: i64,
    pager: Pager,
}

impl IndexPage {
    fn heading(&self) -> String {
        match self.on_list {
            0 => "Target companies".into(),
            n => words::count(n, "target company", "target companies"),
        }
    }

    fn sorted(&self, sort: &str) -> String {
        self.query.address(|q| q.sort = sort.into())
    }

    fn to_go(&self) -> String {
        match self.goal - self.on_list {
            n if n > 0 => format!("{} to go to {}.", words::heading_number(n), self.goal),
            _ => format!("Your goal of {} is reached.", self.goal),
        }
    }
}

/// `GET /companies`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let search = typed(&query.q);
    let (filter, sort) = (query.filter(), query.sort());
    let listed = list::list(visit.db(), by, filter, search, sort, query.after.as_ref(), query.before.as_ref()).await?;
    Ok(Page::ok(page(&visit, query, filter, sort, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery, filter: Filter, sort: Sort, listed: Vec<ListRow>) -> IndexPage {
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    // What is ruled out is off the list that is counted.
    let (on_list, shown) = (count(|r| r.all - r.ruled_out), count(|r| r.shown));
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
                Filter::Active => |r| r.active,
                Filter::Nobody => |r| r.nobody,
                Filter::Posting => |r| r.posting_now,
                Filter::Paused => |r| r.paused,
                Filter::RuledOut => |r| r.ruled_out,
                Filter::All => |r| r.all,
            })
            .to_string(),
            current: chip == filter,
        })
        .collect();
    IndexPage {
        shell: visit.shell(Nav::Companies),
        here: query.address(|q| (q.after, q.before) = (query.after.clone(), query.before.clone())),
        sort,
        chips,
        on_list,
        all: count(|r| r.all),
        goal: visit.person.preferences.goals.companies.into(),
        pager,
        rows: listed.into_iter().filter_map(row).collect(),
        query,
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
