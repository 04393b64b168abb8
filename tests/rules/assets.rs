//! Script and style: short lines, parts that can be joined into one file, and the script's own tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::Command;

use inroad::web::assets::PARTS;

use crate::source::{Source, files, root};

fn scripts() -> Vec<Source> {
    files("static/app", &[".js"])
}

/// What pages load that capture, and what runs beside the pages.
fn offline() -> Vec<Source> {
    files("static/offline", &[".js"])
}

fn styles() -> Vec<Source> {
    files("static/style", &[".css"])
}

fn name(part: &Source) -> &str {
    part.path.rsplit('/').next().unwrap()
}

/// The parts that a part imports, by their names.
fn imports(part: &Source) -> Vec<&str> {
    let (start, end) = if part.path.ends_with(".js") { ("import ", "'") } else { ("@import \"", "\";") };
    part.text
        .lines()
        .filter_map(|line| line.strip_prefix(start)?.strip_suffix(end))
        .map(|rest| rest.rsplit_once("'./").map_or(rest, |(_, name)| name))
        .collect()
}

#[test]
fn lines_of_script_and_style_can_be_read() {
    let others = [offline(), styles(), files("tests/script", &[".mjs"]), files("extension", &[".js", ".css"])];
    for part in scripts().iter().chain(others.iter().flatten()) {
        for (i, line) in part.text.lines().enumerate() {
            assert!(line.chars().count() <= 120, "{}:{} is too long", part.path, i + 1);
        }
        assert!(part.text.lines().count() <= 120, "{} holds more than one subject", part.path);
    }
}

/// What is sent is every part once, without its indentation and comments: src/web/joining.rs.
#[test]
fn parts_can_be_joined() {
    for part in [scripts(), offline()].into_iter().flatten() {
        for (i, line) in part.text.lines().enumerate() {
            let at = format!("{}:{}", part.path, i + 1);
            assert!(line.matches('`').count() % 2 == 0, "{at}: a text between backticks stays on its line");
            if line.starts_with("import") {
                assert!(line.starts_with("import ") && line.ends_with(".js'"), "{at}: an import is one line");
            }
            assert!(!line.starts_with("export") || line.starts_with("export const "), "{at}: an export is a constant");
            assert!(!line.contains("/*") || line.contains("*/"), "{at}: a comment stays on its line");
        }
    }
    for part in styles() {
        for (i, line) in part.text.lines().map(str::trim).enumerate() {
            let is_comment = line.starts_with("/*") && line.find("*/") == Some(line.len() - 2);
            let has_comment = line.contains("/*") || line.contains("*/");
            assert!(!has_comment || is_comment, "{}:{}: a comment has lines of its own", part.path, i + 1);
        }
    }
}

#[test]
fn every_part_is_imported_and_none_in_a_circle() {
    let offline = (offline(), &["page.js", "worker.js"][..]);
    let app: Vec<&str> = std::iter::once("main.js").chain(PARTS).collect();
    for (parts, first) in [(scripts(), &app[..]), offline, (styles(), &["main.css"])] {
        let all: BTreeMap<&str, Vec<&str>> = parts.iter().map(|part| (name(part), imports(part))).collect();
        let mut reached = BTreeSet::new();
        first.iter().for_each(|first| follow(first, &all, &mut Vec::new(), &mut reached));
        for part in all.keys() {
            assert!(reached.contains(part), "{part} is imported by nobody");
        }
    }
}

/// What few pages need is brought by one file, and stands in the same folder as what brings it.
#[test]
fn what_is_brought_is_sent_and_nobody_imports_it() {
    let scripts = scripts();
    let bringing: Vec<&str> = scripts.iter().filter(|part| part.text.contains("import('")).map(name).collect();
    assert_eq!(bringing, ["parts.js"]);
    let parts = scripts.iter().find(|part| name(part) == "parts.js").unwrap();
    let brought = parts.text.split("import('./").skip(1).map(|rest| rest.split('\'').next().unwrap());
    assert_eq!(brought.collect::<BTreeSet<_>>(), BTreeSet::from(PARTS));
    for script in &scripts {
        let used: Vec<&str> = imports(script).into_iter().filter(|import| PARTS.contains(import)).collect();
        assert!(used.is_empty(), "{} is there before {used:?} is brought", script.path);
    }
    let app = inroad::web::assets::text("app.js").into_owned();
    assert!(app.contains("\nexport { ") && !app.contains("\nimport "), "it is whole by itself");
    for part in PARTS {
        let text = inroad::web::assets::text(part).into_owned();
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("import { ") && first.ends_with(" } from './app.js'"), "{part}: {first}");
    }
}

/// What a page without any of them loads (quality.md).
#[test]
fn the_script_of_a_page_is_light() {
    let sent = ["app.js", "vendor/htmx.min.js"].map(|name| {
        let mut out = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
        writer.write_all(inroad::web::assets::text(name).as_bytes()).unwrap();
        drop(writer);
        out.len()
    });
    let all: usize = sent.iter().sum();
    assert!(all > 15_000 && all <= 25_000, "{sent:?} bytes, {all} together");
}

fn follow<'a>(
    part: &'a str,
    all: &BTreeMap<&'a str, Vec<&'a str>>,
    above: &mut Vec<&'a str>,
    reached: &mut BTreeSet<&'a str>,
) {
    assert!(!above.contains(&part), "a circle: {} -> {part}", above.join(" -> "));
    let imports = all.get(part).unwrap_or_else(|| panic!("{part} is imported and not there"));
    reached.insert(part);
    above.push(part);
    for import in imports {
        follow(import, all, above, reached);
    }
    above.pop();
}

/// Joined, the parts of the script share their outermost names.
#[test]
fn a_name_of_the_script_has_one_meaning() {
    let all = [scripts(), offline()];
    let known = all.each_ref().map(|parts| outermost(parts));
    assert!(known[0] > 100 && known[1] > 20, "{known:?}");
}

/// How many outermost names these parts have, each once.
fn outermost(parts: &[Source]) -> usize {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for part in parts {
        for line in part.text.lines().map(|line| line.strip_prefix("export ").unwrap_or(line)) {
            let Some(rest) = line.strip_prefix("const ").or_else(|| line.strip_prefix("let ")) else { continue };
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            if let Some(other) = known.insert(name, &part.path) {
                panic!("{name} is in {other} and in {}", part.path);
            }
        }
    }
    known.len()
}

/// Whether this machine has a node that takes modules as they are.
fn node_can_test() -> bool {
    let Ok(told) = Command::new("node").arg("--version").output() else { return false };
    let version = String::from_utf8_lossy(&told.stdout).trim().trim_start_matches('v').to_owned();
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    matches!((numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)), (20, 19..) | (22, 7..) | (23.., _))
}

#[test]
fn the_script_passes_its_tests() {
    if !node_can_test() {
        eprintln!("NOT RUN: tests/script needs node 20.19, 22.7 or newer");
        return;
    }
    let tests = files("tests/script", &[".test.mjs"]);
    assert!(tests.len() > 2);
    let mut node = Command::new("node");
    node.current_dir(root()).args(["--no-warnings", "--test"]).args(tests.iter().map(|test| &test.path));
    let told = node.output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
}
