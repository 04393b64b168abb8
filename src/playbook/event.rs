//! What can happen between the user and a contact.

use jiff::civil::Date;
use uuid::Uuid;

use super::stage::Stage;
use crate::kinds::kinds;

kinds! {
    /// The kinds of touchpoint.
    pub enum Kind {
        Found = "found", "Found";
        AlreadyConnected = "already_connected", "Already connected";
        Picked = "picked", "Picked for this week";
        Requested = "requested", "Connection request sent";
        IntroductionAsked = "introduction_asked", "Introduction asked for";
        IntroductionDeclined = "introduction_declined", "Introduction declined";
        SecondPersonAsked = "second_person_asked", "Asked someone else there";
        Accepted = "accepted", "Accepted the request";
        Introduced = "introduced", "Introduced";
        Asked = "asked", "Asked for a talk";
        FollowedUp = "followed_up", "Followed up";
        MovingOnNote = "moving_on_note", "Moving-on note sent";
        AnsweredYes = "answered_yes", "Answered: yes";
        AnsweredLater = "answered_later", "Answered: later";
        AnsweredInWriting = "answered_in_writing", "Answered in writing";
        AnsweredNo = "answered_no", "Declined";
        SentOn = "sent_on", "Suggested someone else";
        Scheduled = "scheduled", "Talk scheduled";
        Rescheduled = "rescheduled", "Talk moved";
        Prepared = "prepared", "Talk prepared";
        Held = "held", "Talk held";
        Cancelled = "cancelled", "Talk cancelled";
        NoShow = "no_show", "Did not show up";
        Thanked = "thanked", "Thanked";
        Wrote = "wrote", "Wrote";
        Replied = "replied", "Replied";
        Met = "met", "Met";
        Commented = "commented", "Commented on a post";
        ReferralAsked = "referral_asked", "Asked for a referral";
        ReferralAgreed = "referral_agreed", "Agreed to refer";
        ReferralMade = "referral_made", "Referral made";
        ReferralDeclined = "referral_declined", "Declined to refer";
        ReferralTold = "referral_told", "Told how the referral went";
        MovedOn = "moved_on", "Moved on";
        Reopened = "reopened", "Reopened";
        Snoozed = "snoozed", "Snoozed";
        DoneOtherwise = "done_otherwise", "Done differently";
        Dismissed = "dismissed", "Step skipped";
        Undone = "undone", "Undone";
    }
}

kinds! {
    /// Which of the two acted.
    pub enum Direction {
        Out = "out", "From you";
        In = "in", "From them";
        /// Both, neither, or someone else.
        None = "none", "Neither";
    }
}

/// One line of a contact's history, as far as the playbook needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The touchpoint's id; among events of one day the smaller one came first.
    pub id: Uuid,
    /// What happened.
    pub kind: Kind,
    /// The civil date in the user's zone as it was when it happened. Stored, so that a change of zone moves no due date.
    pub on: Date,
    /// The date it speaks of, for kinds that [take one](Kind::takes_date): put off until, later means, the talk is on.
    pub until: Option<Date>,
    /// The event that is taken back, for [`Kind::Undone`].
    pub undoes: Option<Uuid>,
    /// It belongs to a talk in writing.
    pub in_writing: bool,
}

impl Kind {
    /// Whether it may change whom the user has asked: a first message, whatever the way, or something taken back.
    pub const fn may_ask(self) -> bool {
        matches!(self, Self::Requested | Self::IntroductionAsked | Self::Asked | Self::DoneOtherwise | Self::Undone)
    }

    /// Whether the two really were in contact, which restarts the clock of keeping in touch.
    ///
    /// Pressing 'accept' is the network's gesture, and what is said of an introduction is said to and by someone else: neither counts.
    pub const fn is_touch(self) -> bool {
        match self {
            Self::Requested
            | Self::Introduced
            | Self::Asked
            | Self::FollowedUp
            | Self::MovingOnNote
            | Self::AnsweredYes
            | Self::AnsweredLater
            | Self::AnsweredInWriting
            | Self::AnsweredNo
            | Self::SentOn
            | Self::Scheduled
            | Self::Rescheduled
            | Self::Held
            | Self::Cancelled
            | Self::Thanked
            | Self::Wrote
            | Self::Replied
            | Self::Met
            | Self::Commented
            | Self::ReferralAsked
            | Self::ReferralAgreed
            | Self::ReferralMade
            | Self::ReferralDeclined
            | Self::ReferralTold => true,
            Self::Found
            | Self::AlreadyConnected
            | Self::Picked
            | Self::IntroductionAsked
            | Self::IntroductionDeclined
            | Self::SecondPersonAsked
            | Self::Accepted
            | Self::Prepared
            | Self::NoShow
            | Self::MovedOn
            | Self::Reopened
            | Self::Snoozed
            | Self::DoneOtherwise
            | Self::Dismissed
            | Self::Undone => false,
        }
    }

