//! `/bin`: everything deleted, newest first.

use askama::Template;
use jiff::SignedDuration;

use super::queries::{self, BinRow, Kind};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::clock::date_in;
use crate::error::Result;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Something in the bin.
struct Item {
    kind: Kind,
    name: String,
    about: String,
    deleted: String,
    goes: String,
    restore: String,
}

#[derive(Template)]
#[template(path = "trash/index.html")]
struct BinPage {
    shell: Shell,
    items: Vec<Item>,
    /// How many are in the bin altogether.
    all: i64,
}

/// `GET /bin`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let rows = queries::list(visit.db(), by).await?;
    let all = rows.first().map_or(0, |row| row.all);
    let (zone, today) = (&visit.person.zone, visit.today());
    let item = |row: BinRow| Item {
        deleted: words::day(date_in(zone, row.deleted_at.0), today),
        goes: if row.held {
            "Stays while something on your lists belongs to it".into()
        } else {
            let last = row.deleted_at.0 + SignedDuration::from_hours(24 * crate::trash::DAYS);
            format!("Goes for good {}", on_day(&words::day(date_in(zone, last), today)))
        },
        restore: format!("/{}/{}/restorations", row.kind.path(), row.id),
        kind: row.kind,
        name: row.name,
        about: row.about.unwrap_or_default(),
    };
    let items = rows.into_iter().map(item).collect();
    Ok(Page::ok(BinPage { shell: visit.shell(Nav::Bin), items, all }))
}

/// 'on 24 December', but 'today' and 'tomorrow' as they are; what is overdue goes with the next purge.
fn on_day(day: &str) -> String {
    match day {
        "today" | "tomorrow" => day.into(),
        past if past.ends_with("ago") || past == "yesterday" => "today".into(),
        other => format!("on {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_said_as_a_sentence_goes_on() {
        assert_eq!(on_day("24 December"), "on 24 December");
        assert_eq!(on_day("tomorrow"), "tomorrow");
        assert_eq!(on_day("3 days ago"), "today");
    }
}
