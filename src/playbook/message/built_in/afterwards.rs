//! After a talk: thanks, and the reasons to write again.

use super::{ANY_WARMTH, BuiltIn, Moment, SHORT};

pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "thank_you",
        name: "Thank-you",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for our talk"),
        body: "Hello {first_name},\n\nThank you for your time and for speaking so openly. What stayed with me most: \
               {what_i_learned}.\n\nI will {what_i_will_do}, and tell you how it went. You kindly offered to {their_promise}; \
               there is no hurry, and I would be grateful.\n\nIf I can ever do something for you, please tell \
               me.\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_short",
        name: "Thank-you, with nothing promised",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for our talk"),
        body: "Hello {first_name},\n\nThank you for your time today. What stayed with me most: {what_i_learned}. I will \
               {what_i_will_do}, and tell you how it went.\n\nIf I can ever do something for you, please tell \
               me.\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_in_writing",
        name: "Thank-you for answers in writing",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for your answers"),
        body: "Hello {first_name},\n\nThank you for taking the time to write. What helps me most: {what_i_learned}. I will \
               {what_i_will_do}, and tell you what came of it.\n\nIf I can return the favour one day, please tell \
               me.\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_introduction",
        name: "Thank-you for an introduction",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for the introduction"),
        body: "Hello {first_name},\n\nThank you for bringing us together: a word from you opens a door that a stranger's note \
               does not. I will write to them at once, and tell you what comes of it.\n\nIf I can ever open a door for you, please \
               tell me.\n\n{my_name}",
    },
    BuiltIn {
        key: "advice_acted_on",
        name: "Advice you acted on",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("I followed your advice"),
        body: "Hello {first_name},\n\nI followed your advice and {what_i_did}. It helped more than I expected, and I wanted you \
               to know.\n\nThank you again. How are things at {company}?\n\n{my_name}",
    },
    BuiltIn {
        key: "article",
        name: "An article kept for them",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("This made me think of you"),
        body: "Hello {first_name},\n\nI came across this and thought of our talk: {article}. No need to answer; I hope it is of \
               use.\n\nKind regards,\n{my_name}",
    },
    BuiltIn {
        key: "their_news",
        name: "Their own news",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Congratulations"),
        body: "Hello {first_name},\n\nI saw the news of {their_news} and was glad for you. I wish you a good start with \
               it.\n\nWhat are you looking forward to most?\n\n{my_name}",
    },
    BuiltIn {
        key: "my_news",
        name: "News of your search",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("News since we spoke"),
        body: "Hello {first_name},\n\nA short word on where I am: {my_news} What you told me about {company} has helped me on \
               the way, so thank you.\n\nHow are things with you?\n\n{my_name}",
    },
    BuiltIn {
        key: "another_reason",
        name: "Another reason",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("A word from {my_name}"),
        body: "Hello {first_name},\n\nYou came to my mind today. {reason}\n\nHow are things with you?\n\n{my_name}",
    },
    BuiltIn {
        key: "their_day",
        name: "A day of theirs",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("All good wishes today"),
        body: "Hello {first_name},\n\nAll good wishes to you today. I have often thought back to our talk, and I hope the year \
               ahead is kind to you.\n\nKind regards,\n{my_name}",
    },
    BuiltIn {
        key: "search_ended",
        name: "The search has ended",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} You had a part in this: what you told me about {target_role} work helped me find \
               my way, and I have not forgotten it.\n\nThank you. I would like to stay in touch, and if I can ever return the \
               favour, to you or to somebody you send my way, please tell me.\n\n{my_name}",
    },
    BuiltIn {
        key: "search_ended_referral",
        name: "The search has ended, to who referred you",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} You put your name to mine when you barely had to, and I know what that is \
               worth.\n\nThank you. I would like to tell you how it goes, and the day I can do the same for you, or for somebody \
               you send my way, please call on me.\n\n{my_name}",
    },
    BuiltIn {
        key: "search_ended_introduction",
        name: "The search has ended, to who led you to others",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} It went through people, and you opened one of the doors: whom you led me to made \
               the difference.\n\nThank you. I would like to stay in touch, and if I can ever connect you with somebody in turn, \
               please tell me.\n\n{my_name}",
    },
];
