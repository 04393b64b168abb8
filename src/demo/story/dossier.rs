//! What makes dossiers of what was learned: more that was said at two companies, what she read herself, and which lines agree.

use super::parts::{Insight, Talk};
use crate::companies::search_links::prepare::Source;
use crate::insights::ties::Tie;
use crate::playbook::topic::{Topic, Weight};

/// Something more that was said in a talk.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// By whom; it goes with the first talk with them.
    pub by: &'static str,
    /// What.
    pub insight: Insight,
}

/// What she read about a company herself.
#[derive(Debug, Clone, Copy)]
pub struct Research {
    /// The company.
    pub company: &'static str,
    /// What.
    pub insight: Insight,
    /// When.
    pub days_ago: i16,
}

/// What she found in a source before a talk.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// Whom the talk was with.
    pub before: &'static str,
    /// Where she looked.
    pub source: Source,
    /// What she found.
    pub text: &'static str,
}

const fn said(by: &'static str, topic: Topic, weight: Option<Weight>, text: &'static str) -> Said {
    Said { by, insight: Insight { topic, weight, text } }
}

/// More of what was said.
pub const SAID: &[Said] = &[
    said("Katherine Johnson", Topic::Requirements, Some(Weight::Essential), "SQL, and medians before averages."),
    said(
        "Katherine Johnson",
        Topic::Requirements,
        Some(Weight::Essential),
        "R, or you will depend on others from the first week.",
    ),
    said("Katherine Johnson", Topic::Team, None, "Seven analysts; each looks after two wards."),
    said("Katherine Johnson", Topic::Culture, None, "Everyone is in the office from Monday to Wednesday."),
    said("Mary Jackson", Topic::Culture, None, "Most of the team works at home but for one day a week."),
    said(
        "Mary Jackson",
        Topic::Process,
        None,
        "One conversation with the team, one with Katherine; she asked no test.",
    ),
    said(
        "Mary Jackson",
        Topic::DayToDay,
        None,
        "The morning goes to the bed report, the afternoon to anyone who comes to the desk with a question.",
    ),
    said("Jean Bartik", Topic::Culture, None, "Nobody books a meeting on Friday afternoons."),
    said("Jean Bartik", Topic::Requirements, Some(Weight::Essential), "SQL, written so that someone else can read it."),
    said("Margaret Hamilton", Topic::Requirements, Some(Weight::Essential), "SQL every day; the rest can be learned."),
    said("Annie Easley", Topic::Requirements, Some(Weight::NiceToHave), "SQL helps, but they teach it."),
];

/// What she read herself.
pub const RESEARCH: &[Research] = &[
    Research {
        company: "Larkfield Trust",
        insight: Insight {
            topic: Topic::Requirements,
            weight: Some(Weight::NiceToHave),
            text: "The posting of last year asked for R or Python, \"or willing to learn\".",
        },
        days_ago: 71,
    },
    Research {
        company: "Larkfield Trust",
        insight: Insight {
            topic: Topic::Trends,
            weight: None,
            text: "Their yearly report promises waiting times by ward, open to everyone, by the end of next year.",
        },
        days_ago: 34,
    },
];

/// What she found before talks.
pub const FOUND: &[Found] = &[
    Found {
        before: "Katherine Johnson",
        source: Source::Website,
        text: "Two wards were merged in the summer. Ask how the figures of the years before are compared now.",
    },
    Found {
        before: "Katherine Johnson",
        source: Source::Reviews,
        text: "Three reviews, all by nurses: fair rosters, old computers.",
    },
];

/// Which lines are what to each other, by their words.
pub const TIES: &[(Tie, &str, &str)] = &[
    (
        Tie::Same,
        "SQL joins, medians and percentiles, and knowing what a ward does with a figure.",
        "SQL, and medians before averages.",
    ),
    (
        Tie::Same,
        "SQL first. The dashboard tool changes every two years, SQL does not.",
        "SQL, and medians before averages.",
    ),
    (Tie::Same, "SQL every day; the rest can be learned.", "SQL, and medians before averages."),
    (Tie::Same, "SQL helps, but they teach it.", "SQL, and medians before averages."),
    (
        Tie::Same,
        "Seven analysts, one for two wards each; the head is Katherine Johnson.",
        "Seven analysts; each looks after two wards.",
    ),
    (Tie::Contrary, "R. They teach it in the first half year.", "R, or you will depend on others from the first week."),
    (
        Tie::Contrary,
        "Everyone is in the office from Monday to Wednesday.",
        "Most of the team works at home but for one day a week.",
    ),
    (
        Tie::Same,
        "Barbara keeps Friday afternoons free of meetings for everyone.",
        "Nobody books a meeting on Friday afternoons.",
    ),
];

/// What more was said in a talk.
pub fn more_of(talk: &Talk) -> impl Iterator<Item = &'static Insight> {
    let by = talk.contact;
    SAID.iter().filter(move |said| said.by == by).map(|said| &said.insight)
}

#[cfg(test)]
mod tests {
    use super::super::{COMPANIES, talks};
    use super::*;

    #[test]
    fn whoever_says_more_had_one_talk_that_was_held() {
        for said in SAID {
            assert_eq!(talks().filter(|talk| talk.contact == said.by).count(), 1, "{}", said.by);
        }
        assert!(FOUND.iter().all(|found| talks().any(|talk| talk.contact == found.before)));
        assert!(RESEARCH.iter().all(|line| COMPANIES.iter().any(|company| company.name == line.company)));
    }

    #[test]
    fn ties_are_between_lines_of_the_story() {
        let all: Vec<&str> = talks()
            .flat_map(|talk| talk.insights)
            .map(|insight| insight.text)
            .chain(SAID.iter().map(|said| said.insight.text))
            .collect();
        for (tie, one, other) in TIES {
            assert!(one != other && all.contains(one) && all.contains(other), "{tie}: {one} / {other}");
        }
    }
}
