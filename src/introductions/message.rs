//! The message that asks for an introduction, or reminds of it.

use super::queries::whole::{IntroductionDetail, Side};
use crate::accounts::visit::Person;
use crate::contacts::draft::{Addressee, way_out};
use crate::contacts::mail_links::MailLink;
use crate::playbook::introduction::Status;
use crate::playbook::message::about_me::who_i_am;
use crate::playbook::message::built_in::{self, BuiltIn, Moment};
use crate::playbook::message::channel::Channel;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::name::first_name;
use crate::playbook::pronouns::Pronouns;
use crate::playbook::warmth::Warmth;

/// The wording of the one reminder.
const REMINDER: &str = "introduction_remind";

/// A message to look over and send.
pub struct Draft {
    /// The template it came from.
    pub key: &'static str,
    pub channel: Channel,
    pub channels: &'static [Channel],
    pub subject: String,
    pub text: String,
    /// What is left to fill in, as it stands in the text.
    pub missing: Vec<String>,
    /// Other wordings for the same: key and name.
    pub others: Vec<(&'static str, &'static str)>,
    /// What the button says that copies it.
    pub copy: &'static str,
    /// Where that button leads.
    pub open: String,
    pub mail: Vec<MailLink>,
}

/// Which message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Ask,
    Remind,
}

/// The message to be written next, in the wording and by the way asked for if they serve it; nothing where none is to be written.
pub fn drafted(introduction: &IntroductionDetail, person: &Person, wording: &str, channel: &str) -> Option<Draft> {
    let purpose = match introduction.status {
        Status::Possible => Purpose::Ask,
        Status::Asked => introduction.standing().remind_on(&person.preferences.cadence).map(|_| Purpose::Remind)?,
        Status::Made | Status::Declined => return None,
    };
    draft(purpose, &introduction.introducer, &introduction.introduced, person, wording, channel)
}

/// Drafts the message to the introducer, in the wording asked for if it serves the purpose.
fn draft(
    purpose: Purpose,
    introducer: &Side,
    introduced: &Side,
    person: &Person,
    wording: &str,
    channel: &str,
) -> Option<Draft> {
    let preferences = &person.preferences;
    let likely = if introducer.profile.is_none() && introducer.email.is_some() {
        Channel::Email
    } else {
        Channel::LinkedinMessage
    };
    let all =
        built_in::for_moment(Moment::AskForIntroduction, Warmth::CanBeIntroduced, Some(likely), preferences.note_limit);
    let serves = |template: &&&BuiltIn| (template.key == REMINDER) == (purpose == Purpose::Remind);
    let fitting: Vec<&BuiltIn> = all.iter().filter(serves).copied().collect();
    let template = *fitting.iter().find(|template| template.key == wording).or(fitting.first())?;
    let channel = channel.parse().ok().filter(|channel| template.channels.contains(channel));
    let channel = channel.unwrap_or(likely);
    let role = preferences.target_roles.first();
    let facts = Facts::new()
        .with(Placeholder::IntroducedBy, first_name(&introducer.name))
        .with(Placeholder::FirstName, first_name(&introduced.name))
        .with(Placeholder::FullName, &introduced.name)
        .with_some(Placeholder::Them, introduced.pronouns.as_deref().and_then(Pronouns::read).map(Pronouns::object))
        .with_some(Placeholder::Company, introduced.company.as_deref())
        .with(Placeholder::MyName, &person.name)
        .with_some(Placeholder::TargetRole, role)
        .with(Placeholder::AboutMe, &preferences.about_me)
        .with_some(Placeholder::WhoIAm, who_i_am(&preferences.about_me, role.map(String::as_str)))
        .with(Placeholder::TalkMinutes, preferences.talk_minutes.to_string());
    let filled = fill(template.body, &facts);
    let subject = template.subject.filter(|_| channel == Channel::Email).map(|subject| fill(subject, &facts).text);
    let subject = subject.unwrap_or_default();
    let to = Addressee {
        name: &introducer.name,
        company: introducer.company.as_deref(),
        profile: introducer.profile.as_deref(),
        email: introducer.email.as_deref(),
        phone: introducer.phone.as_deref(),
    };
    let (copy, open, mail) = way_out(channel, &to, &subject, &filled.text);
    Some(Draft {
        key: template.key,
        channel,
        channels: template.channels,
        subject,
        missing: filled.missing.iter().map(|placeholder| format!("[{}]", placeholder.label())).collect(),
        text: filled.text,
        others: fitting.iter().filter(|other| other.key != template.key).map(|other| (other.key, other.name)).collect(),
        copy,
        open,
        mail,
    })
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::accounts::preferences::Preferences;
    use crate::ids::{ContactId, UserId};
    use crate::playbook::stage::Stage;

    fn side(name: &str, email: Option<&str>) -> Side {
        Side {
            id: ContactId::new(),
            name: name.into(),
            job_title: None,
            company: Some("Acme".into()),
            profile: None,
            email: email.map(str::to_owned),
            pronouns: None,
            phone: None,
            stage: Stage::InTouch,
            last_touch: None,
        }
    }

    fn person() -> Person {
        Person {
            id: UserId::new(),
            name: "Ada Byron".into(),
            email: "ada@example.org".into(),
            zone: TimeZone::UTC,
            preferences: Preferences { target_roles: vec!["Data analyst".into()], ..Preferences::default() },
            documents_mb: None,
            version: 1,
        }
    }

    fn drafted(purpose: Purpose, wording: &str) -> Draft {
        let (mary, kate) = (side("Dr. Mary Jackson", Some("mary@acme.example")), side("Kate Miller", None));
        draft(purpose, &mary, &kate, &person(), wording, "").unwrap()
    }

    #[test]
    fn it_goes_to_the_introducer_and_speaks_of_the_other() {
        let draft = drafted(Purpose::Ask, "");
        assert_eq!((draft.key, draft.channel), ("introduction_ask", Channel::Email));
        assert!(draft.text.starts_with("Hello Mary,") && draft.text.contains("you know Kate Miller at Acme"));
        assert!(draft.text.contains("data analyst") && draft.text.ends_with("Ada Byron"));
        assert_eq!(draft.subject, "Would you introduce me to Kate Miller?");
        assert!(draft.missing.is_empty() && draft.open.starts_with("mailto:mary@acme.example"));
    }

    #[test]
    fn the_other_is_spoken_of_as_they_wish_and_named_where_that_is_not_known() {
        let mary = side("Dr. Mary Jackson", Some("mary@acme.example"));
        for (pronouns, said) in [
            (Some("she/her"), "would like to ask her how"),
            (Some("They/Them"), "would like to ask them how"),
            (Some("xe/xem"), "would like to ask Kate how"),
            (None, "would like to ask Kate how"),
        ] {
            let kate = Side { pronouns: pronouns.map(str::to_owned), ..side("Kate Miller", None) };
            let text = draft(Purpose::Ask, &mary, &kate, &person(), "", "").unwrap().text;
            assert!(text.contains(said), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_marked_and_the_reminder_is_no_first_word() {
        let lines = drafted(Purpose::Ask, "introduction_lines");
        assert_eq!((lines.key, lines.missing.as_slice()), ("introduction_lines", &[][..]));
        assert_eq!(lines.others, [("introduction_ask", "Ask for an introduction")]);
        let reminder = drafted(Purpose::Remind, "introduction_ask");
        assert_eq!((reminder.key, reminder.others.len()), (REMINDER, 0));
    }
}
