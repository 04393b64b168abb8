//! The first two or three sentences of a talk: who I am, and why I asked you.

use super::queries::talks::Whole;
use super::talk::PersonRow;
use crate::accounts::preferences::Preferences;
use crate::playbook::warmth::{Closeness, Warmth};

/// The opener as it is drafted from the profile and the reasons, where they are written down.
pub fn drafted(me: &Preferences, talk: &Whole) -> String {
    words(me, &talk.person, talk.company_name(), talk.minutes)
}

fn words(me: &Preferences, person: &PersonRow, company: Option<&str>, minutes: i16) -> String {
    let mut sentences = Vec::new();
    let about = me.about_me.trim().trim_end_matches('.');
    let role = me.target_roles.first();
    match (about.is_empty(), role) {
        (true, None) => {}
        (true, Some(role)) => sentences.push(format!("I am moving towards {role} work.")),
        (false, role) => {
            // The profile asks for what finishes 'I am ...'; some write the whole sentence.
            let whole = about.starts_with("I ") || about.starts_with("I'") || about.starts_with("My ");
            let about = if whole { about.to_owned() } else { format!("I am {}", small(about)) };
            let towards = role.map(|role| format!(", moving towards {role} work")).unwrap_or_default();
            sentences.push(if whole { format!("{about}.") } else { format!("{about}{towards}.") });
        }
    }
    sentences.extend(why(me, person));
    let there = company.map(|company| format!(" at {company}")).unwrap_or_default();
    sentences.push(match role {
        Some(role) => {
            format!("In these {minutes} minutes I would like to learn how {role} work is really done{there}.")
        }
        None => format!("In these {minutes} minutes I would like to learn how the work is really done{there}."),
    });
    sentences.join(" ")
}

/// Why this person was asked.
fn why(me: &Preferences, person: &PersonRow) -> Option<String> {
    if let Some(why) = person.why.as_deref() {
        return Some(format!("I asked you because {}.", small(why.trim().trim_end_matches('.'))));
    }
    match (person.warmth, person.closeness) {
        (Warmth::CanBeIntroduced, _) if person.introducer.is_some() => {
            Some(format!("{} suggested that I speak with you.", person.introducer.as_deref().unwrap_or_default()))
        }
        (Warmth::SameSchool, _) if !me.schools.is_empty() => Some(format!("We both went to {}.", me.schools[0])),
        (Warmth::SameEmployer, _) if !me.former_employers.is_empty() => {
            Some(format!("We both worked at {}.", me.former_employers[0]))
        }
        (_, Closeness::SameRole) => Some("I asked you because you do the work I hope to do.".into()),
        (_, Closeness::HiringManager) => Some("I asked you because you know what such a team looks for.".into()),
        _ => None,
    }
}

/// In lower case where a common word begins it, for the middle of a sentence.
fn small(text: &str) -> String {
    const PLAIN: [&str; 10] = ["You", "Your", "They", "Their", "We", "A", "An", "The", "This", "Mentioned"];
    let first = text.split_whitespace().next().unwrap_or_default();
    if PLAIN.contains(&first) { format!("{}{}", first.to_lowercase(), &text[first.len()..]) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::stage::Stage;

    fn person() -> PersonRow {
        PersonRow {
            name: "Katherine Johnson".into(),
            job_title: None,
            profile_url: None,
            email: None,
            phone: None,
            time_zone: None,
            stage: Stage::Scheduled,
            closeness: Closeness::SameRole,
            warmth: Warmth::Stranger,
            why: None,
            introducer: None,
        }
    }

    fn me(about: &str, role: &str) -> Preferences {
        Preferences {
            about_me: about.into(),
            target_roles: if role.is_empty() { vec![] } else { vec![role.into()] },
            ..Preferences::default()
        }
    }

    #[test]
    fn profile_and_reasons_make_three_sentences() {
        let kate = PersonRow { why: Some("You made the same move in 2021.".into()), ..person() };
        assert_eq!(
            words(&me("A nurse of six years.", "data analyst"), &kate, Some("Orbit"), 15),
            "I am a nurse of six years, moving towards data analyst work. I asked you because you made the same move in 2021. \
             In these 15 minutes I would like to learn how data analyst work is really done at Orbit."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let stranger = PersonRow { closeness: Closeness::Other, ..person() };
        assert_eq!(
            words(&me("", ""), &stranger, None, 20),
            "In these 20 minutes I would like to learn how the work is really done."
        );
        assert!(
            words(&me("I count ships.", "x"), &person(), None, 20)
                .starts_with("I count ships. I asked you because you do")
        );
    }

    #[test]
    fn what_two_people_share_is_a_reason() {
        let mut me = me("", "");
        me.schools = vec!["Leeds".into()];
        let shared = PersonRow { warmth: Warmth::SameSchool, ..person() };
        assert!(words(&me, &shared, None, 15).starts_with("We both went to Leeds."));
        let named = PersonRow { warmth: Warmth::CanBeIntroduced, introducer: Some("Tony Hoare".into()), ..person() };
        assert!(words(&me, &named, None, 15).starts_with("Tony Hoare suggested that I speak with you."));
    }
}
