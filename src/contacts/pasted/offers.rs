//! Pages that are no person's: a posting is offered as an opening, a company's page as a company.

use super::read::bare;
use super::signature::looks_like_a_name;
use super::titles::SITES;
use crate::address::{About, about, company_in, first_link, is_own_site};
use crate::companies::name::is_legal_form;
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
            let name = if is_site(name) { "" } else { without_page(uncounted(name)) };
            let name = if name.is_empty() { slug(link) } else { name.to_owned() };
            let website = if is_own_site(link) { link.to_owned() } else { String::new() };
            Some(Offer::Company { name, website })
        }
        // In a letter the site of a company stands below a person.
        About::Unknown if !url.trim().is_empty() || text.trim().lines().count() < 3 => {
            let name = companys(title, link)?;
            Some(Offer::Company { name, website: home(link) })
        }
        _ => None,
    }
}

/// Whether a page of no known kind is a company's own.
pub(super) fn is_a_companys(title: &str, link: &str) -> bool {
    about(link) == About::Unknown && companys(title, link).is_some()
}

/// Pages companies have on their own sites, as their addresses end.
const PAGES: [&str; 17] = [
    "about",
    "about-us",
    "careers",
    "career",
    "jobs",
    "team",
    "our-team",
    "karriere",
    "company",
    "ueber-uns",
    "uber-uns",
    "unternehmen",
    "who-we-are",
    "join-us",
    "work-with-us",
    "stellenangebote",
    "emplois",
];
/// How their titles name them; people have pages about themselves, but none of their careers.
const CALLED: [&str; 14] = [
    "careers",
    "career",
    "jobs",
    "team",
    "our team",
    "karriere",
    "join us",
    "work with us",
    "stellenangebote",
    "open positions",
    "unternehmen",
    "company",
    "about the company",
    "emplois",
];
const ABOUT: [&str; 8] = ["about us", "about", "über uns", "who we are", "home", "homepage", "startseite", "welcome"];
/// Words in names of companies.
const TRADES: [&str; 26] = [
    "inc",
    "gmbh",
    "ag",
    "ltd",
    "llc",
    "robotics",
    "labs",
    "software",
    "systems",
    "technologies",
    "technology",
    "group",
    "solutions",
    "health",
    "bank",
    "consulting",
    "partners",
    "media",
    "studio",
    "studios",
    "energy",
    "capital",
    "ventures",
    "foundation",
    "university",
    "company",
];

/// The company whose own page this is, by its title; nothing where it may be a person's.
fn companys(title: &str, link: &str) -> Option<String> {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest).split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/').to_lowercase();
    let title = uncounted(title.trim());
    if link.is_empty() || !(path.is_empty() || PAGES.contains(&path.as_str())) || title.contains(['@', '\n']) {
        return None;
    }
    let parts: Vec<&str> = title.split([':', '|']).flat_map(split_at_dashes).collect();
    let is_of = |words: &[&str], part: &str| words.contains(&part.to_lowercase().as_str());
    let has_page = parts.iter().any(|part| is_of(&CALLED, part)) || without_page(title) != title;
    let mut named = parts.iter().copied().filter(|part| !is_of(&CALLED, part) && !is_of(&ABOUT, part));
    let label = host.trim_start_matches("www.").split('.').next().unwrap_or_default();
    let letters = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    // What the address names, on whichever side of the slogan it stands.
    let is_theirs = |part: &&str| !label.is_empty() && letters(part) == letters(label);
    let name = without_page(named.clone().find(is_theirs).or_else(|| named.next())?);
    let is_a_trade = name.split(|c: char| !c.is_alphanumeric()).any(|word| is_of(&TRADES, word));
    let may_be_a_person = looks_like_a_name(name) && !is_a_trade && !has_page;
    (!may_be_a_person && !name.is_empty() && name.chars().count() <= 60 && !is_site(name)).then(|| name.to_owned())
}

