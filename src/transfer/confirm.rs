//! Doing a previewed import: all of it in one transaction, once. A large one is written while pages show how far it is.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection as _, PgConnection};

use super::archive::Archive;
use super::archive::wishes::{Wish, WishKind};
use super::before::Before;
use super::linkedin::{Connection, Connections};
use super::plan::histories::Line;
use super::plan::whom::Whom;
use super::plan::{self, Fate, Planned, as_i32, as_i64, chosen};
use super::queries::{self, Kept, waiting};
use super::report::{Counts, Report};
use super::running::{self, Run};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::accounts::writing;
use crate::app::App;
use crate::companies::company::FoundBy;
use crate::companies::imports as company_imports;
use crate::companies::queries::{self as companies, NewCompany};
use crate::contacts::contact::{NewContact, NewTouchpoint, Start};
use crate::contacts::imports::{self as contact_imports, Change, News};
use crate::contacts::queries::match_employers;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;
use crate::web::words;

/// People written by one statement.
const CHUNK: usize = 2_000;

/// Bytes of what is kept up to which an import is written while the page waits: some thousand people.
const AT_ONCE: i32 = 128 * 1024;

/// New rows from which on the planner has to know of them at once, and not when PostgreSQL next looks by itself.
const STATISTICS_FROM: i64 = 500;

/// What was chosen on the preview: companies by their place among the files'.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    companies: Vec<usize>,
    /// The requests whose people are added, by their place in the archive.
    people: Vec<usize>,
}

/// `POST /imports/{id}/confirmations`
pub async fn create(
    mut visit: Visit<Owner>,
    State(app): State<App>,
    Id(id): Id<ImportId>,
    Form(chosen): Form<Confirmation>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let page = format!("/imports/{id}");
    let Some(size) = waiting::size(visit.db(), by, id).await? else {
        return if queries::exists(visit.db(), by, id).await? { Ok(Done::to(page)) } else { Err(Error::NotFound) };
    };
    let Some(run) = Run::begin(by.user_id(), id) else {
        let is_this = running::of(by.user_id()).is_some_and(|(import, _)| import == id);
        return Ok(if is_this { Done::to(page) } else { Done::to(page).saying(running::WAIT) });
    };
    let cadence = visit.person.preferences.cadence.clone();
    let job = Job { by, id, cadence, today, now, chosen };
    if size <= AT_ONCE {
        let summary = job.write(visit.db(), &run).await?;
        run.finish();
        return Ok(match summary {
            Some(summary) => Done::to(&page).saying(summary).undo(format!("{page}/undos")),
            None => Done::to(page),
        });
    }
    drop(visit);
    tokio::spawn(async move {
        if let Err(error) = job.write_in_turn(&app, run).await {
            tracing::error!(%error, "an import broke off, and nothing of it was written");
        }
    });
    Ok(Done::to(page))
}

/// An import that was confirmed.
struct Job {
    by: Owner,
    id: ImportId,
    cadence: Cadence,
    today: Date,
    now: Timestamp,
    chosen: Confirmation,
}

impl Job {
    /// Writes it when it is its turn, with a connection of its own.
    async fn write_in_turn(&self, app: &App, run: Run) -> Result<()> {
        let _turn = running::TURNS.acquire().await.map_err(anyhow::Error::from)?;
        self.write(&mut *app.connection().await?, &run).await?;
        run.finish();
        Ok(())
    }

    /// Writes all of it in one transaction, and returns what was done; nothing if it was done before, or if nobody has said yet
    /// what its columns mean.
    async fn write(&self, db: &mut PgConnection, run: &Run) -> Result<Option<String>> {
        let Self { by, id, ref cadence, today, now, ref chosen } = *self;
        let mut transaction = db.begin().await?;
        queries::take_time(&mut *transaction).await?;
        queries::hold(&mut *transaction, by).await?;
        let Some((kept, content)) = queries::claim(&mut *transaction, by, id, now).await? else { return Ok(None) };
        let read = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
            let archive = queries::archive_of(kept, content)?;
            Ok((archive.people()?, archive))
        });
        let (file, archive) = read.await.map_err(anyhow::Error::from)??;
        if archive.unsettled().is_some() {
            return Ok(None);
        }
        let all = Writing { by, import: id, kept, cadence, today, now, run };
        let (counts, report) = all.write(&mut transaction, &archive, file, chosen).await?;
        queries::finish(&mut *transaction, by, id, counts, &report).await?;
        writing::forget(&mut *transaction, by).await?;
        transaction.commit().await?;
        if i64::from(counts.created) + report.letters >= STATISTICS_FROM
            && let Err(error) = tell_the_planner(db).await
        {
            tracing::warn!(%error, "the statistics of the tables could not be renewed after an import");
        }
        Ok(Some(summary(counts, &report)))
    }
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
    if report.written_with > 0 {
        parts.push(format!("messages with {} added", words::count(report.written_with, "person", "people")));
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
    kept: Kept,
    cadence: &'a Cadence,
    today: Date,
    now: Timestamp,
    run: &'a Run,
}

