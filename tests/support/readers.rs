//! Programs that are not ours and read or take what Inroad gives (`tests/readers`); `bin/test` brings them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Where they are.
pub fn folder() -> PathBuf {
    let brought = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/readers");
    std::env::var_os("INROAD_TEST_READERS").map_or(brought, PathBuf::from)
}

/// One of those in Python, and Python itself.
pub fn program(name: &str) -> PathBuf {
    folder().join("bin").join(name)
}

/// What a program said, which must end well.
pub fn said(command: &mut Command, given: &[u8]) -> String {
    let mut running = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} cannot be run ({error}); bin/test brings it"));
    running.stdin.take().unwrap().write_all(given).unwrap();
    let ended = running.wait_with_output().unwrap();
    assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8(ended.stdout).unwrap()
}

/// The lines a script of `tests/readers` makes of what it is given, each a JSON array.
pub fn lines(script: &str, given: &str) -> Vec<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers").join(script);
    let mut command = if script.ends_with(".py") {
        let mut python = Command::new(program("python"));
        python.arg(path);
        python
    } else {
        let mut node = Command::new("node");
        node.arg(path).arg(folder());
        node
    };
    let told = said(&mut command, given.as_bytes());
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
