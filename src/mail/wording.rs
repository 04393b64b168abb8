//! What mails say. No subject holds anything a person wrote, and no sentence a link but to this Inroad.

use std::borrow::Cow;

use super::letter::Change;

/// A mail in words; the templates lay it out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The subject, and the heading.
    pub subject: Cow<'static, str>,
    /// What it is about.
    pub paragraphs: Vec<String>,
    /// What can be done: the words on the button, and where it leads.
    pub button: Option<(&'static str, String)>,
    /// What holds of it, below the button.
    pub after: Vec<String>,
    /// Lists of what can be done, above the button.
    pub lists: Vec<List>,
    /// Where mails of its kind are ended, with what the link says.
    pub end: Option<(&'static str, String)>,
}

/// A list of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it is of.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a list: what it is about, and what can be done from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub text: String,
    /// Why, and what is known; empty where nothing is.
    pub why: String,
    /// The words of each link, and where it leads.
    pub links: Vec<(&'static str, String)>,
}

/// To confirm an address.
pub fn confirmation(host: &str, link: String) -> Words {
    Words {
        subject: "Confirm your e-mail address".into(),
        paragraphs: vec![format!(
            "This address belongs to an account on Inroad at {host}. Confirm it, and you can choose a new password by mail \
             if you ever forget yours."
        )],
        button: Some(("Confirm the address", link)),
        after: vec![
            "The link works for seven days. You may be asked to log in first.".into(),
            "If you have no account there, ignore this mail. No other will come.".into(),
        ],
        ..Words::default()
    }
}

/// To an address that had an account when someone signed up with it.
pub fn has_account(host: &str, log_in: String) -> Words {
    Words {
        subject: "You already have an account".into(),
        paragraphs: vec![format!(
            "Someone, probably you, signed up with this address on Inroad at {host}. It has an account already, so \
             nothing was changed: log in with it."
        )],
        button: Some(("Log in", log_in)),
        after: vec!["Forgot your password? That page helps. If it wasn't you, there's nothing to do.".into()],
        ..Words::default()
    }
}

/// To choose a new password.
pub fn password(host: &str, link: String) -> Words {
    Words {
        subject: "Choose a new password".into(),
        paragraphs: vec![format!(
            "Someone, probably you, asked for a new password for your account on Inroad at {host}."
        )],
        button: Some(("Choose a new password", link)),
        after: vec![
            "The link works once, within an hour. A newer one ends it.".into(),
            "If it wasn't you, ignore this mail: your password still holds.".into(),
        ],
        ..Words::default()
    }
}

/// To make an account.
pub fn invitation(host: &str, by: &str, link: String) -> Words {
    let by = harmless(by);
    Words {
        subject: "An invitation to Inroad".into(),
        paragraphs: vec![
            format!("{by} invites you to Inroad at {host}."),
            "Inroad tells you who to write to next in your job search, with the words ready.".into(),
        ],
        button: Some(("Make your account", link)),
        after: vec!["The link works once, within seven days. If you don't know who this is, ignore this mail.".into()],
        ..Words::default()
    }
}

/// To look at a search.
pub fn coaching(host: &str, by: &str, link: String) -> Words {
    let by = harmless(by);
    Words {
        subject: "An invitation to look at a job search".into(),
        paragraphs: vec![
            format!("{by} invites you to look at their job search on Inroad at {host}."),
            "You see what they choose to share, and change none of it. Once you accept, they let you in.".into(),
        ],
        button: Some(("See the invitation", link)),
        after: vec!["The link works once, within seven days. If you don't know who this is, ignore this mail.".into()],
        ..Words::default()
    }
}

/// Someone logged in on a browser that was not known.
pub fn new_browser(host: &str, browser: &str, address: &str, security: String) -> Words {
    let browser = harmless(browser);
    let from = if address.is_empty() { String::new() } else { format!(", from {address}") };
    Words {
        subject: "A new browser logged in".into(),
        paragraphs: vec![
            format!("{browser} logged in to your account on Inroad at {host}{from}."),
            "If it was you, there's nothing to do. If it wasn't, choose a new password: every other browser is logged \
             out then."
                .into(),
        ],
        button: Some(("See where you're logged in", security)),
        ..Words::default()
    }
}

/// What guards an account was changed.
pub fn change(host: &str, what: Change, security: String) -> Words {
    let said = match what {
        Change::Password => {
            format!("The password of your account on Inroad at {host} was changed, and other browsers were logged out.")
        }
        Change::Email => {
            format!("Your account on Inroad at {host} has another e-mail address now. This one no longer logs in.")
        }
        Change::Calendar => {
            format!("A secret address was made under which a calendar reads your talks on Inroad at {host}.")
        }
        Change::Sessions => format!("Every other browser was logged out of your account on Inroad at {host}."),
        Change::SecondStepOn => format!(
            "Your account on Inroad at {host} asks for a code after the password now, and other browsers were logged out."
        ),
        Change::SecondStepOff => {
            format!("Your account on Inroad at {host} asks for no second step any more: the password alone logs in.")
        }
        Change::PasskeyAdded => format!("A passkey was added to your account on Inroad at {host}. It logs you in."),
        Change::PasskeyRemoved => {
            format!("A passkey was removed from your account on Inroad at {host}. It no longer logs you in.")
        }
        Change::PasskeysRemoved => {
            format!("All passkeys of your account on Inroad at {host} were removed. They no longer log you in.")
        }
        Change::PasskeyCopied => format!(
            "Someone used a passkey of your account on Inroad at {host} that may have been copied. It was refused. \
             Remove that passkey, and add a new one."
        ),
        Change::IdentityLinked => {
            format!("Your account on Inroad at {host} was linked to an account elsewhere, which logs you in now.")
        }
        Change::IdentityUnlinked => {
            format!(
                "Your account on Inroad at {host} was unlinked from an account elsewhere, which no longer logs you in."
            )
        }
    };
    let wrong = match what {
        Change::Email | Change::Password | Change::SecondStepOn | Change::PasskeysRemoved => {
            "If it wasn't you, tell the person who runs this Inroad right away: they can help you back in."
        }
        Change::Calendar | Change::Sessions | Change::SecondStepOff => "If it wasn't you, choose a new password.",
        Change::PasskeyAdded | Change::IdentityLinked => {
            "If it wasn't you, remove it under Security, choose a new password, and log out every other browser."
        }
        Change::PasskeyRemoved | Change::IdentityUnlinked | Change::PasskeyCopied => {
            "If it wasn't you, log out every other browser under Security."
        }
    };
    Words {
        subject: what.label().into(),
        paragraphs: vec![
            said,
            match what {
                Change::PasskeyCopied => wrong.into(),
                _ => format!("If it was you, there's nothing to do. {wrong}"),
            },
        ],
        button: match what {
            Change::Email => None,
            _ => Some(("See your security settings", security)),
        },
        ..Words::default()
    }
}

/// Whether mail arrives.
pub fn test(host: &str) -> Words {
    Words {
        subject: "A test mail".into(),
        paragraphs: vec![format!("Mail from Inroad at {host} arrives here.")],
        ..Words::default()
    }
}

/// What someone wrote or an import brought, so that no program that reads mail makes a link of it: what links is ours.
pub fn unlinked(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '@' => said.push_str(" at "),
            '.' if said.ends_with(|c: char| c.is_alphanumeric()) && next.is_some_and(char::is_alphabetic) => {
                said.push(' ')
            }
            ':' if next == Some('/') => {}
            c if c.is_control() || c == '/' => said.push(' '),
            c => said.push(c),
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name someone chose, so that no program makes a link of it: an invitation is to lead nowhere else.
fn harmless(name: &str) -> String {
    let spaced: String = name
        .chars()
        .zip(name.chars().skip(1).map(Some).chain([None]))
        .map(|(c, next)| match c {
            '/' | '\\' | '@' | ':' => ' ',
            // The dot of an initial stays.
            '.' if next.is_some_and(|next| !next.is_whitespace()) => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if words.is_empty() { "Someone".into() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Words> {
        let (host, link) = ("inroad.example", || "https://inroad.example/x".to_owned());
        let mut all = vec![
            confirmation(host, link()),
            has_account(host, link()),
            password(host, link()),
            invitation(host, "Ada Byron", link()),
            coaching(host, "Ada Byron", link()),
            new_browser(host, "Firefox on Linux", "192.0.2.7", link()),
            new_browser(host, "Firefox on Linux", "", link()),
            test(host),
        ];
        all.extend(Change::ALL.iter().map(|what| change(host, *what, link())));
        all
    }

    #[test]
    fn mails_are_short_and_whole() {
        for words in all() {
            let text = [&words.paragraphs[..], &words.after].concat();
            assert!((8..=60).contains(&words.subject.len()) && words.subject.is_ascii(), "{words:?}");
            assert!(!words.subject.ends_with('.'), "{words:?}");
            let count: usize = text.iter().map(|paragraph| paragraph.split_whitespace().count()).sum();
            assert!((5..=75).contains(&count), "{count} words: {words:?}");
            for paragraph in &text {
                assert!(paragraph.ends_with('.') && paragraph.starts_with(char::is_uppercase), "{paragraph}");
                assert!(
                    !paragraph.contains("  ") && !paragraph.contains('\n') && !paragraph.contains(" ,"),
                    "{paragraph}"
                );
                assert!(!paragraph.contains("://"), "links stand on buttons: {paragraph}");
            }
            let button = words.button.map(|(label, _)| label);
            assert!(
                button.is_none_or(|label| label.starts_with(char::is_uppercase) && !label.ends_with('.')),
                "{button:?}"
            );
        }
    }

    #[test]
    fn what_stands_in_a_list_reads_as_it_was_written_but_links_nowhere() {
        for (text, said) in [
            ("Ask for a talk: Ada Byron", "Ask for a talk: Ada Byron"),
            ("Analyst at Acme Inc. You asked on 11 November.", "Analyst at Acme Inc. You asked on 11 November."),
            ("3.5 years, J. R. R. Tolkien", "3.5 years, J. R. R. Tolkien"),
            ("see https://evil.example/x", "see https evil example x"),
            ("mail eve@evil.example", "mail eve at evil example"),
            ("Ada\r\nBcc: x", "Ada Bcc: x"),
        ] {
            assert_eq!(unlinked(text), said);
        }
    }

    #[test]
    fn no_name_makes_a_link() {
        for (name, said) in [
            ("Ada Byron", "Ada Byron"),
            ("J. R. R. Tolkien", "J. R. R. Tolkien"),
            ("Martin Luther King Jr.", "Martin Luther King Jr."),
            ("https://evil.example/x", "https evil example x"),
            ("win at evil.example now", "win at evil example now"),
            ("mallory@evil.example", "mallory evil example"),
            ("Ada\r\nBcc: eve@evil.example", "Ada Bcc eve evil example"),
            ("://", "Someone"),
        ] {
            assert_eq!(harmless(name), said);
        }
    }
}