    /// Who acted.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Commented => Direction::Out,
            kind if kind.is_outgoing_message() => Direction::Out,
            Self::Accepted
            | Self::Introduced
            | Self::AnsweredYes
            | Self::AnsweredLater
            | Self::AnsweredInWriting
            | Self::AnsweredNo
            | Self::SentOn
            | Self::Replied
            | Self::ReferralAgreed
            | Self::ReferralMade
            | Self::ReferralDeclined => Direction::In,
            _ => Direction::None,
        }
    }

    /// Whether it puts a question to them. News and thanks ask for nothing, and a plea for an introduction goes to someone else.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Requested | Self::Asked | Self::FollowedUp | Self::ReferralAsked)
    }

    /// Whether it shows that they answered: a talk with a date was agreed on, while for an introduction someone else acted.
    pub fn answers(self) -> bool {
        let agreed = matches!(self, Self::Scheduled | Self::Rescheduled | Self::Held);
        agreed || (self.direction() == Direction::In && self != Self::Introduced)
    }

    /// Whether it may be taken back: everything but the start and a taking-back itself.
    pub const fn is_undoable(self) -> bool {
        !matches!(self, Self::Found | Self::AlreadyConnected | Self::Undone)
    }

    /// Whether the user sent words for it: it can have a text, a channel and a template.
    ///
    /// Together with [`is_touch`](Self::is_touch) it says that the words went to this very person.
    pub const fn is_outgoing_message(self) -> bool {
        matches!(
            self,
            Self::Requested
                | Self::IntroductionAsked
                | Self::Asked
                | Self::FollowedUp
                | Self::MovingOnNote
                | Self::Thanked
                | Self::Wrote
                | Self::ReferralAsked
                | Self::ReferralTold
        )
    }

    /// Whether the event speaks of a date besides its own: [`Event::until`].
    pub const fn takes_date(self) -> bool {
        matches!(self, Self::Snoozed | Self::AnsweredLater | Self::Scheduled | Self::Rescheduled)
    }

    /// What the user may record by hand on a contact of this stage, the likeliest first.
    ///
    /// Not among them: what has a form of its own (talks, referrals, answers on introductions), what follows from adding a contact (found), and
    /// what is done to a step or to the history (put off, done in another way, dismissed, undone).
    pub const fn offered(stage: Stage) -> &'static [Self] {
        match stage {
            Stage::Identified => &[
                Self::Picked,
                Self::Requested,
                Self::IntroductionAsked,
                Self::Introduced,
                Self::AlreadyConnected,
                Self::Met,
                Self::Asked,
                Self::Wrote,
                Self::Replied,
                Self::Commented,
                Self::MovedOn,
            ],
            Stage::Requested => &[
                Self::Accepted,
                Self::Introduced,
                Self::Replied,
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::AnsweredNo,
                Self::SentOn,
                Self::SecondPersonAsked,
                Self::IntroductionAsked,
                Self::Requested,
                Self::Asked,
                Self::Met,
                Self::Wrote,
                Self::Commented,
                Self::MovedOn,
            ],
            Stage::Connected => &[
                Self::Asked,
                Self::Picked,
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::AnsweredNo,
                Self::SentOn,
                Self::Introduced,
                Self::Replied,
                Self::Wrote,
                Self::Met,
                Self::Commented,
                Self::Thanked,
                Self::MovedOn,
            ],
            Stage::Asked => &[
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::AnsweredNo,
                Self::SentOn,
                Self::FollowedUp,
                Self::MovingOnNote,
                Self::Replied,
                Self::Asked,
                Self::Wrote,
                Self::Met,
                Self::Commented,
                Self::Thanked,
                Self::MovedOn,
            ],
            Stage::Scheduled => &[
                Self::Prepared,
                Self::AnsweredInWriting,
                Self::AnsweredLater,
                Self::AnsweredNo,
                Self::SentOn,
                Self::Replied,
                Self::Wrote,
                Self::Met,
                Self::Commented,
                Self::Thanked,
                Self::MovedOn,
            ],
            Stage::Spoke => &[
                Self::Thanked,
                Self::SentOn,
                Self::Asked,
                Self::AnsweredYes,
                Self::AnsweredNo,
                Self::Replied,
                Self::Wrote,
                Self::Met,
                Self::Commented,
                Self::MovedOn,
            ],
            Stage::InTouch => &[
                Self::Wrote,
                Self::Replied,
                Self::Met,
                Self::Commented,
                Self::Thanked,
                Self::Asked,
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::AnsweredNo,
                Self::SentOn,
                Self::MovedOn,
            ],
            Stage::MovedOn => &[
                Self::Reopened,
                Self::Accepted,
                Self::Introduced,
                Self::Replied,
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::AnsweredNo,
                Self::SentOn,
                Self::Met,
                Self::Wrote,
            ],
            Stage::Declined => &[
                Self::Reopened,
                Self::AnsweredYes,
                Self::AnsweredLater,
                Self::AnsweredInWriting,
                Self::SentOn,
                Self::Replied,
                Self::Met,
                Self::Wrote,
            ],
        }
    }
}
