//! An import before it is done: what it would do, and what can be chosen.

use std::collections::HashMap;

use askama::Template;
use jiff::civil::Date;

use super::about::{About, job};
use super::archive::jobs::Job;
use super::before::Before;
use super::chosen::Choice;
use super::linkedin::{Connection, Connections};
use super::plan::histories::Line;
use super::plan::jobs;
use super::plan::own::Offered;
use super::plan::whom::Whom;
use super::plan::{self, Employer, Fate, OFFERED, Planned};
use super::queries::{self, CompanyRow, Found};
use crate::accounts::preferences::Preferences;
use crate::contacts::imports::Joined;
use crate::contacts::imports::queries::KnownPerson;
use crate::contacts::wording::on_day;
use crate::error::Result;
use crate::ids::{CompanyId, ContactId, OpeningId};
use crate::playbook::event::Direction;
use crate::web::shell::Shell;
use crate::web::words;

/// People shown as examples of each kind.
const EXAMPLES: usize = 8;

/// A person of the file, as an example.
struct Example {
    name: String,
    about: String,
}

/// A known contact with something new.
struct Changed {
    id: ContactId,
    name: String,
    news: String,
}

/// A target company with people of the file.
struct Target {
    id: CompanyId,
    name: String,
    people: i64,
}

/// An employer offered as a target company; its place among the file's employers is sent.
struct Offer {
    place: usize,
    name: String,
    why: String,
}

/// Someone the user asked to connect who is in no list; their place in the archive is sent.
struct Asked {
    place: usize,
    name: String,
    day: String,
}

/// A job offered as an opening; its place in the archive is sent.
struct JobOffer {
    place: usize,
    title: String,
    about: String,
}

/// An opening that is watched, and for which the user applied.
struct AppliedFor {
    id: OpeningId,
    title: String,
    about: String,
}

impl JobOffer {
    fn of(place: usize, job: &Job, today: Date) -> Self {
        let what = if job.is_applied { "you applied" } else { "you saved it" };
        let on = if job.is_applied { job.applied_on } else { job.saved_on };
        let when = on.map(|on| format!("{what} {}", on_day(on, today))).unwrap_or_else(|| what.into());
        Self { place, title: job.title.to_string(), about: format!("{}, {when}", job.company.as_str()) }
    }
}

/// Lines offered for a list of the settings, with their places.
struct OwnList<'a> {
    field: &'static str,
    called: &'static str,
    lines: &'a [(usize, String)],
}

/// Someone the user wrote with.
struct Written {
    name: String,
    days: String,
}

#[derive(Template)]
#[template(path = "transfer/preview.html")]
pub struct PreviewPage {
    shell: Shell,
    about: About,
    fresh: Vec<Example>,
    changed: Vec<Changed>,
    targets: Vec<Target>,
    offers: Vec<Offer>,
    /// Employers beyond those offered.
    more_offers: usize,
    asked: Vec<Asked>,
    /// People asked beyond those shown.
    more_asked: usize,
    /// Jobs offered as openings.
    openings: Vec<JobOffer>,
    /// Jobs beyond those offered.
    more_openings: usize,
    /// The first of the openings that are marked as applied for.
    applied: Vec<AppliedFor>,
    /// What is offered for the settings.
    own: Offered,
    /// Of how many days there are words that could be kept.
    worded: i64,
    written: Vec<Written>,
    adds_to_histories: bool,
    /// The tables whose columns mean something, by their place.
    tables: Vec<(usize, String)>,
    /// Whether it was tried, and nothing was written.
    broke_off: bool,
    choice: Choice,
}

impl PreviewPage {
    /// The same after it was tried, where nothing was written.
    pub fn after(self, broke_off: bool) -> Self {
        Self { broke_off, ..self }
    }

    fn writes(&self) -> i64 {
        i64::from(self.about.counts.created) + i64::from(self.about.counts.updated)
    }

    /// Whether pressing the button does something when nothing is ticked.
    fn has_news(&self) -> bool {
        self.writes() > 0 || self.adds_to_histories || self.about.report.applied > 0
    }

    /// Whether anything can be chosen.
    fn has_offers(&self) -> bool {
        self.worded > 0
            || !(self.offers.is_empty() && self.asked.is_empty() && self.openings.is_empty() && self.own.is_empty())
    }

