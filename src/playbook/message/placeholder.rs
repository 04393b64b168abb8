//! What a template leaves open.

use crate::kinds::kinds;
use crate::text::upper_first;

kinds! {
    /// A word in braces that a fact takes the place of. Its label is what stands in square brackets until the fact is known.
    pub enum Placeholder {
        FirstName = "first_name", "first name";
        FullName = "full_name", "full name";
        Company = "company", "company";
        MyName = "my_name", "your name";
        TargetRole = "target_role", "target role";
        WhyYou = "why_you", "why them";
        AboutMe = "about_me", "who you are";
        ProposedTime = "proposed_time", "a day and time";
        OtherTime = "other_time", "another day and time";
        TalkMinutes = "talk_minutes", "minutes";
        TalkTime = "talk_time", "the time of the talk";
        WayToConnect = "way_to_connect", "how you will connect";
        IntroducedBy = "introduced_by", "who introduces you";
        School = "school", "school";
        FormerEmployer = "former_employer", "former employer";
        Question = "question", "a question";
        WhatILearned = "what_i_learned", "what you learned";
        WhatIWillDo = "what_i_will_do", "what you will do";
        TheirPromise = "their_promise", "what they offered";
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

impl Placeholder {
    /// The label as it stands over a field: 'Why them'.
    pub fn heading(self) -> String {
        upper_first(self.label())
    }

    /// What to write there, for the person who fills it in by hand.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::FirstName => "Their first name",
            Self::FullName => "Their whole name",
            Self::Company => "Where they work",
            Self::MyName => "Your name, as you sign",
            Self::TargetRole => "The title you aim at",
            Self::WhyYou => "Finishes 'I am writing to you because ...'",
            Self::AboutMe => "Finishes 'I am ...', in a few words",
            Self::ProposedTime => "A day and a time, with the time zone if theirs differs",
            Self::OtherTime => "A second day and time",
            Self::TalkMinutes => "How long the talk takes, in minutes",
            Self::TalkTime => "The day and time you agreed on",
            Self::WayToConnect => "The address of the call, the number, or the place",
            Self::IntroducedBy => "The person who knows you both",
            Self::School => "The school you both went to",
            Self::FormerEmployer => "The company you both worked for",
            Self::Question => "One question, with its question mark",
            Self::WhatILearned => "The one thing from the talk that stayed with you",
            Self::WhatIWillDo => "Finishes 'I will ...'",
            Self::TheirPromise => "Finishes 'you kindly offered to ...'",
            Self::WhatIDid => "Finishes 'I followed your advice and ...'",
            Self::Article => "What you kept for them, with its address",
            Self::TheirNews => "Finishes 'I saw the news of ...'",
            Self::Reason => "A sentence on why you write",
            Self::MyNews => "A sentence on where your search stands",
            Self::Opening => "The title of the opening",
            Self::OpeningLink => "The address of the opening, or its number",
            Self::RoleNumber => "What the company calls the opening",
            Self::WhyIFit => "A line to three: what they ask for, and what you have done",
            Self::ResumeLink => "The address of your resume, or that it is attached",
        }
    }

    /// A typical value, as it reads in the middle of a sentence.
    pub const fn example(self) -> &'static str {
        match self {
            Self::FirstName => "Katherine",
            Self::FullName => "Katherine Johnson",
            Self::Company => "Analytical Engines",
            Self::MyName => "Ada Byron",
            Self::TargetRole => "data analyst",
            Self::WhyYou => "you moved from teaching into analysis",
            Self::AboutMe => "a nurse learning data analysis",
            Self::ProposedTime => "Thursday 3 December at 10:00",
            Self::OtherTime => "Friday 4 December at 15:00",
            Self::TalkMinutes => "15",
            Self::TalkTime => "Thursday 3 December at 10:00",
            Self::WayToConnect => "https://meet.example/ada",
            Self::IntroducedBy => "Mary",
            Self::School => "University of London",
            Self::FormerEmployer => "Difference Works",
            Self::Question => "Which skill do new analysts there need first?",
            Self::WhatILearned => "that a clear question matters more than the tool",
            Self::WhatIWillDo => "rewrite my portfolio around two questions, as you suggested",
            Self::TheirPromise => "send me the name of your colleague in the pricing team",
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
