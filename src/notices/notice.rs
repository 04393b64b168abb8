//! What a notice says: as much as the subject of a mail, which names nobody. Whoever walks past may read it.

use serde::Serialize;

use crate::mail::letter::Letter;
use crate::mail::wording::Words;

/// A notice, as the worker beside the pages reads it (`static/offline/notices.js`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its first line.
    pub title: String,
    /// What stands below.
    pub body: String,
    /// What a press on it opens, in this Inroad.
    pub address: String,
    /// A later one of the same takes its place.
    pub tag: String,
}

impl Notice {
    /// Of the words a mail of the same letter would have: their subject, what stands before their lists, and where their button leads.
    pub fn of(letter: &Letter, words: Words, base: &str) -> Self {
        let leads = words.button.map(|(_, link)| link).unwrap_or_default();
        let path = leads.strip_prefix(base).filter(|path| path.starts_with('/')).unwrap_or("/");
        Self {
            title: words.subject.into_owned(),
            body: words.paragraphs.join(" "),
            address: path.to_owned(),
            tag: tag(letter),
        }
    }

    /// To try whether notices arrive.
    pub fn test() -> Self {
        Self {
            title: "A test notice".into(),
            body: "Notices from Inroad arrive on this device.".into(),
            address: "/settings/reminders".into(),
            tag: tag(&Letter::Test),
        }
    }
}

/// What it is of, in letters that services take (RFC 8030, section 5.4): at most 32, and each talk has its own.
pub fn tag(letter: &Letter) -> String {
    match letter {
        Letter::Talk { id, .. } => id.0.simple().to_string(),
        other => other.kind().as_str().to_owned(),
    }
}

/// Whether it is of this moment, and not of a day: a sleeping device is woken for it.
pub fn is_urgent(letter: &Letter) -> bool {
    matches!(letter, Letter::Talk { .. } | Letter::Test)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::InterviewId;
    use crate::mail::wording::List;

    const BASE: &str = "https://inroad.example";

    #[test]
    fn a_notice_says_what_a_mail_says_before_its_lists_and_leads_where_its_button_does() {
        let words = Words {
            subject: "Today: 2 things to do".into(),
            paragraphs: vec!["Tuesday, 24 November.".into()],
            lists: vec![List { title: "Grace Hopper".into(), lines: Vec::new() }],
            button: Some(("Open Today", format!("{BASE}/"))),
            ..Words::default()
        };
        let notice = Notice::of(&Letter::Digest, words, BASE);
        assert_eq!((notice.title.as_str(), notice.body.as_str()), ("Today: 2 things to do", "Tuesday, 24 November."));
        assert_eq!((notice.address.as_str(), notice.tag.as_str()), ("/", "digest"));
        assert!(!serde_json::to_string(&notice).unwrap().contains("Grace"));
    }

    #[test]
    fn a_notice_leads_nowhere_else() {
        for link in ["https://evil.example/", "https://inroad.example.evil.example/x", ""] {
            let words = Words { button: Some(("Open", link.into())), ..Words::default() };
            assert_eq!(Notice::of(&Letter::Review, words, BASE).address, "/", "{link}");
        }
    }

    #[test]
    fn each_talk_has_a_tag_that_services_take() {
        let talk = |id| tag(&Letter::Talk { id, starts_at: "2026-11-26T14:00:00Z".parse().unwrap() });
        let id = InterviewId::new();
        assert_eq!(talk(id), talk(id));
        assert_ne!(talk(id), talk(InterviewId::new()));
        assert!(talk(id).len() == 32 && talk(id).bytes().all(|b| b.is_ascii_alphanumeric()));
    }
}
