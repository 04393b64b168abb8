//! Occasions of their own: something they offered and have not done yet, and a birthday.

use super::{ANY_WARMTH, BuiltIn, Moment, SHORT};

pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "remind_promise",
        name: "Gentle reminder of what they offered",
        moment: Moment::RemindPromise,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("A small reminder, no hurry"),
        body: "Hello {first_name},\n\nThank you again for our talk. You kindly offered to {their_promise}. It \
               would help me a lot, and if it has become too much, just say so and I will \
               understand.\n\nIs there anything I can do to make it easier?\n\n{my_name}",
    },
    BuiltIn {
        key: "remind_promise_with_news",
        name: "Reminder of what they offered, with news",
        moment: Moment::RemindPromise,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("News since we spoke, and a small reminder"),
        body: "Hello {first_name},\n\nSince we spoke I {what_i_did}; thank you for pointing me \
               there.\n\nMay I come back to your kind offer to {their_promise}? There is no hurry. If \
               the moment has passed, please tell me, and I will find another way.\n\n{my_name}",
    },
    BuiltIn {
        key: "birthday",
        name: "Their birthday",
        moment: Moment::KeepInTouch,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Happy birthday"),
        body: "Hello {first_name},\n\nHappy birthday! I hope you have a good day with people you like, and a \
               year with more of what you enjoy.\n\nNo need to answer; I only wanted you to know that \
               I think of you.\n\n{my_name}",
    },
    BuiltIn {
        key: "follow_up_in_writing",
        name: "Second follow-up, offering to do it in writing",
        moment: Moment::FollowUpAgain,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("Three questions in writing instead?"),
        body: "Hello {first_name},\n\nA talk may not fit into your schedule just now, and I do not want to add \
               to it. Could I send you three short questions about {target_role} work at {company} \
               instead? You could answer them whenever it suits you, in a line or two each.\n\nWould \
               that be easier?\n\n{my_name}",
    },
];
