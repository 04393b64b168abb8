//! Writing what happened to a referral: the one place that writes its status and its next step, in the transaction of what they follow from.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Connection, PgConnection};

use super::queries::tasks::{self, NewTask};
use super::queries::{self, Which, Written};
use super::state::{Move, State};
use crate::access::Owner;
use crate::accounts::acting::Acting;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self as contacts, Recorded};
use crate::ids::{OpeningId, ReferralId, ReferralTaskId, TouchpointId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::opening;
use crate::playbook::referral::{Mechanic, Outcome, ReferralStep, Status};

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is written; this is where the referral stands now.
    Done(State),
    /// They had agreed already; now it works in another way. No line in the history.
    WayChanged(State),
    /// It was made, and nobody said how.
    NoWay,
    /// The same form was sent before: nothing happened a second time.
    Again,
    /// It cannot happen to a referral of this status.
    Refused(Status),
    /// That contact has another live referral for the same opening or company.
    Taken(State),
    /// There is no such referral.
    Gone,
}

/// Takes a move: a line in the contact's history, the referral's new status, and the tasks that follow from the way. Run it inside a
/// transaction, and commit only what is done.
pub async fn take(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    taken: Move,
    touchpoint: NewTouchpoint,
    cadence: &Cadence,
    now: Timestamp,
) -> sqlx::Result<Change> {
    let Some(mut state) = one(&mut *db, by, id).await? else { return Ok(Change::Gone) };
    let on = touchpoint.on;
    if let (Move::Agree(way), Status::Agreed) = (taken, state.status) {
        return change_way(db, by, state, way, cadence).await;
    }
    let touchpoint = NewTouchpoint { kind: taken.kind(), referral: Some(id), ..touchpoint };
    match contacts::record(&mut *db, by, state.contact, &touchpoint, cadence, now).await? {
        Recorded::Yes(_) => {}
        Recorded::Again => return Ok(Change::Again),
        Recorded::NoContact | Recorded::NothingToUndo => return Ok(Change::Gone),
    }
    if !taken.may_follow(state.status) {
        return Ok(Change::Refused(state.status));
    }
    state.apply(taken, on);
    if state.status == Status::Made && state.way.is_none() {
        return Ok(Change::NoWay);
    }
    match taken {
        Move::Agree(way) => tasks::replace(&mut *db, by, id, &unfold(way, on, cadence)).await?,
        Move::Make(_) => tasks::mark_theirs_done(&mut *db, by, id, now).await?,
        _ => {}
    }
    write(db, by, state, cadence).await
}

/// It works otherwise than was thought: what is not done yet makes room for what the other way asks.
async fn change_way(
    db: &mut PgConnection,
    by: Owner,
    mut state: State,
    way: Mechanic,
    cadence: &Cadence,
) -> sqlx::Result<Change> {
    if state.way == Some(way) {
        return Ok(Change::Again);
    }
    state.follow(way);
    if let Some(agreed_on) = state.agreed_on {
        tasks::replace(&mut *db, by, state.id, &unfold(way, agreed_on, cadence)).await?;
    }
    Ok(match write(db, by, state, cadence).await? {
        Change::Done(state) => Change::WayChanged(state),
        other => other,
    })
}

/// The tasks of a way, dated.
fn unfold(way: Mechanic, agreed_on: Date, cadence: &Cadence) -> Vec<NewTask> {
    way.tasks()
        .iter()
        .map(|task| NewTask {
            id: ReferralTaskId::new(),
            whose: task.whose,
            text: task.text,
            due_on: task.due(agreed_on, cadence),
        })
        .collect()
}

