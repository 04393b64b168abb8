//! Scripts and styles are written in many small files and sent as one: this joins them as a browser would load them. What few
//! pages need is sent apart.

use std::collections::{BTreeSet, HashSet};

/// A file with those it imports in place of the lines that import them, each once and before what needs it,
/// without comments on lines of their own and without indentation. `read` gives a file of the same folder by its name.
pub fn joined(first: &str, read: impl Fn(&str) -> Option<String>) -> String {
    let mut lines = String::new();
    append(first, &read, &HashSet::new(), &mut HashSet::new(), &mut BTreeSet::new(), &mut lines);
    if first.ends_with(".js") { format!("'use strict'\n{{\n{lines}}}\n") } else { lines }
}

/// A script as a module that is sent as `whole`, and its parts, each a module of its own that takes from the whole what they share.
pub fn parted(
    (whole, first): (&str, &str),
    parts: &[&str],
    read: impl Fn(&str) -> Option<String>,
) -> (String, Vec<String>) {
    let (mut inside, mut lines, mut shared) = (HashSet::new(), String::new(), BTreeSet::new());
    append(first, &read, &HashSet::new(), &mut inside, &mut shared, &mut lines);
    let list = |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let part = |part: &&str| {
        let (mut own, mut taken) = (String::new(), BTreeSet::new());
        append(part, &read, &inside, &mut HashSet::new(), &mut taken, &mut own);
        let module = format!("import {{ {} }} from './{whole}'\n{own}", list(&taken));
        shared.append(&mut taken);
        module
    };
    let parts = parts.iter().map(part).collect();
    lines.push_str(&format!("export {{ {} }}\n", list(&shared)));
    (lines, parts)
}

/// Appends a file below those it imports. Of files that are `elsewhere` it notes the names that are taken.
fn append(
    name: &str,
    read: &impl Fn(&str) -> Option<String>,
    elsewhere: &HashSet<String>,
    known: &mut HashSet<String>,
    taken: &mut BTreeSet<String>,
    lines: &mut String,
) {
    if !known.insert(name.to_owned()) {
        return;
    }
    let Some(text) = read(name) else {
        tracing::error!(name, "a file to be joined is missing");
        return;
    };
    for line in text.lines().map(str::trim) {
        if let Some(other) = imported(line) {
            if elsewhere.contains(other) {
                taken.extend(names(line).map(str::to_owned));
            } else {
                append(other, read, elsewhere, known, taken, lines);
            }
        } else if !line.is_empty() && !is_comment(line) {
            lines.push_str(line.strip_prefix("export ").unwrap_or(line));
            lines.push('\n');
        }
    }
}

/// The file that a line imports: `import { one } from './dom.js'`, or `@import "ground.css";`.
fn imported(line: &str) -> Option<&str> {
    let script = line.strip_prefix("import ").and_then(|rest| rest.strip_suffix('\''));
    let style = line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";"));
    script.and_then(|rest| rest.rsplit_once("'./")).map(|(_, name)| name).or(style)
}

/// The names that a line imports.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let inside = line.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(names, _)| names);
    inside.split(',').map(str::trim).filter(|name| !name.is_empty())
}

fn is_comment(line: &str) -> bool {
    line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"))
}

#[cfg(test)]
mod tests {
    use super::{joined, parted};

    fn join(first: &str, files: &[(&str, &str)]) -> String {
        joined(first, |name| files.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
    }

    #[test]
    fn a_script_stands_below_what_it_imports_and_each_file_is_there_once() {
        let files = [
            ("main.js", "import './a.js'\nimport { b } from './b.js'\n\n// why\nb(() => {\n  a()\n})\n"),
            ("a.js", "import { b } from './b.js'\nexport const a = () => b('// no comment')\n"),
            ("b.js", "export const b = act => act\n"),
        ];
        let script = "const b = act => act\nconst a = () => b('// no comment')\nb(() => {\na()\n})\n";
        assert_eq!(join("main.js", &files), format!("'use strict'\n{{\n{script}}}\n"));
    }

    #[test]
    fn a_part_takes_from_the_whole_what_is_there_and_brings_the_rest() {
        let files = [
            ("main.js", "import { b } from './b.js'\nb(() => import('./part.js'))\n"),
            ("b.js", "export const b = act => act\nexport const c = 1\nexport const d = 2\n"),
            ("part.js", "import './own.js'\nimport { b, c } from './b.js'\nb(c)\n"),
            ("own.js", "import { c } from './b.js'\nexport const own = c\n"),
        ];
        let read = |name: &str| files.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let (whole, parts) = parted(("app.js", "main.js"), &["part.js"], read);
        let main = "const b = act => act\nconst c = 1\nconst d = 2\nb(() => import('./part.js'))\nexport { b, c }\n";
        assert_eq!(whole, main);
        assert_eq!(parts, ["import { b, c } from './app.js'\nconst own = c\nb(c)\n"]);
    }

    #[test]
    fn styles_keep_the_order_in_which_they_are_imported() {
        let files = [
            ("main.css", "@layer one, two;\n@import \"two.css\";\n@import \"one.css\";\n"),
            ("one.css", "/* why */\n@layer one {\n  a { color: red; }\n}\n"),
            ("two.css", "@layer two {\n  a {\n    color: blue;\n  }\n}\n"),
        ];
        let styles = "@layer one, two;\n@layer two {\na {\ncolor: blue;\n}\n}\n@layer one {\na { color: red; }\n}\n";
        assert_eq!(join("main.css", &files), styles);
    }
}
