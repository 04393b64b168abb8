//! Which questions to ask whom: by how close they are to the role, what is known there already, and what is missing.
//!
//! The order of a talk is Dalton's TIARA: trends, insights, advice, resources, assignments (The 2-Hour Job Search). What one
//! learns about the work stands among the insights, fit among the advice, people and openings among the resources.

use super::topic::Topic;
use super::warmth::Closeness;

/// From how many insights on a topic further ones add little.
const ENOUGH: usize = 3;

/// A question that may be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered<'a> {
    /// What it is about.
    pub topic: Topic,
    /// Its words.
    pub text: &'a str,
}

/// What is known before the questions are picked.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// How close the person's work is to the role aimed at.
    pub closeness: Closeness,
    /// The length agreed on, in minutes.
    pub minutes: u16,
    /// The company's name, if it is on the list.
    pub company: Option<&'a str>,
    /// One entry for each insight kept there so far: its topic.
    pub learned: &'a [Topic],
    /// What this person was asked in earlier talks.
    pub asked: &'a [&'a str],
}

/// A question worth asking this person, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick<'a> {
    /// What it is about.
    pub topic: Topic,
    /// Its words.
    pub text: &'a str,
    /// Why, in a sentence without a full stop.
    pub reason: String,
}

/// How many questions a talk of that length has room for: one for three minutes, and one that ends it.
pub fn room(minutes: u16) -> usize {
    usize::from(minutes / 3 + 1).clamp(3, 9)
}

/// Picks the questions for one person, in the order to ask them. `bank` holds the best of each topic first.
pub fn plan<'a>(known: &Known<'_>, bank: &[Offered<'a>]) -> Vec<Pick<'a>> {
    let room = room(known.minutes);
    let mut topics: Vec<Topic> = Topic::ALL.to_vec();
    // Sorting is stable: equals stay in the order of a talk.
    topics.sort_by_key(|topic| (std::cmp::Reverse(score(*topic, known)), place(*topic)));
    let mut picks: Vec<Pick<'a>> = Vec::new();
    let open = |topic: Topic, picks: &[Pick<'a>]| {
        let fresh = |o: &&Offered<'a>| {
            o.topic == topic && !known.asked.contains(&o.text) && !picks.iter().any(|pick| pick.text == o.text)
        };
        bank.iter().find(fresh).copied()
    };
    // Who else to speak with is asked in every talk: it leads to the next one.
    if let Some(last) = open(Topic::People, &picks) {
        picks.push(Pick { topic: last.topic, text: last.text, reason: reason(Topic::People, known) });
    }
    // A question on each topic before a second one on any.
    while picks.len() < room {
        let before = picks.len();
        for topic in &topics {
            let alone = before <= 1 && *topic == Topic::People;
            if picks.len() < room
                && !alone
                && let Some(found) = open(*topic, &picks)
            {
                picks.push(Pick { topic: found.topic, text: found.text, reason: reason(*topic, known) });
            }
        }
        if picks.len() == before {
            break;
        }
    }
    picks.sort_by_key(|pick| place(pick.topic));
    picks
}

/// Where a topic stands in a talk.
fn place(topic: Topic) -> u8 {
    match topic {
        Topic::Trends => 0,
        Topic::DayToDay => 1,
        Topic::Insights => 2,
        Topic::Team => 3,
        Topic::Culture => 4,
        Topic::Requirements => 5,
        Topic::Process => 6,
        Topic::Fit => 7,
        Topic::Advice => 8,
        Topic::Resources => 9,
        Topic::Assignments => 10,
        Topic::Openings => 11,
        Topic::People => 12,
    }
}

/// How much a question on the topic promises, asked of this person.
fn score(topic: Topic, known: &Known<'_>) -> i32 {
    let missing = match known.learned.iter().filter(|of| **of == topic).count() {
        0 => 2,
        n if n < ENOUGH => 0,
        _ => -3,
    };
    weight(topic, known.closeness) + missing
}

/// What people of that closeness know best, from 1 to 5.
fn weight(topic: Topic, closeness: Closeness) -> i32 {
    let by_role = |same, adjacent, lead, recruiter, other| match closeness {
        Closeness::SameRole => same,
        Closeness::Adjacent => adjacent,
        Closeness::HiringManager => lead,
        Closeness::Recruiter => recruiter,
        Closeness::NotNear | Closeness::Other => other,
    };
    match topic {
        Topic::DayToDay => by_role(5, 4, 2, 1, 3),
        Topic::Requirements => by_role(5, 3, 5, 4, 2),
        Topic::Fit => by_role(4, 3, 4, 3, 2),
        Topic::Team => by_role(4, 4, 5, 2, 3),
        Topic::Openings => by_role(3, 3, 4, 5, 3),
        Topic::Process => by_role(2, 2, 4, 5, 2),
        Topic::Culture => by_role(3, 4, 2, 3, 5),
        Topic::Trends => by_role(2, 3, 3, 2, 4),
        Topic::Advice => by_role(3, 3, 2, 2, 4),
        Topic::People => 3,
        Topic::Insights | Topic::Resources | Topic::Assignments => by_role(2, 2, 1, 1, 2),
    }
}

