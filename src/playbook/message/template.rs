//! A template, wherever it comes from: with Inroad, or the user's own.

use serde::Deserialize;

use super::built_in::{self, BuiltIn, Moment};
use super::channel::Channel;
use crate::playbook::step::Step;
use crate::playbook::warmth::Warmth;

/// The wording of what comes with Inroad: its keys never change their words.
pub const BUILT_IN_WORDING: i32 = 1;

/// A message with placeholders, for one moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// The key of one that comes with Inroad, or the id of one of the user's own.
    pub key: String,
    /// Which wording, from 1: it rises when words that were sent are changed.
    pub wording: i32,
    /// Whether the user wrote it.
    pub is_own: bool,
    /// What it is called in lists.
    pub name: String,
    /// What it is for.
    pub moment: Moment,
    /// Where it can be sent; the best first.
    pub channels: Vec<Channel>,
    /// The warmths it fits.
    pub warmths: Vec<Warmth>,
    /// The subject, for e-mail; a template as well.
    pub subject: Option<String>,
    /// The text, with placeholders.
    pub body: String,
}

impl From<&BuiltIn> for Template {
    fn from(built_in: &BuiltIn) -> Self {
        Self {
            key: built_in.key.into(),
            wording: BUILT_IN_WORDING,
            is_own: false,
            name: built_in.name.into(),
            moment: built_in.moment,
            channels: built_in.channels.to_vec(),
            warmths: built_in.warmths.to_vec(),
            subject: built_in.subject.map(Into::into),
            body: built_in.body.into(),
        }
    }
}

impl Template {
    /// Where it is sent unless another way is chosen.
    pub fn first_channel(&self) -> Channel {
        self.channels.first().copied().unwrap_or(Channel::Other)
    }
}

/// The templates for one moment, best first: the user's own that fit the person and the channel, then those that come
/// with Inroad in the order of [`built_in::for_moment`], then the user's own for other channels.
///
/// An own template is offered however long it is: the count says what a channel takes. `note_limit` is in characters.
pub fn for_moment(
    own: &[Template],
    moment: Moment,
    warmth: Warmth,
    channel: Channel,
    note_limit: u16,
) -> Vec<Template> {
    let fitting = own.iter().filter(|own| own.moment == moment && own.warmths.contains(&warmth)).cloned();
    let (mut offered, elsewhere): (Vec<_>, Vec<_>) = fitting.partition(|own| own.channels.contains(&channel));
    offered.extend(built_in::for_moment(moment, warmth, Some(channel), note_limit).into_iter().map(Template::from));
    offered.extend(elsewhere);
    offered
}

/// The templates for a step: those of its likeliest moment first, each moment in the order of [`for_moment`].
pub fn for_step(own: &[Template], step: Step, warmth: Warmth, channel: Channel, note_limit: u16) -> Vec<Template> {
    Moment::of_step(step).iter().flat_map(|moment| for_moment(own, *moment, warmth, channel, note_limit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(key: &str, channels: &[Channel], warmths: &[Warmth]) -> Template {
        Template {
            key: key.into(),
            wording: 3,
            is_own: true,
            name: key.into(),
            moment: Moment::Request,
            channels: channels.to_vec(),
            warmths: warmths.to_vec(),
            subject: None,
            body: "Hello {first_name}".into(),
        }
    }

    fn keys(offered: &[Template]) -> Vec<&str> {
        offered.iter().map(|template| template.key.as_str()).collect()
    }

    #[test]
    fn ones_own_come_first_and_those_for_other_channels_last() {
        let own = [
            own("by mail", &[Channel::Email], Warmth::ALL),
            own("as a note", &[Channel::LinkedinNote], Warmth::ALL),
            own("for friends", &[Channel::LinkedinNote], &[Warmth::KnowsMe]),
        ];
        let offered = for_moment(&own, Moment::Request, Warmth::Stranger, Channel::LinkedinNote, 200);
        assert_eq!(keys(&offered)[..2], ["as a note", "note_stranger"]);
        assert_eq!(keys(&offered).last(), Some(&"by mail"));
        assert!(!keys(&offered).contains(&"for friends"));
        let others = for_moment(&own, Moment::Thank, Warmth::Stranger, Channel::Email, 200);
        assert!(others.iter().all(|template| !template.is_own));
    }

    #[test]
    fn a_step_offers_its_likeliest_moment_first() {
        let own = [Template { moment: Moment::MovingOn, ..own("let go", &[Channel::Email], Warmth::ALL) }];
        let offered = for_step(&own, Step::TryAnotherWay, Warmth::Stranger, Channel::Email, 200);
        assert_eq!(offered[0].moment, Moment::TryAnotherWay);
        assert!(keys(&offered).contains(&"let go"));
    }

    #[test]
    fn what_comes_with_inroad_keeps_its_words() {
        let built_in = built_in::find("thank_you").unwrap();
        let template = Template::from(built_in);
        assert_eq!((template.key.as_str(), template.wording, template.is_own), ("thank_you", 1, false));
        assert_eq!((template.body.as_str(), template.first_channel()), (built_in.body, Channel::LinkedinMessage));
    }
}
