//! Writing what a previewed import says, part by part, inside the transaction of the whole.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;
use tokio::task::spawn_blocking;

use super::applied;
use super::archive::Archive;
use super::archive::jobs::Job;
use super::archive::own::Own;
use super::archive::wishes::{Wish, WishKind};
use super::before::Before;
use super::chosen::Confirmation;
use super::linkedin::{Connection, Connections};
use super::plan::histories::{Belongs, Line};
use super::plan::whom::Whom;
use super::plan::{self, Fate, Planned, as_i32, as_i64, chosen, jobs, own};
use super::queries::Kept;
use super::report::{Counts, Report};
use super::running::Run;
use crate::access::Owner;
use crate::accounts::settings::queries as settings;
use crate::companies::company::FoundBy;
use crate::companies::imports as company_imports;
use crate::companies::queries::{self as companies, NewCompany};
use crate::contacts::contact::{NewContact, NewTouchpoint, Start};
use crate::contacts::imports::{self as contact_imports, Change, News};
use crate::contacts::queries::match_employers;
use crate::contacts::record;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId, ImportId, OpeningId, TouchpointId};
use crate::openings::imports::{self as opening_imports, NewOpening};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::text::Text;

/// People written by one statement.
const CHUNK: usize = 500;

/// What every part of writing an import needs.
pub struct Writing<'a> {
    pub by: Owner,
    pub import: ImportId,
    pub kept: Kept,
    pub cadence: &'a Cadence,
    pub today: Date,
    pub now: Timestamp,
    pub run: &'a Run,
}

/// What was written, if it is wanted: with the lines that are added, and with those that are there without it.
fn words_of<'a>(
    archive: &'a Archive,
    words: &[(Belongs, (usize, usize))],
    are_wanted: bool,
) -> (HashMap<Line, &'a str>, Vec<(TouchpointId, &'a str)>) {
    let (mut new, mut missing) = (HashMap::new(), Vec::new());
    for (belongs, (place, at)) in words.iter().filter(|_| are_wanted) {
        let Some(words) = archive.letters.get(*place).and_then(|one| one.words.get(*at)) else { continue };
        match belongs {
            Belongs::New(line) => drop(new.insert(*line, words.text.as_str())),
            Belongs::Known(known) => missing.push((*known, words.text.as_str())),
        }
    }
    (new, missing)
}

