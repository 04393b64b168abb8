//! What files look like: short enough to be read, no markup that escapes its page, no word too many.

use crate::source::{files, quoted, sources};

/// Lines a file should have at most.
const MOST: usize = 400;

#[test]
fn no_file_is_longer_than_a_reader_likes() {
    let sources = files("src", &[".rs"]).into_iter().chain(files("tests", &[".rs"])).chain(files("benches", &[".rs"]));
    let mut long = Vec::new();
    for source in sources {
        let lines = source.text.lines().count();
        if lines > MOST {
            long.push(format!("{} has {lines} lines", source.path));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn templates_hold_no_inline_code_and_leave_escaping_on() {
    for template in files("templates", &[".html"]) {
        let text = template.text.to_lowercase();
        // Programs that read mail know no other style, and no page's policy holds there.
        let is_mail = template.path.starts_with("templates/mail/");
        for mark in [" style=", "<style", "javascript:", "|safe", "| safe", "escape=\"none\"", "<iframe", "http-equiv"]
        {
            let is_style = is_mail && mark.contains("style");
            assert!(is_style || !text.contains(mark), "{} holds {mark}", template.path);
        }
        for script in text.split("<script").skip(1) {
            let (start, rest) = script.split_once('>').unwrap();
            assert!(start.contains("src=") && rest.starts_with("</script>"), "{}: a script of its own", template.path);
        }
        for attribute in text.split(|c: char| c.is_whitespace() || c == '"').filter(|word| word.starts_with("on")) {
            let name = attribute.split('=').next().unwrap();
            let handler = attribute.contains('=') && name.len() > 3 && name.chars().all(|c| c.is_ascii_lowercase());
            assert!(!handler, "{}: {attribute}", template.path);
        }
    }
}

#[test]
fn links_to_other_sites_open_apart_and_tell_nothing() {
    for template in files("templates", &[".html"]) {
        for link in template.text.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            if link.contains("target=\"_blank\"") {
                assert!(link.contains("rel=\"noopener noreferrer\""), "{}: <a {link}>", template.path);
            }
        }
    }
}

#[test]
fn exceptions_to_the_linter_have_a_reason() {
    for source in files("src", &[".rs"]) {
        for (mark, rest) in [("#[allow(", ')'), ("#[expect(", ')'), ("#![allow(", ')'), ("#![expect(", ')')] {
            for after in source.text.split(mark).skip(1) {
                let inside = after.split(']').next().unwrap_or_default();
                assert!(inside.contains("reason = ") && inside.contains(rest), "{}: {mark}{inside}", source.path);
            }
        }
    }
}

#[test]
fn dates_are_put_into_words_in_one_place() {
    // What a field of a form is filled with, and what machines read.
    let times = ["src/interviews/scheduling/form.rs", "src/interviews/scheduling/when.rs"];
    let mut found = Vec::new();
    for source in
        sources().into_iter().filter(|source| source.path != "src/web/dates.rs" && source.code().contains("strftime"))
    {
        for text in quoted(&source.code()) {
            let is_for_people =
                ["%B", "%b", "%A", "%a", "%-d", "%e", "%I", "%-I", "%P"].iter().any(|part| text.contains(part));
            let is_time = text == "%H:%M" && !times.contains(&source.path.as_str());
            if is_for_people || is_time {
                found.push(format!("{} writes a date as {text}: use web::dates", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
