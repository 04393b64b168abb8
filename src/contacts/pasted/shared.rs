//! What a phone or a bookmark shares.

use super::read::{Read, append, bare, name_in, name_in_mailbox, without};
use super::titles::{described, headline_of, titled};
use crate::address::{About, about, first_link, first_mailbox};
use crate::folding::folded;

/// Takes apart what a phone or a bookmark shares: the address, title and words of a page, or a mail's signature.
pub fn in_shared(title: &str, text: &str, url: &str) -> Read {
    if title.trim().is_empty()
        && let Some(read) = in_first_line(text, url)
    {
        return read;
    }
    let mut read = Read::default();
    let titled_read = titled(title);
    let link = first_link(url).or_else(|| first_link(text)).or_else(|| first_link(title)).unwrap_or_default();
    let is_a_person = matches!(about(link), About::Person | About::Unknown);
    match (is_a_person, titled_read) {
        (true, Some(more)) => {
            read.profile = link.to_owned();
            read.name = more.name.clone();
            read.take(more);
        }
        (true, None) => {
            read.profile = link.to_owned();
            // A title without any mark is a name where it looks like one.
            if looks_like_a_name(title) {
                read.name = title.trim().to_owned()
            } else {
                append(&mut read.rest, &without(title, link))
            }
        }
        (false, _) => {
            append(&mut read.rest, title);
            append(&mut read.rest, link);
        }
    }
    let mut lines: Vec<String> = text.lines().flat_map(parts_of_a_line).map(str::trim).map(str::to_owned).collect();
    lines.retain(|line| !line.is_empty() && line != title.trim());
    let mut seen_name = false;
    for line in lines {
        let mut line = line;
        if !link.is_empty() && line.contains(link) {
            line = without(&line, link);
        }
        if let Some(mailbox) = first_mailbox(&line).filter(|_| read.email.is_empty()).map(str::to_owned) {
            line = without(&line, &mailbox);
            read.email = mailbox;
        }
        if let Some(phone) = phone_in(&line).filter(|_| read.phone.is_empty()).map(str::to_owned) {
            line = without(&line, &phone);
            line = unlabelled(&line).to_owned();
            read.phone = phone;
        }
        let line = bare(&line);
        if line.is_empty() {
            continue;
        }
        if read.name.is_empty() && looks_like_a_name(line) {
            read.name = line.to_owned();
            seen_name = true;
        } else if folded(line) == folded(&read.name) {
            seen_name = true;
        } else if seen_name
            && read.job_title.is_empty()
            && read.company.is_empty()
            && line.chars().count() <= 120
            && (!line.ends_with('.') || line.contains(','))
        {
            read.take(job_in(line));
        } else {
            append(&mut read.rest, line);
        }
    }
    if read.name.is_empty() {
        read.name = name_in(&read.profile).or_else(|| name_in_mailbox(&read.email)).unwrap_or_default();
    }
    read
}

/// A text that begins with the title of a page, or is one line about someone; nothing where it is neither.
fn in_first_line(text: &str, url: &str) -> Option<Read> {
    let text = text.trim();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if has_address(first) {
        None
    } else if titled(first).is_some() {
        Some(in_shared(first, rest, url))
    } else if rest.is_empty() && url.trim().is_empty() {
        described(first, false)
    } else {
        None
    }
}

/// Whether a line holds what a person is reached by.
fn has_address(line: &str) -> bool {
    first_link(line).is_some() || first_mailbox(line).is_some() || phone_in(line).is_some()
}

/// A signature may stand on one line: then its parts do between slashes, too.
fn parts_of_a_line(line: &str) -> impl Iterator<Item = &str> {
    let between = if has_address(line) { " / " } else { "\n" };
    line.split(['|', '•', '·']).flat_map(move |part| part.split(between))
}

/// 'VP Engineering, Foo, Inc.', 'Rear Admiral at US Navy'.
fn job_in(line: &str) -> Read {
    let read = headline_of(line);
    if !read.company.is_empty() {
        return read;
    }
    match line.split_once(',') {
        Some((title, company)) => {
            Read { job_title: title.trim().into(), company: company.trim().into(), ..Read::default() }
        }
        None => read,
    }
}

fn looks_like_a_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let is_plain = line.chars().all(|c| {
        c.is_alphabetic()
            || c.is_whitespace()
            || unicode_normalization::char::is_combining_mark(c)
            || ".,'’-".contains(c)
    });
    (2..=5).contains(&words)
        && is_plain
        && line.chars().count() <= 80
        && line.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3)
}

/// A telephone number in a line: seven digits or more, with what stands between them.
pub(super) fn phone_in(line: &str) -> Option<&str> {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{A0}' | '\u{2011}');
    let is_labelled = is_labelled(line);
    line.split(|c: char| !is_part(c)).map(|run| run.trim_matches([' ', '-', '.', '/', '\u{A0}'])).find(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        // Fewer without a sign of one may be a date or a number of something.
        let is_written_as_one = run.starts_with(['+', '0', '(']) || digits >= 10 || is_labelled;
        (7..=15).contains(&digits) && is_written_as_one && run.chars().count() <= 50
    })
}

/// What stands before a telephone number.
const LABELS: [&str; 13] =
    ["tel", "phone", "mobile", "mob", "cell", "t", "m", "p", "telefon", "fon", "tél", "handy", "ph"];

fn is_labelled(line: &str) -> bool {
    let first = line.split([':', '.', ' ']).next().unwrap_or_default().to_lowercase();
    LABELS.contains(&first.as_str())
}

pub(super) fn unlabelled(line: &str) -> &str {
    let plain = line.trim().trim_end_matches([':', '.']).to_lowercase();
    if LABELS.contains(&plain.as_str()) { "" } else { line }
}
