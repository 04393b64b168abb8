//! The parts of a company's dossier, and the part each topic lands in.

use crate::kinds::kinds;
use crate::playbook::topic::Topic;

kinds! {
    /// A part of the dossier, in the order an application is written.
    pub enum Section {
        Requirements = "requirements", "What the role needs";
        Fit = "fit", "My fit and gaps";
        Work = "work", "The work, day to day";
        Team = "team", "Team and structure";
        Culture = "culture", "Culture";
        Process = "process", "How they hire";
        Openings = "openings", "Openings";
        People = "people", "People";
        Advice = "advice", "Advice";
        Field = "field", "Trends and insights";
    }
}

impl Section {
    /// Where a topic lands: advice takes resources and assignments along, which are advice on what to read and to try.
    pub const fn of(topic: Topic) -> Self {
        match topic {
            Topic::Requirements => Self::Requirements,
            Topic::Fit => Self::Fit,
            Topic::DayToDay => Self::Work,
            Topic::Team => Self::Team,
            Topic::Culture => Self::Culture,
            Topic::Process => Self::Process,
            Topic::Openings => Self::Openings,
            Topic::People => Self::People,
            Topic::Advice | Topic::Resources | Topic::Assignments => Self::Advice,
            Topic::Trends | Topic::Insights => Self::Field,
        }
    }

    /// The topics that land here.
    pub fn topics(self) -> impl Iterator<Item = Topic> {
        Topic::ALL.iter().copied().filter(move |topic| Self::of(*topic) == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_topic_and_every_topic_one_section() {
        assert!(Section::ALL.iter().all(|section| section.topics().next().is_some()));
        let all: usize = Section::ALL.iter().map(|section| section.topics().count()).sum();
        assert_eq!(all, Topic::ALL.len());
        assert_eq!(Section::Advice.topics().collect::<Vec<_>>(), [Topic::Advice, Topic::Resources, Topic::Assignments]);
    }
}
