//! Links that carry a right in themselves: signed by this installation, so that nobody else makes one or changes it.

use cookie::{Cookie, CookieJar, Key};
use data_encoding::BASE64URL_NOPAD;

use super::cookies;

/// Letters of the signature before what is signed.
const SIGNATURE: usize = 44;
/// Letters a link's secret has at the most.
const MOST: usize = 1_000;

/// Signs and reads what stands in links.
#[derive(Clone)]
pub struct Signatures {
    key: Key,
}

/// What stands in a link, and whether it is ours is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    signature: String,
    /// What it says.
    pub text: String,
}

impl Signatures {
    /// Of an installation that signs with `secret`.
    pub fn new(secret: &[u8; 64]) -> Self {
        Self { key: cookies::key(secret, "links") }
    }

    /// The text with its signature, as it stands in a link. It holds as long as what it is bound to stays as it is.
    pub fn sign(&self, text: &str, bound_to: &str) -> String {
        let mut jar = CookieJar::new();
        jar.signed_mut(&self.key).add(Cookie::new("link", whole(text, bound_to)));
        let signed = jar.get("link").map(|cookie| cookie.value().to_owned()).unwrap_or_default();
        let signature = signed.get(..SIGNATURE).unwrap_or_default();
        BASE64URL_NOPAD.encode(format!("{signature}{text}").as_bytes())
    }

    /// Whether it was signed here, and bound to this.
    pub fn prove(&self, sent: &Unproven, bound_to: &str) -> bool {
        let signed = format!("{}{}", sent.signature, whole(&sent.text, bound_to));
        CookieJar::new().signed(&self.key).verify(Cookie::new("link", signed)).is_some()
    }
}

impl Unproven {
    /// Reads what stood in a link.
    pub fn read(link: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(link.get(..MOST.min(link.len()))?.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (signature, text) = text.split_at_checked(SIGNATURE)?;
        Some(Self { signature: signature.to_owned(), text: text.to_owned() })
    }
}

/// The length keeps apart where one ends and the other begins.
fn whole(text: &str, bound_to: &str) -> String {
    format!("{}.{text}{bound_to}", text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_signed_and_as_nothing_else() {
        let ours = Signatures::new(&[7; 64]);
        let link = ours.sign("done.c1", "alice");
        assert!(link.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{link}");
        let sent = Unproven::read(&link).unwrap();
        assert_eq!(sent.text, "done.c1");
        assert!(ours.prove(&sent, "alice"));
        assert!(!ours.prove(&sent, "bob"));
        assert!(!Signatures::new(&[8; 64]).prove(&sent, "alice"));
        assert!(!ours.prove(&Unproven { text: "done.c2".into(), ..sent.clone() }, "alice"));
        // What is bound is no part of the text.
        assert!(!ours.prove(&Unproven { text: "done.c1al".into(), ..sent }, "ice"));
    }

    #[test]
    fn whatever_is_changed_or_cut_of_a_link_ends_it() {
        let ours = Signatures::new(&[7; 64]);
        let link = ours.sign("done.c1", "alice");
        let holds = |link: &str| Unproven::read(link).is_some_and(|sent| ours.prove(&sent, "alice"));
        assert!(holds(&link));
        for at in 0..link.len() {
            assert!(!holds(&link[..at]), "{at}");
            let other = if link.as_bytes()[at] == b'A' { "B" } else { "A" };
            assert!(!holds(&format!("{}{other}{}", &link[..at], &link[at + 1..])), "{at}");
        }
        for nonsense in ["", "x", "\u{e9}", "A".repeat(5_000).as_str(), &format!("{link}AAAA")] {
            assert!(!holds(nonsense));
        }
    }
}