impl Writing<'_> {
    async fn write(
        &self,
        db: &mut PgConnection,
        archive: &Archive,
        file: Connections,
        chosen: &Confirmation,
    ) -> sqlx::Result<(Counts, Report)> {
        let people = contact_imports::queries::known_people(&mut *db, self.by).await?;
        let before = Before::files(&mut *db, self.by, self.kept).await?;
        let Planned { fates, mut counts, mut report, histories } =
            Planned::of(archive, &file, &people, &before, self.today);
        let lines = histories.requests.len() + histories.letters.len() + histories.notes.len();
        self.run.expect(file.rows.len() + lines);
        let (targets, added) = self.companies(&mut *db, &file, &archive.wishes, &chosen.companies).await?;
        report.companies = added;
        let known = |whom: Whom| match whom {
            Whom::Known(at) => people.get(at).map(|person| person.id),
            Whom::Row(_) => None,
        };
        self.record(&mut *db, &histories.requests, known).await?;

        let first_letters = histories.first_letters();
        let mut notes: HashMap<Whom, _> = histories.notes.into_iter().collect();
        let mut ids: HashMap<usize, ContactId> = HashMap::new();
        let mut fresh = Vec::new();
        let mut changes = Vec::new();
        let (mut created, mut updated) = (0, 0);
        for (at, (row, fate)) in file.rows.into_iter().zip(fates).enumerate() {
            self.run.advance(1);
            let is_job_change = fate.is_job_change(&people);
            match fate {
                Fate::New => {
                    let contact = self.contact(row, &targets, first_letters.get(&at).copied());
                    ids.insert(at, contact.id);
                    fresh.push(contact);
                }
                Fate::Changed { known, mut news, accepted_on } => {
                    if let Some(person) = people.get(known) {
                        news.notes = notes.remove(&Whom::Known(known)).inspect(|_| self.run.advance(1));
                        let reason = if is_job_change { plan::reason(&news) } else { None };
                        changes.push(Change { contact: person.id, news: *news, accepted_on, reason });
                    }
                }
                Fate::Same(_) | Fate::InBin | Fate::Forgotten => {}
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
        let whose = |whom: Whom| match whom {
            Whom::Known(_) => known(whom),
            Whom::Row(at) => ids.get(&at).copied(),
        };
        self.record(&mut *db, &histories.letters, whose).await?;
        for (whom, text) in notes {
            self.run.advance(1);
            let news = News { notes: Some(text), ..News::default() };
            let change = |contact| Change { contact, news, accepted_on: None, reason: None };
            changes.extend(whose(whom).map(change));
            if changes.len() == CHUNK {
                self.change(&mut *db, &mut changes).await?;
            }
        }
        self.change(&mut *db, &mut changes).await?;
        report.asked = as_i64(self.requested(&mut *db, archive, &histories.offered, &chosen.people).await?);
        if added > 0 {
            report.matched = match_employers(db, self.by).await?;
        }
        // Someone added or taken away at this very moment is not changed by the import.
        counts.same += counts.created - as_i32(created) + counts.updated - as_i32(updated);
        counts.created = as_i32(created) + as_i32(usize::try_from(report.asked).unwrap_or_default());
        counts.updated = as_i32(updated);
        Ok((counts, report))
    }

    /// Adds lines to the histories of whomever they are about.
    async fn record(
        &self,
        db: &mut PgConnection,
        lines: &[Line],
        whose: impl Fn(Whom) -> Option<ContactId>,
    ) -> sqlx::Result<()> {
        // A history is read anew once for all its lines, and a touchpoint to be takes more room than a line.
        let mut lines = lines.to_vec();
        lines.sort_by_key(|line| line.whom);
        for some in lines.chunks(CHUNK) {
            let new: Vec<(ContactId, NewTouchpoint)> =
                some.iter().filter_map(|line| Some((whose(line.whom)?, self.line(line.kind, line.on)))).collect();
            record::record_all(&mut *db, self.by, &new, self.cadence, self.now).await?;
            self.run.advance(some.len());
        }
        Ok(())
    }

    fn line(&self, kind: Kind, on: Date) -> NewTouchpoint {
        let channel = kind.is_outgoing_message().then_some(match kind {
            Kind::Requested => Channel::LinkedinNote,
            _ => Channel::LinkedinMessage,
        });
        NewTouchpoint { channel, import: Some(self.import), ..NewTouchpoint::new(kind, on, self.now) }
    }

    /// Adds the people the user asked, as far as they were chosen. Returns how many.
    async fn requested(
        &self,
        db: &mut PgConnection,
        archive: &Archive,
        offered: &[usize],
        places: &[usize],
    ) -> sqlx::Result<usize> {
        let wanted: HashSet<usize> = places.iter().copied().collect();
        let mut fresh = Vec::new();
        let mut lines = Vec::new();
        for invitation in offered.iter().filter(|at| wanted.contains(at)).filter_map(|at| archive.invitations.get(*at))
        {
            let on = invitation.on.unwrap_or(self.today).min(self.today);
            let id = ContactId::new();
            fresh.push(NewContact {
                profile: invitation.other.profile.clone(),
                import_id: Some(self.import),
                ..NewContact::named(id, invitation.other.name.clone(), on)
            });
            lines.push((id, on));
        }
        let added = self.add(&mut *db, &mut fresh).await?;
        let new: Vec<_> = lines.into_iter().map(|(id, on)| (id, self.line(Kind::Requested, on))).collect();
        record::record_all(db, self.by, &new, self.cadence, self.now).await?;
        Ok(added)
    }

    /// Adds the chosen employers to the list. Returns the target companies among the file's employers, and how many are new.
    async fn companies(
        &self,
        db: &mut PgConnection,
        file: &Connections,
        wishes: &[Wish],
        places: &[usize],
    ) -> sqlx::Result<(HashMap<String, CompanyId>, i64)> {
        let employers = plan::employers(&file.rows, wishes);
        let keys: Vec<String> = employers.iter().map(|e| e.name.key().as_str().to_owned()).collect();
        let mut targets: HashMap<String, CompanyId> = companies::known(&mut *db, self.by, &keys)
            .await?
            .into_iter()
            .map(|known| (known.name_key, known.id))
            .collect();
        let listed: HashSet<String> = targets.keys().cloned().collect();
        let found_by = |wish: Option<WishKind>| match wish {
            None => FoundBy::Contacts,
            Some(WishKind::Dream | WishKind::Follows) => FoundBy::OwnIdea,
            Some(WishKind::Saved | WishKind::Applied) => FoundBy::JobBoard,
        };
        let new: Vec<NewCompany> = chosen(employers, places, &listed)
            .into_iter()
            .map(|employer| NewCompany {
                id: CompanyId::new(),
                name: employer.name,
                website: None,
                found_by: found_by(employer.wish),
            })
            .collect();
        if new.is_empty() {
            return Ok((targets, 0));
        }
        let added = companies::insert(&mut *db, self.by, &new, self.now).await?;
        company_imports::queries::mark(db, self.by, self.import, &added).await?;
        targets.extend(new.iter().filter(|c| added.contains(&c.id)).map(|c| (c.name.key().as_str().to_owned(), c.id)));
        Ok((targets, i64::try_from(added.len()).unwrap_or(i64::MAX)))
    }

    /// Someone the user is connected with already: the history begins on that day, or with the first message before it, and
    /// nothing is due by itself.
    fn contact(&self, row: Connection, targets: &HashMap<String, CompanyId>, first_letter: Option<Date>) -> NewContact {
        let on = row.connected_on.unwrap_or(self.today).min(first_letter.unwrap_or(self.today)).min(self.today);
        // Someone of an address book was found, no more: they wait to be picked.
        let start = if row.is_connected { Start::AlreadyConnected } else { Start::Found };
        NewContact {
            company_id: row.employer.as_ref().and_then(|employer| targets.get(employer.key().as_str()).copied()),
            employer: row.employer,
            job_title: row.job_title,
            profile: row.profile,
            email: row.email,
            phone: row.phone,
            start,
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
