//! Searches for more companies, in the four ways of the first step.

use super::super::name::spoken;
use super::phrase::phrase;
use super::{duckduckgo, first, google, is_a_place};
use crate::links::{Group, Link, with_query};

/// Postings of the role. A company that ever posted it is worth a place on the list, whether or not it has an opening today.
pub fn job_board_links(role: &str, place: &str) -> Group {
    let place = if is_a_place(place) { place } else { "" };
    let boards = format!("(site:boards.greenhouse.io OR site:jobs.lever.co OR site:jobs.ashbyhq.com) {}", phrase(role));
    let near = if place.trim().is_empty() { boards } else { format!("{boards} {}", phrase(place)) };
    let links = vec![
        Link::new(
            "LinkedIn",
            with_query("https://www.linkedin.com/jobs/search/", &[("keywords", role), ("location", place)]),
        ),
        Link::new("Indeed", with_query("https://www.indeed.com/jobs", &[("q", role), ("l", place)])),
        Link::new("Google", google(format!("{role} jobs {place}").trim())),
        Link::new("Careers pages of companies", google(&near)),
    ];
    Group::new("Job boards", links)
}

/// Where the user's connections work: they can speak for the company from inside.
pub fn connections_links(role: &str) -> Group {
    let second = [("keywords", role), ("network", r#"["F","S"]"#), ("origin", "FACETED_SEARCH")];
    let links = vec![
        Link::new("Your connections", "https://www.linkedin.com/mynetwork/invite-connect/connections/"),
        Link::new(
            "Who near you does this work",
            with_query("https://www.linkedin.com/search/results/people/", &second),
        ),
    ];
    Group::new("Where your contacts work", links)
}

/// Companies like one that is on the list already.
pub fn competitor_links(company: &str) -> Group {
    let name = phrase(spoken(company));
    let links = vec![
        Link::new("Competitors on Google", google(&format!("competitors of {name}"))),
        Link::new("Competitors on DuckDuckGo", duckduckgo(&format!("companies like {name}"))),
        Link::new("Wikipedia", with_query("https://en.wikipedia.org/w/index.php", &[("search", company)])),
    ];
    Group::new(format!("Competitors of {}", company.trim()), links)
}

/// Companies of an industry nearby, and those that hire people anywhere.
pub fn area_links(industry: &str, places: &[&str], role: &str) -> Group {
    let towns: Vec<&str> = places.iter().copied().filter(|place| is_a_place(place)).collect();
    let place = first(&towns);
    let companies = format!("{industry} companies {place}");
    let companies = companies.trim();
    let mut links = Vec::new();
    if !place.is_empty() {
        let map = with_query("https://www.google.com/maps/search/?api=1", &[("query", companies)]);
        links.push(Link::new(format!("On the map: {place}"), map));
    }
    links.push(Link::new("LinkedIn companies", {
        with_query("https://www.linkedin.com/search/results/companies/", &[("keywords", companies)])
    }));
    links.push(Link::new("Lists on Google", google(&format!("list of {companies}"))));
    let remote = [("keywords", role), ("f_WT", "2")];
    links.push(Link::new("Remote, on LinkedIn", with_query("https://www.linkedin.com/jobs/search/", &remote)));
    let remote = with_query("https://weworkremotely.com/remote-jobs/search", &[("term", role)]);
    links.push(Link::new("Remote, on We Work Remotely", remote));
    Group::new("In the area, or hiring remotely", links)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(group: &Group) -> Vec<&str> {
        group.links.iter().map(|link| link.address.as_str()).collect()
    }

    #[test]
    fn job_boards_for_the_role() {
        assert_eq!(
            addresses(&job_board_links("data analyst", "Köln")),
            [
                "https://www.linkedin.com/jobs/search/?keywords=data%20analyst&location=K%C3%B6ln",
                "https://www.indeed.com/jobs?q=data%20analyst&l=K%C3%B6ln",
                "https://www.google.com/search?q=data%20analyst%20jobs%20K%C3%B6ln",
                "https://www.google.com/search?q=%28site%3Aboards.greenhouse.io%20OR%20site%3Ajobs.lever.co%20OR%20site%3Ajobs.ashbyhq.com%29%20%22data%20analyst%22%20%22K%C3%B6ln%22",
            ]
        );
        assert_eq!(addresses(&job_board_links("data analyst", ""))[1], "https://www.indeed.com/jobs?q=data%20analyst");
    }

    #[test]
    fn people_near_who_do_this_work() {
        assert_eq!(
            addresses(&connections_links("data analyst"))[1],
            "https://www.linkedin.com/search/results/people/?keywords=data%20analyst&network=%5B%22F%22%2C%22S%22%5D&origin=FACETED_SEARCH"
        );
    }

    #[test]
    fn competitors_of_one_on_the_list() {
        let group = competitor_links("Acme & Co");
        assert_eq!(group.label, "Competitors of Acme & Co");
        assert_eq!(
            addresses(&group),
            [
                "https://www.google.com/search?q=competitors%20of%20%22Acme%22",
                "https://duckduckgo.com/?q=companies%20like%20%22Acme%22",
                "https://en.wikipedia.org/w/index.php?search=Acme%20%26%20Co",
            ]
        );
    }

    #[test]
    fn companies_in_the_area_and_remote() {
        assert_eq!(
            addresses(&area_links("health", &["London"], "data analyst")),
            [
                "https://www.google.com/maps/search/?api=1&query=health%20companies%20London",
                "https://www.linkedin.com/search/results/companies/?keywords=health%20companies%20London",
                "https://www.google.com/search?q=list%20of%20health%20companies%20London",
                "https://www.linkedin.com/jobs/search/?keywords=data%20analyst&f_WT=2",
                "https://weworkremotely.com/remote-jobs/search?term=data%20analyst",
            ]
        );
        assert_eq!(area_links("health", &[], "data analyst").links.len(), 4);
        assert_eq!(
            addresses(&area_links("health", &["Remote", "London"], "x"))[0],
            addresses(&area_links("health", &["London"], "x"))[0]
        );
        assert_eq!(
            addresses(&job_board_links("data analyst", "remote")),
            addresses(&job_board_links("data analyst", ""))
        );
    }
}
