//! A referral as far as the rules need it, and what each thing that happens makes of it. Pure.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::ids::{CompanyId, ContactId, OpeningId, ReferralId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::opening;
use crate::playbook::referral::{Dates, Mechanic, Next, Outcome, Status, next};

/// Where a referral stands, with the dates its next step follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub id: ReferralId,
    pub contact: ContactId,
    pub company: CompanyId,
    pub opening: Option<OpeningId>,
    /// How far the opening is.
    pub opening_status: Option<opening::Status>,
    pub status: Status,
    pub way: Option<Mechanic>,
    pub outcome: Option<Outcome>,
    pub planned_on: Option<Date>,
    pub asked_on: Option<Date>,
    pub agreed_on: Option<Date>,
    /// When the last of what the two had to do for it was done.
    pub tasks_done_on: Option<Date>,
    pub made_on: Option<Date>,
    pub reminded_on: Option<Date>,
    pub told_on: Option<Date>,
    /// When it was declined or withdrawn, or when its outcome was known.
    pub closed_on: Option<Date>,
    /// When the opening's status last changed since the referral was made.
    pub changed_on: Option<Date>,
    /// That change was written down after the referrer was last told: two things of one day have an order.
    pub untold: bool,
    /// When the user chose not to tell the news there was; `None` once there is more.
    pub let_go_at: Option<Timestamp>,
}

/// Something that happened to a referral and stands in the contact's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The user asked.
    Ask,
    /// The user reminded them, of the asking or of the making.
    Remind,
    /// They agreed, and said how it works there.
    Agree(Mechanic),
    /// They did it; how, where that was not agreed before.
    Make(Option<Mechanic>),
    /// They said no.
    Decline,
    /// The user told them the news and thanked them.
    Tell,
}

impl Move {
    /// What is said once it is noted.
    pub fn said(self) -> &'static str {
        match self {
            Self::Ask => "Noted: you asked. If they don't answer, you'll be reminded once.",
            Self::Remind => "Noted. Now it's their turn.",
            Self::Agree(_) => "They agreed. Here is who does what by when.",
            Self::Make(_) => "The referral is made. Tell them and thank them next.",
            Self::Decline => "Noted. They said no to this, not to you.",
            Self::Tell => "Noted: they know, and they are thanked.",
        }
    }

    /// What it is in the contact's history.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Ask => Kind::ReferralAsked,
            // A reminder is a message like any other: only the asking counts as asking.
            Self::Remind => Kind::Wrote,
            Self::Agree(_) => Kind::ReferralAgreed,
            Self::Make(_) => Kind::ReferralMade,
            Self::Decline => Kind::ReferralDeclined,
            Self::Tell => Kind::ReferralTold,
        }
    }

    /// Whether it can happen to a referral of this status. People offer unasked, and refer without having said so first.
    pub const fn may_follow(self, status: Status) -> bool {
        match self {
            Self::Ask => matches!(status, Status::ToAsk),
            Self::Remind => matches!(status, Status::Asked | Status::Agreed),
            Self::Agree(_) | Self::Decline => matches!(status, Status::ToAsk | Status::Asked),
            Self::Make(_) => matches!(status, Status::ToAsk | Status::Asked | Status::Agreed),
            Self::Tell => matches!(status, Status::Made),
        }
    }
}

impl State {
    /// A referral to be asked for on that day.
    pub fn to_ask(
        id: ReferralId,
        contact: ContactId,
        company: CompanyId,
        opening: Option<OpeningId>,
        planned_on: Date,
    ) -> Self {
        Self {
            id,
            contact,
            company,
            opening,
            opening_status: None,
            status: Status::ToAsk,
            way: None,
            outcome: None,
            planned_on: Some(planned_on),
            asked_on: None,
            agreed_on: None,
            tasks_done_on: None,
            made_on: None,
            reminded_on: None,
            told_on: None,
            closed_on: None,
            changed_on: None,
            untold: false,
            let_go_at: None,
        }
    }

    /// The dates as the playbook takes them.
    pub fn dates(&self) -> Dates {
        // Without an opening the outcome is the only news there will be.
        let outcome_on = self.closed_on.filter(|_| self.opening.is_none() && self.outcome.is_some());
        let opening_changed_on = self.changed_on.or(outcome_on);
        let told_on = self.told_on.filter(|_| !self.untold);
        // What is let go counts as told.
        let news = self.let_go_at.and(self.made_on.max(opening_changed_on));
        Dates {
            planned_on: self.planned_on,
            asked_on: self.asked_on,
            agreed_on: self.agreed_on,
            tasks_done_on: self.tasks_done_on,
            reminded_on: self.reminded_on,
            made_on: self.made_on,
            opening_changed_on,
            told_on: told_on.max(news),
            opening: self.opening_status,
        }
    }

