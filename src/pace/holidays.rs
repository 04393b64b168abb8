//! The page of days off.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::days_off::{self, Stretch};
use crate::access::{Owner, Viewer};
use crate::accounts::settings::queries;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::playbook::business_days::Holidays;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/settings/holidays";

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HolidaysForm {
    days: String,
}

/// The ends of a stretch.
#[derive(Debug, Deserialize)]
pub struct Ends {
    from: Date,
    to: Date,
}

impl Ends {
    fn stretch(&self) -> Result<Stretch> {
        Stretch::new(self.from, self.to, 1).map_err(|problem| Error::Invalid(problem.to_string()))
    }
}

struct StretchLine {
    from: Date,
    to: Date,
    said: String,
    length: String,
    past: bool,
}

#[derive(Template)]
#[template(path = "pace/holidays.html")]
struct HolidaysPage {
    shell: Shell,
    form: HolidaysForm,
    errors: Errors,
    stretches: Vec<StretchLine>,
}

impl HolidaysPage {
    fn new<P>(visit: &Visit<P>, form: HolidaysForm, errors: Errors) -> Self {
        let today = visit.today();
        let line = |stretch: Stretch| StretchLine {
            from: stretch.from,
            to: stretch.to,
            said: match stretch.from == stretch.to {
                true => words::full_day(stretch.from, today),
                false => format!("{} to {}", words::full_day(stretch.from, today), words::full_day(stretch.to, today)),
            },
            length: words::count(i64::from(words::days_between(stretch.from, stretch.to)) + 1, "day", "days"),
            past: stretch.to < today,
        };
        let made = days_off::stretches(visit.person.preferences.cadence.holidays.dates());
        let mut stretches: Vec<StretchLine> = made.into_iter().map(line).collect();
        // What is over stands last.
        stretches.sort_by_key(|stretch| stretch.past);
        Self { shell: visit.shell(Nav::Settings), form, errors, stretches }
    }
}

/// `GET /settings/holidays`
pub async fn index(visit: Visit<Viewer>) -> Page<impl Template> {
    Page::ok(HolidaysPage::new(&visit, HolidaysForm::default(), Errors::default()))
}

/// `POST /settings/holidays`: adds to those there are.
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<HolidaysForm>) -> Result<Response> {
    let by = visit.by;
    let mut errors = Errors::default();
    let Some(days) = errors.take("days", days_off::parse(&form.days)) else {
        return Ok(Page::unprocessable(HolidaysPage::new(&visit, form, errors)).into_response());
    };
    let saved = change(visit.db(), by, |dates| dates.extend(days)).await?;
    match saved {
        Some(said) => Ok(Done::to(HERE).saying(said).into_response()),
        None => {
            errors.add("days", "At most 400 holidays are kept; remove some that are over");
            Ok(Page::unprocessable(HolidaysPage::new(&visit, form, errors)).into_response())
        }
    }
}

/// `POST /settings/holidays/removals`
pub async fn remove(mut visit: Visit<Owner>, Form(ends): Form<Ends>) -> Result<Done> {
    let (by, stretch) = (visit.by, ends.stretch()?);
    let said = change(visit.db(), by, |dates| dates.retain(|date| !stretch.contains(*date))).await?.unwrap_or_default();
    Ok(Done::to(HERE).saying(said).undo(format!("{HERE}/restorations?from={}&to={}", stretch.from, stretch.to)))
}

/// `POST /settings/holidays/restorations`
pub async fn restore(mut visit: Visit<Owner>, Query(ends): Query<Ends>) -> Result<Done> {
    let (by, stretch) = (visit.by, ends.stretch()?);
    let saved = change(visit.db(), by, |dates| dates.extend(stretch.days())).await?;
    Ok(Done::to(HERE)
        .saying(saved.unwrap_or_else(|| "There is no room left for them: at most 400 holidays are kept.".into())))
}

/// Changes the dates and re-plans. Additions and removals name their days, so two tabs do not undo each other.
/// `None` when there would be more than are kept.
async fn change(db: &mut PgConnection, by: Owner, edit: impl FnOnce(&mut Vec<Date>)) -> Result<Option<String>> {
    let mut transaction = db.begin().await?;
    let stored = queries::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    let mut dates = preferences.cadence.holidays.dates().to_vec();
    edit(&mut dates);
    let Ok(holidays) = Holidays::new(dates) else { return Ok(None) };
    preferences.cadence.holidays = holidays;
    let said = super::store(&mut transaction, by, &stored.preferences.cadence, &preferences).await?;
    transaction.commit().await?;
    Ok(Some(said))
}
