//! What a person sets for themselves: one page a section. What goals, intervals and days off move is `follow_up`'s.

pub mod activity;
pub mod away;
pub mod calendar;
pub mod changes;
pub mod cohorts;
pub mod data;
pub mod devices;
pub mod email;
pub mod email_links;
pub mod follow_up;
pub mod holidays;
pub mod identity;
pub mod looks;
pub mod passkeys;
pub mod people;
pub mod profile;
pub mod programs;
pub mod queries;
pub mod reminders;
pub mod search;
pub mod search_form;
pub mod second_step;
pub mod security;

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::folding::folded;
use crate::text::{Line, Problem};
use crate::web::words;

/// A field in which two saved texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's label.
    pub label: &'static str,
    /// What was saved meanwhile.
    pub saved: String,
    /// What was typed here.
    pub mine: String,
}

/// Where two fillings of one form differ; both give the same labels in the same order.
pub fn differences<const N: usize>(
    saved: [(&'static str, String); N],
    mine: [(&'static str, String); N],
) -> Vec<Difference> {
    saved
        .into_iter()
        .zip(mine)
        .filter(|((_, saved), (_, mine))| saved != mine)
        .map(|((label, saved), (_, mine))| Difference { label, saved, mine })
        .collect()
}

/// Reads a whole number within a range.
///
/// # Errors
/// In words that name the range.
pub fn whole(typed: &str, range: RangeInclusive<u16>) -> Result<u16, String> {
    let number = typed.trim().parse().ok().filter(|n| range.contains(n));
    number.ok_or_else(|| format!("Write a whole number from {} to {}", range.start(), range.end()))
}

/// Most lines a list of the settings has.
pub const MOST_LINES: usize = 20;

/// Reads a list, one a line; empty lines and repetitions are left out.
///
/// # Errors
/// The first line that cannot be kept, by its number, or too many.
pub fn lines(typed: &str) -> Result<Vec<String>, String> {
    let mut kept: Vec<String> = Vec::new();
    for (at, line) in typed.lines().enumerate() {
        let line = match Line::<100>::parse(line) {
            Ok(line) => line.as_str().to_owned(),
            Err(Problem::Empty) => continue,
            Err(problem) => return Err(format!("Line {}: {problem}", at + 1)),
        };
        let key = folded(&line);
        if !kept.iter().any(|known| folded(known) == key) {
            kept.push(line);
        }
    }
    match kept.len() {
        0..=MOST_LINES => Ok(kept),
        n => Err(format!("At most {MOST_LINES} lines, this has {n}")),
    }
}

/// 'today, 14:30' for a person in `zone`.
pub fn moment(at: Timestamp, zone: &TimeZone, today: Date) -> String {
    format!("{}, {}", words::day(zone.to_datetime(at).date(), today), words::time(at, zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_one_a_line_without_gaps_and_repetitions() {
        assert_eq!(
            lines("Compiler engineer\r\n\r\n  Language designer \ncompiler ENGINEER\n").unwrap(),
            ["Compiler engineer", "Language designer"]
        );
        assert_eq!(lines(" \n\t\n").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_line_that_cannot_be_kept_is_named() {
        assert!(lines("Fine\n\nWith a bell \u{7}").unwrap_err().starts_with("Line 3: "));
        assert!(lines(&"x".repeat(101)).unwrap_err().starts_with("Line 1: "));
        let many: String = (0..21).map(|n| format!("Role {n}\n")).collect();
        assert_eq!(lines(&many).unwrap_err(), "At most 20 lines, this has 21");
    }

    #[test]
    fn a_whole_number_has_its_range() {
        assert_eq!(whole(" 50 ", 50..=1000), Ok(50));
        for wrong in ["", "49", "1001", "-1", "5.5", "70000", "fifty", "٥٠"] {
            assert_eq!(whole(wrong, 50..=1000).unwrap_err(), "Write a whole number from 50 to 1000", "{wrong}");
        }
    }

    #[test]
    fn only_what_differs_is_shown() {
        let saved = [("Name", "Ada".to_owned()), ("Time zone", "UTC".to_owned())];
        let mine = [("Name", "Ada Byron".to_owned()), ("Time zone", "UTC".to_owned())];
        let expected = Difference { label: "Name", saved: "Ada".into(), mine: "Ada Byron".into() };
        assert_eq!(differences(saved, mine), [expected]);
    }

    proptest! {
        #[test]
        fn what_a_list_keeps_reads_back_the_same(typed in any::<String>()) {
            if let Ok(kept) = lines(&typed) {
                prop_assert_eq!(lines(&kept.join("\n")), Ok(kept));
            }
        }
    }
}
