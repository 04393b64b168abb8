//! `/`: what to do now.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::day::{began, items};
use super::done::done_in_words;
use super::first_steps::{Begun, FirstStep, GettingStarted, State, first_steps};
use super::fits::fits;
use super::forms::BulkForm;
use super::held_back::HeldBack;
use super::items::{Action, Item};
use super::notices::Notices;
use super::queries::{self, LeavingRow, Span, TalkRow, WholeDay};
use super::weeks::{review_is_due, week_in_words};
use crate::access::{Owner, Viewer};
use crate::accounts::settings::search_form::SearchForm;
use crate::accounts::visit::{Person, Visit};
use crate::comments::comment::OpenComment;
use crate::contacts::first_asks::{FirstAsks, first_asks};
use crate::error::Result;
use crate::ids::{ImportId, OpeningChangeId, TouchpointId};
use crate::links::with_query;
use crate::suggestions::suggestion::Waiting;
use crate::text::upper_first;
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

struct Goal {
    label: &'static str,
    done: i64,
    of: i64,
}

struct Talk {
    row: TalkRow,
    when: String,
    line: String,
}

#[derive(Template)]
#[template(path = "today/index.html")]
struct TodayPage {
    shell: Shell,
    notices: Notices,
    today: Date,
    late: Vec<Item>,
    due: Vec<Item>,
    held_back: HeldBack,
    /// What coaches said that waits for an answer.
    comments: Vec<OpenComment>,
    /// What coaches suggest that waits.
    suggested: Vec<Waiting>,
    /// Who was kept long enough.
    leaving: Vec<LeavingRow>,
    /// What does not fit into the minutes there are.
    rest: Vec<Item>,
    /// The minutes there are, if they were said.
    minutes: Option<u32>,
    /// What was done today, in words.
    done_today: Option<String>,
    /// The rest of the day was put away.
    put_away: bool,
    /// The week waits to be looked back on.
    review: bool,
    bulk: BulkForm,
    errors: Errors,
    talks: Vec<Talk>,
    goals: Vec<Goal>,
    /// How many introductions were asked for this week, where any were: they are no requests.
    introductions_asked: Option<String>,
    week: String,
    started: GettingStarted,
    next_due: Option<Date>,
    tomorrow: Date,
    /// Monday; none where that is tomorrow's day.
    next_week: Option<Date>,
}

impl TodayPage {
    fn heading(&self) -> String {
        match (self.count() + self.comments.len()) as i64 {
            _ if self.notices.away.is_some() => "Nothing is due".into(),
            _ if self.put_away => "Done for today".into(),
            0 if self.done_today.is_some() => "Done for today".into(),
            0 if !self.started.is_over() => "Welcome to Inroad".into(),
            0 => "Nothing due today".into(),
            1 => "One thing today".into(),
            n => format!("{} things today", words::heading_number(n)),
        }
    }

    fn line(&self) -> String {
        let minutes: u32 = self.late.iter().chain(&self.due).map(|item| item.minutes).sum();
        let mut parts = Vec::new();
        if minutes > 0 && self.notices.away.is_none() && !self.put_away {
            parts.push(format!("About {minutes} minutes"));
        }
        if !self.talks.is_empty() {
            parts.push(format!("{} coming", words::count(self.talks.len() as i64, "talk", "talks")));
        }
        let day = words::full_day(self.today, self.today);
        if parts.is_empty() { format!("{day}.") } else { format!("{day}. {}.", parts.join(", ")) }
    }

    fn first(&self) -> Option<&Item> {
        self.late.first().or(self.due.first())
    }

    fn count(&self) -> usize {
        self.late.len() + self.due.len() + self.rest.len()
    }

    fn is_over(&self) -> bool {
        self.put_away || (self.count() == 0 && (self.started.is_over() || self.done_today.is_some()))
    }

    /// Where the forms of the page lead back to.
    fn back(&self) -> String {
        self.minutes.map_or_else(|| "/".into(), |minutes| format!("/?minutes={minutes}"))
    }

    /// Where the run through the list begins.
    fn start(&self) -> String {
        let minutes = self.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        with_query(crate::web::run::PATH, &[("minutes", &minutes)])
    }

