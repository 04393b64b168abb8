//! The words of a talk that stand nowhere else: whose clock, what became of it, whose promise.

use crate::kinds::kinds;
use crate::playbook::event::Kind;
use crate::playbook::talk::Status;

kinds! {
    /// Whose clock a time was read from.
    pub enum Clock {
        Mine = "mine", "My time";
        Theirs = "theirs", "Their time";
    }
}

kinds! {
    /// What became of a talk.
    pub enum Outcome {
        Held = "held", "It took place";
        Cancelled = "cancelled", "It was cancelled";
        NoShow = "no_show", "It did not take place";
    }
}

impl Outcome {
    /// The line it makes in the history.
    pub fn kind(self) -> Kind {
        match self {
            Self::Held => Kind::Held,
            Self::Cancelled => Kind::Cancelled,
            Self::NoShow => Kind::NoShow,
        }
    }

    /// Where the talk stands then.
    pub fn status(self) -> Status {
        match self {
            Self::Held => Status::Held,
            Self::Cancelled => Status::Cancelled,
            Self::NoShow => Status::NoShow,
        }
    }
}

kinds! {
    /// Whether a referral was spoken of.
    pub enum ReferralTalk {
        Asked = "asked", "Asked";
        WillAsk = "will_ask", "Will ask";
        NotNow = "not_now", "Not now";
    }
}

kinds! {
    /// Whose promise it is.
    pub enum Whose {
        Mine = "mine", "I will";
        Theirs = "theirs", "They will";
    }
}

kinds! {
    /// What a caught line is.
    pub enum Catch {
        Mine = "mine", "I will";
        Theirs = "theirs", "They will";
        Insight = "insight", "Insight";
        /// Someone they suggested.
        Person = "person", "Person";
        /// A role that was spoken of.
        Opening = "opening", "Opening";
    }
}

kinds! {
    /// What is made of a caught line.
    pub enum Filing {
        Mine = "mine", "I will";
        Theirs = "theirs", "They will";
        Insight = "insight", "Insight";
        Person = "person", "Person";
        Opening = "opening", "Opening";
        /// Something to write to them about, one day.
        Reason = "reason", "Reason to write";
        Nothing = "nothing", "Discard";
    }
}

impl From<Catch> for Filing {
    fn from(caught: Catch) -> Self {
        match caught {
            Catch::Mine => Self::Mine,
            Catch::Theirs => Self::Theirs,
            Catch::Insight => Self::Insight,
            Catch::Person => Self::Person,
            Catch::Opening => Self::Opening,
        }
    }
}

kinds! {
    /// Who speaks.
    pub enum Speaker {
        Me = "me", "I speak";
        Them = "them", "They speak";
    }
}
