//! The interface says one word for each thing: docs/words.md has the list.

use std::sync::LazyLock;

use regex::Regex;

use crate::source::{files, quoted, root, sources};

/// What is not said any more. Stems with their endings; case does not matter.
const OUT: [&str; 23] = [
    r"(some|every|any)body",
    r"whom(ever)?",
    r"whoever",
    r"put(s|ting)? (it |them )?off",
    r"taken? (it |them )?back",
    r"dismiss(ed|es|ing)?",
    r"at hand",
    r"c[oa]mes? across",
    r"puts? (it |them )?right",
    r"things? to put right",
    r"look(ed)? (it |them )?over",
    r"among your (contacts|openings)",
    r"would rather not introduce",
    r"can be looked back on",
    r"the next word is theirs",
    r"in another way, or not at all",
    r"aims? at",
    r"one a line",
    r"as a rule",
    r"is not in order",
    r"with the door open",
    r"stands? (here|ready|so)",
    r"takes? (it )?up again",
];

static REFUSED: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"(?i)\b({})\b", OUT.join("|"))).unwrap());

/// What a template says: neither comments, nor what its expressions are called, nor the attributes nobody reads.
fn said_by_template(text: &str) -> String {
    static SILENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?s)\{#.*?#\}|\{%.*?%\}|\b(?:href|action|formaction|class|id|for|name|form|popovertarget|data-[a-z-]+)(?:="[^"]*")?|\.\w+|\b\w+\("#,
        )
        .unwrap()
    });
    let expressions = Regex::new(r"(?s)\{\{(.*?)\}\}").unwrap();
    let texts = Regex::new(r#""([^"]*)""#).unwrap();
    // Of an expression only the texts in it are read.
    let text = expressions.replace_all(text, |found: &regex::Captures<'_>| {
        texts.captures_iter(&found[1]).map(|text| format!(" {} ", &text[1])).collect::<String>()
    });
    SILENT.replace_all(&text, " ").into_owned()
}

/// The sentences of a source: texts with a space between words.
fn said_by_source(code: &str) -> Vec<String> {
    quoted(code).into_iter().filter(|text| text.contains(' ')).collect()
}

#[test]
fn the_interface_says_none_of_the_words_that_are_out() {
    let mut found = Vec::new();
    for template in files("templates", &[".html", ".svg"]) {
        let said = said_by_template(&template.text);
        found.extend(REFUSED.find_iter(&said).map(|word| format!("{}: {}", template.path, word.as_str())));
    }
    for source in sources().into_iter().filter(|source| !source.path.contains("queries")) {
        for said in said_by_source(&source.code()) {
            found
                .extend(REFUSED.find_iter(&said).map(|word| format!("{}: {} in {said:?}", source.path, word.as_str())));
        }
    }
    assert!(found.is_empty(), "docs/words.md says what to say instead:\n{}", found.join("\n"));
}

/// Sources that read what others wrote, with whatever apostrophe they wrote it.
const READERS: [&str; 4] = ["src/folding", "src/playbook/message/", "src/companies/name", "src/companies/former.rs"];

#[test]
fn contractions_have_one_apostrophe() {
    static CURLY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w}]+’[a-z]+").unwrap());
    let mut found = Vec::new();
    for template in files("templates", &[".html", ".svg"]) {
        found.extend(CURLY.find_iter(&template.text).map(|word| format!("{}: {}", template.path, word.as_str())));
    }
    for script in files("static", &[".js"]).into_iter().chain(files("extension", &[".js", ".html"])) {
        found.extend(CURLY.find_iter(&script.text).map(|word| format!("{}: {}", script.path, word.as_str())));
    }
    for source in sources().into_iter().filter(|source| !READERS.iter().any(|part| source.path.starts_with(part))) {
        for said in said_by_source(&source.code()) {
            found.extend(CURLY.find_iter(&said).map(|word| format!("{}: {}", source.path, word.as_str())));
        }
    }
    assert!(found.is_empty(), "write ' here, as everywhere:\n{}", found.join("\n"));
}

#[test]
fn what_is_out_is_found_where_it_is_said() {
    for said in ["<p>Whom will you ask?</p>", r#"{{ ui::button("Put off", tone="small") }}"#, "<b>taken back</b>"] {
        assert!(REFUSED.is_match(&said_by_template(said)), "{said}");
    }
    for silent in [r#"<a href="/x/dismissals">Skip</a>"#, "{# whom #}", "{% if item.dismissed %}", "{{ row.whom() }}"] {
        assert!(!REFUSED.is_match(&said_by_template(silent)), "{silent}");
    }
    assert!(said_by_source("let a = \"To whom then\";").iter().any(|said| REFUSED.is_match(said)));
}

#[test]
fn the_list_of_words_names_what_is_refused() {
    let list = std::fs::read_to_string(root().join("docs/words.md")).unwrap();
    for word in [
        "somebody",
        "whom",
        "whoever",
        "put off",
        "taken back",
        "dismiss",
        "put right",
        "look over",
        "among your contacts",
    ] {
        assert!(list.contains(word) && REFUSED.is_match(word), "{word}");
    }
}
