//! Who could introduce the user to a company or to a person, and why.

use askama::Template;
use jiff::civil::Date;

use super::queries::ways::{self as queries, Found};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::companies::name::NameKey;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, IntroductionId};
use crate::playbook::path::{Goal, Way, ways};
use crate::playbook::stage::Stage;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Ways shown; who knows more people than that has enough to do.
const MOST: usize = 30;

/// Others shown, whom one may ask around.
const MOST_AROUND: usize = 10;

#[derive(Template)]
#[template(path = "introductions/ways.html")]
struct WaysPage {
    shell: Shell,
    goal: Found,
    /// Whoever has a tie to the goal.
    ways: Vec<Way>,
    /// How many of those there are altogether.
    all: usize,
    /// Who has none, and led the user to others before.
    around: Vec<Way>,
    today: Date,
}

impl WaysPage {
    fn heading(&self) -> &str {
        self.goal.person.as_deref().or(self.goal.company.as_deref()).unwrap_or_default()
    }

    /// Where to note someone who could introduce the user.
    fn add(&self) -> String {
        match (self.goal.person_id, self.goal.company_id) {
            (Some(person), _) => format!("/introductions/new?introduced={person}"),
            (None, Some(company)) => format!("/introductions/new?company={company}"),
            (None, None) => "/introductions/new".into(),
        }
    }

    fn is_in_contact(&self) -> bool {
        self.goal.stage.is_some_and(|stage| !matches!(stage, Stage::Identified | Stage::Requested))
    }

    fn new_introduction(&self) -> IntroductionId {
        IntroductionId::new()
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }
}

/// `GET /companies/{id}/paths`
pub async fn to_company(visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Page<impl Template>> {
    page(visit, Some(id), None, Nav::Companies).await
}

/// `GET /contacts/{id}/paths`
pub async fn to_contact(visit: Visit<Viewer>, Id(id): Id<ContactId>) -> Result<Page<impl Template>> {
    page(visit, None, Some(id), Nav::Contacts).await
}

async fn page(
    mut visit: Visit<Viewer>,
    company: Option<CompanyId>,
    contact: Option<ContactId>,
    nav: Nav,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let found = queries::find(visit.db(), by, company, contact).await?.ok_or(Error::NotFound)?;
    let preferences = &visit.person.preferences;
    let key = found.company.as_deref().map(NameKey::of);
    let is_former_employer = preferences.former_employers.iter().any(|former| Some(NameKey::of(former)) == key);
    let goal = Goal {
        person: found.person_id.zip(found.person.as_deref()),
        company: found.company.as_deref(),
        company_id: found.company_id,
        school_mates: &found.school_mates,
        former_colleagues: &found.former_colleagues,
        schools: &preferences.schools,
        former_employers: &preferences.former_employers,
        is_former_employer,
    };
    let (mut around, mut ways): (Vec<Way>, Vec<Way>) =
        ways(&goal, &found.candidates).into_iter().partition(|way| way.asks_around);
    let all = ways.len();
    ways.truncate(MOST);
    around.truncate(MOST_AROUND);
    Ok(Page::ok(WaysPage { shell: visit.shell(nav), today: visit.today(), ways, all, around, goal: found }))
}
