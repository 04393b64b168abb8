//! The interface for programs, held against its own description by a program that is not ours: whatever the description allows is
//! answered as it says, what it does not allow is refused, and nothing brings the server down.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::App;
use crate::support::programs::writing_token;
use crate::support::readers::program;

/// Calls of each kind, made up at random but the same in every run.
const EXAMPLES: &str = "8";

#[tokio::test]
async fn a_stranger_who_reads_the_description_finds_it_true() {
    let app = App::start().await;
    let ada = app.demo().await;
    let token = writing_token(&ada, "A stranger").await;
    // The clock stands still here, and with it the minute whose calls are counted.
    let db = app.db.clone();
    let counting_anew = tokio::spawn(async move {
        loop {
            sqlx::query("update access_tokens set calls = 0").execute(&db).await.unwrap();
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/schemathesis.toml");
    let mut schemathesis = Command::new(program("schemathesis"));
    schemathesis
        .current_dir(folder.path())
        .arg("--config-file")
        .arg(config)
        .arg("run")
        .arg(format!("http://{}/api/v1/openapi.json", app.address));
    schemathesis.args(["--header", &format!("Authorization: Bearer {token}")]);
    schemathesis.args(["--phases", "coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", "1", "--no-color"]);
    let ended = tokio::task::spawn_blocking(move || schemathesis.output()).await.unwrap();
    counting_anew.abort();

    let ended = ended.unwrap_or_else(|error| panic!("schemathesis cannot be run ({error}); bin/test brings it"));
    let told = String::from_utf8_lossy(&ended.stdout) + String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{told}");
    assert!(told.contains("Tested: 57"), "every call was tried: {told}");
}
