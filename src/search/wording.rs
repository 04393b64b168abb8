//! What was found, in words.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::found::{Hit, Kind};
use super::queries::Found;
use crate::clock::date_in;
use crate::documents::document;
use crate::playbook::message::built_in::Moment;
use crate::playbook::topic::Topic;
use crate::playbook::{opening, referral, talk};
use crate::web::words;

/// The parts there are, one beside the other.
pub fn joined<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What was found, in words.
pub fn hit(row: Found, today: Date, zone: &TimeZone) -> Hit {
    let day = row.at.map(|at| words::short_day(date_in(zone, at.0), today));
    let word = row.word.as_deref().unwrap_or_default();
    let label = match row.kind {
        Kind::Opening => word.parse().ok().map(|status: opening::Status| status.label()),
        Kind::Talk => word.parse().ok().map(|status: talk::Status| status.label()),
        Kind::Referral => word.parse().ok().map(|status: referral::Status| status.label()),
        Kind::Insight => word.parse().ok().map(|topic: Topic| topic.label()),
        Kind::Template => word.parse().ok().map(|moment: Moment| moment.label()),
        Kind::Document => word.parse().ok().map(|kind: document::Kind| kind.label()),
        _ => None,
    };
    let [about, place, day] = [&row.about, &row.place, &day].map(|part| part.as_deref().unwrap_or_default());
    let label = label.unwrap_or_default();
    let about = match row.kind {
        Kind::Talk => joined([day, place, label]),
        Kind::Insight => joined([place, label, day]),
        _ => joined([about, place, label, day]),
    };
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if row.kind == Kind::Insight && row.title.is_empty() { "Your research".into() } else { row.title };
    Hit {
        kind: row.kind,
        address: row.address,
        title,
        about,
        text: row.text.map(one_line).unwrap_or_default(),
        live: row.live,
        near: row.near,
    }
}
