//! People and openings that were spoken of in a talk, as they are written.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;

use crate::access::Owner;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::contacts::contact::NewContact;
use crate::contacts::employer::companies_named;
use crate::contacts::queries::forgotten;
use crate::contacts::record;
use crate::error::Result;
use crate::ids::{ContactId, OpeningId};
use crate::interviews::forms::{Mentioned, MentionedOpening};
use crate::interviews::queries::talks::TalkDetail;
use crate::openings::queries::told::{self, Added, Told};
use crate::playbook::cadence::Cadence;
use crate::playbook::warmth::Warmth;
use crate::text::Line;

/// In which talk and when people were named.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub talk: &'a TalkDetail,
    pub today: Date,
    pub cadence: &'a Cadence,
    pub now: Timestamp,
}

/// Who was named and is no new contact, by their names.
#[derive(Debug, Default)]
pub struct NotAdded {
    /// They are contacts already.
    pub known: Vec<String>,
    /// The user asked to forget them.
    pub forgotten: Vec<String>,
}

impl NotAdded {
    /// How many.
    pub fn count(&self) -> usize {
        self.known.len() + self.forgotten.len()
    }

    /// Why they were not added, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let known = self.known.iter().map(|name| format!("{name} is already in your contacts."));
        let forgotten = self.forgotten.iter().map(|name| {
            format!("You asked Inroad to forget {name}, who was left out. To have them back, add them under Contacts.")
        });
        known.chain(forgotten).collect()
    }
}

/// Adds contacts introduced by the one who named them; returns who was not added.
pub async fn add_people(
    db: &mut PgConnection,
    by: Owner,
    named: Named<'_>,
    people: Vec<(ContactId, Mentioned)>,
) -> Result<NotAdded> {
    let talk = named.talk;
    let names: Vec<CompanyName> = people.iter().filter_map(|(_, person)| person.company.clone()).collect();
    let companies = companies_named(&mut *db, by, &names, FoundBy::Contacts, named.now).await?;
    let why = Line::parse(&format!("Mentioned by {} in a talk", talk.person.name)).ok();
    let contacts: Vec<NewContact> = people
        .into_iter()
        .map(|(id, person)| {
            let company = person.company.as_ref().and_then(|name| companies.get(name.key().as_str()));
            NewContact {
                company_id: company.map(|(id, _)| *id),
                employer: company.map(|(_, name)| name.clone()).or(person.company),
                email: person.email,
                notes: person.notes,
                job_title: person.job_title,
                profile: person.profile,
                warmth: Warmth::CanBeIntroduced,
                why: why.clone(),
                introduced_by: Some(talk.contact_id),
                ..NewContact::named(id, person.name, named.today)
            }
        })
        .collect();
    let added = record::add(&mut *db, by, &contacts, named.cadence, named.now).await?;
    let left: Vec<_> = contacts.iter().filter(|contact| !added.contains(&contact.id)).collect();
    if left.is_empty() {
        return Ok(NotAdded::default());
    }
    let marks = forgotten::marks(db, by).await?;
    let (forgotten, known): (Vec<_>, Vec<_>) = left.into_iter().partition(|contact| contact.is_forgotten(&marks));
    let names = |people: Vec<&NewContact>| people.into_iter().map(|contact| contact.name.to_string()).collect();
    Ok(NotAdded { known: names(known), forgotten: names(forgotten) })
}

/// Adds openings, and their companies where they are not on the list.
pub async fn add_openings(
    db: &mut PgConnection,
    by: Owner,
    talk: &TalkDetail,
    openings: Vec<(OpeningId, MentionedOpening)>,
    today: Date,
    now: Timestamp,
) -> Result<Vec<Added>> {
    let names: Vec<CompanyName> = openings.iter().map(|(_, opening)| opening.company.clone()).collect();
    let companies = companies_named(&mut *db, by, &names, FoundBy::Contacts, now).await?;
    let mut new = Vec::new();
    for (id, MentionedOpening { title, company, confirmed }) in openings {
        let (company, _) = companies.get(company.key().as_str()).ok_or(sqlx::Error::RowNotFound)?;
        new.push(Told { id, company: *company, title, confirmed });
    }
    Ok(told::insert(db, by, talk.contact_id, &new, today, now).await?)
}
