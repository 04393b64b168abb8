//! The people one keeps in touch with: who is due when, and with which reason.

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::listing::Show;
use super::queries::histories::HistoryEvent;
use super::queries::in_touch::{self as queries, Wanted};
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
use crate::web::list::{Chip, Pager, SortKey, address, place};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// What the address of the list says.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct InTouchQuery {
    show: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl InTouchQuery {
    fn show(&self) -> Show {
        self.show.parse().unwrap_or(Show::Everyone)
    }

    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/contacts/in-touch", &query)
    }
}

struct Row {
    id: ContactId,
    name: String,
    about: String,
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
    chips: Vec<Chip>,
    rows: Vec<Row>,
    everyone: i64,
    today: Date,
    pager: Pager,
}

impl InTouchPage {
    fn heading(&self) -> String {
        match self.everyone {
            0 => "In touch".into(),
            n => format!("In touch with {}", words::count(n, "person", "people")),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }
}

/// `GET /contacts/in-touch`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<InTouchQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let wanted = Wanted { show: query.show(), after: query.after.as_ref(), before: query.before.as_ref(), today };
    let listed = queries::list(visit.db(), by, &wanted).await?;
    let first = listed.first();
    let count = |of: fn(&queries::Row) -> i64| first.map_or(0, of);
    let end = |row: &queries::Row| row.rank.zip(SortKey::of(row.sort_key.as_deref()));
    let pager =
        Pager::new(first.and_then(end), listed.last().and_then(end), count(|row| row.shown), |after, before| {
            query.address(|q| (q.after, q.before) = (after, before))
        });
    let chip = |&show: &Show| Chip {
        href: query.address(|q| q.show = show.as_str().into()),
        label: show.label(),
        count: count(match show {
            Show::Everyone => |row| row.everyone,
            Show::Due => |row| row.due,
            Show::Dates => |row| row.with_dates,
            Show::Reasons => |row| row.with_reasons,
        })
        .to_string(),
        current: show == query.show(),
    };
    let cadence = &visit.person.preferences.cadence;
    Ok(Page::ok(InTouchPage {
        shell: visit.shell(Nav::Contacts),
        chips: Show::ALL.iter().map(chip).collect(),
        everyone: count(|row| row.everyone),
        today,
        pager,
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
    let about = [row.job_title, row.company].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut reasons = row.reasons.map(|reasons| reasons.0).unwrap_or_default().into_iter();
    Some(Row {
        id: row.id?,
        name: row.name?,
        about,
        due,
        late: due.is_some_and(|due| due < today),
        occasion,
        touch: row.last_touch_on.map(|day| day.0),
        response: Responses::of(&events, cadence).kind(cadence, today),
        reason: reasons.next().unwrap_or_default(),
        more: reasons.len(),
    })
}
