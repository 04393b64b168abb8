//! Titles of pages and lines about people: a name, a job, a company.

use super::read::{Read, bare};

/// Jobs in short.
const TITLES: [&str; 14] =
    ["ceo", "cto", "cfo", "coo", "cmo", "cio", "cpo", "vp", "svp", "evp", "hr", "pm", "md", "gm"];

/// What follows a name and is no job: degrees, generations.
pub(super) fn is_credential(word: &str) -> bool {
    const KNOWN: [&str; 16] = [
        "phd", "jr", "sr", "esq", "msc", "bsc", "dphil", "meng", "beng", "edd", "psyd", "pharmd", "mphil", "llm", "ii",
        "iii",
    ];
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let lower = plain.to_lowercase();
    let is_short_capitals = plain.chars().count() <= 6 && plain.chars().all(char::is_uppercase) && !plain.is_empty();
    let is_pronoun = word.contains('/') && word.trim().chars().count() <= 14;
    KNOWN.contains(&lower.as_str()) || is_pronoun || (is_short_capitals && !TITLES.contains(&lower.as_str()))
}

/// 'Hopper, Grace', 'van der Berg, Jan', as mail programs write it, the way people say it. Behind a whole name stands what they
/// do: 'Grace Hopper, Rear Admiral'; mail programs put a last name of several words in quotation marks.
pub(super) fn in_order(name: &str) -> String {
    let is_quoted = name.starts_with('"');
    let name = name.trim_matches('"');
    let Some((last, first)) = name.split_once(',').map(|(last, first)| (last.trim(), first.trim())) else {
        return name.to_owned();
    };
    let words = last.split_whitespace().filter(|word| !word.starts_with(char::is_lowercase)).count();
    let is_first_name = !first.is_empty()
        && !first.contains(',')
        && first.split_whitespace().count() <= 3
        && !is_credential(first)
        && !TITLES.contains(&first.to_lowercase().as_str())
        && !AT.iter().any(|at| first.contains(at));
    if is_first_name && (words <= 1 || is_quoted) { format!("{first} {last}") } else { name.to_owned() }
}

/// The sites whose name stands at the end of a page's title.
pub(super) const SITES: [&str; 19] = [
    "linkedin",
    "xing",
    "github",
    "facebook",
    "instagram",
    "instagram photos and videos",
    "twitter",
    "x",
    "bluesky",
    "mastodon",
    "threads",
    "google scholar",
    "orcid",
    "researchgate",
    "substack",
    "youtube",
    "telegram",
    "medium",
    "wellfound",
];

/// Whether a title is that of the page one logs in on.
pub(super) fn is_a_door(title: &str) -> bool {
    let title = title.to_lowercase();
    let asks = ["login", "log in", "sign in", "sign up", "anmelden", "einloggen", "s’identifier", "s'identifier"];
    let is_a_site = title.split(|c: char| !c.is_alphanumeric()).any(|word| word.len() > 1 && SITES.contains(&word));
    is_a_site && asks.iter().any(|asks| title.contains(asks))
}

/// A page's title: '(3) Grace Hopper - Rear Admiral - US Navy | LinkedIn', 'Grace Hopper · 2nd'. Nothing where it is none.
pub(super) fn titled(title: &str) -> Option<Read> {
    let whole = title.trim();
    // '(3) ' counts unread messages.
    let counted = whole
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .filter(|(count, _)| !count.is_empty() && count.chars().all(|c| c.is_ascii_digit() || c == '+'));
    let title = counted.map_or(whole, |(_, rest)| rest.trim_start());
    let site = title.rsplit_once(['|', '·', '•', '-', '–', '—', '/']).filter(|(title, site)| {
        title.ends_with(char::is_whitespace) && SITES.contains(&site.trim().to_lowercase().as_str())
    });
    let title = site.map_or(title, |(title, _)| title.trim_end());
    let (title, behind) = match degree(title) {
        Some((title, behind)) => (title, Some(behind)),
        None => (title, None),
    };
    let (title, own_name) = match site {
        Some((_, site)) if site.trim().eq_ignore_ascii_case("github") => (title, in_brackets(title)),
        _ => (title, None),
    };
    let parts: Vec<&str> = split_at_marks(title);
    let is_title = counted.is_some() || site.is_some() || behind.is_some() || parts.len() > 1;
    let name = without_handle(own_name.unwrap_or(parts.first().copied().unwrap_or_default()).trim());
    if !is_title
        || is_a_door(whole)
        || name.is_empty()
        || SITES.contains(&name.to_lowercase().as_str())
        || name.contains("://")
    {
        return None;
    }
    let mut read = Read { name: name.to_owned(), ..Read::default() };
    match &parts[1..] {
        [] => {}
        [headline] => read.take(headline_of(headline)),
        [title @ .., company] => {
            read.job_title = title.join(", ");
            read.company = (*company).to_owned();
        }
    }
    if let Some(behind) = behind.map(bare).filter(|behind| !behind.is_empty()) {
        read.take(headline_of(behind));
    }
    Some(read)
}

