//! People as vCards, 3.0 (RFC 2426) for phones and 4.0 (RFC 6350) for what is newer.

use jiff::civil::Date;

use crate::ids::ContactId;
use crate::interviews::scheduling::calendar::folded;
use crate::kinds::kinds;

kinds! {
    /// The versions there are.
    pub enum Version {
        Three = "3.0", "vCard 3.0";
        Four = "4.0", "vCard 4.0";
    }
}

/// A day of the year, with the year where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birthday {
    /// The year, if it is known.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i16,
    /// 1 to 31.
    pub day: i16,
}

/// What a card says of someone.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// By which programs know it again; the same in every file.
    pub id: Option<ContactId>,
    /// The whole name.
    pub name: String,
    /// Where they work.
    pub company: Option<String>,
    /// What they are there.
    pub job_title: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Their profile's address.
    pub profile: Option<String>,
    /// Where they live.
    pub place: Option<String>,
    /// How they are spoken of.
    pub pronouns: Option<String>,
    /// Their birthday.
    pub birthday: Option<Birthday>,
    /// The user's tags for them; left out of a card that may be handed on.
    pub tags: Vec<String>,
    /// What the user noted; left out of a card that may be handed on.
    pub notes: Option<String>,
}

/// The card's text.
pub fn text(card: &Card, version: Version) -> String {
    let mut lines = vec!["BEGIN:VCARD".to_owned(), format!("VERSION:{version}"), "PRODID:-//Inroad//EN".into()];
    let mut add = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            lines.push(format!("{name}:{}", escaped(value)));
        }
    };
    add("FN", &Some(card.name.clone()));
    add("TITLE", &card.job_title);
    add("ORG", &card.company);
    add("NOTE", &card.notes);
    match version {
        Version::Three => {
            add("EMAIL;TYPE=INTERNET", &card.email);
            add("TEL;TYPE=VOICE", &card.phone);
        }
        Version::Four => {
            add("EMAIL", &card.email);
            add("TEL", &card.phone);
            add("PRONOUNS", &card.pronouns);
        }
    }
    if !card.tags.is_empty() {
        let tags: Vec<String> = card.tags.iter().map(|tag| escaped(tag)).collect();
        lines.push(format!("CATEGORIES:{}", tags.join(",")));
    }
    lines.push(format!("N:{}", structured_name(&card.name)));
    if let Some(place) = &card.place {
        lines.push(format!("ADR:;;;{};;;", escaped(place)));
    }
    if let Some(id) = card.id {
        lines.push(format!("UID:urn:uuid:{id}"));
    }
    if let Some(address) = &card.profile {
        // An address is one value: nothing in it is escaped.
        let address = one_line(address);
        lines.push(format!("URL:{address}"));
        if is_of_linkedin(&address) {
            lines.push(format!("X-SOCIALPROFILE;TYPE=linkedin:{address}"));
            if version == Version::Four {
                lines.push(format!("SOCIALPROFILE;SERVICE-TYPE=LinkedIn:{address}"));
            }
        }
    }
    lines.extend(card.birthday.and_then(|birthday| birthday_line(birthday, version)));
    lines.push("END:VCARD".into());
    lines.push(String::new());
    folded(&lines.join("\r\n"))
}

/// What stands behind a name without a comma.
const SUFFIXES: &[&str] = &["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"];

/// Family name and given name, as address books sort by them: the last word, and what stands before it; then what follows the
/// name, as 'PhD' does.
fn structured_name(name: &str) -> String {
    let is_whole = |name: &str| name.trim().contains(' ');
    if let Some((family, given)) = name.split_once(',').filter(|(family, _)| !is_whole(family)) {
        return format!("{};{};;;", escaped(family.trim()), escaped(given.trim()));
    }
    let behind = name.split_once(',').or_else(|| name.rsplit_once(' ').filter(|(_, end)| SUFFIXES.contains(end)));
    let (name, suffix) = behind.filter(|(name, _)| is_whole(name)).unwrap_or((name, ""));
    let (given, family) = name.trim().rsplit_once(' ').unwrap_or(("", name.trim()));
    format!("{};{};;;{}", escaped(family), escaped(given.trim()), escaped(suffix.trim()))
}

