//! Lines of the day about openings: their own next steps, careers pages to look at, and offers that wait for an answer.

use jiff::civil::Date;
use serde::Deserialize;

use super::items::{Action, Item};
use crate::ids::{CompanyId, OpeningId};
use crate::playbook::due::About;
use crate::playbook::message::phrase::ended;
use crate::web::words;

/// The most names in one line.
const NAMED: usize = 4;

/// An opening whose next step is due.
#[derive(Debug, Deserialize)]
pub struct OpeningRow {
    pub id: OpeningId,
    pub title: String,
    pub company: String,
    pub step: String,
    pub due: Date,
    #[serde(default)]
    pub days_late: i32,
}

/// A careers page whose rhythm has come round.
#[derive(Debug, Deserialize)]
pub struct CareersRow {
    pub id: CompanyId,
    pub name: String,
}

/// An offer that waits for an answer.
#[derive(Debug, Deserialize)]
pub struct OfferRow {
    pub title: String,
    pub company: String,
    pub answer_by: Date,
}

/// All lines about openings: each next step, one for the careers pages, one for the offers. `look_since` tells the day from which
/// the first of the pages is to be looked at, `days_late` for how long the first of the offers waits.
pub fn lines(
    openings: Vec<OpeningRow>,
    careers: &[CareersRow],
    look_since: Option<Date>,
    offers: &[OfferRow],
    days_late: i32,
    today: Date,
) -> Vec<Item> {
    let steps = openings.into_iter().map(opening_item);
    steps.chain(careers_item(careers, look_since)).chain(offers_item(offers, days_late, today)).collect()
}

fn opening_item(row: OpeningRow) -> Item {
    Item {
        verb: "For the opening",
        name: row.title,
        href: format!("/openings/{}", row.id),
        line: format!("{} {}", ended(&row.step), ended(&row.company)),
        go: "Open",
        due: row.due,
        days_late: row.days_late,
        minutes: 10,
        action: Action::Opening(row.id),
        worth: 3,
    }
}

fn careers_item(rows: &[CareersRow], since: Option<Date>) -> Option<Item> {
    let due = since.filter(|_| !rows.is_empty())?;
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    Some(Item {
        verb: "Look at",
        name: words::count(rows.len() as i64, "careers page", "careers pages"),
        href: "/companies/careers".into(),
        line: some_of(&names),
        go: "Look",
        due,
        days_late: 0,
        minutes: u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_mul(2).min(30),
        action: Action::There(About::Careers),
        worth: 8,
    })
}

fn offers_item(rows: &[OfferRow], days_late: i32, today: Date) -> Option<Item> {
    let first = rows.iter().map(|row| row.answer_by).min()?;
    let said: Vec<String> = rows
        .iter()
        .map(|row| format!("{} at {}, answer by {}", row.title, row.company, words::full_day(row.answer_by, today)))
        .collect();
    Some(Item {
        verb: "Answer",
        name: words::count(rows.len() as i64, "offer", "offers"),
        href: "/offers".into(),
        line: some_of(&said.iter().map(String::as_str).collect::<Vec<_>>()),
        go: "Compare",
        due: first,
        days_late,
        minutes: 15,
        action: Action::There(About::Offer),
        worth: 0,
    })
}

/// 'Acme, Beta.', and how many more there are where they are many.
fn some_of(names: &[&str]) -> String {
    let named = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => format!("{}.", named.trim_end_matches('.')),
        more => format!("{named}, and {more} more."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn careers_pages_are_one_line_that_names_the_first_of_them() {
        let line = |names: &[&str]| {
            let row = |name: &&str| CareersRow { id: CompanyId::new(), name: (*name).into() };
            careers_item(&names.iter().map(row).collect::<Vec<_>>(), Some(TODAY))
        };
        assert!(line(&[]).is_none());
        let one = line(&["Acme Inc."]).unwrap();
        assert_eq!((one.said().as_str(), one.minutes), ("Look at 1 careers page: Acme Inc", 2));
        let many = line(&["A", "B", "C", "D", "E", "F"]).unwrap();
        assert_eq!(many.said(), "Look at 6 careers pages: A, B, C, D, and 2 more");
        assert_eq!((many.key().as_str(), many.can_wait(), many.is_late()), ("careers", false, false));
    }

    #[test]
    fn an_offer_says_by_when_it_wants_an_answer() {
        let offer =
            |company: &str, answer_by| OfferRow { title: "Data analyst".into(), company: company.into(), answer_by };
        assert!(offers_item(&[], 0, TODAY).is_none());
        let late =
            offers_item(&[offer("Orbit", date(2026, 11, 26)), offer("Acme", date(2026, 11, 23))], 1, TODAY).unwrap();
        assert_eq!((late.name.as_str(), late.is_late(), late.due), ("2 offers", true, date(2026, 11, 23)));
        assert!(late.line.contains("Data analyst at Orbit, answer by "), "{}", late.line);
    }

    #[test]
    fn an_openings_own_step_leads_to_it() {
        let id = OpeningId::new();
        let row = OpeningRow {
            id,
            title: "Data analyst".into(),
            company: "Acme Inc.".into(),
            step: "Send the portfolio.".into(),
            due: date(2026, 11, 23),
            days_late: 1,
        };
        let line = opening_item(row);
        assert_eq!((line.line.as_str(), line.is_late()), ("Send the portfolio. Acme Inc.", true));
        assert_eq!((line.href, line.name.as_str()), (format!("/openings/{id}"), "Data analyst"));
    }
}