/// 'Grace Hopper · 2nd Rear Admiral': how near the two are, and what stands behind it.
fn degree(title: &str) -> Option<(&str, &str)> {
    let marks = ["·", "•"];
    marks.iter().find_map(|mark| {
        title.match_indices(mark).find_map(|(at, mark)| {
            let behind = title[at + mark.len()..].trim_start();
            let degrees = ["1st", "2nd", "3rd+", "3rd"];
            let degree = degrees.iter().find(|degree| behind.starts_with(**degree))?;
            let behind = behind[degree.len()..].trim_start().trim_start_matches("degree connection");
            Some((title[..at].trim(), behind))
        })
    })
}

/// 'maxm (Max Mustermann)'.
fn in_brackets(title: &str) -> Option<&str> {
    let (_, rest) = title.split_once('(')?;
    rest.split_once(')').map(|(inside, _)| inside.trim()).filter(|inside| !inside.is_empty())
}

/// 'Grace Hopper' of 'Grace Hopper (@grace@mastodon.social)' and 'Grace Hopper (0000-0002-1825-0097)'.
fn without_handle(name: &str) -> &str {
    let behind = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    let is_handle = |inside: &str| {
        inside.starts_with('@')
            || (inside.contains('-') && inside.chars().all(|c| c.is_ascii_digit() || "-X".contains(c)))
    };
    behind.filter(|(name, inside)| !name.trim().is_empty() && is_handle(inside)).map_or(name, |(name, _)| name.trim())
}

pub(super) fn split_at_marks(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for mark in [" | ", " - ", " – ", " — ", " • ", " · "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Between a job and a company.
pub(super) const AT: [&str; 4] = [" at ", " @ ", " bei ", " chez "];

/// A headline: 'Rear Admiral at US Navy', or what it says without the company.
pub(super) fn headline_of(headline: &str) -> Read {
    let split = AT.iter().find_map(|at| headline.rsplit_once(at));
    match split {
        Some((title, company)) => {
            Read { job_title: title.trim().to_owned(), company: company.trim().to_owned(), ..Read::default() }
        }
        None => Read { job_title: headline.trim().to_owned(), ..Read::default() },
    }
}

/// 'Name, title at company', 'Name (title, company)', 'Name at company'; of a line also 'Name, title' and 'Name from company'.
pub(super) fn described(text: &str, is_line: bool) -> Option<Read> {
    let text = text.trim();
    let found = |name: &str, title: &str, company: &str| {
        let name = bare(name);
        let read =
            Read { name: name.into(), job_title: bare(title).into(), company: bare(company).into(), ..Read::default() };
        (!name.is_empty() && name.split_whitespace().count() <= 6).then_some(read)
    };
    if let Some((name, inside)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        let inside = inside.trim();
        let at = [" at ", " @ "].iter().find_map(|at| inside.rsplit_once(at)).or_else(|| inside.rsplit_once(','));
        return match at {
            Some((title, company)) => found(name, title, company),
            None if is_line && !is_credential(inside) && !name.trim().is_empty() => found(name, inside, ""),
            None => None,
        };
    }
    if let Some((before, company)) = [" at ", " @ "].iter().find_map(|at| text.rsplit_once(at)) {
        return match before.split_once(',') {
            Some((name, title))
                if is_credential(title.split(',').next().unwrap_or_default()) && title.contains(',') =>
            {
                let (credential, title) = title.split_once(',')?;
                found(&format!("{name},{credential}"), title, company)
            }
            Some((name, title)) => found(name, title, company),
            None => found(before, "", company),
        };
    }
    if !is_line {
        return None;
    }
    if let Some((name, company)) = text.split_once(" from ") {
        return match name.split_once(',') {
            Some((name, title)) => found(name, title, company),
            None => found(name, "", company),
        };
    }
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let names = 1 + parts.iter().skip(1).take_while(|part| is_credential(part)).count();
    let about = parts.split_off(names.min(parts.len()));
    match about[..] {
        [] => None,
        [title] => found(&parts.join(", "), title, ""),
        [ref title @ .., company] => found(&parts.join(", "), &title.join(", "), company),
    }
}