    /// Minutes to choose from, with those that were said.
    fn times(&self) -> Vec<u32> {
        let mut times = TIMES.to_vec();
        times.extend(self.minutes.filter(|minutes| !TIMES.contains(minutes)));
        times
    }

    fn is_chosen(&self, minutes: &u32) -> bool {
        self.minutes.as_ref() == Some(minutes)
    }

    fn is_ticked(&self, item: &Item) -> bool {
        self.bulk.line.contains(&item.key())
    }

    fn rest_line(&self) -> String {
        let minutes: u32 = self.rest.iter().map(|item| item.minutes).sum();
        format!("For another time: {}, about {minutes} minutes", words::count(self.rest.len() as i64, "line", "lines"))
    }

    /// What was done, what waits, and when it goes on.
    fn ending(&self) -> String {
        let mut said = Vec::new();
        if let Some(done) = &self.done_today {
            said.push(format!("Today: {done}."));
        }
        match self.count() as i64 {
            0 if self.next_due.is_some() => said.push(format!("The next thing is due {}.", self.next_day())),
            0 => {
                said.push("Nothing is planned. Pick a few people for this week, and their next steps come here.".into())
            }
            1 => said.push("One line waits until tomorrow, with its date as it was.".into()),
            n => said.push(format!("{n} lines wait until tomorrow, with their dates as they were.")),
        }
        said.join(" ")
    }

    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn opening_change(&self) -> OpeningChangeId {
        OpeningChangeId::new()
    }

    fn menu_id(&self, item: &Item) -> String {
        format!("menu-{}", item.key())
    }

    fn menu_label(&self, item: &Item) -> String {
        format!("More for {}", item.name)
    }

    fn said(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    /// 'Tomorrow', as a button begins.
    fn said_first(&self, date: &Date) -> String {
        upper_first(&self.said(date))
    }

    fn first_day(&self) -> String {
        self.today.saturating_add(1.day()).to_string()
    }

    fn next_day(&self) -> String {
        self.next_due.map(|day| words::day(day, self.today)).unwrap_or_default()
    }
}

/// The minutes there are.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MinutesQuery {
    minutes: String,
}

/// Minutes offered to choose from.
const TIMES: [u32; 4] = [10, 20, 30, 60];

/// The most minutes a day has.
const MOST: u32 = 24 * 60;

/// `GET /`
pub async fn show(mut visit: Visit<Viewer>, Query(query): Query<MinutesQuery>) -> Result<Page<impl Template>> {
    let minutes = query.minutes.trim().parse().ok().filter(|minutes| (1..=MOST).contains(minutes));
    let day = day(&mut visit).await?;
    let started = started(&mut visit, &day).await?;
    Ok(Page::ok(page(&visit, day, started, minutes)))
}

/// The page again, with what was ticked and what was wrong with it.
pub(super) async fn again(mut visit: Visit<Owner>, bulk: BulkForm, errors: Errors) -> Result<Response> {
    let day = day(&mut visit).await?;
    let started = started(&mut visit, &day).await?;
    Ok(Page::unprocessable(TodayPage { bulk, errors, ..page(&visit, day, started, None) }).into_response())
}

/// The first steps; who to ask first is looked for while that is the step to do.
async fn started<P: Copy + Into<Viewer>>(visit: &mut Visit<P>, day: &WholeDay) -> Result<GettingStarted> {
    let (by, today, person) = (visit.by, visit.today(), visit.person.clone());
    let begun = Begun { companies: day.companies, has_contacts: day.has_contacts, has_asked: day.has_asked };
    let steps = first_steps(&person.preferences, &begun);
    let asks = steps.iter().any(|shown| shown.step == FirstStep::Request && shown.state == State::ToDo);
    let asks = match asks && day.has_contacts {
        true => first_asks(visit.db(), by, &person.preferences, today).await?,
        false => FirstAsks::default(),
    };
    Ok(GettingStarted {
        steps,
        search: SearchForm::of(&person.preferences, person.version),
        companies: day.companies,
        is_empty: day.companies == 0 && !day.has_contacts,
        asks,
        list_waits: day.list_waits,
        import_waits: day.import_waits,
        import: ImportId::new(),
    })
}

