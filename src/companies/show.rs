//! A company's page: the people, the openings, the history, and where to look for more people.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use super::company::{Posting, Status};
use super::former::worked_at;
use super::queries;
use super::queries::show::{CompanyDetail, DossierRow};
use super::search_links::{self, School, Search};
use super::whom_to_ask::{MOST, NextThere, Suggested, Target, next_there};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::comments::comment::{About, Comments};
use crate::error::{Error, Result};
use crate::ids::{CompanyId, IntroductionId};
use crate::links::{Group, Link};
use crate::playbook::approach::Peer;
use crate::playbook::path::{self, Goal, Way};
use crate::playbook::referral;
use crate::playbook::stage::Stage;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Someone there: where the user stands with them, why they, and what to do next.
struct PersonRow<'a> {
    who: &'a Peer,
    /// Why to ask them next, or nothing.
    reasons: String,
}

impl PersonRow<'_> {
    fn may_be_asked_to_refer(&self) -> bool {
        referral::may_be_asked(self.who.stage, self.who.step)
    }

    /// What to ask of someone who is not to be asked for a referral yet: a talk, once they answered.
    fn word(&self) -> &'static str {
        match self.who.stage {
            Stage::Identified | Stage::Requested => "Write",
            _ => "Ask for a talk",
        }
    }
}

/// The order in which people are worth the next word.
const BEST_FIRST: [Stage; 9] = [
    Stage::InTouch,
    Stage::Spoke,
    Stage::Scheduled,
    Stage::Asked,
    Stage::Connected,
    Stage::Requested,
    Stage::Identified,
    Stage::MovedOn,
    Stage::Declined,
];

/// One kind of people to look for, and where.
struct SearchRow {
    label: String,
    linkedin: Vec<Link>,
    web: Vec<Link>,
}

impl SearchRow {
    fn of(group: Group) -> Self {
        let (web, linkedin) = group.links.into_iter().partition(|link| link.label.starts_with(ON_THE_WEB));
        Self { label: group.label, linkedin, web }
    }

    /// What a link is called in its cell.
    fn short<'a>(&self, link: &'a Link) -> &'a str {
        link.label.trim_start_matches(ON_THE_WEB).trim_end_matches(" people search").trim_end_matches(", on LinkedIn")
    }
}

/// How the searches begin that are not LinkedIn's own.
const ON_THE_WEB: &str = "Profiles on ";

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
            0 => format!("Each of its {topics} comes from two people or more."),
            1 => format!("1 of its {topics} comes from one person so far."),
            alone => format!("{alone} of its {topics} come from one person so far."),
        }
    }
}

#[derive(Template)]
#[template(path = "companies/show.html")]
struct ShowPage {
    shell: Shell,
    comments: Comments,
    company: CompanyDetail,
    today: Date,
    searches: Vec<SearchRow>,
    next: NextThere,
    errors: Errors,
    has_target_role: bool,
    /// Whether the user works or worked here.
    worked_here: bool,
    /// Who works elsewhere and could introduce the user to someone there, the best three.
    ways: Vec<Way>,
}

impl ShowPage {
    fn about(&self) -> String {
        let parts = [&self.company.industry, &self.company.place];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    }

    /// The best ten, the best first.
    fn people(&self) -> Vec<PersonRow<'_>> {
        let suggested = |who: &Peer| self.next.people.iter().position(|suggestion| suggestion.id == who.id);
        let mut people: Vec<&Peer> = self.company.there.iter().collect();
        people.sort_by_key(|who| {
            let stage = BEST_FIRST.iter().position(|stage| *stage == who.stage);
            (stage, who.due.unwrap_or(Date::MAX), suggested(who).unwrap_or(usize::MAX))
        });
        // What is true of each of them tells none from the others.
        let few = self.next.people.len() < 2;
        let tells = |reason: &&String| few || !self.next.people.iter().all(|other| other.reasons.contains(reason));
        let in_words = |suggestion: &Suggested| {
            suggestion.reasons.iter().filter(tells).map(|reason| format!("{reason}.")).collect::<Vec<_>>().join(" ")
        };
        let reasons = |who| suggested(who).and_then(|at| self.next.people.get(at)).map(in_words);
        people.into_iter().take(MOST).map(|who| PersonRow { who, reasons: reasons(who).unwrap_or_default() }).collect()
    }

    fn has_more_people(&self) -> bool {
        self.company.people_there > self.people().len() as i64
    }

    fn statuses(&self) -> Vec<(&'static str, &'static str)> {
        Status::choices()
    }

    fn new_introduction(&self) -> IntroductionId {
        IntroductionId::new()
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn is_late(&self, due: &Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }
}

/// `GET /companies/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Response> {
    let by = visit.by;
    let roles = visit.person.preferences.target_roles.clone();
    let Some(company) = queries::show::find(visit.db(), by, id, &roles).await? else {
        let kept = queries::duplicates::joined_into(visit.db(), by, id.0).await?.ok_or(Error::NotFound)?;
        return Ok(Redirect::to(&format!("/companies/{kept}")).into_response());
    };
    Ok(Page::ok(page(&visit, company, Errors::default())).into_response())
}

fn page(visit: &Visit<Viewer>, mut company: CompanyDetail, errors: Errors) -> ShowPage {
    let preferences = &visit.person.preferences;
    let linkedin = company.linkedin_id.as_deref().unwrap_or_default();
    let linkedin_id = linkedin.parse().ok();
    let schools: Vec<School> = preferences.schools.iter().map(|name| School { name, linkedin_slug: None }).collect();
    let searches = search_links::people_links(&Search {
        company: &company.name,
        linkedin_id,
        linkedin_slug: Some(linkedin).filter(|slug| !slug.is_empty() && linkedin_id.is_none()),
        roles: &as_strs(&preferences.target_roles),
        places: &as_strs(&preferences.places),
        schools: &schools,
        former_employers: &as_strs(&preferences.former_employers),
    })
    .into_iter()
    .map(SearchRow::of)
    .collect();
    let goal = Goal {
        company: Some(&company.name),
        company_id: Some(company.id),
        schools: &preferences.schools,
        former_employers: &preferences.former_employers,
        ..Goal::default()
    };
    // Who works there stands on the list of people.
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
        comments: Comments::of(std::mem::take(&mut company.comments.0), About::Company, company.id.0, visit),
        shell: visit.shell(Nav::Companies),
        today: visit.today(),
        next,
        searches,
        errors,
        has_target_role: !preferences.target_roles.is_empty(),
        worked_here: worked_at(preferences, &company.name).is_some(),
        ways,
        company,
    }
}

fn as_strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
