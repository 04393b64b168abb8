//! The cells of pasted lines.

/// The text without the marks of bold, code and quoting around it.
pub fn plain(cell: &str) -> &str {
    let mut cell = cell.trim().trim_end_matches(',').trim();
    for mark in ["**", "__", "`", "\"", "'", "“", "*", "「", "『"] {
        let close = match mark {
            "“" => "”",
            "「" => "」",
            "『" => "』",
            mark => mark,
        };
        // An apostrophe stands in names, too.
        let is_inside = |inner: &&str| mark != "'" || !inner.contains(mark);
        if let Some(inner) = cell.strip_prefix(mark).and_then(|rest| rest.strip_suffix(close)).filter(is_inside) {
            cell = inner.trim();
        }
    }
    cell
}

/// The cells of a row; quotation marks keep one together.
pub fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.trim_matches('|').chars() {
        match letter {
            '"' if separator != '|' => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => cells.push(String::new()),
            letter => cells.last_mut().into_iter().for_each(|cell| cell.push(letter)),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}