/// Takes a line of the referral's history back, and with it what followed from it. Run it inside a transaction.
pub async fn take_back(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    touchpoint: TouchpointId,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<Change> {
    let Some(mut state) = one(&mut *db, by, id).await? else { return Ok(Change::Gone) };
    let Some((kind, written_at)) = queries::touchpoint(&mut *db, by, id, touchpoint).await? else {
        return Ok(Change::Gone);
    };
    let undoing = NewTouchpoint::undoing(touchpoint, today, now);
    match contacts::record(&mut *db, by, state.contact, &undoing, cadence, now).await? {
        Recorded::Yes(_) => {}
        Recorded::Again | Recorded::NothingToUndo => return Ok(Change::Again),
        Recorded::NoContact => return Ok(Change::Gone),
    }
    let earlier = queries::latest(&mut *db, by, id, kind).await?;
    state.take_back(kind, earlier);
    state.plan_asking(today);
    match kind {
        Kind::ReferralAgreed if earlier.is_none() => tasks::delete(&mut *db, by, id).await?,
        Kind::ReferralMade => tasks::unmark_theirs(&mut *db, by, id, written_at).await?,
        _ => {}
    }
    // Which news they know of may have changed with it.
    match write(&mut *db, by, state, cadence).await? {
        Change::Done(_) if kind == Kind::ReferralTold => change(db, by, id, cadence, |_| {}).await,
        written => Ok(written),
    }
}

/// Marks a task as done, or to be done again, and has its referral know whether anything is left to do. Returns the referral, and what
/// the task is; nothing where there is none.
///
/// # Errors
/// Only the database's.
pub async fn set_task_done(
    acting: &mut Acting<'_>,
    id: ReferralTaskId,
    is_done: bool,
) -> sqlx::Result<Option<(ReferralId, String)>> {
    let (by, now, today, cadence) = (acting.by, acting.now, acting.today(), acting.cadence());
    let mut transaction = acting.db.begin().await?;
    let set = tasks::set_done(&mut *transaction, by, id, is_done.then_some(now)).await?;
    let Some((referral, text)) = set else { return Ok(None) };
    let done = tasks::are_done(&mut *transaction, by, referral).await?;
    change(&mut transaction, by, referral, cadence, |state| state.set_tasks_done(done, today)).await?;
    transaction.commit().await?;
    Ok(Some((referral, text)))
}

/// Changes a referral in a way that is no event with the contact. Run it inside a transaction.
pub async fn change(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    cadence: &Cadence,
    edit: impl FnOnce(&mut State),
) -> sqlx::Result<Change> {
    let Some(mut state) = one(&mut *db, by, id).await? else { return Ok(Change::Gone) };
    edit(&mut state);
    write(db, by, state, cadence).await
}

/// The status of an opening changed: those who referred the user for it are to be told, and its outcome is theirs. Run it in the
/// transaction that changed it. Returns how many have news to hear.
pub async fn opening_changed(
    db: &mut PgConnection,
    by: Owner,
    opening: OpeningId,
    status: opening::Status,
    taken_back: bool,
    on: Date,
    cadence: &Cadence,
) -> sqlx::Result<usize> {
    let mut to_tell = 0;
    for mut state in queries::lock(&mut *db, by, Which::OfOpening(opening)).await? {
        if state.status == Status::Made {
            let outcome = Outcome::of_opening(status);
            if taken_back || outcome.is_some() {
                state.set_outcome(outcome, on);
            }
        }
        to_tell += usize::from(state.status == Status::Made && state.next(cadence).is_some());
        write(&mut *db, by, state, cadence).await?;
    }
    Ok(to_tell)
}

/// A next step about a referral that lies on another day than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replanned {
    /// Which.
    pub referral: ReferralId,
    /// The step.
    pub step: ReferralStep,
    /// When it was due.
    pub was: Option<Date>,
    /// When it is due now.
    pub now: Option<Date>,
}

/// Rewrites every next step: intervals, weekend or holidays were changed from `before`. Tells which moved.
pub async fn replan_all(
    db: &mut PgConnection,
    by: Owner,
    before: &Cadence,
    cadence: &Cadence,
) -> sqlx::Result<Vec<Replanned>> {
    let mut moved = Vec::new();
    for state in queries::lock(&mut *db, by, Which::Every).await? {
        let (was, next) = (state.next(before), state.next(cadence));
        if let Some(now) = next.filter(|now| Some(*now) != was) {
            let was = was.and_then(|was| was.due);
            moved.push(Replanned { referral: state.id, step: now.step, was, now: now.due });
            queries::save(&mut *db, by, &state, next).await?;
        }
    }
    Ok(moved)
}

async fn one(db: &mut PgConnection, by: Owner, id: ReferralId) -> sqlx::Result<Option<State>> {
    Ok(queries::lock(db, by, Which::One(id)).await?.pop())
}

async fn write(db: &mut PgConnection, by: Owner, state: State, cadence: &Cadence) -> sqlx::Result<Change> {
    let next = state.next(cadence);
    Ok(match queries::save(db, by, &state, next).await? {
        Written::Taken => Change::Taken(state),
        Written::Yes | Written::Again => Change::Done(state),
    })
}
