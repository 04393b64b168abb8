//! `/run`: the day's list gone through one line after the other.
//!
//! The list is made anew at every step, so that whatever was done elsewhere is known. A form's redirect comes by here as well
//! ([`crate::web::run::follow`]): where the line is done, the way leads on to the next one; where it is not, it leads where the
//! form meant. Undoing brings a line back, and the run with it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::day::items;
use super::fits::{fits, still_fits};
use super::items::{Action, Item};
use super::page::day;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::Result;
use crate::web::cookies::Kind;
use crate::web::flash::Done;
use crate::web::form::Query;
use crate::web::link::own_path;
use crate::web::run::{Press, Run, thing};
use crate::web::words;

/// What is asked of the run; nothing begins one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepQuery {
    /// Begin, with so many minutes.
    minutes: Option<u32>,
    /// The line to go to.
    at: String,
    /// The line to go on from.
    after: String,
    /// The line to go back from.
    before: String,
    /// Where a form led.
    then: String,
    /// Stop.
    stop: String,
}

/// Where a step leads.
#[derive(Debug, PartialEq, Eq)]
enum Lead {
    /// To the page of this line.
    Line(usize),
    /// Where the form meant; the run is at this line.
    Follow(usize),
    /// There is no line left to go to.
    Over,
}

/// `GET /run`
pub async fn step(
    State(app): State<App>,
    mut visit: Visit<Viewer>,
    Query(query): Query<StepQuery>,
) -> Result<Response> {
    let then = (!query.then.is_empty()).then(|| own_path(&query.then));
    if !query.stop.is_empty() || (then.is_some() && visit.run().is_none()) {
        return Ok(ended(&app, Done::to(then.unwrap_or_else(|| "/".into()))));
    }
    let today = visit.today();
    let mut day = day(&mut visit).await?;
    let (all, _) = items(&mut day, &visit.person.preferences, (visit.now, today));
    let began = visit.run().filter(|_| query.minutes.is_none() && !begins(&query));
    let walk = walk(&all, began, query.minutes);
    let minutes: u32 = all.iter().map(|item| item.minutes).sum();
    let (at, to) = match lead(&walk, began, &query, then.as_deref()) {
        Lead::Over => {
            let to = Done::to("/");
            return Ok(ended(
                &app,
                match then {
                    Some(path) if !leads_back(began, &path) => Done::to(path),
                    None if !all.is_empty() && began.is_some() => to.saying(last_said(all.len())),
                    _ => to,
                },
            ));
        }
        Lead::Line(at) => (at, walk[at].href.clone()),
        Lead::Follow(at) => (at, then.unwrap_or_else(|| "/".into())),
    };
    let run = place(&visit, &walk, at, began, query.minutes, minutes);
    let mut response = Done::to(to).into_response();
    if let Some(cookie) = run.cookie(&app.cookies) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether the step begins a run rather than going on with one.
fn begins(query: &StepQuery) -> bool {
    query.at.is_empty() && query.after.is_empty() && query.before.is_empty() && query.then.is_empty()
}

fn ended(app: &App, done: Done) -> Response {
    let mut response = done.into_response();
    response.headers_mut().append(header::SET_COOKIE, app.cookies.end(Kind::Run));
    response
}

fn last_said(left: usize) -> String {
    format!("That was the last one. {} on the list.", words::count(left as i64, "line stays", "lines stay"))
}

/// The lines gone through: all of them, or what fits into the minutes that are left.
fn walk<'i>(all: &'i [Item], began: Option<&Run>, minutes: Option<u32>) -> Vec<&'i Item> {
    let needs: Vec<u32> = all.iter().map(|item| item.minutes).collect();
    let taken = match (began, minutes.or(began.and_then(|run| run.minutes))) {
        (_, None) => vec![true; all.len()],
        (None, Some(minutes)) => fits(&needs, minutes),
        (Some(run), Some(minutes)) => {
            let used = run.began_with.saturating_sub(needs.iter().sum());
            if used == 0 { fits(&needs, minutes) } else { still_fits(&needs, minutes.saturating_sub(used)) }
        }
    };
    all.iter().zip(taken).filter(|(_, taken)| *taken).map(|(item, _)| item).collect()
}

