//! What a template leaves open.

use crate::kinds::kinds;
use crate::text::upper_first;

kinds! {
    /// A word in braces that a fact takes the place of. Its label is what stands in square brackets until the fact is known.
    pub enum Placeholder {
        FirstName = "first_name", "first name";
        FullName = "full_name", "full name";
        Them = "them", "her, him or them";
        Company = "company", "company";
        MyName = "my_name", "your name";
        TargetRole = "target_role", "target role";
        WhyYou = "why_you", "why them";
        WhoIAm = "who_i_am", "who you are";
        AboutMe = "about_me", "about you";
        ProposedTime = "proposed_time", "a day and time";
        OtherTime = "other_time", "another day and time";
        TalkMinutes = "talk_minutes", "minutes";
        TalkTime = "talk_time", "the time of the talk";
        WayToConnect = "way_to_connect", "how you will connect";
        IntroducedBy = "introduced_by", "who introduces you";
        School = "school", "school";
        FormerEmployer = "former_employer", "former employer";
        ThanksForConnecting = "thanks_for_connecting", "thanks for connecting";
        Question = "question", "a question";
        Questions = "questions", "your questions";
        AnswerBy = "answer_by", "a day for the answers";
        WhenWeSpoke = "when_we_spoke", "when you spoke";
        WhatILearned = "what_i_learned", "what you learned";
        WhatIWillDo = "what_i_will_do", "what you will do";
        TheirPromise = "their_promise", "what they offered";
        SomethingForThem = "something_for_them", "something for them";
        WhatIDid = "what_i_did", "what you did";
        Article = "article", "the article and its address";
        TheirNews = "their_news", "their news";
        MyNews = "my_news", "your news";
        Reason = "reason", "why you write";
        Opening = "opening", "the opening";
        OpeningLink = "opening_link", "the opening's address";
        RoleNumber = "role_number", "number of the role";
        WhyIFit = "why_i_fit", "why you fit";
        ResumeLink = "resume_link", "your resume";
    }
}

/// How a fact stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As a name: as it is spelled, without a mark that would end the sentence.
    Name,
    /// As the title of a job.
    Role,
    /// As a part of a sentence.
    Clause,
    /// As something to do, which begins with a verb.
    Action,
    /// As a sentence or more, with their marks.
    Sentence,
    /// As it was written.
    Verbatim,
}

impl Placeholder {
    pub(super) const fn shape(self) -> Shape {
        match self {
            Self::FirstName
            | Self::FullName
            | Self::Company
            | Self::MyName
            | Self::IntroducedBy
            | Self::School
            | Self::FormerEmployer
            | Self::Opening => Shape::Name,
            Self::TargetRole => Shape::Role,
            Self::WhyYou | Self::WhatILearned | Self::TheirNews | Self::WhenWeSpoke => Shape::Clause,
            Self::WhatIWillDo | Self::TheirPromise | Self::WhatIDid => Shape::Action,
            Self::WhoIAm | Self::ThanksForConnecting | Self::Question | Self::MyNews | Self::Reason => Shape::Sentence,
            Self::Them
            | Self::AboutMe
            | Self::ProposedTime
            | Self::OtherTime
            | Self::TalkMinutes
            | Self::TalkTime
            | Self::WayToConnect
            | Self::Questions
            | Self::AnswerBy
            | Self::SomethingForThem
            | Self::Article
            | Self::OpeningLink
            | Self::RoleNumber
            | Self::WhyIFit
            | Self::ResumeLink => Shape::Verbatim,
        }
    }

    /// Whether the message does without it where nothing is known: then its sentence or its line is left out, and no gap stays.
    pub(super) const fn is_optional(self) -> bool {
        matches!(self, Self::WhoIAm | Self::ThanksForConnecting | Self::WhenWeSpoke | Self::SomethingForThem)
    }

    /// Whether a line that only names it and says it is left out where nothing is known.
    pub(super) const fn has_its_line(self) -> bool {
        matches!(self, Self::OpeningLink | Self::RoleNumber | Self::ResumeLink)
    }

    /// The label as it stands over a field: 'Why them'.
    pub fn heading(self) -> String {
        upper_first(self.label())
    }

