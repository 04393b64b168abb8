//! Who puts her forward.

use super::Referral;

const fn referral(contact: &'static str, opening: Option<&'static str>, status: &'static str, asked: i16) -> Referral {
    Referral {
        contact,
        opening,
        status,
        way: None,
        outcome: None,
        asked,
        agreed: None,
        made: None,
        told: None,
        note: "",
    }
}

/// The furthest first.
pub const REFERRALS: &[Referral] = &[
    Referral {
        way: Some("apply_and_speak"),
        outcome: Some("offer"),
        agreed: Some(34),
        made: Some(33),
        told: Some(14),
        note: "The offer is two days old; Barbara should hear it from me.",
        ..referral("Barbara Liskov", Some("Clinical data analyst"), "made", 36)
    },
    Referral {
        way: Some("hand_in"),
        outcome: Some("interview"),
        agreed: Some(20),
        made: Some(17),
        told: Some(10),
        note: "Mary handed my two pages to Katherine herself.",
        ..referral("Mary Jackson", Some("Information analyst"), "made", 21)
    },
    Referral {
        way: Some("introduction"),
        outcome: Some("interview"),
        agreed: Some(26),
        made: Some(25),
        told: Some(24),
        ..referral("Stephanie Shirley", Some("Analyst, spring class"), "made", 26)
    },
    Referral {
        way: Some("link"),
        agreed: Some(9),
        note: "She needs the opening's address and three lines.",
        ..referral("Joan Clarke", Some("Junior data analyst"), "agreed", 12)
    },
    Referral {
        note: "Asked in general; budgets are decided in March.",
        ..referral("Radia Perlman", Some("Analyst for rota explanations"), "asked", 19)
    },
    Referral {
        note: "Once the text is posted, and once she is thanked.",
        ..referral("Mary Allen Wilkes", Some("Analyst for missed appointments"), "to_ask", -6)
    },
    Referral { note: "After the spring grant round.", ..referral("Grace Hopper", None, "to_ask", -30) },
    Referral {
        note: "She chooses for this one herself and reads my application. As good as a yes.",
        ..referral("Margaret Hamilton", Some("Claims data analyst"), "declined", 22)
    },
    Referral {
        way: Some("link"),
        agreed: Some(41),
        outcome: Some("rejected"),
        made: Some(40),
        told: Some(20),
        ..referral("Annie Easley", Some("Turnaround analyst"), "made", 43)
    },
    Referral {
        note: "Withdrew when no post was in sight; we help each other anyway.",
        ..referral("Betty Holberton", None, "withdrawn", 38)
    },
];
