//! How the talks themselves went: confidence, and who spoke.

use jiff::civil::Date;

use super::ledger::{Ledger, Talk};
use super::period::Period;

/// The share of a good talk that is theirs, in per cent.
pub const GOOD_SHARE: std::ops::RangeInclusive<i16> = 50..=80;

/// The first and the last so many talks are compared.
const COMPARED: usize = 3;

/// A talk with a figure before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidence {
    pub on: Date,
    pub before: i16,
    pub after: i16,
}

/// The talks held in the period, in order.
pub fn talks(ledger: &Ledger, period: Period) -> Vec<Talk> {
    ledger.talks.iter().filter(|talk| period.contains(talk.on)).copied().collect()
}

/// Those of which the user noted both figures.
pub fn confidence(talks: &[Talk]) -> Vec<Confidence> {
    talks.iter().filter_map(|talk| Some(Confidence { on: talk.on, before: talk.before?, after: talk.after? })).collect()
}

/// 'You went in at 2.0 and now go in at 3.5': the first and the last three talks, once there are enough to compare.
pub fn it_gets_easier(curve: &[Confidence]) -> Option<String> {
    if curve.len() < 2 * COMPARED {
        return None;
    }
    let mean = |talks: &[Confidence]| talks.iter().map(|talk| f64::from(talk.before)).sum::<f64>() / talks.len() as f64;
    let (first, last) = (mean(&curve[..COMPARED]), mean(&curve[curve.len() - COMPARED..]));
    Some(match last - first {
        change if change >= 0.5 => {
            format!(
                "It gets easier: before your first three talks you felt {first:.1} of 5, before the last three {last:.1}."
            )
        }
        change if change <= -0.5 => {
            format!(
                "The last three felt harder to go into ({last:.1} of 5) than the first ({first:.1}). A shorter plan of questions may help."
            )
        }
        _ => format!("Before your talks you feel about {last:.1} of 5, much as at the beginning."),
    })
}

/// Talks of which the share is known, and how many of them were within the good range.
pub fn shares(talks: &[Talk]) -> (Vec<(Date, i16)>, usize) {
    let known: Vec<(Date, i16)> = talks.iter().filter_map(|talk| Some((talk.on, talk.their_share?))).collect();
    let good = known.iter().filter(|(_, share)| GOOD_SHARE.contains(share)).count();
    (known, good)
}
