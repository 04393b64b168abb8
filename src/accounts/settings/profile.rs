//! Name and time zone, and how pages look: theme, dates and times.

use std::sync::LazyLock;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::tz::{self, TimeZone};
use serde::Deserialize;
use sqlx::Connection;

use super::queries::{self, Chosen, Profile, Saved};
use super::{Difference, differences};
use crate::access::Owner;
use crate::accounts::reminding;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::Result;
use crate::kinds::Kind;
use crate::text::Line;
use crate::web::dates::{DateFormat, Formats, TimeFormat};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::theme::Theme;

/// The names offered for a time zone: those of places, and UTC.
static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = tz::db().available().map(|name| name.as_str().to_owned());
    let mut zones: Vec<String> =
        names.filter(|name| name.contains('/') && !name.starts_with("Etc/") || name == "UTC").collect();
    zones.sort_unstable();
    zones.dedup();
    zones
});

/// The IANA name of a time zone, as the database of zones spells it.
///
/// # Errors
/// In words for the field.
fn zone(typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    let known = TimeZone::get(typed).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    known.filter(|name| name.len() <= 64).ok_or("Choose one from the list, like Europe/London or America/New_York")
}

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    version: i32,
    name: String,
    time_zone: String,
    theme: String,
    dates: String,
    times: String,
}

impl ProfileForm {
    fn of(profile: &Profile) -> Self {
        Self { version: profile.version, ..Self::choosing(&profile.chosen) }
    }

    fn choosing(chosen: &Chosen) -> Self {
        Self {
            version: 0,
            name: chosen.name.clone(),
            time_zone: chosen.time_zone.clone(),
            theme: chosen.theme.to_string(),
            dates: chosen.formats.dates.to_string(),
            times: chosen.formats.times.to_string(),
        }
    }

    fn parse(&self) -> Result<Chosen, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", Line::<100>::parse(&self.name));
        let zone = errors.take("time_zone", zone(&self.time_zone));
        let theme = errors.take("theme", self.theme.parse().map_err(|_| "Choose one from the list"));
        let dates = errors.take("dates", self.dates.parse().map_err(|_| "Choose one from the list"));
        let times = errors.take("times", self.times.parse().map_err(|_| "Choose one from the list"));
        errors.give(|| {
            Some(Chosen {
                name: name?.into(),
                time_zone: zone?,
                theme: theme?,
                formats: Formats { dates: dates?, times: times? },
            })
        })
    }

    fn texts(self) -> [(&'static str, String); 5] {
        [
            ("Name", self.name),
            ("Time zone", self.time_zone),
            ("Theme", label::<Theme>(self.theme)),
            ("Dates", label::<DateFormat>(self.dates)),
            ("Times", label::<TimeFormat>(self.times)),
        ]
    }
}

/// The words a person reads for the word a form sends.
fn label<K: Kind>(word: String) -> String {
    word.parse::<K>().map_or(word, |kind| kind.label().into())
}

#[derive(Template)]
#[template(path = "accounts/settings/profile.html")]
struct ProfilePage {
    shell: Shell,
    email: String,
    /// Mail could come to it, and it is not shown to be theirs.
    unconfirmed: bool,
    form: ProfileForm,
    errors: Errors,
    changed: Vec<Difference>,
    zones: &'static [String],
}

impl ProfilePage {
    fn themes(&self) -> Vec<(&'static str, &'static str)> {
        Theme::choices()
    }

    fn date_formats(&self) -> Vec<(&'static str, &'static str)> {
        DateFormat::choices()
    }

    fn time_formats(&self) -> Vec<(&'static str, &'static str)> {
        TimeFormat::choices()
    }

    fn new(app: &App, visit: &Visit<Owner>, profile: &Profile, form: ProfileForm) -> Self {
        Self {
            shell: visit.shell(Nav::Settings),
            email: profile.email.clone(),
            unconfirmed: app.outbox.is_on() && !profile.email_confirmed,
            form,
            errors: Errors::default(),
            changed: Vec::new(),
            zones: &ZONES,
        }
    }
}

/// `GET /settings/profile`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let profile = queries::profile(visit.db(), by).await?;
    Ok(Page::ok(ProfilePage::new(&app, &visit, &profile, ProfileForm::of(&profile))))
}

/// `POST /settings/profile`
pub async fn update(
    State(app): State<App>,
    mut visit: Visit<Owner>,
    Form(form): Form<ProfileForm>,
) -> Result<Response> {
    let by = visit.by;
    let profile = queries::profile(visit.db(), by).await?;
    let mut page = ProfilePage::new(&app, &visit, &profile, form);
    let chosen = match page.form.parse() {
        Ok(meant) => meant,
        Err(errors) => {
            page.errors = errors;
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let now = visit.now;
    let mut transaction = visit.db().begin().await?;
    let saved = queries::update_profile(&mut *transaction, by, page.form.version, &chosen).await?;
    if saved == Saved::Yes && chosen.time_zone != profile.chosen.time_zone {
        reminding::look_again(&mut *transaction, by, now).await?;
    }
    transaction.commit().await?;
    if saved == Saved::Yes {
        return Ok(Done::to("/settings/profile").saying("Saved.").into_response());
    }
    let theirs = ProfileForm::of(&queries::profile(visit.db(), by).await?);
    page.form = ProfileForm { version: theirs.version, ..ProfileForm::choosing(&chosen) };
    page.changed = differences(theirs.texts(), page.form.clone().texts());
    if page.changed.is_empty() {
        return Ok(Done::to("/settings/profile").saying("Saved.").into_response());
    }
    Ok(Page::conflict(page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_those_of_the_database_in_its_spelling() {
        assert_eq!(zone(" europe/london ").unwrap(), "Europe/London");
        assert_eq!(zone("UTC").unwrap(), "UTC");
        for wrong in ["", "Europe", "Mars/Olympus", "+01:00", "../etc/passwd", "EST5EDT4,M3.2.0", "Europe/London\0"] {
            assert!(zone(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn every_zone_offered_is_taken() {
        assert!(ZONES.len() > 300);
        for name in ZONES.iter() {
            assert!(zone(name).is_ok(), "{name}");
        }
    }
}
