//! Who to ask next, of everyone known: the best people with the reasons, and a week's worth of them picked in one press.

use std::collections::BTreeSet;

use askama::Template;
use jiff::civil::Date;

use super::ceilings::Ceilings;
use super::queries::suggestions::{self as queries, Around};
use super::ranking::{Ranking, rank, read_by_employers};
use crate::access::Viewer;
use crate::accounts::preferences::Preferences;
use crate::accounts::visit::Visit;
use crate::companies::whom_to_ask::{Suggested, shared, wait};
use crate::error::Result;
use crate::folding::folded;
use crate::ids::CompanyId;
use crate::playbook::suggestion::Suggestion;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Suggestions on the page.
const SHOWN: usize = 30;

/// Picked for a week in one press.
const TEN: usize = 10;

/// Companies without anybody on the page.
const EMPTY_SHOWN: usize = 8;

/// A suggestion as the page shows it.
struct Row {
    suggested: Suggested,
    company: Option<(CompanyId, String)>,
    /// Among the ten for this week.
    ticked: bool,
}

/// A company where it is better to wait.
struct Waiting {
    company: CompanyId,
    name: String,
    people: usize,
    why: String,
}

#[derive(Template)]
#[template(path = "contacts/suggestions.html")]
struct SuggestionsPage {
    shell: Shell,
    rows: Vec<Row>,
    /// Not among the rows, though free.
    further: usize,
    waiting: Vec<Waiting>,
    /// Companies where nobody is known, the best first.
    empty: Vec<(CompanyId, String)>,
    empty_further: usize,
    has_companies: bool,
    has_contacts: bool,
    left: Vec<String>,
    /// What the ten are fewer for.
    stopped_at: Option<i64>,
}

impl SuggestionsPage {
    fn ticked(&self) -> usize {
        self.rows.iter().filter(|row| row.ticked).count()
    }

    /// 'Ten are ticked, each at another company.'
    fn ticked_in_words(&self) -> String {
        let reason = match self.stopped_at {
            Some(0) => " No more requests are left for this week.".to_owned(),
            Some(left) => {
                let verb = if left == 1 { "is" } else { "are" };
                format!(" {} {verb} left for this week.", words::count(left, "request", "requests"))
            }
            None => String::new(),
        };
        match self.ticked() {
            0 => format!("Tick the people you want to ask.{reason}"),
            1 => format!("One is ticked.{reason}"),
            n => format!("{} are ticked, each at another company.{reason}", words::heading_number(n as i64)),
        }
    }

    fn pick_label(&self) -> String {
        match self.ticked() {
            0 | 1 => "Pick for this week".into(),
            n => format!("Pick {} for this week", words::heading_number(n as i64).to_lowercase()),
        }
    }

    /// '4 companies wait for an answer'
    fn waiting_in_words(&self) -> String {
        match self.waiting.len() as i64 {
            1 => "At 1 company it's better to wait".into(),
            n => format!("At {n} companies it's better to wait"),
        }
    }

    fn people_in_words(&self, waiting: &Waiting) -> String {
        words::count(waiting.people as i64, "person waits", "people wait")
    }
}

/// `GET /contacts/suggestions`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let roles = visit.person.preferences.target_roles.clone();
    let begins = visit.person.preferences.cadence.week_begins;
    let mut around = queries::around(visit.db(), by, &roles, begins, today).await?;
    read_by_employers(&mut around, &visit.person.preferences);
    let shell = visit.shell(Nav::Contacts);
    Ok(Page::ok(page(shell, &around, &visit.person.preferences, today)))
}

fn page(shell: Shell, around: &Around, preferences: &Preferences, today: Date) -> SuggestionsPage {
    let Ranking { suggestions, waits, targets, empty } = rank(around, preferences, today);
    let ceilings = Ceilings::new(preferences, around.requests_this_week, around.notes_this_month, today);
    let left = (ceilings.requests.left() - around.requests_planned).max(0);
    let ticked = tick(&suggestions, left);
    let further = suggestions.len().saturating_sub(SHOWN);
    let row = |(nr, suggestion): (usize, &Suggestion<'_>)| Row {
        suggested: Suggested::of(suggestion, shared(preferences)),
        company: suggestion.person.company.zip(suggestion.company.map(|company| company.name.to_owned())),
        ticked: ticked.contains(&nr),
    };
    let mut waiting: Vec<Waiting> = waits
        .into_iter()
        .filter_map(|(company, (hold, people))| {
            let name = targets.get(&company)?.name.clone();
            Some(Waiting { company, name, people, why: wait(&hold, today) })
        })
        .collect();
    waiting.sort_by_cached_key(|waiting| folded(&waiting.name));
    SuggestionsPage {
        shell,
        rows: suggestions.iter().take(SHOWN).enumerate().map(row).collect(),
        further,
        waiting,
        empty: empty.iter().take(EMPTY_SHOWN).map(|target| (target.id, target.name.clone())).collect(),
        empty_further: empty.len().saturating_sub(EMPTY_SHOWN),
        has_companies: !around.targets.is_empty(),
        has_contacts: around.has_contacts,
        left: ceilings.lines(&preferences.cadence, today),
        stopped_at: (left < TEN as i64).then_some(left),
    }
}

/// The places of those to be ticked: the best ten, one for each company, and no more requests than are left.
fn tick(suggestions: &[Suggestion<'_>], mut requests_left: i64) -> BTreeSet<usize> {
    let mut companies = BTreeSet::new();
    let mut ticked = BTreeSet::new();
    for (nr, suggestion) in suggestions.iter().enumerate().take(SHOWN) {
        let person = suggestion.person;
        let needs_request = !person.nearness().connected;
        if ticked.len() == TEN || (needs_request && requests_left == 0) {
            continue;
        }
        if person.company.is_none_or(|company| companies.insert(company)) {
            requests_left -= i64::from(needs_request);
            ticked.insert(nr);
        }
    }
    ticked
}
