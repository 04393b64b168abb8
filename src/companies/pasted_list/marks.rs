//! The marks lists have before their lines.

use unicode_normalization::char::is_combining_mark;

/// The line without the marks of a list before it: bullets, ticks, boxes, signs and numbers.
pub fn unmarked(line: &str) -> &str {
    let mut line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let rest = box_mark(line)
            .or_else(|| bullet(line))
            .or_else(|| number(line))
            .or_else(|| place(line))
            .or_else(|| letter(line))
            .or_else(|| sign(line));
        match rest.map(str::trim_start) {
            Some(rest) if !rest.is_empty() => line = rest,
            _ => return line,
        }
    }
}

/// `[ ]`, `[x]`, ☐, ✅ and their like; `[1]`.
fn box_mark(line: &str) -> Option<&str> {
    let drawn = ['☐', '☑', '☒', '✅', '✔', '✓', '✗', '✘', '❌', '⬜', '🔲', '\u{fe0f}'];
    let written = ["[ ]", "[x]", "[X]", "[]"];
    let numbered = || {
        let (number, behind) = line.strip_prefix('[')?.split_once(']')?;
        let is_number = (1..4).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
        (is_number && behind.starts_with(char::is_whitespace)).then_some(behind)
    };
    line.strip_prefix(drawn).or_else(|| written.iter().find_map(|mark| line.strip_prefix(mark))).or_else(numbered)
}

/// A bullet; dashes and the like only before a space.
fn bullet(line: &str) -> Option<&str> {
    let drawn = ['•', '·', '・', '▪', '▫', '◦', '‣', '●', '○', '■', '□', '◆', '◇', '►', '▶', '→', '➤', '⁃', '※'];
    line.strip_prefix(drawn).or_else(|| {
        line.strip_prefix(['-', '–', '—', '*', '+', '>']).filter(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// `4. `, `1) `, `1)`, `(2) `, `٣- `, `1、`, `３．`, `①`, `二、`, `1️⃣`: numbers of any script; `1.` also before a capital.
fn number(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(|c| matches!(c, '①'..='⓿' | '❶'..='➓' | '㉑'..='㊿')) {
        return Some(rest);
    }
    let inner = line.strip_prefix(['(', '（']).unwrap_or(line);
    let is_digit = |c: &char| c.is_numeric() || "〇一二三四五六七八九十".contains(*c);
    let end = inner.chars().take_while(is_digit).map(char::len_utf8).sum();
    let (digits, rest) = inner.split_at(end);
    if !(1..=4).contains(&digits.chars().count()) {
        return None;
    }
    let key = rest.strip_prefix('\u{fe0f}').unwrap_or(rest).strip_prefix('\u{20e3}');
    key.or_else(|| rest.strip_prefix(['、', '．', '）', ')'])).or_else(|| {
        let behind = rest.strip_prefix(['.', '-', '।'])?;
        // '1.Google', but '3.5' and '9.ai' are no numbers before a name.
        let is_tight = rest.starts_with('.') && behind.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        (is_tight || behind.starts_with(char::is_whitespace)).then_some(behind)
    })
}

/// `#1 `: a place in a list.
fn place(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = behind.strip_prefix([':', '.', ')']).unwrap_or(behind);
    (rest.starts_with(|c: char| c.is_ascii_digit()) && behind.starts_with(char::is_whitespace)).then_some(behind)
}

/// `a) `, `(b) `, `iv) `.
fn letter(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let (mark, rest) = inner.split_once(')')?;
    let is_letter = mark.chars().count() == 1 && mark.chars().all(char::is_alphabetic);
    let is_roman = (2..=5).contains(&mark.len()) && mark.chars().all(|c| "ivxIVX".contains(c));
    ((is_letter || is_roman) && rest.starts_with(char::is_whitespace)).then_some(rest)
}

/// A sign that begins no name: neither a letter nor a digit, nor what opens a quotation or a bracket.
fn sign(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let opens = "«»‹›„“”‟‘’‚‛「」『』《》〈〉【】（）［］｛｝〔〕｜，；：–—‐‑‒―−€£¥₹₽₩";
    let is_one = !first.is_ascii()
        && !first.is_alphanumeric()
        && !first.is_whitespace()
        && !is_combining_mark(first)
        && !opens.contains(first);
    is_one.then(|| &line[first.len_utf8()..])
}

/// Whether a line is nothing but a sign.
pub fn is_a_sign(line: &str) -> bool {
    let is_part = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    !line.is_empty() && line.chars().all(|c| is_part(c) || c.is_whitespace()) && line.chars().any(is_part)
}
