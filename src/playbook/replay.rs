//! From a history to a [`Standing`], one event after the other. The table of what follows what stands in [`standing`](super::standing).

use jiff::civil::Date;

use super::{
    business_days::RhythmDays,
    cadence::Cadence,
    event::{Direction, Event, Kind},
    occasion::{Occasion, Occasions},
    stage::Stage,
    standing::{AskedThere, Beside, Next, Standing},
    step::Step,
};

mod steps;
mod talks;

/// A standing in the making.
#[derive(Debug, Clone)]
pub(super) struct Replay<'a> {
    cadence: &'a Cadence,
    rhythm: Option<RhythmDays>,
    /// Dates of theirs, which count while in touch.
    occasions: Occasions,
    /// How long 'later' is, where they name no date and there is no rhythm.
    later: RhythmDays,
    stage: Stage,
    /// The next step, unless thanks come first.
    plan: Option<Next>,
    turns_on: Option<Date>,
    /// When owed thanks are due.
    thanks: Option<Date>,
    /// What they are owed for, and since when.
    thanks_for: Option<(Kind, Date)>,
    /// The event that is taken.
    taken: Option<(Kind, Date)>,
    /// The event that made the plan.
    planned_by: Option<(Kind, Date)>,
    /// The event that is taken belongs to a talk in writing.
    in_writing: bool,
    /// Whether they were in touch before what goes on now.
    was_in_touch: bool,
    /// When someone else at their company was last asked.
    other_asked_on: Option<Date>,
    /// Whether the history shows that the two are in contact.
    connected: bool,
    /// Whether they were ever heard from, or known to be connected: being written to is not that.
    heard_from: bool,
    second_person_asked: bool,
    /// Whether a connection request went to the contact themselves.
    wrote_directly: bool,
    /// How many pleas for an introduction wait for an answer.
    pleas: usize,
    talk_on: Option<Date>,
    last_touch: Option<Date>,
    requested_on: Option<Date>,
    asked_on: Option<Date>,
}