    /// What to do next.
    pub fn next(&self, cadence: &Cadence) -> Option<Next> {
        next(self.status, &self.dates(), cadence)
    }

    /// Takes a move. A plan that lies ahead is overtaken by it.
    pub fn apply(&mut self, taken: Move, on: Date) {
        self.planned_on = self.planned_on.filter(|planned| *planned <= on);
        match taken {
            Move::Ask => (self.status, self.asked_on) = (Status::Asked, Some(on)),
            Move::Remind => self.reminded_on = Some(on),
            Move::Agree(way) => {
                (self.status, self.agreed_on) = (Status::Agreed, Some(on));
                self.follow(way);
            }
            Move::Make(way) => {
                (self.status, self.made_on, self.let_go_at) = (Status::Made, Some(on), None);
                self.way = self.way.or(way);
            }
            Move::Decline => (self.status, self.closed_on) = (Status::Declined, Some(on)),
            Move::Tell => (self.told_on, self.untold) = (Some(on), false),
        }
    }

    /// Takes back something of that kind; `earlier` is the day of the one before it that still stands, if there is one.
    pub fn take_back(&mut self, kind: Kind, earlier: Option<Date>) {
        match kind {
            Kind::ReferralAsked => self.asked_on = earlier,
            Kind::Wrote => self.reminded_on = earlier,
            Kind::ReferralAgreed => {
                self.agreed_on = earlier;
                self.tasks_done_on = self.tasks_done_on.filter(|_| earlier.is_some());
                self.way = self.way.filter(|_| earlier.is_some() || self.made_on.is_some());
            }
            Kind::ReferralMade => {
                self.made_on = earlier;
                self.outcome = self.outcome.filter(|_| earlier.is_some());
                self.way = self.way.filter(|_| earlier.is_some() || self.agreed_on.is_some());
            }
            Kind::ReferralTold => self.told_on = earlier,
            _ => {}
        }
        let stays_ended = match self.status {
            Status::Withdrawn => true,
            Status::Declined => kind != Kind::ReferralDeclined,
            _ => false,
        };
        if !stays_ended {
            self.reopen();
        }
    }

    /// Goes back to where the dates say it is.
    pub fn reopen(&mut self) {
        self.status = self.dates().status();
        self.closed_on = self.closed_on.filter(|_| self.outcome.is_some());
    }

    /// It works in that way: what the two have to do for it is still to be done.
    pub fn follow(&mut self, way: Mechanic) {
        (self.way, self.tasks_done_on) = (Some(way), None);
    }

    /// Notes whether the two have done all they had to do for it.
    pub fn set_tasks_done(&mut self, done: bool, on: Date) {
        self.tasks_done_on = done.then(|| self.tasks_done_on.unwrap_or(on));
    }

    /// The user takes it back, whatever the reason.
    pub fn withdraw(&mut self, on: Date) {
        (self.status, self.closed_on) = (Status::Withdrawn, Some(on));
    }

    /// What is to be asked is planned for some day: for `today`, where nothing else is known any more.
    pub fn plan_asking(&mut self, today: Date) {
        if self.status == Status::ToAsk {
            self.planned_on = self.planned_on.or(Some(today));
        }
    }

