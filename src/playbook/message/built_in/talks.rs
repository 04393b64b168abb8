//! On the way to a talk: asking, following up, letting go, agreeing on a time.

use super::{ANY_WARMTH, BuiltIn, Moment, SHORT, WRITTEN};
use crate::playbook::warmth::Warmth;

const TIED: &[Warmth] = &[Warmth::KnowsMe, Warmth::CanBeIntroduced];

pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "talk_knows_me",
        name: "Ask someone you know for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::KnowsMe],
        subject: Some("{talk_minutes} minutes about {company}?"),
        body: "Hello {first_name},\n\nI hope all is well with you. {who_i_am} You know {company} from the \
               inside, so I would value your view.\n\n{talk_minutes} minutes would be plenty, by \
               video, by phone, over a coffee or in writing, as you prefer. Would {proposed_time} suit \
               you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_both_know",
        name: "Ask for a talk, naming who you both know",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("{talk_minutes} minutes about {target_role} work at {company}?"),
        body: "Hello {first_name},\n\n{thanks_for_connecting} We both know {introduced_by}. {who_i_am} I would \
               like to learn how this work is done at {company}.\n\n{talk_minutes} minutes would be \
               plenty, by video, by phone or in writing, as you prefer. Would {proposed_time} suit \
               you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_introduced",
        name: "Ask for a talk after an introduction",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::CanBeIntroduced],
        subject: Some("{introduced_by} put us in touch"),
        body: "Hello {first_name},\n\nThank you for being open to this, and thanks to {introduced_by} for \
               putting us in touch. {who_i_am} I would like to learn how this work is done at \
               {company}.\n\n{talk_minutes} minutes would be plenty, by video, by phone or in writing, \
               as you prefer. Would {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_school",
        name: "Ask someone from your school for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::SameSchool],
        subject: Some("{talk_minutes} minutes for someone from {school}?"),
        body: "Hello {first_name},\n\n{thanks_for_connecting} It is good to see where {school} can lead. \
               {who_i_am} I would like to hear how you came to {company} and what the work is \
               like.\n\n{talk_minutes} minutes would be plenty, by video, by phone or in writing, as \
               you prefer. Would {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_employer",
        name: "Ask a former colleague for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::SameEmployer],
        subject: Some("From {former_employer} to {company}: {talk_minutes} minutes?"),
        body: "Hello {first_name},\n\n{thanks_for_connecting} We both worked at {former_employer}, so you know \
               where I come from. I am moving towards {target_role} work and would like to hear what \
               is the same at {company} and what is not.\n\n{talk_minutes} minutes would be plenty, by \
               video, by phone or in writing, as you prefer. Would {proposed_time} suit you, or is \
               another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "talk_stranger",
        name: "Ask someone new for a talk",
        moment: Moment::AskForTalk,
        channels: SHORT,
        warmths: &[Warmth::Stranger],
        subject: Some("{talk_minutes} minutes about {target_role} work at {company}?"),
        body: "Hello {first_name},\n\n{thanks_for_connecting} {who_i_am} I am writing to you because {why_you}, \
               and I would like to learn how this work is done at {company}.\n\n{talk_minutes} minutes \
               would be plenty, by video, by phone or in writing, as you prefer. Would {proposed_time} \
               suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_warm",
        name: "First follow-up to someone near you",
        moment: Moment::FollowUp,
        channels: SHORT,
        warmths: TIED,
        subject: Some("Trying once more: {talk_minutes} minutes about {company}"),
        body: "Hello {first_name},\n\nMy message may have come on a busy day. I would still like to hear your \
               view of {target_role} work at {company}, and {talk_minutes} minutes are \
               plenty.\n\nWould {proposed_time} work?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up",
        name: "First follow-up",
        moment: Moment::FollowUp,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("{talk_minutes} minutes, or a few lines in writing?"),
        body: "Hello {first_name},\n\nPerhaps the timing did not suit you. I would like to ask you two \
               things about {target_role} work at {company}; {talk_minutes} minutes are plenty, and \
               your answers in writing are as good as a call.\n\nWould {proposed_time} work, or shall \
               I send the questions?\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_again",
        name: "Second follow-up, with one question in writing",
        moment: Moment::FollowUpAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("One question instead of a call"),
        body: "Hello {first_name},\n\nA call is a lot to ask in a busy week, so here is the question I care \
               about most. Two lines whenever you have time would help me a lot, and I will leave it \
               at that.\n\n{question}\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_again_who_else",
        name: "Second follow-up, asking who else",
        moment: Moment::FollowUpAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Who would you ask?"),
        body: "Hello {first_name},\n\nIf this is not the right time for you, I understand. I can send my \
               questions in writing, to answer when it suits you, or write to someone else who knows \
               {target_role} work at {company}.\n\nWhich would you prefer, and who would you \
               ask?\n\n{my_name}",
    },
    BuiltIn {
        key: "moving_on",
        name: "Moving-on note",
        moment: Moment::MovingOn,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("No answer needed"),
        body: "Hello {first_name},\n\nIt seems this is not a good time, and that is quite all right. I will not \
               write about it again.\n\nIf {company} or {target_role} work ever comes up and you feel \
               like a short talk, I would be glad to hear from you.\n\nAll good wishes,\n{my_name}",
    },
    BuiltIn {
        key: "moving_on_warm",
        name: "Moving-on note to someone near you",
        moment: Moment::MovingOn,
        channels: SHORT,
        warmths: TIED,
        subject: Some("Another time"),
        body: "Hello {first_name},\n\nYou may have a lot on, so let us leave the talk about {company} for \
               another time. I am glad to be in touch.\n\nAll good wishes,\n{my_name}",
    },
    BuiltIn {
        key: "set_time",
        name: "Agree on a time",
        moment: Moment::SetTime,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("A time for our talk"),
        body: "Hello {first_name},\n\nThank you, I am looking forward to it. Would {proposed_time} suit you? \
               {talk_minutes} minutes are plenty, and I will send you a calendar entry with the way to \
               connect.\n\nIf that does not work, please name a time and I will make it \
               work.\n\n{my_name}",
    },
    BuiltIn {
        key: "send_invitation",
        name: "Send the calendar entry",
        moment: Moment::SetTime,
        channels: WRITTEN,
        warmths: ANY_WARMTH,
        subject: Some("Our talk on {talk_time}"),
        body: "Hello {first_name},\n\n{talk_time} it is, thank you. I will keep to {talk_minutes} \
               minutes.\n\nHow we connect: {way_to_connect}\n\nThe calendar entry is attached. If \
               anything comes up on your side, just tell me and we will find another time.\n\n{my_name}",
    },
    BuiltIn {
        key: "confirm_talk",
        name: "Confirm the talk the day before",
        moment: Moment::ConfirmTalk,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Our talk on {talk_time}"),
        body: "Hello {first_name},\n\nA short note before our talk on {talk_time}. I will keep to \
               {talk_minutes} minutes.\n\nHow we connect: {way_to_connect}\n\nWhat I am most curious \
               about: {question}\n\nI am looking forward to it.\n\n{my_name}",
    },
    BuiltIn {
        key: "questions_in_writing",
        name: "Send the questions of a talk in writing",
        moment: Moment::ConfirmTalk,
        channels: WRITTEN,
        warmths: ANY_WARMTH,
        subject: Some("My questions for you"),
        body: "Hello {first_name},\n\nThank you for taking my questions in writing. A line or two on each is \
               plenty, and please skip any that does not suit:\n\n{questions}\n\nIf you could answer \
               by {answer_by}, that would help me a lot; if not, whenever it suits you.\n\n{my_name}",
    },
    BuiltIn {
        key: "offer_again",
        name: "Offer a new time after a missed talk",
        moment: Moment::OfferAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Shall we find a new time?"),
        body: "Hello {first_name},\n\nI am sorry that we missed each other, and I hope all is well. I would \
               still like to hear from you about {company}, in {talk_minutes} minutes or in \
               writing.\n\nWould {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "offer_again_cancelled",
        name: "Offer a new time after a cancelled talk",
        moment: Moment::OfferAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Shall we find a new time?"),
        body: "Hello {first_name},\n\nIt is a pity that our talk did not come about. I would still like to hear \
               from you about {company}, in {talk_minutes} minutes or in writing.\n\nWould \
               {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
    BuiltIn {
        key: "offer_again_my_fault",
        name: "Offer a new time when you had to cancel",
        moment: Moment::OfferAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("My apologies, and a new time"),
        body: "Hello {first_name},\n\nI am sorry that I could not keep our time, and thank you for your \
               patience. I will fit in with whatever is easiest for you, or take your thoughts in \
               writing.\n\nWould {proposed_time} suit you, or is another time better?\n\n{my_name}",
    },
];
