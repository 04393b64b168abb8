//! LinkedIn's addresses, written and read.

use url::Url;

use super::phrase;
use crate::links::{encode, with_query};

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
    let from_query = address
        .query_pairs()
        .filter(|(key, _)| matches!(key.as_ref(), "currentCompany" | "facetCurrentCompany" | "f_C"))
        .find_map(|(_, value)| first_number(&value));
    from_query.or_else(|| company_segment(&address)?.parse().ok())
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
    let mut segments = address.path_segments()?;
    segments.find(|segment| *segment == "company")?;
    segments.next().filter(|segment| !segment.is_empty())
}

/// The first run of digits: the filter is a list such as `["1441","791962"]`, or a bare number in older addresses.
fn first_number(value: &str) -> Option<u64> {
    value.split(|letter: char| !letter.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
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
