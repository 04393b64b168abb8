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

/// What the page of an address is about.
pub fn about(link: &str) -> About {
    let Some(url) = parsed(link) else { return About::Unknown };
    let parts = parts(&url);
    let has = |word: &[&str]| parts.iter().any(|part| word.contains(&part.as_str()));
    let host = url.host_str().unwrap_or_default();
    let names_a_job = url.query_pairs().any(|(name, _)| ["currentJobId", "gh_jid", "jobId"].contains(&name.as_ref()));
    if ProfileAddress::parse(link).is_err() {
        return if has(&["company", "showcase", "school", "companies", "pages"]) && !has(&["jobs"]) {
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

/// The company an address names, as it is written there: 'acme-robotics' of `linkedin.com/company/acme-robotics`.
pub fn company_in(link: &str) -> Option<String> {
    let url = parsed(link)?;
    let parts = parts(&url);
    let host = url.host_str()?;
    let slug = if is_linkedin(host) || plain_host(&url) == "xing.com" {
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
            ("https://de.indeed.com/viewjob?jk=1", None),
            ("https://acme.example/careers/1", None),
        ] {
            assert_eq!(company_in(link).as_deref(), company, "{link}");
        }
    }
}
