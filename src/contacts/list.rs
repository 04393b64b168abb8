//! The list of contacts.

use askama::Template;
use axum::http::Uri;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::listing::{Filter, Sort};
use super::queries::list::{self as queries, ListRow};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId};
use crate::playbook::cadence::Cadence;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::web::form::Query;
use crate::web::list::{Column, List, ListQuery, Listed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of contacts.
pub struct Contacts;

impl List for Contacts {
    const PATH: &'static str = "/contacts";
    type Filter = Filter;
    type Sort = Sort;
    type Also = At;
    const COLUMNS: &'static [Column] = &[
        Column::usual("company", "Company"),
        Column::usual("stage", "Stage"),
        Column::usual("next", "Next step"),
        Column::usual("due", "Due"),
        Column::usual("touch", "Last contact"),
    ];
}

/// Of which company they are.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct At {
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<CompanyId>,
}

struct Row {
    id: ContactId,
    name: String,
    pronouns: String,
    company: String,
    job_title: String,
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
    list: Listed<Contacts>,
    rows: Vec<Row>,
    anybody: bool,
    everyone: i64,
    only_at: Option<String>,
    today: Date,
}

impl IndexPage {
    fn heading(&self) -> String {
        match (&self.only_at, self.everyone) {
            (Some(company), n) => format!("{} at {company}", words::count(n, "contact", "contacts")),
            (None, 0) => "Contacts".into(),
            (None, n) => words::count(n, "contact", "contacts"),
        }
    }

    fn of_all_companies(&self) -> String {
        self.list.query.with(|query| query.also.company = None)
    }

    fn everyone_here(&self) -> String {
        self.list.query.all(Filter::Everyone)
    }

    fn add(&self) -> String {
        match self.list.query.also.company {
            Some(company) => format!("/contacts/new?company={company}"),
            None => "/contacts/new".into(),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::short_day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }
}

/// `GET /contacts`
pub async fn index(
    mut visit: Visit<Viewer>,
    address: Uri,
    Query(query): Query<ListQuery<Contacts>>,
) -> Result<Page<impl Template>> {
    let query = query.or_usual(&address, &visit.person.preferences.views, &visit.last_used);
    let (by, today) = (visit.by, visit.today());
    let kept = visit.contacts_by_stage().map(<[i32]>::to_vec);
    let listed = queries::list(visit.db(), by, &query.wanted(), query.also.company, today, kept.as_deref()).await?;
    if let (None, None, Some(first)) = (kept, query.also.company, listed.first()) {
        visit.keep_contacts_by_stage(&first.by_stage()).await?;
    }
    Ok(Page::ok(page(&visit, query, today, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Contacts>, today: Date, mut listed: Vec<ListRow>) -> IndexPage {
    let only_at = listed.first_mut().and_then(|row| row.only_at.take());
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (anybody, everyone) = (first.is_some_and(|row| row.anybody), count(|r| r.everyone));
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::Everyone => row.everyone,
            Filter::Due => row.due,
            Filter::Identified => row.identified,
            Filter::Requested => row.requested,
            Filter::Connected => row.connected,
            Filter::Asked => row.asked,
            Filter::Scheduled => row.scheduled,
            Filter::InTouch => row.in_touch,
            Filter::Resting => row.resting,
        },
    )
    .keeping(&visit.person.preferences.views);
    IndexPage {
        shell: visit.shell(Nav::Contacts),
        list,
        anybody,
        everyone,
        only_at,
        today,
        rows: {
            let cadence = &visit.person.preferences.cadence;
            listed.into_iter().filter_map(|row| self::row(row, cadence, today)).collect()
        },
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
        pronouns: row.pronouns.unwrap_or_default(),
        company: row.company.unwrap_or_default(),
        job_title: row.job_title.unwrap_or_default(),
        stage: row.stage?,
        step: next.map_or("", |next| next.step.label()),
        due: next.and_then(|next| next.due),
        late: next.is_some_and(|next| !is_first(next.step) && next.is_late(cadence, today)),
        touch: row.last_touch_on.map(|day| day.0),
    })
}
