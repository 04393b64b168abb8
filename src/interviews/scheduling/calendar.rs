//! One talk as a calendar file, and as links that add it to a calendar.
//!
//! The file follows RFC 5545 with `METHOD:PUBLISH`, which under RFC 5546 names the organizer and no attendee: the user sends it.
//! Once the talk is cancelled, the file says `METHOD:CANCEL`.

use icalendar::{Calendar, Component, Event, EventStatus, Property};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::ids::InterviewId;
use crate::links::{Link, with_query};
use crate::playbook::talk::Medium;
use crate::web::dates::Formats;

/// The longest line RFC 5545 allows, its line break apart.
const MOST_OCTETS: usize = 75;

/// What a calendar needs to know of a talk. It may be sent to the other person, so nothing private belongs here.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The talk; calendars know it again by this.
    pub id: InterviewId,
    /// Raised with every change, so that calendars take the newest.
    pub sequence: u32,
    /// When this version was made.
    pub stamp: Timestamp,
    /// When it begins.
    pub starts: Timestamp,
    /// The civil date on which it begins, where the user is; the last one for answers in writing.
    pub day: Date,
    /// How long it takes.
    pub minutes: u16,
    /// The user's name.
    pub my_name: &'a str,
    /// The user's address, where it may be told.
    pub my_email: Option<&'a str>,
    /// The other person's whole name.
    pub their_name: &'a str,
    /// Where the other person works.
    pub company: Option<&'a str>,
    /// How they talk.
    pub way: Medium,
    /// The address of the call, the number, or the place.
    pub connect: Option<&'a str>,
    /// What it is about, in a sentence or two.
    pub about: Option<&'a str>,
    /// It will not take place.
    pub cancelled: bool,
}

impl Entry<'_> {
    /// The same on every calendar and in every version.
    pub fn uid(&self) -> String {
        format!("{}@inroad", self.id)
    }

    /// The title.
    pub fn summary(&self) -> String {
        let cancelled = if self.cancelled { "Cancelled: " } else { "" };
        let what = if self.is_in_writing() {
            format!("Answers by {}", Formats::default().yearly(self.day, None))
        } else {
            "Talk".into()
        };
        let company = self.company.map(|company| format!(" ({company})")).unwrap_or_default();
        format!("{cancelled}{what}: {} and {}{company}", self.my_name, self.their_name)
    }

    /// Answers in writing are awaited by a day; nobody agreed on an hour.
    fn is_in_writing(&self) -> bool {
        self.way == Medium::InWriting
    }

    /// The name of its file: what is in it, and when.
    pub fn file_name(&self) -> String {
        let cancelled = if self.cancelled { "cancelled-" } else { "" };
        let what = if self.is_in_writing() { "answers-from" } else { "talk-with" };
        format!("{cancelled}{what} {} {}", self.their_name, self.day)
    }

    /// How to connect, and what it is about.
    pub fn description(&self) -> String {
        let connect = match self.connect {
            Some(connect) => format!("How we connect: {}, {connect}", self.way.label()),
            None => format!("How we connect: {}", self.way.label()),
        };
        let mut lines = vec![connect];
        if !self.is_in_writing() {
            lines.push(format!("Length: {} minutes", self.minutes));
        }
        lines.extend(self.about.map(str::to_owned));
        lines.join("\n")
    }

    fn location(&self) -> &str {
        self.connect.unwrap_or(self.way.label())
    }

    /// The day after, with which an event of whole days ends.
    fn next_day(&self) -> Date {
        self.day.tomorrow().unwrap_or(self.day)
    }

    fn ends(&self) -> Timestamp {
        let length = SignedDuration::from_mins(i64::from(self.minutes));
        self.starts.checked_add(length).unwrap_or(self.starts)
    }
}

/// The talk as an event, for a file of its own or a feed of many.
pub fn event(entry: &Entry<'_>) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid())
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("DTSTAMP", utc(entry.stamp))
        .add_property("LAST-MODIFIED", utc(entry.stamp))
        .summary(&one_line(&entry.summary()))
        .description(&without_controls(&entry.description()))
        .add_property("LOCATION", one_line(entry.location()));
    if entry.is_in_writing() {
        for (name, day) in [("DTSTART", entry.day), ("DTEND", entry.next_day())] {
            event.append_property(
                Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done(),
            );
        }
        event.add_property("TRANSP", "TRANSPARENT");
    } else {
        event.add_property("DTSTART", utc(entry.starts)).add_property("DTEND", utc(entry.ends()));
    }
    if let Some(address) = entry.connect.and_then(web_address) {
        event.add_property("URL", address);
    }
    if let Some(email) = entry.my_email {
        // Quotation marks cannot be written inside a parameter.
        let name = one_line(entry.my_name).replace('"', "'");
        let mut organizer = Property::new("ORGANIZER", format!("mailto:{}", one_line(email)));
        event.append_property(organizer.add_parameter("CN", &name).done());
    }
    event.status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.done()
}

