//! Adding to a contact's history. The one place where stage and next step are written: in the transaction that adds the touchpoint.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::contact::{NewContact, NewTouchpoint};
use super::queries::{self, Inserted, forgotten, histories, lines};
use crate::access::Owner;
use crate::accounts::programs::name::name;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Event;
use crate::playbook::occasion::YearlyDay;
use crate::playbook::replay::replay;
use crate::playbook::stage::Stage;
use crate::playbook::standing::{Beside, Rhythm, Standing};
use crate::playbook::step::Step;

/// Touchpoints written by one statement.
const CHUNK: usize = 5_000;

/// What came of adding a touchpoint.
#[derive(Debug)]
pub enum Recorded {
    /// It is in the history; this is where the contact stands now.
    Yes(Standing),
    /// The same form was sent before: nothing was added a second time.
    Again,
    /// There is no such contact.
    NoContact,
    /// It takes back something that is not in this contact's history, or was taken back already.
    NothingToUndo,
}

/// Adds a touchpoint and rewrites what the playbook makes of the history. Run it inside a transaction.
pub async fn record(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    new: &NewTouchpoint,
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Recorded> {
    // Asking someone is asking a second person for those there who have not answered.
    let waiting = match new.kind.may_ask() {
        true => histories::lock_waiting_there(&mut *db, by, contact).await?,
        false => Vec::new(),
    };
    let Some(rhythm) = queries::lock(&mut *db, by, contact).await? else { return Ok(Recorded::NoContact) };
    if let Some(undone) = new.undoes
        && !queries::can_undo(&mut *db, by, contact, undone).await?
    {
        return Ok(Recorded::NothingToUndo);
    }
    let program = name(&mut *db, by).await?;
    match queries::insert_touchpoint(&mut *db, by, contact, new, program.as_deref(), now).await? {
        Inserted::Yes => {}
        Inserted::Again => return Ok(Recorded::Again),
        Inserted::UndoneAlready => return Ok(Recorded::NothingToUndo),
    }
    let standing = read_again(&mut *db, by, contact, rhythm_of(rhythm), cadence).await?;
    for other in waiting {
        read_again(&mut *db, by, other.id, rhythm_of(other.rhythm_days), cadence).await?;
    }
    Ok(Recorded::Yes(standing))
}

/// Adds touchpoints to many histories and rewrites what the playbook makes of each, once. Contacts that are gone are
/// left out. Returns how many touchpoints were added. Run it inside a transaction.
pub async fn record_all(
    db: &mut PgConnection,
    by: Owner,
    new: &[(ContactId, NewTouchpoint)],
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let mut waiting = BTreeMap::new();
    for (contact, _) in new.iter().filter(|(_, touchpoint)| touchpoint.kind.may_ask()) {
        let there = histories::lock_waiting_there(&mut *db, by, *contact).await?;
        waiting.extend(there.into_iter().map(|other| (other.id, other.rhythm_days)));
    }
    let contacts: Vec<ContactId> = new.iter().map(|(contact, _)| *contact).collect();
    let there = lines::lock(&mut *db, by, &contacts).await?;
    let ids: HashSet<ContactId> = there.iter().map(|contact| contact.id).collect();
    let of_those: Vec<&(ContactId, NewTouchpoint)> = new.iter().filter(|(contact, _)| ids.contains(contact)).collect();
    let program = name(&mut *db, by).await?;
    let mut added = 0;
    for some in of_those.chunks(CHUNK) {
        added += lines::insert_touchpoints(&mut *db, by, some, program.as_deref(), now).await?;
    }
    waiting.extend(there.into_iter().map(|contact| (contact.id, contact.rhythm_days)));
    for (contact, rhythm) in waiting {
        read_again(&mut *db, by, contact, rhythm_of(rhythm), cadence).await?;
    }
    Ok(added)
}

/// Those at a contact's company whose request waits for an answer, held until the transaction ends.
pub async fn waiting_there(db: &mut PgConnection, by: Owner, contact: ContactId) -> sqlx::Result<Vec<ContactId>> {
    Ok(histories::lock_waiting_there(db, by, contact).await?.into_iter().map(|other| other.id).collect())
}

/// Rewrites what the playbook makes of those at a contact's company whose request waits for an answer: whom else the user asked
/// there has changed. Run it inside a transaction.
pub async fn replan_waiting_there(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    cadence: &Cadence,
) -> sqlx::Result<()> {
    for other in histories::lock_waiting_there(&mut *db, by, contact).await? {
        read_again(&mut *db, by, other.id, rhythm_of(other.rhythm_days), cadence).await?;
    }
    Ok(())
}

/// Rewrites what the playbook makes of those who wait for an answer to their request at the companies of these contacts, who came or
/// went. Run it inside a transaction.
pub async fn replan_beside(
    db: &mut PgConnection,
    by: Owner,
    contacts: &[ContactId],
    cadence: &Cadence,
) -> sqlx::Result<()> {
    let waiting = histories::waiting_beside(&mut *db, by, contacts).await?;
    replan_those(db, by, &waiting, cadence).await
}

/// Rewrites what the playbook makes of one contact's history: its rhythm or its dates were changed. Returns where the
/// contact stands now; nothing if there is no such contact.
pub async fn replan(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    cadence: &Cadence,
) -> sqlx::Result<Option<Standing>> {
    let Some(rhythm) = queries::lock(&mut *db, by, contact).await? else { return Ok(None) };
    read_again(db, by, contact, rhythm_of(rhythm), cadence).await.map(Some)
}

async fn read_again(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    rhythm: Rhythm,
    cadence: &Cadence,
) -> sqlx::Result<Standing> {
    let history = histories::history(&mut *db, by, contact).await?;
    let dates = histories::yearly_days(&mut *db, by, contact).await?;
    let standing =
        stands(&mut *db, by, contact, &history, Beside { rhythm, dates: &dates, asked_there: &[] }, cadence).await?;
    queries::set_standing(db, by, contact, &standing).await?;
    Ok(standing)
}

/// Reads a history. Whom else the user asked at the company matters only while a request waits for an answer.
async fn stands(
    db: &mut PgConnection,
    by: Owner,
    contact: ContactId,
    history: &[Event],
    beside: Beside<'_>,
    cadence: &Cadence,
) -> sqlx::Result<Standing> {
    let standing = replay(history, cadence, beside);
    if standing.stage != Stage::Requested {
        return Ok(standing);
    }
    let asked_there = histories::asked_there(db, by, contact).await?;
    Ok(replay(history, cadence, Beside { asked_there: &asked_there, ..beside }))
}

/// A next step that lies on another day than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replanned {
    /// Whose.
    pub contact: ContactId,
    /// The step; `None` where there is none any more.
    pub step: Option<Step>,
    /// When it was due.
    pub was: Option<Date>,
    /// When it is due now.
    pub now: Option<Date>,
}

