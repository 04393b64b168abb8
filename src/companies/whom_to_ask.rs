//! Who to ask next at a company, with the reasons, or why to wait: the playbook's rule in the words of the pages.

use jiff::civil::Date;

use super::former::worked_at;
use crate::accounts::preferences::Preferences;
use crate::ids::ContactId;
use crate::playbook::approach::{Because, Coverage, Hold, Peer, held_back};
use crate::playbook::cadence::Cadence;
use crate::playbook::name;
use crate::playbook::suggestion::{Company, Shared, Suggestion};
use crate::playbook::title::Roles;
use crate::web::words;

/// As many as a company's page shows.
pub const MOST: usize = 10;

/// Reasons beside a name: more are not read.
const REASONS: usize = 4;

/// Someone to ask next.
#[derive(Debug)]
pub struct Suggested {
    /// Who.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// What they do, or nothing.
    pub about: String,
    /// Why they, in words: what speaks most for them.
    pub reasons: Vec<String>,
    /// Whether they can be picked: their first message has no day yet.
    pub can_be_picked: bool,
}

impl Suggested {
    /// A suggestion as a page shows it.
    pub fn of(suggestion: &Suggestion<'_>, shared: Shared<'_>) -> Self {
        let person = suggestion.person;
        Self {
            id: person.id,
            name: person.name.clone(),
            about: person.job_title.clone().unwrap_or_default(),
            reasons: suggestion.reasons(shared).into_iter().take(REASONS).collect(),
            can_be_picked: person.due.is_none(),
        }
    }

    /// What people call them.
    pub fn first_name(&self) -> &str {
        name::first_name(&self.name)
    }

    /// The reasons in one line: 'Does the work you want. You both went to London.'
    pub fn reasons_in_words(&self) -> String {
        self.reasons.iter().map(|reason| format!("{reason}.")).collect::<Vec<_>>().join(" ")
    }
}

/// Who to ask next at one company, or why to wait.
#[derive(Debug, Default)]
pub struct NextThere {
    /// The best few, the best first; nobody while it is better to wait.
    pub people: Vec<Suggested>,
    /// Why everyone not asked yet should wait.
    pub wait: Option<String>,
}

/// What is known of a company apart from its people.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its name.
    pub name: &'a str,
    /// Motivation, 0 to 5.
    pub motivation: i16,
    /// Posting, 0 to 3.
    pub posting: i16,
    /// Whether a referral there was asked for, or made.
    pub has_referral: bool,
}

impl<'a> Target<'a> {
    /// The company as it looks to one of its people: the others there are the advocates.
    pub fn seen_by<'p>(&self, who: &Peer, people: impl IntoIterator<Item = &'p Peer> + Clone) -> Company<'a> {
        let advocates = people.clone().into_iter().filter(|other| other.id != who.id && other.nearness().is_advocate());
        Company {
            name: self.name,
            motivation: self.motivation,
            posting: self.posting,
            advocates: advocates.count(),
            coverage: Coverage::of(people, self.has_referral),
        }
    }
}

/// Who to ask next at this company, of all people there.
pub fn next_there(target: &Target<'_>, people: &[Peer], preferences: &Preferences, today: Date) -> NextThere {
    let cadence = &preferences.cadence;
    let worked_there = worked_at(preferences, target.name).is_some();
    let mut roles = Roles::of(&preferences.target_roles);
    let read = |person: &Peer| person.clone().read_by_title(&mut roles).read_by_employer(worked_there);
    let people: Vec<Peer> = people.iter().map(read).collect();
    let people = people.as_slice();
    let mut waiting = None;
    let mut free = Vec::new();
    for person in people.iter().filter(|person| person.is_first_approach()) {
        match held_back(person, people, cadence, today) {
            // Who comes first is among the suggestions; the others there are, too, with their reasons.
            None | Some(Hold { because: Because::ComesFirst(_), .. }) => {
                free.push(Suggestion { person, company: Some(target.seen_by(person, people)) });
            }
            Some(hold) => waiting = waiting.or(Some(hold)),
        }
    }
    free.sort_by(Suggestion::order);
    let shared = shared(preferences);
    NextThere {
        people: free.iter().take(MOST).map(|suggestion| Suggested::of(suggestion, shared)).collect(),
        wait: waiting.filter(|_| free.is_empty()).map(|hold| wait(&hold, today)),
    }
}

/// What the user may share with a stranger.
pub fn shared(preferences: &Preferences) -> Shared<'_> {
    Shared { school: preferences.only_school(), employer: preferences.only_former_employer() }
}

/// Who holds back and why, `place` being 'there' or 'at Acme': 'You wrote to Kate Novak there on Monday.'
pub fn because(hold: &Hold<'_>, place: &str, today: Date) -> String {
    let who = format!("{} {place}", hold.by.name);
    match hold.because {
        Because::Requested(on) => format!("You wrote to {who} {}.", on_day(on, today)),
        Because::Asked(on) => format!("You asked {who} for a talk {}.", on_day(on, today)),
        Because::Connected => format!("{who} is connected: a talk with them comes first."),
        Because::SettingTime => format!("{who} said yes; you are finding a time."),
        Because::Scheduled(on) if on < today => format!("You had a talk with {who} {}.", on_day(on, today)),
        Because::Scheduled(on) => format!("You talk with {who} {}.", on_day(on, today)),
        Because::Spoke => format!("{who} helped you; thanks come first."),
        Because::ComesFirst(_) => format!("{who} is picked and comes first."),
    }
}

/// What to do about it: 'One at a time: wait until Thursday.'
pub fn advice(hold: &Hold<'_>, today: Date) -> String {
    match hold.until {
        Some(until) => format!("One at a time: wait until {}.", words::day(until, today)),
        None => "One at a time.".into(),
    }
}

/// Both: 'You wrote to Kate Novak there on Monday. One at a time: wait until Thursday.'
pub fn wait(hold: &Hold<'_>, today: Date) -> String {
    format!("{} {}", because(hold, "there", today), advice(hold, today))
}

/// 'today', 'yesterday', 'on Monday', 'on 11 November'.
fn on_day(date: Date, today: Date) -> String {
    match words::days_between(today, date) {
        -1..=1 => words::day(date, today),
        -6..=6 => format!("on {}", words::weekday(date)),
        _ => format!("on {}", words::day(date, today)),
    }
}

/// The best person to ask second at this company while the first is silent; nobody where everyone was asked, or has to wait.
pub fn second<'a>(first: ContactId, people: &'a [Peer], cadence: &Cadence, today: Date) -> Option<&'a Peer> {
    let others = || people.iter().filter(|other| other.id != first);
    others()
        .filter(|person| person.is_first_approach() && held_back(person, others(), cadence, today).is_none())
        .reduce(|best, person| if person.ranks_before(best) { person } else { best })
}
