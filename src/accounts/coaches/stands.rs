//! Where a search stands, in a coach's words.

use jiff::civil::Date;

use super::queries::overview::Numbers;
use crate::accounts::preferences::Preferences;
use crate::database::Day;
use crate::playbook::stuck::{Figures, Stuck, stuck};
use crate::web::words;

/// Days without a sign after which a search is quiet.
const QUIET: i32 = 7;

/// Where a search stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    Stuck(String),
    OnTheWay,
    /// Nothing is asked of them now: away, or the search is over.
    Rests(String),
}

impl Stands {
    /// Of a search with these settings and numbers, to which so many thanks are late.
    pub fn of(preferences: &Preferences, numbers: &Numbers, thanks_late: usize, today: Date) -> Self {
        if preferences.is_search_over() {
            return Self::Rests("Their search is over".into());
        }
        if let Some(away) = preferences.away_on(today) {
            return Self::Rests(format!("Away until {}", words::day(away.back, today)));
        }
        stuck(&figures(numbers, thanks_late), today).map_or(Self::OnTheWay, |stuck| Self::Stuck(said(stuck)))
    }

    /// A tone for its tag.
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Stuck(_) => "soon",
            Self::OnTheWay => "good",
            Self::Rests(_) => "",
        }
    }

    /// In words.
    pub fn words(&self) -> &str {
        match self {
            Self::OnTheWay => "On the way",
            Self::Stuck(said) | Self::Rests(said) => said,
        }
    }
}

fn figures(of: &Numbers, thanks_late: usize) -> Figures {
    let day = |day: Option<Day>| day.map(|day| day.0);
    Figures {
        companies: of.companies,
        asked: of.asked,
        first_asked_on: day(of.first_asked_on),
        last_asked_on: day(of.last_asked_on),
        connected: of.connected,
        last_answer_on: day(of.last_answer_on),
        talks_asked: of.talks_asked,
        last_talk_asked_on: day(of.last_talk_asked_on),
        talks: of.talks,
        thanks_late: i64::try_from(thanks_late).unwrap_or(i64::MAX),
        referrals_asked: of.referrals_asked,
    }
}

/// 'Asked 14, no answer for two weeks'.
fn said(stuck: Stuck) -> String {
    match stuck {
        Stuck::ThanksLate { talks } => format!("Talked with {talks}, thanks are late"),
        Stuck::NoCompanies => "No companies yet".into(),
        Stuck::NoOneAsked { companies: 1 } => "One company, no one asked".into(),
        Stuck::NoOneAsked { companies } => format!("{} companies, no one asked", words::heading_number(companies)),
        Stuck::NoAnswer { asked, days } => format!("Asked {asked}, no answer for {}", long(days)),
        Stuck::NoTalkAsked { connected } => format!("Connected with {connected}, no talk asked for"),
        Stuck::NoTalkHeld { asked, days } => format!("Asked {asked} for a talk, none for {}", long(days)),
        Stuck::NoReferralAsked { talks } => format!("Talked with {talks}, no referral asked for"),
        Stuck::Silence { days } => format!("No answer for {}", long(days)),
    }
}

/// 'two weeks', '5 weeks': full weeks.
fn long(days: i32) -> String {
    match days / 7 {
        ..=2 => "two weeks".into(),
        weeks => format!("{weeks} weeks"),
    }
}

/// 'Quiet for 9 days', where it is.
pub fn quiet(active_on: Option<Date>, today: Date) -> Option<String> {
    let days = words::days_between(active_on?, today);
    (days > QUIET).then(|| format!("Quiet for {days} days"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn where_it_is_stuck_is_said_in_words() {
        for (stuck, said_) in [
            (Stuck::NoOneAsked { companies: 12 }, "Twelve companies, no one asked"),
            (Stuck::NoAnswer { asked: 14, days: 20 }, "Asked 14, no answer for two weeks"),
            (Stuck::NoTalkHeld { asked: 3, days: 21 }, "Asked 3 for a talk, none for 3 weeks"),
        ] {
            assert_eq!(said(stuck), said_);
        }
    }

    #[test]
    fn a_week_is_not_quiet_yet() {
        let today = date(2026, 11, 24);
        assert_eq!(quiet(Some(date(2026, 11, 17)), today), None);
        assert_eq!(quiet(Some(date(2026, 11, 15)), today).as_deref(), Some("Quiet for 9 days"));
        assert_eq!(quiet(None, today), None);
    }
}
