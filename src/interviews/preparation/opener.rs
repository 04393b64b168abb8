//! The first two or three sentences of a talk: who I am, and why I asked you.

use crate::accounts::preferences::Preferences;
use crate::companies::former::known_of;
use crate::interviews::queries::talks::{PersonRow, TalkDetail};
use crate::playbook::message::about_me::{who_i_am, work};
use crate::playbook::message::phrase::{ended, inside, to_reader, unended};
use crate::playbook::name::first_name;
use crate::playbook::warmth::{Closeness, Warmth};

/// The opener as it is drafted from the profile and the reasons, where they are written down.
pub fn drafted(me: &Preferences, talk: &TalkDetail) -> String {
    let there = talk.company_name();
    let theirs: Vec<&str> = there.into_iter().chain(talk.person.employers.iter().map(String::as_str)).collect();
    let shared = known_of(me, &theirs, talk.person.notes.as_deref().unwrap_or_default());
    words(me, &talk.person, shared, there, talk.minutes)
}

fn words(me: &Preferences, person: &PersonRow, shared: Option<&str>, company: Option<&str>, minutes: i16) -> String {
    let role = me.target_roles.first().map(String::as_str);
    let mut sentences: Vec<String> = who_i_am(&me.about_me, role).into_iter().collect();
    sentences.extend(why(me, person, shared));
    let kind = role.map_or_else(|| "the work".to_owned(), work);
    let there = company.map(|company| format!(" at {}", unended(company))).unwrap_or_default();
    sentences
        .push(ended(&format!("In these {minutes} minutes I would like to learn how {kind} is really done{there}")));
    sentences.join(" ")
}

/// Why this person was asked. `shared` is the employer that both had, where it is known.
fn why(me: &Preferences, person: &PersonRow, shared: Option<&str>) -> Option<String> {
    if let Some(why) = person.why.as_deref() {
        let why = to_reader(why, first_name(&person.name), &person.name);
        return Some(ended(&format!("I asked you because {}", inside(&why))));
    }
    match (person.warmth, person.closeness) {
        (Warmth::CanBeIntroduced, _) if person.introducer.is_some() => {
            person.introducer.as_deref().map(|introducer| ended(&format!("We both know {}", unended(introducer))))
        }
        (Warmth::SameSchool, _) if me.only_school().is_some() => {
            me.only_school().map(|school| ended(&format!("We both went to {}", unended(school))))
        }
        (Warmth::SameEmployer, _) if shared.is_some() => {
            shared.map(|employer| ended(&format!("We both worked at {}", unended(employer))))
        }
        (_, Closeness::SameRole) => Some("I asked you because you do the work I hope to do.".into()),
        (_, Closeness::HiringManager) => Some("I asked you because you know what such a team looks for.".into()),
        _ => None,
    }
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
            notes: None,
            employers: Vec::new(),
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
            words(&me("A nurse of six years.", "data analyst"), &kate, None, Some("Orbit"), 15),
            "I am a nurse of six years, moving towards data analyst work. I asked you because you made the same move in 2021. \
             In these 15 minutes I would like to learn how data analyst work is really done at Orbit."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let stranger = PersonRow { closeness: Closeness::Other, ..person() };
        assert_eq!(
            words(&me("", ""), &stranger, None, None, 20),
            "In these 20 minutes I would like to learn how the work is really done."
        );
        assert!(
            words(&me("I count ships.", "x"), &person(), None, None, 20)
                .starts_with("I count ships. I am moving towards x work. I asked you because you do")
        );
    }

    #[test]
    fn what_two_people_share_is_a_reason() {
        let mut me = me("", "");
        me.schools = vec!["Leeds".into()];
        let shared = PersonRow { warmth: Warmth::SameSchool, ..person() };
        assert!(words(&me, &shared, None, None, 15).starts_with("We both went to Leeds."));
        me.schools.push("Oslo".into());
        let which = words(&me, &shared, None, None, 15);
        assert!(which.starts_with("I asked you because you do"), "nobody knows which of two: {which}");
        let named = PersonRow { warmth: Warmth::CanBeIntroduced, introducer: Some("Tony Hoare".into()), ..person() };
        assert!(words(&me, &named, None, None, 15).starts_with("We both know Tony Hoare."));
        let colleague = PersonRow { warmth: Warmth::SameEmployer, closeness: Closeness::Other, ..person() };
        assert!(words(&me, &colleague, Some("Acme"), None, 15).starts_with("We both worked at Acme."));
        assert!(words(&me, &colleague, None, None, 15).starts_with("In these 15 minutes"));
    }
}
