//! Ready-made searches: for people at a company, for more companies, and for what to know before a talk.
//!
//! The shapes of LinkedIn's addresses are undocumented and may change; they are kept in this one place.

pub mod find_more;
pub mod linkedin;
pub mod phrase;
pub mod prepare;

use super::name::{NameKey, spoken};
use crate::folding::folded;
use crate::links::{Group, Link, with_query};
use linkedin::People;
pub use linkedin::School;
pub use phrase::phrase;

/// Google stops reading a search at 32 words, so only so many titles and places go into one.
const MOST_ALTERNATIVES: usize = 5;

/// Who to look for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'a> {
    /// The company's name.
    pub company: &'a str,
    /// LinkedIn's number for the company; the only thing its company filter takes.
    pub linkedin_id: Option<u64>,
    /// The last part of the company's LinkedIn address.
    pub linkedin_slug: Option<&'a str>,
    /// The titles the user aims at.
    pub roles: &'a [&'a str],
    /// Where the user would work.
    pub places: &'a [&'a str],
    /// The user's schools.
    pub schools: &'a [School<'a>],
    /// Companies the user worked for.
    pub former_employers: &'a [&'a str],
}

/// Searches for people at a company: those in the target role first, then those with something in common with the user.
pub fn people_links(search: &Search<'_>) -> Vec<Group> {
    let mut groups = vec![in_the_role(search)];
    for school in search.schools.iter().filter(|school| !school.name.trim().is_empty()) {
        let mut links = Vec::new();
        if let Some(slug) = &linkedin::school_slug(school) {
            links.push(Link::new("LinkedIn alumni", linkedin::alumni(slug, spoken(search.company))));
        }
        links.extend(with_term(search, &school.label()));
        groups.push(Group::new(format!("From {}", school.label()), links));
    }
    let here = NameKey::of(search.company);
    let is_elsewhere = |employer: &&&str| !employer.trim().is_empty() && NameKey::of(employer) != here;
    for employer in search.former_employers.iter().filter(is_elsewhere) {
        groups.push(Group::new(format!("Formerly at {}", employer.trim()), with_term(search, spoken(employer))));
    }
    groups
}

fn in_the_role(search: &Search<'_>) -> Group {
    let roles = any_of(search.roles);
    let company = spoken(search.company);
    let people = People { company, company_id: search.linkedin_id, keywords: &roles, near_only: false };
    let mut links = vec![Link::new("LinkedIn people search", people.address())];
    if search.linkedin_id.is_some() {
        let near = People { keywords: "", near_only: true, ..people };
        links.push(Link::new("Your connections and theirs, on LinkedIn", near.address()));
    }
    if let Some(slug) = search.linkedin_slug {
        links.push(Link::new("The company's people on LinkedIn", linkedin::company_people(slug, first(search.roles))));
    }
    let places: Vec<&str> = search.places.iter().copied().filter(|place| is_a_place(place)).collect();
    links.extend(profiles_on_the_web(&[&phrase(company), &roles, &any_of(&places)]));
    let label = match search.roles {
        [] => "People there".to_owned(),
        [role, ..] => format!("In the role: {role}"),
    };
    Group::new(label, links)
}

