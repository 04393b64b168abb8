//! The words of a talk that stand nowhere else, and its rows as the pages' statement gathers them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::queries::talks::TalkDetail;
use super::scheduling::clashes::Other;
use super::scheduling::{calendar, clashes, when};
use crate::accounts::visit::{Person, Visit};
use crate::playbook::name::first_name;
use crate::playbook::talk::{Medium, Status};

/// A talk's words for a page: the clocks on both sides, seen from the person's today.
#[derive(Debug, Clone)]
pub struct Told {
    zone: TimeZone,
    today: Date,
}

impl Told {
    /// For whoever's data is shown.
    pub fn to<P>(visit: &Visit<P>) -> Self {
        Self { zone: visit.person.zone.clone(), today: visit.today() }
    }

    /// 'Tuesday 24 November, 14:30 (09:30 for Katherine)'; for one in writing the day alone.
    pub fn when(&self, talk: &TalkDetail) -> String {
        if talk.way == Medium::InWriting {
            return format!("Answers by {}", self.full_day(&talk.starts_at.0));
        }
        when::told(talk.starts_at.0, &self.zone, talk.their_time_zone.as_deref(), &talk.person.name, self.today)
    }

    /// 'Tuesday 24 November'.
    pub fn full_day(&self, at: &Timestamp) -> String {
        crate::web::words::full_day(self.zone.to_datetime(*at).date(), self.today)
    }

    /// The same for a message to them.
    pub fn day_to_them(&self, at: &Timestamp) -> String {
        crate::web::dates::to_others().full(self.zone.to_datetime(*at).date(), self.today)
    }

    /// '14:45'.
    pub fn time(&self, at: Timestamp) -> String {
        crate::web::words::time(at, &self.zone)
    }

    /// 'Thursday', '3 days ago'.
    pub fn day(&self, date: &Date) -> String {
        crate::web::words::day(*date, self.today)
    }

    /// What to point out about the talk's time: overlaps, and neighbours less than 15 minutes off.
    pub fn clashes(&self, talk: &TalkDetail) -> Vec<String> {
        let is_to_come = talk.status == Status::Scheduled && talk.way != Medium::InWriting;
        let others: &[Other] = if is_to_come { &talk.others } else { &[] };
        clashes::clashes(talk.starts_at.0, talk.minutes, others, &self.zone, self.today)
    }

    /// Whether a day is past.
    pub fn is_late(&self, due: &Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }
}

impl TalkDetail {
    /// When it is over.
    pub fn ends(&self) -> Timestamp {
        when::ends(self.starts_at.0, self.minutes)
    }

    /// The other person's first name.
    pub fn first_name(&self) -> &str {
        first_name(&self.person.name)
    }

    /// Where they work.
    pub fn company_name(&self) -> Option<&str> {
        self.company.as_ref().map(|company| company.name.as_str())
    }

    /// The place, where it is an address of the web.
    pub fn link(&self) -> Option<&str> {
        let place = self.place.as_deref()?;
        let address = url::Url::parse(place).ok()?;
        matches!(address.scheme(), "http" | "https").then_some(place)
    }

    /// The company an opening is at: what was typed, or where the person works.
    pub fn opening_company<'a>(&'a self, typed: &'a str) -> &'a str {
        if typed.is_empty() { self.company_name().unwrap_or_default() } else { typed }
    }

    /// Promises still open.
    pub fn open_actions(&self) -> usize {
        self.actions.iter().filter(|action| !action.done && !action.dismissed).count()
    }

    /// The talk as calendars know it. What is private stays out: it may be sent on.
    pub fn entry<'a>(&'a self, me: &'a Person) -> calendar::Entry<'a> {
        calendar::Entry {
            id: self.id,
            sequence: u32::try_from(self.sequence).unwrap_or_default(),
            stamp: self.changed_at.0,
            starts: self.starts_at.0,
            day: me.zone.to_datetime(self.starts_at.0).date(),
            minutes: u16::try_from(self.minutes).unwrap_or_default(),
            my_name: &me.name,
            my_email: Some(&me.email),
            their_name: &self.person.name,
            company: self.company_name(),
            way: self.way,
            connect: self.place.as_deref(),
            about: None,
            cancelled: self.status == Status::Cancelled,
        }
    }
}
