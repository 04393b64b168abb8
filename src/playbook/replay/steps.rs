//! What the user does to the step itself: puts it off, does it in another way, sets it aside.

use super::*;

impl Replay<'_> {
    pub(super) fn snoozed(&mut self, on: Date, until: Option<Date>) {
        self.turn(on);
        let due = match until {
            Some(until) => self.chosen(until, on),
            None => self.cadence.add_business_days(on, 1),
        };
        if let Some(thanks) = &mut self.thanks {
            *thanks = due;
        } else if let Some(occasion) = self.occasion() {
            self.occasions.put_off(occasion, due, self.cadence);
        } else if let Some(Next { step, due: planned }) = &mut self.plan {
            *planned = Some(match (*step, self.talk_on) {
                (Step::Prepare, Some(talk)) => due.min(talk),
                (Step::Hold, Some(talk)) => due.max(talk),
                _ => due,
            });
            if *step == Step::AskSecondPerson {
                self.turns_on = self.turns_on.map(|day| day.max(due));
            }
        }
    }

    pub(super) fn done_otherwise(&mut self, on: Date) {
        self.turn(on);
        match self.shown().map(|next| next.step) {
            // Writing is what there is to do with someone in touch, also where no rhythm plans it.
            None if self.stage == Stage::InTouch => self.apply(Kind::Wrote, on, None),
            None => {}
            Some(Step::TryAnotherWay) => self.plan = None,
            // They have the times some other way; if they stay silent, a yes must not be lost.
            Some(Step::SetTime) => self.wait_for_answer(on),
            Some(step) => {
                if let Some(kind) = step.done_as() {
                    self.apply(kind, on, None);
                }
            }
        }
    }

    pub(super) fn dismissed(&mut self, on: Date) {
        self.turn(on);
        match self.shown().map(|next| next.step) {
            None | Some(Step::Hold) => {}
            Some(Step::Request | Step::TryAnotherWay | Step::AskForTalk | Step::SetTime) => self.plan = None,
            Some(Step::AskSecondPerson) => self.wait_for_other_way(),
            Some(Step::FollowUp | Step::FollowUpAgain) => self.followed_up(on),
            Some(Step::SendMovingOnNote) => self.moved_on(),
            Some(Step::Prepare) => self.prepared(),
            Some(Step::Thank) => self.thanked(on),
            Some(Step::Write) => match self.occasion() {
                Some(occasion) => self.occasions.dismiss(occasion, self.cadence),
                None => self.keep_in_touch(on),
            },
        }
    }
}
