//! Presses on several lines: they say the same, they contradict each other, they are different things; and each taken back.

use std::collections::BTreeSet;

use serde::Deserialize;
use sqlx::Connection;

use super::presses::Back;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{InsightId, InsightLinkId};
use crate::insights::queries::links;
use crate::insights::ties::{Groups, Pair, Tie, take_out};
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::path::Id;
use crate::web::words;

/// Lines that can be tied in one press.
const MOST: usize = 20;

/// Ticked lines, or two of them by name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TieForm {
    line: Vec<InsightId>,
    one: Option<InsightId>,
    with: Option<InsightId>,
    kind: String,
    back: String,
}

/// `POST /insight-links`
pub async fn create(visit: Visit<Owner>, Form(form): Form<TieForm>) -> Result<Done> {
    let lines: BTreeSet<InsightId> = form.line.into_iter().chain(form.one).chain(form.with).collect();
    tie(visit, lines.into_iter().collect(), &form.kind, Back { back: form.back }).await
}

/// Two lines that were tied, in the address of an undo.
#[derive(Debug, Deserialize)]
pub struct Again {
    one: InsightId,
    with: InsightId,
    kind: String,
    #[serde(default)]
    back: String,
}

/// `POST /insight-links/restorations`
pub async fn restore(visit: Visit<Owner>, Query(again): Query<Again>) -> Result<Done> {
    tie(visit, vec![again.one, again.with], &again.kind, Back { back: again.back }).await
}

async fn tie(mut visit: Visit<Owner>, lines: Vec<InsightId>, kind: &str, back: Back) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let tie: Tie = kind
        .parse()
        .map_err(|_| Error::Invalid("Lines say the same, contradict each other, or are different.".into()))?;
    if let Some(problem) = wrong_number(tie, lines.len()) {
        return Ok(Done::to(back.address()).saying(problem));
    }
    let mut transaction = visit.db().begin().await?;
    if links::lock(&mut *transaction, by, &lines).await? < lines.len() {
        return Err(Error::NotFound);
    }
    let groups = Groups::new(&links::all(&mut *transaction, by).await?);
    let pairs: Vec<Pair> = match (tie, lines.as_slice()) {
        (Tie::Same, lines) => groups.joins(lines),
        (_, &[a, b]) if groups.together(a, b) => {
            return Ok(Done::to(back.address()).saying("These are marked as saying the same: take one out first."));
        }
        (_, &[a, b]) if groups.links(tie, a, b).is_empty() => vec![if a < b { (a, b) } else { (b, a) }],
        _ => Vec::new(),
    };
    if pairs.is_empty() {
        return Ok(Done::to(back.address()).saying("They're already marked so."));
    }
    let new: Vec<(InsightLinkId, Pair)> = pairs.into_iter().map(|pair| (InsightLinkId::new(), pair)).collect();
    links::insert(&mut *transaction, by, &new, tie, now).await?;
    transaction.commit().await?;
    let text = match tie {
        Tie::Same => format!("{} say the same now.", words::count(lines.len() as i64, "line", "lines")),
        Tie::Contrary => "Marked as contradicting each other.".into(),
        Tie::Apart => "Not proposed again.".into(),
    };
    let ids: Vec<String> = new.iter().map(|(id, _)| id.to_string()).collect();
    Ok(Done::to(back.address()).saying(text).undo(back.undo("/insight-links/removals", &[("of", &ids.join(","))])))
}

/// What to say where too few or too many lines were ticked.
fn wrong_number(tie: Tie, lines: usize) -> Option<&'static str> {
    match (tie, lines) {
        (Tie::Same, 0 | 1) => Some("Tick two lines or more that say the same."),
        (Tie::Same, 2..=MOST) | (_, 2) => None,
        (Tie::Same, _) => Some("Tick 20 lines at most."),
        _ => Some("Tick the two lines that contradict each other."),
    }
}

/// Ties to be taken away, their ids with commas between.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ties {
    of: String,
    back: String,
}

/// `POST /insight-links/removals`
pub async fn remove(mut visit: Visit<Owner>, Query(ties): Query<Ties>) -> Result<Done> {
    let by = visit.by;
    let ids: Vec<InsightLinkId> = ties.of.split(',').take(200).filter_map(|id| id.parse().ok()).collect();
    let gone = links::delete(visit.db(), by, &ids).await?;
    let first = gone.first().ok_or(Error::NotFound)?;
    let back = Back { back: ties.back };
    let (one, with) = (first.one.to_string(), first.other.to_string());
    let undo =
        back.undo("/insight-links/restorations", &[("one", &one), ("with", &with), ("kind", first.tie.as_str())]);
    let done = Done::to(back.address()).saying("Undone.");
    Ok(if gone.len() == 1 { done.undo(undo) } else { done })
}

/// `POST /insights/{id}/separations`: a line stands alone again; those it stood with stay together.
pub async fn separate(mut visit: Visit<Owner>, Id(id): Id<InsightId>, Form(back): Form<Back>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let mut transaction = visit.db().begin().await?;
    if links::lock(&mut *transaction, by, &[id]).await? == 0 {
        return Err(Error::NotFound);
    }
    let out = take_out(&links::all(&mut *transaction, by).await?, id);
    let Some(from) = out.from else {
        return Ok(Done::to(back.address()).saying("It's already on its own."));
    };
    links::delete(&mut *transaction, by, &out.gone).await?;
    let held: Vec<(InsightLinkId, Pair)> = out.held.iter().map(|pair| (InsightLinkId::new(), *pair)).collect();
    links::insert(&mut *transaction, by, &held, Tie::Same, now).await?;
    transaction.commit().await?;
    let (one, with) = (id.to_string(), from.to_string());
    let parameters = [("one", one.as_str()), ("with", with.as_str()), ("kind", Tie::Same.as_str())];
    let undo = back.undo("/insight-links/restorations", &parameters);
    Ok(Done::to(back.address()).saying("It's on its own now.").undo(undo))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_contradict_and_two_or_more_agree() {
        for lines in 0..30 {
            assert_eq!(wrong_number(Tie::Same, lines).is_none(), (2..=20).contains(&lines));
            assert_eq!(wrong_number(Tie::Contrary, lines).is_none(), lines == 2);
        }
    }
}
