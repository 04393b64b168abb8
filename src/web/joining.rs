//! Scripts and styles are written in many small files and sent as one: this joins them as a browser would load them.

use std::collections::HashSet;

/// A file with those it imports in place of the lines that import them, each once and before what needs it,
/// without comments on lines of their own and without indentation. `read` gives a file of the same folder by its name.
pub fn joined(first: &str, read: impl Fn(&str) -> Option<String>) -> String {
    let mut lines = String::new();
    append(first, &read, &mut HashSet::new(), &mut lines);
    if first.ends_with(".js") { format!("'use strict'\n{{\n{lines}}}\n") } else { lines }
}

fn append(name: &str, read: &impl Fn(&str) -> Option<String>, known: &mut HashSet<String>, lines: &mut String) {
    if !known.insert(name.to_owned()) {
        return;
    }
    let Some(text) = read(name) else {
        tracing::error!(name, "a file to be joined is missing");
        return;
    };
    for line in text.lines().map(str::trim) {
        if let Some(other) = imported(line) {
            append(other, read, known, lines);
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

fn is_comment(line: &str) -> bool {
    line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

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
