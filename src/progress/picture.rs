//! `GET /progress/picture.svg`: the search in one picture that can be shown around, for it names nobody.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::funnel::FunnelStep;
use super::page::{self, Report};
use super::period::PeriodQuery;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::playbook::business_days::WeekStart;
use crate::web::form::Query;
use crate::web::words;

/// The steps it shows.
const SHOWN: [FunnelStep; 6] = [
    FunnelStep::Companies,
    FunnelStep::Requests,
    FunnelStep::TalksHeld,
    FunnelStep::ReferralsMade,
    FunnelStep::JobInterviews,
    FunnelStep::Offers,
];

struct Bar {
    label: &'static str,
    count: usize,
    /// Of 560.
    width: f64,
    y: usize,
}

#[derive(Template)]
#[template(path = "progress/picture.svg")]
struct Picture {
    title: String,
    bars: Vec<Bar>,
}

impl Picture {
    fn of(report: &Report, begins: WeekStart) -> Self {
        let count = |step: FunnelStep| report.funnel.iter().find(|(of, _)| *of == step).map_or(0, |(_, n)| *n);
        let most = SHOWN.iter().map(|step| count(*step)).max().unwrap_or(0).max(1);
        let weeks = report.period.weeks(begins).len() as i64;
        let bar = |(at, step): (usize, &FunnelStep)| Bar {
            label: step.label(),
            count: count(*step),
            width: 560.0 * count(*step) as f64 / most as f64,
            y: 170 + at * 62,
        };
        Self {
            title: format!("A search through people, {}", words::count(weeks, "week", "weeks")),
            bars: SHOWN.iter().enumerate().map(bar).collect(),
        }
    }

    /// Where the figure stands: at the end of its bar.
    fn end(&self, bar: &Bar) -> f64 {
        372.0 + bar.width
    }
}

/// `GET /progress/picture.svg`
pub async fn show(mut visit: Visit<Viewer>, Query(query): Query<PeriodQuery>) -> Result<Response> {
    let (report, _) = page::report(&mut visit, &query).await?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Picture::of(&report, visit.person.preferences.cadence.week_begins).render()?).into_response())
}
