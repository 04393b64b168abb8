//! Which file uses which, by the names of their modules.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::top_level;
use crate::source::Source;

/// For each file those it uses, and what of them.
pub type Uses = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The module of a file: `contacts::queries::list`.
pub fn module(path: &str) -> String {
    let within = path.strip_prefix("src/").unwrap().trim_end_matches(".rs").trim_end_matches("/mod");
    within.replace('/', "::")
}

/// The paths of a tree of imports: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn paths(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((start, group)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let inner = top_level(group).into_iter().filter(|part| !part.trim().is_empty());
    inner
        .flat_map(paths)
        .map(|path| if path == "self" { start.trim_end_matches("::").into() } else { format!("{start}{path}") })
        .collect()
}

/// The module a path leads into, seen from another, and what is named there: the longest beginning of it that is a file.
fn led_to(from: &str, path: &str, all: &BTreeSet<String>) -> Option<(String, String)> {
    let mut here: Vec<&str> = from.split("::").collect();
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    match parts[0] {
        "crate" => {
            here.clear();
            parts.remove(0);
        }
        "self" => {
            parts.remove(0);
        }
        "super" => {
            while parts.first() == Some(&"super") {
                here.pop();
                parts.remove(0);
            }
        }
        first if all.contains(&format!("{from}::{first}")) => {}
        _ => return None,
    }
    here.extend(parts);
    (1..=here.len())
        .rev()
        .map(|end| (here[..end].join("::"), here[end..].join("::")))
        .find(|(module, _)| all.contains(module))
}

/// Who uses whom among these files.
pub fn uses(sources: &[Source]) -> Uses {
    let all: BTreeSet<String> = sources.iter().map(|source| module(&source.path)).collect();
    let mut found = Uses::new();
    for source in sources {
        let (from, code) = (module(&source.path), source.code());
        // How far something is seen is no use of it.
        let code = code.replace("pub(in crate", "pub(in ");
        let mut named: Vec<String> = Vec::new();
        let mut rest = String::new();
        for statement in code.split_inclusive(';') {
            let start = statement.rfind("\nuse ").or_else(|| statement.rfind("\npub use ")).map(|at| at + 1);
            match start.or(statement.starts_with("use ").then_some(0)) {
                Some(at) if statement[at..].trim_start_matches("pub ").starts_with("use ") => {
                    let tree =
                        statement[at..].trim_start_matches("pub ").trim_start_matches("use ").trim_end_matches(';');
                    named.extend(paths(tree));
                    rest.push_str(&statement[..at]);
                }
                _ => rest.push_str(statement),
            }
        }
        for start in ["crate::", "super::"] {
            for (at, _) in rest.match_indices(start) {
                let before = rest[..at].chars().next_back();
                if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$' && c != ':') {
                    named.push(
                        rest[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect(),
                    );
                }
            }
        }
        let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (to, name) in named.iter().filter_map(|path| led_to(&from, path, &all)) {
            if to != from {
                used.entry(to).or_default().insert(name);
            }
        }
        found.insert(from, used);
    }
    found
}
