//! What was written, of each day and each side, as far as it is kept for who asks for it: so many characters of a day, and so many
//! bytes of all files together, however long they are.

use std::collections::HashMap;

use jiff::civil::Date;

/// The most characters kept of what one side wrote on one day.
pub const DAY_MAX: usize = 2_000;
/// The most bytes kept of all files together.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most messages kept of one day and one side.
const A_DAY: usize = 50;
/// What a message takes beside its text.
const BESIDE: usize = 128;

/// From whom to whom, by their places.
pub type Sides = (usize, usize);

/// What was written, by sides and day, each with when.
#[derive(Debug, Default)]
pub struct Kept {
    said: HashMap<(Sides, Date), Vec<(String, String)>>,
    bytes: usize,
}

impl Kept {
    /// Keeps a message, where there is room for it.
    pub fn take(&mut self, sides: Sides, on: Date, at: &str, content: &str) {
        let text = plain(content);
        let size = text.len() + at.len() + BESIDE;
        if text.is_empty() || self.bytes + size > BYTES_MAX {
            return;
        }
        let of_day = self.said.entry((sides, on)).or_default();
        if of_day.len() < A_DAY {
            self.bytes += size;
            of_day.push((at.to_owned(), text));
        }
    }

    /// What was written on each day, in the order in which it was.
    pub fn days(&self) -> impl Iterator<Item = (Sides, Date, String)> {
        self.said.iter().map(|((sides, on), said)| {
            let mut said: Vec<_> = said.iter().collect();
            said.sort_by(|one, other| one.0.cmp(&other.0));
            let texts: Vec<&str> = said.into_iter().map(|(_, text)| text.as_str()).collect();
            (*sides, *on, cut(&texts.join("\n\n")))
        })
    }
}

/// The beginning of a text, where it is longer than what is kept.
fn cut(text: &str) -> String {
    if text.chars().count() <= DAY_MAX {
        return text.to_owned();
    }
    let start: String = text.chars().take(DAY_MAX - 1).collect();
    format!("{}…", start.trim_end())
}

/// Some messages are written as HTML: what is left of them without their elements.
fn plain(content: &str) -> String {
    let mut text = String::new();
    let mut rest = content;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let element = &rest[at + 1..];
        let is_element = element.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match element.find('>').filter(|_| is_element) {
            Some(end) => {
                let name = element[..end].trim_start_matches('/').to_ascii_lowercase();
                if ["br", "p", "div", "li"]
                    .iter()
                    .any(|block| name.trim_end_matches('/').split(' ').next() == Some(*block))
                {
                    text.push('\n');
                }
                rest = &element[end + 1..];
            }
            None => {
                text.push('<');
                rest = element;
            }
        }
    }
    text.push_str(rest);
    if text.len() != content.len() {
        for (name, letter) in
            [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        {
            text = text.replace(name, letter);
        }
    }
    let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    cut(lines.join("\n").trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_told_in_its_order_and_cut_where_it_is_long() {
        let mut kept = Kept::default();
        let day = date(2026, 3, 1);
        kept.take((0, 1), day, "2026-03-01 11:00:00 UTC", "Then this");
        kept.take((0, 1), day, "2026-03-01 10:00:00 UTC", "First\r\nthat");
        kept.take((1, 0), day, "2026-03-01 12:00:00 UTC", &"x".repeat(3_000));
        kept.take((1, 2), day, "2026-03-01 12:00:00 UTC", " \u{7} ");
        let mut days: Vec<_> = kept.days().collect();
        days.sort();
        assert_eq!(days.len(), 2);
        assert_eq!(days[0], ((0, 1), day, "First\nthat\n\nThen this".to_owned()));
        assert_eq!((days[1].2.chars().count(), days[1].2.ends_with("x…")), (DAY_MAX, true));
    }

    #[test]
    fn elements_of_html_are_taken_out_and_signs_stay() {
        for (content, text) in [
            ("<p class=\"x\">Hello &amp; welcome</p><p>Two</p>", "Hello & welcome\n\nTwo"),
            ("One<br/>Two<br>Three", "One\nTwo\nThree"),
            ("3 < 4 and 5 > 4 &amp; so", "3 < 4 and 5 > 4 &amp; so"),
            ("<3", "<3"),
            ("a <b", "a <b"),
        ] {
            assert_eq!(plain(content), text, "{content}");
        }
    }

    #[test]
    fn however_much_is_written_little_is_kept() {
        let mut kept = Kept::default();
        let text = "y".repeat(10_000);
        for nr in 0..20_000 {
            kept.take((nr, nr + 1), date(2026, 3, 1), "2026", &text);
        }
        assert!(kept.bytes <= BYTES_MAX, "{}", kept.bytes);
        assert!(kept.said.len() > 1_000);
    }
}
