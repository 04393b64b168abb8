//! Adding companies: one, or a whole list, one a line, looked at before it is taken over.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::pasted_list::rest::{Rest, rest};
use super::pasted_list::{ListLine, ListProblem, Listed, is_clean, parse_list};
use super::queries::lists as queries;
use super::queries::lists::Employer;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::address::WebAddress;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::companies::queries::{self as companies, Known, NewCompany, listed};
use crate::companies::search_links::find_more;
use crate::contacts;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, CompanyListId};
use crate::links::{Group, with_query};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Characters a list may have.
const TEXT_MAX: usize = 50_000;
/// Companies named in the sentence after a list was taken back.
const NAMED: usize = 5;

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddForm {
    companies: String,
    found_by: String,
    /// The list was looked at.
    confirmed: String,
    /// The page to return to, where that is not the list of companies.
    back: String,
    /// The capture it was read from, which waits no more once it is added.
    capture: String,
}

/// What a line of the list will do.
enum Line {
    New(CompanyName, Option<WebAddress>),
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
        /// The website on the line, which is not taken over.
        website: Option<WebAddress>,
    },
    /// A heading, a rule, the head of a table.
    NoCompany(&'static str),
    Problem(String),
    /// The list is longer than one may be: the lines from here on wait.
    Later,
}

struct Previewed {
    number: usize,
    line: Line,
    /// What to look at before it is added.
    doubt: Option<String>,
}

/// Holds a list against the companies there are: what each line will do, and what will be added.
fn held_against(listed: Vec<ListLine>, known: &[Known], found_by: FoundBy) -> (Vec<Previewed>, Vec<NewCompany>) {
    let known: HashMap<&str, &Known> = known.iter().map(|company| (company.name_key.as_str(), company)).collect();
    let mut fresh = Vec::new();
    let mut lines = Vec::new();
    for ListLine { number, content, doubt } in listed {
        let line = match content {
            Listed::Company { name, website } => match known.get(name.key().as_str()) {
                Some(company) => Line::Known { name, id: company.id, as_: company.name.clone(), website },
                None => {
                    let (new, site) = (name.clone(), website.clone());
                    fresh.push(NewCompany { id: CompanyId::new(), name: new, website: site, found_by });
                    Line::New(name, website)
                }
            },
            Listed::Repeated { name, first } => Line::Repeated { name, first },
            Listed::NoCompany(why) => Line::NoCompany(why),
            Listed::Problem(ListProblem::TooMany) => Line::Later,
            Listed::Problem(problem) => Line::Problem(problem.to_string()),
        };
        lines.push(Previewed { number, line, doubt });
    }
    (lines, fresh)
}

#[derive(Template)]
#[template(path = "companies/add.html")]
struct AddPage {
    shell: Shell,
    form: AddForm,
    errors: Errors,
    lines: Vec<Previewed>,
    /// How many lines would add a company.
    fresh: usize,
    /// How many lines wait until these are added.
    later: usize,
    /// The list waits here until it is added or thrown away.
    waiting: Option<CompanyListId>,
    ways: Vec<Group>,
    /// Where people already known work, and which is not on the list.
    employers: Vec<Employer>,
    has_target_role: bool,
}

impl AddPage {
    async fn new<P: Copy + Into<Viewer>>(visit: &mut Visit<P>, form: AddForm) -> Result<Self> {
        let leads = visit.cached("leads to companies", async |db, by| queries::leads(db, by).await).await?;
        let preferences = &visit.person.preferences;
        let role = preferences.target_roles.first().map_or("", String::as_str);
        let places: Vec<&str> = preferences.places.iter().map(String::as_str).collect();
        let place = places.first().copied().unwrap_or_default();
        let industry = preferences.industries.first().map_or("", String::as_str);
        let mut ways = vec![find_more::job_board_links(role, place), find_more::connections_links(role)];
        ways.extend(leads.first.as_deref().map(find_more::competitor_links));
        ways.push(find_more::area_links(industry, &places, role));
        let mut page = Self {
            shell: visit.shell(Nav::Companies),
            form,
            errors: Errors::default(),
            lines: Vec::new(),
            fresh: 0,
            later: 0,
            waiting: leads.waiting,
            ways,
            employers: leads.employers.0,
            has_target_role: !role.is_empty(),
        };
        if page.form.companies.is_empty()
            && let (Some(text), Some(found_by)) = (leads.text, leads.found_by)
        {
            let listed = parse_list(&text);
            page.later = rest(&text, &listed).map_or(0, |rest| rest.lines);
            page.preview(listed, &leads.known, found_by);
            page.form = AddForm { companies: text, found_by: found_by.to_string(), ..AddForm::default() };
        }
        Ok(page)
    }

