//! Where to look before a talk: seven sources.

use url::Url;

use super::super::name::spoken;
use super::linkedin::People;
use super::phrase::phrase;
use super::{google, profiles_on_the_web};
use crate::kinds::kinds;
use crate::links::{Link, with_query};

kinds! {
    /// What to read before a talk, in this order.
    pub enum Source {
        Profile = "profile", "Their profile";
        JobDescriptions = "job_descriptions", "Descriptions of the role there";
        Peers = "peers", "Profiles of people in the role there";
        Website = "website", "The company's site";
        Reviews = "reviews", "What employees say";
        News = "news", "News";
        Careers = "careers", "Careers page";
    }
}

/// Who is about to be spoken to, and about what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Preparation<'a> {
    /// Their whole name.
    pub person: &'a str,
    /// Their profile, where known.
    pub profile: Option<&'a str>,
    /// Where they work.
    pub company: &'a str,
    /// The company's site, where known.
    pub website: Option<&'a str>,
    /// LinkedIn's number for the company, where known.
    pub linkedin_id: Option<u64>,
    /// The title the user aims at.
    pub role: &'a str,
}

/// The seven sources, each with the links that lead there.
pub fn prepare_links(preparation: &Preparation<'_>) -> Vec<(Source, Vec<Link>)> {
    Source::ALL.iter().map(|source| (*source, links_for(*source, preparation))).collect()
}

/// Names in quotation marks are found as they stand.
fn links_for(source: Source, about: &Preparation<'_>) -> Vec<Link> {
    let spoken = spoken(about.company);
    let company = phrase(spoken);
    let role = phrase(about.role);
    let site = about.website.and_then(host);
    match source {
        Source::Profile => match about.profile.filter(|profile| host(profile).is_some()) {
            Some(profile) => vec![Link::new("Open the profile", profile)],
            None => {
                let person = phrase(about.person);
                let people =
                    People { company: spoken, company_id: about.linkedin_id, keywords: &person, near_only: false };
                let mut links = vec![Link::new("Find them on LinkedIn", people.address())];
                links.extend(profiles_on_the_web(&[&person, &company]).into_iter().take(1));
                links
            }
        },
        Source::JobDescriptions => {
            let words = joined(&[spoken, about.role]);
            vec![
                Link::new("On LinkedIn", with_query("https://www.linkedin.com/jobs/search/", &[("keywords", &words)])),
                Link::new("On Google", google(&joined(&[&company, &role, "job description"]))),
            ]
        }
        Source::Peers => {
            let people = People { company: spoken, company_id: about.linkedin_id, keywords: &role, near_only: false };
            let mut links = vec![Link::new("On LinkedIn", people.address())];
            links.extend(profiles_on_the_web(&[&company, &role]).into_iter().take(1));
            links
        }
        Source::Website => match (about.website, &site) {
            (Some(website), Some(_)) => vec![Link::new("Open the site", website)],
            _ => vec![Link::new("Find the site", google(&joined(&[&company, "official site"])))],
        },
        Source::Reviews => vec![
            Link::new("On Glassdoor", google(&joined(&["site:glassdoor.com/Reviews", &company]))),
            Link::new("Anywhere", google(&joined(&[&company, "employee reviews"]))),
        ],
        Source::News => vec![
            Link::new("Google News", with_query("https://news.google.com/search", &[("q", &company)])),
            Link::new("Bing News", with_query("https://www.bing.com/news/search", &[("q", &company)])),
        ],
        Source::Careers => match site {
            Some(site) => vec![Link::new("On their site", google(&format!("site:{site} careers")))],
            None => vec![Link::new("Find the page", google(&joined(&[&company, "careers"])))],
        },
    }
}

fn joined(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// The host of a web address, without `www.`; nothing for what must not become a link.
fn host(address: &str) -> Option<String> {
    let address = Url::parse(address).ok().filter(|address| matches!(address.scheme(), "http" | "https"))?;
    let host = address.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(preparation: &Preparation<'_>) -> Vec<String> {
        prepare_links(preparation).into_iter().flat_map(|(_, links)| links).map(|link| link.address).collect()
    }

    #[test]
    fn seven_sources_with_what_is_known() {
        let preparation = Preparation {
            person: "Katherine Johnson",
            profile: Some("https://www.linkedin.com/in/katherine"),
            company: "Acme",
            website: Some("https://www.acme.example/en"),
            linkedin_id: Some(1441),
            role: "data analyst",
        };
        assert_eq!(prepare_links(&preparation).len(), 7);
        assert_eq!(
            addresses(&preparation),
            [
                "https://www.linkedin.com/in/katherine",
                "https://www.linkedin.com/jobs/search/?keywords=Acme%20data%20analyst",
                "https://www.google.com/search?q=%22Acme%22%20%22data%20analyst%22%20job%20description",
                "https://www.linkedin.com/search/results/people/?keywords=%22data%20analyst%22&currentCompany=%5B%221441%22%5D&origin=FACETED_SEARCH",
                "https://www.google.com/search?q=site%3Alinkedin.com%2Fin%20%22Acme%22%20%22data%20analyst%22",
                "https://www.acme.example/en",
                "https://www.google.com/search?q=site%3Aglassdoor.com%2FReviews%20%22Acme%22",
                "https://www.google.com/search?q=%22Acme%22%20employee%20reviews",
                "https://news.google.com/search?q=%22Acme%22",
                "https://www.bing.com/news/search?q=%22Acme%22",
                "https://www.google.com/search?q=site%3Aacme.example%20careers",
            ]
        );
    }

    #[test]
    fn what_is_not_known_is_searched_for() {
        let preparation = Preparation { person: "Katherine Johnson", company: "Acme", ..Preparation::default() };
        let addresses = addresses(&preparation);
        assert_eq!(
            addresses[0],
            "https://www.linkedin.com/search/results/people/?keywords=%22Acme%22%20AND%20%22Katherine%20Johnson%22&origin=GLOBAL_SEARCH_HEADER"
        );
        assert!(addresses.contains(&"https://www.google.com/search?q=%22Acme%22%20official%20site".to_owned()));
        assert!(addresses.contains(&"https://www.google.com/search?q=%22Acme%22%20careers".to_owned()));
    }

    #[test]
    fn an_address_that_is_no_web_address_never_becomes_a_link() {
        let preparation = Preparation {
            profile: Some("javascript:alert(1)"),
            website: Some("javascript:alert(1)"),
            company: "Acme",
            ..Preparation::default()
        };
        assert!(addresses(&preparation).iter().all(|address| address.starts_with("https://")));
    }
}
