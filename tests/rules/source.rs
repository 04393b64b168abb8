//! Reading the sources: files, text in quotes, words of SQL.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One file of the program, by its path from the root.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The room it stands in: `companies` for `src/companies/pages.rs`, `server` for `src/server.rs`.
    pub fn room(&self) -> &str {
        let within = self.path.strip_prefix("src/").unwrap();
        within.split(['/', '.']).next().unwrap()
    }

    /// The text without comments and without the tests at its end.
    pub fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        code.lines()
            .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these endings, in order.
pub fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut ahead: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(path) = ahead.pop() {
        if path.is_dir() {
            ahead.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The program's sources but for files that are tests.
pub fn sources() -> Vec<Source> {
    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    files("src", &[".rs"]).into_iter().filter(|source| !is_test(&source.path)).collect()
}

/// The files that hold SQL.
pub fn queries() -> Vec<Source> {
    sources()
        .into_iter()
        .filter(|source| source.path.ends_with("queries.rs") || source.path.contains("/queries/"))
        .collect()
}

/// The texts in quotes, plain and raw.
pub fn quoted(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(start) = rest.find('"') {
        let raw = rest[..start].ends_with("r#");
        let char_quote = rest[..start].ends_with('\'') && rest[start + 1..].starts_with('\'');
        rest = &rest[start + 1..];
        if char_quote {
            continue;
        }
        let end = if raw { rest.find("\"#") } else { end_of_plain(rest) };
        let Some(end) = end else { break };
        found.push(rest[..end].to_owned());
        rest = &rest[end + 1 + usize::from(raw)..];
    }
    found
}

fn end_of_plain(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        end.then_some(at)
    })
}

/// The words of a statement, lower-cased, with its signs as words of their own; what stands in single quotes is left out.
pub fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (nr, part) in sql.split('\'').enumerate() {
        if nr % 2 == 1 {
            words.push("''".into());
            continue;
        }
        let mut word = String::new();
        for c in part.chars().chain([' ']) {
            if c.is_alphanumeric() || matches!(c, '_' | '.' | '$') {
                word.extend(c.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                words.push(c.into());
            }
        }
    }
    words
}

/// A statement with the file it stands in.
pub struct Statement {
    pub path: String,
    pub room: String,
    pub sql: String,
}

/// Every statement of the sources.
pub fn statements() -> Vec<Statement> {
    let mut found = Vec::new();
    for source in queries() {
        for sql in quoted(&source.code()) {
            let first = words(&sql).into_iter().next().unwrap_or_default();
            if ["select", "insert", "update", "delete", "with", "values", "lock", "set", "copy"]
                .contains(&first.as_str())
                && sql.contains(' ')
            {
                found.push(Statement { path: source.path.clone(), room: source.room().to_owned(), sql });
            }
        }
    }
    found
}

/// The statements of the committed register, and how many parameters each has; empty where there is no register.
pub fn register() -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let folder = root().join(".sqlx");
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let parameters = json["describe"]["parameters"]["Left"].as_array().map_or(0, Vec::len);
        found.push((json["query"].as_str().unwrap().to_owned(), parameters));
    }
    found.sort();
    found
}

/// The tables a statement writes.
pub fn written(sql: &str) -> BTreeSet<String> {
    let words = words(sql);
    let mut tables = BTreeSet::new();
    for window in words.windows(3) {
        let [one, two, three] = window else { continue };
        match (one.as_str(), two.as_str()) {
            ("insert", "into") | ("delete", "from") | ("merge", "into") => tables.insert(three.clone()),
            // 'do update' belongs to an insert, 'for update' locks.
            ("do" | "for" | "key", "update") => false,
            (_, "update") => tables.insert(three.clone()),
            _ => false,
        };
    }
    if let [first, table, ..] = words.as_slice()
        && first == "update"
    {
        tables.insert(table.clone());
    }
    tables
}

#[test]
fn text_in_quotes_is_found() {
    assert_eq!(quoted(r##"f("a", r#"b "c" d"#, "e \" f", '"')"##), ["a", "b \"c\" d", "e \\\" f"]);
}

#[test]
fn the_tables_a_statement_writes_are_found() {
    let list = |sql: &str| written(sql).into_iter().collect::<Vec<_>>();
    assert_eq!(list("insert into a (x) values (1) on conflict (x) do update set x = 2"), ["a"]);
    assert_eq!(list("with n as (update b set x = 1 returning x) insert into a select x from n"), ["a", "b"]);
    assert_eq!(list("select x from a for update"), [""; 0]);
    assert_eq!(list("update a new set x = 1"), ["a"]);
    assert_eq!(list("delete from a where x = 'update c set'"), ["a"]);
}
