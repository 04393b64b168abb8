//! Pages as they are sent: what makes a template readable, a line for each element and attribute, is not worth a
//! reader's time on the wire.

/// The page without line breaks and indentation between tags, and with one space between attributes. What people typed
/// has its `<`, `>` and `"` escaped, so white space behind a `"`, before a `>`, or between a `>` and a `<` is a
/// template's own; but for a `textarea`, whose text may be white space alone.
pub fn tight(html: &str) -> String {
    let mut sent = String::with_capacity(html.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = html[at..].find('\n') {
        let start = at + found;
        let end = html[start..].find(|c| c != '\n' && c != ' ').map_or(html.len(), |length| start + length);
        if let Some(instead) = between(&html[..start], &html[end..]) {
            sent.push_str(&html[copied..start]);
            sent.push_str(instead);
            copied = end;
        }
        at = end;
    }
    sent.push_str(&html[copied..]);
    sent
}

/// What does for the line break between the two; none where it stays.
fn between(before: &str, after: &str) -> Option<&'static str> {
    if after.starts_with('>') || after.starts_with("/>") {
        return Some("");
    }
    if before.ends_with('"') {
        // A quote that opens a value has what was typed behind it.
        return (!before.ends_with("=\"")).then_some(" ");
    }
    if !before.ends_with('>') || !after.starts_with('<') || after.starts_with("</textarea") {
        return None;
    }
    let last = before.rfind('<').map_or("", |at| &before[at..]);
    Some(if ends_a_line(last) || ends_a_line(after) && !after.starts_with("<br") { "" } else { " " })
}

/// Whether white space beside the tag shows nowhere: it begins or ends a block, or a shape.
fn ends_a_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.find(|c: char| !c.is_ascii_alphanumeric()).map_or(name, |end| &name[..end]);
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "meta"
            | "link"
            | "script"
            | "title"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "section"
            | "article"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "h3"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "br"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tr"
            | "th"
            | "td"
            | "form"
            | "fieldset"
            | "legend"
            | "option"
            | "details"
            | "summary"
            | "dialog"
            | "figure"
            | "figcaption"
            | "g"
            | "use"
            | "path"
            | "line"
            | "rect"
            | "circle"
            | "polyline"
            | "text"
    )
}

#[cfg(test)]
mod tests {
    use super::tight;

    #[test]
    fn what_lays_a_template_out_is_left_out() {
        for (laid_out, sent) in [
            ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n", "<ul><li>a</li><li>b</li></ul>\n"),
            ("<input type=\"date\"\n  name=\"on\"\n>", "<input type=\"date\" name=\"on\">"),
            ("<rect x=\"1\"\n/>", "<rect x=\"1\"/>"),
            ("<input required\n  \n>", "<input required>"),
            ("<b>a</b>\n  <b>b</b>", "<b>a</b> <b>b</b>"),
            ("<b>a</b>\n  <br>\n  <b>b</b>", "<b>a</b> <br><b>b</b>"),
            ("<p>\n  words of\n  a page</p>", "<p>\n  words of\n  a page</p>"),
        ] {
            assert_eq!(tight(laid_out), sent);
        }
    }

    #[test]
    fn what_was_typed_stays() {
        for page in [
            "<textarea>\n  a\n\n  b</textarea>",
            "<textarea>\n  \n</textarea>",
            "<p class=\"said\">&#62;\n  quoted</p>",
            "<input value=\"&#34;\n  a\">",
            "<input type=\"hidden\" value=\"\n  a\">",
            "<input type=\"hidden\" value=\"\n\n\">",
        ] {
            assert_eq!(tight(page), page);
        }
    }
}
