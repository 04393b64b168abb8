//! Referrals: where each stands, what to do next about it, and who does what once they agreed.
//!
//! | status | next step | due |
//! |---|---|---|
//! | to ask | ask | when planned |
//! | asked | one gentle reminder, then let it rest | 5 business days after asking |
//! | agreed | one reminder that makes it easy, then let it rest | 5 business days after they agreed |
//! | agreed, and all that was to be done for it is done | see whether it is made | the day the last of it was done |
//! | made | tell and thank: for the referral itself, then for every change of the opening | the next business day |
//! | declined, withdrawn | none | - |
//!
//! A step the user put off, or planned, is due on the day they chose, though it be a weekend; a day off moves it to the next business day.
//! Once the opening is over, nobody is asked or reminded for it any more.
//!
//! | number | source |
//! |---|---|
//! | one reminder after 5 business days, asked or agreed | a week of business days, and never a second: our choice ([`Cadence::referral_reminder_days`]) |
//! | tell and thank after 1 business day | custom, as with every thank-you ([`Cadence::thank_you_days`]) |

use jiff::civil::Date;

use super::cadence::Cadence;
use super::stage::Stage;
use super::{opening, step};
use crate::kinds::kinds;

kinds! {
    /// Where a referral stands. Declined and withdrawn are nobody's fault.
    pub enum Status {
        ToAsk = "to_ask", "To ask";
        Asked = "asked", "Asked";
        Agreed = "agreed", "Agreed";
        Made = "made", "Made";
        Declined = "declined", "Declined";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

kinds! {
    /// How referring works at the company.
    pub enum Mechanic {
        /// They send a link to apply through.
        Link = "link", "Referral link";
        /// They give the résumé to whoever hires.
        HandIn = "hand_in", "They hand in the résumé";
        /// The user applies online, and they speak to the team.
        ApplyAndSpeak = "apply_and_speak", "Apply online, and they speak to the team";
        /// They connect the user with the hiring manager.
        Introduction = "introduction", "Introduction to the hiring manager";
    }
}

kinds! {
    /// What came of a referral.
    pub enum Outcome {
        Interview = "interview", "Interview";
        Offer = "offer", "Offer";
        Hired = "hired", "Hired";
        Rejected = "rejected", "Rejected";
        NoNews = "no_news", "No news";
    }
}

kinds! {
    /// What to do next about a referral; there may be nothing.
    pub enum ReferralStep {
        Ask = "ask", "Ask for a referral";
        /// They have not answered: once, gently.
        Remind = "remind", "Remind them gently";
        /// They agreed: link, résumé and role in one message.
        RemindToMake = "remind_to_make", "Make it easy for them";
        /// All that the two had to do for it is done.
        ConfirmMade = "confirm_made", "Is it made?";
        /// Something happened: tell them, and thank them.
        TellAndThank = "tell_and_thank", "Tell them and thank them";
    }
}

kinds! {
    /// Who has something to do.
    pub enum Whose {
        Mine = "mine", "Mine";
        Theirs = "theirs", "Theirs";
    }
}

/// When things happened to a referral: civil dates in the user's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// The day the user means to take the next step on: to ask, or whatever was put off. No step is due before it.
    pub planned_on: Option<Date>,
    /// When the user asked.
    pub asked_on: Option<Date>,
    /// When they agreed.
    pub agreed_on: Option<Date>,
    /// When the last of what the two had to do for it was done.
    pub tasks_done_on: Option<Date>,
    /// When the user last reminded them, of the asking or of the making.
    pub reminded_on: Option<Date>,
    /// When they made it.
    pub made_on: Option<Date>,
    /// When the opening's status last changed.
    pub opening_changed_on: Option<Date>,
    /// When the user last told and thanked them.
    pub told_on: Option<Date>,
    /// How far the opening is, where it is for one.
    pub opening: Option<opening::Status>,
}

/// The one thing to do next about a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// What to do.
    pub step: ReferralStep,
    /// When; `None` while nothing is planned, or when the day it counts from is not known.
    pub due: Option<Date>,
}

/// What to do next about a referral, by the table of this module; `None` where it rests.
pub fn next(status: Status, dates: &Dates, cadence: &Cadence) -> Option<Next> {
    let reminder = |since: Option<Date>| since.map(|day| cadence.after(day, cadence.referral_reminder_days));
    // A reminder of the day they agreed was still one of the asking.
    let reminded_since_agreed = dates.reminded_on > dates.agreed_on;
    let planned = dates.planned_on.map(|day| cadence.as_chosen(day));
    let next = match status {
        Status::ToAsk | Status::Asked | Status::Agreed if is_over(dates.opening) => None,
        Status::ToAsk => Some(Next { step: ReferralStep::Ask, due: planned }),
        Status::Asked if dates.reminded_on.is_none() => {
            Some(Next { step: ReferralStep::Remind, due: reminder(dates.asked_on) })
        }
        Status::Agreed if dates.tasks_done_on.is_some() => {
            Some(Next { step: ReferralStep::ConfirmMade, due: dates.tasks_done_on.map(|day| cadence.on_or_after(day)) })
        }
        Status::Agreed if !reminded_since_agreed => {
            Some(Next { step: ReferralStep::RemindToMake, due: reminder(dates.agreed_on) })
        }
        Status::Made => {
            let news = dates.made_on.max(dates.opening_changed_on);
            let untold = dates.told_on.is_none() || dates.told_on < news;
            untold.then(|| Next {
                step: ReferralStep::TellAndThank,
                due: news.map(|day| cadence.after(day, cadence.thank_you_days)),
            })
        }
        Status::Asked | Status::Agreed | Status::Declined | Status::Withdrawn => None,
    };
    next.map(|next| Next { due: next.due.max(planned), ..next })
}

