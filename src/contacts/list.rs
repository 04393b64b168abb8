//! The list of contacts.

use askama::Template;
use axum::http::Uri;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::listing::{Filter, Sort};
use super::queries::list as queries;
use super::queries::listed::{ListRow, Narrowed};
use super::tag::Tag;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId, TagId};
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
        Column::spare("tags", "Tags"),
    ];
}

/// Of which company they are, and which tag they have.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct At {
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<CompanyId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<TagId>,
}

impl At {
    /// What it narrows the list to.
    pub fn narrowed(&self) -> Narrowed {
        Narrowed { company: self.company, tag: self.tag }
    }
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
    tags: String,
}

#[derive(Template)]
#[template(path = "contacts/index.html")]
struct IndexPage {
    shell: Shell,
    list: Listed<Contacts>,
    rows: Vec<Row>,
    anybody: bool,
    everyone: i64,
    /// How many the list shows on all its pages.
    shown: i64,
    only_at: Option<String>,
    tagged: Option<String>,
    tags: Vec<Tag>,
    today: Date,
}

impl IndexPage {
    fn heading(&self) -> String {
        let counted = words::count(self.everyone, "contact", "contacts");
        match (&self.only_at, &self.tagged) {
            (None, None) if self.everyone == 0 => "Contacts".into(),
            (None, None) => counted,
            (Some(company), None) => format!("{counted} at {company}"),
            (None, Some(tag)) => format!("{counted} with the tag {tag}"),
            (Some(company), Some(tag)) => format!("{counted} at {company} with the tag {tag}"),
        }
    }

    /// The same list, neither of one company nor of one tag.
    fn of_everyone(&self) -> String {
        self.list.query.with(|query| query.also = At::default())
    }

    fn is_narrowed(&self) -> bool {
        self.list.query.also.narrowed() != Narrowed::default()
    }

    /// The same list of those with a tag.
    fn with_tag(&self, tag: &TagId) -> String {
        self.list.query.with(|query| query.also.tag = Some(*tag))
    }

    fn is_tag(&self, tag: &TagId) -> bool {
        self.list.query.also.tag == Some(*tag)
    }

    /// How many the list shows on all its pages, where they are more than this one's.
    fn all(&self) -> Option<i64> {
        Some(self.shown).filter(|shown| *shown > self.rows.len() as i64)
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
    let (narrowed, tags) = (query.also.narrowed(), query.shows("tags"));
    let listed = queries::list(visit.db(), by, &query.wanted(), narrowed, today, kept.as_deref(), tags).await?;
    if let (None, true, Some(first)) = (kept, narrowed == Narrowed::default(), listed.first()) {
        visit.keep_contacts_by_stage(&first.by_stage()).await?;
    }
    Ok(Page::ok(page(&visit, query, today, listed)))
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Contacts>, today: Date, mut listed: Vec<ListRow>) -> IndexPage {
    let (only_at, tagged, tags) = match listed.first_mut() {
        Some(row) => {
            (row.only_at.take(), row.tagged.take(), row.tags.take().map(|Json(tags)| tags).unwrap_or_default())
        }
        None => (None, None, Vec::new()),
    };
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (anybody, everyone, shown) =
        (first.is_some_and(|row| row.anybody), count(|row| row.everyone), count(|row| row.shown));
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
        shown,
        only_at,
        tagged,
        tags,
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
        tags: row.has.unwrap_or_default(),
    })
}
