//! The lines of a pasted text: what its marks of HTML and its quoted cells say is one line is one.

/// Lines a quoted cell may go on for.
const CELL_LINES: usize = 5;

/// Each filled line with its number, counted from 1 with the blank ones. Two of one number stand on one line of the text.
pub fn lines(text: &str) -> Vec<(usize, String)> {
    let numbered = unbroken(text).into_iter();
    if !has_elements(text) {
        return numbered.collect();
    }
    numbered.flat_map(|(number, line)| untagged(&line).into_iter().map(move |part| (number, part))).collect()
}

/// The lines, with those joined that a quoted cell goes over.
fn unbroken(text: &str) -> Vec<(usize, String)> {
    let all: Vec<&str> = text.split('\n').collect();
    let (mut at, mut lines) = (0, Vec::new());
    while let Some(line) = all.get(at) {
        let more = opens_a_cell(line).then(|| cell_end(&all[at + 1..])).flatten().unwrap_or(0);
        lines.push((at + 1, all[at..=at + more].join(" ")));
        at += more + 1;
    }
    lines
}

/// Whether the last quotation mark of the line begins a cell that does not end on it.
fn opens_a_cell(line: &str) -> bool {
    let is_odd = line.matches('"').count() % 2 == 1;
    is_odd && line.rsplit_once('"').is_some_and(|(before, _)| before.is_empty() || before.ends_with([',', ';', '\t']))
}

/// On which of the lines that follow the cell ends, counted from 1.
fn cell_end(following: &[&str]) -> Option<usize> {
    let first = following.iter().take(CELL_LINES).position(|line| line.contains('"'))?;
    let (_, behind) = following[first].split_once('"')?;
    (behind.is_empty() || behind.starts_with([',', ';', '\t'])).then_some(first + 1)
}

fn has_elements(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["<li", "<td", "<tr", "<br", "<p>", "<div", "<a href=\"http"].iter().any(|element| text.contains(element))
}

/// The lines and cells a line of HTML says, without its tags; the address of a link stands behind its words.
fn untagged(line: &str) -> Vec<String> {
    let mut said = String::new();
    let (mut rest, mut link) = (line, None::<String>);
    while let Some((before, tag, behind)) = next_tag(rest) {
        said += before;
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.to_ascii_lowercase().as_str() {
            "br" | "br/" | "/li" | "/tr" | "/p" | "/div" => said.push('\n'),
            "/td" | "/th" => said.push('\t'),
            "a" => link = attribute(tag, "href").filter(|address| address.starts_with("http")),
            "/a" => said.extend(link.take().map(|address| format!(" {address}"))),
            _ => {}
        }
        rest = behind;
    }
    said += rest;
    said.split('\n').map(|line| line.trim_end_matches('\t').to_owned()).collect()
}

/// The first tag of the line, what stands before it and what behind; an address in angle brackets is none.
fn next_tag(line: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + line[from..].find('<')?;
        let end = start + line[start..].find('>')?;
        let tag = &line[start + 1..end];
        let name = tag.strip_prefix('/').unwrap_or(tag);
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.split('"').next()?.contains([':', '@']) {
            return Some((&line[..start], tag, &line[end + 1..]));
        }
        from = start + 1;
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    Some(value.split('"').next()?.to_owned())
}
