//! docs/asvs.md answers each requirement of ASVS 5.0 of levels 1 and 2, and the tests it names are there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::root;

fn page() -> String {
    std::fs::read_to_string(root().join("docs/asvs.md")).unwrap()
}

/// The numbers of the standard's own list.
fn required() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/data/asvs-5.0.0-levels-1-and-2.txt")).unwrap();
    text.lines()
        .flat_map(|line| {
            let (section, numbers) = line.split_once(": ").unwrap();
            numbers.split(' ').map(move |number| format!("{section}.{number}"))
        })
        .collect()
}

/// What the page says of each: what holds, and what shows it.
fn answered(page: &str) -> BTreeMap<String, (String, String)> {
    static ROW: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^\| (\d+\.\d+\.\d+) \| (.+?) \| ?(.*?) ?\|$").unwrap());
    let mut answers = BTreeMap::new();
    for row in ROW.captures_iter(page) {
        let twice = answers.insert(row[1].to_owned(), (row[2].to_owned(), row[3].to_owned()));
        assert!(twice.is_none(), "{} is answered twice", &row[1]);
    }
    answers
}

#[test]
fn each_requirement_of_the_two_levels_is_answered_once() {
    let (page, required) = (page(), required());
    let answers = answered(&page);
    assert_eq!(required.len(), 253);
    for number in &required {
        assert!(answers.contains_key(number), "{number} is not answered");
    }
    for number in answers.keys() {
        assert!(required.contains(number), "{number} is no requirement of these levels");
    }
    // What is 'written above' says its number there.
    let above = page.split_once("\n## V1 ").unwrap().0;
    for (number, (what, _)) in &answers {
        if what == "written above" {
            let says = Regex::new(&format!(r"\b{}\b", regex::escape(number))).unwrap().is_match(above);
            assert!(says, "{number} is not written above");
        }
    }
}

#[test]
fn the_tests_it_names_are_there() {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([a-z_/]+)::([a-z0-9_]+)`").unwrap());
    let answers = answered(&page());
    let mut named = 0;
    for (number, (_, shown)) in &answers {
        for test in NAMED.captures_iter(shown) {
            let folder = if test[1].starts_with("src/") { "" } else { "tests/" };
            let path = root().join(format!("{folder}{}.rs", &test[1]));
            let text =
                std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{number}: no file {}", path.display()));
            let function =
                Regex::new(&format!(r"#\[(tokio::)?test[^\n]*\n(?:#\[[^\n]*\n)*\s*(async )?fn {}\(", &test[2]))
                    .unwrap();
            assert!(function.is_match(&text), "{number}: {} has no test {}", path.display(), &test[2]);
            named += 1;
        }
        assert!(
            shown.is_empty() || NAMED.replace_all(shown, "").trim_matches([' ', ',']).is_empty(),
            "{number} names something that is no test: {shown}"
        );
    }
    assert!(named > 120, "{named}");
}
