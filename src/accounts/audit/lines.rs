//! The log as pages show it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::queries::EventRow;
use crate::accounts::browser;
use crate::accounts::settings::moment;
use crate::ids::AuditEventId;

/// Events on one page.
pub const PAGE: i64 = 50;

/// Which page of the log: the one before this event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    before: String,
}

impl PageQuery {
    /// The event it begins after; none for the latest, or where it names none.
    pub fn before(&self) -> Option<AuditEventId> {
        self.before.parse().ok()
    }
}

/// An event as a page shows it.
pub struct Line {
    pub what: &'static str,
    pub about: Option<String>,
    /// Who did it, where that was not the account's own person.
    pub by: Option<String>,
    /// Whose account it is, on the page of all.
    pub whose: String,
    /// 'today, 14:30, Firefox on Linux, from 192.0.2.1'.
    pub circumstances: String,
}

/// A page of the log.
pub struct Lines {
    pub lines: Vec<Line>,
    /// The events before these.
    pub earlier: Option<String>,
    /// The latest, where these are not they.
    pub latest: Option<String>,
}

impl Lines {
    /// Of one more row than a page shows, so that it is known whether there is another.
    pub fn new(mut rows: Vec<EventRow>, path: &str, query: &PageQuery, zone: &TimeZone, today: Date) -> Self {
        let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let is_more = rows.len() > most;
        rows.truncate(most);
        let earlier = rows.last().filter(|_| is_more).map(|last| format!("{path}?before={}", last.id));
        let line = |row: EventRow| {
            let from = [
                (!row.user_agent.is_empty()).then(|| browser::in_words(&row.user_agent)),
                (!row.address.is_empty()).then(|| format!("from {}", row.address)),
            ];
            let mut circumstances = vec![moment(row.happened_at.0, zone, today)];
            circumstances.extend(from.into_iter().flatten());
            Line {
                what: row.kind.label(),
                about: row.about,
                by: row.by_name,
                whose: row.whose,
                circumstances: circumstances.join(", "),
            }
        };
        let latest = query.before().map(|_| path.to_owned());
        Self { lines: rows.into_iter().map(line).collect(), earlier, latest }
    }
}
