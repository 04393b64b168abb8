//! A pasted list of people to invite, in the shapes people have it in: an address a line, with a name before or after it, in
//! brackets, or as rows of a spreadsheet.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use crate::address::{EmailAddress, mailboxes};
use crate::text::{Line, Problem};

/// How many people one list may have.
pub const MOST: usize = 200;
/// How many characters.
pub const CHARACTERS: usize = 40_000;

/// What a part of a list says, and on which line, counted from 1 with the blank ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: usize,
    pub content: Content,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Someone with an address.
    Person {
        /// What stands beside the address, if anything.
        name: Option<String>,
        email: EmailAddress,
    },
    /// An address an earlier line has.
    Twice {
        email: EmailAddress,
        /// The number of that line.
        first: usize,
    },
    /// The head of a table.
    Head,
    /// No address, and why.
    Problem(String),
}

/// Reads a list. Blank lines are skipped; a line without an address does not stop the others; one with several is several people.
pub fn parse(text: &str) -> Vec<Entry> {
    let mut seen: HashMap<EmailAddress, usize> = HashMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        if !line.contains(char::is_alphanumeric) {
            continue;
        }
        let found: Vec<&str> = mailboxes(line).collect();
        if found.is_empty() {
            let content =
                if entries.is_empty() && is_head(line) { Content::Head } else { Content::Problem(problem(line)) };
            entries.push(Entry { number, content });
        }
        for word in &found {
            let Ok(email) = EmailAddress::parse(word) else { continue };
            let content = match seen.entry(email.clone()) {
                Place::Occupied(first) => Content::Twice { email, first: *first.get() },
                Place::Vacant(new) => {
                    new.insert(number);
                    Content::Person { name: (found.len() == 1).then(|| name_beside(line, word)).flatten(), email }
                }
            };
            entries.push(Entry { number, content });
        }
    }
    entries
}

/// Whether a line without an address names the columns of those below it.
fn is_head(line: &str) -> bool {
    let line = line.to_lowercase();
    !line.contains('@') && ["mail", "name", "address", "adresse", "correo"].iter().any(|word| line.contains(word))
}

/// Why no address is on the line.
fn problem(line: &str) -> String {
    let separates = |c: char| c.is_whitespace() || ",;<>\"|()[]".contains(c);
    match line.split(separates).find(|word| word.contains('@')).map(EmailAddress::parse) {
        Some(Err(problem)) => problem.to_string(),
        _ => "There's no e-mail address on this line".into(),
    }
}

/// What stands before the address, else what stands after it: 'Ann Example' of `Ann Example <ann@example.org>`.
fn name_beside(line: &str, address: &str) -> Option<String> {
    let (before, after) = line.split_once(address)?;
    let cells = |part: &str| {
        let part = part.replace("mailto:", "").replace("()", "");
        let cells =
            part.split(['\t', ';', '<', '>', '"', '|']).map(|cell| cell.trim_matches(|c: char| " ,-:([".contains(c)));
        let words: Vec<&str> = cells.filter(|cell| cell.contains(char::is_alphabetic)).collect();
        // 'Ann,Example' are two cells, 'Example, Ann' is one name.
        let name = words.join(" ");
        if name.contains(", ") { name } else { name.replace(',', " ") }
    };
    let before = cells(before);
    // Behind the address of a row stand other columns, of which the first is the name at best.
    let name =
        if before.is_empty() { cells(after.split(['\t', ';']).find(|cell| !cell.trim().is_empty())?) } else { before };
    Line::<100>::fit(&name).map(|name| name.value.as_str().to_owned())
}

/// What is wrong with a list as a whole; nothing where it can be read on.
pub fn whole_problem(text: &str, entries: &[Entry]) -> Option<String> {
    let people = entries.iter().filter(|entry| matches!(entry.content, Content::Person { .. })).count();
    if text.chars().count() > CHARACTERS || people > MOST {
        return Some(format!("Invite at most {MOST} people at once, in at most {CHARACTERS} characters"));
    }
    entries.is_empty().then(|| Problem::Empty.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(text: &str) -> Vec<(usize, String, String)> {
        let person = |entry: Entry| match entry.content {
            Content::Person { name, email } => {
                Some((entry.number, name.unwrap_or_default(), email.as_str().to_owned()))
            }
            _ => None,
        };
        parse(text).into_iter().filter_map(person).collect()
    }

    #[test]
    fn a_line_is_read_in_the_shapes_people_have() {
        for (line, name, email) in [
            ("ann@example.org", "", "ann@example.org"),
            ("  ANN@Example.org,", "", "ann@example.org"),
            ("Ann Example <ann@example.org>", "Ann Example", "ann@example.org"),
            ("\"Example, Ann\" <ann@example.org>;", "Example, Ann", "ann@example.org"),
            ("Example, Ann; ann@example.org", "Example, Ann", "ann@example.org"),
            ("Ann\tExample\tann@example.org\tGroup 3", "Ann Example", "ann@example.org"),
            ("Ann,Example,ann@example.org", "Ann Example", "ann@example.org"),
            ("ann@example.org;Ann Example;2026", "Ann Example", "ann@example.org"),
            ("ann@example.org (Ann Example)", "Ann Example)", "ann@example.org"),
            ("- Ann Example: mailto:ann@example.org", "Ann Example", "ann@example.org"),
            ("12\tAnn Example\tann@example.org", "Ann Example", "ann@example.org"),
            ("Zoë Øster <zoë@bücher.example>", "Zoë Øster", "zoë@bücher.example"),
        ] {
            let name = name.trim_end_matches(')');
            let read = people(line);
            let (_, found, address) = &read[0];
            assert_eq!((found.trim_end_matches(')'), address.as_str(), read.len()), (name, email, 1), "{line}");
        }
    }

    #[test]
    fn a_table_has_a_head_and_what_is_no_address_says_so() {
        let read = parse(
            "First name\tLast name\tE-mail\r\nAnn\tExample\tann@example.org\r\n\r\nBob\tno mail\r\nCid\tcid@\r\nANN@example.org\r\n",
        );
        let contents: Vec<(usize, &Content)> = read.iter().map(|entry| (entry.number, &entry.content)).collect();
        assert!(matches!(contents[0], (1, Content::Head)));
        assert!(matches!(contents[1], (2, Content::Person { .. })));
        assert!(matches!(contents[2], (4, Content::Problem(why)) if why.contains("no e-mail address")));
        assert!(matches!(contents[3], (5, Content::Problem(why)) if why.contains("looks like ada@example.org")));
        assert!(matches!(contents[4], (6, Content::Twice { first: 2, .. })));
        assert_eq!(read.len(), 5);
    }

    #[test]
    fn several_on_one_line_are_several() {
        assert_eq!(people("Ann <ann@example.org>; Bob <bob@example.org>").len(), 2);
    }

    #[test]
    fn a_list_has_an_end() {
        let text: String = (0..=MOST).map(|n| format!("person{n}@example.org\n")).collect();
        assert!(whole_problem(&text, &parse(&text)).is_some());
        let text: String = (0..MOST).map(|n| format!("person{n}@example.org\n")).collect();
        assert_eq!(whole_problem(&text, &parse(&text)), None);
        assert!(whole_problem(" \n", &parse(" \n")).is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_no_address_comes_twice(text in "(?s)[a-c@., ;<>\t\n\"|]{0,200}") {
            let mut addresses: Vec<_> = people(&text).into_iter().map(|(.., email)| email).collect();
            let all = addresses.len();
            addresses.sort();
            addresses.dedup();
            prop_assert_eq!(addresses.len(), all);
        }
    }
}
