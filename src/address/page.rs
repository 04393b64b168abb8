//! What a page is about, as far as its address tells.

use url::Url;

use super::profile::ProfileAddress;
use super::sites::{is_linkedin, plain_host};
use super::web::WebAddress;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Someone's profile.
    Person,
    /// A company.
    Company,
    /// A job that is, or was, open.
    Posting,
    /// The page of a network or service, about something else.
    Other,
    /// Whatever people say it is.
    Unknown,
}

/// Services that show postings of many companies, by the end of their hosts; whether the company stands in the path or the host.
const BOARDS: &[(&str, Place)] = &[
    ("boards.greenhouse.io", Place::Path(0)),
    ("job-boards.greenhouse.io", Place::Path(0)),
    ("job-boards.eu.greenhouse.io", Place::Path(0)),
    ("jobs.lever.co", Place::Path(0)),
    ("jobs.eu.lever.co", Place::Path(0)),
    ("jobs.ashbyhq.com", Place::Path(0)),
    ("apply.workable.com", Place::Path(0)),
    ("jobs.smartrecruiters.com", Place::Path(0)),
    ("careers.smartrecruiters.com", Place::Path(0)),
    ("myworkdayjobs.com", Place::Host),
    ("jobs.personio.de", Place::Host),
    ("jobs.personio.com", Place::Host),
    ("recruitee.com", Place::Host),
    ("bamboohr.com", Place::Host),
    ("teamtailor.com", Place::Host),
    ("indeed.com", Place::Nowhere),
    ("stepstone.de", Place::Nowhere),
    ("monster.com", Place::Nowhere),
    ("ziprecruiter.com", Place::Nowhere),
    ("welcometothejungle.com", Place::Path(2)),
];

/// Services that have a page of every company, by the end of their hosts, and what its path begins with.
const DIRECTORIES: &[(&str, &[&str])] =
    &[("crunchbase.com", &["organization"]), ("kununu.com", &["de", "at", "ch", "us", "en"])];

/// Where an address names the company.
#[derive(Debug, Clone, Copy)]
enum Place {
    Host,
    Path(usize),
    Nowhere,
}

/// Words for jobs in the addresses of companies' own pages.
const JOBS: [&str; 16] = [
    "job",
    "jobs",
    "career",
    "careers",
    "karriere",
    "stelle",
    "stellen",
    "stellenangebot",
    "stellenangebote",
    "vacancy",
    "vacancies",
    "position",
    "positions",
    "opening",
    "openings",
    "emploi",
];

/// What stands before a company in the addresses of networks.
const COMPANIES: [&str; 5] = ["company", "showcase", "school", "companies", "pages"];

/// What the page of an address is about.
pub fn about(link: &str) -> About {
    let Some(url) = parsed(link) else { return About::Unknown };
    let parts = parts(&url);
    let has = |word: &[&str]| parts.iter().any(|part| word.contains(&part.as_str()));
    let host = url.host_str().unwrap_or_default();
    let names_a_job = url.query_pairs().any(|(name, _)| ["currentJobId", "gh_jid", "jobId"].contains(&name.as_ref()));
    if ProfileAddress::parse(link).is_err() {
        let at = parts.iter().position(|part| COMPANIES.contains(&part.as_str()));
        // What a company's page says of its jobs is about the company, what hangs below it is a job.
        let is_below = parts.iter().position(|part| part == "jobs").is_some_and(|jobs| jobs + 1 < parts.len());
        return if at.is_some() && !is_below && !names_a_job {
            About::Company
        } else if names_a_job || (has(&["jobs", "job"]) && parts.len() > 1) {
            About::Posting
        } else {
            About::Other
        };
    }
    if is_linkedin(host) || ["github.com", "x.com", "twitter.com", "xing.com"].contains(&plain_host(&url)) {
        return About::Person;
    }
    if let Some(about) = in_a_directory(&url, &parts) {
        return about;
    }
    let all_of_a_company = match board(host) {
        Some(Place::Path(at)) => parts.len() == at + 1,
        // The service's own home page is its own.
        Some(Place::Host) => parts.is_empty() && !BOARDS.iter().any(|(site, _)| *site == plain_host(&url)),
        _ => false,
    };
    if all_of_a_company && !names_a_job {
        return About::Company;
    }
    let is_about_jobs = host.split('.').next().is_some_and(|first| JOBS.contains(&first));
    let is_below_jobs =
        parts.iter().position(|part| JOBS.contains(&part.as_str())).is_some_and(|at| at + 1 < parts.len());
    if board(host).is_some() && !parts.is_empty()
        || is_below_jobs
        || names_a_job
        || (is_about_jobs && !parts.is_empty())
    {
        About::Posting
    } else {
        About::Unknown
    }
}

/// What a page of a service is about that has one of every company.
fn in_a_directory(url: &Url, parts: &[String]) -> Option<About> {
    let host = plain_host(url);
    if host.split('.').any(|label| label == "glassdoor") && !parts.is_empty() {
        let is_a_job = parts.iter().any(|part| part.starts_with("job"));
        return Some(if is_a_job { About::Posting } else { About::Company });
    }
    let (_, starts) = DIRECTORIES.iter().find(|(site, _)| host == *site || host.ends_with(&format!(".{site}")))?;
    match parts {
        [] => None,
        [first, second, ..] if first == "person" && !second.is_empty() => Some(About::Person),
        [first, second, ..] if starts.contains(&first.as_str()) && !second.is_empty() => Some(About::Company),
        _ => Some(About::Other),
    }
}