    /// Shows what each line will do; returns what will be added.
    fn preview(&mut self, listed: Vec<ListLine>, known: &[Known], found_by: FoundBy) -> Vec<NewCompany> {
        let (lines, fresh) = held_against(listed, known, found_by);
        (self.lines, self.fresh) = (lines, fresh.len());
        fresh
    }

    /// How many lines name a company, or should.
    fn counted(&self) -> usize {
        let count = |shown: &&Previewed| !matches!(shown.line, Line::NoCompany(_) | Line::Later);
        self.lines.iter().filter(count).count() + self.later
    }

    fn waits(&self) -> String {
        let wait = if self.later == 1 { "waits" } else { "wait" };
        format!("{} from here on {wait} until these are added", words::count(self.later as i64, "line", "lines"))
    }

    /// Whether a line says more than will be kept.
    fn leaves_something_out(&self) -> bool {
        self.lines.iter().any(|shown| matches!(shown.line, Line::Known { website: Some(_), .. }))
    }

    fn people(&self, employer: &Employer) -> String {
        words::count(employer.people, "person you know", "people you know")
    }

    fn add_label(&self) -> String {
        if self.fresh == 0 {
            return "Go on with the rest".into();
        }
        format!("Add {}", words::count(self.fresh as i64, "company", "companies"))
    }

    fn ways_found(&self) -> Vec<(&'static str, &'static str)> {
        FoundBy::ALL.iter().filter(|f| **f != FoundBy::Import).map(|f| f.choice()).collect()
    }
}

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    /// What stands in the list already.
    companies: String,
}

/// `GET /companies/new`
pub async fn new(mut visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Page<impl Template>> {
    let form = AddForm { companies: query.companies, found_by: FoundBy::OwnIdea.to_string(), ..AddForm::default() };
    Ok(Page::ok(AddPage::new(&mut visit, form).await?))
}

/// `POST /companies`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<AddForm>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut page = AddPage::new(&mut visit, form).await?;
    let found_by = page.errors.choose::<FoundBy>("found_by", &page.form.found_by);
    let listed = parse_list(&page.form.companies);
    if !listed.iter().any(|line| !matches!(line.content, Listed::NoCompany(_))) {
        page.errors.add("companies", "Enter at least one company, one per line");
    }
    if page.form.companies.chars().count() > TEXT_MAX {
        page.errors.add("companies", format!("A list has at most {TEXT_MAX} characters. Add it in two parts"));
    }
    let (Some(found_by), true) = (found_by, page.errors.is_empty()) else {
        page.lines.clear();
        return Ok(Page::unprocessable(page).into_response());
    };

    let keys: Vec<String> = listed
        .iter()
        .filter_map(|line| match &line.content {
            Listed::Company { name, .. } => Some(name.key().as_str().to_owned()),
            _ => None,
        })
        .collect();
    let known = companies::known(visit.db(), by, &keys).await?;
    let is_clean = is_clean(&listed);
    let rest = rest(&page.form.companies, &listed);
    let fresh = page.preview(listed, &known, found_by);
    let is_looked_at = !page.form.confirmed.is_empty() || (is_clean && !page.leaves_something_out());
    match rest {
        _ if !fresh.is_empty() && is_looked_at => return add(visit, by, &fresh, found_by, &page.form, rest).await,
        Some(rest) if is_looked_at => {
            let id = page.waiting.unwrap_or_else(CompanyListId::new);
            queries::keep(visit.db(), by, id, &rest.text, found_by, now).await?;
            return Ok(Done::to("/companies/new").into_response());
        }
        rest => page.later = rest.map_or(0, |rest| rest.lines),
    }
    if let [Previewed { line, .. }] = &page.lines[..] {
        let problem = match line {
            Line::Problem(problem) => Some(problem.clone()),
            Line::Known { as_, website: Some(_), .. } => {
                Some(format!("{as_} is on your list already. You can add the website on its page"))
            }
            Line::Known { as_, .. } => Some(format!("{as_} is on your list already")),
            _ => None,
        };
        if let Some(problem) = problem {
            page.errors.add("companies", problem);
            page.lines.clear();
            return Ok(Page::unprocessable(page).into_response());
        }
    }
    let id = page.waiting.unwrap_or_else(CompanyListId::new);
    queries::keep(visit.db(), by, id, page.form.companies.trim(), found_by, now).await?;
    page.waiting = Some(id);
    Ok(Page::ok(page).into_response())
}

