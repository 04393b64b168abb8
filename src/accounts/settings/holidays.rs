//! The page of days off.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use crate::access::{Owner, Viewer};
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::queries;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::follow_up::days_off;
use crate::follow_up::days_off::Stretch;
use crate::follow_up::form::AwayForm;
use crate::follow_up::moves::Moved;
use crate::follow_up::replan::Cause;
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
#[template(path = "follow_up/holidays.html")]
struct HolidaysPage {
    shell: Shell,
    form: HolidaysForm,
    errors: Errors,
    away: AwayForm,
    away_errors: Errors,
    stretches: Vec<StretchLine>,
}

impl HolidaysPage {
    /// The loudest button is the one that adds days off.
    fn away_tone(&self) -> &'static str {
        ""
    }

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
        // The days of a time away stand with it, and end with it.
        let preferences = &visit.person.preferences;
        let mut dates = preferences.cadence.holidays.dates().to_vec();
        dates.retain(|date| preferences.away_on(*date).is_none_or(|away| away.is_over(today)));
        let made = days_off::stretches(&dates);
        let mut stretches: Vec<StretchLine> = made.into_iter().map(line).collect();
        // What is over stands last.
        stretches.sort_by_key(|stretch| stretch.past);
        let away = AwayForm::fresh(today);
        Self { shell: visit.shell(Nav::Settings), form, errors, away, away_errors: Errors::default(), stretches }
    }
}

/// `GET /settings/holidays`
pub async fn index(visit: Visit<Viewer>) -> Page<impl Template> {
    Page::ok(HolidaysPage::new(&visit, HolidaysForm::default(), Errors::default()))
}

/// `POST /settings/holidays`: adds to those there are.
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<HolidaysForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut errors = Errors::default();
    let Some(days) = errors.take("days", days_off::parse(&form.days)) else {
        return Ok(Page::unprocessable(HolidaysPage::new(&visit, form, errors)).into_response());
    };
    match add(visit.db(), by, days, now).await? {
        Some(moved) => Ok(moved.done(HERE, "Saved.").into_response()),
        None => {
            errors.add("days", "At most 400 holidays are kept; remove some that are over");
            Ok(Page::unprocessable(HolidaysPage::new(&visit, form, errors)).into_response())
        }
    }
}

/// `POST /settings/holidays/removals`: the days of a time away stay, until that ends.
pub async fn remove(mut visit: Visit<Owner>, Form(ends): Form<Ends>) -> Result<Done> {
    let (by, now, today, stretch) = (visit.by, visit.now, visit.today(), ends.stretch()?);
    let moved = change(visit.db(), by, now, |preferences, dates| {
        let is_away = |date: Date| preferences.away_on(date).is_some_and(|away| !away.is_over(today));
        dates.retain(|date| !stretch.contains(*date) || is_away(*date));
    })
    .await?;
    let undo = format!("{HERE}/restorations?from={}&to={}", stretch.from, stretch.to);
    Ok(moved.map_or_else(|| Done::to(HERE), |moved| moved.done(HERE, "Saved.")).undo(undo))
}

/// `POST /settings/holidays/restorations`
pub async fn restore(mut visit: Visit<Owner>, Query(ends): Query<Ends>) -> Result<Done> {
    let (by, now, stretch) = (visit.by, visit.now, ends.stretch()?);
    let no_room = || Done::to(HERE).saying("That's too many: at most 400 holidays are kept.");
    let moved = add(visit.db(), by, stretch.days().collect(), now).await?;
    Ok(moved.map_or_else(no_room, |moved| moved.done(HERE, "Saved.")))
}

/// Adds days off; those of a time away stay when that ends.
async fn add(db: &mut PgConnection, by: Owner, days: Vec<Date>, now: Timestamp) -> Result<Option<Moved>> {
    change(db, by, now, |preferences, dates| {
        for away in &mut preferences.aways {
            let own = days.iter().filter(|day| away.contains(**day) && !away.kept.contains(day));
            let own: Vec<Date> = own.copied().collect();
            away.kept.extend(own);
        }
        dates.extend(days);
    })
    .await
}

/// Changes the dates and re-plans. Additions and removals name their days, so two tabs do not undo each other.
/// `None` when there would be more than are kept.
async fn change(
    db: &mut PgConnection,
    by: Owner,
    now: Timestamp,
    edit: impl FnOnce(&mut Preferences, &mut Vec<Date>),
) -> Result<Option<Moved>> {
    let mut transaction = db.begin().await?;
    let stored = queries::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    let mut dates = preferences.cadence.holidays.dates().to_vec();
    edit(&mut preferences, &mut dates);
    let Ok(holidays) = Holidays::new(dates) else { return Ok(None) };
    preferences.cadence.holidays = holidays;
    let change = (Cause::Holidays, Vec::new());
    let moved =
        crate::follow_up::store(&mut transaction, by, &stored.preferences.cadence, &preferences, change, now).await?;
    transaction.commit().await?;
    Ok(Some(moved))
}
