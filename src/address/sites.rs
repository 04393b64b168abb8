//! Profiles on other sites than LinkedIn.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::web::WebAddress;

/// What a page is, as far as its address tells.
pub(super) enum Page {
    /// Of a site whose pages are not known here: what people say it is.
    Unknown,
    /// Someone's, at this address.
    Person(String),
    /// Nobody's, but this.
    Other(&'static str),
}

/// Services whose addresses stand for others that only they know.
const SHORTENERS: [&str; 8] = ["lnkd.in", "t.co", "bit.ly", "goo.gl", "tinyurl.com", "ow.ly", "buff.ly", "shorturl.at"];

/// First parts of paths which are no account's name.
const ON_GITHUB: [&str; 28] = [
    "about",
    "apps",
    "codespaces",
    "collections",
    "contact",
    "customer-stories",
    "enterprise",
    "events",
    "explore",
    "features",
    "gist",
    "issues",
    "join",
    "login",
    "marketplace",
    "new",
    "notifications",
    "organizations",
    "orgs",
    "pricing",
    "pulls",
    "readme",
    "search",
    "security",
    "settings",
    "signup",
    "stars",
    "topics",
];
const ON_X: [&str; 16] = [
    "about",
    "compose",
    "download",
    "explore",
    "hashtag",
    "home",
    "i",
    "intent",
    "jobs",
    "login",
    "messages",
    "notifications",
    "privacy",
    "search",
    "settings",
    "share",
];

/// What the page of an address is.
pub(super) fn page(url: &Url) -> Page {
    let host = plain_host(url);
    let parts: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let first = parts.first().copied().unwrap_or_default();
    let is_handle = |most: usize, marks: &str| {
        !first.is_empty()
            && first.len() <= most
            && first.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
    };
    let is_one_of = |taken: &[&str]| taken.contains(&first.to_ascii_lowercase().as_str());
    match host {
        _ if SHORTENERS.contains(&host) => Page::Other("a short link: open it, and take the address it leads to"),
        "github.com" if is_handle(39, "-") && !is_one_of(&ON_GITHUB) => {
            Page::Person(format!("https://github.com/{first}"))
        }
        "github.com" => Page::Other("a page of GitHub"),
        "twitter.com" | "x.com" if is_handle(15, "_") && !is_one_of(&ON_X) => {
            Page::Person(format!("https://{host}/{first}"))
        }
        "twitter.com" | "x.com" => Page::Other("a page of X"),
        "xing.com" => match parts[..] {
            ["profile", name, ..] => Page::Person(format!("https://www.xing.com/profile/{name}")),
            ["pages" | "companies" | "company", ..] => Page::Other("a company page"),
            _ => Page::Other("a page of XING"),
        },
        _ => Page::Unknown,
    }
}

/// The host without what differs between telephones and desks.
pub(super) fn plain_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    ["www.", "m.", "mobile."]
        .iter()
        .find_map(|start| host.strip_prefix(start))
        .filter(|rest| rest.contains('.'))
        .unwrap_or(host)
}

/// Sites on which a profile's name has no case and nothing after the path says whose it is.
const CASELESS: [&str; 12] = [
    "github.com",
    "gitlab.com",
    "x.com",
    "instagram.com",
    "xing.com",
    "medium.com",
    "bsky.app",
    "threads.net",
    "threads.com",
    "behance.net",
    "dribbble.com",
    "stackoverflow.com",
];

/// A profile elsewhere, without scheme, `www.`, slash at the end, place on the page, and what tells who passed it on.
pub(super) fn key(url: &Url) -> String {
    let host = plain_host(url);
    let host = if host == "twitter.com" { "x.com" } else { host };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let decoded = percent_decode_str(url.path()).decode_utf8_lossy().nfc().collect::<String>();
    let path = decoded.trim_end_matches(|c: char| c == '/' || c.is_whitespace());
    if CASELESS.contains(&host) {
        return format!("https://{host}{port}{}", lowered(path));
    }
    let is_passing = |name: &str| {
        name.starts_with("utm_") || ["trk", "ref", "fbclid", "gclid", "igsh", "si", "mc_cid", "mc_eid"].contains(&name)
    };
    let kept = url.query_pairs().filter(|(name, _)| !is_passing(name)).map(|(name, value)| format!("{name}={value}"));
    let query = kept.collect::<Vec<_>>().join("&");
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let key = format!("https://{host}{port}{path}{query}");
    // As long as the column; a key need not be opened.
    key.chars().take(WebAddress::MAX).collect()
}

pub fn is_linkedin(host: &str) -> bool {
    host == "linkedin.com" || host.ends_with(".linkedin.com")
}

/// In lower case, and composed again: lower case may take a letter apart.
pub fn lowered(text: &str) -> String {
    text.to_lowercase().nfc().collect()
}
