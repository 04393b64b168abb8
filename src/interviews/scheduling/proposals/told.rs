//! An offer of times in words: for the one who reads it, and of what may be awkward about it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::contacts::proposal::{self, Clocks};
use crate::interviews::queries::listed::Partner;
use crate::interviews::queries::proposals::{Kept, Offer};
use crate::playbook::name::first_name;
use crate::playbook::talk::Medium;
use crate::web::words;

/// The offer in the words of the person who reads it. What is past is not offered.
pub(super) fn message(kept: &Kept, partner: &Partner, mine: &TimeZone, today: Date, now: Timestamp) -> String {
    let theirs = partner.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    let times: Vec<String> = kept
        .times()
        .into_iter()
        .filter(|at| *at > now)
        .map(|at| format!("- {}", proposal::said(at, today, mine, theirs.as_ref())))
        .collect();
    if times.is_empty() {
        return String::new();
    }
    let how = match kept.way {
        Medium::Video => "by video",
        Medium::Phone => "by phone",
        Medium::InPerson => "in person",
        Medium::InWriting => "in writing",
    };
    let place = kept.place.as_deref().map(|place| format!(" ({place})")).unwrap_or_default();
    let (ask, else_) = match times.len() {
        1 => ("Would this time suit you", "If not"),
        _ => ("Would one of these times suit you", "If none does"),
    };
    let clock = match theirs {
        Some(_) => String::new(),
        None => format!(" ({})", proposal::zone_in_words(mine, now)),
    };
    format!(
        "{ask}? {} minutes, {how}{place}{clock}:\n{}\n{else_}, name one that would, and I will make it work.",
        kept.minutes,
        times.join("\n")
    )
}

/// Which of the times are at night for them: 'Wednesday 9 December, 16:00 is 00:00 for Ken.'
pub(super) fn nights(offer: &Offer, mine: &TimeZone, name: &str, today: Date) -> Vec<String> {
    let clocks = Clocks { mine, theirs: offer.their_zone.as_ref().map(|(_, zone)| zone) };
    let told = |at: &Timestamp| {
        let night = clocks.night(*at)?;
        Some(format!("{} is {night} for {}.", words::moment(*at, mine, today), first_name(name)))
    };
    offer.times.iter().filter_map(told).collect()
}
