//! Where a search is stuck, as its numbers tell: what a coach looks at first.
//!
//! # What is said, the first that holds
//!
//! | what | when |
//! |---|---|
//! | thanks are late | a talk was held, and its thank-you is past its day |
//! | no companies | none on the list, and no one asked |
//! | no one asked | companies, but neither a request nor an answer |
//! | no answer | someone asked, no one ever answered, and the first of them was asked two weeks ago |
//! | no talk asked for | someone answered, three days ago at least, and no one was asked for a talk |
//! | no talk held | talks asked for, none held, and the last was asked for two weeks ago |
//! | no referral asked for | five talks held, and no one was asked for a referral |
//! | silence | someone was asked since the last answer, which is two weeks old |
//!
//! Everything else is on the way. More of anything that is done never makes a search more stuck at the step it is of.

use jiff::civil::Date;

/// Days of silence after which it is said.
const SILENCE: i32 = 14;
/// Days someone who answered may wait for what comes next.
const PATIENCE: i32 = 3;
/// Talks after which someone will have been asked for a referral.
const MANY_TALKS: i64 = 5;

/// What is counted of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// On the list, and not ruled out.
    pub companies: i64,
    /// People who were sent a request, or to whom an introduction was asked for.
    pub asked: i64,
    pub first_asked_on: Option<Date>,
    pub last_asked_on: Option<Date>,
    /// People who answered, were met or introduced.
    pub connected: i64,
    /// Whatever the answer was.
    pub last_answer_on: Option<Date>,
    /// People asked for a talk.
    pub talks_asked: i64,
    pub last_talk_asked_on: Option<Date>,
    pub talks: i64,
    /// Talks whose thank-you is late.
    pub thanks_late: i64,
    pub referrals_asked: i64,
}

/// Where a search is stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    ThanksLate {
        talks: i64,
    },
    NoCompanies,
    NoOneAsked {
        companies: i64,
    },
    NoAnswer {
        asked: i64,
        days: i32,
    },
    NoTalkAsked {
        connected: i64,
    },
    NoTalkHeld {
        asked: i64,
        days: i32,
    },
    NoReferralAsked {
        talks: i64,
    },
    /// Others answered before.
    Silence {
        days: i32,
    },
}

/// Where a search is stuck on `today`; nothing while it is on the way.
pub fn stuck(of: &Figures, today: Date) -> Option<Stuck> {
    let days_since = |day: Option<Date>| day.map(|day| (today - day).get_days());
    let past = |day: Option<Date>, days: i32| days_since(day).filter(|since| *since >= days);
    if of.thanks_late > 0 && of.talks > 0 {
        return Some(Stuck::ThanksLate { talks: of.talks });
    }
    if of.connected == 0 && of.talks == 0 {
        return match (of.companies, of.asked) {
            (0, 0) => Some(Stuck::NoCompanies),
            (companies, 0) => Some(Stuck::NoOneAsked { companies }),
            (_, asked) => {
                past(of.first_asked_on.max(of.last_answer_on), SILENCE).map(|days| Stuck::NoAnswer { asked, days })
            }
        };
    }
    if of.talks == 0 && of.talks_asked == 0 {
        return past(of.last_answer_on, PATIENCE).map(|_| Stuck::NoTalkAsked { connected: of.connected });
    }
    if of.talks == 0 {
        return past(of.last_talk_asked_on, SILENCE).map(|days| Stuck::NoTalkHeld { asked: of.talks_asked, days });
    }
    if of.talks >= MANY_TALKS && of.referrals_asked == 0 {
        return Some(Stuck::NoReferralAsked { talks: of.talks });
    }
    let waits = of.last_asked_on > of.last_answer_on;
    past(of.last_answer_on, SILENCE).filter(|_| waits).map(|days| Stuck::Silence { days })
}
