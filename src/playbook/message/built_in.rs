//! The templates everyone starts with.

mod afterwards;
mod occasions;
#[cfg(test)]
mod read_aloud;
mod referrals;
mod requests;
mod talks;

use super::channel::{Channel, Limit};
use super::fill::{Facts, fill};
use crate::kinds::kinds;
use crate::playbook::step::Step;
use crate::playbook::warmth::Warmth;

kinds! {
    /// The moment a message is for.
    pub enum Moment {
        /// A connection request, or the first word by another way.
        Request = "request", "Connection request";
        /// To the person who knows them both.
        AskForIntroduction = "ask_for_introduction", "Ask for an introduction";
        /// The request was not answered: the same by another way.
        TryAnotherWay = "try_another_way", "Try another way";
        AskForTalk = "ask_for_talk", "Ask for a talk";
        FollowUp = "follow_up", "First follow-up";
        FollowUpAgain = "follow_up_again", "Second follow-up";
        MovingOn = "moving_on", "Moving-on note";
        SetTime = "set_time", "Agree on a time";
        /// The day before.
        ConfirmTalk = "confirm_talk", "Confirm the talk";
        /// The talk was cancelled, or one of the two did not come.
        OfferAgain = "offer_again", "Offer a new time";
        Thank = "thank", "Thank-you";
        /// They offered something in a talk, and it has not come yet.
        RemindPromise = "remind_promise", "Remind of what they offered";
        KeepInTouch = "keep_in_touch", "Keep in touch";
        ReferralAsk = "referral_ask", "Ask for a referral";
        /// Asked, and no answer.
        ReferralRemind = "referral_remind", "Remind of the referral";
        /// Agreed, and not made: everything they need in one message.
        ReferralEase = "referral_ease", "Make the referral easy";
        /// How it went, and thanks.
        ReferralTell = "referral_tell", "Tell and thank the referrer";
        /// To everyone who helped: what came of it, and thanks.
        EndOfSearch = "end_of_search", "End of the search";
    }
}

impl Moment {
    /// The moments a step's message may be for, the likeliest first. No message belongs to holding a talk.
    pub const fn of_step(step: Step) -> &'static [Self] {
        match step {
            Step::Request => &[Self::Request, Self::AskForIntroduction],
            Step::AskSecondPerson => &[Self::Request],
            Step::TryAnotherWay => &[Self::TryAnotherWay, Self::AskForIntroduction, Self::MovingOn],
            Step::AskForTalk => &[Self::AskForTalk, Self::OfferAgain],
            Step::FollowUp => &[Self::FollowUp],
            Step::FollowUpAgain => &[Self::FollowUpAgain],
            Step::SendMovingOnNote => &[Self::MovingOn],
            Step::SetTime => &[Self::SetTime, Self::OfferAgain],
            Step::Prepare => &[Self::ConfirmTalk],
            Step::Hold => &[],
            Step::Thank => &[Self::Thank],
            Step::Write => &[Self::KeepInTouch],
        }
    }

    /// Whether it asks someone for a first talk, which is what the points of [`super::advice`] are about.
    pub const fn asks_first(self) -> bool {
        matches!(self, Self::Request | Self::AskForTalk | Self::TryAnotherWay)
    }
}

/// A template that comes with Inroad.
#[derive(Debug)]
pub struct BuiltIn {
    /// Never changes, so that answer rates by template outlive a better wording.
    pub key: &'static str,
    /// What it is called in lists.
    pub name: &'static str,
    /// What it is for.
    pub moment: Moment,
    /// Where it can be sent; the best first.
    pub channels: &'static [Channel],
    /// The warmths it fits.
    pub warmths: &'static [Warmth],
    /// The subject, for e-mail; a template as well.
    pub subject: Option<&'static str>,
    /// The text, with placeholders.
    pub body: &'static str,
}

const ANY_WARMTH: &[Warmth] = Warmth::ALL;
const NOTE: &[Channel] = &[Channel::LinkedinNote];
const WRITTEN: &[Channel] = &[Channel::LinkedinMessage, Channel::Email, Channel::Form, Channel::Other];
const SHORT: &[Channel] = &[Channel::LinkedinMessage, Channel::Email, Channel::Text, Channel::Other];

/// Every built-in template, in the order of the method.
pub fn all() -> impl Iterator<Item = &'static BuiltIn> {
    [requests::ALL, talks::ALL, afterwards::ALL, occasions::ALL, referrals::ALL].into_iter().flatten()
}

/// The template with this key.
pub fn find(key: &str) -> Option<&'static BuiltIn> {
    all().find(|template| template.key == key)
}

/// The templates for a step, best first: the likeliest moment, then the channel asked for, then the closest warmth, then
/// the one that says most within the limit. `note_limit` is the user's, in characters.
pub fn for_step(step: Step, warmth: Warmth, channel: Option<Channel>, note_limit: u16) -> Vec<&'static BuiltIn> {
    Moment::of_step(step).iter().flat_map(|moment| for_moment(*moment, warmth, channel, note_limit)).collect()
}

/// The templates for one moment, in the order of [`for_step`].
pub fn for_moment(moment: Moment, warmth: Warmth, channel: Option<Channel>, note_limit: u16) -> Vec<&'static BuiltIn> {
    let mut fitting: Vec<_> = all()
        .filter(|template| template.moment == moment && template.warmths.contains(&warmth))
        .filter_map(|template| {
            let length = template.typical_length();
            let is_note = template.channels.contains(&Channel::LinkedinNote);
            (!is_note || length <= usize::from(note_limit)).then_some((template, length))
        })
        .collect();
    fitting.sort_by_key(|(template, length)| {
        let on_channel = channel.is_none_or(|channel| template.channels.contains(&channel));
        // A note is short of room, so the longest that fits; elsewhere the shorter is the better read.
        let room = if template.channels.contains(&Channel::LinkedinNote) { usize::MAX - length } else { 0 };
        (!on_channel, template.warmths.len(), room)
    });
    fitting.into_iter().map(|(template, _)| template).collect()
}

