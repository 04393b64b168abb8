//! The people one keeps in touch with: who is due when, and with which reason.

use askama::Template;
use axum::http::Uri;
use jiff::civil::Date;

use super::listing::Show;
use super::queries::histories::HistoryEvent;
use super::queries::in_touch as queries;
use super::wording::{named, occasion_in_words};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::ContactId;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Event;
use crate::playbook::response::{Response, Responses};
use crate::playbook::standing::Rhythm;
use crate::web::form::Query;
use crate::web::list::{Column, List, ListQuery, Listed, Unsorted};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list of those one keeps in touch with.
pub struct InTouch;

impl List for InTouch {
    const PATH: &'static str = "/contacts/in-touch";
    type Filter = Show;
    type Sort = Unsorted;
    type Also = ();
    const COLUMNS: &'static [Column] = &[
        Column::usual("company", "Company"),
        Column::usual("due", "Due"),
        Column::usual("for", "For"),
        Column::usual("touch", "Last contact"),
        Column::usual("answers", "Answers"),
        Column::usual("reasons", "Reasons kept"),
    ];
}

struct Row {
    id: ContactId,
    name: String,
    company: String,
    job_title: String,
    due: Option<Date>,
    late: bool,
    /// What the day is for: a date of theirs, or the rhythm.
    occasion: String,
    touch: Option<Date>,
    response: Option<Response>,
    /// The first open reason, and how many there are besides.
    reason: String,
    more: usize,
}

#[derive(Template)]
#[template(path = "contacts/in_touch.html")]
struct InTouchPage {
    shell: Shell,
    list: Listed<InTouch>,
    rows: Vec<Row>,
    everyone: i64,
    today: Date,
}

impl InTouchPage {
    fn heading(&self) -> String {
        match self.everyone {
            0 => "In touch".into(),
            n => format!("In touch with {}", words::count(n, "person", "people")),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::short_day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }
}

/// `GET /contacts/in-touch`
pub async fn index(
    mut visit: Visit<Viewer>,
    address: Uri,
    Query(query): Query<ListQuery<InTouch>>,
) -> Result<Page<impl Template>> {
    let query = query.or_usual(&address, &visit.person.preferences.views, &visit.last_used);
    let (by, today) = (visit.by, visit.today());
    let listed = queries::list(visit.db(), by, &query.wanted(), today).await?;
    let everyone = listed.first().map_or(0, |row| row.everyone);
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Show::Everyone => row.everyone,
            Show::Due => row.due,
            Show::Dates => row.with_dates,
            Show::Reasons => row.with_reasons,
        },
    )
    .keeping(&visit.person.preferences.views);
    let cadence = &visit.person.preferences.cadence;
    Ok(Page::ok(InTouchPage {
        shell: visit.shell(Nav::Contacts),
        list,
        everyone,
        today,
        rows: listed.into_iter().filter_map(|row| self::row(row, cadence, today)).collect(),
    }))
}

fn row(row: queries::Row, cadence: &Cadence, today: Date) -> Option<Row> {
    let events: Vec<Event> = row.events.iter().flat_map(|events| events.0.iter().map(HistoryEvent::event)).collect();
    let due = row.next_due.map(|day| day.0);
    let rhythm = Rhythm::try_from(row.rhythm_days).unwrap_or_default();
    let occasion = match (row.occasion_on, row.occasion_kind, rhythm.days(cadence)) {
        (Some(on), Some(kind), _) if Some(on.0) == due => named(kind, row.occasion_word.as_deref()),
        (Some(on), Some(kind), _) => occasion_in_words(kind, row.occasion_word.as_deref(), on.0, today),
        (_, _, Some(days)) => format!("every {} days", days),
        (_, _, None) => "no rhythm".into(),
    };
    let mut reasons = row.reasons.map(|reasons| reasons.0).unwrap_or_default().into_iter();
    Some(Row {
        id: row.id?,
        name: row.name?,
        company: row.company.unwrap_or_default(),
        job_title: row.job_title.unwrap_or_default(),
        due,
        late: due.is_some_and(|due| due < today),
        occasion,
        touch: row.last_touch_on.map(|day| day.0),
        response: Responses::of(&events, cadence).kind(cadence, today),
        reason: reasons.next().unwrap_or_default(),
        more: reasons.len(),
    })
}