impl Writing<'_> {
    /// Writes all of it, and tells what was done.
    pub async fn write(
        &self,
        db: &mut PgConnection,
        archive: Archive,
        file: Connections,
        chosen: &Confirmation,
    ) -> Result<(Counts, Report)> {
        let people = contact_imports::queries::known_people(&mut *db, self.by).await?;
        let before = Before::files(&mut *db, self.by, self.kept).await?;
        let today = self.today;
        // Thirty thousand people are compared where nobody else waits for it.
        let planning = spawn_blocking(move || {
            let planned = Planned::of(&archive, &file, &people, &before, today);
            (archive, file, people, before, planned)
        });
        let (archive, file, people, before, planned) = planning.await.map_err(anyhow::Error::from)?;
        let archive = &archive;
        let Planned { fates, mut counts, mut report, histories } = planned;
        let lines = histories.requests.len() + histories.letters.len() + histories.notes.len();
        self.run.expect(file.rows.len() + lines);
        let places = jobs::offered(&archive.jobs, &before.openings);
        let wanted: Vec<&Job> = places
            .into_iter()
            .filter(|at| chosen.jobs.contains(at))
            .take(plan::OFFERED)
            .filter_map(|at| archive.jobs.get(at))
            .collect();
        let (targets, added) = self.companies(&mut *db, &file, &archive.wishes, &chosen.companies, &wanted).await?;
        report.companies = added;
        let known = |whom: Whom| match whom {
            Whom::Known(at) => people.get(at).map(|person| person.id),
            Whom::Row(_) => None,
        };
        self.record(&mut *db, &histories.requests, &HashMap::new(), known).await?;

        let first_letters = histories.first_letters();
        let mut notes: HashMap<Whom, _> = histories.notes.into_iter().collect();
        let mut ids: HashMap<usize, ContactId> = HashMap::new();
        let mut fresh = Vec::new();
        let mut changes = Vec::new();
        // What the file says of people of whom it says nothing new.
        let mut first_said = Vec::new();
        let mut beside = Vec::new();
        let (mut created, mut updated) = (0, 0);
        for (at, (row, fate)) in file.rows.into_iter().zip(fates).enumerate() {
            self.run.advance(1);
            let is_job_change = fate.is_job_change(&people);
            match fate {
                Fate::New => {
                    let contact = self.contact(row, &targets, first_letters.get(&Whom::Row(at)).copied());
                    ids.insert(at, contact.id);
                    fresh.push(contact);
                }
                Fate::Changed { known, mut news, joined } => {
                    if let Some(person) = people.get(known) {
                        news.notes = notes.remove(&Whom::Known(known)).inspect(|_| self.run.advance(1));
                        let reason = if is_job_change { plan::reason(&news) } else { None };
                        let said = plan::said::of(&row);
                        changes.push(Change { contact: person.id, news: *news, joined, reason, said });
                    }
                }
                Fate::Same(known) => {
                    let (Some(person), Some(said)) = (people.get(known), plan::said::of(&row)) else { continue };
                    if person.said_name.is_none() {
                        first_said.push((person.id, said));
                    } else if plan::said::has_changed(&said, person) {
                        let text = notes.remove(&Whom::Known(known)).inspect(|_| self.run.advance(1));
                        beside.push(Change {
                            said: Some(said),
                            ..Change::of(person.id, News { notes: text, ..News::default() })
                        });
                    }
                }
                Fate::InBin | Fate::Forgotten => {}
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
        for some in first_said.chunks(CHUNK) {
            contact_imports::queries::said::note_said(&mut *db, self.by, some).await?;
        }
        changes.append(&mut beside);
        let whose = |whom: Whom| match whom {
            Whom::Known(_) => known(whom),
            Whom::Row(at) => ids.get(&at).copied(),
        };
        let (words, missing) = words_of(archive, &histories.words, !chosen.words.is_empty());
        report.worded = as_i64(words.len() + missing.len());
        self.record(&mut *db, &histories.letters, &words, whose).await?;
        for some in missing.chunks(CHUNK) {
            contact_imports::queries::said::add_words(&mut *db, self.by, self.import, some).await?;
        }
        for (whom, text) in notes {
            self.run.advance(1);
            let news = News { notes: Some(text), ..News::default() };
            changes.extend(whose(whom).map(|contact| Change::of(contact, news)));
            if changes.len() >= CHUNK {
                self.change(&mut *db, &mut changes).await?;
            }
        }
        self.change(&mut *db, &mut changes).await?;
        report.openings = self.openings(&mut *db, &wanted, &targets).await?;
        let watched = jobs::applied(&archive.jobs, &before.openings, today);
        report.marked = applied::mark(&mut *db, self.by, &watched, self.cadence, self.now).await?;
        report.applied = as_i64(report.marked.len());
        report.own = self.settle(&mut *db, archive, chosen).await?;
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
        words: &HashMap<Line, &str>,
        whose: impl Fn(Whom) -> Option<ContactId>,
    ) -> sqlx::Result<()> {
        // A history is read anew once for all its lines, and a touchpoint to be takes more room than a line.
        let mut lines = lines.to_vec();
        lines.sort_by_key(|line| line.whom);
        for some in lines.chunks(CHUNK) {
            let new: Vec<(ContactId, NewTouchpoint)> = some
                .iter()
                .filter_map(|line| {
                    let body = words.get(line).and_then(|text| Text::parse(text).ok());
                    Some((whose(line.whom)?, NewTouchpoint { body, ..self.line(line.kind, line.on) }))
                })
                .collect();
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
        jobs: &[&Job],
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
        // An opening is at a company.
        let named: HashSet<String> = jobs.iter().map(|job| job.company.key().as_str().to_owned()).collect();
        let of_jobs = employers.iter().enumerate().filter(|(_, e)| named.contains(e.name.key().as_str()));
        let places: Vec<usize> = of_jobs.map(|(place, _)| place).chain(places.iter().copied()).collect();
        let new: Vec<NewCompany> = chosen(employers, &places, &listed)
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

    /// Adds the chosen jobs as openings of their companies. Returns how many.
    async fn openings(
        &self,
        db: &mut PgConnection,
        jobs: &[&Job],
        targets: &HashMap<String, CompanyId>,
    ) -> sqlx::Result<i64> {
        let past = |on: Option<Date>| on.filter(|on| *on <= self.today);
        let opening = |job: &&Job| {
            let applied_on = job.is_applied.then(|| past(job.applied_on).unwrap_or(self.today));
            Some(NewOpening {
                id: OpeningId::new(),
                company: targets.get(job.company.key().as_str()).copied()?,
                title: job.title.clone(),
                url: job.url.clone(),
                seen_on: past(job.saved_on).into_iter().chain(applied_on).min().unwrap_or(self.today),
                applied_on,
            })
        };
        let new: Vec<NewOpening> = jobs.iter().filter_map(opening).collect();
        if new.is_empty() {
            return Ok(0);
        }
        let added = opening_imports::queries::insert(db, self.by, self.import, &new, self.now).await?;
        Ok(i64::try_from(added).unwrap_or(i64::MAX))
    }

    /// Adds what was chosen to the person's settings. Returns what.
    async fn settle(&self, db: &mut PgConnection, archive: &Archive, chosen: &Confirmation) -> sqlx::Result<Own> {
        if archive.own.is_empty() {
            return Ok(Own::default());
        }
        let mut preferences = settings::lock(&mut *db, self.by).await?.preferences.0;
        let added = own::add(&archive.own, chosen, &mut preferences);
        if !added.is_empty() {
            settings::store(db, self.by, &preferences).await?;
        }
        Ok(added)
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
            email: row.email.or_else(|| row.others.emails.into_iter().next()),
            phone: row.phone,
            start,
            connected_on: row.connected_on,
            import_id: Some(self.import),
            is_as_listed: row.is_connected,
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