async fn add(
    mut visit: Visit<Owner>,
    by: Owner,
    fresh: &[NewCompany],
    found_by: FoundBy,
    form: &AddForm,
    rest: Option<Rest>,
) -> Result<Response> {
    use sqlx::Connection;
    let (now, back) = (visit.now, form.back.as_str());
    let list = CompanyListId::new();
    let mut transaction = visit.db().begin().await?;
    let added = companies::insert(&mut *transaction, by, fresh, now).await?;
    queries::forget(&mut *transaction, by).await?;
    queries::added(&mut *transaction, by, list, found_by, now).await?;
    if let Some(rest) = &rest {
        queries::keep(&mut *transaction, by, CompanyListId::new(), &rest.text, found_by, now).await?;
    }
    listed::mark(&mut *transaction, by, list, &added).await?;
    if let Ok(capture) = form.capture.parse() {
        contacts::queries::captures::finish(&mut *transaction, by, capture, now).await?;
    }
    let people = contacts::queries::match_employers(&mut *transaction, by).await?;
    transaction.commit().await?;
    let mut text = format!("{} added.", words::count(added.len() as i64, "company", "companies"));
    if people > 0 {
        text.push_str(&format!(" You already know {} there.", words::count(people, "person", "people")));
    }
    let to = match (&rest, &added[..]) {
        (Some(_), _) => "/companies/new".into(),
        (None, [one]) => format!("/companies/{one}"),
        _ => "/companies".into(),
    };
    let undo = with_query(&format!("/company-lists/{list}/undos"), &[("back", back)]);
    // What waits is looked at next.
    let back = if rest.is_some() { "" } else { back };
    Ok(Done::to(own_path_or(back, to)).saying(text).undo(undo).into_response())
}

/// Where the list was added from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackQuery {
    back: String,
}

/// `POST /company-lists/{id}/undos`: the companies that came with the list go into the bin again.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<CompanyListId>, Query(query): Query<BackQuery>) -> Result<Done> {
    use sqlx::Connection;
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    if !queries::exists(&mut *transaction, by, id).await? {
        return Err(Error::NotFound);
    }
    let gone = listed::take_back(&mut transaction, by, id, now).await?;
    let stays = listed::still_there(&mut *transaction, by, id).await?;
    transaction.commit().await?;
    let mut text = match gone {
        0 if stays.is_empty() => "Undone already.".to_owned(),
        n => format!("{} in the bin.", words::count(n, "company is", "companies are")),
    };
    if !stays.is_empty() {
        let stay = if stays.len() == 1 { "stays" } else { "stay" };
        let first: Vec<String> = stays.iter().take(NAMED).cloned().collect();
        let more = stays.len() - first.len();
        let names = if more > 0 { format!("{} and {more} more", first.join(", ")) } else { words::list(&first) };
        text.push_str(&format!(" {names} {stay}, because you did something with them since."));
    }
    Ok(Done::to(own_path_or(&query.back, "/companies")).saying(text))
}

/// `POST /company-lists/deletions`: the list that waits is thrown away.
pub async fn forget(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    queries::forget(visit.db(), by).await?;
    Ok(Done::to("/companies/new").saying("Discarded the list."))
}
