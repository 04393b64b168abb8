//! One talk as a calendar file, and as links that add it to a calendar.
//!
//! The file follows RFC 5545 with `METHOD:PUBLISH`, which under RFC 5546 names the organizer and no attendee: the user sends it.
//! Once the talk is cancelled, the file says `METHOD:CANCEL`.

use icalendar::{Calendar, Component, Event, EventStatus, Property};
use jiff::{SignedDuration, Timestamp};

use crate::ids::InterviewId;
use crate::links::{Link, with_query};
use crate::playbook::talk::Way;

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
    pub way: Way,
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
        let who = format!("{} and {}", self.my_name, self.their_name);
        match self.company {
            Some(company) => format!("Talk: {who} ({company})"),
            None => format!("Talk: {who}"),
        }
    }

    /// How to connect, and what it is about.
    pub fn description(&self) -> String {
        let connect = match self.connect {
            Some(connect) => format!("How we connect: {}, {connect}", self.way.label()),
            None => format!("How we connect: {}", self.way.label()),
        };
        let mut lines = vec![connect, format!("Length: {} minutes", self.minutes)];
        lines.extend(self.about.map(str::to_owned));
        lines.join("\n")
    }

    fn location(&self) -> &str {
        self.connect.unwrap_or(self.way.label())
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
        .add_property("DTSTART", utc(entry.starts))
        .add_property("DTEND", utc(entry.ends()))
        .summary(&one_line(&entry.summary()))
        .description(&without_controls(&entry.description()))
        .add_property("LOCATION", one_line(entry.location()));
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

/// The talk as a calendar file.
pub fn file(entry: &Entry<'_>) -> String {
    let mut calendar = Calendar::empty();
    // A calendar drops an entry it is sent as CANCEL, by its UID (RFC 5546, 3.2.5).
    let method = if entry.cancelled { "CANCEL" } else { "PUBLISH" };
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Inroad//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)]
    {
        calendar.append_property((key, value));
    }
    calendar.push(event(entry));
    text_of(&calendar)
}

/// The calendar's text. Its lines are folded anew: the library lets the last piece of a line grow to 76 octets, one too many.
pub fn text_of(calendar: &Calendar) -> String {
    let unfolded = calendar.to_string().replace("\r\n ", "");
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
    let dates = format!("{}/{}", utc(entry.starts), utc(entry.ends()));
    let google = [
        ("action", "TEMPLATE"),
        ("text", &summary),
        ("dates", &dates),
        ("details", &description),
        ("location", location),
        ("ctz", zone),
    ];
    let (starts, ends) = (entry.starts.to_string(), entry.ends().to_string());
    let outlook = [
        ("subject", summary.as_str()),
        ("startdt", &starts),
        ("enddt", &ends),
        ("body", &description),
        ("location", location),
    ];
    vec![
        Link::new("Google Calendar", with_query("https://calendar.google.com/calendar/render", &google)),
        Link::new("Outlook (work)", with_query("https://outlook.office.com/calendar/deeplink/compose", &outlook)),
        Link::new("Outlook (personal)", with_query("https://outlook.live.com/calendar/0/deeplink/compose", &outlook)),
    ]
}

fn utc(instant: Timestamp) -> String {
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

fn one_line(text: &str) -> String {
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
            minutes: 20,
            my_name: "Ada Byron",
            my_email: Some("ada@mail.example"),
            their_name: "Katherine Johnson",
            company: Some("Orbit, Paths; Sons"),
            way: Way::Video,
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
    fn a_cancelled_talk_keeps_its_uid() {
        let written = unfolded(&file(&Entry { cancelled: true, sequence: 3, ..entry() }));
        for line in
            ["STATUS:CANCELLED", "SEQUENCE:3", "UID:01900000-0000-7000-8000-000000000001@inroad", "METHOD:CANCEL"]
        {
            assert!(written.iter().any(|written| written == line), "{line}");
        }
        assert!(!written.iter().any(|line| line.starts_with("ATTENDEE")));
    }

    #[test]
    fn a_place_is_no_address() {
        let place =
            Entry { way: Way::InPerson, connect: Some("Café Lovelace, 1 Park Row"), my_email: None, ..entry() };
        let written = unfolded(&file(&place));
        assert!(written.contains(&"LOCATION:Café Lovelace\\, 1 Park Row".to_owned()));
        assert!(!written.iter().any(|line| line.starts_with("URL") || line.starts_with("ORGANIZER")));
        let open = Entry { way: Way::Phone, connect: None, company: None, about: None, ..entry() };
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