/// Everything the day holds, in one statement. What lies ahead is read only where nothing is due, for the day on which it goes on.
pub(super) async fn day<P: Copy + Into<Viewer>>(visit: &mut Visit<P>) -> Result<WholeDay> {
    let (by, today, now) = (visit.by, visit.today(), visit.now);
    let week = visit.person.preferences.cadence.week_of(today);
    let until = if visit.due == 0 { Date::MAX } else { today };
    let span = Span { today, week, began: began(&visit.person.zone, today, now), now, until };
    let over = visit.person.preferences.is_search_over();
    Ok(queries::day(visit.db(), by, span, over).await?)
}

/// The lines that fit into the minutes there are, and the others.
fn parted(items: Vec<Item>, minutes: Option<u32>) -> (Vec<Item>, Vec<Item>) {
    let needs: Vec<u32> = items.iter().map(|item| item.minutes).collect();
    let taken = minutes.map_or_else(|| vec![true; needs.len()], |minutes| fits(&needs, minutes));
    let (now, rest): (Vec<_>, Vec<_>) = items.into_iter().zip(taken).partition(|(_, taken)| *taken);
    let bare = |pairs: Vec<(Item, bool)>| pairs.into_iter().map(|(item, _)| item).collect();
    (bare(now), bare(rest))
}

fn page<P>(visit: &Visit<P>, mut day: WholeDay, started: GettingStarted, minutes: Option<u32>) -> TodayPage {
    let (person, today) = (&visit.person, visit.today());
    let cadence = &person.preferences.cadence;
    let week = cadence.week_of(today);
    let next_due = day.due.next_after(today, person.preferences.due_rules(), |day| {
        person.preferences.away_on(day).and_then(|away| away.to.tomorrow().ok())
    });
    let (items, held_back) = items(&mut day, &person.preferences, (visit.now, today));
    let (now, rest) = parted(items, minutes);
    let (late, due) = now.into_iter().partition(Item::is_late);
    let goals = &person.preferences.goals;
    let tomorrow = cadence.next_day(today);
    TodayPage {
        shell: visit.shell(Nav::Today),
        notices: Notices {
            accepted_by: visit.accepted_by.clone(),
            let_in_by: visit.let_in_by.clone(),
            ..Notices::of(&person.preferences, today)
        },
        today,
        late,
        due,
        held_back,
        comments: if visit.looking.is_some() { Vec::new() } else { day.comments.0 },
        suggested: if visit.looking.is_some() { Vec::new() } else { day.suggested.0 },
        leaving: day.leaving.0,
        rest,
        minutes,
        done_today: done_in_words(&day.done_today.0, day.kept_today),
        put_away: person.preferences.done_for_today == Some(today),
        review: day.has_asked && review_is_due(person.preferences.week_reviewed, cadence.week_begins, today),
        bulk: BulkForm::default(),
        errors: Errors::default(),
        talks: day.talks.0.into_iter().map(|row| talk(row, person, today)).collect(),
        goals: vec![
            Goal { label: "Requests sent", done: day.requests_this_week, of: goals.requests_a_week.into() },
            Goal { label: "Talks held", done: day.talks_this_week, of: goals.talks_a_week.into() },
            Goal { label: "Companies on the list", done: day.companies, of: goals.companies.into() },
        ],
        introductions_asked: (day.introductions_asked_this_week > 0).then(|| {
            let said = words::count(day.introductions_asked_this_week, "introduction", "introductions");
            format!("And {said} asked for.")
        }),
        week: week_in_words(week),
        started,
        next_due,
        tomorrow,
        next_week: Some(cadence.next_week(today)).filter(|day| *day != tomorrow),
    }
}

fn talk(row: TalkRow, person: &Person, today: Date) -> Talk {
    let day = crate::clock::date_in(&person.zone, row.starts_at);
    let named = if day == today { "Today".into() } else { words::full_day(day, today) };
    let prepared = words::prepared(row.sources, row.questions);
    Talk {
        when: format!("{named}, {}", words::time(row.starts_at, &person.zone)),
        line: format!("{}, {} min. {prepared}", row.way.label(), row.minutes),
        row,
    }
}
