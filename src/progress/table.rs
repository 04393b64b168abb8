//! `GET /progress/table.csv`: the figures of each picture as a file.

use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::answers::By;
use super::page::{self, Report};
use super::period::PeriodQuery;
use super::range::Share;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::kinds::kinds;
use crate::web::download::{attachment, headers_of};
use crate::web::form::Query;
use crate::web::sheet::Sheet;

kinds! {
    /// The tables there are.
    pub enum Table {
        Funnel = "funnel", "Funnel";
        Weeks = "weeks", "Weeks";
        Answers = "answers", "Answer rates";
        Waits = "waits", "Time to answer";
        Coverage = "coverage", "Coverage";
        Applications = "applications", "Applications";
        Confidence = "confidence", "Confidence";
        Shares = "shares", "Who spoke";
    }
}

/// Which table, of which period.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TableQuery {
    of: String,
    from: String,
    to: String,
}

/// `GET /progress/table.csv`
pub async fn show(mut visit: Visit<Viewer>, Query(query): Query<TableQuery>) -> Result<Response> {
    let of = if query.of.is_empty() { Table::Funnel.as_str() } else { &query.of };
    let table: Table = of.parse().map_err(|_| {
        let known: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
        Error::Invalid(format!("There is no such table. There are: {}.", known.join(", ")))
    })?;
    let period = PeriodQuery { from: query.from, to: query.to };
    let (report, errors) = page::report(&mut visit, &period).await?;
    if let Some((field, problem)) = errors.iter().next() {
        return Err(Error::Invalid(format!("Check the period ({field}): {problem}.")));
    }
    let headers =
        headers_of(HeaderValue::from_static("text/csv; charset=utf-8"), attachment(&format!("inroad {table}"), "csv"));
    Ok((headers, csv(&rows(&report, table))?).into_response())
}

/// The rows of a table, its head first.
pub fn rows(report: &Report, table: Table) -> Vec<Vec<String>> {
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    match table {
        Table::Funnel => {
            rows.push(head(&["Step", "Count"]));
            rows.extend(report.funnel.iter().map(|(step, n)| vec![step.label().into(), n.to_string()]));
        }
        Table::Weeks => {
            rows.push(head(&["Week from", "Requests sent", "Introductions asked for", "Talks held"]));
            let line = |week: &super::weeks::Week| {
                let counts = [week.requests, week.introductions, week.talks].map(|count| count.to_string());
                std::iter::once(week.first.to_string()).chain(counts).collect()
            };
            rows.extend(report.weeks.iter().map(line));
        }
        Table::Answers => {
            rows.push(head(&["By", "Group", "Sent", "Answered", "Still waiting", "Rate", "Low (95 %)", "High (95 %)"]));
            for (by, dots) in &report.rates {
                rows.extend(dots.iter().map(|dot| answer_row(*by, &dot.rate)));
            }
        }
        Table::Waits => {
            rows.push(head(&["Answered after", "Answers"]));
            rows.extend(report.waits.stretches.iter().map(|(label, n)| vec![(*label).into(), n.to_string()]));
        }
        Table::Coverage => {
            rows.push(head(&["Coverage", "Companies"]));
            rows.extend(report.coverage.iter().map(|(coverage, n)| vec![coverage.label().into(), n.to_string()]));
        }
        Table::Applications => {
            rows.push(head(&["Applications", "Sent", "Job interviews", "Offers"]));
            for (label, of) in [("Referred", report.referred), ("Cold", report.cold)] {
                rows.push(vec![label.into(), of.sent.to_string(), of.interviews.to_string(), of.offers.to_string()]);
            }
        }
        Table::Confidence => {
            rows.push(head(&["Day", "Before", "After"]));
            let line = |talk: &super::experience::Confidence| {
                vec![talk.on.to_string(), talk.before.to_string(), talk.after.to_string()]
            };
            rows.extend(report.curve.iter().map(line));
        }
        Table::Shares => {
            rows.push(head(&["Day", "Their share in per cent"]));
            rows.extend(report.shares.iter().map(|(on, share)| vec![on.to_string(), share.to_string()]));
        }
    }
    rows
}

fn answer_row(by: By, rate: &super::answers::Rate) -> Vec<String> {
    let share = rate.share();
    let figure =
        |part: fn(&Share) -> f64| share.as_ref().map(|share| format!("{:.3}", part(share))).unwrap_or_default();
    vec![
        by.label().into(),
        rate.group.clone(),
        rate.sent.to_string(),
        rate.answered.to_string(),
        rate.waiting.to_string(),
        figure(|share| share.seen),
        figure(|share| share.low),
        figure(|share| share.high),
    ]
}

/// The rows as a file.
fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let (head, rows) = rows.split_first().map_or((&[][..], rows), |(head, rows)| (head.as_slice(), rows));
    let mut sheet = Sheet::begin(Vec::new(), head.iter().map(String::as_str))?;
    for row in rows {
        sheet.row(row)?;
    }
    sheet.end()
}
