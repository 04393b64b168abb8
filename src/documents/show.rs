//! One document: its versions, where each was sent, and the forms for another version and another name.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::document::{Kind, named, size_in_words};
use super::form::NameForm;
use super::queries::{self, DocumentDetail, VersionRow};
use super::room::Room;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::ids::{DocumentId, DocumentVersionId};
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The page of one document; a form on it that was refused is shown again with what was wrong.
#[derive(Template)]
#[template(path = "documents/show.html")]
pub struct ShowPage {
    shell: Shell,
    today: Date,
    zone: TimeZone,
    document: DocumentDetail,
    /// The id the next version will have.
    version_id: DocumentVersionId,
    form: NameForm,
    errors: Errors,
    most: String,
}

impl ShowPage {
    /// The page of this document.
    pub fn new(shell: Shell, (today, zone): (Date, TimeZone), document: DocumentDetail, room: Room) -> Self {
        let form = NameForm { version: document.version, name: document.name.clone(), kind: document.kind.to_string() };
        Self {
            shell,
            today,
            zone,
            document,
            version_id: DocumentVersionId::new(),
            form,
            errors: Errors::default(),
            most: size_in_words(room.each),
        }
    }

    /// With what was wrong.
    pub fn with_errors(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }

    /// With a name as it was typed, to be saved over what is there.
    pub fn with_name(self, form: NameForm) -> Self {
        Self { form: NameForm { version: self.document.version, ..form }, ..self }
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        Kind::choices()
    }

    fn file_hint(&self) -> String {
        format!("Up to {}. Choose it, or drop it here. Earlier versions stay", self.most)
    }

    fn deletion(&self) -> String {
        format!("/documents/{}/deletions", self.document.id)
    }

    fn day(&self, day: &Date) -> String {
        words::day(*day, self.today)
    }

    fn full_day(&self, day: &Date) -> String {
        words::full_day(*day, self.today)
    }

    fn added(&self, version: &VersionRow) -> Date {
        clock::date_in(&self.zone, version.added_at)
    }

    /// 'PDF, 120 KB'.
    fn about(&self, version: &VersionRow) -> String {
        format!("{}, {}", version.format.label(), size_in_words(version.size))
    }

    /// 'Resume, version 3'.
    fn named(&self, version: &VersionRow) -> String {
        named(&self.document.name, version.number)
    }

    fn next_number(&self) -> i32 {
        self.document.versions.first().map_or(1, |latest| latest.number + 1)
    }
}

/// `GET /documents/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    State(app): State<App>,
    Id(id): Id<DocumentId>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let document = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let when = (visit.today(), visit.person.zone.clone());
    let room = Room::of(&app.config, visit.person.documents_mb);
    Ok(Page::ok(ShowPage::new(visit.shell(Nav::Library), when, document, room)))
}
