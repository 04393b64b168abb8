//! The form of a contact: what was typed, and what it means. Adding and changing share it.

use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::PgConnection;

use super::choosing::{self, Settled};
use super::pasted::{self, Read};
use super::queries::edit::{ContactDetails, Editable};
use crate::access::Owner;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::ids::ContactId;
use crate::playbook::standing::Rhythm;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::{Line, Text};
use crate::web::chooser::{Choice, Chooser};
use crate::web::form::Errors;

/// The form as typed. Adding shows the first half of it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// The contact to be: sent twice, the form adds it once.
    pub id: String,
    pub name: String,
    pub company: String,
    pub job_title: String,
    pub profile: String,
    pub email: String,
    pub closeness: String,
    pub warmth: String,
    pub why: String,
    pub introduced_by: String,
    pub introduced_by_words: Option<String>,
    pub introduced_by_seen: String,
    pub connected: String,
    pub pick: String,
    /// The capture it was read from, which waits no more once it is added.
    pub capture: String,
    /// They are added although the user asked to forget them.
    pub anyway: String,

    pub version: i32,
    pub pronouns: String,
    pub phone: String,
    pub place: String,
    pub time_zone: String,
    pub live_profile: String,
    /// `default`, `never` or `own`, which goes with `rhythm_days`.
    pub rhythm: String,
    pub rhythm_days: String,
    pub retain_until: String,
    pub notes: String,
}

/// What the form calls one of its fields, for other pages that show what stands there.
pub fn label(field: &str) -> &str {
    ContactForm::default().texts().into_iter().find(|(name, ..)| *name == field).map_or(field, |(_, label, _)| label)
}

impl ContactForm {
    /// An empty form: nearness and rhythm as most people have them.
    pub fn empty() -> Self {
        Self {
            id: ContactId::new().to_string(),
            closeness: Closeness::Other.to_string(),
            warmth: Warmth::Stranger.to_string(),
            rhythm: "default".into(),
            ..Self::default()
        }
    }

    /// A contact as it is.
    pub fn of(contact: Editable) -> Self {
        let text = Option::unwrap_or_default;
        let (rhythm, rhythm_days) = match contact.rhythm_days {
            None => ("default", String::new()),
            Some(0) => ("never", String::new()),
            Some(days) => ("own", days.to_string()),
        };
        Self {
            version: contact.version,
            name: contact.name,
            company: text(contact.company),
            job_title: text(contact.job_title),
            profile: text(contact.profile_url),
            email: text(contact.email),
            closeness: contact.closeness.to_string(),
            warmth: contact.warmth.to_string(),
            why: text(contact.why),
            introduced_by: contact.introduced_by.map(|id| id.to_string()).unwrap_or_default(),
            pronouns: text(contact.pronouns),
            phone: text(contact.phone),
            place: text(contact.place),
            time_zone: text(contact.time_zone),
            live_profile: if contact.live_profile { "true".into() } else { String::new() },
            rhythm: rhythm.into(),
            rhythm_days,
            retain_until: contact.retain_until.map(|day| day.0.to_string()).unwrap_or_default(),
            notes: text(contact.notes),
            ..Self::default()
        }
    }

    /// The texts of the form with their labels, for two savings to be compared.
    pub fn texts(&self) -> [(&'static str, &'static str, &str); 12] {
        [
            ("name", "Name", &self.name),
            ("company", "Company", &self.company),
            ("job_title", "Job title", &self.job_title),
            ("profile", "Profile address", &self.profile),
            ("email", "E-mail", &self.email),
            ("pronouns", "Pronouns", &self.pronouns),
            ("phone", "Phone", &self.phone),
            ("place", "Place", &self.place),
            ("time_zone", "Their time zone", &self.time_zone),
            ("why", "Why this person", &self.why),
            ("retain_until", "Keep until", &self.retain_until),
            ("notes", "Notes", &self.notes),
        ]
    }

