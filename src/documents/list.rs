//! The documents there are, where each was sent last, and the form for another.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::document::{Kind, size_in_words};
use super::queries::{self, DocumentRow, Listing, VersionRow};
use super::room::Room;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::folding::sorted_by;
use crate::ids::DocumentId;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The list; a form on it that was refused is shown again with what was wrong.
#[derive(Template)]
#[template(path = "documents/index.html")]
pub struct ListPage {
    shell: Shell,
    today: Date,
    zone: TimeZone,
    documents: Vec<DocumentRow>,
    stored: String,
    /// The id the next document will have.
    id: DocumentId,
    name: String,
    kind: String,
    errors: Errors,
    most: String,
    most_together: String,
}

impl ListPage {
    /// The page of these documents: resumes first, each kind by name.
    pub fn new(shell: Shell, (today, zone): (Date, TimeZone), listing: Listing, room: Room) -> Self {
        let mut documents = listing.documents.0;
        documents.sort_by_cached_key(|document| (document.kind, sorted_by(&document.name)));
        Self {
            shell,
            today,
            zone,
            documents,
            stored: size_in_words(listing.stored),
            id: DocumentId::new(),
            name: String::new(),
            kind: Kind::Resume.to_string(),
            errors: Errors::default(),
            most: size_in_words(room.each),
            most_together: size_in_words(room.together),
        }
    }

    /// With what was typed for a new one, and what was wrong.
    pub fn with_new(self, name: String, kind: String, errors: Errors) -> Self {
        Self { name, kind, errors, ..self }
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        Kind::choices()
    }

    fn file_hint(&self) -> String {
        format!("PDF, Word, OpenDocument or plain text, up to {}. Choose it, or drop it here", self.most)
    }

    fn added(&self, version: &VersionRow) -> Date {
        clock::date_in(&self.zone, version.added_at)
    }

    fn day(&self, day: &Date) -> String {
        words::day(*day, self.today)
    }

    fn full_day(&self, day: &Date) -> String {
        words::full_day(*day, self.today)
    }

    /// 'PDF, 120 KB'.
    fn about(&self, version: &VersionRow) -> String {
        format!("{}, {}", version.format.label(), size_in_words(version.size))
    }

    /// ' and 2 more'.
    fn more(&self, document: &DocumentRow) -> String {
        match document.uses {
            0 | 1 => String::new(),
            uses => format!(" and {} more", uses - 1),
        }
    }
}

/// `GET /documents`
pub async fn index(mut visit: Visit<Viewer>, State(app): State<App>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let listing = queries::list(visit.db(), by).await?;
    let when = (visit.today(), visit.person.zone.clone());
    let room = Room::of(&app.config, visit.person.documents_mb);
    Ok(Page::ok(ListPage::new(visit.shell(Nav::Library), when, listing, room)))
}
