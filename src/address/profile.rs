//! The address of someone's profile.

use super::pasted::{AFTER, address_in, led_to};
use super::problem::{Problem, optional, within};
use super::sites::{Page, is_linkedin, key, lowered, page};
use super::web::WebAddress;
use crate::text::text_column;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// The address of someone's profile, and the key by which two spellings of it are one person.
///
/// A LinkedIn profile is written `https://www.linkedin.com/in/<slug>` whatever country's or telephone's host, language,
/// query or sub-page it came with. Profiles elsewhere are kept as the [`WebAddress`] they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileAddress {
    address: WebAddress,
    key: String,
}

/// What stays as it is in a written slug (RFC 3986, unreserved).
const IN_SLUG: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Pages that lead on to pages that lead on are followed so far.
const LEADS: usize = 3;

impl ProfileAddress {
    /// Reads what was typed or pasted, also with a label, in brackets, or behind a page that only leads on to it.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let mut address = without_surroundings(typed).or_else(|_| WebAddress::parse(typed))?;
        for _ in 0..LEADS {
            let next = Url::parse(address.as_str()).ok().and_then(|url| led_to(&url));
            match next.and_then(|next| without_surroundings(&next).ok()) {
                Some(next) => address = next,
                None => break,
            }
        }
        let url = Url::parse(address.as_str()).map_err(|_| Problem::NotWeb)?;
        if url.host_str().is_some_and(is_linkedin) { on_linkedin(&url) } else { elsewhere(&url, address) }
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }

    /// The address to open.
    pub fn as_str(&self) -> &str {
        self.address.as_str()
    }

    /// What two addresses of one profile share: `/in/<slug>` in lower case and without percent signs for LinkedIn, else the
    /// address without what differs from copy to copy.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is a profile on LinkedIn.
    pub fn is_linkedin(&self) -> bool {
        self.key.starts_with('/')
    }
}

/// The address inside what was pasted. What belongs to the sentence around it may show only once it is written out as an
/// address, so it is taken off until nothing is left of it.
fn without_surroundings(pasted: &str) -> Result<WebAddress, Problem> {
    let mut address = WebAddress::parse(&address_in(pasted))?;
    while let Ok(shorter) = WebAddress::parse(&address_in(address.as_str())) {
        if shorter.as_str().len() >= address.as_str().len() {
            break;
        }
        address = shorter;
    }
    Ok(address)
}

/// A profile on another site. Where the site's pages are known, only those of people are taken, without what hangs below them.
fn elsewhere(url: &Url, address: WebAddress) -> Result<ProfileAddress, Problem> {
    let address = match page(url) {
        Page::Unknown => address,
        Page::Person(person) => without_surroundings(&person)?,
        Page::Other(named) => return Err(Problem::NotAPerson(named)),
    };
    let url = Url::parse(address.as_str()).map_err(|_| Problem::NotWeb)?;
    Ok(ProfileAddress { key: key(&url), address })
}

/// What is a person on LinkedIn; whatever else there is, and whatever there will be, is none.
fn on_linkedin(url: &Url) -> Result<ProfileAddress, Problem> {
    let all: Vec<String> = url.path_segments().into_iter().flatten().filter_map(plain_segment).collect();
    let lower: Vec<String> = all.iter().map(|segment| lowered(segment)).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    // Made for telephones, and for links in mails.
    let skipped = match lower[..] {
        ["mwlite" | "m", "profile", "in", ..] => 2,
        ["comm" | "mwlite" | "m", ..] | ["profile", "in", ..] => 1,
        _ => 0,
    };
    let (segments, lower) = (&all[skipped..], &lower[skipped..]);
    let (path, key) = match lower {
        ["in", slug, ..] => {
            let kept = if is_id(&segments[1]) { &segments[1] } else { *slug };
            (format!("in/{}", encoded(kept)), format!("/in/{slug}"))
        }
        ["pub", "dir", ..] => return Err(Problem::NotAPerson("a list of people")),
        ["pub", name, rest @ ..] if !name.is_empty() => {
            let rest: Vec<&str> = rest.iter().take(3).copied().collect();
            let parts: Vec<&str> = std::iter::once(*name).chain(rest).collect();
            let written: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
            (format!("pub/{}", written.join("/")), format!("/pub/{}", parts.join("/")))
        }
        ["sales", kind @ ("lead" | "people"), id, ..] | ["talent" | "recruiter", kind @ "profile", id, ..] => {
            let id = id.split(',').next().filter(|id| !id.is_empty()).ok_or(Problem::NotAPerson("a LinkedIn page"))?;
            let kept = segments[2].get(..id.len()).unwrap_or(id);
            let product = lower[0];
            // Both pages of the sales product name a person by the same id.
            let key = if product == "sales" { format!("/sales/lead/{id}") } else { format!("/{product}/profile/{id}") };
            (format!("{product}/{kind}/{}", encoded(kept)), key)
        }
        ["profile", "view", ..] => {
            let id = url.query_pairs().find(|(name, _)| name == "id").map(|(_, id)| id.into_owned());
            let id = id.filter(|id| !id.is_empty()).ok_or(Problem::NotAPerson("a LinkedIn page"))?;
            (format!("profile/view?id={}", encoded(&id)), format!("/profile/view/{}", lowered(&id)))
        }
        other => return Err(Problem::NotAPerson(page_named(other.first().copied().unwrap_or_default()))),
    };
    let address = format!("https://www.linkedin.com/{path}");
    within(&address, WebAddress::MAX)?;
    Ok(ProfileAddress { address: WebAddress(address), key })
}

/// A part of a path, decoded, composed, without the marks that came along with it; nothing of an empty one.
fn plain_segment(raw: &str) -> Option<String> {
    let decoded: String = percent_decode_str(raw).decode_utf8().ok()?.nfc().collect();
    let plain =
        decoded.trim_matches(char::is_whitespace).trim_end_matches(|c: char| AFTER.contains(&c) || c.is_whitespace());
    let is_plain = !plain.is_empty() && !plain.contains(|c: char| c.is_control() || c.is_whitespace() || c == '/');
    is_plain.then(|| plain.to_owned())
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, IN_SLUG).to_string()
}

/// Ids of members, which some products put in the place of the slug: unlike slugs they may depend on their case.
fn is_id(slug: &str) -> bool {
    slug.len() >= 15 && ["ACo", "ACw", "AEM", "ADE"].iter().any(|start| slug.starts_with(start))
}

/// What a page of LinkedIn is that is no person's.
fn page_named(first: &str) -> &'static str {
    match first {
        "company" | "showcase" => "a company page",
        "school" => "a school's page",
        "jobs" | "job" => "a page of jobs",
        "feed" | "posts" | "pulse" | "newsletters" | "video" => "a post or an article",
        "groups" => "a group",
        "events" => "an event",
        "search" => "a search",
        "learning" => "a course",
        "messaging" => "a conversation",
        "mynetwork" => "a list of people",
        "login" | "signup" | "authwall" | "checkpoint" | "uas" => "LinkedIn's sign-in page",
        _ => "a LinkedIn page",
    }
}

text_column!(ProfileAddress);
