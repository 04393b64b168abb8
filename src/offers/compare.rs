//! `GET /offers`: the offers side by side.

use askama::Template;
use jiff::civil::Date;

use super::offer::{Decision, Mark, Total, ahead, total};
use super::queries::{self, Criterion, OfferRow};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{CriterionId, OpeningChangeId};
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "offers/compare.html")]
pub struct ComparePage {
    shell: Shell,
    today: Date,
    offers: Vec<OfferRow>,
    criteria: Vec<Criterion>,
    totals: Vec<Option<Total>>,
    ahead: Option<usize>,
    errors: Errors,
    name: String,
    /// The id the next criterion will have, so that a second press adds nothing.
    next_criterion: CriterionId,
}

impl ComparePage {
    /// The page, with what was typed for a new criterion and what was wrong with it.
    pub fn new<P>(visit: &Visit<P>, offers: Vec<OfferRow>, name: String, errors: Errors) -> Self {
        let criteria: Vec<Criterion> = offers.first().map(|offer| offer.criteria.0.clone()).unwrap_or_default();
        let of = |offer: &OfferRow, criterion: &Criterion| {
            offer.marks.iter().find(|mark| mark.criterion == criterion.id).and_then(|mark| mark.mark)
        };
        let totals: Vec<Option<Total>> = offers
            .iter()
            .map(|offer| total(criteria.iter().map(|criterion| (criterion.weight, of(offer, criterion)))))
            .collect();
        Self {
            shell: visit.shell(Nav::Openings),
            today: visit.today(),
            ahead: ahead(&totals),
            next_criterion: CriterionId::new(),
            offers,
            criteria,
            totals,
            errors,
            name,
        }
    }

    fn heading(&self) -> String {
        match self.offers.iter().filter(|offer| offer.decision.is_none()).count() as i64 {
            0 if self.offers.is_empty() => "Offers".into(),
            0 => "Offers, decided".into(),
            n => format!("{} to decide on", words::count(n, "offer", "offers")),
        }
    }

    /// What the figures say, as far as they say anything.
    fn line(&self) -> String {
        match self.ahead.and_then(|at| self.offers.get(at)) {
            Some(offer) => format!("By what matters to you, {} at {} is ahead.", offer.title, offer.company),
            None if self.offers.len() < 2 => "Each mark from 1 to 5 counts by its weight.".into(),
            None => "Nothing is clearly ahead yet. Mark each by what matters to you; then trust your own eyes.".into(),
        }
    }

    fn mark<'a>(&self, offer: &'a OfferRow, criterion: &Criterion) -> Option<&'a Mark> {
        offer.marks.iter().find(|mark| mark.criterion == criterion.id)
    }

    fn dots(&self, mark: &Mark) -> i16 {
        mark.mark.unwrap_or_default()
    }

    fn total(&self, at: &usize) -> String {
        match self.totals.get(*at).copied().flatten() {
            None => "not marked yet".into(),
            Some(Total { mean, marked, of }) if marked == of => format!("{mean:.1} of 5"),
            Some(Total { mean, marked, of }) => format!("{mean:.1} of 5, by {marked} of {of}"),
        }
    }

    fn is_ahead(&self, at: &usize) -> bool {
        self.ahead == Some(*at)
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn is_pressing(&self, by: &Date) -> bool {
        words::days_between(self.today, *by) <= 3
    }

    fn change(&self) -> OpeningChangeId {
        OpeningChangeId::new()
    }

    fn weight_label(&self, criterion: &Criterion) -> String {
        format!("How much {} matters", criterion.name)
    }
}

/// `GET /offers`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let offers = queries::offers(visit.db(), by, None).await?;
    Ok(Page::ok(ComparePage::new(&visit, offers, String::new(), Errors::default())))
}
