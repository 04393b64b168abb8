//! Writing what happened with an introduction: its lines in both histories and where it stands, in one transaction.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::queries::{self, Held, IntroductionLine};
use crate::access::Owner;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::introducer;
use crate::contacts::record::{self as contacts, Recorded};
use crate::ids::{ContactId, IntroductionId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::introduction::{Move, Standing, Status};
use crate::text::Text;

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is written; this is where the introduction stands now.
    Done(Standing),
    /// The same form was sent before: nothing happened a second time.
    Again,
    /// It cannot happen to an introduction that stands so.
    Refused(Status),
    /// There is no such introduction.
    Gone,
}

/// Takes a move: a line for each of the two, and where the introduction stands then. Run it inside a transaction, and commit
/// only what is done.
///
/// `line` becomes the line of the person to be introduced, or of the introducer where that has the only one.
pub async fn take(
    db: &mut PgConnection,
    by: Owner,
    id: IntroductionId,
    taken: Move,
    line: NewTouchpoint,
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Change> {
    let Some(held) = queries::lock(&mut *db, by, id).await? else { return Ok(Change::Gone) };
    let before = Standing::of(&queries::lines(&mut *db, by, id).await?);
    for (contact, line) in lines_of(taken, id, &held, line) {
        match contacts::record(&mut *db, by, contact, &line, cadence, now).await? {
            Recorded::Yes(_) => {}
            Recorded::Again => return Ok(Change::Again),
            Recorded::NoContact | Recorded::NothingToUndo => return Ok(Change::Gone),
        }
    }
    if !taken.may_follow(&before) {
        return Ok(Change::Refused(before.status));
    }
    let earlier = match taken {
        Move::Make => introducer::note(&mut *db, by, held.introduced, held.introducer).await?.flatten(),
        _ => held.earlier_introducer,
    };
    write(db, by, id, earlier).await
}

/// The lines of a move, in the order of the contacts' ids, so that two moves never wait for each other.
fn lines_of(taken: Move, id: IntroductionId, held: &Held, line: NewTouchpoint) -> Vec<(ContactId, NewTouchpoint)> {
    let (on, at, channel) = (line.on, line.at, line.channel);
    let line = NewTouchpoint { introduction: Some(id), ..line };
    let Some(kind) = taken.of_introduced() else {
        return vec![(held.introducer, NewTouchpoint { kind: taken.of_introducer(), ..line })];
    };
    let name = &held.introduced_name;
    let note = match taken {
        Move::Ask | Move::Remind => format!("Asked to introduce you to {name}"),
        Move::Make => format!("Introduced you to {name}"),
        Move::Decline => format!("Said no to introducing you to {name}"),
    };
    let of_introducer = NewTouchpoint {
        introduction: Some(id),
        channel: channel.filter(|_| taken.of_introducer().is_outgoing_message()),
        note: Text::parse(&note).ok(),
        ..NewTouchpoint::new(taken.of_introducer(), on, at)
    };
    let note = match taken {
        Move::Ask => format!("{} was asked", held.introducer_name),
        Move::Make => format!("By {}", held.introducer_name),
        Move::Decline | Move::Remind => format!("{} said no", held.introducer_name),
    };
    let of_introduced = NewTouchpoint { kind, note: Text::parse(&note).ok(), ..line };
    let mut lines = vec![(held.introduced, of_introduced), (held.introducer, of_introducer)];
    lines.sort_by_key(|(contact, _)| *contact);
    lines
}

/// Takes a line back together with its partner in the other history, and with it what followed. Run it inside a transaction.
pub async fn take_back(
    db: &mut PgConnection,
    by: Owner,
    id: IntroductionId,
    touchpoint: TouchpointId,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<Change> {
    let Some(held) = queries::lock(&mut *db, by, id).await? else { return Ok(Change::Gone) };
    let lines = partners(queries::together(&mut *db, by, id, touchpoint).await?, touchpoint);
    if lines.is_empty() {
        return Ok(Change::Gone);
    }
    if lines.iter().all(|line| line.undone) {
        return Ok(Change::Again);
    }
    for line in lines.iter().filter(|line| !line.undone) {
        let undoing = NewTouchpoint::undoing(line.id, today, now);
        match contacts::record(&mut *db, by, line.contact, &undoing, cadence, now).await? {
            Recorded::Yes(_) | Recorded::Again | Recorded::NothingToUndo => {}
            Recorded::NoContact => return Ok(Change::Gone),
        }
    }
    let mut earlier = held.earlier_introducer;
    if lines.iter().any(|line| line.kind == Kind::Introduced) {
        introducer::put_back(&mut *db, by, held.introduced, held.introducer, earlier.take()).await?;
    }
    write(db, by, id, earlier).await
}

/// Of lines written at the same instant, this one and its partner in the other history.
fn partners(lines: Vec<IntroductionLine>, touchpoint: TouchpointId) -> Vec<IntroductionLine> {
    const MOVES: [Move; 3] = [Move::Ask, Move::Make, Move::Decline];
    let Some(kind) = lines.iter().find(|line| line.id == touchpoint).map(|line| line.kind) else { return Vec::new() };
    let of_move = MOVES.into_iter().find(|taken| taken.of_introduced() == Some(kind) || taken.of_introducer() == kind);
    let belongs = |line: &IntroductionLine| {
        let partner =
            of_move.is_some_and(|taken| taken.of_introduced() == Some(line.kind) || taken.of_introducer() == line.kind);
        line.id == touchpoint || (partner && line.kind != kind)
    };
    lines.into_iter().filter(belongs).collect()
}

/// Reads the lines that are left, and writes where they put the introduction.
async fn write(
    db: &mut PgConnection,
    by: Owner,
    id: IntroductionId,
    earlier_introducer: Option<ContactId>,
) -> sqlx::Result<Change> {
    let standing = Standing::of(&queries::lines(&mut *db, by, id).await?);
    queries::save(db, by, id, &standing, earlier_introducer).await?;
    Ok(Change::Done(standing))
}
