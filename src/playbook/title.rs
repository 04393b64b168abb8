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

pub use patterns::NearTitles;
use words::Words;

use super::warmth::Closeness;

mod patterns;
mod words;

/// How near the title says they are; `Other` where it says nothing.
pub fn closeness_by(title: &str, target_roles: &[String]) -> Closeness {
    let title = Words::of(title);
    let roles = target_roles.iter().map(|role| Words::of(role).without_level());
    let roles: Vec<Words> = roles.filter(|role| !role.all.is_empty() || role.is_unspaced()).collect();
    let of_people = roles.iter().any(|role| role.recruits() || role.is_personnel());
    let leads = title.leads().next().is_some() || roles.iter().any(|role| title.leads_beyond(&role.run));
    let shares = roles.iter().flat_map(Words::telling).any(|word| {
        title.stems.contains(&word)
            || title.led().any(|led| led == word)
            || (title.is_unspaced() && title.run.contains(&word))
    });
    if title.recruits() && !of_people {
        Closeness::Recruiter
    } else if roles.iter().any(|role| is_in_role(&title, role)) {
        Closeness::SameRole
    } else if title.is_personnel() && !of_people {
        Closeness::Recruiter
    } else if shares && leads {
        Closeness::HiringManager
    } else if shares || title.recruits() {
        Closeness::Adjacent
    } else {
        Closeness::Other
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

/// How near somebody's work is, and whether that is a guess: what their title says counts where the user never said it.
pub fn near(said: Closeness, title: Option<&str>, target_roles: &[String]) -> (Closeness, bool) {
    let guess = || title.map_or(Closeness::Other, |title| closeness_by(title, target_roles));
    match said {
        Closeness::Other => {
            let guess = guess();
            (guess, guess != Closeness::Other)
        }
        said => (said, false),
    }
}

#[cfg(test)]
mod tests;
