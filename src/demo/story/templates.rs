//! The templates she wrote herself, and what she sent with them.

use crate::playbook::event::Kind;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::Channel;

/// A template of hers.
pub struct OwnTemplate {
    pub name: &'static str,
    pub moment: Moment,
    pub channels: &'static [Channel],
    /// Subject and words of each wording, in order.
    pub wordings: &'static [(&'static str, &'static str)],
    /// Half of her messages of this kind were sent with it, the others with what comes with Inroad.
    pub sent_as: Kind,
}

const WRITTEN: &[Channel] = &[Channel::LinkedinMessage, Channel::Email];

/// What she wrote.
pub const TEMPLATES: &[OwnTemplate] = &[
    OwnTemplate {
        name: "From ward to data",
        moment: Moment::Request,
        channels: &[Channel::LinkedinNote],
        wordings: &[(
            "",
            "Hello {first_name}, I nursed for six years and am moving into {target_role} work. Your way to {company} caught my \
             eye. May I connect with you and learn from it?",
        )],
        sent_as: Kind::Requested,
    },
    OwnTemplate {
        name: "Fifteen minutes, two questions",
        moment: Moment::AskForTalk,
        channels: WRITTEN,
        wordings: &[
            (
                "Two questions about {company}",
                "Hello {first_name},\n\nThank you for connecting. I have two questions about {target_role} work at {company} and would \
                 keep to {talk_minutes} minutes. Would {proposed_time} suit you?\n\n{my_name}",
            ),
            (
                "Two questions about {company}",
                "Hello {first_name},\n\nThank you for connecting. I am writing to you because {why_you}.\n\nI have two questions \
                 about {target_role} work at {company}; {talk_minutes} minutes by phone, or a few lines in writing, are plenty. \
                 Would {proposed_time} suit you, or is another time better?\n\n{my_name}",
            ),
        ],
        sent_as: Kind::Asked,
    },
    OwnTemplate {
        name: "Thanks, and what I did with it",
        moment: Moment::Thank,
        channels: WRITTEN,
        wordings: &[(
            "Thank you, {first_name}",
            "Hello {first_name},\n\nThank you for today. I wrote down {what_i_learned}, and I will {what_i_will_do}. You will hear \
             how it went.\n\n{my_name}",
        )],
        sent_as: Kind::Thanked,
    },
];