/// Where someone works who may work anywhere: people write it as a wish, and nobody's profile names it as a town.
fn is_a_place(place: &str) -> bool {
    const NOWHERE: [&str; 14] = [
        "remote",
        "fully remote",
        "remote only",
        "hybrid",
        "anywhere",
        "worldwide",
        "home office",
        "homeoffice",
        "work from home",
        "wfh",
        "on-site",
        "onsite",
        "telework",
        "distributed",
    ];
    let plain = folded(place);
    !NOWHERE.contains(&plain.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn with_term(search: &Search<'_>, term: &str) -> Vec<Link> {
    let term = phrase(term);
    let company = spoken(search.company);
    let people = People { company, company_id: search.linkedin_id, keywords: &term, near_only: false };
    let mut links = vec![Link::new("LinkedIn people search", people.address())];
    links.extend(profiles_on_the_web(&[&phrase(company), &term]));
    links
}

/// The same web search, limited to profiles, on three engines.
fn profiles_on_the_web(terms: &[&str]) -> Vec<Link> {
    let mut query = "site:linkedin.com/in".to_owned();
    for term in terms.iter().filter(|term| !term.is_empty()) {
        query.push(' ');
        query.push_str(term);
    }
    vec![
        Link::new("Profiles on Google", google(&query)),
        Link::new("Profiles on Bing", with_query("https://www.bing.com/search", &[("q", &query)])),
        Link::new("Profiles on DuckDuckGo", duckduckgo(&query)),
    ]
}

pub(super) fn google(query: &str) -> String {
    with_query("https://www.google.com/search", &[("q", query)])
}

fn duckduckgo(query: &str) -> String {
    with_query("https://duckduckgo.com/", &[("q", query)])
}

/// Any of the phrases: `"a"`, or `("a" OR "b")`.
fn any_of(phrases: &[&str]) -> String {
    let phrases: Vec<_> =
        phrases.iter().map(|words| phrase(words)).filter(|words| !words.is_empty()).take(MOST_ALTERNATIVES).collect();
    match phrases.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        many => format!("({})", many.join(" OR ")),
    }
}

fn first<'a>(words: &[&'a str]) -> &'a str {
    words.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: &[&str] = &["data analyst", "BI analyst"];

    fn addresses(group: &Group) -> Vec<(&str, &str)> {
        group.links.iter().map(|link| (link.label.as_str(), link.address.as_str())).collect()
    }

    #[test]
    fn people_in_the_role_by_name_alone() {
        let search = Search {
            company: "Acme, Inc.",
            roles: ROLES,
            places: &["Berlin", "Remote", "(home office)"],
            ..Search::default()
        };
        let groups = people_links(&search);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].label, "In the role: data analyst");
        let web = "site%3Alinkedin.com%2Fin%20%22Acme%22%20%28%22data%20analyst%22%20OR%20%22BI%20analyst%22%29%20%22Berlin%22";
        assert_eq!(
            addresses(&groups[0]),
            [
                (
                    "LinkedIn people search",
                    "https://www.linkedin.com/search/results/people/?keywords=%22Acme%22%20AND%20%28%22data%20analyst%22%20OR%20%22BI%20analyst%22%29&origin=GLOBAL_SEARCH_HEADER"
                ),
                ("Profiles on Google", format!("https://www.google.com/search?q={web}").as_str()),
                ("Profiles on Bing", format!("https://www.bing.com/search?q={web}").as_str()),
                ("Profiles on DuckDuckGo", format!("https://duckduckgo.com/?q={web}").as_str()),
            ]
        );
    }

    #[test]
    fn people_in_the_role_by_number_and_slug() {
        let search = Search {
            company: "Acme",
            linkedin_id: Some(1441),
            linkedin_slug: Some("acme-inc"),
            roles: &["data analyst"],
            ..Search::default()
        };
        let groups = people_links(&search);
        assert_eq!(
            addresses(&groups[0])[..3],
            [
                (
                    "LinkedIn people search",
                    "https://www.linkedin.com/search/results/people/?keywords=%22data%20analyst%22&currentCompany=%5B%221441%22%5D&origin=FACETED_SEARCH"
                ),
                (
                    "Your connections and theirs, on LinkedIn",
                    "https://www.linkedin.com/search/results/people/?currentCompany=%5B%221441%22%5D&network=%5B%22F%22%2C%22S%22%5D&origin=FACETED_SEARCH"
                ),
                (
                    "The company's people on LinkedIn",
                    "https://www.linkedin.com/company/acme-inc/people/?keywords=data%20analyst"
                ),
            ]
        );
    }

    #[test]
    fn people_with_something_in_common() {
        let search = Search {
            company: "Acme",
            schools: &[School { name: "University of London", linkedin_slug: Some("university-of-london") }],
            former_employers: &["Difference Works", " "],
            ..Search::default()
        };
        let groups = people_links(&search);
        assert_eq!(
            groups.iter().map(|group| group.label.as_str()).collect::<Vec<_>>(),
            ["People there", "From University of London", "Formerly at Difference Works"]
        );
        assert_eq!(
            addresses(&groups[1])[..3],
            [
                ("LinkedIn alumni", "https://www.linkedin.com/school/university-of-london/people/?keywords=Acme"),
                (
                    "LinkedIn people search",
                    "https://www.linkedin.com/search/results/people/?keywords=%22Acme%22%20AND%20%22University%20of%20London%22&origin=GLOBAL_SEARCH_HEADER"
                ),
                (
                    "Profiles on Google",
                    "https://www.google.com/search?q=site%3Alinkedin.com%2Fin%20%22Acme%22%20%22University%20of%20London%22"
                ),
            ]
        );
    }

    #[test]
    fn quotation_marks_in_a_name_do_not_break_the_search() {
        assert_eq!(phrase("The \"Best\" Co"), "\"The Best Co\"");
        assert_eq!(phrase(" \" "), "");
    }

    #[test]
    fn many_titles_stay_within_what_google_reads() {
        let roles = ["senior data quality analyst"; 40];
        assert_eq!(any_of(&roles).matches("senior").count(), MOST_ALTERNATIVES);
    }
}
