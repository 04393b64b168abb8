//! The dumps that a private database keeps of itself.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inroad::clock::Clock;
use inroad::config::{Config, Settings};
use inroad::database::{self, dumps};
use jiff::ToSpan;
use sqlx::Executor;

use crate::dumps::{filled, names, private};
use crate::opened;
use crate::support::sums::sums;

fn dumps_in(data_dir: &Path) -> Vec<String> {
    let folder = data_dir.join("dumps");
    if !folder.exists() {
        return Vec::new();
    }
    names(&folder).into_iter().filter(|name| name.ends_with(".dump")).collect()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn each_stop_leaves_a_dump_of_everything_and_three_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (data, other) = (folder.path().join("data"), folder.path().join("other"));
    let database = filled(&data).await;
    let before = sums(&database.pool).await;
    database.close().await;
    let first = dumps_in(&data);
    assert_eq!(first.len(), 1);
    for _ in 0..3 {
        opened(&data).await.close().await;
    }
    let kept = dumps_in(&data);
    assert_eq!(kept.len(), 3);
    assert!(!kept.contains(&first[0]), "the oldest goes: {kept:?}");
    assert_eq!(mode(&data.join("dumps")), 0o700);
    for name in names(&data.join("dumps")) {
        assert_eq!(mode(&data.join("dumps").join(&name)), 0o600, "{name}");
    }
    let (_, newest) = dumps::newest(&private(&data)).unwrap();
    assert!(newest.ends_with(kept.last().unwrap()), "{newest:?} of {kept:?}");
    dumps::restore(&private(&other), &newest, false).await.unwrap();
    let database = opened(&other).await;
    assert_eq!(sums(&database.pool).await, before);
    database.close().await;
}

#[tokio::test]
async fn one_is_taken_when_the_newest_is_a_day_old() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    let now = Clock::system().now();
    let mut counts = Vec::new();
    for hours in [0, 1, 23, 25, 26] {
        database.dump_if_due(now + hours.hours()).await.unwrap();
        counts.push(dumps_in(folder.path()).len());
    }
    assert_eq!(counts, [1, 1, 1, 2, 2]);
    database.close().await;
}

#[tokio::test]
async fn what_is_replaced_by_an_older_dump_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (data, dump) = (folder.path().join("data"), folder.path().join("a.dump"));
    let database = filled(&data).await;
    dumps::take(&private(&data), &dump).await.unwrap();
    database.pool.execute("update users set name = 'Later'").await.unwrap();
    let later = sums(&database.pool).await;
    database.close().await;
    let at_stop = dumps_in(&data);
    dumps::restore(&private(&data), &dump, true).await.unwrap();
    let kept = dumps_in(&data);
    assert_eq!((at_stop.len(), kept.len()), (1, 3), "at the stop, before the older one came back, and after");
    dumps::restore(&private(&data), &data.join("dumps").join(&kept[1]), true).await.unwrap();
    let database = opened(&data).await;
    assert_eq!(sums(&database.pool).await, later);
    database.close().await;
}

/// A folder with PostgreSQL's programs of this machine, one of them replaced by a script.
pub fn programs_but(folder: &Path, replaced: &str, script: &str) -> PathBuf {
    let real = real_programs();
    let own = folder.join("programs");
    std::fs::create_dir(&own).unwrap();
    for name in ["initdb", "postgres", "pg_dump", "pg_restore", "psql"] {
        let real = real.join(name);
        let script = if name == replaced { script } else { "" };
        let text = format!(
            "#!/bin/sh\ncase \"$1\" in --version) exec '{real}' --version;; esac\n{script}\nexec '{real}' \"$@\"\n",
            real = real.display()
        );
        std::fs::write(own.join(name), text).unwrap();
        std::fs::set_permissions(own.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    for path in [folder, &own] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    own
}

/// The folder of the programs that a private cluster runs with here.
pub fn real_programs() -> PathBuf {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async {
            let cluster = database::Cluster::start(None, folder.path()).await.unwrap();
            let options = std::fs::read_to_string(folder.path().join("postgres/postmaster.opts")).unwrap();
            cluster.stop();
            let program = options.split_whitespace().next().unwrap();
            Path::new(program).parent().unwrap().to_owned()
        })
    })
    .join()
    .unwrap()
}

fn with_programs(data_dir: &Path, programs: &Path) -> Config {
    let settings = Settings { data_dir: Some(data_dir.into()), pg_bin: Some(programs.into()), ..Settings::default() };
    Config::new(&settings).unwrap()
}

#[tokio::test]
async fn a_dump_that_hangs_or_fails_does_not_hold_the_stop() {
    for (script, limit) in [("exec sleep 300", Duration::from_millis(800)), ("exit 1", Duration::from_secs(30))] {
        let folder = tempfile::tempdir().unwrap();
        let programs = programs_but(folder.path(), "pg_dump", script);
        let data = folder.path().join("data");
        let config = with_programs(&data, &programs);
        let database = database::open(&config).await.unwrap();
        database::migrate(&database).await.unwrap();
        let began = Instant::now();
        database.close_within(limit).await;
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert_eq!(dumps_in(&data), [""; 0]);
        assert!(!data.join("postgres/postmaster.pid").exists(), "the server has stopped in order");
        let database = opened(&data).await;
        database.close().await;
        assert_eq!(names(&data.join("dumps")).len(), 2, "a dump and the note about it, and nothing unfinished");
    }
}
