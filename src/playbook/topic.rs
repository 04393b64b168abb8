//! What questions and insights are about.

use crate::kinds::kinds;

kinds! {
    /// A topic, in the order a talk may take. Trends, insights, advice, resources and assignments are Dalton's TIARA order.
    pub enum Topic {
        DayToDay = "day_to_day", "Day to day";
        Team = "team", "Team and priorities";
        /// Skills, essential or nice to have.
        Requirements = "requirements", "What the role needs";
        /// Where the user fits, and where not yet.
        Fit = "fit", "My fit and gaps";
        /// Posted, or known only from inside.
        Openings = "openings", "Openings, and how to apply";
        People = "people", "Who else to speak with";
        Trends = "trends", "Trends";
        Insights = "insights", "Insights";
        Advice = "advice", "Advice";
        Resources = "resources", "Resources";
        /// Work to show, and work to try.
        Assignments = "assignments", "Assignments";
        Culture = "culture", "Culture";
        Process = "process", "How they hire";
    }
}

/// How words begin that speak of a topic, the more telling ones first.
const TELLING: &[(Topic, &[&str])] = &[
    (Topic::Openings, &["opening", "hiring", "headcount", "budgeted", "vacan", "backfill", "posted", "posting"]),
    (Topic::Process, &["interview", "round", "recruiter", "onsite", "screening", "assessment"]),
    (Topic::Requirements, &["must", "require", "degree", "certificat", "skill", "essential", "fluent"]),
    (Topic::Assignments, &["portfolio", "prototype", "showcase"]),
    (Topic::Resources, &["book", "course", "podcast", "newsletter", "blog", "meetup", "conference", "webinar"]),
    (Topic::Advice, &["advise", "advice", "recommend", "suggest", "should"]),
    (Topic::Trends, &["trend", "growing", "market", "shift", "future"]),
    (Topic::Culture, &["culture", "remote", "hours", "flexib", "overtime", "friendly", "hybrid"]),
    (Topic::Team, &["team", "manager", "priorit", "reorg", "reports"]),
];

impl Topic {
    /// What a line most probably is about, by single words of it.
    pub fn guess(line: &str) -> Self {
        let line = line.to_lowercase();
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let speaks = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
        TELLING.iter().find(|(_, stems)| speaks(stems)).map_or(Self::DayToDay, |(topic, _)| *topic)
    }
}

kinds! {
    /// How much an insight about requirements weighs.
    pub enum Weight {
        /// Nobody does the work without it.
        Essential = "essential", "Essential";
        NiceToHave = "nice_to_have", "Nice to have";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_guessed_by_its_words() {
        for (line, topic) in [
            ("A second analyst is budgeted for January", Topic::Openings),
            ("Two rounds, then a talk with the director", Topic::Process),
            ("SQL is essential, R is not", Topic::Requirements),
            ("You should show medians", Topic::Advice),
            ("Team of three", Topic::Team),
            ("Mondays are for planning", Topic::DayToDay),
            ("", Topic::DayToDay),
        ] {
            assert_eq!(Topic::guess(line), topic, "{line}");
        }
    }
}