/// The company an address names, as it is written there: 'acme-robotics' of `linkedin.com/company/acme-robotics`.
pub fn company_in(link: &str) -> Option<String> {
    let url = parsed(link)?;
    let parts = parts(&url);
    let host = url.host_str()?;
    let is_listed = DIRECTORIES.iter().any(|(site, _)| plain_host(&url).ends_with(site));
    let slug = if is_listed {
        parts.get(1).filter(|_| about(link) == About::Company)?.clone()
    } else if is_linkedin(host) || plain_host(&url) == "xing.com" {
        let at = parts.iter().position(|part| ["company", "showcase", "school", "pages"].contains(&part.as_str()))?;
        parts.get(at + 1)?.clone()
    } else {
        match board(host)? {
            Place::Host => host.split('.').next()?.to_owned(),
            Place::Path(at) => parts.get(at)?.clone(),
            Place::Nowhere => return None,
        }
    };
    let is_a_number = slug.chars().all(|c| c.is_ascii_digit());
    (!is_a_number && !slug.is_empty()).then_some(slug)
}

/// Whether a company's page is its own, and not one that a network made for it.
pub fn is_own_site(link: &str) -> bool {
    about(link) == About::Unknown
}

fn parsed(link: &str) -> Option<Url> {
    Url::parse(WebAddress::parse(link).ok()?.as_str()).ok()
}

fn parts(url: &Url) -> Vec<String> {
    let decoded = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().to_lowercase();
    url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(decoded).collect()
}

fn board(host: &str) -> Option<Place> {
    let is_of = |site: &str| host == site || host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'));
    BOARDS.iter().find(|(site, _)| is_of(site)).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_what_its_page_is_about() {
        for (link, is) in [
            ("https://www.linkedin.com/in/grace-hopper", About::Person),
            ("linkedin.com/in/grace-hopper", About::Person),
            ("https://www.xing.com/profile/Grace_Hopper", About::Person),
            ("https://github.com/grace", About::Person),
            ("https://www.linkedin.com/company/acme-robotics/about/", About::Company),
            ("https://www.linkedin.com/school/mit/", About::Company),
            ("https://www.xing.com/pages/acme", About::Company),
            ("https://www.linkedin.com/jobs/view/4012345678/", About::Posting),
            ("https://www.linkedin.com/jobs/collections/recommended/?currentJobId=4012345678", About::Posting),
            ("https://www.xing.com/jobs/berlin-analyst-123", About::Posting),
            ("https://boards.greenhouse.io/acme/jobs/123", About::Posting),
            ("https://jobs.lever.co/acme/0a1b", About::Posting),
            ("https://acme.wd3.myworkdayjobs.com/en-US/External/job/Berlin/Analyst_R1", About::Posting),
            ("https://de.indeed.com/viewjob?jk=1", About::Posting),
            ("https://acme.example/careers/senior-analyst", About::Posting),
            ("https://acme.example/karriere/stellenangebote/7", About::Posting),
            ("https://careers.acme.example/analyst", About::Posting),
            ("https://acme.example/apply?gh_jid=7", About::Posting),
            ("https://www.linkedin.com/company/acme/jobs/", About::Company),
            ("https://job-boards.greenhouse.io/acme", About::Company),
            ("https://job-boards.greenhouse.io/acme?gh_jid=7", About::Posting),
            ("https://jobs.lever.co/acme", About::Company),
            ("https://jobs.ashbyhq.com/notion/", About::Company),
            ("https://acme.jobs.personio.de/", About::Company),
            ("https://www.crunchbase.com/organization/acme", About::Company),
            ("https://www.crunchbase.com/person/ada-king", About::Person),
            ("https://www.kununu.com/de/acme", About::Company),
            ("https://www.kununu.com/", About::Unknown),
            ("https://www.bamboohr.com/", About::Unknown),
            ("https://www.glassdoor.com/Overview/Working-at-Acme-EI_IE1.htm", About::Company),
            ("https://www.glassdoor.de/job-listing/analyst-acme-JV_1.htm", About::Posting),
            ("https://acme.example/careers", About::Unknown),
            ("https://ada.example/about", About::Unknown),
            ("https://jobsmith.example/ada", About::Unknown),
            ("https://www.linkedin.com/feed/", About::Other),
            ("https://www.linkedin.com/jobs/", About::Other),
            ("https://www.linkedin.com/posts/ada_x-1", About::Other),
            ("nothing", About::Unknown),
            ("", About::Unknown),
        ] {
            assert_eq!(about(link), is, "{link}");
        }
    }

    #[test]
    fn an_address_names_a_company() {
        for (link, company) in [
            ("https://www.linkedin.com/company/acme-robotics/about/", Some("acme-robotics")),
            ("https://www.linkedin.com/company/1441/", None),
            ("https://boards.greenhouse.io/acme/jobs/123", Some("acme")),
            ("https://acme.wd3.myworkdayjobs.com/en-US/External/job/Berlin/Analyst_R1", Some("acme")),
            ("https://acme.jobs.personio.de/job/1", Some("acme")),
            ("https://jobs.ashbyhq.com/notion", Some("notion")),
            ("https://www.crunchbase.com/organization/acme-labs", Some("acme-labs")),
            ("https://www.kununu.com/de/acme", Some("acme")),
            ("https://de.indeed.com/viewjob?jk=1", None),
            ("https://acme.example/careers/1", None),
        ] {
            assert_eq!(company_in(link).as_deref(), company, "{link}");
        }
    }
}
