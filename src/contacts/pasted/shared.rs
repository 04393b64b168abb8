//! What a phone or a bookmark shares.

use super::offers::is_a_companys;
use super::phone::{phone_in, unlabelled};
use super::read::{Read, append, bare, name_in, name_in_mailbox, without};
use super::signature::{
    Employer, is_closing, is_degree, is_pronouns, job_in, looks_like_a_name, may_be_a_company, name_on, with_its_part,
};
use super::titles::{described, titled};
use crate::address::{About, ProfileAddress, about, first_link, first_mailbox};
use crate::folding::folded;
use crate::text::is_taken_out;

/// Takes apart what a phone or a bookmark shares: the address, title and words of a page, or a mail's signature.
pub fn in_shared(title: &str, text: &str, url: &str) -> Read {
    let title = &title.replace(|c| is_taken_out(c) || matches!(c, '\u{200e}' | '\u{200f}'), "");
    if title.trim().is_empty()
        && let Some(read) = in_first_line(text, url)
    {
        return read;
    }
    let mut read = Read::default();
    let employer = Employer::of(first_mailbox(text));
    let page = first_link(url).unwrap_or_default();
    let link = whose(title, text, page, &employer);
    // The page may be another's than the one whose profile its words name.
    let is_a_person = matches!(about(link), About::Person | About::Unknown)
        && (page.is_empty() || page == link)
        && !is_a_companys(title, link);
    match (is_a_person, titled(title)) {
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
            append(&mut read.rest, if page.is_empty() { link } else { page });
            if about(link) == About::Person {
                read.profile = link.to_owned();
            }
        }
    }
    let lines: Vec<&str> = text.lines().flat_map(parts_of_a_line).map(str::trim).collect();
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty() && *line != title.trim()).collect();
    in_lines(&mut read, &lines, link, &employer);
    if read.name.is_empty() {
        read.name = name_in(&read.profile).or_else(|| name_in_mailbox(&read.email)).unwrap_or_default();
    }
    read
}

/// Reads the lines of a signature, in which the job and the company follow the name.
fn in_lines(read: &mut Read, lines: &[&str], link: &str, employer: &Employer) {
    let mut seen_name = false;
    // The company stands right below the job: behind a street or a sentence nothing is guessed.
    let mut is_open = true;
    for (at, line) in lines.iter().enumerate() {
        let mut line = (*line).to_owned();
        let mut is_reached = false;
        if !link.is_empty() && line.contains(link) {
            line = without(&line, link);
        }
        let mailbox = first_mailbox(&line).filter(|_| read.email.is_empty()).map(str::to_owned);
        let has_mailbox = mailbox.is_some();
        if let Some(mailbox) = mailbox {
            line = without(&line, &mailbox);
            read.email = mailbox;
        }
        if let Some(phone) = phone_in(&line).filter(|_| read.phone.is_empty()).map(str::to_owned) {
            line = without(&line, &phone);
            line = unlabelled(&line).to_owned();
            read.phone = phone;
            is_reached = true;
        }
        is_reached |= has_address(&line) || is_numbered_label(&line);
        let line = bare(&line);
        if line.is_empty() || is_degree(line) {
            continue;
        }
        let next = lines.get(at + 1).copied().filter(|next| !has_address(next));
        if read.name.is_empty()
            && !is_reached
            && let Some(named) = name_on(line, has_mailbox)
        {
            read.name = named.name.clone();
            read.take(named);
            seen_name = true;
        } else if folded(line) == folded(&read.name) {
            seen_name = true;
        } else if !seen_name || is_reached || is_closing(line) || is_pronouns(line) {
            append(&mut read.rest, line);
        } else if read.company.is_empty()
            && if read.job_title.is_empty() {
                employer.is_named_by(line) && !line.contains(',') && job_in(line, None, employer).company.is_empty()
            } else {
                let is_next = next.is_some_and(|next| employer.is_named_by(next));
                employer.is_named_by(line) || (is_open && !is_next && may_be_a_company(line))
            }
        {
            let (company, part) = with_its_part(line);
            read.company = company.to_owned();
            read.take(whole_job(part));
        } else if read.job_title.is_empty()
            && line.chars().count() <= 120
            && (!line.ends_with('.') || line.contains(','))
        {
            let job = if read.company.is_empty() { job_in(line, next, employer) } else { whole_job(line) };
            read.take(job);
        } else {
            append(&mut read.rest, line);
            is_open = false;
        }
    }
}

fn whole_job(line: &str) -> Read {
    Read { job_title: line.to_owned(), ..Read::default() }
}

/// 'Fax: 030 1234567': a label and a number that was not taken.
fn is_numbered_label(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= 5 && line.split_whitespace().next().is_some_and(|first| first.ends_with([':', '.']))
}

/// The address that is somebody's profile: of all links the first about a person, else the page itself, else one that is
/// neither a home page nor one of the company that the mail is of.
fn whose<'t>(title: &'t str, text: &'t str, page: &'t str, employer: &Employer) -> &'t str {
    let all = || links(text).chain(links(title));
    if about(page) == About::Person {
        return page;
    }
    if let Some(person) = all().find(|link| about(link) == About::Person) {
        return person;
    }
    if !page.is_empty() {
        return page;
    }
    let is_theirs = |link: &&str| {
        let Ok(profile) = ProfileAddress::parse(link) else { return true };
        let rest = profile.as_str().split_once("://").map_or("", |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        !path.is_empty() && !employer.is_at(host)
    };
    // What a title stands beside is the page that was shared.
    all().find(|link| !title.trim().is_empty() || is_theirs(link)).unwrap_or_default()
}

/// Every address of a page in a text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '<' | '>' | '"')).filter_map(first_link)
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

/// A signature may stand on one line: then its parts do between slashes, too, but those of a telephone number do not.
fn parts_of_a_line(line: &str) -> Vec<&str> {
    let parts = line.split(['|', '•', '·']);
    if !has_address(line) {
        return parts.collect();
    }
    let mut all = Vec::new();
    for part in parts {
        let mut from = 0;
        for (at, mark) in part.match_indices(" / ") {
            let (before, after) = (&part[..at], &part[at + mark.len()..]);
            let is_number = before.ends_with(|c: char| c.is_ascii_digit() || c == ')')
                && after.starts_with(|c: char| c.is_ascii_digit());
            if !is_number {
                all.push(&part[from..at]);
                from = at + mark.len();
            }
        }
        all.push(&part[from..]);
    }
    all
}
