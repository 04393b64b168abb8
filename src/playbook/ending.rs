//! After the search: what still is due, how often to write, and what each helper did.
//!
//! | still due | quiet |
//! |---|---|
//! | a talk that has a date: prepare it, hold it | requests, second people, other ways in |
//! | thanks owed, also to who referred the user | pleas for a talk, follow-ups, moving-on notes, agreeing on a time |
//! | promises of mine | reminders of theirs, everything a referral asks for |
//! | writing, by the longer rhythm ([`KeepUp`]) | |
//!
//! Quiet steps keep their place and their day: whoever takes the search up again finds all as it was. So do those about a
//! company that is ruled out, or in the bin.

use super::referral;
use super::step::Step;
use crate::kinds::kinds;

/// Whether a step rests once the search is over.
pub const fn is_quiet(step: Step) -> bool {
    !matches!(step, Step::Prepare | Step::Hold | Step::Thank | Step::Write)
}

/// Whether what is next about a referral rests once the search is over; telling and thanking does not.
pub const fn is_quiet_referral(step: referral::ReferralStep) -> bool {
    !matches!(step, referral::ReferralStep::TellAndThank)
}

/// The steps, and those of referrals, that rest once the search is over, as they are stored.
pub fn quiet() -> [Vec<String>; 2] {
    let steps = Step::ALL.iter().filter(|step| is_quiet(**step));
    let referrals = referral::ReferralStep::ALL.iter().filter(|step| is_quiet_referral(**step));
    [steps.map(|step| step.as_str().to_owned()).collect(), referrals.map(|step| step.as_str().to_owned()).collect()]
}

/// What someone did for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Help {
    /// Talks held with them.
    pub talks: i64,
    /// Times they answered in writing.
    pub in_writing: i64,
    /// Times they named someone else.
    pub sent_on: i64,
    /// People known through them.
    pub introduced: i64,
    /// Referrals they agreed to that were not made.
    pub agreed: i64,
    /// Referrals they made.
    pub made: i64,
    /// One of those was for what ended the search.
    pub decisive: bool,
}

kinds! {
    /// What thanks dwell on: the most someone did.
    pub enum Deed {
        Referred = "referred", "Referred you";
        Connected = "connected", "Led you to others";
        Talked = "talked", "Talked with you";
    }
}

impl Help {
    /// Whether they helped at all.
    pub fn is_any(&self) -> bool {
        self.weight() > 0
    }

    /// How much it was, for the order of a list: putting a name to someone weighs most, then opening a door, then time given.
    pub const fn weight(&self) -> i64 {
        let decisive = if self.decisive { 100 } else { 0 };
        decisive
            + self.made * 10
            + self.agreed * 4
            + self.introduced * 4
            + self.sent_on * 3
            + self.talks * 2
            + self.in_writing
    }

    /// What their thanks dwell on.
    pub const fn deed(&self) -> Deed {
        if self.made + self.agreed > 0 {
            Deed::Referred
        } else if self.introduced + self.sent_on > 0 {
            Deed::Connected
        } else {
            Deed::Talked
        }
    }

    /// 'Referred you, twice. Introduced you to 3 people. Talked with you.'
    pub fn in_words(&self) -> String {
        let people = match self.introduced {
            1 => "Led you to one person".to_owned(),
            n => format!("Led you to {n} people"),
        };
        let made = if self.decisive { "Referred you for the role you took" } else { "Referred you" };
        let parts = [
            (self.made, times(made, self.made)),
            (self.agreed, times("Agreed to refer you", self.agreed)),
            (self.introduced, people),
            (self.sent_on, times("Suggested someone else to ask", self.sent_on)),
            (self.talks, times("Talked with you", self.talks)),
            (self.in_writing, times("Answered in writing", self.in_writing)),
        ];
        let said: Vec<String> =
            parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| format!("{words}.")).collect();
        said.join(" ")
    }
}

fn times(what: &str, n: i64) -> String {
    match n {
        ..=1 => what.to_owned(),
        2 => format!("{what}, twice"),
        n => format!("{what}, {n} times"),
    }
}
