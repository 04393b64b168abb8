//! The first word: connection requests, first e-mails, introductions.

use super::{ANY_WARMTH, BuiltIn, Moment, NOTE, SHORT, WRITTEN};
use crate::playbook::message::channel::Channel;
use crate::playbook::warmth::Warmth;

const EMAIL: &[Channel] = &[Channel::Email, Channel::Form, Channel::Other];

/// In order of warmth; the note that fits a free account first.
pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "note_knows_me",
        name: "Note to someone you know",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::KnowsMe],
        subject: None,
        body: "Hello {first_name}, it is good to find you here. I am moving towards {target_role} work and \
               would like to hear what {company} is like. Shall we connect?",
    },
    BuiltIn {
        key: "note_knows_me_longer",
        name: "Longer note to someone you know",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::KnowsMe],
        subject: None,
        body: "Hello {first_name}, it is good to find you here, and to see that you are at {company}. \
               {who_i_am} I would like to hear what it is like to work there. Shall we connect and \
               catch up?",
    },
    BuiltIn {
        key: "note_introduced",
        name: "Note naming who you both know",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::CanBeIntroduced],
        subject: None,
        body: "Hello {first_name}, we both know {introduced_by}. I am moving towards {target_role} work and \
               would like to learn how it is done at {company}. May I connect with you?",
    },
    BuiltIn {
        key: "note_introduced_longer",
        name: "Longer note naming who you both know",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::CanBeIntroduced],
        subject: None,
        body: "Hello {first_name}, we both know {introduced_by}. {who_i_am} I am writing to you because \
               {why_you}, and I would like to learn how this work is done at {company}. May I connect \
               with you?",
    },
    BuiltIn {
        key: "note_school",
        name: "Note to someone from your school",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::SameSchool],
        subject: None,
        body: "Hello {first_name}, we both went to {school}. I am moving towards {target_role} work and would \
               like to hear how you came to {company}. May I connect with you?",
    },
    BuiltIn {
        key: "note_school_longer",
        name: "Longer note to someone from your school",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::SameSchool],
        subject: None,
        body: "Hello {first_name}, I saw that we both went to {school}. {who_i_am} Your path to {company} is \
               close to the one I hope to take. May I connect with you and ask how you found your way \
               there?",
    },
    BuiltIn {
        key: "note_employer",
        name: "Note to a former colleague",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::SameEmployer],
        subject: None,
        body: "Hello {first_name}, we both worked at {former_employer}. I am moving towards {target_role} work \
               and wonder how {company} compares. May I connect with you?",
    },
    BuiltIn {
        key: "note_employer_longer",
        name: "Longer note to a former colleague",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::SameEmployer],
        subject: None,
        body: "Hello {first_name}, we both worked at {former_employer}. {who_i_am} I wonder how {company} \
               compares, and what helped you most when you moved there. May I connect with you and ask?",
    },
    BuiltIn {
        key: "note_stranger",
        name: "Note to someone new",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::Stranger],
        subject: None,
        body: "Hello {first_name}, I found your profile while reading about {target_role} work at {company}. \
               I'm moving into that kind of work and would like to learn from you. May I connect?",
    },
    BuiltIn {
        key: "note_stranger_longer",
        name: "Longer note to someone new",
        moment: Moment::Request,
        channels: NOTE,
        warmths: &[Warmth::Stranger],
        subject: None,
        body: "Hello {first_name}, {who_i_am} I am writing to you because {why_you}, and I would like to \
               understand how this work is done at {company}. May I connect with you and ask a \
               question or two?",
    },
    BuiltIn {
        key: "email_knows_me",
        name: "First e-mail to someone you know",
        moment: Moment::Request,
        channels: EMAIL,
        warmths: &[Warmth::KnowsMe],
        subject: Some("A question about {company}"),
        body: "Hello {first_name},\n\nIt has been a while, and I hope you are well. {who_i_am} You came to mind \
               because you know {company} from the inside.\n\nI would like to hear how the work is \
               done there. Would you have {talk_minutes} minutes on {proposed_time}, or at another \
               time that suits you better?\n\n{my_name}",
    },
    BuiltIn {
        key: "email_introduced",
        name: "First e-mail naming who you both know",
        moment: Moment::Request,
        channels: EMAIL,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("We both know {introduced_by}"),
        body: "Hello {first_name},\n\nWe both know {introduced_by}. {who_i_am} I would like to understand how \
               this work is done at {company}.\n\nWould you be open to {talk_minutes} minutes on \
               {proposed_time}? Any other time, or a few questions in writing, would be just as \
               welcome. What would suit you?\n\n{my_name}",
    },
    BuiltIn {
        key: "email_school",
        name: "First e-mail to someone from your school",
        moment: Moment::Request,
        channels: EMAIL,
        warmths: &[Warmth::SameSchool],
        subject: Some("From {school}, with a question about {company}"),
        body: "Hello {first_name},\n\nWe both went to {school}. {who_i_am} Your path to {company} is close to \
               the one I hope to take.\n\nWould you be open to {talk_minutes} minutes on \
               {proposed_time}? Any other time, or a few questions in writing, would be just as \
               welcome. What would suit you?\n\n{my_name}",
    },
    BuiltIn {
        key: "email_employer",
        name: "First e-mail to a former colleague",
        moment: Moment::Request,
        channels: EMAIL,
        warmths: &[Warmth::SameEmployer],
        subject: Some("From {former_employer}, with a question about {company}"),
        body: "Hello {first_name},\n\nWe both worked at {former_employer}. {who_i_am} I would like to hear how \
               {company} compares, and what helped you when you moved there.\n\nWould you be open to \
               {talk_minutes} minutes on {proposed_time}? Any other time, or a few questions in \
               writing, would be just as welcome. What would suit you?\n\n{my_name}",
    },
    BuiltIn {
        key: "email_stranger",
        name: "First e-mail to someone new",
        moment: Moment::Request,
        channels: EMAIL,
        warmths: &[Warmth::Stranger],
        subject: Some("A question about {target_role} work at {company}"),
        body: "Hello {first_name},\n\n{who_i_am} I am writing to you because {why_you}, and I would like to \
               understand how this work is done at {company}.\n\nWould you be open to {talk_minutes} \
               minutes on {proposed_time}? Any other time, or a few questions in writing, would be \
               just as welcome. What would suit you?\n\n{my_name}",
    },
    BuiltIn {
        key: "introduction_ask",
        name: "Ask for an introduction",
        moment: Moment::AskForIntroduction,
        channels: SHORT,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("Would you introduce me to {full_name}?"),
        body: "Hello {introduced_by},\n\nI saw that you know {full_name} at {company}. I am moving towards \
               {target_role} work and would like to ask {them} how it is done there: \
               {talk_minutes} minutes, nothing more.\n\nIf you feel comfortable with it, I will send \
               you two lines to pass on. If not, no harm done. Would you be willing to introduce \
               us?\n\n{my_name}",
    },
    BuiltIn {
        key: "introduction_lines",
        name: "Ask for an introduction, with lines to pass on",
        moment: Moment::AskForIntroduction,
        channels: WRITTEN,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("Lines to pass on to {full_name}"),
        body: "Hello {introduced_by},\n\nHere are a few lines for {full_name}, to change as you \
               like:\n\n'{my_name} asked me to pass this on: {who_i_am} I would like to ask how this \
               work is done at {company}. Would you talk with me for {talk_minutes} minutes?'\n\nThank \
               you for thinking about it; either answer is fine. Would you pass this on?\n\n{my_name}",
    },
    BuiltIn {
        key: "introduction_remind",
        name: "Remind of the introduction, once",
        moment: Moment::AskForIntroduction,
        channels: SHORT,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("A reminder: would you introduce me to {full_name}?"),
        body: "Hello {introduced_by},\n\nMessages slip by, so this is a short reminder, and the only one. A no \
               is as welcome as a yes. Would you be willing to introduce me to \
               {full_name}?\n\n{my_name}",
    },
    BuiltIn {
        key: "another_way",
        name: "Another way after a silent request",
        moment: Moment::TryAnotherWay,
        channels: EMAIL,
        warmths: ANY_WARMTH,
        subject: Some("A question about {target_role} work at {company}"),
        body: "Hello {first_name},\n\nI sent you a request on LinkedIn and am trying this way once, as not \
               everyone looks there. {who_i_am} I would like to understand this work at \
               {company}.\n\nOne question would already help me: {question} And if you would rather \
               talk, would {talk_minutes} minutes on {proposed_time} suit you?\n\n{my_name}",
    },
    BuiltIn {
        key: "another_way_short",
        name: "Another way, in two lines",
        moment: Moment::TryAnotherWay,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("One question about {company}"),
        body: "Hello {first_name},\n\n{who_i_am} I would like to understand this kind of work at {company}. May \
               I send you one question here, or is there someone else you would ask?\n\n{my_name}",
    },
];