/// The home page of a site.
fn home(link: &str) -> String {
    let from = link.find("://").map_or(0, |at| at + 3);
    let end = link[from..].find(['/', '?', '#']).map_or(link.len(), |at| from + at);
    link[..end].to_owned()
}

/// 'Acme' of 'Working at Acme', 'Jobs at Acme', 'Acme Reviews', 'Acme als Arbeitgeber'.
fn without_page(name: &str) -> &str {
    let before =
        ["Working at ", "Jobs at ", "Careers at ", "Jobs bei ", "Karriere bei ", "Open positions at ", "Work at "];
    let behind = [
        " Reviews",
        " Jobs",
        " Careers",
        " Company Profile",
        " als Arbeitgeber",
        " Erfahrungen",
        " Bewertungen",
        " Overview",
        " Karriere",
    ];
    let name = name.trim();
    let name = before.iter().find_map(|words| name.strip_prefix(words)).unwrap_or(name);
    behind.iter().find_map(|words| name.strip_suffix(words)).unwrap_or(name).trim()
}

/// 'Acme hiring Analyst in Berlin | LinkedIn', 'Job Application for Analyst at Acme', 'Analyst @ Acme', 'Analyst - Acme - Berlin'.
fn posting(title: &str, link: &str) -> Offer {
    let opening = |title: &str, company: &str| {
        let company = if bare(company).is_empty() { slug(link) } else { bare(company).to_owned() };
        Offer::Opening { title: bare(title).to_owned(), company, url: link.to_owned() }
    };
    let title = uncounted(title.trim());
    let parts = title.split(" | ").flat_map(split_at_dashes).filter(|part| !is_site(part));
    let parts: Vec<&str> = parts.filter(|part| !CALLED.contains(&part.to_lowercase().as_str())).collect();
    let Some(first) = parts.first() else { return opening("", "") };
    let hires = [" hiring ", " sucht ", " recrute ", " busca ", " zoekt ", " söker "];
    if let Some((company, rest)) = hires.iter().find_map(|hires| first.split_once(hires)) {
        let role = rest.rsplit_once(" in ").map_or(rest, |(role, _)| role);
        return opening(role, company);
    }
    let lower = first.to_lowercase();
    let is_page =
        ["careers at ", "jobs at ", "karriere bei ", "jobs bei "].iter().any(|start| lower.starts_with(start));
    if is_page && parts.len() > 1 {
        return opening(parts[1], without_page(first));
    }
    let first = first.strip_prefix("Job Application for ").unwrap_or(first);
    if let Some((role, company)) = [" at ", " @ "].iter().find_map(|at| first.rsplit_once(at)) {
        return opening(role, company);
    }
    if let Some((role, company)) = first.rsplit_once(" bei ") {
        let company = company.rsplit_once(" in ").map_or(company, |(company, _)| company);
        return opening(role, company);
    }
    // What names itself in the address is the company, on whichever side of the role it stands.
    let named = slug(link).to_lowercase();
    let is_company = |part: &str| {
        let part: String = part.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let named: String = named.chars().filter(|c| c.is_alphanumeric()).collect();
        !named.is_empty() && (part.starts_with(&named) || named.starts_with(&part))
    };
    // Indeed names the company, if it does, before the place, and the place always.
    let is_place = |part: &str| link.contains("indeed.") && !part.split(' ').any(is_legal_form);
    match parts[..] {
        [company, role, ..] if is_company(company) => opening(role, company),
        [role, place] if is_place(place) => opening(role, ""),
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
        || ["indeed.com", "indeed", "stepstone", "stepstone.de", "glassdoor", "xing jobs", "kununu", "crunchbase"]
            .contains(&part.as_str())
}

/// The company as the address writes it: 'acme-robotics' is Acme Robotics.
fn slug(link: &str) -> String {
    let slug = company_in(link).unwrap_or_default();
    slug.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(upper_first).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::in_shared;
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
            ("Senior Analyst - Careers - Acme", "https://acme.example/careers/7", "Senior Analyst", "Acme"),
            ("Senior Analyst | Jobs | Acme", "https://acme.example/careers/7", "Senior Analyst", "Acme"),
            ("Senior Analyst - Berlin - Indeed.com", "https://de.indeed.com/viewjob?jk=1", "Senior Analyst", ""),
            ("Acme sucht Senior Analyst (m/w/d) in Berlin | LinkedIn", linkedin, "Senior Analyst (m/w/d)", "Acme"),
            ("Careers at Acme | Senior Analyst", "https://acme.example/careers/7", "Senior Analyst", "Acme"),
            (
                "Senior Analyst (m/w/d) bei Acme GmbH in Berlin | StepStone",
                "https://www.stepstone.de/stellenangebote--1.html",
                "Senior Analyst (m/w/d)",
                "Acme GmbH",
            ),
            (
                "Software Engineer at Amazon | Glassdoor",
                "https://www.glassdoor.com/job-listing/software-engineer-amazon-JV_1.htm",
                "Software Engineer",
                "Amazon",
            ),
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
    fn a_companys_own_page_is_no_person() {
        for (shown, link, name, site) in [
            ("Acme | The robot company", "https://acme.com", "Acme", "https://acme.com"),
            ("The robot company - Acme", "https://www.acme.com/", "Acme", "https://www.acme.com"),
            ("Careers | Acme", "https://acme.com/careers", "Acme", "https://acme.com"),
            ("Careers | Acme Robotics", "https://acme.com/careers", "Acme Robotics", "https://acme.com"),
            ("About us | Acme", "https://acme.com/about", "Acme", "https://acme.com"),
            ("Team - Acme", "https://acme.com/team/", "Acme", "https://acme.com"),
            ("Karriere bei Acme GmbH", "https://acme.com/karriere", "Acme GmbH", "https://acme.com"),
            ("Working at Acme | Glassdoor", "https://www.glassdoor.com/Overview/Working-at-Acme-EI_1.htm", "Acme", ""),
            ("Acme - Crunchbase Company Profile & Funding", "https://www.crunchbase.com/organization/acme", "Acme", ""),
            ("Acme als Arbeitgeber: Gehalt | kununu", "https://www.kununu.com/de/acme", "Acme", ""),
            ("Jobs at Acme", "https://job-boards.greenhouse.io/acme", "Acme", ""),
            ("Acme", "https://jobs.lever.co/acme", "Acme", ""),
            ("Notion Jobs", "https://jobs.ashbyhq.com/notion", "Notion", ""),
            ("Acme: Jobs | LinkedIn", "https://www.linkedin.com/company/acme/jobs/", "Acme", ""),
        ] {
            let company = Offer::Company { name: name.into(), website: site.into() };
            assert_eq!(offered(shown, "", link), Some(company), "{shown}");
            let read = in_shared(shown, "", link);
            assert_eq!([read.name.as_str(), read.profile.as_str()], ["", ""], "{shown}");
            assert_eq!(read.rest, format!("{shown}\n{link}"), "nothing of it is lost");
        }
        let door = in_shared("LinkedIn Login, Sign in | LinkedIn", "", "https://www.linkedin.com/login");
        assert_eq!(door.name, "");
        let door = in_shared("LinkedIn Login, Sign in", "", "");
        assert_eq!((door.name.as_str(), door.rest.as_str()), ("", "LinkedIn Login, Sign in"));
    }

    #[test]
    fn a_person_is_offered_as_nothing_else() {
        let letter = "Best regards,\nJane Doe\nAcme\nhttps://acme.com";
        assert_eq!(offered("", letter, ""), None);
        for (title, link) in [
            ("Ada King – Designer", "https://ada.example/"),
            ("About | Ada King", "https://ada.example/about"),
            ("Jane Doe", "https://acme.com/team/jane-doe"),
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
