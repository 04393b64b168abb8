//! The daily mail: what is due today as Today has it, each line with what one press does, and the talks that come.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::account::Account;
use super::links::{ACTS, Act, ActLink, HOLDS};
use super::queries::Coming;
use crate::clock::date_in;
use crate::mail::wording::{Line, List, Words, unlinked};
use crate::text::upper_first;
use crate::today::items::Item;
use crate::today::press;
use crate::web::signed::Signatures;
use crate::web::words;

/// The most lines a mail has; the others are on Today.
const MOST: usize = 20;
/// Characters of a reason.
const REASON: usize = 240;

/// What makes the links of a mail.
pub struct Links<'a> {
    /// The address of this Inroad.
    pub base: &'a str,
    /// What signs them.
    pub signatures: &'a Signatures,
    /// Whose they are.
    pub account: &'a Account,
    /// From when on they hold.
    pub now: Timestamp,
}

impl Links<'_> {
    fn act(&self, item: &Item, act: Act) -> String {
        let Self { base, signatures, account, now } = self;
        let (line, state) = (item.key(), press::state(item));
        let said = ActLink { account: account.id, act, line, state, until: *now + HOLDS }.to_string();
        format!("{base}{ACTS}?link={}", signatures.sign(&said, &account.bound_to))
    }

    fn of(&self, item: &Item) -> Vec<(&'static str, String)> {
        let mut links = Vec::new();
        if press::can_be_done(item) {
            links.push((Act::Done.label(), self.act(item, Act::Done)));
        }
        if item.can_wait() {
            links.push((Act::Later.label(), self.act(item, Act::Later)));
        }
        links.push((item.go, format!("{}{}", self.base, item.href)));
        links
    }
}

/// The mail of a day; nothing where nothing is due and no talk comes today.
pub fn words(items: &[Item], talks: &[Coming], links: &Links<'_>, today: Date) -> Option<Words> {
    let zone = &links.account.zone;
    let today_talks = talks.iter().filter(|talk| date_in(zone, talk.starts_at.0) == today).count();
    if items.is_empty() && today_talks == 0 {
        return None;
    }
    let mut lists = Vec::new();
    let mut days: Vec<Date> = talks.iter().map(|talk| date_in(zone, talk.starts_at.0)).collect();
    days.dedup();
    for day in days {
        let of_day = talks.iter().filter(|talk| date_in(zone, talk.starts_at.0) == day);
        let lines = of_day.map(|talk| talk_line(talk, zone, links.base)).collect();
        lists.push(List { title: format!("Talks {}", words::day(day, today)), lines });
    }
    for (title, late) in [("Late", true), ("Due today", false)] {
        let lines: Vec<Line> = items
            .iter()
            .take(MOST)
            .filter(|item| item.is_late() == late)
            .map(|item| line(item, links, today))
            .collect();
        if !lines.is_empty() {
            lists.push(List { title: title.into(), lines });
        }
    }
    let minutes: u32 = items.iter().map(|item| item.minutes).sum();
    let mut paragraphs = vec![format!("{}.", words::full_day(today, today))];
    if minutes > 0 {
        paragraphs.push(format!("About {minutes} minutes."));
    }
    let mut after = Vec::new();
    if items.len() > MOST {
        after.push(format!("And {} more on Today.", items.len() - MOST));
    }
    if !items.is_empty() {
        after.push("A link shows what it will do before it does it. It works for 14 days, without logging in.".into());
    }
    Some(Words {
        subject: subject(items.len(), today_talks).into(),
        paragraphs: vec![paragraphs.join(" ")],
        lists,
        button: Some(("Open Today", format!("{}/", links.base))),
        after,
        end: None,
    })
}

/// A talk as a line of a mail.
pub fn talk_line(talk: &Coming, zone: &TimeZone, base: &str) -> Line {
    let prepared = words::prepared(talk.sources, talk.questions);
    Line {
        text: format!("{}, {}", words::time(talk.starts_at.0, zone), unlinked(&talk.name)),
        why: format!("{}, {} min. {prepared}", talk.way.label(), talk.minutes),
        links: vec![("Prepare", format!("{base}/interviews/{}/prepare", talk.id))],
    }
}

