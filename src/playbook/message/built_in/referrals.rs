//! Around a referral. Every ask has an easy way to say no.

use super::{ANY_WARMTH, BuiltIn, Moment, SHORT};

pub(super) const ALL: &[BuiltIn] = &[
    BuiltIn {
        key: "referral_ask",
        name: "Ask for a referral",
        moment: Moment::ReferralAsk,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("{opening} at {company}: your advice?"),
        body: "Hello {first_name},\n\nSince we spoke I have looked closely at an opening at {company}: \
               {opening}\n{opening_link}\n\nWhy I think I would fit:\n{why_i_fit}\n\nMy resume: \
               {resume_link}\n\nYou know the company, so I would like your advice, and either answer \
               is fine. Would you be able to refer me, or do you recommend I apply online?\n\n{my_name}",
    },
    BuiltIn {
        key: "referral_ask_no_opening",
        name: "Ask for a referral where nothing is posted",
        moment: Moment::ReferralAsk,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("{target_role} work at {company}: your advice?"),
        body: "Hello {first_name},\n\nSince our talk I would like to work at {company} even more. I know of \
               nothing posted in {target_role} work at the moment.\n\nIf something comes up, would you \
               be able to refer me, or do you recommend I apply online when it appears? Either answer \
               helps me. How do you see it?\n\n{my_name}",
    },
    BuiltIn {
        key: "referral_remind",
        name: "Gentle reminder of the referral",
        moment: Moment::ReferralRemind,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("{opening} at {company}"),
        body: "Hello {first_name},\n\nA gentle reminder of my question about this opening: {opening}. If you \
               would rather not refer me, a plain no is fine, and I will apply online. I am \
               grateful for our talk either way.\n\nWhichever way you lean, would you let me \
               know?\n\n{my_name}",
    },
    BuiltIn {
        key: "referral_ease",
        name: "Everything they need in one message",
        moment: Moment::ReferralEase,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("All you need for {opening}"),
        body: "Hello {first_name},\n\nThank you again for offering to refer me. Here is everything in one \
               place, so that it takes little of your time:\n\nOpening: {opening}\nReference: \
               {role_number}\nAddress: {opening_link}\nMy resume: {resume_link}\nWhy I \
               fit:\n{why_i_fit}\n\nIf you need something else, I will send it right away. And if the \
               moment has passed, just tell me.\n\n{my_name}",
    },
    BuiltIn {
        key: "referral_tell",
        name: "Tell and thank the referrer",
        moment: Moment::ReferralTell,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("News of {opening}, and thanks"),
        body: "Hello {first_name},\n\nI have news of the opening that you referred me for: {opening}. \
               {my_news}\n\nThank you for opening that door. I will keep you posted.\n\n{my_name}",
    },
    BuiltIn {
        key: "referral_tell_no",
        name: "Tell the referrer that it did not work out",
        moment: Moment::ReferralTell,
        channels: SHORT,
        warmths: ANY_WARMTH,
        subject: Some("How it ended with {opening}"),
        body: "Hello {first_name},\n\nI have news of the opening that you referred me for: {opening}. This time \
               it did not work out. I learned a lot on the way, and I am just as grateful that you put \
               me forward.\n\nIf you hear why, or see something that would fit me better, I would be \
               glad to know. Thank you for your trust.\n\n{my_name}",
    },
];