    /// Notes what came of it, or that nothing has yet.
    pub fn set_outcome(&mut self, outcome: Option<Outcome>, on: Date) {
        if outcome == self.outcome {
            return;
        }
        self.outcome = outcome;
        self.closed_on = outcome.map(|_| on);
        if outcome.is_some() && self.opening.is_none() {
            (self.told_on, self.let_go_at) = (None, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::playbook::referral::ReferralStep;

    fn fresh(opening: bool) -> State {
        let opening = opening.then(OpeningId::new);
        State::to_ask(ReferralId::new(), ContactId::new(), CompanyId::new(), opening, date(2026, 3, 2))
    }

    fn step(state: &State) -> Option<(ReferralStep, Option<Date>)> {
        state.next(&Cadence::default()).map(|next| (next.step, next.due))
    }

    #[test]
    fn from_ask_to_made_each_step_has_its_day() {
        let mut state = fresh(true);
        assert_eq!(step(&state), Some((ReferralStep::Ask, Some(date(2026, 3, 2)))));
        state.apply(Move::Ask, date(2026, 3, 2));
        assert_eq!(step(&state), Some((ReferralStep::Remind, Some(date(2026, 3, 9)))));
        state.apply(Move::Remind, date(2026, 3, 9));
        assert_eq!(step(&state), None, "one reminder, then it rests");
        state.apply(Move::Agree(Mechanic::Link), date(2026, 3, 10));
        assert_eq!(step(&state), Some((ReferralStep::RemindToMake, Some(date(2026, 3, 17)))));
        state.apply(Move::Make(None), date(2026, 3, 12));
        assert_eq!(step(&state), Some((ReferralStep::TellAndThank, Some(date(2026, 3, 13)))));
        state.apply(Move::Tell, date(2026, 3, 13));
        assert_eq!(step(&state), None);
        assert_eq!(state.way, Some(Mechanic::Link));
    }

    #[test]
    fn a_change_of_the_same_day_is_told_again() {
        let mut state = fresh(true);
        state.apply(Move::Make(Some(Mechanic::HandIn)), date(2026, 3, 2));
        state.apply(Move::Tell, date(2026, 3, 4));
        (state.changed_on, state.untold) = (Some(date(2026, 3, 4)), true);
        assert_eq!(step(&state), Some((ReferralStep::TellAndThank, Some(date(2026, 3, 5)))));
        state.apply(Move::Tell, date(2026, 3, 4));
        assert_eq!(step(&state), None);
    }

    #[test]
    fn once_all_is_done_it_is_asked_whether_it_is_made() {
        let mut state = fresh(true);
        state.apply(Move::Agree(Mechanic::Link), date(2026, 3, 2));
        state.set_tasks_done(true, date(2026, 3, 6));
        let asks = Some((ReferralStep::ConfirmMade, Some(date(2026, 3, 6))));
        assert_eq!(step(&state), asks);
        state.apply(Move::Remind, date(2026, 3, 9));
        assert_eq!(step(&state), asks, "reminded or not");
        state.set_tasks_done(false, date(2026, 3, 9));
        assert_eq!(step(&state), None);
        state.set_tasks_done(true, date(2026, 3, 10));
        state.follow(Mechanic::HandIn);
        assert_eq!(step(&state), None, "another way has other tasks");
    }

    #[test]
    fn an_opening_that_is_over_asks_and_reminds_nobody() {
        for status in opening::Status::ALL {
            let mut state = State { opening_status: Some(*status), ..fresh(true) };
            for (taken, stays) in [(Move::Ask, true), (Move::Agree(Mechanic::Link), true), (Move::Make(None), false)] {
                assert_eq!(step(&state).is_some(), status.is_open(), "{status} before {taken:?}");
                state.apply(taken, date(2026, 3, 2));
                let has_tasks = state.status.has_open_tasks(state.opening_status);
                assert_eq!(has_tasks, stays && status.is_open() && state.status == Status::Agreed);
            }
            assert_eq!(step(&state).map(|(step, _)| step), Some(ReferralStep::TellAndThank), "{status}");
        }
    }

    #[test]
    fn without_an_opening_the_outcome_is_the_news() {
        let mut state = fresh(false);
        state.apply(Move::Make(Some(Mechanic::Introduction)), date(2026, 3, 2));
        state.apply(Move::Tell, date(2026, 3, 3));
        state.set_outcome(Some(Outcome::Interview), date(2026, 3, 12));
        assert_eq!(step(&state), Some((ReferralStep::TellAndThank, Some(date(2026, 3, 13)))));
    }

    #[test]
    fn a_declined_one_goes_back_to_where_it_was() {
        let mut state = fresh(true);
        state.apply(Move::Ask, date(2026, 3, 2));
        let before = state.clone();
        state.apply(Move::Decline, date(2026, 3, 4));
        assert_eq!((state.status, step(&state)), (Status::Declined, None));
        state.take_back(Kind::ReferralDeclined, None);
        assert_eq!(state, before);
    }

    fn any_move() -> impl Strategy<Value = Move> {
        prop_oneof![
            Just(Move::Ask),
            Just(Move::Remind),
            Just(Move::Decline),
            Just(Move::Tell),
            prop::sample::select(Mechanic::ALL).prop_map(Move::Agree),
            prop::sample::select(Mechanic::ALL).prop_map(|way| Move::Make(Some(way))),
        ]
    }

    proptest! {
        #[test]
        fn what_follows_can_be_kept_and_taken_back(moves in prop::collection::vec(any_move(), 0..12)) {
            let (mut state, mut on) = (fresh(true), date(2026, 3, 2));
            for taken in moves {
                if !taken.may_follow(state.status) {
                    continue;
                }
                on = on.tomorrow().unwrap();
                let before = state.clone();
                state.apply(taken, on);
                prop_assert!(!matches!(state.status, Status::Agreed | Status::Made) || state.way.is_some());
                let earlier = match taken {
                    Move::Remind => before.reminded_on,
                    Move::Tell => before.told_on,
                    _ => None,
                };
                let mut back = state.clone();
                back.take_back(taken.kind(), earlier);
                prop_assert_eq!(back, before);
            }
        }
    }
}
