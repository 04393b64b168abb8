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
        body: "Hello {first_name},\n\nThank you for talking with me {when_we_spoke}. What stayed with me most: \
               {what_i_learned}.\n\nI will {what_i_will_do}, and tell you how it went. You kindly \
               offered to {their_promise}; there is no hurry, and I would be \
               grateful.\n\n{something_for_them}\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_short",
        name: "Thank-you, with nothing promised",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for our talk"),
        body: "Hello {first_name},\n\nThank you for talking with me {when_we_spoke}. What stayed with me most: \
               {what_i_learned}. I will {what_i_will_do}, and tell you how it \
               went.\n\n{something_for_them}\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_in_writing",
        name: "Thank-you for answers in writing",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for your answers"),
        body: "Hello {first_name},\n\nThank you for taking the time to write. What helps me most: \
               {what_i_learned}. I will {what_i_will_do}, and tell you what came of \
               it.\n\n{something_for_them}\n\n{my_name}",
    },
    BuiltIn {
        key: "thank_you_introduction",
        name: "Thank-you for an introduction",
        moment: Moment::Thank,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Thank you for the introduction"),
        body: "Hello {first_name},\n\nThank you for the introduction. I will write to them right away, and tell \
               you what comes of it.\n\n{something_for_them}\n\n{my_name}",
    },
    BuiltIn {
        key: "advice_acted_on",
        name: "Advice you acted on",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("I followed your advice"),
        body: "Hello {first_name},\n\nI followed your advice and {what_i_did}. I wanted you to know.\n\nThank \
               you again. How are things at {company}?\n\n{my_name}",
    },
    BuiltIn {
        key: "article",
        name: "An article kept for them",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("This made me think of you"),
        body: "Hello {first_name},\n\nI found this and thought of you: {article}\n\nNo need to answer; I \
               hope it is of use.\n\nKind regards,\n{my_name}",
    },
    BuiltIn {
        key: "their_news",
        name: "Their own news",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Congratulations"),
        body: "Hello {first_name},\n\nI saw your news: {their_news}. Congratulations, I was glad to read \
               it.\n\nWhat are you looking forward to most?\n\n{my_name}",
    },
    BuiltIn {
        key: "my_news",
        name: "News of your search",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("News from {my_name}"),
        body: "Hello {first_name},\n\nHere is where my search stands: {my_news}\n\nI wanted you to hear it from \
               me. How are things with you?\n\n{my_name}",
    },
    BuiltIn {
        key: "another_reason",
        name: "Another reason",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Hello from {my_name}"),
        body: "Hello {first_name},\n\nYou came to mind. {reason}\n\nHow are things with you?\n\n{my_name}",
    },
    BuiltIn {
        key: "their_day",
        name: "A day of theirs",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("All good wishes"),
        body: "Hello {first_name},\n\nAll good wishes to you on your day. I hope the year ahead is kind to \
               you.\n\nKind regards,\n{my_name}",
    },
    BuiltIn {
        key: "search_ended",
        name: "The search has ended",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} You had a part in this: what you told me about {target_role} \
               work helped me find my way, and I have not forgotten it.\n\nThank you. I would like to \
               stay in touch, and if I can ever return the favour, to you or to someone you send my \
               way, please tell me.\n\n{my_name}",
    },
    BuiltIn {
        key: "search_ended_referral",
        name: "The search has ended, to who referred you",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} You put your name to mine, and I know what that is \
               worth.\n\nThank you. I would like to tell you how it goes, and if I can ever do the \
               same for you, or for someone you send my way, please tell me.\n\n{my_name}",
    },
    BuiltIn {
        key: "search_ended_introduction",
        name: "The search has ended, to who led you to others",
        moment: Moment::EndOfSearch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Good news, and thanks to you"),
        body: "Hello {first_name},\n\n{my_news} It went through people, and you opened one of the doors: the \
               people you led me to made the difference.\n\nThank you. I would like to stay in touch, \
               and if I can ever connect you with someone in turn, please tell me.\n\n{my_name}",
    },
];