/// A calendar of ours with nothing in it.
pub fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Inroad//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar
}

/// The talk as a calendar file.
pub fn file(entry: &Entry<'_>) -> String {
    // A calendar drops an entry it is sent as CANCEL, by its UID (RFC 5546, 3.2.5).
    let mut calendar = empty();
    calendar.append_property(("METHOD", if entry.cancelled { "CANCEL" } else { "PUBLISH" }));
    calendar.push(event(entry));
    text_of(&calendar)
}

/// The calendar's text. Its lines are folded anew: the library lets the last piece of a line grow to 76 octets, one too many.
pub fn text_of(calendar: &Calendar) -> String {
    folded(&calendar.to_string().replace("\r\n ", ""))
}

/// Lines that end in CRLF, none of them longer than 75 octets: what is longer goes on in lines that begin with a space, and no
/// letter is parted.
pub fn folded(unfolded: &str) -> String {
    let mut text = String::with_capacity(unfolded.len() + unfolded.len() / MOST_OCTETS * 3);
    for line in unfolded.split_terminator("\r\n") {
        let mut room = MOST_OCTETS;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                text.push_str("\r\n ");
                room = MOST_OCTETS - 1;
            }
            text.push(letter);
            room -= letter.len_utf8();
        }
        text.push_str("\r\n");
    }
    text
}

/// Links that open the entry, filled in, in Google's and Outlook's calendars. `zone` is the name of the user's time zone.
pub fn add_links(entry: &Entry<'_>, zone: &str) -> Vec<Link> {
    let (summary, description, location) = (entry.summary(), entry.description(), entry.location());
    let dates = if entry.is_in_writing() {
        format!("{}/{}", entry.day.strftime("%Y%m%d"), entry.next_day().strftime("%Y%m%d"))
    } else {
        format!("{}/{}", utc(entry.starts), utc(entry.ends()))
    };
    let google = [
        ("action", "TEMPLATE"),
        ("text", &summary),
        ("dates", &dates),
        ("details", &description),
        ("location", location),
        ("ctz", zone),
    ];
    let (starts, ends) = if entry.is_in_writing() {
        (entry.day.to_string(), entry.next_day().to_string())
    } else {
        (entry.starts.to_string(), entry.ends().to_string())
    };
    let mut outlook = vec![
        ("subject", summary.as_str()),
        ("startdt", &starts),
        ("enddt", &ends),
        ("body", &description),
        ("location", location),
    ];
    if entry.is_in_writing() {
        outlook.push(("allday", "true"));
    }
    vec![
        Link::new("Google Calendar", with_query("https://calendar.google.com/calendar/render", &google)),
        Link::new("Outlook (work)", with_query("https://outlook.office.com/calendar/deeplink/compose", &outlook)),
        Link::new("Outlook (personal)", with_query("https://outlook.live.com/calendar/0/deeplink/compose", &outlook)),
    ]
}

/// An instant as calendars write it.
pub fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn web_address(text: &str) -> Option<String> {
    let address = url::Url::parse(text.trim()).ok()?;
    matches!(address.scheme(), "http" | "https").then(|| address.into())
}

