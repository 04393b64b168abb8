//! A talk from its date to the thanks for it, and keeping in touch afterwards.

use super::*;

impl Replay<'_> {
    /// They gave something that thanks are due for, though perhaps no talk.
    pub(super) fn helped(&mut self, on: Date) {
        self.connected = true;
        self.thanks = self.thanks.or_else(|| Some(self.cadence.thanks_after(on)));
        // Thanks for a talk are thanks for a talk, whatever else they did before or after.
        let talked = |of: Option<(Kind, Date)>| of.is_some_and(|(kind, _)| kind != Kind::SentOn);
        if self.thanks_for.is_none() || (talked(self.taken) && !talked(self.thanks_for)) {
            self.thanks_for = self.taken;
        }
        if self.stage != Stage::Scheduled {
            self.stage = Stage::Spoke;
            self.plan = None;
            self.turns_on = None;
        }
    }

    pub(super) fn scheduled(&mut self, on: Date, until: Option<Date>) {
        let Some(talk) = until else { return self.set_time(on) };
        if talk < on {
            self.go(Stage::Scheduled, Step::Hold, self.cadence.on_or_after(on));
        } else {
            // Questions are sent at once, so that there is time to answer them.
            let prepared = if self.in_writing { self.cadence.on_or_after(on) } else { self.cadence.before(talk) };
            self.go(Stage::Scheduled, Step::Prepare, if (on..=talk).contains(&prepared) { prepared } else { talk });
            self.turns_on = Some(talk);
        }
        self.talk_on = Some(talk);
    }

    pub(super) fn prepared(&mut self) {
        if let (Some(Next { step: Step::Prepare, .. }), Some(_)) = (self.plan, self.talk_on) {
            self.plan = Some(Next { step: Step::Hold, due: self.talk_on });
            self.turns_on = None;
        }
    }

    pub(super) fn held(&mut self, on: Date) {
        self.stage = Stage::Spoke;
        self.talk_on = None;
        self.helped(on);
    }

    pub(super) fn fell_through(&mut self, on: Date) {
        let (stage, step) = match (self.was_in_touch, self.thanks) {
            // Whoever helped meanwhile is thanked first, and in touch again by that.
            (true, Some(_)) => (Stage::Spoke, Step::Thank),
            (true, None) => (Stage::InTouch, Step::Write),
            (false, _) => (Stage::Asked, Step::SetTime),
        };
        if self.stage == Stage::Scheduled {
            self.go(stage, step, self.cadence.add_business_days(on, 1));
            self.plan = self.plan.filter(|_| stage != Stage::Spoke);
        }
    }

    pub(super) fn thanked(&mut self, on: Date) {
        self.thanks_for = None;
        if self.thanks.take().is_some() && self.stage == Stage::Spoke {
            self.occasions.begin(on);
            self.keep_in_touch(on);
        }
    }

    /// Either side wrote, or they met: their dates that were due are seen to, and the rhythm begins anew.
    pub(super) fn touched(&mut self, on: Date) {
        self.last_touch = Some(on);
        if self.was_in_touch {
            self.occasions.touched(on, self.cadence);
        }
        if self.stage == Stage::InTouch {
            self.keep_in_touch(on);
        }
    }

    pub(super) fn keep_in_touch(&mut self, on: Date) {
        self.stage = Stage::InTouch;
        self.was_in_touch = true;
        self.planned_by = self.taken;
        self.plan =
            self.rhythm.map(|rhythm| Next { step: Step::Write, due: Some(self.cadence.after_rhythm(on, rhythm)) });
    }
}
