//! Several companies on one line, or one company with what belongs to it.

use super::site::is_written_like_address;
use crate::companies::name::is_legal_form;

/// The longest name of several on one line.
const SHORT: usize = 40;
/// What stands before the last name of several.
const AND: [&str; 9] = ["and", "und", "et", "y", "e", "og", "och", "и", "&"];

const OPENING: [char; 3] = ['(', '[', '（'];
const CLOSING: [char; 3] = [')', ']', '）'];

/// The parts of a line between separators. Quotation marks and brackets keep one together, and a legal form belongs to the part
/// before it.
pub fn parts(line: &str, separator: char) -> Vec<&str> {
    let mut ends = Vec::new();
    let mut is_quoted = false;
    let has_pairs = line.matches(OPENING).count() == line.matches(CLOSING).count();
    let mut depth: usize = 0;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            letter if has_pairs && OPENING.contains(&letter) => depth += 1,
            letter if has_pairs && CLOSING.contains(&letter) => depth = depth.saturating_sub(1),
            letter if letter == separator && !is_quoted && depth == 0 => ends.push(at),
            _ => {}
        }
    }
    ends.push(line.len());
    let (mut from, mut parts) = (0, Vec::<(usize, usize)>::new());
    for end in ends {
        let part = line[from..end].trim();
        match parts.last_mut() {
            Some((_, before)) if !part.is_empty() && is_legal_form(part) => *before = end,
            _ => parts.push((from, end)),
        }
        from = (end + separator.len_utf8()).min(line.len());
    }
    parts.into_iter().map(|(from, to)| line[from..to].trim()).collect()
}

/// Several short names on one line, with a mark between them.
pub fn several(line: &str) -> Option<Vec<&str>> {
    let separator = [';', '；', '؛', '、', ',', '，', '،'].into_iter().find(|separator| line.contains(*separator));
    let is_strong = separator.is_none_or(|separator| matches!(separator, ';' | '；' | '؛' | '、'));
    let mut parts: Vec<&str> = match separator {
        Some(separator) => parts(line, separator),
        None => {
            let mark = [" / ", " • ", " · ", "•"].into_iter().find(|mark| line.contains(mark))?;
            line.split(mark).map(str::trim).collect()
        }
    };
    parts.retain(|part| !part.is_empty());
    if parts.len() > 1
        && let Some(last) = parts.pop()
    {
        let last = without_and(last);
        match in_two(last).filter(|_| parts.len() > 1) {
            Some((one, two)) => parts.extend([one, two]),
            None => parts.push(last),
        }
    }
    // 'Acme, Fern and Field' may be one name.
    let are_two = parts.len() == 2 && (is_strong || (!has_and(parts[1]) && !is_said(parts[1])));
    ((parts.len() > 2 || are_two) && parts.iter().all(|part| is_name(part))
        // One with the address of a page may be a company and its website.
        && (is_strong || parts.len() > 2 || !is_written_like_address(parts[1])))
    .then_some(parts)
}

/// Names that are numbered on one line: '1. Stripe 2. Adyen'.
pub fn numbered(line: &str) -> Option<Vec<&str>> {
    let mut rest = line.trim();
    let mut names = Vec::new();
    for number in 1.. {
        let behind = rest.strip_prefix(&number.to_string())?.strip_prefix(['.', ')', ':'])?;
        let next = (number + 1).to_string();
        let end = behind.match_indices(&next).map(|(at, _)| at).find(|at| {
            behind[..*at].ends_with([' ', ',', ';']) && behind[at + next.len()..].starts_with(['.', ')', ':'])
        });
        names.push(behind[..end.unwrap_or(behind.len())].trim_matches([' ', ',', ';']));
        let Some(end) = end else { break };
        rest = &behind[end..];
    }
    (names.len() > 1 && names.iter().all(|name| is_name(name))).then_some(names)
}

/// A list as a program writes it: `['Stripe', 'Adyen']`.
pub fn in_brackets(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim_end_matches(',').strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let names: Vec<&str> = inner.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_quoted = |name: &&str| ['\'', '"'].iter().any(|mark| name.starts_with(*mark) && name.ends_with(*mark));
    (!names.is_empty() && names.iter().all(is_quoted)).then_some(names)
}

/// Whether a line may be several names, or one with a comma in it.
pub fn may_be_several(line: &str) -> bool {
    let parts = parts(line, ',');
    parts.len() > 1 && parts.iter().all(|part| is_name(part)) && parts.last().is_some_and(|last| has_and(last))
}

/// Text behind a comma that goes on about the name before it: 'Acme, the robot company'.
pub fn is_said(part: &str) -> bool {
    part.starts_with(char::is_lowercase) && part.contains(' ')
}

fn is_name(part: &str) -> bool {
    part.chars().count() <= SHORT
        && part.chars().any(char::is_alphabetic)
        && !part.contains(['@', ':'])
        && !is_legal_form(part)
}

fn without_and(last: &str) -> &str {
    let rest = AND.iter().find_map(|and| last.strip_prefix(and)?.strip_prefix(' '));
    rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(last)
}

/// 'Netflix and Apple', but neither 'Smith and Sons' nor 'Ernst & Young'.
fn in_two(last: &str) -> Option<(&str, &str)> {
    let (one, two) = [" and ", " und ", " et "].iter().find_map(|and| last.split_once(and))?;
    let goes_on = ["sons", "brothers", "partners", "company", "söhne", "partner", "fils", "associates"];
    let belongs = is_legal_form(two) || goes_on.contains(&two.to_lowercase().as_str());
    (!belongs && is_name(one) && is_name(two)).then_some((one.trim(), two.trim()))
}

fn has_and(part: &str) -> bool {
    part.split_whitespace().skip(1).any(|word| AND[..3].contains(&word) || word == "&")
}
