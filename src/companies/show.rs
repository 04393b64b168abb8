//! A company's page: the people, the openings, the history, and where to look for more people.

use askama::Template;
use jiff::civil::Date;

use super::company::{Posting, Status};
use super::queries;
use super::queries::show::{CompanyDetail, DossierRow, PersonRow};
use super::search_links::{self, School, Search};
use super::whom_to_ask::{NextThere, Target, next_there};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, IntroductionId, TouchpointId};
use crate::links::Group;
use crate::playbook::path::{self, Goal, Way};
use crate::playbook::referral;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

impl PersonRow {
    fn may_be_asked_to_refer(&self) -> bool {
        referral::may_be_asked(self.stage, self.next_step)
    }
}

impl DossierRow {
    /// '14 insights from 4 people.'
    fn told(&self) -> String {
        let lines = words::count(self.lines, "insight", "insights");
        let people = words::count(self.people, "person", "people");
        if self.people == 0 { format!("{lines}.") } else { format!("{lines} from {people}.") }
    }

    /// What is not sure yet.
    fn open(&self) -> String {
        let topics = words::count(self.topics, "topic", "topics");
        match self.topics - self.sure {
            0 => format!("Two people or more spoke of each of its {topics}."),
            1 => format!("1 of its {topics} rests on one voice so far."),
            alone => format!("{alone} of its {topics} rest on one voice so far."),
        }
    }
}

#[derive(Template)]
#[template(path = "companies/show.html")]
struct ShowPage {
    shell: Shell,
    company: CompanyDetail,
    today: Date,
    links: Vec<Group>,
    next: NextThere,
    errors: Errors,
    has_target_role: bool,
    /// Who could introduce the user to someone there, the best three.
    ways: Vec<Way>,
}

impl ShowPage {
    fn about(&self) -> String {
        let parts = [&self.company.industry, &self.company.place];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    }

    fn has_more_people(&self) -> bool {
        self.company.people_there > self.company.people.len() as i64
    }

    fn postings(&self) -> Vec<(String, &'static str)> {
        Posting::WORDS.iter().map(|(value, words)| (value.to_string(), *words)).collect()
    }

    fn statuses(&self) -> Vec<(&'static str, &'static str)> {
        Status::ALL.iter().map(|s| (s.as_str(), s.label())).collect()
    }

    fn new_introduction(&self) -> IntroductionId {
        IntroductionId::new()
    }

    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn is_late(&self, due: &Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }
}

/// `GET /companies/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let company = queries::show::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, company, Errors::default())))
}

fn page(visit: &Visit<Viewer>, company: CompanyDetail, errors: Errors) -> ShowPage {
    let preferences = &visit.person.preferences;
    let linkedin = company.linkedin_id.as_deref().unwrap_or_default();
    let linkedin_id = linkedin.parse().ok();
    let schools: Vec<School> = preferences.schools.iter().map(|name| School { name, linkedin_slug: None }).collect();
    let links = search_links::people_links(&Search {
        company: &company.name,
        linkedin_id,
        linkedin_slug: Some(linkedin).filter(|slug| !slug.is_empty() && linkedin_id.is_none()),
        roles: &as_strs(&preferences.target_roles),
        places: &as_strs(&preferences.places),
        schools: &schools,
        former_employers: &as_strs(&preferences.former_employers),
    });
    let goal = Goal {
        company: Some(&company.name),
        company_id: Some(company.id),
        schools: &preferences.schools,
        former_employers: &preferences.former_employers,
        ..Goal::default()
    };
    let ways = path::best(&goal, &company.ways);
    use referral::Status::{Agreed, Asked, Made};
    let target = Target {
        name: &company.name,
        motivation: company.motivation,
        posting: company.posting,
        has_referral: company.referrals.iter().any(|referral| matches!(referral.status, Asked | Agreed | Made)),
    };
    let next = match company.status {
        Status::Active => next_there(&target, &company.there, preferences, visit.today()),
        Status::Paused | Status::RuledOut => NextThere::default(),
    };
    ShowPage {
        shell: visit.shell(Nav::Companies),
        today: visit.today(),
        next,
        links,
        errors,
        has_target_role: !preferences.target_roles.is_empty(),
        ways,
        company,
    }
}

fn as_strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