/// Rewrites what the playbook makes of every history: intervals, weekend or holidays were changed. Tells which next steps moved.
pub async fn replan_all(db: &mut PgConnection, by: Owner, cadence: &Cadence) -> sqlx::Result<Vec<Replanned>> {
    replan_histories(db, by, None, cadence).await
}

/// Rewrites what the playbook makes of those histories: what counts beside them was changed. Run it inside a transaction.
pub async fn replan_those(
    db: &mut PgConnection,
    by: Owner,
    contacts: &[ContactId],
    cadence: &Cadence,
) -> sqlx::Result<()> {
    if !contacts.is_empty() {
        replan_histories(db, by, Some(contacts), cadence).await?;
    }
    Ok(())
}

async fn replan_histories(
    db: &mut PgConnection,
    by: Owner,
    those: Option<&[ContactId]>,
    cadence: &Cadence,
) -> sqlx::Result<Vec<Replanned>> {
    let mut moved = Vec::new();
    for row in histories::histories(&mut *db, by, those).await? {
        let events: Vec<Event> = row.events.0.iter().map(histories::HistoryEvent::event).collect();
        let dates: Vec<YearlyDay> = row.dates.0.iter().filter_map(|date| date.yearly()).collect();
        let beside = Beside { rhythm: rhythm_of(row.rhythm_days), dates: &dates, asked_there: &[] };
        let standing = stands(&mut *db, by, row.id, &events, beside, cadence).await?;
        let (step, due) = standing.next.map_or((None, None), |next| (Some(next.step), next.due));
        let (was, turned) = (row.next_due.map(|day| day.0), row.next_turns_on.map(|day| day.0));
        let contact = row.id;
        if (step, due) != (row.next_step, was) {
            moved.push(Replanned { contact, step: step.or(row.next_step), was, now: due });
        } else if standing.turns_on != turned {
            // The same step on the same day, but what it turns into comes on another.
            moved.push(Replanned {
                contact,
                step: step.and_then(Step::turns_into),
                was: turned,
                now: standing.turns_on,
            });
        } else if standing.occasion == row.occasion_on.map(|day| day.0)
            && standing.after == row.step_after.zip(row.step_after_on.map(|day| day.0))
        {
            continue;
        }
        queries::set_standing(&mut *db, by, contact, &standing).await?;
    }
    Ok(moved)
}

/// Adds contacts with the first line of their history. One whose id or profile is known already is left out, and so is whoever
/// the user asked to forget: this is the one way to a new contact, and whoever opens it to them lifts their marks first.
/// Returns the ids of those added. Run it inside a transaction.
pub async fn add(
    db: &mut PgConnection,
    by: Owner,
    contacts: &[NewContact],
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Vec<ContactId>> {
    let marks = forgotten::marks(&mut *db, by).await?;
    let contacts: Vec<&NewContact> = contacts.iter().filter(|contact| !contact.is_forgotten(&marks)).collect();
    let firsts: Vec<(TouchpointId, Standing)> = contacts
        .iter()
        .map(|contact| {
            let id = TouchpointId::new();
            let event = Event {
                id: id.0,
                kind: contact.start.kind(),
                on: contact.on,
                until: None,
                undoes: None,
                in_writing: false,
            };
            (id, replay(&[event], cadence, Rhythm::Default))
        })
        .collect();
    let added = queries::insert(&mut *db, by, &contacts, &firsts, now).await?;
    let program = name(&mut *db, by).await?;
    queries::insert_firsts(db, by, &contacts, &firsts, &added, program.as_deref(), now).await?;
    Ok(added)
}

/// The rhythm as stored; a number the type does not know counts as the settings' own.
fn rhythm_of(kept: Option<i16>) -> Rhythm {
    Rhythm::try_from(kept).unwrap_or_default()
}
