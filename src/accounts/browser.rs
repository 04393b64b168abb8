//! Browsers in words, for the list of sessions: enough to tell one's own telephone from a stranger's.

/// 'Firefox on Linux' from what a browser says of itself; where that says nothing known, its first word.
pub fn in_words(user_agent: &str) -> String {
    let has = |mark: &str| user_agent.contains(mark);
    // Most browsers claim to be others as well: the rarer name stands first.
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi", "Vivaldi"),
        ("SamsungBrowser", "Samsung Internet"),
        ("FxiOS", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let name = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| has(mark)).map(|(_, name)| *name);
    match (name(&browser), name(&system)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(known), None) => known.into(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => match user_agent.split(['/', ' ']).next().filter(|word| !word.is_empty()) {
            Some(word) => word.chars().take(40).collect(),
            None => "A browser that does not say its name".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn common_browsers_have_their_names() {
        for (said, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15",
                "Firefox on iPad",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0",
                "Opera on ChromeOS",
            ),
            ("curl/7.88.1", "curl"),
            ("Mozilla/5.0 (X11; Linux x86_64) Something/1", "A browser on Linux"),
            ("", "A browser that does not say its name"),
        ] {
            assert_eq!(in_words(said), words, "{said}");
        }
    }
}
