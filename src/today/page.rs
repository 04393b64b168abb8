//! `/`: what to do now.

use askama::Template;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use super::agenda::{Action, Item, agenda};
use super::first_steps::{Begun, Shown, first_steps};
use super::held_back::{HeldBack, hold_back};
use super::notices::Notices;
use super::queries::{self, TalkRow, WholeDay};
use crate::access::Viewer;
use crate::accounts::visit::{Person, Visit};
use crate::contacts::ceilings::Ceilings;
use crate::error::Result;
use crate::ids::TouchpointId;
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
    talks: Vec<Talk>,
    goals: Vec<Goal>,
    week: String,
    first_steps: Vec<Shown>,
    next_due: Option<Date>,
    tomorrow: Date,
    next_week: Date,
}

impl TodayPage {
    fn heading(&self) -> String {
        match (self.late.len() + self.due.len()) as i64 {
            _ if self.notices.away.is_some() => "Nothing is due".into(),
            0 if !self.first_steps.is_empty() => "Welcome to Inroad".into(),
            0 => "Nothing due today".into(),
            1 => "One thing today".into(),
            n => format!("{} things today", words::heading_number(n)),
        }
    }

    fn line(&self) -> String {
        let minutes: u32 = self.late.iter().chain(&self.due).map(|item| item.minutes).sum();
        let mut parts = Vec::new();
        if minutes > 0 && self.notices.away.is_none() {
            parts.push(format!("About {minutes} minutes"));
        }
        if !self.talks.is_empty() {
            parts.push(format!("{} coming", words::count(self.talks.len() as i64, "talk", "talks")));
        }
        let day = words::full_day(self.today, self.today);
        if parts.is_empty() { format!("{day}.") } else { format!("{day}. {}.", parts.join(", ")) }
    }

    /// The first step of a new account that is still to be done, while nothing is due.
    fn is_first_to_do(&self, shown: &Shown) -> bool {
        let to_do = self.first_steps.iter().find(|step| !step.done && !step.skipped);
        self.first().is_none() && to_do.is_some_and(|step| step.step == shown.step)
    }

    fn first(&self) -> Option<&Item> {
        self.late.first().or(self.due.first())
    }

    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
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

    fn next_day(&self) -> String {
        self.next_due.map(|day| words::day(day, self.today)).unwrap_or_default()
    }
}

/// `GET /`
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let monday = monday_of(today);
    let over = visit.person.preferences.is_search_over();
    // A talk stays among the coming ones while it is held.
    let talks_from = visit.now - SignedDuration::from_hours(1);
    let day = queries::day(visit.db(), by, today, monday, talks_from, over).await?;
    Ok(Page::ok(page(visit.shell(Nav::Today), &visit.person, day, today, monday)))
}

/// The Monday of a date's week.
fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

fn page(shell: Shell, person: &Person, day: WholeDay, today: Date, monday: Date) -> TodayPage {
    let cadence = &person.preferences.cadence;
    let ceilings = Ceilings::new(&person.preferences, day.requests_this_week, day.notes_this_month, today);
    let (steps, held_back) = hold_back(day.steps.0, &day.there, &ceilings, &person.preferences, today);
    let items = agenda(steps, day.promises.0, day.referrals.0, day.tasks.0, cadence, today);
    let (late, due) = items.into_iter().partition(|item| item.late);
    let goals = &person.preferences.goals;
    let begun = Begun { companies: day.companies, contacts: day.contacts, requests: day.requests_ever };
    let tomorrow = cadence.on_or_after(today.saturating_add(1.day()));
    let sunday = monday.saturating_add(6.days());
    TodayPage {
        shell,
        notices: Notices::of(&person.preferences, today),
        today,
        late,
        due,
        held_back,
        talks: day.talks.0.into_iter().map(|row| talk(row, person, today)).collect(),
        goals: vec![
            Goal { label: "Requests sent", done: day.requests_this_week, of: goals.requests_a_week.into() },
            Goal { label: "Talks held", done: day.talks_this_week, of: goals.talks_a_week.into() },
            Goal { label: "Companies on the list", done: day.companies, of: goals.companies.into() },
        ],
        week: week_in_words(monday, sunday),
        first_steps: first_steps(&person.preferences, &begun),
        next_due: day.next_due.map(|day| day.0),
        tomorrow,
        next_week: cadence.on_or_after(monday.saturating_add(7.days())),
    }
}

fn week_in_words(monday: Date, sunday: Date) -> String {
    if monday.month() == sunday.month() {
        format!("{} to {}", monday.day(), sunday.strftime("%-d %B"))
    } else {
        format!("{} to {}", monday.strftime("%-d %B"), sunday.strftime("%-d %B"))
    }
}

fn talk(row: TalkRow, person: &Person, today: Date) -> Talk {
    let day = crate::clock::date_in(&person.zone, row.starts_at);
    let named = if day == today { "Today".into() } else { words::full_day(day, today) };
    let prepared = match (row.sources, row.questions) {
        (0, 0) => "Not prepared yet.".to_owned(),
        (sources, questions) => {
            format!("{sources} of 7 sources read, {}.", words::count(questions, "question", "questions"))
        }
    };
    Talk {
        when: format!("{named}, {}", words::time(row.starts_at, &person.zone)),
        line: format!("{}, {} min. {prepared}", row.way.label(), row.minutes),
        row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_monday_and_is_said_in_words() {
        assert_eq!(monday_of(date(2026, 11, 24)), date(2026, 11, 23));
        assert_eq!(monday_of(date(2026, 11, 29)), date(2026, 11, 23));
        assert_eq!(week_in_words(date(2026, 11, 23), date(2026, 11, 29)), "23 to 29 November");
        assert_eq!(week_in_words(date(2026, 11, 30), date(2026, 12, 6)), "30 November to 6 December");
    }
}
