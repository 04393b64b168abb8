//! The single files: tables, address book, calendar, dossiers.

use std::collections::HashSet;
use std::io::Write;

use axum::extract::State;
use axum::response::Response;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgConnection;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::feed::entry;
use super::gathered::{self, answer};
use super::queries::{self, cards};
use super::sheets::{self, Which};
use super::vcard::{self, Version};
use crate::access::{Owner, Viewer};
use crate::accounts::audit::{Event, Kind};
use crate::accounts::visit::{Person, Visit};
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{ContactId, SessionId};
use crate::insights::{markdown, queries as insights, summary};
use crate::interviews::scheduling::calendar;
use crate::web::download::{attachment, hyphened};
use crate::web::form::Query;
use crate::web::path::Id;

/// What a file needs to know of who asks for it.
struct Asked {
    by: Owner,
    now: Timestamp,
    person: Person,
    session: SessionId,
}

impl Asked {
    /// The visit without its connection: a turn is waited for without one.
    fn of(visit: Visit<Owner>) -> Self {
        Self { by: visit.by, now: visit.now, person: visit.person, session: visit.session }
    }

    /// Notes in the audit log what was exported.
    async fn note(&self, db: &mut PgConnection, what: &str) -> Result<()> {
        let event = Event::new(self.by.user_id(), Kind::Exported, self.now);
        Ok(event.about(what).by_session(db, self.session).await?)
    }

    fn today(&self) -> jiff::civil::Date {
        crate::clock::date_in(&self.person.zone, self.now)
    }
}

/// Which table.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct TableQuery {
    of: String,
}

/// `GET /export/table.csv`
pub async fn table(State(app): State<App>, visit: Visit<Owner>, Query(query): Query<TableQuery>) -> Result<Response> {
    let of = if query.of.is_empty() { Which::Contacts.as_str() } else { &query.of };
    let which: Which = of.parse().map_err(|_| {
        let known: Vec<&str> = Which::ALL.iter().map(|which| which.as_str()).collect();
        Error::Invalid(format!("There is no such table. There are: {}.", known.join(", ")))
    })?;
    let asked = Asked::of(visit);
    let (_turn, mut db) = gathered::begin(&app, asked.by, asked.now).await?;
    let file = sheets::write(&mut db, asked.by.into(), which, &asked.person.zone, gathered::file()).await?;
    asked.note(&mut db, &format!("the table {which}")).await?;
    drop(db);
    answer(file, "text/csv; charset=utf-8", attachment(&format!("inroad {which} {}", asked.today()), "csv"))
}

/// Which version of vCard.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct VersionQuery {
    version: String,
}

impl VersionQuery {
    fn parse(&self) -> Result<Version> {
        match self.version.as_str() {
            "" | "3" | "3.0" => Ok(Version::Three),
            "4" | "4.0" => Ok(Version::Four),
            _ => Err(Error::Invalid("There is vCard 3.0 and vCard 4.0.".into())),
        }
    }
}

/// `GET /export/contacts.vcf`
pub async fn contacts(
    State(app): State<App>,
    visit: Visit<Owner>,
    Query(query): Query<VersionQuery>,
) -> Result<Response> {
    let version = query.parse()?;
    let asked = Asked::of(visit);
    let (_turn, mut db) = gathered::begin(&app, asked.by, asked.now).await?;
    let mut file = gathered::file();
    let mut rows = cards::all(&mut db, asked.by.into());
    while let Some(row) = rows.try_next().await? {
        file.write_all(vcard::text(&row.card(), version).as_bytes()).map_err(anyhow::Error::from)?;
    }
    drop(rows);
    asked.note(&mut db, "the address book").await?;
    drop(db);
    answer(file, "text/vcard; charset=utf-8", attachment(&format!("inroad contacts {}", asked.today()), "vcf"))
}

