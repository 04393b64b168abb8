//! The page of the search. What the palette shows is its list, asked for as one types.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::asked::Asked;
use super::fit::{fit, marked};
use super::found::{Group, Hit, Kind, ranked};
use super::places::{self, Searcher};
use super::queries;
use super::sought::{Sought, Word};
use super::wording::{around, hit, joined};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::links::with_query;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

/// What is searched for, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    q: String,
}

/// A text, and which of its letters are what was searched for.
type Marked = Vec<(String, bool)>;

/// One line of the list.
struct Line {
    address: String,
    first: Marked,
    rest: Marked,
}

/// The lines of one kind.
struct Part {
    label: &'static str,
    lines: Vec<Line>,
    /// The whole list, and what it is called.
    all: Option<(String, String)>,
}

/// What was found, or is offered; or why nothing was looked for.
struct Listed {
    parts: Vec<Part>,
    problem: Option<String>,
    /// Something was searched for.
    is_search: bool,
}

impl Listed {
    fn said(&self) -> String {
        let found: usize = self.parts.iter().map(|part| part.lines.len()).sum();
        match (found, self.is_search) {
            _ if self.problem.is_some() => String::new(),
            (0, _) => "Nothing found".into(),
            (n, true) => format!("{n} found"),
            (_, false) => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "search/list.html")]
struct ListPart {
    listed: Listed,
}

#[derive(Template)]
#[template(path = "search/index.html")]
struct SearchPage {
    shell: Shell,
    q: String,
    listed: Listed,
}

/// `GET /search`: the page, or for the palette its list alone.
pub async fn show(mut visit: Visit<Viewer>, headers: HeaderMap, Query(query): Query<SearchQuery>) -> Result<Response> {
    let shell = visit.shell(Nav::Search);
    let by = Searcher { read_only: shell.read_only, admin: shell.admin };
    let listed = match Sought::parse(&query.q) {
        Err(problem) => Listed { parts: Vec::new(), problem: Some(problem.to_string()), is_search: false },
        Ok(None) => offered(by),
        Ok(Some(sought)) => found(&mut visit, by, &query.q, sought).await?,
    };
    if headers.contains_key("hx-request") {
        return Ok(Page::ok(ListPart { listed }).into_response());
    }
    Ok(Page::ok(SearchPage { shell, q: query.q, listed }).into_response())
}

fn offered(by: Searcher) -> Listed {
    let usual = places::usual(by);
    let of =
        |kind: Kind| -> Vec<Line> { usual.iter().filter(|hit| hit.kind == kind).map(|hit| line(&[], hit)).collect() };
    let part = |kind: Kind| Part { label: kind.label(), lines: of(kind), all: None };
    let parts = [Kind::Action, Kind::Place].map(part).into_iter().filter(|part| !part.lines.is_empty());
    Listed { parts: parts.collect(), problem: None, is_search: false }
}

async fn found(visit: &mut Visit<Viewer>, by: Searcher, typed: &str, sought: Sought) -> Result<Listed> {
    let is_meant = |asked: &Asked| {
        let is_a_places_name = asked.is_vague() && places::is_named(by, &sought);
        !by.read_only && !is_a_places_name
    };
    let asked = Asked::read(typed).filter(is_meant);
    if let Some(nobody) = asked.as_ref().filter(|asked| asked.sought().is_empty()) {
        let parts = vec![acting(nobody, &sought, &[])];
        return Ok(Listed { parts, problem: None, is_search: true });
    }
    // 'Schedule a talk with Grace' looks for Grace.
    let words = asked.as_ref().map_or(typed, Asked::sought);
    let (sought, words) = match Sought::parse(words) {
        Ok(Some(whom)) => (whom, words),
        _ => (sought, typed),
    };
    let (viewer, today, zone) = (visit.by, visit.today(), visit.person.zone.clone());
    let terms = sought.terms();
    let rows = queries::find(visit.db(), viewer, &terms, today).await?;
    // What the index cannot look up is not gone through to its end.
    let is_counted = |kind: Kind| kind.is_counted() && (kind != Kind::Person || terms.key.is_some());
    let counted = rows.iter().filter(|row| !row.near && is_counted(row.kind));
    let counts: Vec<(Kind, i64)> = counted.map(|row| (row.kind, row.counted)).collect();
    let mut hits: Vec<Hit> = rows.into_iter().map(|row| hit(row, today, &zone)).collect();
    hits.extend(places::named(by, &sought));
    let groups = ranked(&sought, hits, &counts);
    let people = groups.iter().find(|group| group.kind == Kind::Person).map_or(&[][..], |group| group.hits.as_slice());
    let mut parts: Vec<Part> = asked.iter().map(|asked| acting(asked, &sought, people)).collect();
    parts.retain(|part| !part.lines.is_empty());
    let is_asked = !parts.is_empty();
    let rest = groups.into_iter().filter(|group| !is_asked || group.kind != Kind::Action);
    parts.extend(rest.map(|group| part(&sought, words, group)));
    Ok(Listed { parts, problem: None, is_search: true })
}

fn acting(asked: &Asked, sought: &Sought, people: &[Hit]) -> Part {
    let lines = asked.actions(people).iter().map(|hit| line(sought.words(), hit)).collect();
    Part { label: Kind::Action.label(), lines, all: None }
}

fn part(sought: &Sought, words: &str, group: Group) -> Part {
    let label = group.kind.label();
    // The list knows no slips.
    let is_sure = group.hits.iter().any(|hit| !hit.near);
    let all = group.kind.list().filter(|_| group.is_more && is_sure).map(|list| {
        let some = group.all.map_or("More".into(), |all| format!("All {all}"));
        (with_query(list, &[("q", words.trim())]), format!("{some} {}", label.to_lowercase()))
    });
    Part { label, lines: group.hits.iter().map(|hit| line(sought.words(), hit)).collect(), all }
}

fn line(words: &[Word], hit: &Hit) -> Line {
    let is_seen = |text: &str| words.iter().all(|word| fit(word, text).is_some());
    let (first, rest) = match hit.kind {
        kind if kind.is_text() => (around(words, &hit.text), joined([hit.title.as_str(), &hit.about])),
        Kind::Action | Kind::Place => (hit.title.clone(), hit.about.clone()),
        // What is shown only where it is what was found.
        _ if is_seen(&format!("{} {}", hit.title, hit.about)) => (hit.title.clone(), hit.about.clone()),
        _ => (hit.title.clone(), joined([hit.about.as_str(), &around(words, &hit.text)])),
    };
    Line { address: hit.address.clone(), first: marked(words, &first), rest: marked(words, &rest) }
}
