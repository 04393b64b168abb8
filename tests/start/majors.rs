//! A private database moved to PostgreSQL's next major version.
//!
//! Where `INROAD_TEST_NEWER_POSTGRESQL` names a folder with the programs of a version newer than the one found without it.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use inroad::config::{Config, Settings};
use inroad::database::{self, Database, dumps};

use crate::dumps::{filled, names};
use crate::opened;
use crate::support::sums::{Sums, sums};

/// Names the folder.
const NEWER: &str = "INROAD_TEST_NEWER_POSTGRESQL";

fn newer() -> Option<PathBuf> {
    let folder = std::env::var_os(NEWER).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("left out: {NEWER} names no newer PostgreSQL");
    }
    folder
}

fn config(data_dir: &Path, programs: &Path) -> Config {
    let settings = Settings { data_dir: Some(data_dir.into()), pg_bin: Some(programs.into()), ..Settings::default() };
    Config::new(&settings).unwrap()
}

async fn opened_with(data_dir: &Path, programs: &Path) -> Database {
    let database = database::open(&config(data_dir, programs)).await.unwrap();
    database::migrate(&database).await.unwrap();
    database
}

fn version(cluster: &Path) -> u32 {
    std::fs::read_to_string(cluster.join("PG_VERSION")).unwrap().trim().parse().unwrap()
}

/// A full private database of the older version, stopped, with what it holds.
async fn old_data(data_dir: &Path) -> (u32, Sums) {
    let database = filled(data_dir).await;
    let before = sums(&database.pool).await;
    database.close().await;
    (version(&data_dir.join("postgres")), before)
}

/// The data is whole, and the newer version's; the old is beside it.
async fn assert_moved(data_dir: &Path, newer: &Path, (old, before): (u32, &Sums)) {
    let database = opened_with(data_dir, newer).await;
    assert_eq!(&sums(&database.pool).await, before);
    database.close().await;
    assert!(version(&data_dir.join("postgres")) > old);
    assert_eq!(version(&data_dir.join(format!("postgres.{old}"))), old);
    for name in names(data_dir) {
        let left = ["moving", "moved", "unfinished"].iter().any(|end| name.ends_with(end));
        assert!(!left, "{name}");
    }
}

#[tokio::test]
async fn the_data_moves_by_itself_and_the_old_folder_stays() {
    let Some(newer) = newer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (old, before) = old_data(folder.path()).await;
    assert_moved(folder.path(), &newer, (old, &before)).await;
    // Without the name the old version comes first here, but the data is no longer its own.
    let mut other = Settings { data_dir: Some(folder.path().into()), ..Settings::default() };
    let message = format!("{:#}", database::open(&Config::new(&other).unwrap()).await.unwrap_err());
    assert!(message.contains("was written by PostgreSQL") && message.contains("INROAD_PG_BIN"), "{message}");
    // What the newer one wrote can be brought back anywhere it runs.
    let dump = folder.path().join("a.dump");
    dumps::take(&config(folder.path(), &newer), &dump).await.unwrap();
    other.data_dir = Some(folder.path().join("other"));
    other.pg_bin = Some(newer);
    dumps::restore(&Config::new(&other).unwrap(), &dump, false).await.unwrap();
}

#[tokio::test]
async fn where_the_last_stop_left_no_dump_the_old_programs_take_one() {
    let Some(newer) = newer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (old, before) = old_data(folder.path()).await;
    std::fs::remove_dir_all(folder.path().join("dumps")).unwrap();
    assert_moved(folder.path(), &newer, (old, &before)).await;
}

#[tokio::test]
async fn a_crash_at_any_step_leaves_the_data_and_the_next_start_goes_on() {
    let Some(newer) = newer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (old, before) = old_data(data).await;
    let (name, old_name) = (data.join("postgres"), data.join(format!("postgres.{old}")));

    // While the new cluster was being filled.
    std::fs::create_dir(data.join("postgres.moving")).unwrap();
    std::fs::write(data.join("postgres.moving/PG_VERSION"), "99\n").unwrap();
    assert_moved(data, &newer, (old, &before)).await;
    let control = std::fs::read(data.join("dumps/stopped.json")).unwrap();

    // Once it was whole, before the old one had another name: told by the note of the old one's last stop.
    let back = |moved: &str| std::fs::rename(&name, data.join(moved)).unwrap();
    back("postgres.moved");
    std::fs::rename(&old_name, &name).unwrap();
    restore_note(data, &name);
    assert_moved(data, &newer, (old, &before)).await;

    // Between the two names.
    back("postgres.moved");
    std::fs::write(data.join("dumps/stopped.json"), &control).unwrap();
    assert_moved(data, &newer, (old, &before)).await;

    // The old data was used again before the new one had its name: the new one is outdated.
    back("postgres.moved");
    std::fs::rename(&old_name, &name).unwrap();
    std::fs::write(data.join("dumps/stopped.json"), &control).unwrap();
    std::fs::write(data.join("postgres.moved/outdated"), "").unwrap();
    assert_moved(data, &newer, (old, &before)).await;
    assert!(!name.join("outdated").exists());
}

/// Writes the note of a stop as if this cluster had stopped last.
fn restore_note(data: &Path, cluster: &Path) {
    use sha2::Digest;
    let file = data.join("dumps/stopped.json");
    let mut note: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let control = sha2::Sha256::digest(std::fs::read(cluster.join("global/pg_control")).unwrap());
    note["control"] = data_encoding::HEXLOWER.encode(&control).into();
    std::fs::write(&file, note.to_string()).unwrap();
}

#[tokio::test]
async fn a_program_killed_while_it_moves_the_data_loses_nothing() {
    let Some(newer) = newer() else { return };
    let folder = tempfile::tempdir().unwrap();
    old_data(folder.path()).await;
    // Whatever the program itself writes at a start is there before.
    assert!(user_list(folder.path()).status().unwrap().success());
    let database = opened(folder.path()).await;
    let before = sums(&database.pool).await;
    database.close().await;
    let old = version(&folder.path().join("postgres"));
    for pause in [100, 400, 800, 1200, 1600, 2000, 2400] {
        let mut program = user_list(folder.path()).env("INROAD_PG_BIN", &newer).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(pause)).await;
        program.kill().unwrap();
        program.wait().unwrap();
    }
    assert_moved(folder.path(), &newer, (old, &before)).await;
}

/// The program itself, on this data.
fn user_list(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.args(["user", "list"]).env_remove("DATABASE_URL").env("INROAD_DATA_DIR", data_dir);
    command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command
}

#[tokio::test]
async fn where_the_move_fails_the_old_programs_go_on() {
    let Some(newer) = newer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (old, before) = old_data(&data).await;
    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    for name in ["initdb", "postgres", "pg_dump", "psql"] {
        script(&broken.join(name), &format!("exec '{}' \"$@\"", newer.join(name).display()));
    }
    script(&broken.join("pg_restore"), "echo 'no room' >&2; exit 1");
    let database = opened_with(&data, &broken).await;
    assert_eq!(sums(&database.pool).await, before);
    database.close().await;
    assert_eq!(version(&data.join("postgres")), old);
    assert!(!data.join("postgres.moving").exists());
    assert_moved(&data, &newer, (old, &before)).await;
}

fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    for path in path.ancestors().take(3) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}