/// `GET /contacts/{id}/card.vcf`: for handing on, without the user's notes.
pub async fn card(
    mut visit: Visit<Viewer>,
    Id(id): Id<ContactId>,
    Query(query): Query<VersionQuery>,
) -> Result<Response> {
    let (by, version) = (visit.by, query.parse()?);
    let row = cards::one(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let card = vcard::Card { notes: None, tags: Vec::new(), ..row.card() };
    let mut file = gathered::file();
    file.write_all(vcard::text(&card, version).as_bytes()).map_err(anyhow::Error::from)?;
    answer(file, "text/vcard; charset=utf-8", attachment(&card.name, "vcf"))
}

/// `GET /export/talks.ics`
pub async fn talks(State(app): State<App>, visit: Visit<Owner>) -> Result<Response> {
    let asked = Asked::of(visit);
    let (_turn, mut db) = gathered::begin(&app, asked.by, asked.now).await?;
    let rows = cards::talks(&mut db, asked.by.into(), None).await?;
    asked.note(&mut db, "the talks").await?;
    drop(db);
    let mut all = calendar::empty();
    all.append_property(("METHOD", "PUBLISH"));
    for row in &rows {
        let person = &asked.person;
        all.push(calendar::event(&entry(row, &person.name, Some(&person.email), &person.zone)));
    }
    let mut file = gathered::file();
    file.write_all(calendar::text_of(&all).as_bytes()).map_err(anyhow::Error::from)?;
    answer(
        file,
        "text/calendar; charset=utf-8; method=PUBLISH",
        attachment(&format!("inroad talks {}", asked.today()), "ics"),
    )
}

/// `GET /export/dossiers.zip`
pub async fn dossiers(State(app): State<App>, visit: Visit<Owner>) -> Result<Response> {
    let asked = Asked::of(visit);
    let (_turn, mut db) = gathered::begin(&app, asked.by, asked.now).await?;
    let mut zip = ZipWriter::new(gathered::file());
    let mut names = HashSet::new();
    for company in cards::companies_with_a_dossier(&mut db, asked.by.into()).await? {
        let Some(mut all) = insights::gather(&mut *db, asked.by, company, asked.now).await? else { continue };
        let voices = std::mem::take(&mut all.voices.0);
        let whole = summary::whole(voices, &all.links, &asked.person.zone);
        let text = markdown::render(&all, &whole, &asked.person.zone, asked.today());
        let name = free_name(&format!("dossier-{}", hyphened(all.name.chars())), &mut names);
        zip.start_file(name, SimpleFileOptions::default()).map_err(anyhow::Error::from)?;
        zip.write_all(text.as_bytes()).map_err(anyhow::Error::from)?;
    }
    asked.note(&mut db, "the dossiers").await?;
    drop(db);
    let file = zip.finish().map_err(anyhow::Error::from)?;
    answer(file, "application/zip", attachment(&format!("inroad dossiers {}", asked.today()), "zip"))
}

/// A name no other file has.
fn free_name(about: &str, taken: &mut HashSet<String>) -> String {
    let mut name = format!("{about}.md");
    let mut nr = 2;
    while !taken.insert(name.clone()) {
        name = format!("{about}-{nr}.md");
        nr += 1;
    }
    name
}

/// `GET /contacts/{id}/everything.json`: all that is kept of one person.
pub async fn everything(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Response> {
    let by = visit.by;
    let found = queries::person::everything(visit.db(), by.into(), id).await?.ok_or(Error::NotFound)?;
    let event = Event::new(by.user_id(), Kind::Exported, visit.now).about("everything about one person");
    let session = visit.session;
    event.by_session(visit.db(), session).await?;
    let mut file = gathered::file();
    file.write_all(found.json.as_bytes()).map_err(anyhow::Error::from)?;
    answer(file, "application/json", attachment(&format!("everything about {}", found.name), "json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_companies_of_one_name_have_two_files() {
        let mut taken = HashSet::new();
        let names =
            ["dossier-acme", "dossier-acme", "dossier-con", "dossier-acme"].map(|about| free_name(about, &mut taken));
        assert_eq!(names, ["dossier-acme.md", "dossier-acme-2.md", "dossier-con.md", "dossier-acme-3.md"]);
    }
}
