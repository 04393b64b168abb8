//! Everything that happened in a search, as far as it is counted.

use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use crate::ids::{CompanyId, ContactId, InterviewId, OpeningId, ReferralId};
use crate::kinds::kinds;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::opening::Status;
use crate::playbook::warmth::Warmth;

kinds! {
    /// How far the user has got at a company.
    pub enum Coverage {
        Nobody = "nobody", "No one found yet";
        Found = "found", "Someone found";
        Contacted = "contacted", "Written to";
        Talked = "talked", "Talked";
        Referral = "referral", "Referral asked for";
    }
}

/// A touchpoint that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Its id: within a day the smaller came first.
    pub id: Uuid,
    pub kind: Kind,
    pub on: Date,
    pub contact: ContactId,
    pub warmth: Warmth,
    pub channel: Option<Channel>,
    /// The key of a built-in template, or the id of an own one; and which wording of it.
    pub template: Option<(String, i32)>,
    /// The name of an own template.
    pub template_name: Option<String>,
    pub interview: Option<InterviewId>,
    pub referral: Option<ReferralId>,
}

/// A company on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Company {
    pub id: CompanyId,
    pub added_on: Date,
    /// When the first contact there was found.
    pub first_contact_on: Option<Date>,
    pub coverage: Coverage,
}

/// A change of an opening's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Move {
    pub opening: OpeningId,
    pub to: Status,
    pub on: Date,
}

/// A referral that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Made {
    pub id: ReferralId,
    pub opening: Option<OpeningId>,
    pub on: Date,
}

/// A talk that was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Talk {
    pub id: InterviewId,
    pub on: Date,
    /// How sure the user felt, 1 to 5.
    pub before: Option<i16>,
    pub after: Option<i16>,
    /// How much of the talk was theirs, in per cent.
    pub their_share: Option<i16>,
}

/// The whole search.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// In the order in which they happened.
    pub touches: Vec<Touch>,
    pub companies: Vec<Company>,
    pub moves: Vec<Move>,
    pub made: Vec<Made>,
    /// In the order in which they were held.
    pub talks: Vec<Talk>,
}

impl Ledger {
    /// The same in the order of events: by day, within a day by id.
    pub fn in_order(mut self) -> Self {
        self.touches.sort_by_key(|touch| (touch.on, touch.id));
        self.touches.dedup_by_key(|touch| touch.id);
        self.moves.sort_by_key(|change| (change.on, change.opening));
        self.talks.sort_by_key(|talk| (talk.on, talk.id));
        self
    }

    /// The day of the first thing the user did or added; none for an empty search.
    pub fn began_on(&self) -> Option<Date> {
        let touches = self.touches.iter().filter(|touch| touch.kind.is_outgoing_message()).map(|touch| touch.on);
        touches.chain(self.companies.iter().map(|company| company.added_on)).min()
    }
}