/// Whether nothing can come of the opening any more; what is for the company alone is never over.
fn is_over(opening: Option<opening::Status>) -> bool {
    opening.is_some_and(|status| !status.is_open())
}

impl Status {
    /// Whether what the two had to do for it is still to be done.
    pub fn has_open_tasks(self, opening: Option<opening::Status>) -> bool {
        self == Self::Agreed && !is_over(opening)
    }
}

/// Whether someone may be asked for a referral: they talked with the user, or said yes to a talk. Anyone else is asked for a
/// talk first.
pub const fn may_be_asked(stage: Stage, step: Option<step::Step>) -> bool {
    match stage {
        Stage::Spoke | Stage::InTouch | Stage::Scheduled => true,
        Stage::Connected | Stage::Asked => matches!(step, Some(step::Step::SetTime)),
        Stage::Identified | Stage::Requested | Stage::MovedOn | Stage::Declined => false,
    }
}

impl Dates {
    /// How far the dates say a referral is: where it goes back to when an answer or an ending is taken back.
    pub const fn status(&self) -> Status {
        match self {
            Self { made_on: Some(_), .. } => Status::Made,
            Self { agreed_on: Some(_), .. } => Status::Agreed,
            Self { asked_on: Some(_), .. } => Status::Asked,
            _ => Status::ToAsk,
        }
    }
}

impl Outcome {
    /// Whether it led somewhere.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Interview | Self::Offer | Self::Hired)
    }

    /// What the status of the opening says about the referrals made for it; nothing while the application only lies there.
    pub const fn of_opening(status: opening::Status) -> Option<Self> {
        match status {
            opening::Status::Screening | opening::Status::Interviewing => Some(Self::Interview),
            opening::Status::Offer => Some(Self::Offer),
            opening::Status::Accepted => Some(Self::Hired),
            opening::Status::Rejected => Some(Self::Rejected),
            opening::Status::Watching
            | opening::Status::Applied
            | opening::Status::Withdrawn
            | opening::Status::Closed => None,
        }
    }
}

/// One line of what a way to refer asks of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// Who does it.
    pub whose: Whose,
    /// What, in the user's words.
    pub text: &'static str,
    /// By when, in business days after they agreed; 0 is the same day.
    pub after_business_days: u8,
}

const fn mine(text: &'static str, after_business_days: u8) -> Task {
    Task { whose: Whose::Mine, text, after_business_days }
}

const fn theirs(text: &'static str, after_business_days: u8) -> Task {
    Task { whose: Whose::Theirs, text, after_business_days }
}

const LINK: &[Task] = &[
    mine("Send the link to the role and the e-mail address to refer", 0),
    theirs("Send the referral link", 3),
    mine("Apply through the referral link", 5),
    mine("Tell them that the application is in", 5),
];

const HAND_IN: &[Task] = &[
    mine("Send the résumé and the role's link in one message", 0),
    mine("Add three lines on why it fits, for them to pass on", 0),
    theirs("Hand in the résumé", 3),
    mine("Ask whether to apply online as well", 3),
];

const APPLY_AND_SPEAK: &[Task] = &[
    mine("Apply online", 1),
    mine("Send them the role's link and the day of the application", 1),
    theirs("Speak to the team", 3),
    mine("Ask how the team took it", 5),
];

const INTRODUCTION: &[Task] = &[
    mine("Send a short note on who I am that they can forward", 0),
    theirs("Write the introduction to the hiring manager", 3),
    mine("Answer the introduction the day it comes, and propose a time", 3),
    mine("Tell them how the talk went", 5),
];

impl Task {
    /// The date it is to be done by.
    pub fn due(&self, agreed_on: Date, cadence: &Cadence) -> Date {
        cadence.add_business_days(agreed_on, self.after_business_days)
    }
}

impl Mechanic {
    /// Who does what, in order of the days it is due on.
    pub const fn tasks(self) -> &'static [Task] {
        match self {
            Self::Link => LINK,
            Self::HandIn => HAND_IN,
            Self::ApplyAndSpeak => APPLY_AND_SPEAK,
            Self::Introduction => INTRODUCTION,
        }
    }
}