impl BuiltIn {
    /// Characters of the body with typical values.
    fn typical_length(&self) -> usize {
        fill(self.body, &Facts::typical()).text.chars().count()
    }

    /// Whether it stays within the limits of every channel it is for, with typical values.
    pub fn fits(&self, note_limit: u16) -> bool {
        let text = fill(self.body, &Facts::typical()).text;
        self.channels.iter().map(|channel| channel.limit(note_limit)).all(|limit: Limit| limit.allows(&text))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::playbook::message::advice::ends_in_a_question;

    const ASKING: &[Moment] = &[
        Moment::Request,
        Moment::AskForIntroduction,
        Moment::TryAnotherWay,
        Moment::AskForTalk,
        Moment::FollowUp,
        Moment::FollowUpAgain,
        Moment::ReferralAsk,
        Moment::OfferAgain,
    ];

    #[test]
    fn keys_and_names_are_told_apart() {
        let keys: HashSet<_> = all().map(|template| template.key).collect();
        let names: HashSet<_> = all().map(|template| template.name).collect();
        assert_eq!((keys.len(), names.len()), (all().count(), all().count()));
        assert_eq!(find("thank_you").map(|template| template.moment), Some(Moment::Thank));
        assert!(find("no_such_key").is_none());
    }

    #[test]
    fn every_step_with_a_message_has_one_for_each_warmth() {
        for step in Step::ALL.iter().filter(|step| !Moment::of_step(**step).is_empty()) {
            for warmth in Warmth::ALL {
                for limit in [200, 300] {
                    let first = for_step(*step, *warmth, None, limit).into_iter().next();
                    assert_eq!(
                        first.map(|template| template.moment),
                        Some(Moment::of_step(*step)[0]),
                        "{step} {warmth}"
                    );
                }
            }
        }
        assert!(for_step(Step::Hold, Warmth::Stranger, None, 300).is_empty());
    }

    #[test]
    fn every_moment_has_one_for_each_warmth_but_introductions() {
        for moment in Moment::ALL.iter().filter(|moment| **moment != Moment::AskForIntroduction) {
            for warmth in Warmth::ALL {
                assert!(!for_moment(*moment, *warmth, None, 200).is_empty(), "{moment} {warmth}");
            }
        }
    }

    #[test]
    fn every_warmth_has_a_note_that_says_how_the_two_are_tied() {
        for (warmth, tie) in [
            (Warmth::CanBeIntroduced, "Mary"),
            (Warmth::SameSchool, "University of London"),
            (Warmth::SameEmployer, "Difference Works"),
        ] {
            for limit in [200, 300] {
                let note = for_step(Step::Request, warmth, Some(Channel::LinkedinNote), limit)[0];
                assert_eq!(note.channels, NOTE);
                assert!(fill(note.body, &Facts::typical()).text.contains(tie), "{}", note.key);
            }
        }
    }

    #[test]
    fn the_longer_note_comes_first_where_it_fits() {
        for warmth in Warmth::ALL {
            let notes = |limit| for_step(Step::Request, *warmth, Some(Channel::LinkedinNote), limit);
            assert!(notes(200)[0].typical_length() <= 200);
            let longer = notes(300)[0].typical_length();
            assert!((200..=300).contains(&longer), "{warmth}: {longer}");
        }
    }

    #[test]
    fn the_channel_asked_for_comes_first() {
        let first = for_step(Step::Request, Warmth::Stranger, Some(Channel::Email), 200)[0];
        assert!(first.channels.contains(&Channel::Email));
        assert!(first.subject.is_some());
    }

    #[test]
    fn each_stays_within_its_limits() {
        for template in all() {
            assert!(template.fits(300), "{}", template.key);
            assert!(!template.channels.contains(&Channel::Email) || template.subject.is_some(), "{}", template.key);
            assert!(template.key.ends_with("_longer") || template.fits(200), "{}", template.key);
        }
    }

    #[test]
    fn every_placeholder_is_known_and_no_brace_is_left() {
        for template in all() {
            for text in [Some(template.body), template.subject].into_iter().flatten() {
                let filled = fill(text, &Facts::typical());
                assert!(!filled.text.contains(['{', '}', '[', ']']), "{}: {}", template.key, filled.text);
                assert!(filled.missing.is_empty());
                assert_eq!(text.trim(), text, "{}", template.key);
            }
        }
    }

    #[test]
    fn what_asks_ends_in_a_question_and_pleads_for_no_job() {
        for template in all() {
            let text = fill(template.body, &Facts::typical()).text;
            if ASKING.contains(&template.moment) {
                assert!(ends_in_a_question(&text), "{}: {text}", template.key);
            }
            assert!(!text.to_lowercase().contains("job"), "{}: {text}", template.key);
        }
    }

    #[test]
    fn asking_for_a_talk_names_a_time_a_length_and_leaves_the_way_open() {
        for warmth in Warmth::ALL {
            let template = for_step(Step::AskForTalk, *warmth, None, 200)[0];
            for word in ["{proposed_time}", "{talk_minutes}", "in writing"] {
                assert!(template.body.contains(word), "{} lacks {word}", template.key);
            }
        }
    }

    #[test]
    fn asking_for_a_referral_makes_no_easy() {
        for template in all().filter(|template| template.moment == Moment::ReferralAsk) {
            assert!(template.body.contains("apply online"), "{}", template.key);
        }
    }
}
