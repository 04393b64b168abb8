//! What was found, in words.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fit::fit;
use super::found::{Hit, Kind};
use super::queries::Found;
use super::sought::Word;
use crate::clock::date_in;
use crate::documents::document;
use crate::playbook::message::built_in::Moment;
use crate::playbook::topic::Topic;
use crate::playbook::{opening, referral, talk};
use crate::web::words;

/// The parts there are, one beside the other.
pub fn joined<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Letters that are shown before what was found, and after it; the database gives more of both where there are more.
const SHOWN: (usize, usize) = (40, 100);

/// Some of a text in one line, around the first of what was found in it. It is cut between words, and shows where.
pub fn around(words: &[Word], text: &str) -> String {
    let first = words.iter().find_map(|word| fit(word, text)?.first().cloned()).unwrap_or_default();
    let (before, after) = (&text[..first.start], &text[first.end..]);
    let byte = |text: &str, letter: usize| text.char_indices().nth(letter).map(|(at, _)| at);
    let start = before.chars().count().checked_sub(SHOWN.0 + 1).and_then(|at| byte(before, at + 1)).map(|at| {
        // A script without blanks is cut anywhere.
        before[at..].find(char::is_whitespace).map_or(at, |blank| at + blank)
    });
    let end = byte(after, SHOWN.1).map(|at| first.end + after[..at].rfind(char::is_whitespace).unwrap_or(at));
    let shown = text[start.unwrap_or(0)..end.unwrap_or(text.len())].split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", cut(start.is_some()), cut(end.is_some()))
}

/// What was found, in words.
pub fn hit(row: Found, today: Date, zone: &TimeZone) -> Hit {
    let day = row.at.map(|at| words::short_day(date_in(zone, at.0), today));
    let word = row.word.as_deref().unwrap_or_default();
    let label = match row.kind {
        Kind::Opening => word.parse().ok().map(|status: opening::Status| status.label()),
        Kind::Talk => word.parse().ok().map(|status: talk::Status| status.label()),
        Kind::Referral => word.parse().ok().map(|status: referral::Status| status.label()),
        Kind::Insight => word.parse().ok().map(|topic: Topic| topic.label()),
        Kind::Template => word.parse().ok().map(|moment: Moment| moment.label()),
        Kind::Document => word.parse().ok().map(|kind: document::Kind| kind.label()),
        _ => None,
    };
    let [about, place, day] = [&row.about, &row.place, &day].map(|part| part.as_deref().unwrap_or_default());
    let label = label.unwrap_or_default();
    let about = match row.kind {
        Kind::Talk => joined([day, place, label]),
        Kind::Insight => joined([place, label, day]),
        _ => joined([about, place, label, day]),
    };
    let title = if row.kind == Kind::Insight && row.title.is_empty() { "Your research".into() } else { row.title };
    Hit {
        kind: row.kind,
        address: row.address,
        title,
        about,
        text: row.text.unwrap_or_default(),
        live: row.live,
        near: row.near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::sought::Sought;
    use proptest::prelude::*;

    fn shown(typed: &str, text: &str) -> String {
        let sought = Sought::parse(typed).unwrap();
        around(sought.as_ref().map_or(&[][..], Sought::words), text)
    }

    #[test]
    fn a_text_is_cut_between_words_and_shows_where() {
        assert_eq!(shown("team", "The team,\n  a week"), "The team, a week");
        let text =
            format!("Work with the team of records and of the open ward data {}end", "and more of it ".repeat(10));
        let found = shown("ward", &text);
        assert!(found.starts_with("…the team of records and of the open ward data"), "{found}");
        assert!(found.ends_with(" of it…") || found.ends_with(" more…") || found.ends_with(" and…"), "{found}");
        assert_eq!(shown("nothing", "Short."), "Short.");
        assert!(shown("王", &"小".repeat(300)).chars().count() <= 101);
        assert_eq!(shown("王", &format!("{}王", "小".repeat(90))), format!("…{}王", "小".repeat(40)));
    }

    proptest! {
        #[test]
        fn no_word_is_cut(text in "([a-z]{1,9} ){0,90}", typed in "[a-z]{2,5}") {
            let whole: Vec<&str> = text.split_whitespace().collect();
            let found = shown(&typed, &text);
            let words: Vec<&str> = found.trim_matches('…').split_whitespace().collect();
            prop_assert!(words.is_empty() || whole.windows(words.len()).any(|part| part == words));
        }
    }
}