fn reason(topic: Topic, known: &Known<'_>) -> String {
    let there = known.company.unwrap_or("their company");
    let learned = known.learned.iter().filter(|of| **of == topic).count();
    match (topic, learned, known.closeness) {
        (Topic::People, _, _) => "It leads to the next talk".into(),
        (_, n, _) if n >= ENOUGH => format!("{n} insights on it already; another person may see it differently"),
        (_, 1.., _) => format!("You know little about it at {there} so far"),
        (_, 0, closeness) if weight(topic, closeness) >= 4 => match closeness {
            Closeness::SameRole => format!("They do the work you want, and you know nothing about it at {there} yet"),
            Closeness::Adjacent => {
                format!("They see the role from close by; you know nothing about it at {there} yet")
            }
            Closeness::HiringManager => format!("They may lead the team; you know nothing about it at {there} yet"),
            Closeness::Recruiter => format!("They know how people are hired; you know nothing about it at {there} yet"),
            Closeness::NotNear | Closeness::Other => {
                format!("Anyone there can tell you; you know nothing about it at {there} yet")
            }
        },
        _ => format!("You know nothing about it at {there} yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: Known<'_> =
        Known { closeness: Closeness::SameRole, minutes: 15, company: Some("Orbit"), learned: &[], asked: &[] };

    /// Two questions on every topic.
    fn bank() -> Vec<Offered<'static>> {
        let words = |topic: Topic, nr: u8| Box::leak(format!("{topic} {nr}?").into_boxed_str());
        let mut bank = Vec::new();
        for nr in 1..=2 {
            bank.extend(Topic::ALL.iter().map(|topic| Offered { topic: *topic, text: words(*topic, nr) }));
        }
        bank
    }

    fn topics(picks: &[Pick<'_>]) -> Vec<Topic> {
        picks.iter().map(|pick| pick.topic).collect()
    }

    #[test]
    fn who_does_the_work_is_asked_about_the_work() {
        let bank = bank();
        let picks = plan(&KNOWN, &bank);
        let expected = [Topic::DayToDay, Topic::Team, Topic::Culture, Topic::Requirements, Topic::Fit, Topic::People];
        assert_eq!(topics(&picks), expected);
        assert_eq!(picks[0].reason, "They do the work you want, and you know nothing about it at Orbit yet");
        assert_eq!(picks[5].reason, "It leads to the next talk");
    }

    #[test]
    fn a_recruiter_is_asked_how_people_are_chosen() {
        let bank = bank();
        let picks = topics(&plan(&Known { closeness: Closeness::Recruiter, ..KNOWN }, &bank));
        assert!(picks.contains(&Topic::Process) && picks.contains(&Topic::Openings), "{picks:?}");
        assert!(!picks.contains(&Topic::DayToDay), "{picks:?}");
    }

    #[test]
    fn what_is_known_gives_way_to_what_is_missing() {
        let bank = bank();
        let learned = [Topic::DayToDay; 3];
        let picks = topics(&plan(&Known { learned: &learned, ..KNOWN }, &bank));
        assert!(!picks.contains(&Topic::DayToDay), "{picks:?}");
        let short = [Offered { topic: Topic::DayToDay, text: "a?" }, Offered { topic: Topic::Team, text: "b?" }];
        let picks = plan(&Known { learned: &learned, ..KNOWN }, &short);
        assert_eq!(picks[0].reason, "3 insights on it already; another person may see it differently");
        let one = [Topic::Team];
        assert_eq!(
            plan(&Known { learned: &one, ..KNOWN }, &short)[1].reason,
            "You know little about it at Orbit so far"
        );
    }

    #[test]
    fn nobody_is_asked_the_same_twice() {
        let bank = bank();
        let picks = plan(&Known { asked: &["day_to_day 1?", "people 1?"], ..KNOWN }, &bank);
        assert_eq!(picks[0].text, "day_to_day 2?");
        assert_eq!(picks[5].text, "people 2?");
    }

    #[test]
    fn a_longer_talk_has_room_for_more() {
        assert_eq!([5, 15, 20, 30, 240].map(room), [3, 6, 7, 9, 9]);
    }

    proptest! {
        #[test]
        fn a_plan_is_short_in_order_and_without_repeats(
            minutes in 5u16..=240, who in 0..Closeness::ALL.len(), learned in proptest::collection::vec(0..13usize, 0..20),
            kept in proptest::collection::vec(any::<bool>(), 26),
        ) {
            let bank: Vec<_> = bank().into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(o, _)| o).collect();
            let learned: Vec<Topic> = learned.into_iter().map(|nr| Topic::ALL[nr]).collect();
            let known = Known { closeness: Closeness::ALL[who], minutes, learned: &learned, ..KNOWN };
            let picks = plan(&known, &bank);
            prop_assert_eq!(picks.len(), room(minutes).min(bank.len()));
            prop_assert!(picks.is_sorted_by_key(|pick| place(pick.topic)));
            for (at, pick) in picks.iter().enumerate() {
                let offered = Offered { topic: pick.topic, text: pick.text };
                prop_assert!(bank.contains(&offered) && !pick.reason.is_empty());
                prop_assert!(!picks[..at].iter().any(|other| other.text == pick.text));
            }
            if bank.iter().any(|o| o.topic == Topic::People) {
                prop_assert_eq!(picks.last().map(|pick| pick.topic), Some(Topic::People));
            }
        }
    }
}
