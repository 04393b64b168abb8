//! Who puts her forward.

use Status::{Agreed, Asked, Declined, Made, ToAsk, Withdrawn};

use super::parts::Referral;
use crate::playbook::referral::{Mechanic, Outcome, Status};

const fn referral(contact: &'static str, opening: Option<&'static str>, status: Status, asked: i16) -> Referral {
    Referral {
        contact,
        opening,
        status,
        way: None,
        outcome: None,
        asked: Some(asked),
        reminded: None,
        agreed: None,
        made: None,
        told: None,
        closed: None,
        note: "",
    }
}

/// The furthest first.
pub const REFERRALS: &[Referral] = &[
    Referral {
        way: Some(Mechanic::ApplyAndSpeak),
        outcome: Some(Outcome::Offer),
        agreed: Some(34),
        made: Some(33),
        told: Some(14),
        note: "The offer is two days old; Barbara should hear it from me.",
        ..referral("Barbara Liskov", Some("Clinical data analyst"), Made, 36)
    },
    Referral {
        way: Some(Mechanic::HandIn),
        outcome: Some(Outcome::Interview),
        agreed: Some(20),
        made: Some(17),
        told: Some(10),
        note: "Mary handed my two pages to Katherine herself.",
        ..referral("Mary Jackson", Some("Information analyst"), Made, 21)
    },
    Referral {
        way: Some(Mechanic::Introduction),
        outcome: Some(Outcome::Interview),
        agreed: Some(26),
        made: Some(25),
        told: Some(24),
        asked: None,
        ..referral("Stephanie Shirley", Some("Analyst, spring class"), Made, 26)
    },
    Referral {
        way: Some(Mechanic::Link),
        agreed: Some(4),
        note: "She needs the opening's address and three lines.",
        ..referral("Joan Clarke", Some("Junior data analyst"), Agreed, 7)
    },
    Referral {
        reminded: Some(12),
        note: "Asked in general; budgets are decided in March.",
        ..referral("Radia Perlman", Some("Analyst for rota explanations"), Asked, 19)
    },
    Referral {
        note: "Once the text is posted, and once she is thanked.",
        ..referral("Mary Allen Wilkes", Some("Analyst for missed appointments"), ToAsk, -6)
    },
    Referral { note: "After the spring grant round.", ..referral("Grace Hopper", None, ToAsk, -30) },
    Referral {
        closed: Some(18),
        note: "She chooses for this one herself and reads my application. As good as a yes.",
        ..referral("Margaret Hamilton", Some("Claims data analyst"), Declined, 22)
    },
    Referral {
        way: Some(Mechanic::Link),
        agreed: Some(41),
        outcome: Some(Outcome::Rejected),
        made: Some(40),
        told: Some(20),
        ..referral("Annie Easley", Some("Turnaround analyst"), Made, 43)
    },
    Referral {
        closed: Some(29),
        note: "Withdrew when no post was in sight; we help each other anyway.",
        ..referral("Betty Holberton", None, Withdrawn, 38)
    },
];
