//! The rules of an introduction: where it stands after what happened, and when to remind whoever was asked.
//!
//! | what happened | may follow | in the history of the person to be introduced | in the introducer's |
//! |---|---|---|---|
//! | asked | possible | introduction asked for | wrote |
//! | reminded | asked, not reminded yet | - | wrote |
//! | made | possible, asked, declined | introduced: ask for a talk | named someone else: thank them |
//! | declined | possible, asked | introduction declined: another way | replied |
//!
//! The lines of both histories are all that counts: taking one back takes its partner back, and the introduction stands where
//! the lines that are left put it. No answer within the days after which a second person is asked: one gentle reminder, then rest.

use jiff::civil::Date;

use super::{cadence::Cadence, event::Kind};
use crate::kinds::kinds;

kinds! {
    /// Where an introduction stands.
    pub enum Status {
        /// Someone could introduce the user; nobody was asked yet.
        Possible = "possible", "Possible";
        /// They were asked, and have not answered.
        Asked = "asked", "Asked";
        /// They introduced the two.
        Made = "made", "Made";
        /// They said no.
        Declined = "declined", "Declined";
    }
}

/// What happens with an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The user asks for it.
    Ask,
    /// The user reminds them, once.
    Remind,
    /// They introduce the two.
    Make,
    /// They said no.
    Decline,
}

impl Move {
    /// The line it makes in the history of the person to be introduced.
    pub const fn of_introduced(self) -> Option<Kind> {
        match self {
            Self::Ask => Some(Kind::IntroductionAsked),
            Self::Remind => None,
            Self::Make => Some(Kind::Introduced),
            Self::Decline => Some(Kind::IntroductionDeclined),
        }
    }

    /// The line it makes in the introducer's history.
    pub const fn of_introducer(self) -> Kind {
        match self {
            Self::Ask | Self::Remind => Kind::Wrote,
            Self::Make => Kind::SentOn,
            Self::Decline => Kind::Replied,
        }
    }

    /// Whether it can happen to an introduction that stands so.
    pub const fn may_follow(self, standing: &Standing) -> bool {
        match (self, standing.status) {
            (Self::Ask, status) => matches!(status, Status::Possible),
            (Self::Remind, status) => matches!(status, Status::Asked) && standing.reminded_on.is_none(),
            (Self::Make, status) => !matches!(status, Status::Made),
            (Self::Decline, status) => matches!(status, Status::Possible | Status::Asked),
        }
    }
}

/// Where an introduction stands, with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub status: Status,
    pub asked_on: Option<Date>,
    pub reminded_on: Option<Date>,
    pub made_on: Option<Date>,
    pub declined_on: Option<Date>,
}

impl Standing {
    /// Reads the lines of the two histories that belong to it, in the order they were written; those taken back left out.
    pub fn of(lines: &[(Kind, Date)]) -> Self {
        let mut standing =
            Self { status: Status::Possible, asked_on: None, reminded_on: None, made_on: None, declined_on: None };
        let mut written = Vec::new();
        for &(kind, on) in lines {
            match kind {
                Kind::IntroductionAsked => {
                    standing.asked_on = Some(on);
                    standing.status = Status::Asked;
                }
                Kind::Introduced => {
                    standing.made_on = Some(on);
                    standing.status = Status::Made;
                }
                Kind::IntroductionDeclined => {
                    standing.declined_on = Some(on);
                    standing.status = Status::Declined;
                }
                Kind::Wrote => written.push(on),
                _ => {}
            }
        }
        // The first message asked, the second reminded.
        standing.reminded_on = written.get(1).copied().filter(|_| standing.asked_on.is_some());
        standing
    }

    /// When to remind them: nothing before they were asked, after they were reminded, and once they have answered.
    pub fn remind_on(&self, cadence: &Cadence) -> Option<Date> {
        match (self.status, self.asked_on, self.reminded_on) {
            (Status::Asked, Some(asked_on), None) => Some(cadence.after(asked_on, cadence.second_person_days)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const MONDAY: Date = date(2026, 3, 2);
    const FRIDAY: Date = date(2026, 3, 6);

    fn asked() -> Vec<(Kind, Date)> {
        vec![(Kind::IntroductionAsked, MONDAY), (Kind::Wrote, MONDAY)]
    }

    #[test]
    fn the_lines_say_where_it_stands() {
        let after = |more: &[(Kind, Date)]| Standing::of(&[asked(), more.to_vec()].concat());
        assert_eq!(Standing::of(&[]).status, Status::Possible);
        assert_eq!(
            (after(&[]).status, after(&[]).asked_on, after(&[]).reminded_on),
            (Status::Asked, Some(MONDAY), None)
        );
        let reminded = after(&[(Kind::Wrote, FRIDAY)]);
        assert_eq!((reminded.status, reminded.reminded_on), (Status::Asked, Some(FRIDAY)));
        let made = after(&[(Kind::Introduced, FRIDAY), (Kind::SentOn, FRIDAY)]);
        assert_eq!((made.status, made.made_on), (Status::Made, Some(FRIDAY)));
        let declined = after(&[(Kind::IntroductionDeclined, FRIDAY), (Kind::Replied, FRIDAY)]);
        assert_eq!((declined.status, declined.declined_on), (Status::Declined, Some(FRIDAY)));
        assert_eq!(Standing::of(&[(Kind::Introduced, FRIDAY)]).status, Status::Made, "without having been asked for");
    }

    #[test]
    fn one_reminder_is_due_while_they_have_not_answered() {
        let due = |lines: &[(Kind, Date)]| Standing::of(lines).remind_on(&Cadence::default());
        assert_eq!(due(&[]), None);
        assert_eq!(due(&asked()), Some(date(2026, 3, 5)));
        for kind in [Kind::Wrote, Kind::Introduced, Kind::IntroductionDeclined] {
            assert_eq!(due(&[asked(), vec![(kind, FRIDAY)]].concat()), None, "{kind}");
        }
    }

    #[test]
    fn what_may_follow_is_what_makes_sense() {
        let at = |lines: &[(Kind, Date)]| {
            let standing = Standing::of(lines);
            [Move::Ask, Move::Remind, Move::Make, Move::Decline].map(|taken| taken.may_follow(&standing))
        };
        assert_eq!(at(&[]), [true, false, true, true]);
        assert_eq!(at(&asked()), [false, true, true, true]);
        assert_eq!(at(&[asked(), vec![(Kind::Wrote, FRIDAY)]].concat()), [false, false, true, true]);
        assert_eq!(at(&[(Kind::Introduced, FRIDAY)]), [false, false, false, false]);
        assert_eq!(at(&[(Kind::IntroductionDeclined, FRIDAY)]), [false, false, true, false]);
    }

    #[test]
    fn each_move_makes_the_lines_it_is_read_from() {
        for (taken, status) in
            [(Move::Ask, Status::Asked), (Move::Make, Status::Made), (Move::Decline, Status::Declined)]
        {
            let lines: Vec<_> =
                taken.of_introduced().into_iter().chain([taken.of_introducer()]).map(|kind| (kind, MONDAY)).collect();
            assert_eq!(Standing::of(&lines).status, status);
        }
    }
}