/// Whether a form led back to where the line was to be done, rather than on to something that follows from it.
fn leads_back(run: Option<&Run>, path: &str) -> bool {
    let bare = path.split('?').next().unwrap_or_default();
    run.is_some_and(|run| bare == run.href || bare == thing(&run.href))
}

fn lead(walk: &[&Item], run: Option<&Run>, query: &StepQuery, then: Option<&str>) -> Lead {
    let find = |key: &str| walk.iter().position(|item| item.key() == key);
    let line = |at: usize| if at < walk.len() { Lead::Line(at) } else { Lead::Over };
    // Where a line is gone, the one that followed it; or else whatever stands in its place now.
    let instead = |key: &str| {
        let run = run.filter(|run| run.key == key);
        let place = run.map_or(0, |run| (run.at + walk.len()).saturating_sub(run.of));
        run.and_then(|run| find(&run.next_key)).unwrap_or(place)
    };
    if let (Some(path), Some(run)) = (then, run) {
        let on_page = |at: &usize| path != "/" && thing(&walk[*at].href) == thing(path);
        let here = (0..walk.len()).find(on_page);
        return match (find(&run.key), here) {
            (Some(at), _) if on_page(&at) => Lead::Follow(at),
            (None, _) if leads_back(Some(run), path) => line(instead(&run.key)),
            (_, Some(at)) | (Some(at), None) => Lead::Follow(at),
            (None, None) => match instead(&run.key) {
                at if at < walk.len() => Lead::Follow(at),
                _ => Lead::Over,
            },
        };
    }
    if !query.at.is_empty() {
        return line(find(&query.at).unwrap_or_else(|| instead(&query.at)));
    }
    if !query.after.is_empty() {
        return line(find(&query.after).map_or_else(|| instead(&query.after), |at| at + 1));
    }
    if !query.before.is_empty() {
        return line(find(&query.before).unwrap_or_else(|| instead(&query.before)).saturating_sub(1));
    }
    line(0)
}

/// Where the run has come to, for the pages to show.
fn place(
    visit: &Visit<Viewer>,
    walk: &[&Item],
    at: usize,
    began: Option<&Run>,
    minutes: Option<u32>,
    whole: u32,
) -> Run {
    let of = began.map_or(walk.len(), |run| run.of.max(walk.len()));
    let (item, next) = (walk[at], walk.get(at + 1));
    let tomorrow = visit.person.preferences.cadence.next_day(visit.today()).to_string();
    let (done, later) = presses(item, &tomorrow);
    Run {
        account: visit.person.id,
        key: item.key(),
        next_key: next.map(|next| next.key()).unwrap_or_default(),
        href: item.href.clone(),
        line: item.said(),
        next: next.map(|next| next.said()).unwrap_or_default(),
        at: of - walk.len() + at + 1,
        of,
        left: walk[at..].iter().map(|item| item.minutes).sum(),
        minutes: began.map_or(minutes, |run| run.minutes),
        began_with: began.map_or(whole, |run| run.began_with),
        done,
        later,
        here: true,
    }
}

/// The buttons the line's page has not got.
fn presses(item: &Item, tomorrow: &str) -> (Option<Press>, Option<Press>) {
    let press = |to: String, field: &str, sends: &str| Some(Press { to, field: field.into(), sends: sends.into() });
    match &item.action {
        Action::Promise(id) => (
            press(format!("/action-items/{id}/done-marks"), "", ""),
            press(format!("/action-items/{id}/snoozes"), "until", tomorrow),
        ),
        Action::Task(id) => (
            press(format!("/referral-tasks/{id}/done-marks"), "", ""),
            press(format!("/referral-tasks/{id}/due-dates"), "due_on", tomorrow),
        ),
        Action::Opening(id) => (None, press(format!("/openings/{id}/next-steps/snoozes"), "until", tomorrow)),
        Action::Contact { id, done_as: Some(kind), .. } if !item.href.starts_with("/contacts/") => (
            match item.href.strip_suffix("/prepare") {
                Some(talk) => press(format!("{talk}/preparations"), "", ""),
                None => press(format!("/contacts/{id}/touchpoints"), "kind", kind),
            },
            press(format!("/contacts/{id}/snoozes"), "until", tomorrow),
        ),
        _ => (None, None),
    }
}
