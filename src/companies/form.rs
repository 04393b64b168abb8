//! The form of a company: what was typed, and what it means.

use serde::Deserialize;

use super::company::Edited;
use super::name::CompanyName;
use super::queries::Fields;
use super::search_links::linkedin::{linkedin_id_from, linkedin_slug_from};
use crate::address::WebAddress;
use crate::error::Result;
use crate::text::{Line, Text};
use crate::web::form::Errors;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    pub version: i32,
    pub name: String,
    pub website: String,
    pub careers_url: String,
    pub linkedin: String,
    pub industry: String,
    pub place: String,
    pub notes: String,
    pub found_by: String,
}

impl CompanyForm {
    /// A company as it is.
    pub fn of(company: Fields) -> Self {
        let text = Option::unwrap_or_default;
        Self {
            version: company.version,
            name: company.name,
            website: text(company.website),
            careers_url: text(company.careers_url),
            linkedin: text(company.linkedin_id),
            industry: text(company.industry),
            place: text(company.place),
            notes: text(company.notes),
            found_by: company.found_by.to_string(),
        }
    }

    /// What was typed, as what it means.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self) -> Result<Edited, Errors> {
        let mut errors = Errors::default();
        let name = errors.take("name", CompanyName::parse(&self.name));
        let website = errors.take("website", WebAddress::parse_optional(&self.website));
        let careers_url = errors.take("careers_url", WebAddress::parse_optional(&self.careers_url));
        let linkedin_id = errors.optional("linkedin", &self.linkedin, |text| {
            linkedin_key(text).ok_or("Paste a LinkedIn address that names the company, or its number")
        });
        let industry = errors.take("industry", Line::parse_optional(&self.industry));
        let place = errors.take("place", Line::parse_optional(&self.place));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let found_by = errors.choose("found_by", &self.found_by);
        errors.give(|| {
            Some(Edited {
                name: name?,
                website: website?,
                careers_url: careers_url?,
                linkedin_id,
                industry: industry?,
                place: place?,
                notes: notes?,
                found_by: found_by?,
            })
        })
    }
}

/// The company's number at LinkedIn, which its people search needs, else the last part of its page's address.
fn linkedin_key(text: &str) -> Option<String> {
    let number = text.parse().ok().or_else(|| linkedin_id_from(text)).map(|id: u64| id.to_string());
    let slug =
        || linkedin_slug_from(text).or_else(|| linkedin_slug_from(&format!("https://www.linkedin.com/company/{text}")));
    number.or_else(slug).filter(|key| is_key(key))
}

/// What a company's address at LinkedIn may end in.
fn is_key(key: &str) -> bool {
    key.len() <= 200 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%'))
}