    /// 'Your 4 employers and 2 schools, and 1 role you want.'
    fn own_line(&self) -> String {
        let count = |lines: &[(usize, String)], one, many| {
            (!lines.is_empty()).then(|| words::count(plan::as_i64(lines.len()), one, many))
        };
        let been = [count(&self.own.employers, "employer", "employers"), count(&self.own.schools, "school", "schools")];
        let been: Vec<String> = been.into_iter().flatten().collect();
        let roles = count(&self.own.roles, "role you want", "roles you want");
        let been = (!been.is_empty()).then(|| format!("Your {}", words::list(&been)));
        been.into_iter().chain(roles).collect::<Vec<_>>().join(", and ")
    }

    /// The lists of the settings it may add to.
    fn own_lists(&self) -> [OwnList<'_>; 3] {
        let list = |field, called, lines| OwnList { field, called, lines };
        [
            list("employers", "Where you worked", &self.own.employers),
            list("schools", "Your schools", &self.own.schools),
            list("roles", "Roles you want", &self.own.roles),
        ]
    }

    fn do_it(&self) -> String {
        match self.writes() {
            0 if self.has_news() => "Import what is new".into(),
            0 if self.asked.is_empty() && self.openings.is_empty() && self.own.is_empty() && self.worded == 0 => {
                "Add the chosen companies".into()
            }
            0 => "Add what you chose".into(),
            n => format!("Import {}", words::count(n, "person", "people")),
        }
    }
}

/// What files are held against.
pub struct Known {
    /// The contacts.
    pub people: Vec<KnownPerson>,
    /// What is known beside them.
    pub before: Before,
    /// The person's own settings.
    pub preferences: Preferences,
    /// The day it is.
    pub today: Date,
}

/// The preview of what was read; nothing where it has first to be said what its columns are.
///
/// # Errors
/// Where what is kept cannot be read.
pub fn page(
    shell: Shell,
    found: &Found,
    about: About,
    content: String,
    known: &Known,
    choice: Choice,
) -> Result<Option<PreviewPage>> {
    let Known { people, before, preferences, today } = known;
    let (people, today) = (people.as_slice(), *today);
    let archive = &queries::archive_of(found.kept, content)?;
    if archive.unsettled().is_some() {
        return Ok(None);
    }
    let file = archive.people().map_err(anyhow::Error::from)?;
    let planned = Planned::of(archive, &file, people, before, today);
    let with_fate = || file.rows.iter().zip(&planned.fates);
    let fresh =
        with_fate().filter(|(_, fate)| matches!(fate, Fate::New)).map(|(row, _)| example(row)).take(EXAMPLES).collect();
    let changed = with_fate().filter_map(|(_, fate)| changed(fate, people)).take(EXAMPLES).collect();

    let listed: HashMap<&str, &CompanyRow> = found.companies.0.iter().map(|c| (c.name_key.as_str(), c)).collect();
    let mut targets = Vec::new();
    let mut offers = Vec::new();
    // A place names a company by the files alone; whom the user asked to forget, they do not know.
    let mut without: HashMap<String, i64> = HashMap::new();
    for (row, _) in with_fate().filter(|(_, fate)| matches!(fate, Fate::Forgotten)) {
        if let Some(employer) = &row.employer {
            *without.entry(employer.key().as_str().to_owned()).or_default() += 1;
        }
    }
    for (place, mut employer) in plan::employers(&file.rows, &archive.wishes).into_iter().enumerate() {
        employer.people -= without.get(employer.name.key().as_str()).copied().unwrap_or_default();
        if employer.people == 0 && employer.wish.is_none() {
            continue;
        }
        match listed.get(employer.name.key().as_str()) {
            Some(company) => {
                if employer.people > 0 {
                    targets.push(Target { id: company.id, name: company.name.clone(), people: employer.people });
                }
            }
            None => offers.push(Offer { place, name: employer.name.as_str().into(), why: why(&employer) }),
        }
    }
    let more_offers = offers.len().saturating_sub(OFFERED);
    offers.truncate(OFFERED);
    let histories = &planned.histories;
    let asked: Vec<Asked> = histories
        .choices(archive)
        .take(OFFERED)
        .map(|(place, person, on)| Asked {
            place,
            name: person.name.to_string(),
            day: on.map(|on| words::day(on, today)).unwrap_or_default(),
        })
        .collect();
    let more_asked = histories.offered.len() - asked.len();
    let written = written(&histories.letters, people, &file, today);
    let adds_to_histories = !histories.is_empty();
    let own = Offered::of(&archive.own, preferences);
    let job_offers = jobs::offered(&archive.jobs, &before.openings);
    let openings: Vec<JobOffer> = job_offers
        .iter()
        .take(OFFERED)
        .filter_map(|at| Some(JobOffer::of(*at, archive.jobs.get(*at)?, today)))
        .collect();
    let more_openings = job_offers.len() - openings.len();
    let applied = jobs::applied(&archive.jobs, &before.openings, today).into_iter().take(EXAMPLES);
    let applied = applied.map(|one| AppliedFor {
        id: one.id,
        title: one.title,
        about: format!("{}, you applied {}", one.company, on_day(one.on, today)),
    });
    let about = About { counts: planned.counts, report: planned.report, ..about };
    let tables = archive.sheets.iter().enumerate().map(|(place, sheet)| (place, sheet.name.clone())).collect();
    Ok(Some(PreviewPage {
        shell,
        about,
        fresh,
        changed,
        targets,
        offers,
        more_offers,
        asked,
        more_asked,
        openings,
        more_openings,
        applied: applied.collect(),
        own,
        worded: plan::as_i64(histories.words.len()),
        written,
        adds_to_histories,
        tables,
        broke_off: false,
        choice,
    }))
}

