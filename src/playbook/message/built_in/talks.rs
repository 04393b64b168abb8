//! On the way to a talk: asking, following up, letting go, agreeing on a time.

use super::{ANY_WARMTH, BuiltIn, Moment, SHORT, WRITTEN};
use crate::playbook::warmth::Warmth;

const TIED: &[Warmth] = &[Warmth::KnowsMe, Warmth::CanBeIntroduced];

pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "talk_knows_me",
        name: "Ask somebody you know for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::KnowsMe],
        subject: Some("{talk_minutes} minutes about {company}?"),
        body: "Hello {first_name},\n\nI hope all is well with you. I am moving towards {target_role} work, and you know \
               {company} from the inside, so your view would help me more than anything I can read.\n\nI will keep to \
               {talk_minutes} minutes, by video, by phone, over a coffee or in writing, as you prefer. Would {proposed_time} \
               suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_introduced",
        name: "Ask for a talk after an introduction",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("{introduced_by} put us in touch"),
        body: "Hello {first_name},\n\nThank you for being open to this; {introduced_by} speaks warmly of you. I am {about_me}, \
               moving towards {target_role} work, and I would like to learn how it is done at {company}.\n\nI will keep to \
               {talk_minutes} minutes, by video, by phone or in writing, as you prefer. Would {proposed_time} suit you, or is \
               another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_school",
        name: "Ask somebody from your school for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::SameSchool],
        subject: Some("{talk_minutes} minutes for somebody from {school}?"),
        body: "Hello {first_name},\n\nThank you for connecting. It is good to see where {school} can lead. I am {about_me}, and \
               I would like to hear how you came to {company} and what {target_role} work is like there.\n\nI will keep to \
               {talk_minutes} minutes, by video, by phone or in writing, as you prefer. Would {proposed_time} suit you, or is \
               another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_employer",
        name: "Ask a former colleague for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::SameEmployer],
        subject: Some("From {former_employer} to {company}: {talk_minutes} minutes?"),
        body: "Hello {first_name},\n\nThank you for connecting. You know where I come from, as we both worked at \
               {former_employer}. I am moving towards {target_role} work and would like to hear what is the same at {company} \
               and what is not.\n\nI will keep to {talk_minutes} minutes, by video, by phone or in writing, as you prefer. \
               Would {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_stranger",
        name: "Ask somebody new for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::Stranger],
        subject: Some("{talk_minutes} minutes about {target_role} work at {company}?"),
        body: "Hello {first_name},\n\nThank you for connecting. I am {about_me}, moving towards {target_role} work, and I am \
               writing to you because {why_you}. I would like to learn how the work is done at {company}.\n\nI will keep to \
               {talk_minutes} minutes, by video, by phone or in writing, as you prefer. Would {proposed_time} suit you, or is \
               another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_warm",
        name: "First follow-up to somebody near you",
        moment: Moment::FollowUp,
        channels: SHORT,
        warmths: TIED,
        subject: Some("A new try: {talk_minutes} minutes about {company}"),
        body: "Hello {first_name},\n\nMy message may have come on a full day, so here is a second time to choose from. I would \
               still like to hear your view of {target_role} work at {company}, and {talk_minutes} minutes are plenty.\n\nWould \
               {proposed_time} work, or {other_time}?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up",
        name: "First follow-up",
        moment: Moment::FollowUp,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Another time for {talk_minutes} minutes?"),
        body: "Hello {first_name},\n\nPerhaps the time I named did not suit you. I would like to ask you two things about \
               {target_role} work at {company}; {talk_minutes} minutes are plenty, and your answers in writing are as good as \
               a call.\n\nWould {proposed_time} work, or shall I send the questions?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_again",
        name: "Second follow-up, with one question in writing",
        moment: Moment::FollowUpAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("One question instead of a call"),
        body: "Hello {first_name},\n\nA call is a lot to ask in a busy week, so here is the question I care about most. Two lines \
               whenever you have them would help me a great deal, and I will leave it at that.\n\n{question}\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_again_who_else",
        name: "Second follow-up, asking who else",
        moment: Moment::FollowUpAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Whom would you ask?"),
        body: "Hello {first_name},\n\nIf this is not the right time for you, I understand. I can send my questions in writing, to \
               answer when it suits you, or write to somebody else who knows {target_role} work at {company}.\n\nWhich would \
               you prefer, and whom would you ask?\n\n{my_name}",
    },
    BuiltIn {
        key: "moving_on",
        name: "Moving-on note",
        moment: Moment::MovingOn,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("No answer needed"),
        body: "Hello {first_name},\n\nIt seems this is not a good time, and that is quite all right. I will not write about it \
               again.\n\nIf {company} or {target_role} work ever comes up and you feel like a short talk, I would be glad to \
               hear from you. And if I can be of use to you, please tell me.\n\nAll good wishes,\n{my_name}",
    },
    BuiltIn {
        key: "moving_on_warm",
        name: "Moving-on note to somebody near you",
        moment: Moment::MovingOn,
        channels: SHORT,
        warmths: TIED,
        subject: Some("Another time"),
        body: "Hello {first_name},\n\nYou have a lot on, so let us leave the talk about {company} for another time. Nothing is \
               lost, and I am glad to be in touch.\n\nIf I can be of use to you in the meantime, please tell me.\n\nAll good \
               wishes,\n{my_name}",
    },
    BuiltIn {
        key: "set_time",
        name: "Agree on a time",
        moment: Moment::SetTime,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("A time for our talk"),
        body: "Hello {first_name},\n\nThank you, I am looking forward to it. Would {proposed_time} suit you, or {other_time}? \
               {talk_minutes} minutes are plenty, and I will send an entry for your calendar with the way to connect.\n\nIf \
               neither works, please name a time and I will adapt.\n\n{my_name}",
    },
    BuiltIn {
        key: "send_invitation",
        name: "Send the calendar entry",
        moment: Moment::SetTime,
        channels: WRITTEN,
        warmths: ANY_WARMTH,
        subject: Some("Our talk on {talk_time}"),
        body: "Hello {first_name},\n\n{talk_time} it is, thank you. We connect here: {way_to_connect}. I will keep to \
               {talk_minutes} minutes.\n\nThe calendar entry is attached. If anything comes up on your side, a word is enough \
               and we will find another time.\n\n{my_name}",
    },
    BuiltIn {
        key: "confirm_talk",
        name: "Confirm the talk the day before",
        moment: Moment::ConfirmTalk,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Our talk on {talk_time}"),
        body: "Hello {first_name},\n\nA short note before our talk on {talk_time}: we connect here, {way_to_connect}, and I will \
               keep to {talk_minutes} minutes.\n\nWhat I am most curious about: {question}\n\nI am looking forward to \
               it.\n\n{my_name}",
    },
    BuiltIn {
        key: "offer_again",
        name: "Offer a new time after a missed talk",
        moment: Moment::OfferAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Shall we find a new time?"),
        body: "Hello {first_name},\n\nWe missed each other; such days happen, and I hope nothing serious was behind it. I would \
               still like to hear from you about {company}, in {talk_minutes} minutes or in writing.\n\nWould {proposed_time} \
               suit you, or {other_time}?\n\n{my_name}",
    },
    BuiltIn {
        key: "offer_again_my_fault",
        name: "Offer a new time when you had to cancel",
        moment: Moment::OfferAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("My apologies, and a new time"),
        body: "Hello {first_name},\n\nI am sorry that I could not keep our time, and thank you for your patience. I will fit in \
               with whatever is easiest for you, or take your thoughts in writing.\n\nWould {proposed_time} suit you, or \
               {other_time}?\n\n{my_name}",
    },
];
