//! What programs can write, kind by kind. Each deed goes the way of the page that does the same.

use schemars::{Schema, SchemaGenerator};

use super::things::Thing;

pub mod companies;
pub mod contacts;
pub mod insights;
pub mod interviews;
pub mod notes;
pub mod nothing;
pub mod openings;
pub mod referrals;
pub mod today;
pub mod touchpoints;

/// A deed as it is described.
pub struct Described {
    /// `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Its address.
    pub path: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What is answered; nothing where it is no thing that can be read.
    pub thing: Option<Thing>,
    /// It needs `If-Match`.
    pub is_change: bool,
    /// It makes something new.
    pub is_new: bool,
    /// What is sent.
    pub sent: fn(&mut SchemaGenerator) -> Schema,
}

/// THE table of deeds, handed to another macro: method, address, handler, what the address names, what is sent, what is answered,
/// and what it does. An address names nothing, and something new is made (`none`) or not (`once`); an id, and something new is made
/// (`under`) or not (`id`); two ids; or an id that goes with `If-Match` (`change`).
macro_rules! with_deeds {
    ($make:ident) => {
        $make! {
            POST "/api/v1/companies" add_company none companies::AddCompany => Company, "Add a company";
            PATCH "/api/v1/companies/{id}" change_company change companies::ChangeCompany => Company, "Change what is known of a company";
            DELETE "/api/v1/companies/{id}" delete_company id companies::BinCompany => Company, "Put a company in the bin";
            POST "/api/v1/companies/{id}/restorations" restore_company id companies::RestoreCompany => Company, "Take a company out of the bin";
            POST "/api/v1/companies/{id}/ratings" rate_company id companies::RateCompany => Company, "Say how much one wants to work there";
            POST "/api/v1/companies/{id}/statuses" set_company_status id companies::SetStatus => Company, "Say whether it is still a target";
            POST "/api/v1/contacts" add_contact none contacts::AddContact => Contact, "Add a contact";
            PATCH "/api/v1/contacts/{id}" change_contact change contacts::ChangeContact => Contact, "Change what is known of a contact";
            DELETE "/api/v1/contacts/{id}" delete_contact id contacts::BinContact => Contact, "Put a contact in the bin";
            POST "/api/v1/contacts/{id}/restorations" restore_contact id contacts::RestoreContact => Contact, "Take a contact out of the bin";
            POST "/api/v1/contacts/{id}/skips" skip_step under contacts::SkipStep => Touchpoint, "Skip the next step with a contact";
            POST "/api/v1/touchpoints" write_down none touchpoints::WriteDown => Touchpoint, "Write down what happened with a contact";
            POST "/api/v1/touchpoints/{id}/undos" take_back id touchpoints::TakeBack => Touchpoint, "Undo what was written down";
            POST "/api/v1/interviews" schedule_talk none interviews::ScheduleTalk => Interview, "Set a talk with a contact";
            PATCH "/api/v1/interviews/{id}" change_talk change interviews::TalkFields => Interview, "Move a talk, or change how it is held";
            DELETE "/api/v1/interviews/{id}" delete_talk id interviews::BinTalk => Interview, "Put a talk in the bin";
            POST "/api/v1/interviews/{id}/restorations" restore_talk id interviews::RestoreTalk => Interview, "Take a talk out of the bin";
            POST "/api/v1/interviews/{id}/outcomes" note_outcome id interviews::NoteOutcome => Interview, "Say what became of a talk";
            POST "/api/v1/interviews/{id}/outcomes/undos" undo_outcome id interviews::TakeBackOutcome => Interview, "Undo what was said of a talk: it is to come";
            POST "/api/v1/interviews/{id}/notes" note_talk id notes::NoteTalk => Interview, "Write down what was said in a talk, to be filed when it is wrapped up";
            POST "/api/v1/interviews/{id}/notes/undos" discard_notes id notes::DiscardNotes => Interview, "Discard notes that were written down";
            POST "/api/v1/insights" keep_insight none insights::KeepInsight => Insight, "Keep something that was learned";
            PATCH "/api/v1/insights/{id}" change_insight change insights::InsightFields => Insight, "Change an insight";
            POST "/api/v1/insights/{id}/undos" revert_insight id insights::RevertInsight => Insight, "Undo the last change of an insight";
            DELETE "/api/v1/insights/{id}" delete_insight id insights::BinInsight => Insight, "Put an insight in the bin";
            POST "/api/v1/insights/{id}/restorations" restore_insight id insights::RestoreInsight => Insight, "Take an insight out of the bin";
            POST "/api/v1/openings" add_opening none openings::AddOpening => Opening, "Add an opening";
            PATCH "/api/v1/openings/{id}" change_opening change openings::ChangeOpening => Opening, "Change what is known of an opening";
            DELETE "/api/v1/openings/{id}" delete_opening id openings::BinOpening => Opening, "Put an opening in the bin";
            POST "/api/v1/openings/{id}/restorations" restore_opening id openings::RestoreOpening => Opening, "Take an opening out of the bin";
            POST "/api/v1/openings/{id}/statuses" set_opening_status id openings::MoveOpening => Opening, "Say how far one is with an opening";
            POST "/api/v1/openings/{id}/changes/{change}/undos" undo_opening_status ids openings::MoveBack => Opening, "Undo the latest change of an opening's status";
            POST "/api/v1/referrals" plan_referral none referrals::PlanReferral => Referral, "Plan to ask for a referral";
            PATCH "/api/v1/referrals/{id}" change_referral change referrals::NoteReferral => Referral, "Change what is noted of a referral";
            DELETE "/api/v1/referrals/{id}" delete_referral id referrals::BinReferral => Referral, "Put a referral in the bin";
            POST "/api/v1/referrals/{id}/restorations" restore_referral id referrals::RestoreReferral => Referral, "Take a referral out of the bin";
            POST "/api/v1/referrals/{id}/moves" move_referral id referrals::MoveReferral => Referral, "Say what happened with a referral";
            POST "/api/v1/today/snoozes" snooze once today::Snooze => None, "Snooze something that is due";
            POST "/api/v1/today/snoozes/undos" undo_snooze once today::TakeBackSnooze => None, "Undo a snooze";
            POST "/api/v1/today/done-marks" mark_done once today::MarkDone => None, "Mark a promise, a task or an opening's next step as done";
            POST "/api/v1/today/done-marks/undos" undo_done once today::MarkNotDone => None, "Undo a done mark";
        }
    };
}
pub(super) use with_deeds;

/// The kind of thing of that name.
macro_rules! thing {
    (None) => {
        None
    };
    ($thing:ident) => {
        Some(Thing::$thing)
    };
}

macro_rules! described {
    ($($method:ident $path:literal $handler:ident $names:ident $deed:ty => $thing:ident, $summary:literal;)+) => {
        /// Every deed.
        pub const DEEDS: &[Described] = &[$(Described {
            method: stringify!($method),
            path: $path,
            summary: $summary,
            thing: thing!($thing),
            is_change: matches!(stringify!($names).as_bytes(), b"change"),
            is_new: matches!(stringify!($names).as_bytes(), b"none" | b"under"),
            sent: |schemas| schemas.subschema_for::<$deed>(),
        }),+];
    };
}
with_deeds!(described);
