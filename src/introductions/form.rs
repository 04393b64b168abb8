//! The form of a new introduction: what was typed, and what it means.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::CompanyName;
use crate::contacts::choosing::{self, Settled};
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::pasted;
use crate::error::Result;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::Move;
use crate::playbook::message::built_in;
use crate::playbook::message::channel::Channel;
use crate::text::{Line, Text};
use crate::web::form::Errors;
use crate::web::words;

/// The form as typed; the address of the empty one may carry the two people.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct IntroductionForm {
    /// The introduction to be: sent twice, the form adds it once.
    pub id: String,
    pub introducer: String,
    pub introducer_words: Option<String>,
    pub introducer_seen: String,
    pub introduced: String,
    pub introduced_words: Option<String>,
    pub introduced_seen: String,
    /// Someone who is no contact yet.
    pub name: String,
    pub company: String,
    /// What was read of them from what was pasted as their name.
    pub job_title: String,
    pub profile: String,
    pub email: String,
    pub note: String,
    /// Whoever the user asked to forget is added all the same.
    pub anyway: String,
}

/// To whom.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    Contact(ContactId),
    /// Someone who is no contact yet.
    New(Box<Someone>),
}

/// Someone who is no contact yet.
#[derive(Debug, PartialEq, Eq)]
pub struct Someone {
    pub name: Line<200>,
    pub company: Option<CompanyName>,
    pub job_title: Option<Line<200>>,
    pub profile: Option<ProfileAddress>,
    pub email: Option<EmailAddress>,
    /// Also where the user asked to forget them.
    pub anyway: bool,
}

/// What the form means.
#[derive(Debug)]
pub struct Filled {
    pub introducer: ContactId,
    pub wanted: Wanted,
    pub note: Option<Text<2_000>>,
}

impl IntroductionForm {
    /// Finds whom the words mean: who introduces, and the other.
    pub async fn settle(&mut self, db: &mut PgConnection, by: Owner) -> sqlx::Result<[Settled; 2]> {
        let words = (&mut self.introducer, &mut self.introducer_words, self.introducer_seen.as_str());
        let introducer = choosing::settle(&mut *db, by, words, None).await?;
        let words = (&mut self.introduced, &mut self.introduced_words, self.introduced_seen.as_str());
        Ok([introducer, choosing::settle(db, by, words, None).await?])
    }

    /// Takes apart a name that is more than one. Tells whether that changed the form, which is then to be looked over.
    pub fn understand(&mut self) -> bool {
        let Some(read) = pasted::in_name(&self.name).filter(|_| self.introduced.trim().is_empty()) else {
            return false;
        };
        self.name = read.name;
        let mut rest = read.rest;
        for (field, value) in [
            (&mut self.company, read.company),
            (&mut self.job_title, read.job_title),
            (&mut self.profile, read.profile),
            (&mut self.email, read.email),
        ] {
            if let Some(left) = pasted::put(field, value) {
                pasted::append(&mut rest, &left);
            }
        }
        pasted::append(&mut self.note, &rest);
        true
    }

    /// What was typed, or what is wrong with it. Whoever is chosen comes before a name that was typed.
    ///
    /// # Errors
    /// A fault for each field that has one.
    pub fn parse(&self) -> Result<Filled, Errors> {
        let mut errors = Errors::default();
        let introducer =
            errors.take("introducer", self.introducer.parse().map_err(|_| "Choose who could introduce you"));
        let wanted = match (self.introduced.trim(), self.name.trim()) {
            ("", "") => errors.take("introduced", Err("Choose someone, or write a name below")),
            ("", _) => self.someone(&mut errors).map(|new| Wanted::New(Box::new(new))),
            (id, _) => errors
                .take("introduced", id.parse().map(Wanted::Contact).map_err(|_| "Choose someone in your contacts")),
        };
        if wanted == introducer.map(Wanted::Contact) && introducer.is_some() {
            errors.add("introduced", "They can't introduce you to themselves: choose someone else");
        }
        let note = errors.take("note", Text::parse_optional(&self.note));
        errors.give(|| Some(Filled { introducer: introducer?, wanted: wanted?, note: note? }))
    }

