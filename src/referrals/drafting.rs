//! The message of a referral's next step, of all that is known of it: for its page, and for assistants.

use super::message::{About, Draft, draft};
use super::queries::whole::ReferralDetail;
use crate::accounts::preferences::Preferences;
use crate::accounts::visit::Person;
use crate::documents::document::attached;
use crate::openings::role_number;

/// How a message brings the resume: its address, or that it is attached; nothing where there is none.
pub fn resume(referral: &ReferralDetail, preferences: &Preferences) -> Option<String> {
    let address = Some(preferences.resume_url.clone()).filter(|address| !address.is_empty());
    address.or_else(|| attached(&referral.sent))
}

/// The message, in the wording of that key or else in the one that fits best; nothing where none is to be written.
pub fn drafted(referral: &ReferralDetail, person: &Person, wording: &str) -> Option<Draft> {
    let preferences = &person.preferences;
    let role_number = role_number::of(referral.role_number.as_deref(), referral.opening_url.as_deref());
    let resume = resume(referral, preferences).unwrap_or_default();
    let about = About {
        name: &referral.name,
        warmth: referral.warmth,
        has_email: referral.email.is_some(),
        company: &referral.company,
        opening: referral.opening_title.as_deref().map(|title| (title, referral.opening_url.as_deref())),
        role_number: role_number.as_deref(),
        opening_status: referral.opening_status,
        outcome: referral.outcome,
        my_name: &person.name,
        target_role: preferences.target_roles.first().map(String::as_str),
        fit: referral.fit.as_deref(),
        resume: &resume,
        note_limit: preferences.note_limit,
    };
    draft(referral.next_step?, &about, &referral.templates, wording)
}
