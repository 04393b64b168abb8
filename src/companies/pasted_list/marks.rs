//! The marks lists have before their lines.

/// The line without the marks of a list before it: bullets, ticks, boxes and numbers.
pub fn unmarked(line: &str) -> &str {
    let mut line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let rest = box_mark(line).or_else(|| bullet(line)).or_else(|| number(line));
        match rest.map(str::trim_start) {
            Some(rest) if !rest.is_empty() => line = rest,
            _ => return line,
        }
    }
}

/// `[ ]`, `[x]`, ☐, ✅ and their like.
fn box_mark(line: &str) -> Option<&str> {
    let drawn = ['☐', '☑', '☒', '✅', '✔', '✓', '✗', '✘', '❌', '⬜', '🔲', '\u{fe0f}'];
    let written = ["[ ]", "[x]", "[X]", "[]"];
    line.strip_prefix(drawn).or_else(|| written.iter().find_map(|mark| line.strip_prefix(mark)))
}

/// A bullet; dashes and the like only before a space.
fn bullet(line: &str) -> Option<&str> {
    let drawn = ['•', '·', '・', '▪', '▫', '◦', '‣', '●', '○', '■', '□', '◆', '◇', '►', '▶', '→', '➤', '⁃', '※'];
    line.strip_prefix(drawn).or_else(|| {
        line.strip_prefix(['-', '–', '—', '*', '+', '>']).filter(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// `4. `, `1) `, `(2) `, `٣- `, `1、`, `３．`, `①`, `二、`: numbers of any script.
fn number(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(|c| matches!(c, '①'..='⓿' | '❶'..='➓' | '㉑'..='㊿')) {
        return Some(rest);
    }
    let inner = line.strip_prefix(['(', '（']).unwrap_or(line);
    let is_digit = |c: &char| c.is_numeric() || "〇一二三四五六七八九十".contains(*c);
    let end = inner.chars().take_while(is_digit).map(char::len_utf8).sum();
    let (digits, rest) = inner.split_at(end);
    let rest = match rest.strip_prefix(['、', '．', '）']) {
        Some(rest) => rest,
        None => rest.strip_prefix(['.', ')', '-', '।']).filter(|rest| rest.starts_with(char::is_whitespace))?,
    };
    (1..=4).contains(&digits.chars().count()).then_some(rest)
}
