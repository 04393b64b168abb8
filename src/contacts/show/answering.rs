//! What the card offers of what may have happened: the likeliest at once, everything else one press away.

use super::*;

/// How many answers are one press, where one is awaited; where none is, one fewer.
const LIKELY: usize = 3;

impl ShowPage {
    /// The answers possible now, the likeliest first, with the key of the first; letting somebody rest is none of them.
    fn answers(&self) -> Vec<(Kind, &'static str, &'static str)> {
        let awaited = self
            .keeping
            .answers
            .iter()
            .flat_map(|answers| answers.presses.iter().map(|(kind, label)| (*kind, *label, answers.key(kind))));
        let others = outcomes(self.contact.stage, self.next.map(|next| next.step));
        let others = others.into_iter().filter(|kind| *kind != Kind::MovedOn).map(|kind| (kind, outcome(kind), ""));
        awaited.chain(others).collect()
    }

    /// How many of them are one press; times to be taken leave room for fewer.
    fn shown_answers(&self) -> usize {
        let most = if self.keeping.answers.is_some() { LIKELY } else { LIKELY - 1 };
        most.saturating_sub(self.proposed().len())
    }

    pub(super) fn likely_answers(&self) -> Vec<(Kind, &'static str, &'static str)> {
        let mut answers = self.answers();
        answers.truncate(self.shown_answers());
        answers
    }

    pub(super) fn other_answers(&self) -> Vec<(Kind, &'static str)> {
        self.answers().into_iter().skip(self.shown_answers()).map(|(kind, label, _)| (kind, label)).collect()
    }

    pub(super) fn has_other_answers(&self) -> bool {
        !self.other_answers().is_empty()
            || self.may_answer_in_writing()
            || self.can_name_somebody()
            || self.can_answer_later()
            || !self.proposed().is_empty()
    }

    pub(super) fn may_answer_in_writing(&self) -> bool {
        Kind::offered(self.contact.stage).contains(&Kind::AnsweredInWriting)
    }

    pub(super) fn can_answer_later(&self) -> bool {
        Kind::offered(self.contact.stage).contains(&Kind::AnsweredLater)
    }

    pub(super) fn can_name_somebody(&self) -> bool {
        Kind::offered(self.contact.stage).contains(&Kind::SentOn)
    }

    pub(super) fn may_let_rest(&self) -> bool {
        outcomes(self.contact.stage, self.next.map(|next| next.step)).contains(&Kind::MovedOn)
    }

    /// Whether the day of 'They said later' was typed with a fault.
    pub(super) fn is_later_wrong(&self) -> bool {
        !self.faults.otherwise.is_empty() && self.faults.typed.kind == Kind::AnsweredLater.as_str()
    }

    /// Whether a form behind 'More' was sent with a fault.
    pub(super) fn more_open(&self) -> bool {
        let otherwise = !self.faults.otherwise.is_empty() && !self.is_later_wrong();
        otherwise || !self.faults.dismissal.is_empty() || !self.faults.history.is_empty()
    }

    /// The times the user proposed, while none is taken: number and words.
    pub(super) fn proposed(&self) -> Vec<(usize, String)> {
        if self.contact.stage.is_resting() {
            return Vec::new();
        }
        let theirs = self.contact.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        let said = |at: &jiff::Timestamp| crate::contacts::proposal::said(*at, self.today, &self.zone, theirs.as_ref());
        self.contact.proposed.iter().enumerate().map(|(nr, at)| (nr + 1, said(at))).collect()
    }
}
