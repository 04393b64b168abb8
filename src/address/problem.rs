//! What is wrong with what was typed for an address.

/// Why something is not an address, in the words a page shows beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was written.
    #[error("Enter an e-mail address")]
    Empty,
    /// More characters than fit.
    #[error("At most {most} characters, this has {has}")]
    TooLong {
        /// The limit.
        most: usize,
        /// What the address has, written out.
        has: usize,
    },
    /// A space, a control character or a backslash inside.
    #[error("An address has no spaces, backslashes or control characters in it")]
    Spaced,
    /// Another scheme, such as `javascript:` or `ftp:`.
    #[error("Only addresses that begin with http:// or https:// can be kept")]
    Scheme,
    /// A user name or a password, which would hide where a link leads.
    #[error("An address of a page has no user name or @ before its host")]
    Credentials,
    /// No host that could be one.
    #[error("This is not the address of a page; one looks like acme.com or https://acme.com/about")]
    NotWeb,
    /// Not one mailbox.
    #[error("This is not an e-mail address; one looks like ada@example.org")]
    NotEmail,
    /// Several mailboxes.
    #[error("One e-mail address only")]
    SeveralEmails,
    /// A page that belongs to no person, and what it is.
    #[error("That's {0}; paste the person's profile, which looks like linkedin.com/in/their-name")]
    NotAPerson(&'static str),
}

/// Without the spaces and line breaks that copying leaves at the ends; a control character there is no accident and stays.
pub fn outside_trimmed(typed: &str) -> Result<&str, Problem> {
    let trimmed = typed.trim_matches(|c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{A0}' | '\u{FEFF}'));
    if trimmed.is_empty() { Err(Problem::Empty) } else { Ok(trimmed) }
}

pub fn within(address: &str, most: usize) -> Result<(), Problem> {
    let has = address.chars().count();
    if has > most { Err(Problem::TooLong { most, has }) } else { Ok(()) }
}

pub fn optional<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Empty) => Ok(None),
        Err(problem) => Err(problem),
    }
}
