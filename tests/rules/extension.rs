//! The browser's extension: what it may do, what it is made of, and that building it twice gives the same bytes.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::source::root;

fn manifest() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("extension/manifest.json")).unwrap()).unwrap()
}

fn file(name: &str) -> String {
    std::fs::read_to_string(root().join("extension").join(name)).unwrap()
}

#[test]
fn it_may_see_the_tab_it_is_pressed_on_and_nothing_else() {
    let manifest = manifest();
    assert_eq!(manifest["manifest_version"], 3);
    assert_eq!(manifest["permissions"], json!(["activeTab"]));
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let known = [
        "manifest_version",
        "name",
        "version",
        "description",
        "icons",
        "action",
        "options_ui",
        "commands",
        "permissions",
        "content_security_policy",
    ];
    for key in manifest.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "{key}: no content script, host permission or background is needed");
    }
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
    let firefox: Value = serde_json::from_str(&file("firefox.json")).unwrap();
    assert_eq!(firefox.as_object().unwrap().keys().collect::<Vec<_>>(), ["browser_specific_settings"]);
}

#[test]
fn its_pages_run_only_its_own_files_and_ask_nobody() {
    let manifest = manifest();
    let named = [&manifest["action"]["default_popup"], &manifest["options_ui"]["page"]];
    for page in named.map(|page| page.as_str().unwrap()) {
        let html = file(page);
        for address in html.split(['"', '\'']).filter(|part| part.ends_with(".js") || part.ends_with(".css")) {
            assert!(!address.contains('/'), "{page}: {address}");
            file(address);
        }
        assert_eq!(html.matches("<script").count(), html.matches("<script src=\"").count(), "{page}");
        let handlers =
            html.split(" on").skip(1).filter(|rest| rest.split('"').next().is_some_and(|name| name.ends_with('=')));
        assert!(!html.contains("style=") && handlers.count() == 0, "{page} has code or style of its own");
    }
    for icon in manifest["icons"].as_object().unwrap().values() {
        assert!(root().join("extension").join(icon.as_str().unwrap()).is_file(), "{icon}");
    }
    for script in ["capture.js", "options.js", "link.js"] {
        let text = file(script);
        for word in
            ["fetch(", "XMLHttpRequest", "WebSocket", "import(", "eval(", "innerHTML", "executeScript", "cookies"]
        {
            assert!(!text.contains(word), "{script}: {word}");
        }
    }
}

#[test]
fn building_it_twice_gives_the_same_bytes() {
    let there = |program: &str| Command::new(program).arg("-v").output().is_ok();
    if !there("zip") || !there("unzip") {
        eprintln!("NOT RUN: bin/extension needs zip, and its test unzip");
        return;
    }
    let build = |folder: &Path| {
        let told = Command::new(root().join("bin/extension")).arg(folder).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        ["chromium", "firefox"].map(|name| std::fs::read(folder.join(format!("inroad-{name}.zip"))).unwrap())
    };
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(build(one.path()) == build(two.path()));
    let read = |name: &str, inside: &str| {
        let told = Command::new("unzip").arg("-p").arg(one.path().join(name)).arg(inside).output().unwrap();
        String::from_utf8(told.stdout).unwrap()
    };
    let chromium: Value = serde_json::from_str(&read("inroad-chromium.zip", "manifest.json")).unwrap();
    assert_eq!(chromium, manifest());
    let mut firefox: Value = serde_json::from_str(&read("inroad-firefox.zip", "manifest.json")).unwrap();
    let own = firefox.as_object_mut().unwrap().remove("browser_specific_settings").unwrap();
    assert!(own["gecko"]["id"].as_str().unwrap().contains('@'));
    assert_eq!(firefox, chromium, "but for what only Firefox knows they are one");
    assert_eq!(read("inroad-firefox.zip", "link.js"), file("link.js"));
}
