//! Adding companies: one, or a whole list, one a line, looked at before it is taken over.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::queries::{self, Employer};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::company::FoundBy;
use crate::companies::name::{CompanyName, Listed, parse_list};
use crate::companies::queries::{self as companies, NewCompany};
use crate::companies::search_links::find_more;
use crate::contacts;
use crate::error::Result;
use crate::ids::CompanyId;
use crate::links::Group;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddForm {
    companies: String,
    found_by: String,
    /// The list was looked at.
    confirmed: String,
}

/// What a line of the list will do.
enum Line {
    New(CompanyName),
    /// An earlier line names it.
    Repeated {
        name: CompanyName,
        first: usize,
    },
    /// It is on the list already.
    Known {
        name: CompanyName,
        id: CompanyId,
        as_: String,
    },
    Problem(String),
}

struct Previewed {
    number: usize,
    line: Line,
}

#[derive(Template)]
#[template(path = "finding/add.html")]
struct AddPage {
    shell: Shell,
    form: AddForm,
    errors: Errors,
    lines: Vec<Previewed>,
    /// How many lines would add a company.
    fresh: usize,
    ways: Vec<Group>,
    /// Where people already known work, and which is not on the list.
    employers: Vec<Employer>,
    has_target_role: bool,
}

impl AddPage {
    async fn new<P>(visit: &mut Visit<P>, by: Viewer, form: AddForm) -> Result<Self> {
        let leads = queries::leads(visit.db(), by).await?;
        let preferences = &visit.person.preferences;
        let role = preferences.target_roles.first().map_or("", String::as_str);
        let places: Vec<&str> = preferences.places.iter().map(String::as_str).collect();
        let place = places.first().copied().unwrap_or_default();
        let industry = preferences.industries.first().map_or("", String::as_str);
        let mut ways = vec![find_more::job_board_links(role, place), find_more::connections_links(role)];
        ways.extend(leads.first.as_deref().map(find_more::competitor_links));
        ways.push(find_more::area_links(industry, &places, role));
        Ok(Self {
            shell: visit.shell(Nav::Companies),
            form,
            errors: Errors::default(),
            lines: Vec::new(),
            fresh: 0,
            ways,
            employers: leads.employers.0,
            has_target_role: !role.is_empty(),
        })
    }

    fn people(&self, employer: &Employer) -> String {
        words::count(employer.people, "person you know", "people you know")
    }

    fn add_label(&self) -> String {
        format!("Add {}", words::count(self.fresh as i64, "company", "companies"))
    }

    fn ways_found(&self) -> Vec<(&'static str, &'static str)> {
        FoundBy::ALL.iter().filter(|f| **f != FoundBy::Import).map(|f| (f.as_str(), f.label())).collect()
    }
}

/// `GET /companies/new`
pub async fn new(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, form) = (visit.by, AddForm { found_by: FoundBy::OwnIdea.to_string(), ..AddForm::default() });
    Ok(Page::ok(AddPage::new(&mut visit, by, form).await?))
}

/// `POST /companies`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<AddForm>) -> Result<Response> {
    let by = visit.by;
    let mut page = AddPage::new(&mut visit, by.into(), form).await?;
    let found_by = page.errors.choose::<FoundBy>("found_by", &page.form.found_by);
    let listed = parse_list(&page.form.companies);
    if listed.is_empty() {
        page.errors.add("companies", "Write at least one company, one a line");
    }
    let (Some(found_by), true) = (found_by, page.errors.is_empty()) else {
        return Ok(Page::unprocessable(page).into_response());
    };

    let keys: Vec<String> = listed
        .iter()
        .filter_map(|line| match &line.content {
            Listed::Company { name, .. } => Some(name.key().as_str().to_owned()),
            _ => None,
        })
        .collect();
    let known: HashMap<String, (CompanyId, String)> = companies::known(visit.db(), by, &keys)
        .await?
        .into_iter()
        .map(|company| (company.name_key, (company.id, company.name)))
        .collect();
    let mut fresh = Vec::new();
    for line in listed {
        let preview = match line.content {
            Listed::Company { name, website } => match known.get(name.key().as_str()) {
                Some((id, as_)) => Line::Known { name, id: *id, as_: as_.clone() },
                None => {
                    fresh.push(NewCompany { id: CompanyId::new(), name: name.clone(), website, found_by });
                    Line::New(name)
                }
            },
            Listed::Repeated { name, first } => Line::Repeated { name, first },
            Listed::Problem(problem) => Line::Problem(problem.to_string()),
        };
        page.lines.push(Previewed { number: line.number, line: preview });
    }
    page.fresh = fresh.len();

    let one_line = page.lines.len() == 1;
    if fresh.is_empty() || (page.form.confirmed.is_empty() && !one_line) {
        match (one_line, page.lines.first().map(|l| &l.line)) {
            (true, Some(Line::Problem(problem))) => page.errors.add("companies", problem.clone()),
            (true, Some(Line::Known { as_, .. })) => {
                page.errors.add("companies", format!("{as_} is on your list already"))
            }
            _ => return Ok(Page::ok(page).into_response()),
        }
        page.lines.clear();
        return Ok(Page::unprocessable(page).into_response());
    }
    add(visit, by, &fresh).await
}

async fn add(mut visit: Visit<Owner>, by: Owner, fresh: &[NewCompany]) -> Result<Response> {
    use sqlx::Connection;
    let now = visit.now;
    let mut transaction = visit.db().begin().await?;
    let added = companies::insert(&mut *transaction, by, fresh, now).await?;
    let people = contacts::queries::match_employers(&mut *transaction, by).await?;
    transaction.commit().await?;
    let mut text = format!("{} added.", words::count(added.len() as i64, "company", "companies"));
    if people > 0 {
        text.push_str(&format!(" You already know {} there.", words::count(people, "person", "people")));
    }
    let to = match added[..] {
        [one] => format!("/companies/{one}"),
        _ => "/companies".into(),
    };
    Ok(Done::to(to).saying(text).into_response())
}
