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
    let rest = line.strip_prefix(['•', '·', '▪', '▫', '◦', '‣', '●', '○', '■', '□', '◆', '►', '▶', '→', '➤', '⁃']);
    rest.or_else(|| {
        line.strip_prefix(['-', '–', '—', '*', '+', '>']).filter(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// `4. `, `1) `, `(2) `.
fn number(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    let rest = inner.get(digits..)?.strip_prefix(['.', ')'])?;
    ((1..=4).contains(&digits) && rest.starts_with(char::is_whitespace)).then_some(rest)
}
