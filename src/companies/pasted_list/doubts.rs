//! What a reader should look at before a line is added, as the preview says it.

/// What is said of each of several names.
pub const SEVERAL: &str = "Several names stand on this line";

/// What is not taken over, at most as long as a line shows.
pub fn left_out(text: &str) -> String {
    let shown: String = text.trim().chars().take(80).collect();
    format!("Left out: {shown}")
}

/// What stands behind a name and its address, where that is more than marks.
pub fn behind_it(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "-–—|:,;.*()<>[]".contains(c));
    (!text.is_empty()).then(|| left_out(text))
}

/// Two doubts in one.
pub fn joined(one: Option<String>, two: Option<String>) -> Option<String> {
    match (one, two) {
        (Some(one), Some(two)) => Some(format!("{one}. {two}")),
        (one, two) => one.or(two),
    }
}

/// That what is written like an address may be another company.
pub fn taken_for_website(address: &str) -> String {
    format!("{address} is taken for their website. If it is another company, give it a line of its own")
}
