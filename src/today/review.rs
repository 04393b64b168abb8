//! `/review`: the week looked back on. What moved, what is stuck, what may go; and how many to ask next week.

use askama::Template;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Deserialize;

use super::done::is_answer;
use super::queries::review::{self as queries, MovedRow, Span, StuckRow, TalkRow, WholeWeek};
use super::weeks::{week_in_words, week_to_review};
use crate::access::{Owner, Viewer};
use crate::accounts::preferences::Goals;
use crate::accounts::queries::days;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::ids::{OpeningChangeId, TouchpointId};
use crate::playbook::business_days::monday_of;
use crate::playbook::event::Kind;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// One figure of the week, beside that of the week before.
struct Figure {
    label: &'static str,
    now: i64,
    before: i64,
    goal: Option<u16>,
}

#[derive(Template)]
#[template(path = "today/review.html")]
struct ReviewPage {
    shell: Shell,
    today: Date,
    zone: jiff::tz::TimeZone,
    /// By which the week is known.
    monday: Date,
    /// The day on which it begins.
    first: Date,
    is_over: bool,
    figures: Vec<Figure>,
    companies_goal: (i64, u16),
    week: WholeWeek,
    silent: Vec<StuckRow>,
    overdue: Vec<StuckRow>,
    next_week: Date,
    reviewed: bool,
}

impl ReviewPage {
    fn days(&self) -> String {
        week_in_words(self.first)
    }

    fn stuck(&self) -> usize {
        let others = self.week.talks.0.len() + self.week.openings.0.len() + self.week.companies.0.len();
        self.silent.len() + self.overdue.len() + others
    }

    /// What the week came to, in one sentence without praise or blame.
    fn line(&self) -> String {
        let moved = self.week.moved.0.len() as i64;
        let stuck = self.stuck() as i64;
        let moved = match moved {
            0 => "Nothing moved on their side: people are busy, and silence says little.".to_owned(),
            n => format!("{} moved.", words::count(n, "thing", "things")),
        };
        match stuck {
            0 => format!("{moved} Nothing is stuck."),
            n => format!("{moved} {} to do or to let go.", words::count(n, "thing waits", "things wait")),
        }
    }

    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn change(&self) -> OpeningChangeId {
        OpeningChangeId::new()
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn moment(&self, at: &Timestamp) -> String {
        words::moment(*at, &self.zone, self.today)
    }

    fn weeks_ago(&self, date: &Date) -> String {
        words::count(i64::from(words::days_between(*date, self.today) / 7), "week", "weeks")
    }

    fn silence(&self, row: &StuckRow) -> String {
        let asked =
            row.requested_on.map_or_else(String::new, |on| format!("Request sent {}, no answer. ", self.day(&on)));
        format!("{asked}{}", row.works_at.as_deref().unwrap_or_default())
    }

    fn waits(&self, row: &StuckRow) -> String {
        let step = next(row, self.today).label();
        let at = row.works_at.as_deref().map(|at| format!(" {at}.")).unwrap_or_default();
        format!("{step}: due {}.{at}", self.day(&row.due))
    }

    fn moved_label(&self, row: &MovedRow) -> &'static str {
        row.kind.label()
    }

    fn wrap_up(&self, row: &TalkRow) -> String {
        format!("/interviews/{}/wrap-up", row.id)
    }
}

fn next(row: &StuckRow, today: Date) -> Step {
    Next { step: row.step, due: Some(row.due) }.on(row.turns_on, today).step
}

/// `GET /review`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, today, now) = (visit.by, visit.today(), visit.now);
    let reviewed = visit.person.preferences.week_reviewed;
    let begins = visit.person.preferences.cadence.week_begins;
    let monday = week_to_review(reviewed, begins, today);
    let first = begins.week_of(monday);
    let zone = visit.person.zone.clone();
    let began = |date: Date| zone.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(now);
    let span = Span {
        today,
        first,
        began: [-7, 0, 7].map(|days: i64| began(first.saturating_add(days.days()))),
        over: now - SignedDuration::from_hours(4),
    };
    let mut week = queries::week(visit.db(), by, span).await?;
    let stuck = std::mem::take(&mut week.stuck.0);
    let (silent, overdue) = stuck.into_iter().partition(|row| next(row, today) == Step::TryAnotherWay);
    let preferences = &visit.person.preferences;
    Ok(Page::ok(ReviewPage {
        shell: visit.shell(Nav::Today),
        today,
        monday,
        first,
        is_over: first < begins.week_of(today),
        figures: figures(&week, &preferences.goals),
        companies_goal: (week.companies_on_list, preferences.goals.companies),
        silent,
        overdue,
        next_week: preferences.cadence.next_week(today),
        reviewed: reviewed == Some(monday),
        zone,
        week,
    }))
}

fn figures(week: &WholeWeek, goals: &Goals) -> Vec<Figure> {
    let figure = |label, of: fn(Kind) -> bool, goal| {
        let counted = week.times.0.iter().filter(|row| of(row.kind));
        let (now, before) = counted.fold((0, 0), |(now, before), row| (now + row.now, before + row.before));
        Figure { label, now, before, goal }
    };
    let answers = |kind: Kind| is_answer(kind) && !matches!(kind, Kind::ReferralAgreed | Kind::ReferralMade);
    vec![
        figure("Requests sent", |kind| kind == Kind::Requested, Some(goals.requests_a_week)),
        figure("Introductions asked for", |kind| kind == Kind::IntroductionAsked, None),
        figure("Talks asked for", |kind| kind == Kind::Asked, None),
        figure("Answers", answers, None),
        figure("Talks held", |kind| matches!(kind, Kind::Held | Kind::AnsweredInWriting), Some(goals.talks_a_week)),
        figure("Introductions", |kind| matches!(kind, Kind::Introduced | Kind::SentOn), None),
        figure("Referrals asked for", |kind| kind == Kind::ReferralAsked, None),
        figure("Referrals made", |kind| kind == Kind::ReferralMade, None),
        Figure { label: "Openings seen", now: week.openings_seen, before: week.openings_seen_before, goal: None },
        Figure { label: "Companies added", now: week.companies_added, before: week.companies_added_before, goal: None },
    ]
}

/// How the look back ends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// The Monday of the week looked back on.
    week: String,
    /// How many people to pick for the week to come.
    pick: String,
}

/// `POST /review/ends`
pub async fn end(mut visit: Visit<Owner>, Form(form): Form<EndForm>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let monday = Errors::default().optional_date("week", &form.week).map(monday_of).filter(|monday| *monday <= today);
    let preferences = &visit.person.preferences;
    let monday =
        monday.unwrap_or_else(|| week_to_review(preferences.week_reviewed, preferences.cadence.week_begins, today));
    days::set_week_reviewed(visit.db(), by, Some(monday)).await?;
    let to = match form.pick.parse::<u8>() {
        Ok(count @ 1..=50) => format!("/contacts/suggestions?count={count}"),
        _ => "/".into(),
    };
    Ok(Done::to(to).saying("The week is looked back on.").undo("/review/ends/undos"))
}

/// `POST /review/ends/undos`
pub async fn undo(mut visit: Visit<Owner>) -> Result<Done> {
    let by = visit.by;
    let before = visit.person.preferences.week_reviewed.map(|monday| monday.saturating_sub(7.days()));
    days::set_week_reviewed(visit.db(), by, before).await?;
    Ok(Done::to("/review"))
}
