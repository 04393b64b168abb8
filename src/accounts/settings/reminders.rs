//! What someone is reminded of, when, and how it comes.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Owner;
use crate::accounts::reminding::queries::{self, Device, Standing};
use crate::accounts::reminding::wishes::{Channels, Daily, Lead, Wish, Wishes};
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::Result;
use crate::ids::PushDeviceId;
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
    digest_by_mail: String,
    digest_by_notice: String,
    working_days: String,
    talk: String,
    talk_by_mail: String,
    talk_by_notice: String,
    review: String,
    review_by_mail: String,
    review_by_notice: String,
}

/// Where mail cannot go, a wish for some begins as one for notices.
fn ticked(by: Option<Channels>, can_mail: bool) -> (String, String) {
    let by = by.unwrap_or(Channels { mail: can_mail, notice: !can_mail });
    (by.mail.to_string(), by.notice.to_string())
}

impl RemindersForm {
    fn of(wishes: &Wishes, can_mail: bool) -> Self {
        let (digest_by_mail, digest_by_notice) = ticked(wishes.digest.map(|wish| wish.by), can_mail);
        let (talk_by_mail, talk_by_notice) = ticked(wishes.talk.map(|wish| wish.by), can_mail);
        let (review_by_mail, review_by_notice) = ticked(wishes.review.map(|wish| wish.by), can_mail);
        Self {
            digest: wishes.digest.map(|wish| wish.what.hour.to_string()).unwrap_or_default(),
            digest_by_mail,
            digest_by_notice,
            // Where nothing was chosen yet, weekends are left alone.
            working_days: wishes.digest.is_none_or(|wish| wish.what.working_days).to_string(),
            talk: wishes.talk.map(|wish| wish.what.to_string()).unwrap_or_default(),
            talk_by_mail,
            talk_by_notice,
            review: wishes.review.map(|wish| wish.what.to_string()).unwrap_or_default(),
            review_by_mail,
            review_by_notice,
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
        let daily = digest.map(|hour| Daily { hour, working_days });
        let digest = wish(&mut errors, "digest", daily, &self.digest_by_mail, &self.digest_by_notice);
        let talk = wish(&mut errors, "talk", talk, &self.talk_by_mail, &self.talk_by_notice);
        let review = wish(&mut errors, "review", review, &self.review_by_mail, &self.review_by_notice);
        errors.give(|| Some(Wishes { digest, talk, review }))
    }
}

/// A wish with how it comes, which is to be said of each.
fn wish<T>(errors: &mut Errors, field: &'static str, what: Option<T>, mail: &str, notice: &str) -> Option<Wish<T>> {
    let by = Channels { mail: mail == "true", notice: notice == "true" };
    if what.is_some() && !by.mail && !by.notice {
        errors.add(field, "Tick how it comes: by mail, as a notice, or both");
    }
    what.map(|what| Wish { what, by })
}

/// A browser that shows notices.
struct DeviceLine {
    id: PushDeviceId,
    name: String,
    /// It is the one this page is looked at on.
    is_this: bool,
    added: String,
    told: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/settings/reminders.html")]
struct RemindersPage {
    shell: Shell,
    /// The public half of the key notices are sent by.
    notice_key: String,
    devices: Vec<DeviceLine>,
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
        let (zone, today) = (&visit.person.zone, visit.today());
        let line = |device: Device| DeviceLine {
            id: device.id,
            is_this: device.session_id == visit.session,
            name: device.name,
            added: super::moment(device.created_at, zone, today),
            told: device.told_at.map(|at| super::moment(at, zone, today)),
        };
        Self {
            shell: visit.shell(Nav::Settings),
            notice_key: app.notices.key.public().to_owned(),
            devices: standing.devices.into_iter().map(line).collect(),
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
        [("", "Never")].into_iter().chain(Lead::choices()).collect()
    }

    fn on_working_days(&self) -> bool {
        self.form.working_days == "true"
    }

    /// Whether notices are wished for, and no device shows any.
    fn lacks_device(&self) -> bool {
        let RemindersForm { digest, talk, review, .. } = &self.form;
        let wishes = [
            (digest, &self.form.digest_by_notice),
            (talk, &self.form.talk_by_notice),
            (review, &self.form.review_by_notice),
        ];
        self.devices.is_empty() && wishes.iter().any(|(when, ticked)| !when.is_empty() && *ticked == "true")
    }
}

/// `GET /settings/reminders`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let standing = queries::standing(visit.db(), by).await?;
    let form = RemindersForm::of(&standing.wishes, app.outbox.is_on() && standing.confirmed);
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
        Ok(wishes) if !standing.confirmed || !app.outbox.is_on() => {
            let mut errors = Errors::default();
            let problem =
                if app.outbox.is_on() { "Confirm your e-mail address first" } else { "This Inroad sends no mail" };
            for (kind, _) in wishes.channels().filter(|(_, by)| by.mail) {
                errors.add(kind.as_str(), problem);
            }
            errors.give(|| Some(wishes))
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
        let (mail, notice) = (Channels { mail: true, notice: false }, Channels { mail: false, notice: true });
        let both = Channels { mail: true, notice: true };
        let daily = |hour, working_days, by| Some(Wish { what: Daily { hour, working_days }, by });
        for wishes in [
            Wishes::default(),
            Wishes {
                digest: daily(0, true, both),
                talk: Some(Wish { what: Lead::Evening, by: notice }),
                review: Some(Wish { what: 23, by: mail }),
            },
            Wishes { digest: daily(8, false, notice), ..Wishes::default() },
        ] {
            for can_mail in [true, false] {
                assert_eq!(RemindersForm::of(&wishes, can_mail).parse().ok(), Some(wishes));
            }
        }
    }

    #[test]
    fn what_would_come_in_no_way_is_refused() {
        let form = RemindersForm { digest: "8".into(), ..RemindersForm::default() };
        assert!(form.parse().is_err());
        assert!(RemindersForm { digest_by_notice: "true".into(), ..form }.parse().is_ok());
    }

    #[test]
    fn an_hour_no_day_has_is_refused() {
        for (digest, talk) in [("24", ""), ("-1", ""), ("noon", ""), ("", "soon")] {
            let ticked = RemindersForm::of(&Wishes::default(), true);
            let form = RemindersForm { digest: digest.into(), talk: talk.into(), ..ticked };
            assert!(form.parse().is_err(), "{digest} {talk}");
        }
    }
}
