//! The overview: every search a coach may look at, in numbers, and where it is stuck.

use std::collections::HashMap;

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::queries::overview::{self, Numbers, Search};
use super::queries::{self, Received};
use super::shared_in_words;
use super::stands::{Stands, quiet};
use crate::access::{Looker, Myself, Scope, Viewer};
use crate::accounts::audit;
use crate::accounts::counting::count;
use crate::accounts::queries::rail::{self, Counts, Keeping};
use crate::accounts::visit::{Visit, hour};
use crate::clock;
use crate::database::Day;
use crate::error::Result;
use crate::folding::folded;
use crate::ids::{GrantId, UserId};
use crate::kinds::kinds;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

kinds! {
    /// What the list is sorted by.
    pub enum Sort {
        Stuck = "stuck", "Where it is stuck";
        Name = "name", "Name";
        Active = "active", "Last active";
    }
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OverviewQuery {
    sort: String,
}

/// Someone who has yet to let the coach in.
struct WaitingLine {
    id: GrantId,
    name: String,
    email: String,
    since: String,
}

/// A search that can be looked at.
struct SearchLine {
    id: GrantId,
    name: String,
    email: String,
    /// It is looked at now.
    looking: bool,
    /// 'Everything but notes, with comments, until 30 November'.
    shared: String,
    stands: Stands,
    active_on: Option<Date>,
    /// 'today', '4 November'.
    active: String,
    quiet: Option<String>,
    /// This week's, '3 of 5': the goals of Today.
    requests: String,
    /// The same.
    talks: String,
    late: usize,
    may_comment: bool,
    comments_open: i64,
    answers: i64,
    answer_path: Option<String>,
    /// 'Suggested 4: 2 added, 1 waiting'.
    suggested: Option<String>,
}

impl SearchLine {
    fn answered(&self) -> String {
        words::count(self.answers, "new answer", "new answers")
    }

    /// Where the first new answer stands.
    fn answer(&self) -> &str {
        self.answer_path.as_deref().unwrap_or_default()
    }

    fn open(&self) -> Option<String> {
        let open = words::count(self.comments_open, "open comment", "open comments");
        (self.comments_open > 0).then_some(open)
    }
}

#[derive(Template)]
#[template(path = "accounts/looking.html")]
struct OverviewPage {
    shell: Shell,
    sort: Sort,
    searches: Vec<SearchLine>,
    waiting: Vec<WaitingLine>,
}

impl OverviewPage {
    fn is_sorted(&self, sort: &Sort) -> bool {
        self.sort == *sort
    }

    /// How many are stuck, where there is a list.
    fn line(&self) -> String {
        let stuck = self.searches.iter().filter(|search| matches!(search.stands, Stands::Stuck(_))).count();
        match (self.searches.len(), stuck) {
            (0 | 1, _) => String::new(),
            (_, 0) => "No one is stuck.".into(),
            (all, 1) => format!("One of {all} is stuck."),
            (all, stuck) => format!("{stuck} of {all} are stuck."),
        }
    }
}

/// `GET /looking`
pub async fn index(mut visit: Visit<Myself>, Query(query): Query<OverviewQuery>) -> Result<Page<impl Template>> {
    let (me, now, mine) = (visit.by, visit.now, visit.today());
    let received = queries::received(visit.db(), me, now).await?;
    let (open, waiting): (Vec<Received>, Vec<Received>) =
        received.into_iter().partition(|grant| grant.let_in_at.is_some());
    let places: Vec<Place> = open.iter().map(|grant| Place::of(grant, now)).collect();
    let due = due(&mut visit, &open, &places).await?;
    let numbers = counted(&mut visit, &open, &places).await?;
    let mut searches: Vec<SearchLine> = open
        .into_iter()
        .zip(places.iter().zip(due))
        .filter_map(|(grant, (place, due))| Some(line(numbers.get(&grant.owner)?, grant, place, due, visit.person.id)))
        .collect();
    let sort = query.sort.parse().unwrap_or(Sort::Stuck);
    // What was found in no order is in the order of names among equals.
    searches.sort_by_cached_key(|search| (folded(&search.name), search.id));
    match sort {
        Sort::Name => {}
        Sort::Active => searches.sort_by_key(|search| std::cmp::Reverse(search.active_on)),
        Sort::Stuck => searches.sort_by_key(|search| {
            let rank = match search.stands {
                Stands::Stuck(_) => 0,
                Stands::OnTheWay => 1,
                Stands::Rests(_) => 2,
            };
            (rank, search.active_on)
        }),
    }
    let mut waiting: Vec<WaitingLine> = waiting
        .into_iter()
        .map(|grant| WaitingLine {
            id: grant.id,
            since: grant
                .accepted_at
                .map(|at| words::day(clock::date_in(&visit.person.zone, at.0), mine))
                .unwrap_or_default(),
            name: grant.name,
            email: grant.email,
        })
        .collect();
    waiting.sort_by_cached_key(|line| (folded(&line.name), line.id));
    // These forms are the coach's own, whoever's search they look at.
    let shell = Shell { read_only: false, ..visit.shell(Nav::Elsewhere) };
    Ok(Page::ok(OverviewPage { shell, sort, searches, waiting }))
}

/// Where and when a search is.
struct Place {
    zone: TimeZone,
    today: Date,
    search: Search,
}

impl Place {
    fn of(grant: &Received, now: Timestamp) -> Self {
        let zone = TimeZone::get(&grant.zone).unwrap_or(TimeZone::UTC);
        let today = clock::date_in(&zone, now);
        let search = Search {
            by: Viewer::granted_within(grant.owner, grant.scope, grant.id),
            grant: grant.id,
            week: grant.preferences.0.cadence.week_of(today),
            began: zone.to_timestamp(today.at(0, 0, 0, 0)).unwrap_or(now),
        };
        Self { zone, today, search }
    }
}

/// What is due in these searches, as their own pages say it: as kept, or counted one after the other, and then kept.
async fn due(visit: &mut Visit<Myself>, open: &[Received], places: &[Place]) -> Result<Vec<Counts>> {
    let utc = clock::date_in(&TimeZone::UTC, visit.now);
    let (mut all, mut keeping) = (Vec::with_capacity(open.len()), Vec::new());
    for (grant, place) in open.iter().zip(places) {
        let (by, today) = (place.search.by, place.today);
        let counts = match grant.kept_counts((today, utc)) {
            Some(counts) => counts,
            None => {
                let counts = count(visit.db(), by, &grant.preferences.0, (today, utc)).await?;
                if !grant.writing {
                    let stamp = grant.stamp.unwrap_or_else(Uuid::now_v7);
                    keeping.push(Keeping { by, stamp, counts, today });
                }
                counts
            }
        };
        all.push(counts);
    }
    if !keeping.is_empty() {
        rail::keep(visit.db(), &keeping, utc).await?;
    }
    Ok(all)
}

/// The numbers of these searches, and a note for each seeker, once a day, that they were seen.
async fn counted(visit: &mut Visit<Myself>, open: &[Received], places: &[Place]) -> Result<HashMap<UserId, Numbers>> {
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let searches: Vec<Search> = places.iter().map(|place| place.search).collect();
    let answers_since = visit.now - audit::KEPT;
    let numbers: HashMap<UserId, Numbers> = overview::numbers(visit.db(), &searches, answers_since)
        .await?
        .into_iter()
        .map(|numbers| (numbers.user, numbers))
        .collect();
    let is_unseen = |grant: &&Received| numbers.get(&grant.owner).is_some_and(|numbers| !numbers.is_noted);
    let unseen: Vec<Looker> =
        open.iter().filter(is_unseen).map(|grant| Looker::granted(grant.owner, grant.id)).collect();
    if !unseen.is_empty() {
        let (name, hour) = (visit.my_name().to_owned(), hour(visit.now));
        overview::note(visit.db(), &unseen, &name, hour).await?;
    }
    Ok(numbers)
}

fn line(numbers: &Numbers, grant: Received, place: &Place, due: Counts, shown: UserId) -> SearchLine {
    let preferences = &grant.preferences.0;
    let changed_on =
        grant.writing_until.and_then(|until| rail::begun_at(until.0)).map(|at| clock::date_in(&place.zone, at));
    let touched_on = numbers.last_touch_on.map(|Day(day)| day).filter(|day| *day <= place.today);
    let active_on = changed_on.max(touched_on);
    SearchLine {
        id: grant.id,
        looking: grant.owner == shown,
        shared: shared_in_words(grant.scope, grant.may_comment, grant.ends_on, place.today),
        stands: Stands::of(preferences, numbers, due.thanks_late, place.today),
        active: active_on.map_or_else(|| "not yet".into(), |day| words::day(day, place.today)),
        quiet: quiet(active_on, place.today),
        active_on,
        requests: format!("{} of {}", numbers.requests_this_week, preferences.goals.requests_a_week),
        talks: format!("{} of {}", numbers.talks_this_week, preferences.goals.talks_a_week),
        late: if preferences.rests_on(place.today) { 0 } else { due.late },
        may_comment: grant.may_comment && grant.scope != Scope::Progress,
        comments_open: numbers.comments_open,
        answers: numbers.answers,
        answer_path: numbers.answer_path.clone(),
        suggested: suggested(numbers),
        name: grant.name,
        email: grant.email,
    }
}

/// 'Suggested 4: 2 added, 1 waiting'; nothing where nothing was.
fn suggested(numbers: &Numbers) -> Option<String> {
    let waiting = numbers.suggested - numbers.added - numbers.not_added;
    let parts: Vec<String> = [(numbers.added, "added"), (numbers.not_added, "not added"), (waiting, "waiting")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    (numbers.suggested > 0).then(|| format!("Suggested {}: {}", numbers.suggested, parts.join(", ")))
}
