//! The text of a message in pieces: what is written, and the gaps in brackets between.

use super::placeholder::Placeholder;

/// A placeholder in its square brackets, as it stands in a message until something is known: `[why them]`.
pub fn bracketed(placeholder: Placeholder) -> String {
    format!("[{}]", placeholder.label())
}

/// The text taken apart where something is open: each piece as it is written, with its placeholder if it is a gap.
pub fn split(text: &str) -> Vec<(Option<Placeholder>, &str)> {
    let mut pieces = Vec::new();
    let (mut literal_from, mut at) = (0, 0);
    while let Some(open) = text[at..].find('[').map(|found| at + found) {
        let Some(close) = text[open..].find(']').map(|found| open + found) else { break };
        let inside = &text[open + 1..close];
        match Placeholder::ALL.iter().find(|placeholder| placeholder.label() == inside) {
            Some(placeholder) => {
                if literal_from < open {
                    pieces.push((None, &text[literal_from..open]));
                }
                pieces.push((Some(*placeholder), &text[open..=close]));
                literal_from = close + 1;
                at = close + 1;
            }
            None => at = open + 1,
        }
    }
    if literal_from < text.len() {
        pieces.push((None, &text[literal_from..]));
    }
    pieces
}