impl<'a> Replay<'a> {
    /// A contact of whom nothing is known but the name.
    pub(super) fn new<'d>(cadence: &'a Cadence, beside: impl Into<Beside<'d>>) -> Self {
        let Beside { rhythm, dates, .. } = beside.into();
        Self {
            cadence,
            rhythm: rhythm.days(cadence),
            occasions: Occasions::new(dates),
            later: rhythm.while_searching(cadence).unwrap_or(cadence.rhythm_days),
            stage: Stage::Identified,
            plan: Some(Next { step: Step::Request, due: None }),
            turns_on: None,
            thanks: None,
            thanks_for: None,
            taken: None,
            planned_by: None,
            in_writing: false,
            was_in_touch: false,
            other_asked_on: None,
            connected: false,
            heard_from: false,
            second_person_asked: false,
            wrote_directly: false,
            pleas: 0,
            talk_on: None,
            last_touch: None,
            requested_on: None,
            asked_on: None,
        }
    }

    /// The standing after all events taken so far.
    pub(super) fn standing(&self) -> Standing {
        Standing {
            stage: self.stage,
            next: self.shown(),
            occasion: self.occasion().map(|occasion| occasion.on),
            turns_on: self.turns_on.filter(|_| self.thanks.is_none()),
            talk_on: self.talk_on,
            last_touch: self.last_touch,
            requested_on: self.requested_on,
            asked_on: self.asked_on,
            after: self.shown().and(if self.thanks.is_some() { self.thanks_for } else { self.planned_by }),
        }
    }

    /// Takes the next event of the history.
    pub(super) fn take(&mut self, event: &Event) {
        self.in_writing = event.in_writing;
        self.apply(event.kind, event.on, event.until);
        self.in_writing = false;
    }

    /// Someone else at their company was asked, in whatever way: no second person need be.
    pub(super) fn somebody_else_asked(&mut self, on: Date) {
        self.other_asked_on = Some(on);
        self.wait_for_other_way();
    }

    /// Takes an event.
    pub(super) fn apply(&mut self, kind: Kind, on: Date, until: Option<Date>) {
        self.taken = Some((kind, on));
        if kind.is_touch() {
            self.touched(on);
        }
        match kind {
            Kind::Found
            | Kind::Wrote
            | Kind::Commented
            | Kind::ReferralAsked
            | Kind::ReferralAgreed
            | Kind::ReferralMade
            | Kind::ReferralDeclined
            | Kind::ReferralTold
            | Kind::Undone => {}
            Kind::AlreadyConnected => self.already_connected(on),
            Kind::Picked => self.picked(on),
            Kind::Requested => {
                self.wrote_directly = true;
                self.requested(on);
            }
            Kind::IntroductionAsked => {
                self.pleas += 1;
                self.requested(on);
            }
            Kind::IntroductionDeclined => self.introduction_declined(on),
            Kind::SecondPersonAsked => self.second_person_asked(),
            Kind::Accepted | Kind::Introduced | Kind::Replied | Kind::Met => self.reached(kind, on),
            Kind::Asked => self.asked(on),
            Kind::FollowedUp => self.followed_up(on),
            Kind::AnsweredYes => self.answered_yes(on),
            Kind::AnsweredLater => self.answered_later(on, until),
            Kind::AnsweredInWriting | Kind::SentOn => self.helped(on),
            Kind::AnsweredNo => self.rest(Stage::Declined),
            Kind::Scheduled | Kind::Rescheduled => self.scheduled(on, until),
            Kind::Prepared => self.prepared(),
            Kind::Held => self.held(on),
            Kind::Cancelled | Kind::NoShow => self.fell_through(on),
            Kind::Thanked => self.thanked(on),
            Kind::MovingOnNote | Kind::MovedOn => self.moved_on(),
            Kind::Reopened => self.reopened(on),
            Kind::Snoozed => self.snoozed(on, until),
            Kind::DoneOtherwise => self.done_otherwise(on),
            Kind::Dismissed => self.dismissed(on),
        }
        let both = matches!(kind, Kind::AlreadyConnected | Kind::Accepted) || kind.is_touch();
        self.heard_from |= both && kind.direction() != Direction::Out;
    }

    /// The step the user sees: thanks come first; in touch, whichever of rhythm and dates is due first.
    fn shown(&self) -> Option<Next> {
        let thank = self.thanks.map(|due| Next { step: Step::Thank, due: Some(due) });
        let for_a_date = || self.occasion().map(|occasion| Next { step: Step::Write, due: Some(occasion.due) });
        thank.or_else(for_a_date).or(self.plan)
    }

    /// The date of theirs the next step is for, where it is not for the rhythm.
    fn occasion(&self) -> Option<Occasion> {
        let occasion =
            self.occasions.next(self.cadence).filter(|_| self.stage == Stage::InTouch && self.thanks.is_none())?;
        let rhythm = self.plan.and_then(|plan| plan.due);
        rhythm.is_none_or(|due| occasion.due <= due).then_some(occasion)
    }

    /// What is done to the step was done to the one shown that day.
    fn turn(&mut self, on: Date) {
        let turned = self.plan.map(|plan| plan.on(self.turns_on, on));
        if turned != self.plan {
            self.plan = turned;
            self.turns_on = None;
        }
    }

    /// A new stage and step; owed thanks stay owed.
    fn go(&mut self, stage: Stage, step: Step, due: Date) {
        self.stage = stage;
        self.plan = Some(Next { step, due: Some(due) });
        self.planned_by = self.taken;
        self.turns_on = None;
        self.talk_on = None;
        self.connected |= !matches!(stage, Stage::Identified | Stage::Requested);
    }

    /// The day someone named on that day, or that day itself where it had come already.
    fn chosen(&self, until: Date, on: Date) -> Date {
        if until > on { self.cadence.as_chosen(until) } else { self.cadence.on_or_after(on) }
    }

    /// A resting place: nothing to do, nothing owed.
    fn rest(&mut self, stage: Stage) {
        self.stage = stage;
        self.plan = None;
        self.turns_on = None;
        self.thanks = None;
        self.thanks_for = None;
        self.talk_on = None;
        self.was_in_touch = false;
    }

    fn already_connected(&mut self, on: Date) {
        match self.stage {
            // Hundreds of known people may be read in at once, so they wait to be picked.
            Stage::Identified => {
                let picked = self.plan.and_then(|plan| plan.due);
                self.go(Stage::Connected, Step::AskForTalk, self.cadence.on_or_after(on));
                if picked.is_none() {
                    self.plan = Some(Next { step: Step::AskForTalk, due: None });
                    self.planned_by = None;
                }
            }
            Stage::Requested => self.reached(Kind::Accepted, on),
            _ => self.connected = true,
        }
    }

    fn picked(&mut self, on: Date) {
        match self.stage {
            Stage::Identified => self.go(Stage::Identified, Step::Request, self.cadence.on_or_after(on)),
            Stage::Connected => self.go(Stage::Connected, Step::AskForTalk, self.cadence.on_or_after(on)),
            _ => {}
        }
    }

    fn requested(&mut self, on: Date) {
        if self.connected {
            return;
        }
        self.requested_on = Some(on);
        let other_way = self.cadence.after(on, self.cadence.other_way_days);
        // Whoever else there was asked while their own wait still lasts is the second person already, or the first.
        let other_waits =
            self.other_asked_on.is_some_and(|other| self.cadence.after(other, self.cadence.other_way_days) >= on);
        if self.second_person_asked || other_waits {
            self.go(Stage::Requested, Step::TryAnotherWay, other_way);
        } else {
            let second_person = self.cadence.after(on, self.cadence.second_person_days);
            self.go(Stage::Requested, Step::AskSecondPerson, second_person);
            self.turns_on = Some(other_way);
        }
    }

    /// Back to the beginning, unless something else still waits for an answer.
    fn introduction_declined(&mut self, on: Date) {
        self.pleas = self.pleas.saturating_sub(1);
        if self.stage == Stage::Requested && !self.connected && self.pleas == 0 && !self.wrote_directly {
            self.go(Stage::Identified, Step::Request, self.cadence.on_or_after(on));
        }
    }

    fn second_person_asked(&mut self) {
        self.second_person_asked = true;
        self.wait_for_other_way();
    }

    fn wait_for_other_way(&mut self) {
        if let (Some(Next { step: Step::AskSecondPerson, .. }), Some(other_way)) = (self.plan, self.turns_on) {
            self.go(Stage::Requested, Step::TryAnotherWay, other_way);
        }
    }

    fn reached(&mut self, kind: Kind, on: Date) {
        self.connected = true;
        let today = self.cadence.on_or_after(on);
        match self.stage {
            Stage::Identified | Stage::Requested => self.go(Stage::Connected, Step::AskForTalk, today),
            // Someone let go who then answers is back; the network's list naming an old acquaintance again is no answer.
            Stage::MovedOn if kind != Kind::Accepted || !self.heard_from => {
                self.go(Stage::Connected, Step::AskForTalk, today)
            }
            Stage::Connected if kind == Kind::Introduced && self.plan.is_none_or(|plan| plan.due.is_none()) => {
                self.go(Stage::Connected, Step::AskForTalk, today);
            }
            // They wrote, though neither yes nor no: patience begins anew.
            Stage::Asked if matches!(kind, Kind::Replied | Kind::Met) && self.waits_for_answer() => {
                self.wait_for_answer(on);
            }
            _ => {}
        }
    }

    fn waits_for_answer(&self) -> bool {
        let step = self.plan.map(|plan| plan.step);
        matches!(step, Some(Step::FollowUp | Step::FollowUpAgain | Step::SendMovingOnNote))
    }

    fn asked(&mut self, on: Date) {
        if self.stage != Stage::Scheduled {
            self.asked_on = Some(on);
            self.wait_for_answer(on);
        }
    }

    fn wait_for_answer(&mut self, on: Date) {
        self.go(Stage::Asked, Step::FollowUp, self.cadence.after(on, self.cadence.follow_up_days));
    }

    fn followed_up(&mut self, on: Date) {
        let (next, wait) = match (self.stage, self.plan.map(|plan| plan.step)) {
            (Stage::Asked, Some(Step::FollowUp)) => (Step::FollowUpAgain, self.cadence.second_follow_up_days),
            (Stage::Asked, Some(Step::FollowUpAgain | Step::SendMovingOnNote)) => {
                (Step::SendMovingOnNote, self.cadence.moving_on_days)
            }
            (Stage::Asked, Some(Step::SetTime)) => (Step::SetTime, self.cadence.follow_up_days),
            _ => return,
        };
        self.go(Stage::Asked, next, self.cadence.after(on, wait));
    }

    fn answered_yes(&mut self, on: Date) {
        if self.stage != Stage::Scheduled {
            self.set_time(on);
        }
    }

    fn set_time(&mut self, on: Date) {
        self.go(Stage::Asked, Step::SetTime, self.cadence.on_or_after(on));
    }

    fn answered_later(&mut self, on: Date, until: Option<Date>) {
        let due = match until {
            Some(until) => self.chosen(until, on),
            None => self.cadence.after_rhythm(on, self.rhythm.unwrap_or(self.later)),
        };
        match self.stage {
            Stage::Spoke => {}
            Stage::InTouch => {
                self.plan = Some(Next { step: Step::Write, due: Some(due) });
                self.planned_by = self.taken;
            }
            _ => self.go(Stage::Connected, Step::AskForTalk, due),
        }
    }

    fn moved_on(&mut self) {
        if self.stage != Stage::Declined {
            self.rest(Stage::MovedOn);
        }
    }

    fn reopened(&mut self, on: Date) {
        if self.stage.is_resting() {
            let (stage, step) = match self.connected {
                true => (Stage::Connected, Step::AskForTalk),
                false => (Stage::Identified, Step::Request),
            };
            self.go(stage, step, self.cadence.on_or_after(on));
        }
    }
}

