//! LinkedIn's addresses, written and read.

use url::Url;

use super::phrase::phrase;
use crate::links::{encode, with_query};
use crate::text::upper_first;

const PEOPLE: &str = "https://www.linkedin.com/search/results/people/";

/// A people search.
#[derive(Debug, Clone, Copy)]
pub(super) struct People<'a> {
    pub company: &'a str,
    pub company_id: Option<u64>,
    /// A search expression: phrases in quotation marks, upper-case AND and OR.
    pub keywords: &'a str,
    /// Only the user's connections and the connections of those.
    pub near_only: bool,
}

impl People<'_> {
    /// With the company's number its filter is used; without it the name is one more keyword, since the filter takes no names.
    pub(super) fn address(&self) -> String {
        let network = if self.near_only { r#"["F","S"]"# } else { "" };
        if let Some(id) = self.company_id {
            let company = format!("[\"{id}\"]");
            return with_query(
                PEOPLE,
                &[
                    ("keywords", self.keywords),
                    ("currentCompany", &company),
                    ("network", network),
                    ("origin", "FACETED_SEARCH"),
                ],
            );
        }
        let company = phrase(self.company);
        let keywords = match (company.is_empty(), self.keywords.is_empty()) {
            (true, _) => self.keywords.to_owned(),
            (_, true) => company,
            _ => format!("{company} AND {}", self.keywords),
        };
        let origin = if self.near_only { "FACETED_SEARCH" } else { "GLOBAL_SEARCH_HEADER" };
        with_query(PEOPLE, &[("keywords", &keywords), ("network", network), ("origin", origin)])
    }
}

/// The people page of a company.
pub(super) fn company_people(slug: &str, keywords: &str) -> String {
    with_query(&format!("https://www.linkedin.com/company/{}/people/", encode(slug)), &[("keywords", keywords)])
}

/// The alumni page of a school.
pub(super) fn alumni(slug: &str, keywords: &str) -> String {
    with_query(&format!("https://www.linkedin.com/school/{}/people/", encode(slug)), &[("keywords", keywords)])
}

/// LinkedIn's number for a company, from the address of a search limited to it or of its page, as pasted by a person.
///
/// The link behind the number of employees on a company's page carries it.
pub fn linkedin_id_from(pasted: &str) -> Option<u64> {
    let address = linkedin_address(pasted)?;
    let from_query = numbers(&address).first().copied();
    from_query.or_else(|| company_segment(&address)?.parse().ok())
}

/// The numbers of all companies a pasted search is limited to, in its order; a search can be limited to several.
pub fn linkedin_ids_from(pasted: &str) -> Vec<u64> {
    linkedin_address(pasted).map(|address| numbers(&address)).unwrap_or_default()
}

fn numbers(address: &Url) -> Vec<u64> {
    let filters = address
        .query_pairs()
        .filter(|(key, _)| matches!(key.as_ref(), "currentCompany" | "facetCurrentCompany" | "f_C"));
    filters
        .flat_map(|(_, value)| {
            let digits = value.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
            digits.filter_map(|digits| digits.parse().ok()).collect::<Vec<u64>>()
        })
        .collect()
}

/// The last part of a school's LinkedIn address: known, or in the address the user wrote for its name.
pub(super) fn school_slug(school: &School<'_>) -> Option<String> {
    let known = school.linkedin_slug.map(str::to_owned);
    known.or_else(|| segment_after(&linkedin_address(school.name)?, "school").map(str::to_lowercase))
}

/// The last part of a company's LinkedIn address, as pasted by a person.
pub fn linkedin_slug_from(pasted: &str) -> Option<String> {
    let address = linkedin_address(pasted)?;
    let slug = percent_encoding::percent_decode_str(company_segment(&address)?).decode_utf8().ok()?;
    let is_number = slug.chars().all(|letter| letter.is_ascii_digit());
    (!is_number).then(|| slug.to_lowercase())
}

fn linkedin_address(pasted: &str) -> Option<Url> {
    let pasted = pasted.trim();
    let address = Url::parse(pasted).or_else(|_| Url::parse(&format!("https://{pasted}"))).ok()?;
    let host = address.host_str()?;
    (matches!(address.scheme(), "http" | "https") && (host == "linkedin.com" || host.ends_with(".linkedin.com")))
        .then_some(address)
}

/// What follows `/company/`.
fn company_segment(address: &Url) -> Option<&str> {
    segment_after(address, "company")
}

fn segment_after<'a>(address: &'a Url, kind: &str) -> Option<&'a str> {
    let mut segments = address.path_segments()?;
    segments.find(|segment| *segment == kind)?;
    segments.next().filter(|segment| !segment.is_empty())
}

/// A school of the user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct School<'a> {
    /// As people call it.
    pub name: &'a str,
    /// The last part of its LinkedIn address, where known; only with it the alumni page can be opened.
    pub linkedin_slug: Option<&'a str>,
}

impl School<'_> {
    /// What people call it: of an address at LinkedIn the words of its last part.
    pub fn label(&self) -> String {
        let name = self.name.trim();
        match school_slug(&School { linkedin_slug: None, ..*self }) {
            Some(slug) => slug.split('-').map(upper_first).collect::<Vec<_>>().join(" "),
            None => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_from_what_people_paste() {
        for pasted in [
            "https://www.linkedin.com/search/results/people/?currentCompany=%5B%221441%22%5D&origin=FACETED_SEARCH",
            "https://www.linkedin.com/search/results/people/?currentCompany=[\"1441\",\"791962\"]",
            "  www.linkedin.com/search/results/people/?facetCurrentCompany=1441 ",
            "https://de.linkedin.com/jobs/search/?f_C=1441&keywords=x",
            "https://www.linkedin.com/company/1441/",
        ] {
            assert_eq!(linkedin_id_from(pasted), Some(1441), "{pasted}");
        }
    }

    #[test]
    fn a_search_limited_to_several_companies_names_them_all() {
        let two = "https://www.linkedin.com/search/results/people/?currentCompany=%5B%221441%22%2C%22791962%22%5D";
        assert_eq!(linkedin_ids_from(two), [1441, 791962]);
        assert_eq!(linkedin_ids_from("https://www.linkedin.com/company/1441/"), [0_u64; 0]);
    }

    #[test]
    fn no_number_no_guess() {
        for pasted in [
            "",
            "1441",
            "https://www.linkedin.com/company/acme-inc/",
            "https://www.linkedin.com/search/results/people/?keywords=1441",
            "https://linkedin.com.evil.example/company/1441",
            "https://notlinkedin.com/company/1441",
            "javascript:alert(1441)",
            "https://www.linkedin.com/company/99999999999999999999999",
        ] {
            assert_eq!(linkedin_id_from(pasted), None, "{pasted}");
        }
    }

    #[test]
    fn a_slug_is_read_from_a_company_page() {
        assert_eq!(linkedin_slug_from("linkedin.com/company/Acme-Inc/about/?x=1").as_deref(), Some("acme-inc"));
        assert_eq!(linkedin_slug_from("https://www.linkedin.com/company/m%C3%BCller/").as_deref(), Some("müller"));
        assert_eq!(linkedin_slug_from("https://www.linkedin.com/company/1441"), None);
        assert_eq!(linkedin_slug_from("https://www.linkedin.com/in/ada"), None);
        assert_eq!(linkedin_slug_from("https://acme.example/company/acme"), None);
    }
}
