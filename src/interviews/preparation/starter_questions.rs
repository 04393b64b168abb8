//! The questions everyone's bank begins with.

use crate::playbook::topic::Topic;

/// Questions by topic, the best of each first. Each is open, short enough to say in one breath, and asks to learn.
pub const STARTER_QUESTIONS: &[(Topic, &[&str])] = &[
    (
        Topic::DayToDay,
        &[
            "What did your last working day look like, from the first hour to the last?",
            "Which part of the work takes more of your time than people outside would think?",
            "What is a problem you have solved this month that you are content with?",
            "Which tools are open on your screen most of the day?",
            "How much of your week goes to meetings, and how much to quiet work?",
        ],
    ),
    (
        Topic::Team,
        &[
            "Who is in your team, and how do you share the work?",
            "What does the team most need to get done in the next half year?",
            "Who do you work with outside your team, and who decides in the end?",
            "How does someone new get started with you, and what should they manage after three months?",
        ],
    ),
    (
        Topic::Requirements,
        &[
            "Which two or three skills could nobody in this role do without?",
            "What do the postings ask for that is nice to have in truth?",
            "What did the last person who did well in this role bring with them?",
            "What can be learned on the way, and what should one know on the first day?",
            "How do you tell, in a conversation, that someone can do this work?",
        ],
    ),
    (
        Topic::Fit,
        &[
            "From what I have told you, where do you see me fitting in, and where would you have doubts?",
            "Which gap of mine would you close first, and how?",
            "How would you tell my story, coming from another field?",
            "Is there a neighbouring role that you would look at in my place?",
        ],
    ),
    (
        Topic::Openings,
        &[
            "How would you watch for openings at your company, if you were outside?",
            "Do you know of a need in your team, or in another, that has not been posted yet?",
            "How do people usually come in: by the careers page, by a word from inside, or in another way?",
            "When do budgets for new people get decided?",
            "If a suitable opening came up, who would you talk to before applying?",
        ],
    ),
    (
        Topic::People,
        &[
            "Who else would you speak with, if you were me?",
            "Is there someone who came into this work from another field, as I would?",
            "Who leads the team that would be closest to what I want to do?",
            "May I say that you suggested I write to them?",
        ],
    ),
    (
        Topic::Trends,
        &[
            "What is changing most in your field at the moment?",
            "How will this role differ in three years from now, do you think?",
            "What is your company betting on that others are not?",
        ],
    ),
    (
        Topic::Insights,
        &[
            "What surprised you most when you began in this role?",
            "What do people outside usually get wrong about this work?",
            "What do you know now that you wish you had known in your first year?",
            "What is hardest about working there, and what makes up for it?",
        ],
    ),
    (
        Topic::Advice,
        &[
            "What would you do this month, if you were in my place?",
            "What helped you most in getting in, looking back?",
            "What mistake do you see people make who want to come into this field?",
        ],
    ),
    (
        Topic::Resources,
        &[
            "What do you read or listen to, to keep up?",
            "Which course or book was worth the time, and which was not?",
            "Where do people of your field meet, here or online?",
        ],
    ),
    (
        Topic::Assignments,
        &[
            "Which small project would show someone like you that I can do this work?",
            "Is there a public set of data, or a problem, that you would like to see worked on?",
            "Which project taught you the most, and how would you go about it today?",
        ],
    ),
    (
        Topic::Culture,
        &[
            "How do people disagree with each other at your company?",
            "What kind of person is happy there, and who is not?",
            "How does your manager help you to grow?",
        ],
    ),
    (
        Topic::Process,
        &[
            "How does hiring go in your team, from the first word to the offer?",
            "What happens in the conversations, and what weighs most in the end?",
            "How long does it usually take, and where does it tend to get stuck?",
            "How does a referral work at your company, and does it help?",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn questions() -> impl Iterator<Item = &'static str> {
        STARTER_QUESTIONS.iter().flat_map(|(_, questions)| questions.iter().copied())
    }

    #[test]
    fn there_are_enough_and_none_twice() {
        assert!(questions().count() >= 40);
        assert_eq!(questions().collect::<HashSet<_>>().len(), questions().count());
    }

    #[test]
    fn every_topic_has_questions_in_the_order_of_topics() {
        let topics: Vec<_> = STARTER_QUESTIONS.iter().map(|(topic, _)| *topic).collect();
        assert_eq!(topics, Topic::ALL);
        assert!(STARTER_QUESTIONS.iter().all(|(_, questions)| questions.len() >= 3));
    }

    #[test]
    fn each_is_a_question_short_enough_to_say() {
        for question in questions() {
            assert!(question.ends_with('?') && question.len() <= 110, "{question}");
        }
    }
}