/// Reads a contact's history into its standing.
///
/// Total: every history in any order has one. Events count in the order of their dates, within a day in that of their ids.
/// An undone event counts as if it had never been; undoing an undo is not offered, and has no effect.
pub fn replay<'d>(history: &[Event], cadence: &Cadence, beside: impl Into<Beside<'d>>) -> Standing {
    let mut taken_back: Vec<_> =
        history.iter().filter(|event| event.kind == Kind::Undone).filter_map(|event| event.undoes).collect();
    taken_back.sort_unstable();
    let counts = |event: &&Event| taken_back.is_empty() || taken_back.binary_search(&event.id).is_err();

    let beside: Beside<'d> = beside.into();
    let mut asked: Vec<AskedThere> = beside.asked_there.to_vec();
    asked.sort_unstable();
    let mut asked = asked.into_iter().peekable();
    let mut replay = Replay::new(cadence, beside);
    let order = |event: &Event| (event.on, event.id);
    let mut events: Vec<&Event> = history.iter().filter(counts).collect();
    events.sort_by_key(|event| order(event));
    for event in events {
        while let Some(other) = asked.next_if(|other| (other.on, other.id) < order(event)) {
            replay.somebody_else_asked(other.on);
        }
        replay.take(event);
    }
    asked.for_each(|other| replay.somebody_else_asked(other.on));
    replay.standing()
}