    /// Whether it says more of someone than their name and where they work.
    pub fn says_more_than_where(&self) -> bool {
        let texts = [
            &self.job_title,
            &self.profile,
            &self.email,
            &self.phone,
            &self.why,
            &self.introduced_by,
            &self.connected,
            &self.pick,
            &self.notes,
        ];
        texts.iter().any(|text| !text.is_empty())
            || self.introduced_by_words.as_deref().is_some_and(|words| !words.is_empty())
            || self.closeness != Closeness::Other.as_str()
            || self.warmth != Warmth::Stranger.as_str()
    }

    /// Finds who the words for the introducer mean; `but` is whom the form is of.
    pub async fn settle(&mut self, db: &mut PgConnection, by: Owner, but: Option<ContactId>) -> sqlx::Result<Settled> {
        let words = (&mut self.introduced_by, &mut self.introduced_by_words, self.introduced_by_seen.as_str());
        choosing::settle(db, by, words, but).await
    }

    /// The field of the introducer.
    pub fn introducer(
        &self,
        label: &'static str,
        best: &[Choice],
        settled: &Settled,
        but: Option<ContactId>,
    ) -> Chooser {
        Chooser::new("introduced_by", label, &self.introduced_by, self.introduced_by_words.as_deref(), best.to_vec())
            .finding(choosing::source(None, but))
            .asking(settled.matches.clone())
    }

    /// Takes apart what was pasted into the field of the name, or reads it from the other fields where it was left out. Tells
    /// whether that changed the form, which is then to be looked over.
    pub fn understand(&mut self) -> bool {
        let name = self.name.trim();
        let read = if !name.is_empty() {
            pasted::in_name(name)
        } else if self.email.contains('<') {
            pasted::in_name(&self.email)
        } else {
            pasted::in_name(&self.profile).filter(|read| !read.name.is_empty())
        };
        let Some(read) = read else { return false };
        self.fill(read);
        true
    }

    /// Puts what was read where nothing stands yet; what finds its place taken goes into the notes.
    pub fn fill(&mut self, read: Read) {
        self.name = read.name;
        // What says the same in other letters is said already.
        let is_known = |known: bool, value: String| if known { String::new() } else { value };
        let profile = ProfileAddress::parse(&self.profile);
        let profile = is_known(profile.is_ok() && profile == ProfileAddress::parse(&read.profile), read.profile);
        let email = EmailAddress::parse(&self.email);
        let email = is_known(email.is_ok() && email == EmailAddress::parse(&read.email), read.email);
        let mut rest = read.rest;
        for (field, value) in [
            (&mut self.job_title, read.job_title),
            (&mut self.company, read.company),
            (&mut self.phone, read.phone),
            (&mut self.profile, profile),
            (&mut self.email, email),
        ] {
            if let Some(left) = pasted::put(field, value) {
                pasted::append(&mut rest, &left);
            }
        }
        pasted::append(&mut self.notes, &rest);
    }

    /// What was typed, or what is wrong with it.
    ///
    /// # Errors
    /// A fault for each field that has one. Nearness left out counts as 'other' and 'stranger': a name is enough.
    pub fn parse(&self) -> Result<ContactDetails, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", pasted::name_of_person(&self.name));
        let company = errors.take("company", CompanyName::parse_optional(&self.company));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        let email = errors.take("email", EmailAddress::parse_optional(&self.email));
        let closeness = or_usual(&mut errors, "closeness", &self.closeness, Closeness::Other);
        let warmth = or_usual(&mut errors, "warmth", &self.warmth, Warmth::Stranger);
        let why = errors.take("why", Line::parse_optional(&self.why));
        let introduced_by = errors.optional("introduced_by", &self.introduced_by, |id| id.parse().map_err(|_| NOBODY));
        let pronouns = errors.take("pronouns", Line::parse_optional(&self.pronouns));
        let phone = errors.take("phone", Line::parse_optional(&self.phone));
        let place = errors.take("place", Line::parse_optional(&self.place));
        let time_zone = errors.optional("time_zone", &self.time_zone, zone);
        let rhythm = read_rhythm(&mut errors, &self.rhythm, &self.rhythm_days);
        let retain_until = errors.optional_date("retain_until", &self.retain_until);
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        errors.give(|| {
            Some(ContactDetails {
                name: name?,
                company: company?,
                job_title: job_title?,
                profile: profile?,
                email: email?,
                closeness: closeness?,
                warmth: warmth?,
                why: why?,
                introduced_by,
                pronouns: pronouns?,
                phone: phone?,
                place: place?,
                time_zone,
                live_profile: !self.live_profile.is_empty(),
                rhythm: rhythm?,
                retain_until,
                notes: notes?,
            })
        })
    }
}

