//! The dumps that a private cluster's data folder keeps of itself, and which of them holds everything.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file::Unfinished;
use super::programs::Dumper;

/// How many stay.
const MOST: usize = 3;
/// A dump is called after the instant it was begun.
const NAME: &str = "%Y-%m-%dT%H%M%S%.3fZ.dump";
/// Where the last stop is written down.
const STOPPED: &str = "stopped.json";

/// The folder they are in. Only a program that holds the data folder's lock writes there.
#[derive(Debug, Clone)]
pub(in crate::database) struct Kept(PathBuf);

/// What a stop left: a dump of everything, and how to know that nothing was changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::database) struct Stopped {
    dump: String,
    /// The sum of the file that PostgreSQL writes anew whenever it starts or stops.
    control: String,
    /// How many rows each table had.
    pub rows: BTreeMap<String, i64>,
}

impl Kept {
    /// The dumps of this data folder.
    pub fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("dumps"))
    }

    /// Those that are whole, the oldest first.
    pub fn all(&self) -> Vec<(Timestamp, PathBuf)> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut found: Vec<_> =
            entries.filter_map(|entry| Some((taken_at(&entry.file_name().to_string_lossy())?, entry.path()))).collect();
        found.sort();
        found
    }

    /// Takes another one, and lets the oldest go.
    pub fn add(&self, dumper: &Dumper, now: Timestamp, limit: Duration) -> anyhow::Result<PathBuf> {
        match DirBuilder::new().mode(0o700).create(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error.into()),
            _ => {}
        }
        let path = self.0.join(now.strftime(NAME).to_string());
        dumper.take(&path, Some(limit))?;
        let all = self.all();
        for (_, old) in &all[..all.len().saturating_sub(MOST)] {
            fs::remove_file(old)?;
        }
        Ok(path)
    }

    /// Removes what a program that was killed had begun.
    pub fn clear_unfinished(&self) {
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().ends_with(".unfinished") {
                fs::remove_file(entry.path()).ok();
            }
        }
    }

    /// Writes down that this dump holds all that is in the cluster, which has stopped.
    pub fn stopped(&self, dump: &Path, rows: BTreeMap<String, i64>, cluster: &Path) -> anyhow::Result<()> {
        let dump = dump.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stopped = Stopped { dump, control: control(cluster)?, rows };
        let file = Unfinished::beside(&self.0.join(STOPPED))?;
        file.file()?.write_all(&serde_json::to_vec(&stopped)?)?;
        file.finish()?;
        Ok(())
    }

    /// The dump that holds all that is in this stopped cluster: it was taken at its last stop, and nothing has run on it
    /// since.
    pub fn current(&self, cluster: &Path) -> Option<(PathBuf, Stopped)> {
        let stopped: Stopped = serde_json::from_slice(&fs::read(self.0.join(STOPPED)).ok()?).ok()?;
        let dump = self.0.join(&stopped.dump);
        (File::open(&dump).is_ok() && control(cluster).ok()? == stopped.control).then_some((dump, stopped))
    }
}

fn taken_at(name: &str) -> Option<Timestamp> {
    let at = jiff::civil::DateTime::strptime("%Y-%m-%dT%H%M%S%.fZ.dump", name).ok()?;
    TimeZone::UTC.to_timestamp(at).ok()
}

fn control(cluster: &Path) -> io::Result<String> {
    Ok(data_encoding::HEXLOWER.encode(&Sha256::digest(fs::read(cluster.join("global/pg_control"))?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_it_was_begun() {
        let at: Timestamp = "2026-11-28T21:30:05.123Z".parse().unwrap();
        let name = at.strftime(NAME).to_string();
        assert_eq!(name, "2026-11-28T213005.123Z.dump");
        assert_eq!(taken_at(&name), Some(at));
        assert_eq!(taken_at("2026-11-28T213005.123Z.dump.77.unfinished"), None);
        assert_eq!(taken_at("mine.dump"), None);
    }

    #[test]
    fn a_dump_holds_everything_only_while_nothing_ran_since() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, cluster) = (Kept::of(folder.path()), folder.path().join("postgres"));
        fs::create_dir_all(cluster.join("global")).unwrap();
        fs::create_dir(&kept.0).unwrap();
        fs::write(cluster.join("global/pg_control"), "stopped").unwrap();
        let dump = kept.0.join("a.dump");
        fs::write(&dump, "").unwrap();
        assert_eq!(kept.current(&cluster), None);
        let rows = BTreeMap::from([("users".to_owned(), 1)]);
        kept.stopped(&dump, rows.clone(), &cluster).unwrap();
        let (found, stopped) = kept.current(&cluster).unwrap();
        assert_eq!((found, stopped.rows), (dump.clone(), rows));
        fs::write(cluster.join("global/pg_control"), "ran").unwrap();
        assert_eq!(kept.current(&cluster), None);
        fs::write(cluster.join("global/pg_control"), "stopped").unwrap();
        fs::remove_file(&dump).unwrap();
        assert_eq!(kept.current(&cluster), None);
    }
}
