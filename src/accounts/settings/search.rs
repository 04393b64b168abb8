//! What is searched for, and who is searching: the words that fill search links and messages.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::{Difference, differences, lines, queries, whole};
use crate::access::{Owner, Viewer};
use crate::accounts::preferences::Preferences;
use crate::accounts::visit::Visit;
use crate::address::WebAddress;
use crate::error::Result;
use crate::playbook::message::about_me::who_i_am;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// The form as typed; lists are one a line.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    version: i32,
    target_roles: String,
    places: String,
    industries: String,
    schools: String,
    former_employers: String,
    about_me: String,
    resume_url: String,
    talk_minutes: String,
}

impl SearchForm {
    fn of(preferences: &Preferences, version: i32) -> Self {
        Self {
            version,
            target_roles: preferences.target_roles.join("\n"),
            places: preferences.places.join("\n"),
            industries: preferences.industries.join("\n"),
            schools: preferences.schools.join("\n"),
            former_employers: preferences.former_employers.join("\n"),
            about_me: preferences.about_me.clone(),
            resume_url: preferences.resume_url.clone(),
            talk_minutes: preferences.talk_minutes.to_string(),
        }
    }

    /// Puts what the form means into the preferences; with errors, they are half changed and not to be used.
    fn apply(&self, to: &mut Preferences) -> Result<(), Errors> {
        let mut errors = Errors::default();
        let mut list = |field, typed: &str| errors.take(field, lines(typed)).unwrap_or_default();
        to.target_roles = list("target_roles", &self.target_roles);
        to.places = list("places", &self.places);
        to.industries = list("industries", &self.industries);
        to.schools = list("schools", &self.schools);
        to.former_employers = list("former_employers", &self.former_employers);
        let about_me = errors.take("about_me", Line::<300>::parse_optional(&self.about_me)).flatten();
        to.about_me = about_me.map(String::from).unwrap_or_default();
        let resume_url = errors.take("resume_url", WebAddress::parse_optional(&self.resume_url)).flatten();
        to.resume_url = resume_url.map(|url| url.as_str().to_owned()).unwrap_or_default();
        to.talk_minutes = errors.take("talk_minutes", whole(&self.talk_minutes, 5..=120)).unwrap_or_default();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn texts(self) -> [(&'static str, String); 8] {
        [
            ("Target roles", self.target_roles),
            ("Places", self.places),
            ("Industries", self.industries),
            ("Schools", self.schools),
            ("Former employers", self.former_employers),
            ("About me", self.about_me),
            ("Link to your resume", self.resume_url),
            ("Minutes", self.talk_minutes),
        ]
    }
}

#[derive(Template)]
#[template(path = "accounts/settings/search.html")]
struct SearchPage {
    shell: Shell,
    form: SearchForm,
    errors: Errors,
    changed: Vec<Difference>,
}

impl SearchPage {
    /// The sentence about oneself as a message says it.
    fn in_a_message(&self) -> String {
        in_a_message(&self.form.about_me, &self.form.target_roles)
    }
}

fn in_a_message(about_me: &str, target_roles: &str) -> String {
    let target = target_roles.lines().map(str::trim).find(|role| !role.is_empty());
    let facts = Facts::new()
        .with(Placeholder::FirstName, Placeholder::FirstName.example())
        .with(Placeholder::Company, Placeholder::Company.example())
        .with_some(Placeholder::WhoIAm, who_i_am(about_me, target));
    fill("Hello {first_name}, {who_i_am} I would like to learn how this work is done at {company}.", &facts).text
}

/// What of the form is shown filled into a message while it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SentenceQuery {
    about_me: String,
    target_roles: String,
}

/// `GET /settings/sentence`: plain words for the place beside the field.
pub async fn sentence(_visit: Visit<Viewer>, Query(query): Query<SentenceQuery>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], in_a_message(&query.about_me, &query.target_roles))
}

/// `GET /settings`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let stored = queries::stored(visit.db(), by).await?;
    let form = SearchForm::of(&stored.preferences, stored.version);
    Ok(Page::ok(SearchPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() }))
}

/// `POST /settings/search`
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<SearchForm>) -> Result<Response> {
    let by = visit.by;
    let mut page =
        SearchPage { shell: visit.shell(Nav::Settings), form, errors: Errors::default(), changed: Vec::new() };
    let mut transaction = visit.db().begin().await?;
    let stored = queries::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    if let Err(errors) = page.form.apply(&mut preferences) {
        page.errors = errors;
        return Ok(Page::unprocessable(page).into_response());
    }
    if page.form.version != stored.version {
        let saved = SearchForm::of(&stored.preferences, stored.version);
        page.form = SearchForm::of(&preferences, stored.version);
        page.changed = differences(saved.texts(), page.form.clone().texts());
        if !page.changed.is_empty() {
            return Ok(Page::conflict(page).into_response());
        }
    }
    queries::store(&mut *transaction, by, &preferences).await?;
    transaction.commit().await?;
    Ok(Done::to("/settings").saying("Saved.").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> SearchForm {
        SearchForm {
            target_roles: "Compiler engineer\r\nLanguage designer".into(),
            places: "remote".into(),
            about_me: "I write compilers and teach people to.".into(),
            resume_url: "https://ada.example/resume.pdf".into(),
            talk_minutes: "20".into(),
            ..SearchForm::default()
        }
    }

    #[test]
    fn what_was_typed_is_kept_and_shown_again() {
        let mut preferences = Preferences::default();
        filled().apply(&mut preferences).unwrap();
        assert_eq!(preferences.target_roles, ["Compiler engineer", "Language designer"]);
        assert_eq!(preferences.talk_minutes, 20);
        let shown = SearchForm::of(&preferences, 3);
        assert_eq!(shown.target_roles, "Compiler engineer\nLanguage designer");
        let mut again = preferences.clone();
        shown.apply(&mut again).unwrap();
        assert_eq!(again, preferences);
    }

    #[test]
    fn each_field_has_its_fault() {
        let form = SearchForm {
            schools: "x".repeat(101),
            about_me: "y".repeat(301),
            resume_url: "my drive".into(),
            talk_minutes: "4".into(),
            ..filled()
        };
        let errors = form.apply(&mut Preferences::default()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["schools", "about_me", "resume_url", "talk_minutes"]);
    }

    #[test]
    fn the_longest_lists_fit_into_their_column() {
        let lists: String = (0..20).map(|n| format!("{n:02}{}\n", "𝔘".repeat(98))).collect();
        let form = SearchForm {
            target_roles: lists.clone(),
            places: lists.clone(),
            industries: lists.clone(),
            schools: lists.clone(),
            former_employers: lists,
            about_me: "𝔘".repeat(300),
            ..filled()
        };
        let mut preferences = Preferences::default();
        form.apply(&mut preferences).unwrap();
        assert!(serde_json::to_string(&preferences).unwrap().len() < 50_000);
    }
}
