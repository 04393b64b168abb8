//! What a job title says of how near somebody's work is to the roles the user aims at: a guess, and said as one.
//!
//! | the title | is taken for |
//! |---|---|
//! | has every word of a target role, and leads nobody | in the role |
//! | recruits | recruiter |
//! | leads, and shares a word with a role | hiring manager |
//! | shares a word with a role | next to the role |
//!
//! Ranks ('senior', 'junior') say nothing of the work. The table is our choice.

use std::collections::BTreeSet;

use super::likeness::words;
use super::warmth::Closeness;

/// Words of those who lead.
const LEADS: &[&str] = &["manager", "head", "lead", "leader", "director", "vp", "president", "chief"];

/// How words of those begin who look for people.
const RECRUITS: &[&str] = &["recruit", "talent", "sourcer", "headhunter"];

/// Words of rank, which are in titles of every kind of work.
const RANKS: &[&str] =
    &["senior", "sr", "junior", "jr", "principal", "staff", "associate", "assistant", "intern", "trainee", "vice"];

/// How near the title says they are; `Other` where it says nothing.
pub fn closeness_by(title: &str, target_roles: &[String]) -> Closeness {
    let title = without_ranks(title);
    let roles: Vec<_> = target_roles.iter().map(|role| without_ranks(role)).filter(|role| !role.is_empty()).collect();
    let leads_beyond = |role: &BTreeSet<String>| title.difference(role).any(|word| LEADS.contains(&word.as_str()));
    let shares = roles.iter().any(|role| role.intersection(&title).any(|word| !LEADS.contains(&word.as_str())));
    if roles.iter().any(|role| role.is_subset(&title) && !leads_beyond(role)) {
        Closeness::SameRole
    } else if title.iter().any(|word| RECRUITS.iter().any(|start| word.starts_with(start))) {
        Closeness::Recruiter
    } else if shares && title.iter().any(|word| LEADS.contains(&word.as_str())) {
        Closeness::HiringManager
    } else if shares {
        Closeness::Adjacent
    } else {
        Closeness::Other
    }
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

/// The words of a role that tell what the work is, as they are written.
pub fn telling_words(role: &str) -> impl Iterator<Item = &str> {
    let words = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !RANKS.contains(&word.to_lowercase().as_str()))
}

fn without_ranks(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter(|word| !RANKS.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_held_against_the_roles() {
        let roles = ["Data analyst".to_owned(), "Product manager".to_owned()];
        for (title, closeness) in [
            ("Senior Data Analyst", Closeness::SameRole),
            ("Analyst, clinical data (part-time)", Closeness::SameRole),
            ("Product Managers", Closeness::SameRole),
            ("Head of Data", Closeness::HiringManager),
            ("Director of Product Management, data analyst teams", Closeness::HiringManager),
            ("Data Engineer", Closeness::Adjacent),
            ("Business analyst", Closeness::Adjacent),
            ("Recruiter, data and AI", Closeness::Recruiter),
            ("Head of Talent | ex-Acme", Closeness::Recruiter),
            ("Engineering Manager", Closeness::Other),
            ("CEO & Co-founder \u{1f680}", Closeness::Other),
            ("", Closeness::Other),
        ] {
            assert_eq!(closeness_by(title, &roles), closeness, "{title}");
        }
        assert_eq!(closeness_by("Senior", &["Senior".to_owned()]), Closeness::Other);
        assert_eq!(closeness_by("Data analyst", &[]), Closeness::Other);
    }

    #[test]
    fn what_the_user_says_beats_the_title() {
        let roles = ["Data analyst".to_owned()];
        assert_eq!(near(Closeness::Other, Some("Data analyst"), &roles), (Closeness::SameRole, true));
        assert_eq!(near(Closeness::Other, Some("Baker"), &roles), (Closeness::Other, false));
        assert_eq!(near(Closeness::Other, None, &roles), (Closeness::Other, false));
        assert_eq!(near(Closeness::NotNear, Some("Data analyst"), &roles), (Closeness::NotNear, false));
        assert_eq!(near(Closeness::Adjacent, Some("Data analyst"), &roles), (Closeness::Adjacent, false));
    }

    #[test]
    fn the_words_that_tell_leave_ranks_out() {
        let words = |role| telling_words(role).collect::<Vec<_>>();
        assert_eq!(words("Senior data analyst (remote)"), ["data", "analyst", "remote"]);
        assert_eq!(words("Junior"), [""; 0]);
    }
}
