//! A template filled for someone: what it says, what stays open, how long it is, and advice.

use super::form::TemplateForm;
use super::queries::PersonRow;
use crate::accounts::preferences::Preferences;
use crate::playbook::message::advice::advice;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::{Channel, Limit};
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::pieces::split;
use crate::playbook::message::placeholder::Placeholder;

/// How long the message is, as one channel counts.
#[derive(Debug, PartialEq, Eq)]
pub struct Length {
    pub channel: Channel,
    /// '212 of 200 characters, 12 too many'.
    pub text: String,
    pub is_over: bool,
}

/// A piece of the message; a gap is marked.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    pub is_gap: bool,
    pub text: String,
}

/// What a template says to someone.
pub struct Preview {
    /// Whom it is filled for; nobody in particular where it holds typical words.
    pub on: Option<PersonRow>,
    /// Others of the name that was searched for.
    pub others: Vec<PersonRow>,
    pub subject: Vec<Piece>,
    pub body: Vec<Piece>,
    pub missing: Vec<Placeholder>,
    pub lengths: Vec<Length>,
    /// Advice, never more than that.
    pub advice: Vec<String>,
}

/// Fills the template as it is typed with what is known.
pub fn preview(form: &TemplateForm, facts: &Facts, preferences: &Preferences) -> Preview {
    let body = fill(&form.body.replace("\r\n", "\n"), facts);
    let subject = fill(&form.subject, facts);
    let channels: Vec<Channel> = form.channels.iter().filter_map(|word| word.parse().ok()).collect();
    let first = form.moment.parse::<Moment>().is_ok_and(Moment::asks_first);
    let advice = match channels.first() {
        Some(channel) if first && body.missing.is_empty() => advice(&body.text, *channel, preferences.note_limit),
        _ => Vec::new(),
    };
    let mut missing = body.missing;
    for gap in subject.missing {
        if !missing.contains(&gap) {
            missing.push(gap);
        }
    }
    Preview {
        on: None,
        others: Vec::new(),
        lengths: channels.iter().map(|channel| length(*channel, &body.text, preferences.note_limit)).collect(),
        subject: pieces(&subject.text),
        body: pieces(&body.text),
        missing,
        advice,
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    split(text).into_iter().map(|(gap, text)| Piece { is_gap: gap.is_some(), text: text.to_owned() }).collect()
}

/// The length of a text against the limit of a channel. `note_limit` is the user's, in characters.
fn length(channel: Channel, text: &str, note_limit: u16) -> Length {
    let has = channel.count(text);
    let (most, unit) = match channel.limit(note_limit) {
        Limit::Characters(most) => (most, "characters"),
        Limit::Words(most) => (most, "words"),
        Limit::None => return Length { channel, text: format!("{has} characters"), is_over: false },
    };
    let over = has.saturating_sub(most);
    let more = if over > 0 { format!(", {over} too many") } else { String::new() };
    Length { channel, text: format!("{has} of {most} {unit}{more}"), is_over: over > 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(body: &str) -> TemplateForm {
        TemplateForm {
            moment: "request".into(),
            channels: vec!["linkedin_note".into(), "email".into(), "text".into()],
            subject: "{opening}".into(),
            body: body.into(),
            ..TemplateForm::default()
        }
    }

    #[test]
    fn what_cannot_be_filled_is_marked() {
        let facts = Facts::new().with(Placeholder::FirstName, "Grace");
        let shown = preview(&form("Hello {first_name}, {why_you}."), &facts, &Preferences::default());
        let piece = |is_gap, text: &str| Piece { is_gap, text: text.into() };
        assert_eq!(shown.body, [piece(false, "Hello Grace, "), piece(true, "[why them]"), piece(false, ".")]);
        assert_eq!(shown.missing, [Placeholder::WhyYou, Placeholder::Opening]);
        assert!(shown.advice.is_empty(), "advice waits for the whole message");
    }

    #[test]
    fn each_channel_counts_in_its_own_way() {
        let shown = preview(&form(&"word ".repeat(101)), &Facts::typical(), &Preferences::default());
        let texts: Vec<_> = shown.lengths.iter().map(|length| (length.text.as_str(), length.is_over)).collect();
        assert_eq!(
            texts,
            [
                ("505 of 200 characters, 305 too many", true),
                ("101 of 100 words, 1 too many", true),
                ("505 characters", false)
            ]
        );
        assert!(shown.advice.len() >= 2);
        let thanks = TemplateForm { moment: "thank".into(), ..form("Thanks.") };
        assert!(preview(&thanks, &Facts::typical(), &Preferences::default()).advice.is_empty());
    }
}
