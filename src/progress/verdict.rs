//! What the figures say, in a heading, and what to change next, in one sentence.

use super::answers::Rate;
use super::funnel::{Applications, FunnelStep};
use super::ledger::Coverage;
use super::weeks::Week;
use crate::web::words::count;

/// What the sentence follows from.
pub struct Figures<'a> {
    pub funnel: &'a [(FunnelStep, usize)],
    pub coverage: &'a [(Coverage, usize)],
    pub weeks: &'a [Week],
    /// The last of the weeks is the present one.
    pub is_current: bool,
    pub templates: &'a [Rate],
    pub requests_goal: usize,
    pub companies_goal: usize,
}

/// A sentence, and the page where it is acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub text: String,
    pub href: &'static str,
    pub go: &'static str,
}

impl Figures<'_> {
    fn reached(&self, step: FunnelStep) -> usize {
        self.funnel.iter().find(|(of, _)| *of == step).map_or(0, |(_, n)| *n)
    }

    fn covered(&self, coverage: Coverage) -> usize {
        self.coverage.iter().find(|(of, _)| *of == coverage).map_or(0, |(_, n)| *n)
    }
}

/// 'It is working: 12 talks, 5 referrals', or what there is to say earlier.
pub fn heading(figures: &Figures<'_>) -> String {
    let said = |step, one: &str, many: &str| match figures.reached(step) as i64 {
        0 => None,
        n => Some(count(n, one, many)),
    };
    let far = [
        said(FunnelStep::TalksHeld, "talk", "talks"),
        said(FunnelStep::ReferralsMade, "referral", "referrals"),
        said(FunnelStep::JobInterviews, "job interview", "job interviews"),
        said(FunnelStep::Offers, "offer", "offers"),
    ];
    let far: Vec<String> = far.into_iter().flatten().collect();
    if !far.is_empty() {
        return format!("It is working: {}", far.join(", "));
    }
    match (figures.reached(FunnelStep::Connected) as i64, figures.reached(FunnelStep::Requests) as i64) {
        (0, 0) => "Nothing to count yet".into(),
        (0, requests) => format!("{} sent, answers are on their way", count(requests, "request", "requests")),
        (connected, _) => format!("{} connected: ask for the first talk", count(connected, "person", "people")),
    }
}

/// 'A referral led to 3 of your 4 job interviews; 41 cold applications led to one.' Nothing while there were no applications.
pub fn referred_against_cold(referred: Applications, cold: Applications) -> String {
    let applications =
        |n: usize, what: &str| count(n as i64, &format!("{what} application"), &format!("{what} applications"));
    let led = |of: Applications| match of.interviews {
        0 => "no job interview".to_owned(),
        n => count(n as i64, "job interview", "job interviews"),
    };
    match (referred.sent, cold.sent) {
        (0, 0) => String::new(),
        (0, n) => {
            format!("{} led to {}. Ask someone inside to refer you for the next.", applications(n, "cold"), led(cold))
        }
        (n, 0) => format!("{} led to {}.", applications(n, "referred"), led(referred)),
        (r, c) => format!(
            "{} led to {}; {} to {}.",
            applications(r, "referred"),
            led(referred),
            applications(c, "cold"),
            led(cold)
        ),
    }
}

/// What to change next: the first step of the method that holds the others up.
pub fn advice(figures: &Figures<'_>) -> Advice {
    let say = |text: String, href, go| Advice { text, href, go };
    let companies: usize = figures.coverage.iter().map(|(_, n)| n).sum();
    let nobody = figures.covered(Coverage::Nobody);
    let (requests, connected) = (figures.reached(FunnelStep::Requests), figures.reached(FunnelStep::Connected));
    let (asked, held) = (figures.reached(FunnelStep::TalksAsked), figures.reached(FunnelStep::TalksHeld));
    let recent: Vec<usize> = figures.weeks.iter().rev().skip(1).take(3).map(|week| week.requests).collect();

    if companies < figures.companies_goal.min(10) {
        return say(
            format!(
                "Start with the list: {} on it so far, and ten make a start.",
                count(companies as i64, "company", "companies")
            ),
            "/companies/new",
            "Add companies",
        );
    }
    if nobody * 2 > companies {
        return say(
            format!(
                "You've found no one yet at {nobody} of your {companies} companies: find one person at each before anything else."
            ),
            "/companies",
            "Find people",
        );
    }
    if figures.is_current && recent.len() == 3 && recent.iter().sum::<usize>() * 2 < figures.requests_goal * 3 {
        let sent = recent.iter().sum::<usize>();
        return say(
            format!(
                "{} in the last three whole weeks, against a goal of {} a week: pick this week's people.",
                count(sent as i64, "request", "requests"),
                figures.requests_goal
            ),
            "/contacts/suggestions",
            "Who to ask next",
        );
    }
    if let Some((best, worst)) = clearly_better(figures.templates) {
        return say(
            format!(
                "'{}' gets more answers than '{}', and it's not just chance: use it where it fits.",
                best.group, worst.group
            ),
            "/library",
            "Look at the templates",
        );
    }
    if connected >= 5 && asked * 2 < connected {
        return say(
            format!(
                "You're connected to {connected} people and asked {asked} for a talk: ask the others, they know who you are."
            ),
            "/contacts?show=connected",
            "Ask for talks",
        );
    }
    if asked >= 5 && held * 4 < asked {
        return say(
            format!(
                "You asked {asked} people for a talk and held {held}: suggest a day and a time, and follow up twice."
            ),
            "/contacts?show=asked",
            "Follow up",
        );
    }
    if held >= 5 && figures.reached(FunnelStep::ReferralsAsked) == 0 {
        return say(
            format!(
                "{held} talks, and you've asked no one for a referral yet: ask where an opening is known and they seemed open."
            ),
            "/openings",
            "Look at openings",
        );
    }
    if requests >= 10 && connected * 5 < requests {
        return say(
            format!(
                "{connected} of {requests} people accepted: start with warmer ones, through a school or an employer you share, or an introduction."
            ),
            "/contacts/suggestions",
            "Who to ask next",
        );
    }
    say("Nothing stands out: keep the pace, a little each day.".into(), "/", "What is due today")
}

/// The best and the worst of those with a rate, if chance does not explain the difference.
fn clearly_better(rates: &[Rate]) -> Option<(&Rate, &Rate)> {
    let mut known: Vec<_> = rates.iter().filter_map(|rate| Some((rate, rate.share()?))).collect();
    known.sort_by(|(_, a), (_, b)| b.seen.total_cmp(&a.seen));
    let ((best, high), (worst, low)) = (known.first()?, known.last()?);
    high.is_clearly_above(low).then_some((best, worst))
}
