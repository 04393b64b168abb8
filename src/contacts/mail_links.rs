//! Addresses that open a mail program with the message in place.

use crate::links::{encode, with_query};

/// Longer addresses are cut off or refused by mail programs and browsers; unconfirmed, so kept on the safe side. Characters.
const MOST_IN_MAILTO: usize = 2_000;

/// What web mail takes in an address. Characters.
const MOST_IN_WEB_ADDRESS: usize = 8_000;

/// A message about to be written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mail<'a> {
    /// The address it goes to; empty to leave it open.
    pub to: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The text.
    pub body: &'a str,
}

/// A link that opens a mail program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLink {
    /// The program.
    pub label: &'static str,
    /// The whole address, percent-encoded.
    pub address: String,
    /// False where the text was too long for an address and has to be pasted.
    pub has_body: bool,
}

/// The message in the mail program of the machine, Gmail, and Outlook for work and at home.
pub fn mail_links(mail: &Mail<'_>) -> Vec<MailLink> {
    // RFC 6068 wants line breaks as CR LF.
    let body = mail.body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    [
        ("Mail program", mailto as fn(&Mail<'_>) -> String, MOST_IN_MAILTO),
        ("Gmail", gmail, MOST_IN_WEB_ADDRESS),
        ("Outlook (work)", outlook_work, MOST_IN_WEB_ADDRESS),
        ("Outlook (personal)", outlook_personal, MOST_IN_WEB_ADDRESS),
    ]
    .into_iter()
    .map(|(label, write, most)| {
        let address = write(&Mail { body: &body, ..*mail });
        if address.len() <= most {
            return MailLink { label, address, has_body: true };
        }
        MailLink { label, address: write(&Mail { body: "", ..*mail }), has_body: false }
    })
    .collect()
}

fn mailto(mail: &Mail<'_>) -> String {
    // The at sign may stand as it is, and some programs want it so.
    let to = encode(mail.to.trim()).replace("%40", "@");
    with_query(&format!("mailto:{to}"), &[("subject", mail.subject), ("body", mail.body)])
}

fn gmail(mail: &Mail<'_>) -> String {
    let parameters = [("to", mail.to.trim()), ("su", mail.subject), ("body", mail.body)];
    with_query("https://mail.google.com/mail/?view=cm&fs=1", &parameters)
}

fn outlook_work(mail: &Mail<'_>) -> String {
    outlook("https://outlook.office.com/mail/deeplink/compose", mail)
}

fn outlook_personal(mail: &Mail<'_>) -> String {
    outlook("https://outlook.live.com/mail/0/deeplink/compose", mail)
}

fn outlook(base: &str, mail: &Mail<'_>) -> String {
    with_query(base, &[("to", mail.to.trim()), ("subject", mail.subject), ("body", mail.body)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(mail: &Mail<'_>) -> Vec<String> {
        mail_links(mail).into_iter().map(|link| link.address).collect()
    }

    #[test]
    fn a_message_opens_in_four_programs() {
        let mail = Mail {
            to: "kate+work@acme.example",
            subject: "15 minutes & a question?",
            body: "Hello Zoë,\n\nA+B = 100%?",
        };
        let body = "Hello%20Zo%C3%AB%2C%0D%0A%0D%0AA%2BB%20%3D%20100%25%3F";
        let subject = "15%20minutes%20%26%20a%20question%3F";
        assert_eq!(
            addresses(&mail),
            [
                format!("mailto:kate%2Bwork@acme.example?subject={subject}&body={body}"),
                format!(
                    "https://mail.google.com/mail/?view=cm&fs=1&to=kate%2Bwork%40acme.example&su={subject}&body={body}"
                ),
                format!(
                    "https://outlook.office.com/mail/deeplink/compose?to=kate%2Bwork%40acme.example&subject={subject}&body={body}"
                ),
                format!(
                    "https://outlook.live.com/mail/0/deeplink/compose?to=kate%2Bwork%40acme.example&subject={subject}&body={body}"
                ),
            ]
        );
    }

    #[test]
    fn every_kind_of_line_break_becomes_one() {
        let mail = Mail { body: "a\r\nb\rc\nd", ..Mail::default() };
        assert_eq!(addresses(&mail)[0], "mailto:?body=a%0D%0Ab%0D%0Ac%0D%0Ad");
    }

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(addresses(&Mail { to: "a@b.example", ..Mail::default() })[0], "mailto:a@b.example");
        assert_eq!(addresses(&Mail::default())[1], "https://mail.google.com/mail/?view=cm&fs=1");
    }

    #[test]
    fn a_text_too_long_for_an_address_is_left_to_paste() {
        let body = "ü".repeat(400);
        let links = mail_links(&Mail { to: "a@b.example", subject: "Hello", body: &body });
        assert_eq!(links.iter().map(|link| link.has_body).collect::<Vec<_>>(), [false, true, true, true]);
        assert_eq!(links[0].address, "mailto:a@b.example?subject=Hello");

        let body = "x".repeat(9_000);
        assert!(mail_links(&Mail { body: &body, ..Mail::default() }).iter().all(|link| !link.has_body));
    }

    #[test]
    fn nothing_can_add_a_header_or_a_recipient() {
        let mail = Mail { to: "a@b.example?bcc=x@y.example", subject: "S&bcc=x@y.example", body: "" };
        assert_eq!(addresses(&mail)[0], "mailto:a@b.example%3Fbcc%3Dx@y.example?subject=S%26bcc%3Dx%40y.example");
    }
}