/// A rhythm as typed: `default`, `never`, or `own` with its days.
pub(super) fn read_rhythm(errors: &mut Errors, rhythm: &str, days: &str) -> Option<Rhythm> {
    match rhythm {
        "" | "default" => Some(Rhythm::Default),
        "never" => Some(Rhythm::Never),
        "own" => {
            let days: Option<u16> = days.trim().parse().ok();
            let days = days.and_then(|days| days.try_into().ok());
            errors.take("rhythm_days", days.map(Rhythm::Days).ok_or("A number of days, from 1 to 730"))
        }
        _ => errors.take("rhythm", Err("Choose one from the list")),
    }
}

/// What is said of an introducer who is not there.
pub const NOBODY: &str = "Choose one of your contacts, or no one";

fn or_usual<T: std::str::FromStr>(errors: &mut Errors, field: &'static str, word: &str, usual: T) -> Option<T> {
    if word.is_empty() { Some(usual) } else { errors.choose(field, word) }
}

fn zone(typed: &str) -> Result<String, &'static str> {
    const WRONG: &str = "A time zone is written like Europe/Paris or America/New_York";
    let zone = TimeZone::get(typed).map_err(|_| WRONG)?;
    zone.iana_name().map(str::to_owned).ok_or(WRONG)
}

/// Closeness to choose from.
pub fn closenesses() -> Vec<(&'static str, &'static str)> {
    Closeness::choices()
}

/// Warmth to choose from.
pub fn warmths() -> Vec<(&'static str, &'static str)> {
    Warmth::choices()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_enough() {
        let form = ContactForm { name: " Katherine Johnson ".into(), ..ContactForm::default() };
        let filled = form.parse().ok().unwrap();
        assert_eq!(filled.name.as_str(), "Katherine Johnson");
        assert!(filled.company.is_none() && filled.profile.is_none());
        assert_eq!(
            (filled.closeness, filled.warmth, filled.rhythm),
            (Closeness::Other, Warmth::Stranger, Rhythm::Default)
        );
    }

    #[test]
    fn each_field_has_its_own_fault() {
        let form = ContactForm {
            name: "  ".into(),
            company: "x".repeat(201),
            profile: "javascript:alert(1)".into(),
            email: "nobody".into(),
            closeness: "near".into(),
            warmth: "hot".into(),
            introduced_by: "her".into(),
            pronouns: "she/her ".repeat(7),
            phone: "1".repeat(51),
            time_zone: "Paris".into(),
            rhythm: "own".into(),
            rhythm_days: "731".into(),
            retain_until: "tomorrow".into(),
            notes: "x".repeat(20_001),
            ..ContactForm::default()
        };
        let errors = form.parse().err().unwrap();
        for field in [
            "name",
            "company",
            "profile",
            "email",
            "closeness",
            "warmth",
            "introduced_by",
            "pronouns",
            "phone",
            "time_zone",
            "rhythm_days",
            "retain_until",
            "notes",
        ] {
            assert!(errors.get(field).is_some(), "{field}");
        }
        assert_eq!(errors.len(), 13);
    }

    #[test]
    fn a_rhythm_is_the_settings_own_never_or_a_number() {
        let with = |rhythm: &str, days: &str| {
            let form = ContactForm {
                name: "Ada".into(),
                rhythm: rhythm.into(),
                rhythm_days: days.into(),
                ..ContactForm::default()
            };
            form.parse().ok().map(|filled| filled.rhythm.kept())
        };
        assert_eq!(with("default", "12"), Some(None));
        assert_eq!(with("never", ""), Some(Some(0)));
        assert_eq!(with("own", "45"), Some(Some(45)));
        assert_eq!(with("own", "0"), None);
        assert_eq!(with("sometimes", ""), None);
    }
}
