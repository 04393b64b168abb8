//! `GET /progress`: is it working, and what to change next.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::answers::{By, Rate, Waits, rates, sent, waits};
use super::chart::{self, Columns, Dot, HEIGHT, LABELS, Line, WIDTH};
use super::experience::{self, Confidence};
use super::funnel::{self, Applications, FunnelStep, applications, funnel};
use super::ledger::{Coverage, Ledger};
use super::period::{Period, PeriodQuery};
use super::queries;
use super::verdict::{self, Advice, Figures};
use super::weeks::{Week, weeks};
use crate::access::Viewer;
use crate::accounts::preferences::Preferences;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::form::{Errors, Query};
use crate::web::list::address;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::{dates, words};

/// Weeks that have room side by side.
const WEEKS: usize = 26;

/// Everything that is counted of a period.
pub struct Report {
    pub period: Period,
    pub funnel: Vec<(FunnelStep, usize)>,
    pub weeks: Vec<Week>,
    pub rates: Vec<(By, Vec<Dot>)>,
    pub waits: Waits,
    pub coverage: Vec<(Coverage, usize)>,
    pub referred: Applications,
    pub cold: Applications,
    pub curve: Vec<Confidence>,
    /// The day of each talk and how much of it was theirs, in per cent.
    pub shares: Vec<(Date, i16)>,
    /// How many of those lie within the good range.
    pub good_shares: usize,
    pub heading: String,
    pub advice: Advice,
}

impl Report {
    /// Counts a period of a search.
    pub fn new(ledger: &Ledger, period: Period, preferences: &Preferences, today: Date) -> Self {
        let sent = sent(ledger, period, &preferences.cadence, today);
        let talks = experience::talks(ledger, period);
        let (shares, good_shares) = experience::shares(&talks);
        let (referred, cold) = applications(ledger, period);
        let funnel = funnel(ledger, period);
        let weeks = weeks(ledger, period, preferences.cadence.week_begins, WEEKS);
        let coverage = funnel::coverage(ledger);
        let rates: Vec<(By, Vec<Rate>)> = By::ALL.iter().map(|by| (*by, rates(&sent, *by))).collect();
        let figures = Figures {
            funnel: &funnel,
            coverage: &coverage,
            weeks: &weeks,
            templates: rates.iter().find(|(by, _)| *by == By::Template).map_or(&[], |(_, rates)| rates),
            is_current: period.to == today,
            requests_goal: preferences.goals.requests_a_week.into(),
            companies_goal: preferences.goals.companies.into(),
        };
        Self {
            heading: verdict::heading(&figures),
            advice: verdict::advice(&figures),
            rates: rates.into_iter().map(|(by, rates)| (by, chart::dots(rates))).collect(),
            waits: waits(&sent),
            curve: experience::confidence(&talks),
            period,
            funnel,
            weeks,
            coverage,
            referred,
            cold,
            shares,
            good_shares,
        }
    }
}

struct Preset {
    label: &'static str,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "progress/index.html")]
struct ProgressPage {
    shell: Shell,
    report: Report,
    line: String,
    query: PeriodQuery,
    errors: Errors,
    presets: Vec<Preset>,
    today: Date,
    requests: Columns,
    talks: Columns,
    answers: Columns,
    before: Line,
    after: Line,
    goals: (usize, usize),
    ended: bool,
}

impl ProgressPage {
    fn is_empty(&self) -> bool {
        self.report.funnel.iter().all(|(_, n)| *n == 0) && self.report.coverage.iter().all(|(_, n)| *n == 0)
    }

    /// The longest bar of the funnel.
    fn most(&self) -> usize {
        self.report.funnel.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1)
    }

    fn companies(&self) -> usize {
        self.report.coverage.iter().map(|(_, n)| n).sum::<usize>().max(1)
    }

    fn applications(&self) -> [(&'static str, Applications); 2] {
        [("Referred", self.report.referred), ("Cold", self.report.cold)]
    }

    fn view_box(&self) -> String {
        format!("0 0 {WIDTH} {}", HEIGHT + LABELS)
    }

    fn baseline(&self) -> f64 {
        HEIGHT
    }

    fn width(&self) -> f64 {
        WIDTH
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn file(&self, of: &str) -> String {
        format!("{}&of={of}", address("/progress/table.csv", &self.query))
    }

    fn picture(&self) -> String {
        address("/progress/picture.svg", &self.query)
    }

    fn week(&self, week: &Week) -> String {
        dates::shown().long(week.first, week.first)
    }

    /// '33 of 60, 2 waiting'.
    fn told(&self, dot: &Dot) -> String {
        let of = format!("{} of {}", dot.rate.answered, dot.rate.sent);
        if dot.rate.waiting > 0 { format!("{of}, {} waiting", dot.rate.waiting) } else { of }
    }

    fn easier(&self) -> Option<String> {
        experience::it_gets_easier(&self.report.curve)
    }
}

/// Reads the period and the ledger; a period that is none shows the whole search with the fault.
pub(super) async fn report(visit: &mut Visit<Viewer>, query: &PeriodQuery) -> Result<(Report, Errors)> {
    let (by, today, zone) = (visit.by, visit.today(), visit.person.zone.clone());
    let ledger = queries::ledger(visit.db(), by, &zone).await?;
    let began = ledger.began_on();
    let (period, errors) = match query.parse(began, today) {
        Ok(period) => (period, Errors::default()),
        Err(errors) => (Period { from: began.unwrap_or(today).min(today), to: today }, errors),
    };
    Ok((Report::new(&ledger, period, &visit.person.preferences, today), errors))
}

/// `GET /progress`
pub async fn show(mut visit: Visit<Viewer>, Query(query): Query<PeriodQuery>) -> Result<Response> {
    let today = visit.today();
    let (report, errors) = report(&mut visit, &query).await?;
    let preferences = &visit.person.preferences;
    let (goals, begins) = (&preferences.goals, preferences.cadence.week_begins);
    let goals = (usize::from(goals.requests_a_week), usize::from(goals.talks_a_week));
    let preset = |label, period: PeriodQuery| Preset {
        label,
        href: if period == PeriodQuery::default() { "/progress".into() } else { address("/progress", &period) },
        current: period == query,
    };
    let (before, after) = chart::confidence(&report.curve);
    let versus = verdict::referred_against_cold(report.referred, report.cold);
    let is_refused = !errors.is_empty();
    let page = ProgressPage {
        shell: visit.shell(Nav::Progress),
        line: format!("{} {versus}", report.period.said(today)),
        presets: vec![
            preset("The whole search", PeriodQuery::default()),
            preset("Last 12 weeks", PeriodQuery::weeks(12, begins, today)),
            preset("Last 4 weeks", PeriodQuery::weeks(4, begins, today)),
        ],
        requests: chart::weekly(&report.weeks, |week| week.requests, goals.0),
        talks: chart::weekly(&report.weeks, |week| week.talks, goals.1),
        answers: chart::columns(report.waits.stretches.iter().map(|(label, n)| ((*label).to_owned(), *n)), None),
        ended: visit.person.preferences.search_ended_on.is_some(),
        before,
        after,
        goals,
        report,
        query,
        today,
        errors,
    };
    Ok(if is_refused { Page::unprocessable(page).into_response() } else { Page::ok(page).into_response() })
}
