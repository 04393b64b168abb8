//! Words in quotation marks, as searches take them.

/// The words in quotation marks, to be found as they stand; nothing for nothing.
pub fn phrase(words: &str) -> String {
    let words = words.replace('"', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { words } else { format!("\"{words}\"") }
}