    /// What to write there, for the person who fills it in by hand.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::FirstName => "Their first name",
            Self::FullName => "Their whole name",
            Self::Them => {
                "'her', 'him' or 'them' in words about them to someone else; their first name where it is not known"
            }
            Self::Company => "Where they work",
            Self::MyName => "Your name, as you sign",
            Self::TargetRole => "The title you want",
            Self::WhyYou => "Finishes 'I am writing to you because ...'",
            Self::WhoIAm => {
                "Who you are and where you are heading, as a sentence of its own; left out where you wrote none"
            }
            Self::AboutMe => "The sentence about you from your settings, as in 'I am {about_me}'",
            Self::ProposedTime => "A day and a time, with the time zone if theirs differs",
            Self::OtherTime => "A second day and time",
            Self::TalkMinutes => "How long the talk takes, in minutes",
            Self::TalkTime => "The day and time you agreed on",
            Self::WayToConnect => "The address of the call, the number, or the place",
            Self::IntroducedBy => "The person who knows you both",
            Self::School => "The school you both went to",
            Self::FormerEmployer => "The company you both worked for",
            Self::ThanksForConnecting => "A sentence of thanks in the days after they accepted; left out later",
            Self::Question => "One question, with its question mark",
            Self::Questions => "The questions of a talk in writing, one per line",
            Self::AnswerBy => "The day by which you hope for their answers",
            Self::WhenWeSpoke => "'today', 'on Monday', 'last week'; left out where you did not speak",
            Self::WhatILearned => "The one thing from the talk that stayed with you",
            Self::WhatIWillDo => "Finishes 'I will ...'",
            Self::TheirPromise => "Finishes 'you kindly offered to ...'",
            Self::SomethingForThem => "A sentence on what you kept for them to read; left out where there is nothing",
            Self::WhatIDid => "Finishes 'I followed your advice and ...'",
            Self::Article => "What you kept for them, with its address",
            Self::TheirNews => "Finishes 'I saw your news: ...'",
            Self::Reason => "A sentence on why you write",
            Self::MyNews => "A sentence on where your search stands",
            Self::Opening => "The title of the opening",
            Self::OpeningLink => "The address of the opening, or its number",
            Self::RoleNumber => "What the company calls the opening",
            Self::WhyIFit => "A line to three: what they ask for, and what you have done",
            Self::ResumeLink => "The address of your resume; a line of its own is left out where there is none",
        }
    }

    /// A typical value, as it reads in the middle of a sentence.
    pub const fn example(self) -> &'static str {
        match self {
            Self::FirstName => "Katherine",
            Self::FullName => "Katherine Johnson",
            Self::Them => "her",
            Self::Company => "Analytical Engines",
            Self::MyName => "Ada Byron",
            Self::TargetRole => "data analyst",
            Self::WhyYou => "you moved from teaching into analysis",
            Self::WhoIAm => "I am a nurse, moving towards data analyst work.",
            Self::AboutMe => "a nurse learning data analysis",
            Self::ProposedTime => "Thursday 3 December at 10:00",
            Self::OtherTime => "Friday 4 December at 15:00",
            Self::TalkMinutes => "15",
            Self::TalkTime => "Thursday 3 December at 10:00",
            Self::WayToConnect => "https://meet.example/ada",
            Self::IntroducedBy => "Mary",
            Self::School => "University of London",
            Self::FormerEmployer => "Difference Works",
            Self::ThanksForConnecting => "Thank you for connecting.",
            Self::Question => "Which skill do new analysts there need first?",
            Self::Questions => "1. What does a week look like for you?\n2. Which skill do new analysts need first?",
            Self::AnswerBy => "Thursday 10 December",
            Self::WhenWeSpoke => "yesterday",
            Self::WhatILearned => "that a clear question matters more than the tool",
            Self::WhatIWillDo => "rewrite my portfolio around two questions, as you suggested",
            Self::TheirPromise => "send me the name of your colleague in the pricing team",
            Self::SomethingForThem => {
                "I kept something for you: a study of hospital waiting times, https://journal.example/waiting"
            }
            Self::WhatIDid => "rebuilt my portfolio around two questions",
            Self::Article => "a study of hospital waiting times, https://journal.example/waiting",
            Self::TheirNews => "your new role",
            Self::Reason => "I gave a talk on waiting times, and your story of the first ward was in it.",
            Self::MyNews => "I have a second interview at Compass Health next week.",
            Self::Opening => "Junior data analyst",
            Self::OpeningLink => "https://analytical-engines.example/careers/214",
            Self::RoleNumber => "R-214",
            Self::WhyIFit => "I have worked with patient data for six years",
            Self::ResumeLink => "https://ada.example/resume",
        }
    }
}
