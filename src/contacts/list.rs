//! The list of contacts.

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::listing::{Filter, Sort};
use super::queries::list::{self as queries, ListRow, Wanted};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId};
use crate::playbook::cadence::Cadence;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<CompanyId>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        self.show.parse().unwrap_or(Filter::Everyone)
    }

    fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or(Sort::Due)
    }

    /// The address of the same list with something changed.
    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/contacts", &query)
    }
}

struct Row {
    id: ContactId,
    name: String,
    about: String,
    company: String,
    stage: Stage,
    step: &'static str,
    due: Option<Date>,
    late: bool,
    touch: Option<Date>,
}

#[derive(Template)]
#[template(path = "contacts/index.html")]
struct IndexPage {
    shell: Shell,
    query: ListQuery,
    /// The address of this very list, to come back to after a change.
    here: String,
    sort: Sort,
    chips: Vec<Chip>,
    rows: Vec<Row>,
    anybody: i64,
    everyone: i64,
    only_at: Option<String>,
    today: Date,
    pager: Pager,
}

impl IndexPage {
    fn heading(&self) -> String {
        match (&self.only_at, self.everyone) {
            (Some(company), n) => format!("{} at {company}", words::count(n, "contact", "contacts")),
            (None, 0) => "Contacts".into(),
            (None, n) => words::count(n, "contact", "contacts"),
        }
    }

    fn is_sorted(&self, sort: &Sort) -> bool {
        *sort == self.sort
    }

    fn sorted(&self, sort: &Sort) -> String {
        self.query.address(|q| q.sort = sort.as_str().into())
    }

    /// The columns, and what pressing their heading sorts by.
    fn columns(&self) -> [(Option<Sort>, &'static str); 6] {
        [
            (Some(Sort::Name), "Name"),
            (Some(Sort::Company), "Company"),
            (None, "Stage"),
            (None, "Next step"),
            (Some(Sort::Due), "Due"),
            (Some(Sort::Touch), "Last in contact"),
        ]
    }

    fn of_all_companies(&self) -> String {
        self.query.address(|q| q.company = None)
    }

    fn everyone_here(&self) -> String {
        self.query.address(|q| (q.q, q.show) = (String::new(), String::new()))
    }

    fn add(&self) -> String {
        match self.query.company {
            Some(company) => format!("/contacts/new?company={company}"),
            None => "/contacts/new".into(),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }
}

/// `GET /contacts`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let search = typed(&query.q);
    let wanted = Wanted {
        filter: query.filter(),
        search,
        company: query.company,
        sort: query.sort(),
        after: query.after.as_ref(),
        before: query.before.as_ref(),
        today,
    };
    let listed = queries::list(visit.db(), by, &wanted).await?;
    Ok(Page::ok(page(&visit, query, today, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery, today: Date, mut listed: Vec<ListRow>) -> IndexPage {
    let only_at = listed.first_mut().and_then(|row| row.only_at.take());
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let shown = count(|r| r.shown);
    let end = |row: &ListRow| row.rank.zip(SortKey::of(row.sort_key.as_deref()));
    let pager = Pager::new(first.and_then(end), listed.last().and_then(end), shown, |after, before| {
        query.address(|q| (q.after, q.before) = (after, before))
    });
    let filter = query.filter();
    let chips = Filter::ALL
        .iter()
        .map(|&chip| Chip {
            href: query.address(|q| q.show = chip.as_str().into()),
            label: chip.label(),
            count: count(match chip {
                Filter::Everyone => |r| r.everyone,
                Filter::Due => |r| r.due,
                Filter::Identified => |r| r.identified,
                Filter::Requested => |r| r.requested,
                Filter::Connected => |r| r.connected,
                Filter::Asked => |r| r.asked,
                Filter::Scheduled => |r| r.scheduled,
                Filter::InTouch => |r| r.in_touch,
                Filter::Resting => |r| r.resting,
            })
            .to_string(),
            current: chip == filter,
        })
        .collect();
    IndexPage {
        shell: visit.shell(Nav::Contacts),
        here: query.address(|q| (q.after, q.before) = (query.after.clone(), query.before.clone())),
        sort: query.sort(),
        chips,
        anybody: count(|r| r.anybody),
        everyone: count(|r| r.everyone),
        only_at,
        today,
        pager,
        rows: {
            let cadence = &visit.person.preferences.cadence;
            listed.into_iter().filter_map(|row| self::row(row, cadence, today)).collect()
        },
        query,
    }
}

fn row(row: ListRow, cadence: &Cadence, today: Date) -> Option<Row> {
    let next = row
        .next_step
        .map(|step| Next { step, due: row.next_due.map(|day| day.0) }.on(row.next_turns_on.map(|day| day.0), today));
    // Whether others there, or a ceiling, held a first message back is not known here.
    let is_first = |step| step == Step::Request || (step == Step::AskForTalk && row.last_touch_on.is_none());
    Some(Row {
        id: row.id?,
        name: row.name?,
        about: [row.pronouns, row.job_title].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        company: row.company.unwrap_or_default(),
        stage: row.stage?,
        step: next.map_or("", |next| next.step.label()),
        due: next.and_then(|next| next.due),
        late: next.is_some_and(|next| !is_first(next.step) && next.is_late(cadence, today)),
        touch: row.last_touch_on.map(|day| day.0),
    })
}
