//! Everything that was made of caught lines, written at once: a few statements for any number of lines.

use sqlx::PgConnection;
use uuid::Uuid;

use super::filing_form::Made;
use super::spoken_of::{Named, NotAdded, add_openings, add_people};
use crate::access::Owner;
use crate::contacts::queries::edit as contacts;
use crate::contacts::queries::reasons::{self, NewReason};
use crate::error::Result;
use crate::ids::{ActionItemId, ContactId, InsightId, OpeningId, ReasonId};
use crate::insights::insight::Learned;
use crate::insights::keeping::keep_of_talk;
use crate::insights::queries::lines;
use crate::interviews::forms::{Mentioned, MentionedOpening};
use crate::interviews::queries::captured::Claimed;
use crate::interviews::queries::learned::{self, Promise};
use crate::openings::queries as openings;
use crate::web::words;

/// What lines became, each with the id it will have.
#[derive(Default)]
pub struct Batch {
    actions: Vec<(ActionItemId, Promise)>,
    insights: Vec<(InsightId, Learned)>,
    people: Vec<(ContactId, Mentioned)>,
    openings: Vec<(OpeningId, MentionedOpening)>,
    reasons: Vec<(ReasonId, NewReason)>,
    discarded: usize,
}

/// The id of what a line became: it stands right behind the line's own, further with each time it was filed.
fn made_of(line: &Claimed) -> Uuid {
    Uuid::from_u128(line.id.0.as_u128().wrapping_add(u128::from(line.filings.unsigned_abs())))
}

impl Batch {
    /// Takes in what a line became.
    pub fn take(&mut self, line: &Claimed, made: Made) {
        let id = made_of(line);
        match made {
            Made::Action(promise) => self.actions.push((ActionItemId(id), promise)),
            Made::Insight(learned) => self.insights.push((InsightId(id), learned)),
            Made::Person(person) => self.people.push((ContactId(id), *person)),
            Made::Opening(opening) => self.openings.push((OpeningId(id), opening)),
            Made::Reason(reason) => self.reasons.push((ReasonId(id), reason)),
            Made::Nothing => self.discarded += 1,
        }
    }

    /// Writes it all; tells what was done. Run it inside a transaction.
    pub async fn write(self, db: &mut PgConnection, by: Owner, named: Named<'_>) -> Result<String> {
        let Named { talk, today, now, .. } = named;
        let mut told = Vec::new();
        let mut tell = |n: usize, one: &str, many: &str| {
            if n > 0 {
                told.push(words::count(i64::try_from(n).unwrap_or(i64::MAX), one, many));
            }
        };
        tell(self.actions.len(), "action item", "action items");
        tell(self.insights.len(), "insight", "insights");
        if !self.actions.is_empty() {
            learned::add_actions(&mut *db, by, talk.id, &self.actions, now).await?;
        }
        if !self.insights.is_empty() {
            keep_of_talk(&mut *db, by, talk.id, &self.insights, now).await?;
        }
        let mut not_added = NotAdded::default();
        if !self.people.is_empty() {
            let named_now = self.people.len();
            not_added = add_people(&mut *db, by, named, self.people).await?;
            tell(named_now.saturating_sub(not_added.count()), "contact", "contacts");
        }
        if !self.openings.is_empty() {
            let added = add_openings(&mut *db, by, talk, self.openings, today, now).await?;
            tell(added.len(), "opening", "openings");
        }
        if !self.reasons.is_empty() {
            reasons::insert(&mut *db, by, talk.contact_id, &self.reasons, now).await?;
            tell(self.reasons.len(), "reason to write", "reasons to write");
        }
        let mut sentences = Vec::new();
        if !told.is_empty() {
            sentences.push(format!("Saved {}.", told.join(", ")));
        }
        if self.discarded > 0 {
            let notes = words::count(i64::try_from(self.discarded).unwrap_or(i64::MAX), "note", "notes");
            sentences.push(format!("Discarded {notes}."));
        }
        sentences.extend(not_added.sentences());
        Ok(sentences.join(" "))
    }
}

/// Puts everything these lines became in the bin: a line's id says what it may have become. Run it inside a transaction.
pub async fn put_away(db: &mut PgConnection, by: Owner, claimed: &[Claimed], now: jiff::Timestamp) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = claimed.iter().map(made_of).collect();
    learned::bin_actions(&mut *db, by, &ids.iter().copied().map(ActionItemId).collect::<Vec<_>>(), now).await?;
    lines::bin_insights(&mut *db, by, &ids.iter().copied().map(InsightId).collect::<Vec<_>>(), now).await?;
    contacts::delete_those(&mut *db, by, &ids.iter().copied().map(ContactId).collect::<Vec<_>>(), now).await?;
    openings::delete_those(&mut *db, by, &ids.iter().copied().map(OpeningId).collect::<Vec<_>>(), now).await?;
    reasons::delete_those(&mut *db, by, &ids.iter().copied().map(ReasonId).collect::<Vec<_>>(), now).await
}
