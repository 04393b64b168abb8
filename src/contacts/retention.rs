//! The settings of other people's data: how long everyone is kept, and the marks of who was forgotten.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::letting_go::NOTICE;
use super::queries::forgotten;
use super::queries::retention::{self as queries, Others, Rule};
use crate::access::Owner;
use crate::accounts::settings::{queries as settings, whole};
use crate::accounts::visit::Visit;
use crate::database::At;
use crate::error::Result;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Months that can be set.
const MONTHS: std::ops::RangeInclusive<u16> = 6..=60;
/// Months of which the page says how many people they concern.
const EXAMPLES: [i32; 3] = [12, 24, 36];

/// Where the settings of it are.
const HERE: &str = "/settings/retention";

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RetentionForm {
    months: String,
}

#[derive(Template)]
#[template(path = "contacts/retention.html")]
struct RetentionPage {
    shell: Shell,
    form: RetentionForm,
    errors: Errors,
    /// The months that are set.
    months: Option<u16>,
    others: Others,
    /// When someone was forgotten last.
    forgotten_on: String,
}

impl RetentionPage {
    async fn load(visit: &mut Visit<Owner>, form: RetentionForm, errors: Errors) -> Result<Self> {
        let (by, today) = (visit.by, visit.today());
        let months = visit.person.preferences.let_go_after_months;
        let mut asked = EXAMPLES.to_vec();
        asked.extend(months.map(i32::from).filter(|months| !EXAMPLES.contains(months)));
        let others = queries::others(visit.db(), by, today, &asked).await?;
        let day = |at: At| words::day(crate::clock::date_in(&visit.person.zone, at.0), today);
        let forgotten_on = others.forgotten_at.map(day).unwrap_or_default();
        Ok(Self { shell: visit.shell(Nav::Settings), form, errors, months, others, forgotten_on })
    }

    /// How many people a number of months concerns now, a line each.
    fn concerned(&self) -> Vec<String> {
        let line = |(months, people): &(u16, i64)| {
            let people = words::count(*people, "person", "people");
            let set = if Some(*months) == self.months { ", as you set it" } else { "" };
            format!("{months} months{set}: {people}")
        };
        self.others.after.iter().map(line).collect()
    }
}

/// `GET /settings/retention`
pub async fn show(mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let months = visit.person.preferences.let_go_after_months.map(|months| months.to_string()).unwrap_or_default();
    Ok(Page::ok(RetentionPage::load(&mut visit, RetentionForm { months }, Errors::default()).await?))
}

/// `POST /settings/retention`
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<RetentionForm>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let mut errors = Errors::default();
    let months = errors.optional("months", &form.months, |typed| whole(typed, MONTHS));
    if !errors.is_empty() {
        return Ok(Page::unprocessable(RetentionPage::load(&mut visit, form, errors).await?).into_response());
    }
    let mut transaction = visit.db().begin().await?;
    let mut preferences = settings::lock(&mut *transaction, by).await?.preferences.0;
    preferences.let_go_after_months = months;
    settings::store(&mut *transaction, by, &preferences).await?;
    let leaving = queries::mark(&mut transaction, by, Rule { today, months, notice: NOTICE }).await?;
    transaction.commit().await?;
    let said = match leaving {
        0 => "Saved. No one reaches that time now.".to_owned(),
        n => format!("Saved. {} that time now: Today reminds you for {NOTICE} days.", reach(n)),
    };
    Ok(Done::to(HERE).saying(said).into_response())
}

fn reach(people: i64) -> String {
    words::count(people, "person reaches", "people reach")
}

/// `POST /contacts/forgotten/removals`: whoever was forgotten may come back with the next import. Nothing is left of the marks
/// to bring them back from.
pub async fn lift_marks(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    let gone = forgotten::lift_all(visit.db(), by).await?;
    Ok(Done::to(HERE).saying(if gone == 0 { "There were no marks." } else { "The marks are gone." }))
}