/// Control characters may not stand in a calendar file, line breaks apart.
fn without_controls(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

/// A text on one line, without control characters.
pub fn one_line(text: &str) -> String {
    without_controls(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> Entry<'static> {
        Entry {
            id: InterviewId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)),
            sequence: 2,
            stamp: "2026-11-24T09:30:00Z".parse().unwrap(),
            starts: "2026-12-03T09:00:00Z".parse().unwrap(),
            day: jiff::civil::date(2026, 12, 3),
            minutes: 20,
            my_name: "Ada Byron",
            my_email: Some("ada@mail.example"),
            their_name: "Katherine Johnson",
            company: Some("Orbit, Paths; Sons"),
            way: Medium::Video,
            connect: Some("https://meet.example/ada?pwd=1,2"),
            about: Some("How analysts work there.\nA \\ stays."),
            cancelled: false,
        }
    }

    /// The lines as a reader sees them.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_talk_is_written_as_the_standard_wants_it() {
        assert_eq!(
            unfolded(&file(&entry())),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Inroad//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "BEGIN:VEVENT",
                "DESCRIPTION:How we connect: Video\\, https://meet.example/ada?pwd=1\\,2\\nLength: 20 minutes\\nHow analysts work there.\\nA \\\\ stays.",
                "DTEND:20261203T092000Z",
                "DTSTAMP:20261124T093000Z",
                "DTSTART:20261203T090000Z",
                "LAST-MODIFIED:20261124T093000Z",
                "LOCATION:https://meet.example/ada?pwd=1\\,2",
                "ORGANIZER;CN=Ada Byron:mailto:ada@mail.example",
                "SEQUENCE:2",
                "STATUS:CONFIRMED",
                "SUMMARY:Talk: Ada Byron and Katherine Johnson (Orbit\\, Paths\\; Sons)",
                "UID:01900000-0000-7000-8000-000000000001@inroad",
                "URL:https://meet.example/ada?pwd=1,2",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn answers_in_writing_are_awaited_by_a_day() {
        let awaited = Entry { way: Medium::InWriting, connect: None, company: None, ..entry() };
        let written = unfolded(&file(&awaited));
        for line in [
            "DTSTART;VALUE=DATE:20261203",
            "DTEND;VALUE=DATE:20261204",
            "TRANSP:TRANSPARENT",
            "SUMMARY:Answers by 3 December: Ada Byron and Katherine Johnson",
            "STATUS:CONFIRMED",
        ] {
            assert!(written.iter().any(|written| written == line), "{line} in {written:#?}");
        }
        assert!(!written.iter().any(|line| line.contains("T0900") || line.contains("20 minutes")), "{written:#?}");
        let links = add_links(&awaited, "Europe/Berlin");
        assert!(links[0].address.contains("dates=20261203%2F20261204"), "{}", links[0].address);
        assert!(
            links[1].address.contains("startdt=2026-12-03&enddt=2026-12-04")
                && links[1].address.contains("allday=true")
        );
        assert_eq!(awaited.file_name(), "answers-from Katherine Johnson 2026-12-03");
        assert_eq!(
            Entry { cancelled: true, ..entry() }.file_name(),
            "cancelled-talk-with Katherine Johnson 2026-12-03"
        );
    }

    #[test]
    fn a_cancelled_talk_keeps_its_uid() {
        let written = unfolded(&file(&Entry { cancelled: true, sequence: 3, ..entry() }));
        for line in [
            "STATUS:CANCELLED",
            "SEQUENCE:3",
            "UID:01900000-0000-7000-8000-000000000001@inroad",
            "METHOD:CANCEL",
            "SUMMARY:Cancelled: Talk: Ada Byron and Katherine Johnson (Orbit\\, Paths\\; Sons)",
        ] {
            assert!(written.iter().any(|written| written == line), "{line}");
        }
        assert!(!written.iter().any(|line| line.starts_with("ATTENDEE")));
    }

    #[test]
    fn a_place_is_no_address() {
        let place =
            Entry { way: Medium::InPerson, connect: Some("Café Lovelace, 1 Park Row"), my_email: None, ..entry() };
        let written = unfolded(&file(&place));
        assert!(written.contains(&"LOCATION:Café Lovelace\\, 1 Park Row".to_owned()));
        assert!(!written.iter().any(|line| line.starts_with("URL") || line.starts_with("ORGANIZER")));
        let open = Entry { way: Medium::Phone, connect: None, company: None, about: None, ..entry() };
        assert!(unfolded(&file(&open)).contains(&"LOCATION:Phone".to_owned()));
        assert_eq!(open.description(), "How we connect: Phone\nLength: 20 minutes");
    }

    #[test]
    fn links_open_three_calendars() {
        let talk = Entry { company: Some("Orbit"), connect: None, about: None, ..entry() };
        let addresses: Vec<_> = add_links(&talk, "Europe/London").into_iter().map(|link| link.address).collect();
        let summary = "Talk%3A%20Ada%20Byron%20and%20Katherine%20Johnson%20%28Orbit%29";
        let description = "How%20we%20connect%3A%20Video%0ALength%3A%2020%20minutes";
        let outlook = format!(
            "subject={summary}&startdt=2026-12-03T09%3A00%3A00Z&enddt=2026-12-03T09%3A20%3A00Z&body={description}&location=Video"
        );
        assert_eq!(
            addresses,
            [
                format!(
                    "https://calendar.google.com/calendar/render?action=TEMPLATE&text={summary}&dates=20261203T090000Z%2F20261203T092000Z&details={description}&location=Video&ctz=Europe%2FLondon"
                ),
                format!("https://outlook.office.com/calendar/deeplink/compose?{outlook}"),
                format!("https://outlook.live.com/calendar/0/deeplink/compose?{outlook}"),
            ]
        );
    }

    proptest! {
        #[test]
        fn any_words_stay_in_their_place(name in any::<String>(), connect in any::<String>(), about in any::<String>()) {
            let talk = Entry {
                my_name: &name, their_name: &name, company: Some(&about), connect: Some(&connect), about: Some(&about), ..entry()
            };
            let written = file(&talk);
            for line in written.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            let lines = unfolded(&written);
            prop_assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:")).count(), 2);
            prop_assert_eq!(lines.iter().filter(|line| line.starts_with("UID:")).count(), 1);

            let read: Calendar = written.parse().map_err(TestCaseError::fail)?;
            let event = read.events().next().ok_or_else(|| TestCaseError::fail("no event"))?;
            let (summary, description) = (one_line(&talk.summary()), without_controls(&talk.description()));
            prop_assert_eq!(event.get_summary(), Some(summary.as_str()));
            prop_assert_eq!(event.get_description(), Some(description.as_str()));
        }
    }
}
