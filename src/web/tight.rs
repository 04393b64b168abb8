//! Pages as they are sent: what makes a template readable, a line for each element and attribute, is not worth a
//! reader's time on the wire.

use memchr::{memchr, memrchr};

/// The page without line breaks and indentation between tags, and with one space between attributes. What people typed
/// has its `<`, `>` and `"` escaped, so white space behind a `"`, before a `>`, or between a `>` and a `<` is a
/// template's own; but for a `textarea`, whose text may be white space alone.
pub fn tight(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut sent = String::with_capacity(html.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr(b'\n', &bytes[at..]) {
        let start = at + found;
        let end = start + bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b' ')).count();
        if let Some(instead) = between(&bytes[..start], &bytes[end..]) {
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
fn between(before: &[u8], after: &[u8]) -> Option<&'static str> {
    if after.starts_with(b">") || after.starts_with(b"/>") {
        return Some("");
    }
    if before.ends_with(b"\"") {
        // A quote that opens a value has what was typed behind it.
        return (!before.ends_with(b"=\"")).then_some(" ");
    }
    if !before.ends_with(b">") || !after.starts_with(b"<") || after.starts_with(b"</textarea") {
        return None;
    }
    let last = memrchr(b'<', before).map_or(&[][..], |at| &before[at..]);
    Some(if ends_a_line(last) || ends_a_line(after) && !after.starts_with(b"<br") { "" } else { " " })
}

/// Whether white space beside the tag shows nowhere: it begins or ends a block, or a shape.
fn ends_a_line(tag: &[u8]) -> bool {
    let name = &tag[tag.iter().take_while(|byte| matches!(byte, b'<' | b'/')).count()..];
    let name = &name[..name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()];
    matches!(
        name,
        b"html"
            | b"head"
            | b"body"
            | b"meta"
            | b"link"
            | b"script"
            | b"title"
            | b"main"
            | b"header"
            | b"footer"
            | b"nav"
            | b"aside"
            | b"section"
            | b"article"
            | b"div"
            | b"p"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"ul"
            | b"ol"
            | b"li"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"br"
            | b"table"
            | b"caption"
            | b"thead"
            | b"tbody"
            | b"tr"
            | b"th"
            | b"td"
            | b"form"
            | b"fieldset"
            | b"legend"
            | b"option"
            | b"details"
            | b"summary"
            | b"dialog"
            | b"figure"
            | b"figcaption"
            | b"g"
            | b"use"
            | b"path"
            | b"line"
            | b"rect"
            | b"circle"
            | b"polyline"
            | b"text"
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
