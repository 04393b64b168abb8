//! Careers pages worth a look now and then: a rhythm for each company, and one press for 'nothing new'.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::queries::careers::{self as queries, CareersRow, ON_PAGE};
use super::search_links;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::CompanyId;
use crate::links::with_query;
use crate::playbook::cadence::Cadence;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::list::{Pager, address};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const PATH: &str = "/companies/careers";
/// Far beyond the last page of any list.
const LAST_PAGE: i64 = 1_000_000;

/// The rhythms offered, in days, and their words; none is written as 0.
const RHYTHMS: [(i16, &str); 5] =
    [(0, "Never"), (3, "Every 3 days"), (7, "Every week"), (14, "Every 2 weeks"), (30, "Every month")];

/// When to look again: one rhythm after the last look, on a business day; at once where nobody ever looked.
///
/// `rhythm` is in calendar days.
pub fn due(checked_on: Option<Date>, rhythm: i16, cadence: &Cadence, today: Date) -> Date {
    match checked_on {
        Some(day) => cadence.on_or_after(day.saturating_add(i64::from(rhythm).days())),
        None => cadence.on_or_after(today),
    }
}

struct Row {
    company: CareersRow,
    /// The careers page, or a search for it.
    href: String,
    due: Option<Date>,
}

#[derive(Template)]
#[template(path = "companies/careers.html")]
struct CareersPage {
    shell: Shell,
    today: Date,
    /// With a rhythm, the first due first.
    rows: Vec<Row>,
    /// Without one.
    others: Vec<Row>,
    pages: CareersQuery,
}

/// Which page of the companies with a rhythm is shown, and of those without one; from 1.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(default)]
pub struct CareersQuery {
    page: i64,
    others: i64,
}

impl Default for CareersQuery {
    fn default() -> Self {
        Self { page: 1, others: 1 }
    }
}

/// Around page `nr` of `all` rows, with the address of another page. Nothing where one page holds all.
fn pager(nr: i64, all: i64, to: impl Fn(i64) -> String) -> Option<Pager> {
    let (first, last) = ((nr - 1) * ON_PAGE + 1, (nr * ON_PAGE).min(all));
    (all > ON_PAGE).then(|| {
        Pager::new(Some((first, nr - 1)), Some((last, nr + 1)), all, |next, before| to(next.or(before).unwrap_or(nr)))
    })
}

impl CareersPage {
    fn heading(&self) -> String {
        match self.rows.first().map_or(0, |row| row.company.come) {
            0 => "Careers pages".into(),
            n => format!("{} to look at", words::count(n, "careers page", "careers pages")),
        }
    }

    fn is_due(&self, row: &Row) -> bool {
        row.due.is_some_and(|due| due <= self.today)
    }

    fn count_of_others(&self) -> i64 {
        self.others.first().map_or(0, |row| row.company.all)
    }

    fn pager(&self) -> Option<Pager> {
        let all = self.rows.first()?.company.all;
        pager(self.pages.page, all, |page| address(PATH, &CareersQuery { page, ..self.pages }))
    }

    fn pager_of_others(&self) -> Option<Pager> {
        pager(self.pages.others, self.count_of_others(), |others| address(PATH, &CareersQuery { others, ..self.pages }))
    }

    /// Whether the others are shown without a press.
    fn is_open(&self) -> bool {
        self.rows.is_empty() || self.pages.others > 1
    }

    fn day(&self, date: &Date) -> String {
        words::short_day(*date, self.today)
    }

    fn rhythms(&self) -> [(i16, &'static str); 5] {
        RHYTHMS
    }

    fn is_set(&self, row: &Row, days: &i16) -> bool {
        row.company.rhythm_days.unwrap_or_default() == *days
    }

    /// A rhythm that is not among those offered, set some other way.
    fn is_other(&self, row: &Row) -> bool {
        row.company.rhythm_days.is_some_and(|days| RHYTHMS.iter().all(|(offered, _)| *offered != days))
    }
}

/// `GET /companies/careers`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<CareersQuery>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let pages = CareersQuery { page: query.page.clamp(1, LAST_PAGE), others: query.others.clamp(1, LAST_PAGE) };
    let skip = ((pages.page - 1) * ON_PAGE, (pages.others - 1) * ON_PAGE);
    let companies = queries::careers(visit.db(), by, skip, today).await?;
    let row = |company: CareersRow| Row {
        href: company.careers_url.clone().unwrap_or_else(|| search_links::google(&format!("{} careers", company.name))),
        due: company.rhythm_days.map(|days| due(company.checked_on.map(|day| day.0), days, &cadence, today)),
        company,
    };
    let (mut rows, others): (Vec<Row>, Vec<Row>) = companies.into_iter().map(row).partition(|row| row.due.is_some());
    rows.sort_by_key(|row| row.due);
    Ok(Page::ok(CareersPage { shell: visit.shell(Nav::Openings), today, rows, others, pages }))
}

/// The day of the look, or empty for today; and where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckForm {
    back: String,
}

/// `POST /companies/{id}/careers-checks`: looked today, nothing new.
pub async fn check(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<CheckForm>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let before = queries::set_checked(visit.db(), by, id, Some(today)).await?.ok_or(Error::NotFound)?;
    let to = back(&form.back);
    let again = before.rhythm_days.map(|days| words::day(due(Some(today), days, &cadence, today), today));
    let text = match again {
        Some(day) => format!("{}: nothing new. Look again {day}.", before.name),
        None => format!("{}: nothing new.", before.name),
    };
    let was = before.checked_on.map(|day| day.0.to_string()).unwrap_or_default();
    let undo = with_query(&format!("/companies/{id}/careers-checks/undos"), &[("on", &was), ("back", &to)]);
    Ok(Done::to(to).saying(text).undo(undo))
}

/// The day of the look before; none if there was none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    on: String,
    back: String,
}

/// `POST /companies/{id}/careers-checks/undos`
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Query(before): Query<Before>) -> Result<Done> {
    let by = visit.by;
    let on = match before.on.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| Error::NotFound)?),
    };
    let company = queries::set_checked(visit.db(), by, id, on).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(back(&before.back)).saying(format!("Undone: {} still needs a look.", company.name)))
}

/// How often.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RhythmForm {
    days: String,
    back: String,
}

/// `POST /companies/{id}/careers-rhythms`
pub async fn set_rhythm(mut visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<RhythmForm>) -> Result<Done> {
    let by = visit.by;
    let days: i16 =
        form.days.trim().parse().ok().filter(|days| (0..=90).contains(days)).ok_or_else(|| {
            Error::Invalid("How often to look is a number of days from 1 to 90, or 0 for never.".into())
        })?;
    let name =
        queries::set_rhythm(visit.db(), by, id, Some(days).filter(|days| *days > 0)).await?.ok_or(Error::NotFound)?;
    let text = match days {
        0 => format!("You won't be asked to look at the careers page of {name} any more."),
        1 => format!("{name}: a look every day."),
        days => format!("{name}: a look every {days} days."),
    };
    Ok(Done::to(back(&form.back)).saying(text))
}

fn back(typed: &str) -> String {
    own_path_or(typed, PATH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_look_is_due_one_rhythm_after_the_last_on_a_business_day() {
        let (cadence, today) = (Cadence::default(), date(2026, 11, 24));
        assert_eq!(due(None, 7, &cadence, today), today);
        assert_eq!(due(Some(date(2026, 11, 20)), 7, &cadence, today), date(2026, 11, 27));
        assert_eq!(due(Some(date(2026, 11, 21)), 7, &cadence, today), date(2026, 11, 30), "Saturday becomes Monday");
    }
}