/// 'Today: 5 things to do, 1 talk': counts, and nobody's name.
fn subject(things: usize, talks: usize) -> String {
    let things = (things > 0).then(|| words::count(things as i64, "thing to do", "things to do"));
    let talks = (talks > 0).then(|| words::count(talks as i64, "talk", "talks"));
    let said: Vec<String> = things.into_iter().chain(talks).collect();
    format!("Today: {}", said.join(", "))
}

fn line(item: &Item, links: &Links<'_>, today: Date) -> Line {
    let mut why = unlinked(&item.line);
    if let Some((at, _)) = why.char_indices().nth(REASON) {
        why = format!("{}\u{2026}", why[..at].trim_end());
    }
    if item.is_late() {
        why = format!("{}. {why}", upper_first(&item.when(today)));
    }
    let text = unlinked(&format!("{} {}", item.verb, item.name));
    Line { text, why: why.trim().to_owned(), links: links.of(item) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    use crate::accounts::preferences::Preferences;
    use crate::ids::{ContactId, UserId};
    use crate::today::items::Action;
    use crate::web::dates::Formats;

    const TODAY: Date = date(2026, 11, 24);

    fn account() -> Account {
        Account {
            id: UserId::new(),
            name: "Alice Adams".into(),
            email: "alice@example.org".into(),
            zone: TimeZone::UTC,
            preferences: Preferences::default(),
            formats: Formats::default(),
            bound_to: "x".into(),
        }
    }

    fn item(name: &str, days_late: i32) -> Item {
        let id = ContactId::new();
        Item {
            verb: "Thank",
            name: name.into(),
            href: format!("/contacts/{id}"),
            line: "Your talk was on Monday. Analyst at Acme.".into(),
            go: "Read and send",
            due: TODAY,
            days_late,
            minutes: 5,
            action: Action::Contact { id, done_as: Some("thanked"), dismissable: true, answers: None },
            worth: 0,
        }
    }

    fn written(items: &[Item]) -> Option<Words> {
        let (account, signatures) = (account(), Signatures::new(&[7; 64]));
        let now = "2026-11-24T09:00:00Z".parse().unwrap();
        let links = Links { base: "https://inroad.example", signatures: &signatures, account: &account, now };
        words(items, &[], &links, TODAY)
    }

    #[test]
    fn a_day_without_anything_is_told_to_nobody() {
        assert_eq!(written(&[]), None);
    }

    #[test]
    fn the_subject_counts_and_names_nobody() {
        assert_eq!(subject(1, 0), "Today: 1 thing to do");
        assert_eq!(subject(5, 1), "Today: 5 things to do, 1 talk");
        assert_eq!(subject(0, 2), "Today: 2 talks");
        let words = written(&[item("Grace Hopper", 0)]).unwrap();
        assert!(!words.subject.contains("Grace"));
    }

    #[test]
    fn late_lines_come_first_and_many_are_counted() {
        let mut items = vec![item("Ada Byron", 2)];
        items.extend((0..24).map(|n| item(&format!("Person {n}"), 0)));
        let words = written(&items).unwrap();
        let titles: Vec<&str> = words.lists.iter().map(|list| list.title.as_str()).collect();
        assert_eq!(titles, ["Late", "Due today"]);
        assert_eq!(words.lists.iter().map(|list| list.lines.len()).sum::<usize>(), 20);
        assert!(words.lists[0].lines[0].why.starts_with("2 days late. Your talk was"), "{words:?}");
        assert_eq!(words.after[0], "And 5 more on Today.");
        let labels: Vec<&str> = words.lists[0].lines[0].links.iter().map(|(label, _)| *label).collect();
        assert_eq!(labels, ["Done", "Snooze", "Read and send"]);
    }

    #[test]
    fn what_was_imported_links_nowhere() {
        let words = written(&[item("Win at https://evil.example/now", 0)]).unwrap();
        assert_eq!(words.lists[0].lines[0].text, "Thank Win at https evil example now");
    }
}
