//! Telephone numbers in lines.

/// A telephone number in a line: seven digits or more, with what stands between them; no fax.
pub fn phone_in(line: &str) -> Option<&str> {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{A0}' | '\u{2011}');
    let is_labelled = is_labelled(line);
    line.split(|c: char| !is_part(c)).map(|run| run.trim_matches([' ', '-', '.', '/', '\u{A0}'])).find(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        // Fewer without a sign of one may be a date or a number of something.
        let is_written_as_one = run.starts_with(['+', '0', '(']) || digits >= 10 || is_labelled;
        (7..=15).contains(&digits) && is_written_as_one && run.chars().count() <= 50 && !is_fax(line, run)
    })
}

/// Whether what stands before a number says that it is one of a fax.
fn is_fax(line: &str, run: &str) -> bool {
    let before = line.find(run).map_or("", |at| &line[..at]);
    let word = before.trim_end_matches(|c: char| !c.is_alphabetic());
    word.to_lowercase().ends_with("fax") || word.ends_with("факс")
}

/// What stands before a telephone number.
const LABELS: [&str; 32] = [
    "tel",
    "phone",
    "mobile",
    "mob",
    "cell",
    "t",
    "m",
    "p",
    "telefon",
    "fon",
    "tél",
    "handy",
    "ph",
    "mobil",
    "office",
    "direct",
    "work",
    "home",
    "whatsapp",
    "büro",
    "durchwahl",
    "móvil",
    "teléfono",
    "portable",
    "téléphone",
    "telefono",
    "cellulare",
    "telefoon",
    "mobiel",
    "тел",
    "моб",
    "телефон",
];

fn is_labelled(line: &str) -> bool {
    let first = line.split([':', '.', ' ']).next().unwrap_or_default().to_lowercase();
    LABELS.contains(&first.as_str())
}

/// Nothing of a line that is only what stood before a number.
pub fn unlabelled(line: &str) -> &str {
    let plain = line.trim().trim_end_matches([':', '.']).to_lowercase();
    if LABELS.contains(&plain.as_str()) { "" } else { line }
}
