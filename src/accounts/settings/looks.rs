//! What coaches looked at.

use askama::Template;
use jiff::SignedDuration;
use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::queries::looks::{self as queries, LookRow};
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::LookId;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/settings/people/looks";

/// Lines on one page.
const PAGE: usize = 50;

/// The page on which a coach sees the numbers of all searches that are shared with them.
const OVERVIEW: &str = "/looking";

/// What a page is called, by how its address begins; the first that fits counts.
const PLACES: &[(&str, &str)] = &[
    (OVERVIEW, "Your week in numbers"),
    ("/progress", "Progress"),
    ("/companies", "Companies"),
    ("/contacts", "Contacts"),
    ("/interviews", "Talks"),
    ("/action-items", "Talks"),
    ("/openings", "Openings"),
    ("/offers", "Offers"),
    ("/referrals", "Referrals"),
    ("/introductions", "Introductions"),
    ("/insights", "Insights"),
    ("/documents", "Documents"),
    ("/document-versions", "Documents"),
    ("/library", "Library"),
    ("/templates", "Library"),
    ("/questions", "Library"),
    ("/tags", "Tags"),
    ("/capture", "Capture"),
    ("/import", "Import"),
    ("/search", "Search"),
    ("/bin", "Bin"),
    ("/review", "Review"),
    ("/ending", "End of the search"),
    ("/away", "Away"),
    ("/settings", "Settings"),
    ("/guide", "Guide"),
];

/// What a page is called.
fn place(path: &str) -> &'static str {
    let is_at =
        |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', 's']));
    PLACES.iter().find(|(start, _)| is_at(start)).map_or("Today", |(_, name)| *name)
}

/// Which page of the list: the one before this line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LooksQuery {
    before: String,
}

struct LookLine {
    by: String,
    place: &'static str,
    of: Option<String>,
    path: String,
    /// 'today, between 14:00 and 15:00'.
    when: String,
}

#[derive(Template)]
#[template(path = "accounts/settings/looks.html")]
struct LooksPage {
    shell: Shell,
    lines: Vec<LookLine>,
    earlier: Option<String>,
    latest: Option<&'static str>,
}

/// `GET /settings/people/looks`
pub async fn show(mut visit: Visit<Owner>, Query(query): Query<LooksQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let before: Option<LookId> = query.before.parse().ok();
    let mut rows = queries::latest(visit.db(), by, before, PAGE as i64 + 1).await?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let earlier = rows.last().filter(|_| is_more).map(|last| format!("{HERE}?before={}", last.id));
    let zone = &visit.person.zone;
    let line = |row: LookRow| {
        let (from, to) = (row.looked_at.0, row.looked_at.0 + SignedDuration::from_hours(1));
        let day = words::day(crate::clock::date_in(zone, from), today);
        LookLine {
            by: row.by_name,
            place: place(&row.path),
            of: row.of,
            when: format!("{day}, between {} and {}", words::time(from, zone), words::time(to, zone)),
            // Theirs shows other people's searches; hers are on Progress.
            path: if row.path == OVERVIEW { "/progress".into() } else { row.path },
        }
    };
    Ok(Page::ok(LooksPage {
        lines: rows.into_iter().map(line).collect(),
        shell: visit.shell(Nav::Settings),
        earlier,
        latest: before.map(|_| HERE),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_called_as_in_the_rail() {
        for (path, name) in [
            ("/", "Today"),
            ("/run", "Today"),
            ("/companies/0190/dossier", "Companies"),
            ("/contacts/0190/card.vcf", "Contacts"),
            ("/captures/0190", "Capture"),
            ("/progress/table.csv", "Progress"),
            ("/offers", "Offers"),
            ("/looking", "Your week in numbers"),
        ] {
            assert_eq!(place(path), name, "{path}");
        }
    }
}
