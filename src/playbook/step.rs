//! The one thing to do next with a contact.

use super::event::Kind;
use crate::kinds::kinds;

kinds! {
    /// What to do next.
    pub enum Step {
        /// Send the connection request, or ask for the introduction.
        Request = "request", "Send a connection request";
        /// The request waits: ask a second person at the same company.
        AskSecondPerson = "ask_second_person", "Ask someone else there";
        /// The request still waits: try another way in, or move on.
        TryAnotherWay = "try_another_way", "Try another way, or move on";
        /// Ask for a talk.
        AskForTalk = "ask_for_talk", "Ask for a talk";
        /// First follow-up on the plea for a talk.
        FollowUp = "follow_up", "Follow up";
        /// Second follow-up: offer to take the questions in writing.
        FollowUpAgain = "follow_up_again", "Follow up again, offer to do it in writing";
        /// The note that leaves the door open.
        SendMovingOnNote = "send_moving_on_note", "Send the moving-on note";
        /// They said yes: agree on a time.
        SetTime = "set_time", "Agree on a time";
        /// Prepare the talk.
        Prepare = "prepare", "Prepare the talk";
        /// Hold the talk, then say how it went.
        Hold = "hold", "Hold the talk";
        /// Thank them.
        Thank = "thank", "Thank them";
        /// Write, with a reason.
        Write = "write", "Write to keep in touch";
    }
}

impl Step {
    /// What is recorded when the step was done as proposed.
    ///
    /// `None` where doing it needs a further word: which other way was tried, or which time was agreed on.
    pub const fn done_as(self) -> Option<Kind> {
        match self {
            Self::Request => Some(Kind::Requested),
            Self::AskSecondPerson => Some(Kind::SecondPersonAsked),
            Self::AskForTalk => Some(Kind::Asked),
            Self::FollowUp | Self::FollowUpAgain => Some(Kind::FollowedUp),
            Self::SendMovingOnNote => Some(Kind::MovingOnNote),
            Self::Prepare => Some(Kind::Prepared),
            Self::Hold => Some(Kind::Held),
            Self::Thank => Some(Kind::Thanked),
            Self::Write => Some(Kind::Wrote),
            Self::TryAnotherWay | Self::SetTime => None,
        }
    }

    /// What the step becomes by itself when its day comes and nothing has happened.
    pub const fn turns_into(self) -> Option<Self> {
        match self {
            Self::AskSecondPerson => Some(Self::TryAnotherWay),
            Self::Prepare => Some(Self::Hold),
            _ => None,
        }
    }

    /// Whether the step can be dismissed; a talk that has a date is held, moved or cancelled instead.
    pub const fn is_dismissable(self) -> bool {
        !matches!(self, Self::Hold)
    }
}
