//! What a job title says of how near somebody's work is to the roles the user aims at: a guess, and said as one.
//!
//! | the title | is taken for |
//! |---|---|
//! | recruits, where no role does | recruiter |
//! | has every word of a target role, and leads nobody | in the role |
//! | leads, and shares a word with a role | hiring manager |
//! | shares a word with a role | next to the role |
//!
//! Words are one where they are of one kind of work: 'engineer' and 'engineering', 'Entwicklerin' and 'Entwicklung'. Levels
//! ('senior', 'junior') say nothing of the work, nor does what somebody was or wants to be. The table is our choice.

use std::collections::HashMap;

pub use patterns::NearTitles;
use words::Words;

use super::warmth::Closeness;

mod patterns;
mod words;

/// The roles the user aims at, read once for all titles that are held against them.
pub struct Roles {
    all: Vec<Words>,
    /// The stems of their words that tell what the work is.
    telling: Vec<String>,
    /// Whether one of them is work with people, so that whoever recruits is a colleague.
    of_people: bool,
    /// What was read of titles so far: of a whole network, many have the same.
    read: HashMap<String, Closeness>,
}

impl Roles {
    /// Reads them.
    pub fn of(target_roles: &[String]) -> Self {
        let all = target_roles.iter().map(|role| Words::of(role).without_level());
        let all: Vec<Words> = all.filter(|role| !role.all.is_empty() || role.is_unspaced()).collect();
        let telling = all.iter().flat_map(Words::telling).collect();
        let of_people = all.iter().any(|role| role.recruits() || role.is_personnel());
        Self { all, telling, of_people, read: HashMap::new() }
    }

    /// How near the title says they are; `Other` where it says nothing.
    fn closeness_by(&self, title: &str) -> Closeness {
        let title = Words::of(title);
        let leads = title.leads().next().is_some() || self.all.iter().any(|role| title.leads_beyond(&role.run));
        let shares = self.telling.iter().any(|word| {
            title.stems.contains(word)
                || title.led().any(|led| led == word)
                || (title.is_unspaced() && title.run.contains(word))
        });
        if title.recruits() && !self.of_people {
            Closeness::Recruiter
        } else if self.all.iter().any(|role| is_in_role(&title, role)) {
            Closeness::SameRole
        } else if title.is_personnel() && !self.of_people {
            Closeness::Recruiter
        } else if shares && leads {
            Closeness::HiringManager
        } else if shares || title.recruits() {
            Closeness::Adjacent
        } else {
            Closeness::Other
        }
    }

    /// How near somebody's work is, and whether that is a guess: what their title says counts where the user never said it.
    pub fn near(&mut self, said: Closeness, title: Option<&str>) -> (Closeness, bool) {
        let (Closeness::Other, Some(title)) = (said, title) else { return (said, false) };
        let guess = match self.read.get(title) {
            Some(known) => *known,
            None => {
                let read = self.closeness_by(title);
                self.read.insert(title.to_owned(), read);
                read
            }
        };
        (guess, guess != Closeness::Other)
    }
}

/// Whether a title has every word of a role, and leads nobody beyond it. A role of words that every kind of work has is
/// only itself.
fn is_in_role(title: &Words, role: &Words) -> bool {
    if role.is_unspaced() {
        return title.run.contains(&role.run) && !title.leads_beyond(&role.run);
    }
    if role.telling().next().is_none() {
        let all = title.clone().without_level().all;
        return all == role.all || (role.all.len() > 1 && all.windows(role.all.len()).any(|some| some == role.all));
    }
    title.has_all_of(role) && !title.leads().any(|lead| !role.stems.contains(&lead))
}

#[cfg(test)]
mod tests;
