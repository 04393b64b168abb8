//! What people paste where a name is asked for, taken apart: addresses, page titles, mailboxes, signatures, lines from a talk.
//!
//! What is read is shown for correction before anything is kept of it.

use crate::address::{WebAddress, first_link, first_mailbox};
use crate::text::{self, Line};

use signature::Employer;
use titles::{described, in_order, titled};

mod offers;
mod phone;
pub mod read;
mod shared;
mod signature;
mod titles;

pub use offers::{Offer, offered};
pub use read::{Read, append, bare, name_in, name_in_mailbox, put, without};
pub use shared::in_shared;

/// The name of a person.
///
/// # Errors
/// In words for the field, also where it is an address or a title that [`in_name`] can take apart.
pub fn name_of_person(typed: &str) -> Result<Line<200>, String> {
    match (Line::parse(typed), in_name(typed)) {
        (Ok(_), Some(_)) => Err("Enter only the person's name here".into()),
        (Ok(name), None) => Ok(name),
        (Err(text::Problem::Empty), _) => Err("Enter their name".into()),
        (Err(problem), _) => Err(problem.to_string()),
    }
}

/// Takes apart what was pasted into the field of a name; nothing where it is a name.
pub fn in_name(typed: &str) -> Option<Read> {
    let mut read = once(typed)?;
    // A part may hold parts: a title with an address behind it.
    for _ in 0..4 {
        let Some(more) = once(&read.name) else { break };
        read.name = more.name.clone();
        read.take(more);
    }
    Some(read)
}

/// Takes apart a line about someone: 'Jonas Weber, leads analytics at Ada Health'.
pub fn in_line(line: &str) -> Read {
    let mut read = in_name(line).unwrap_or_else(|| Read { name: line.trim().to_owned(), ..Read::default() });
    if read.job_title.is_empty()
        && read.company.is_empty()
        && let Some(described) = described(&read.name, true)
    {
        read.name = described.name.clone();
        read.take(described);
    }
    read
}

fn once(typed: &str) -> Option<Read> {
    let typed = typed.trim();
    if let Some(profile) = alone(typed) {
        return Some(Read { name: name_in(&profile).unwrap_or_default(), profile, ..Read::default() });
    }
    let mut rest = typed.to_owned();
    let mut read = Read::default();
    if let Some(link) = first_link(typed) {
        read.profile = link.to_owned();
        rest = without(typed, link);
    }
    if let Some(mailbox) = first_mailbox(&rest) {
        read.email = mailbox.to_owned();
        rest = without(&rest, mailbox);
    }
    if let Some(phone) = phone::phone_in(&rest) {
        read.phone = phone.to_owned();
        rest = phone::unlabelled(&without(&rest, phone)).to_owned();
    }
    let has_address = !(read.profile.is_empty() && read.email.is_empty() && read.phone.is_empty());
    let is_quoted = rest.trim_start().starts_with('"');
    let name = if has_address { bare(&rest).to_owned() } else { rest };
    let name = match (has_address, is_quoted) {
        (true, true) => in_order(&format!("\"{name}\"")),
        (true, false) => in_order(&name),
        (false, _) => name,
    };
    // Beside an address stands a line of its own about them, not a name of many words.
    let is_line = has_address && name.contains(',') && !name.contains('(');
    let described = titled(&name).or_else(|| described(&name, is_line));
    match described {
        Some(more) => {
            read.name = more.name.clone();
            read.take(more);
            if read.company.is_empty() && Employer::of(Some(&read.email)).is_named_by(&read.job_title) {
                read.company = std::mem::take(&mut read.job_title);
            }
        }
        None if has_address => read.name = name,
        None => return None,
    }
    if read.name.is_empty() {
        read.name = name_in(&read.profile).or_else(|| name_in_mailbox(&read.email)).unwrap_or_default();
    }
    Some(read)
}

/// A whole text that is the address of a page, if only in the short form people type.
fn alone(typed: &str) -> Option<String> {
    let lower = typed.to_ascii_lowercase();
    let is_one_word = !typed.contains(char::is_whitespace) && !typed.contains('@');
    let is_slug = ["in/", "/in/", "pub/", "/pub/"].iter().any(|start| lower.starts_with(start));
    let is_page = lower.starts_with("www.") || (typed.contains('/') && WebAddress::parse(typed).is_ok());
    (is_one_word && (is_slug || is_page || lower.contains("://"))).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests;
