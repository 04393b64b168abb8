//! Where a message goes, and how much fits there.

use crate::kinds::kinds;

/// The longest message LinkedIn takes between people who are connected, in characters. Unconfirmed by LinkedIn itself.
const LINKEDIN_MESSAGE_CHARACTERS: usize = 1_900;

/// A first e-mail should be shorter than this, by the advice of Simon Fraser University's career centre.
const EMAIL_WORDS: usize = 100;

kinds! {
    /// A way to reach a person.
    pub enum Channel {
        /// The note that goes with a connection request.
        LinkedinNote = "linkedin_note", "LinkedIn note";
        LinkedinMessage = "linkedin_message", "LinkedIn message";
        Email = "email", "E-mail";
        Text = "text", "Text message";
        Phone = "phone", "Phone";
        Video = "video", "Video";
        InPerson = "in_person", "In person";
        Form = "form", "Contact form";
        Other = "other", "Other";
    }
}

/// How much a channel takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The network refuses more characters than this.
    Characters(usize),
    /// Nothing refuses more words than this, but fewer are advised.
    Words(usize),
    /// As long as it needs to be.
    None,
}

impl Limit {
    /// Whether `text` stays within.
    pub fn allows(self, text: &str) -> bool {
        match self {
            Self::Characters(most) => text.chars().count() <= most,
            Self::Words(most) => text.split_whitespace().count() <= most,
            Self::None => true,
        }
    }
}

impl Channel {
    /// The limit here. `note_limit` is the user's setting for notes with a connection request, in characters.
    pub fn limit(self, note_limit: u16) -> Limit {
        match self {
            Self::LinkedinNote => Limit::Characters(note_limit.into()),
            Self::LinkedinMessage => Limit::Characters(LINKEDIN_MESSAGE_CHARACTERS),
            Self::Email => Limit::Words(EMAIL_WORDS),
            Self::Text | Self::Phone | Self::Video | Self::InPerson | Self::Form | Self::Other => Limit::None,
        }
    }

    /// The length of `text` in the unit of this channel's limit: words for e-mail, characters elsewhere.
    pub fn count(self, text: &str) -> usize {
        match self {
            Self::Email => text.split_whitespace().count(),
            _ => text.chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_what_the_setting_says() {
        assert_eq!(Channel::LinkedinNote.limit(200), Limit::Characters(200));
        assert_eq!(Channel::LinkedinNote.limit(300), Limit::Characters(300));
        assert!(Channel::LinkedinNote.limit(200).allows(&"ü".repeat(200)));
        assert!(!Channel::LinkedinNote.limit(200).allows(&"ü".repeat(201)));
    }

    #[test]
    fn e_mail_counts_words_and_the_rest_characters() {
        assert_eq!(Channel::Email.count("Hello  there,\nKatherine"), 3);
        assert_eq!(Channel::LinkedinNote.count("Zoë"), 3);
        assert!(Channel::Email.limit(200).allows(&"word ".repeat(100)));
        assert!(!Channel::Email.limit(200).allows(&"word ".repeat(101)));
    }

    #[test]
    fn a_talk_on_the_phone_has_no_limit() {
        assert_eq!(Channel::Phone.limit(200), Limit::None);
        assert!(Limit::None.allows(&"x".repeat(100_000)));
    }
}
