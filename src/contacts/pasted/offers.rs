//! Pages that are no person's: a posting is offered as an opening, a company's page as a company.

use super::read::bare;
use super::titles::SITES;
use crate::address::{About, about, company_in, first_link, is_own_site};
use crate::text::upper_first;

/// What a page that is no person's can be added as; every field as it would be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// A role at a company.
    Opening { title: String, company: String, url: String },
    /// A company, with its own site where that is the page.
    Company { name: String, website: String },
}

/// What is offered for the title and address of a page; nothing where it may be a person's.
pub fn offered(title: &str, text: &str, url: &str) -> Option<Offer> {
    let link = first_link(url).or_else(|| first_link(text)).or_else(|| first_link(title)).unwrap_or_default();
    // A phone shares the title with the address behind it.
    let title = if title.trim().is_empty() { text.lines().next().unwrap_or_default() } else { title };
    let title = title.split(link).next().filter(|_| !link.is_empty()).unwrap_or(title);
    match about(link) {
        About::Posting => Some(posting(title, link)),
        About::Company => {
            let name = title.split([':', '|']).next().unwrap_or_default();
            let name = split_at_dashes(name).first().copied().unwrap_or_default();
            let name = if is_site(name) { "" } else { name };
            let name = if name.is_empty() { slug(link) } else { uncounted(name).to_owned() };
            let website = if is_own_site(link) { link.to_owned() } else { String::new() };
            Some(Offer::Company { name, website })
        }
        _ => None,
    }
}

/// 'Acme hiring Analyst in Berlin | LinkedIn', 'Job Application for Analyst at Acme', 'Analyst @ Acme', 'Analyst - Acme - Berlin'.
fn posting(title: &str, link: &str) -> Offer {
    let opening = |title: &str, company: &str| {
        let company = if bare(company).is_empty() { slug(link) } else { bare(company).to_owned() };
        Offer::Opening { title: bare(title).to_owned(), company, url: link.to_owned() }
    };
    let title = uncounted(title.trim());
    let parts: Vec<&str> = title.split(" | ").flat_map(split_at_dashes).filter(|part| !is_site(part)).collect();
    let Some(first) = parts.first() else { return opening("", "") };
    if let Some((company, rest)) = first.split_once(" hiring ") {
        let role = rest.rsplit_once(" in ").map_or(rest, |(role, _)| role);
        return opening(role, company);
    }
    let first = first.strip_prefix("Job Application for ").unwrap_or(first);
    if let Some((role, company)) = [" at ", " @ ", " bei "].iter().find_map(|at| first.rsplit_once(at)) {
        return opening(role, company);
    }
    // What names itself in the address is the company, on whichever side of the role it stands.
    let named = slug(link).to_lowercase();
    let is_company = |part: &str| {
        let part: String = part.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let named: String = named.chars().filter(|c| c.is_alphanumeric()).collect();
        !named.is_empty() && (part.starts_with(&named) || named.starts_with(&part))
    };
    match parts[..] {
        [company, role, ..] if is_company(company) => opening(role, company),
        [role, company, ..] => opening(role, company),
        _ => opening(first, ""),
    }
}

fn split_at_dashes(title: &str) -> Vec<&str> {
    let parts = [" – ", " — ", " · "].iter().fold(title.split(" - ").collect::<Vec<_>>(), |parts, mark| {
        parts.into_iter().flat_map(|part| part.split(mark)).collect()
    });
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// '(3) ' counts unread messages.
fn uncounted(title: &str) -> &str {
    let counted = title.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    counted
        .filter(|(count, _)| count.chars().all(|c| c.is_ascii_digit() || c == '+'))
        .map_or(title, |(_, rest)| rest)
        .trim()
}

fn is_site(part: &str) -> bool {
    let part = part.trim().to_lowercase();
    SITES.contains(&part.as_str())
        || ["indeed.com", "indeed", "stepstone", "glassdoor", "xing jobs"].contains(&part.as_str())
}

/// The company as the address writes it: 'acme-robotics' is Acme Robotics.
fn slug(link: &str) -> String {
    let slug = company_in(link).unwrap_or_default();
    slug.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(upper_first).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_is_offered_as_an_opening() {
        let linkedin = "https://www.linkedin.com/jobs/view/4012345678/";
        for (shown, link, title, company) in [
            (
                "(2) Acme Robotics hiring Senior Analyst in Berlin, Germany | LinkedIn",
                linkedin,
                "Senior Analyst",
                "Acme Robotics",
            ),
            ("Senior Analyst | Acme Robotics | LinkedIn", linkedin, "Senior Analyst", "Acme Robotics"),
            (
                "Job Application for Senior Analyst at Acme",
                "https://boards.greenhouse.io/acme/jobs/1",
                "Senior Analyst",
                "Acme",
            ),
            ("Acme - Senior Analyst", "https://jobs.lever.co/acme/0a1b", "Senior Analyst", "Acme"),
            ("Senior Analyst @ Acme", "https://jobs.ashbyhq.com/acme/0a1b", "Senior Analyst", "Acme"),
            ("Senior Analyst", "https://acme-labs.jobs.personio.de/job/1", "Senior Analyst", "Acme Labs"),
            (
                "Senior Analyst - Acme - Berlin - Indeed.com",
                "https://de.indeed.com/viewjob?jk=1",
                "Senior Analyst",
                "Acme",
            ),
            ("Senior Analyst – Acme", "https://acme.example/careers/7", "Senior Analyst", "Acme"),
            ("", "https://jobs.lever.co/acme/0a1b", "", "Acme"),
        ] {
            let opening = Offer::Opening { title: title.into(), company: company.into(), url: link.into() };
            assert_eq!(offered(shown, "", link), Some(opening.clone()), "{shown}");
            assert_eq!(offered("", &format!("{shown} {link}"), ""), Some(opening), "{shown}, in one text");
        }
    }

    #[test]
    fn a_companys_page_is_offered_as_a_company() {
        let page = "https://www.linkedin.com/company/acme-robotics/";
        for (shown, name) in [
            ("(1) Acme Robotics: Overview | LinkedIn", "Acme Robotics"),
            ("Acme Robotics | LinkedIn", "Acme Robotics"),
            ("LinkedIn", "Acme Robotics"),
            ("", "Acme Robotics"),
        ] {
            let company = Offer::Company { name: name.into(), website: String::new() };
            assert_eq!(offered(shown, "", page), Some(company), "{shown}");
        }
    }

    #[test]
    fn a_person_is_offered_as_nothing_else() {
        for (title, link) in [
            ("Grace Hopper - Rear Admiral - US Navy | LinkedIn", "https://www.linkedin.com/in/grace-hopper"),
            ("Ada King", "https://ada.example/about"),
            ("Feed | LinkedIn", "https://www.linkedin.com/feed/"),
            ("Grace Hopper", ""),
            ("", ""),
        ] {
            assert_eq!(offered(title, "", link), None, "{title}");
        }
    }
}
