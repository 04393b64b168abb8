//! Doing a previewed import: all of it in one transaction, once.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection as _, PgConnection};

use super::linkedin::{Connection, Connections};
use super::plan::{self, Fate, Planned, as_i32, chosen};
use super::queries;
use super::report::{Counts, Report};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::companies::company::FoundBy;
use crate::companies::imports as company_imports;
use crate::companies::queries::{self as companies, NewCompany};
use crate::contacts::contact::{NewContact, Start};
use crate::contacts::imports::{self as contact_imports, Change};
use crate::contacts::queries::match_employers;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::playbook::cadence::Cadence;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;
use crate::web::words;

/// People written by one statement.
const CHUNK: usize = 2_000;

/// New contacts from which on the planner has to know of them at once, and not when PostgreSQL next looks by itself.
const STATISTICS_FROM: i32 = 500;

/// The employers chosen as target companies, by their place among the file's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    companies: Vec<usize>,
}

/// `POST /imports/{id}/confirmations`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ImportId>, Form(form): Form<Confirmation>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let page = format!("/imports/{id}");
    let mut transaction = visit.db().begin().await?;
    queries::take_time(&mut *transaction).await?;
    queries::hold(&mut *transaction, by).await?;
    let Some(text) = queries::claim(&mut *transaction, by, id, now).await? else {
        return if queries::exists(&mut *transaction, by, id).await? {
            Ok(Done::to(page))
        } else {
            Err(Error::NotFound)
        };
    };
    let read = tokio::task::spawn_blocking(move || Connections::parse(&text));
    let file = read.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    let writing = Writing { by, import: id, cadence: &cadence, today, now };
    let (counts, report) = writing.write(&mut transaction, file, &form.companies).await?;
    queries::finish(&mut *transaction, by, id, counts, &report).await?;
    transaction.commit().await?;
    if counts.created >= STATISTICS_FROM
        && let Err(error) = tell_the_planner(visit.db()).await
    {
        tracing::warn!(%error, "the statistics of the tables could not be renewed after an import");
    }
    Ok(Done::to(&page).saying(summary(counts, &report)).undo(format!("{page}/undos")))
}

async fn tell_the_planner(db: &mut PgConnection) -> sqlx::Result<()> {
    queries::renew_statistics(&mut *db).await?;
    queries::renew_visibility(db).await
}

/// What was done, in one sentence.
fn summary(counts: Counts, report: &Report) -> String {
    let mut parts = Vec::new();
    if counts.created > 0 {
        parts.push(format!("{} added", words::count(counts.created.into(), "contact", "contacts")));
    }
    if counts.updated > 0 {
        parts.push(format!("{} updated", counts.updated));
    }
    if report.companies > 0 {
        parts.push(format!("{} added", words::count(report.companies, "company", "companies")));
    }
    if parts.is_empty() { "Nothing was new.".into() } else { format!("{}.", words::list(&parts)) }
}

/// What every part of writing an import needs.
struct Writing<'a> {
    by: Owner,
    import: ImportId,
    cadence: &'a Cadence,
    today: Date,
    now: Timestamp,
}

impl Writing<'_> {
    async fn write(
        &self,
        db: &mut PgConnection,
        file: Connections,
        places: &[usize],
    ) -> sqlx::Result<(Counts, Report)> {
        let people = contact_imports::queries::known_people(&mut *db, self.by).await?;
        let Planned { fates, mut counts, mut report } = Planned::of(&file, &people, self.today);
        let (targets, added) = self.companies(&mut *db, &file, places).await?;
        report.companies = added;

        let mut fresh = Vec::new();
        let mut changes = Vec::new();
        let (mut created, mut updated) = (0, 0);
        for (row, fate) in file.rows.into_iter().zip(fates) {
            match fate {
                Fate::New => fresh.push(self.contact(row, &targets)),
                Fate::Changed { known, news, accepted_on } => {
                    if let Some(person) = people.get(known) {
                        changes.push(Change { contact: person.id, news: *news, accepted_on });
                    }
                }
                Fate::Same(_) | Fate::InBin => {}
            }
            if fresh.len() == CHUNK {
                created += self.add(&mut *db, &mut fresh).await?;
            }
            if changes.len() == CHUNK {
                updated += self.change(&mut *db, &mut changes).await?;
            }
        }
        created += self.add(&mut *db, &mut fresh).await?;
        updated += self.change(&mut *db, &mut changes).await?;
        if added > 0 {
            report.matched = match_employers(db, self.by).await?;
        }
        // Someone added or taken away at this very moment is not changed by the import.
        counts.same += counts.created - as_i32(created) + counts.updated - as_i32(updated);
        counts.created = as_i32(created);
        counts.updated = as_i32(updated);
        Ok((counts, report))
    }

    /// Adds the chosen employers to the list. Returns the target companies among the file's employers, and how many are new.
    async fn companies(
        &self,
        db: &mut PgConnection,
        file: &Connections,
        places: &[usize],
    ) -> sqlx::Result<(HashMap<String, CompanyId>, i64)> {
        let keys: Vec<String> =
            plan::employers(&file.rows).into_iter().map(|e| e.name.key().as_str().to_owned()).collect();
        let mut targets: HashMap<String, CompanyId> = companies::known(&mut *db, self.by, &keys)
            .await?
            .into_iter()
            .map(|known| (known.name_key, known.id))
            .collect();
        let listed: HashSet<String> = targets.keys().cloned().collect();
        let new: Vec<NewCompany> = chosen(file, places, &listed)
            .into_iter()
            .map(|name| NewCompany { id: CompanyId::new(), name, website: None, found_by: FoundBy::Contacts })
            .collect();
        if new.is_empty() {
            return Ok((targets, 0));
        }
        let added = companies::insert(&mut *db, self.by, &new, self.now).await?;
        company_imports::queries::mark(db, self.by, self.import, &added).await?;
        targets.extend(new.iter().filter(|c| added.contains(&c.id)).map(|c| (c.name.key().as_str().to_owned(), c.id)));
        Ok((targets, i64::try_from(added.len()).unwrap_or(i64::MAX)))
    }

    /// Someone the user is connected with already: the history begins on that day, and nothing is due by itself.
    fn contact(&self, row: Connection, targets: &HashMap<String, CompanyId>) -> NewContact {
        let on = row.connected_on.unwrap_or(self.today).min(self.today);
        NewContact {
            company_id: row.employer.as_ref().and_then(|employer| targets.get(employer.key().as_str()).copied()),
            employer: row.employer,
            job_title: row.job_title,
            profile: row.profile,
            email: row.email,
            start: Start::AlreadyConnected,
            connected_on: row.connected_on,
            import_id: Some(self.import),
            ..NewContact::named(ContactId::new(), row.name, on)
        }
    }

    async fn add(&self, db: &mut PgConnection, fresh: &mut Vec<NewContact>) -> sqlx::Result<usize> {
        let people = std::mem::take(fresh);
        if people.is_empty() {
            Ok(0)
        } else {
            Ok(record::add(db, self.by, &people, self.cadence, self.now).await?.len())
        }
    }

    async fn change(&self, db: &mut PgConnection, changes: &mut Vec<Change>) -> sqlx::Result<usize> {
        let changes = std::mem::take(changes);
        if changes.is_empty() {
            return Ok(0);
        }
        contact_imports::apply(db, self.by, self.import, &changes, self.cadence, self.now).await
    }
}
