//! What someone is reminded of by mail, and when.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::reminding::queries::{self, Standing};
use crate::accounts::reminding::wishes::{Daily, Lead, Wishes};
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::Result;
use crate::web::dates::shown;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

const HERE: &str = "/settings/reminders";

/// The form as typed; what is empty is not wished for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct RemindersForm {
    digest: String,
    working_days: String,
    talk: String,
    review: String,
}

impl RemindersForm {
    fn of(wishes: &Wishes) -> Self {
        let hour = |hour: i16| hour.to_string();
        Self {
            digest: wishes.digest.map(|daily| hour(daily.hour)).unwrap_or_default(),
            // Where nothing was chosen yet, weekends are left alone.
            working_days: wishes.digest.is_none_or(|daily| daily.working_days).to_string(),
            talk: wishes.talk.map(|lead| lead.to_string()).unwrap_or_default(),
            review: wishes.review.map(hour).unwrap_or_default(),
        }
    }

    fn parse(&self) -> Result<Wishes, Errors> {
        let mut errors = Errors::default();
        let hour = |text: &str| match text.parse() {
            Ok(hour @ 0..=23) => Ok(hour),
            _ => Err("Choose an hour from the list"),
        };
        let digest = errors.optional::<i16, _>("digest", &self.digest, hour);
        let talk =
            errors.optional::<Lead, _>("talk", &self.talk, |word| word.parse().map_err(|_| "Choose one from the list"));
        let review = errors.optional::<i16, _>("review", &self.review, hour);
        let working_days = self.working_days == "true";
        errors.give(|| Some(Wishes { digest: digest.map(|hour| Daily { hour, working_days }), talk, review }))
    }
}

#[derive(Template)]
#[template(path = "accounts/settings/reminders.html")]
struct RemindersPage {
    shell: Shell,
    /// This Inroad sends mail.
    by_mail: bool,
    email: String,
    /// The address was shown to be theirs.
    confirmed: bool,
    form: RemindersForm,
    errors: Errors,
}

impl RemindersPage {
    fn new(app: &App, visit: &Visit<Owner>, standing: Standing, form: RemindersForm, errors: Errors) -> Self {
        Self {
            shell: visit.shell(Nav::Settings),
            by_mail: app.outbox.is_on(),
            email: standing.email,
            confirmed: standing.confirmed,
            form,
            errors,
        }
    }

    fn hours(&self) -> Vec<(String, String)> {
        let named = |hour: i8| (hour.to_string(), format!("At {}", shown().time(jiff::civil::time(hour, 0, 0, 0))));
        [(String::new(), "Never".to_owned())].into_iter().chain((0..24).map(named)).collect()
    }

    fn leads(&self) -> Vec<(&'static str, &'static str)> {
        [("", "Never")].into_iter().chain(Lead::ALL.iter().map(|lead| (lead.as_str(), lead.label()))).collect()
    }

    fn on_working_days(&self) -> bool {
        self.form.working_days == "true"
    }
}

/// `GET /settings/reminders`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let standing = queries::standing(visit.db(), by).await?;
    let form = RemindersForm::of(&standing.wishes);
    Ok(Page::ok(RemindersPage::new(&app, &visit, standing, form, Errors::default())))
}

/// `POST /settings/reminders`
pub async fn update(
    State(app): State<App>,
    mut visit: Visit<Owner>,
    Form(form): Form<RemindersForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let standing = queries::standing(visit.db(), by).await?;
    let parsed = match form.parse() {
        // Only an address that is known to be theirs is told what is in an account.
        Ok(wishes) if !wishes.is_empty() && (!standing.confirmed || !app.outbox.is_on()) => {
            let mut errors = Errors::default();
            errors.add(
                "digest",
                if app.outbox.is_on() { "Confirm your e-mail address first" } else { "This Inroad sends no mail" },
            );
            Err(errors)
        }
        parsed => parsed,
    };
    let wishes = match parsed {
        Ok(wishes) => wishes,
        Err(errors) => {
            return Ok(Page::unprocessable(RemindersPage::new(&app, &visit, standing, form, errors)).into_response());
        }
    };
    let mut transaction = visit.db().begin().await?;
    queries::keep(&mut transaction, by, &wishes, now).await?;
    transaction.commit().await?;
    let said = if wishes.is_empty() { "Saved. No reminders will come." } else { "Saved." };
    Ok(Done::to(HERE).saying(said).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wished_for_reads_back_as_it_was_typed() {
        for wishes in [
            Wishes::default(),
            Wishes { digest: Some(Daily { hour: 0, working_days: true }), talk: Some(Lead::Evening), review: Some(23) },
            Wishes { digest: Some(Daily { hour: 8, working_days: false }), ..Wishes::default() },
        ] {
            assert_eq!(RemindersForm::of(&wishes).parse().ok(), Some(wishes));
        }
    }

    #[test]
    fn an_hour_no_day_has_is_refused() {
        for (digest, talk) in [("24", ""), ("-1", ""), ("noon", ""), ("", "soon")] {
            let form = RemindersForm { digest: digest.into(), talk: talk.into(), ..RemindersForm::default() };
            assert!(form.parse().is_err(), "{digest} {talk}");
        }
    }
}