    fn someone(&self, errors: &mut Errors) -> Option<Someone> {
        let name = errors.take("name", pasted::name_of_person(&self.name));
        let company = errors.take("company", CompanyName::parse_optional(&self.company));
        let job_title = errors.take("job_title", Line::parse_optional(&self.job_title));
        let profile = errors.take("profile", ProfileAddress::parse_optional(&self.profile));
        let email = errors.take("email", EmailAddress::parse_optional(&self.email));
        let anyway = !self.anyway.is_empty();
        Some(Someone {
            name: name?,
            company: company?,
            job_title: job_title?,
            profile: profile?,
            email: email?,
            anyway,
        })
    }
}

/// The form of a move; each move reads what it needs.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// Of the line in the history, made when the form is drawn, so that a second press does nothing.
    pub id: String,
    /// The day it happened; empty for today.
    pub on: String,
    pub body: String,
    pub channel: String,
    pub template: String,
    /// Where to return to; empty for the introduction's own page.
    pub back: String,
}

impl MoveForm {
    pub fn parse(&self, taken: Move, today: Date, now: Timestamp) -> Result<NewTouchpoint, Errors> {
        let mut errors = Errors::default();
        let id = errors.optional::<TouchpointId, _>("id", &self.id, |typed| {
            typed.parse().map_err(|_| "Load the page again, then press once more")
        });
        let on = errors.optional_date("on", &self.on).unwrap_or(today);
        if on > today || words::days_between(on, today) > 3_660 {
            errors.add("on", "A day up to today, within the last ten years");
        }
        let channel = errors.optional::<Channel, _>("channel", &self.channel, |word| {
            word.parse().map_err(|_| "Choose one from the list")
        });
        let body = errors.take("body", Text::parse_optional(&self.body));
        errors.give(|| {
            let body = body?;
            let new = NewTouchpoint {
                id: id.unwrap_or_else(TouchpointId::new),
                ..NewTouchpoint::new(taken.of_introduced().unwrap_or(Kind::Wrote), on, now)
            };
            if !matches!(taken, Move::Ask | Move::Remind) {
                return Some(new);
            }
            let template = built_in::find(&self.template).filter(|_| body.is_some());
            Some(NewTouchpoint {
                channel,
                body,
                template: template.map(|template| (template.key.to_owned(), FIRST_WORDING)),
                ..new
            })
        })
    }
}

/// The built-in templates have had one wording so far.
const FIRST_WORDING: i32 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(form: &IntroductionForm) -> Vec<&'static str> {
        form.parse().err().map(|errors| errors.iter().map(|(field, _)| field).collect()).unwrap_or_default()
    }

    #[test]
    fn it_takes_two() {
        let one = ContactId::new().to_string();
        let form = IntroductionForm { introducer: one.clone(), ..IntroductionForm::default() };
        assert_eq!(faults(&IntroductionForm::default()), ["introducer", "introduced"]);
        assert_eq!(faults(&form), ["introduced"]);
        assert_eq!(faults(&IntroductionForm { introduced: one, ..form.clone() }), ["introduced"]);
        assert_eq!(faults(&IntroductionForm { introduced: "her".into(), ..form.clone() }), ["introduced"]);
        let other = IntroductionForm { introduced: ContactId::new().to_string(), name: "Kate".into(), ..form.clone() };
        assert!(matches!(other.parse().unwrap().wanted, Wanted::Contact(_)), "whoever is chosen comes first");
        let new = IntroductionForm { name: " Kate Miller ".into(), company: "Acme".into(), ..form.clone() };
        let Wanted::New(kate) = new.parse().unwrap().wanted else { panic!("someone new") };
        assert_eq!((kate.name.as_str(), kate.company.unwrap().as_str()), ("Kate Miller", "Acme"));
        let mut pasted = IntroductionForm { name: "\"Miller, Kate\" <kate@acme.example>".into(), ..form.clone() };
        assert!(pasted.understand() && !pasted.understand());
        assert_eq!((pasted.name.as_str(), pasted.email.as_str()), ("Kate Miller", "kate@acme.example"));
        let long =
            IntroductionForm { name: "x".repeat(201), company: "x".repeat(201), note: "x".repeat(2_001), ..form };
        assert_eq!(faults(&long), ["name", "company", "note"]);
    }
}