/// A birthday without its year can be said in 4.0 alone.
fn birthday_line(birthday: Birthday, version: Version) -> Option<String> {
    let Birthday { year, month, day } = birthday;
    match (year, version) {
        (Some(year), Version::Three) => {
            let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some(format!("BDAY:{day}"))
        }
        (Some(year), Version::Four) => Some(format!("BDAY:{year:04}{month:02}{day:02}")),
        (None, Version::Three) => None,
        (None, Version::Four) => Some(format!("BDAY:--{month:02}{day:02}")),
    }
}

fn is_of_linkedin(address: &str) -> bool {
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    host == "linkedin.com" || host.ends_with(".linkedin.com")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', letter]),
            letter if letter.is_control() && letter != '\t' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn grace() -> Card {
        Card {
            id: "01900000-0000-7000-8000-000000000001".parse().ok(),
            name: "Grace Brewster Hopper".into(),
            company: Some("Orbit, Paths; Sons".into()),
            email: Some("grace@example.org".into()),
            profile: Some("https://www.linkedin.com/in/grace".into()),
            pronouns: Some("she/her".into()),
            birthday: Some(Birthday { year: None, month: 12, day: 9 }),
            notes: Some("Compilers\r\nand \\ ships".into()),
            tags: vec!["Navy, old".into(), "Fair".into()],
            ..Card::default()
        }
    }

    #[test]
    fn a_card_of_each_version_says_what_is_known() {
        let three = lines(&text(&grace(), Version::Three));
        assert_eq!(
            three,
            [
                "BEGIN:VCARD",
                "VERSION:3.0",
                "PRODID:-//Inroad//EN",
                "FN:Grace Brewster Hopper",
                "ORG:Orbit\\, Paths\\; Sons",
                "NOTE:Compilers\\nand \\\\ ships",
                "EMAIL;TYPE=INTERNET:grace@example.org",
                "CATEGORIES:Navy\\, old,Fair",
                "N:Hopper;Grace Brewster;;;",
                "UID:urn:uuid:01900000-0000-7000-8000-000000000001",
                "URL:https://www.linkedin.com/in/grace",
                "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/grace",
                "END:VCARD",
            ]
        );
        let four = lines(&text(&grace(), Version::Four));
        for line in ["VERSION:4.0", "PRONOUNS:she/her", "BDAY:--1209", "EMAIL:grace@example.org"] {
            assert!(four.iter().any(|written| written == line), "{line} in {four:#?}");
        }
        let born = Card { birthday: Some(Birthday { year: Some(1906), month: 12, day: 9 }), ..grace() };
        assert!(lines(&text(&born, Version::Three)).contains(&"BDAY:1906-12-09".to_owned()));
        let one = lines(&text(&Card { name: "李小龍".into(), ..Card::default() }, Version::Three));
        assert!(one.contains(&"N:李小龍;;;;".to_owned()), "{one:#?}");
        let structured = ["Grace Hopper, PhD", "Tom Ford Jr.", "Lovelace, Ada", "Ada"].map(structured_name);
        assert_eq!(structured, ["Hopper;Grace;;;PhD", "Ford;Tom;;;Jr.", "Lovelace;Ada;;;", "Ada;;;;"]);
    }

    proptest! {
        #[test]
        fn any_words_stay_in_their_place(name in any::<String>(), notes in any::<String>(), profile in any::<String>()) {
            let card = Card { name, notes: Some(notes), profile: Some(profile), ..grace() };
            for version in [Version::Three, Version::Four] {
                let written = text(&card, version);
                for line in written.split("\r\n") {
                    prop_assert!(line.len() <= 75, "{} octets", line.len());
                    prop_assert!(!line.chars().any(|letter| letter.is_control() && letter != '\t'), "{line:?}");
                }
                let lines = lines(&written);
                prop_assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:")).count(), 1);
                prop_assert_eq!(lines.last().map(String::as_str), Some("END:VCARD"));
            }
        }
    }
}
