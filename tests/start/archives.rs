//! `inroad export` and `inroad import`, as people run them.

use std::path::Path;
use std::process::{Command, Output};

use inroad::clock::Clock;
use inroad::demo;

use crate::support::database::TestDatabase;

fn inroad(database: &TestDatabase, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inroad"))
        .args(arguments)
        .env("DATABASE_URL", &database.url)
        .env("INROAD_DATA_DIR", std::env::temp_dir())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

async fn account(database: &TestDatabase, email: &str) {
    let sql = "insert into users (id, name, email, password_hash, time_zone, created_at)
        values (gen_random_uuid(), 'New', $1, 'x', 'UTC', now())";
    sqlx::query(sql).bind(email).execute(&database.pool()).await.unwrap();
}

#[tokio::test]
async fn an_account_goes_into_a_file_and_comes_out_of_it_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ada.zip");
    let path = file.to_str().unwrap();
    let (here, there) = (TestDatabase::new().await, TestDatabase::new().await);
    let ada = demo::load::load(&here.pool(), Clock::system().now()).await.unwrap().email;
    account(&there, "new@example.org").await;

    let output = inroad(&here, &["export", "--email", "nobody@example.org", "--to", path]);
    assert!(!output.status.success() && said(&output).contains("has no account"), "{}", said(&output));
    let output = inroad(&here, &["export", "--email", ada, "--to", path]);
    assert!(output.status.success() && said(&output).contains("Everything of"), "{}", said(&output));
    let output = inroad(&here, &["export", "--email", ada, "--to", path]);
    assert!(!output.status.success() && said(&output).contains("is there already"), "{}", said(&output));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "only its owner reads it");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half is left");

    let half = folder.path().join("half.zip");
    std::fs::write(&half, &std::fs::read(&file).unwrap()[..2000]).unwrap();
    for (from, wrong) in [(half.as_path(), "no zip file"), (Path::new("/nowhere.zip"), "can't be read")] {
        let output = inroad(&there, &["import", "--email", "new@example.org", from.to_str().unwrap()]);
        assert!(!output.status.success() && said(&output).contains(wrong), "{}", said(&output));
    }
    let output = inroad(&there, &["import", "--email", "new@example.org", path]);
    assert!(output.status.success() && said(&output).contains("has everything"), "{}", said(&output));
    let output = inroad(&there, &["import", "--email", "new@example.org", path]);
    assert!(!output.status.success() && said(&output).contains("isn't empty"), "{}", said(&output));
    let count = "select count(*) from touchpoints";
    let count = async |db: &TestDatabase| sqlx::query_scalar::<_, i64>(count).fetch_one(&db.pool()).await.unwrap();
    let moved = count(&there).await;
    assert!(moved > 100 && moved == count(&here).await, "{moved}");
}