/// Why a company is offered.
fn why(employer: &Employer) -> String {
    let people = (employer.people > 0).then(|| words::count(employer.people, "person", "people"));
    let wish = employer.wish.map(|wish| wish.label().to_owned());
    wish.into_iter().chain(people).collect::<Vec<_>>().join(", ")
}

/// With whom messages were exchanged, the last of them first.
fn written(lines: &[Line], people: &[KnownPerson], file: &Connections, today: Date) -> Vec<Written> {
    let mut days: HashMap<Whom, (i64, i64)> = HashMap::new();
    for line in lines {
        let (sent, received) = days.entry(line.whom).or_default();
        *(if line.kind.direction() == Direction::Out { sent } else { received }) += 1;
    }
    let mut found = Vec::new();
    for line in lines.iter().rev() {
        if found.len() == EXAMPLES {
            break;
        }
        let Some((sent, received)) = days.remove(&line.whom) else { continue };
        let name = match line.whom {
            Whom::Known(at) => people[at].name.clone(),
            Whom::Row(at) => file.rows[at].name.to_string(),
        };
        let mut said = Vec::new();
        if sent > 0 {
            said.push(format!("you wrote on {}", words::count(sent, "day", "days")));
        }
        if received > 0 {
            said.push(format!("they wrote on {}", words::count(received, "day", "days")));
        }
        found.push(Written { name, days: format!("{}, last {}", words::list(&said), words::day(line.on, today)) });
    }
    found
}

fn example(row: &Connection) -> Example {
    let job = job(row.job_title.as_ref().map(|t| t.as_str()), row.employer.as_ref().map(|e| e.as_str()));
    Example { name: row.name.as_str().into(), about: job }
}

fn changed(fate: &Fate, people: &[KnownPerson]) -> Option<Changed> {
    let Fate::Changed { known, news, joined } = fate else { return None };
    let person = people.get(*known)?;
    let (title, employer) = (person.job_title.as_deref(), person.employer.as_deref());
    let mut said = Vec::new();
    match joined {
        Some(Joined::Accepted(_)) => said.push("accepted your request".into()),
        Some(Joined::Already(_)) => said.push("connected".into()),
        None => {}
    }
    if news.employer.is_some() || news.job_title.is_some() {
        let new_title = news.job_title.as_ref().map_or(title, |t| Some(t.as_str()));
        let new = job(new_title, news.employer.as_ref().map_or(employer, |e| Some(e.as_str())));
        said.push(match job(title, employer) {
            old if old.is_empty() => new,
            old => format!("{old} → {new}"),
        });
    }
    let small = [
        (news.email.is_some(), "e-mail address"),
        (news.profile.is_some(), "profile"),
        (news.phone.is_some(), "phone number"),
        (news.connected_on.is_some() && joined.is_none(), "date of connecting"),
    ];
    said.extend(small.into_iter().filter(|(new, _)| *new).map(|(_, what)| what.to_owned()));
    Some(Changed { id: person.id, name: person.name.clone(), news: said.join("; ") })
}
