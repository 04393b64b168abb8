//! A mail as it goes over the wire: plain text and HTML, with headers no text can break out of.

use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use jiff::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::wording::Words;
use crate::ids::MailId;

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Plain<'a> {
    words: &'a Words,
    base: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    words: &'a Words,
    base: &'a str,
}

/// What stands on the envelope and above the words.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// Which mail it is: the same in each attempt, so that one that came twice can be told by it.
    pub id: MailId,
    /// Whom it comes from.
    pub from: &'a Mailbox,
    /// Whom it goes to.
    pub to: &'a str,
    /// When it was written.
    pub made_at: Timestamp,
    /// The address of this Inroad, without a slash at its end.
    pub base: &'a str,
}

/// Puts a mail together.
///
/// # Errors
/// Where the recipient is no address a mail can go to.
pub fn message(head: &Head<'_>, words: &Words) -> anyhow::Result<Message> {
    let plain = Plain { words, base: head.base }.render()?;
    let html = Html { words, base: head.base }.render()?;
    // By 7-bit letters, whatever the servers on the way can do.
    let part = |of: ContentType, text: String| {
        SinglePart::builder().header(of).header(ContentTransferEncoding::QuotedPrintable).body(text)
    };
    let mut message = Message::builder()
        .message_id(Some(format!("<{}@{}>", head.id, head.from.email.domain())))
        .date(UNIX_EPOCH + Duration::try_from(head.made_at.as_duration())?)
        .from(head.from.clone())
        .to(Mailbox::new(None, recipient(head.to)?))
        .subject(words.subject.as_ref())
        .multipart(
            MultiPart::alternative()
                .singlepart(part(ContentType::TEXT_PLAIN, plain))
                .singlepart(part(ContentType::TEXT_HTML, html)),
        )?;
    // Nobody's 'I am away' is an answer to it (RFC 3834).
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".into()));
    if let Some((_, link)) = &words.end {
        // The reader's program ends them with one press (RFC 8058).
        for (name, value) in
            [("List-Unsubscribe", format!("<{link}>")), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into())]
        {
            let name = HeaderName::new_from_ascii_str(name);
            message.headers_mut().insert_raw(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
        }
    }
    Ok(message)
}

/// The address with its domain as every server reads it.
fn recipient(address: &str) -> anyhow::Result<Address> {
    let (local, domain) = address.rsplit_once('@').ok_or_else(|| anyhow::anyhow!("no address"))?;
    Ok(Address::new(local, idna::domain_to_ascii(domain)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::wording;

    fn sent(to: &str, words: &Words) -> String {
        let from = "Inroad <inroad@inroad.example>".parse().unwrap();
        let made_at = "2026-11-24T09:00:00Z".parse().unwrap();
        let id = MailId(uuid::Uuid::nil());
        let head = Head { id, from: &from, to, made_at, base: "https://inroad.example" };
        String::from_utf8(message(&head, words).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_mail_says_when_it_was_written_and_which_it_is() {
        let mail = sent("ada@example.org", &wording::test("inroad.example"));
        for line in [
            "From: Inroad <inroad@inroad.example>\r\n",
            "To: ada@example.org\r\n",
            "Subject: A test mail\r\n",
            "Date: Tue, 24 Nov 2026 09:00:00 +0000\r\n",
            "Message-ID: <00000000-0000-0000-0000-000000000000@inroad.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
        ] {
            assert!(mail.contains(line), "{line} in {mail}");
        }
    }

    #[test]
    fn plain_text_is_laid_out_for_readers() {
        let words = wording::password("inroad.example", "https://inroad.example/password?link=x".into());
        let plain = Plain { words: &words, base: "https://inroad.example" }.render().unwrap();
        assert_eq!(
            plain,
            "Choose a new password\n\n\
             Someone, probably you, asked for a new password for your account on Inroad at inroad.example.\n\n\
             Choose a new password:\nhttps://inroad.example/password?link=x\n\n\
             The link works once, within an hour. A newer one ends it.\n\n\
             If it wasn't you, ignore this mail: your password still holds.\n\n\
             -- \nInroad, https://inroad.example"
        );
    }

    #[test]
    fn a_mail_that_can_be_ended_says_so_to_programs_and_to_people() {
        let link = format!("https://inroad.example/reminders/ends?link={}", "x".repeat(200));
        let words = Words { end: Some(("Stop this mail", link.clone())), ..wording::test("inroad.example") };
        let mail = sent("ada@example.org", &words);
        assert!(mail.contains(&format!("List-Unsubscribe: <{link}>\r\n")), "{mail}");
        assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{mail}");
        assert!(mail.contains("Stop this mail:"), "{mail}");
        assert!(!sent("ada@example.org", &wording::test("inroad.example")).contains("List-Unsubscribe"));
    }

    #[test]
    fn whoever_has_a_domain_of_other_letters_is_reached() {
        let mail = sent("ada@b\u{fc}cher.example", &wording::test("inroad.example"));
        assert!(mail.contains("To: ada@xn--bcher-kva.example\r\n"), "{mail}");
    }
}
